//! Rates are not imported: they are used to check the figures that they are made of.

use super::headers::Rate;
use super::layout::Layout;
use super::reading::Records;
use super::row::PerformanceRow;
use super::warning::ImportWarning;
use crate::decimal::Decimal;
use crate::figures::quoted;
use crate::numbers::{self, DecimalMark, Quantity};

/// Largest part of a rate by which it may miss its parts, on top of what rounding explains: platforms
/// compute rates from figures that they round afterwards.
const RELATIVE: f64 = 0.02;

/// Compares each rate with its parts; one warning per column.
pub(crate) fn check(
    records: &Records,
    layout: &Layout,
    decimal: DecimalMark,
    rows: &[(usize, &PerformanceRow)],
) -> Vec<ImportWarning> {
    let mut warnings = Vec::new();
    for (column, rate) in &layout.rates {
        let mut first: Option<(u64, String, String)> = None;
        let mut cells = 0;
        for (row, read) in rows {
            let cell = records.table.cell(*row, *column);
            let Some((written, places)) = written(cell.text.trim(), cell.typed, decimal) else { continue };
            let Some((parts, slack)) = of_parts(*rate, read) else { continue };
            if !fits(written, places, parts, slack) {
                cells += 1;
                first.get_or_insert_with(|| (read.record, quoted(cell.text.trim()), format!("{parts:.4}")));
            }
        }
        if let Some((record, written, computed)) = first {
            let header = layout.headers[*column].clone();
            warnings.push(ImportWarning::RateDiffers { header, record, written, computed, cells });
        }
    }
    warnings
}

/// A rate as written, and how many places it has behind the point.
fn written(text: &str, typed: bool, decimal: DecimalMark) -> Option<(f64, u32)> {
    if text.len() > 64 || numbers::is_absent(text) || text.starts_with(['<', '>']) {
        return None;
    }
    let number = match typed {
        true => numbers::read_typed(text)?,
        false => numbers::read(text.trim_end_matches('%').trim_end(), decimal, Quantity::Amount)?,
    };
    let number = number.decimal()?;
    Some((number.to_f64(), number.scale()))
}

/// A rate computed from its parts, and by how much rounded money may move it.
fn of_parts(rate: Rate, row: &PerformanceRow) -> Option<(f64, f64)> {
    let count = |it: Option<i64>| it.map(|it| it as f64).filter(|it| *it > 0.0);
    let spend = row.spend.map(Decimal::to_f64).filter(|it| *it >= 0.0);
    let some_clicks = count(row.clicks).or(count(row.link_clicks));
    let ratio = |above: Option<f64>, below: Option<f64>, factor: f64, rounding: f64| {
        let (above, below) = (above?, below?);
        Some((above / below * factor, rounding / below * factor))
    };
    // Half a cent; a whole one where sums of rounded figures are meant.
    let cent = 0.01;
    match rate {
        Rate::Ctr => ratio(some_clicks, count(row.impressions), 100.0, 0.0),
        Rate::CtrAll => ratio(count(row.clicks), count(row.impressions), 100.0, 0.0),
        Rate::CtrLink => {
            ratio(count(row.link_clicks).or(count(row.clicks)), count(row.impressions), 100.0, 0.0)
        }
        Rate::Cpc => ratio(spend, some_clicks, 1.0, cent),
        Rate::CpcAll => ratio(spend, count(row.clicks), 1.0, cent),
        Rate::CpcLink => ratio(spend, count(row.link_clicks).or(count(row.clicks)), 1.0, cent),
        Rate::Cpm => ratio(spend, count(row.impressions), 1000.0, cent),
        Rate::Frequency => ratio(count(row.impressions), count(row.reach), 1.0, 0.0),
        Rate::CostPerResult => {
            ratio(spend, row.results.map(Decimal::to_f64).filter(|it| *it > 0.0), 1.0, cent)
        }
    }
}

/// Whether a rate fits, in percent or as a fraction: sheets keep 0.23 % as 0.0023.
fn fits(written: f64, places: u32, parts: f64, slack: f64) -> bool {
    let rounding = 10f64.powi(-(places.min(12) as i32));
    let is_near =
        |written: f64, rounding: f64| (written - parts).abs() <= rounding + slack + RELATIVE * parts.abs();
    is_near(written, rounding) || is_near(written * 100.0, rounding * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_no_difference() {
        for (written, places, parts, slack) in [
            (1.77, 2, 1.7717, 0.0),
            (0.0023, 4, 0.2282, 0.0),
            (10.089_003_28, 8, 10.0, 5.0),
            (0.0, 2, 0.004, 0.0),
        ] {
            assert!(fits(written, places, parts, slack), "{written} {parts}");
        }
        assert!(!fits(1.77, 2, 2.5, 0.0));
        assert!(!fits(27.31, 2, 273.1, 0.01));
    }
}
