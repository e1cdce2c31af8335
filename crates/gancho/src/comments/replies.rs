//! Comments that a person should see first.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use gancho_evidence::SPAM_LEVEL;
use gancho_language::Reading;
use gancho_library::Comment;
use gancho_report::ReplyRecord;

use super::responses::TOXIC_LEVEL;

/// Candidates that are kept; of each five the four least urgent go when there are more.
const KEPT: usize = 2_000;
/// Answered comments that are remembered, 8 bytes each.
const ANSWERED_KEPT: usize = 4_000_000;

/// Comments that wait for an answer.
#[derive(Debug, Default)]
pub(super) struct Replies {
    waiting: Vec<(f64, ReplyRecord)>,
    /// Hashes of the ids of comments that somebody answered.
    answered: HashSet<u64>,
}

impl Replies {
    /// Remembers that a comment was answered.
    pub(super) fn answered(&mut self, id: &str) {
        if self.answered.len() < ANSWERED_KEPT {
            self.answered.insert(key(id));
        }
    }

    /// Considers a comment that could be read.
    pub(super) fn take(&mut self, comment: &Comment, reading: &Reading) {
        // Below an answer people talk to each other.
        if comment.parent.is_some() || reading.spam >= SPAM_LEVEL {
            return;
        }
        let intent = &reading.intent;
        // A complaint in public does more harm than a question without an answer costs.
        let reasons = [
            ("complaint", intent.complaint * reading.sentiment.negative.max(0.5) * 1.5),
            ("question", intent.question),
            ("purchase", intent.purchase),
            ("toxic", if reading.toxicity >= TOXIC_LEVEL { reading.toxicity } else { 0.0 }),
        ];
        let Some((why, weight)) = reasons.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return };
        if weight < 0.5 {
            return;
        }
        let urgency = f64::from(weight) * (1.0 + (1.0 + comment.likes.unwrap_or(0) as f64).ln());
        let record = ReplyRecord {
            row: comment.row,
            id: comment.id.clone(),
            creative: comment.creative.clone(),
            text: comment.text.clone(),
            likes: comment.likes,
            why: why.to_owned(),
        };
        self.waiting.push((urgency, record));
        if self.waiting.len() > KEPT {
            self.sort();
            self.waiting.truncate(KEPT / 5);
        }
    }

    /// The most urgent of those that nobody answered.
    pub(super) fn first(mut self, count: usize) -> Vec<ReplyRecord> {
        self.sort();
        let answered = |it: &ReplyRecord| it.id.as_ref().is_some_and(|id| self.answered.contains(&key(id)));
        self.waiting.into_iter().map(|it| it.1).filter(|it| !answered(it)).take(count).collect()
    }

    fn sort(&mut self) {
        self.waiting.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.row.cmp(&b.1.row)));
    }
}

fn key(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gancho_language::{Intent, Sentiment};

    fn asks(row: u64, likes: u64) -> (Comment, Reading) {
        let comment = Comment {
            row,
            id: Some(format!("c{row}")),
            likes: Some(likes),
            text: "?".into(),
            ..Comment::default()
        };
        let intent = Intent { question: 1.0, ..Intent::default() };
        (comment, Reading { intent, ..Reading::default() })
    }

    #[test]
    fn what_was_answered_and_spam_do_not_wait() {
        let mut replies = Replies::default();
        for (row, likes) in [(1, 0), (2, 50), (3, 9), (4, 0)] {
            let (comment, mut reading) = asks(row, likes);
            reading.spam = if row == 4 { 0.9 } else { 0.0 };
            replies.take(&comment, &reading);
        }
        replies.answered("c2");
        let (mut between_people, reading) = asks(5, 99);
        between_people.parent = Some("c1".into());
        replies.take(&between_people, &reading);
        let rows: Vec<u64> = replies.first(9).iter().map(|it| it.row).collect();
        assert_eq!(rows, [3, 1]);
    }

    #[test]
    fn an_open_complaint_comes_before_a_question() {
        let mut replies = Replies::default();
        let (question, reading) = asks(1, 0);
        replies.take(&question, &reading);
        let intent = Intent { complaint: 1.0, ..Intent::default() };
        let sentiment = Sentiment { negative: 1.0, ..Sentiment::default() };
        let (complaint, _) = asks(2, 0);
        replies.take(&complaint, &Reading { intent, sentiment, ..Reading::default() });
        let found = replies.first(1);
        assert_eq!((found[0].row, found[0].why.as_str()), (2, "complaint"));
    }
}
