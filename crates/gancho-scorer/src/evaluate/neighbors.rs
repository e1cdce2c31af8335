//! Pairs of vectors that point nearly the same way.

use rayon::prelude::*;

use super::random::SplitMix64;

/// Up to this many vectors every pair is compared.
pub(super) const EXACT: usize = 20_000;
/// Dot products that are affordable: all pairs of [`EXACT`] vectors.
const BUDGET: usize = EXACT * EXACT / 2;
/// Leading components along which larger sets are sorted.
const COMPONENTS: usize = 3;
/// Vectors that the components are found from, and rounds of power iteration.
const SAMPLE: usize = 2_000;
const ROUNDS: usize = 30;
/// Rows of one block: two blocks of 512 numbers fit the cache.
const BLOCK: usize = 64;

/// Two positions, `a < b`, and the cosine of their vectors.
pub(super) type Pair = (usize, usize, f32);

/// Gathers, part by part in a fixed order, the pairs with a cosine of at least `threshold` that `wanted`
/// asks for. Parts rather than pairs are returned because a library of equals has too many pairs to keep.
///
/// Vectors are of unit length and of one width. Past [`EXACT`] vectors the work is bounded: the vectors are
/// sorted along each of their three leading principal components, and each is compared with those that
/// follow it, as far as the work for [`EXACT`] vectors goes. Two vectors at cosine `c` differ by at most
/// `sqrt(2 - 2c)` along any component, copies by nothing; what is missed are pairs that are merely alike
/// and have thousands of others between them on all three components.
pub(super) fn gather<A: Default + Send>(
    vectors: &[&[f32]],
    threshold: f32,
    wanted: impl Fn(usize, usize) -> bool + Sync,
    add: impl Fn(&mut A, Pair) + Sync,
) -> Vec<A> {
    let compare = |part: &mut A, a: usize, b: usize| {
        let (a, b) = (a.min(b), a.max(b));
        if wanted(a, b) {
            let cosine = dot(vectors[a], vectors[b]);
            if cosine >= threshold {
                add(part, (a, b, cosine));
            }
        }
    };
    if vectors.len() <= EXACT {
        exact(vectors.len(), compare)
    } else {
        let reach = (BUDGET / COMPONENTS / vectors.len()).max(1);
        sorted(&places(vectors), reach, compare)
    }
}

/// Every pair, block against block.
fn exact<A: Default + Send>(count: usize, compare: impl Fn(&mut A, usize, usize) + Sync) -> Vec<A> {
    let blocks = count.div_ceil(BLOCK);
    let gathered = |left: usize| {
        let mut part = A::default();
        for right in left..blocks {
            for a in rows(left, count) {
                rows(right, count).filter(|b| *b > a).for_each(|b| compare(&mut part, a, b));
            }
        }
        part
    };
    (0..blocks).into_par_iter().map(gathered).collect()
}

fn rows(block: usize, count: usize) -> std::ops::Range<usize> {
    block * BLOCK..((block + 1) * BLOCK).min(count)
}

/// Pairs at most `reach` places apart in one of the orders, each taken where it is first seen.
fn sorted<A: Default + Send>(
    places: &[Vec<usize>],
    reach: usize,
    compare: impl Fn(&mut A, usize, usize) + Sync,
) -> Vec<A> {
    let mut parts = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let mut order = vec![0; place.len()];
        place.iter().enumerate().for_each(|(vector, place)| order[*place] = vector);
        let unseen = |a: usize, b: usize| places[..at].iter().all(|it| it[a].abs_diff(it[b]) > reach);
        let gathered = |left: usize| {
            let mut part = A::default();
            for right in left..=((left + 1) * BLOCK + reach).min(order.len() - 1) / BLOCK {
                for first in rows(left, order.len()) {
                    let others = rows(right, order.len()).filter(|it| *it > first && *it <= first + reach);
                    let (a, others) = (order[first], others.map(|it| order[it]));
                    others.filter(|b| unseen(a, *b)).for_each(|b| compare(&mut part, a, b));
                }
            }
            part
        };
        parts.par_extend((0..order.len().div_ceil(BLOCK)).into_par_iter().map(gathered));
    }
    parts
}

/// For each leading component, the place of each vector in the order along it.
fn places(vectors: &[&[f32]]) -> Vec<Vec<usize>> {
    let components = components(vectors);
    let place = |component: &Vec<f32>| {
        let along: Vec<f32> = vectors.par_iter().map(|it| dot(it, component)).collect();
        let mut order: Vec<usize> = (0..vectors.len()).collect();
        order.sort_by(|a, b| along[*a].total_cmp(&along[*b]).then(a.cmp(b)));
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, vector)| place[*vector] = at);
        place
    };
    components.iter().map(place).collect()
}

/// Leading principal components of a sample spread evenly over the vectors, by power iteration.
fn components(vectors: &[&[f32]]) -> Vec<Vec<f32>> {
    let width = vectors.first().map_or(0, |it| it.len());
    let step = vectors.len().div_ceil(SAMPLE).max(1);
    let mut sample: Vec<Vec<f32>> = vectors.iter().step_by(step).map(|it| it.to_vec()).collect();
    let mut mean = vec![0.0; width];
    sample.iter().for_each(|row| add(&mut mean, row, 1.0 / sample.len() as f32));
    sample.iter_mut().for_each(|row| add(row, &mean, -1.0));
    let mut random = SplitMix64::new(7);
    let mut components: Vec<Vec<f32>> = Vec::new();
    for _ in 0..COMPONENTS.min(width) {
        let mut component: Vec<f32> = (0..width).map(|_| random.normal() as f32).collect();
        for _ in 0..ROUNDS {
            let mut next = vec![0.0; width];
            sample.iter().for_each(|row| add(&mut next, row, dot(row, &component)));
            for earlier in &components {
                let along = dot(&next, earlier);
                add(&mut next, earlier, -along);
            }
            let length = dot(&next, &next).sqrt();
            // Vectors that are all the same have no components; any direction serves.
            if length <= f32::MIN_POSITIVE {
                break;
            }
            next.iter_mut().for_each(|it| *it /= length);
            component = next;
        }
        components.push(component);
    }
    components
}

fn add(to: &mut [f32], row: &[f32], factor: f32) {
    to.iter_mut().zip(row).for_each(|(to, it)| *to += factor * it);
}

/// Dot product in sixteen lanes, in the same order on every machine.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let mut lanes = [0.0_f32; LANES];
    let (left, right) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in left.zip(right) {
        for lane in 0..LANES {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A random direction.
    pub(in crate::evaluate) fn unit(random: &mut SplitMix64, width: usize) -> Vec<f32> {
        scaled((0..width).map(|_| random.normal() as f32).collect())
    }

    fn scaled(mut vector: Vec<f32>) -> Vec<f32> {
        let length = dot(&vector, &vector).sqrt();
        vector.iter_mut().for_each(|it| *it /= length);
        vector
    }

    /// A direction at about the given cosine from another.
    pub(in crate::evaluate) fn near(random: &mut SplitMix64, to: &[f32], cosine: f32) -> Vec<f32> {
        let mut away = unit(random, to.len());
        let along = dot(&away, to);
        add(&mut away, to, -along);
        let away = scaled(away);
        scaled(to.iter().zip(away).map(|(a, b)| cosine * a + (1.0 - cosine * cosine).sqrt() * b).collect())
    }

    fn pairs(vectors: &[&[f32]], threshold: f32, wanted: impl Fn(usize, usize) -> bool + Sync) -> Vec<Pair> {
        let parts = gather(vectors, threshold, wanted, |part: &mut Vec<Pair>, pair| part.push(pair));
        let mut pairs = parts.concat();
        pairs.sort_by_key(|it| (it.0, it.1));
        pairs
    }

    fn slices(vectors: &[Vec<f32>]) -> Vec<&[f32]> {
        vectors.iter().map(Vec::as_slice).collect()
    }

    #[test]
    fn every_pair_of_a_small_set_is_found_once() {
        let mut random = SplitMix64::new(2);
        let mut vectors: Vec<Vec<f32>> = (0..150).map(|_| unit(&mut random, 37)).collect();
        for at in 0..20 {
            vectors.push(near(&mut random, &vectors[7 * at].clone(), if at < 10 { 0.98 } else { 0.9 }));
        }
        let found = pairs(&slices(&vectors), 0.97, |_, _| true);
        let expected: Vec<(usize, usize)> = (0..10).map(|at| (7 * at, 150 + at)).collect();
        assert_eq!(found.iter().map(|it| (it.0, it.1)).collect::<Vec<_>>(), expected);
        assert!(found.iter().all(|it| (it.2 - 0.98).abs() < 1e-3));
        assert_eq!(pairs(&slices(&vectors), 0.97, |a, _| a == 14).len(), 1);
        assert_eq!(pairs(&[], 0.97, |_, _| true), []);
    }

    #[test]
    fn large_sets_find_all_copies_and_most_that_are_alike() {
        // Directions of unequal spread, as embeddings have.
        let mut random = SplitMix64::new(3);
        let count = EXACT + 4_000;
        let mut vectors: Vec<Vec<f32>> = (0..count)
            .map(|_| scaled((0..32).map(|at| random.normal() as f32 / (1.0 + 0.3 * at as f32)).collect()))
            .collect();
        for at in 0..400 {
            let cosine = if at < 200 { 1.0 } else { 0.98 };
            vectors.push(near(&mut random, &vectors[50 * at].clone(), cosine));
        }
        let found = pairs(&slices(&vectors), 0.97, |a, b| b >= count && a == 50 * (b - count));
        let copies = found.iter().filter(|it| it.1 < count + 200).count();
        assert_eq!(copies, 200);
        assert!(found.len() >= 390, "{}", found.len());
        let mut once = found.clone();
        once.dedup_by_key(|it| (it.0, it.1));
        assert_eq!(once.len(), found.len());
    }

    #[test]
    fn the_leading_component_is_the_widest_direction() {
        let mut random = SplitMix64::new(4);
        let vectors: Vec<Vec<f32>> = (0..500)
            .map(|_| {
                let mut vector: Vec<f32> = (0..20).map(|_| random.normal() as f32).collect();
                vector[3] *= 5.0;
                vector[8] *= 3.0;
                vector
            })
            .collect();
        let found = components(&slices(&vectors));
        assert!(found[0][3].abs() > 0.98 && found[1][8].abs() > 0.95, "{found:?}");
        assert!(dot(&found[0], &found[1]).abs() < 1e-4);
    }
}
