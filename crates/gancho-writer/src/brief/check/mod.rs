//! What is wrong with a brief, and what is left of it.

mod bounds;
mod conflicts;
mod content;
mod facts;
mod locale;
mod patterns;

use super::Brief;
use crate::facts::atoms;
use crate::placement::Placement;
use crate::variant::Field;
use serde::Serialize;
use std::collections::BTreeSet;

/// How much of the work a problem stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// Worth knowing; changes nothing.
    Note,
    /// Something is left out, the rest is written.
    Warn,
    /// A field of the ad is not written.
    RefuseField,
    /// Nothing is written.
    Refuse,
}

/// What becomes of a brief; the words of the briefs' `expect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Copy is written.
    Generate,
    /// Copy is written; something was left out.
    GenerateWithWarning,
    /// Some fields of the ad are not written.
    RefuseField,
    /// Nothing is written.
    Refuse,
}

/// One problem: where, how grave, and what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Path of the field of the brief, as in `benefits[2]`.
    pub field: String,
    /// How grave.
    pub class: Class,
    /// What is wrong. Its serde tag is the code in the message catalogues; `Display` says what to do.
    #[serde(flatten)]
    pub kind: ProblemKind,
}

/// The kinds of problem. Quoted texts are shortened to 80 characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum ProblemKind {
    /// Neither brand nor product is left.
    #[error("there is neither brand nor product to name; give at least one of them")]
    NothingToAdvertise,
    /// No brand.
    #[error("there is no brand; only the product is named")]
    NoBrand,
    /// No product.
    #[error("there is no product; only the brand is named")]
    NoProduct,
    /// No benefit, proof or offer.
    #[error("there is no benefit, proof or offer; nothing is invented, so give at least one")]
    NothingToSay,
    /// Names of one letter.
    #[error("brand and product have one letter each; write them out")]
    Degenerate,
    /// A required mention holds a forbidden word.
    #[error("`{required}` is required, but it holds the forbidden `{forbidden}`; take one of them out")]
    RequiredIsForbidden {
        /// The mention.
        required: String,
        /// The forbidden entry.
        forbidden: String,
    },
    /// A required mention fits no field.
    #[error("`{required}` has {length} characters, the roomiest field takes {limit}; shorten it")]
    RequiredTooLong {
        /// The mention.
        required: String,
        /// Its length, as the platform counts.
        length: usize,
        /// The largest limit.
        limit: usize,
    },
    /// All required mentions together do not fit.
    #[error(
        "the required mentions have {length} characters together, all fields take {limit}; require fewer"
    )]
    RequiredTooMany {
        /// Their length together.
        length: usize,
        /// The limits together.
        limit: usize,
    },
    /// A required mention holds characters that the platform refuses.
    #[error("`{required}` is required, but the platform takes no emoji; write it without")]
    RequiredCharacters {
        /// The mention.
        required: String,
    },
    /// A field of the ad is too short for any word.
    #[error("{limit} characters hold no line; raise the limit of `{of}`")]
    LimitTooSmall {
        /// The field of the ad.
        of: Field,
        /// Its limit.
        limit: usize,
    },
    /// The placement has no field.
    #[error("the placement `{placement}` is unknown and the brief sets no limits; set them")]
    NoFields {
        /// The placement.
        placement: String,
    },
    /// The placement is not in the table.
    #[error("the placement `{placement}` is unknown; the brief's own limits are used")]
    UnknownPlacement {
        /// The placement.
        placement: String,
    },
    /// A name is longer than every field.
    #[error("this name has {length} characters, the roomiest field takes {limit}; give a short name")]
    NameTooLong {
        /// Its length, as the platform counts.
        length: usize,
        /// The largest limit.
        limit: usize,
    },
    /// A text is longer than every field.
    #[error(
        "this has {length} characters, the roomiest field takes {limit}; it is left out unless you shorten it"
    )]
    TextTooLong {
        /// Its length, as the platform counts.
        length: usize,
        /// The largest limit.
        limit: usize,
    },
    /// Orders to the writer.
    #[error("`{text}` gives orders instead of facts and is left out; write what the product does")]
    Injection {
        /// The text.
        text: String,
    },
    /// Marks of chat formats in a name.
    #[error("`{text}` holds marks of chat formats; they are kept as plain characters")]
    ControlTokens {
        /// The text.
        text: String,
    },
    /// Control characters.
    #[error("`{text}` holds control characters; take them out")]
    ControlCharacters {
        /// The text.
        text: String,
    },
    /// A promise that no ad may make.
    #[error("`{text}` is a promise about {class} that ads may not make; it is left out")]
    Prohibited {
        /// The text.
        text: String,
        /// `health` or `income`.
        class: &'static str,
    },
    /// A required mention, or the product itself, is a promise that no ad may make.
    #[error("`{text}` must be written, but it is a promise about {class} that ads may not make; take it out")]
    ProhibitedRequired {
        /// The text.
        text: String,
        /// `health` or `income`.
        class: &'static str,
    },
    /// A text of the brief holds a forbidden word.
    #[error("`{text}` holds the forbidden `{forbidden}` and is left out")]
    HoldsForbidden {
        /// The text.
        text: String,
        /// The forbidden entry.
        forbidden: String,
    },
    /// The audience is described by what an ad may not assert of its reader.
    #[error("the audience is described by personal attributes; they are kept out of the copy")]
    PersonalAttribute {
        /// The words.
        text: String,
    },
    /// Two texts contradict each other.
    #[error("`{text}` contradicts `{other}` ({other_field}); both are left out")]
    Contradiction {
        /// This text.
        text: String,
        /// The other field.
        other_field: String,
        /// The other text.
        other: String,
    },
    /// A discount that raises the price.
    #[error("the price rises from {old} to {new}, which is no discount; the offer is left out")]
    DiscountUpward {
        /// The old price.
        old: String,
        /// The new price.
        new: String,
    },
    /// A discount above 100 %, a day that does not exist.
    #[error("`{text}` cannot be; the text is left out")]
    Impossible {
        /// What cannot be.
        text: String,
    },
    /// The offer names another price.
    #[error("the offer says {offer}, the price is {price}; the offer is left out")]
    OtherPrice {
        /// Price of the brief.
        price: String,
        /// Price in the offer.
        offer: String,
    },
    /// A price without a number.
    #[error("`{text}` holds no number; give the price as it should stand in the ad")]
    NoNumberInPrice {
        /// The price.
        text: String,
    },
    /// The sign of a price belongs to another currency.
    #[error("the price has the sign `{sign}`, the currency is {currency}; correct one of them")]
    OtherCurrency {
        /// The sign.
        sign: String,
        /// The currency.
        currency: String,
    },
    /// A form of address that the language or the market does not have.
    #[error("`{address}` is not how {market} speaks to a reader; usual is `{usual}`")]
    UnusualAddress {
        /// The form.
        address: &'static str,
        /// The market.
        market: &'static str,
        /// What is usual there.
        usual: &'static str,
    },
    /// Language and market do not go together.
    #[error("there is no market `{market}` in the language `{language}`; correct one of them")]
    OtherMarket {
        /// The market.
        market: &'static str,
        /// The language.
        language: &'static str,
    },
    /// The brief is written in another language than its copy.
    #[error("the brief is written in `{found}`, the copy in `{wanted}`; translate the brief")]
    OtherLanguage {
        /// Language found.
        found: &'static str,
        /// Language of the copy.
        wanted: &'static str,
    },
    /// Characters that the platform refuses.
    #[error("`{text}` holds emoji, which the platform refuses; it is left out")]
    Emoji {
        /// The text.
        text: String,
    },
    /// A text stands twice.
    #[error("`{text}` stands twice")]
    Repeated {
        /// The text.
        text: String,
    },
}

/// Why a text of the brief is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It gives orders to the writer.
    Injection,
    /// It promises what no ad may promise.
    Prohibited,
    /// It contradicts another text.
    Contradiction,
    /// It holds a forbidden word.
    Forbidden,
    /// It fits no field.
    TooLong,
    /// It asserts something of the reader.
    Audience,
    /// The platform refuses its characters.
    Characters,
}

/// A text of the brief that is not used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dropped {
    /// Path of its field.
    pub field: String,
    /// The text.
    pub text: String,
    /// Why.
    pub reason: Reason,
}

/// A brief without what must not be used, and what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The brief, with injected, prohibited, contradictory and unusable texts left out.
    pub brief: Brief,
    /// The placement, with the brief's own limits.
    pub placement: Placement,
    /// What is wrong, in the order of the fields.
    pub problems: Vec<Problem>,
    /// Texts that were left out and whose words must not come back.
    pub dropped: Vec<Dropped>,
    /// Fields of the ad that cannot be written.
    pub refused: BTreeSet<Field>,
}

impl Checked {
    /// What becomes of the brief.
    pub fn verdict(&self) -> Verdict {
        match self.problems.iter().map(|it| it.class).max() {
            None | Some(Class::Note) => Verdict::Generate,
            Some(Class::Warn) => Verdict::GenerateWithWarning,
            Some(Class::RefuseField) => Verdict::RefuseField,
            Some(Class::Refuse) => Verdict::Refuse,
        }
    }
}

pub(super) fn check(brief: &Brief) -> Checked {
    let mut checked = Checked {
        brief: brief.clone(),
        placement: brief.resolved_placement(),
        problems: Vec::new(),
        dropped: Vec::new(),
        refused: BTreeSet::new(),
    };
    for step in [content::check, bounds::check, facts::check, locale::check, content::check_what_is_left] {
        step(brief, &mut checked);
    }
    checked.forget_dropped_numbers();
    checked
}

impl Checked {
    fn report(&mut self, field: &str, class: Class, kind: ProblemKind) {
        let problem = Problem { field: field.to_owned(), class, kind };
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// Takes a text out of the brief. Its path is that of the brief as given.
    fn leave_out(&mut self, given: &Brief, field: &str, reason: Reason) {
        let text = text_of(given, field);
        if self.dropped.iter().any(|it| it.field == field) || text.is_empty() {
            return;
        }
        let left = &mut self.brief;
        match field {
            "brand" => left.brand.clear(),
            "product" => left.product.clear(),
            "category" => left.category.clear(),
            "audience" => left.audience.clear(),
            "offer" => left.offer.clear(),
            "price" => left.price.clear(),
            "tone" => left.tone.clear(),
            _ if field.starts_with("benefits[") => left.benefits.retain(|it| *it != text),
            _ if field.starts_with("proof[") => left.proof.retain(|it| *it != text),
            _ => return,
        }
        self.dropped.push(Dropped { field: field.to_owned(), text, reason });
    }

    /// Numbers of the list that stood only in texts that were left out may not come back through it.
    fn forget_dropped_numbers(&mut self) {
        let texts: Vec<&str> = self.brief.sources().into_iter().map(|(_, text)| text).collect();
        let kept: Vec<String> = texts.iter().flat_map(|text| atoms(text)).map(|it| it.core).collect();
        let lost: Vec<String> =
            self.dropped.iter().flat_map(|it| atoms(&it.text)).map(|it| it.core).collect();
        let stays = |number: &String| {
            atoms(number).iter().all(|it| kept.contains(&it.core) || !lost.contains(&it.core))
        };
        let numbers = std::mem::take(&mut self.brief.numbers);
        self.brief.numbers = numbers.into_iter().filter(stays).collect();
    }
}

/// The text of a field by its path; empty when there is none.
fn text_of(brief: &Brief, field: &str) -> String {
    let single = [
        ("brand", &brief.brand),
        ("product", &brief.product),
        ("category", &brief.category),
        ("audience", &brief.audience),
        ("offer", &brief.offer),
        ("price", &brief.price),
        ("tone", &brief.tone),
    ];
    if let Some((_, text)) = single.iter().find(|(name, _)| *name == field) {
        return (*text).clone();
    }
    let lists = [("benefits", &brief.benefits), ("proof", &brief.proof), ("required", &brief.required)];
    let found = lists.iter().find_map(|(name, texts)| {
        let index = field.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?;
        texts.get(index.parse::<usize>().ok()?)
    });
    found.cloned().unwrap_or_default()
}

/// Every text of a brief that people write freely, with its path.
fn texts(brief: &Brief) -> Vec<(String, &str)> {
    let mut out = brief.sources();
    out.push(("audience".to_owned(), &brief.audience));
    out.push(("tone".to_owned(), &brief.tone));
    out
}

fn short(text: &str) -> String {
    text.chars().take(80).collect()
}
