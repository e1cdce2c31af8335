//! How the tones of a picture are distributed.

use super::tiles::{SIDE, Tile};

/// Luma up to which a pixel is black, and from which it is white, to the eye.
const DARK: usize = 8;
const BRIGHT: usize = 248;

/// Histogram of luma over the tiles.
pub(super) struct Tones {
    histogram: [u32; 256],
    clipped: u32,
}

impl Default for Tones {
    fn default() -> Self {
        Self { histogram: [0; 256], clipped: 0 }
    }
}

impl Tones {
    pub(super) fn add(&mut self, tile: &Tile) {
        for value in tile.luma.iter().flatten() {
            self.histogram[usize::from((value + 0.5) as u8)] += 1;
        }
        self.clipped += tile.clipped;
    }

    /// Mean, standard deviation, seven percentiles (all divided by 255), entropy in bits divided by 8, shares of
    /// dark and bright pixels, and the share of pixels that are not bright but have a channel at its limit.
    pub(super) fn describe(&self) -> [f32; 13] {
        let total = self.histogram.iter().sum::<u32>().max(1) as f32;
        let share = |counts: &[u32]| counts.iter().sum::<u32>() as f32 / total;
        let moment = |power: i32| {
            let sum: f64 = self
                .histogram
                .iter()
                .zip(0..=u8::MAX)
                .map(|(count, it)| f64::from(*count) * f64::from(it).powi(power))
                .sum();
            (sum / f64::from(total)) as f32
        };
        let (mean, square) = (moment(1), moment(2));
        let deviation = (square - mean * mean).max(0.0).sqrt();
        let quantile = |wanted: f32| {
            let mut seen = 0.0;
            let at = self.histogram.iter().position(|it| {
                seen += *it as f32;
                seen >= wanted * total
            });
            at.unwrap_or(255) as f32 / 255.0
        };
        let entropy: f32 = self
            .histogram
            .iter()
            .filter(|it| **it > 0)
            .map(|it| {
                let share = *it as f32 / total;
                -share * share.log2()
            })
            .sum();
        let [p01, p05, p25, p50, p75, p95, p99] = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map(quantile);
        let bright = share(&self.histogram[BRIGHT..]);
        let clipped = (self.clipped as f32 / total - bright).max(0.0);
        [
            mean / 255.0,
            deviation / 255.0,
            p01,
            p05,
            p25,
            p50,
            p75,
            p95,
            p99,
            entropy / 8.0,
            share(&self.histogram[..=DARK]),
            bright,
            clipped,
        ]
    }
}

const _: () = assert!(SIDE * SIDE * super::TILES < u32::MAX as usize);
