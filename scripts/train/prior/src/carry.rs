//! What is left of a margin at another publisher: slopes, and how much they differ between publishers.

use std::collections::BTreeMap;

use gancho_scorer::calibration::fit_beta;
use gancho_scorer::prior::Publishers;

/// A calibrated difference, whether the first won (1 or 0), and the unit of resampling.
pub(crate) type Judged<'a> = (f64, f64, &'a str);

/// The log-odds of winning for one unit of calibrated difference, with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Slope {
    pub(crate) value: f64,
    pub(crate) error: f64,
    pub(crate) pairs: usize,
}

impl Slope {
    /// Maximum likelihood; the error is robust to dependence within groups (the sandwich of Huber and White).
    pub(crate) fn of(pairs: &[Judged]) -> Self {
        let value = fit_beta(&pairs.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>());
        let mut scores: BTreeMap<&str, f64> = BTreeMap::new();
        let mut curvature = 0.0;
        for (difference, won, group) in pairs {
            let chance = 1.0 / (1.0 + (-value * difference).exp());
            *scores.entry(group).or_default() += (won - chance) * difference;
            curvature += chance * (1.0 - chance) * difference * difference;
        }
        let error = scores.values().map(|it| it * it).sum::<f64>().sqrt() / curvature;
        Self { value, error, pairs: pairs.len() }
    }
}

/// Variance of true slopes between publishers, by the method of moments of DerSimonian and Laird (1986).
pub(crate) fn between(slopes: &[Slope]) -> f64 {
    let weights: Vec<f64> = slopes.iter().map(|it| 1.0 / (it.error * it.error)).collect();
    let total: f64 = weights.iter().sum();
    let mean = slopes.iter().zip(&weights).map(|(it, weight)| weight * it.value).sum::<f64>() / total;
    let spread: f64 =
        slopes.iter().zip(&weights).map(|(it, weight)| weight * (it.value - mean).powi(2)).sum();
    let scale = total - weights.iter().map(|it| it * it).sum::<f64>() / total;
    ((spread - (slopes.len() as f64 - 1.0)) / scale).max(0.0)
}

/// What to expect at a publisher that was never measured.
///
/// The mean is that of the publishers elsewhere: the one at home set the calibration and is no draw from them.
/// The spread around it is that between all publishers, the error of the mean included.
pub(crate) fn publishers(home: Slope, elsewhere: Slope) -> Publishers {
    Publishers {
        home: 1.0,
        elsewhere: elsewhere.value.clamp(0.0, 1.0),
        deviation: (between(&[home, elsewhere]) + elsewhere.error.powi(2)).sqrt(),
        measured: 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slope(value: f64, error: f64) -> Slope {
        Slope { value, error, pairs: 1 }
    }

    #[test]
    fn the_variance_between_two_is_half_their_squared_distance_less_noise() {
        // ((1 - 0.5)^2 - 0.03^2 - 0.07^2) / 2
        let found = between(&[slope(1.0, 0.03), slope(0.5, 0.07)]);
        assert!((found - 0.1221).abs() < 1e-9, "{found}");
        assert_eq!(between(&[slope(1.0, 0.5), slope(0.9, 0.5)]), 0.0);
    }

    #[test]
    fn a_slope_has_the_error_of_its_groups() {
        // 60 of 100 won at a difference of 1: the slope is the log-odds, its variance 1 / (100 * 0.6 * 0.4).
        let names: Vec<String> = (0..100).map(|it| it.to_string()).collect();
        let apart: Vec<Judged> =
            (0..100).map(|it| (1.0, f64::from(u8::from(it < 60)), names[it].as_str())).collect();
        let found = Slope::of(&apart);
        assert!((found.value - (0.6_f64 / 0.4).ln()).abs() < 1e-4, "{found:?}");
        assert!((found.error - (1.0 / 24.0_f64).sqrt()).abs() < 1e-3, "{found:?}");
        // The same results in groups of four that always agree: half of the certainty.
        let together: Vec<Judged> =
            (0..100).map(|it| (1.0, f64::from(u8::from(it < 60)), names[it / 4].as_str())).collect();
        assert!((Slope::of(&together).error / found.error - 2.0).abs() < 1e-3);
    }
}
