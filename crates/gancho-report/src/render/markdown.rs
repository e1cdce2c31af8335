//! Sections as Markdown, for model cards.

use std::fmt::Write;

use super::plain::one_line;
use crate::story::{Bars, Block, Section, Table};

/// The sections under heads of the second level.
pub fn markdown(sections: &[Section]) -> String {
    let mut text = String::new();
    for section in sections {
        let _ = writeln!(text, "## {}\n", escaped(&section.title));
        for block in &section.blocks {
            match block {
                Block::Paragraph { text: it } => {
                    let _ = writeln!(text, "{}\n", escaped(it));
                }
                Block::List { items } => {
                    for it in items {
                        let _ = writeln!(text, "- {}", escaped(it));
                    }
                    text.push('\n');
                }
                Block::Bars(it) => table(&as_table(it), &mut text),
                Block::Table(it) => table(it, &mut text),
            }
        }
    }
    text
}

/// A line of text in which nothing means anything to Markdown or HTML.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    // Code between backticks is ours; a user's backtick that opens none is a plain character.
    let mut in_code = false;
    let text = one_line(text);
    let ticks = text.matches('`').count();
    for it in text.chars() {
        match it {
            '`' if ticks.is_multiple_of(2) => {
                in_code = !in_code;
                escaped.push(it);
            }
            '|' => escaped.push_str("\\|"),
            '<' if in_code => escaped.push('<'),
            '<' => escaped.push_str("&lt;"),
            '&' if !in_code => escaped.push_str("&amp;"),
            '\\' | '*' | '_' | '[' | ']' | '#' | '!' | '`' if !in_code => {
                escaped.push('\\');
                escaped.push(it);
            }
            it => escaped.push(it),
        }
    }
    escaped
}

fn as_table(bars: &Bars) -> Table {
    let is_known = bars.rows.iter().any(|it| !it.interval_words.is_empty());
    let rows = bars.rows.iter().map(|it| {
        let mut row = vec![it.label.clone(), it.words.clone()];
        row.extend(is_known.then(|| it.interval_words.clone()));
        row
    });
    let mut head = vec![String::new(), bars.caption.clone()];
    head.extend(is_known.then(|| "95 %".to_owned()));
    let mut rows: Vec<Vec<String>> = rows.collect();
    for mark in bars.marks.iter().filter(|it| it.value != 0.0) {
        let mut row = vec![mark.label.clone()];
        row.resize(head.len(), String::new());
        rows.push(row);
    }
    Table { head, rows }
}

fn table(table: &Table, text: &mut String) {
    let mut line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|it| escaped(it)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    };
    line(&table.head);
    let rule: Vec<&str> = (0..table.head.len()).map(|at| if at == 0 { "---" } else { "---:" }).collect();
    let rule: Vec<String> = rule.into_iter().map(str::to_owned).collect();
    line(&rule);
    table.rows.iter().for_each(|it| line(it));
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_the_user_is_no_markup() {
        assert_eq!(escaped("a|b <img> *c* [d](e)\n# f"), "a\\|b &lt;img> \\*c\\* \\[d\\](e) \\# f");
        assert_eq!(escaped("run `gancho --x <y>` & go"), "run `gancho --x <y>` &amp; go");
        assert_eq!(escaped("it`s"), "it\\`s");
    }
}
