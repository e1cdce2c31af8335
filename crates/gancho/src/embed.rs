//! `embed`: the vectors of pictures, in the order they were given.

use std::path::PathBuf;

use gancho_evidence::{Embedding, Timings, Watch};
use gancho_library::Library;
use gancho_report::{EmbeddingRecord, FaultRecord, Locale, Messages, QuarantineRecord, schema};

use crate::records::{self, Context};
use crate::{Engine, Error};

/// What to embed.
#[derive(Debug, Clone, Default)]
pub struct EmbedRequest {
    /// Pictures, folders, globs, manifests.
    pub inputs: Vec<String>,
    /// `gancho.toml` of another place than the library's root.
    pub config: Option<PathBuf>,
    /// Let manifests name pictures outside their folder.
    pub allow_outside: bool,
    /// Language of messages.
    pub locale: Locale,
}

/// Vectors, and what could not be embedded.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedded {
    /// One per picture, in input order: rows of a manifest by line, files of a folder by path.
    pub embeddings: Vec<EmbeddingRecord>,
    /// Pictures left out.
    pub quarantine: Vec<QuarantineRecord>,
    /// Rows at fault.
    pub faults: Vec<FaultRecord>,
    /// Where the time went.
    pub timings: Timings,
}

impl Engine {
    /// Embeds every picture of the inputs. Creatives without a picture are passed over.
    pub fn embed(&mut self, request: &EmbedRequest, watch: &dyn Watch) -> Result<Embedded, Error> {
        let messages = Messages::new(request.locale);
        let library = pictures_in_order(&request.inputs, request.config.clone(), request.allow_outside)?;
        let embedded = self.embed_pictures(&library.creatives, watch)?;
        let model = self.vision_model();
        let (mut embeddings, mut quarantine) = (Vec::new(), Vec::new());
        for (creative, embedding) in library.creatives.iter().zip(embedded.embeddings) {
            match embedding {
                Embedding::Absent => {}
                Embedding::Refused(error) => {
                    quarantine.push(records::quarantined(creative, &error, &messages))
                }
                Embedding::Known(embedding) => embeddings.push(EmbeddingRecord {
                    schema: schema::Embedding,
                    path: Some(creative.path.clone()),
                    text: None,
                    model: model.clone(),
                    embedding,
                }),
            }
        }
        let faults =
            library.faults.iter().map(|it| Context { messages: &messages }.fault_record(it)).collect();
        Ok(Embedded { embeddings, quarantine, faults, timings: embedded.timings })
    }
}

/// The creatives with a picture, in input order: rows of a manifest by line, files of a folder by path.
pub(crate) fn pictures_in_order(
    inputs: &[String],
    config: Option<PathBuf>,
    allow_outside: bool,
) -> Result<Library, Error> {
    let options = gancho_library::Options { allow_outside, config, ..gancho_library::Options::default() };
    let mut library = Library::open(inputs, &options)?;
    library.creatives.retain(|creative| creative.picture.is_some());
    library.creatives.sort_by(|a, b| {
        (&a.origin.file, a.origin.line, &a.path).cmp(&(&b.origin.file, b.origin.line, &b.path))
    });
    Ok(library)
}
