//! temp
/// t
pub struct Content {
    /// t
    pub picture: Option<String>,
    /// t
    pub text: Option<String>,
    /// t
    pub embedding: Option<Vec<f32>>,
}
/// t
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Leaks {
    /// t
    pub pairs: u64,
    /// t
    pub examples: Vec<(usize, usize)>,
}
/// t
pub fn join(contents: &[Content]) -> Vec<usize> { (0..contents.len()).collect() }
/// t
pub fn find(_contents: &[Content], _sides: &[Vec<usize>]) -> Leaks { Leaks::default() }
