//! From a pattern and a choice of facts to text.

use super::bank::Line;
use super::grammar;
use super::material::Material;
use super::pattern::{Clitic, Form, OfferPart, Piece, Pronoun, ProofKind, ProofWanted, Slot, Wanted};
use super::phrase::Phrase;
use super::sentence::Sentence;
use crate::brief::Market;
use gancho_copy::Language;
use gancho_grammar::spanish;
use std::borrow::Cow;

/// Which facts a text has used, one bit each.
pub(crate) type Used = u64;

pub(crate) const BRAND: Used = 1;
pub(crate) const PRODUCT: Used = 1 << 1;
pub(crate) const OFFER: Used = 1 << 2;
pub(crate) const PRICE: Used = 1 << 3;
pub(crate) const CALL: Used = 1 << 4;
const CATEGORY: Used = 1 << 5;
const PROOFS: u32 = 8;
const BENEFITS: u32 = 24;

/// The bit of a proof; those behind the sixteenth share the last.
pub(crate) fn proof_bit(index: usize) -> Used {
    1 << (PROOFS + (index as u32).min(15))
}

/// The bit of a benefit; those behind the fortieth share the last.
pub(crate) fn benefit_bit(index: usize) -> Used {
    1 << (BENEFITS + (index as u32).min(39))
}

/// What a plan chose among the facts.
#[derive(Debug, Clone)]
pub(crate) struct Choice {
    /// Benefits, in the order in which slots take them.
    pub(crate) benefits: Vec<usize>,
    /// Proofs, likewise.
    pub(crate) proofs: Vec<usize>,
    /// Which of the product's names, from the longest.
    pub(crate) name: usize,
    /// Which of its head nouns.
    pub(crate) head: usize,
    /// Which call to action comes first.
    pub(crate) call: usize,
    /// Facts that other fields of the ad have said.
    pub(crate) taken: Used,
}

/// Fills patterns with the facts of one brief.
#[derive(Debug)]
pub(crate) struct Realizer {
    pub(crate) facts: Material,
    /// Calls to action that suit the brief.
    pub(crate) calls: Vec<&'static Line>,
}

/// What has been said so far, in a text under construction.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) sentence: Sentence,
    pub(crate) used: Used,
    /// What was used before the pattern that is being added.
    before: Used,
}

impl Draft {
    pub(crate) fn new(language: Language) -> Self {
        Self { sentence: Sentence::new(language), used: 0, before: 0 }
    }
}

impl Draft {
    /// A price or a pronoun behind a text that speaks of the brand alone would refer to nothing.
    fn refers_to_product(&self) -> Option<()> {
        let names_brand_only =
            self.before != 0 && self.before & !(BRAND | CATEGORY | CALL | OFFER | PRICE) == 0;
        (!names_brand_only).then_some(())
    }
}

impl Realizer {
    /// Adds a pattern to a draft. Nothing when the brief lacks a fact, or a word would be said twice.
    pub(crate) fn add(&self, draft: &Draft, pattern: &[Piece], choice: &Choice) -> Option<Draft> {
        let mut next = draft.clone();
        next.before = draft.used;
        if !next.sentence.is_empty() {
            next.sentence.literal(" ");
        }
        let mut filled: [Option<usize>; 5] = [None; 5];
        for piece in pattern {
            match piece {
                Piece::Text(text) => next.sentence.literal(&self.regional(text)),
                Piece::Slot(slot) => self.fill(&mut next, slot, choice, &mut filled)?,
            }
        }
        Some(next)
    }

    /// Argentina says «acá».
    fn regional<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.facts.market == Market::EsAr && (text.contains("quí")) {
            Cow::Owned(text.replace("Aquí", "Acá").replace("aquí", "acá"))
        } else {
            Cow::Borrowed(text)
        }
    }

    fn fill(
        &self,
        draft: &mut Draft,
        slot: &Slot,
        choice: &Choice,
        filled: &mut [Option<usize>; 5],
    ) -> Option<()> {
        let facts = &self.facts;
        match slot {
            Slot::Brand => claim(draft, choice, BRAND, true)
                .and_then(|()| draft.sentence.fact(facts.brand.as_deref()?, true).then_some(())),
            Slot::Product { form, tail } => {
                claim(draft, choice, PRODUCT, true)?;
                let names = &facts.product.as_ref()?.names;
                let from = choice.name.min(names.len().checked_sub(1)?);
                let plain = |it: &&super::product::Name| {
                    *tail && *form == Form::Bare || it.form(Form::Bare).is_some_and(|it| !it.contains(','))
                };
                let name = names[from..].iter().find(plain)?;
                draft.sentence.fact(name.form(*form)?, false).then_some(())
            }
            Slot::Head(form) => {
                claim(draft, choice, PRODUCT, true)?;
                let heads = &facts.product.as_ref()?.heads;
                let head = heads.get(choice.head.min(heads.len().checked_sub(1)?))?;
                draft.sentence.fact(head.form(*form)?, false).then_some(())
            }
            Slot::Model => {
                claim(draft, choice, PRODUCT, true)?;
                draft.sentence.fact(facts.product.as_ref()?.model.as_deref()?, true).then_some(())
            }
            Slot::Benefit { number, wanted, coordinated } => {
                let index = match filled.get(*number).copied().flatten() {
                    Some(index) => index,
                    None => self.benefit(draft, choice, *wanted, *coordinated)?,
                };
                *filled.get_mut(*number)? = Some(index);
                draft.used |= benefit_bit(index);
                let text = benefit_text(&facts.benefits[index], *wanted);
                draft.sentence.fact(text?, false).then_some(())
            }
            Slot::List(count) => self.list(draft, choice, *count, false),
            Slot::With(count) => self.list(draft, choice, *count, true),
            Slot::Proof(kind) => self.proof(draft, choice, *kind),
            Slot::Offer(part) => self.offer(draft, choice, *part),
            Slot::Price => {
                claim(draft, choice, PRICE, false)?;
                draft.refers_to_product()?;
                draft.sentence.fact(facts.price.as_deref()?, true).then_some(())
            }
            Slot::Category => {
                claim(draft, choice, CATEGORY, true)?;
                draft.sentence.fact(facts.category.as_deref()?, false).then_some(())
            }
            Slot::Call => self.call(draft, choice),
            Slot::Imperative { verb, clitic } => {
                let clitic = match clitic {
                    Clitic::None => None,
                    Clitic::Us => Some("nos"),
                    Clitic::Product => {
                        draft.refers_to_product()?;
                        Some(grammar::clitic(facts.noun()?))
                    }
                };
                let form = grammar::imperative(verb, clitic, facts.address, facts.market);
                draft.sentence.word(&form, false);
                Some(())
            }
            Slot::SecondPerson(verb) => {
                draft.sentence.word(&grammar::present(verb, facts.address), false);
                Some(())
            }
            Slot::ProductClitic => {
                draft.sentence.word(grammar::clitic(facts.noun()?), false);
                Some(())
            }
            Slot::YourOwn => {
                draft.refers_to_product()?;
                draft.sentence.word(&grammar::own(facts.address, facts.noun()?), false);
                Some(())
            }
            Slot::Possessive => {
                let one = gancho_grammar::Agreement::FS;
                draft.sentence.word(grammar::possessive(facts.address, one), false);
                Some(())
            }
            Slot::Pronoun(pronoun) => {
                draft.refers_to_product()?;
                let plural = facts.noun()?.is_plural();
                let word = match (pronoun, plural) {
                    (Pronoun::Object, true) => "them",
                    (Pronoun::Object, false) => "it",
                    (Pronoun::Is, true) => "they're",
                    (Pronoun::Is, false) => "it's",
                };
                draft.sentence.word(word, false);
                Some(())
            }
        }
    }

    /// The first benefit of the choice that fills a slot and is not said yet.
    fn benefit(&self, draft: &Draft, choice: &Choice, wanted: Wanted, coordinated: bool) -> Option<usize> {
        let noun = self.facts.noun();
        choice.benefits.iter().copied().find(|index| {
            let phrase = &self.facts.benefits[*index];
            draft.used & benefit_bit(*index) == 0
                && phrase.fills(wanted, noun)
                && (!coordinated || phrase.simple)
        })
    }

    fn list(&self, draft: &mut Draft, choice: &Choice, count: usize, governed: bool) -> Option<()> {
        let facts = &self.facts;
        let free = |index: &usize| draft.used & benefit_bit(*index) == 0 && facts.benefits[*index].simple;
        let free: Vec<usize> = choice.benefits.iter().copied().filter(free).collect();
        let takes = |kin: Option<u8>, index: &usize| {
            let phrase = &facts.benefits[*index];
            if governed {
                phrase.governed.is_some()
            } else {
                kin.is_some() && phrase.kin(facts.language) == kin
            }
        };
        // The first benefit leads; where its kin are too few, the next one may.
        let found = free.iter().find_map(|lead| {
            let kin = facts.benefits[*lead].kin(facts.language);
            let mut same: Vec<usize> = free.iter().copied().filter(|it| takes(kin, it)).collect();
            same.truncate(count);
            (same.len() == count && (!governed || same.contains(lead))).then_some(same)
        });
        let (chosen, joined) = match found {
            Some(chosen) => {
                let texts: Vec<&str> =
                    chosen.iter().map(|it| list_text(&facts.benefits[*it], governed)).collect();
                let joined = self.join(&texts);
                (chosen, joined)
            }
            None if governed => return None,
            None => self.mixed(&free, count)?,
        };
        for index in chosen {
            draft.used |= benefit_bit(index);
        }
        draft.sentence.fact(&joined, false).then_some(())
    }

    /// Benefits of unlike classes, with commas only: "steeped 18 hours, no added sugar". Verbs stay among
    /// themselves in Spanish.
    fn mixed(&self, free: &[usize], count: usize) -> Option<(Vec<usize>, String)> {
        let facts = &self.facts;
        let spanish = facts.language == Language::Es;
        let verb = |it: &usize| facts.benefits[*it].class == super::phrase::Class::Verb;
        let mut chosen: Vec<usize> = free.iter().copied().filter(|it| !spanish || !verb(it)).collect();
        chosen.truncate(count);
        if chosen.len() < count {
            return None;
        }
        // Nouns first: what follows them reads as said of them otherwise.
        chosen.sort_by_key(|it| facts.benefits[*it].kin(facts.language).unwrap_or(3));
        let texts: Vec<&str> = chosen.iter().map(|it| facts.benefits[*it].text.as_str()).collect();
        let joined = texts.join(", ");
        Some((chosen, joined))
    }

    fn join(&self, texts: &[&str]) -> String {
        if self.facts.language == Language::Es {
            return spanish::join_and(texts);
        }
        let Some((last, before)) = texts.split_last() else { return String::new() };
        // Americans set a comma before the last "and", Britons do not.
        let country = self.facts.market.country();
        let serial = before.len() > 1 && (country == "US" || country == "CA");
        let comma = if serial { "," } else { "" };
        format!("{}{comma} and {last}", before.join(", "))
    }

    fn proof(&self, draft: &mut Draft, choice: &Choice, wanted: ProofWanted) -> Option<()> {
        let facts = &self.facts;
        let index = choice.proofs.iter().copied().find(|index| {
            let bit = proof_bit(*index);
            let kind = facts.proofs[*index].kind;
            let suits = match wanted {
                ProofWanted::Any => true,
                ProofWanted::Claim => kind != Some(ProofKind::Certificate),
                ProofWanted::Kind(kind_wanted) => kind == Some(kind_wanted),
            };
            (draft.used | choice.taken) & bit == 0 && suits
        })?;
        draft.used |= proof_bit(index);
        draft.sentence.fact(&facts.proofs[index].text, false).then_some(())
    }

    fn offer(&self, draft: &mut Draft, choice: &Choice, part: OfferPart) -> Option<()> {
        let offer = self.facts.offer.as_ref()?;
        // Base and deadline are parts of one offer: the frame that sets them apart says it once.
        let part_of =
            matches!(part, OfferPart::Deadline | OfferPart::Date | OfferPart::Base | OfferPart::DefiniteBase);
        if !part_of || (draft.before | choice.taken) & OFFER != 0 {
            claim(draft, choice, OFFER, false)?;
        }
        draft.used |= OFFER;
        let text = match part {
            OfferPart::Whole => Some(&offer.whole),
            OfferPart::Noun => offer.noun.as_ref(),
            OfferPart::Definite => offer.definite.as_ref(),
            OfferPart::Base => offer.base.as_ref(),
            OfferPart::DefiniteBase => offer.definite_base.as_ref(),
            OfferPart::Deadline => offer.deadline.as_ref(),
            OfferPart::Date => offer.date.as_ref(),
            OfferPart::Code => offer.code.as_ref(),
        }?;
        draft.sentence.fact(text, part == OfferPart::Code).then_some(())
    }

    /// The first call to action of the choice that can be said here.
    fn call(&self, draft: &mut Draft, choice: &Choice) -> Option<()> {
        claim(draft, choice, CALL, false)?;
        let count = self.calls.len();
        for step in 0..count.min(6) {
            let line = self.calls[(choice.call + step) % count];
            for pattern in &line.patterns {
                let asks = pattern.iter().any(|it| matches!(it, Piece::Slot(Slot::Call)));
                let mut trial = draft.clone();
                let said = pattern.iter().all(|piece| match piece {
                    Piece::Text(text) => {
                        trial.sentence.literal(&self.regional(text));
                        true
                    }
                    Piece::Slot(slot) => {
                        !asks && self.fill(&mut trial, slot, choice, &mut [None; 5]).is_some()
                    }
                });
                if said {
                    *draft = trial;
                    return Some(());
                }
            }
        }
        None
    }
}

fn benefit_text(phrase: &Phrase, wanted: Wanted) -> Option<&str> {
    match wanted {
        Wanted::Denied => phrase.denied.as_deref(),
        Wanted::Class(super::phrase::Class::Noun) => phrase.governed.as_deref(),
        _ => Some(&phrase.text),
    }
}

fn list_text(phrase: &Phrase, governed: bool) -> &str {
    if governed { phrase.governed.as_deref().unwrap_or(&phrase.text) } else { &phrase.text }
}

/// Marks a fact as said. Brand and product may stand in several fields, other facts only in one.
fn claim(draft: &mut Draft, choice: &Choice, bit: Used, everywhere: bool) -> Option<()> {
    let taken = if everywhere { 0 } else { choice.taken };
    if (draft.used | taken) & bit != 0 {
        return None;
    }
    draft.used |= bit;
    Some(())
}
