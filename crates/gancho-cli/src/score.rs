//! `gancho score`.

use gancho::{Engine, Explain, ScoreRequest, Timings};
use gancho_report::{Report, render};

use crate::args::{ScoreArgs, ScoreFormat};
use crate::console::Console;
use crate::probe;
use crate::settings::with_user_cache;
use crate::status::Status;

/// Creatives of the page that get a thumbnail: beyond these a page is scrolled by nobody, only heavy.
const THUMBNAILS: usize = 500;
/// What a page explains when nobody says otherwise: as many as one reads.
const EXPLAINED: Explain = Explain::Ends(3);

pub(crate) fn run(args: &ScoreArgs, console: &Console) -> Status {
    let request = ScoreRequest {
        inputs: args.library.inputs.clone(),
        performance: args.performance.clone(),
        comments: args.comments.clone(),
        model: args.model.clone(),
        config: args.config.clone(),
        allow_outside: args.library.allow_outside,
        locale: console.messages.locale(),
        thumbnails: if args.format == ScoreFormat::Html { THUMBNAILS } else { 0 },
        explain: args.explain.unwrap_or(match args.format {
            ScoreFormat::Html => EXPLAINED,
            _ => Explain::default(),
        }),
    };
    let (report, timings) = match ranked(args, &request, console) {
        Ok(done) => done,
        Err(error) => return console.fail(&error),
    };
    let written = console.write(args.library.output.as_deref(), |out| match args.format {
        ScoreFormat::Table => {
            render::table(&report, &console.messages, console.width(), console.colored(), out)
        }
        ScoreFormat::Json => render::json(&report, out),
        ScoreFormat::Jsonl => render::jsonl(&report, out),
        ScoreFormat::Csv => render::csv(&report, out),
        ScoreFormat::Html => render::html(&report, &console.messages, out),
    });
    if written != Status::Done {
        return written;
    }
    summarize(args, &report, &timings, console);
    let flawed = !report.quarantine.is_empty() || !report.faults.is_empty();
    if args.library.strict && flawed { Status::Findings } else { Status::Done }
}

fn ranked(
    args: &ScoreArgs,
    request: &ScoreRequest,
    console: &Console,
) -> Result<(Report, Timings), gancho::Error> {
    let library = request.open()?;
    let mut settings = args.machine.settings(args.limits.limits()).or(&library.config)?;
    settings.text_model = args.text_model.text_model.clone();
    let mut engine = Engine::open(&with_user_cache(settings), &probe::in_child)?;
    for attempt in engine.attempts() {
        console.detail(&format!("{}: {}", attempt.selector, attempt.verdict));
    }
    engine.score(&library, request, &console.progress("progress-evidence"))
}

fn summarize(args: &ScoreArgs, report: &Report, timings: &Timings, console: &Console) {
    let counts = &report.manifest.counts;
    if let Some(path) = &args.library.output {
        let path = path.display().to_string();
        console.tell("cli-written", &[("path", path.as_str().into()), ("scored", counts.scored.into())]);
    }
    // The table shows what was left out; other formats leave it to whoever reads them, so it is said here.
    if args.format != ScoreFormat::Table && counts.quarantined + counts.faults > 0 {
        let args = [("quarantined", counts.quarantined.into()), ("faults", counts.faults.into())];
        console.tell("cli-left-out", &args);
    }
    console.detail(&stages(timings, report.manifest.seconds));
}

/// Where the time went: seconds of work by stage, summed over threads.
pub(crate) fn stages(timings: &Timings, seconds: f64) -> String {
    let Timings { read, decode, measure, network } = timings;
    format!(
        "seconds: read {:.2}, decode {:.2}, measure {:.2}, network {:.2} (summed over threads); in all {seconds:.2}",
        read.as_secs_f64(),
        decode.as_secs_f64(),
        measure.as_secs_f64(),
        network.as_secs_f64()
    )
}
