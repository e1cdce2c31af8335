//! JSON Lines and JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::{EmbeddingRecord, QuarantineRecord, Report, SightReport};

/// One object a line: scores by rank, then quarantine, then faults; the manifest is the last line.
///
/// # Errors
/// What the writer gives.
pub fn jsonl(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    lines(&report.scores, out)?;
    lines(&report.quarantine, out)?;
    lines(&report.faults, out)?;
    lines(std::slice::from_ref(&report.manifest), out)
}

/// Vectors, one object a line, in the order given; then what could not be embedded.
///
/// # Errors
/// What the writer gives.
pub fn embeddings(
    records: &[EmbeddingRecord],
    quarantine: &[QuarantineRecord],
    out: &mut dyn Write,
) -> io::Result<()> {
    lines(records, out)?;
    lines(quarantine, out)
}

/// What pictures tell, one object a line, in the order given; then files left out and rows at fault.
///
/// # Errors
/// What the writer gives.
pub fn sights_jsonl(report: &SightReport, out: &mut dyn Write) -> io::Result<()> {
    lines(&report.sights, out)?;
    lines(&report.quarantine, out)?;
    lines(&report.faults, out)
}

/// One object with `sights`, `quarantine` and `faults`.
///
/// # Errors
/// What the writer gives.
pub fn sights_json(report: &SightReport, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// One object with `scores`, `quarantine`, `faults` and `manifest`.
///
/// # Errors
/// What the writer gives.
pub fn json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

pub(super) fn lines<T: Serialize>(records: &[T], out: &mut dyn Write) -> io::Result<()> {
    for record in records {
        serde_json::to_writer(&mut *out, record)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
