//! What can go wrong, and what a reader of the ranking has to know.

use serde::Serialize;

/// Why no ranking could be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum ScorerError {
    /// Two rows share an id, so results could not be told apart.
    #[error("two creatives have the id `{id}`; give each its own")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// The file of the prior names another format than this version reads.
    #[error("the prior has format `{found}`, this version reads `{expected}`")]
    PriorFormat {
        /// Format named in the file.
        found: String,
        /// Format this version reads.
        expected: String,
    },
    /// The file of the prior cannot be read.
    #[error("the prior cannot be read: {detail}; pull or rebuild the weights")]
    Prior {
        /// What is wrong.
        detail: String,
    },
    /// The file of a trained model names another format than this version reads.
    #[error("the model has format `{found}`, this version reads `{expected}`; train it again")]
    ModelFormat {
        /// Format named in the file.
        found: String,
        /// Format this version reads.
        expected: String,
    },
    /// The file of a trained model cannot be read.
    #[error("the model cannot be read: {detail}; train it again")]
    Model {
        /// What is wrong.
        detail: String,
    },
    /// Nothing in the history has both counts of the target.
    #[error("no row of the history has the counts of `{target}`; it needs {needed}")]
    NothingToLearn {
        /// Name of the target.
        target: String,
        /// The two counts.
        needed: String,
    },
    /// The same picture or text stands on both sides of a split.
    #[error(
        "{pairs} pairs of creatives with the same picture or text would stand on both sides of the split, \
         for example `{example_a}` and `{example_b}`: the score of one would be known from the other. Hold them out \
         together (`--hold-out creative`), or allow it (`--allow-leaks`) and read the figures as a test of repetition"
    )]
    Leaks {
        /// Pairs found.
        pairs: u64,
        /// One of a pair.
        example_a: String,
        /// The other.
        example_b: String,
    },
    /// Rows carry no days, so time cannot be cut.
    #[error("holding out by time needs a day for each row, and {without} of {rows} have none")]
    NoDays {
        /// Rows without a day.
        without: u64,
        /// Rows.
        rows: u64,
    },
    /// The booster refused the data.
    #[error("learning failed: {detail}")]
    Boosting {
        /// What the booster said.
        detail: String,
    },
}

impl From<gancho_boosting::BoostingError> for ScorerError {
    fn from(error: gancho_boosting::BoostingError) -> Self {
        Self::Boosting { detail: error.to_string() }
    }
}

/// Codes of every [`ScorerError`], for the message catalogs.
pub const ERROR_CODES: &[&str] = &[
    "duplicate-id",
    "prior-format",
    "prior",
    "model-format",
    "model",
    "nothing-to-learn",
    "leaks",
    "no-days",
    "boosting",
];

/// Something a reader of the ranking has to know to read it rightly.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Note {
    /// Some scores are design quality only.
    #[error("{creatives} creatives are scored by craft: design quality, not a prediction")]
    Craft {
        /// How many.
        creatives: u64,
    },
    /// The prior judges words only.
    #[error("the prior was learned from words alone; the pictures of {creatives} creatives did not count")]
    PictureNotJudged {
        /// How many creatives have a picture and are scored by the prior.
        creatives: u64,
    },
    /// There is copy, but no prior was given.
    #[error("{creatives} creatives have copy, but the prior is not available")]
    PriorMissing {
        /// How many.
        creatives: u64,
    },
    /// The copy is not in the prior's language.
    #[error(
        "the copy of {creatives} creatives is not in `{language}`, the only language the prior has \
         seen: expect little from these scores; their intervals assume no skill"
    )]
    OutOfDomain {
        /// How many.
        creatives: u64,
        /// Language of the prior.
        language: String,
    },
    /// The history does not predict the results it was not shown.
    #[error(
        "no skill: learned from {creatives} creatives, the history ranks unseen ones at {spearman:.2} \
         (rank correlation within campaigns), best baseline {baseline:.2}; it was not used"
    )]
    NoSkill {
        /// Creatives with impressions.
        creatives: u64,
        /// Rank correlation out of fold.
        spearman: f64,
        /// The best baseline's.
        baseline: f64,
    },
    /// Some results, too few to learn from.
    #[error("{creatives} creatives have impressions, at least {needed} are needed to learn from them")]
    FewOutcomes {
        /// How many have impressions.
        creatives: u64,
        /// How many are needed.
        needed: u64,
    },
    /// Too few campaigns to hold whole ones out.
    #[error(
        "only {campaigns} campaigns have results: creatives were held out one by one, so skill may be overstated"
    )]
    FoldsById {
        /// Number of campaigns with results.
        campaigns: u64,
    },
    /// The delivery explains more than the creative.
    #[error(
        "placement, audience and season explain more of the results ({context:.2}, rank correlation within campaigns) \
         than the creatives themselves ({content:.2}); noise allows at most {ceiling:.2}"
    )]
    ContextDwarfs {
        /// Rank correlation of the context.
        context: f64,
        /// Of the creative.
        content: f64,
        /// The highest that noise allows.
        ceiling: f64,
    },
    /// Conversions and their value are what the platform claims.
    #[error(
        "`{target}` rests on the platform's own attribution: it tells which ads the platform credits, not which \
         ads caused a sale"
    )]
    Attributed {
        /// Name of the target.
        target: String,
    },
    /// Creatives unlike everything the model has learned from.
    #[error(
        "{creatives} creatives are unlike those the model learned from, or nothing is known of them that it asks \
         about; it has no say in their scores"
    )]
    Unlike {
        /// How many.
        creatives: u64,
    },
    /// The library has moved away from what the model was trained on.
    #[error(
        "{features} of {of} features have drifted from what the model learned from ({worst} most); train it again"
    )]
    Drifted {
        /// Drifted features.
        features: u64,
        /// Compared features.
        of: u64,
        /// The one that drifted most.
        worst: String,
    },
    /// More clicks than impressions.
    #[error("{creatives} creatives have more clicks than impressions; their results were left out")]
    OutcomeIgnored {
        /// How many.
        creatives: u64,
    },
    /// Some creatives have nobody to be compared with.
    #[error("{creatives} creatives have no peers scored in the same way; 50 says nothing about them")]
    Alone {
        /// How many.
        creatives: u64,
    },
    /// Scores that were learned from different things stand in one list.
    #[error("scores of different bases stand in one list: compare them within a basis only")]
    MixedBases {},
}

/// Codes of every [`Note`], for the message catalogs.
pub const NOTE_CODES: &[&str] = &[
    "craft",
    "picture-not-judged",
    "prior-missing",
    "out-of-domain",
    "no-skill",
    "few-outcomes",
    "folds-by-id",
    "context-dwarfs",
    "attributed",
    "unlike",
    "drifted",
    "outcome-ignored",
    "alone",
    "mixed-bases",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn codes<T: Serialize>(all: &[T]) -> Vec<String> {
        all.iter().map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn every_code_is_listed() {
        let text = String::new;
        let errors = [
            ScorerError::DuplicateId { id: text() },
            ScorerError::PriorFormat { found: text(), expected: text() },
            ScorerError::Prior { detail: text() },
            ScorerError::ModelFormat { found: text(), expected: text() },
            ScorerError::Model { detail: text() },
            ScorerError::NothingToLearn { target: text(), needed: text() },
            ScorerError::Leaks { pairs: 1, example_a: text(), example_b: text() },
            ScorerError::NoDays { without: 1, rows: 2 },
            ScorerError::Boosting { detail: text() },
        ];
        assert_eq!(codes(&errors), ERROR_CODES);
        let notes = [
            Note::Craft { creatives: 1 },
            Note::PictureNotJudged { creatives: 1 },
            Note::PriorMissing { creatives: 1 },
            Note::OutOfDomain { creatives: 1, language: text() },
            Note::NoSkill { creatives: 1, spearman: 0.0, baseline: 0.0 },
            Note::FewOutcomes { creatives: 1, needed: 30 },
            Note::FoldsById { campaigns: 1 },
            Note::ContextDwarfs { context: 0.5, content: 0.1, ceiling: 0.8 },
            Note::Attributed { target: text() },
            Note::Unlike { creatives: 1 },
            Note::Drifted { features: 1, of: 2, worst: text() },
            Note::OutcomeIgnored { creatives: 1 },
            Note::Alone { creatives: 1 },
            Note::MixedBases {},
        ];
        assert_eq!(codes(&notes), NOTE_CODES);
    }
}
