//! A story on a terminal: paragraphs within the width, bars of characters, small tables.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::plain::{elided, one_line, wrapped};
use crate::story::{Bar, Bars, Block, Section, Story, Table};

/// Below this width bars are not drawn; their figures stand alone.
const WIDE: usize = 90;
/// Widest label of a bar and widest cell of a table.
const LABEL: usize = 40;
const INDENT: &str = "  ";

/// Writes a story for a terminal.
///
/// # Errors
/// What the writer gives.
pub(super) fn story(story: &Story, width: usize, out: &mut dyn Write) -> io::Result<()> {
    for line in &story.lead {
        writeln!(out, "{}", wrapped(&one_line(line), width, "", ""))?;
    }
    for section in &story.sections {
        section_of(section, width, out)?;
    }
    Ok(())
}

fn section_of(section: &Section, width: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", one_line(&section.title).to_uppercase())?;
    for block in &section.blocks {
        match block {
            Block::Paragraph { text } => {
                writeln!(out, "{}", wrapped(&one_line(text), width, INDENT, INDENT))?
            }
            Block::List { items } => {
                for item in items {
                    writeln!(out, "{}", wrapped(&one_line(item), width, "  - ", "    "))?;
                }
            }
            Block::Bars(it) => bars(it, width, out)?,
            Block::Table(it) => table(it, out)?,
        }
    }
    Ok(())
}

fn bars(bars: &Bars, width: usize, out: &mut dyn Write) -> io::Result<()> {
    let label = |it: &Bar| elided(&one_line(&it.label), LABEL);
    let widest = |text: &dyn Fn(&Bar) -> usize| bars.rows.iter().map(text).max().unwrap_or(0);
    let (names, values) = (widest(&|it| label(it).width()), widest(&|it| it.words.width()));
    let ranges = widest(&|it| it.interval_words.width());
    let used = INDENT.len() + names + values + ranges + 6;
    let cells = if width >= WIDE { (width - used.min(width)).min(41) } else { 0 };
    for it in &bars.rows {
        let drawn = if cells >= 11 { drawn(bars, it, cells) } else { String::new() };
        let line = format!(
            "{INDENT}{}{}  {}{}  {}{}  {drawn}",
            label(it),
            pad(names, &label(it)),
            pad(values, &it.words),
            it.words,
            it.interval_words,
            pad(ranges, &it.interval_words)
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    if cells >= 11 {
        let marks: Vec<String> = bars.marks.iter().map(|it| format!("│ {}", one_line(&it.label))).collect();
        writeln!(out, "{INDENT}{}", marks.join("   "))?;
    }
    Ok(())
}

fn pad(to: usize, text: &str) -> String {
    " ".repeat(to.saturating_sub(text.width()))
}

/// `│` at marks, `━` inside the interval, `●` at the figure.
fn drawn(bars: &Bars, it: &Bar, cells: usize) -> String {
    let cell = |value: f64| (bars.place(value) * (cells - 1) as f64).round() as usize;
    let band = it.interval.map(|(low, high)| cell(low)..=cell(high));
    (0..cells)
        .map(|at| match &band {
            _ if at == cell(it.value) => '●',
            _ if bars.marks.iter().any(|it| cell(it.value) == at) => '│',
            Some(band) if band.contains(&at) => '━',
            _ => '·',
        })
        .collect()
}

fn table(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let cells = |row: &[String]| row.iter().map(|it| elided(&one_line(it), LABEL)).collect::<Vec<String>>();
    let rows: Vec<Vec<String>> =
        std::iter::once(&table.head).chain(&table.rows).map(|it| cells(it)).collect();
    let columns = table.head.len();
    let widths: Vec<usize> = (0..columns)
        .map(|at| rows.iter().filter_map(|row| row.get(at)).map(|it| it.width()).max().unwrap_or(0))
        .collect();
    for row in rows {
        let mut line = INDENT.to_owned();
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            // Words to the left, figures to the right.
            match at {
                0 => line += &format!("{cell}{}", pad(*width, cell)),
                _ => line += &format!("  {}{cell}", pad(*width, cell)),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::story::Mark;

    #[test]
    fn a_bar_shows_figure_interval_and_marks() {
        let bar = Bar {
            label: "it".into(),
            value: 0.5,
            words: "0.50".into(),
            interval: Some((0.3, 0.7)),
            interval_words: "0.30 to 0.70".into(),
            is_main: true,
        };
        let mark = |value| Mark { label: "mark".into(), value };
        let bars = Bars {
            caption: String::new(),
            rows: vec![bar],
            marks: vec![mark(0.0), mark(0.9)],
            low: 0.0,
            high: 1.0,
        };
        assert_eq!(drawn(&bars, &bars.rows[0], 11), "│··━━●━━·│·");
    }

    #[test]
    fn nothing_of_the_user_reaches_the_terminal_as_an_escape() {
        let hostile = "a\u{1b}[2Jb\nc".to_owned();
        let table = Table { head: vec![hostile.clone()], rows: vec![vec![hostile.clone()]] };
        let blocks = vec![Block::List { items: vec![hostile.clone()] }, Block::Table(table)];
        let sections = vec![Section { title: hostile.clone(), blocks }];
        let told = Story { lead: vec![hostile], sections, ..Story::default() };
        let mut out = Vec::new();
        story(&told, 80, &mut out).unwrap();
        assert!(!String::from_utf8(out).unwrap().contains('\u{1b}'));
    }
}
