//! From text to token ids.

use tokenizers::Tokenizer;

use crate::LanguageError;

/// Bytes of a text that are looked at for each token that a network takes: no token of 60 characters is longer.
const BYTES_PER_TOKEN: usize = 64;

/// A vocabulary with its rules of preparation, and the number of tokens that a network takes.
#[derive(Debug, Clone)]
pub struct TextTokenizer {
    tokenizer: Tokenizer,
    max_tokens: usize,
    unknown: Option<u32>,
}

/// A text as a network takes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tokens {
    /// Ids, with the marks of begin and end.
    pub ids: Vec<u32>,
    /// Whether the end of the text was cut off.
    pub truncated: bool,
    /// How many of the ids stand for something outside the vocabulary.
    pub unknown: usize,
}

impl TextTokenizer {
    /// Takes the text of a `tokenizer.json`.
    ///
    /// # Errors
    /// [`LanguageError::BadTokenizer`].
    pub fn parse(json: &[u8], max_tokens: usize) -> Result<Self, LanguageError> {
        Self::of(Tokenizer::from_bytes(json).map_err(bad)?, max_tokens)
    }

    /// Takes a tokenizer that was put together before.
    pub(crate) fn of(mut tokenizer: Tokenizer, max_tokens: usize) -> Result<Self, LanguageError> {
        // Files often carry the padding and truncation of somebody's training.
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(bad)?;
        let unknown = ["[UNK]", "<unk>"].iter().find_map(|it| tokenizer.token_to_id(it));
        Ok(Self { tokenizer, max_tokens, unknown })
    }

    /// Tokens in the vocabulary.
    pub fn vocabulary_len(&self) -> usize {
        self.tokenizer.get_vocab_size(true)
    }

    /// Cuts a text into tokens. Time is bounded by the network's length, not by the text's.
    ///
    /// # Errors
    /// [`LanguageError::BadTokenizer`] when the vocabulary cannot say some text at all.
    pub fn tokens(&self, text: &str) -> Result<Tokens, LanguageError> {
        let looked_at = &text[..text.floor_char_boundary(self.max_tokens * BYTES_PER_TOKEN)];
        let encoding = self.tokenizer.encode_fast(looked_at, true).map_err(bad)?;
        let mut ids = encoding.get_ids().to_vec();
        let mut truncated = looked_at.len() < text.trim_end().len();
        if ids.len() > self.max_tokens {
            truncated = true;
            // The mark of the end stays.
            let end = ids.pop();
            ids.truncate(self.max_tokens - 1);
            ids.extend(end);
        }
        let unknown = ids.iter().filter(|it| Some(**it) == self.unknown).count();
        Ok(Tokens { ids, truncated, unknown })
    }
}

impl Tokens {
    /// Whether the vocabulary knows at least half of the text, and there is any.
    pub fn legible(&self) -> bool {
        // Begin and end are always known.
        let words = self.ids.len().saturating_sub(2);
        words > 0 && self.unknown * 2 <= words
    }
}

pub(crate) fn bad(error: impl std::fmt::Display) -> LanguageError {
    LanguageError::BadTokenizer { detail: error.to_string() }
}
