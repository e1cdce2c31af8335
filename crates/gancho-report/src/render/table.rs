//! The table on a terminal.
//!
//! Width and color are the caller's to decide. Color repeats what the text says already (signs,
//! words, places), so that nothing is lost without it.

use std::io::{self, Write};

use comfy_table::{
    Attribute, Cell, CellAlignment, Color, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle,
};

use super::explanation::explanations;
use super::plain::{elided, one_line, wrapped};
use crate::{Basis, IntervalRecord, Messages, Report, ScoreRecord, reason_short};

/// No lines but one below the header: the numbers are the picture.
pub(super) const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

/// Below this width the scale is not drawn, and the reason moves to a line of its own below the creative.
const WIDE: usize = 110;
/// What the other columns of a narrow table need: rank, score, interval, basis and the gaps.
const NARROW_REST: usize = 42;
/// Cells of the drawn interval: five points of score each.
const BAR_CELLS: usize = 21;

/// Writes the ranking, then explanations, remarks, what was left out and a summary.
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
    explanations(report, messages, width, colored, out)?;
    let mut page = Page { out, messages, width, colored };
    page.remarks(report)?;
    page.left_out(report)?;
    page.summary(report)
}

fn ranking(scores: &[ScoreRecord], messages: &Messages, width: usize, colored: bool) -> Table {
    let mut table = Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    match colored {
        true => table.enforce_styling(),
        false => table.force_no_tty(),
    };
    let columns: &[Column] = if width >= WIDE { &Column::IN_WIDE } else { &Column::IN_NARROW };
    table.set_header(columns.iter().map(|it| it.header(messages)));
    for score in scores {
        table.add_row(columns.iter().map(|it| it.cell(score, messages, width)));
    }
    for (kind, column) in columns.iter().zip(table.column_iter_mut()) {
        column.set_padding((0, 2));
        if matches!(kind, Column::Rank | Column::Score) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        if !matches!(kind, Column::Reason | Column::CreativeAndReason) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table
}

/// What a column shows.
#[derive(Clone, Copy)]
enum Column {
    Rank,
    Creative,
    CreativeAndReason,
    Score,
    Interval,
    Scale,
    Basis,
    Reason,
}

impl Column {
    const IN_WIDE: [Self; 7] =
        [Self::Rank, Self::Creative, Self::Score, Self::Interval, Self::Scale, Self::Basis, Self::Reason];
    const IN_NARROW: [Self; 5] =
        [Self::Rank, Self::CreativeAndReason, Self::Score, Self::Interval, Self::Basis];

    fn header(self, messages: &Messages) -> Cell {
        let key = match self {
            Self::Rank => "table-rank",
            Self::Creative => "table-creative",
            Self::CreativeAndReason => "table-creative-and-reason",
            Self::Score => "table-score",
            Self::Interval => "table-interval",
            Self::Scale => "table-scale",
            Self::Basis => "table-basis",
            Self::Reason => "table-reason",
        };
        Cell::new(messages.text(key, &[])).add_attribute(Attribute::Bold)
    }

    fn cell(self, score: &ScoreRecord, messages: &Messages, width: usize) -> Cell {
        match self {
            Self::Rank => Cell::new(score.rank),
            Self::Creative => Cell::new(creative(score, (width / 4).min(36))),
            Self::CreativeAndReason => {
                let id = creative(score, width.saturating_sub(NARROW_REST).max(12));
                Cell::new(format!("{id}\n{}", reason(score, messages)))
            }
            Self::Score => {
                Cell::new(messages.locale().decimal(score.score, 1)).add_attribute(Attribute::Bold)
            }
            Self::Interval => {
                Cell::new(score.interval.map_or("–".into(), |it| format!("{:.0}–{:.0}", it.low, it.high)))
            }
            Self::Scale => Cell::new(bar(score.score, score.interval)).fg(Color::DarkCyan),
            Self::Basis => Cell::new(messages.text(&format!("basis-{}", score.basis.as_str()), &[])),
            Self::Reason => {
                let is_down = score.reasons.first().is_some_and(|it| it.contribution < 0.0);
                let color = if is_down { Color::DarkYellow } else { Color::DarkGreen };
                Cell::new(reason(score, messages)).fg(color)
            }
        }
    }
}

/// The id within a width, with a mark when there are warnings.
fn creative(score: &ScoreRecord, width: usize) -> String {
    let mark = if score.warnings.is_empty() { "" } else { " (!)" };
    format!("{}{mark}", elided(&one_line(&score.id), width - mark.len()))
}

fn reason(score: &ScoreRecord, messages: &Messages) -> String {
    score
        .reasons
        .first()
        .map_or("–".into(), |it| one_line(&reason_short(messages, &it.feature, it.value, it.contribution)))
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
