//! The model of words: vocabulary, then a Gaussian process with a linear kernel on n-grams.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use gancho_headline::{HeadlineModel, is_characters, terms};

use crate::data::Tests;
use crate::process::Observed;

/// Choices of the fit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    /// Prior variance of one weight.
    pub(crate) variance: f64,
    /// Fewest headlines that must hold a word n-gram, or a character n-gram.
    pub(crate) least: [u32; 2],
}

/// Chosen by five-fold cross-validation inside the training part (see the card).
pub(crate) const SETTINGS: Settings = Settings { variance: 0.015, least: [2, 3] };

/// Fits vocabulary and weights on some arms.
pub(crate) fn fit(
    tests: &Tests,
    observed: &Observed,
    settings: &Settings,
    used: &[usize],
) -> Result<HeadlineModel> {
    let headlines: BTreeSet<&str> = used.iter().map(|it| tests.arms[*it].headline.as_str()).collect();
    let vocabulary = vocabulary(&headlines, settings)?;
    let vectors: Vec<Vec<(u32, f32)>> =
        used.iter().map(|it| vocabulary.vectorize(&tests.arms[*it].headline)).collect();
    let weights = |alpha: &[f64]| {
        let mut weights = vec![0.0; vocabulary.len()];
        for (vector, alpha) in vectors.iter().zip(alpha) {
            vector
                .iter()
                .for_each(|(at, it)| weights[*at as usize] += settings.variance * alpha * f64::from(*it));
        }
        weights
    };
    let alpha = observed.solve(used, |alpha| {
        let weights = weights(alpha);
        let margin =
            |it: &Vec<(u32, f32)>| it.iter().map(|(at, it)| weights[*at as usize] * f64::from(*it)).sum();
        vectors.iter().map(margin).collect()
    });
    let weights = weights(&alpha).iter().map(|it| *it as f32).collect();
    Ok(vocabulary.with_weights(weights)?)
}

fn vocabulary(headlines: &BTreeSet<&str>, settings: &Settings) -> Result<HeadlineModel> {
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
