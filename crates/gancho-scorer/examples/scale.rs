//! Time and memory of a large account: `cargo run --release -p gancho-scorer --example scale -- [ROWS] [COLUMNS] [NEW]`.
//!
//! Learns from ROWS creatives (20,000) of 400 campaigns with COLUMNS features (600) and binomial counts, then judges
//! NEW other creatives (100,000) by the model.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/simulator/mod.rs"]
mod simulator;

use std::sync::Arc;
use std::time::Instant;

use gancho_scorer::evaluate::SplitMix64;
use gancho_scorer::learn::{Carry, Cases, Counts, Features, HoldOut, Objective, Target};
use gancho_scorer::{BacktestOptions, LearnOptions, train};
use rayon::prelude::*;

const CAMPAIGNS: usize = 400;
/// Columns that do something.
const EFFECTIVE: usize = 20;

fn content(rows: usize, columns: usize, salt: u64) -> Features {
    let column = |column: usize| {
        let mut random = SplitMix64::new(salt + column as u64);
        (0..rows).map(|_| random.normal() as f32).collect()
    };
    Features {
        names: (0..columns).map(|it| format!("picture.{it:03}")).collect(),
        columns: (0..columns).into_par_iter().map(column).collect(),
    }
}

fn account(rows: usize, columns: usize) -> Cases {
    let content = content(rows, columns, 1);
    let mut random = SplitMix64::new(7);
    let levels: Vec<f64> = (0..CAMPAIGNS).map(|_| -3.9 + 0.6 * random.normal()).collect();
    let counts = |row: usize, random: &mut SplitMix64| {
        let effect = |it: &Vec<f32>| 0.1 * f64::from(it[row]);
        let odds = levels[row % CAMPAIGNS]
            + content.columns.iter().take(EFFECTIVE).map(effect).sum::<f64>()
            + 0.2 * random.normal();
        let impressions = (8.5 + 0.8 * random.normal()).exp().round().max(1.0);
        let clicks = simulator::binomial(random, impressions as u64, 1.0 / (1.0 + (-odds).exp()));
        Counts { impressions: Some(impressions), clicks: Some(clicks as f64), ..Counts::default() }
    };
    let counts = (0..rows).map(|it| counts(it, &mut random)).collect();
    Cases {
        creatives: (0..rows).map(|it| format!("c{it:06}")).collect(),
        prior: vec![0.0; rows],
        content: Arc::new(content),
        groups: (0..CAMPAIGNS).map(|it| format!("g{it:03}")).collect(),
        creative: (0..rows).collect(),
        group: (0..rows).map(|it| it % CAMPAIGNS).collect(),
        day: vec![None; rows],
        counts,
        ..Cases::default()
    }
}

fn fresh(rows: usize, columns: usize) -> Cases {
    Cases {
        creatives: (0..rows).map(|it| format!("n{it:06}")).collect(),
        prior: vec![0.0; rows],
        content: Arc::new(content(rows, columns, 1_000_003)),
        ..Cases::default()
    }
}

/// Seconds of processor time and the peak of memory, as the kernel counts them.
fn used() -> (f64, String) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: f64 = stat.split(' ').skip(13).take(2).filter_map(|it| it.parse::<f64>().ok()).sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or("unknown");
    (ticks / 100.0, peak.trim().to_owned())
}

fn main() {
    let numbers: Vec<usize> = std::env::args().skip(1).map(|it| it.parse().unwrap()).collect();
    let number = |at: usize, default: usize| numbers.get(at).copied().unwrap_or(default);
    let (rows, columns, new) = (number(0, 20_000), number(1, 600), number(2, 100_000));
    let learn = LearnOptions {
        target: Target::Ctr,
        objective: Objective::Likelihood,
        hold_out: HoldOut::Campaign,
        carry: Carry { mean: 0.0, deviation: 0.5 },
    };
    let cases = account(rows, columns);
    let (start, before) = (Instant::now(), used().0);
    let (model, test) = train(&cases, &[], &BacktestOptions { learn, allow_leaks: true }).unwrap();
    let (processor, peak) = used();
    println!(
        "train {rows} x {columns}: {:.1} s, {:.1} s of processors, peak {peak}; rank correlation {:.3}, file {:.1} MB",
        start.elapsed().as_secs_f64(),
        processor - before,
        test.evaluation.content.spearman.unwrap().value,
        model.to_bytes().unwrap().len() as f64 / 1e6,
    );
    drop((cases, test));
    let cases = fresh(new, columns);
    let (start, before) = (Instant::now(), used().0);
    let applied = model.apply(&cases);
    let (processor, peak) = used();
    println!(
        "judge {new} x {columns}: {:.1} s, {:.1} s of processors, peak {peak}; {} names, {} abstentions",
        start.elapsed().as_secs_f64(),
        processor - before,
        applied.names.len(),
        applied.opinions.iter().filter(|it| it.abstained.is_some()).count(),
    );
}
