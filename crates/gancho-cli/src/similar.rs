//! `gancho similar`.

use gancho::{CommentReader, CopyRequest, Engine, Library, LibraryOptions, SimilarRequest};
use gancho_report::{SimilarReport, render};

use crate::args::{SimilarArgs, SimilarFormat};
use crate::console::Console;
use crate::probe;
use crate::settings::with_user_cache;
use crate::status::Status;

pub(crate) fn run(args: &SimilarArgs, console: &Console) -> Status {
    if let Some(text) = &args.text {
        return copy(text, args, console);
    }
    let report = match compared(args, console) {
        Ok(report) => report,
        Err(error) => return console.fail(&error),
    };
    let written = console.write(args.library.output.as_deref(), |out| match args.format {
        SimilarFormat::Table => render::similar_table(&report, &console.messages, console.width(), out),
        SimilarFormat::Json => render::similar_json(&report, out),
        SimilarFormat::Jsonl => render::similar_jsonl(&report, out),
        SimilarFormat::Csv => render::similar_csv(&report, out),
    });
    if written != Status::Done {
        return written;
    }
    let counts = &report.manifest.counts;
    if args.format != SimilarFormat::Table && counts.quarantined + counts.faults > 0 {
        let args = [("quarantined", counts.quarantined.into()), ("faults", counts.faults.into())];
        console.tell("cli-left-out", &args);
    }
    let flawed = counts.quarantined + counts.faults > 0;
    if args.library.strict && flawed { Status::Findings } else { Status::Done }
}

/// Copy that means the same as a text.
fn copy(text: &str, args: &SimilarArgs, console: &Console) -> Status {
    let found = || {
        let options =
            LibraryOptions { allow_outside: args.library.allow_outside, ..LibraryOptions::default() };
        let library = Library::open(&args.library.inputs, &options)?;
        let reader = CommentReader::open(&args.machine.machine.settings(), &probe::in_child)?;
        let request = CopyRequest {
            text: text.to_owned(),
            min_similarity: args.min_similarity.unwrap_or(-1.0),
            top: args.top,
            locale: console.messages.locale(),
        };
        reader.similar_copy(&library, &request, &console.progress("progress-comments"))
    };
    let report = match found() {
        Ok(report) => report,
        Err(error) => return console.fail(&error),
    };
    let written = console.write(args.library.output.as_deref(), |out| match args.format {
        SimilarFormat::Table => render::copy_matches_table(&report, &console.messages, console.width(), out),
        SimilarFormat::Json => render::copy_matches_json(&report, out),
        SimilarFormat::Jsonl => render::copy_matches_jsonl(&report, out),
        SimilarFormat::Csv => render::copy_matches_csv(&report, out),
    });
    match written {
        Status::Done if args.library.strict && !report.faults.is_empty() => Status::Findings,
        other => other,
    }
}

fn compared(args: &SimilarArgs, console: &Console) -> Result<SimilarReport, gancho::Error> {
    let request = SimilarRequest {
        inputs: args.library.inputs.clone(),
        against: args.against.clone(),
        allow_outside: args.library.allow_outside,
        min_similarity: args.min_similarity.unwrap_or(gancho::LOOK_ALIKE_COSINE),
        top: args.top,
        drops: args.diversity.then_some(args.drop),
        locale: console.messages.locale(),
    };
    let library = request.open()?;
    let settings = args.machine.settings(args.limits.limits()).or(&library.config)?;
    let mut engine = Engine::open(&with_user_cache(settings), &probe::in_child)?;
    engine.similar(&library, &request, &console.progress("progress-evidence"))
}
