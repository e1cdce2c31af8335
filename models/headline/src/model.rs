//! The linear model: weights by n-gram, read from and written to safetensors.
//!
//! Tensors, all of one length and sorted by key: `keys` (U32, see [`crate::terms()`]), `idf` (F16)
//! and `weights` (F16). A text becomes `(1 + ln count) * idf`, scaled to unit length within each
//! block; n-grams that training never saw are left out. The logit is the dot product with the
//! weights; there is no intercept, because only differences between headlines of one test were trained.

use safetensors::tensor::Dtype;

use crate::error::HeadlineError;
use crate::tensors::{Lists, to_halves, write};
use crate::terms::{is_characters, terms};

/// Format named in the file's metadata.
pub const FORMAT: &str = "gancho.headline/1";

/// A linear model over word and character n-grams.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadlineModel {
    keys: Vec<u32>,
    idf: Vec<f32>,
    weights: Vec<f32>,
}

impl HeadlineModel {
    /// Builds a model from parallel lists.
    ///
    /// # Errors
    /// [`HeadlineError::Tensor`] when lengths differ, keys do not ascend or a value is not finite.
    pub fn new(keys: Vec<u32>, idf: Vec<f32>, weights: Vec<f32>) -> Result<Self, HeadlineError> {
        let fault = |tensor: &str, detail: &str| {
            Err(HeadlineError::Tensor { tensor: tensor.into(), detail: detail.into() })
        };
        if !keys.is_sorted_by(|a, b| a < b) {
            return fault("keys", "the keys do not ascend");
        }
        for (name, values) in [("idf", &idf), ("weights", &weights)] {
            if values.len() != keys.len() {
                return fault(name, "it has another length than `keys`");
            }
            if !values.iter().all(|it| it.is_finite()) {
                return fault(name, "it holds a value that is not finite");
            }
        }
        Ok(Self { keys, idf, weights })
    }

    /// Reads a model from the bytes of a safetensors file.
    ///
    /// # Errors
    /// Every variant of [`HeadlineError`].
    pub fn load(bytes: &[u8]) -> Result<Self, HeadlineError> {
        let lists = Lists::open(bytes, FORMAT)?;
        Self::new(lists.whole("keys")?, lists.halves("idf")?, lists.halves("weights")?)
    }

    /// Writes the model as a safetensors file in half precision.
    ///
    /// # Errors
    /// [`HeadlineError::NotSafetensors`] when the writer refuses, which valid parts never cause.
    pub fn save(&self) -> Result<Vec<u8>, HeadlineError> {
        let keys = self.keys.iter().flat_map(|it| it.to_le_bytes()).collect();
        write(
            FORMAT,
            &[
                ("keys", Dtype::U32, keys),
                ("idf", Dtype::F16, to_halves(&self.idf)),
                ("weights", Dtype::F16, to_halves(&self.weights)),
            ],
        )
    }

    /// Number of n-grams that have a weight.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether the model knows no n-gram at all.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Turns a text into positions in the model's vocabulary and values, positions ascending.
    ///
    /// Each block has unit Euclidean length, or is empty when no n-gram of it is known.
    pub fn vectorize(&self, text: &str) -> Vec<(u32, f32)> {
        let mut vector = Vec::new();
        let mut squares = [0.0_f64; 2];
        for (key, count) in terms(text) {
            let Ok(at) = self.keys.binary_search(&key) else { continue };
            let value = (1.0 + f64::from(count).ln()) * f64::from(self.idf[at]);
            squares[usize::from(is_characters(key))] += value * value;
            vector.push((at as u32, value as f32));
        }
        let lengths = squares.map(f64::sqrt);
        for (at, value) in &mut vector {
            let length = lengths[usize::from(is_characters(self.keys[*at as usize]))];
            *value = if length > 0.0 { (f64::from(*value) / length) as f32 } else { 0.0 };
        }
        vector
    }

    /// Scores a text: log-odds of a click up to a constant that all headlines of one test share.
    ///
    /// Of two headlines `a` and `b`, `logit(a) - logit(b)` is by how much more likely `a` is to be clicked.
    pub fn logit(&self, text: &str) -> f64 {
        let dot = |(at, value): &(u32, f32)| f64::from(*value) * f64::from(self.weights[*at as usize]);
        self.vectorize(text).iter().map(dot).sum()
    }

    /// The same vocabulary with other weights, one for each n-gram.
    ///
    /// # Errors
    /// [`HeadlineError::Tensor`] when the number of weights differs or one is not finite.
    pub fn with_weights(self, weights: Vec<f32>) -> Result<Self, HeadlineError> {
        Self::new(self.keys, self.idf, weights)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::error::CODES;

    fn small() -> HeadlineModel {
        let counted = terms("you won't believe this");
        let keys: Vec<u32> = counted.iter().map(|(key, _)| *key).collect();
        let idf = keys.iter().map(|key| 1.0 + (key % 5) as f32).collect();
        let weights = keys.iter().map(|key| (key % 7) as f32 - 3.0).collect();
        HeadlineModel::new(keys, idf, weights).unwrap()
    }

    #[test]
    fn a_saved_model_scores_the_same() {
        let model = small();
        let read = HeadlineModel::load(&model.save().unwrap()).unwrap();
        assert_eq!(read, model);
        assert_eq!(read.logit("You won't believe"), model.logit("You won't believe"));
    }

    #[test]
    fn each_block_has_unit_length() {
        let model = small();
        for characters in [false, true] {
            let square: f32 = model
                .vectorize("won't you believe, you")
                .iter()
                .filter(|(at, _)| is_characters(model.keys[*at as usize]) == characters)
                .map(|(_, value)| value * value)
                .sum();
            assert!((square - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn texts_without_known_terms_score_zero() {
        for text in ["", "   ", "ñandú", "🙂🙂"] {
            assert_eq!(small().logit(text), 0.0);
        }
    }

    #[test]
    fn broken_files_are_refused() {
        let good = small().save().unwrap();
        assert!(matches!(HeadlineModel::load(b""), Err(HeadlineError::NotSafetensors { .. })));
        assert!(matches!(
            HeadlineModel::load(&good[..good.len() - 3]),
            Err(HeadlineError::NotSafetensors { .. })
        ));
        let mut other = good.clone();
        let at = other.windows(6).position(|it| it == b"line/1").unwrap();
        other[at + 5] = b'9';
        assert!(matches!(HeadlineModel::load(&other), Err(HeadlineError::Format { .. })));
        assert!(matches!(
            HeadlineModel::new(vec![2, 1], vec![1.0; 2], vec![1.0; 2]),
            Err(HeadlineError::Tensor { .. })
        ));
        assert!(matches!(
            HeadlineModel::new(vec![1], vec![1.0], vec![f32::NAN]),
            Err(HeadlineError::Tensor { .. })
        ));
    }

    #[test]
    fn every_code_is_listed() {
        let all = [
            HeadlineError::NotSafetensors { detail: String::new() },
            HeadlineError::Format { found: String::new(), expected: String::new() },
            HeadlineError::Tensor { tensor: String::new(), detail: String::new() },
            HeadlineError::OtherEmbedding { found: String::new(), expected: String::new() },
        ];
        let codes: Vec<String> =
            all.iter().map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().into()).collect();
        assert_eq!(codes, CODES);
    }
}
