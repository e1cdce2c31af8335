//! The table on a terminal.
//!
//! Width and color are the caller's to decide. Color repeats what the text says already (signs,
//! words, places), so that nothing is lost without it.

use std::io::{self, Write};

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle,
    Table, TableStyle, Width,
};

use super::plain::{elided, one_line, wrapped};
use crate::{Basis, IntervalRecord, Messages, Report, ScoreRecord, reason_short};

/// Rows parted by nothing, the header by one rule: the numbers are the picture.
const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::new(' ', ' ', ' '))
    .header_separator(LineStyle::new('─', '─', '─', '─'))
    .content_lines(ContentLineStyle::new(' ', ' ', ' '));

/// Below this width the drawn interval gives its place to the reason.
const WIDTH_WITH_BAR: usize = 110;
/// Cells of the drawn interval: five points of score each.
const BAR_CELLS: usize = 21;

/// Writes the ranking, then what was left out, remarks and a summary.
///
/// # Errors
/// What the writer gives.
pub fn table(
    report: &Report,
    messages: &Messages,
    width: usize,
    colored: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    if !report.scores.is_empty() {
        for line in ranking(&report.scores, messages, width, colored).lines() {
            writeln!(out, "{}", line.trim_end())?;
        }
        writeln!(out)?;
    }
    let mut page = Page { out, messages, width, colored };
    page.remarks(report)?;
    page.left_out(report)?;
    page.summary(report)
}

fn ranking(scores: &[ScoreRecord], messages: &Messages, width: usize, colored: bool) -> Table {
    let has_bar = width >= WIDTH_WITH_BAR;
    let id_width = (width / 4).clamp(12, 44);
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    match colored {
        true => table.enforce_styling(),
        false => table.force_no_tty(),
    };
    table.set_header(header(messages, has_bar));
    for score in scores {
        table.add_row(row(score, messages, id_width, has_bar));
    }
    let reason = if has_bar { 6 } else { 5 };
    for (index, column) in table.column_iter_mut().enumerate() {
        if matches!(index, 0 | 2) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        column.set_constraint(match index == reason {
            true => ColumnConstraint::LowerBoundary(Width::Fixed(16)),
            false => ColumnConstraint::ContentWidth,
        });
    }
    table
}

fn header(messages: &Messages, has_bar: bool) -> Vec<Cell> {
    let mut keys = vec!["rank", "creative", "score", "interval"];
    if has_bar {
        keys.push("scale");
    }
    keys.extend(["basis", "reason"]);
    let word = |key: &str| messages.text(&format!("table-{key}"), &[]);
    keys.into_iter().map(|key| Cell::new(word(key)).add_attribute(Attribute::Bold)).collect()
}

fn row(score: &ScoreRecord, messages: &Messages, id_width: usize, has_bar: bool) -> Vec<Cell> {
    let locale = messages.locale();
    let interval =
        score.interval.map_or("–".into(), |it| format!("{:.0}–{:.0}", it.low.max(0.0), it.high.max(0.0)));
    let mut id = elided(&one_line(&score.id), id_width);
    if !score.warnings.is_empty() {
        id.push_str(" (!)");
    }
    let mut cells = vec![
        Cell::new(score.rank),
        Cell::new(id),
        Cell::new(locale.decimal(score.score, 1)).add_attribute(Attribute::Bold),
        Cell::new(interval),
    ];
    if has_bar {
        cells.push(Cell::new(bar(score.score, score.interval)).fg(Color::DarkCyan));
    }
    cells.push(Cell::new(messages.text(&format!("basis-{}", score.basis.as_str()), &[])));
    cells.push(match score.reasons.first() {
        Some(it) => Cell::new(one_line(&reason_short(messages, &it.feature, it.value, it.contribution)))
            .fg(if it.contribution < 0.0 { Color::DarkYellow } else { Color::DarkGreen }),
        None => Cell::new("–"),
    });
    cells
}

/// The scale from 0 to 100: `━` inside the interval, `●` at the score.
fn bar(score: f64, interval: Option<IntervalRecord>) -> String {
    let cell = |value: f64| (value.clamp(0.0, 100.0) / 100.0 * (BAR_CELLS - 1) as f64).round() as usize;
    let band = interval.map(|it| cell(it.low)..=cell(it.high));
    (0..BAR_CELLS)
        .map(|index| match &band {
            _ if index == cell(score) => '●',
            Some(band) if band.contains(&index) => '━',
            _ => '·',
        })
        .collect()
}

/// What stands below the table.
struct Page<'a> {
    out: &'a mut dyn Write,
    messages: &'a Messages,
    width: usize,
    colored: bool,
}

impl Page<'_> {
    fn remarks(&mut self, report: &Report) -> io::Result<()> {
        let mut bases: Vec<Basis> = report.scores.iter().map(|it| it.basis).collect();
        bases.sort_unstable();
        bases.dedup();
        for basis in bases {
            self.paragraph(&self.messages.text(&format!("basis-{}-explained", basis.as_str()), &[]))?;
        }
        if !report.scores.is_empty() {
            let skill = report.manifest.skill.as_ref().map(|it| one_line(&it.text));
            self.paragraph(&skill.unwrap_or_else(|| self.messages.text("skill-unmeasured", &[])))?;
        }
        let warned = report.scores.iter().filter(|it| !it.warnings.is_empty()).count();
        if warned > 0 {
            self.paragraph(&self.messages.text("table-warned", &[("count", warned.into())]))?;
        }
        for note in &report.manifest.notes {
            self.paragraph(&one_line(&note.text))?;
        }
        Ok(())
    }

    fn left_out(&mut self, report: &Report) -> io::Result<()> {
        if !report.quarantine.is_empty() {
            self.heading("table-quarantine", report.quarantine.len())?;
            for it in &report.quarantine {
                self.item(&it.path, &it.detail)?;
            }
        }
        if !report.faults.is_empty() {
            self.heading("table-faults", report.faults.len())?;
            for it in &report.faults {
                self.item(&it.place(), &it.detail)?;
            }
        }
        Ok(())
    }

    fn summary(&mut self, report: &Report) -> io::Result<()> {
        let manifest = &report.manifest;
        let text = self.messages.text(
            "summary-score",
            &[
                ("creatives", manifest.counts.creatives.into()),
                ("scored", manifest.counts.scored.into()),
                ("quarantined", manifest.counts.quarantined.into()),
                ("faults", manifest.counts.faults.into()),
                ("seconds", self.messages.locale().decimal(manifest.seconds, 1).into()),
                ("device", one_line(&manifest.device).into()),
            ],
        );
        writeln!(self.out)?;
        self.paragraph(&text)
    }

    fn heading(&mut self, key: &str, count: usize) -> io::Result<()> {
        let text = self.messages.text(key, &[("count", count.into())]);
        let (on, off) = if self.colored { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        writeln!(self.out, "\n{on}{text}{off}")
    }

    fn item(&mut self, place: &str, detail: &str) -> io::Result<()> {
        writeln!(self.out, "  {}", one_line(place))?;
        writeln!(self.out, "{}", wrapped(&one_line(detail), self.width, "    ", "    "))
    }

    fn paragraph(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", wrapped(text, self.width, "", ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_places_score_and_interval() {
        let interval = IntervalRecord { level: 0.8, low: 25.0, high: 75.0 };
        assert_eq!(bar(50.0, Some(interval)), "·····━━━━━●━━━━━·····");
        assert_eq!(bar(120.0, None), "····················●");
    }
}
