//! Embeddings of headlines, by the network and the code that gancho itself reads texts with.

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

use anyhow::Result;
use gancho_evidence::TextReader;
use gancho_hub::Weights;
use gancho_inference::Compute;
use gancho_language::LanguageModel;

/// Embeddings by text.
pub(crate) struct Embeddings {
    by_text: HashMap<String, Vec<f32>>,
    none: Vec<f32>,
    /// Names the network.
    pub(crate) embedder: String,
}

impl Embeddings {
    /// Embeds texts with the language model of a folder of weights, on the CPU.
    pub(crate) fn of<'a>(texts: impl IntoIterator<Item = &'a str>, weights: &Path) -> Result<Self> {
        let weights = Weights::folder(weights)?;
        let (network, vocabulary) =
            (weights.load(gancho_language::MODEL_ID)?, weights.load("language-vocabulary")?);
        let model = LanguageModel::load(&network.bytes, &vocabulary.bytes, &Compute::cpu())?;
        let reader = TextReader::new(model, None, available_parallelism().unwrap_or(NonZeroUsize::MIN))?;
        let texts: Vec<&str> = texts.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        let readings = reader.read(&texts)?;
        let known = texts
            .iter()
            .zip(readings)
            .filter_map(|(text, it)| Some(((*text).to_owned(), it.reading?.embedding)));
        Ok(Self {
            by_text: known.collect(),
            none: vec![0.0; gancho_language::EMBEDDING_LEN],
            embedder: network.entry.fingerprint(),
        })
    }

    /// The embedding of a text; zeros for one that the network cannot read.
    pub(crate) fn get(&self, text: &str) -> &[f32] {
        self.by_text.get(text).unwrap_or(&self.none)
    }
}

#[cfg(test)]
impl From<HashMap<String, Vec<f32>>> for Embeddings {
    fn from(by_text: HashMap<String, Vec<f32>>) -> Self {
        let length = by_text.values().next().map_or(0, Vec::len);
        Self { by_text, none: vec![0.0; length], embedder: "network@1".to_owned() }
    }
}
