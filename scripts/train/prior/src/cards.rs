//! Model cards: fixed text beside this program, figures from the run.

use std::collections::BTreeSet;
use std::fmt::Write;

use gancho_scorer::Prior;

use crate::carry::Slope;
use crate::data::Tests;
use crate::evaluate::{Logits, by_pair};
use crate::metrics::{Figures, calibration_error, log_loss};
use crate::prior::{Table, settings};
use crate::{carry, judged};

const HEADLINE: &str = include_str!("../cards/headline-upworthy.md");
const MEANING: &str = include_str!("../cards/headline-meaning.md");
const PRIOR: &str = include_str!("../cards/prior-upworthy.md");

/// Figures collected during a run.
pub(crate) struct Card {
    counts: String,
    columns: String,
    vocabulary: usize,
    held_out: String,
    validation: String,
    calibration: String,
    coverage: String,
    slopes: String,
    elsewhere: String,
    years: String,
    away: String,
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
            calibration: String::new(),
            coverage: String::new(),
            slopes: String::new(),
            elsewhere: String::new(),
            years: String::new(),
            away: String::new(),
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
        self.calibration = format!(
            "Of the last row: log loss {:.3}, expected calibration error of the chance that one of two wins {:.3}.",
            log_loss(validation, chances),
            calibration_error(validation, chances)
        );
        for it in &prior.widths {
            let [width, elsewhere, blind] = [it.width, it.elsewhere, it.blind].map(|it| format!("± {it:.1}"));
            let _ = writeln!(
                self.coverage,
                "| {} | {width} | {:.3} | {elsewhere} | {blind} |",
                it.peers, it.coverage
            );
        }
    }

    /// Adds slopes at home.
    pub(crate) fn slopes(&mut self, rows: &[(&str, Slope)]) {
        for (name, it) in rows {
            let _ = writeln!(self.slopes, "| {name} | {} | {:.2} ± {:.2} |", it.pairs, it.value, it.error);
        }
    }

    /// Adds a part of the other publisher's tests.
    pub(crate) fn add_elsewhere(
        &mut self,
        part: &str,
        tests: &Tests,
        logits: &Logits,
        margins: &[f64],
        beta: f64,
    ) {
        let slope = Slope::of(&judged(tests, margins, beta));
        self.slopes(&[(&format!("Ars Technica, {part} part"), slope)]);
        for (name, it) in [("n-grams alone", &logits.words), ("meaning alone", &logits.meaning)] {
            let _ = writeln!(self.elsewhere, "{}", Figures::of(tests, it).row(&format!("{part}: {name}")));
        }
        let _ = writeln!(
            self.elsewhere,
            "{}",
            Figures::of(tests, margins).row(&format!("{part}: shipped prior"))
        );
    }

    /// Adds the other publisher's tests year by year.
    pub(crate) fn years(&mut self, tests: &Tests, margins: &[f64], beta: f64) {
        let all: BTreeSet<&str> = tests.pairs.iter().map(|it| it.year.as_str()).collect();
        let mut slopes = Vec::new();
        for year in all {
            let pairs = tests.pairs.iter().filter(|it| it.year == year).cloned().collect();
            let part = Tests { arms: Vec::new(), pairs };
            let slope = Slope::of(&judged(&part, margins, beta));
            // The first year has 17 tests.
            if slope.pairs >= 100 {
                slopes.push(slope);
                let name = format!("{year}: {:.2} ± {:.2} ({})", slope.value, slope.error, slope.pairs);
                let _ = write!(self.years, "{}{name}", if slopes.len() > 1 { ", " } else { "" });
            }
        }
        let _ =
            write!(self.years, "; standard deviation between years {:.2}", carry::between(&slopes).sqrt());
    }

    /// Adds what the scorer says of the other publisher's tests: shrunk, with its wider interval.
    pub(crate) fn elsewhere_through_library(&mut self, tests: &Tests, chances: &[f64], prior: &Prior) {
        let width = prior.width(2, true, false);
        let inside = tests.pairs.iter().zip(chances).filter_map(|(pair, chance)| {
            let observed = if pair.a_wins? { 75.0 } else { 25.0 };
            Some(f64::from(u8::from((25.0 + 50.0 * chance - observed).abs() <= width)))
        });
        let inside: Vec<f64> = inside.collect();
        self.away = format!(
            "log loss {:.3} (0.693 knows nothing), expected calibration error {:.3}, coverage of the intervals {:.3}",
            log_loss(tests, chances),
            calibration_error(tests, chances),
            inside.iter().sum::<f64>() / inside.len() as f64
        );
    }

    /// Names and texts of the cards.
    pub(crate) fn pages(&self, prior: &Prior) -> [(&'static str, String); 3] {
        let slope = |column: &str| {
            let at = prior.model.columns.iter().position(|it| it == column);
            let line = prior.model.lines.iter().find(|it| Some(it.column as usize) == at);
            line.map_or_else(String::new, |it| format!("{:.2}", it.slope))
        };
        let fill = |text: &str| {
            text.replace("{counts}", &self.counts)
                .replace("{columns}", &self.columns)
                .replace("{vocabulary}", &self.vocabulary.to_string())
                .replace("{settings}", &grown())
                .replace("{words_slope}", &slope(gancho_scorer::prior::LOGIT))
                .replace("{meaning_slope}", &slope(gancho_scorer::prior::MEANING))
                .replace("{held_out}", self.held_out.trim_end())
                .replace("{validation}", self.validation.trim_end())
                .replace("{calibration}", &self.calibration)
                .replace("{coverage}", self.coverage.trim_end())
                .replace("{slopes}", self.slopes.trim_end())
                .replace("{elsewhere}", self.elsewhere.trim_end())
                .replace("{years}", &self.years)
                .replace("{away}", &self.away)
                .replace("{carry}", &format!("{:.2}", prior.publishers.elsewhere))
                .replace("{deviation}", &format!("{:.2}", prior.publishers.deviation))
        };
        // The card of one model shows that model and the plain rule, not what was built on top.
        let one = |card: &str, name: &str| {
            let own = |it: &&str| !it.starts_with("| ") || it.contains("longer") || it.contains(name);
            let only = |text: &str| text.lines().filter(own).collect::<Vec<_>>().join("\n");
            fill(
                &card
                    .replace("{validation}", &only(&self.validation))
                    .replace("{held_out}", &only(&self.held_out))
                    .replace("{elsewhere}", &only(&self.elsewhere)),
            )
        };
        [
            ("headline-upworthy.md", one(HEADLINE, "n-grams alone")),
            ("headline-meaning.md", one(MEANING, "meaning alone")),
            ("prior-upworthy.md", fill(PRIOR)),
        ]
    }
}

fn grown() -> String {
    let it = settings();
    format!(
        "{} trees of depth {}, learning rate {}, at least {} headlines in a leaf, ridge {}, {} of rows and {} of \
         columns for each tree, seed {}",
        it.rounds,
        it.depth,
        it.learning_rate,
        it.min_leaf_rows,
        it.l2,
        it.row_share,
        it.column_share,
        it.seed
    )
}
