//! Embeddings made small: the leading principal components of the library itself.
//!
//! A library of hundreds supports a few dozen columns at most, so `embedding.*` is reduced to
//! [`COMPONENTS`] columns. Components look at pictures only, never at results, and come from a
//! sample chosen by hashing ids: they depend neither on the order of rows nor on threads.

use crate::hash;
use crate::record::Row;

/// Most components kept.
pub(crate) const COMPONENTS: usize = 16;
/// Prefix of the names of embedding features.
pub(crate) const PREFIX: &str = "embedding.";

const MOST_SAMPLED: usize = 4_000;
/// Multiply-adds that the covariance may cost.
const WORK: usize = 1_500_000_000;
const ITERATIONS: usize = 30;

/// A projection onto principal components.
pub(crate) struct Projection {
    mean: Vec<f64>,
    /// Components, one after the other, each as long as the embedding.
    basis: Vec<Vec<f64>>,
}

impl Projection {
    /// Finds the components of rows sorted by id; none when fewer than 20 have an embedding.
    pub(crate) fn of(rows: &[&Row]) -> Option<Self> {
        let mut sample: Vec<(u64, Vec<f64>)> =
            rows.iter().filter_map(|it| Some((hash::text(&it.id), vector(it)?))).collect();
        // All must have the length that most have; others count as having no embedding.
        let length = sample.iter().map(|it| it.1.len()).max()?;
        sample.retain(|it| it.1.len() == length);
        if sample.len() < 20 {
            return None;
        }
        sample.sort_by_key(|it| it.0);
        sample.truncate(MOST_SAMPLED.min((WORK / (length * length)).max(256)));
        let count = sample.len() as f64;
        let mut mean = vec![0.0; length];
        for (_, values) in &sample {
            mean.iter_mut().zip(values).for_each(|(mean, it)| *mean += it / count);
        }
        let covariance = covariance(&sample, &mean);
        let wanted = COMPONENTS.min(length).min(sample.len() / 10);
        Some(Self { basis: leading(&covariance, length, wanted), mean })
    }

    /// Number of components.
    pub(crate) fn len(&self) -> usize {
        self.basis.len()
    }

    /// The row's components, NaN when it has no embedding of the right length.
    pub(crate) fn project(&self, row: &Row) -> Vec<f64> {
        match vector(row).filter(|it| it.len() == self.mean.len()) {
            Some(values) => {
                let centered: Vec<f64> = values.iter().zip(&self.mean).map(|(it, mean)| it - mean).collect();
                self.basis.iter().map(|it| dot(it, &centered)).collect()
            }
            None => vec![f64::NAN; self.basis.len()],
        }
    }
}

fn vector(row: &Row) -> Option<Vec<f64>> {
    let from = row.features.range(PREFIX.to_owned()..);
    let values: Vec<f64> = from.take_while(|(name, _)| name.starts_with(PREFIX)).map(|(_, it)| *it).collect();
    (!values.is_empty() && values.iter().all(|it| it.is_finite())).then_some(values)
}

fn covariance(sample: &[(u64, Vec<f64>)], mean: &[f64]) -> Vec<f64> {
    let length = mean.len();
    let mut sums = vec![0.0; length * length];
    for (_, values) in sample {
        let centered: Vec<f64> = values.iter().zip(mean).map(|(it, mean)| it - mean).collect();
        for (row, left) in centered.iter().enumerate() {
            let into = &mut sums[row * length + row..(row + 1) * length];
            into.iter_mut().zip(&centered[row..]).for_each(|(into, right)| *into += left * right);
        }
    }
    for row in 0..length {
        for column in 0..row {
            sums[row * length + column] = sums[column * length + row];
        }
    }
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
        let rows: Vec<Row> = (0..200_u64)
            .map(|at| {
                let values = [5.0 * number(3 * at), number(3 * at + 1), 0.1 * number(3 * at + 2), 7.0];
                let names =
                    values.iter().enumerate().map(|(it, value)| (format!("embedding.{it:03}"), *value));
                Row { id: at.to_string(), group: None, features: names.collect(), outcome: None }
            })
            .collect();
        let found = Projection::of(&rows.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(found.len(), 3, "the constant column has no direction of its own");
        assert!(found.basis[0][0] > 0.99);
        assert!(found.basis[1][1].abs() > 0.99);
    }
}
