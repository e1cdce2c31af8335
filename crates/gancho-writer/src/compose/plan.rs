//! Plans: which frame stands in which field with which facts.
//!
//! The product of frames, facts and invitations runs into the hundred thousands. It is not enumerated but walked:
//! frames of every family in turn, each field at its own pace, so that any stretch of candidates is already
//! diverse; the facts follow from the seed and the candidate's number.

use super::bank::Frame;
use std::collections::BTreeMap;

/// A number that looks random and depends on nothing but its inputs (splitmix64).
pub(crate) fn mix(seed: u64, step: u64) -> u64 {
    let mut z =
        seed.wrapping_add(step.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A permutation that depends on a number alone.
pub(crate) fn shuffled<T: Clone>(items: &[T], number: u64) -> Vec<T> {
    let mut out = items.to_vec();
    for i in (1..out.len()).rev() {
        let at = (mix(number, i as u64) % (i as u64 + 1)) as usize;
        out.swap(i, at);
    }
    out
}

/// Frames in the order in which they take turns: families alternate, and within a family the seed decides.
pub(crate) fn stratified(frames: &[&'static Frame], seed: u64) -> Vec<&'static Frame> {
    let mut families: BTreeMap<&str, Vec<&'static Frame>> = BTreeMap::new();
    for frame in frames {
        families.entry(&frame.family).or_default().push(frame);
    }
    let names: Vec<&str> = families.keys().copied().collect();
    let order = shuffled(&names, seed);
    let queues: Vec<Vec<&'static Frame>> =
        order.iter().enumerate().map(|(i, name)| shuffled(&families[name], mix(seed, i as u64))).collect();
    let longest = queues.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest)
        .flat_map(|row| queues.iter().filter_map(move |it| it.get(row).copied()).collect::<Vec<_>>())
        .collect()
}

/// Which frame of `count` the field number `field` shows in candidate `number`: all pairs of fields come up.
pub(crate) fn turn(number: usize, field: usize, counts: &[usize]) -> usize {
    let before: usize = counts[..field].iter().product::<usize>().max(1);
    let drift = if field == 0 { 0 } else { number / before };
    (number + drift + 7 * field) % counts[field].max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_pairs_of_frames_come_up() {
        let counts = [5, 7];
        let pairs: BTreeSet<(usize, usize)> =
            (0..35).map(|i| (turn(i, 0, &counts), turn(i, 1, &counts))).collect();
        assert_eq!(pairs.len(), 35);
        // Equal counts would stay in step without the drift.
        let counts = [6, 6];
        let pairs: BTreeSet<(usize, usize)> =
            (0..36).map(|i| (turn(i, 0, &counts), turn(i, 1, &counts))).collect();
        assert_eq!(pairs.len(), 36);
    }

    #[test]
    fn a_permutation_keeps_every_item() {
        let mut order = shuffled(&[0, 1, 2, 3, 4], 9);
        assert_eq!(order, shuffled(&[0, 1, 2, 3, 4], 9));
        order.sort_unstable();
        assert_eq!(order, [0, 1, 2, 3, 4]);
    }
}
