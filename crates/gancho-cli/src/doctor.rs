//! `gancho doctor`.

use std::fmt::Write;

use gancho::{DoctorReport, Limits, doctor};

use crate::args::DoctorArgs;
use crate::console::Console;
use crate::probe;
use crate::settings::with_user_cache;
use crate::status::Status;

pub(crate) fn run(args: &DoctorArgs, console: &Console) -> Status {
    let report = doctor(&with_user_cache(args.machine.settings(Limits::default())), &probe::in_child);
    let text = in_words(&report, console);
    match console.write(None, |out| out.write_all(text.as_bytes())) {
        Status::Done if !report.healthy() => Status::Unavailable,
        written => written,
    }
}

fn in_words(report: &DoctorReport, console: &Console) -> String {
    let say = |key: &str, args: &[(&str, gancho_report::Arg)]| console.messages.text(key, args);
    let mut text = String::new();
    let mut line = |it: String| {
        let _ = writeln!(text, "{it}"); // writing to a String cannot fail
    };
    line(format!("gancho {}", report.version));
    match &report.device {
        Ok(name) => line(say("doctor-device", &[("name", name.as_str().into())])),
        Err(error) => {
            line(say("doctor-no-device", &[("detail", console.messages.of("device", error).as_str().into())]))
        }
    }
    line(say("doctor-threads", &[("threads", (report.threads.get() as u64).into())]));
    for attempt in &report.attempts {
        let verdict = console.messages.of("device-verdict", &attempt.verdict);
        line(say(
            "doctor-tried",
            &[("device", attempt.selector.as_str().into()), ("verdict", verdict.as_str().into())],
        ));
    }
    for it in &report.comparisons {
        let adapter = it.adapter.as_deref().or(it.selector.as_deref()).unwrap_or("?");
        let difference = format!("{:.1e}", it.max_absolute);
        let relative = format!("{:.1e}", it.max_relative);
        line(say(
            if it.error.is_some() { "doctor-comparison-failed" } else { "doctor-comparison" },
            &[
                ("adapter", adapter.into()),
                ("difference", difference.as_str().into()),
                ("relative", relative.as_str().into()),
                ("first", it.first_ms.into()),
                ("warm", it.warm_ms.into()),
                ("detail", it.error.as_deref().unwrap_or_default().into()),
            ],
        ));
    }
    for check in &report.checks {
        let key = format!("doctor-{}{}", check.subject, if check.healthy { "" } else { "-bad" });
        line(say(&key, &[("found", check.found.as_str().into())]));
    }
    line(say(if report.healthy() { "doctor-healthy" } else { "doctor-unhealthy" }, &[]));
    text
}
