//! `gancho see`.

use std::io::{self, IsTerminal};
use std::path::Path;

use gancho::{Drawing, Engine, Limits, SeeRequest, Seen};
use gancho_report::render;

use crate::args::{SeeArgs, SeeFormat};
use crate::console::Console;
use crate::probe;
use crate::score::stages;
use crate::settings::with_user_cache;
use crate::sink::write_to;
use crate::status::Status;

pub(crate) fn run(args: &SeeArgs, console: &Console) -> Status {
    let began = std::time::Instant::now();
    let (engine, seen) = match seen(args, console) {
        Ok(done) => done,
        Err(error) => return console.fail(&error),
    };
    let (output, report) = (args.library.output.as_deref(), &seen.report);
    let written = console.write(output, |out| match format(args) {
        SeeFormat::Table => {
            render::sights(report, &console.messages, console.width(), console.colored(), out)
        }
        SeeFormat::Json => render::sights_json(report, out),
        SeeFormat::Jsonl => render::sights_jsonl(report, out),
    });
    if written != Status::Done {
        return written;
    }
    if let Some(path) = output {
        let path = path.display().to_string();
        let pictures = report.sights.len();
        console.tell("cli-seen", &[("path", path.as_str().into()), ("pictures", pictures.into())]);
    }
    if let Some(folder) = &args.overlays {
        match draw(&engine, &seen, folder, console) {
            Status::Done => {}
            failed => return failed,
        }
    }
    // The table shows what was left out.
    if format(args) != SeeFormat::Table {
        for left_out in &report.quarantine {
            console.say(&format!("{}: {}", left_out.path, left_out.detail));
        }
        for fault in &report.faults {
            console.say(&format!("{}: {}", fault.place(), fault.detail));
        }
    }
    console.detail(&stages(&seen.timings, began.elapsed().as_secs_f64()));
    let flawed = !report.quarantine.is_empty() || !report.faults.is_empty();
    if args.library.strict && flawed { Status::Findings } else { Status::Done }
}

/// What was asked for; else words for a person at a terminal and records for everything else.
fn format(args: &SeeArgs) -> SeeFormat {
    let for_a_person = args.library.output.is_none() && io::stdout().is_terminal();
    args.format.unwrap_or(if for_a_person { SeeFormat::Table } else { SeeFormat::Jsonl })
}

fn seen(args: &SeeArgs, console: &Console) -> Result<(Engine, Seen), gancho::Error> {
    let limits: Limits = args.limits.limits();
    let mut engine = Engine::open(&with_user_cache(args.machine.settings(limits)), &probe::in_child)?;
    let request = SeeRequest {
        inputs: args.library.inputs.clone(),
        config: None,
        allow_outside: args.library.allow_outside,
        locale: console.messages.locale(),
    };
    let seen = engine.see(&request, &console.progress("progress-evidence"))?;
    Ok((engine, seen))
}

fn draw(engine: &Engine, seen: &Seen, folder: &Path, console: &Console) -> Status {
    let write = |drawing: &Drawing| {
        let path = folder.join(&drawing.name);
        let written = write_to(Some(&path), |out| out.write_all(&drawing.png));
        written.map(|_| ()).map_err(|error| io::Error::other(format!("{}: {}", drawing.name, error.detail)))
    };
    let drawn = match std::fs::create_dir_all(folder) {
        Ok(()) => match engine.draw(seen, &write, &console.progress("progress-drawing")) {
            Ok(drawn) => drawn,
            Err(error) => return console.fail(&error),
        },
        Err(error) => Err(error),
    };
    let path = folder.display().to_string();
    match drawn {
        Ok(pictures) => {
            console.tell("cli-overlays", &[("path", path.as_str().into()), ("pictures", pictures.into())]);
            Status::Done
        }
        Err(error) => {
            let detail = error.to_string();
            let args = [("path", path.as_str().into()), ("detail", detail.as_str().into())];
            console.output_failed("cli-overlays-failed", &args)
        }
    }
}
