//! Variants of a picture, seen like the picture itself: what would be there if it were otherwise?
//!
//! A variant is pixels that lie in no file: a region filled, a crop, a lift of the contrast. It goes through the
//! same measures and networks as a file, and past the cache, which knows files only. The variant that changes
//! nothing has, but for the content key, the evidence of the file.

use std::path::Path;

use gancho_media::{DecodeError, Picture, decode, read_bytes};

use crate::embedder::Input;
use crate::pipeline::DETAIL;
use crate::schedule::Step;
use crate::{ContrastPlane, EvidenceError, PictureEvidence, Pipeline, Watch};

/// A variant on its way to the network.
struct Waiting {
    evidence: PictureEvidence,
    plane: ContrastPlane,
    input: Input,
}

impl Pipeline<'_> {
    /// Decodes a picture at the size at which evidence is taken.
    ///
    /// # Errors
    /// [`DecodeError`] when the file is no longer there or no longer a picture.
    pub fn decode(&self, path: &Path) -> Result<Picture, DecodeError> {
        decode(&read_bytes(path, &self.limits)?, &self.limits, DETAIL)
    }

    /// Sees `count` variants, each made on the worker that measures it, so that no more of them lie in memory than
    /// there are workers. Nothing when the person interrupted.
    ///
    /// # Errors
    /// [`EvidenceError`] when the network fails.
    pub fn see_variants(
        &self,
        count: usize,
        make: &(dyn Fn(usize) -> Picture + Sync),
        watch: &dyn Watch,
    ) -> Result<Option<Vec<PictureEvidence>>, EvidenceError> {
        let mut seen: Vec<Option<PictureEvidence>> = (0..count).map(|_| None).collect();
        self.schedule(count).run(
            &|| watch.interrupted(),
            |item| {
                let waiting = self.waiting(make(item));
                if !self.vision.compute().is_cpu() {
                    return Ok(Step::Waiting(waiting));
                }
                let seen = self.see_waiting(vec![waiting])?.pop();
                seen.map(Step::Done)
                    .ok_or_else(|| EvidenceError::Network { detail: "it gave no result".into() })
            },
            |waiting| self.see_waiting(waiting),
            |item, evidence| {
                seen[item] = Some(evidence);
                Ok(())
            },
        )?;
        Ok(seen.into_iter().collect())
    }

    fn waiting(&self, picture: Picture) -> Waiting {
        let plane = ContrastPlane::of(&picture.pixels);
        let input = self.prepare(&picture.pixels);
        Waiting { evidence: self.measured(String::new(), picture), plane, input }
    }

    fn see_waiting(&self, waiting: Vec<Waiting>) -> Result<Vec<PictureEvidence>, EvidenceError> {
        let (places, inputs): (Vec<_>, Vec<_>) =
            waiting.into_iter().map(|it| ((it.evidence, it.plane), it.input)).unzip();
        let sights = self.see(inputs)?;
        let taken_in = places.into_iter().zip(sights).map(|((mut evidence, plane), sight)| {
            evidence.take_in(sight, &plane);
            self.keep.lighten(&mut evidence);
            evidence
        });
        Ok(taken_in.collect())
    }
}
