//! Pairs scored the way a user would: two creatives of one campaign, through the library.

use std::fmt::Write;

use anyhow::Result;
use gancho_copy::{Language, TextFeatures};
use gancho_scorer::{Models, Options, Prior, Row, score};

use crate::data::Tests;

/// Logits of all arms of a part: of words, then of meaning.
#[derive(Debug, Clone)]
pub(crate) struct Logits {
    pub(crate) words: Vec<f64>,
    pub(crate) meaning: Vec<f64>,
}

/// Probability that `a` wins, for each pair, at the prior's own publisher or elsewhere.
pub(crate) fn pairs(tests: &Tests, logits: &Logits, prior: Prior, at_home: bool) -> Result<Vec<f64>> {
    let rows: Vec<Row> = tests
        .pairs
        .iter()
        .flat_map(|pair| [("a", pair.a), ("b", pair.b)].map(|(side, arm)| (pair, side, arm)))
        .map(|(pair, side, arm)| {
            let id = format!("{}-{side}", pair.id);
            let mut row =
                row(id, &pair.id, &tests.arms[arm].headline, (logits.words[arm], logits.meaning[arm]));
            row.features.insert("context.at_home".into(), f64::from(u8::from(at_home)));
            row
        })
        .collect();
    let models = Models { prior: Some(prior), history: None };
    let mut scores = score(&rows, &models, &Options::default())?.scores;
    scores.sort_by(|a, b| a.id.cmp(&b.id));
    let score_of = |id: String| scores.binary_search_by(|it| it.id.cmp(&id)).map(|at| scores[at].score);
    // Against one other, the score is 25 points for a certain loss and 75 for a certain win.
    let chance = |score: f64| (score - 25.0) / 50.0;
    Ok(tests.pairs.iter().filter_map(|it| score_of(format!("{}-a", it.id)).ok()).map(chance).collect())
}

fn row(id: String, pair: &str, headline: &str, (words, meaning): (f64, f64)) -> Row {
    let features = TextFeatures::of(headline, Language::En).named();
    let mut features: std::collections::BTreeMap<String, f64> =
        features.into_iter().map(|(name, value)| (format!("copy.headline.{name}"), value)).collect();
    features.insert("copy.headline_logit".into(), words);
    features.insert("copy.meaning_logit".into(), meaning);
    features.insert("context.language_en".into(), 1.0);
    Row { id, group: Some(pair.into()), features, observations: Vec::new() }
}

/// Pairs with arms of their own, so that each is judged by its own chance.
pub(crate) fn by_pair(tests: &Tests, chances: &[f64]) -> (Tests, Vec<f64>) {
    let mut single = Tests { arms: Vec::new(), pairs: tests.pairs.clone() };
    let mut margins = Vec::new();
    for (pair, chance) in single.pairs.iter_mut().zip(chances) {
        (pair.a, pair.b) = (margins.len(), margins.len() + 1);
        margins.extend([*chance, 1.0 - chance]);
    }
    (single, margins)
}

/// The columns `pair_id,score` that the data set's scoring script reads.
pub(crate) fn csv(tests: &Tests, scores: &[f64]) -> String {
    let mut text = "pair_id,score\n".to_owned();
    for (pair, score) in tests.pairs.iter().zip(scores) {
        let _ = writeln!(text, "{},{score:.6}", pair.id);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::print_stderr)]
    use std::path::{Path, PathBuf};

    use gancho_headline::{HeadlineModel, MeaningModel};

    use super::*;
    use crate::embeddings::Embeddings;
    use crate::metrics::{Figures, calibration_error};

    #[test]
    fn the_shipped_weights_rank_unseen_headlines() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let shared = std::env::var_os("GANCHO_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
        let folder = shared.join("data/text/upworthy");
        if !folder.is_dir() {
            eprintln!("skipped: no shared data; set GANCHO_SHARED to its folder");
            return;
        }
        let weights = root.join("weights");
        let read = |name: &str| std::fs::read(weights.join(name)).unwrap();
        let tests = Tests::read(&folder, "validation").unwrap();
        let embeddings = Embeddings::of(tests.headlines(), &weights).unwrap();
        let words = HeadlineModel::load(&read("headline-upworthy.safetensors")).unwrap();
        let meaning =
            MeaningModel::load(&read("headline-meaning.safetensors"), &embeddings.embedder).unwrap();
        let logits = Logits {
            words: tests.headlines().map(|it| words.logit(it)).collect(),
            meaning: tests.headlines().map(|it| meaning.logit(embeddings.get(it)).unwrap()).collect(),
        };
        let prior = Prior::parse(&read("prior-upworthy.json")).unwrap();
        let chances = pairs(&tests, &logits, prior, true).unwrap();
        assert_eq!(chances.len(), tests.pairs.len());
        assert!(calibration_error(&tests, &chances) <= 0.03);
        let (tests, margins) = by_pair(&tests, &chances);
        let found = Figures::of(&tests, &margins);
        assert!(found.auc.value >= 0.65, "{}", found.row("all"));
        assert!(found.decided_auc.value >= 0.79, "{}", found.row("all"));
    }
}
