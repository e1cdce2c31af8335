//! What a creative would score if it were otherwise.

use gancho_evidence::{CopyEvidence, Evidence, PictureEvidence, Watch};
use gancho_library::{Copy, Creative};
use gancho_scorer::{Basis, Ranker, Row, WhatIf};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::features::{with_copy, with_picture};
use crate::{Engine, Error};

/// One creative whose changes can be asked about.
pub(crate) struct Subject<'a> {
    pub(crate) creative: &'a Creative,
    pub(crate) evidence: &'a Evidence,
    /// Its row in the ranking.
    pub(crate) row: &'a Row,
    pub(crate) basis: Basis,
    pub(crate) ranker: &'a Ranker<'a>,
}

/// Reads changed copies, many at once: one answer each in their order, nothing for a copy without a word.
pub(crate) type Reader<'a> = dyn FnMut(&[Copy]) -> Result<Vec<Option<CopyEvidence>>, Error> + 'a;

/// Reads changed copies anew: everything that the evidence of copy holds, and the only place where explanations
/// compute it. What the meaning model says of a text is kept in the cache like that of any other.
///
/// # Errors
/// [`Error`] when the language model fails, and when the person interrupted.
pub(crate) fn reread(
    engine: &mut Engine,
    copies: &[Copy],
    pool: &ThreadPool,
    watch: &dyn Watch,
) -> Result<Vec<Option<CopyEvidence>>, Error> {
    let headlines = &engine.headlines;
    let mut read: Vec<Option<CopyEvidence>> =
        pool.install(|| copies.par_iter().map(|it| CopyEvidence::of(it, headlines)).collect());
    let mut known: Vec<&mut CopyEvidence> = read.iter_mut().flatten().collect();
    engine.read_meanings(&mut known, watch)?;
    Ok(read)
}

impl Subject<'_> {
    /// Score and gain with another copy; nothing where the creative would be judged on another basis.
    pub(crate) fn with_copy(&self, copy: Option<&CopyEvidence>) -> Option<WhatIf> {
        self.ranker.what_if(&with_copy(self.row, copy))
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
    use gancho_headline::HeadlineModel;
    use gancho_hub::Weights;
    use gancho_scorer::{Models, Options, Prior};

    use super::*;
    use crate::engine::{HEADLINE, PRIOR};
    use crate::features::row;

    /// A library of headlines and texts, ranked by the shipped prior; `act` is shown its creatives in their order,
    /// and what reads changed copies. Nothing here asks for meanings: what is missing is missing on both sides.
    pub(crate) fn ranked(copies: &[(&str, &str)], act: impl Fn(&[Subject], &mut Reader)) {
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
            .map(|it| Evidence {
                picture: None,
                copy: CopyEvidence::of(&it.copy, &headlines),
                comments: None,
            })
            .collect();
        let rows: Vec<Row> =
            creatives.iter().zip(&evidence).map(|(it, evidence)| row(it, evidence, false)).collect();
        let ranker = Ranker::of(&rows, &models, &options).unwrap();
        let subjects: Vec<Subject> = creatives
            .iter()
            .zip(&evidence)
            .zip(&rows)
            .map(|((creative, evidence), row)| Subject {
                creative,
                evidence,
                row,
                basis: Basis::Prior,
                ranker: &ranker,
            })
            .collect();
        let mut read = |copies: &[Copy]| -> Result<Vec<Option<CopyEvidence>>, Error> {
            Ok(copies.iter().map(|it| CopyEvidence::of(it, &headlines)).collect())
        };
        act(&subjects, &mut read);
    }

    #[test]
    fn the_unchanged_creative_gains_nothing_and_one_without_copy_cannot_be_compared() {
        ranked(&[("One small jar", "Made with oat."), ("Your run just got fun", "")], |subjects, read| {
            let read = read(&[subjects[0].creative.copy.clone(), Copy::default()]).unwrap();
            let same = subjects[0].with_copy(read[0].as_ref()).unwrap();
            assert_eq!((same.gain, same.low, same.high), (0.0, 0.0, 0.0));
            assert_eq!(subjects[0].with_copy(read[1].as_ref()), None);
            assert!(!subjects[0].looks_at_pictures());
        });
    }

    #[test]
    fn a_changed_row_is_the_row_of_the_changed_creative() {
        ranked(&[("One small jar", "Made with oat."), ("Your run just got fun", "")], |subjects, read| {
            let (subject, other) = (&subjects[0], &subjects[1]);
            let read = read(std::slice::from_ref(&other.creative.copy)).unwrap();
            let changed = with_copy(subject.row, read[0].as_ref());
            assert_eq!(changed.features, other.row.features);
            assert_eq!(changed.id, subject.row.id);
        });
    }
}
