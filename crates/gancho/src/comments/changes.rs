//! What changed over time.

use std::collections::BTreeMap;

use gancho_report::ChangeRecord;

use super::responses::{Response, share};

/// Days that are told apart; the oldest are joined when there are more.
const DAYS_KEPT: usize = 4_000;
/// What 5 % of samples without any change exceed.
const SIGNIFICANT_Z: f64 = 1.96;
/// Shares that are watched.
const WATCHED: [&str; 4] = ["negative", "positive", "question", "complaint"];

/// Comments by day.
#[derive(Debug, Default)]
pub(super) struct Days {
    /// Comments that are no spam, and the watched counts, by ISO day.
    days: BTreeMap<String, (u64, [u64; 4])>,
}

impl Days {
    /// Counts a comment of a day.
    pub(super) fn take(&mut self, day: String, of_one: &Response) {
        let entry = self.days.entry(day).or_default();
        entry.0 += of_one.voices();
        for (sum, label) in entry.1.iter_mut().zip(WATCHED) {
            *sum += of_one.count(label);
        }
        if self.days.len() > DAYS_KEPT
            && let Some((_, oldest)) = self.days.pop_first()
            && let Some(mut next) = self.days.first_entry()
        {
            next.get_mut().0 += oldest.0;
            next.get_mut().1.iter_mut().zip(oldest.1).for_each(|(sum, it)| *sum += it);
        }
    }

    /// Compares the last third of the comments, cut between days, with those before. Nothing when either side has
    /// fewer than the minimum.
    pub(super) fn changes(&self, minimum: u64) -> Vec<ChangeRecord> {
        let total: u64 = self.days.values().map(|it| it.0).sum();
        let mut before = (0u64, [0u64; 4]);
        let mut rest = self.days.iter();
        let mut since = None;
        for (day, (count, labels)) in rest.by_ref() {
            if before.0 > 0 && (before.0 + count) * 3 > total * 2 {
                since = Some((day.clone(), *count, *labels));
                break;
            }
            before.0 += count;
            before.1.iter_mut().zip(labels).for_each(|(sum, it)| *sum += it);
        }
        let Some((since, count, labels)) = since else { return Vec::new() };
        let mut after = (count, labels);
        for (_, (count, labels)) in rest {
            after.0 += count;
            after.1.iter_mut().zip(labels).for_each(|(sum, it)| *sum += it);
        }
        if before.0.min(after.0) < minimum.max(1) {
            return Vec::new();
        }
        let change = |(at, name): (usize, &&str)| ChangeRecord {
            share: (*name).to_owned(),
            since: since.clone(),
            before: share(before.1[at], before.0, minimum),
            after: share(after.1[at], after.0, minimum),
            significant: z(before.1[at], before.0, after.1[at], after.0).abs() > SIGNIFICANT_Z,
        };
        WATCHED.iter().enumerate().map(change).collect()
    }
}

/// The pooled two-proportion statistic of `b` minus `a`.
fn z(a: u64, of_a: u64, b: u64, of_b: u64) -> f64 {
    let (a, n, b, m) = (a as f64, of_a as f64, b as f64, of_b as f64);
    let pooled = (a + b) / (n + m);
    let error = (pooled * (1.0 - pooled) * (1.0 / n + 1.0 / m)).sqrt();
    if error > 0.0 { (b / m - a / n) / error } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(label: &'static str) -> Response {
        Response { comments: 1, labels: [(label, 1)].into(), ..Response::default() }
    }

    #[test]
    fn a_turn_is_found_and_dated() {
        let mut days = Days::default();
        for day in 1..=30 {
            for at in 0..10 {
                let label = if day > 20 && at < 6 { "negative" } else { "positive" };
                days.take(format!("2026-03-{day:02}"), &one(label));
            }
        }
        let changes = days.changes(20);
        let negative = &changes[0];
        assert_eq!((negative.share.as_str(), negative.since.as_str()), ("negative", "2026-03-21"));
        assert_eq!((negative.before.share, negative.after.share), (Some(0.0), Some(0.6)));
        assert!(negative.significant && !changes[2].significant);
        assert_eq!(days.changes(101), []);
    }

    #[test]
    fn one_day_has_no_before() {
        let mut days = Days::default();
        assert_eq!(days.changes(1), []);
        for _ in 0..100 {
            days.take("2026-03-01".into(), &one("negative"));
        }
        assert_eq!(days.changes(1), []);
    }
}
