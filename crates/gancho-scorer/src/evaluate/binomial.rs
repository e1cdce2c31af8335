//! The exact binomial test.

/// Two-sided p-value of `successes` in `trials` where each has the chance `chance`: the probability of all
/// numbers of successes that are no more likely than the one seen (as in R and SciPy).
///
/// 1 without trials; 0 or 1 where the chance is not between 0 and 1.
pub fn binomial_test(successes: u64, trials: u64, chance: f64) -> f64 {
    if trials == 0 {
        return 1.0;
    }
    if !(chance > 0.0 && chance < 1.0) {
        let certain = if chance >= 1.0 { trials } else { 0 };
        return f64::from(u8::from(successes == certain));
    }
    // Logarithms of the probabilities, each from the one before: far tails do not underflow on the way.
    let step = |at: u64| (((trials - at) as f64) / ((at + 1) as f64)).ln() + (chance / (1.0 - chance)).ln();
    let first = trials as f64 * (-chance).ln_1p();
    let mass = |below: u64| (0..below).fold(first, |mass, at| mass + step(at));
    // Equal probabilities on the other side must not be lost to rounding.
    let seen = mass(successes.min(trials)) + 1e-7;
    let (mut sum, mut mass) = (0.0, first);
    for at in 0..=trials {
        if mass <= seen {
            sum += mass.exp();
        }
        if at < trials {
            mass += step(at);
        }
    }
    f64::min(sum, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p_values_are_those_of_scipy() {
        // scipy.stats.binomtest(k, n, p).pvalue
        for (successes, trials, chance, expected) in SCIPY {
            let found = binomial_test(successes, trials, chance);
            assert!((found / expected - 1.0).abs() < 1e-6, "{successes} {trials}: {found} {expected}");
        }
    }

    const SCIPY: [(u64, u64, f64, f64); 6] = [
        (75, 100, 0.8, 0.211_796_938_471_039),
        (80, 100, 0.8, 1.0),
        (70, 100, 0.8, 0.016_945_359_676_785),
        (3, 5, 0.8, 0.262_72),
        (79_100, 100_000, 0.8, 1.483_746_976_943e-12),
        (1_500, 2_000, 0.8, 5.579_905_592_495e-8),
    ];

    #[test]
    fn borders() {
        assert_eq!(binomial_test(0, 0, 0.8), 1.0);
        assert_eq!((binomial_test(3, 3, 1.0), binomial_test(2, 3, 1.0)), (1.0, 0.0));
        assert_eq!((binomial_test(0, 3, 0.0), binomial_test(1, 3, f64::NAN)), (1.0, 0.0));
        // All three outcomes are as likely as or less likely than one success in two at one half.
        assert!((binomial_test(1, 2, 0.5) - 1.0).abs() < 1e-12);
    }
}
