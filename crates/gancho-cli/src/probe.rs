//! Probing a device in a child process, because a driver may crash and must not take the program along.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use gancho::{ProbeOutcome, ProbeReport};

use crate::status::Status;

/// The first run compiles kernels: seconds on a GPU, up to two minutes on a software adapter.
const PATIENCE: Duration = Duration::from_secs(180);
const POLL: Duration = Duration::from_millis(20);

/// The child's part: tries the device and prints one line of JSON.
pub(crate) fn answer(selector: &str) -> Status {
    let report = gancho::probe(selector);
    let line = serde_json::to_string(&report).unwrap_or_default();
    match writeln!(io::stdout(), "{line}") {
        Ok(()) => Status::Done,
        Err(_) => Status::Output,
    }
}

/// The parent's part: runs this program again as `gancho __probe SELECTOR`.
pub(crate) fn in_child(selector: &str) -> ProbeOutcome {
    let crashed = |detail: String| ProbeOutcome::Crashed { detail };
    let child = std::env::current_exe().and_then(|program| {
        Command::new(program)
            .args(["__probe", selector])
            // A probe is one small network: trying every kernel variant would take longer than it runs.
            .env("CUBECL_AUTOTUNE_LEVEL", "minimal")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    });
    let mut child = match child {
        Ok(child) => child,
        Err(error) => return crashed(format!("the probe could not be started: {error}")),
    };
    let began = Instant::now();
    let status = loop {
        match child.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if began.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                return ProbeOutcome::TimedOut { seconds: PATIENCE.as_secs_f64() };
            }
            Ok(None) => std::thread::sleep(POLL),
            Err(error) => return crashed(error.to_string()),
        }
    };
    let mut output = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        let _ = stdout.read_to_string(&mut output);
    }
    let last = output.lines().last().unwrap_or_default();
    match serde_json::from_str::<ProbeReport>(last) {
        Ok(report) => ProbeOutcome::Report(report),
        Err(_) => crashed(status.to_string()),
    }
}
