//! What can be typed after `gancho train` and `gancho backtest`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{LimitArgs, PictureMachine};

/// What to learn from, and how.
#[derive(Debug, Args)]
pub(crate) struct HistoryArgs {
    /// Pictures, folders, globs or manifests; nothing where the results name texts and assets themselves
    #[arg(required_unless_present = "performance", value_name = "LIBRARY")]
    pub(crate) inputs: Vec<String>,
    /// What the creatives earned: exports of ad platforms, or tables with counts; best by day and placement
    #[arg(long, value_name = "FILE")]
    pub(crate) performance: Vec<PathBuf>,
    /// What the columns of the results mean, where their names do not say it
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// What is to be predicted
    #[arg(long, value_enum, default_value_t = TargetArg::Ctr)]
    pub(crate) target: TargetArg,
    /// What learning aims at: likelihood, the results themselves; rank, their order within campaigns
    #[arg(long, value_enum, default_value_t = ObjectiveArg::Likelihood, hide_possible_values = true, value_name = "likelihood|rank")]
    pub(crate) objective: ObjectiveArg,
    /// What is judged without having been seen: whole campaigns, creatives in all of theirs, or what came later
    #[arg(long, value_enum, default_value_t = HoldOutArg::Campaign, hide_possible_values = true, value_name = "campaign|creative|time")]
    pub(crate) hold_out: HoldOutArg,
    /// Let the same picture or text be learned from and judged; without it, such a test is refused
    #[arg(long)]
    pub(crate) allow_leaks: bool,
    /// Settings of the library [default: gancho.toml in its root]
    #[arg(long, value_name = "FILE", env = "GANCHO_CONFIG", hide_env_values = true)]
    pub(crate) config: Option<PathBuf>,
    /// Let a manifest name pictures outside its own folder
    #[arg(long, display_order = 90)]
    pub(crate) allow_outside: bool,
    #[command(flatten)]
    pub(crate) machine: PictureMachine,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "The test is printed; the model and its card (the same name, ending in .md) are written. A model without skill is \
written too, and `gancho score` leaves it out. Exit status: 0 done; 2 wrong usage; 3 nothing can be learned, or the same \
picture or text stands on both sides of a split; 4 device or model not available; 5 output could not be written.

Examples:
  gancho train ads/ --performance results.csv --output model.json
  gancho train ads/ --performance meta.xlsx --performance tiktok.csv --target cpa --output cpa.json
  gancho score ads/ --model model.json"
)]
pub(crate) struct TrainArgs {
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// Where to write the model, in one step; its card goes beside it
    #[arg(long, short, value_name = "MODEL")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Every creative is judged by a model that has not seen it, against chance, the noise in the results and plain rules. \
Exit status as in `gancho train --help`.

Examples:
  gancho backtest ads/ --performance results.csv
  gancho backtest ads/ --performance meta.xlsx --hold-out time --format html --output backtest.html
  gancho backtest --performance export.csv --mapping columns.toml --sample cases.csv"
)]
pub(crate) struct BacktestArgs {
    #[command(flatten)]
    pub(crate) history: HistoryArgs,
    /// What to write
    #[arg(long, value_enum, default_value_t = BacktestFormat::Table)]
    pub(crate) format: BacktestFormat,
    /// Where to write it, in one step; stdout without
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write every judged case as CSV: fold, both counts, predictions and all features
    #[arg(long, value_name = "FILE")]
    pub(crate) sample: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BacktestFormat {
    Table,
    Json,
    Jsonl,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TargetArg {
    /// Clicks per impression
    Ctr,
    /// Conversions per click
    Cvr,
    /// Money per conversion, less is better
    Cpa,
    /// Revenue per money spent
    Roas,
    /// Money per thousand impressions, less is better
    Cpm,
    /// 3-second plays per impression
    Hook,
    /// Plays to the end per 3-second play
    Hold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ObjectiveArg {
    Likelihood,
    Rank,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HoldOutArg {
    Campaign,
    Creative,
    Time,
}

impl From<TargetArg> for gancho::learn::Target {
    fn from(it: TargetArg) -> Self {
        match it {
            TargetArg::Ctr => Self::Ctr,
            TargetArg::Cvr => Self::Cvr,
            TargetArg::Cpa => Self::Cpa,
            TargetArg::Roas => Self::Roas,
            TargetArg::Cpm => Self::Cpm,
            TargetArg::Hook => Self::Hook,
            TargetArg::Hold => Self::Hold,
        }
    }
}

impl From<ObjectiveArg> for gancho::learn::Objective {
    fn from(it: ObjectiveArg) -> Self {
        match it {
            ObjectiveArg::Likelihood => Self::Likelihood,
            ObjectiveArg::Rank => Self::Rank,
        }
    }
}

impl From<HoldOutArg> for gancho::learn::HoldOut {
    fn from(it: HoldOutArg) -> Self {
        match it {
            HoldOutArg::Campaign => Self::Campaign,
            HoldOutArg::Creative => Self::Creative,
            HoldOutArg::Time => Self::Time,
        }
    }
}
