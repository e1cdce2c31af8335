//! The eye of gancho: a picture becomes 512 numbers.
//!
//! [`VisionModel`] is a convolutional trunk (MobileNetV2, 2.9 M parameters, 154 M multiply-adds)
//! with the weights of `weights/vision.safetensors`. Its embedding has unit length, so the dot
//! product of two embeddings is the cosine between them. How pixels become the network's input
//! stands once, in `preprocess.toml` ([`Recipe`]); the training program reads the same file.
//!
//! The network's definition is [`trunk`], to be read beside table 2 of the paper. The parity test
//! compares it with PyTorch, from the pixels to the embedding.
//!
//! This crate must not read flags or folders, and it does not judge: it says what a picture looks
//! like, never whether that is good.

mod error;
mod model;
mod recipe;
mod sight;
mod text_boxes;
pub mod trunk;

pub use error::VisionError;
pub use model::{EMBEDDING_LEN, MODEL_ID, VisionModel};
pub use recipe::{Input, Recipe};
pub use sight::{ATTENTION_SIDE, Face, Grid, Kinds, Sight, TEXT_SIDE, UnitRect};
pub use text_boxes::{TextBox, TextRegion, text_boxes};
