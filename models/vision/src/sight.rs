//! What one forward pass says about a picture.
//!
//! The network sees every picture stretched to a square, so positions are shares of the picture's
//! width and height, 0 to 1 from the top left; whoever knows the size turns them into pixels.

use serde::{Deserialize, Serialize};

/// Side of [`Sight::attention`]: one cell is 8 x 8 pixels of the network's input.
pub const ATTENTION_SIDE: usize = 44;
/// Side of [`Sight::text`]: one cell is 4 x 4 pixels of the network's input.
pub const TEXT_SIDE: usize = 88;

/// Everything that one forward pass says about a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Sight {
    /// 512 numbers of unit Euclidean length.
    pub embedding: Vec<f32>,
    /// Where people look in the first seconds: shares of attention, `[44, 44]`, summing to 1.
    pub attention: Grid,
    /// Probability that a cell is text, `[88, 88]`.
    pub text: Grid,
    /// Faces, surest first. Where they are, never whose.
    pub faces: Vec<Face>,
    /// What sort of picture it is.
    pub kind: Kinds,
}

/// A square map of numbers, row by row from the top left, stretched over the whole picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Grid {
    /// Cells across, and down.
    pub side: usize,
    /// `side * side` values.
    pub values: Vec<f32>,
}

impl Grid {
    /// The value of a cell.
    pub fn at(&self, column: usize, row: usize) -> f32 {
        self.values[row * self.side + column]
    }
}

/// A rectangle in shares of the picture's width and height.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct UnitRect {
    /// Left edge, 0 to 1.
    pub x: f32,
    /// Top edge, 0 to 1.
    pub y: f32,
    /// Width, 0 to 1.
    pub width: f32,
    /// Height, 0 to 1.
    pub height: f32,
}

/// A face: place, size and how sure the network is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Face {
    /// Where it is.
    pub area: UnitRect,
    /// Probability, 0 to 1.
    pub score: f32,
}

/// Probabilities of the sorts of picture, summing to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Kinds {
    /// A photograph without a layout.
    pub photo: f32,
    /// A composed design with text: a banner, a poster, an advertisement.
    pub design: f32,
    /// A page or an application on a screen.
    pub screenshot: f32,
    /// A logo, or a product alone on a plain ground.
    pub logo_or_packshot: f32,
}
