//! What the networks say about a picture: the shipped one everything, a backbone the embedding in its place.
//!
//! This is the only place that knows the difference. A backbone replaces the embedding and nothing
//! else; it brings its own preprocessing along.

use gancho_media::RgbImage;
use gancho_vision::Sight;

use crate::{EvidenceError, Pipeline};

/// A picture prepared for the networks of a [`Pipeline`].
pub(crate) struct Input {
    vision: gancho_vision::Input,
    backbone: Option<gancho_backbone::Input>,
}

impl Pipeline<'_> {
    /// Prepares a picture for the networks.
    pub(crate) fn prepare(&self, pixels: &RgbImage) -> Input {
        Input {
            vision: self.vision.preprocess(pixels),
            backbone: self.backbone.map(|it| it.preprocess(pixels)),
        }
    }

    /// Runs prepared pictures through the networks; results in their order.
    pub(crate) fn see(&self, inputs: Vec<Input>) -> Result<Vec<Sight>, EvidenceError> {
        let (shipped, others): (Vec<_>, Vec<_>) =
            inputs.into_iter().map(|it| (it.vision, it.backbone)).unzip();
        let mut sights = self.vision.see(&shipped)?;
        if let Some(backbone) = self.backbone {
            let others: Vec<_> = others.into_iter().flatten().collect();
            for (sight, embedding) in sights.iter_mut().zip(backbone.embed(&others)?) {
                sight.embedding = embedding;
            }
        }
        Ok(sights)
    }
}
