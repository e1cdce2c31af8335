//! Embeddings made small: the leading principal components of the creatives that are learned from.
//!
//! A library of hundreds supports a few dozen columns at most, so an embedding is reduced to [`COMPONENTS`] columns,
//! inside each fold. Components look at creatives only, never at results, and come from a sample chosen by hashing
//! ids: they depend neither on the order of rows nor on threads.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::hash;
use crate::learn::Features;

/// Most components kept of one embedding.
pub(crate) const COMPONENTS: usize = 16;

const MOST_SAMPLED: usize = 4_000;
const LEAST_SAMPLED: usize = 20;
/// Multiply-adds that the covariance may cost.
const WORK: usize = 1_500_000_000;
const ITERATIONS: usize = 30;

/// An embedding among the features, and the name under which its components are reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) prefix: &'static str,
    pub(crate) name: &'static str,
}

/// The embeddings that rows may hold: of the picture, and of the meaning of the copy.
pub(crate) const PARTS: [Part; 2] = [
    Part { prefix: "embedding.", name: "embedding.look" },
    Part { prefix: "meaning.", name: "meaning.sense" },
];

/// A projection onto principal components.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Projection {
    prefix: String,
    mean: Vec<f32>,
    /// Components, one after the other, each as long as the embedding.
    basis: Vec<Vec<f32>>,
}

impl Projection {
    /// Finds the components of the given creatives; nothing when fewer than 20 have the embedding.
    pub(crate) fn of(features: &Features, ids: &[String], used: &[usize], part: &Part) -> Option<Self> {
        let columns = columns(features, part.prefix);
        let length = columns.len();
        if length == 0 {
            return None;
        }
        let known = |it: &&usize| columns.iter().all(|column| column[**it].is_finite());
        let mut sample: Vec<usize> = used.iter().filter(known).copied().collect();
        if sample.len() < LEAST_SAMPLED {
            return None;
        }
        sample.sort_by_key(|it| hash::text(&ids[*it]));
        sample.truncate(MOST_SAMPLED.min((WORK / (length * length)).max(256)));
        let rows: Vec<Vec<f64>> =
            sample.iter().map(|it| columns.iter().map(|column| f64::from(column[*it])).collect()).collect();
        let mut mean = vec![0.0; length];
        for row in &rows {
            mean.iter_mut().zip(row).for_each(|(mean, it)| *mean += it / rows.len() as f64);
        }
        let wanted = COMPONENTS.min(length).min(rows.len() / 10);
        let basis = leading(&covariance(&rows, &mean), length, wanted);
        let single = |it: Vec<f64>| it.into_iter().map(|it| it as f32).collect();
        Some(Self {
            prefix: part.prefix.to_owned(),
            mean: single(mean),
            basis: basis.into_iter().map(single).collect(),
        })
    }

    /// The name under which all components are reported.
    pub(crate) fn name(&self) -> String {
        PARTS.iter().find(|it| it.prefix == self.prefix).map_or(self.prefix.clone(), |it| it.name.to_owned())
    }

    /// Number of components.
    pub(crate) fn len(&self) -> usize {
        self.basis.len()
    }

    /// Whether a projection from a file makes sense.
    pub(crate) fn is_sound(&self) -> bool {
        let finite = |it: &Vec<f32>| it.iter().all(|it| it.is_finite());
        finite(&self.mean) && self.basis.iter().all(|it| it.len() == self.mean.len() && finite(it))
    }

    /// The components of all creatives, NaN where one has no embedding of the right length.
    pub(crate) fn project(&self, features: &Features, creatives: usize) -> Vec<Vec<f32>> {
        let columns = columns(features, &self.prefix);
        if columns.len() != self.mean.len() {
            return vec![vec![f32::NAN; creatives]; self.basis.len()];
        }
        let along = |basis: &Vec<f32>| {
            let mut sums = vec![0.0_f64; creatives];
            for ((column, mean), weight) in columns.iter().zip(&self.mean).zip(basis) {
                let (mean, weight) = (f64::from(*mean), f64::from(*weight));
                sums.iter_mut()
                    .zip(column.iter())
                    .for_each(|(sum, it)| *sum += weight * (f64::from(*it) - mean));
            }
            sums.into_iter().map(|it| it as f32).collect()
        };
        self.basis.par_iter().map(along).collect()
    }
}

/// The columns of an embedding, in the order of their names.
fn columns<'a>(features: &'a Features, prefix: &str) -> Vec<&'a Vec<f32>> {
    features
        .names
        .iter()
        .zip(&features.columns)
        .filter(|it| it.0.starts_with(prefix))
        .map(|it| it.1)
        .collect()
}

fn covariance(rows: &[Vec<f64>], mean: &[f64]) -> Vec<f64> {
    let length = mean.len();
    let centered: Vec<Vec<f64>> =
        rows.iter().map(|row| row.iter().zip(mean).map(|(it, mean)| it - mean).collect()).collect();
    let mut sums = vec![0.0; length * length];
    // Each line of the matrix is summed by one thread in the order of rows: the bits do not depend on how many.
    sums.par_chunks_mut(length).enumerate().for_each(|(line, into)| {
        for row in &centered {
            let left = row[line];
            into.iter_mut().zip(row).for_each(|(into, right)| *into += left * right);
        }
    });
    sums
}

/// Orthogonal iteration from a fixed start; signs are fixed by the largest entry.
fn leading(matrix: &[f64], length: usize, wanted: usize) -> Vec<Vec<f64>> {
    let start = |at: usize| (hash::mix(at as u64) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
    let mut basis: Vec<Vec<f64>> =
        (0..wanted).map(|column| (0..length).map(|it| start(column * length + it)).collect()).collect();
    for _ in 0..ITERATIONS {
        let multiply = |it: &Vec<f64>| matrix.chunks_exact(length).map(|row| dot(row, it)).collect();
        basis = basis.iter().map(multiply).collect();
        orthonormalize(&mut basis);
    }
    for column in &mut basis {
        let largest =
            column.iter().copied().fold(0.0_f64, |best, it| if it.abs() > best.abs() { it } else { best });
        if largest < 0.0 {
            column.iter_mut().for_each(|it| *it = -*it);
        }
    }
    basis
}

fn orthonormalize(basis: &mut Vec<Vec<f64>>) {
    let mut done: Vec<Vec<f64>> = Vec::new();
    for mut column in basis.drain(..) {
        for other in &done {
            let along = dot(&column, other);
            column.iter_mut().zip(other).for_each(|(it, other)| *it -= along * other);
        }
        let length = dot(&column, &column).sqrt();
        // A vanished direction means that the data has no more dimensions.
        if length > 1e-9 {
            column.iter_mut().for_each(|it| *it /= length);
            done.push(column);
        }
    }
    *basis = done;
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_direction_of_most_variance_comes_first() {
        let number = |at: u64| (hash::mix(at) >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
        let column = |scale: f64, at: u64| (0..200).map(|it| (scale * number(4 * it + at)) as f32).collect();
        let features = Features {
            names: (0..4).map(|it| format!("embedding.{it:03}")).collect(),
            columns: vec![column(5.0, 0), column(1.0, 1), column(0.1, 2), vec![7.0; 200]],
        };
        let ids: Vec<String> = (0..200).map(|it| it.to_string()).collect();
        let used: Vec<usize> = (0..200).collect();
        let found = Projection::of(&features, &ids, &used, &PARTS[0]).unwrap();
        assert_eq!(found.len(), 3, "the constant column has no direction of its own");
        assert!(found.basis[0][0] > 0.99);
        assert!(found.basis[1][1].abs() > 0.99);
        let projected = found.project(&features, 200);
        assert!((projected[0][5] - (features.columns[0][5] - found.mean[0])).abs() < 0.1);
        assert_eq!(Projection::of(&features, &ids, &used, &PARTS[1]), None);
    }
}
