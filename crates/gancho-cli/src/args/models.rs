//! What can be typed after `gancho models`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{LimitArgs, PictureMachine};

#[derive(Debug, Subcommand)]
#[command(after_help = "Examples:
  gancho models list
  gancho models card prior-upworthy
  gancho models pull timm/resnet50.a1_in1k    # for embed --vision-model timm/resnet50.a1_in1k")]
pub(crate) enum ModelsCommand {
    /// Show the shipped and the pulled models, and the one that gancho.toml names, with its age
    List {
        #[command(flatten)]
        weights: WeightsArgs,
        /// Settings that may name a trained model [default: gancho.toml of this folder]
        #[arg(long, value_name = "FILE", env = "GANCHO_CONFIG", hide_env_values = true)]
        config: Option<PathBuf>,
    },
    /// See whether a trained model still knows the creatives of a library: retrain, yes or no, and why
    Drift(Box<DriftArgs>),
    /// Check the size and SHA-256 of every file
    Verify(WeightsArgs),
    /// Print the card of a model: what it is for, data, figures, weak spots
    Card {
        /// Its id, as `models list` prints it
        id: String,
        #[command(flatten)]
        weights: WeightsArgs,
    },
    /// Download a model from the hub and pin it; nothing else in this program uses the network
    #[command(
        after_help = "The model lies in the cache of Hugging Face (HF_HUB_CACHE, HF_HOME); HF_ENDPOINT and HF_TOKEN are \
respected. What broke off goes on where it stopped.

Examples:
  gancho models pull timm/resnet18.a1_in1k
  gancho models pull timm/resnet50.a1_in1k@main"
    )]
    Pull {
        /// OWNER/MODEL, with @REVISION when a branch, tag or commit is meant
        name: gancho::ModelName,
    },
    /// Delete a pulled model from this machine
    #[command(after_help = "Files that other programs keep of the same model stay.

Examples:
  gancho models remove timm/resnet18.a1_in1k
  gancho models list")]
    Remove {
        /// OWNER/MODEL
        name: gancho::ModelName,
    },
}

#[derive(Debug, Args)]
pub(crate) struct WeightsArgs {
    /// Folder with manifest.toml and weights, instead of those inside the program
    #[arg(long, env = "GANCHO_WEIGHTS", hide_env_values = true, value_name = "DIR")]
    pub(crate) weights: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Features are compared with those that the model learned from (population stability index), and its \
ranges with results that it has not seen.

Examples:
  gancho models drift model.json ads/
  gancho models drift model.json library.csv --performance june.csv --format json"
)]
pub(crate) struct DriftArgs {
    /// What `gancho train` wrote
    pub(crate) model: PathBuf,
    /// Pictures, folders, globs or manifests; nothing where the results name texts and assets themselves
    #[arg(required_unless_present = "performance", value_name = "LIBRARY")]
    pub(crate) inputs: Vec<String>,
    /// Results that the model has not seen: exports of ad platforms, or tables with counts
    #[arg(long, value_name = "FILE")]
    pub(crate) performance: Vec<PathBuf>,
    /// What the columns of the results mean, where their names do not say it
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value_t = DriftFormat::Table)]
    pub(crate) format: DriftFormat,
    /// Where to write it, in one step; stdout without
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Let a manifest name pictures outside its own folder
    #[arg(long, display_order = 90)]
    pub(crate) allow_outside: bool,
    #[command(flatten)]
    pub(crate) machine: PictureMachine,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DriftFormat {
    Table,
    Json,
    Jsonl,
}
