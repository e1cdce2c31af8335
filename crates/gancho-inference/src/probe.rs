//! Does a device compute what the CPU computes? A small network with fixed weights answers.
//!
//! It holds one of each kind of operation that our networks use, because drivers fail by
//! operation: one that adds correctly may crash while compiling a matrix product. [`probe`] is
//! what a *child process* runs and prints as one line of JSON; the parent reads it, or learns from
//! the child's end that the driver crashed or hung.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use burn::tensor::module::{conv2d, linear};
use burn::tensor::ops::ConvOptions;
use burn::tensor::{Device, Tensor, TensorData};
use serde::{Deserialize, Serialize};

use crate::device::{Adapter, Compute, adapters, open_selector};

/// The largest difference from the CPU that passes, as a fraction of the largest value of the
/// operation. Single precision differs by about 1e-6; reduced-precision matrix units by about 1e-3.
pub const PROBE_TOLERANCE: f64 = 1e-3;

/// What the child process found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ProbeReport {
    /// What was asked for, such as `gpu` or `wgpu:0`.
    pub requested: String,
    /// The device that answers to it, such as `wgpu:0`; absent when none does.
    pub selector: Option<String>,
    /// The name that the device gives itself; absent when it was not opened.
    pub adapter: Option<String>,
    /// Whether it is a CPU that poses as a graphics adapter.
    pub software: bool,
    /// Largest difference from the CPU.
    pub max_absolute: f64,
    /// The same as a fraction of the operation's largest value.
    pub max_relative: f64,
    /// The operation in which the relative difference was largest.
    pub worst: Option<String>,
    /// Time of the first run, which compiles and tunes every kernel, in milliseconds.
    pub first_ms: f64,
    /// Time of the second run, in milliseconds.
    pub warm_ms: f64,
    /// All adapters that were found, best first.
    pub adapters: Vec<Adapter>,
    /// Why there is no result.
    pub error: Option<String>,
}

impl ProbeReport {
    /// Whether the network ran and agreed with the CPU within [`PROBE_TOLERANCE`].
    pub fn agrees(&self) -> bool {
        self.error.is_none() && self.worst.is_some() && self.max_relative <= PROBE_TOLERANCE
    }
}

/// What became of the child process that ran [`probe`].
#[derive(Debug, Clone, PartialEq)]
pub enum ProbeOutcome {
    /// It printed its report.
    Report(ProbeReport),
    /// It ended without one: a crash of the driver, or the program could not be started.
    Crashed {
        /// Exit status or signal, and what else is known.
        detail: String,
    },
    /// It did not end in time and was killed.
    TimedOut {
        /// How long it was given, in seconds.
        seconds: f64,
    },
}

/// Runs the small network on the device behind `selector` and on the CPU, and compares.
///
/// `selector` is `cpu`, `wgpu`, `wgpu:N`, `cuda`, `cuda:N`, or `gpu` for the best adapter that is
/// not software. A software adapter found under `gpu` is named in the report and not run: it
/// would take seconds to learn something that nobody would use.
///
/// Call this in a child process. A Rust panic ends up in [`ProbeReport::error`]; a crash or a hang
/// inside the driver does not.
pub fn probe(selector: &str) -> ProbeReport {
    let run = || run_probe(selector);
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
        failed(selector, format!("the driver or its runtime panicked: {text}"))
    })
}

fn failed(requested: &str, error: String) -> ProbeReport {
    ProbeReport { requested: requested.to_owned(), error: Some(error), ..ProbeReport::default() }
}

fn run_probe(requested: &str) -> ProbeReport {
    let adapters = if requested == "cpu" { Vec::new() } else { adapters() };
    let (selector, software) = match resolve(requested, &adapters) {
        Ok(resolved) => resolved,
        Err(error) => return ProbeReport { adapters, ..failed(requested, error) },
    };
    let base = ProbeReport {
        requested: requested.to_owned(),
        selector: Some(selector.clone()),
        software,
        adapters,
        ..ProbeReport::default()
    };
    if software && requested == "gpu" {
        return base;
    }
    match open_selector(&selector).and_then(|compute| compare(&compute, base.clone())) {
        Ok(report) => report,
        Err(error) => ProbeReport { error: Some(error), ..base },
    }
}

/// The device that answers to a request, and whether it is software.
fn resolve(requested: &str, adapters: &[Adapter]) -> Result<(String, bool), String> {
    let found = match requested {
        "cpu" => return Ok((requested.to_owned(), false)),
        "gpu" => adapters.first(),
        backend @ ("wgpu" | "cuda") => {
            adapters.iter().find(|it| it.selector.split(':').next() == Some(backend))
        }
        selector => adapters.iter().find(|it| it.selector == selector),
    };
    match found {
        Some(adapter) => Ok((adapter.selector.clone(), adapter.is_software())),
        None if adapters.is_empty() => Err("no adapter was found".to_owned()),
        None => {
            let known: Vec<&str> = adapters.iter().map(|it| it.selector.as_str()).collect();
            Err(format!("no such adapter; found: {}", known.join(", ")))
        }
    }
}

fn compare(compute: &Compute, report: ProbeReport) -> Result<ProbeReport, String> {
    let expected = stations(&Device::flex())?;
    let start = Instant::now();
    stations(compute.device())?;
    let first_ms = start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    let found = stations(compute.device())?;
    let warm_ms = start.elapsed().as_secs_f64() * 1e3;

    let mut report = ProbeReport {
        adapter: Some(compute.name().to_owned()),
        software: compute.is_software(),
        first_ms,
        warm_ms,
        ..report
    };
    for ((station, expected), (_, found)) in expected.iter().zip(&found) {
        let (absolute, relative) = difference(expected, found);
        report.max_absolute = report.max_absolute.max(absolute);
        if report.worst.is_none() || relative > report.max_relative {
            report.max_relative = relative;
            report.worst = Some((*station).to_owned());
        }
    }
    Ok(report)
}

/// Largest absolute difference, and the same over the largest expected value. A value that is not
/// a number, or a length that differs, is an infinite difference.
fn difference(expected: &[f32], found: &[f32]) -> (f64, f64) {
    if expected.len() != found.len() || found.iter().any(|it| !it.is_finite()) {
        return (f64::MAX, f64::MAX);
    }
    let largest = expected.iter().fold(0.0, |largest: f64, it| largest.max(f64::from(it.abs())));
    let pairs = expected.iter().zip(found);
    let absolute = pairs.fold(0.0, |most: f64, (a, b)| most.max((f64::from(*a) - f64::from(*b)).abs()));
    (absolute, absolute / largest.max(f64::MIN_POSITIVE))
}

type Station = (&'static str, Vec<f32>);

/// The small network: every kind of operation once, its output read back after each.
fn stations(device: &Device) -> Result<Vec<Station>, String> {
    let mut seed = Seed(2026);
    let mut read = Vec::new();

    let square = seed.tensor([64, 64], device);
    read.push(("matmul", values(square.clone().matmul(square.transpose()))?));

    let picture = seed.tensor::<4>([1, 3, 32, 32], device);
    // Stride 2 with padding at the right and bottom only, as our networks have it.
    let options = ConvOptions::new_with_padding([2, 2], [(0, 1), (0, 1)], [1, 1], 1);
    let x = conv2d(picture, seed.tensor([16, 3, 3, 3], device), Some(seed.tensor([16], device)), options);
    let x = x.clamp(0.0, 6.0);
    read.push(("conv3x3", values(x.clone())?));

    let options = ConvOptions::new([1, 1], [1, 1], [1, 1], 16);
    let x = conv2d(x, seed.tensor([16, 1, 3, 3], device), Some(seed.tensor([16], device)), options);
    read.push(("depthwise", values(x.clone())?));

    let options = ConvOptions::new([1, 1], [0, 0], [1, 1], 1);
    let x = conv2d(x, seed.tensor([32, 16, 1, 1], device), Some(seed.tensor([32], device)), options);
    read.push(("conv1x1", values(x.clone())?));

    let pooled = x.reshape([1, 32, 256]).mean_dim(2).reshape([1, 32]);
    let y = linear(pooled, seed.tensor([32, 16], device), Some(seed.tensor([16], device)));
    read.push(("linear", values(y)?));
    Ok(read)
}

fn values<const D: usize>(tensor: Tensor<D>) -> Result<Vec<f32>, String> {
    let data = tensor.try_into_data().map_err(|error| format!("reading a result back failed: {error}"))?;
    data.try_to_vec::<f32>().map_err(|error| format!("a result has an unexpected type: {error:?}"))
}

/// A small generator of its own (SplitMix64), so that every device gets the same weights whatever
/// its own random numbers are.
struct Seed(u64);

impl Seed {
    /// A number in -1..1.
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        // The upper 24 bits fill the mantissa of an f32 exactly.
        (mixed >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }

    fn tensor<const D: usize>(&mut self, shape: [usize; D], device: &Device) -> Tensor<D> {
        let values: Vec<f32> = (0..shape.iter().product()).map(|_| self.next()).collect();
        Tensor::from_data(TensorData::new(values, shape), device)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_agrees_with_itself_to_the_last_bit() {
        let report = probe("cpu");
        assert!(report.agrees(), "{report:?}");
        assert_eq!(report.max_absolute, 0.0);
        let line = serde_json::to_string(&report).expect("plain fields");
        assert_eq!(serde_json::from_str::<ProbeReport>(&line).expect("what was written"), report);
    }

    #[test]
    fn no_result_is_trivially_equal() {
        for (station, values) in stations(&Device::flex()).expect("the CPU") {
            let spread = values.iter().fold(0.0, |most: f32, it| most.max((it - values[0]).abs()));
            assert!(spread > 0.1, "{station} is constant");
        }
    }

    #[test]
    fn a_wrong_number_and_a_missing_one_are_both_seen() {
        assert_eq!(difference(&[1.0, -4.0], &[1.0, -3.0]), (1.0, 0.25));
        assert_eq!(difference(&[1.0], &[f32::NAN]).1, f64::MAX);
        assert_eq!(difference(&[1.0], &[]).1, f64::MAX);
        let disagreeing =
            ProbeReport { worst: Some("matmul".into()), max_relative: 0.01, ..ProbeReport::default() };
        assert!(!disagreeing.agrees());
        assert!(!ProbeReport::default().agrees(), "a probe that never ran does not agree");
    }

    #[test]
    fn requests_resolve_to_adapters() {
        let adapter = |selector: &str, kind: &str| Adapter { selector: selector.into(), kind: kind.into() };
        let both = [adapter("cuda:0", "cuda"), adapter("wgpu:1", "discrete"), adapter("wgpu:0", "software")];
        assert_eq!(resolve("gpu", &both), Ok(("cuda:0".into(), false)));
        assert_eq!(resolve("wgpu", &both), Ok(("wgpu:1".into(), false)));
        assert_eq!(resolve("wgpu:0", &both), Ok(("wgpu:0".into(), true)));
        assert_eq!(resolve("wgpu:7", &both), Err("no such adapter; found: cuda:0, wgpu:1, wgpu:0".into()));
        assert_eq!(resolve("gpu", &[]), Err("no adapter was found".into()));
    }
}
