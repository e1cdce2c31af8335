//! From candidates to the few that are shown: gate, reading, score and diversity.

use super::composer::{ComposeError, Composer, Place};
use super::readable::readable;
use crate::brief::Brief;
use crate::gate::{Gate, ViolationKind};
use crate::variant::{Field, Variant};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Candidates per wanted variant that are chosen from. Beyond a few dozens an imperfect scorer is only exploited
/// (Gao et al., arXiv:2210.10760).
const POOL_PER_VARIANT: usize = 40;
/// Most candidates that are put before the gate.
const MOST_JUDGED: usize = 6_000;
/// So many known candidates in a row, and the brief has no more to give.
const MOST_REPEATS: usize = 1_200;
/// How much diversity weighs against merit (Carbonell and Goldstein's lambda is one minus this).
const DIVERSITY: f64 = 0.8;

/// What came out.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// The chosen ads, best first.
    pub variants: Vec<Variant>,
    /// Candidates that were not shown, by the rule that stopped them.
    pub dropped: BTreeMap<ViolationKind, usize>,
    /// How many different candidates were put before the gate.
    pub judged: usize,
    /// How many of them were not stopped.
    pub passed: usize,
    /// Fields that nothing fits, and why there are fewer ads than were asked for.
    pub notes: Vec<Blocked>,
}

/// What keeps a brief from more variants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Blocked {
    /// No frame fits a field: even the shortest is longer than it.
    NothingFits {
        /// The field.
        field: Field,
        /// Its limit.
        limit: usize,
        /// The shortest text found, if any.
        shortest: Option<String>,
    },
    /// A rule stopped most of the candidates.
    Rule {
        /// Which.
        rule: ViolationKind,
        /// How many it stopped.
        stopped: usize,
        /// One of them.
        example: String,
    },
    /// The brief states too little for more.
    FewFacts {
        /// Different ads found.
        found: usize,
    },
}

/// Ads for a brief: candidates that pass the gate, chosen for merit and diversity.
///
/// `score` rates whole ads, higher is better, in the order given; only the order of its numbers counts. The same
/// brief, count, seed and score give the same ads.
///
/// # Errors
/// [`ComposeError`] when nothing may be written at all. Too few variants are no error: see [`Composed::notes`].
pub fn compose(
    brief: &Brief,
    gate: &Gate,
    count: usize,
    seed: u64,
    score: &dyn Fn(&[Variant]) -> Vec<f64>,
) -> Result<Composed, ComposeError> {
    let checked = brief.check();
    let composer = Composer::of(&checked)?;
    let mut desk = Desk::new(gate);
    let mut pool: Vec<Variant> = Vec::new();
    let mut stated: Vec<usize> = Vec::new();
    let mut seen = HashSet::new();
    let mut repeats = 0;
    let wanted = count.saturating_mul(POOL_PER_VARIANT);
    for candidate in composer.candidates(seed).take(MOST_JUDGED) {
        if pool.len() >= wanted || repeats > MOST_REPEATS {
            break;
        }
        let facts = candidate.facts;
        let variant = Variant::from(candidate);
        if !seen.insert(variant.text()) {
            repeats += 1;
            continue;
        }
        repeats = 0;
        if desk.lines_pass(&variant) {
            pool.push(variant);
            stated.push(facts);
        }
    }
    let found = pool.len();
    let merit = merit(&pool, &stated, &checked.placement, score);
    let variants = diverse(pool, &merit, count, &mut desk);
    let passed = found - desk.refused;
    let mut notes = unfilled(&composer);
    if variants.len() < count {
        notes.extend(blocked(&desk, variants.len()));
    }
    Ok(Composed { variants, dropped: desk.dropped, judged: seen.len(), passed, notes })
}

/// Where the gate's verdicts are kept. Ads share lines, so a line is judged once; the rules for whole ads are
/// asked for those that would be chosen.
struct Desk<'a> {
    gate: &'a Gate,
    lines: HashMap<(Field, String), Vec<ViolationKind>>,
    dropped: BTreeMap<ViolationKind, usize>,
    examples: BTreeMap<ViolationKind, String>,
    /// Ads whose lines pass but which do not as a whole.
    refused: usize,
}

impl<'a> Desk<'a> {
    fn new(gate: &'a Gate) -> Self {
        let (lines, dropped, examples) = Default::default();
        Self { gate, lines, dropped, examples, refused: 0 }
    }

    fn lines_pass(&mut self, variant: &Variant) -> bool {
        let mut broken = BTreeSet::new();
        for (field, text) in &variant.fields {
            let judge = || self.gate.judge(*field, text).into_iter().map(|it| it.kind).collect();
            broken.extend(self.lines.entry((*field, text.clone())).or_insert_with(judge).iter().copied());
        }
        self.note(broken, variant)
    }

    fn whole_passes(&mut self, variant: &Variant) -> bool {
        let broken = self.gate.judge_fields(&variant.fields).into_iter().map(|it| it.kind).collect();
        let passes = self.note(broken, variant);
        self.refused += usize::from(!passes);
        passes
    }

    fn note(&mut self, broken: BTreeSet<ViolationKind>, variant: &Variant) -> bool {
        for kind in &broken {
            *self.dropped.entry(*kind).or_insert(0) += 1;
            self.examples.entry(*kind).or_insert_with(|| variant.text());
        }
        broken.is_empty()
    }
}

/// Reading with coverage, and score, each from 0 to 1, in equal parts; the score counts by rank.
fn merit(
    pool: &[Variant],
    stated: &[usize],
    placement: &crate::placement::Placement,
    score: &dyn Fn(&[Variant]) -> Vec<f64>,
) -> Vec<f64> {
    let scores = score(pool);
    let mut order: Vec<usize> = (0..pool.len()).collect();
    let of = |i: usize| scores.get(i).copied().filter(|it| it.is_finite()).unwrap_or(f64::MIN);
    order.sort_by(|a, b| of(*a).total_cmp(&of(*b)).then(a.cmp(b)));
    let flat = scores.windows(2).all(|pair| pair[0] == pair[1]);
    // An ad that says more of the brief is worth more, up to what a reader takes in.
    let most = stated.iter().copied().max().unwrap_or(1).clamp(1, 6) as f64;
    let covered = |i: usize| stated[i] as f64 / most;
    let read = |(i, it)| 0.7 * readable(it, placement) + 0.3 * f64::min(covered(i), 1.0);
    let mut merit: Vec<f64> = pool.iter().enumerate().map(read).collect();
    if !flat {
        let last = pool.len().saturating_sub(1).max(1) as f64;
        for (rank, i) in order.into_iter().enumerate() {
            merit[i] = f64::midpoint(merit[i], rank as f64 / last);
        }
    }
    merit
}

/// Greedy maximal marginal relevance: merit against likeness to what is chosen.
fn diverse(pool: Vec<Variant>, merit: &[f64], count: usize, desk: &mut Desk<'_>) -> Vec<Variant> {
    let prints: Vec<Print> = pool.iter().map(Print::of).collect();
    let mut nearest = vec![0.0_f64; pool.len()];
    let mut left: Vec<usize> = (0..pool.len()).collect();
    let mut bigrams: HashSet<u64> = HashSet::new();
    let mut chosen = Vec::new();
    while chosen.len() < count && !left.is_empty() {
        let value = |i: usize| {
            let stale = prints[i].bigrams.iter().filter(|it| bigrams.contains(it)).count() as f64
                / prints[i].bigrams.len().max(1) as f64;
            (1.0 - DIVERSITY) * merit[i] - DIVERSITY * (0.25 * nearest[i] + 0.75 * stale)
        };
        let best = (0..left.len()).max_by(|a, b| {
            // Of equals the earlier candidate wins, so that the order never depends on the machine.
            value(left[*a]).total_cmp(&value(left[*b])).then(left[*b].cmp(&left[*a]))
        });
        let Some(best) = best else { break };
        let pick = left.swap_remove(best);
        left.sort_unstable();
        if !desk.whole_passes(&pool[pick]) {
            continue;
        }
        for i in &left {
            nearest[*i] = nearest[*i].max(prints[*i].likeness(&prints[pick]));
        }
        left.retain(|i| nearest[*i] < 0.8);
        bigrams.extend(prints[pick].bigrams.iter().copied());
        chosen.push(pick);
    }
    let mut pool: Vec<Option<Variant>> = pool.into_iter().map(Some).collect();
    chosen.into_iter().filter_map(|i| pool[i].take()).collect()
}

/// What two ads are compared by.
struct Print {
    /// Hashes of runs of four characters, sorted.
    grams: Vec<u64>,
    /// Hashes of pairs of words.
    bigrams: Vec<u64>,
    /// Hashes of whole fields.
    fields: Vec<u64>,
}

impl Print {
    fn of(variant: &Variant) -> Self {
        let text = variant.text().to_lowercase();
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric() || *c == ' ').collect();
        let mut grams: Vec<u64> = chars.windows(4).map(hash).collect();
        grams.sort_unstable();
        grams.dedup();
        let words: Vec<&str> =
            text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let bigrams = words.windows(2).map(hash).collect();
        Self { grams, bigrams, fields: variant.fields.iter().map(|it| hash(&[it])).collect() }
    }

    /// Jaccard's index of the character runs; two ads with a field in common are never less alike than 0.5.
    fn likeness(&self, other: &Self) -> f64 {
        let (mut i, mut j, mut both) = (0, 0, 0_usize);
        while i < self.grams.len() && j < other.grams.len() {
            match self.grams[i].cmp(&other.grams[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    both += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        let all = self.grams.len() + other.grams.len() - both;
        let jaccard = both as f64 / all.max(1) as f64;
        let shared = self.fields.iter().any(|it| other.fields.contains(it));
        if shared { jaccard.max(0.5) } else { jaccard }
    }
}

/// FNV-1a over what `Hash` feeds it: stable between runs and machines.
fn hash<T: std::hash::Hash>(items: &[T]) -> u64 {
    struct Fnv(u64);
    impl std::hash::Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    let mut state = Fnv(0xcbf2_9ce4_8422_2325);
    for item in items {
        item.hash(&mut state);
    }
    std::hash::Hasher::finish(&state)
}

fn unfilled(composer: &Composer) -> Vec<Blocked> {
    let note = |place: &Place| Blocked::NothingFits {
        field: place.field,
        limit: place.room.limit,
        shortest: composer.shortest(place),
    };
    composer.unfilled().map(note).collect()
}

fn blocked(desk: &Desk<'_>, found: usize) -> Vec<Blocked> {
    let mut rules: Vec<(&ViolationKind, &usize)> = desk.dropped.iter().collect();
    rules.sort_by_key(|(kind, stopped)| (usize::MAX - **stopped, **kind));
    let mut notes: Vec<Blocked> = rules
        .into_iter()
        .take(3)
        .map(|(rule, stopped)| Blocked::Rule {
            rule: *rule,
            stopped: *stopped,
            example: desk.examples.get(rule).cloned().unwrap_or_default(),
        })
        .collect();
    notes.push(Blocked::FewFacts { found });
    notes
}
