//! The records of `gancho comments`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FaultRecord, ManifestRecord, schema};

/// What one comment says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommentRecord {
    /// `gancho.comment/1`.
    pub schema: schema::Comment,
    /// Row of the file, from 1, header and blank lines not counted.
    pub row: u64,
    /// The comment's own id.
    pub id: Option<String>,
    /// The creative, as the file names it.
    pub creative: Option<String>,
    /// The words.
    pub text: String,
    /// `es`, `en` or `other`.
    pub language: String,
    /// Sentiment; null where the text cannot be read (another script, nothing but marks).
    pub sentiment: Option<SentimentRecord>,
    /// Probability of an insult, a threat or contempt.
    pub toxicity: Option<f64>,
    /// Probability of spam.
    pub spam: Option<f64>,
    /// What the writer is after.
    pub intent: Option<IntentRecord>,
    /// Probability of irony; it never changes the sentiment.
    pub irony: Option<f64>,
    /// Probability, for a headline, that it withholds what it is about.
    pub clickbait: Option<f64>,
    /// Whether only the beginning was read.
    pub truncated: bool,
}

/// The likeliest class of sentiment, and the probability of each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentimentRecord {
    /// `negative`, `neutral` or `positive`.
    pub label: String,
    /// Probability.
    pub negative: f64,
    /// Probability.
    pub neutral: f64,
    /// Probability.
    pub positive: f64,
}

/// The likeliest intent, and the probability of each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IntentRecord {
    /// `question`, `purchase`, `complaint`, `praise` or `other`.
    pub label: String,
    /// Probabilities by label.
    pub scores: BTreeMap<String, f64>,
}

/// A share of comments, with the interval that sampling leaves.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ShareRecord {
    /// Comments that count.
    pub count: u64,
    /// Of so many.
    pub of: u64,
    /// `count / of`; null where `of` is under the minimum.
    pub share: Option<f64>,
    /// Wilson score interval; null where the share is.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

/// What was answered below one creative, or below all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResponseRecord {
    /// The creative; null for comments that name none, and for all together.
    pub creative: Option<String>,
    /// Comments that were read, spam included.
    pub comments: u64,
    /// Shares of comments that are no spam, by name: the classes of sentiment, `question`, `purchase`,
    /// `complaint`, `toxic`; and `spam`, of all.
    pub shares: BTreeMap<String, ShareRecord>,
}

/// Comments that ask or complain about the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TopicRecord {
    /// `question` or `complaint`.
    pub kind: String,
    /// How many comments.
    pub comments: u64,
    /// Their likes.
    pub likes: u64,
    /// Creatives they stand under, at most five.
    pub creatives: Vec<String>,
    /// The one nearest to the middle.
    pub example: String,
    /// Its row.
    pub row: u64,
}

/// What became of a share between two stretches of time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeRecord {
    /// `negative`, `positive`, `question`, `complaint`.
    pub share: String,
    /// First day of the later stretch.
    pub since: String,
    /// Before that day.
    pub before: ShareRecord,
    /// From that day on.
    pub after: ShareRecord,
    /// Whether the difference is more than 95 % of samples without any change would show.
    pub significant: bool,
}

/// A comment that a person should see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReplyRecord {
    /// Its row.
    pub row: u64,
    /// Its id.
    pub id: Option<String>,
    /// The creative.
    pub creative: Option<String>,
    /// The words.
    pub text: String,
    /// Likes.
    pub likes: Option<u64>,
    /// `complaint`, `question`, `purchase` or `toxic`.
    pub why: String,
}

/// What all comments of a file say together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommentsSummary {
    /// `gancho.comments-summary/1`.
    pub schema: schema::CommentsSummary,
    /// All comments.
    pub all: ResponseRecord,
    /// Comments that could not be read, by their writing.
    pub illegible: u64,
    /// Comments by language.
    pub languages: BTreeMap<String, u64>,
    /// By creative, most comments first.
    pub creatives: Vec<ResponseRecord>,
    /// Fewest comments for a share.
    pub minimum: u64,
    /// Level of the intervals.
    pub level: f64,
    /// Questions and complaints, most comments first.
    pub topics: Vec<TopicRecord>,
    /// Changes over time.
    pub changes: Vec<ChangeRecord>,
    /// Replies that are waited for, most urgent first.
    pub replies: Vec<ReplyRecord>,
    /// Rows at fault, at most a hundred.
    pub faults: Vec<FaultRecord>,
    /// How it was made.
    pub manifest: ManifestRecord,
}
