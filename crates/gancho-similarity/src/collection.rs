//! Pictures that can be compared, and the pairs among them.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::agreement::{Agreement, agreement};
use crate::grid::{Grid, TextMask};
use crate::hashes::{Dhash, Pdq};
use crate::relation::{LOOK_ALIKE_COSINE, Relation};
use crate::vectors::{Vectors, WidthError};

/// Neighbors of a picture that are laid upon it. Of transformed copies, 996 in 1,000 are among the nearest 32 even
/// under a banner of text.
const CANDIDATES: usize = 32;
/// Least cosine of a candidate: a lower one is left to the hashes.
const CANDIDATE_COSINE: f32 = 0.40;
/// Bits of PDQ up to which a pair is a candidate whatever its embeddings say (31 is a match after its authors).
const CANDIDATE_BITS: u32 = 48;
/// Pairs compared between two looks at whether the person asked to stop.
const CHUNK: usize = 4096;

/// What is compared of one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeness {
    /// Perceptual hash, 256 bits.
    pub pdq: Pdq,
    /// Difference hash, 64 bits.
    pub dhash: Dhash,
    /// The picture in small.
    pub grid: Grid,
    /// Where its text stands, when that is known.
    pub text: Option<TextMask>,
}

/// Pictures in the order in which they were added.
///
/// Memory: 2 KiB for an embedding of 512 numbers, 2.25 KiB for the grid, 40 bytes for the hashes; 0.9 GB for 200,000.
#[derive(Debug, Clone)]
pub struct Collection {
    vectors: Vectors,
    likenesses: Vec<Likeness>,
}

/// Which pairs are wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    /// Least cosine of a look-alike.
    pub min_similarity: f32,
    /// Most look-alikes of one picture, the nearest first.
    pub top: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { min_similarity: LOOK_ALIKE_COSINE, top: 5 }
    }
}

/// Two pictures and what they are to each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// Index in the first collection.
    pub a: usize,
    /// Index in the second collection, or in the same one: then larger than `a`.
    pub b: usize,
    /// How they are related.
    pub relation: Relation,
    /// Cosine of the embeddings.
    pub cosine: f32,
    /// Bits of PDQ that differ, 0 to 256.
    pub pdq_distance: u32,
    /// Bits of the difference hash that differ, 0 to 64.
    pub dhash_distance: u32,
    /// What laying one on the other showed.
    pub agreement: Agreement,
}

impl Collection {
    /// No pictures yet; embeddings will have `width` numbers.
    pub fn new(width: usize) -> Self {
        Self { vectors: Vectors::new(width), likenesses: Vec::new() }
    }

    /// Adds a picture with its unit embedding.
    ///
    /// # Errors
    /// [`WidthError`] when the embedding is of another length.
    pub fn push(&mut self, embedding: &[f32], likeness: Likeness) -> Result<(), WidthError> {
        self.vectors.push(embedding)?;
        self.likenesses.push(likeness);
        Ok(())
    }

    /// The embeddings.
    pub fn vectors(&self) -> &Vectors {
        &self.vectors
    }

    /// Pairs inside the collection: closest relation first, then by falling cosine, then by index. `None` when
    /// `stop` said so.
    pub fn pairs(&self, wanted: &Wanted, stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Pair>> {
        let near =
            self.vectors.neighbors(CANDIDATES.max(wanted.top), CANDIDATE_COSINE.min(wanted.min_similarity));
        let mut candidates: Vec<(usize, usize)> = indexed(&near).map(|(a, b)| (a.min(b), a.max(b))).collect();
        candidates.extend(self.near_hashes(self, true));
        self.judged(self, candidates, wanted, stop)
    }

    /// Pairs of a picture of this collection and one of `base`, in the same order.
    pub fn pairs_with(
        &self,
        base: &Self,
        wanted: &Wanted,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Pair>> {
        let (count, least) = (CANDIDATES.max(wanted.top), CANDIDATE_COSINE.min(wanted.min_similarity));
        let near = self.vectors.neighbors_in(&base.vectors, count, least);
        let mut candidates: Vec<(usize, usize)> = indexed(&near).collect();
        candidates.extend(self.near_hashes(base, false));
        self.judged(base, candidates, wanted, stop)
    }

    /// Pairs whose PDQ hashes differ in a few bits, at most [`CANDIDATES`] a picture.
    fn near_hashes(&self, base: &Self, same: bool) -> Vec<(usize, usize)> {
        let of_one = |a: usize| {
            let pdq = self.likenesses[a].pdq;
            let first = if same { a + 1 } else { 0 };
            (first..base.likenesses.len())
                .filter(move |b| pdq.distance(base.likenesses[*b].pdq) <= CANDIDATE_BITS)
                .take(CANDIDATES)
                .map(move |b| (a, b))
        };
        (0..self.likenesses.len()).into_par_iter().flat_map_iter(of_one).collect()
    }

    /// Lays candidates upon each other and keeps those that are something to each other.
    fn judged(
        &self,
        base: &Self,
        mut candidates: Vec<(usize, usize)>,
        wanted: &Wanted,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<Pair>> {
        candidates.sort_unstable();
        candidates.dedup();
        let mut found = Vec::new();
        for chunk in candidates.chunks(CHUNK) {
            if stop() {
                return None;
            }
            let judge = |pair: &(usize, usize)| self.judge(base, *pair, wanted);
            found.extend(chunk.par_iter().filter_map(judge).collect::<Vec<_>>());
        }
        found.sort_by(|x, y| {
            x.relation.cmp(&y.relation).then(y.cosine.total_cmp(&x.cosine)).then((x.a, x.b).cmp(&(y.a, y.b)))
        });
        thin_out(&mut found, std::ptr::eq(self, base), wanted.top);
        Some(found)
    }

    fn judge(&self, base: &Self, (a, b): (usize, usize), wanted: &Wanted) -> Option<Pair> {
        let (one, other) = (&self.likenesses[a], &base.likenesses[b]);
        let cosine = self.vectors.cosine(a, &base.vectors, b);
        let (first, second) = (one.grid.plane(), other.grid.plane());
        let agreement = agreement((&first, one.text.as_ref()), (&second, other.text.as_ref()));
        let identical = one.grid == other.grid && cosine > 0.9999;
        let relation = match identical {
            // Flat pictures have no edges that could agree.
            true => Relation::Duplicate,
            false => Relation::of(&agreement)
                .or((cosine >= wanted.min_similarity).then_some(Relation::LookAlike))?,
        };
        let pdq_distance = one.pdq.distance(other.pdq);
        let dhash_distance = one.dhash.distance(other.dhash);
        Some(Pair { a, b, relation, cosine, pdq_distance, dhash_distance, agreement })
    }
}

fn indexed(near: &[Vec<crate::Neighbor>]) -> impl Iterator<Item = (usize, usize)> {
    near.iter().enumerate().flat_map(|(a, row)| row.iter().map(move |it| (a, it.row)))
}

/// Keeps a look-alike while one of the two has fewer than `top`. `pairs` come nearest first.
fn thin_out(pairs: &mut Vec<Pair>, same: bool, top: usize) {
    let mut kept: BTreeMap<(bool, usize), usize> = BTreeMap::new();
    pairs.retain(|pair| {
        if pair.relation != Relation::LookAlike {
            return true;
        }
        // Within one collection both ends are counted, across two only the new one.
        let ends = [(false, pair.a), (!same, pair.b)];
        let ends = if same { &ends[..] } else { &ends[..1] };
        let wanted = ends.iter().any(|it| kept.get(it).copied().unwrap_or(0) < top);
        if wanted {
            ends.iter().for_each(|it| *kept.entry(*it).or_default() += 1);
        }
        wanted
    });
}
