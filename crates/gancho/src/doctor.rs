//! `doctor`: does everything work on this machine, and if not, why.

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use gancho_evidence::Cache;
use gancho_hub::{HubCache, HubError, Weights};
use gancho_inference::{Attempt, DeviceChoice, Opened, ProbeOutcome, ProbeReport};

use crate::{CacheChoice, EngineSettings, ModelChoice};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What it is, a key of the message catalogs: `weights`, `cache`, `device`.
    pub subject: String,
    /// What was found, in words that name the thing itself.
    pub found: String,
    /// False when something has to be done about it.
    pub healthy: bool,
}

/// Everything that `gancho doctor` found.
#[derive(Debug, Clone)]
pub struct DoctorReport {
    /// Version of gancho.
    pub version: String,
    /// Threads that would be used.
    pub threads: NonZeroUsize,
    /// The device that would be used, or why there is none.
    pub device: Result<String, gancho_inference::DeviceError>,
    /// Devices that were tried, and why they were skipped.
    pub attempts: Vec<Attempt>,
    /// CPU against GPU on a small network, for every graphics adapter that could be opened.
    pub comparisons: Vec<ProbeReport>,
    /// Weights and cache.
    pub checks: Vec<Check>,
}

impl DoctorReport {
    /// True when gancho can do its work here.
    pub fn healthy(&self) -> bool {
        self.device.is_ok() && self.checks.iter().all(|check| check.healthy)
    }
}

/// Looks at devices, weights and cache. `probe` runs [`crate::probe`] in a child process.
pub fn doctor(settings: &EngineSettings, probe: &dyn Fn(&str) -> ProbeOutcome) -> DoctorReport {
    let choice = settings.device.unwrap_or_default();
    let (device, attempts) = match gancho_inference::open(choice, probe) {
        Ok(Opened { compute, attempts }) => (Ok(compute.name().to_owned()), attempts),
        Err(error) => (Err(error), Vec::new()),
    };
    DoctorReport {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        threads: settings.threads.or(available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN),
        comparisons: comparisons(&attempts, choice, probe),
        device,
        attempts,
        checks: weights(settings).into_iter().chain(pulled(settings)).chain([cache(settings)]).collect(),
    }
}

/// Compares every adapter with the CPU. Software adapters take a minute to compile what nobody would use: they
/// are compared only when asked for by name, which the attempts then hold.
fn comparisons(
    attempts: &[Attempt],
    device: DeviceChoice,
    probe: &dyn Fn(&str) -> ProbeOutcome,
) -> Vec<ProbeReport> {
    if device == DeviceChoice::Cpu {
        return Vec::new();
    }
    let mut done: Vec<ProbeReport> =
        attempts.iter().filter_map(|it| it.report.clone()).filter(|it| it.worst.is_some()).collect();
    let adapters: Vec<String> = attempts
        .iter()
        .filter_map(|it| it.report.as_ref())
        .flat_map(|report| {
            report.adapters.iter().filter(|it| !it.is_software()).map(|it| it.selector.clone())
        })
        .collect();
    for selector in adapters {
        let known = |it: &ProbeReport| it.selector.as_deref() == Some(selector.as_str());
        if !done.iter().any(known)
            && let ProbeOutcome::Report(report) = probe(&selector)
        {
            done.push(report);
        }
    }
    done
}

fn weights(settings: &EngineSettings) -> Vec<Check> {
    let opened = settings.weights.as_ref().map_or_else(|| Ok(Weights::shipped()), Weights::folder);
    match opened {
        Err(error) => vec![Check { subject: "weights".to_owned(), found: error.to_string(), healthy: false }],
        Ok(weights) => weights
            .verify()
            .into_iter()
            .map(|(id, result)| match result {
                Ok(()) => Check { subject: "weights".to_owned(), found: id, healthy: true },
                Err(error) => {
                    Check { subject: "weights".to_owned(), found: format!("{id}: {error}"), healthy: false }
                }
            })
            .collect(),
    }
}

/// The pulled model whose embedding was asked for.
fn pulled(settings: &EngineSettings) -> Option<Check> {
    let Some(ModelChoice::Hub(name)) = &settings.vision_model else { return None };
    let missing = || HubError::NotPulled { model: name.to_string() };
    let sound = settings.hub_cache.as_ref().ok_or_else(missing).and_then(|folder| {
        let pulled = HubCache::new(folder).open(name)?;
        pulled.verify().map(|()| format!("{}@{}", pulled.id(), pulled.revision()))
    });
    let healthy = sound.is_ok();
    let found = sound.unwrap_or_else(|error| error.to_string());
    Some(Check { subject: "weights".to_owned(), found, healthy })
}

fn cache(settings: &EngineSettings) -> Check {
    let (found, healthy) = match &settings.cache {
        None | Some(CacheChoice::Off) => ("off".to_owned(), true),
        Some(CacheChoice::Folder(folder)) => match Cache::open(folder) {
            Ok(_) => (folder.display().to_string(), true),
            Err(error) => (error.to_string(), false),
        },
    };
    Check { subject: "cache".to_owned(), found, healthy }
}
