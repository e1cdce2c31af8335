//! `gancho models list | verify | card`.

use std::fmt::Write;

use gancho::{Error, Weights};

use crate::args::{ModelsCommand, WeightsArgs};
use crate::console::Console;
use crate::status::Status;

pub(crate) fn run(command: &ModelsCommand, console: &Console) -> Status {
    let done = match command {
        ModelsCommand::List(args) => opened(args).map(|weights| (list(&weights), true)),
        ModelsCommand::Verify(args) => opened(args).map(|weights| verify(&weights, console)),
        ModelsCommand::Card { id, weights } => {
            opened(weights).and_then(|weights| Ok((weights.card(id)?.into_owned(), true)))
        }
    };
    match done {
        Err(error) => console.fail(&error),
        Ok((text, sound)) => match console.write(None, |out| out.write_all(text.as_bytes())) {
            Status::Done if !sound => Status::Unavailable,
            written => written,
        },
    }
}

fn opened(args: &WeightsArgs) -> Result<Weights, Error> {
    Ok(match &args.weights {
        Some(folder) => Weights::folder(folder)?,
        None => Weights::shipped(),
    })
}

fn list(weights: &Weights) -> String {
    let mut text = String::new();
    for entry in &weights.manifest().models {
        let mib = entry.bytes as f64 / (1024.0 * 1024.0);
        let _ = writeln!(
            text,
            "{:<20} {:<8} {mib:>7.2} MiB  {:<22} {}",
            entry.id, entry.version, entry.license, entry.architecture
        );
    }
    text
}

fn verify(weights: &Weights, console: &Console) -> (String, bool) {
    let (mut text, mut sound) = (String::new(), true);
    for (id, result) in weights.verify() {
        let outcome = match result {
            Ok(()) => console.messages.text("models-sound", &[]),
            Err(error) => {
                sound = false;
                console.messages.of("weights", &error)
            }
        };
        let _ = writeln!(text, "{id:<20} {outcome}");
    }
    (text, sound)
}
