//! The model of meaning: a quadratic form of a sentence embedding, read from and written to safetensors.
//!
//! Tensors: `weights` (F16, one for each number of the embedding), `products` (F16, one for each
//! pair of them `i <= j`, row by row) and `embedder` (U8, the text that names the network whose
//! embeddings were learned from). The logit is `sum(w_i e_i) + sum(p_ij e_i e_j)`, which is all that
//! a Gaussian process with a linear and a squared linear kernel can say.

use safetensors::tensor::Dtype;

use crate::error::HeadlineError;
use crate::tensors::{Lists, to_halves, write};

/// Format named in the file's metadata.
pub const MEANING_FORMAT: &str = "gancho.meaning/1";

/// A quadratic model over sentence embeddings.
#[derive(Debug, Clone, PartialEq)]
pub struct MeaningModel {
    embedder: String,
    weights: Vec<f32>,
    products: Vec<f32>,
}

impl MeaningModel {
    /// Builds a model from its parts.
    ///
    /// # Errors
    /// [`HeadlineError::Tensor`] when lengths do not fit or a value is not finite.
    pub fn new(embedder: String, weights: Vec<f32>, products: Vec<f32>) -> Result<Self, HeadlineError> {
        let fault =
            |tensor: &str, detail: String| Err(HeadlineError::Tensor { tensor: tensor.into(), detail });
        let pairs = weights.len() * (weights.len() + 1) / 2;
        if weights.is_empty() || products.len() != pairs {
            let found = products.len();
            return fault(
                "products",
                format!("{} weights need {pairs} products, found {found}", weights.len()),
            );
        }
        for (name, values) in [("weights", &weights), ("products", &products)] {
            if !values.iter().all(|it| it.is_finite()) {
                return fault(name, "it holds a value that is not finite".into());
            }
        }
        Ok(Self { embedder, weights, products })
    }

    /// Reads a model from the bytes of a safetensors file; `embedder` names the network whose embeddings it
    /// will be given.
    ///
    /// # Errors
    /// Every variant of [`HeadlineError`].
    pub fn load(bytes: &[u8], embedder: &str) -> Result<Self, HeadlineError> {
        let lists = Lists::open(bytes, MEANING_FORMAT)?;
        let model = Self::new(lists.text("embedder")?, lists.halves("weights")?, lists.halves("products")?)?;
        if model.embedder != embedder {
            return Err(HeadlineError::OtherEmbedding { found: model.embedder, expected: embedder.into() });
        }
        Ok(model)
    }

    /// Writes the model as a safetensors file in half precision.
    ///
    /// # Errors
    /// [`HeadlineError::NotSafetensors`] when the writer refuses, which valid parts never cause.
    pub fn save(&self) -> Result<Vec<u8>, HeadlineError> {
        write(
            MEANING_FORMAT,
            &[
                ("embedder", Dtype::U8, self.embedder.as_bytes().to_vec()),
                ("weights", Dtype::F16, to_halves(&self.weights)),
                ("products", Dtype::F16, to_halves(&self.products)),
            ],
        )
    }

    /// Length of the embeddings it reads.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Never: a model reads at least one number.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Scores an embedding: log-odds of a click up to a constant that all headlines of one test share.
    ///
    /// Nothing for an embedding of another length, or one that is not finite.
    pub fn logit(&self, embedding: &[f32]) -> Option<f64> {
        if embedding.len() != self.weights.len() {
            return None;
        }
        let mut rest = self.products.as_slice();
        let mut logit = 0.0;
        for (at, value) in embedding.iter().enumerate() {
            let (row, after) = rest.split_at(embedding.len() - at);
            rest = after;
            let pairs = row.iter().zip(&embedding[at..]);
            let slope: f64 = pairs.map(|(product, other)| f64::from(*product) * f64::from(*other)).sum();
            logit += f64::from(*value) * (f64::from(self.weights[at]) + slope);
        }
        logit.is_finite().then_some(logit)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn small() -> MeaningModel {
        // 2 e0 - e1 + 0.5 e0^2 + 3 e0 e1 - e1^2
        MeaningModel::new("network@1".into(), vec![2.0, -1.0], vec![0.5, 3.0, -1.0]).unwrap()
    }

    #[test]
    fn the_logit_is_the_quadratic_form() {
        assert_eq!(small().logit(&[1.0, 0.0]), Some(2.5));
        assert_eq!(small().logit(&[2.0, -1.0]), Some(4.0 + 1.0 + 2.0 - 6.0 - 1.0));
    }

    #[test]
    fn what_is_no_embedding_has_no_logit() {
        for embedding in [&[1.0][..], &[1.0, 2.0, 3.0], &[], &[f32::NAN, 0.0], &[f32::INFINITY, 1.0]] {
            assert_eq!(small().logit(embedding), None, "{embedding:?}");
        }
    }

    #[test]
    fn a_saved_model_is_the_same_and_so_are_its_bytes() {
        let bytes = small().save().unwrap();
        assert_eq!(MeaningModel::load(&bytes, "network@1").unwrap(), small());
        assert_eq!(small().save().unwrap(), bytes);
    }

    #[test]
    fn broken_and_foreign_files_are_refused() {
        let good = small().save().unwrap();
        let cut = MeaningModel::load(&good[..good.len() - 1], "network@1");
        assert!(matches!(cut, Err(HeadlineError::NotSafetensors { .. })));
        assert_eq!(
            MeaningModel::load(&good, "network@2"),
            Err(HeadlineError::OtherEmbedding { found: "network@1".into(), expected: "network@2".into() })
        );
        let ngrams = crate::HeadlineModel::new(vec![1], vec![1.0], vec![1.0]).unwrap().save().unwrap();
        assert!(matches!(MeaningModel::load(&ngrams, "network@1"), Err(HeadlineError::Format { .. })));
        for (weights, products) in [
            (vec![], vec![]),
            (vec![1.0], vec![1.0, 2.0]),
            (vec![f32::NAN], vec![1.0]),
            (vec![1.0], vec![f32::MAX * 2.0]),
        ] {
            let made = MeaningModel::new(String::new(), weights, products);
            assert!(matches!(made, Err(HeadlineError::Tensor { .. })));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0usize..400, with: u8) {
            prop_assert!(MeaningModel::load(&bytes, "x").is_err());
            let mut file = small().save().unwrap();
            let at = at % file.len();
            file[at] = with;
            // A changed byte may make another valid model; it must not end the program.
            if let Ok(model) = MeaningModel::load(&file, "network@1") {
                prop_assert_eq!(model.len(), 2);
            }
        }
    }
}
