//! The whole network: trunk and heads, one pass.

use burn::module::Module;
use burn::tensor::{Device, Tensor};

use crate::heads::{Heads, Outputs};
use crate::trunk::Trunk;

/// Trunk and heads, named as in the safetensors file.
#[derive(Module, Debug)]
pub struct Network {
    trunk: Trunk,
    heads: Heads,
}

impl Network {
    /// A network with weights that still have to be loaded.
    pub fn new(device: &Device) -> Self {
        Self { trunk: Trunk::new(device), heads: Heads::new(device) }
    }

    /// The trunk.
    pub fn trunk(&self) -> &Trunk {
        &self.trunk
    }

    /// Embeddings alone, not yet of unit length.
    ///
    /// # Shapes
    /// - `halves`: `[batch, 3, 176, 176]` ([`Input::half`](crate::Input::half))
    /// - returns: `[batch, 512]`
    pub fn embed(&self, halves: Tensor<4>) -> Tensor<2> {
        self.trunk.project(self.trunk.taps(halves).pooled)
    }

    /// Embeddings, not yet of unit length, and the outputs of all heads.
    ///
    /// # Shapes
    /// - `halves`: `[batch, 3, 176, 176]` ([`Input::half`](crate::Input::half))
    /// - `patches`: `[batch, 48, 88, 88]` ([`Input::patches`](crate::Input::patches))
    pub fn see(&self, halves: Tensor<4>, patches: Tensor<4>) -> (Tensor<2>, Outputs) {
        let taps = self.trunk.taps(halves);
        let embedding = self.trunk.project(taps.pooled.clone());
        (embedding, self.heads.forward(patches, taps))
    }
}
