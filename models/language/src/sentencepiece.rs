//! `sentencepiece.bpe.model` of XLM-R as a tokenizer.
//!
//! Kudo and Richardson 2018 (doi 10.18653/v1/D18-2012). The file is a protocol buffer; the three messages of it that
//! matter stand here with the numbers of `sentencepiece_model.proto`.

use prost::Message;
use tokenizers::models::unigram::Unigram;
use tokenizers::normalizers::{Precompiled, Replace, Sequence, Strip};
use tokenizers::pre_tokenizers::metaspace::{Metaspace, PrependScheme};
use tokenizers::processors::template::TemplateProcessing;
use tokenizers::{AddedToken, NormalizerWrapper, Tokenizer};

use crate::LanguageError;
use crate::tokenizer::bad;

#[derive(Clone, PartialEq, Message)]
struct Model {
    #[prost(message, repeated, tag = "1")]
    pieces: Vec<Piece>,
    #[prost(message, optional, tag = "2")]
    trainer: Option<TrainerSpec>,
    #[prost(message, optional, tag = "3")]
    normalizer: Option<NormalizerSpec>,
}

#[derive(Clone, PartialEq, Message)]
struct Piece {
    #[prost(string, optional, tag = "1")]
    piece: Option<String>,
    #[prost(float, optional, tag = "2")]
    score: Option<f32>,
}

#[derive(Clone, PartialEq, Message)]
struct TrainerSpec {
    /// 1: unigram.
    #[prost(int32, optional, tag = "3")]
    model_type: Option<i32>,
}

#[derive(Clone, PartialEq, Message)]
struct NormalizerSpec {
    #[prost(bytes = "vec", optional, tag = "2")]
    precompiled_charsmap: Option<Vec<u8>>,
}

/// Pieces of the file before the first real one: `<unk>`, `<s>`, `</s>`.
const CONTROL: usize = 3;

/// Reads the bytes of a model file. Ids are those of XLM-R, which puts `<s>`, `<pad>`, `</s>`, `<unk>` before the
/// pieces and `<mask>` after them.
///
/// # Errors
/// [`LanguageError::BadTokenizer`].
pub(crate) fn xlm_roberta(bytes: &[u8]) -> Result<Tokenizer, LanguageError> {
    let model = Model::decode(bytes).map_err(bad)?;
    if model.trainer.as_ref().and_then(|it| it.model_type).unwrap_or(1) != 1 {
        return Err(bad("the SentencePiece model is no unigram model"));
    }
    if model.pieces.len() <= CONTROL {
        return Err(bad("the SentencePiece model has no pieces"));
    }
    let special = ["<s>", "<pad>", "</s>", "<unk>"].map(|it| (it.to_owned(), 0.0));
    let pieces = model.pieces.into_iter().skip(CONTROL);
    let pieces = pieces.map(|it| (it.piece.unwrap_or_default(), f64::from(it.score.unwrap_or_default())));
    let mask = [("<mask>".to_owned(), 0.0)];
    let vocabulary: Vec<(String, f64)> = special.into_iter().chain(pieces).chain(mask).collect();
    let mut tokenizer = Tokenizer::new(Unigram::from(vocabulary, Some(3), false).map_err(bad)?);

    let mut steps: Vec<NormalizerWrapper> = Vec::new();
    if let Some(map) = model.normalizer.and_then(|it| it.precompiled_charsmap).filter(|it| !it.is_empty()) {
        steps.push(Precompiled::from(&map).map_err(bad)?.into());
    }
    steps.push(Strip::new(false, true).into());
    let spaces = tokenizers::normalizers::replace::ReplacePattern::Regex(" {2,}".into());
    steps.push(Replace::new(spaces, " ").map_err(bad)?.into());
    tokenizer.with_normalizer(Some(Sequence::new(steps))).map_err(bad)?;
    tokenizer.with_pre_tokenizer(Some(Metaspace::new('▁', PrependScheme::Always, true)));
    let template = TemplateProcessing::builder()
        .try_single("<s> $A </s>")
        .map_err(bad)?
        .special_tokens(vec![("<s>", 0), ("</s>", 2)])
        .build()
        .map_err(bad)?;
    tokenizer.with_post_processor(Some(template));
    let marks = ["<s>", "<pad>", "</s>", "<unk>"].map(|it| AddedToken::from(it, true));
    // A blank before the mask belongs to it.
    let mask = AddedToken::from("<mask>", true).lstrip(true);
    tokenizer.add_special_tokens(marks.into_iter().chain([mask])).map_err(bad)?;
    Ok(tokenizer)
}
