//! One bounded pipeline: read, look up, decode, measure, embed, remember.
//!
//! On the CPU every worker ([`Workers`]) walks the whole chain for one picture at a time inside a rayon pool
//! of one thread: decoding, measures and network of different pictures overlap, all cores are busy, and none is
//! asked to do two things (one shared pool gave 124 pictures a second where this gives 160). On a GPU the
//! workers stop before the network and a single thread feeds it batches of one fixed size, because each
//! new shape costs a GPU backend a compilation.
//!
//! The calling thread collects, writes to the cache in small transactions and reports progress. All
//! channels are bounded, so memory does not grow with the library.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, Sender, bounded};
use gancho_headline::HeadlineModel;
use gancho_inference::{DeviceError, Workers};
use gancho_library::Creative;
use gancho_media::{
    Complexity, DecodeError, Detail, DistortionFeatures, Hashes, Limits, Measures, decode, palette,
    read_bytes,
};
use gancho_quality::QualityModel;
use gancho_vision::{Input, VisionError, VisionModel};
use serde::Serialize;

use crate::{Cache, CacheError, CopyEvidence, Evidence, PictureEvidence};

/// Pictures are decoded so that the shorter side keeps at least this many pixels: what the measures and
/// the hashes work on. A larger JPEG is decoded at a half, a quarter or an eighth.
const DECODE_SIDE: u32 = 512;
/// Colors in a palette.
const SWATCHES: usize = 6;
/// Bump when a measure, a hash or the palette changes its meaning: cached evidence is then computed anew.
const MEASURES_VERSION: u32 = 2;
/// A transaction of the cache holds at most this many pictures, or this much time.
const COMMIT_PICTURES: usize = 64;
const COMMIT_AFTER: Duration = Duration::from_secs(1);

/// What evidence is computed with.
#[derive(Debug)]
pub struct Pipeline<'a> {
    /// The eye, opened on its device.
    pub vision: &'a VisionModel,
    /// Id and version of its weights, part of the cache key.
    pub vision_version: &'a str,
    /// The model of technical quality.
    pub quality: &'a QualityModel,
    /// Id and version of its weights, part of the cache key.
    pub quality_version: &'a str,
    /// The headline model.
    pub headlines: &'a HeadlineModel,
    /// What a picture may cost before it is refused.
    pub limits: Limits,
    /// Workers; at least one.
    pub threads: NonZeroUsize,
    /// Pictures per GPU batch.
    pub batch: NonZeroUsize,
    /// Keep embeddings in the outcomes (2 KB each) or only in the cache.
    pub keep_embeddings: bool,
}

/// Watches a run from outside: progress out, interruption in.
pub trait Watch: Sync {
    /// `done` of `total` creatives are finished.
    fn advanced(&self, done: usize, total: usize);
    /// True when the person asked to stop.
    fn interrupted(&self) -> bool;
}

/// What became of one creative.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Its evidence.
    Known(Box<Evidence>),
    /// Its picture could not be used; the creative is quarantined.
    Refused(DecodeError),
}

/// Result of [`gather`]: outcomes in the order of the creatives.
#[derive(Debug)]
pub struct Gathered {
    /// One per creative.
    pub outcomes: Vec<Outcome>,
    /// Pictures whose evidence came from the cache.
    pub cached: usize,
    /// Where the time went, summed over workers.
    pub timings: Timings,
}

/// Time spent in each stage, summed over workers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Timings {
    /// Reading files and hashing their bytes.
    pub read: Duration,
    /// Decoding, including color management.
    pub decode: Duration,
    /// Measures, quality, complexity, hashes and palette.
    pub measure: Duration,
    /// Resizing to the input and the network.
    pub network: Duration,
}

/// The run could not be finished.
#[derive(Debug, Clone, PartialEq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum EvidenceError {
    /// The person interrupted; what was computed is in the cache.
    #[error("interrupted after {done} of {total}; what was computed is in the cache")]
    Interrupted {
        /// Creatives finished.
        done: usize,
        /// Creatives in all.
        total: usize,
    },
    /// The network failed on its device.
    #[error("the vision network failed: {detail}")]
    Network {
        /// What it said.
        detail: String,
    },
    /// The cache cannot be used.
    #[error(transparent)]
    #[serde(untagged)]
    Cache(#[from] CacheError),
    /// The operating system gave no worker threads.
    #[error(transparent)]
    #[serde(untagged)]
    Workers(#[from] DeviceError),
}

impl EvidenceError {
    /// The codes of the variants that are not another crate's error.
    pub const CODES: &[&str] = &["interrupted", "network"];
}

impl From<VisionError> for EvidenceError {
    fn from(error: VisionError) -> Self {
        Self::Network { detail: error.to_string() }
    }
}

/// Gathers the evidence of all creatives.
///
/// # Errors
/// [`EvidenceError`] when the run as a whole cannot go on; a picture that cannot be used is an
/// [`Outcome::Refused`] and stops nothing.
pub fn gather(
    creatives: &[Creative],
    pipeline: &Pipeline,
    cache: &mut Cache,
    watch: &dyn Watch,
) -> Result<Gathered, EvidenceError> {
    let run = Run {
        pipeline,
        creatives,
        watch,
        producer: pipeline.producer(),
        cache: Mutex::new(cache),
        next: AtomicUsize::new(0),
        clock: Clock::default(),
    };
    let threads = pipeline.threads.get();
    let workers = Workers::new(threads)?;
    let (finished, results) = bounded::<Result<Done, EvidenceError>>(threads * 4);
    let (prepared, batches) = bounded::<Prepared>(pipeline.batch.get() * 2);
    let mut collected = Collected::new(creatives.len());
    let outcome = std::thread::scope(|scope| {
        let (run, workers) = (&run, &workers);
        if !pipeline.vision.compute().is_cpu() {
            let finished = finished.clone();
            scope.spawn(move || run.feed_gpu(&batches, &finished));
        }
        // The channels' last senders go with the workers: when they are done, collecting ends.
        scope.spawn(move || workers.run(|_| run.work(&finished, &prepared)));
        collected.receive(run, results)
    });
    outcome?;
    let done = collected.outcomes.iter().flatten().count();
    if done < creatives.len() {
        return Err(EvidenceError::Interrupted { done, total: creatives.len() });
    }
    Ok(Gathered {
        outcomes: collected.outcomes.into_iter().flatten().collect(),
        cached: collected.cached,
        timings: run.clock.timings(),
    })
}

impl Pipeline<'_> {
    /// Names everything that the value in the cache depends on besides the picture's bytes.
    fn producer(&self) -> String {
        format!(
            "measures {MEASURES_VERSION}; {}; {}; {}",
            self.vision_version,
            self.quality_version,
            backend(self.vision.compute().selector())
        )
    }
}

/// `wgpu` of `wgpu:1`: cards of one kind agree, kinds differ in the last bits.
fn backend(selector: &str) -> &str {
    selector.split(':').next().unwrap_or(selector)
}

struct Run<'a> {
    pipeline: &'a Pipeline<'a>,
    creatives: &'a [Creative],
    watch: &'a dyn Watch,
    producer: String,
    cache: Mutex<&'a mut Cache>,
    next: AtomicUsize,
    clock: Clock,
}

/// A picture on its way to a GPU batch.
struct Prepared {
    index: usize,
    evidence: Box<Evidence>,
    input: Input,
}

struct Done {
    index: usize,
    outcome: Outcome,
    from_cache: bool,
}

/// How far one picture came in a worker.
enum Step {
    Absent,
    Refused(DecodeError),
    Cached(PictureEvidence),
    Finished(PictureEvidence),
    ForGpu(PictureEvidence, Input),
}

impl Run<'_> {
    /// One worker: takes the next creative until none is left.
    fn work(&self, finished: &Sender<Result<Done, EvidenceError>>, prepared: &Sender<Prepared>) {
        while !self.watch.interrupted() {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(creative) = self.creatives.get(index) else { break };
            let known = |picture| {
                let copy = CopyEvidence::of(&creative.copy, self.pipeline.headlines);
                Box::new(Evidence { picture, copy })
            };
            let (outcome, from_cache) = match self.picture(creative) {
                Err(error) => {
                    let _ = finished.send(Err(error));
                    break;
                }
                Ok(Step::ForGpu(picture, input)) => {
                    let evidence = known(Some(picture));
                    if prepared.send(Prepared { index, evidence, input }).is_err() {
                        break;
                    }
                    continue;
                }
                Ok(Step::Refused(refused)) => (Outcome::Refused(refused), false),
                Ok(Step::Absent) => (Outcome::Known(known(None)), false),
                Ok(Step::Cached(picture)) => (Outcome::Known(known(Some(picture))), true),
                Ok(Step::Finished(picture)) => (Outcome::Known(known(Some(picture))), false),
            };
            let message = Ok(Done { index, outcome, from_cache });
            if finished.send(message).is_err() {
                break;
            }
        }
    }

    /// The whole chain for one picture.
    fn picture(&self, creative: &Creative) -> Result<Step, EvidenceError> {
        let Some(path) = &creative.picture else { return Ok(Step::Absent) };
        let limits = &self.pipeline.limits;
        let bytes = match self.clock.read.time(|| read_bytes(path, limits)) {
            Ok(bytes) => bytes,
            Err(refused) => return Ok(Step::Refused(refused)),
        };
        let content_key = self.clock.read.time(|| gancho_media::blake3_hex(&bytes));
        let known = self.locked(|cache| cache.get(&content_key, &self.producer))?;
        if let Some(known) = known {
            return Ok(Step::Cached(known));
        }
        let decoded = match self.clock.decode.time(|| decode(&bytes, limits, Detail::AtLeast(DECODE_SIDE))) {
            Ok(decoded) => decoded,
            Err(refused) => return Ok(Step::Refused(refused)),
        };
        drop(bytes);
        let measures = self.clock.measure.time(|| Measures::of(&decoded.pixels));
        let mut picture = self.clock.measure.time(|| PictureEvidence {
            content_key,
            width: decoded.width,
            height: decoded.height,
            measures,
            quality: self.pipeline.quality.judge(&DistortionFeatures::of(&decoded.pixels)),
            complexity: Complexity::of(&decoded.pixels, &measures).score,
            hashes: Hashes::of(&decoded.pixels),
            palette: palette(&decoded.pixels, SWATCHES),
            embedding: Vec::new(),
            source: decoded.source,
            warnings: decoded.warnings,
        });
        let vision = self.pipeline.vision;
        let input = self.clock.network.time(|| vision.preprocess(&decoded.pixels));
        if !vision.compute().is_cpu() {
            return Ok(Step::ForGpu(picture, input));
        }
        let embeddings = self.clock.network.time(|| vision.embed(std::slice::from_ref(&input)))?;
        picture.embedding = embeddings.into_iter().next().unwrap_or_default();
        Ok(Step::Finished(picture))
    }

    /// Gives the GPU full batches; the last one may be short (the model pads it).
    fn feed_gpu(&self, batches: &Receiver<Prepared>, finished: &Sender<Result<Done, EvidenceError>>) {
        let size = self.pipeline.batch.get();
        let mut waiting: Vec<Prepared> = Vec::with_capacity(size);
        loop {
            let arrived = batches.recv();
            let ended = arrived.is_err();
            waiting.extend(arrived);
            if waiting.len() < size && !ended {
                continue;
            }
            if !waiting.is_empty() && !self.embed_batch(waiting.drain(..), finished) {
                return;
            }
            if ended {
                return;
            }
        }
    }

    /// Embeds one batch and hands the results on; false when there is nobody left to hand them to.
    fn embed_batch(
        &self,
        batch: impl Iterator<Item = Prepared>,
        finished: &Sender<Result<Done, EvidenceError>>,
    ) -> bool {
        let (places, inputs): (Vec<_>, Vec<_>) = batch.map(|it| ((it.index, it.evidence), it.input)).unzip();
        match self.clock.network.time(|| self.pipeline.vision.embed(&inputs)) {
            Err(error) => {
                let _ = finished.send(Err(error.into()));
                false
            }
            Ok(embeddings) => places.into_iter().zip(embeddings).all(|((index, mut evidence), embedding)| {
                if let Some(picture) = &mut evidence.picture {
                    picture.embedding = embedding;
                }
                let outcome = Outcome::Known(evidence);
                finished.send(Ok(Done { index, outcome, from_cache: false })).is_ok()
            }),
        }
    }

    fn locked<T>(&self, act: impl FnOnce(&mut Cache) -> Result<T, CacheError>) -> Result<T, CacheError> {
        // A worker that panicked while holding the lock left the database as SQLite keeps it: whole.
        act(&mut self.cache.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What has arrived, and what still has to be written to the cache.
struct Collected {
    outcomes: Vec<Option<Outcome>>,
    cached: usize,
    unwritten: Vec<PictureEvidence>,
    written: Instant,
}

impl Collected {
    fn new(creatives: usize) -> Self {
        let outcomes = (0..creatives).map(|_| None).collect();
        Self { outcomes, cached: 0, unwritten: Vec::new(), written: Instant::now() }
    }

    /// Receives until the workers are done. Dropping `results` on an error makes them stop.
    fn receive(
        &mut self,
        run: &Run,
        results: Receiver<Result<Done, EvidenceError>>,
    ) -> Result<(), EvidenceError> {
        let mut done = 0;
        let mut failure = None;
        for message in &results {
            match message {
                Ok(it) => self.accept(run, it),
                Err(error) => {
                    failure = Some(error);
                    break;
                }
            }
            done += 1;
            run.watch.advanced(done, run.creatives.len());
            if self.unwritten.len() >= COMMIT_PICTURES || self.written.elapsed() > COMMIT_AFTER {
                self.write(run)?;
            }
        }
        self.write(run)?;
        failure.map_or(Ok(()), Err)
    }

    fn accept(&mut self, run: &Run, done: Done) {
        let Done { index, mut outcome, from_cache } = done;
        self.cached += usize::from(from_cache);
        if let Outcome::Known(evidence) = &mut outcome
            && let Some(picture) = &mut evidence.picture
        {
            if !from_cache {
                self.unwritten.push(picture.clone());
            }
            if !run.pipeline.keep_embeddings {
                picture.embedding = Vec::new();
            }
        }
        self.outcomes[index] = Some(outcome);
    }

    fn write(&mut self, run: &Run) -> Result<(), EvidenceError> {
        run.locked(|cache| cache.put(&run.producer, &self.unwritten))?;
        self.unwritten.clear();
        self.written = Instant::now();
        Ok(())
    }
}

/// Nanoseconds spent in each stage.
#[derive(Default)]
struct Clock {
    read: Stage,
    decode: Stage,
    measure: Stage,
    network: Stage,
}

#[derive(Default)]
struct Stage(AtomicU64);

impl Stage {
    fn time<T>(&self, act: impl FnOnce() -> T) -> T {
        let began = Instant::now();
        let result = act();
        let nanos = u64::try_from(began.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.0.fetch_add(nanos, Ordering::Relaxed);
        result
    }

    fn total(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

impl Clock {
    fn timings(&self) -> Timings {
        Timings {
            read: self.read.total(),
            decode: self.decode.total(),
            measure: self.measure.total(),
            network: self.network.total(),
        }
    }
}
