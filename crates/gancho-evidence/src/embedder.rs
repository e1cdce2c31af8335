//! Whose embedding a picture gets: that of the shipped network, or of a backbone in its place.
//!
//! This is the only place that knows the difference. A backbone replaces the embedding and nothing
//! else; it brings its own preprocessing along.

use gancho_media::RgbImage;

use crate::{EvidenceError, Pipeline};

/// A picture prepared for the networks of a [`Pipeline`].
pub(crate) enum Input {
    /// For the shipped network.
    Shipped(gancho_vision::Input),
    /// For the backbone.
    Backbone(gancho_backbone::Input),
}

impl Pipeline<'_> {
    /// Prepares a picture for the network that embeds it.
    pub(crate) fn prepare(&self, pixels: &RgbImage) -> Input {
        match self.backbone {
            None => Input::Shipped(self.vision.preprocess(pixels)),
            Some(backbone) => Input::Backbone(backbone.preprocess(pixels)),
        }
    }

    /// Embeds prepared pictures: unit vectors in their order.
    pub(crate) fn embed(&self, inputs: Vec<Input>) -> Result<Vec<Vec<f32>>, EvidenceError> {
        let (mut shipped, mut others) = (Vec::new(), Vec::new());
        for input in inputs {
            match input {
                Input::Shipped(input) => shipped.push(input),
                Input::Backbone(input) => others.push(input),
            }
        }
        match self.backbone {
            None => Ok(self.vision.embed(&shipped)?),
            Some(backbone) => Ok(backbone.embed(&others)?),
        }
    }
}
