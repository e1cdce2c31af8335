//! What people ask and complain about: comments grouped by meaning.

use gancho_evidence::SPAM_LEVEL;
use gancho_language::Reading;
use gancho_library::Comment;
use gancho_report::TopicRecord;
use gancho_similarity::{SAME_TOPIC_COSINE, clusters};

/// Comments of one kind that are kept for grouping, 2 KB each. Of more, every second one stays, again and again, so
/// that what is kept spreads over the whole file.
const KEPT: usize = 4_000;
/// Creatives that a topic names.
const CREATIVES_NAMED: usize = 5;
/// Intent from this probability on.
const LEVEL: f32 = 0.5;

/// Comments of one kind.
#[derive(Debug)]
pub(super) struct Topics {
    kind: &'static str,
    kept: Vec<Kept>,
    /// One in so many is kept.
    stride: u64,
    met: u64,
}

#[derive(Debug)]
struct Kept {
    row: u64,
    text: String,
    creative: Option<String>,
    likes: u64,
    embedding: Vec<f32>,
}

impl Topics {
    pub(super) fn of(kind: &'static str) -> Self {
        Self { kind, kept: Vec::new(), stride: 1, met: 0 }
    }

    /// Considers a comment that could be read.
    pub(super) fn take(&mut self, comment: &Comment, reading: &Reading) {
        let probability =
            reading.intent.scores().into_iter().find(|it| it.0 == self.kind).map_or(0.0, |it| it.1);
        if probability < LEVEL || reading.spam >= SPAM_LEVEL {
            return;
        }
        self.met += 1;
        if !(self.met - 1).is_multiple_of(self.stride) {
            return;
        }
        if self.kept.len() >= KEPT {
            let mut at = 0;
            self.kept.retain(|_| {
                at += 1;
                at % 2 == 1
            });
            self.stride *= 2;
            if !(self.met - 1).is_multiple_of(self.stride) {
                return;
            }
        }
        self.kept.push(Kept {
            row: comment.row,
            text: comment.text.clone(),
            creative: comment.creative.clone(),
            likes: comment.likes.unwrap_or(0),
            embedding: reading.embedding.clone(),
        });
    }

    /// The largest groups, their counts raised to the whole file where only a part was kept.
    pub(super) fn largest(mut self, count: usize) -> Vec<TopicRecord> {
        self.kept.sort_by(|a, b| b.likes.cmp(&a.likes).then(a.row.cmp(&b.row)));
        let vectors: Vec<&[f32]> = self.kept.iter().map(|it| it.embedding.as_slice()).collect();
        // They are all of one model.
        let groups = clusters(&vectors, SAME_TOPIC_COSINE).unwrap_or_default();
        groups
            .into_iter()
            .take(count)
            .map(|group| {
                let mut creatives: Vec<String> = Vec::new();
                for creative in group.members.iter().filter_map(|at| self.kept[*at].creative.as_ref()) {
                    if creatives.len() < CREATIVES_NAMED && !creatives.contains(creative) {
                        creatives.push(creative.clone());
                    }
                }
                let example = &self.kept[group.members[0]];
                TopicRecord {
                    kind: self.kind.to_owned(),
                    comments: group.members.len() as u64 * self.stride,
                    likes: group.members.iter().map(|at| self.kept[*at].likes).sum::<u64>() * self.stride,
                    creatives,
                    example: example.text.clone(),
                    row: example.row,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gancho_language::Intent;

    #[test]
    fn what_is_kept_is_bounded_and_spread_out() {
        let mut topics = Topics::of("question");
        let intent = Intent { question: 0.9, ..Intent::default() };
        for row in 0..10 * KEPT as u64 {
            // Two directions, the first of which has three quarters.
            let embedding = if row % 4 < 3 { vec![1.0, 0.0] } else { vec![0.0, 1.0] };
            let comment = Comment { row, text: row.to_string(), ..Comment::default() };
            topics.take(&comment, &Reading { embedding, intent, ..Reading::default() });
        }
        assert!(topics.kept.len() <= KEPT);
        assert!(topics.kept.last().is_some_and(|it| it.row > 9 * KEPT as u64));
        // Sixteenths of rows keep only the first direction: the count is an estimate.
        let found = topics.largest(5);
        let sum: u64 = found.iter().map(|it| it.comments).sum();
        assert!(sum.abs_diff(10 * KEPT as u64) < 16, "{sum}");
    }
}
