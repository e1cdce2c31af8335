//! Pixels: decode, orient, color-manage, measure, hash.
//!
//! [`decode`] turns the bytes of a file, recognized by content and never by name, into a [`Picture`]:
//! upright 8-bit sRGB over white, with a [`Source`] that says what the file was and [`DecodeWarning`]s
//! that say what was lost. [`Measures`], [`palette`] and [`Hashes`] read such pixels; [`resize`] is the
//! one resampler of the product.
//!
//! Input is hostile: [`Limits`] hold before anything is decoded, and no bytes make a function panic.
//! Everything here runs on the calling thread and gives the same answer on every machine. (One
//! exception: reading a large JPEG at reduced scale, [`Detail::AtLeast`], may use short-lived helper
//! threads inside `jpeg-decoder`; the result does not depend on them.)
//!
//! This crate knows nothing of models, tensors, creatives or advertising.

mod animation;
mod color;
mod complexity;
mod decode;
mod distortion;
mod error;
mod exif;
mod flatten;
mod hashes;
mod jpeg;
mod limits;
mod measures;
mod oklab;
mod palette;
mod pdq;
mod picture;
mod read;
mod resize;
mod segments;
mod sniff;

pub use complexity::{Complexity, ComplexityTerms};
pub use decode::decode;
pub use distortion::DistortionFeatures;
pub use error::{DecodeError, DecodeWarning};
pub use hashes::{Hashes, blake3_hex};
pub use image::RgbImage;
pub use limits::{Detail, Limits};
pub use measures::{COLOR_SIDE, Measures, WORKING_SIDE};
pub use palette::{Swatch, palette};
pub use picture::{Animation, ColorModel, Format, Picture, Source};
pub use read::read_bytes;
pub use resize::{Filter, resize};
