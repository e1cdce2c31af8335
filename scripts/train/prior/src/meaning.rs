//! The model of meaning: a Gaussian process with a linear and a squared kernel on sentence embeddings.
//!
//! Both kernels have finitely many features, so the process is written down as a quadratic form of the
//! embedding, exactly, and needs no training headline in use.

use anyhow::Result;
use gancho_headline::MeaningModel;

use crate::data::Tests;
use crate::embeddings::Embeddings;
use crate::process::{Observed, dot};

/// Prior variance of the weight of one number of the embedding.
pub(crate) const LINEAR: f64 = 0.03;
/// Prior variance of the weight of a product of two.
pub(crate) const SQUARED: f64 = 0.03;

/// The kernel between all arms of a part, computed once for many fits.
pub(crate) struct Kernel<'a> {
    embedder: &'a str,
    embeddings: Vec<&'a [f32]>,
    /// Row by row. In single precision: a part has 46 million entries.
    values: Vec<f32>,
}

impl<'a> Kernel<'a> {
    pub(crate) fn of(tests: &Tests, embeddings: &'a Embeddings) -> Self {
        let all: Vec<&[f32]> = tests.arms.iter().map(|it| embeddings.get(&it.headline)).collect();
        let wide: Vec<Vec<f64>> = all.iter().map(|it| it.iter().map(|it| f64::from(*it)).collect()).collect();
        let count = all.len();
        let mut values = vec![0.0; count * count];
        for row in 0..count {
            for column in 0..=row {
                let cosine = dot(&wide[row], &wide[column]);
                let value = (LINEAR * cosine + SQUARED * cosine * cosine) as f32;
                values[row * count + column] = value;
                values[column * count + row] = value;
            }
        }
        Self { embedder: &embeddings.embedder, embeddings: all, values }
    }

    /// Fits on some arms.
    pub(crate) fn fit(&self, observed: &Observed, used: &[usize]) -> Result<MeaningModel> {
        let alpha = observed.solve(used, |alpha| self.times(used, alpha));
        let length = self.embeddings.first().map_or(0, |it| it.len());
        let mut weights = vec![0.0; length];
        let mut products = vec![0.0; length * (length + 1) / 2];
        for (arm, alpha) in used.iter().zip(&alpha) {
            let embedding = self.embeddings[*arm];
            let mut rest = products.as_mut_slice();
            for (at, value) in embedding.iter().enumerate() {
                let share = alpha * f64::from(*value);
                weights[at] += LINEAR * share;
                let (row, after) = rest.split_at_mut(length - at);
                rest = after;
                row.iter_mut().zip(&embedding[at..]).for_each(|(it, other)| *it += share * f64::from(*other));
            }
        }
        let mut rest = products.as_mut_slice();
        for at in 0..length {
            let (row, after) = rest.split_at_mut(length - at);
            rest = after;
            // Two different numbers meet twice in the square, one with itself once.
            row.iter_mut()
                .enumerate()
                .for_each(|(other, it)| *it *= if other == 0 { SQUARED } else { 2.0 * SQUARED });
        }
        let narrow = |values: Vec<f64>| values.into_iter().map(|it| it as f32).collect();
        Ok(MeaningModel::new(self.embedder.to_owned(), narrow(weights), narrow(products))?)
    }

    fn times(&self, used: &[usize], alpha: &[f64]) -> Vec<f64> {
        let count = self.embeddings.len();
        // All arms at once run through memory in order; those that are not used weigh nothing.
        let mut spread = vec![0.0_f32; count];
        used.iter().zip(alpha).for_each(|(arm, alpha)| spread[*arm] = *alpha as f32);
        used.iter().map(|arm| narrow_dot(&self.values[arm * count..(arm + 1) * count], &spread)).collect()
    }
}

/// The scalar product of single-precision lists; sums of 64 entries are added up in double precision.
fn narrow_dot(a: &[f32], b: &[f32]) -> f64 {
    let block = |(a, b): (&[f32], &[f32])| {
        let mut sums = [0.0_f32; 8];
        for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
            (0..8).for_each(|at| sums[at] += a[at] * b[at]);
        }
        let rest = a.len() - a.len() % 8;
        let rest: f32 = a[rest..].iter().zip(&b[rest..]).map(|(a, b)| a * b).sum();
        f64::from(sums.iter().sum::<f32>() + rest)
    };
    a.chunks(64).zip(b.chunks(64)).map(block).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashMap;

    use gancho_scorer::Outcome;

    use super::*;
    use crate::data::Arm;

    #[test]
    fn the_written_form_is_the_process() {
        let place = |text: &str| {
            let mut it: Vec<f32> = text.bytes().map(|it| f32::from(it) - 97.0).collect();
            let length = it.iter().map(|it| it * it).sum::<f32>().sqrt();
            it.iter_mut().for_each(|it| *it /= length);
            it
        };
        let texts = ["cab", "bad", "fed", "ace", "dab", "bee"];
        let arms = texts.iter().enumerate().map(|(at, text)| Arm {
            headline: (*text).to_owned(),
            cell: at / 2,
            group: format!("g{}", at / 2),
            outcome: Outcome { impressions: 3000, clicks: 20 + 11 * at as u64 % 31 },
        });
        let tests = Tests { arms: arms.collect(), pairs: Vec::new() };
        let embeddings =
            Embeddings::from(texts.iter().map(|it| ((*it).to_owned(), place(it))).collect::<HashMap<_, _>>());
        let (kernel, observed) = (Kernel::of(&tests, &embeddings), Observed::of(&tests));
        let used: Vec<usize> = (0..4).collect();
        let model = kernel.fit(&observed, &used).unwrap();
        let alpha = observed.solve(&used, |alpha| kernel.times(&used, alpha));
        for (arm, text) in texts.iter().enumerate() {
            let row = &kernel.values[arm * 6..];
            let expected: f64 = used.iter().zip(&alpha).map(|(it, alpha)| alpha * f64::from(row[*it])).sum();
            let found = model.logit(embeddings.get(text)).unwrap();
            assert!((found - expected).abs() < 1e-6 && found.abs() > 1e-4, "{arm}: {found} {expected}");
        }
    }

    #[test]
    fn long_lists_are_summed_as_short_ones() {
        let a: Vec<f32> = (0..131).map(|it| it as f32 / 64.0).collect();
        let expected: f64 = a.iter().map(|it| f64::from(*it).powi(2)).sum();
        assert!((narrow_dot(&a, &a) - expected).abs() < 1e-4);
    }
}
