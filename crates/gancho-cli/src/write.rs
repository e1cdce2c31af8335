//! `gancho write`.

mod form;
mod session;

use std::io::{self, IsTerminal, Read};
use std::path::Path;

use gancho::{
    Brief, Engine, Field, Improvement, Library, LibraryOptions, Session, WriteRequest, brief_in_words,
    briefs, example, with_fields,
};
use gancho_report::{Locale, WritingReport, render};
use serde_json::{Map, Value, json};

use crate::args::{BriefArgs, WriteArgs, WriteFormat};
use crate::console::Console;
use crate::probe;
use crate::status::Status;

/// Longest file of briefs, in bytes.
const MOST_BYTES: u64 = 16 << 20;

pub(crate) fn run(args: &WriteArgs, console: &Console) -> Status {
    let spanish = console.messages.locale() == Locale::Es;
    if args.example {
        return console.write(args.output.as_deref(), |out| out.write_all(example(spanish).as_bytes()));
    }
    let text = match args.brief.as_deref().map(read) {
        None => None,
        Some(Ok(text)) => Some(text),
        Some(Err(error)) => return console.fail(&error),
    };
    let interactive = args.n.is_none()
        && args.improve.is_none()
        && args.output.is_none()
        && args.format == WriteFormat::Table
        && io::stdin().is_terminal()
        && io::stdout().is_terminal();
    let (mut told, mut replay) = (Vec::new(), None);
    match &text {
        Some(text) if is_session(text) => match Session::file(text) {
            Ok((file, brief)) => (told, replay) = (vec![brief], Some(file)),
            Err(error) => return refused(console, &error.detail),
        },
        Some(text) => match briefs(text) {
            Ok(found) => told = found,
            Err(fault) => return refused(console, &fault_in_words(console, args, &fault)),
        },
        None => {}
    }
    let typed = fields(&args.fields);
    if told.is_empty() && typed.is_empty() {
        match interactive.then(|| form::ask(console)).flatten() {
            Some(fields) => told.extend(built(None, fields, console)),
            None => return console.misused("cli-write-no-brief"),
        }
        if told.is_empty() {
            return Status::Input;
        }
    } else if told.is_empty() {
        match built(None, with_market(typed, spanish), console) {
            Some(brief) => told.push(brief),
            None => return Status::Input,
        }
    } else if !typed.is_empty() {
        for brief in &mut told {
            match built(Some(brief), typed.clone(), console) {
                Some(changed) => *brief = changed,
                None => return Status::Input,
            }
        }
    }
    let against = match lines(&args.against) {
        Ok(lines) => lines,
        Err(error) => return console.fail(&error),
    };
    let request = WriteRequest {
        briefs: told,
        count: args.n.map_or(WriteRequest::USUAL_COUNT, usize::from),
        seed: replay.as_ref().map_or(args.seed, |it| it.seed),
        objective: args.objective,
        against,
        locale: console.messages.locale(),
    };
    let mut engine = match Engine::open(&args.machine.settings(), &probe::in_child) {
        Ok(engine) => engine,
        Err(error) => return console.fail(&error),
    };
    if let Some(current) = &args.improve {
        return improve(current, args, &request, &mut engine, console);
    }
    if let [brief] = &request.briefs[..]
        && (interactive || replay.is_some())
    {
        let session = Session::new(brief.clone(), request.clone());
        return session::run(session, replay, args, &mut engine, console);
    }
    let report = match engine.write(&request, &console.progress("progress-writing")) {
        Ok(report) => report,
        Err(error) => return console.fail(&error),
    };
    show(&report, args, console)
}

fn show(report: &WritingReport, args: &WriteArgs, console: &Console) -> Status {
    let written = console.write(args.output.as_deref(), |out| match args.format {
        WriteFormat::Table => render::writing_table(report, &console.messages, console.width(), out),
        WriteFormat::Json => render::writing_json(report, out),
        WriteFormat::Jsonl => render::writing_jsonl(report, out),
        WriteFormat::Csv => render::writing_csv(&report.variants, out),
    });
    if written != Status::Done {
        return written;
    }
    if args.format != WriteFormat::Table {
        for writing in &report.writings {
            writing.problems.iter().for_each(|it| console.say(&it.text));
        }
    }
    if report.variants.is_empty() {
        console.tell("write-refused", &[]);
        return Status::Input;
    }
    Status::Done
}

fn improve(
    current: &str,
    args: &WriteArgs,
    request: &WriteRequest,
    engine: &mut Engine,
    console: &Console,
) -> Status {
    let Some(field) = Field::parse(&args.field) else {
        let known: Vec<&str> = Field::ALL.iter().map(|it| it.1).collect();
        let text = [("field", args.field.as_str().into()), ("known", known.join(", ").into())];
        console.failed_with(&console.messages.text("write-session-unknown-field", &text));
        return Status::Usage;
    };
    let brief = &request.briefs[0];
    let found = engine.improve(current, field, brief, request, &console.progress("progress-writing"));
    let (found, tried) = match found {
        Ok(found) => found,
        Err(error) => return console.fail(&error),
    };
    let messages = &console.messages;
    console.write(args.output.as_deref(), |out| {
        if args.format != WriteFormat::Table {
            for (at, it) in found.iter().enumerate() {
                serde_json::to_writer(&mut *out, &record(at, current, it))?;
                out.write_all(b"\n")?;
            }
            return Ok(());
        }
        if found.is_empty() {
            return writeln!(out, "{}", messages.text("write-improve-none", &[("candidates", tried.into())]));
        }
        writeln!(out, "{}", messages.text("write-improve-heading", &[("text", current.into())]))?;
        for (at, it) in found.iter().enumerate() {
            let locale = messages.locale();
            let args = [
                ("place", (at + 1).into()),
                ("text", it.text.as_str().into()),
                ("gain", locale.signed(it.gain, 1).into()),
                ("level", locale.percent(0.8, 0).into()),
                ("low", locale.signed(it.low, 1).into()),
                ("high", locale.signed(it.high, 1).into()),
            ];
            writeln!(out, "{}", messages.text("write-improve-item", &args))?;
        }
        writeln!(out, "\n{}", messages.text("write-improve-meaning", &[]))
    })
}

fn record(at: usize, current: &str, it: &Improvement) -> Value {
    json!({
        "schema": "gancho.improvement/1", "rank": at + 1, "field": it.field, "before": current, "after": it.text,
        "gain": it.gain, "interval": {"level": 0.8, "low": it.low, "high": it.high}, "kind": it.kind,
    })
}

/// A file or stdin as text.
fn read(path: &Path) -> Result<String, gancho::Error> {
    let unreadable = |detail: String| gancho::Error::Brief { file: path.display().to_string(), detail };
    let bytes = |input: &mut dyn Read| {
        let mut text = Vec::new();
        input.take(MOST_BYTES).read_to_end(&mut text).map_err(|it| unreadable(it.to_string()))?;
        String::from_utf8(text).map_err(|_| unreadable("UTF-8?".to_owned()))
    };
    if path == Path::new("-") {
        return bytes(&mut io::stdin().lock());
    }
    let mut file = std::fs::File::open(path).map_err(|it| unreadable(it.to_string()))?;
    bytes(&mut file)
}

fn is_session(text: &str) -> bool {
    text.lines().take(5).any(|line| line.starts_with("format = \"gancho.session/"))
}

fn refused(console: &Console, text: &str) -> Status {
    console.failed_with(text);
    Status::Input
}

fn fault_in_words(console: &Console, args: &WriteArgs, fault: &gancho::BriefFault) -> String {
    let file = args.brief.as_ref().map_or_else(String::new, |it| it.display().to_string());
    let place = fault.line.map_or_else(|| file.clone(), |line| format!("{file}:{line}"));
    format!("{place}: {}", brief_in_words(&fault.error, &console.messages))
}

fn built(brief: Option<&Brief>, fields: Map<String, Value>, console: &Console) -> Option<Brief> {
    match with_fields(brief, fields) {
        Ok(brief) => Some(brief),
        Err(error) => {
            console.failed_with(&brief_in_words(&error, &console.messages));
            None
        }
    }
}

/// Fields as typed, under the names of a brief.
fn fields(args: &BriefArgs) -> Map<String, Value> {
    let texts = [
        ("brand", &args.brand),
        ("product", &args.product),
        ("category", &args.category),
        ("audience", &args.audience),
        ("offer", &args.offer),
        ("price", &args.price),
        ("currency", &args.currency),
        ("tone", &args.tone),
        ("market", &args.market),
        ("address", &args.address),
        ("placement", &args.placement),
    ];
    let lists = [
        ("benefits", &args.benefit),
        ("proof", &args.proof),
        ("forbidden", &args.forbidden),
        ("required", &args.required),
    ];
    let texts = texts.into_iter().filter_map(|(name, it)| Some((name.to_owned(), it.clone()?.into())));
    let lists = lists.into_iter().filter(|it| !it.1.is_empty());
    texts.chain(lists.map(|(name, it)| (name.to_owned(), it.clone().into()))).collect()
}

fn with_market(mut fields: Map<String, Value>, spanish: bool) -> Map<String, Value> {
    fields.entry("market").or_insert_with(|| gancho::usual_market(spanish).code().into());
    fields
}

fn lines(inputs: &[String]) -> Result<Vec<String>, gancho::Error> {
    if inputs.is_empty() {
        return Ok(Vec::new());
    }
    let library = Library::open(inputs, &LibraryOptions::default())?;
    Ok(WriteRequest::lines_of(&library))
}
