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
    /// The booster refused the data.
    #[error("learning failed: {detail}")]
    Boosting {
        /// What the booster said.
        detail: String,
    },
}

/// Codes of every [`ScorerError`], for the message catalogs.
pub const ERROR_CODES: &[&str] = &["duplicate-id", "prior-format", "prior", "boosting"];

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
    /// More creatives with results than are needed to learn.
    #[error("learned from {used} of {creatives} creatives with results in each fold")]
    Sampled {
        /// Creatives with impressions.
        creatives: u64,
        /// Most rows used in one fold.
        used: u64,
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
    "sampled",
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
            Note::Sampled { creatives: 1, used: 1 },
            Note::OutcomeIgnored { creatives: 1 },
            Note::Alone { creatives: 1 },
            Note::MixedBases {},
        ];
        assert_eq!(codes(&notes), NOTE_CODES);
    }
}
