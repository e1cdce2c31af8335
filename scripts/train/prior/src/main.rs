//! Trains the prior of the scorer on randomised headline tests.
//!
//! `cargo run -p train-prior -- --data ../shared/data/text/upworthy --out weights` reads the training
//! part, writes `headline-upworthy.safetensors`, `prior-upworthy.json` and both cards, and prints
//! every figure the cards hold. The validation part is used for figures only. Nothing is drawn at
//! random without a fixed seed: the same data give the same bytes.

#![allow(clippy::print_stdout, reason = "figures on stdout are what this program is for")]

mod cards;
mod data;
mod evaluate;
mod metrics;
mod minimize;
mod ngram;
mod prior;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use gancho_headline::HeadlineModel;
use gancho_scorer::Prior;

use crate::cards::Card;
use crate::data::Tests;
use crate::metrics::Figures;
use crate::prior::{Shape, Table};

/// Trains the prior of the scorer on randomised headline tests.
#[derive(Parser)]
struct Arguments {
    /// Folder with pairs_train.csv.gz and pairs_validation.csv.gz
    #[arg(long)]
    data: PathBuf,
    /// Folder for the weights and their cards
    #[arg(long, default_value = "weights")]
    out: PathBuf,
    /// Write `pair_id,score` of the validation pairs, scored through the library
    #[arg(long)]
    scores: Option<PathBuf>,
    /// Try other settings by cross-validation too
    #[arg(long)]
    search: bool,
}

/// What was tried: the last one is what ships.
const SHAPES: [(&str, Shape); 4] = [
    ("copy features alone, boosted", Shape { line: false, logit: false, copy: true }),
    ("copy features and logit, boosted", Shape { line: false, logit: true, copy: true }),
    ("line on logit alone", Shape { line: true, logit: false, copy: false }),
    ("line on logit, boosted copy features (shipped)", SHIPPED),
];
const SHIPPED: Shape = Shape { line: true, logit: false, copy: true };

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let train = Tests::read(&arguments.data, "train")?;
    let validation = Tests::read(&arguments.data, "validation")?;
    if arguments.search {
        search(&train)?;
    }

    let headline = ngram::fit(&train, &ngram::SETTINGS, |_| true)?.save()?;
    write(&arguments.out.join("headline-upworthy.safetensors"), &headline)?;
    // From here on the model is the one in the file, in half precision.
    let model = HeadlineModel::load(&headline)?;
    let logits = ngram::out_of_fold(&train, &ngram::SETTINGS)?;
    let logits_validation: Vec<f64> = validation.arms.iter().map(|it| model.logit(&it.headline)).collect();
    let table = Table::of(&train, &logits, None);
    let table_validation = Table::of(&validation, &logits_validation, Some(&table.columns));

    let mut card = Card::new(&train, &validation, &table, model.len());
    card.add("longer headline wins", &train, &lengths(&train), &validation, &lengths(&validation));
    card.add("n-grams alone", &train, &logits, &validation, &logits_validation);
    for (name, shape) in SHAPES {
        let unseen = prior::out_of_fold(&train, &table, shape, &prior::SETTINGS)?;
        let model = prior::fit(&train, &table, shape, &prior::SETTINGS, |_| true)?;
        let found = prior::margins(&model, &table_validation);
        card.add(name, &train, &unseen, &validation, &found);
    }

    let unseen = prior::out_of_fold(&train, &table, SHIPPED, &prior::SETTINGS)?;
    let fitted = prior::fit(&train, &table, SHIPPED, &prior::SETTINGS, |_| true)?;
    let found = prior::margins(&fitted, &table_validation);
    let bytes = prior::calibrate(fitted, (&train, &unseen), (&validation, &found)).to_bytes()?;
    write(&arguments.out.join("prior-upworthy.json"), &bytes)?;

    let prior = Prior::parse(&bytes)?;
    let scored = evaluate::pairs(&validation, &model, prior.clone())?;
    card.through_library(&validation, &scored, &prior);
    for (name, text) in card.pages() {
        write(&arguments.out.join(name), text.as_bytes())?;
        println!("{text}");
    }
    if let Some(path) = arguments.scores {
        write(&path, evaluate::csv(&validation, &scored).as_bytes())?;
    }
    cards::print_entries(&headline, &bytes);
    Ok(())
}

/// Cross-validation inside the training part, for choosing settings.
fn search(train: &Tests) -> Result<()> {
    let logits = ngram::out_of_fold(train, &ngram::SETTINGS)?;
    let table = Table::of(train, &logits, None);
    for depth in [2, 3, 4] {
        for (trees, rate) in [(50, 0.03), (150, 0.03), (400, 0.03)] {
            for leaf_weight in [20.0, 60.0, 150.0] {
                let settings =
                    gancho_scorer::trees::Settings { depth, trees, rate, leaf_weight, ..prior::SETTINGS };
                let unseen = prior::out_of_fold(train, &table, SHIPPED, &settings)?;
                let name = format!("depth {depth}, {trees} trees, leaf {leaf_weight}");
                println!("{}", Figures::of(train, &unseen).row(&name));
            }
        }
    }
    Ok(())
}

fn lengths(tests: &Tests) -> Vec<f64> {
    tests.arms.iter().map(|it| it.headline.chars().count() as f64).collect()
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
