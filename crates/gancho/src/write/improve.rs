//! `write --improve`: what would do better than a text that exists.

use gancho_copy::{Language, graphemes};
use gancho_evidence::{CopyEvidence, Evidence, Watch};
use gancho_library::{Config, Copy, Creative};
use gancho_scorer::{Basis, Ranker, Row};
use gancho_writer::{Brief, Field, Gate, Variant, compose};

use super::{WriteRequest, copy_of, number};
use crate::explain::{Brand, Material, reread};
use crate::features::{row, with_copy};
use crate::records::{rounded, scorer_options};
use crate::{Engine, Error};

/// Points that a change has to gain to be worth a person's while.
const LEAST_GAIN: f64 = 1.0;
/// Most improvements that are shown.
const MOST: usize = 5;

/// A text that is expected to do better, and by how much.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Improvement {
    /// The field.
    pub field: Field,
    /// The text.
    pub text: String,
    /// Points of score expected.
    pub gain: f64,
    /// Lower end of the 80 % range.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// What was done: the code of an edit, or `composer`.
    pub kind: String,
}

impl Engine {
    /// Texts that are expected to gain more than a point over `current`, best first, and how many were tried: edits
    /// in its own words, and lines composed from the brief.
    ///
    /// # Errors
    /// [`Error`] when the language model fails, and when the person interrupted.
    pub fn improve(
        &mut self,
        current: &str,
        field: Field,
        brief: &Brief,
        request: &WriteRequest,
        watch: &dyn Watch,
    ) -> Result<(Vec<Improvement>, usize), Error> {
        let checked = brief.check();
        let gate = Gate::new(&checked);
        let copy = |text: &str| copy_of(&[(field, text.to_owned())].into());
        let mut candidates: Vec<(String, String)> = edits(&copy(current), current, brief.language)
            .into_iter()
            .filter(|(_, text)| gate.judge(field, text).is_empty())
            .collect();
        let none = |pool: &[Variant]| vec![0.0; pool.len()];
        if let Ok(composed) = compose(brief, &gate, request.count.max(40), request.seed, &none) {
            let lines = composed.variants.iter().filter_map(|it| it.fields.get(&field));
            candidates.extend(lines.map(|it| ("composer".to_owned(), it.clone())));
        }
        candidates.sort();
        candidates.dedup_by(|a, b| a.1 == b.1);
        candidates.retain(|it| it.1 != current);

        let pool = self.workers()?;
        let copies: Vec<Copy> =
            std::iter::once(current).chain(candidates.iter().map(|it| it.1.as_str())).map(copy).collect();
        let read = reread(self, &copies, &pool, watch)?;
        let rows: Vec<Row> = read.iter().enumerate().map(|(at, it)| numbered(at, &copies[at], it)).collect();
        let options = scorer_options();
        let ranker = pool.install(|| Ranker::of(&rows, &self.scorers, &options))?;
        let mut found: Vec<Improvement> = candidates
            .iter()
            .zip(&read[1..])
            .filter_map(|((kind, text), evidence)| {
                let gain = ranker.what_if(&with_copy(&rows[0], evidence.as_ref()))?;
                Some(Improvement {
                    field,
                    text: text.clone(),
                    gain: rounded(gain.gain),
                    low: rounded(gain.low),
                    high: rounded(gain.high),
                    kind: kind.clone(),
                })
            })
            .filter(|it| it.gain > LEAST_GAIN)
            .collect();
        let judged = ranker.ranking.scores.iter().any(|it| it.basis != Basis::Craft);
        found.retain(|_| judged);
        found.sort_by(|a, b| b.gain.total_cmp(&a.gain).then_with(|| a.text.cmp(&b.text)));
        found.truncate(MOST);
        Ok((found, candidates.len()))
    }
}

fn numbered(at: usize, copy: &Copy, evidence: &Option<CopyEvidence>) -> Row {
    let creative = Creative { id: number(at), copy: copy.clone(), ..Creative::default() };
    row(&creative, &Evidence { picture: None, copy: evidence.clone(), comments: None }, false)
}

/// Edits of one text in its own words: their code and the text they give.
fn edits(copy: &Copy, current: &str, language: Language) -> Vec<(String, String)> {
    let config = Config::default();
    let brand = Brand::of(&config);
    let material = Material {
        copy,
        language,
        brand: &brand,
        siblings: Vec::new(),
        longest_headline: graphemes(current),
    };
    let text = |it: &Copy| {
        it.headline
            .clone()
            .or(it.primary_text.clone())
            .or(it.description.clone())
            .or(it.call_to_action.clone())
    };
    material.edits().into_iter().filter_map(|it| Some((it.kind.to_owned(), text(&it.copy)?))).collect()
}
