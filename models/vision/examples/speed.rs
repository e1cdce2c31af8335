//! Milliseconds for a picture on the CPU: `cargo run --example speed -- WEIGHTS_FILE`.
//!
//! One thread inside its own rayon pool, then all workers with one picture each.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::time::Instant;

use gancho_inference::{Compute, Workers};
use gancho_vision::{Input, Recipe, VisionModel, heads, trunk};

const RUNS: usize = 40;

fn main() {
    let path = std::env::args().nth(1).unwrap_or_else(|| "weights/vision.safetensors".to_owned());
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let model = VisionModel::load(&bytes, &Compute::cpu()).unwrap_or_else(|error| panic!("{error}"));
    let values = (0..Recipe::shipped().input_len()).map(|it| ((it * 37 % 1009) as f32 / 504.5) - 1.0);
    let input = Input::from_values(&values.collect::<Vec<f32>>()).unwrap();

    let timed = |work: &dyn Fn()| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64() * 1e3
    };
    let embed = |input: &Input| timed(&|| drop(model.embed(std::slice::from_ref(input)).unwrap()));
    let see = |input: &Input| timed(&|| drop(model.see(std::slice::from_ref(input)).unwrap()));
    let (trunk, heads) = (trunk::multiply_adds(trunk::TRUNK_SIDE), heads::multiply_adds());
    println!("multiply-adds: trunk {trunk}, heads {heads}");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    for threads in [1, cores] {
        let workers = Workers::new(threads).unwrap();
        let inputs = vec![input.clone(); RUNS * threads];
        // In turns, so that whatever else the machine does falls on both.
        let (embedding, seeing): (Vec<f64>, Vec<f64>) =
            workers.map(&inputs, |input| (embed(input), see(input))).into_iter().unzip();
        let (embedding, seeing) = (summary(embedding), summary(seeing));
        println!(
            "{threads} workers: embedding alone {:.2} ms (median {:.2}), everything {:.2} ms (median {:.2}): {:.2} times",
            embedding.0,
            embedding.1,
            seeing.0,
            seeing.1,
            seeing.1 / embedding.1
        );
    }
}

/// Minimum and median.
fn summary(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    (times[0], times[times.len() / 2])
}
