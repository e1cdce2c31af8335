//! Headline tests: pairs of headlines that ran against each other under one picture.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use gancho_copy::normalize;
use gancho_scorer::Outcome;
use serde::Deserialize;

/// One headline in one cell, a cell being a test and a picture.
#[derive(Debug, Clone)]
pub(crate) struct Arm {
    /// Normalized, as in use.
    pub(crate) headline: String,
    pub(crate) cell: usize,
    /// Unit of every split: tests that share a headline or a picture.
    pub(crate) group: String,
    pub(crate) outcome: Outcome,
}

/// Two arms of one cell.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) id: String,
    pub(crate) a: usize,
    pub(crate) b: usize,
    pub(crate) group: String,
    /// Whether the difference is more than chance: |z| > 1.96, or elsewhere the publisher's own rule.
    pub(crate) decided: bool,
    /// Whether a won; nothing for a tie.
    pub(crate) a_wins: Option<bool>,
    /// Whether the assignment of visitors is known to have been random.
    pub(crate) sound: bool,
    pub(crate) year: String,
}

/// A part of the archive.
#[derive(Debug, Default)]
pub(crate) struct Tests {
    pub(crate) arms: Vec<Arm>,
    pub(crate) pairs: Vec<Pair>,
}

#[derive(Deserialize)]
struct Record {
    pair_id: String,
    clickability_test_id: String,
    group_id: String,
    test_id_time_utc: String,
    sound_randomisation: u8,
    eyecatcher_id: String,
    headline_a: String,
    headline_b: String,
    clicks_a: u64,
    impressions_a: u64,
    clicks_b: u64,
    impressions_b: u64,
    z: f64,
    a_wins: i8,
}

impl Tests {
    /// Reads `pairs_<part>.csv.gz`.
    pub(crate) fn read(folder: &Path, part: &str) -> Result<Self> {
        let path = folder.join(format!("pairs_{part}.csv.gz"));
        let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        let mut tests = Self::default();
        let mut cells: BTreeMap<(String, String), usize> = BTreeMap::new();
        let mut arms: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for record in csv::Reader::from_reader(GzDecoder::new(file)).deserialize() {
            let record: Record = record.with_context(|| format!("cannot read {}", path.display()))?;
            let next = cells.len();
            let cell = *cells.entry((record.clickability_test_id, record.eyecatcher_id)).or_insert(next);
            let mut arm = |headline: String, impressions: u64, clicks: u64| {
                *arms.entry((cell, headline.clone())).or_insert_with(|| {
                    let (headline, group) = (normalize(&headline), record.group_id.clone());
                    tests.arms.push(Arm { headline, cell, group, outcome: Outcome { impressions, clicks } });
                    tests.arms.len() - 1
                })
            };
            let a = arm(record.headline_a, record.impressions_a, record.clicks_a);
            let b = arm(record.headline_b, record.impressions_b, record.clicks_b);
            tests.pairs.push(Pair {
                id: record.pair_id,
                a,
                b,
                group: record.group_id,
                decided: record.z.abs() > 1.96,
                a_wins: (record.a_wins >= 0).then_some(record.a_wins == 1),
                sound: record.sound_randomisation == 1,
                year: year(&record.test_id_time_utc),
            });
        }
        Ok(tests)
    }

    /// Reads `ars_pairs_<part>.csv`: tests of two headlines at another publisher, without counts of clicks.
    pub(crate) fn read_elsewhere(folder: &Path, part: &str) -> Result<Self> {
        let path = folder.join(format!("ars_pairs_{part}.csv"));
        let file = File::open(&path).with_context(|| format!("cannot open {}", path.display()))?;
        let mut tests = Self::default();
        for (cell, record) in csv::Reader::from_reader(file).deserialize().enumerate() {
            let record: ElsewhereRecord =
                record.with_context(|| format!("cannot read {}", path.display()))?;
            let a = tests.arms.len();
            for headline in [&record.headline_a, &record.headline_b] {
                let outcome = Outcome { impressions: 0, clicks: 0 };
                let (headline, group) = (normalize(headline), record.group_id.clone());
                tests.arms.push(Arm { headline, cell, group, outcome });
            }
            tests.pairs.push(Pair {
                id: record.pair_id,
                a,
                b: a + 1,
                group: record.group_id,
                decided: record.confidence.is_some_and(|it| it >= 95.0),
                a_wins: (record.a_wins >= 0).then_some(record.a_wins == 1),
                sound: true,
                year: year(&record.time_local),
            });
        }
        Ok(tests)
    }

    /// The headlines of all arms.
    pub(crate) fn headlines(&self) -> impl Iterator<Item = &str> {
        self.arms.iter().map(|it| it.headline.as_str())
    }

    /// Arms by cell; only cells with at least two.
    pub(crate) fn cells(&self) -> Vec<Vec<usize>> {
        let mut cells: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (arm, it) in self.arms.iter().enumerate() {
            cells.entry(it.cell).or_default().push(arm);
        }
        cells.into_values().filter(|it| it.len() >= 2).collect()
    }
}

#[derive(Deserialize)]
struct ElsewhereRecord {
    pair_id: String,
    group_id: String,
    time_local: String,
    headline_a: String,
    headline_b: String,
    confidence: Option<f64>,
    a_wins: i8,
}

/// The year of a date that begins with it.
fn year(date: &str) -> String {
    date.chars().take(4).collect()
}

/// The fold of a group: by hash, so that it never depends on the order of rows.
pub(crate) fn fold(group: &str, folds: u64) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    let hash = group.bytes().fold(0xcbf2_9ce4_8422_2325, step);
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) % folds
}
