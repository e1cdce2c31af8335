//! Whether new creatives still look like those a model was learned from, and whether its ranges still hold.

use serde::{Deserialize, Serialize};

use super::binomial::binomial_test;
use super::bootstrap::quantile;

/// Bins of each column, the one for missing values not counted.
const BINS: usize = 10;
/// Population stability indexes from which a column has moved, and has moved far (the usual thresholds
/// in credit scoring; Siddiqi 2006).
const MOVED: f64 = 0.1;
const FAR: f64 = 0.25;
/// Chance that any column of a library without drift is called moved, and that coverage is.
const FALSE_ALARM: f64 = 0.05;

/// How the columns of the training data were distributed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    columns: Vec<Column>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Column {
    name: String,
    /// Upper ends of all bins but the last, ends included.
    ends: Vec<f32>,
    /// Rows in each bin; the last number counts missing values.
    counts: Vec<u64>,
}

/// How far something has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Not beyond what chance does.
    Stable,
    /// Beyond chance and past 0.1: look into it.
    Moved,
    /// Beyond chance and past 0.25: the model was not learned for this.
    Far,
}

/// How far one column has moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ColumnDrift {
    /// Name of the column.
    pub name: String,
    /// Population stability index, `sum (q - p) ln(q / p)` over bins of equal training mass.
    pub index: f64,
    /// What the index is expected to be without any drift, at these numbers of rows.
    pub expected: f64,
    /// Share of missing values in training and now.
    pub missing: (f64, f64),
    /// What it means.
    pub verdict: Verdict,
}

/// How far a table has moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// Rows judged.
    pub rows: u64,
    /// Every column of the training data, in its order.
    pub columns: Vec<ColumnDrift>,
    /// The verdict on the column that moved farthest.
    pub verdict: Verdict,
}

/// Whether ranges hold as many results as they promise.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CoverageDrift {
    /// Share of results inside their range.
    pub observed: f64,
    /// Results judged.
    pub n: u64,
    /// Share promised.
    pub level: f64,
    /// Exact binomial p-value of a difference this large. Results of one campaign move together, which
    /// the test does not know: on few campaigns it sees drift too easily.
    pub p_value: f64,
    /// Whether the promise is broken, at 5 %.
    pub broken: bool,
}

impl Reference {
    /// Keeps the deciles of each column. Values that are not finite are missing.
    ///
    /// A value so frequent that two deciles fall on it gets a bin of its own: most columns of evidence
    /// are counts and flags.
    pub fn of(names: &[String], columns: &[Vec<f32>]) -> Self {
        let column = |(name, values): (&String, &Vec<f32>)| {
            let ends = ends(values);
            let counts = counts(&ends, values);
            Column { name: name.clone(), ends, counts }
        };
        Self { columns: names.iter().zip(columns).map(column).collect() }
    }

    /// Compares new rows with the training data, column by column; a column that is not there is missing
    /// in every row.
    ///
    /// Without drift the index of `B` bins is `(B - 1)(1 / n + 1 / m)` on average, for `n` rows then and
    /// `m` now (Yurdakul and Naranjo 2020); that much is taken off before the thresholds 0.1 and 0.25
    /// apply. A column must also fail Pearson's test of homogeneity, at a level which one of all columns
    /// fails by chance once in twenty libraries: the index itself has a heavy tail on few rows, where a bin
    /// may happen to be empty. On twenty new rows only gross changes can show.
    pub fn drift(&self, names: &[String], columns: &[Vec<f32>]) -> Drift {
        let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
        let absent = vec![f32::NAN; rows];
        let chance = FALSE_ALARM / self.columns.len().max(1) as f64;
        let judged: Vec<ColumnDrift> = (self.columns.iter())
            .map(|column| {
                let at = names.iter().position(|it| *it == column.name);
                column.drift(at.and_then(|it| columns.get(it)).unwrap_or(&absent), chance)
            })
            .collect();
        let verdict = judged.iter().map(|it| it.verdict).max().unwrap_or(Verdict::Stable);
        Drift { rows: rows as u64, columns: judged, verdict }
    }
}

impl Column {
    fn drift(&self, values: &[f32], chance: f64) -> ColumnDrift {
        let now = counts(&self.ends, values);
        let (before, after) = (total(&self.counts), total(&now));
        let missing = [&self.counts, &now].map(|it| share(it.last().copied().unwrap_or(0), total(it)));
        let mut drift = ColumnDrift {
            name: self.name.clone(),
            index: 0.0,
            expected: 0.0,
            missing: (missing[0], missing[1]),
            verdict: Verdict::Stable,
        };
        if before == 0.0 || after == 0.0 {
            return drift;
        }
        let (mut bins, mut squares): (f64, f64) = (0.0, 0.0);
        for (then, now) in self.counts.iter().zip(&now).filter(|(then, now)| *then + *now > 0) {
            // One row with the distribution of both together joins each side: no bin is empty.
            let both = (then + now) as f64 / (before + after);
            let (p, q) = ((*then as f64 + both) / (before + 1.0), (*now as f64 + both) / (after + 1.0));
            drift.index += (q - p) * (q / p).ln();
            squares += (*then as f64 / before - *now as f64 / after).powi(2) / both;
            bins += 1.0;
        }
        let scale = 1.0 / before + 1.0 / after;
        drift.expected = (bins - 1.0) * scale;
        let excess = drift.index - drift.expected;
        if squares > scale * chi_square_quantile(bins - 1.0, chance) {
            drift.verdict = match excess {
                it if it > FAR => Verdict::Far,
                it if it > MOVED => Verdict::Moved,
                _ => Verdict::Stable,
            };
        }
        drift
    }
}

impl CoverageDrift {
    /// Tests `inside` of `n` results against the promised level.
    pub fn of(inside: u64, n: u64, level: f64) -> Self {
        let p_value = binomial_test(inside, n, level);
        Self { observed: share(inside, n as f64), n, level, p_value, broken: p_value < FALSE_ALARM }
    }
}

fn total(counts: &[u64]) -> f64 {
    counts.iter().sum::<u64>() as f64
}

fn share(count: u64, total: f64) -> f64 {
    if total > 0.0 { count as f64 / total } else { 0.0 }
}

fn ends(values: &[f32]) -> Vec<f32> {
    let mut known: Vec<f64> = values.iter().filter(|it| it.is_finite()).map(|it| f64::from(*it)).collect();
    known.sort_by(f64::total_cmp);
    let deciles: Vec<f32> =
        (1..BINS).filter_map(|at| quantile(&known, at as f64 / BINS as f64)).map(|it| it as f32).collect();
    let repeated = deciles.windows(2).filter(|it| it[0] == it[1]).map(|it| it[0].next_down());
    let mut ends: Vec<f32> = deciles.iter().copied().chain(repeated).collect();
    ends.sort_by(f32::total_cmp);
    ends.dedup();
    ends
}

fn counts(ends: &[f32], values: &[f32]) -> Vec<u64> {
    let mut counts = vec![0; ends.len() + 2];
    for value in values {
        let at = if value.is_finite() { ends.partition_point(|end| end < value) } else { ends.len() + 1 };
        counts[at] += 1;
    }
    counts
}

/// The value that a chi-square variable exceeds with probability `chance`, below one half (Wilson and
/// Hilferty 1931, with formula 26.2.23 of Abramowitz and Stegun for the normal quantile).
fn chi_square_quantile(freedom: f64, chance: f64) -> f64 {
    if freedom <= 0.0 {
        return 0.0;
    }
    let root = (-2.0 * chance.ln()).sqrt();
    let above = 2.515_517 + root * (0.802_853 + root * 0.010_328);
    let below = 1.0 + root * (1.432_788 + root * (0.189_269 + root * 0.001_308));
    let normal = root - above / below;
    let part = 2.0 / (9.0 * freedom);
    freedom * (1.0 - part + normal * part.sqrt()).max(0.0).powi(3)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::evaluate::SplitMix64;

    fn normal(seed: u64, count: usize, shift: f64) -> Vec<f32> {
        let mut random = SplitMix64::new(seed);
        (0..count).map(|_| (random.normal() + shift) as f32).collect()
    }

    fn one(training: Vec<f32>, now: Vec<f32>) -> ColumnDrift {
        let names = ["a".to_owned()];
        Reference::of(&names, &[training]).drift(&names, &[now]).columns.remove(0)
    }

    #[test]
    fn the_index_is_the_sum_over_bins() {
        // Deciles of 0..99 cut after 9, 19, ... (numpy.quantile gives 9.9, 19.8, ...): ten in each bin. Now
        // 55 of 100 are in the first, five in each other: 0.45 ln 5.5 + 9 * 0.05 ln 2; no bin is missing.
        let training: Vec<f32> = (0..100_u8).map(f32::from).collect();
        let mut now = vec![0.0_f32; 50];
        now.extend((0..100_u8).step_by(2).map(f32::from));
        let found = one(training.repeat(1_000), now.repeat(1_000));
        let exact = 0.45 * 5.5_f64.ln() + 0.45 * 2.0_f64.ln();
        assert!((found.index - exact).abs() < 1e-3, "{found:?}");
        assert_eq!(found.verdict, Verdict::Far);
        assert!((found.expected - 9.0 * 2e-5).abs() < 1e-12);
    }

    #[test]
    fn without_drift_the_index_is_what_was_expected_and_alarms_are_rare() {
        let training = normal(1, 5_000, 0.0);
        let names: Vec<String> = (0..20).map(|it| it.to_string()).collect();
        let reference = Reference::of(&names, &vec![training; 20]);
        for (rows, tolerance) in [(2_000, 0.1), (200, 0.1), (50, 0.25)] {
            let (mut ratio, mut alarms) = (0.0, 0);
            for library in 0..100 {
                let columns: Vec<Vec<f32>> =
                    (0..20).map(|it| normal(1_000 * (rows as u64) + 20 * library + it, rows, 0.0)).collect();
                let found = reference.drift(&names, &columns);
                ratio += found.columns.iter().map(|it| it.index / it.expected).sum::<f64>() / 2_000.0;
                alarms += u32::from(found.verdict > Verdict::Stable);
            }
            assert!((ratio - 1.0).abs() < tolerance, "{rows} {ratio}");
            assert!(alarms <= 10, "{rows} {alarms}");
        }
    }

    #[test]
    fn shifts_of_every_kind_are_seen() {
        let training = normal(1, 5_000, 0.0);
        // A shift of d standard deviations has an index near d^2.
        let moved = one(training.clone(), normal(2, 2_000, 0.4));
        assert!((moved.index - 0.16).abs() < 0.03 && moved.verdict == Verdict::Moved, "{moved:?}");
        assert_eq!(one(training.clone(), normal(3, 2_000, 1.0)).verdict, Verdict::Far);
        assert_eq!(one(training.clone(), normal(3, 2_000, 0.1)).verdict, Verdict::Stable);
        let mut holes = normal(4, 2_000, 0.0);
        holes[..800].fill(f32::NAN);
        let missing = one(training, holes);
        assert_eq!((missing.missing, missing.verdict), ((0.0, 0.4), Verdict::Far));
        // A constant that changes, downwards too, and a rare flag that becomes frequent.
        assert_eq!(one(vec![3.0; 500], vec![2.0; 100]).verdict, Verdict::Far);
        assert_eq!(one(vec![3.0; 500], vec![3.0; 100]).index, 0.0);
        let flag = |every: usize| (0..1_000).map(|it| f32::from(u8::from(it % every == 0))).collect();
        assert_eq!(one(flag(50), flag(3)).verdict, Verdict::Far);
    }

    #[test]
    fn columns_are_matched_by_name_and_few_rows_prove_nothing() {
        let names = ["a".to_owned(), "b".to_owned()];
        let reference = Reference::of(&names, &[normal(1, 900, 0.0), normal(2, 900, 5.0)]);
        let turned = ["b".to_owned(), "a".to_owned()];
        let found = reference.drift(&turned, &[normal(3, 300, 5.0), normal(4, 300, 0.0)]);
        assert_eq!((found.verdict, found.rows), (Verdict::Stable, 300));
        let absent = reference.drift(&turned[..1], &[normal(3, 300, 5.0)]);
        assert_eq!(absent.columns[0].missing, (0.0, 1.0));
        assert_eq!(absent.verdict, Verdict::Far);
        let few = reference.drift(&names, &[normal(5, 3, 0.7), normal(6, 3, 5.0)]);
        assert_eq!(few.verdict, Verdict::Stable);
        assert_eq!(reference.drift(&names, &[]).verdict, Verdict::Stable);
        let text = serde_json::to_string(&reference).unwrap();
        assert_eq!(serde_json::from_str::<Reference>(&text).unwrap(), reference);
    }

    #[test]
    fn chi_square_quantiles_are_those_of_scipy() {
        // scipy.stats.chi2.isf(p, k)
        for (freedom, chance, expected) in
            [(10.0, 0.05, 18.307), (10.0, 0.001, 29.588), (10.0, 1e-4, 35.564), (2.0, 0.001, 13.816)]
        {
            let found = chi_square_quantile(freedom, chance);
            assert!((found / expected - 1.0_f64).abs() < 0.03, "{freedom} {chance} {found}");
        }
    }

    #[test]
    fn coverage_is_tested_against_its_promise() {
        let good = CoverageDrift::of(790, 1_000, 0.8);
        assert!(!good.broken && (good.observed - 0.79).abs() < 1e-12);
        assert!(CoverageDrift::of(740, 1_000, 0.8).broken);
        assert!(CoverageDrift::of(860, 1_000, 0.8).broken, "too wide is broken too");
        assert!(!CoverageDrift::of(0, 0, 0.8).broken);
    }
}
