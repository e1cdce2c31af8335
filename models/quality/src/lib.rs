//! Technical quality of a picture: numbers that distortions leave in, four parts and a whole out.
//!
//! A network of a few thousand weights reads the [`DistortionFeatures`](gancho_media::DistortionFeatures) of a
//! picture and says how free it is of blur, noise, compression and wrong exposure. It learned the order of ladders
//! of growing distortion and never saw a person's opinion; what that is worth stands in its card,
//! `weights/quality.md`.
//!
//! This crate sees numbers, never a pixel, and says nothing of whether a picture is beautiful or works as an ad.

mod error;
mod model;

pub use error::{CODES, QualityError};
pub use model::{FORMAT, MODEL_ID, Quality, QualityModel};
