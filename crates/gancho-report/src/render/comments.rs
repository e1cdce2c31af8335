//! Comments one by one, and all of them together.

use std::io::{self, Write};

use super::csv::guarded;
use super::plain::{elided, one_line, wrapped};
use crate::{
    Arg, ChangeRecord, CommentRecord, CommentsSummary, Messages, ReplyRecord, ResponseRecord, ShareRecord,
    TopicRecord,
};

/// Shapes of single comments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentsFormat {
    /// Lines for a terminal.
    Table,
    /// One list.
    Json,
    /// One object a line.
    Jsonl,
    /// One row a comment.
    Csv,
}

/// Columns of a comment in CSV.
const COLUMNS: [&str; 14] = [
    "row",
    "id",
    "creative",
    "language",
    "sentiment",
    "negative",
    "neutral",
    "positive",
    "toxicity",
    "spam",
    "intent",
    "irony",
    "truncated",
    "text",
];

/// Writes comments as they come.
pub struct CommentWriter<'a> {
    format: CommentsFormat,
    messages: &'a Messages,
    width: usize,
    out: &'a mut dyn Write,
    written: u64,
}

impl std::fmt::Debug for CommentWriter<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CommentWriter").field("format", &self.format).field("written", &self.written).finish()
    }
}

impl<'a> CommentWriter<'a> {
    /// A writer of this shape; `width` is that of the terminal.
    pub fn new(format: CommentsFormat, messages: &'a Messages, width: usize, out: &'a mut dyn Write) -> Self {
        Self { format, messages, width, out, written: 0 }
    }

    /// Writes one comment.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn write(&mut self, record: &CommentRecord) -> io::Result<()> {
        self.written += 1;
        match self.format {
            CommentsFormat::Jsonl => {
                serde_json::to_writer(&mut *self.out, record)?;
                self.out.write_all(b"\n")
            }
            CommentsFormat::Json => {
                self.out.write_all(if self.written == 1 { b"[\n" } else { b",\n" })?;
                Ok(serde_json::to_writer(&mut *self.out, record)?)
            }
            CommentsFormat::Csv => {
                let header = self.written == 1;
                row(record, header, self.out)
            }
            CommentsFormat::Table => self.line(record),
        }
    }

    /// Ends the output.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn finish(self) -> io::Result<()> {
        match (self.format, self.written) {
            (CommentsFormat::Json, 0) => self.out.write_all(b"[]\n"),
            (CommentsFormat::Json, _) => self.out.write_all(b"\n]\n"),
            (CommentsFormat::Csv, 0) => csv_row(&COLUMNS.map(str::to_owned), self.out),
            _ => Ok(()),
        }
    }

    fn line(&mut self, record: &CommentRecord) -> io::Result<()> {
        let word = |key: &str| self.messages.text(key, &[]);
        let Some(sentiment) = &record.sentiment else {
            return writeln!(
                self.out,
                "{:>6}  {:<29} {}",
                record.row,
                word("comment-illegible"),
                self.text(record, 38)
            );
        };
        let most = sentiment.negative.max(sentiment.neutral).max(sentiment.positive);
        let percent = self.messages.locale().percent(most, 0);
        let mut notes: Vec<String> = Vec::new();
        if let Some(intent) = record.intent.as_ref().filter(|it| it.label != "other" && it.label != "praise")
        {
            notes.push(word(&format!("comment-intent-{}", intent.label)));
        }
        for (value, key) in [
            (record.toxicity, "comment-toxic"),
            (record.spam, "comment-spam"),
            (record.irony, "comment-irony"),
        ] {
            if value.is_some_and(|it| it >= 0.5) {
                notes.push(word(key));
            }
        }
        let label = word(&format!("comment-{}", sentiment.label));
        let notes = elided(&notes.join(" "), 17);
        let pad = " ".repeat(17usize.saturating_sub(unicode_width::UnicodeWidthStr::width(notes.as_str())));
        writeln!(
            self.out,
            "{:>6}  {label:<8} {percent:>5} {notes}{pad} {}",
            record.row,
            self.text(record, 41)
        )
    }

    fn text(&self, record: &CommentRecord, used: usize) -> String {
        elided(&one_line(&record.text), self.width.saturating_sub(used).max(20))
    }
}

fn row(record: &CommentRecord, header: bool, out: &mut dyn Write) -> io::Result<()> {
    if header {
        csv_row(&COLUMNS.map(str::to_owned), out)?;
    }
    let number = |it: Option<f64>| it.map(|it| it.to_string()).unwrap_or_default();
    let sentiment = record.sentiment.as_ref();
    let text = |it: &Option<String>| it.as_deref().map(guarded).unwrap_or_default();
    csv_row(
        &[
            record.row.to_string(),
            text(&record.id),
            text(&record.creative),
            record.language.clone(),
            sentiment.map(|it| it.label.clone()).unwrap_or_default(),
            number(sentiment.map(|it| it.negative)),
            number(sentiment.map(|it| it.neutral)),
            number(sentiment.map(|it| it.positive)),
            number(record.toxicity),
            number(record.spam),
            record.intent.as_ref().map(|it| it.label.clone()).unwrap_or_default(),
            number(record.irony),
            record.truncated.to_string(),
            guarded(&record.text),
        ],
        out,
    )
}

fn csv_row(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    writer.write_record(cells)?;
    writer.flush()
}

/// The summary as one object.
///
/// # Errors
/// What the writer gives.
pub fn comments_summary_json(summary: &CommentsSummary, pretty: bool, out: &mut dyn Write) -> io::Result<()> {
    match pretty {
        true => serde_json::to_writer_pretty(&mut *out, summary)?,
        false => serde_json::to_writer(&mut *out, summary)?,
    }
    out.write_all(b"\n")
}

/// Creatives that the summary for a terminal lists.
const CREATIVES_SHOWN: usize = 15;
/// Shares that it shows, in this order.
const SHARES: [&str; 7] = ["negative", "neutral", "positive", "question", "complaint", "toxic", "spam"];

/// The summary for a terminal.
///
/// # Errors
/// What the writer gives.
pub fn comments_summary(
    summary: &CommentsSummary,
    messages: &Messages,
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = Page { messages, width };
    let languages: Vec<String> = summary
        .languages
        .iter()
        .map(|(code, count)| {
            let name = messages.text(&format!("language-{code}"), &[]);
            format!("{name} {}", messages.locale().decimal(*count as f64, 0))
        })
        .collect();
    let args: [(&str, Arg); 4] = [
        // Without what the brand itself answered.
        ("comments", summary.languages.values().sum::<u64>().into()),
        ("creatives", summary.manifest.counts.creatives.into()),
        ("illegible", summary.illegible.into()),
        ("languages", languages.join(", ").into()),
    ];
    writeln!(out, "{}\n", wrapped(&messages.text("comments-counted", &args), width, "", ""))?;
    page.shares(summary, out)?;
    page.topics(summary, "question", out)?;
    page.topics(summary, "complaint", out)?;
    page.changes(&summary.changes, out)?;
    page.replies(&summary.replies, out)?;
    for fault in &summary.faults {
        writeln!(out, "! {}: {}", one_line(&fault.place()), one_line(&fault.detail))?;
    }
    let more = summary.manifest.counts.faults.saturating_sub(summary.faults.len() as u64);
    if more > 0 {
        writeln!(out, "! {}", messages.text("comments-more-faults", &[("count", more.into())]))?;
    }
    Ok(())
}

struct Page<'a> {
    messages: &'a Messages,
    width: usize,
}

impl Page<'_> {
    fn word(&self, key: &str) -> String {
        self.messages.text(key, &[])
    }

    fn title(&self, key: &str, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.word(key))
    }

    fn shares(&self, summary: &CommentsSummary, out: &mut dyn Write) -> io::Result<()> {
        let name = (self.width.saturating_sub(8 + SHARES.len() * 12)).clamp(14, 34);
        let mut line = |first: &str, count: &str, cells: &[String]| {
            let first = elided(&one_line(first), name);
            let pad = " ".repeat(name.saturating_sub(unicode_width::UnicodeWidthStr::width(first.as_str())));
            let cells: String = cells.iter().map(|it| format!(" {it:>11}")).collect();
            writeln!(out, "{first}{pad} {count:>7}{cells}")
        };
        let heads = SHARES.map(|it| self.word(&format!("comments-share-{it}")));
        line("", &self.word("comments-count"), &heads)?;
        let all = self.word("comments-all");
        let rows = std::iter::once((all.as_str(), &summary.all)).chain(
            summary
                .creatives
                .iter()
                .take(CREATIVES_SHOWN)
                .map(|it| (it.creative.as_deref().unwrap_or_default(), it)),
        );
        for (name, response) in rows {
            let count = self.messages.locale().decimal(response.comments as f64, 0);
            line(name, &count, &self.cells(response))?;
        }
        let hidden = summary.manifest.counts.creatives.saturating_sub(CREATIVES_SHOWN as u64);
        if hidden > 0 {
            let args = [("count", hidden.into())];
            writeln!(out, "{}", self.messages.text("comments-more-creatives", &args))?;
        }
        let args = [("minimum", summary.minimum.into()), ("level", (summary.level * 100.0).into())];
        let explained = self.messages.text("comments-explained", &args);
        writeln!(out, "{}", wrapped(&explained, self.width, "", ""))
    }

    fn cells(&self, response: &ResponseRecord) -> Vec<String> {
        SHARES
            .iter()
            .map(|it| response.shares.get(*it).map_or_else(String::new, |it| self.share(it)))
            .collect()
    }

    /// `18 % 14-23`, or the bare count where there are too few comments.
    fn share(&self, share: &ShareRecord) -> String {
        let whole = |it: f64| self.messages.locale().decimal(it * 100.0, 0);
        match (share.share, share.low, share.high) {
            (Some(share), Some(low), Some(high)) => {
                format!("{} {}-{}", self.messages.locale().percent(share, 0), whole(low), whole(high))
            }
            _ => self.messages.locale().decimal(share.count as f64, 0),
        }
    }

    fn topics(&self, summary: &CommentsSummary, kind: &str, out: &mut dyn Write) -> io::Result<()> {
        let topics: Vec<&TopicRecord> = summary.topics.iter().filter(|it| it.kind == kind).collect();
        if topics.is_empty() {
            return Ok(());
        }
        self.title(&format!("comments-topics-{kind}"), out)?;
        for topic in topics {
            let args: [(&str, Arg); 3] = [
                ("text", one_line(&topic.example).into()),
                ("row", topic.row.into()),
                ("creatives", one_line(&topic.creatives.join(", ")).into()),
            ];
            let first = format!("{:>6}  ", topic.comments);
            let key = if topic.creatives.is_empty() { "comments-topic" } else { "comments-topic-under" };
            writeln!(out, "{}", wrapped(&self.messages.text(key, &args), self.width, &first, "        "))?;
        }
        Ok(())
    }

    fn changes(&self, changes: &[ChangeRecord], out: &mut dyn Write) -> io::Result<()> {
        let Some(first) = changes.first() else { return Ok(()) };
        let args = [("since", first.since.as_str().into())];
        writeln!(out, "\n{}", self.messages.text("comments-changes", &args))?;
        for change in changes {
            let label = self.word(&format!("comments-share-{}", change.share));
            let key = if change.significant { "comments-changed" } else { "comments-unchanged" };
            let (before, after) = (self.share(&change.before), self.share(&change.after));
            writeln!(out, "  {label:<11} {before:>11} -> {after:>11}  {}", self.word(key))?;
        }
        Ok(())
    }

    fn replies(&self, replies: &[ReplyRecord], out: &mut dyn Write) -> io::Result<()> {
        if replies.is_empty() {
            return Ok(());
        }
        self.title("comments-replies", out)?;
        for (at, reply) in replies.iter().enumerate() {
            let why = self.word(&format!("comment-intent-{}", reply.why));
            let args: [(&str, Arg); 4] = [
                ("why", why.into()),
                ("text", one_line(&reply.text).into()),
                ("row", reply.row.into()),
                ("likes", reply.likes.unwrap_or(0).into()),
            ];
            let first = format!("{:>4}. ", at + 1);
            writeln!(
                out,
                "{}",
                wrapped(&self.messages.text("comments-reply", &args), self.width, &first, "      ")
            )?;
        }
        Ok(())
    }
}
