//! Trains the prior of the scorer on randomised headline tests.
//!
//! `cargo run --release -p train-prior -- --data ../shared/data/text/upworthy --elsewhere
//! ../shared/data/text/headlines --weights weights` reads the training part and writes
//! `headline-upworthy.safetensors`, `headline-meaning.safetensors`, `prior-upworthy.json` and their cards, and
//! prints every figure the cards hold. The validation part is used for figures only; tests of the other
//! publisher teach nothing but how much of a margin is left there. Nothing is drawn at random without a fixed
//! seed: the same data and the same language model give the same bytes.

#![allow(clippy::print_stdout, reason = "figures on stdout are what this program is for")]

mod cards;
mod carry;
mod data;
mod embeddings;
mod evaluate;
mod meaning;
mod metrics;
mod ngram;
mod prior;
mod process;
mod widths;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use gancho_headline::{HeadlineModel, MeaningModel};
use gancho_scorer::prior::{FORMAT, LOGIT, MEANING};
use gancho_scorer::{MarginModel, Prior};

use crate::cards::Card;
use crate::carry::{Judged, Slope};
use crate::data::Tests;
use crate::embeddings::Embeddings;
use crate::evaluate::Logits;
use crate::meaning::Kernel;
use crate::metrics::Figures;
use crate::prior::{Shape, Table};
use crate::process::Observed;

/// Trains the prior of the scorer on randomised headline tests.
#[derive(Parser)]
struct Arguments {
    /// Folder with pairs_train.csv.gz and pairs_validation.csv.gz
    #[arg(long)]
    data: PathBuf,
    /// Folder with ars_pairs_train.csv and ars_pairs_validation.csv: another publisher's tests
    #[arg(long)]
    elsewhere: PathBuf,
    /// Folder of weights: the language model is read from it, the rest and the cards are written to it
    #[arg(long, default_value = "weights")]
    weights: PathBuf,
    /// Write `pair_id,score` of the validation pairs, scored through the library
    #[arg(long)]
    scores: Option<PathBuf>,
    /// Try other settings by cross-validation too
    #[arg(long)]
    search: bool,
}

/// What was tried: the last one is what ships.
const SHAPES: [(&str, Shape); 5] = [
    ("n-grams alone", Shape { lines: &[LOGIT], trees: false }),
    ("meaning alone", Shape { lines: &[MEANING], trees: false }),
    ("copy features alone, boosted", Shape { lines: &[], trees: true }),
    ("n-grams and meaning", Shape { lines: &[LOGIT, MEANING], trees: false }),
    ("n-grams and meaning, boosted copy features (shipped)", SHIPPED),
];
const SHIPPED: Shape = Shape { lines: &[LOGIT, MEANING], trees: true };

/// The two models of headlines, as in their files.
struct Headlines {
    words: HeadlineModel,
    meaning: MeaningModel,
}

impl Headlines {
    fn logits(&self, tests: &Tests, embeddings: &Embeddings) -> Logits {
        let meaning = |it: &str| self.meaning.logit(embeddings.get(it)).unwrap_or(f64::NAN);
        Logits {
            words: tests.headlines().map(|it| self.words.logit(it)).collect(),
            meaning: tests.headlines().map(meaning).collect(),
        }
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let train = Tests::read(&arguments.data, "train")?;
    let validation = Tests::read(&arguments.data, "validation")?;
    let away = ["train", "validation"].map(|part| Tests::read_elsewhere(&arguments.elsewhere, part));
    let [away, away_validation] = away;
    let (away, away_validation) = (away?, away_validation?);
    let all = [&train, &validation, &away, &away_validation];
    let embeddings = Embeddings::of(all.iter().flat_map(|it| it.headlines()), &arguments.weights)?;
    let observed = Observed::of(&train);
    let kernel = Kernel::of(&train, &embeddings);

    // From here on the models are those in the files, in half precision.
    let words = ngram::fit(&train, &observed, &ngram::SETTINGS, &observed.outside(None))?.save()?;
    let meaning = kernel.fit(&observed, &observed.outside(None))?.save()?;
    let models = Headlines {
        words: HeadlineModel::load(&words)?,
        meaning: MeaningModel::load(&meaning, &embeddings.embedder)?,
    };
    // What a model says of headlines that it learned from would be believed too much.
    let unseen = Logits {
        words: observed.out_of_fold(
            |used| ngram::fit(&train, &observed, &ngram::SETTINGS, used),
            |model, arm| model.logit(&train.arms[arm].headline),
        )?,
        meaning: observed.out_of_fold(
            |used| kernel.fit(&observed, used),
            |model, arm| model.logit(embeddings.get(&train.arms[arm].headline)).unwrap_or(f64::NAN),
        )?,
    };
    let logits = models.logits(&validation, &embeddings);
    let table = Table::of(&train, [&unseen.words, &unseen.meaning], None);
    let table_validation = Table::of(&validation, [&logits.words, &logits.meaning], Some(&table.columns));
    if arguments.search {
        search(&train, &observed, &table)?;
    }

    let mut card = Card::new(&train, &validation, &table, models.words.len());
    card.add("longer headline wins", &train, &lengths(&train), &validation, &lengths(&validation));
    let settings = prior::settings();
    for (name, shape) in SHAPES {
        let out_of_fold = prior::out_of_fold(&observed, &table, shape, &settings)?;
        let model = prior::fit(&observed, &table, shape, &settings, &observed.outside(None))?;
        card.add(name, &train, &out_of_fold, &validation, &prior::margins(&model, &table_validation));
    }

    let out_of_fold = prior::out_of_fold(&observed, &table, SHIPPED, &settings)?;
    let model = prior::fit(&observed, &table, SHIPPED, &settings, &observed.outside(None))?;
    let beta = prior::beta(&train, &out_of_fold);
    let margins_away = margins(&model, &away, &models.logits(&away, &embeddings));
    let home = Slope::of(&judged(&train, &out_of_fold, beta));
    let elsewhere = Slope::of(&judged(&away, &margins_away, beta));
    let publishers = carry::publishers(home, elsewhere);
    let found = prior::margins(&model, &table_validation);
    let widths = widths::widths(beta, &publishers, (&train, &out_of_fold), (&validation, &found));
    let prior = Prior {
        format: FORMAT.into(),
        language: "en".into(),
        publisher: "upworthy".into(),
        publishers,
        beta,
        widths,
        model,
    };
    let bytes = prior.to_bytes()?;
    let prior = Prior::parse(&bytes)?;

    let chances = evaluate::pairs(&validation, &logits, prior.clone(), true)?;
    card.through_library(&validation, &chances, &prior);
    let home_validation = Slope::of(&judged(&validation, &found, beta));
    card.slopes(&[
        ("Upworthy, training part, out of fold", home),
        ("Upworthy, validation part", home_validation),
    ]);
    let logits_away = models.logits(&away_validation, &embeddings);
    let margins_held = margins(&prior.model, &away_validation, &logits_away);
    card.add_elsewhere("train", &away, &models.logits(&away, &embeddings), &margins_away, beta);
    card.add_elsewhere("validation", &away_validation, &logits_away, &margins_held, beta);
    card.years(&away, &margins_away, beta);
    card.elsewhere_through_library(
        &away_validation,
        &evaluate::pairs(&away_validation, &logits_away, prior.clone(), false)?,
        &prior,
    );
    let files: [(&str, &[u8]); 3] = [
        ("headline-upworthy.safetensors", &words),
        ("headline-meaning.safetensors", &meaning),
        ("prior-upworthy.json", &bytes),
    ];
    for (name, bytes) in files {
        write(&arguments.weights.join(name), bytes)?;
    }
    for (name, text) in card.pages(&prior) {
        write(&arguments.weights.join(name), text.as_bytes())?;
        println!("{text}");
    }
    if let Some(path) = arguments.scores {
        write(&path, evaluate::csv(&validation, &chances).as_bytes())?;
    }
    Ok(())
}

/// Margins of all arms of a part.
fn margins(model: &MarginModel, tests: &Tests, logits: &Logits) -> Vec<f64> {
    let both = logits.words.iter().zip(&logits.meaning);
    tests
        .headlines()
        .zip(both)
        .map(|(it, (words, meaning))| prior::margin(model, it, *words, *meaning))
        .collect()
}

/// Calibrated differences of the sound pairs that were won or lost.
fn judged<'a>(tests: &'a Tests, margins: &[f64], beta: f64) -> Vec<Judged<'a>> {
    let sound = tests.pairs.iter().filter(|it| it.sound);
    let one = |it: &'a data::Pair| {
        let won = f64::from(u8::from(it.a_wins?));
        Some((beta * (margins[it.a] - margins[it.b]), won, it.group.as_str()))
    };
    sound.filter_map(one).collect()
}

/// Cross-validation inside the training part, for choosing settings.
fn search(train: &Tests, observed: &Observed, table: &Table) -> Result<()> {
    for depth in [2, 3, 4] {
        for rounds in [50, 150, 400] {
            for min_leaf_rows in [30, 100, 300] {
                let settings = gancho_boosting::Settings {
                    depth,
                    leaves: 1 << depth,
                    rounds,
                    min_leaf_rows,
                    ..prior::settings()
                };
                let unseen = prior::out_of_fold(observed, table, SHIPPED, &settings)?;
                let name = format!("depth {depth}, {rounds} trees, leaf {min_leaf_rows}");
                println!("{}", Figures::of(train, &unseen).row(&name));
            }
        }
    }
    Ok(())
}

fn lengths(tests: &Tests) -> Vec<f64> {
    tests.headlines().map(|it| it.chars().count() as f64).collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
