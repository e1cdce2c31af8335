//! The linear n-gram model: vocabulary, then logistic regression on differences of two headlines.

use std::collections::BTreeMap;

use anyhow::Result;
use gancho_headline::{HeadlineModel, is_characters, terms};

use crate::data::{Pair, Tests, fold};
use crate::minimize::minimize;

/// Number of folds for out-of-fold logits.
pub(crate) const FOLDS: u64 = 5;

/// Choices of the fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Inverse strength of the ridge penalty, as scikit-learn's `C`.
    pub(crate) c: f64,
    /// Fewest headlines that must hold a word n-gram, or a character n-gram.
    pub(crate) least: [u32; 2],
}

/// Chosen by five-fold cross-validation inside the training part (see the card).
pub(crate) const SETTINGS: Settings = Settings { c: 0.03, least: [2, 3] };

/// Fits vocabulary and weights on the pairs that `keep` accepts.
pub(crate) fn fit(tests: &Tests, settings: &Settings, keep: impl Fn(&Pair) -> bool) -> Result<HeadlineModel> {
    let pairs: Vec<&Pair> = tests.pairs.iter().filter(|it| it.a_wins.is_some() && keep(it)).collect();
    let mut used = Tests::default();
    for pair in &pairs {
        used.arms.extend([tests.arms[pair.a].clone(), tests.arms[pair.b].clone()]);
    }
    let vocabulary = vocabulary(&used.headlines(), settings)?;
    let vectors: Vec<Vec<(u32, f32)>> =
        tests.arms.iter().map(|it| vocabulary.vectorize(&it.headline)).collect();
    let rows: Vec<Row> = pairs.iter().map(|it| Row::of(it, &vectors)).collect();
    let start = vec![0.0; vocabulary.len()];
    let weights = minimize(start, |weights, gradient| loss(&rows, settings.c, weights, gradient));
    Ok(vocabulary.with_weights(weights.iter().map(|it| *it as f32).collect())?)
}

/// Scores every arm with a model that saw no arm of its group.
pub(crate) fn out_of_fold(tests: &Tests, settings: &Settings) -> Result<Vec<f64>> {
    let mut logits = vec![0.0; tests.arms.len()];
    for held_out in 0..FOLDS {
        let model = fit(tests, settings, |it| fold(&it.group, FOLDS) != held_out)?;
        for (arm, logit) in tests.arms.iter().zip(&mut logits) {
            if fold(&arm.group, FOLDS) == held_out {
                *logit = model.logit(&arm.headline);
            }
        }
    }
    Ok(logits)
}

fn vocabulary(headlines: &[&str], settings: &Settings) -> Result<HeadlineModel> {
    let mut documents: BTreeMap<u32, u32> = BTreeMap::new();
    for headline in headlines {
        for (key, _) in terms(headline) {
            *documents.entry(key).or_default() += 1;
        }
    }
    documents.retain(|key, count| *count >= settings.least[usize::from(is_characters(*key))]);
    let idf = |count: &u32| (((1 + headlines.len()) as f64 / f64::from(1 + count)).ln() + 1.0) as f32;
    let (keys, idf): (Vec<u32>, Vec<f32>) = documents.iter().map(|(key, count)| (*key, idf(count))).unzip();
    let zeros = vec![0.0; keys.len()];
    Ok(HeadlineModel::new(keys, idf, zeros)?)
}

/// The winner's n-grams minus the loser's, with the pair's weight.
struct Row {
    difference: Vec<(u32, f32)>,
    weight: f64,
}

impl Row {
    fn of(pair: &Pair, vectors: &[Vec<(u32, f32)>]) -> Self {
        let (winner, loser) = if pair.a_wins == Some(true) { (pair.a, pair.b) } else { (pair.b, pair.a) };
        let mut difference: BTreeMap<u32, f32> = vectors[winner].iter().copied().collect();
        for (at, value) in &vectors[loser] {
            *difference.entry(*at).or_default() -= value;
        }
        difference.retain(|_, value| *value != 0.0);
        // Decided pairs say more, but none is worth more than four doubtful ones put together.
        Self { difference: difference.into_iter().collect(), weight: pair.z.abs().min(4.0) + 0.1 }
    }
}

fn loss(rows: &[Row], c: f64, weights: &[f64], gradient: &mut [f64]) -> f64 {
    let mut value = 0.0;
    for (gradient, weight) in gradient.iter_mut().zip(weights) {
        *gradient = *weight;
        value += 0.5 * weight * weight;
    }
    for row in rows {
        let margin: f64 = row.difference.iter().map(|(at, it)| f64::from(*it) * weights[*at as usize]).sum();
        // ln(1 + e^-m), written so that it cannot overflow.
        value += c * row.weight * ((-margin.abs()).exp().ln_1p() + (-margin).max(0.0));
        let pull = -c * row.weight / (1.0 + margin.exp());
        for (at, it) in &row.difference {
            gradient[*at as usize] += pull * f64::from(*it);
        }
    }
    value
}
