//! Fits one table and says how long it took and how well it predicts; `benches/boosting/run.py` runs it.
//!
//! ```console
//! bench TABLE LOSS ROWS COLUMNS THREADS ROUNDS
//! ```
//!
//! `TABLE` holds single-precision numbers in the machine's byte order, column after column, the target last; half of
//! its `ROWS` are for training, the rest for testing. `LOSS` is `squared`, or `binomial` for whether the target is
//! above zero.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use gancho_boosting::{Binned, Booster, BoostingError, Columns, Loss, Settings, Target};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, loss, numbers @ ..] = arguments.as_slice() else {
        return Err("name a table and a loss".into());
    };
    let loss = match loss.as_str() {
        "squared" => Loss::Squared,
        "binomial" => Loss::Binomial,
        _ => return Err("the loss is `squared` or `binomial`".into()),
    };
    let numbers: Vec<usize> = numbers.iter().map(|it| it.parse()).collect::<Result<_, _>>()?;
    let [rows, width, threads, rounds] = numbers[..] else { return Err("four numbers are needed".into()) };
    let bytes = std::fs::read(path)?;
    let values: Vec<f32> = bytes.as_chunks().0.iter().map(|it| f32::from_ne_bytes(*it)).collect();
    drop(bytes);
    let mut columns: Vec<Vec<f32>> = values.chunks(rows).map(<[f32]>::to_vec).collect();
    let value = |it: f32| if loss == Loss::Binomial { f64::from(it > 0.0) } else { f64::from(it) };
    let target: Vec<f64> = columns.pop().unwrap_or_default().into_iter().map(value).collect();
    if columns.len() != width {
        return Err("the table has another size".into());
    }
    let columns = Columns::new(columns)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    pool.install(|| measure(&columns, &target, loss, rounds))?;
    Ok(())
}

fn measure(columns: &Columns, target: &[f64], loss: Loss, rounds: usize) -> Result<(), BoostingError> {
    let half = columns.len() / 2;
    let train: Vec<u32> = (0..half as u32).collect();
    let start = Instant::now();
    // As its peer does, bin the training rows only: those for testing are predicted from their values.
    let binned = Binned::of(&columns.select(&train)?, 255, None)?;
    let bin_seconds = start.elapsed().as_secs_f64();
    let settings = Settings { loss, rounds, learning_rate: 0.05, ..Settings::default() };
    let start = Instant::now();
    let cpu_before = cpu_seconds();
    let booster = Booster::fit(&binned, &Target::of(&target[..half]), &train, &settings, None)?;
    let (fit_seconds, fit_cpu) = (start.elapsed().as_secs_f64(), cpu_seconds() - cpu_before);
    let start = Instant::now();
    let margins = booster.margins(columns);
    let predict_seconds = start.elapsed().as_secs_f64();
    let errors = margins[half..].iter().zip(&target[half..]).map(|(margin, target)| match loss {
        Loss::Binomial => margin.max(0.0) + (-margin.abs()).exp().ln_1p() - target * margin,
        _ => (margin - target).powi(2),
    });
    let error = errors.sum::<f64>() / (columns.len() - half) as f64;
    println!(
        "{{\"bin_s\":{bin_seconds},\"fit_s\":{fit_seconds},\"fit_cpu_s\":{fit_cpu},\"predict_s\":{predict_seconds},\"error\":{error},\"peak_mb\":{}}}",
        peak_megabytes()
    );
    Ok(())
}

/// Processor time of all threads so far, in the system's ticks of a hundredth of a second.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    fields.skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most memory this process ever held, where the system tells.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:"));
    line.and_then(|it| it.trim().strip_suffix(" kB"))
        .and_then(|it| it.trim().parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
