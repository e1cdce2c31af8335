//! What a creative would score if it were otherwise.

use gancho_evidence::{CopyEvidence, Evidence, PictureEvidence};
use gancho_headline::HeadlineModel;
use gancho_library::{Copy, Creative};
use gancho_scorer::{Basis, Ranker, Row, WhatIf};

use crate::features::{with_copy, with_picture};

/// One creative whose changes can be asked about.
pub(crate) struct Subject<'a> {
    pub(crate) creative: &'a Creative,
    pub(crate) evidence: &'a Evidence,
    /// Its row in the ranking.
    pub(crate) row: &'a Row,
    pub(crate) basis: Basis,
    pub(crate) ranker: &'a Ranker<'a>,
    pub(crate) headlines: &'a HeadlineModel,
}

/// Reads a changed copy anew: everything that the evidence of copy holds, and the only place where explanations
/// compute it.
fn reread(copy: &Copy, headlines: &HeadlineModel) -> Option<CopyEvidence> {
    CopyEvidence::of(copy, headlines)
}

impl Subject<'_> {
    /// Score and gain with another copy; nothing where the creative would be judged on another basis.
    pub(crate) fn with_copy(&self, copy: &Copy) -> Option<WhatIf> {
        self.ranker.what_if(&with_copy(self.row, reread(copy, self.headlines).as_ref()))
    }

    /// Score and gain with another picture.
    pub(crate) fn with_picture(&self, picture: &PictureEvidence) -> Option<WhatIf> {
        self.ranker.what_if(&with_picture(self.row, picture))
    }

    /// Whether the picture has a say in the score.
    pub(crate) fn looks_at_pictures(&self) -> bool {
        match self.basis {
            Basis::Craft | Basis::Blend | Basis::History => true,
            Basis::Prior => false,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use gancho_hub::Weights;
    use gancho_scorer::{Models, Options, Prior};

    use super::*;
    use crate::engine::{HEADLINE, PRIOR};
    use crate::features::row;

    /// A library of headlines and texts, ranked by the shipped prior; `act` is shown its creatives in their order.
    pub(crate) fn ranked(copies: &[(&str, &str)], act: impl Fn(&[Subject])) {
        let weights = Weights::shipped();
        let headlines = HeadlineModel::load(&weights.load(HEADLINE).unwrap().bytes).unwrap();
        let prior = Prior::parse(&weights.load(PRIOR).unwrap().bytes).unwrap();
        let (models, options) = (Models { prior: Some(prior), history: None }, Options::default());
        let text = |it: &str| Some(it.to_owned()).filter(|it| !it.is_empty());
        let creatives: Vec<Creative> = copies
            .iter()
            .enumerate()
            .map(|(at, (headline, primary_text))| Creative {
                id: format!("{at:03}"),
                copy: Copy { headline: text(headline), primary_text: text(primary_text), ..Copy::default() },
                ..Creative::default()
            })
            .collect();
        let evidence: Vec<Evidence> = creatives
            .iter()
            .map(|it| Evidence { picture: None, copy: reread(&it.copy, &headlines), comments: None })
            .collect();
        let rows: Vec<Row> =
            creatives.iter().zip(&evidence).map(|(it, evidence)| row(it, evidence)).collect();
        let ranker = Ranker::of(&rows, &models, &options).unwrap();
        let subjects: Vec<Subject> = creatives
            .iter()
            .zip(&evidence)
            .zip(&rows)
            .map(|((creative, evidence), row)| {
                let (ranker, headlines) = (&ranker, &headlines);
                Subject { creative, evidence, row, basis: Basis::Prior, ranker, headlines }
            })
            .collect();
        act(&subjects);
    }

    #[test]
    fn the_unchanged_creative_gains_nothing_and_one_without_copy_cannot_be_compared() {
        ranked(&[("One small jar", "Made with oat."), ("Your run just got fun", "")], |subjects| {
            let same = subjects[0].with_copy(&subjects[0].creative.copy).unwrap();
            assert_eq!((same.gain, same.low, same.high), (0.0, 0.0, 0.0));
            assert_eq!(subjects[0].with_copy(&Copy::default()), None);
            assert!(!subjects[0].looks_at_pictures());
        });
    }

    #[test]
    fn a_changed_row_is_the_row_of_the_changed_creative() {
        ranked(&[("One small jar", "Made with oat."), ("Your run just got fun", "")], |subjects| {
            let (subject, other) = (&subjects[0], &subjects[1]);
            let changed = with_copy(subject.row, reread(&other.creative.copy, subject.headlines).as_ref());
            assert_eq!(changed.features, other.row.features);
            assert_eq!(changed.id, subject.row.id);
        });
    }
}
