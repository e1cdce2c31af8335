//! Where the time of a run goes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Time spent in each stage, summed over workers.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Timings {
    /// Reading files and hashing their bytes.
    pub read: Duration,
    /// Decoding, including color management.
    pub decode: Duration,
    /// Measures, quality, complexity, hashes, signature and palette.
    pub measure: Duration,
    /// Resizing to the input and the network.
    pub network: Duration,
}

/// Nanoseconds spent in each stage.
#[derive(Default)]
pub(crate) struct Clock {
    pub(crate) read: Stage,
    pub(crate) decode: Stage,
    pub(crate) measure: Stage,
    pub(crate) network: Stage,
}

#[derive(Default)]
pub(crate) struct Stage(AtomicU64);

impl Stage {
    pub(crate) fn time<T>(&self, act: impl FnOnce() -> T) -> T {
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
    pub(crate) fn timings(&self) -> Timings {
        Timings {
            read: self.read.total(),
            decode: self.decode.total(),
            measure: self.measure.total(),
            network: self.network.total(),
        }
    }
}
