//! `gancho embed`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gancho::{CommentReader, CommentStream, CommentsError, EmbedRequest, Embedded, Engine, Error};
use gancho_report::{EmbeddingRecord, render};

use crate::args::{EmbedArgs, EmbedFormat};
use crate::console::Console;
use crate::score::stages;
use crate::settings::with_user_cache;
use crate::sink::{OutputError, write_to};
use crate::status::Status;
use crate::{npy, probe};

pub(crate) fn run(args: &EmbedArgs, console: &Console) -> Status {
    if args.format == EmbedFormat::Npy && args.library.output.is_none() {
        return console.misused("cli-npy-needs-output");
    }
    if let Some(file) = &args.text {
        return lines(file, args, console);
    }
    let began = std::time::Instant::now();
    let embedded = match embedded(args, console) {
        Ok(embedded) => embedded,
        Err(error) => return console.fail(&error),
    };
    let output = args.library.output.as_deref();
    let written = match (args.format, output) {
        (EmbedFormat::Npy, Some(path)) => array(&embedded.embeddings, path, console),
        _ => console.write(output, |out| render::embeddings(&embedded.embeddings, &embedded.quarantine, out)),
    };
    if written != Status::Done {
        return written;
    }
    for left_out in &embedded.quarantine {
        console.say(&format!("{}: {}", left_out.path, left_out.detail));
    }
    for fault in &embedded.faults {
        console.say(&format!("{}: {}", fault.place(), fault.detail));
    }
    console.detail(&stages(&embedded.timings, began.elapsed().as_secs_f64()));
    let flawed = !embedded.quarantine.is_empty() || !embedded.faults.is_empty();
    if args.library.strict && flawed { Status::Findings } else { Status::Done }
}

fn embedded(args: &EmbedArgs, console: &Console) -> Result<Embedded, gancho::Error> {
    let mut engine =
        Engine::open(&with_user_cache(args.machine.settings(args.limits.limits())), &probe::in_child)?;
    let request = EmbedRequest {
        inputs: args.library.inputs.clone(),
        config: None,
        allow_outside: args.library.allow_outside,
        locale: console.messages.locale(),
    };
    engine.embed(&request, &console.progress("progress-evidence"))
}

/// Rows as one array, and their names beside it.
fn array(records: &[EmbeddingRecord], path: &Path, console: &Console) -> Status {
    let rows: Vec<&[f32]> = records.iter().map(|it| it.embedding.as_slice()).collect();
    let names = PathBuf::from(format!("{}.names.txt", path.display()));
    match console.write(Some(path), |out| npy::write(&rows, out)) {
        Status::Done => console.write(Some(&names), |out| {
            let name = |it: &EmbeddingRecord| it.path.clone().or_else(|| it.text.clone()).unwrap_or_default();
            records.iter().try_for_each(|it| writeln!(out, "{}", name(it)))
        }),
        failed => failed,
    }
}

/// The lines of a text, embedded as they come.
fn lines(file: &str, args: &EmbedArgs, console: &Console) -> Status {
    let opened = || {
        let stream = match file {
            "-" => CommentStream::of_lines("-", io::stdin()),
            file => CommentStream::of_text_file(Path::new(file)),
        };
        let stream = stream.map_err(Error::Comments)?;
        Ok((stream, CommentReader::open(&args.machine.machine.settings(), &probe::in_child)?))
    };
    let (mut stream, reader) = match opened() {
        Ok(opened) => opened,
        Err(error) => return console.fail(&error),
    };
    let (mut kept, mut left_out, mut stopped) = (Vec::new(), 0u64, None);
    let locale = console.messages.locale();
    let mut run = |out: &mut dyn Write| {
        let progress = console.progress("progress-comments");
        let mut take = |record: Result<EmbeddingRecord, String>| match record {
            Err(reason) => {
                left_out += 1;
                console.say(&reason);
                Ok(())
            }
            Ok(record) if args.format == EmbedFormat::Npy => {
                kept.push(record);
                Ok(())
            }
            Ok(record) => render::embeddings(&[record], &[], out),
        };
        match reader.embed_stream(&mut stream, locale, &progress, &mut take) {
            Ok(_) => Ok(()),
            Err(CommentsError::Sink(error)) => Err(error),
            Err(CommentsError::Run(error)) => {
                stopped = Some(error);
                Err(io::Error::other("stopped"))
            }
        }
    };
    let output = args.library.output.as_deref();
    let written = match args.format {
        EmbedFormat::Npy => {
            run(&mut io::sink()).map_err(|it| OutputError { path: String::new(), detail: it.to_string() })
        }
        EmbedFormat::Jsonl => write_to(output, run).map(|_| ()),
    };
    let status = match (stopped, written, output) {
        (Some(error), ..) => return console.fail(&error),
        (None, Err(error), _) => return console.unwritten(&error),
        (None, Ok(()), Some(path)) if args.format == EmbedFormat::Npy => array(&kept, path, console),
        (None, Ok(()), _) => Status::Done,
    };
    match status {
        Status::Done if args.library.strict && left_out > 0 => Status::Findings,
        other => other,
    }
}
