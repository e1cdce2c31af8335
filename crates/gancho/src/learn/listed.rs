//! The trained model of a library, in two sentences.

use std::path::{Path, PathBuf};

use gancho_library::Config;
use gancho_report::Messages;

use super::{STALE_DAYS, age_days, file, report};
use crate::Error;

/// Settings file that is looked for where none is named.
const SETTINGS: &str = "gancho.toml";

/// The model that a settings file names: that of `config`, else `gancho.toml` of the folder one is in.
///
/// # Errors
/// [`Error::Library`] when the settings file is wrong.
pub fn configured_model(config: Option<&Path>) -> Result<Option<PathBuf>, Error> {
    let path = config.unwrap_or(Path::new(SETTINGS));
    if config.is_none() && !path.is_file() {
        return Ok(None);
    }
    Ok(Config::read(path, &path.to_string_lossy())?.history.model)
}

/// What a trained model is, how old, and whether to train again.
///
/// # Errors
/// As [`super::open_model`].
pub fn listed_model(path: &Path, today: Option<i64>, messages: &Messages) -> Result<[String; 2], Error> {
    let (model, _) = file::open_model(path)?;
    let days = age_days(&model, today);
    let window = model.window.map(report::window);
    let window = match &window {
        Some(it) => messages.text(
            "model-card-window-days",
            &[("first", it.first.as_str().into()), ("last", it.last.as_str().into())],
        ),
        None => messages.text("model-card-window-unknown", &[]),
    };
    let age = match days {
        Some(days) => messages.text("drift-age", &[("days", days.into())]),
        None => messages.text("trained-model-age-unknown", &[]),
    };
    let skilled = model.evaluation.skilled;
    let verdict = if skilled { "backtest-word-skill" } else { "backtest-word-no-skill" };
    let target = messages.text(&format!("target-{}", model.options.target.name()), &[]);
    let file = path.to_string_lossy().replace('\\', "/");
    let line = messages.text(
        "trained-model-line",
        &[
            ("file", file.into()),
            ("target", target.into()),
            ("creatives", model.evaluation.creatives.into()),
            ("window", window.into()),
            ("verdict", messages.text(verdict, &[]).into()),
            ("age", age.into()),
        ],
    );
    let retrain = match days {
        _ if !skilled => messages.text("trained-model-useless", &[]),
        Some(days) if days > STALE_DAYS => {
            messages.text("trained-model-stale", &[("days", STALE_DAYS.into())])
        }
        _ => messages.text("trained-model-fresh", &[]),
    };
    Ok([line, retrain])
}
