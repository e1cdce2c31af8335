//! Tests through the binary: wiring, exit statuses, formats, bad input. One binary, because each links
//! the tensor libraries.
#![allow(clippy::unwrap_used, clippy::print_stderr, unreachable_pub, missing_docs)]

mod account;
mod backbone;
mod backtest;
mod bad_pictures;
mod bad_tables;
mod cache;
mod comments;
mod determinism;
mod embed;
mod explain;
mod health;
mod help;
mod import;
mod output;
mod program;
mod score;
mod see;
#[path = "../../../gancho-hub/tests/server/mod.rs"]
mod server;
mod similar;
mod train;
mod write;
