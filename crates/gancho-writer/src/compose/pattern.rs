//! Patterns: the realisations of a frame, read into literal text and slots.

use super::phrase::Class;

/// How a name or noun stands in the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// *café*
    Bare,
    /// *el café*
    The,
    /// *un café*, *a jacket*
    A,
    /// *este café*
    This,
    /// *tu café*
    Your,
}

/// What a benefit must be to fill a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Wanted {
    /// Anything: the slot stands alone, after a colon or a full stop.
    Any,
    /// A phrase of one class.
    Class(Class),
    /// An adjective or participle that agrees with the head noun.
    Adjectival,
    /// What a «sin …» or "no …" denies, without its negation.
    Denied,
    /// Anything with a figure.
    Figure,
}

/// What a proof must be to fill a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum ProofKind {
    /// Reviews, ratings, numbers of customers.
    People,
    /// A medal or prize.
    Award,
    /// A registration, licence or norm.
    Certificate,
    /// Where, when or by whom it is made.
    Origin,
}

/// Which proof a slot takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ProofWanted {
    /// Any: it stands as a sentence of its own.
    Any,
    /// Any but a registration, which is no answer to a doubt.
    Claim,
    /// One kind.
    Kind(ProofKind),
}

/// How much of an offer is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum OfferPart {
    /// Verbatim.
    Whole,
    /// Verbatim, and it is a noun phrase.
    Noun,
    /// With its article.
    Definite,
    /// Without its end date.
    Base,
    /// Without its end date, with its article.
    DefiniteBase,
    /// *hasta el 30 de junio*
    Deadline,
    /// *30 de junio*
    Date,
    /// The code of a coupon.
    Code,
}

/// What the reader is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Clitic {
    None,
    /// The product: lo, la, los, las.
    Product,
    /// nos
    Us,
}

/// A place in a pattern that a fact or an inflected word fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    Brand,
    /// `tail`: nothing is said of the product behind its name, so that a name with a comma may stand.
    Product {
        form: Form,
        tail: bool,
    },
    Head(Form),
    /// The proper name inside the product's.
    Model,
    Benefit {
        number: usize,
        wanted: Wanted,
        coordinated: bool,
    },
    List(usize),
    With(usize),
    Proof(ProofWanted),
    Offer(OfferPart),
    Price,
    Category,
    Call,
    Imperative {
        verb: String,
        clitic: Clitic,
    },
    SecondPerson(String),
    ProductClitic,
    YourOwn,
    /// English: it or them, it's or they're.
    Pronoun(Pronoun),
    Possessive,
}

/// English pronouns of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    /// it, them
    Object,
    /// it's, they're
    Is,
}

/// A piece of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Text(String),
    Slot(Slot),
}

/// Why a pattern cannot be read; the banks are part of the program, so a test sees it first.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{pattern}`: there is no slot `{slot}`")]
pub(crate) struct PatternError {
    /// The pattern.
    pub(crate) pattern: String,
    /// What stands between its braces.
    pub(crate) slot: String,
}

/// Reads a pattern.
pub(crate) fn parse(pattern: &str) -> Result<Vec<Piece>, PatternError> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        if open > 0 {
            pieces.push(Piece::Text(rest[..open].to_owned()));
        }
        let close = rest[open..].find('}').map_or(rest.len(), |at| open + at);
        let name = rest.get(open + 1..close).unwrap_or_default();
        let slot =
            slot(name).ok_or_else(|| PatternError { pattern: pattern.to_owned(), slot: name.to_owned() })?;
        pieces.push(Piece::Slot(slot));
        rest = rest.get(close + 1..).unwrap_or_default();
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    mark_coordinated(&mut pieces);
    mark_tails(&mut pieces);
    Ok(pieces)
}

/// Benefits beside «y» or "and" must not hold a conjunction of their own.
fn mark_coordinated(pieces: &mut [Piece]) {
    let joins = |piece: Option<&Piece>, behind: bool| match piece {
        Some(Piece::Text(text)) => [" y ", " and ", ", y "]
            .iter()
            .any(|it| if behind { text.starts_with(it) } else { text.ends_with(it) }),
        _ => false,
    };
    for i in 0..pieces.len() {
        let joined = joins(pieces.get(i + 1), true) || i > 0 && joins(pieces.get(i - 1), false);
        if let Piece::Slot(Slot::Benefit { coordinated, .. }) = &mut pieces[i] {
            *coordinated = joined;
        }
    }
}

/// Names with a comma stand only where a mark or the price follows.
fn mark_tails(pieces: &mut [Piece]) {
    for i in 0..pieces.len() {
        let ends = match pieces.get(i + 1) {
            Some(Piece::Text(text)) => text.starts_with(['.', ':', '?', ';', ',']),
            Some(Piece::Slot(_)) => false,
            None => true,
        };
        if let Piece::Slot(Slot::Product { tail, .. }) = &mut pieces[i] {
            *tail = ends;
        }
    }
}

fn slot(name: &str) -> Option<Slot> {
    if let Some(verb) = name.strip_prefix('!') {
        let (verb, clitic) = match verb.split_once('+') {
            Some((verb, "lo")) => (verb, Clitic::Product),
            Some((verb, "nos")) => (verb, Clitic::Us),
            Some(_) => return None,
            None => (verb, Clitic::None),
        };
        return Some(Slot::Imperative { verb: verb.to_owned(), clitic });
    }
    if let Some(verb) = name.strip_prefix("2:") {
        return Some(Slot::SecondPerson(verb.to_owned()));
    }
    let (base, class) = name.split_once(':').map_or((name, None), |(base, class)| (base, Some(class)));
    if let Some(number) = base.strip_prefix('b').and_then(|it| it.parse().ok()) {
        let wanted = match class {
            None => Wanted::Any,
            Some("np") => Wanted::Class(Class::Noun),
            Some("vp") => Wanted::Class(Class::Verb),
            Some("pp") => Wanted::Class(Class::Prepositional),
            Some("part") => Wanted::Class(Class::Participle),
            Some("negated") => Wanted::Class(Class::Negated),
            Some("ap") => Wanted::Adjectival,
            Some("neg") => Wanted::Denied,
            Some("num") => Wanted::Figure,
            Some(_) => return None,
        };
        return Some(Slot::Benefit { number, wanted, coordinated: false });
    }
    Some(match name {
        "brand" => Slot::Brand,
        "product" => Slot::Product { form: Form::Bare, tail: false },
        "the_product" => Slot::Product { form: Form::The, tail: false },
        "a_product" => Slot::Product { form: Form::A, tail: false },
        "your_product" => Slot::Product { form: Form::Your, tail: false },
        "model" => Slot::Model,
        "head" => Slot::Head(Form::Bare),
        "the_head" => Slot::Head(Form::The),
        "a_head" => Slot::Head(Form::A),
        "this_head" => Slot::Head(Form::This),
        "your_head" => Slot::Head(Form::Your),
        "list2" => Slot::List(2),
        "list3" => Slot::List(3),
        "with2" => Slot::With(2),
        "proof" => Slot::Proof(ProofWanted::Any),
        "proof:claim" => Slot::Proof(ProofWanted::Claim),
        "proof:people" => Slot::Proof(ProofWanted::Kind(ProofKind::People)),
        "proof:award" => Slot::Proof(ProofWanted::Kind(ProofKind::Award)),
        "proof:cert" => Slot::Proof(ProofWanted::Kind(ProofKind::Certificate)),
        "proof:origin" => Slot::Proof(ProofWanted::Kind(ProofKind::Origin)),
        "offer" => Slot::Offer(OfferPart::Whole),
        "offer:noun" => Slot::Offer(OfferPart::Noun),
        "the_offer" => Slot::Offer(OfferPart::Definite),
        "offer_base" => Slot::Offer(OfferPart::Base),
        "the_offer_base" => Slot::Offer(OfferPart::DefiniteBase),
        "deadline" => Slot::Offer(OfferPart::Deadline),
        "date" => Slot::Offer(OfferPart::Date),
        "code" => Slot::Offer(OfferPart::Code),
        "price" => Slot::Price,
        "category" => Slot::Category,
        "cta" => Slot::Call,
        "lo" => Slot::ProductClitic,
        "el_tuyo" => Slot::YourOwn,
        "tu" => Slot::Possessive,
        "it" | "them" => Slot::Pronoun(Pronoun::Object),
        "its" => Slot::Pronoun(Pronoun::Is),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_pattern_is_text_and_slots() {
        let pieces = parse("¿{2:buscar} {a_head}? {b1:np} y {b2}.").unwrap();
        assert_eq!(pieces[0], Piece::Text("¿".to_owned()));
        assert_eq!(pieces[1], Piece::Slot(Slot::SecondPerson("buscar".to_owned())));
        assert_eq!(pieces[3], Piece::Slot(Slot::Head(Form::A)));
        let wanted = Wanted::Class(Class::Noun);
        assert_eq!(pieces[5], Piece::Slot(Slot::Benefit { number: 1, wanted, coordinated: true }));
        assert_eq!(pieces.last(), Some(&Piece::Text(".".to_owned())));
    }

    #[test]
    fn an_unknown_slot_is_named() {
        assert_eq!(parse("{brand} {colour}").unwrap_err().slot, "colour");
        assert_eq!(parse("{brand").unwrap(), vec![Piece::Slot(Slot::Brand)]);
        assert_eq!(parse("{!pedir+le}").unwrap_err().slot, "!pedir+le");
    }
}
