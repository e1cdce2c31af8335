//! `similar --text`: copy of a library that means the same as a text, in either language.

use std::time::Instant;

use gancho_evidence::Watch;
use gancho_library::Library;
use gancho_report::{
    CopyMatchEvidence, CopyMatchRecord, CopyMatchReport, Counts, Locale, ManifestRecord, Messages, schema,
};

use crate::records::{Context, rounded};
use crate::{CommentReader, Error};

/// Texts that are read at once.
const TEXTS_TOGETHER: usize = 4096;

/// What to look for.
#[derive(Debug, Clone)]
pub struct CopyRequest {
    /// The text.
    pub text: String,
    /// Least cosine of a match.
    pub min_similarity: f32,
    /// Most matches.
    pub top: usize,
    /// Language of messages.
    pub locale: Locale,
}

impl CommentReader {
    /// Finds the copy of a library nearest in meaning to a text, best first.
    ///
    /// # Errors
    /// [`Error::NothingToRead`] when the text cannot be read; [`Error::Evidence`].
    pub fn similar_copy(
        &self,
        library: &Library,
        request: &CopyRequest,
        watch: &dyn Watch,
    ) -> Result<CopyMatchReport, Error> {
        let began = Instant::now();
        let messages = Messages::new(request.locale);
        let context = Context { messages: &messages };
        let wanted = self.embed(&[&request.text])?.pop().flatten();
        let wanted = wanted.ok_or_else(|| Error::NothingToRead { text: request.text.clone() })?;
        let mut fields: Vec<(&str, &'static str, &str)> = Vec::new();
        for creative in &library.creatives {
            let copy = &creative.copy;
            let all = [
                ("headline", &copy.headline),
                ("primary_text", &copy.primary_text),
                ("description", &copy.description),
                ("call_to_action", &copy.call_to_action),
            ];
            fields.extend(
                all.into_iter()
                    .filter_map(|(field, text)| Some((creative.id.as_str(), field, text.as_deref()?))),
            );
        }
        let mut matches = Vec::new();
        for (done, part) in fields.chunks(TEXTS_TOGETHER).enumerate() {
            watch.advanced(done * TEXTS_TOGETHER, fields.len());
            let texts: Vec<&str> = part.iter().map(|it| it.2).collect();
            for ((id, field, text), embedding) in part.iter().zip(self.embed(&texts)?) {
                let Some(embedding) = embedding else { continue };
                let similarity: f32 = wanted.iter().zip(&embedding).map(|(a, b)| a * b).sum();
                if similarity >= request.min_similarity {
                    matches.push((similarity, *id, *field, *text));
                }
            }
        }
        matches.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)).then(a.2.cmp(b.2)));
        matches.truncate(request.top);
        let pairs = matches.into_iter().map(|(similarity, id, field, text)| CopyMatchRecord {
            schema: schema::Similar,
            a: request.text.clone(),
            b: id.to_owned(),
            relation: "same-meaning".to_owned(),
            similarity: rounded(f64::from(similarity)),
            evidence: CopyMatchEvidence { field: field.to_owned(), text: text.to_owned() },
        });
        let faults: Vec<_> = library.faults.iter().map(|it| context.fault_record(it)).collect();
        let counts = Counts {
            creatives: library.creatives.len() as u64,
            scored: fields.len() as u64,
            quarantined: 0,
            faults: faults.len() as u64,
            cached: 0,
        };
        Ok(CopyMatchReport {
            pairs: pairs.collect(),
            faults,
            manifest: ManifestRecord {
                schema: schema::Manifest,
                gancho: env!("CARGO_PKG_VERSION").to_owned(),
                models: self.models().to_vec(),
                device: self.device().to_owned(),
                counts,
                skill: None,
                notes: Vec::new(),
                seconds: began.elapsed().as_secs_f64(),
            },
        })
    }
}
