//! The session at a terminal: orders in, variants out, files on request.

use std::io::{self, Write};
use std::path::Path;

use gancho::{Engine, Order, OrderError, Reply, Session, SessionFile};
use gancho_report::{VariantRecord, render};

use super::form::answer;
use crate::args::{WriteArgs, WriteFormat};
use crate::console::Console;
use crate::status::Status;

pub(super) fn run(
    mut session: Session,
    replay: Option<SessionFile>,
    args: &WriteArgs,
    engine: &mut Engine,
    console: &Console,
) -> Status {
    let begun = session.begin(engine, &console.progress("progress-writing"));
    let mut reply = match begun {
        Ok(reply) => reply,
        Err(error) => return console.fail(&error),
    };
    if let Some(file) = &replay {
        let orders = file.orders.iter().filter_map(|it| Some((it, Order::read(it).ok()??)));
        for (typed, order) in orders {
            match session.obey(&order, typed, engine, &console.progress("progress-writing")) {
                Ok(next) => reply.variants.extend(next.variants),
                Err(error) => return console.fail(&error),
            }
        }
        let counts = [("variants", reply.variants.len().into()), ("choices", file.kept.len().into())];
        console.tell("write-session-replayed", &counts);
        session.saved();
        if args.n.is_some() || args.output.is_some() {
            let chosen = session.chosen();
            // A file says by its ending what it wants to be, stdout by the format.
            let path = args.output.as_deref().filter(|it| kind(it).is_some());
            return console.write(args.output.as_deref(), |out| match (path, args.format) {
                (None, WriteFormat::Csv) => render::writing_csv(&chosen, out),
                _ => saved(&chosen, &session, path, out),
            });
        }
    }
    if reply.variants.is_empty() {
        let status = told(&reply, &session, console);
        return if status == Status::Done { Status::Input } else { status };
    }
    console.tell("write-session-welcome", &[]);
    let mut warned = false;
    loop {
        match told(&reply, &session, console) {
            Status::Done => {}
            other => return other,
        }
        let Some(typed) = answer("gancho>") else { return Status::Done };
        let order = match Order::read(&typed) {
            Ok(Some(order)) => order,
            Ok(None) => {
                reply = Reply::default();
                continue;
            }
            Err(error) => {
                misread(&error, console);
                reply = Reply::default();
                continue;
            }
        };
        if order == Order::Quit && session.is_unsaved() && !warned {
            warned = true;
            console.tell("write-session-left", &[]);
            reply = Reply::default();
            continue;
        }
        reply = match session.obey(&order, &typed, engine, &console.progress("progress-writing")) {
            Ok(reply) => reply,
            // What is there stays: the person interrupted one order, not the session.
            Err(error) if error.is_interruption() => Reply::default(),
            Err(error) => {
                console.fail(&error);
                Reply::default()
            }
        };
        if let Some(path) = reply.save.take() {
            save(&path, &mut session, console);
        }
        if reply.over {
            return Status::Done;
        }
    }
}

/// Shows what an order came to.
fn told(reply: &Reply, session: &Session, console: &Console) -> Status {
    if let Some((key, args)) = &reply.say {
        // Plurals are chosen by numbers, not by their digits.
        let value = |it: &String| it.parse::<usize>().map_or_else(|_| it.clone().into(), Into::into);
        let args: Vec<_> = args.iter().map(|(name, it)| (*name, value(it))).collect();
        console.tell(&format!("write-session-{key}"), &args);
    }
    let written = console.write(None, |out| {
        for variant in &reply.variants {
            render::variant_lines(&narrowed(variant, session), &console.messages, console.width(), out)?;
        }
        Ok(())
    });
    let Some(writing) = &reply.writing else { return written };
    for note in writing.problems.iter().chain(writing.notes.iter().filter(|_| reply.variants.is_empty())) {
        console.say(&note.text);
    }
    if reply.variants.is_empty() && reply.say.is_none() {
        console.tell("write-refused", &[]);
    }
    written
}

/// The variant with the field alone that is looked at.
fn narrowed(variant: &VariantRecord, session: &Session) -> VariantRecord {
    let mut variant = variant.clone();
    if let Some(field) = session.field() {
        variant.fields.retain(|name, _| name == field.code());
    }
    variant
}

fn misread(error: &OrderError, console: &Console) {
    match error {
        OrderError::Unknown { order, nearest } => {
            let args = [("order", order.as_str().into()), ("nearest", (*nearest).into())];
            console.tell("write-session-unknown", &args);
        }
        OrderError::Incomplete { .. } => console.tell("write-session-help", &[]),
        OrderError::UnknownField { field } => {
            let known: Vec<&str> = gancho::Field::ALL.iter().map(|it| it.1).collect();
            let args = [("field", field.as_str().into()), ("known", known.join(", ").into())];
            console.tell("write-session-unknown-field", &args);
        }
    }
}

fn save(path: &Path, session: &mut Session, console: &Console) {
    let named = path.display().to_string();
    if kind(path).is_none() {
        return console.tell("write-session-bad-name", &[("path", named.as_str().into())]);
    }
    let chosen = session.chosen();
    let written = console.write(Some(path), |out| saved(&chosen, session, Some(path), out));
    if written == Status::Done {
        session.saved();
        let args = [("path", named.as_str().into()), ("variants", chosen.len().into())];
        console.tell("write-session-saved", &args);
    }
}

fn kind(path: &Path) -> Option<&str> {
    path.extension()?.to_str().filter(|it| ["csv", "json", "jsonl", "toml"].contains(it))
}

fn saved(
    chosen: &[VariantRecord],
    session: &Session,
    path: Option<&Path>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match path.and_then(kind) {
        Some("csv") => render::writing_csv(chosen, out),
        Some("json") => {
            serde_json::to_writer_pretty(&mut *out, chosen)?;
            out.write_all(b"\n")
        }
        Some("toml") => {
            let text = session.to_file().map_err(io::Error::other)?;
            out.write_all(text.as_bytes())
        }
        _ => {
            for it in chosen {
                serde_json::to_writer(&mut *out, it)?;
                out.write_all(b"\n")?;
            }
            Ok(())
        }
    }
}
