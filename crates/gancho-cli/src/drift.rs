//! `gancho models drift`.

use std::time::{SystemTime, UNIX_EPOCH};

use gancho::learn::{DriftRequest, LearnRequest};
use gancho::{Engine, Error};
use gancho_report::{DriftRecord, render};

use crate::args::{DriftArgs, DriftFormat};
use crate::console::Console;
use crate::probe;
use crate::settings::with_user_cache;
use crate::status::Status;

const SECONDS_A_DAY: u64 = 86_400;

pub(crate) fn run(args: &DriftArgs, console: &Console) -> Status {
    let record = match compared(args, console) {
        Ok(record) => record,
        Err(error) => return console.fail(&error),
    };
    console.write(args.output.as_deref(), |out| match args.format {
        DriftFormat::Table => render::drift_table(&record, &console.messages, console.width(), out),
        DriftFormat::Json => render::drift_json(&record, out),
        DriftFormat::Jsonl => render::drift_jsonl(&record, out),
    })
}

fn compared(args: &DriftArgs, console: &Console) -> Result<DriftRecord, Error> {
    let now = LearnRequest {
        inputs: args.inputs.clone(),
        performance: args.performance.clone(),
        mapping: args.mapping.clone(),
        allow_outside: args.allow_outside,
        locale: console.messages.locale(),
        ..LearnRequest::default()
    };
    let request = DriftRequest { model: args.model.clone(), now, today: today() };
    let settings = args.machine.settings(args.limits.limits());
    let mut engine = Engine::open(&with_user_cache(settings), &probe::in_child)?;
    engine.drift(&request, &console.progress("progress-evidence"))
}

/// Days since 1970-01-01; nothing on a machine whose clock stands before it.
pub(crate) fn today() -> Option<i64> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    i64::try_from(seconds / SECONDS_A_DAY).ok()
}
