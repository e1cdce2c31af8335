//! Pairs scored the way a user would: two creatives of one campaign, through the library.

use std::fmt::Write;

use anyhow::Result;
use gancho_copy::{Language, TextFeatures};
use gancho_headline::HeadlineModel;
use gancho_scorer::{Models, Options, Prior, Row, score};

use crate::data::Tests;

/// Probability that `a` wins, for each pair.
pub(crate) fn pairs(tests: &Tests, model: &HeadlineModel, prior: Prior) -> Result<Vec<f64>> {
    let rows: Vec<Row> = tests
        .pairs
        .iter()
        .flat_map(|pair| [("a", pair.a), ("b", pair.b)].map(|(side, arm)| (pair, side, arm)))
        .map(|(pair, side, arm)| row(&pair.id, side, &tests.arms[arm].headline, model))
        .collect();
    let models = Models { prior: Some(prior) };
    let mut scores = score(&rows, &models, &Options::default())?.scores;
    scores.sort_by(|a, b| a.id.cmp(&b.id));
    let score_of = |id: String| scores.binary_search_by(|it| it.id.cmp(&id)).map(|at| scores[at].score);
    // Against one other, the score is 25 points for a certain loss and 75 for a certain win.
    let chance = |score: f64| (score - 25.0) / 50.0;
    Ok(tests.pairs.iter().filter_map(|it| score_of(format!("{}-a", it.id)).ok()).map(chance).collect())
}

fn row(pair: &str, side: &str, headline: &str, model: &HeadlineModel) -> Row {
    let features = TextFeatures::of(headline, Language::En).named();
    let mut features: std::collections::BTreeMap<String, f64> =
        features.into_iter().map(|(name, value)| (format!("copy.headline.{name}"), value)).collect();
    features.insert("copy.headline_logit".into(), model.logit(headline));
    features.insert("context.language_en".into(), 1.0);
    Row { id: format!("{pair}-{side}"), group: Some(pair.into()), features, outcome: None }
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

    use super::*;
    use crate::metrics::Figures;

    #[test]
    fn the_shipped_weights_rank_unseen_headlines() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
        let shared = std::env::var_os("GANCHO_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
        let folder = shared.join("data/text/upworthy");
        if !folder.is_dir() {
            eprintln!("skipped: no shared data; set GANCHO_SHARED to its folder");
            return;
        }
        let tests = Tests::read(&folder, "validation").unwrap();
        let read = |name: &str| std::fs::read(root.join("weights").join(name)).unwrap();
        let model = HeadlineModel::load(&read("headline-upworthy.safetensors")).unwrap();
        let prior = Prior::parse(&read("prior-upworthy.json")).unwrap();
        let chances = pairs(&tests, &model, prior).unwrap();
        assert_eq!(chances.len(), tests.pairs.len());
        let (tests, margins) = by_pair(&tests, &chances);
        let found = Figures::of(&tests, &margins);
        assert!(found.auc.value >= 0.62, "{}", found.row("all"));
        assert!(found.decided_auc.value >= 0.72, "{}", found.row("all"));
    }
}
