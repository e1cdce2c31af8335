//! Weights by name: the manifest, and files that load only when they are what it says.
//!
//! [`Weights`] is a set of trained files with its [`Manifest`]: [`Weights::shipped`] lies inside
//! the program, so that one binary works anywhere; [`Weights::folder`] reads another set from
//! disk. [`Weights::load`] hands out bytes only after their size and SHA-256 were found to be the
//! manifest's; a damaged or exchanged file is an error, never a strange result. Each model has a
//! card, a page of Markdown that says what it is good for and where it is weak.
//!
//! A public model is known by its name on the hub ([`ModelName`]). [`Hub::pull`] downloads it once,
//! at a pinned commit, into the cache that all programs of Hugging Face share; from then on
//! [`HubCache::open`] finds it without a network, and [`Pulled::read`] hands out only what has the
//! size and SHA-256 of that day.
//!
//! This crate must not compute: it knows names, bytes and hashes, and nothing of networks. Only
//! [`Hub::pull`] opens a socket.

mod cache;
mod error;
mod hub_error;
mod manifest;
mod name;
mod pull;
mod shipped;
mod weights;

pub use cache::{CONFIG_FILE, HubCache, LOCK_FILE, LockedFile, PICKLE_FILE, Pulled, WEIGHTS_FILE};
pub use error::WeightsError;
pub use hub_error::HubError;
pub use manifest::{Entry, Manifest, ProducedBy};
pub use name::ModelName;
pub use pull::{Download, Hub};
pub use weights::{Verified, Weights};
