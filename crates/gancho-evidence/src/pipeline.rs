//! One picture after the other: read, look up, decode, measure, see, remember.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use gancho_backbone::Backbone;
use gancho_headline::HeadlineModel;
use gancho_library::Creative;
use gancho_media::{
    Complexity, DecodeError, Detail, DistortionFeatures, Hashes, Limits, Measures, Picture, Signature,
    decode, palette, read_bytes,
};
use gancho_quality::QualityModel;
use gancho_vision::VisionModel;

use crate::cache::{Cached, Unwritten};
use crate::clock::Clock;
use crate::embedder::Input;
use crate::schedule::{Schedule, Step};
use crate::{
    Cache, CacheError, ContrastPlane, CopyEvidence, Evidence, EvidenceError, PictureEvidence, SightEvidence,
    Timings,
};

/// Pictures are decoded so that the shorter side keeps at least this many pixels: what the measures and
/// the hashes work on. A larger JPEG is decoded at a half, a quarter or an eighth.
pub(crate) const DETAIL: Detail = Detail::AtLeast(512);
/// Colors in a palette.
const SWATCHES: usize = 6;
/// Bump when a measure, a hash, the signature or the palette changes its meaning: cached evidence is then
/// computed anew.
const MEASURES_VERSION: u32 = 3;
/// Bump when a reading of the sight changes its meaning.
const SIGHT_VERSION: u32 = 2;

/// What evidence is computed with.
#[derive(Debug)]
pub struct Pipeline<'a> {
    /// The eye, opened on its device.
    pub vision: &'a VisionModel,
    /// The network whose embedding replaces the eye's, opened on the same device.
    pub backbone: Option<&'a Backbone>,
    /// Ids and versions of both networks' weights, part of the cache key.
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
    /// What stays in the outcomes besides single numbers; the cache keeps everything.
    pub keep: Keep,
}

/// The heavy parts of evidence that outcomes keep, so that a library of any size fits into memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Keep {
    /// Embeddings, 2 KB each.
    pub embeddings: bool,
    /// Maps of attention and text, 10 KB together.
    pub maps: bool,
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
    let run = Run::new(pipeline, cache);
    let producer = pipeline.producer();
    let mut outcomes: Vec<Option<Outcome>> = creatives.iter().map(|_| None).collect();
    let (mut done, mut cached, mut unwritten) = (0, 0, Unwritten::new());
    let worked = pipeline.schedule(creatives.len()).run(
        &|| watch.interrupted(),
        |item| run.creative(&creatives[item], &producer),
        |waiting| run.see(waiting),
        |item, (mut outcome, from_cache)| {
            cached += usize::from(from_cache);
            if let Outcome::Known(evidence) = &mut outcome
                && let Some(picture) = &mut evidence.picture
            {
                if !from_cache {
                    unwritten.push(picture.clone());
                }
                pipeline.keep.lighten(picture);
            }
            outcomes[item] = Some(outcome);
            done += 1;
            watch.advanced(done, creatives.len());
            if unwritten.due() { run.write(&producer, &mut unwritten) } else { Ok(()) }
        },
    );
    run.write(&producer, &mut unwritten)?;
    worked?;
    if done < creatives.len() {
        return Err(run.interrupted(done, creatives.len()));
    }
    let outcomes = outcomes.into_iter().flatten().collect();
    Ok(Gathered { outcomes, cached, timings: run.clock.timings() })
}

impl Keep {
    pub(crate) fn lighten(self, picture: &mut PictureEvidence) {
        if !self.embeddings {
            picture.embedding = Vec::new();
        }
        if !self.maps {
            picture.sight.drop_maps();
        }
    }
}

impl Pipeline<'_> {
    /// Names everything that the value in the cache depends on besides the picture's bytes.
    pub(crate) fn producer(&self) -> String {
        format!(
            "measures {MEASURES_VERSION}; sight {SIGHT_VERSION}; {}; {}; {}",
            self.vision_version,
            self.quality_version,
            self.backend()
        )
    }

    /// `wgpu` of `wgpu:1`: cards of one kind agree, kinds differ in the last bits.
    pub(crate) fn backend(&self) -> &str {
        let selector = self.vision.compute().selector();
        selector.split(':').next().unwrap_or(selector)
    }

    pub(crate) fn schedule(&self, items: usize) -> Schedule {
        let batch = (!self.vision.compute().is_cpu()).then_some(self.batch);
        Schedule { items, threads: self.threads, batch }
    }

    /// What needs no network.
    pub(crate) fn measured(&self, content_key: String, decoded: Picture) -> PictureEvidence {
        let pixels = &decoded.pixels;
        let measures = Measures::of(pixels);
        PictureEvidence {
            content_key,
            width: decoded.width,
            height: decoded.height,
            measures,
            quality: self.quality.judge(&DistortionFeatures::of(pixels)),
            complexity: Complexity::of(pixels, &measures).score,
            hashes: Hashes::of(pixels),
            signature: Signature::of(pixels),
            palette: palette(pixels, SWATCHES),
            embedding: Vec::new(),
            sight: SightEvidence::default(),
            source: decoded.source,
            warnings: decoded.warnings,
        }
    }
}

/// A run over some creatives: what all workers share.
pub(crate) struct Run<'a> {
    pub(crate) pipeline: &'a Pipeline<'a>,
    cache: Mutex<&'a mut Cache>,
    pub(crate) clock: Clock,
}

/// The bytes of a picture with their BLAKE3, hexadecimal.
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    pub(crate) key: String,
}

/// A picture on its way to the network.
struct Waiting {
    evidence: Box<Evidence>,
    input: Input,
    plane: ContrastPlane,
}

impl<'a> Run<'a> {
    pub(crate) fn new(pipeline: &'a Pipeline<'a>, cache: &'a mut Cache) -> Self {
        Self { pipeline, cache: Mutex::new(cache), clock: Clock::default() }
    }

    pub(crate) fn read(&self, path: &Path) -> Result<Content, DecodeError> {
        self.clock.read.time(|| {
            let bytes = read_bytes(path, &self.pipeline.limits)?;
            Ok(Content { key: gancho_media::blake3_hex(&bytes), bytes })
        })
    }

    pub(crate) fn decode(&self, bytes: &[u8]) -> Result<Picture, DecodeError> {
        self.clock.decode.time(|| decode(bytes, &self.pipeline.limits, DETAIL))
    }

    pub(crate) fn look_up<T: Cached>(&self, key: &str, producer: &str) -> Result<Option<T>, CacheError> {
        self.locked(|cache| cache.get(key, producer))
    }

    /// Writes what is new to the cache.
    pub(crate) fn write<T: Cached>(
        &self,
        producer: &str,
        unwritten: &mut Unwritten<T>,
    ) -> Result<(), EvidenceError> {
        Ok(self.locked(|cache| cache.put(producer, &unwritten.take()))?)
    }

    /// The whole chain for one creative, up to the network where that takes batches.
    fn creative(
        &self,
        creative: &Creative,
        producer: &str,
    ) -> Result<Step<(Outcome, bool), Waiting>, EvidenceError> {
        let known = |picture: Option<PictureEvidence>| {
            let copy = CopyEvidence::of(&creative.copy, self.pipeline.headlines);
            Box::new(Evidence { picture, copy, comments: None })
        };
        let Some(path) = &creative.picture else {
            return Ok(Step::Done((Outcome::Known(known(None)), false)));
        };
        let refused = |error| Ok(Step::Done((Outcome::Refused(error), false)));
        let content = match self.read(path) {
            Ok(content) => content,
            Err(error) => return refused(error),
        };
        if let Some(found) = self.look_up(&content.key, producer)? {
            return Ok(Step::Done((Outcome::Known(known(Some(found))), true)));
        }
        let decoded = match self.decode(&content.bytes) {
            Ok(decoded) => decoded,
            Err(error) => return refused(error),
        };
        drop(content.bytes);
        // The pixels end here: what the sight needs of them waits for it in a third of the memory.
        let plane = self.clock.measure.time(|| ContrastPlane::of(&decoded.pixels));
        let input = self.clock.network.time(|| self.pipeline.prepare(&decoded.pixels));
        let picture = self.clock.measure.time(|| self.pipeline.measured(content.key, decoded));
        let waiting = Waiting { evidence: known(Some(picture)), input, plane };
        if !self.pipeline.vision.compute().is_cpu() {
            return Ok(Step::Waiting(waiting));
        }
        let seen = self.see(vec![waiting])?.pop();
        seen.map(Step::Done).ok_or_else(|| EvidenceError::Network { detail: "it gave no result".into() })
    }

    /// Shows pictures to the network and takes in what it saw.
    fn see(&self, waiting: Vec<Waiting>) -> Result<Vec<(Outcome, bool)>, EvidenceError> {
        let (places, inputs): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|it| ((it.evidence, it.plane), it.input)).unzip();
        let sights = self.clock.network.time(|| self.pipeline.see(inputs))?;
        let taken_in = places.into_iter().zip(sights).map(|((mut evidence, plane), sight)| {
            if let Some(picture) = &mut evidence.picture {
                self.clock.measure.time(|| picture.take_in(sight, &plane));
            }
            (Outcome::Known(evidence), false)
        });
        Ok(taken_in.collect())
    }

    pub(crate) fn interrupted(&self, done: usize, total: usize) -> EvidenceError {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).interrupted(done, total)
    }

    fn locked<T>(&self, act: impl FnOnce(&mut Cache) -> Result<T, CacheError>) -> Result<T, CacheError> {
        // A worker that panicked while holding the lock left the database as SQLite keeps it: whole.
        act(&mut self.cache.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
