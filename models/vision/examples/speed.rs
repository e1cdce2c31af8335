//! Milliseconds for a picture on the CPU: `cargo run --example speed -- WEIGHTS_FILE`.
//!
//! One thread inside its own rayon pool, then all workers with one picture each.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use gancho_inference::{Compute, Workers};
use gancho_vision::{Input, Recipe, VisionModel, trunk};

const RUNS: usize = 40;

fn main() {
    let path = std::env::args().nth(1).unwrap_or_else(|| "weights/vision.safetensors".to_owned());
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let model = VisionModel::load(&bytes, &Compute::cpu()).unwrap_or_else(|error| panic!("{error}"));
    let values = (0..Recipe::shipped().input_len()).map(|it| ((it * 37 % 1009) as f32 / 504.5) - 1.0);
    let input = Input::from_values(values.collect()).unwrap();

    let once = |input: &Input| {
        let start = Instant::now();
        model.embed(std::slice::from_ref(input)).unwrap();
        start.elapsed().as_secs_f64() * 1e3
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, cores] {
        let workers = Workers::new(threads).unwrap();
        let inputs = vec![input.clone(); RUNS * threads];
        let start = Instant::now();
        let mut times = workers.map(&inputs, once);
        let seconds = start.elapsed().as_secs_f64();
        times.sort_by(f64::total_cmp);
        println!(
            "{threads} workers: minimum {:.2} ms, median {:.2} ms, {:.0} pictures/s, {:.1} G multiply-adds/s/thread",
            times[0],
            times[times.len() / 2],
            inputs.len() as f64 / seconds,
            trunk::multiply_adds(160) as f64 / times[0] / 1e6
        );
    }
}
