//! Embeddings alone: the same pictures through the same trunk, without what nobody asked for.
//!
//! A picture whose whole evidence is in the cache is not looked at again; of others only the embedding is
//! computed and kept, in rows of its own.

use gancho_library::Creative;
use gancho_media::DecodeError;
use serde::{Deserialize, Serialize};

use crate::cache::{Cached, Unwritten};
use crate::embedder::EmbedInput;
use crate::pipeline::Run;
use crate::schedule::Step;
use crate::{Cache, EvidenceError, PictureEvidence, Pipeline, Timings, Watch};

/// The embedding of one creative's picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Embedding {
    /// It has no picture.
    Absent,
    /// Of unit length.
    Known(Vec<f32>),
    /// Its picture could not be used.
    Refused(DecodeError),
}

/// Result of [`embed`]: one embedding per creative, in their order.
#[derive(Debug)]
pub struct Embeddings {
    /// One per creative.
    pub embeddings: Vec<Embedding>,
    /// Where the time went, summed over workers.
    pub timings: Timings,
}

/// What the cache keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Row {
    content_key: String,
    embedding: Vec<f32>,
}

impl Cached for Row {
    fn content_key(&self) -> &str {
        &self.content_key
    }
}

/// Embeds the pictures of creatives; the embeddings are those of [`gather`](crate::gather) to the last bit.
///
/// # Errors
/// As for [`gather`](crate::gather).
pub fn embed(
    creatives: &[Creative],
    pipeline: &Pipeline,
    cache: &mut Cache,
    watch: &dyn Watch,
) -> Result<Embeddings, EvidenceError> {
    let run = Run::new(pipeline, cache);
    let producers = Producers {
        whole: pipeline.producer(),
        alone: format!("embedding; {}; {}", pipeline.vision_version, pipeline.backend()),
    };
    let mut embeddings = vec![Embedding::Absent; creatives.len()];
    let (mut done, mut unwritten) = (0, Unwritten::new());
    let worked = pipeline.schedule(creatives.len()).run(
        &|| watch.interrupted(),
        |item| one(&run, &creatives[item], &producers),
        |waiting| seen(&run, waiting),
        |item, made| {
            embeddings[item] = match made {
                Made::Settled(embedding) => embedding,
                Made::New(row) => {
                    unwritten.push(row.clone());
                    Embedding::Known(row.embedding)
                }
            };
            done += 1;
            watch.advanced(done, creatives.len());
            if unwritten.due() { run.write(&producers.alone, &mut unwritten) } else { Ok(()) }
        },
    );
    run.write(&producers.alone, &mut unwritten)?;
    worked?;
    if done < creatives.len() {
        return Err(run.interrupted(done, creatives.len()));
    }
    Ok(Embeddings { embeddings, timings: run.clock.timings() })
}

/// Under which names the cache may know an embedding.
struct Producers {
    whole: String,
    alone: String,
}

enum Made {
    /// Absent, refused, or out of the cache.
    Settled(Embedding),
    New(Row),
}

type Waiting = (String, EmbedInput);

fn one(run: &Run, creative: &Creative, producers: &Producers) -> Result<Step<Made, Waiting>, EvidenceError> {
    let Some(path) = &creative.picture else {
        return Ok(settled(Embedding::Absent));
    };
    let content = match run.read(path) {
        Ok(content) => content,
        Err(error) => return Ok(settled(Embedding::Refused(error))),
    };
    if let Some(row) = run.look_up::<Row>(&content.key, &producers.alone)? {
        return Ok(settled(Embedding::Known(row.embedding)));
    }
    if let Some(evidence) = run.look_up::<PictureEvidence>(&content.key, &producers.whole)? {
        return Ok(settled(Embedding::Known(evidence.embedding)));
    }
    let decoded = match run.decode(&content.bytes) {
        Ok(decoded) => decoded,
        Err(error) => return Ok(settled(Embedding::Refused(error))),
    };
    let input = run.clock.network.time(|| run.pipeline.prepare_to_embed(&decoded.pixels));
    let waiting = (content.key, input);
    if !run.pipeline.vision.compute().is_cpu() {
        return Ok(Step::Waiting(waiting));
    }
    let made = seen(run, vec![waiting])?.pop();
    made.map(Step::Done).ok_or_else(|| EvidenceError::Network { detail: "it gave no result".into() })
}

fn settled(embedding: Embedding) -> Step<Made, Waiting> {
    Step::Done(Made::Settled(embedding))
}

fn seen(run: &Run, waiting: Vec<Waiting>) -> Result<Vec<Made>, EvidenceError> {
    let (keys, inputs): (Vec<String>, Vec<EmbedInput>) = waiting.into_iter().unzip();
    let embeddings = run.clock.network.time(|| run.pipeline.embed(inputs))?;
    let rows = keys.into_iter().zip(embeddings);
    Ok(rows.map(|(content_key, embedding)| Made::New(Row { content_key, embedding })).collect())
}
