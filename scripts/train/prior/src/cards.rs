//! Model cards: fixed text beside this program, figures from the run.

use std::fmt::Write;

use gancho_scorer::Prior;
use sha2::{Digest, Sha256};

use crate::data::Tests;
use crate::evaluate::by_pair;
use crate::metrics::Figures;
use crate::prior::{SETTINGS, Table};

const HEADLINE: &str = include_str!("../cards/headline-upworthy.md");
const PRIOR: &str = include_str!("../cards/prior-upworthy.md");

/// Figures collected during a run.
pub(crate) struct Card {
    counts: String,
    columns: String,
    vocabulary: usize,
    held_out: String,
    validation: String,
    coverage: String,
}

impl Card {
    pub(crate) fn new(train: &Tests, validation: &Tests, table: &Table, vocabulary: usize) -> Self {
        let sound = |it: &Tests| it.pairs.iter().filter(|it| it.sound && it.a_wins.is_some()).count();
        let count = |name: &str, it: &Tests| {
            let (pairs, arms, cells) = (it.pairs.len(), it.arms.len(), it.cells().len());
            format!("| {name} | {cells} | {arms} | {pairs} | {} |", sound(it))
        };
        Self {
            counts: [count("train", train), count("validation", validation)].join("\n"),
            columns: table.columns.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", "),
            vocabulary,
            held_out: String::new(),
            validation: String::new(),
            coverage: String::new(),
        }
    }

    /// Adds one model: margins out of fold on the training part, and on the validation part.
    pub(crate) fn add(
        &mut self,
        name: &str,
        train: &Tests,
        unseen: &[f64],
        validation: &Tests,
        found: &[f64],
    ) {
        let _ = writeln!(self.held_out, "{}", Figures::of(train, unseen).row(name));
        let _ = writeln!(self.validation, "{}", Figures::of(validation, found).row(name));
    }

    /// Adds what the scorer says of two-creative campaigns, and the calibration of the prior.
    pub(crate) fn through_library(&mut self, validation: &Tests, chances: &[f64], prior: &Prior) {
        let (single, margins) = by_pair(validation, chances);
        let row = Figures::of(&single, &margins).row("the same, through `gancho_scorer::score`");
        let _ = writeln!(self.validation, "{row}");
        let _ =
            writeln!(self.validation, "\nLog loss of the last row: {:.3}.", log_loss(validation, chances));
        for it in &prior.widths {
            let [width, blind] = [it.width, it.blind].map(|it| format!("± {it:.1}"));
            let _ = writeln!(self.coverage, "| {} | {width} | {:.3} | {blind} |", it.peers, it.coverage);
        }
    }

    /// Names and texts of the cards.
    pub(crate) fn pages(&self) -> [(&'static str, String); 2] {
        let fill = |text: &str| {
            text.replace("{counts}", &self.counts)
                .replace("{columns}", &self.columns)
                .replace("{vocabulary}", &self.vocabulary.to_string())
                .replace("{settings}", &settings())
                .replace("{held_out}", self.held_out.trim_end())
                .replace("{validation}", self.validation.trim_end())
                .replace("{coverage}", self.coverage.trim_end())
        };
        // The card of the n-grams shows them and the plain rule, not what was built on top.
        let own = |it: &&str| !it.starts_with("| ") || it.contains("longer") || it.contains("n-grams alone");
        let only = |text: &str| {
            text.lines().take_while(|it| !it.is_empty()).filter(own).collect::<Vec<_>>().join("\n")
        };
        let headline = HEADLINE
            .replace("{validation}", &only(&self.validation))
            .replace("{held_out}", &only(&self.held_out));
        [("headline-upworthy.md", fill(&headline)), ("prior-upworthy.md", fill(PRIOR))]
    }
}

fn settings() -> String {
    let it = SETTINGS;
    format!(
        "{} trees of depth {}, learning rate {}, at least {} weight in a leaf, ridge {}, {} of rows and {} of columns \
         for each tree, seed {}",
        it.trees, it.depth, it.rate, it.leaf_weight, it.l2, it.row_share, it.column_share, it.seed
    )
}

fn log_loss(tests: &Tests, chances: &[f64]) -> f64 {
    let losses: Vec<f64> = tests
        .pairs
        .iter()
        .zip(chances)
        .filter(|(pair, _)| pair.sound)
        .filter_map(|(pair, chance)| {
            Some(-(if pair.a_wins? { *chance } else { 1.0 - chance }).max(1e-6).ln())
        })
        .collect();
    losses.iter().sum::<f64>() / losses.len() as f64
}

/// Prints size and hash of each file, for `weights/manifest.toml`.
pub(crate) fn print_entries(headline: &[u8], prior: &[u8]) {
    for (file, bytes) in [("headline-upworthy.safetensors", headline), ("prior-upworthy.json", prior)] {
        let hash: String = Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect();
        println!("file = \"{file}\"\nbytes = {}\nsha256 = \"{hash}\"", bytes.len());
    }
}
