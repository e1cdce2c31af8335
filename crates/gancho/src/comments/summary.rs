//! All comments of a file together, gathered one by one.

use std::collections::{BTreeMap, BTreeSet};

use gancho_evidence::TextReading;
use gancho_library::Comment;
use gancho_report::{CommentsSummary, FaultRecord, ManifestRecord, schema};

use super::CommentsRequest;
use super::changes::Days;
use super::replies::Replies;
use super::responses::{LEVEL, Response};
use super::topics::Topics;
use crate::features::language_code;

/// Creatives that a summary lists.
const CREATIVES_LISTED: usize = 1_000;

/// What was gathered so far.
#[derive(Debug)]
pub(super) struct Gathering {
    all: Response,
    illegible: u64,
    languages: BTreeMap<&'static str, u64>,
    /// Comments that name no creative stand under none.
    creatives: BTreeMap<Option<String>, Response>,
    topics: [Topics; 2],
    days: Days,
    replies: Replies,
    own_authors: BTreeSet<String>,
}

impl Gathering {
    pub(super) fn new(own_authors: &[String]) -> Self {
        Self {
            all: Response::default(),
            illegible: 0,
            languages: BTreeMap::new(),
            creatives: BTreeMap::new(),
            topics: [Topics::of("question"), Topics::of("complaint")],
            days: Days::default(),
            replies: Replies::default(),
            own_authors: own_authors.iter().map(|it| it.to_lowercase()).collect(),
        }
    }

    /// Creatives that were named.
    pub(super) fn creatives(&self) -> u64 {
        self.creatives.keys().flatten().count() as u64
    }

    pub(super) fn take(&mut self, comment: &Comment, read: &TextReading) {
        let ours = comment.author.as_ref().is_some_and(|it| self.own_authors.contains(&it.to_lowercase()));
        // Where nobody said who answers for the brand, any answer counts as one.
        if let Some(parent) = comment.parent.as_deref().filter(|_| ours || self.own_authors.is_empty()) {
            self.replies.answered(parent);
        }
        if ours {
            return;
        }
        *self.languages.entry(language_code(read.language)).or_default() += 1;
        let Some(reading) = &read.reading else {
            self.illegible += 1;
            return;
        };
        let mut of_one = Response::default();
        of_one.take(reading);
        self.all.take(reading);
        match self.creatives.get_mut(&comment.creative) {
            Some(response) => response.take(reading),
            None => {
                self.creatives.insert(comment.creative.clone(), of_one.clone());
            }
        }
        for topics in &mut self.topics {
            topics.take(comment, reading);
        }
        if let Some(day) = comment.day() {
            self.days.take(day, &of_one);
        }
        self.replies.take(comment, reading);
    }

    pub(super) fn summary(
        self,
        request: &CommentsRequest,
        faults: Vec<FaultRecord>,
        manifest: ManifestRecord,
    ) -> CommentsSummary {
        let mut creatives: Vec<_> = self.creatives.into_iter().filter(|it| it.0.is_some()).collect();
        creatives.sort_by(|a, b| b.1.comments.cmp(&a.1.comments).then(a.0.cmp(&b.0)));
        CommentsSummary {
            schema: schema::CommentsSummary,
            all: self.all.record(None, request.minimum),
            illegible: self.illegible,
            languages: self.languages.into_iter().map(|(code, count)| (code.to_owned(), count)).collect(),
            creatives: creatives
                .into_iter()
                .take(CREATIVES_LISTED)
                .map(|(creative, response)| response.record(creative, request.minimum))
                .collect(),
            minimum: request.minimum,
            level: LEVEL,
            topics: self.topics.into_iter().flat_map(|it| it.largest(request.top)).collect(),
            changes: self.days.changes(request.minimum),
            replies: self.replies.first(request.top * 2),
            faults,
            manifest,
        }
    }
}
