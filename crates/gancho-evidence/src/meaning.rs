//! What the meaning model says of copy: looked up in the cache, and read where the cache knows nothing.

use std::collections::{BTreeMap, BTreeSet};

use gancho_headline::MeaningModel;
use serde::{Deserialize, Serialize};

use crate::cache::Cached;
use crate::{Cache, CopyEvidence, EvidenceError, TextReader, Watch};

/// Texts between two questions whether to go on, and in one transaction of the cache.
const TEXTS_TOGETHER: usize = 1024;

/// What the cache keeps of a text; that it cannot be read is kept too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Row {
    content_key: String,
    logit: Option<f64>,
}

impl Cached for Row {
    fn content_key(&self) -> &str {
        &self.content_key
    }
}

/// Logits of the meaning model for the lead texts of copy.
#[derive(Debug, Clone, PartialEq)]
pub struct MeaningLogits {
    producer: String,
    known: BTreeMap<String, Option<f64>>,
    missing: Vec<String>,
}

impl MeaningLogits {
    /// Looks up texts. `producer` names everything that a logit depends on besides its text: both models with
    /// their versions, and the kind of device.
    ///
    /// # Errors
    /// [`EvidenceError::Cache`].
    pub fn look_up<'a>(
        texts: impl IntoIterator<Item = &'a str>,
        producer: &str,
        cache: &mut Cache,
    ) -> Result<Self, EvidenceError> {
        let producer = format!("meaning; {producer}");
        let (mut known, mut missing) = (BTreeMap::new(), Vec::new());
        for text in texts.into_iter().collect::<BTreeSet<_>>() {
            match cache.get::<Row>(&key(text), &producer)? {
                Some(row) => drop(known.insert(text.to_owned(), row.logit)),
                None => missing.push(text.to_owned()),
            }
        }
        Ok(Self { producer, known, missing })
    }

    /// Whether every text was found: then nothing has to be read, and no model opened for it.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// Reads the texts that were not found, and remembers them.
    ///
    /// # Errors
    /// [`EvidenceError::Language`], [`EvidenceError::Cache`], and when the person interrupted.
    pub fn read(
        &mut self,
        reader: &TextReader,
        model: &MeaningModel,
        cache: &mut Cache,
        watch: &dyn Watch,
    ) -> Result<(), EvidenceError> {
        let (missing, total) = (std::mem::take(&mut self.missing), self.known.len());
        let total = total + missing.len();
        for texts in missing.chunks(TEXTS_TOGETHER) {
            if watch.interrupted() {
                return Err(cache.interrupted(self.known.len(), total));
            }
            let borrowed: Vec<&str> = texts.iter().map(String::as_str).collect();
            let embeddings = reader.embed(&borrowed)?;
            let logits = embeddings.into_iter().map(|it| it.and_then(|it| model.logit(&it)));
            let rows: Vec<Row> =
                texts.iter().zip(logits).map(|(text, logit)| Row { content_key: key(text), logit }).collect();
            cache.put(&self.producer, &rows)?;
            self.known.extend(texts.iter().cloned().zip(rows.into_iter().map(|it| it.logit)));
        }
        Ok(())
    }

    /// Writes what is known into the evidence.
    pub fn fill(&self, copy: &mut CopyEvidence) {
        copy.meaning_logit = self.known.get(&copy.lead).copied().flatten();
    }
}

fn key(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_in_the_cache_is_found_under_its_producer_only() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = Cache::open(folder.path()).unwrap();
        let row = |text: &str, logit| Row { content_key: key(text), logit };
        let rows = [row("Free returns", Some(0.1 + 0.2)), row("\u{4e2d}\u{6587}", None)];
        cache.put("meaning; a@1", &rows).unwrap();

        let texts = ["Free returns", "\u{4e2d}\u{6587}", "Free returns"];
        let found = MeaningLogits::look_up(texts, "a@1", &mut cache).unwrap();
        assert!(found.is_complete());
        assert_eq!(found.known["Free returns"], Some(0.1 + 0.2), "to the last bit");
        assert_eq!(found.known["\u{4e2d}\u{6587}"], None);

        let others = MeaningLogits::look_up(texts, "a@2", &mut cache).unwrap();
        assert_eq!(others.missing.len(), 2);
        let more = MeaningLogits::look_up(["Free return", "Free returns"], "a@1", &mut cache).unwrap();
        assert_eq!(more.missing, ["Free return"]);
        let off = MeaningLogits::look_up(texts, "a@1", &mut Cache::off().unwrap()).unwrap();
        assert!(!off.is_complete());
    }
}
