//! An invented account: headlines in campaigns, and what they earned by day and placement.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// What the results of an invented account are made of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Campaigns, and creatives in each.
    pub(crate) campaigns: usize,
    pub(crate) creatives: usize,
    /// Log-odds that a question adds to a click.
    pub(crate) question: f64,
    /// Log-odds that the placement `story` adds.
    pub(crate) story: f64,
    /// Whether the first headlines of each campaign are those of the first campaign.
    pub(crate) repeats: bool,
    pub(crate) seed: u64,
}

impl Default for Plan {
    fn default() -> Self {
        Self { campaigns: 10, creatives: 24, question: 0.9, story: 1.2, repeats: false, seed: 7 }
    }
}

/// `library.csv` and `results.csv` in a folder of their own.
pub(crate) struct Account {
    folder: TempDir,
}

impl Account {
    pub(crate) fn new(plan: Plan) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (library, results) = tables(plan);
        std::fs::write(folder.path().join("ads.csv"), library).unwrap();
        std::fs::write(folder.path().join("results.csv"), results).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

const OPENERS: [&str; 8] = [
    "Fresh bread",
    "Quiet shoes",
    "Warm coats",
    "Bright lamps",
    "Light bikes",
    "Soft towels",
    "Good tea",
    "Long runs",
];
const ENDINGS: [&str; 9] = [
    "for slow mornings",
    "made in the valley",
    "that last for years",
    "at the old market",
    "for people who walk",
    "from our own workshop",
    "with free returns",
    "before the winter",
    "for the whole family",
];

/// A manifest of headlines, half of them questions, and a table of results.
fn tables(plan: Plan) -> (String, String) {
    let mut random = Random(plan.seed);
    let mut library = "id,campaign,headline\n".to_owned();
    let mut results = "creative,campaign,date,placement,impressions,clicks,spend\n".to_owned();
    let headline = |campaign: usize, number: usize, is_question: bool| {
        let opener = OPENERS[number % OPENERS.len()];
        let ending = ENDINGS[(number / 2 + campaign) % ENDINGS.len()];
        match is_question {
            true => format!("Do you want {} {ending} in town {campaign} {number}?", opener.to_lowercase()),
            false => format!("{opener} {ending} in town {campaign} {number}"),
        }
    };
    for campaign in 0..plan.campaigns {
        let level = -4.0 + 0.4 * random.normal();
        for number in 0..plan.creatives {
            let repeated = plan.repeats && campaign > 0 && number < 3;
            let shown = if repeated { 0 } else { campaign };
            let is_question = (number * 7 + shown) % 4 < 2;
            let id = format!("c{campaign:02}-{number:03}");
            let text = headline(shown, number, is_question);
            writeln!(library, "{id},campaign-{campaign:02},{text}").unwrap();
            let own = f64::from(u8::from(is_question)) * plan.question + 0.1 * random.normal();
            for day in 1..=4 {
                for (placement, more) in [("feed", 0.0), ("story", plan.story)] {
                    let odds = level + own + more + 0.05 * random.normal();
                    let share = 1.0 / (1.0 + (-odds).exp());
                    let shown = (2_000.0 * (0.5 * random.normal()).exp()).round();
                    // A normal in place of the binomial: counts are in the dozens.
                    let noise = (shown * share * (1.0 - share)).sqrt() * random.normal();
                    let clicks = (shown * share + noise).round().clamp(0.0, shown);
                    let spend = shown / 100.0;
                    let date = format!("2026-{:02}-{day:02}", campaign + 1);
                    writeln!(
                        results,
                        "{id},campaign-{campaign:02},{date},{placement},{shown},{clicks},{spend:.2}"
                    )
                    .unwrap();
                }
            }
        }
    }
    (library, results)
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Box and Muller 1958.
    fn normal(&mut self) -> f64 {
        let (a, b) = (self.uniform().max(1e-300), self.uniform());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }
}
