//! Opening what reads texts: the shipped model, and a public classifier where one was asked for.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use gancho_evidence::TextReader;
use gancho_hub::{CONFIG_FILE, HubCache, HubError, ModelName, PICKLE_FILE, WEIGHTS_FILE, Weights};
use gancho_inference::{Compute, Opened, ProbeOutcome};
use gancho_language::{LanguageModel, ModelFiles, SentimentClassifier};
use gancho_report::ModelRecord;

use crate::{EngineSettings, Error, ModelChoice, records};

/// Ids of the shipped model and of its vocabulary.
const LANGUAGE: &str = gancho_language::MODEL_ID;
const VOCABULARY: &str = "language-vocabulary";

/// Opens the device and what reads texts, and adds the models to the list. Returns the device's name too.
pub(crate) fn open(
    settings: &EngineSettings,
    probe: &dyn Fn(&str) -> ProbeOutcome,
    models: &mut Vec<ModelRecord>,
) -> Result<(TextReader, String), Error> {
    let Opened { compute, .. } = gancho_inference::open(settings.device.unwrap_or_default(), probe)?;
    let compute = match settings.batch {
        Some(batch) if !compute.is_cpu() => compute.with_batch_size(batch.get()),
        _ => compute,
    };
    Ok((on(&compute, settings, models)?, compute.name().to_owned()))
}

/// The same on a device that is open.
pub(crate) fn on(
    compute: &Compute,
    settings: &EngineSettings,
    models: &mut Vec<ModelRecord>,
) -> Result<TextReader, Error> {
    name_shipped(settings, models)?;
    let weights = weights(settings)?;
    let (network, vocabulary) = (weights.load(LANGUAGE)?, weights.load(VOCABULARY)?);
    let model = LanguageModel::load(&network.bytes, &vocabulary.bytes, compute)?;
    let classifier = match &settings.text_model {
        None | Some(ModelChoice::Shipped) => None,
        Some(ModelChoice::Hub(name)) => Some(classifier(name, settings, compute, models)?),
    };
    let threads = settings.threads.or(available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN);
    // A GPU is fed by one thread: what it gains from more it loses to their waiting for each other.
    let threads = if compute.is_cpu() { threads } else { NonZeroUsize::MIN };
    Ok(TextReader::new(model, classifier, threads)?)
}

/// Adds the shipped model of texts and its vocabulary to a list of models, once.
pub(crate) fn name_shipped(settings: &EngineSettings, models: &mut Vec<ModelRecord>) -> Result<(), Error> {
    let weights = weights(settings)?;
    for id in [LANGUAGE, VOCABULARY] {
        let record = records::shipped_model(weights.entry(id)?);
        if !models.contains(&record) {
            models.push(record);
        }
    }
    Ok(())
}

fn weights(settings: &EngineSettings) -> Result<Weights, Error> {
    Ok(match &settings.weights {
        Some(folder) => Weights::folder(folder)?,
        None => Weights::shipped(),
    })
}

/// Loads a pulled classifier onto the device.
fn classifier(
    name: &ModelName,
    settings: &EngineSettings,
    compute: &Compute,
    models: &mut Vec<ModelRecord>,
) -> Result<SentimentClassifier, Error> {
    let missing = || HubError::NotPulled { model: name.to_string() };
    let folder = settings.hub_cache.as_ref().ok_or_else(missing)?;
    let pulled = HubCache::new(folder).open(name)?;
    let optional = |file: &str| pulled.has(file).then(|| pulled.read(file)).transpose();
    let vocabulary = optional("vocab.json")?.zip(optional("merges.txt")?);
    let files = ModelFiles {
        id: pulled.id().to_owned(),
        config: pulled.read(CONFIG_FILE)?,
        safetensors: optional(WEIGHTS_FILE)?,
        pickle: pulled.has(PICKLE_FILE).then(|| pulled.path(PICKLE_FILE)).transpose()?,
        tokenizer: optional("tokenizer.json")?,
        vocabulary,
        sentencepiece: optional("sentencepiece.bpe.model")?,
    };
    models.push(records::pulled_model(&pulled));
    Ok(SentimentClassifier::load(files, compute)?)
}
