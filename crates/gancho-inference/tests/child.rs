//! The probe as it is used: in a child process, on whatever adapter this machine has.
//!
//! The test program starts itself again as the child. Without any adapter the child must say so;
//! with one (Mesa's lavapipe in continuous integration) its results must be the CPU's.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::process::Command;
use std::time::Instant;

use gancho_inference::{DeviceChoice, ProbeOutcome, ProbeReport, Verdict, open, probe};

/// Names the selector that the child is to probe.
const CHILD: &str = "GANCHO_TEST_PROBE";
/// Precedes the report on the child's standard output, which the test runner writes to as well.
const MARK: &str = "report: ";

#[test]
fn child() {
    if let Ok(selector) = std::env::var(CHILD) {
        println!("\n{MARK}{}", serde_json::to_string(&probe(&selector)).unwrap());
    }
}

fn probe_in_child(selector: &str) -> ProbeOutcome {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(CHILD, selector)
        // Lavapipe spends minutes on tuning that a test has no use for.
        .env("CUBECL_AUTOTUNE_LEVEL", "minimal")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match text.lines().find_map(|line| line.strip_prefix(MARK)) {
        Some(line) => ProbeOutcome::Report(serde_json::from_str(line).unwrap()),
        None => ProbeOutcome::Crashed { detail: output.status.to_string() },
    }
}

#[test]
fn a_child_reports_on_the_cpu() {
    let ProbeOutcome::Report(report) = probe_in_child("cpu") else { panic!("the CPU does not crash") };
    assert!(report.agrees(), "{report:?}");
}

#[test]
fn an_adapter_of_this_machine_computes_what_the_cpu_computes() {
    let start = Instant::now();
    let outcome = probe_in_child("wgpu");
    let seconds = start.elapsed().as_secs_f64();
    let ProbeOutcome::Report(report) = outcome else { panic!("{outcome:?}") };
    if report.adapters.is_empty() {
        assert_eq!(report.error.as_deref(), Some("no adapter was found"));
        println!("skipped: this machine has no graphics adapter, not even a software one");
        return;
    }
    println!("{seconds:.1} s: {report:?}");
    assert!(report.agrees(), "{report:?}");
}

#[test]
fn auto_never_ends_on_a_software_adapter() {
    let opened = open(DeviceChoice::Auto, &probe_in_child).unwrap();
    println!("{:?}", opened.attempts);
    assert!(!opened.compute.is_software());
    let chosen = opened.attempts.iter().any(|it| matches!(it.verdict, Verdict::Chosen { .. }));
    assert_eq!(chosen, !opened.compute.is_cpu());
}

#[test]
fn an_adapter_that_is_not_there_is_refused_by_name() {
    let ProbeOutcome::Report(report) = probe_in_child("wgpu:99") else { panic!("listing adapters crashed") };
    let ProbeReport { error: Some(error), selector: None, .. } = report else { panic!("{report:?}") };
    assert!(error.starts_with("no "), "{error}");
}
