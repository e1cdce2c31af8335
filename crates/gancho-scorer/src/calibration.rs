//! From margins to honest figures: log-odds, observed percentiles, widths of intervals.

use crate::peers::{Curve, sigmoid};

/// Coverage that intervals aim at.
pub const LEVEL: f64 = 0.8;

/// Expected percentiles, 0..100, of margins (log-odds) among each other.
pub fn expected_percentiles(margins: &[f64]) -> Vec<f64> {
    let curve = Curve::of(margins.to_vec());
    margins.iter().map(|it| curve.at(*it)).collect()
}

/// Percentiles that values really hold among each other: share beaten, ties and itself half.
pub fn observed_percentiles(values: &[f64]) -> Vec<f64> {
    ranks(values).into_iter().map(|rank| 100.0 * (rank - 0.5) / values.len() as f64).collect()
}

/// Ranks from 1, tied values sharing their mean rank.
pub(crate) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && values[order[end]] == values[order[start]] {
            end += 1;
        }
        for item in &order[start..end] {
            ranks[*item] = (start + 1 + end) as f64 / 2.0;
        }
        start = end;
    }
    ranks
}

/// The `ceil((n + 1) * level)`-th smallest residual: half-width of a split-conformal interval.
///
/// With fewer residuals than the level needs, the whole scale: 100.
pub fn conformal_width(mut residuals: Vec<f64>, level: f64) -> f64 {
    let rank = ((residuals.len() + 1) as f64 * level).ceil() as usize;
    if rank == 0 || rank > residuals.len() {
        return 100.0;
    }
    residuals.sort_by(f64::total_cmp);
    residuals[rank - 1].min(100.0)
}

/// Fits `P(a beats b) = sigmoid(beta * difference)` by maximum likelihood.
///
/// Each pair is a difference of margins and a result: 1 when the first won, 0.5 for a tie, 0 when
/// it lost. A negative slope means that the margins mislead; it is returned as it is. Without
/// pairs the result is 0.
pub fn fit_beta(pairs: &[(f64, f64)]) -> f64 {
    let square: f64 = pairs.iter().map(|(difference, _)| difference * difference).sum();
    if square <= 0.0 {
        return 0.0;
    }
    // Work on differences of unit mean square: the step limit below then suits every scale.
    let scale = (square / pairs.len() as f64).sqrt();
    let mut beta = 0.0;
    for _ in 0..100 {
        // A weak ridge keeps separable pairs finite.
        let (mut gradient, mut curvature) = (-1e-3 * beta, 1e-3);
        for (difference, result) in pairs {
            let difference = difference / scale;
            let chance = sigmoid(beta * difference);
            gradient += (result - chance) * difference;
            curvature += chance * (1.0 - chance) * difference * difference;
        }
        let step: f64 = (gradient / curvature).clamp(-1.0, 1.0);
        beta += step;
        if step.abs() < 1e-10 {
            break;
        }
    }
    beta / scale
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_ranks_and_percentiles_average_fifty() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0]), [3.5, 1.0, 3.5, 2.0]);
        assert_eq!(observed_percentiles(&[5.0, 9.0]), [25.0, 75.0]);
        let sum: f64 = expected_percentiles(&[0.1, -0.7, 2.0]).iter().sum();
        assert!((sum - 150.0).abs() < 1e-9);
    }

    #[test]
    fn the_width_is_the_finite_sample_quantile() {
        let residuals: Vec<f64> = (1..=9).map(f64::from).collect();
        assert_eq!(conformal_width(residuals, 0.8), 8.0);
        assert_eq!(conformal_width(vec![1.0], 0.8), 100.0);
        assert_eq!(conformal_width(Vec::new(), 0.8), 100.0);
    }

    #[test]
    fn beta_is_recovered_at_any_scale() {
        for scale in [1e-3, 1.0, 1e3] {
            let mut pairs = Vec::new();
            for at in 0..4_000 {
                let difference = ((at % 41) as f64 - 20.0) / 10.0;
                let chance = sigmoid(1.7 * difference);
                let won = (crate::hash::mix(at) >> 11) as f64 / (1_u64 << 53) as f64 <= chance;
                pairs.push((difference * scale, f64::from(u8::from(won))));
            }
            let beta = fit_beta(&pairs) * scale;
            assert!((beta - 1.7).abs() < 0.15, "{beta}");
        }
        assert_eq!(fit_beta(&[(0.0, 1.0)]), 0.0);
    }
}
