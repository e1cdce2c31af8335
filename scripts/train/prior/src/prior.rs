//! The prior: lines on the two logits, boosted trees on copy features, and their calibration.

use std::collections::BTreeMap;

use anyhow::Result;
use gancho_boosting::{Booster, Columns, Settings, Target};
use gancho_copy::{Language, TextFeatures};
use gancho_scorer::calibration::fit_beta;
use gancho_scorer::prior::{LOGIT, MEANING};
use gancho_scorer::{Line, MarginModel};

use crate::data::Tests;
use crate::process::Observed;

/// Features that say nothing about an English headline, or repeat another.
const LEFT_OUT: &[&str] =
    &["utf16_units", "lines", "list_items", "list_like", "urls", "hashtags", "mentions", "emoji"];

/// What the prior may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    /// Columns with a line: logits.
    pub(crate) lines: &'static [&'static str],
    /// Whether there are trees on copy features.
    pub(crate) trees: bool,
}

/// How the trees are grown; chosen by cross-validation inside the training part (see the card).
pub(crate) fn settings() -> Settings {
    Settings {
        rounds: 150,
        learning_rate: 0.03,
        leaves: 8,
        depth: 3,
        min_leaf_rows: 300,
        l2: 10.0,
        row_share: 0.7,
        column_share: 0.5,
        seed: 20_131_101,
        ..Settings::default()
    }
}

/// Arms as a table.
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    /// One line for each arm, NaN where missing.
    pub(crate) rows: Vec<Vec<f64>>,
}

impl Table {
    /// `logits` are those of words and of meaning. Columns are chosen on the training part and passed on.
    pub(crate) fn of(tests: &Tests, logits: [&[f64]; 2], columns: Option<&[String]>) -> Self {
        let headlines = tests.arms.iter().map(|it| it.headline.as_str());
        let named: Vec<BTreeMap<&str, f64>> = headlines
            .zip(logits[0].iter().zip(logits[1]))
            .map(|(headline, (words, meaning))| named(headline, *words, *meaning))
            .collect();
        let columns = columns.map_or_else(|| varied(&named), <[String]>::to_vec);
        let rows = named.iter().map(|it| line(it, &columns)).collect();
        Self { columns, rows }
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|it| it == name)
    }
}

/// Copy features and logits of a headline by name.
fn named(headline: &str, words: f64, meaning: f64) -> BTreeMap<&'static str, f64> {
    let features = TextFeatures::of(headline, Language::En).named();
    features.into_iter().chain([(LOGIT, words), (MEANING, meaning)]).collect()
}

fn line(named: &BTreeMap<&'static str, f64>, columns: &[String]) -> Vec<f64> {
    columns.iter().map(|name| named.get(name.as_str()).copied().unwrap_or(f64::NAN)).collect()
}

/// The margin of one headline.
pub(crate) fn margin(model: &MarginModel, headline: &str, words: f64, meaning: f64) -> f64 {
    model.margin(&line(&named(headline, words, meaning), &model.columns))
}

/// Names of features that take another than their commonest value in at least 1 % of the arms.
fn varied(arms: &[BTreeMap<&'static str, f64>]) -> Vec<String> {
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

/// Fits on some arms: the lines by weighted least squares within cells, the trees on what they leave.
pub(crate) fn fit(
    observed: &Observed,
    table: &Table,
    shape: Shape,
    settings: &Settings,
    used: &[usize],
) -> Result<MarginModel> {
    let columns: Vec<usize> = shape.lines.iter().filter_map(|it| table.column(it)).collect();
    let centered: Vec<Vec<f64>> = columns.iter().map(|it| centered(observed, table, *it)).collect();
    let slopes = slopes(observed, &centered, used);
    let lines = columns.iter().zip(&slopes).map(|(column, slope)| Line {
        column: *column as u32,
        slope: *slope,
        center: used.iter().map(|it| table.rows[*it][*column]).sum::<f64>() / used.len() as f64,
    });
    let said = |arm: usize| slopes.iter().zip(&centered).map(|(slope, it)| slope * it[arm]).sum::<f64>();
    let trees = if shape.trees { Some(grow(observed, table, settings, used, &said)?) } else { None };
    Ok(MarginModel { columns: table.columns.clone(), lines: lines.collect(), trees })
}

fn grow(
    observed: &Observed,
    table: &Table,
    settings: &Settings,
    used: &[usize],
    said: &dyn Fn(usize) -> f64,
) -> Result<Booster> {
    // Trees never split on a column of one value: hiding the logits keeps the table's shape.
    let hidden = |name: &str| name == LOGIT || name == MEANING;
    let values = |column: usize| -> Vec<f32> {
        let name = &table.columns[column];
        table.rows.iter().map(|it| if hidden(name) { 0.0 } else { it[column] as f32 }).collect()
    };
    let columns = Columns::new((0..table.columns.len()).map(values).collect())?;
    let left: Vec<f64> = (0..table.rows.len()).map(|it| observed.odds[it] - said(it)).collect();
    // Weights around 1, so that the settings count arms.
    let mean = observed.noise.iter().map(|it| 1.0 / it).sum::<f64>() / observed.noise.len() as f64;
    let weights: Vec<f64> = observed.noise.iter().map(|it| 1.0 / (it * mean)).collect();
    let target = Target { weight: Some(&weights), ..Target::of(&left) };
    let rows: Vec<u32> = used.iter().map(|it| *it as u32).collect();
    Ok(Booster::fit_columns(&columns, &target, &rows, settings, None)?)
}

/// A column minus its mean in each cell.
fn centered(observed: &Observed, table: &Table, column: usize) -> Vec<f64> {
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (at, row) in table.rows.iter().enumerate() {
        let (weight, sum) = (1.0 / observed.noise[at], sums.entry(observed.cells[at]).or_default());
        *sum = (sum.0 + weight * row[column], sum.1 + weight);
    }
    let mean = |cell: usize| sums[&cell].0 / sums[&cell].1;
    table.rows.iter().zip(&observed.cells).map(|(row, cell)| row[column] - mean(*cell)).collect()
}

/// Weighted least squares without intercept, by elimination; there are at most two columns.
fn slopes(observed: &Observed, columns: &[Vec<f64>], used: &[usize]) -> Vec<f64> {
    let product =
        |a: &[f64], b: &[f64]| -> f64 { used.iter().map(|it| a[*it] * b[*it] / observed.noise[*it]).sum() };
    match columns {
        [one] => vec![product(one, &observed.odds) / product(one, one)],
        [one, two] => {
            let (a, b, d) = (product(one, one), product(one, two), product(two, two));
            let (x, y) = (product(one, &observed.odds), product(two, &observed.odds));
            let determinant = a * d - b * b;
            vec![(d * x - b * y) / determinant, (a * y - b * x) / determinant]
        }
        _ => Vec::new(),
    }
}

/// Margins of all arms by a model.
pub(crate) fn margins(model: &MarginModel, table: &Table) -> Vec<f64> {
    table.rows.iter().map(|it| model.margin(it)).collect()
}

/// Margins of models that saw no arm of the group.
pub(crate) fn out_of_fold(
    observed: &Observed,
    table: &Table,
    shape: Shape,
    settings: &Settings,
) -> Result<Vec<f64>> {
    let fit = |used: &[usize]| fit(observed, table, shape, settings, used);
    observed.out_of_fold(fit, |model, arm| model.margin(&table.rows[arm]))
}

/// Log-odds of winning for one unit of difference in margin, on sound pairs.
pub(crate) fn beta(tests: &Tests, margins: &[f64]) -> f64 {
    let pairs: Vec<(f64, f64)> = tests
        .pairs
        .iter()
        .filter(|it| it.sound)
        .filter_map(|it| Some((margins[it.a] - margins[it.b], f64::from(u8::from(it.a_wins?)))))
        .collect();
    fit_beta(&pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_share_what_both_explain() {
        let observed = Observed::plain(&[3.0, -3.0, 1.0, -1.0], &[0, 0, 1, 1]);
        // y = 2 a + b.
        let columns = [vec![1.0, -1.0, 1.0, -1.0], vec![1.0, -1.0, -1.0, 1.0]];
        let found = slopes(&observed, &columns, &[0, 1, 2, 3]);
        assert!((found[0] - 2.0).abs() < 1e-12 && (found[1] - 1.0).abs() < 1e-12, "{found:?}");
        assert_eq!(slopes(&observed, &columns[..1], &[0, 1]), [3.0]);
    }
}
