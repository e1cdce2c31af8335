//! `gancho backtest`.

use gancho::learn::{LearnRequest, Trained};
use gancho::{Engine, Error};
use gancho_report::render;

use crate::args::{BacktestArgs, BacktestFormat, HistoryArgs};
use crate::console::Console;
use crate::probe;
use crate::settings::with_user_cache;
use crate::status::Status;

pub(crate) fn run(args: &BacktestArgs, console: &Console) -> Status {
    let trained = match learned(&args.history, console) {
        Ok(trained) => trained,
        Err(error) => return console.fail(&error),
    };
    if let Some(path) = &args.sample {
        let backtest = &trained.tested.backtest;
        let written = console.write(Some(path), |out| gancho::learn::write_sample(backtest, out));
        if written != Status::Done {
            return written;
        }
        let path = path.display().to_string();
        let args = [("cases", backtest.cases.len().into()), ("path", path.as_str().into())];
        console.tell("cli-sample-written", &args);
    }
    let record = trained.record(args.history.allow_leaks, console.messages.locale());
    console.write(args.output.as_deref(), |out| match args.format {
        BacktestFormat::Table => render::backtest_table(&record, &console.messages, console.width(), out),
        BacktestFormat::Json => render::backtest_json(&record, out),
        BacktestFormat::Jsonl => render::backtest_jsonl(&record, out),
        BacktestFormat::Html => render::backtest_html(&record, &console.messages, out),
    })
}

/// Learns from a history and tests what was learned.
pub(crate) fn learned(args: &HistoryArgs, console: &Console) -> Result<Trained, Error> {
    let request = LearnRequest {
        inputs: args.inputs.clone(),
        performance: args.performance.clone(),
        mapping: args.mapping.clone(),
        config: args.config.clone(),
        allow_outside: args.allow_outside,
        target: args.target.into(),
        objective: args.objective.into(),
        hold_out: args.hold_out.into(),
        allow_leaks: args.allow_leaks,
        at_home: false,
        locale: console.messages.locale(),
    };
    let mut engine = opened(args)?;
    engine.train(&request, &console.progress("progress-evidence"))
}

fn opened(args: &HistoryArgs) -> Result<Engine, Error> {
    let settings = args.machine.settings(args.limits.limits());
    Engine::open(&with_user_cache(settings), &probe::in_child)
}
