//! The engine: a device that works, verified weights, loaded models, an open cache.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;
use std::thread::available_parallelism;

use gancho_backbone::Backbone;
use gancho_evidence::{
    Cache, CacheNote, CopyEvidence, Embeddings, EvidenceError, Gathered, Keep, MeaningLogits, Pipeline,
    TextReader, Watch, embed, gather,
};
use gancho_headline::{HeadlineModel, MeaningModel};
use gancho_hub::{CONFIG_FILE, HubCache, HubError, ModelName, WEIGHTS_FILE, Weights};
use gancho_inference::{Attempt, Compute, DeviceChoice, DeviceError, Opened, ProbeOutcome};
use gancho_library::{Config, Creative};
use gancho_media::Limits;
use gancho_quality::QualityModel;
use gancho_report::ModelRecord;
use gancho_scorer::{Models, Prior};
use gancho_vision::VisionModel;

use crate::{Error, records, text_models};

pub use gancho_inference::probe;

/// Ids of the shipped models.
pub(crate) const VISION: &str = gancho_vision::MODEL_ID;
pub(crate) const HEADLINE: &str = "headline-upworthy";
pub(crate) const MEANING: &str = "headline-meaning";
pub(crate) const PRIOR: &str = "prior-upworthy";
pub(crate) const QUALITY: &str = gancho_quality::MODEL_ID;

/// Where evidence is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum CacheChoice {
    /// Nowhere.
    #[default]
    Off,
    /// In SQLite in this folder.
    Folder(PathBuf),
}

/// Which network gives a picture its embedding, or a text its sentiment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ModelChoice {
    /// The shipped one.
    #[default]
    Shipped,
    /// A public one's, pulled from the hub before.
    Hub(ModelName),
}

impl FromStr for ModelChoice {
    type Err = HubError;

    /// `shipped`, or `owner/model` with an optional `@revision`.
    fn from_str(text: &str) -> Result<Self, HubError> {
        match text {
            "shipped" => Ok(Self::Shipped),
            name => name.parse().map(Self::Hub),
        }
    }
}

/// What an engine is opened with. What is absent is filled from a library's `gancho.toml` by
/// [`EngineSettings::or`], and by defaults after that.
#[derive(Debug, Clone, Default)]
pub struct EngineSettings {
    /// Device; `auto` by default.
    pub device: Option<DeviceChoice>,
    /// Worker threads; one per core when absent.
    pub threads: Option<NonZeroUsize>,
    /// Pictures per GPU batch; the device's own choice when absent.
    pub batch: Option<NonZeroUsize>,
    /// Where evidence is remembered; nowhere by default.
    pub cache: Option<CacheChoice>,
    /// A folder of weights instead of the shipped ones.
    pub weights: Option<PathBuf>,
    /// Whose embedding is used; the shipped network's by default.
    pub vision_model: Option<ModelChoice>,
    /// Whose sentiment texts get; the shipped network's by default.
    pub text_model: Option<ModelChoice>,
    /// The folder of models pulled from the hub; without it there are none.
    pub hub_cache: Option<PathBuf>,
    /// What a picture may cost.
    pub limits: Limits,
}

impl EngineSettings {
    /// These settings, with what they leave open taken from a library's `gancho.toml`.
    ///
    /// # Errors
    /// [`Error::Device`] when the file names a device that does not exist.
    pub fn or(mut self, config: &Config) -> Result<Self, Error> {
        if let (None, Some(device)) = (self.device, &config.device) {
            self.device = Some(device.parse()?);
        }
        self.threads = self.threads.or(config.threads.and_then(NonZeroUsize::new));
        self.cache = self.cache.or(config.cache.as_deref().map(CacheChoice::from));
        Ok(self)
    }
}

impl From<&str> for CacheChoice {
    /// `off`, or a folder.
    fn from(text: &str) -> Self {
        match text {
            "off" => Self::Off,
            folder => Self::Folder(PathBuf::from(folder)),
        }
    }
}

/// A probe for programs that cannot start a child process: no GPU is found.
pub fn no_probe(_selector: &str) -> ProbeOutcome {
    ProbeOutcome::Crashed { detail: "this program does not probe devices".to_owned() }
}

/// Device, models and cache, opened once and used for any number of libraries.
#[derive(Debug)]
pub struct Engine {
    pub(crate) vision: VisionModel,
    backbone: Option<Backbone>,
    vision_version: String,
    /// The model of the embeddings, as `id@version`.
    embedder: String,
    quality: QualityModel,
    quality_version: String,
    pub(crate) headlines: HeadlineModel,
    meaning: MeaningModel,
    /// Fingerprints of the meaning model and of the embeddings that it reads.
    meaning_version: String,
    pub(crate) scorers: Models,
    pub(crate) models: Vec<ModelRecord>,
    pub(crate) device: String,
    /// Opened when there are texts to read.
    reader: Option<TextReader>,
    compute: Compute,
    settings: EngineSettings,
    attempts: Vec<Attempt>,
    pub(crate) cache: Cache,
    limits: Limits,
    threads: NonZeroUsize,
    batch: NonZeroUsize,
}

impl Engine {
    /// Opens the device, verifies and loads the weights, opens the cache.
    ///
    /// `probe` runs [`probe`] in a child process with the selector it is given; see
    /// [`gancho_inference::open`].
    pub fn open(settings: &EngineSettings, probe: &dyn Fn(&str) -> ProbeOutcome) -> Result<Self, Error> {
        let weights = match &settings.weights {
            Some(folder) => Weights::folder(folder)?,
            None => Weights::shipped(),
        };
        let mut models = Vec::new();
        let mut verified = |id: &str| {
            let verified = weights.load(id)?;
            models.push(records::shipped_model(verified.entry));
            Ok::<_, Error>(verified)
        };
        let (eye, words, prior) = (verified(VISION)?, verified(HEADLINE)?, verified(PRIOR)?);
        let (meaning, damage) = (verified(MEANING)?, verified(QUALITY)?);
        let embeddings = weights.entry(gancho_language::MODEL_ID)?.fingerprint();
        let Opened { compute, attempts } =
            gancho_inference::open(settings.device.unwrap_or_default(), probe)?;
        let batch = settings.batch.or(NonZeroUsize::new(compute.batch_size())).unwrap_or(NonZeroUsize::MIN);
        let compute: Compute = if compute.is_cpu() { compute } else { compute.with_batch_size(batch.get()) };
        let backbone = match &settings.vision_model {
            None | Some(ModelChoice::Shipped) => None,
            Some(ModelChoice::Hub(name)) => Some(load_backbone(name, settings, &compute)?),
        };
        let mut vision_version = eye.entry.fingerprint();
        let mut embedder = format!("{}@{}", eye.entry.id, eye.entry.version);
        let backbone = backbone.map(|(backbone, record)| {
            embedder = format!("{}@{}", record.id, record.version);
            vision_version += &format!("; embedding {embedder} {}", record.sha256);
            models.push(record);
            backbone
        });
        let cache = match &settings.cache {
            None | Some(CacheChoice::Off) => Cache::off()?,
            Some(CacheChoice::Folder(folder)) => Cache::open(folder)?,
        };
        Ok(Self {
            vision: VisionModel::load(&eye.bytes, &compute)?,
            backbone,
            vision_version,
            embedder,
            quality: QualityModel::load(&damage.bytes)?,
            quality_version: damage.entry.fingerprint(),
            headlines: HeadlineModel::load(&words.bytes)?,
            meaning: MeaningModel::load(&meaning.bytes, &embeddings)?,
            meaning_version: format!("{}; {embeddings}", meaning.entry.fingerprint()),
            scorers: Models { prior: Some(Prior::parse(&prior.bytes)?), history: None },
            device: compute.name().to_owned(),
            reader: None,
            settings: settings.clone(),
            models,
            attempts,
            cache,
            limits: settings.limits,
            threads: settings.threads.or(available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
            batch,
            compute,
        })
    }

    /// What reads texts, loaded when it is first asked for.
    pub(crate) fn reader(&mut self) -> Result<&TextReader, Error> {
        let reader = match self.reader.take() {
            Some(reader) => reader,
            None => text_models::on(&self.compute, &self.settings, &mut self.models)?,
        };
        Ok(self.reader.insert(reader))
    }

    /// Says of copy what the meaning model makes of it. The language model is opened when a text is not in the cache;
    /// that it was used is said either way.
    pub(crate) fn read_meanings(
        &mut self,
        copies: &mut [&mut CopyEvidence],
        watch: &dyn Watch,
    ) -> Result<(), Error> {
        if copies.is_empty() {
            return Ok(());
        }
        text_models::name_shipped(&self.settings, &mut self.models)?;
        let selector = self.compute.selector();
        let backend = selector.split(':').next().unwrap_or(selector);
        let producer = format!("{}; {backend}", self.meaning_version);
        let texts = copies.iter().map(|it| it.lead.as_str());
        let mut logits = MeaningLogits::look_up(texts, &producer, &mut self.cache)?;
        if !logits.is_complete() {
            self.reader()?;
            if let Some(reader) = &self.reader {
                logits.read(reader, &self.meaning, &mut self.cache, watch)?;
            }
        }
        copies.iter_mut().for_each(|it| logits.fill(it));
        Ok(())
    }

    /// Devices that were tried on the way to the one in use.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The device in use, as it names itself.
    pub fn device(&self) -> &str {
        &self.device
    }

    /// The model of the embeddings, as `id@version`.
    pub fn vision_model(&self) -> String {
        self.embedder.clone()
    }

    /// Numbers in an embedding: 512, or as many as the backbone gives.
    pub(crate) fn embedding_len(&self) -> usize {
        self.backbone.as_ref().map_or(gancho_vision::EMBEDDING_LEN, Backbone::embedding_len)
    }

    /// Gathers the evidence of creatives through the cache.
    pub(crate) fn gather(
        &mut self,
        creatives: &[Creative],
        keep: Keep,
        watch: &dyn Watch,
    ) -> Result<(Gathered, Vec<CacheNote>), Error> {
        self.run(keep, |pipeline, cache| gather(creatives, pipeline, cache, watch))
    }

    /// Embeds the pictures of creatives through the cache, and does nothing else.
    pub(crate) fn embed_pictures(
        &mut self,
        creatives: &[Creative],
        watch: &dyn Watch,
    ) -> Result<Embeddings, Error> {
        let (embeddings, _) =
            self.run(Keep::default(), |pipeline, cache| embed(creatives, pipeline, cache, watch))?;
        Ok(embeddings)
    }

    /// Acts with the models and the cache.
    pub(crate) fn run<T>(
        &mut self,
        keep: Keep,
        act: impl FnOnce(&Pipeline, &mut Cache) -> Result<T, EvidenceError>,
    ) -> Result<(T, Vec<CacheNote>), Error> {
        let pipeline = Pipeline {
            vision: &self.vision,
            backbone: self.backbone.as_ref(),
            vision_version: &self.vision_version,
            quality: &self.quality,
            quality_version: &self.quality_version,
            headlines: &self.headlines,
            limits: self.limits,
            threads: self.threads,
            batch: self.batch,
            keep,
        };
        let result = act(&pipeline, &mut self.cache)?;
        Ok((result, self.cache.take_notes()))
    }

    /// A pool of as many threads as the user wants busy, for the scorer.
    pub(crate) fn workers(&self) -> Result<rayon::ThreadPool, Error> {
        let threads = self.threads.get();
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .map_err(|error| DeviceError::NoThreads { threads, detail: error.to_string() }.into())
    }

    /// The limits on pictures that this engine was opened with.
    pub(crate) fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// Loads a pulled model onto the device.
fn load_backbone(
    name: &ModelName,
    settings: &EngineSettings,
    compute: &Compute,
) -> Result<(Backbone, ModelRecord), Error> {
    let missing = || HubError::NotPulled { model: name.to_string() };
    let folder = settings.hub_cache.as_ref().ok_or_else(missing)?;
    let pulled = HubCache::new(folder).open(name)?;
    let backbone = Backbone::load(&pulled.read(CONFIG_FILE)?, &pulled.read(WEIGHTS_FILE)?, compute)?;
    Ok((backbone, records::pulled_model(&pulled)))
}
