//! What can be typed after `gancho write`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Machine;

#[derive(Debug, Args)]
#[command(
    after_help = "Only what the brief states is written, from rhetorical frames and grammar, not by a language model; every variant \
passed the gate: limits as the platform counts them, required and forbidden words, figures unchanged, no claim of its own. \
On a terminal without --n it is a session: ask for more, keep, save. Exit status: 0 done; 2 wrong usage; 3 the brief \
cannot be read, or nothing can be written for it; 4 device or model not available; 5 output could not be written.

Examples:
  gancho write --example > brief.toml
  gancho write brief.toml --n 20 --format csv --output variants.csv
  gancho write brief.toml --market es-AR --placement google_rsa --n 5
  gancho write brief.toml --improve 'Lamps' --field headline"
)]
pub(crate) struct WriteArgs {
    /// A brief (TOML or JSON), several (JSON Lines), a session to go on with, or `-`
    #[arg(value_name = "BRIEF")]
    pub(crate) brief: Option<PathBuf>,
    /// Variants of each brief; without it, a session on a terminal, and 12 elsewhere
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub(crate) n: Option<u16>,
    /// The same seed gives the same variants
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub(crate) seed: u64,
    /// What is weighed: clicks, clarity, novelty, or a mixture such as clicks=2,clarity=1
    #[arg(long, value_name = "WEIGHTS", default_value = "clicks")]
    pub(crate) objective: gancho::Objective,
    /// Write nothing nearly the same as the copy of these libraries
    #[arg(long, value_name = "LIBRARY")]
    pub(crate) against: Vec<String>,
    /// Say what would do better than this text
    #[arg(long, value_name = "TEXT")]
    pub(crate) improve: Option<String>,
    /// The field that --improve is about
    #[arg(long, value_name = "FIELD", default_value = "headline", requires = "improve")]
    pub(crate) field: String,
    /// Print a brief to begin with
    #[arg(long)]
    pub(crate) example: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = WriteFormat::Table)]
    pub(crate) format: WriteFormat,
    /// Where to write it, in one step; stdout without
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) fields: BriefArgs,
    #[command(flatten)]
    pub(crate) machine: Machine,
}

/// Fields of a brief; they beat those of the file.
#[derive(Debug, Args)]
#[command(next_help_heading = "Brief")]
pub(crate) struct BriefArgs {
    /// Who advertises
    #[arg(long, value_name = "NAME")]
    pub(crate) brand: Option<String>,
    /// What is advertised
    #[arg(long, value_name = "NAME")]
    pub(crate) product: Option<String>,
    /// Its trade
    #[arg(long, value_name = "WORD")]
    pub(crate) category: Option<String>,
    /// Who should buy it; never copied into the copy
    #[arg(long, value_name = "WHO")]
    pub(crate) audience: Option<String>,
    /// What it does for them; several times for several
    #[arg(long, value_name = "TEXT")]
    pub(crate) benefit: Vec<String>,
    /// What vouches for it; several times for several
    #[arg(long, value_name = "TEXT")]
    pub(crate) proof: Vec<String>,
    /// What one gets now
    #[arg(long, value_name = "TEXT")]
    pub(crate) offer: Option<String>,
    /// The price, as it should stand
    #[arg(long, value_name = "PRICE")]
    pub(crate) price: Option<String>,
    /// Its currency, such as EUR
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
    /// How it should sound
    #[arg(long, value_name = "TONE")]
    pub(crate) tone: Option<String>,
    /// Language and country of the copy, such as es-MX
    #[arg(long, value_name = "MARKET")]
    pub(crate) market: Option<String>,
    /// How the reader is spoken to: tu, usted, vos, vosotros, ustedes, you
    #[arg(long, value_name = "FORM")]
    pub(crate) address: Option<String>,
    /// Where the ad runs, such as meta_feed or google_rsa
    #[arg(long, value_name = "PLACEMENT")]
    pub(crate) placement: Option<String>,
    /// A word that may not stand there, in any form; several times for several
    #[arg(long, value_name = "WORD")]
    pub(crate) forbidden: Vec<String>,
    /// A mention that must stand there; several times for several
    #[arg(long, value_name = "TEXT")]
    pub(crate) required: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WriteFormat {
    Table,
    Json,
    Jsonl,
    Csv,
}
