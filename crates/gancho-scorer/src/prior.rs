//! The shipped prior: what randomised headline tests say about copy.
//!
//! The file is JSON with a versioned format; `train-prior` writes it with the types of this module.
//! Columns are names below the copy's field (`words`, not `copy.headline.words`): a creative
//! without headline is judged by its primary text.
//!
//! What was learned from one publisher's tests holds less at another. The file says how much of it was
//! kept where that could be measured; unless a row says that its copy is that publisher's, its margin
//! is shrunk by as much and its interval is the wider one.

use serde::{Deserialize, Serialize};

use crate::error::ScorerError;
use crate::linear::MarginModel;
use crate::record::Row;

/// Format of the file.
pub const FORMAT: &str = "gancho.prior/2";
/// Column of the n-gram model's score; it belongs to no field.
pub const LOGIT: &str = "headline_logit";
/// Column of the meaning model's score; it belongs to no field either.
pub const MEANING: &str = "meaning_logit";

const LOGIT_FEATURE: &str = "copy.headline_logit";
const MEANING_FEATURE: &str = "copy.meaning_logit";
const LANGUAGE_FEATURE: &str = "context.language_en";
const HOME_FEATURE: &str = "context.at_home";

/// What is left of a margin at publishers that the prior has and has not seen.
///
/// A slope is the log-odds that an observed difference follows one unit of calibrated difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publishers {
    /// The slope at the publisher it was learned from: 1 after calibration.
    pub home: f64,
    /// The slope to expect at another.
    pub elsewhere: f64,
    /// Standard deviation of the slope at another publisher around what is expected.
    pub deviation: f64,
    /// How many publishers all this was measured at, the prior's own included.
    pub measured: u32,
}

/// Half-widths of 80 % intervals for groups of at least so many peers, in points of score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Width {
    /// Fewest peers this entry serves, the creative itself included.
    pub peers: u32,
    /// Half-width at the prior's own publisher.
    pub width: f64,
    /// Half-width at a publisher it has not seen.
    pub elsewhere: f64,
    /// Half-width for copy outside the prior's domain: calibrated as if scores said nothing.
    pub blind: f64,
    /// Coverage of `width` on groups that did not set it.
    pub coverage: f64,
}

/// A margin model with its calibration.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// [`FORMAT`].
    pub format: String,
    /// Language of the texts it was learned from.
    pub language: String,
    /// Whose tests it was learned from.
    pub publisher: String,
    /// How much of it holds where.
    pub publishers: Publishers,
    /// Log-odds of winning for one unit of difference in margin.
    pub beta: f64,
    /// Widths of intervals, `peers` ascending.
    pub widths: Vec<Width>,
    /// The model.
    pub model: MarginModel,
}

impl Prior {
    /// Reads a prior.
    ///
    /// # Errors
    /// [`ScorerError::PriorFormat`] and [`ScorerError::Prior`].
    pub fn parse(bytes: &[u8]) -> Result<Self, ScorerError> {
        #[derive(Deserialize)]
        struct Head {
            format: String,
        }
        let fault = |detail: String| ScorerError::Prior { detail };
        let head: Head = serde_json::from_slice(bytes).map_err(|it| fault(it.to_string()))?;
        if head.format != FORMAT {
            return Err(ScorerError::PriorFormat { found: head.format, expected: FORMAT.into() });
        }
        let prior: Self = serde_json::from_slice(bytes).map_err(|it| fault(it.to_string()))?;
        let share = |it: f64| (0.0..=1.0).contains(&it);
        let width = |it: f64| (0.0..=100.0).contains(&it);
        let sane = |it: &Width| width(it.width) && width(it.elsewhere) && width(it.blind);
        let Publishers { home, elsewhere, deviation, .. } = prior.publishers;
        let publishers = share(home) && share(elsewhere) && deviation.is_finite() && deviation >= 0.0;
        if !(publishers && prior.beta.is_finite() && prior.beta >= 0.0 && prior.widths.iter().all(sane)) {
            return Err(fault("a calibration figure makes no sense".into()));
        }
        if prior.widths.is_empty() || !prior.widths.is_sorted_by(|a, b| a.peers < b.peers) {
            return Err(fault("the interval widths are missing or out of order".into()));
        }
        Ok(Self { model: prior.model.checked().map_err(fault)?, ..prior })
    }

    /// Writes the prior, one line of JSON.
    ///
    /// # Errors
    /// [`ScorerError::Prior`] when a number cannot be written, which finite models never cause.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ScorerError> {
        serde_json::to_vec(self).map_err(|it| ScorerError::Prior { detail: it.to_string() })
    }

    /// The row's values in the order of the model's columns, with their full names.
    pub(crate) fn read<'a>(&'a self, row: &'a Row) -> (Vec<f64>, Field) {
        let field = Field::of(row).unwrap_or(Field::Headline);
        let value = |column: &String| row.features.get(&field.name(column)).copied();
        let values = self.model.columns.iter().map(|it| value(it).filter(|it| it.is_finite()));
        (values.map(|it| it.unwrap_or(f64::NAN)).collect(), field)
    }

    /// What the prior says of a row, as a log-ratio of results; constants are of no meaning.
    pub(crate) fn log_ratio(&self, row: &Row) -> f64 {
        self.model.contributions(&self.read(row).0).iter().sum()
    }

    /// The factor on [`Prior::beta`]: what is left of a margin at the prior's own publisher, or at another.
    pub fn carry(&self, at_home: bool) -> f64 {
        if at_home { self.publishers.home } else { self.publishers.elsewhere }
    }

    /// Half-width of an interval among so many peers.
    pub fn width(&self, peers: usize, in_domain: bool, at_home: bool) -> f64 {
        let fits = |it: &&Width| it.peers as usize <= peers;
        let entry = self.widths.iter().rev().find(fits).or(self.widths.first());
        entry.map_or(100.0, |it| {
            let known = if at_home { it.width } else { it.elsewhere };
            if in_domain { known } else { it.blind.max(known) }
        })
    }
}

/// The field of copy that the prior judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Headline,
    PrimaryText,
}

impl Field {
    /// The headline where there is one, else the primary text; nothing for a creative without both.
    pub(crate) fn of(row: &Row) -> Option<Self> {
        let has = |prefix: &str| {
            let mut from = row.features.range(prefix.to_owned()..);
            from.next().is_some_and(|(name, _)| name.starts_with(prefix))
        };
        if has("copy.headline.") {
            Some(Self::Headline)
        } else if has("copy.primary_text.") {
            Some(Self::PrimaryText)
        } else if [LOGIT_FEATURE, MEANING_FEATURE].iter().any(|it| row.features.contains_key(*it)) {
            Some(Self::Headline)
        } else {
            None
        }
    }

    pub(crate) fn name(self, column: &str) -> String {
        match (column, self) {
            (LOGIT, _) => LOGIT_FEATURE.to_owned(),
            (MEANING, _) => MEANING_FEATURE.to_owned(),
            (column, Self::Headline) => format!("copy.headline.{column}"),
            (column, Self::PrimaryText) => format!("copy.primary_text.{column}"),
        }
    }
}

/// Whether the row's copy is in the language of the prior, as far as the row says.
pub(crate) fn in_domain(row: &Row) -> bool {
    row.features.get(LANGUAGE_FEATURE).is_none_or(|it| *it >= 0.5)
}

/// Whether the row says that its copy is of the publisher that the prior was learned from.
pub(crate) fn at_home(row: &Row) -> bool {
    row.features.get(HOME_FEATURE).is_some_and(|it| *it >= 0.5)
}
