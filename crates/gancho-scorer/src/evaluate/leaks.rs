//! Content that stands on both sides of a split, so that a model is asked what it was told.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::neighbors;

/// Most leaks that are named.
const EXAMPLES: usize = 20;
/// Cosine from which two embeddings are taken for the same content, where nothing else is asked for.
pub const SAME_CONTENT: f32 = 0.97;

/// What is known of the content of a unit, and where it is held.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Content<'a> {
    /// Side of the split, or number of what is held out together (a campaign, for [`join`]).
    pub side: usize,
    /// Hash of the picture.
    pub picture: Option<&'a str>,
    /// Hash of the text.
    pub text: Option<&'a str>,
    /// Embedding of unit length. One of another width than the first, or with a number that is not finite,
    /// is left out.
    pub embedding: Option<&'a [f32]>,
}

/// What two units share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shared {
    /// The same picture.
    Picture,
    /// The same text.
    Text,
    /// Different pictures that look alike, by cosine of embeddings.
    LookAlike,
}

/// Two units of different sides that share content.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Leak {
    /// Position of the first unit.
    pub a: usize,
    /// Position of the second unit.
    pub b: usize,
    /// What they share.
    pub shared: Shared,
    /// Cosine of their embeddings; 1 for the same picture or text.
    pub cosine: f32,
}

/// All that stands on both sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Leaks {
    /// Pairs of units of different sides with the same picture.
    pub same_picture: u64,
    /// Pairs with the same text.
    pub same_text: u64,
    /// Pairs that look alike and do not have the same picture.
    pub look_alike: u64,
    /// Units in any such pair.
    pub units: u64,
    /// Whether all pairs of embeddings were compared; past 20,000 some that are merely alike may be missed.
    pub exact: bool,
    /// At most 20 of them, first of each kind in turn.
    pub examples: Vec<Leak>,
}

/// Finds units of different sides that share content; `threshold` is usually [`SAME_CONTENT`].
///
/// Equal pictures and texts are counted without going through their pairs. Embeddings are compared one by
/// one up to 20,000 units; beyond, along their leading components within the same work: copies are found,
/// but of pairs that are merely alike those with thousands of others between them on three components are
/// missed.
pub fn leaks(units: &[Content<'_>], threshold: f32) -> Leaks {
    let mut touched = vec![false; units.len()];
    let mut kinds = [Vec::new(), Vec::new(), Vec::new()];
    let [pictures, texts, alike] = &mut kinds;
    let same_picture = same(units, |it| it.picture, Shared::Picture, &mut touched, pictures);
    let same_text = same(units, |it| it.text, Shared::Text, &mut touched, texts);
    let embedded = Embedded::of(units);
    let parts = embedded.gather(threshold, |part: &mut Alike, (a, b, cosine)| {
        part.pairs += 1;
        part.units.extend([a, b]);
        if part.examples.len() < EXAMPLES {
            part.examples.push(Leak { a, b, shared: Shared::LookAlike, cosine });
        }
    });
    let look_alike = parts.iter().map(|it| it.pairs).sum();
    for part in parts {
        part.units.into_iter().for_each(|it| touched[it] = true);
        alike.extend(part.examples);
    }
    sort(alike);
    let mut turns: Vec<(usize, Leak)> = kinds.into_iter().flat_map(|it| it.into_iter().enumerate()).collect();
    turns.sort_by_key(|(turn, leak)| (*turn, leak.shared));
    Leaks {
        same_picture,
        same_text,
        look_alike,
        units: touched.iter().filter(|it| **it).count() as u64,
        exact: embedded.vectors.len() <= neighbors::EXACT,
        examples: turns.into_iter().take(EXAMPLES).map(|it| it.1).collect(),
    }
}

/// Numbers, from 0, of what has to be held out together: sides that share content, directly or by way of
/// others, become one. One number a unit, in the order of the least side in each.
///
/// One picture used by every campaign joins them all; the caller should then hold out by something else,
/// or leave that content out.
pub fn join(units: &[Content<'_>], threshold: f32) -> Vec<usize> {
    let mut sides: BTreeMap<usize, usize> = units.iter().map(|it| (it.side, 0)).collect();
    sides.values_mut().enumerate().for_each(|(at, it)| *it = at);
    let mut sets = Sets { parent: (0..sides.len()).collect() };
    let at = |unit: usize| sides[&units[unit].side];
    let (mut pictures, mut texts) = (BTreeMap::new(), BTreeMap::new());
    for (unit, content) in units.iter().enumerate() {
        for (key, first) in [(content.picture, &mut pictures), (content.text, &mut texts)] {
            if let Some(key) = key {
                sets.join(at(*first.entry(key).or_insert(unit)), at(unit));
            }
        }
    }
    let embedded = Embedded::of(units);
    let parts = embedded.gather(threshold, |part: &mut BTreeSet<(usize, usize)>, (a, b, _)| {
        part.insert((at(a), at(b)));
    });
    parts.into_iter().flatten().for_each(|(a, b)| sets.join(a, b));
    // The root of each set is its least side, so roots in order number the sets.
    let roots: Vec<usize> = (0..sides.len()).map(|it| sets.root(it)).collect();
    let numbers: BTreeMap<usize, usize> = roots.iter().map(|it| (*it, 0)).collect();
    let numbers: BTreeMap<usize, usize> = numbers.into_keys().enumerate().map(|(at, it)| (it, at)).collect();
    (0..units.len()).map(|unit| numbers[&roots[at(unit)]]).collect()
}

/// Counts pairs of different sides with the same key, and keeps one example of each key.
fn same<'a>(
    units: &[Content<'a>],
    key: impl Fn(&Content<'a>) -> Option<&'a str>,
    shared: Shared,
    touched: &mut [bool],
    examples: &mut Vec<Leak>,
) -> u64 {
    let mut sharing: BTreeMap<&str, BTreeMap<usize, Vec<usize>>> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        if let Some(key) = key(unit) {
            sharing.entry(key).or_default().entry(unit.side).or_default().push(at);
        }
    }
    let mut pairs = 0;
    let square = |count: usize| (count as u64).pow(2);
    for sides in sharing.into_values().filter(|it| it.len() > 1) {
        let all = sides.values().map(Vec::len).sum();
        pairs += (square(all) - sides.values().map(|it| square(it.len())).sum::<u64>()) / 2;
        sides.values().flatten().for_each(|it| touched[*it] = true);
        let mut firsts: Vec<usize> = sides.values().filter_map(|it| it.first().copied()).collect();
        firsts.sort_unstable();
        examples.push(Leak { a: firsts[0], b: firsts[1], shared, cosine: 1.0 });
    }
    sort(examples);
    pairs
}

fn sort(examples: &mut Vec<Leak>) {
    examples.sort_by_key(|it| (it.a, it.b));
    examples.truncate(EXAMPLES);
}

/// Look-alikes found in one part of the work.
#[derive(Default)]
struct Alike {
    pairs: u64,
    units: BTreeSet<usize>,
    examples: Vec<Leak>,
}

/// Units with an embedding.
struct Embedded<'a> {
    units: &'a [Content<'a>],
    positions: Vec<usize>,
    vectors: Vec<&'a [f32]>,
}

impl<'a> Embedded<'a> {
    fn of(units: &'a [Content<'a>]) -> Self {
        let width = units.iter().find_map(|it| it.embedding).map_or(0, <[f32]>::len);
        let sound = |it: &&[f32]| it.len() == width && it.iter().all(|it| it.is_finite());
        let (positions, vectors) = (units.iter().enumerate())
            .filter_map(|(at, unit)| unit.embedding.filter(sound).map(|it| (at, it)))
            .unzip();
        Self { units, positions, vectors }
    }

    /// Gathers pairs of units of different sides, without the same picture, whose embeddings are close.
    fn gather<A: Default + Send>(
        &self,
        threshold: f32,
        add: impl Fn(&mut A, neighbors::Pair) + Sync,
    ) -> Vec<A> {
        let unit = |at: usize| &self.units[self.positions[at]];
        let wanted = |a: usize, b: usize| {
            let (a, b) = (unit(a), unit(b));
            a.side != b.side && (a.picture.is_none() || a.picture != b.picture)
        };
        let add = |part: &mut A, (a, b, cosine): neighbors::Pair| {
            add(part, (self.positions[a], self.positions[b], cosine));
        };
        neighbors::gather(&self.vectors, threshold, wanted, add)
    }
}

/// Disjoint sets whose root is their least member.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::evaluate::SplitMix64;
    use crate::evaluate::neighbors::tests::{near, unit};

    fn content<'a>(side: usize, picture: &'a str, text: &'a str) -> Content<'a> {
        let key = |it: &'a str| Some(it).filter(|it| !it.is_empty());
        Content { side, picture: key(picture), text: key(text), embedding: None }
    }

    #[test]
    fn what_stands_on_both_sides_is_counted_and_named() {
        let units = [
            content(0, "p", "t"),
            content(0, "p", "u"),
            content(1, "p", "v"),
            content(1, "q", "t"),
            content(1, "", ""),
            content(0, "", ""),
            content(1, "r", "w"),
        ];
        let found = leaks(&units, SAME_CONTENT);
        assert_eq!((found.same_picture, found.same_text, found.look_alike, found.units), (2, 1, 0, 4));
        let named: Vec<_> = found.examples.iter().map(|it| (it.a, it.b, it.shared)).collect();
        assert_eq!(named, [(0, 2, Shared::Picture), (0, 3, Shared::Text)]);
        assert!(found.exact);
        let none = leaks(&[], SAME_CONTENT);
        assert_eq!((none.units, none.examples.len()), (0, 0));
    }

    #[test]
    fn pictures_that_look_alike_leak_only_across_sides_and_only_once() {
        let mut random = SplitMix64::new(1);
        let first = unit(&mut random, 64);
        let alike = near(&mut random, &first, 0.98);
        let other = near(&mut random, &first, 0.95);
        let wide = unit(&mut random, 65);
        let with = |side, picture, embedding| Content {
            side,
            picture: Some(picture),
            text: None,
            embedding: Some(embedding),
        };
        let units = [
            with(0, "a", first.as_slice()),
            with(1, "b", alike.as_slice()),
            with(0, "c", alike.as_slice()),
            with(1, "a", first.as_slice()),
            with(1, "d", other.as_slice()),
            with(1, "e", wide.as_slice()),
        ];
        let found = leaks(&units, SAME_CONTENT);
        // 0 and 3 have the same picture; 0-1, 1-2 (copies) and 2-3 look alike.
        assert_eq!((found.same_picture, found.look_alike, found.units), (1, 3, 4));
        assert_eq!(found.examples[0].shared, Shared::Picture);
        assert!((found.examples[1].cosine - 0.98).abs() < 1e-3);
        // The last but one is near the first; to its look-alike the cosine is about 0.98 * 0.95.
        assert_eq!(leaks(&units, 0.945).look_alike, 4);
    }

    #[test]
    fn examples_are_few_and_of_every_kind() {
        let keys: Vec<String> = (0..60).map(|it| format!("{it}")).collect();
        let mut units: Vec<Content<'_>> =
            (0..120).map(|it| content(it % 2, &keys[it / 2], if it < 4 { "same" } else { "" })).collect();
        let found = leaks(&units, SAME_CONTENT);
        assert_eq!((found.same_picture, found.same_text, found.units), (60, 4, 120));
        assert_eq!(found.examples.len(), 20);
        assert_eq!(found.examples.iter().filter(|it| it.shared == Shared::Text).count(), 1);
        units.iter_mut().for_each(|it| it.side = 0);
        assert_eq!(leaks(&units, SAME_CONTENT).units, 0);
    }

    #[test]
    fn sides_that_share_content_are_joined_by_way_of_others() {
        let mut random = SplitMix64::new(1);
        let first = unit(&mut random, 16);
        let alike = near(&mut random, &first, 0.99);
        let mut units = [
            content(9, "p", "t"),
            content(4, "q", "t"),
            content(4, "r", "u"),
            content(2, "s", "v"),
            content(7, "r", "w"),
            content(5, "x", "y"),
        ];
        assert_eq!(join(&units, SAME_CONTENT), [1, 1, 1, 0, 1, 2]);
        units[3].embedding = Some(&first);
        units[5].embedding = Some(&alike);
        assert_eq!(join(&units, SAME_CONTENT), [1, 1, 1, 0, 1, 0]);
        assert_eq!(join(&[], SAME_CONTENT), Vec::<usize>::new());
    }

    proptest! {
        #[test]
        fn joined_sides_leak_nothing_and_nothing_is_joined_without_a_cause(
            units in proptest::collection::vec((0_usize..8, 0_u8..12, 0_u8..12), 0..40)
        ) {
            let keys: Vec<(usize, String, String)> =
                units.iter().map(|it| (it.0, it.1.to_string(), it.2.to_string())).collect();
            let mut units: Vec<Content<'_>> = keys.iter().map(|it| content(it.0, &it.1, &it.2)).collect();
            let before = leaks(&units, SAME_CONTENT);
            let by_hand = |key: fn(&Content<'_>) -> Option<String>| {
                let pair = |a: usize, b: usize| units[a].side != units[b].side && key(&units[a]) == key(&units[b]);
                (0..units.len()).map(|a| (0..a).filter(|b| pair(a, *b)).count() as u64).sum::<u64>()
            };
            prop_assert_eq!(before.same_picture, by_hand(|it| it.picture.map(str::to_owned)));
            prop_assert_eq!(before.same_text, by_hand(|it| it.text.map(str::to_owned)));
            let joined = join(&units, SAME_CONTENT);
            for (a, unit) in units.iter().enumerate() {
                for (b, other) in units.iter().enumerate().filter(|(_, it)| it.side == unit.side) {
                    prop_assert_eq!(joined[a], joined[b], "{:?} {:?}", unit, other);
                }
            }
            let sides = |units: &[Content<'_>]| {
                units.iter().map(|it| it.side).collect::<BTreeSet<_>>().len()
            };
            let before_sides = sides(&units);
            units.iter_mut().zip(&joined).for_each(|(unit, joined)| unit.side = *joined);
            let after = leaks(&units, SAME_CONTENT);
            prop_assert_eq!(after.units, 0);
            prop_assert_eq!(before.units == 0, sides(&units) == before_sides);
        }
    }
}
