//! What two pictures are to each other, and the thresholds that say so.
//!
//! Each threshold was chosen on one half of the validation pictures and is measured on the other by
//! `scripts/eval/near_duplicates.py`; `docs/similar.md` explains what they mean.

use serde::{Deserialize, Serialize};

use crate::agreement::Agreement;

/// Least agreement of edges in the art, less the share of the picture that differs, for two pictures to show the
/// same one. Of unrelated pictures whose embeddings are near each other, 95 of 100 stay below 0.2; of crops, borders
/// and other copies 95 of 100 reach 0.5.
pub const SAME_ART: f32 = 0.40;
/// Least share of both pictures that the other shows: a crop by 10 % of each side leaves 0.81, a border of 8 % 0.74.
pub const LEAST_OVERLAP: f32 = 0.5;
/// Most levels, summed over the largest connected difference, that a copy has. Chosen as the strictest at which 92 of
/// 100 copies under each transformation (nine of ten, and a standard error for the next set) stay duplicates on the
/// choosing half: recompression and resizing leave 0, a shift of colors is what needs it; another headline makes 125
/// and more.
pub const SAME_TEXT_CHANGE: f32 = 60.0;
/// The same where one picture was scaled or shifted, which leaves more: less than this in 98 of 100 crops and 94 of 100
/// borders.
pub const SAME_TEXT_CHANGE_MOVED: f32 = 180.0;
/// Least cosine of the embeddings of a look-alike. Of pairs of unrelated validation pictures, 1 in 1,000 reaches it.
pub const LOOK_ALIKE_COSINE: f32 = 0.50;

/// How two pictures are related, closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same picture, after recompression, resizing, a small crop, a border or a shift of colors.
    Duplicate,
    /// The same picture with a part of it replaced or covered, as a rule by another text.
    SameArtOtherText,
    /// Other pictures that look alike to the network.
    LookAlike,
}

impl Relation {
    /// The word of the machine formats.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::SameArtOtherText => "same-art-other-text",
            Self::LookAlike => "look-alike",
        }
    }

    /// What laying one picture on the other says; `None` when they do not show the same art.
    pub fn of(agreement: &Agreement) -> Option<Self> {
        let same_art = agreement.art - agreement.changed >= SAME_ART && agreement.overlap >= LEAST_OVERLAP;
        let most = if agreement.moved { SAME_TEXT_CHANGE_MOVED } else { SAME_TEXT_CHANGE };
        let same_text = agreement.change <= most;
        same_art.then_some(if same_text { Self::Duplicate } else { Self::SameArtOtherText })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_threshold_decides_on_its_own() {
        let same = Agreement { structure: 0.9, art: 0.95, overlap: 0.9, ..Agreement::default() };
        assert_eq!(Relation::of(&same), Some(Relation::Duplicate));
        let text = Agreement { change: SAME_TEXT_CHANGE + 1.0, ..same };
        assert_eq!(Relation::of(&text), Some(Relation::SameArtOtherText));
        assert_eq!(Relation::of(&Agreement { moved: true, ..text }), Some(Relation::Duplicate));
        for strange in [
            Agreement { art: SAME_ART - 0.01, ..same },
            Agreement { changed: 0.56, ..same },
            Agreement { overlap: LEAST_OVERLAP - 0.01, ..same },
        ] {
            assert_eq!(Relation::of(&strange), None);
        }
    }

    #[test]
    fn words_are_those_that_serialize() {
        for relation in [Relation::Duplicate, Relation::SameArtOtherText, Relation::LookAlike] {
            assert_eq!(serde_json::to_value(relation).expect("a word"), relation.as_str());
        }
    }
}
