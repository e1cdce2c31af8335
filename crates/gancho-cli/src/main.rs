//! The binary `gancho`: asks, calls the API, shows, sets the exit status.
//!
//! Data goes to stdout, everything else to stderr. One file per command; no logic lives here.

mod args;
mod backtest;
mod comments;
mod console;
mod doctor;
mod download;
mod drift;
mod embed;
mod import;
mod models;
mod npy;
mod probe;
mod score;
mod see;
mod settings;
mod similar;
mod sink;
mod status;
mod train;
mod write;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::args::{Cli, Command};
use crate::console::Console;
use crate::status::Status;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout with status 0, wrong usage to stderr with status 2.
            let _ = error.print();
            return if error.use_stderr() { Status::Usage.into() } else { Status::Done.into() };
        }
    };
    let console = Console::new(&cli.global);
    let status = match &cli.command {
        Command::Score(args) => score::run(args, &console),
        Command::See(args) => see::run(args, &console),
        Command::Embed(args) => embed::run(args, &console),
        Command::Similar(args) => similar::run(args, &console),
        Command::Comments(args) => comments::run(args, &console),
        Command::Write(args) => write::run(args, &console),
        Command::Train(args) => train::run(args, &console),
        Command::Backtest(args) => backtest::run(args, &console),
        Command::Import(args) => import::run(args, &console),
        Command::Doctor(args) => doctor::run(args, &console),
        Command::Models { command } => models::run(command, &console),
        Command::Completions { shell } => completions(*shell, &console),
        Command::Man => manual(&console),
        Command::Probe { selector } => probe::answer(selector),
    };
    status.into()
}

fn completions(shell: clap_complete::Shell, console: &Console) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gancho", &mut script);
    console.write(None, |out| out.write_all(&script))
}

fn manual(console: &Console) -> Status {
    let mut page = Vec::new();
    let rendered = clap_mangen::Man::new(Cli::command()).render(&mut page);
    console.write(None, |out| rendered.and_then(|()| out.write_all(&page)))
}
