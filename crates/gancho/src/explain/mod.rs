//! Explanations: what each word and each region adds to a score, and what to change.
//!
//! All of it is asked of the ranking itself: a creative is changed in one place, read or seen again, and scored among
//! the same peers (`counterfactual`). `words` takes pieces out of the copy, `look` sees `variants` of the picture
//! (`regions` says where, `fill` how), `copy_edits` proposes other copy within the limits of `brand`, and `edits` keeps
//! what gains most. Scores are never touched.

mod brand;
mod copy_edits;
mod counterfactual;
mod edits;
mod fill;
mod lexicon;
mod look;
mod marks;
mod regions;
mod rewrite;
mod variants;
mod words;

use std::collections::BTreeMap;
use std::str::FromStr;

use gancho_copy::{Language, graphemes};
use gancho_evidence::{CacheNote, Evidence, Keep, Watch};
use gancho_library::{Config, Copy, Creative};
use gancho_report::{ExplanationRecord, Messages};
use gancho_scorer::{Ranker, Row};
use rayon::ThreadPool;

use crate::{Engine, Error};
pub(crate) use brand::Brand;
pub(crate) use copy_edits::Material;
use counterfactual::Subject;
pub(crate) use counterfactual::reread;
use look::look;

/// How many creatives are explained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Explain {
    /// So many of the best and as many of the worst.
    Ends(usize),
    /// Every one.
    All,
}

impl Default for Explain {
    /// None.
    fn default() -> Self {
        Self::Ends(0)
    }
}

/// A number of creatives to explain that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is neither a number nor `all`")]
pub struct NotACount {
    /// What was given.
    pub text: String,
}

impl FromStr for Explain {
    type Err = NotACount;

    /// `all`, or a number.
    fn from_str(text: &str) -> Result<Self, NotACount> {
        match text {
            "all" => Ok(Self::All),
            number => number.parse().map(Self::Ends).map_err(|_| NotACount { text: text.to_owned() }),
        }
    }
}

impl Explain {
    /// Whether the creative at a place of a ranking, from 0, is explained.
    fn picks(self, place: usize, of: usize) -> bool {
        match self {
            Self::All => true,
            Self::Ends(count) => place < count || place + count >= of,
        }
    }
}

/// What explanations are made from.
pub(crate) struct Explainer<'a> {
    pub(crate) ranker: &'a Ranker<'a>,
    /// Creatives with their evidence and rows.
    pub(crate) known: Vec<(&'a Creative, &'a Evidence, &'a Row)>,
    pub(crate) config: &'a Config,
    pub(crate) messages: &'a Messages,
    pub(crate) pool: &'a ThreadPool,
    /// What the rows of the ranking were made of.
    pub(crate) keep: Keep,
    pub(crate) watch: &'a dyn Watch,
}

/// Explanations by id, and what happened to the cache meanwhile.
type Explained = (BTreeMap<String, ExplanationRecord>, Vec<CacheNote>);

impl Explainer<'_> {
    /// The explanations that were asked for.
    ///
    /// # Errors
    /// [`Error`] when a network fails, and when the person interrupted.
    pub(crate) fn explain(&self, explain: Explain, engine: &mut Engine) -> Result<Explained, Error> {
        let scores = &self.ranker.ranking.scores;
        let picked: Vec<_> = scores
            .iter()
            .enumerate()
            .filter(|(place, _)| explain.picks(*place, scores.len()))
            .map(|it| it.1)
            .collect();
        let by_id: BTreeMap<&str, usize> =
            self.known.iter().enumerate().map(|(at, it)| (it.0.id.as_str(), at)).collect();
        let headlines = self.known.iter().filter_map(|it| it.0.copy.headline.as_deref());
        let longest_headline = headlines.map(graphemes).max().unwrap_or(0);
        let brand = Brand::of(self.config);
        let (mut found, mut notes) = (BTreeMap::new(), Vec::new());
        for (done, score) in picked.iter().enumerate() {
            if self.watch.interrupted() {
                return Err(engine.cache.interrupted(done, picked.len()).into());
            }
            let Some((creative, evidence, row)) = by_id.get(score.id.as_str()).map(|it| self.known[*it])
            else {
                continue;
            };
            let subject = Subject { creative, evidence, row, basis: score.basis, ranker: self.ranker };
            let material = self.material(&subject, &brand, longest_headline);
            let mut read = |copies: &[Copy]| reread(engine, copies, self.pool, self.watch);
            let words = words::effects(&subject, &mut read)?;
            let mut edits = edits::of_copy(&subject, &material, &mut read)?;
            let (look, more) = engine.run(self.keep, |pipeline, cache| {
                let look = look(&subject, &brand, pipeline, self.messages, self.watch)?;
                look.ok_or_else(|| cache.interrupted(done, picked.len()))
            })?;
            notes.extend(more);
            edits.extend(look.edits);
            let size = evidence.picture.as_ref().map(|it| [f64::from(it.width), f64::from(it.height)]);
            let edits = edits::best(edits, size, self.messages);
            found.insert(score.id.clone(), ExplanationRecord { words, regions: look.regions, edits });
            self.watch.advanced(done + 1, picked.len());
        }
        Ok((found, notes))
    }

    fn material<'a>(
        &'a self,
        subject: &Subject<'a>,
        brand: &'a Brand,
        longest_headline: usize,
    ) -> Material<'a> {
        let language = |it: &Evidence| it.copy.as_ref().map_or(Language::Other, |it| it.language);
        let own = subject.creative;
        let mut siblings: Vec<(&str, &str)> = self
            .known
            .iter()
            .filter(|it| own.campaign.is_some() && it.0.campaign == own.campaign && it.0.id != own.id)
            .filter(|it| language(it.1) == language(subject.evidence))
            .filter_map(|it| Some((it.0.id.as_str(), it.0.copy.headline.as_deref()?)))
            .collect();
        siblings.sort_unstable();
        Material {
            copy: &own.copy,
            language: language(subject.evidence),
            brand,
            siblings: siblings.into_iter().map(|it| it.1).collect(),
            longest_headline,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_ends_of_a_ranking_are_picked() {
        let picked = |explain: Explain, of: usize| -> Vec<usize> {
            (0..of).filter(|it| explain.picks(*it, of)).collect()
        };
        assert_eq!(picked(Explain::Ends(2), 7), [0, 1, 5, 6]);
        assert_eq!(picked(Explain::Ends(2), 3), [0, 1, 2]);
        assert_eq!(picked(Explain::default(), 3), [] as [usize; 0]);
        assert_eq!(picked(Explain::All, 3).len(), 3);
    }

    #[test]
    fn counts_are_read() {
        assert_eq!("3".parse(), Ok(Explain::Ends(3)));
        assert_eq!("all".parse(), Ok(Explain::All));
        assert!("-1".parse::<Explain>().is_err() && "some".parse::<Explain>().is_err());
    }
}
