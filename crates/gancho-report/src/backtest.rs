//! The record of `gancho backtest`: how good a history would have been on what it was not shown.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{NoteRecord, schema};

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct EstimateRecord {
    /// The figure.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Pairs, units or groups that it rests on.
    pub n: u64,
}

/// How it was learned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningRecord {
    /// `ctr`, `cvr`, `cpa`, `roas`, `cpm`, `hook` or `hold`.
    pub target: String,
    /// `likelihood` or `rank`.
    pub objective: String,
    /// `campaign`, `creative` or `time`.
    pub hold_out: String,
    /// Whether the same picture or text might stand on both sides of a split.
    pub allow_leaks: bool,
}

/// When results were earned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowRecord {
    /// First day, as in `2026-03-01`.
    pub first: String,
    /// Last day.
    pub last: String,
}

/// What was judged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LearningCounts {
    /// Creatives with results.
    pub creatives: u64,
    /// Campaigns with at least two of them.
    pub campaigns: u64,
    /// Creatives in campaigns.
    pub units: u64,
    /// Rows of results.
    pub cases: u64,
    /// Columns that describe creatives, by part: `copy`, `picture` …
    pub features: BTreeMap<String, u64>,
    /// Columns that describe deliveries.
    pub context_features: u64,
}

/// Gain of the first places of a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TopRecord {
    /// How many places.
    pub at: u64,
    /// NDCG, 1 for the best order.
    pub ndcg: EstimateRecord,
    /// What a random order reaches.
    pub random: f64,
}

/// How well a prediction orders the creatives of a campaign.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderRecord {
    /// `content` for what was learned, else the name of a part or of a plain rule.
    pub name: String,
    /// Mean rank correlation within campaigns.
    pub spearman: Option<EstimateRecord>,
    /// Share of pairs of one campaign in the observed order.
    pub auc: Option<EstimateRecord>,
    /// The same for pairs with clearly different results.
    pub clear_accuracy: Option<EstimateRecord>,
    /// Gain of the first places.
    pub top: Vec<TopRecord>,
}

/// What the delivery explains, row by row, beside the creative; rank correlations within campaigns.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ContextRecord {
    /// Placement, audience, season and age alone.
    pub context: f64,
    /// The creative alone.
    pub content: f64,
    /// Both.
    pub both: f64,
    /// The highest that noise allows.
    pub ceiling: f64,
    /// Rows compared.
    pub cases: u64,
}

/// Pairs of about the same stated chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ReliabilityRecord {
    /// Mean stated chance that the favorite wins.
    pub stated: f64,
    /// Share of favorites that won.
    pub observed: f64,
    /// Pairs.
    pub pairs: u64,
}

/// Whether stated chances of winning come true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalibrationRecord {
    /// Pairs.
    pub pairs: u64,
    /// Expected calibration error.
    pub ece: f64,
    /// Slope of winners on stated log-odds; 1 is calibrated.
    pub slope: f64,
    /// Mean squared error of the chances.
    pub brier: f64,
    /// Beside that of a coin: 0 is no better, 1 is perfect.
    pub brier_skill: f64,
    /// Reliability, least certain first.
    pub bins: Vec<ReliabilityRecord>,
}

/// How often ranges held, in one set of creatives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeldRecord {
    /// The set, as in `peers 5-9` or `campaign Spring`.
    pub group: String,
    /// Share inside.
    pub held: f64,
    /// Results.
    pub n: u64,
}

/// How often ranges held what they were to hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoverageRecord {
    /// Intended share.
    pub level: f64,
    /// Share of all results inside.
    pub overall: f64,
    /// Results.
    pub n: u64,
    /// Sets of at least 200.
    pub groups: Vec<HeldRecord>,
}

/// Money that the ranking would have moved from the lower half of each campaign to the upper.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct StakesRecord {
    /// All money in campaigns of at least two creatives, in the currency of the data.
    pub spend: f64,
    /// Money on creatives that the ranking puts in the lower half of their campaign.
    pub moved: f64,
    /// Share of it that the results approve of moving.
    pub right: EstimateRecord,
    /// Results gained, or lost where negative, for each 1,000 moved.
    pub extra_per_thousand: EstimateRecord,
    /// The same gain as a share of all results.
    pub extra_share: f64,
}

/// Creatives of different folds that show the same.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct LeaksRecord {
    /// Pairs with the same picture.
    pub same_picture: u64,
    /// Pairs with the same text.
    pub same_text: u64,
    /// Pairs with different pictures that look alike.
    pub look_alike: u64,
    /// Some of them: two ids and `picture`, `text` or `look-alike`.
    pub examples: Vec<(String, String, String)>,
}

impl LeaksRecord {
    /// Pairs of all kinds.
    pub fn pairs(&self) -> u64 {
        self.same_picture + self.same_text + self.look_alike
    }
}

/// What headline tests were expected to be worth, and what they turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CarryRecord {
    /// Expected slope on the prior in an unknown account; 1 means as in the tests.
    pub mean: f64,
    /// Its standard deviation between publishers.
    pub deviation: f64,
    /// Slope in this account, mean over folds.
    pub slope: f64,
}

/// Whether the history may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It beats chance, and no plain rule does clearly better.
    Skill,
    /// It does not.
    NoSkill,
}

/// How good a history would have been.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BacktestRecord {
    /// `gancho.backtest/1`.
    pub schema: schema::Backtest,
    /// Version of gancho.
    pub gancho: String,
    /// The verdict.
    pub verdict: Verdict,
    /// How it was learned.
    pub options: LearningRecord,
    /// When results were earned, where rows say so.
    pub window: Option<WindowRecord>,
    /// What was judged.
    pub counts: LearningCounts,
    /// The highest rank correlation that noise allows.
    pub ceiling: f64,
    /// What was learned of creatives, context removed.
    pub content: OrderRecord,
    /// Parts of it alone, and plain rules.
    pub baselines: Vec<OrderRecord>,
    /// Context beside content, where rows describe their delivery.
    pub context: Option<ContextRecord>,
    /// Log-odds of winning a pair for one unit of margin.
    pub beta: f64,
    /// Whether stated chances come true.
    pub calibration: Option<CalibrationRecord>,
    /// Whether ranges hold.
    pub coverage: CoverageRecord,
    /// Money that would have moved, where the data says what was spent.
    pub stakes: Option<StakesRecord>,
    /// What stood on both sides of a split.
    pub leaks: LeaksRecord,
    /// Campaigns, where they were too few to be held out whole.
    pub too_few_campaigns: Option<u64>,
    /// What the headline tests were worth, where they had a say.
    #[serde(default)]
    pub prior: Option<CarryRecord>,
    /// What a reader has to know.
    pub notes: Vec<NoteRecord>,
}

impl BacktestRecord {
    /// Whether the delivery orders results better than the creative does.
    pub fn context_dwarfs(&self) -> bool {
        self.context.is_some_and(|it| it.context > it.content)
    }
}
