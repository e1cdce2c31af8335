//! A small generator of pseudorandom numbers, the same on every machine.

use crate::hash::mix;

/// SplitMix64 (Steele, Lea and Flood 2014): a counter and a mixing function.
///
/// Good enough for resampling and simulation, and its stream never changes with a dependency.
#[derive(Debug, Clone)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// The stream that belongs to a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let bits = mix(self.state);
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        bits
    }

    /// Uniform in `[0, 1)`, 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform among `0..count`; 0 for a count of 0.
    ///
    /// By multiplication (Lemire 2019): the bias is below `count / 2^64`.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// Standard normal (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_the_published_one() {
        // First values for seed 1234567, from the reference implementation (prng.di.unimi.it).
        let mut random = SplitMix64::new(1_234_567);
        let found = [random.bits(), random.bits(), random.bits()];
        assert_eq!(found, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn draws_have_the_moments_they_should() {
        let mut random = SplitMix64::new(3);
        let count = 40_000;
        let normal: Vec<f64> = (0..count).map(|_| random.normal()).collect();
        let mean = normal.iter().sum::<f64>() / f64::from(count);
        let square = normal.iter().map(|it| it * it).sum::<f64>() / f64::from(count);
        let fourth = normal.iter().map(|it| it.powi(4)).sum::<f64>() / f64::from(count);
        assert!(mean.abs() < 0.02 && (square - 1.0).abs() < 0.03 && (fourth - 3.0).abs() < 0.2);
        let mut seen = [0_u32; 7];
        (0..7_000).for_each(|_| seen[random.below(7)] += 1);
        assert!(seen.iter().all(|it| it.abs_diff(1_000) < 120), "{seen:?}");
        assert_eq!(random.below(0), 0);
    }
}
