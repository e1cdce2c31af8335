//! `gancho models list | verify | card | drift | pull | remove`.

use std::fmt::Write;
use std::path::Path;

use gancho::learn::{configured_model, listed_model};
use gancho::{Error, Hub, HubCache, HubError, ModelName, Weights};

use crate::args::{ModelsCommand, WeightsArgs};
use crate::console::Console;
use crate::download::DownloadBar;
use crate::drift::{self, today};
use crate::settings::hub_cache;
use crate::status::Status;

pub(crate) fn run(command: &ModelsCommand, console: &Console) -> Status {
    let done = match command {
        ModelsCommand::Drift(args) => return drift::run(args, console),
        ModelsCommand::List { weights, config } => opened(weights).and_then(|weights| {
            let mut text = list(&weights);
            text.push_str(&trained(config.as_deref(), console)?);
            Ok((text, true))
        }),
        ModelsCommand::Verify(args) => opened(args).map(|weights| verify(&weights, console)),
        ModelsCommand::Card { id, weights } => {
            opened(weights).and_then(|weights| Ok((weights.card(id)?.into_owned(), true)))
        }
        ModelsCommand::Pull { name } => pull(name, console).map(|text| (text, true)),
        ModelsCommand::Remove { name } => remove(name, console).map(|text| (text, true)),
    };
    match done {
        Err(error) => console.fail(&error),
        Ok((text, sound)) => match console.write(None, |out| out.write_all(text.as_bytes())) {
            Status::Done if !sound => Status::Unavailable,
            written => written,
        },
    }
}

/// The trained model that a settings file names, in two lines; nothing where none does.
fn trained(config: Option<&Path>, console: &Console) -> Result<String, Error> {
    let Some(path) = configured_model(config)? else { return Ok(String::new()) };
    let lines = listed_model(&path, today(), &console.messages)?;
    Ok(format!("{}\n", lines.join("\n")))
}

fn opened(args: &WeightsArgs) -> Result<Weights, Error> {
    Ok(match &args.weights {
        Some(folder) => Weights::folder(folder)?,
        None => Weights::shipped(),
    })
}

/// The cache of the hub; a folder that nobody has where the system names no home.
fn hub() -> HubCache {
    HubCache::new(hub_cache().unwrap_or_default())
}

fn list(weights: &Weights) -> String {
    let mut text = String::new();
    for entry in &weights.manifest().models {
        let mib = mib(entry.bytes);
        let _ = writeln!(
            text,
            "{:<20} {:<8} {mib:>7.2} MiB  {:<22} {}",
            entry.id, entry.version, entry.license, entry.architecture
        );
    }
    for pulled in hub().list().into_iter().flatten() {
        let (id, revision, mib) = (pulled.id(), short(pulled.revision()), mib(pulled.bytes()));
        let _ = writeln!(text, "{id:<20} {revision:<8} {mib:>7.2} MiB  {:<22} hub", "?");
    }
    text
}

fn verify(weights: &Weights, console: &Console) -> (String, bool) {
    let (mut text, mut sound) = (String::new(), true);
    let mut line = |id: &str, fault: Option<String>| {
        sound &= fault.is_none();
        let outcome = fault.unwrap_or_else(|| console.messages.text("models-sound", &[]));
        let _ = writeln!(text, "{id:<20} {outcome}");
    };
    for (id, result) in weights.verify() {
        line(&id, result.err().map(|error| console.messages.of("weights", &error)));
    }
    for pulled in hub().list() {
        let in_words = |error: &HubError| console.messages.of("hub", error);
        match pulled {
            Ok(pulled) => line(pulled.id(), pulled.verify().err().as_ref().map(in_words)),
            Err(error) => line("?", Some(in_words(&error))),
        }
    }
    (text, sound)
}

fn pull(name: &ModelName, console: &Console) -> Result<String, Error> {
    let variable = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
    let hub_here = Hub {
        endpoint: variable("HF_ENDPOINT").unwrap_or_else(|| Hub::default().endpoint),
        token: variable("HF_TOKEN"),
        offline: variable("HF_HUB_OFFLINE")
            .is_some_and(|it| ["1", "true", "yes", "on"].contains(&it.to_lowercase().as_str())),
    };
    let cache = hub();
    let pulled = hub_here.pull(&cache, name, &mut DownloadBar::new(console))?;
    let place = cache.folder().display().to_string();
    console.tell("models-use", &[("model", pulled.id().into())]);
    let text = console.messages.text(
        "models-pulled",
        &[
            ("model", pulled.id().into()),
            ("revision", pulled.revision().into()),
            ("mib", mib(pulled.bytes()).into()),
            ("place", place.as_str().into()),
        ],
    );
    Ok(format!("{text}\n"))
}

fn remove(name: &ModelName, console: &Console) -> Result<String, Error> {
    let freed = hub().remove(name)?;
    let text =
        console.messages.text("models-removed", &[("model", name.id().into()), ("mib", mib(freed).into())]);
    Ok(format!("{text}\n"))
}

/// A commit as people write it.
fn short(revision: &str) -> &str {
    revision.get(..7).unwrap_or(revision)
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
