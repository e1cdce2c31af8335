//! Figures on pairs: accuracy and AUC with intervals from a bootstrap over groups.
//!
//! Definitions are those of the data set's own scoring script: ties are left out, unsound weeks
//! too, and pairs with |z| > 1.96 count as decided. Calibration of chances beside them.

use std::collections::BTreeMap;
use std::fmt;

use crate::data::Tests;

const DRAWS: usize = 300;

/// Score difference, whether a won, and the group.
type Judged<'a> = (f64, bool, &'a str);

/// A figure with its 95 % interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figure {
    pub(crate) value: f64,
    low: f64,
    high: f64,
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:.3} [{:.3}, {:.3}]", self.value, self.low, self.high)
    }
}

/// Accuracy and AUC, on all sound pairs and on decided ones.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) accuracy: Figure,
    pub(crate) auc: Figure,
    pub(crate) decided_accuracy: Figure,
    pub(crate) decided_auc: Figure,
}

impl Figures {
    /// Judges margins, one for each arm.
    pub(crate) fn of(tests: &Tests, margins: &[f64]) -> Self {
        let judged = |decided_only: bool| -> Vec<Judged> {
            let fits = tests.pairs.iter().filter(|it| it.sound && (it.decided || !decided_only));
            fits.filter_map(|it| Some((margins[it.a] - margins[it.b], it.a_wins?, it.group.as_str())))
                .collect()
        };
        let (all, decided) = (judged(false), judged(true));
        Self {
            accuracy: figure(&all, accuracy),
            auc: figure(&all, auc),
            decided_accuracy: figure(&decided, accuracy),
            decided_auc: figure(&decided, auc),
        }
    }

    /// One row of a Markdown table.
    pub(crate) fn row(&self, name: &str) -> String {
        let Self { accuracy, auc, decided_accuracy, decided_auc } = self;
        format!("| {name} | {accuracy} | {auc} | {decided_accuracy} | {decided_auc} |")
    }
}

fn accuracy(pairs: &[Judged]) -> f64 {
    let right = |it: &Judged| if it.0 == 0.0 { 0.5 } else { f64::from(u8::from((it.0 > 0.0) == it.1)) };
    pairs.iter().map(right).sum::<f64>() / pairs.len() as f64
}

fn auc(pairs: &[Judged]) -> f64 {
    let mut sorted: Vec<(f64, bool)> = pairs.iter().map(|it| (it.0, it.1)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let won = sorted.iter().filter(|it| it.1).count() as f64;
    let lost = sorted.len() as f64 - won;
    let (mut rank_sum, mut start) = (0.0, 0);
    while start < sorted.len() {
        let tied = sorted[start..].iter().take_while(|it| it.0 == sorted[start].0).count();
        let rank = start as f64 + (tied as f64 + 1.0) / 2.0;
        rank_sum += rank * sorted[start..start + tied].iter().filter(|it| it.1).count() as f64;
        start += tied;
    }
    (rank_sum - won * (won + 1.0) / 2.0) / (won * lost)
}

/// Sound pairs that were won or lost, with the chance that was given.
fn results<'a>(tests: &'a Tests, chances: &'a [f64]) -> impl Iterator<Item = (f64, bool)> + 'a {
    let sound = tests.pairs.iter().zip(chances).filter(|(pair, _)| pair.sound);
    sound.filter_map(|(pair, chance)| Some((*chance, pair.a_wins?)))
}

/// Mean of `-ln` of the chance that was given to what happened.
pub(crate) fn log_loss(tests: &Tests, chances: &[f64]) -> f64 {
    let losses: Vec<f64> = results(tests, chances)
        .map(|(chance, won)| -(if won { chance } else { 1.0 - chance }).max(1e-6).ln())
        .collect();
    losses.iter().sum::<f64>() / losses.len() as f64
}

/// Expected calibration error: ten bins of equal width, each by its share of pairs.
pub(crate) fn calibration_error(tests: &Tests, chances: &[f64]) -> f64 {
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for (chance, won) in results(tests, chances) {
        let bin = &mut bins[((10.0 * chance) as usize).min(9)];
        *bin = (bin.0 + 1.0, bin.1 + chance, bin.2 + f64::from(u8::from(won)));
    }
    let count: f64 = bins.iter().map(|it| it.0).sum();
    bins.iter().map(|(_, expected, won)| (expected - won).abs() / count).sum()
}

fn figure(pairs: &[Judged], measure: fn(&[Judged]) -> f64) -> Figure {
    let mut groups: BTreeMap<&str, Vec<Judged>> = BTreeMap::new();
    for pair in pairs {
        groups.entry(pair.2).or_default().push(*pair);
    }
    let groups: Vec<Vec<Judged>> = groups.into_values().collect();
    let mut state = 1_u64;
    let mut draws: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let sample: Vec<Judged> = (0..groups.len())
                .flat_map(|_| groups[next(&mut state) as usize % groups.len()].clone())
                .collect();
            measure(&sample)
        })
        .filter(|it| it.is_finite())
        .collect();
    draws.sort_by(f64::total_cmp);
    let at = |share: f64| draws.get((share * draws.len() as f64) as usize).copied().unwrap_or(f64::NAN);
    Figure { value: measure(pairs), low: at(0.025), high: at(0.975) }
}

/// SplitMix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let it = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (it ^ (it >> 31)) >> 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Pair;

    #[test]
    fn calibration_compares_each_bin_with_what_happened() {
        let pair = |won: Option<bool>, sound: bool| Pair {
            id: String::new(),
            a: 0,
            b: 1,
            group: String::new(),
            decided: false,
            a_wins: won,
            sound,
            year: String::new(),
        };
        let pairs = vec![
            pair(Some(true), true),
            pair(Some(false), true),
            pair(Some(true), true),
            pair(Some(true), true),
            pair(None, true),
            pair(Some(false), false),
        ];
        let tests = Tests { arms: Vec::new(), pairs };
        // Two at 0.72, one of them won: off by 0.22; two at 0.95, both won: off by 0.05.
        let chances = [0.72, 0.72, 0.95, 0.95, 0.1, 0.1];
        assert!((calibration_error(&tests, &chances) - (0.44 + 0.10) / 4.0).abs() < 1e-12);
        let expected = -(0.72_f64.ln() + 0.28_f64.ln() + 2.0 * 0.95_f64.ln()) / 4.0;
        assert!((log_loss(&tests, &chances) - expected).abs() < 1e-12);
    }

    #[test]
    fn auc_of_known_orders() {
        let pairs = [(0.9, true, "a"), (0.1, false, "a"), (0.5, true, "b"), (0.5, false, "b")];
        assert!((auc(&pairs) - 0.875).abs() < 1e-12);
        assert!((accuracy(&pairs) - 0.5).abs() < 1e-12);
    }
}
