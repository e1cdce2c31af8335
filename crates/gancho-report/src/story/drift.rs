//! What became of a trained model, in words.

use super::{Block, Section, Story, Table};
use crate::reason::capitalized;
use crate::{DriftRecord, Messages, feature_label};

/// The story of a comparison.
pub fn drift(record: &DriftRecord, messages: &Messages) -> Story {
    let locale = messages.locale();
    let word = |key: &str| messages.text(&format!("drift-{key}"), &[]);
    let mut lead = vec![verdict(record, messages)];
    if let Some(days) = record.age_days {
        lead.push(messages.text("drift-age", &[("days", days.into())]));
    }
    let compared = [("creatives", record.creatives.into()), ("features", record.features.into())];
    let mut sections = Vec::new();
    let mut features = Section::new(word("features")).say(messages.text("drift-compared", &compared));
    if !record.moved.is_empty() {
        let head = ["feature", "index", "chance", "missing", "verdict"].map(|it| word(&format!("head-{it}")));
        let row = |it: &crate::MovedRecord| {
            let missing = [it.missing_then, it.missing_now].map(|it| locale.percent(it, 0));
            vec![
                capitalized(&feature_label(messages, &it.feature)),
                locale.decimal(it.index, 2),
                locale.decimal(it.expected, 2),
                format!("{} → {}", missing[0], missing[1]),
                messages.find(&format!("drift-is-{}", it.verdict), &[]).unwrap_or_else(|| it.verdict.clone()),
            ]
        };
        let rows = record.moved.iter().map(row).collect();
        features =
            features.show(Block::Table(Table { head: head.into(), rows })).say(word("index-explained"));
    }
    sections.push(features);
    let ranges = match record.coverage {
        None => word("coverage-unknown"),
        Some(it) => {
            let key = if it.broken { "drift-coverage-broken" } else { "drift-coverage-held" };
            let args = [
                ("level", locale.percent(it.level, 0).into()),
                ("held", locale.percent(it.held, 0).into()),
                ("n", locale.decimal(it.n as f64, 0).into()),
                ("p", locale.decimal(it.p_value, 3).into()),
            ];
            messages.text(key, &args)
        }
    };
    sections.push(Section::of_text(word("coverage"), ranges));
    if !record.notes.is_empty() {
        let items = record.notes.iter().map(|it| it.text.clone()).collect();
        sections.push(Section::new(messages.text("backtest-notes", &[])).show(Block::List { items }));
    }
    Story { title: word("title"), lead, facts: Vec::new(), sections }
}

fn verdict(record: &DriftRecord, messages: &Messages) -> String {
    if !record.retrain {
        return messages.text("drift-keep", &[]);
    }
    let reasons =
        record.because.iter().map(|it| messages.text(&format!("drift-because-{}", it.as_str()), &[]));
    let reasons: Vec<String> = reasons.collect();
    messages.text("drift-retrain", &[("because", reasons.join("; ").into())])
}
