//! `comments`: what people answered, comment by comment and all together.

mod changes;
mod replies;
mod responses;
mod summary;
mod topics;

use std::collections::BTreeMap;
use std::io;
use std::time::Instant;

use gancho_evidence::{EvidenceError, TextReader, TextReading, Watch};
use gancho_library::{Comment, CommentStream, Fault};
use gancho_report::{
    CommentRecord, CommentsSummary, Counts, EmbeddingRecord, IntentRecord, Locale, ManifestRecord, Messages,
    ModelRecord, SentimentRecord, schema,
};

use crate::features::language_code;
use crate::records::{Context, rounded_to};
use crate::{EngineSettings, Error, text_models};
use gancho_inference::ProbeOutcome;
use summary::Gathering;

/// Comments that are in memory at once.
const COMMENTS_TOGETHER: usize = 4096;
/// Decimals of probabilities: more than their calibration knows.
const DECIMALS: i32 = 4;
/// Faults of rows that a summary keeps; all are counted.
const FAULTS_KEPT: usize = 100;

/// What to find out about comments.
#[derive(Debug, Clone)]
pub struct CommentsRequest {
    /// Fewest comments for a share in percent.
    pub minimum: u64,
    /// How many questions, complaints and replies a summary names.
    pub top: usize,
    /// Authors who answer for the brand: what they write is an answer, no opinion.
    pub own_authors: Vec<String>,
    /// Language of messages.
    pub locale: Locale,
}

impl Default for CommentsRequest {
    fn default() -> Self {
        Self { minimum: 20, top: 5, own_authors: Vec::new(), locale: Locale::default() }
    }
}

/// Is told of each comment, in the order of the file.
pub trait CommentSink {
    /// A comment was read.
    ///
    /// # Errors
    /// What stops the run: usually that nobody is left to write to.
    fn comment(&mut self, record: &CommentRecord) -> io::Result<()>;
    /// A row is at fault.
    fn fault(&mut self, fault: &Fault, text: &str);
}

/// How reading comments ended early.
#[derive(Debug)]
pub enum CommentsError {
    /// The run could not be done.
    Run(Error),
    /// The sink gave up.
    Sink(io::Error),
}

/// Device and language models, opened once and used for any number of files.
#[derive(Debug)]
pub struct CommentReader {
    reader: TextReader,
    models: Vec<ModelRecord>,
    device: String,
}

impl CommentReader {
    /// Opens the device and loads the language models; nothing of pictures.
    ///
    /// # Errors
    /// [`Error`] when device or models are not to be had.
    pub fn open(settings: &EngineSettings, probe: &dyn Fn(&str) -> ProbeOutcome) -> Result<Self, Error> {
        let mut models = Vec::new();
        let (reader, device) = text_models::open(settings, probe, &mut models)?;
        Ok(Self { reader, models, device })
    }

    /// The models in use.
    pub fn models(&self) -> &[ModelRecord] {
        &self.models
    }

    /// The device in use, as it names itself.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// Embeds texts: 384 numbers each, in the order given. A text that cannot be read has none.
    ///
    /// # Errors
    /// [`Error::Evidence`].
    pub fn embed(&self, texts: &[&str]) -> Result<Vec<Option<Vec<f32>>>, Error> {
        Ok(self.reader.embed(texts)?)
    }

    /// The model of embeddings, as `id@version`.
    pub fn embedder(&self) -> String {
        self.models.first().map(|it| format!("{}@{}", it.id, it.version)).unwrap_or_default()
    }

    /// Embeds the rows of a stream, in order, and hands each over; a row that is at fault or cannot be read has its
    /// reason instead. Returns how many were embedded.
    ///
    /// # Errors
    /// [`CommentsError`]; what `take` was told stays.
    pub fn embed_stream(
        &self,
        stream: &mut CommentStream,
        locale: Locale,
        watch: &dyn Watch,
        take: &mut dyn FnMut(Result<EmbeddingRecord, String>) -> io::Result<()>,
    ) -> Result<u64, CommentsError> {
        let messages = Messages::new(locale);
        let (model, mut done) = (self.embedder(), 0);
        loop {
            let rows: Vec<_> = stream.by_ref().take(COMMENTS_TOGETHER).collect();
            if rows.is_empty() {
                return Ok(done);
            }
            if watch.interrupted() {
                let stopped = EvidenceError::InterruptedStream { done: done as usize };
                return Err(CommentsError::Run(stopped.into()));
            }
            let texts: Vec<&str> =
                rows.iter().map(|it| it.as_ref().map_or("", |it| it.text.as_str())).collect();
            let embeddings = self.embed(&texts).map_err(CommentsError::Run)?;
            for (row, embedding) in rows.into_iter().zip(embeddings) {
                let record = match (row, embedding) {
                    (Ok(row), Some(embedding)) => Ok(EmbeddingRecord {
                        schema: schema::Embedding,
                        path: None,
                        text: Some(row.text),
                        model: model.clone(),
                        embedding,
                    }),
                    (Ok(row), None) => {
                        let line = row.origin.line.unwrap_or(row.row);
                        let args = [("text", row.text.as_str().into())];
                        Err(format!(
                            "{}:{line}: {}",
                            row.origin.file,
                            messages.text("nothing-to-read", &args)
                        ))
                    }
                    (Err(fault), _) => {
                        let line = fault.line.map_or_else(String::new, |it| format!(":{it}"));
                        Err(format!("{}{line}: {}", fault.file, messages.of("library-fault", &fault.kind)))
                    }
                };
                done += u64::from(record.is_ok());
                take(record).map_err(CommentsError::Sink)?;
            }
            watch.advanced(done as usize, 0);
        }
    }

    /// Reads a stream of comments of any length. What is in memory does not grow with it, but for what the summary
    /// keeps of each creative.
    ///
    /// # Errors
    /// [`CommentsError`]; what the sink was told stays.
    pub fn read(
        &self,
        stream: &mut CommentStream,
        request: &CommentsRequest,
        sink: &mut dyn CommentSink,
        watch: &dyn Watch,
    ) -> Result<CommentsSummary, CommentsError> {
        let began = Instant::now();
        let messages = Messages::new(request.locale);
        let context = Context { messages: &messages };
        let mut gathering = Gathering::new(&request.own_authors);
        let (mut faults, mut faulty, mut done) = (Vec::new(), 0u64, 0usize);
        let mut ended = false;
        while !ended {
            let mut comments = Vec::new();
            while comments.len() < COMMENTS_TOGETHER && !ended {
                match stream.next() {
                    None => ended = true,
                    Some(Ok(comment)) => comments.push(comment),
                    Some(Err(fault)) => {
                        let record = context.fault_record(&fault);
                        sink.fault(&fault, &record.detail);
                        faulty += 1;
                        if faults.len() < FAULTS_KEPT {
                            faults.push(record);
                        }
                    }
                }
            }
            if watch.interrupted() {
                let stopped = EvidenceError::InterruptedStream { done };
                return Err(CommentsError::Run(stopped.into()));
            }
            let texts: Vec<&str> = comments.iter().map(|it| it.text.as_str()).collect();
            let readings = self.reader.read(&texts).map_err(|it| CommentsError::Run(it.into()))?;
            for (comment, reading) in comments.iter().zip(&readings) {
                sink.comment(&record(comment, reading)).map_err(CommentsError::Sink)?;
                gathering.take(comment, reading);
            }
            done += comments.len();
            watch.advanced(done, 0);
        }
        let counts = Counts {
            creatives: gathering.creatives(),
            scored: done as u64,
            quarantined: 0,
            faults: faulty,
            cached: 0,
        };
        let manifest = ManifestRecord {
            schema: schema::Manifest,
            gancho: env!("CARGO_PKG_VERSION").to_owned(),
            models: self.models.clone(),
            device: self.device.clone(),
            counts,
            skill: None,
            notes: Vec::new(),
            seconds: began.elapsed().as_secs_f64(),
        };
        Ok(gathering.summary(request, faults, manifest))
    }
}

/// The record of one comment.
fn record(comment: &Comment, read: &TextReading) -> CommentRecord {
    let probability = |it: f32| rounded_to(f64::from(it), DECIMALS);
    let reading = read.reading.as_ref();
    let sentiment = reading.map(|it| SentimentRecord {
        label: it.sentiment.label().to_owned(),
        negative: probability(it.sentiment.negative),
        neutral: probability(it.sentiment.neutral),
        positive: probability(it.sentiment.positive),
    });
    let intent = reading.map(|it| IntentRecord {
        label: it.intent.label().to_owned(),
        scores: it
            .intent
            .scores()
            .map(|(label, it)| (label.to_owned(), probability(it)))
            .into_iter()
            .collect::<BTreeMap<_, _>>(),
    });
    CommentRecord {
        schema: schema::Comment,
        row: comment.row,
        id: comment.id.clone(),
        creative: comment.creative.clone(),
        text: comment.text.clone(),
        language: language_code(read.language).to_owned(),
        sentiment,
        toxicity: reading.map(|it| probability(it.toxicity)),
        spam: reading.map(|it| probability(it.spam)),
        intent,
        irony: reading.map(|it| probability(it.irony)),
        clickbait: reading.map(|it| probability(it.clickbait)),
        truncated: read.truncated,
    }
}
