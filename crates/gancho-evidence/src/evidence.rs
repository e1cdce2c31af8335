//! What is known about one creative.

use gancho_copy::{Detection, Language, TextFeatures, detect_language, normalize};
use gancho_headline::HeadlineModel;
use gancho_library::Copy;
use gancho_media::{DecodeWarning, Hashes, Measures, Signature, Source, Swatch};
use gancho_quality::Quality;
use gancho_vision::Sight;
use serde::{Deserialize, Serialize};

use crate::{CommentEvidence, ContrastPlane, SightEvidence};

/// Everything known about one creative.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// What the picture tells, where there is one.
    pub picture: Option<PictureEvidence>,
    /// What the words tell, where there are any.
    pub copy: Option<CopyEvidence>,
    /// What people answered, where there are comments.
    pub comments: Option<CommentEvidence>,
}

/// What one picture tells. This is the value that the cache stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureEvidence {
    /// BLAKE3 of the file's bytes, hexadecimal.
    pub content_key: String,
    /// Width of the upright picture, pixels.
    pub width: u32,
    /// Height of the upright picture, pixels.
    pub height: u32,
    /// The file as it was stored.
    pub source: Source,
    /// Pixel measures.
    pub measures: Measures,
    /// Technical quality: the whole and its parts, 0 (unusable) to 1 (clean).
    pub quality: Quality,
    /// How busy the picture looks, 0 (empty) to 100; see [`gancho_media::Complexity`].
    pub complexity: f64,
    /// Perceptual hashes.
    pub hashes: Hashes,
    /// A small picture of it, to be laid upon others.
    pub signature: Signature,
    /// Main colors, largest share first.
    pub palette: Vec<Swatch>,
    /// Unit embedding of the trunk; empty when the caller asked not to keep it.
    pub embedding: Vec<f32>,
    /// What the network saw: attention, text, faces, kind.
    pub sight: SightEvidence,
    /// What was noticed while decoding.
    pub warnings: Vec<DecodeWarning>,
}

impl PictureEvidence {
    /// Takes in what the network saw; `plane` is made of the pixels that it saw.
    pub(crate) fn take_in(&mut self, sight: Sight, plane: &ContrastPlane) {
        self.sight = SightEvidence::of(&sight, plane, self.width, self.height);
        self.embedding = sight.embedding;
    }
}

/// What the words tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CopyEvidence {
    /// BLAKE3 of the normalized fields, hexadecimal.
    pub content_key: String,
    /// Language of all fields together.
    pub language: Language,
    /// 0..1; see [`gancho_copy::detect_language`].
    pub language_confidence: f64,
    /// Features of each field that is present, and of all of them together as `all`.
    pub fields: Vec<FieldFeatures>,
    /// The text that the logits are of: the headline (the primary text where there is no headline).
    pub lead: String,
    /// Log-odds of the headline model for it.
    pub headline_logit: f64,
    /// Log-odds of the meaning model for it; nothing before [`MeaningLogits`](crate::MeaningLogits) were asked, and
    /// for a text that cannot be read.
    pub meaning_logit: Option<f64>,
}

/// Linguistic features of one field of the copy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldFeatures {
    /// `headline`, `primary_text`, `description`, `call_to_action` or `all`.
    pub field: &'static str,
    /// The features.
    pub features: TextFeatures,
}

impl CopyEvidence {
    /// Reads the copy of a creative; `None` when every field is blank.
    ///
    /// Short copy is judged together: four words of headline alone often do not betray their language.
    pub fn of(copy: &Copy, headlines: &HeadlineModel) -> Option<Self> {
        let present: Vec<(&'static str, String)> = [
            ("headline", &copy.headline),
            ("primary_text", &copy.primary_text),
            ("description", &copy.description),
            ("call_to_action", &copy.call_to_action),
        ]
        .into_iter()
        .filter_map(|(field, text)| text.as_deref().map(|text| (field, normalize(text))))
        .filter(|(_, text)| !text.is_empty())
        .collect();
        let lead = present.first()?.1.clone();
        let all = present.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
        let Detection { language, confidence } = detect_language(&all);
        let mut key = blake3::Hasher::new();
        for (field, text) in &present {
            key.update(field.as_bytes()).update(&[0]).update(text.as_bytes()).update(&[0]);
        }
        let mut fields: Vec<FieldFeatures> = present
            .iter()
            .map(|(field, text)| FieldFeatures { field, features: TextFeatures::of(text, language) })
            .collect();
        fields.push(FieldFeatures { field: "all", features: TextFeatures::of(&all, language) });
        Some(Self {
            content_key: key.finalize().to_hex().to_string(),
            language,
            language_confidence: confidence,
            fields,
            headline_logit: headlines.logit(&lead),
            meaning_logit: None,
            lead,
        })
    }
}
