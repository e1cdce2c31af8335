//! Variants of copy for programs, spreadsheets and people.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::csv::guarded;
use super::json::lines;
use super::plain::{one_line, wrapped};
use crate::{Messages, VariantRecord, WritingRecord, WritingReport};

/// Fields in the order in which a reader meets them.
const READING: [&str; 13] = [
    "subject",
    "preheader",
    "title",
    "primary_text",
    "intro_text",
    "ad_text",
    "text",
    "headline",
    "long_headline",
    "description",
    "body",
    "footer",
    "call_to_action",
];

/// One object a line: variants, then what became of each brief; the manifest is the last line.
///
/// # Errors
/// What the writer gives.
pub fn writing_jsonl(report: &WritingReport, out: &mut dyn Write) -> io::Result<()> {
    lines(&report.variants, out)?;
    lines(&report.writings, out)?;
    lines(std::slice::from_ref(&report.manifest), out)
}

/// One object with `variants`, `writings` and `manifest`.
///
/// # Errors
/// What the writer gives.
pub fn writing_json(report: &WritingReport, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// One row per variant, a column for each field: a manifest that `gancho score` reads, and that platforms take for
/// bulk upload.
///
/// # Errors
/// What the writer gives.
pub fn writing_csv(variants: &[VariantRecord], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let fields: BTreeSet<&String> = variants.iter().flat_map(|it| it.fields.keys()).collect();
    let head = ["id", "campaign", "placement", "score", "engine", "frame"].map(str::to_owned);
    writer.write_record(head.into_iter().chain(fields.iter().map(|it| guarded(it))))?;
    for it in variants {
        let brief = it.brief.clone().unwrap_or_else(|| "brief".to_owned());
        let mut row = vec![
            guarded(&format!("{brief}-{:02}", it.rank)),
            guarded(&brief),
            it.placement.clone(),
            it.score.to_string(),
            it.engine.clone(),
            it.frame.clone(),
        ];
        row.extend(
            fields.iter().map(|field| it.fields.get(*field).map(|it| guarded(it)).unwrap_or_default()),
        );
        writer.write_record(row)?;
    }
    writer.flush()
}

/// The variants by number, then what was left out and why.
///
/// # Errors
/// What the writer gives.
pub fn writing_table(
    report: &WritingReport,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    for writing in &report.writings {
        if let (Some(brief), true) = (&writing.brief, report.writings.len() > 1) {
            writeln!(out, "{}\n", messages.text("write-brief", &[("brief", one_line(brief).into())]))?;
        }
        for problem in &writing.problems {
            writeln!(out, "{}", wrapped(&one_line(&problem.text), width, "! ", "  "))?;
        }
        if !writing.problems.is_empty() {
            writeln!(out)?;
        }
        for variant in report.variants.iter().filter(|it| it.brief == writing.brief) {
            variant_lines(variant, messages, width, out)?;
        }
        summary(writing, messages, width, out)?;
    }
    Ok(())
}

/// One variant: its number, its score, its fields with their lengths.
///
/// # Errors
/// What the writer gives.
pub fn variant_lines(
    variant: &VariantRecord,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let locale = messages.locale();
    let score = locale.decimal(variant.score, 1);
    let range = variant.interval.map_or_else(String::new, |it| {
        format!(" ({}–{})", locale.decimal(it.low, 0), locale.decimal(it.high, 0))
    });
    let frame = match variant.frame.as_str() {
        "" => messages.text(&format!("write-engine-{}", variant.engine), &[]),
        frame => messages.text(&format!("write-frame-{frame}"), &[]),
    };
    writeln!(out, "{:>3}.  {score}{range}  {frame}", variant.rank)?;
    let mut fields: Vec<(&String, &String)> = variant.fields.iter().collect();
    fields.sort_by_key(|it| READING.iter().position(|field| *field == it.0.as_str()));
    let label = |field: &str| messages.text(&format!("write-field-{field}"), &[]);
    let labels: Vec<String> = fields.iter().map(|it| label(it.0)).collect();
    let widest =
        labels.iter().map(|it| unicode_width::UnicodeWidthStr::width(it.as_str())).max().unwrap_or(0);
    for ((field, text), label) in fields.into_iter().zip(&labels) {
        let pad = " ".repeat(widest - unicode_width::UnicodeWidthStr::width(label.as_str()));
        let length = variant
            .length
            .get(field)
            .map_or_else(String::new, |it| format!("  [{}/{}]", it.chars, it.max_chars));
        let first = format!("      {label}{pad}  ");
        let next = " ".repeat(widest + 8);
        writeln!(out, "{}", wrapped(&format!("{}{length}", one_line(text)), width, &first, &next))?;
    }
    writeln!(out)
}

fn summary(
    writing: &WritingRecord,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let counts = [
        ("written", writing.written.into()),
        ("wanted", writing.wanted.into()),
        ("judged", writing.judged.into()),
        ("passed", writing.passed.into()),
    ];
    writeln!(out, "{}", wrapped(&messages.text("write-summary", &counts), width, "", ""))?;
    for stopped in &writing.stopped {
        let line = format!("{:>6}  {}", stopped.candidates, one_line(&stopped.text));
        writeln!(out, "{}", wrapped(&line, width, "", "        "))?;
    }
    for note in &writing.notes {
        writeln!(out, "{}", wrapped(&one_line(&note.text), width, "", ""))?;
    }
    writeln!(out)
}
