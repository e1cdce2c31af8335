//! Time and peak memory of the ten nearest of every row, exactly, on random unit vectors of 512 numbers.
//!
//! `cargo run --release --workspace --example exact_top10 -- 20000`
#![allow(clippy::print_stdout)]

use std::time::Instant;

use gancho_similarity::Vectors;

fn main() {
    let rows: usize = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(20_000);
    let mut state = 1u64;
    let mut vectors = Vectors::new(512);
    for _ in 0..rows {
        let row: Vec<f32> = (0..512)
            .map(|_| {
                // SplitMix64 (Steele et al. 2014); any spread of directions will do.
                state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                ((mixed ^ (mixed >> 31)) >> 40) as f32 / (1u64 << 24) as f32 - 0.5
            })
            .collect();
        let length = row.iter().map(|it| it * it).sum::<f32>().sqrt();
        let unit: Vec<f32> = row.iter().map(|it| it / length).collect();
        vectors.push(&unit).expect("512 numbers");
    }
    let began = Instant::now();
    let found = vectors.neighbors(10, -1.0);
    let seconds = began.elapsed().as_secs_f64();
    let peak = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = peak.lines().find(|it| it.starts_with("VmHWM")).unwrap_or("VmHWM unknown").to_owned();
    let pairs = (rows as f64).powi(2);
    println!(
        "{rows} rows, {} threads: {seconds:.1} s, {:.1} million pairs a second, {} neighbors; {peak}",
        rayon::current_num_threads(),
        pairs / seconds / 1e6,
        found.iter().map(Vec::len).sum::<usize>()
    );
}
