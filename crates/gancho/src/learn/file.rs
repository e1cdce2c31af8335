//! Trained models as files.

use std::io::Read;
use std::path::Path;

use gancho_report::ModelRecord;
use gancho_scorer::EffectModel;
use sha2::{Digest, Sha256};

use crate::Error;

/// Largest model that is read: hundreds of times what a history of 100,000 creatives makes.
const MAX_BYTES: u64 = 512 << 20;

/// Reads a model that `gancho train` wrote, and says which bytes it was.
///
/// # Errors
/// [`Error::Model`] and [`Error::ModelUnusable`], naming the file.
pub fn open_model(path: &Path) -> Result<(EffectModel, ModelRecord), Error> {
    let file = path.to_string_lossy().replace('\\', "/");
    let unreadable = |detail: String| Error::Model { file: file.clone(), detail };
    let opened = std::fs::File::open(path).map_err(|it| unreadable(it.to_string()))?;
    let mut bytes = Vec::new();
    opened.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|it| unreadable(it.to_string()))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(unreadable(format!("> {} MiB", MAX_BYTES >> 20)));
    }
    let model = EffectModel::parse(&bytes).map_err(|error| Error::ModelUnusable { file, error })?;
    let sha256 = Sha256::digest(&bytes).iter().map(|it| format!("{it:02x}")).collect();
    let id = format!("trained-{}", model.options.target.name());
    Ok((model, ModelRecord { id, version: gancho_scorer::FORMAT.to_owned(), sha256 }))
}
