//! Counts of what was answered, and shares with their intervals.

use std::collections::BTreeMap;

use gancho_evidence::SPAM_LEVEL;
use gancho_language::Reading;
use gancho_report::{ResponseRecord, ShareRecord};

/// Level of the intervals.
pub(super) const LEVEL: f64 = 0.9;
/// The quantile of the normal distribution that belongs to [`LEVEL`], both sides.
const QUANTILE: f64 = 1.644_853_626_951_472_2;
/// From this probability on a comment counts as toxic.
pub(super) const TOXIC_LEVEL: f32 = 0.5;

/// Counts of comments.
#[derive(Debug, Clone, Default)]
pub(super) struct Response {
    pub(super) comments: u64,
    pub(super) spam: u64,
    pub(super) toxic: u64,
    pub(super) labels: BTreeMap<&'static str, u64>,
}

impl Response {
    /// Counts a comment that could be read.
    pub(super) fn take(&mut self, reading: &Reading) {
        self.comments += 1;
        if reading.spam >= SPAM_LEVEL {
            self.spam += 1;
            return;
        }
        self.toxic += u64::from(reading.toxicity >= TOXIC_LEVEL);
        for label in [reading.sentiment.label(), reading.intent.label()] {
            *self.labels.entry(label).or_default() += 1;
        }
    }

    /// Comments that are no spam.
    pub(super) fn voices(&self) -> u64 {
        self.comments - self.spam
    }

    pub(super) fn count(&self, label: &str) -> u64 {
        self.labels.get(label).copied().unwrap_or(0)
    }

    pub(super) fn record(&self, creative: Option<String>, minimum: u64) -> ResponseRecord {
        let labels = ["negative", "neutral", "positive", "question", "purchase", "complaint"];
        let mut shares: BTreeMap<String, ShareRecord> = labels
            .iter()
            .map(|it| ((*it).to_owned(), share(self.count(it), self.voices(), minimum)))
            .collect();
        shares.insert("toxic".to_owned(), share(self.toxic, self.voices(), minimum));
        shares.insert("spam".to_owned(), share(self.spam, self.comments, minimum));
        ResponseRecord { creative, comments: self.comments, shares }
    }
}

/// A share with its Wilson score interval (Wilson 1927, doi 10.1080/01621459.1927.10502953). It covers chance in who
/// commented, not errors in reading.
pub(super) fn share(count: u64, of: u64, minimum: u64) -> ShareRecord {
    if of < minimum.max(1) {
        return ShareRecord { count, of, share: None, low: None, high: None };
    }
    let (n, p) = (of as f64, count as f64 / of as f64);
    let z2 = QUANTILE * QUANTILE;
    let center = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = QUANTILE / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let end = |it: f64| Some(crate::records::rounded_to(it.clamp(0.0, 1.0), 4));
    ShareRecord { count, of, share: end(p), low: end(center - half), high: end(center + half) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_wilsons() {
        // 10 of 40 at 90 %, from the formula of the paper in double precision.
        let it = share(10, 40, 20);
        assert_eq!((it.share, it.low, it.high), (Some(0.25), Some(0.1557), Some(0.376)));
        let none = share(0, 20, 20);
        assert_eq!((none.share, none.low), (Some(0.0), Some(0.0)));
        assert!(none.high.is_some_and(|it| it > 0.1 && it < 0.13), "{none:?}");
    }

    #[test]
    fn too_few_comments_have_no_share() {
        assert_eq!(share(5, 19, 20), ShareRecord { count: 5, of: 19, share: None, low: None, high: None });
        assert_eq!(share(0, 0, 0).share, None);
    }
}
