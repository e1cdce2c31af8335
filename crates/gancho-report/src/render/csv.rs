//! CSV after RFC 4180: one row per ranked creative, comma, CRLF, UTF-8.
//!
//! A spreadsheet executes a cell that begins like a formula, so text of the user that does so gets a
//! leading apostrophe (OWASP, CSV injection). Plain numbers such as `-3.5` stay as they are.

use std::io::{self, Write};

use crate::{NoteRecord, ScoreRecord};

/// Reasons that get columns of their own; the rest is in the JSON formats.
const REASONS: usize = 3;

const COLUMNS: &[&str] = &[
    "rank",
    "id",
    "path",
    "score",
    "base",
    "interval_level",
    "interval_low",
    "interval_high",
    "basis",
    "group",
    "width",
    "height",
    "format",
    "language",
    "headline",
    "primary_text",
    "description",
    "call_to_action",
    "warnings",
];

/// Readings of the sight that get columns of their own, after everything older: single numbers of
/// [`EvidenceRecord::measures`](crate::EvidenceRecord::measures).
const SIGHT: &[&str] = &[
    "text_area",
    "lowest_text_contrast",
    "faces",
    "focal_points",
    "attention_on_text",
    "attention_on_faces",
    "attention_on_center",
    "crop_1x1_attention_lost",
    "crop_4x5_attention_lost",
    "crop_9x16_attention_lost",
    "crop_16x9_attention_lost",
];

/// Writes the ranking. Quarantine, faults and manifest have other columns and stay out.
///
/// # Errors
/// What the writer gives.
pub fn csv(report: &crate::Report, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let mut header: Vec<String> = COLUMNS.iter().map(|it| (*it).to_string()).collect();
    for index in 1..=REASONS {
        header.extend(["feature", "contribution", "text"].map(|it| format!("reason_{index}_{it}")));
    }
    header.extend(SIGHT.iter().map(|it| (*it).to_string()));
    header.push("kind".to_string());
    writer.write_record(&header)?;
    for score in &report.scores {
        writer.write_record(row(score))?;
    }
    writer.flush()
}

fn row(score: &ScoreRecord) -> Vec<String> {
    let interval = score.interval;
    let end = |pick: fn(&crate::IntervalRecord) -> f64| number(interval.as_ref().map(pick));
    let evidence = &score.evidence;
    let mut cells = vec![
        score.rank.to_string(),
        guarded(&score.id),
        guarded(&score.path),
        number(Some(score.score)),
        number(Some(score.base)),
        end(|it| it.level),
        end(|it| it.low),
        end(|it| it.high),
        score.basis.as_str().to_string(),
        text(score.group.as_deref()),
        evidence.width.map(|it| it.to_string()).unwrap_or_default(),
        evidence.height.map(|it| it.to_string()).unwrap_or_default(),
        text(evidence.format.as_deref()),
        text(evidence.language.as_deref()),
    ];
    cells.extend(evidence.copy.fields().map(|(_, it)| text(it)));
    cells.push(codes(&score.warnings));
    for index in 0..REASONS {
        let reason = score.reasons.get(index);
        cells.push(text(reason.map(|it| it.feature.as_str())));
        cells.push(number(reason.map(|it| it.contribution)));
        cells.push(text(reason.map(|it| it.text.as_str())));
    }
    cells.extend(SIGHT.iter().map(|it| number(evidence.measures.get(*it).copied())));
    cells.push(text(evidence.sight.as_ref().map(|it| it.kind.label.as_str())));
    cells
}

fn codes(warnings: &[NoteRecord]) -> String {
    guarded(&warnings.iter().map(|it| it.code.as_str()).collect::<Vec<_>>().join(";"))
}

/// The shortest decimal that reads back as the same number; empty for nothing or not a number.
fn number(value: Option<f64>) -> String {
    value.filter(|it| it.is_finite()).map(|it| it.to_string()).unwrap_or_default()
}

fn text(value: Option<&str>) -> String {
    value.map(guarded).unwrap_or_default()
}

/// Puts an apostrophe before text that a spreadsheet would take for a formula.
///
/// The full-width signs count too: Japanese and Chinese editions read them as their ASCII twins.
pub fn guarded(text: &str) -> String {
    let risky = text
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if risky && !is_plain_number(text) { format!("'{text}") } else { text.into() }
}

/// Digits, at most one decimal point and a minus sign. A plus sign is text: that of a telephone number
/// would be lost.
fn is_plain_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        for risky in ["=1+1", "+SUM(A1)", "-2+3", "@A1", "\tx", "\r=1", "-", "+34600", "-1e5", "＝1"] {
            assert_eq!(guarded(risky), format!("'{risky}"));
        }
        for harmless in ["-3.5", "-7", "a=b", "", "'=1", "3-2"] {
            assert_eq!(guarded(harmless), harmless);
        }
    }
}
