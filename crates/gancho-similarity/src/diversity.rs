//! How many distinct concepts a set holds, and which of its members add least.
//!
//! Similarity-sensitive diversity of order 2 (Leinster and Cobbold, "Measuring diversity: the importance of species
//! similarity", Ecology 93, 2012): with `n` members of equal weight and similarities `z`, it is
//! `n^2 / sum of z over all ordered pairs`, one over the mean similarity of two members picked at random. It is 1 when
//! all are the same, `n` when no two have anything in common, and `k` for `k` equally large groups of copies.
//!
//! The Vendi score (Friedman and Dieng, 2023) is its cousin of order 1 over eigenvalues, whose cost grows with the
//! cube of `n`. Order 2 needs only sums over rows: the square of `n`, no memory beyond a number a member. And greedy
//! removal is exact: the member to drop is the one with the largest sum of its row.

use crate::vectors::Vectors;

/// Cosine at or below which two pictures have no concept in common. See `docs/similar.md` for how it was chosen.
pub const UNRELATED_COSINE: f32 = 0.30;
/// Sums this little above 1 are rounding: the member has nothing in common with any other.
const REDUNDANT: f64 = 1e-3;

/// Similarity of two concepts from the cosine of their embeddings: 0 up to [`UNRELATED_COSINE`], then in proportion
/// to 1 for the same picture.
pub fn concept_similarity(cosine: f32) -> f32 {
    ((cosine - UNRELATED_COSINE) / (1.0 - UNRELATED_COSINE)).clamp(0.0, 1.0)
}

/// One step of thinning out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drop {
    /// The member to leave out.
    pub row: usize,
    /// The member that stays and is most like it.
    pub like: usize,
    /// Cosine of the two.
    pub cosine: f32,
    /// Effective number of concepts of what remains.
    pub concepts: f64,
}

/// Diversity of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Diversity {
    /// Effective number of distinct concepts; 0 for an empty set.
    pub concepts: f64,
    /// Members that add least, to be left out in this order; none that is unlike all others.
    pub drops: Vec<Drop>,
}

/// Diversity of a set of unit vectors and up to `drops` members to leave out.
///
/// Of members that add equally little, the one with the lower `worth` goes first, then the later one.
pub fn diversity(vectors: &Vectors, worth: &[u64], drops: usize) -> Diversity {
    let mut sums = vectors.kernel_sums(concept_similarity);
    let mut kept: Vec<bool> = vec![true; sums.len()];
    let mut total: f64 = sums.iter().sum();
    let mut members = sums.len();
    let effective =
        |members: usize, total: f64| if members == 0 { 0.0 } else { (members * members) as f64 / total };
    let mut found = Diversity { concepts: effective(members, total), drops: Vec::new() };
    while found.drops.len() < drops {
        let value = |row: usize| worth.get(row).copied().unwrap_or(0);
        let Some(row) =
            (0..sums.len()).filter(|row| kept[*row] && sums[*row] > 1.0 + REDUNDANT).max_by(|a, b| {
                // Sums of copies differ in the last digits only; they must count as equal.
                let [x, y] = [sums[*a], sums[*b]].map(|it| (it * 1e4).round());
                x.total_cmp(&y).then(value(*b).cmp(&value(*a))).then(a.cmp(b))
            })
        else {
            break;
        };
        kept[row] = false;
        let mut like: Option<(usize, f32)> = None;
        for other in (0..sums.len()).filter(|it| kept[*it]) {
            let cosine = vectors.cosine(row, vectors, other);
            sums[other] -= f64::from(concept_similarity(cosine));
            if like.is_none_or(|(_, best)| cosine > best) {
                like = Some((other, cosine));
            }
        }
        members -= 1;
        total = (0..sums.len()).filter(|it| kept[*it]).map(|it| sums[it]).sum();
        let Some((like, cosine)) = like else { break };
        found.drops.push(Drop { row, like, cosine, concepts: effective(members, total) });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vectors(rows: &[Vec<f32>]) -> Vectors {
        let mut vectors = Vectors::new(rows.first().map_or(1, Vec::len));
        rows.iter().for_each(|row| vectors.push(row).expect("one width"));
        vectors
    }

    fn axis(index: usize) -> Vec<f32> {
        (0..4).map(|it| f32::from(u8::from(it == index))).collect()
    }

    #[test]
    fn copies_count_once_and_strangers_each() {
        let of = |axes: &[usize]| {
            diversity(&vectors(&axes.iter().map(|it| axis(*it)).collect::<Vec<_>>()), &[], 0)
        };
        assert_eq!(of(&[0, 0, 0]).concepts, 1.0);
        assert_eq!(of(&[0, 1, 2, 3]).concepts, 4.0);
        assert_eq!(of(&[0, 0, 1, 1]).concepts, 2.0);
        // Two of one and one of another: 9 / (2 * 2 + 1 * 1).
        assert_eq!(of(&[0, 0, 1]).concepts, 1.8);
        assert_eq!(of(&[]).concepts, 0.0);
    }

    #[test]
    fn half_alike_is_between() {
        // Cosine 0.65 is a similarity of (0.65 - 0.3) / 0.7 = 0.5: 4 / (1 + 1 + 0.5 + 0.5).
        let pair = [vec![1.0, 0.0], vec![0.65, 0.759_934_2]];
        assert!((diversity(&vectors(&pair), &[], 0).concepts - 4.0 / 3.0).abs() < 1e-5);
    }

    #[test]
    fn the_copies_go_first_the_smallest_before_the_others() {
        let set = vectors(&[axis(0), axis(1), axis(1), axis(1), axis(2)]);
        let found = diversity(&set, &[9, 5, 7, 5, 9], 9);
        // 25 / (9 + 1 + 1); then 16 / (4 + 1 + 1); then three strangers, of which none is dropped.
        assert!((found.concepts - 25.0 / 11.0).abs() < 1e-9);
        let steps: Vec<_> = found.drops.iter().map(|it| (it.row, it.like)).collect();
        assert_eq!(steps, [(3, 1), (1, 2)]);
        assert!((found.drops[0].concepts - 16.0 / 6.0).abs() < 1e-9);
        assert!((found.drops[1].concepts - 3.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn between_one_and_all_whatever_the_order(mut axes in prop::collection::vec(0usize..4, 1..20)) {
            let of = |axes: &[usize]| {
                diversity(&vectors(&axes.iter().map(|it| axis(*it)).collect::<Vec<_>>()), &[], 0).concepts
            };
            let one = of(&axes);
            prop_assert!((1.0..=4.0 + 1e-9).contains(&one));
            axes.reverse();
            prop_assert_eq!(one, of(&axes));
        }
    }
}
