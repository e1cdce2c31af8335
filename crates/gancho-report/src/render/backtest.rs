//! Backtests and drift as records, for programs, and as stories, for people.

use std::io::{self, Write};

use super::html::story_html;
use super::json::lines;
use super::story::story;
use crate::story as told;
use crate::{BacktestRecord, DriftRecord, Messages};

/// A backtest for a terminal.
///
/// # Errors
/// What the writer gives.
pub fn backtest_table(
    record: &BacktestRecord,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    story(&told::backtest(record, messages), width, out)
}

/// A backtest as one page.
///
/// # Errors
/// What the writer gives.
pub fn backtest_html(record: &BacktestRecord, messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    story_html(&told::backtest(record, messages), messages, out)
}

/// A backtest as one object.
///
/// # Errors
/// What the writer gives.
pub fn backtest_json(record: &BacktestRecord, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, record)?;
    out.write_all(b"\n")
}

/// A backtest as one line.
///
/// # Errors
/// What the writer gives.
pub fn backtest_jsonl(record: &BacktestRecord, out: &mut dyn Write) -> io::Result<()> {
    lines(std::slice::from_ref(record), out)
}

/// What became of a model, for a terminal.
///
/// # Errors
/// What the writer gives.
pub fn drift_table(
    record: &DriftRecord,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    story(&told::drift(record, messages), width, out)
}

/// What became of a model, as one object.
///
/// # Errors
/// What the writer gives.
pub fn drift_json(record: &DriftRecord, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, record)?;
    out.write_all(b"\n")
}

/// What became of a model, as one line.
///
/// # Errors
/// What the writer gives.
pub fn drift_jsonl(record: &DriftRecord, out: &mut dyn Write) -> io::Result<()> {
    lines(std::slice::from_ref(record), out)
}
