//! What goes in and what comes out: rows of named numbers, and a ranking.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::error::Note;
use crate::evaluation::Evaluation;
use crate::learn::{Counts, Target};

/// Clicks of a number of impressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Times it was shown.
    pub impressions: u64,
    /// Clicks it got.
    pub clicks: u64,
}

/// What a creative earned in one context: a day, a placement, an audience.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Observation {
    /// Campaign; that of the creative when absent.
    pub group: Option<String>,
    /// Day, counted from 1970-01-01.
    pub day: Option<i64>,
    /// What is known of the delivery, named `context.<name>` or, for a category, `context.<name>=<value>` with 1.
    pub context: BTreeMap<String, f64>,
    /// What it earned.
    pub counts: Counts,
}

/// One creative as named numbers.
///
/// The first segment of a feature's name is its part: `picture.<measure>`, `embedding.<000..511>`,
/// `copy.<field>.<feature>`, `copy.headline_logit`, `meaning.<000..>`, `comments.<share>`, `context.<name>`. What
/// begins with `context.` belongs to the delivery and is never a merit of the creative. A missing value is a missing key; a value that is not finite counts as missing.
///
/// Four names have a meaning here: `copy.headline_logit` and `copy.meaning_logit` are the scores of the
/// shipped models of words and of meaning for the headline, or for the primary text of a creative without
/// one; `context.language_en` is 1 where the copy is English and 0 where it is not (missing: taken as
/// English); `context.at_home` is 1 where the copy is of the publisher that the prior was learned from
/// (missing: it is not).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Identity of the creative, unique in the library.
    pub id: String,
    /// Campaign, where there is one.
    pub group: Option<String>,
    /// Features by name.
    pub features: BTreeMap<String, f64>,
    /// Results, where there are any.
    pub observations: Vec<Observation>,
}

/// What a score was learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// A documented index of measures: design quality, not a prediction.
    Craft,
    /// Randomised headline tests.
    Prior,
    /// Prior and the user's own results, by weight.
    Blend,
    /// The user's own results, out of fold.
    History,
}

/// A range that should hold the creative's true percentile with a stated frequency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// Intended coverage, 0.8.
    pub level: f64,
    /// Lower end, 0..100.
    pub low: f64,
    /// Upper end, 0..100.
    pub high: f64,
}

/// What one feature adds to a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contribution {
    /// First segment of the feature's name.
    pub part: String,
    /// Full name of the feature; `embedding.look` stands for the whole embedding and `other` for
    /// everything past the first reasons.
    pub feature: String,
    /// The feature's value, where one number says it.
    pub value: Option<f64>,
    /// Points of score, above or below the peers' mean.
    pub contribution: f64,
}

/// One creative's score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Place in the ranking, from 1: by score, equal scores by id.
    pub rank: u32,
    /// Identity of the creative.
    pub id: String,
    /// Expected percentile among the peers, 0..100; a creative counts half against itself.
    pub score: f64,
    /// Score of a creative with the peers' mean margin; `base` and all contributions add up to `score`.
    pub base: f64,
    /// Interval, or nothing for `craft`, where no outcome exists to calibrate against.
    pub interval: Option<Interval>,
    /// What the score was learned from.
    pub basis: Basis,
    /// Share of the account's own results in what tells the creatives apart, 0..1: the variance of what was learned
    /// from them, over that and the variance of what the prior says.
    pub weight_of_history: f64,
    /// Why the history, though it has skill, has no say here: `no-evidence` where nothing is known that it asks
    /// about, `unlike` where more than a fifth of it lies outside of what it has seen. The basis is another then.
    pub abstained: Option<String>,
    /// Campaign within which it was compared; nothing when compared with the whole library.
    pub group: Option<String>,
    /// Number of creatives it was compared with, itself included.
    pub peers: u32,
    /// Reasons, largest first.
    pub contributions: Vec<Contribution>,
}

/// How well the history predicts results it was not shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Skill {
    /// The ratio that was learned.
    pub target: Target,
    /// Everything measured out of fold.
    pub evaluation: Evaluation,
    /// Whether the history beats chance and no plain rule does clearly better; without skill it is not used.
    pub skilled: bool,
}

/// The whole result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranking {
    /// Scores, best first.
    pub scores: Vec<Score>,
    /// Skill of the history, where there was enough of it to measure.
    pub skill: Option<Skill>,
    /// What a reader has to know.
    pub notes: Vec<Note>,
}
