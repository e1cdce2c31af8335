//! Explanations below the table: the words, the regions, what to change.

use std::io::{self, Write};

use super::plain::{one_line, wrapped};
use crate::explanation::NOTHING;
use crate::{ExplanationRecord, Messages, Report};

/// Words named for one creative, strongest first.
const WORDS: usize = 6;

/// Writes the explanations of a report, where there are any.
pub(super) fn explanations(
    report: &Report,
    messages: &Messages,
    width: usize,
    colored: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (on, off) = if colored { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut explained = report.scores.iter().filter_map(|it| Some((it, it.explanation.as_ref()?))).peekable();
    if explained.peek().is_none() {
        return Ok(());
    }
    for (score, explanation) in explained {
        let args = [
            ("rank", score.rank.into()),
            ("id", one_line(&score.id).into()),
            ("score", messages.locale().decimal(score.score, 1).into()),
        ];
        writeln!(out, "{on}{}{off}", wrapped(&messages.text("explain-heading", &args), width, "", "  "))?;
        for line in lines(explanation, messages) {
            writeln!(out, "{}", wrapped(&one_line(&line), width, "  ", "    "))?;
        }
        match explanation.edits.is_empty() {
            true => {
                writeln!(out, "{}", wrapped(&messages.text("explain-edits-none", &[]), width, "  ", "    "))?
            }
            false => writeln!(out, "  {}", messages.text("explain-edits", &[]))?,
        }
        for (index, edit) in explanation.edits.iter().enumerate() {
            let line = format!("{}. {}", index + 1, one_line(&edit.text));
            writeln!(out, "{}", wrapped(&line, width, "  ", "     "))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{}\n", wrapped(&messages.text("explain-meaning", &[]), width, "", ""))
}

fn lines(explanation: &ExplanationRecord, messages: &Messages) -> Vec<String> {
    let mut lines = vec![words(explanation, messages)];
    lines
        .extend(explanation.regions.iter().filter(|it| it.effect.abs() >= NOTHING).map(|it| it.text.clone()));
    lines
}

/// The strongest words with their sign; sentences are made of words and left out.
fn words(explanation: &ExplanationRecord, messages: &Messages) -> String {
    let mut words: Vec<_> =
        explanation.words.iter().filter(|it| it.kind != "sentence" && it.effect.abs() >= NOTHING).collect();
    words.sort_by(|a, b| b.effect.abs().total_cmp(&a.effect.abs()));
    let said = |it: &&crate::WordEffectRecord| {
        let points = messages.locale().signed(it.effect, 1);
        messages.text("explain-word", &[("points", points.into()), ("text", it.text.as_str().into())])
    };
    let words: Vec<String> = words.iter().take(WORDS).map(said).collect();
    if words.is_empty() {
        return messages.text("explain-words-even", &[]);
    }
    messages.text("explain-words", &[("words", words.join(", ").into())])
}
