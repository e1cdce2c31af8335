//! The facts of a brief, typed: all that a text may be made of.

use super::bank::Bank;
use super::offer::{self, Offer};
use super::pattern::ProofKind;
use super::phrase::{Phrase, bare, lower_first};
use super::product::Product;
use super::sector::{Sector, sector};
use super::words::Words;
use super::{english, grammar, spanish};
use crate::brief::{Address, Checked, Market};
use gancho_copy::Language;
use gancho_grammar::Agreement;

/// A proof, with what kind of voucher it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proof {
    /// As it stands in the middle of a sentence.
    pub(crate) text: String,
    pub(crate) kind: Option<ProofKind>,
}

/// The facts of a brief.
#[derive(Debug, Clone)]
pub(crate) struct Material {
    pub(crate) language: Language,
    pub(crate) market: Market,
    pub(crate) address: Address,
    pub(crate) sector: Sector,
    pub(crate) brand: Option<String>,
    pub(crate) product: Option<Product>,
    pub(crate) category: Option<String>,
    pub(crate) benefits: Vec<Phrase>,
    pub(crate) proofs: Vec<Proof>,
    pub(crate) offer: Option<Offer>,
    pub(crate) price: Option<String>,
    pub(crate) required: Vec<String>,
}

impl Material {
    /// The facts that are left of a checked brief. Names longer than every field are left out.
    pub(crate) fn read(checked: &Checked) -> Self {
        let brief = &checked.brief;
        let words = &Bank::of(brief.language).words;
        let room = checked.placement.roomiest();
        let fits = |text: &&str| !text.trim().is_empty() && checked.placement.length(text) <= room;
        let spanish = brief.language == Language::Es;
        let formal = grammar::is_formal(brief.address);
        // Where every benefit opens with a capital, that is the writer's habit and no sign of a name.
        let habit = brief.benefits.iter().all(|it| it.chars().next().is_some_and(char::is_uppercase));
        let benefit = |text: &String| {
            let text = text.trim().trim_end_matches('.');
            let text = if habit { lower_first(text) } else { text.to_owned() };
            if spanish {
                spanish::phrase(&spanish::address(&text, formal, words), words)
            } else {
                english::phrase(&text, words)
            }
        };
        let usable = |it: &&String| fits(&it.as_str());
        let sector = sector(&brief.category, &brief.product, words);
        let offer_text = brief.offer.trim();
        let told = !brief.price.trim().is_empty() && offer_text.contains(brief.price.trim());
        // What a loan costs is not its amount, and what a treatment costs is not one figure.
        let priced = match sector {
            Sector::Finance => false,
            Sector::Care => brief.price.chars().any(char::is_alphabetic),
            _ => !told,
        };
        let mut product = Product::read(brief, words);
        if let Some(product) = &mut product {
            product.names.retain(|it| it.form(super::pattern::Form::Bare).is_some_and(|it| fits(&it)));
        }
        Self {
            language: brief.language,
            market: brief.market,
            address: brief.address,
            sector,
            brand: Some(brief.brand.trim()).filter(fits).map(str::to_owned),
            product: product.filter(|it| !it.names.is_empty() || !it.heads.is_empty()),
            category: Some(brief.category.trim()).filter(fits).map(str::to_owned),
            benefits: brief.benefits.iter().filter(usable).map(benefit).collect(),
            proofs: brief.proof.iter().filter(usable).map(|it| proof(it, words)).collect(),
            offer: Offer::read(offer_text, brief.address, brief.market, words),
            price: priced.then(|| offer::price(&brief.price, &brief.currency, brief.language)).flatten(),
            required: brief
                .required
                .iter()
                .map(|it| it.trim().to_owned())
                .filter(|it| !it.is_empty())
                .collect(),
        }
    }

    /// What the product's name agrees in.
    pub(crate) fn noun(&self) -> Option<Agreement> {
        self.product.as_ref().and_then(|it| it.noun)
    }

    /// Whether the brief states hardly more than a name.
    pub(crate) fn is_bare(&self) -> bool {
        self.benefits.len() + self.proofs.len() + usize::from(self.offer.is_some()) <= 1
    }
}

fn proof(text: &str, words: &Words) -> Proof {
    let text = text.trim().trim_end_matches('.');
    let tokens: Vec<String> = text.split_whitespace().map(bare).collect();
    let any = |list: &std::collections::HashSet<String>| tokens.iter().any(|it| list.contains(it));
    let lower = text.to_lowercase();
    let awarded = words.award.iter().any(|it| {
        lower
            .match_indices(it.as_str())
            .any(|(at, _)| lower[..at].chars().next_back().is_none_or(|c| !c.is_alphabetic()))
    });
    let figure = text.contains(|c: char| c.is_ascii_digit());
    // A registration may hold figures and customers too, so it is asked first.
    let kind = if awarded {
        Some(ProofKind::Award)
    } else if any(&words.cert) {
        Some(ProofKind::Certificate)
    } else if any(&words.review) && figure {
        Some(ProofKind::People)
    } else if any(&words.origin) {
        Some(ProofKind::Origin)
    } else {
        None
    };
    // A common first word may be written small; any other may be a name, as in "Great Taste".
    let common = tokens.first().is_some_and(|it| words.commons.contains(it));
    let text = if common { lower_first(text) } else { text.to_owned() };
    Proof { text, kind }
}
