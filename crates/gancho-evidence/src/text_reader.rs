//! Many texts through the language model, on all workers.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use gancho_copy::{Language, detect_language};
use gancho_inference::Workers;
use gancho_language::{LanguageError, LanguageModel, Reading, Sentiment, SentimentClassifier, Tokens};

use crate::EvidenceError;

/// Texts that a worker takes at once. It must not follow from the number of workers, so that batches, and with them
/// every last bit of the results, stay what they are.
const TEXTS_AT_ONCE: usize = 256;

/// What is known about one text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextReading {
    /// Its language.
    pub language: Language,
    /// What the model reads; nothing where its vocabulary knows less than half of the text.
    pub reading: Option<Reading>,
    /// Whether only the beginning was read.
    pub truncated: bool,
}

/// Reads texts; opened once, used for any number of them.
#[derive(Debug)]
pub struct TextReader {
    model: LanguageModel,
    classifier: Option<SentimentClassifier>,
    workers: Workers,
}

/// A text on its way.
struct Job {
    tokens: Tokens,
    /// For the public classifier, which has a vocabulary of its own.
    others: Option<Tokens>,
    language: Language,
}

impl TextReader {
    /// A reader on so many workers. With a classifier, sentiment is that classifier's; the rest stays the model's.
    ///
    /// # Errors
    /// [`EvidenceError::Workers`].
    pub fn new(
        model: LanguageModel,
        classifier: Option<SentimentClassifier>,
        threads: NonZeroUsize,
    ) -> Result<Self, EvidenceError> {
        Ok(Self { model, classifier, workers: Workers::new(threads.get())? })
    }

    /// Reads texts, in the order given. What a text gets depends on nothing but the text.
    ///
    /// # Errors
    /// [`EvidenceError::Language`].
    pub fn read(&self, texts: &[&str]) -> Result<Vec<TextReading>, EvidenceError> {
        let (distinct, at) = distinct(texts);
        let jobs = self.workers.map(&distinct, |text| self.job(text));
        let jobs: Vec<Job> = jobs.into_iter().collect::<Result<_, LanguageError>>()?;
        let readings = self.in_batches(&jobs, |job| &job.tokens, |batch| self.model.read(batch))?;
        let sentiments = match &self.classifier {
            None => None,
            Some(classifier) => Some(self.in_batches(
                &jobs,
                |job| job.others.as_ref().unwrap_or(&job.tokens),
                |batch| classifier.classify(batch),
            )?),
        };
        let known = |place: usize| {
            let job = &jobs[place];
            let reading = job.tokens.legible().then(|| {
                let mut reading = readings[place].clone();
                if let Some(sentiments) = &sentiments {
                    reading.sentiment = sentiments[place];
                }
                reading
            });
            TextReading { language: job.language, reading, truncated: job.tokens.truncated }
        };
        Ok(at.into_iter().map(known).collect())
    }

    /// Embeds texts, in the order given: nothing where the vocabulary knows less than half of the text. It is the
    /// embedding of [`TextReader::read`], and no classifier is asked.
    ///
    /// # Errors
    /// [`EvidenceError::Language`].
    pub fn embed(&self, texts: &[&str]) -> Result<Vec<Option<Vec<f32>>>, EvidenceError> {
        let (distinct, at) = distinct(texts);
        let tokens = self.workers.map(&distinct, |text| self.model.tokens(text));
        let tokens: Vec<Tokens> = tokens.into_iter().collect::<Result<_, LanguageError>>()?;
        let readings = self.in_batches(&tokens, |it| it, |batch| self.model.read(batch))?;
        let legible = |place: usize| tokens[place].legible().then(|| readings[place].embedding.clone());
        Ok(at.into_iter().map(legible).collect())
    }

    fn job(&self, text: &str) -> Result<Job, LanguageError> {
        let others = self.classifier.as_ref().map(|it| it.tokens(text)).transpose()?;
        Ok(Job { tokens: self.model.tokens(text)?, others, language: detect_language(text).language })
    }

    /// Runs jobs in the order of their length, so that those of one length meet.
    fn in_batches<J: Sync, T: Clone + Send>(
        &self,
        jobs: &[J],
        tokens: impl for<'a> Fn(&'a J) -> &'a Tokens + Sync,
        run: impl Fn(&[&Tokens]) -> Result<Vec<T>, LanguageError> + Sync,
    ) -> Result<Vec<T>, EvidenceError> {
        let mut order: Vec<usize> = (0..jobs.len()).collect();
        order.sort_by_key(|at| tokens(&jobs[*at]).ids.len());
        let batches: Vec<&[usize]> = order.chunks(TEXTS_AT_ONCE).collect();
        let results = self.workers.map(&batches, |batch| {
            let texts: Vec<&Tokens> = batch.iter().map(|at| tokens(&jobs[*at])).collect();
            run(&texts)
        });
        let mut placed: Vec<Option<T>> = vec![None; jobs.len()];
        for (batch, result) in batches.iter().zip(results) {
            for (at, value) in batch.iter().zip(result?) {
                placed[*at] = Some(value);
            }
        }
        Ok(placed.into_iter().flatten().collect())
    }
}

/// People write the same words again and again: the distinct texts, and for each text which one it is.
fn distinct<'a>(texts: &[&'a str]) -> (Vec<&'a str>, Vec<usize>) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut distinct = Vec::new();
    let place = |text: &&'a str| {
        *places.entry(text).or_insert_with(|| {
            distinct.push(*text);
            distinct.len() - 1
        })
    };
    let at = texts.iter().map(place).collect();
    (distinct, at)
}

/// What people answered below one creative.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CommentEvidence {
    /// Comments that were read, spam left out.
    pub comments: u32,
    /// Comments that advertise themselves.
    pub spam: u32,
    /// Mean probability of each class of sentiment.
    pub sentiment: Sentiment,
    /// Mean probability of a question.
    pub question: f32,
    /// Mean probability of an intent to buy.
    pub purchase: f32,
    /// Mean probability of a complaint.
    pub complaint: f32,
    /// Mean probability of an insult.
    pub toxicity: f32,
}

/// From this probability on a comment counts as spam.
pub const SPAM_LEVEL: f32 = 0.5;

impl CommentEvidence {
    /// Averages calibrated probabilities; nothing when no comment could be read.
    pub fn of<'a>(readings: impl Iterator<Item = &'a TextReading>) -> Option<Self> {
        let mut sum = Self::default();
        for reading in readings.filter_map(|it| it.reading.as_ref()) {
            if reading.spam >= SPAM_LEVEL {
                sum.spam += 1;
                continue;
            }
            sum.comments += 1;
            sum.sentiment.negative += reading.sentiment.negative;
            sum.sentiment.neutral += reading.sentiment.neutral;
            sum.sentiment.positive += reading.sentiment.positive;
            sum.question += reading.intent.question;
            sum.purchase += reading.intent.purchase;
            sum.complaint += reading.intent.complaint;
            sum.toxicity += reading.toxicity;
        }
        if sum.comments == 0 {
            return None;
        }
        let count = sum.comments as f32;
        let Sentiment { negative, neutral, positive } = sum.sentiment;
        Some(Self {
            sentiment: Sentiment {
                negative: negative / count,
                neutral: neutral / count,
                positive: positive / count,
            },
            question: sum.question / count,
            purchase: sum.purchase / count,
            complaint: sum.complaint / count,
            toxicity: sum.toxicity / count,
            ..sum
        })
    }

    /// Name and value of each number that a scorer may learn from.
    pub fn named(&self) -> [(&'static str, f64); 8] {
        [
            ("count", f64::from(self.comments)),
            ("negative_share", f64::from(self.sentiment.negative)),
            ("positive_share", f64::from(self.sentiment.positive)),
            ("question_share", f64::from(self.question)),
            ("purchase_share", f64::from(self.purchase)),
            ("complaint_share", f64::from(self.complaint)),
            ("toxic_share", f64::from(self.toxicity)),
            ("spam_share", f64::from(self.spam) / f64::from(self.comments + self.spam)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(negative: f32, spam: f32) -> TextReading {
        let sentiment = Sentiment { negative, neutral: 1.0 - negative, positive: 0.0 };
        let reading = Reading { sentiment, spam, ..Reading::default() };
        TextReading { language: Language::Es, reading: Some(reading), truncated: false }
    }

    #[test]
    fn spam_and_what_cannot_be_read_are_no_opinions() {
        let illegible = TextReading { language: Language::Other, reading: None, truncated: false };
        let readings = [comment(1.0, 0.0), comment(0.5, 0.1), comment(0.0, 0.9), illegible.clone()];
        let evidence = CommentEvidence::of(readings.iter()).expect("two comments");
        assert_eq!((evidence.comments, evidence.spam, evidence.sentiment.negative), (2, 1, 0.75));
        assert_eq!(CommentEvidence::of([illegible].iter()), None);
        let shares = evidence.named().into_iter().skip(1);
        assert!(shares.into_iter().all(|(_, value)| (0.0..=1.0).contains(&value)));
    }
}
