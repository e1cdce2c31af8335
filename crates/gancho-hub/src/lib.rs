//! Weights by name: the manifest, and files that load only when they are what it says.
//!
//! [`Weights`] is a set of trained files with its [`Manifest`]: [`Weights::shipped`] lies inside
//! the program, so that one binary works anywhere; [`Weights::folder`] reads another set from
//! disk. [`Weights::load`] hands out bytes only after their size and SHA-256 were found to be the
//! manifest's; a damaged or exchanged file is an error, never a strange result. Each model has a
//! card, a page of Markdown that says what it is good for and where it is weak.
//!
//! This crate must not compute: it knows names, bytes and hashes, and nothing of networks. It
//! opens no socket.

mod error;
mod manifest;
mod shipped;
mod weights;

pub use error::WeightsError;
pub use manifest::{Entry, Manifest, ProducedBy};
pub use weights::{Verified, Weights};
