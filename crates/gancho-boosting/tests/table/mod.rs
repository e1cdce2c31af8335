//! Made-up tables for tests.
#![allow(dead_code, clippy::unwrap_used)]

use gancho_boosting::{Columns, Loss, Settings};

pub(crate) fn mix(seed: u64) -> u64 {
    let seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let seed = (seed ^ (seed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let seed = (seed ^ (seed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    seed ^ (seed >> 31)
}

/// A number from 0 to 1 that depends on row and column only.
pub(crate) fn number(row: usize, column: usize) -> f64 {
    (mix((row * 1009 + column) as u64) >> 11) as f64 / (1_u64 << 53) as f64
}

pub(crate) const WIDTH: usize = 6;

/// Six columns; one has holes, one is constant, one has three values.
pub(crate) fn columns(rows: usize) -> Columns {
    let value = |row: usize, column: usize| match column {
        2 if row.is_multiple_of(5) => f32::NAN,
        4 => 7.0,
        5 => (number(row, 5) * 3.0).floor() as f32,
        _ => number(row, column) as f32,
    };
    Columns::new((0..WIDTH).map(|column| (0..rows).map(|row| value(row, column)).collect()).collect())
        .unwrap()
}

/// A smooth signal with an interaction and an effect of holes, from about -1 to 2.
pub(crate) fn signal(row: usize) -> f64 {
    let part = if row.is_multiple_of(5) { 0.6 } else { -0.5 * number(row, 2) };
    number(row, 0) * 2.0 - 0.5 + part + if number(row, 1) > 0.5 { number(row, 3) } else { -0.3 }
}

/// A value that the loss takes, noisy around the signal.
pub(crate) fn value(loss: Loss, row: usize) -> f64 {
    let (signal, noise) = (signal(row), number(row, 77));
    match loss {
        Loss::Squared | Loss::Quantile { .. } => signal + noise - 0.5,
        Loss::Binomial => f64::from(noise < 1.0 / (1.0 + (-signal).exp())),
        Loss::Poisson => (signal.exp() * (0.5 + noise)).round(),
        Loss::Gamma => signal.exp() * (0.05 + noise),
        Loss::Tweedie { .. } => {
            if noise < 0.3 {
                0.0
            } else {
                signal.exp() * noise
            }
        }
        Loss::LambdaRank { .. } => (signal + noise).max(0.0).floor(),
    }
}

pub(crate) fn values(loss: Loss, rows: usize) -> Vec<f64> {
    (0..rows).map(|row| value(loss, row)).collect()
}

/// Groups of ten rows.
pub(crate) fn groups(rows: usize) -> Vec<u32> {
    (0..rows as u32).map(|row| row / 10).collect()
}

pub(crate) fn all(rows: usize) -> Vec<u32> {
    (0..rows as u32).collect()
}

pub(crate) const LOSSES: [Loss; 7] = [
    Loss::Squared,
    Loss::Binomial,
    Loss::Poisson,
    Loss::Gamma,
    Loss::Tweedie { power: 1.4 },
    Loss::Quantile { level: 0.8 },
    Loss::LambdaRank { truncation: 5 },
];

pub(crate) fn settings(loss: Loss) -> Settings {
    Settings { loss, rounds: 40, leaves: 12, min_leaf_rows: 5, ..Settings::default() }
}
