//! What can be typed: one struct per command. Help, man page and completions all come from here.

mod learn;
mod models;
mod write;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use learn::{BacktestArgs, BacktestFormat, HistoryArgs, TrainArgs};
pub(crate) use models::{DriftArgs, DriftFormat, ModelsCommand, WeightsArgs};
pub(crate) use write::{BriefArgs, WriteArgs, WriteFormat};

/// Ranks, checks and explains advertising creatives on your own machine
#[derive(Debug, Parser)]
#[command(
    name = "gancho",
    version,
    disable_help_subcommand = true,
    after_help = "Examples:
  gancho score datasets/demo
  gancho score ads/ --performance results.csv --format html --output ranking.html
  gancho doctor"
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Options that every command understands.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Language of messages [default: that of the environment]
    #[arg(
        long,
        global = true,
        value_enum,
        env = "GANCHO_LANG",
        hide_env_values = true,
        value_name = "es|en"
    )]
    pub(crate) lang: Option<Lang>,
    /// When to color what people read
    #[arg(long, global = true, value_enum, env = "GANCHO_COLOR", hide_env_values = true, default_value_t = Color::Auto, hide_possible_values = true, value_name = "auto|always|never")]
    pub(crate) color: Color,
    /// Print nothing on stderr but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more on stderr: devices tried, files read, where the time went
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Rank a creative library and explain the ranking
    Score(ScoreArgs),
    /// Show everything that pictures tell: attention, text, faces, crops
    See(SeeArgs),
    /// Write the embeddings of pictures
    Embed(EmbedArgs),
    /// Find duplicates, the same art with other words, look-alikes, and copy of like meaning
    Similar(SimilarArgs),
    /// Read comments: sentiment, questions, complaints, spam; and what to do about them
    Comments(CommentsArgs),
    /// Write copy for a brief, ranked, within the placement's limits; a session on a terminal
    Write(Box<WriteArgs>),
    /// Learn from what creatives earned, and keep it for `score --model`
    Train(TrainArgs),
    /// Test how good a ranking learned from past results would have been
    Backtest(BacktestArgs),
    /// Read performance exports of ad platforms into one shape
    Import(ImportArgs),
    /// Show devices, models and folders, and check that they work
    Doctor(DoctorArgs),
    /// List, verify and describe models; fetch public ones from the hub; see whether a trained one still holds
    Models {
        #[command(subcommand)]
        command: ModelsCommand,
    },
    /// Print a completion script for a shell
    #[command(after_help = "Examples:
  gancho completions bash > ~/.local/share/bash-completion/completions/gancho
  gancho completions zsh > ~/.zfunc/_gancho")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(after_help = "Examples:
  gancho man | man -l -
  gancho man > ~/.local/share/man/man1/gancho.1")]
    Man,
    /// Try one device and print what was found, as one line of JSON
    #[command(name = "__probe", hide = true)]
    Probe {
        /// `wgpu:0`, `cuda:0`
        selector: String,
    },
}

/// What to compute with.
#[derive(Debug, Args)]
pub(crate) struct Machine {
    /// auto, cpu, gpu, wgpu, wgpu:N, cuda or cuda:N; anything but auto runs there or fails with status 4
    #[arg(
        long,
        env = "GANCHO_DEVICE",
        hide_env_values = true,
        value_name = "DEVICE",
        help_heading = "Machine"
    )]
    pub(crate) device: Option<gancho::DeviceChoice>,
    /// Worker threads [default: one per core]
    #[arg(long, env = "GANCHO_THREADS", hide_env_values = true, value_name = "N", help_heading = "Machine")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Pictures or texts per GPU batch; the result does not depend on it
    #[arg(long, env = "GANCHO_BATCH", hide_env_values = true, value_name = "N", help_heading = "Machine")]
    pub(crate) batch: Option<NonZeroUsize>,
    /// Folder with manifest.toml and weights, instead of those inside the program
    #[arg(
        long,
        env = "GANCHO_WEIGHTS",
        hide_env_values = true,
        value_name = "DIR",
        help_heading = "Machine"
    )]
    pub(crate) weights: Option<PathBuf>,
}

/// What commands that look at pictures compute with.
#[derive(Debug, Args)]
pub(crate) struct PictureMachine {
    #[command(flatten)]
    pub(crate) machine: Machine,
    /// Folder of the evidence cache, or `off` [default: gancho's folder in the user's cache]
    #[arg(
        long,
        env = "GANCHO_CACHE",
        hide_env_values = true,
        value_name = "DIR|off",
        help_heading = "Machine"
    )]
    pub(crate) cache: Option<String>,
    /// Whose embedding pictures get: `shipped`, or a ResNet of the hub that `gancho models pull`
    /// fetched, as OWNER/MODEL[@REVISION] [default: shipped]
    #[arg(
        long,
        env = "GANCHO_VISION_MODEL",
        hide_env_values = true,
        value_name = "HUB_ID",
        help_heading = "Machine"
    )]
    pub(crate) vision_model: Option<gancho::ModelChoice>,
}

/// Whose sentiment texts get.
#[derive(Debug, Args)]
pub(crate) struct TextModelArgs {
    /// Whose sentiment texts get: `shipped`, or a RoBERTa or XLM-R classifier of the hub that `gancho models pull`
    /// fetched, as OWNER/MODEL[@REVISION] [default: shipped]
    #[arg(
        long,
        env = "GANCHO_TEXT_MODEL",
        hide_env_values = true,
        value_name = "HUB_ID",
        help_heading = "Machine"
    )]
    pub(crate) text_model: Option<gancho::ModelChoice>,
}

/// What a command reads, where it writes, and how strict it is about input that was left out.
#[derive(Debug, Args)]
pub(crate) struct LibraryArgs {
    /// Pictures, folders, globs or manifests (csv, tsv, jsonl, json, xlsx, parquet)
    #[arg(required = true, value_name = "LIBRARY")]
    pub(crate) inputs: Vec<String>,
    /// Where to write it, in one step; stdout without
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    // These two come last in help, after what a command has of its own.
    /// Let a manifest name pictures outside its own folder
    #[arg(long, display_order = 90)]
    pub(crate) allow_outside: bool,
    /// End with status 1 when anything was quarantined
    #[arg(long, display_order = 91)]
    pub(crate) strict: bool,
}

/// What a picture may cost before it is refused.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Largest picture file, MiB
    #[arg(long, value_name = "MiB", default_value_t = 64, help_heading = "Limits")]
    pub(crate) max_file_mib: u64,
    /// Largest picture, megapixels
    #[arg(long, value_name = "MP", default_value_t = 100, help_heading = "Limits")]
    pub(crate) max_megapixels: u64,
    /// Most memory for decoding one picture, MiB
    #[arg(long, value_name = "MiB", default_value_t = 1024, help_heading = "Limits")]
    pub(crate) max_memory_mib: u64,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 done; 1 done, but --strict and something was quarantined; 2 wrong usage; \
3 no usable input; 4 device or model not available; 5 output could not be written; 130 interrupted.

Examples:
  gancho score datasets/demo
  gancho score creatives.csv --performance results.xlsx --format html --output ranking.html
  gancho score ads/ --explain 5    # what each word adds, and what to change
  gancho score 'ads/**/*.jpg' --format jsonl | jq 'select(.score > 70) | .id'"
)]
pub(crate) struct ScoreArgs {
    /// What to write
    #[arg(long, value_enum, default_value_t = ScoreFormat::Table)]
    pub(crate) format: ScoreFormat,
    #[command(flatten)]
    pub(crate) library: LibraryArgs,
    /// Results of the creatives: a table with impressions and clicks, joined by id or file name
    #[arg(long, value_name = "FILE")]
    pub(crate) performance: Vec<PathBuf>,
    /// Comments below the creatives: a table with creative and text
    #[arg(long, value_name = "FILE")]
    pub(crate) comments: Vec<PathBuf>,
    /// What `gancho train` learned [default: that of gancho.toml, else the results of the library itself]
    #[arg(long, value_name = "FILE")]
    pub(crate) model: Option<PathBuf>,
    /// Settings of the library [default: gancho.toml in its root]
    #[arg(long, value_name = "FILE", env = "GANCHO_CONFIG", hide_env_values = true)]
    pub(crate) config: Option<PathBuf>,
    /// Explain the N best and the N worst down to the word and the region, and say what to change; or `all`
    /// [default: 3 with --format html, else 0]
    #[arg(long, value_name = "N|all")]
    pub(crate) explain: Option<gancho::Explain>,
    #[command(flatten)]
    pub(crate) text_model: TextModelArgs,
    #[command(flatten)]
    pub(crate) machine: PictureMachine,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  gancho see datasets/demo
  gancho see ads/ --overlays seen/ --output ads.jsonl
  gancho see 'ads/**/*.jpg' --format jsonl | jq '{path, text: .text.area}'")]
#[command(mut_arg("inputs", |it| it.value_name("PICTURES").help("Pictures, folders, globs or manifests")))]
pub(crate) struct SeeArgs {
    /// What to write [default: table on a terminal, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<SeeFormat>,
    #[command(flatten)]
    pub(crate) library: LibraryArgs,
    /// Draw attention, text and faces over each picture, as NAME.sight.png in this folder
    #[arg(long, value_name = "DIR")]
    pub(crate) overlays: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) machine: PictureMachine,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  gancho embed ads/ > embeddings.jsonl
  gancho embed ads/ --format npy --output ads.npy    # names in ads.npy.names.txt
  gancho embed --text headlines.txt                  # Spanish and English side by side")]
#[command(mut_arg("inputs", |it| it
    .value_name("PICTURES")
    .help("Pictures, folders, globs or manifests")
    .required(false)
    .required_unless_present("text")
    .conflicts_with("text")))]
pub(crate) struct EmbedArgs {
    /// Embed the lines of a text file, or of a pipe, instead of pictures
    #[arg(long, value_name = "FILE|-")]
    pub(crate) text: Option<String>,
    /// What to write; npy needs --output
    #[arg(long, value_enum, default_value_t = EmbedFormat::Jsonl)]
    pub(crate) format: EmbedFormat,
    #[command(flatten)]
    pub(crate) library: LibraryArgs,
    #[command(flatten)]
    pub(crate) machine: PictureMachine,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Relations: duplicate, the same picture after recompression, resizing, a small crop, a border or a \
shift of colors; same-art-other-text, the same picture with another text or offer; look-alike, another picture that \
looks alike. Exit status as in `gancho score --help`.

Examples:
  gancho similar datasets/demo
  gancho similar new.jpg --against ads/
  gancho similar ads/ --text \"envío gratis\"    # copy that means the same, in either language
  gancho similar ads/ --diversity --drop 20 --format jsonl"
)]
#[command(mut_arg("inputs", |it| {
    it.help("Pictures, folders, globs or manifests: compared with each other, or with --against")
}))]
pub(crate) struct SimilarArgs {
    #[command(flatten)]
    pub(crate) library: LibraryArgs,
    /// Compare with these instead: is a new picture already there?
    #[arg(long, value_name = "LIBRARY")]
    pub(crate) against: Vec<String>,
    /// Find copy that means the same as this, in Spanish or English, instead of pictures
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["against", "diversity"])]
    pub(crate) text: Option<String>,
    /// Least similarity of a look-alike, or of copy, -1 to 1: the cosine of the embeddings [default: 0.55 for
    /// pictures, none for copy]
    #[arg(long, value_name = "COSINE", allow_negative_numbers = true)]
    pub(crate) min_similarity: Option<f32>,
    /// Most look-alikes of one picture, 0 for duplicates and same art only; or most matches of --text
    #[arg(long, value_name = "K", default_value_t = 5)]
    pub(crate) top: usize,
    /// Say how many distinct concepts the library holds, and which pictures add least
    #[arg(long, conflicts_with = "against")]
    pub(crate) diversity: bool,
    /// Most pictures that --diversity names
    #[arg(long, value_name = "N", default_value_t = 10, requires = "diversity")]
    pub(crate) drop: usize,
    /// What to write
    #[arg(long, value_enum, default_value_t = SimilarFormat::Table)]
    pub(crate) format: SimilarFormat,
    #[command(flatten)]
    pub(crate) machine: PictureMachine,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Sentiment is what the writer means towards the product or the ad; irony is a flag of its own and never \
changes it. Shares in the summary count comments without spam, with 90 % intervals for who happened to comment. Exit \
status as in `gancho score --help`.

Examples:
  gancho comments comments.csv --summary --own-author ourbrand
  gancho comments comments.csv --format csv --output read.csv
  cat answers.txt | gancho comments - | jq 'select(.sentiment.label == \"negative\") | .text'"
)]
pub(crate) struct CommentsArgs {
    /// A table with a column for text (csv, tsv, jsonl, json, xlsx, parquet) or plain lines; `-` reads a pipe
    #[arg(value_name = "FILE|-")]
    pub(crate) file: String,
    /// Say what all comments mean together: shares, questions, complaints, changes, replies that are waited for
    #[arg(long)]
    pub(crate) summary: bool,
    /// Fewest comments for a share in percent
    #[arg(long, value_name = "N", default_value_t = 20, requires = "summary")]
    pub(crate) min_count: u64,
    /// Questions and complaints that the summary names, each
    #[arg(long, value_name = "N", default_value_t = 5, requires = "summary")]
    pub(crate) top: usize,
    /// An author who answers for the brand, as in the column `author`: not counted, and its answers end the waiting
    #[arg(long, value_name = "AUTHOR", requires = "summary")]
    pub(crate) own_author: Vec<String>,
    /// What to write [default: table on a terminal and for --summary, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<CommentsFormatArg>,
    /// Where to write it, in one step; stdout without
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// End with status 1 when a row was at fault
    #[arg(long, display_order = 91)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) text_model: TextModelArgs,
    #[command(flatten)]
    pub(crate) machine: Machine,
}

#[derive(Debug, Args)]
#[command(
    after_help = "Reads exports of Meta, Google, TikTok, LinkedIn, Pinterest, X, Snapchat, Microsoft, Amazon and GA4, and plain \
tables, in Spanish and English. What a file does not tell is asked for, and a mapping file answers. Exit status: 0 \
done; 2 wrong usage; 3 no row could be used, or a file was refused (the others are written all the same); 5 output \
could not be written.

Examples:
  gancho import report.csv
  gancho import meta.xlsx google.csv --format csv --output performance.csv
  gancho import banner.csv --mapping scripts/eval/effectiveness/banner.toml | jq 'select(.impressions > 1000)'"
)]
pub(crate) struct ImportArgs {
    /// Exports (csv, tsv, txt, json, jsonl, each also as .gz; xlsx, parquet)
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// What the files do not tell: platform, currency, decimal mark, order of dates, period, names of columns (TOML)
    #[arg(long, value_name = "FILE")]
    pub(crate) mapping: Option<PathBuf>,
    /// Keep the columns that give no field, under `extra`
    #[arg(long)]
    pub(crate) extra: bool,
    /// What to write [default: table on a terminal, jsonl elsewhere]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ImportFormat>,
    /// Where to write it, in one step; stdout without
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_help = "Examples:
  gancho doctor
  gancho doctor --device wgpu")]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) machine: PictureMachine,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    Es,
    En,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ScoreFormat {
    Table,
    Json,
    Jsonl,
    Csv,
    Html,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SeeFormat {
    Table,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CommentsFormatArg {
    Table,
    Json,
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImportFormat {
    Table,
    Jsonl,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum EmbedFormat {
    Jsonl,
    Npy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SimilarFormat {
    Table,
    Json,
    Jsonl,
    Csv,
}
