//! Word lists of one language, by which the phrases of a brief are classified.

use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// The lists of `phrases/*-words.toml`, which say what each is for.
#[derive(Debug, Default)]
pub(crate) struct Words {
    pub(crate) verbs: HashSet<String>,
    pub(crate) verbs_or_nouns: HashSet<String>,
    pub(crate) nouns: HashSet<String>,
    pub(crate) adjectives: HashSet<String>,
    pub(crate) imperatives: HashSet<String>,
    pub(crate) participles: HashSet<String>,
    pub(crate) owned: HashSet<String>,
    pub(crate) mass: HashSet<String>,
    pub(crate) count: HashSet<String>,
    pub(crate) commons: HashSet<String>,
    pub(crate) review: HashSet<String>,
    pub(crate) award: Vec<String>,
    pub(crate) cert: HashSet<String>,
    pub(crate) origin: HashSet<String>,
    pub(crate) deadlines: Vec<String>,
    pub(crate) months: HashSet<String>,
    pub(crate) units: HashSet<String>,
    pub(crate) sectors: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    verbs: String,
    #[serde(default)]
    verbs_or_nouns: String,
    nouns: String,
    adjectives: String,
    imperatives: String,
    #[serde(default)]
    participles: String,
    owned: String,
    mass: String,
    #[serde(default)]
    count: String,
    commons: String,
    review: Vec<String>,
    award: Vec<String>,
    cert: Vec<String>,
    origin: Vec<String>,
    deadlines: Vec<String>,
    months: Vec<String>,
    units: Vec<String>,
    sectors: BTreeMap<String, Vec<String>>,
}

impl Words {
    pub(crate) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(text)?;
        let set = |text: &str| text.split_whitespace().map(str::to_owned).collect::<HashSet<_>>();
        Ok(Self {
            verbs: set(&file.verbs),
            verbs_or_nouns: set(&file.verbs_or_nouns),
            nouns: set(&file.nouns),
            adjectives: set(&file.adjectives),
            imperatives: set(&file.imperatives),
            participles: set(&file.participles),
            owned: set(&file.owned),
            mass: set(&file.mass),
            count: set(&file.count),
            commons: set(&file.commons),
            review: file.review.into_iter().collect(),
            award: file.award,
            cert: file.cert.into_iter().collect(),
            origin: file.origin.into_iter().collect(),
            deadlines: file.deadlines,
            months: file.months.into_iter().collect(),
            units: file.units.into_iter().collect(),
            sectors: file.sectors,
        })
    }
}
