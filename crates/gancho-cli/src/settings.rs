//! From what was typed to what an engine is opened with.
//!
//! Flags beat the environment (clap reads `GANCHO_*`), the environment beats the library's `gancho.toml`, and
//! that beats defaults.

use std::path::PathBuf;

use etcetera::BaseStrategy;
use gancho::{CacheChoice, EngineSettings, HubCache, Limits};

use crate::args::{LimitArgs, Machine, PictureMachine};

const MIB: u64 = 1024 * 1024;

impl Machine {
    /// The settings of what reads no pictures.
    pub(crate) fn settings(&self) -> EngineSettings {
        EngineSettings {
            device: self.device,
            threads: self.threads,
            batch: self.batch,
            weights: self.weights.clone(),
            hub_cache: hub_cache(),
            ..EngineSettings::default()
        }
    }
}

impl PictureMachine {
    /// The settings of an engine.
    pub(crate) fn settings(&self, limits: Limits) -> EngineSettings {
        EngineSettings {
            cache: self.cache.as_deref().map(CacheChoice::from),
            vision_model: self.vision_model.clone(),
            limits,
            ..self.machine.settings()
        }
    }
}

impl LimitArgs {
    /// Limits in bytes and pixels.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            max_bytes: self.max_file_mib.saturating_mul(MIB),
            max_pixels: self.max_megapixels.saturating_mul(1_000_000),
            max_memory: self.max_memory_mib.saturating_mul(MIB),
        }
    }
}

/// The folder where programs of Hugging Face keep what they downloaded.
pub(crate) fn hub_cache() -> Option<PathBuf> {
    let home = etcetera::home_dir().ok();
    HubCache::usual_folder(&|name| std::env::var_os(name), home.as_deref())
}

/// The settings, with the user's cache folder where nobody named another.
pub(crate) fn with_user_cache(mut settings: EngineSettings) -> EngineSettings {
    settings.cache = settings.cache.or_else(|| user_cache().map(CacheChoice::Folder));
    settings
}

/// `gancho` in the user's cache folder; nothing where the system names none.
fn user_cache() -> Option<PathBuf> {
    etcetera::choose_base_strategy().ok().map(|base| base.cache_dir().join("gancho"))
}
