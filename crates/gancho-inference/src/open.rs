//! From the device that was asked for to a device that works.

use std::fmt;

use serde::Serialize;

use crate::device::{Compute, open_selector};
use crate::probe::{ProbeOutcome, ProbeReport};
use crate::{DeviceChoice, DeviceError};

/// A device, and what was tried on the way to it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The device to compute on.
    pub compute: Compute,
    /// Every probe that was run, in order; empty when the CPU was asked for.
    pub attempts: Vec<Attempt>,
}

/// One probe and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attempt {
    /// What the child process was asked to probe, such as `gpu` or `wgpu:0`.
    pub selector: String,
    /// Whether the device is used, or why not.
    pub verdict: Verdict,
    /// The child's report, when it lived to give one.
    pub report: Option<ProbeReport>,
}

/// Whether a probed device is used, or why not.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum Verdict {
    /// It agreed with the CPU and was opened.
    Chosen {
        /// The name that the device gives itself.
        adapter: String,
    },
    /// It is a CPU that poses as a graphics adapter, slower than the CPU itself.
    Software {
        /// Its selector, with which it can be asked for explicitly.
        adapter: String,
    },
    /// Its results differ from the CPU's.
    Disagrees {
        /// Largest difference as a fraction of the operation's largest value.
        difference: f64,
        /// The operation in which it was found.
        operation: String,
    },
    /// The probe ended with an error: no such device, or the driver refused.
    Failed {
        /// What the driver said.
        detail: String,
    },
    /// The probe died, which is what a crash in a driver looks like.
    Crashed {
        /// Exit status or signal.
        detail: String,
    },
    /// The probe did not end in time.
    TimedOut {
        /// How long it was given, in seconds.
        seconds: f64,
    },
}

impl Verdict {
    /// Every code this type serializes with.
    pub const CODES: &[&str] = &["chosen", "software", "disagrees", "failed", "crashed", "timed-out"];
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen { adapter } => write!(f, "works: {adapter}"),
            Self::Software { adapter } => {
                write!(f, "only a software adapter, slower than the CPU (ask for it with {adapter})")
            }
            Self::Disagrees { difference, operation } => {
                write!(
                    f,
                    "computes {operation} differently from the CPU, by {difference:.1e} of its largest value"
                )
            }
            Self::Failed { detail } => f.write_str(detail),
            Self::Crashed { detail } => write!(f, "the driver crashed ({detail})"),
            Self::TimedOut { seconds } => write!(f, "no answer within {seconds} s"),
        }
    }
}

/// Opens the device that was asked for.
///
/// `probe` runs [`crate::probe`] with the given selector in a child process and says what became of it;
/// nothing in this process touches a driver before a child has survived doing the same.
/// [`DeviceChoice::Auto`] falls back to the CPU and never takes a software adapter; every other
/// choice is strict.
///
/// # Errors
/// [`DeviceError::NotInBuild`] when the backend was not compiled in, [`DeviceError::Unavailable`]
/// with everything that was tried when a strict choice cannot be met.
pub fn open(choice: DeviceChoice, probe: &dyn Fn(&str) -> ProbeOutcome) -> Result<Opened, DeviceError> {
    open_with(choice, probe, &open_selector)
}

/// [`open`] with the last step given from outside, so that tests need no GPU.
fn open_with(
    choice: DeviceChoice,
    probe: &dyn Fn(&str) -> ProbeOutcome,
    open_device: &dyn Fn(&str) -> Result<Compute, String>,
) -> Result<Opened, DeviceError> {
    let any_gpu = cfg!(feature = "wgpu") || cfg!(feature = "cuda");
    let selector = match choice {
        DeviceChoice::Cpu => return Ok(Opened { compute: Compute::cpu(), attempts: Vec::new() }),
        DeviceChoice::Auto if !any_gpu => {
            return Ok(Opened { compute: Compute::cpu(), attempts: Vec::new() });
        }
        DeviceChoice::Gpu if !any_gpu => return Err(not_in_build(choice, "wgpu")),
        DeviceChoice::Wgpu(_) if !cfg!(feature = "wgpu") => return Err(not_in_build(choice, "wgpu")),
        DeviceChoice::Cuda(_) if !cfg!(feature = "cuda") => return Err(not_in_build(choice, "cuda")),
        DeviceChoice::Auto => DeviceChoice::Gpu.to_string(),
        other => other.to_string(),
    };

    let mut attempts = Vec::new();
    // With both backends in the build, `gpu` means CUDA first; should its driver be broken, the
    // graphics API is a second way to the same card.
    let second_way = matches!(choice, DeviceChoice::Auto | DeviceChoice::Gpu) && cfg!(feature = "cuda");
    let selectors = [Some(selector), (second_way && cfg!(feature = "wgpu")).then(|| "wgpu".to_owned())];
    for selector in selectors.into_iter().flatten() {
        let allow_software = matches!(choice, DeviceChoice::Wgpu(_));
        let (attempt, compute) = attempt(selector, probe, open_device, allow_software);
        attempts.push(attempt);
        if let Some(compute) = compute {
            return Ok(Opened { compute, attempts });
        }
    }
    if choice == DeviceChoice::Auto {
        return Ok(Opened { compute: Compute::cpu(), attempts });
    }
    let tried: Vec<String> = attempts.iter().map(|it| format!("{}: {}", it.selector, it.verdict)).collect();
    Err(DeviceError::Unavailable { wanted: choice.to_string(), tried: tried.join("; ") })
}

fn not_in_build(choice: DeviceChoice, feature: &str) -> DeviceError {
    DeviceError::NotInBuild { wanted: choice.to_string(), feature: feature.to_owned() }
}

fn attempt(
    selector: String,
    probe: &dyn Fn(&str) -> ProbeOutcome,
    open_device: &dyn Fn(&str) -> Result<Compute, String>,
    allow_software: bool,
) -> (Attempt, Option<Compute>) {
    let (report, found) = match probe(&selector) {
        ProbeOutcome::Crashed { detail } => (None, Err(Verdict::Crashed { detail })),
        ProbeOutcome::TimedOut { seconds } => (None, Err(Verdict::TimedOut { seconds })),
        ProbeOutcome::Report(report) => {
            let judged = judge(&report, allow_software);
            (Some(report), judged)
        }
    };
    let opened = found.and_then(|found| open_device(&found).map_err(|detail| Verdict::Failed { detail }));
    let (verdict, compute) = match opened {
        Ok(compute) => (Verdict::Chosen { adapter: compute.name().to_owned() }, Some(compute)),
        Err(verdict) => (verdict, None),
    };
    (Attempt { selector, verdict, report }, compute)
}

/// The selector to open, or why it is not to be.
fn judge(report: &ProbeReport, allow_software: bool) -> Result<String, Verdict> {
    if let Some(detail) = &report.error {
        return Err(Verdict::Failed { detail: detail.clone() });
    }
    let Some(selector) = report.selector.clone() else {
        return Err(Verdict::Failed { detail: "no adapter was found".to_owned() });
    };
    if report.software && !allow_software {
        return Err(Verdict::Software { adapter: selector });
    }
    if !report.agrees() {
        let operation = report.worst.clone().unwrap_or_default();
        return Err(Verdict::Disagrees { difference: report.max_relative, operation });
    }
    Ok(selector)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    fn report(selector: &str) -> ProbeReport {
        ProbeReport {
            selector: Some(selector.to_owned()),
            worst: Some("matmul".to_owned()),
            max_relative: 1e-6,
            ..ProbeReport::default()
        }
    }

    /// Opens `choice` where every probe ends as given; the CPU stands in for the opened device.
    fn opened(choice: DeviceChoice, outcome: ProbeOutcome) -> (Result<Opened, DeviceError>, Vec<String>) {
        let probed = RefCell::new(Vec::new());
        let probe = |selector: &str| {
            probed.borrow_mut().push(format!("probe {selector}"));
            outcome.clone()
        };
        let open_device = |selector: &str| {
            probed.borrow_mut().push(format!("open {selector}"));
            Ok(Compute::cpu())
        };
        let result = open_with(choice, &probe, &open_device);
        (result, probed.into_inner())
    }

    #[cfg(feature = "wgpu")]
    fn broken() -> [ProbeOutcome; 5] {
        [
            ProbeOutcome::Crashed { detail: "signal 11".into() },
            ProbeOutcome::TimedOut { seconds: 60.0 },
            ProbeOutcome::Report(ProbeReport { error: Some("no adapter".into()), ..report("wgpu:0") }),
            ProbeOutcome::Report(ProbeReport { max_relative: 0.5, ..report("wgpu:0") }),
            ProbeOutcome::Report(ProbeReport::default()),
        ]
    }

    #[test]
    fn the_cpu_is_opened_without_a_probe() {
        let (result, steps) = opened(DeviceChoice::Cpu, ProbeOutcome::TimedOut { seconds: 0.0 });
        assert!(result.expect("the CPU").compute.is_cpu());
        assert!(steps.is_empty(), "{steps:?}");
    }

    #[cfg(feature = "wgpu")]
    #[test]
    fn a_gpu_that_passes_its_probe_is_opened_where_the_child_found_it() {
        for choice in [DeviceChoice::Auto, DeviceChoice::Gpu] {
            let (result, steps) = opened(choice, ProbeOutcome::Report(report("wgpu:2")));
            assert!(matches!(result.expect("a GPU").attempts[0].verdict, Verdict::Chosen { .. }));
            assert_eq!(steps, ["probe gpu", "open wgpu:2"]);
        }
        let (_, steps) = opened(DeviceChoice::Wgpu(Some(1)), ProbeOutcome::Report(report("wgpu:1")));
        assert_eq!(steps, ["probe wgpu:1", "open wgpu:1"]);
    }

    #[cfg(feature = "wgpu")]
    #[test]
    fn auto_survives_every_kind_of_broken_driver_and_says_what_it_saw() {
        for outcome in broken() {
            let (result, _) = opened(DeviceChoice::Auto, outcome.clone());
            let opened = result.expect("the CPU is always there");
            assert!(opened.compute.is_cpu());
            assert!(!matches!(opened.attempts[0].verdict, Verdict::Chosen { .. }), "{outcome:?}");
        }
    }

    #[cfg(feature = "wgpu")]
    #[test]
    fn a_strict_choice_fails_with_what_was_tried() {
        for outcome in broken() {
            for choice in [DeviceChoice::Gpu, DeviceChoice::Wgpu(None), DeviceChoice::Wgpu(Some(0))] {
                let (result, _) = opened(choice, outcome.clone());
                let Err(DeviceError::Unavailable { wanted, tried }) = result else {
                    panic!("{choice} with {outcome:?} must fail");
                };
                assert_eq!(wanted, choice.to_string());
                assert!(tried.starts_with(&format!("{choice}: ")), "{tried}");
            }
        }
    }

    #[cfg(feature = "wgpu")]
    #[test]
    fn a_software_adapter_is_only_used_when_asked_for_by_name() {
        let outcome = ProbeOutcome::Report(ProbeReport { software: true, ..report("wgpu:0") });
        let (auto, steps) = opened(DeviceChoice::Auto, outcome.clone());
        assert!(auto.expect("the CPU").compute.is_cpu());
        assert!(!steps.iter().any(|it| it.starts_with("open")), "{steps:?}");
        assert!(opened(DeviceChoice::Gpu, outcome.clone()).0.is_err());
        assert!(opened(DeviceChoice::Wgpu(None), outcome).0.is_ok());
    }

    #[cfg(not(feature = "cuda"))]
    #[test]
    fn cuda_without_its_feature_is_an_error_that_names_the_feature() {
        let (result, steps) = opened(DeviceChoice::Cuda(Some(1)), ProbeOutcome::Report(report("cuda:1")));
        let error = result.expect_err("not in this build");
        assert_eq!(error, DeviceError::NotInBuild { wanted: "cuda:1".into(), feature: "cuda".into() });
        assert!(steps.is_empty(), "{steps:?}");
    }

    #[test]
    fn the_list_of_codes_is_complete() {
        let text = || String::from("x");
        let one_of_each = [
            Verdict::Chosen { adapter: text() },
            Verdict::Software { adapter: text() },
            Verdict::Disagrees { difference: 0.1, operation: text() },
            Verdict::Failed { detail: text() },
            Verdict::Crashed { detail: text() },
            Verdict::TimedOut { seconds: 1.0 },
        ];
        let codes: Vec<String> = one_of_each
            .iter()
            .map(|it| {
                serde_json::to_value(it).expect("plain fields")["code"].as_str().expect("a tag").to_owned()
            })
            .collect();
        assert_eq!(codes, Verdict::CODES);
    }
}
