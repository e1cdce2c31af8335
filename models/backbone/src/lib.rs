//! Public image backbones by hub name: their embedding instead of the shipped one.
//!
//! [`Backbone`] is a network of the ResNet family with the weights that somebody published in
//! timm's or torchvision's layout, its batch normalization folded into the convolutions. Its
//! embedding is the average over the picture after the last stage, divided by its length: 512 or
//! 2048 numbers. Pictures are prepared as `config.json` says ([`Recipe`]), which is not how the
//! shipped network sees them: the middle is cut out.
//!
//! Every tensor of a file is used and none is missing, or the file is refused with their names.
//! The parity test compares it with PyTorch, from the pixels to the embedding.
//!
//! This crate must not read files or open sockets, and it does not judge.

pub mod architecture;
mod config;
mod error;
mod model;
mod network;
mod recipe;

pub use architecture::Architecture;
pub use config::Config;
pub use error::BackboneError;
pub use model::Backbone;
pub use network::Network;
pub use recipe::{Input, Recipe};
