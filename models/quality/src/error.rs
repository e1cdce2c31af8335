//! What can be wrong with a file of quality weights.

/// Why the weights could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, serde::Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "snake_case")]
pub enum QualityError {
    /// The bytes are not a safetensors file.
    #[error("the quality model is not a safetensors file: {detail}; pull or rebuild the weights")]
    NotSafetensors {
        /// What the reader said.
        detail: String,
    },
    /// The file names another format than this version reads.
    #[error("the quality model has format `{found}`, this version reads `{expected}`")]
    Format {
        /// Format named in the file, empty when it names none.
        found: String,
        /// Format this version reads.
        expected: String,
    },
    /// The model was trained on other features than this version measures.
    #[error(
        "the quality model was trained on other features (`{found}`) than this version measures; train it again"
    )]
    Features {
        /// The first name that differs, empty when names are missing.
        found: String,
    },
    /// A tensor is missing, has another type or shape, or holds values that make no sense.
    #[error("the quality model's tensor `{tensor}` cannot be used: {detail}")]
    Tensor {
        /// Name of the tensor.
        tensor: String,
        /// What is wrong with it.
        detail: String,
    },
}

/// Codes of every [`QualityError`], for the message catalogs.
pub const CODES: &[&str] = &["not-safetensors", "format", "features", "tensor"];
