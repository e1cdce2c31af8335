//! `gancho comments`.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use gancho::{CommentReader, CommentSink, CommentStream, CommentsError, CommentsRequest, Error, Fault};
use gancho_report::render::{CommentWriter, CommentsFormat, comments_summary, comments_summary_json};
use gancho_report::{CommentRecord, CommentsSummary};

use crate::args::{CommentsArgs, CommentsFormatArg};
use crate::console::Console;
use crate::probe;
use crate::status::Status;

pub(crate) fn run(args: &CommentsArgs, console: &Console) -> Status {
    if args.summary && args.format == Some(CommentsFormatArg::Csv) {
        return console.misused("cli-summary-no-csv");
    }
    let (mut stream, reader) = match opened(args) {
        Ok(opened) => opened,
        Err(error) => return console.fail(&error),
    };
    if !stream.unknown_columns().is_empty() {
        let columns = stream.unknown_columns().join(", ");
        console.tell("cli-unknown-columns", &[("columns", columns.as_str().into())]);
    }
    let request = CommentsRequest {
        minimum: args.min_count,
        top: args.top,
        own_authors: args.own_author.clone(),
        locale: console.messages.locale(),
    };
    let output = args.output.as_deref();
    let mut ended: Result<Option<CommentsSummary>, Error> = Ok(None);
    let mut read_all = |out: &mut dyn Write| {
        let mut sink = Sink { writer: writer(args, console, out), console };
        let progress = console.progress("progress-comments");
        match reader.read(&mut stream, &request, &mut sink, &progress) {
            Ok(summary) => {
                drop(progress);
                if let Some(writer) = sink.writer {
                    writer.finish()?;
                }
                ended = Ok(Some(summary));
                Ok(())
            }
            Err(CommentsError::Sink(error)) => Err(error),
            Err(CommentsError::Run(error)) => {
                ended = Err(error);
                Err(io::Error::other("stopped"))
            }
        }
    };
    if args.summary {
        // Nothing is written before the end.
        let read = read_all(&mut io::sink());
        return match (ended, read) {
            (Err(error), _) => console.fail(&error),
            (Ok(Some(summary)), _) => finished(&summary, args, show(&summary, args, console)),
            (Ok(None), _) => Status::Output,
        };
    }
    let written = crate::sink::write_to(output, &mut read_all);
    match (ended, written) {
        (Err(error), _) => console.fail(&error),
        (Ok(_), Err(error)) => console.unwritten(&error),
        (Ok(Some(summary)), Ok(_)) => {
            if args.output.is_some() || !io::stdout().is_terminal() {
                let counts = &summary.manifest.counts;
                let seconds = summary.manifest.seconds.max(1e-3);
                let args = [
                    ("comments", counts.scored.into()),
                    ("faults", counts.faults.into()),
                    ("rate", (counts.scored as f64 / seconds).round().into()),
                ];
                console.detail(&console.messages.text("cli-comments-read", &args));
            }
            finished(&summary, args, Status::Done)
        }
        (Ok(None), Ok(_)) => Status::Done,
    }
}

/// The status of a run that came to its end.
fn finished(summary: &CommentsSummary, args: &CommentsArgs, written: Status) -> Status {
    let counts = &summary.manifest.counts;
    match written {
        Status::Done if counts.scored == 0 && counts.faults > 0 => Status::Input,
        Status::Done if args.strict && counts.faults > 0 => Status::Findings,
        other => other,
    }
}

fn opened(args: &CommentsArgs) -> Result<(CommentStream, CommentReader), Error> {
    // The file first: a name that is wrong is said at once.
    let stream = match args.file.as_str() {
        "-" => CommentStream::of_pipe("-", io::stdin()),
        file => CommentStream::open(Path::new(file), &gancho::LibraryOptions::default()),
    };
    let stream = stream.map_err(Error::Comments)?;
    let mut settings = args.machine.settings();
    settings.text_model = args.text_model.text_model.clone();
    Ok((stream, CommentReader::open(&settings, &probe::in_child)?))
}

fn writer<'a>(
    args: &CommentsArgs,
    console: &'a Console,
    out: &'a mut dyn Write,
) -> Option<CommentWriter<'a>> {
    let format = match format(args) {
        CommentsFormatArg::Table => CommentsFormat::Table,
        CommentsFormatArg::Json => CommentsFormat::Json,
        CommentsFormatArg::Jsonl => CommentsFormat::Jsonl,
        CommentsFormatArg::Csv => CommentsFormat::Csv,
    };
    (!args.summary).then(|| CommentWriter::new(format, &console.messages, console.width(), out))
}

/// What was asked for; else words for a person at a terminal and records for everything else.
fn format(args: &CommentsArgs) -> CommentsFormatArg {
    let for_a_person = args.output.is_none() && io::stdout().is_terminal() || args.summary;
    args.format.unwrap_or(if for_a_person { CommentsFormatArg::Table } else { CommentsFormatArg::Jsonl })
}

fn show(summary: &CommentsSummary, args: &CommentsArgs, console: &Console) -> Status {
    console.write(args.output.as_deref(), |out| match format(args) {
        CommentsFormatArg::Json => comments_summary_json(summary, true, out),
        CommentsFormatArg::Jsonl => comments_summary_json(summary, false, out),
        _ => comments_summary(summary, &console.messages, console.width(), out),
    })
}

struct Sink<'a> {
    writer: Option<CommentWriter<'a>>,
    console: &'a Console,
}

impl CommentSink for Sink<'_> {
    fn comment(&mut self, record: &CommentRecord) -> io::Result<()> {
        self.writer.as_mut().map_or(Ok(()), |it| it.write(record))
    }

    fn fault(&mut self, fault: &Fault, text: &str) {
        // The summary lists them itself.
        if self.writer.is_some() {
            let line = fault.line.map_or_else(String::new, |it| format!(":{it}"));
            self.console.say(&format!("{}{line}: {text}", fault.file));
        }
    }
}
