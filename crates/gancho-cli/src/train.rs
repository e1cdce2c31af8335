//! `gancho train`.

use gancho::learn::{CardRequest, card};
use gancho_report::render;

use crate::args::TrainArgs;
use crate::backtest::learned;
use crate::console::Console;
use crate::status::Status;

pub(crate) fn run(args: &TrainArgs, console: &Console) -> Status {
    let beside = args.output.with_extension("md");
    if beside == args.output {
        return console.misused("cli-card-in-the-way");
    }
    let trained = match learned(&args.history, console) {
        Ok(trained) => trained,
        Err(error) => return console.fail(&error),
    };
    let bytes = match trained.model.to_bytes() {
        Ok(bytes) => bytes,
        Err(error) => return console.fail(&error.into()),
    };
    let record = trained.record(args.history.allow_leaks, console.messages.locale());
    let file = args.output.display().to_string();
    let command: Vec<String> = std::env::args_os().map(|it| it.to_string_lossy().into_owned()).collect();
    let text = card(
        &record,
        &CardRequest {
            file: &file,
            command: &reproducible(command),
            attributed: trained.model.options.target.is_attributed(),
            locale: console.messages.locale(),
        },
    );
    // The card first: a model without its card never stands there.
    let written = [
        console.write(Some(&beside), |out| out.write_all(text.as_bytes())),
        console.write(Some(&args.output), |out| out.write_all(&bytes)),
    ];
    if let Some(failed) = written.into_iter().find(|it| *it != Status::Done) {
        return failed;
    }
    let beside = beside.display().to_string();
    console.tell("cli-model-written", &[("path", file.as_str().into()), ("card", beside.as_str().into())]);
    console.write(None, |out| render::backtest_table(&record, &console.messages, console.width(), out))
}

/// The command as others type it: by the program's name, not by where it lies on this machine.
fn reproducible(mut words: Vec<String>) -> Vec<String> {
    if let Some(first) = words.first_mut() {
        *first = env!("CARGO_BIN_NAME").to_owned();
    }
    words
}
