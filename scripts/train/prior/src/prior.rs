//! The booster on copy features and out-of-fold logits, and its calibration.

use std::collections::BTreeMap;

use anyhow::Result;
use gancho_copy::{Language, TextFeatures};
use gancho_scorer::calibration::{
    LEVEL, conformal_width, expected_percentiles, fit_beta, observed_percentiles,
};
use gancho_scorer::prior::{FORMAT, LOGIT, Width};
use gancho_scorer::trees::{Ensemble, Settings};
use gancho_scorer::{Line, MarginModel, Prior, Targets};

use crate::data::{Tests, fold};
use crate::ngram::FOLDS;

/// Features that say nothing about an English headline, or repeat another.
const LEFT_OUT: &[&str] =
    &["utf16_units", "lines", "list_items", "list_like", "urls", "hashtags", "mentions", "emoji"];

/// Sizes of peer groups for which widths are calibrated; from [`POOLED`] on, of pooled tests.
const SIZES: [usize; 7] = [2, 3, 4, 5, 10, 30, 100];
const POOLED: usize = 10;

/// What the booster may look at, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// A straight line on the logit, trees on what it leaves.
    pub(crate) line: bool,
    /// The logit as a column of the trees.
    pub(crate) logit: bool,
    /// Copy features as columns of the trees.
    pub(crate) copy: bool,
}

/// Chosen by cross-validation inside the training part (see the card).
pub(crate) const SETTINGS: Settings = Settings {
    trees: 150,
    rate: 0.03,
    depth: 3,
    leaf_weight: 150.0,
    l2: 10.0,
    row_share: 0.7,
    column_share: 0.5,
    seed: 20_131_101,
};

/// Arms as a table, with their targets.
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    /// One line for each arm, NaN where missing.
    pub(crate) rows: Vec<Vec<f64>>,
    targets: Targets,
}

impl Table {
    /// Columns are chosen on the training part and passed on to others.
    pub(crate) fn of(tests: &Tests, logits: &[f64], columns: Option<&[String]>) -> Self {
        let named: Vec<BTreeMap<&str, f64>> = tests
            .arms
            .iter()
            .zip(logits)
            .map(|(arm, logit)| {
                let features = TextFeatures::of(&arm.headline, Language::En).named();
                features.into_iter().chain([(LOGIT, *logit)]).collect()
            })
            .collect();
        let columns = columns.map_or_else(|| varied(&named), <[String]>::to_vec);
        let line = |it: &BTreeMap<&str, f64>| {
            columns.iter().map(|name| it.get(name.as_str()).copied().unwrap_or(f64::NAN)).collect()
        };
        let outcomes: Vec<_> = tests.arms.iter().map(|it| it.outcome).collect();
        let cells: Vec<usize> = tests.arms.iter().map(|it| it.cell).collect();
        Self { rows: named.iter().map(line).collect(), targets: Targets::of(&outcomes, &cells), columns }
    }

    fn logit_column(&self) -> usize {
        self.columns.iter().position(|it| it == LOGIT).unwrap_or(0)
    }
}

/// Names of features that take another than their commonest value in at least 1 % of the arms.
fn varied(arms: &[BTreeMap<&str, f64>]) -> Vec<String> {
    let mut values: BTreeMap<&str, BTreeMap<u64, usize>> = BTreeMap::new();
    for arm in arms {
        for (name, value) in arm {
            *values.entry(name).or_default().entry(value.to_bits()).or_default() += 1;
        }
    }
    let least = arms.len() / 100;
    let rest =
        |it: &BTreeMap<u64, usize>| it.values().sum::<usize>() - it.values().max().copied().unwrap_or(0);
    let kept = values.into_iter().filter(|(name, it)| !LEFT_OUT.contains(name) && rest(it) >= least);
    kept.map(|(name, _)| name.to_owned()).collect()
}

/// Fits on the arms that `keep` accepts.
pub(crate) fn fit(
    tests: &Tests,
    table: &Table,
    shape: Shape,
    settings: &Settings,
    keep: impl Fn(&str) -> bool,
) -> Result<MarginModel> {
    let used: Vec<usize> = (0..tests.arms.len()).filter(|it| keep(&tests.arms[*it].group)).collect();
    let logit = table.logit_column();
    let centered = centered_logits(tests, table, logit);
    let Targets { shrunk, variance, between, .. } = &table.targets;
    let precision: Vec<f64> = used.iter().map(|it| between / (between + variance[*it])).collect();
    let mut lines = Vec::new();
    let mut slope = 0.0;
    if shape.line {
        // The targets are shrunk already; a second weighting would count the noise twice.
        let both: f64 = used.iter().map(|it| centered[*it] * shrunk[*it]).sum();
        let square: f64 =
            used.iter().zip(&precision).map(|(it, weight)| weight * centered[*it].powi(2)).sum();
        slope = both / square;
        let center = used.iter().map(|it| table.rows[*it][logit]).sum::<f64>() / used.len() as f64;
        lines.push(Line { column: logit as u32, slope, center });
    }
    let columns: Vec<usize> =
        (0..table.columns.len()).filter(|it| if *it == logit { shape.logit } else { shape.copy }).collect();
    // A column of one value is never split on: hiding columns keeps the table's shape.
    let hidden = |column: usize, value: f64| if columns.contains(&column) { value } else { 0.0 };
    let values: Vec<f64> = (0..table.columns.len())
        .flat_map(|column| used.iter().map(move |it| (*it, column)))
        .map(|(row, column)| hidden(column, table.rows[row][column]))
        .collect();
    let target: Vec<f64> =
        used.iter().map(|it| table.targets.observed[*it] - slope * centered[*it]).collect();
    let trees = if columns.is_empty() {
        Ensemble::empty(table.columns.len())
    } else {
        Ensemble::fit(&values, table.columns.len(), &target, &precision, settings)?
    };
    Ok(MarginModel { columns: table.columns.clone(), lines, trees })
}

fn centered_logits(tests: &Tests, table: &Table, logit: usize) -> Vec<f64> {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (arm, row) in tests.arms.iter().zip(&table.rows) {
        let sum = sums.entry(arm.cell).or_default();
        *sum = (sum.0 + row[logit], sum.1 + 1.0);
    }
    let center = |cell: usize| sums[&cell].0 / sums[&cell].1;
    tests.arms.iter().zip(&table.rows).map(|(arm, row)| row[logit] - center(arm.cell)).collect()
}

/// Margins of all arms by a model.
pub(crate) fn margins(model: &MarginModel, table: &Table) -> Vec<f64> {
    table.rows.iter().map(|it| model.margin(it)).collect()
}

/// Margins of models that saw no arm of the group.
pub(crate) fn out_of_fold(
    tests: &Tests,
    table: &Table,
    shape: Shape,
    settings: &Settings,
) -> Result<Vec<f64>> {
    let mut found = vec![0.0; tests.arms.len()];
    for held_out in 0..FOLDS {
        let model = fit(tests, table, shape, settings, |it| fold(it, FOLDS) != held_out)?;
        for ((arm, row), found) in tests.arms.iter().zip(&table.rows).zip(&mut found) {
            if fold(&arm.group, FOLDS) == held_out {
                *found = model.margin(row);
            }
        }
    }
    Ok(found)
}

/// Slope and widths from out-of-fold margins; coverage is measured on another part.
pub(crate) fn calibrate(
    model: MarginModel,
    (train, train_margins): (&Tests, &[f64]),
    (other, other_margins): (&Tests, &[f64]),
) -> Prior {
    let result = |won: bool| if won { 1.0 } else { 0.0 };
    let pairs: Vec<(f64, f64)> = train
        .pairs
        .iter()
        .filter(|it| it.sound)
        .filter_map(|it| Some((train_margins[it.a] - train_margins[it.b], result(it.a_wins?))))
        .collect();
    let beta = fit_beta(&pairs);
    let widths = SIZES.iter().map(|size| width(*size, beta, (train, train_margins), (other, other_margins)));
    Prior { format: FORMAT.into(), language: "en".into(), beta, widths: widths.collect(), model }
}

fn width(size: usize, beta: f64, train: (&Tests, &[f64]), other: (&Tests, &[f64])) -> Width {
    let (own, blind) = residuals(size, beta, train.0, train.1);
    let width = conformal_width(own, LEVEL);
    let (held, _) = residuals(size, beta, other.0, other.1);
    let coverage = held.iter().filter(|it| **it <= width).count() as f64 / held.len().max(1) as f64;
    Width { peers: size as u32, width, blind: conformal_width(blind, LEVEL), coverage }
}

/// Distances between expected and observed percentile, in points: of the same arm, and of one
/// arm's expectation with each arm's result, as if scores said nothing.
fn residuals(size: usize, beta: f64, tests: &Tests, margins: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut own, mut blind) = (Vec::new(), Vec::new());
    for group in groups(size, tests, margins) {
        let expected = expected_percentiles(&group.iter().map(|it| beta * it.0).collect::<Vec<_>>());
        let observed = observed_percentiles(&group.iter().map(|it| it.1).collect::<Vec<_>>());
        own.extend(expected.iter().zip(&observed).map(|(a, b)| (a - b).abs()));
        blind.extend(expected.iter().flat_map(|a| observed.iter().map(move |b| (a - b).abs())));
    }
    (own, blind)
}

/// Groups of about this size as (margin, log click rate). Tests rarely compare more than six
/// headlines; larger groups are pooled from tests, each centered on its mean and widened by
/// `sqrt(k / (k - 1))` for what centering took away.
fn groups(size: usize, tests: &Tests, margins: &[f64]) -> Vec<Vec<(f64, f64)>> {
    let rate = |arm: usize| {
        let outcome = tests.arms[arm].outcome;
        ((outcome.clicks as f64 + 0.5) / (outcome.impressions as f64 + 1.0)).ln()
    };
    let cells = tests.cells();
    if size < POOLED {
        let open_ended = SIZES.iter().rfind(|it| **it < POOLED) == Some(&size);
        let fits = |it: &&Vec<usize>| it.len() == size || (open_ended && it.len() > size);
        return cells
            .iter()
            .filter(fits)
            .map(|it| it.iter().map(|arm| (margins[*arm], rate(*arm))).collect())
            .collect();
    }
    let mut pool = Vec::new();
    for cell in &cells {
        let count = cell.len() as f64;
        let wide = (count / (count - 1.0)).sqrt();
        let mean = |of: &dyn Fn(usize) -> f64| cell.iter().map(|it| of(*it)).sum::<f64>() / count;
        let (middle, level) = (mean(&|it| margins[it]), mean(&rate));
        pool.extend(cell.iter().map(|it| (*it, wide * (margins[*it] - middle), wide * (rate(*it) - level))));
    }
    // Arms of one test must not meet again in one pooled group more often than by chance.
    pool.sort_by_key(|it| (it.0 as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    pool.chunks_exact(size).map(|it| it.iter().map(|(_, margin, rate)| (*margin, *rate)).collect()).collect()
}
