//! The cases of a test as a table: the same rows and folds, for whoever wants to learn from them by other means.

use std::io::{self, Write};

use gancho_report::render::guarded;
use gancho_scorer::Backtest;

use super::days;

/// Columns before the features.
const HEAD: [&str; 9] =
    ["case", "fold", "campaign", "creative", "day", "amount", "exposure", "context_margin", "content_margin"];

/// Writes every judged case: fold, campaign, creative, day, both counts, both margins as predicted out of fold, and
/// all features, those of the delivery first. An unknown value is blank.
///
/// # Errors
/// What the writer gives.
pub fn write_sample(backtest: &Backtest, out: &mut dyn Write) -> io::Result<()> {
    let sample = &backtest.sample;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    let features = sample
        .context
        .names
        .iter()
        .chain(["prior".to_owned()].iter())
        .chain(&sample.content.names)
        .map(|it| guarded(it))
        .collect::<Vec<_>>();
    writer.write_record(HEAD.iter().map(|it| (*it).to_owned()).chain(features))?;
    for case in &backtest.cases {
        let name = |names: &[String], at: usize| guarded(names.get(at).map_or("", String::as_str));
        let mut row = vec![
            case.case.to_string(),
            case.fold.to_string(),
            name(&sample.groups, case.group),
            name(&sample.creatives, case.creative),
            sample.day.get(case.case).copied().flatten().map_or_else(String::new, days::iso),
            case.amount.to_string(),
            case.exposure.to_string(),
            case.context.to_string(),
            case.content.to_string(),
        ];
        let value = |it: f32| if it.is_finite() { it.to_string() } else { String::new() };
        row.extend(sample.context.columns.iter().map(|it| value(it[case.case])));
        row.push(sample.prior[case.creative].to_string());
        row.extend(sample.content.columns.iter().map(|it| value(it[case.creative])));
        writer.write_record(row)?;
    }
    writer.flush()
}
