//! Pairs of pictures in the four shapes of a report.

use std::io::{self, Write};

use super::csv::guarded;
use super::json::lines;
use super::plain::{elided, one_line, wrapped};
use crate::{CopyMatchReport, Messages, SimilarReport};

/// One object a line: pairs, diversity, quarantine, faults; the manifest is the last line.
///
/// # Errors
/// What the writer gives.
pub fn similar_jsonl(report: &SimilarReport, out: &mut dyn Write) -> io::Result<()> {
    lines(&report.pairs, out)?;
    lines(report.diversity.as_slice(), out)?;
    lines(&report.quarantine, out)?;
    lines(&report.faults, out)?;
    lines(std::slice::from_ref(&report.manifest), out)
}

/// One object with `pairs`, `diversity` where it was asked for, `quarantine`, `faults` and `manifest`.
///
/// # Errors
/// What the writer gives.
pub fn similar_json(report: &SimilarReport, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// One row per pair; the rest has other columns and stays out.
///
/// # Errors
/// What the writer gives.
pub fn similar_csv(report: &SimilarReport, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let evidence = ["pdq_distance", "dhash_distance", "structure", "art", "overlap", "changed", "change"];
    writer.write_record(["a", "b", "relation", "similarity"].iter().chain(&evidence))?;
    for pair in &report.pairs {
        let it = &pair.evidence;
        let numbers = [it.structure, it.art, it.overlap, it.changed, it.change];
        let mut row =
            vec![guarded(&pair.a), guarded(&pair.b), pair.relation.clone(), pair.similarity.to_string()];
        row.extend([it.pdq_distance, it.dhash_distance].map(|it| it.to_string()));
        row.extend(numbers.map(|it| it.to_string()));
        writer.write_record(row)?;
    }
    writer.flush()
}

/// The pairs by relation, then diversity, then what was left out and a summary.
///
/// # Errors
/// What the writer gives.
pub fn similar_table(
    report: &SimilarReport,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let word = |key: &str| messages.text(key, &[]);
    // Relation and similarity take what they need, the two names share the rest.
    let name = (width.saturating_sub(36) / 2).max(12);
    let mut row = |relation: &str, similarity: &str, a: &str, b: &str| {
        let (a, b) = (elided(&one_line(a), name), elided(&one_line(b), name));
        let pad = " ".repeat(name.saturating_sub(unicode_width::UnicodeWidthStr::width(a.as_str())));
        writeln!(out, "{relation:<22} {similarity:>10}  {a}{pad}  {b}")
    };
    if report.pairs.is_empty() {
        writeln!(out, "{}", word("similar-nothing"))?;
    } else {
        let titles = ["similar-relation", "similar-similarity", "similar-first", "similar-second"].map(word);
        row(&titles[0], &titles[1], &titles[2], &titles[3])?;
        for pair in &report.pairs {
            let similarity = messages.locale().decimal(pair.similarity, 3);
            row(&word(&format!("relation-{}", pair.relation)), &similarity, &pair.a, &pair.b)?;
        }
        writeln!(out, "\n{}", wrapped(&word("similar-explained"), width, "", ""))?;
    }
    if let Some(diversity) = &report.diversity {
        let args = [("concepts", diversity.concepts.into()), ("pictures", diversity.pictures.into())];
        writeln!(out, "\n{}", messages.text("similar-concepts", &args))?;
        if !diversity.drops.is_empty() {
            writeln!(out, "{}", word("similar-drops"))?;
        }
        for (index, drop) in diversity.drops.iter().enumerate() {
            let args = [
                ("path", one_line(&drop.id).into()),
                ("like", one_line(&drop.like).into()),
                ("concepts", drop.concepts.into()),
                ("remaining", drop.remaining.into()),
            ];
            let first = format!("{:>3}. ", index + 1);
            writeln!(out, "{}", wrapped(&messages.text("similar-drop", &args), width, &first, "     "))?;
        }
    }
    for left_out in &report.quarantine {
        writeln!(out, "! {}: {}", one_line(&left_out.path), one_line(&left_out.detail))?;
    }
    for fault in &report.faults {
        writeln!(out, "! {}: {}", one_line(&fault.place()), one_line(&fault.detail))?;
    }
    let count = |relation: &str| report.pairs.iter().filter(|it| it.relation == relation).count();
    let args = [
        ("pictures", report.manifest.counts.scored.into()),
        ("duplicates", count("duplicate").into()),
        ("texts", count("same-art-other-text").into()),
        ("alikes", count("look-alike").into()),
        ("quarantined", report.quarantine.len().into()),
    ];
    writeln!(out, "\n{}", wrapped(&messages.text("similar-summary", &args), width, "", ""))
}

/// Copy of like meaning, one object a line; the manifest is the last line.
///
/// # Errors
/// What the writer gives.
pub fn copy_matches_jsonl(report: &CopyMatchReport, out: &mut dyn Write) -> io::Result<()> {
    lines(&report.pairs, out)?;
    lines(&report.faults, out)?;
    lines(std::slice::from_ref(&report.manifest), out)
}

/// Copy of like meaning, one object.
///
/// # Errors
/// What the writer gives.
pub fn copy_matches_json(report: &CopyMatchReport, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// Copy of like meaning, one row each.
///
/// # Errors
/// What the writer gives.
pub fn copy_matches_csv(report: &CopyMatchReport, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    writer.write_record(["a", "b", "relation", "similarity", "field", "text"])?;
    for pair in &report.pairs {
        let (a, b, text) = (guarded(&pair.a), guarded(&pair.b), guarded(&pair.evidence.text));
        let similarity = pair.similarity.to_string();
        writer.write_record([&a, &b, &pair.relation, &similarity, &pair.evidence.field, &text])?;
    }
    writer.flush()
}

/// Copy of like meaning for a terminal, best first.
///
/// # Errors
/// What the writer gives.
pub fn copy_matches_table(
    report: &CopyMatchReport,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    if report.pairs.is_empty() {
        writeln!(out, "{}", messages.text("similar-copy-nothing", &[]))?;
    }
    for pair in &report.pairs {
        let similarity = messages.locale().decimal(pair.similarity, 3);
        let id = elided(&one_line(&pair.b), 28);
        let pad = " ".repeat(28usize.saturating_sub(unicode_width::UnicodeWidthStr::width(id.as_str())));
        let first = format!("{similarity:>6}  {id}{pad}  ");
        writeln!(out, "{}", wrapped(&one_line(&pair.evidence.text), width.max(70), &first, &" ".repeat(38)))?;
    }
    for fault in &report.faults {
        writeln!(out, "! {}: {}", one_line(&fault.place()), one_line(&fault.detail))?;
    }
    Ok(())
}
