//! What can be wrong with a file of headline weights.

/// Why the weights could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum HeadlineError {
    /// The bytes are not a safetensors file.
    #[error("the headline model is not a safetensors file: {detail}; pull or rebuild the weights")]
    NotSafetensors {
        /// What the reader said.
        detail: String,
    },
    /// The file names another format than this version reads.
    #[error("the headline model has format `{found}`, this version reads `{expected}`")]
    Format {
        /// Format named in the file, empty when it names none.
        found: String,
        /// Format this version reads.
        expected: String,
    },
    /// A tensor is missing, has another type or length, or holds values that make no sense.
    #[error("the headline model's tensor `{tensor}` cannot be used: {detail}")]
    Tensor {
        /// Name of the tensor.
        tensor: String,
        /// What is wrong with it.
        detail: String,
    },
    /// The meaning model was trained on embeddings of another network than the one in use.
    #[error(
        "the meaning model was trained on embeddings of `{found}`, this program embeds with `{expected}`; \
         use weights of one version"
    )]
    OtherEmbedding {
        /// The network named in the file.
        found: String,
        /// The network in use.
        expected: String,
    },
}

/// Codes of every [`HeadlineError`], for the message catalogs.
pub const CODES: &[&str] = &["not-safetensors", "format", "tensor", "other-embedding"];
