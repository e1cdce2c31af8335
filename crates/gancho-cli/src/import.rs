//! `gancho import`.

use std::io::{self, IsTerminal};

use gancho::ImportRequest;
use gancho_report::{ImportReport, render};

use crate::args::{ImportArgs, ImportFormat};
use crate::console::Console;
use crate::status::Status;

pub(crate) fn run(args: &ImportArgs, console: &Console) -> Status {
    let request = ImportRequest {
        files: args.files.clone(),
        mapping: args.mapping.clone(),
        extra: args.extra,
        locale: console.messages.locale(),
    };
    let report = match gancho::import(&request) {
        Ok(report) => report,
        Err(error) => return console.fail(&error),
    };
    for refused in &report.refused {
        console.failed_with(&refused.note.text);
    }
    if report.rows.is_empty() {
        return Status::Input;
    }
    let format = format(args);
    let written = console.write(args.output.as_deref(), |out| match format {
        ImportFormat::Table => render::performance_table(&report, &console.messages, console.width(), out),
        ImportFormat::Jsonl => render::performance_jsonl(&report, out),
        ImportFormat::Csv => render::performance_csv(&report, out),
    });
    if written != Status::Done {
        return written;
    }
    tell(&report, format, console);
    if report.refused.is_empty() { Status::Done } else { Status::Input }
}

/// What was asked for; else words for a person at a terminal and records for everything else.
fn format(args: &ImportArgs) -> ImportFormat {
    let for_a_person = args.output.is_none() && io::stdout().is_terminal();
    args.format.unwrap_or(if for_a_person { ImportFormat::Table } else { ImportFormat::Jsonl })
}

/// Says what a table shows itself: warnings, and how much was left out.
fn tell(report: &ImportReport, format: ImportFormat, console: &Console) {
    if format != ImportFormat::Table {
        for warning in &report.warnings {
            console.say(&format!("{}: {}", warning.file, warning.note.text));
        }
    }
    let args = [("rows", report.rows.len().into()), ("skipped", report.skipped.len().into())];
    console.detail(&console.messages.text("cli-imported", &args));
}
