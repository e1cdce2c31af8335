//! Quantiles of weighted numbers.

/// The quantile at `level` of `(number, weight)` pairs, which are left sorted.
///
/// Without weights it lies between two order statistics at `level * (n - 1)` (type 7 of Hyndman & Fan, as in
/// LightGBM). Weights leave no order statistics to lie between: then it is the least number at which the share
/// of weight reaches the level, a minimizer of the pinball loss.
pub(crate) fn quantile(pairs: &mut [(f64, f64)], level: f64, is_weighted: bool) -> f64 {
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let Some(last) = pairs.last() else { return 0.0 };
    if is_weighted {
        let goal = level * pairs.iter().map(|it| it.1).sum::<f64>();
        let mut reached = 0.0;
        let found = pairs.iter().find(|it| {
            reached += it.1;
            reached >= goal
        });
        return found.unwrap_or(last).0;
    }
    let place = level * (pairs.len() - 1) as f64;
    let below = pairs[place as usize].0;
    let above = pairs.get(place as usize + 1).unwrap_or(last).0;
    below + (above - below) * place.fract()
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn without_weights_it_interpolates() {
        let mut pairs = [4.0, 1.0, 3.0, 2.0].map(|it| (it, 1.0));
        assert_eq!(quantile(&mut pairs, 0.5, false), 2.5);
        assert_eq!(quantile(&mut pairs, 0.25, false), 1.75);
        assert_eq!(quantile(&mut pairs[..1], 0.9, false), 1.0);
    }

    #[test]
    fn with_weights_it_counts_them() {
        let mut pairs = [(3.0, 1.0), (1.0, 2.0), (2.0, 5.0)];
        assert_eq!(quantile(&mut pairs, 0.25, true), 1.0);
        assert_eq!(quantile(&mut pairs, 0.26, true), 2.0);
        assert_eq!(quantile(&mut pairs, 0.875, true), 2.0);
        assert_eq!(quantile(&mut pairs, 0.9, true), 3.0);
    }
}
