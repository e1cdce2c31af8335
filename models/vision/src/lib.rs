//! The eye of gancho: one network, one pass, everything the picture tells.
//!
//! [`VisionModel`] is one convolutional network: a trunk (MobileNetV2 with a projection to an embedding of
//! unit length, 2.9 M parameters, 177 M multiply-adds) and heads that read it in the same pass (0.1 M and
//! 49 M): where people look, where text and faces are, what kind of picture it is ([`Sight`]). Its weights are
//! `weights/vision.safetensors`. How pixels become the network's input stands once, in `preprocess.toml`
//! ([`Recipe`]); the training programs read the same file.
//!
//! [`trunk`] is to be read beside table 2 of its paper, [`heads`] beside `README.md`, the model card. The parity
//! test compares both with PyTorch, from the pixels to every output.
//!
//! This crate must not read flags or folders, and it does not judge: it says what a picture looks
//! like, never whether that is good.

mod error;
mod faces;
pub mod heads;
mod model;
mod network;
mod recipe;
mod rectangle;
mod sight;
mod text_boxes;
mod text_lines;
pub mod trunk;

pub use error::VisionError;
pub use model::{EMBEDDING_LEN, MODEL_ID, VisionModel};
pub use network::Network;
pub use recipe::{Input, PATCH_LEN, Recipe};
pub use sight::{ATTENTION_SIDE, Face, Grid, Kinds, Sight, TEXT_SIDE, UnitRect};
pub use text_boxes::{TextBox, TextRegion};
