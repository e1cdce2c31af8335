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

/// A picture prepared for its embedding alone.
pub(crate) enum EmbedInput {
    Vision(gancho_vision::Input),
    Backbone(gancho_backbone::Input),
}

impl Pipeline<'_> {
    /// Prepares a picture for the network whose embedding it gets.
    pub(crate) fn prepare_to_embed(&self, pixels: &RgbImage) -> EmbedInput {
        match self.backbone {
            Some(backbone) => EmbedInput::Backbone(backbone.preprocess(pixels)),
            None => EmbedInput::Vision(self.vision.preprocess(pixels)),
        }
    }

    /// Embeds prepared pictures; results in their order.
    pub(crate) fn embed(&self, inputs: Vec<EmbedInput>) -> Result<Vec<Vec<f32>>, EvidenceError> {
        let (mut shipped, mut others) = (Vec::new(), Vec::new());
        for input in inputs {
            match input {
                EmbedInput::Vision(input) => shipped.push(input),
                EmbedInput::Backbone(input) => others.push(input),
            }
        }
        // All are of one kind: a pipeline has one embedder.
        match self.backbone {
            Some(backbone) => Ok(backbone.embed(&others)?),
            None => Ok(self.vision.embed(&shipped)?),
        }
    }

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
