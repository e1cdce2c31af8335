//! Reads copy and comments: one small bilingual transformer with several heads, and public classifiers.
//!
//! [`LanguageModel`] is the shipped network. It turns a text of at most [`MAX_TOKENS`] tokens into a
//! [`Reading`]: a sentence embedding in which Spanish and English lie together, sentiment, intent,
//! toxicity, spam, irony and clickbait. [`SentimentClassifier`] is any RoBERTa or XLM-R sequence
//! classifier as it lies on the hub, for those who trust a published one more.
//!
//! Both share one encoder (`encoder.rs`, the one of BERT: RoBERTa and XLM-R differ in the vocabulary and in where positions
//! begin), one way of batching (`bucket.rs`: texts of equal length together, so that none is padded on the CPU and
//! no result depends on its neighbors), and one way from text to ids ([`TextTokenizer`]).
//!
//! This crate must not open sockets, and it does not judge. The one file it is given by its path is a pickle of weights.

mod bucket;
mod classifier;
mod config;
mod encoder;
mod error;
mod heads;
mod labels;
mod model;
mod reading;
mod sentencepiece;
mod tokenizer;

pub use classifier::{ModelFiles, SentimentClassifier};
pub use error::LanguageError;
pub use labels::Polarity;
pub use model::{EMBEDDING_LEN, LanguageModel, MAX_TOKENS, MODEL_ID};
pub use reading::{Intent, Reading, Sentiment};
pub use tokenizer::{TextTokenizer, Tokens};
