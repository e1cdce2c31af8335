//! temp
use serde::{Deserialize, Serialize};
/// t
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {}
/// t
pub struct Drift {}
impl Reference {
    /// t
    pub fn of(_names: &[String], _columns: &[Vec<f32>]) -> Self { Self {} }
    /// t
    pub fn compare(&self, _names: &[String], _columns: &[Vec<f32>]) -> Drift { Drift {} }
}
impl Drift {
    /// t
    pub fn worst(&self) -> Option<&str> { None }
    /// t
    pub fn is_severe(&self) -> bool { false }
    /// t
    pub fn drifted(&self) -> usize { 0 }
    /// t
    pub fn compared(&self) -> usize { 0 }
}
