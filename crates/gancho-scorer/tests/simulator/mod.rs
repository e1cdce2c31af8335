//! A test instrument: campaigns of creatives whose true effects are known.
//!
//! Each creative has content features (`picture.*`, `copy.*`), each creative in each context has context
//! features (`context.*`); all are standard normal. The log-odds of a click are the sum of a campaign's
//! level, the planted effects of the features, what no feature explains of a creative, and noise of one
//! row. Impressions are log-normal, clicks binomial. With `confounding`, context follows content, as when
//! bold pictures are booked where everybody clicks: a model that ignores context then credits content with
//! what context earned.

// Each test program uses a part.
#![allow(dead_code)]

use std::collections::BTreeMap;

use gancho_scorer::evaluate::SplitMix64;

/// What to simulate; start from `Plan::default()`.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// Same seed, same rows.
    pub(crate) seed: u64,
    /// Number of campaigns.
    pub(crate) campaigns: usize,
    /// Creatives of each campaign.
    pub(crate) creatives: usize,
    /// Contexts that each creative runs in: rows of one creative.
    pub(crate) contexts: usize,
    /// Log-odds of a click where nothing adds or takes away.
    pub(crate) base: f64,
    /// Standard deviation of campaign levels.
    pub(crate) campaign_spread: f64,
    /// Standard deviation of what no feature explains of a creative.
    pub(crate) creative_spread: f64,
    /// Standard deviation of a row's own log-odds: variation beyond the binomial.
    pub(crate) overdispersion: f64,
    /// Median of impressions in a row.
    pub(crate) impressions: f64,
    /// Standard deviation of the logarithm of impressions.
    pub(crate) impressions_spread: f64,
    /// Correlation of every context feature with the first content feature, -1..1.
    pub(crate) confounding: f64,
    /// Features and what they do; a size of 0 makes a feature that does nothing.
    pub(crate) effects: Vec<Effect>,
}

/// A feature and its effect on the log-odds of a click.
#[derive(Debug, Clone)]
pub(crate) struct Effect {
    /// Full name; the first segment decides whether it belongs to the creative or to the context.
    pub(crate) feature: String,
    /// How the value becomes an effect.
    pub(crate) shape: Shape,
    /// Log-odds for one unit, or past the threshold.
    pub(crate) size: f64,
}

/// How a feature acts.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// In proportion to its value.
    Linear,
    /// All or nothing: where the value is past this.
    Threshold(f64),
}

/// Results of one creative in one context, and the truth behind them.
#[derive(Debug, Clone)]
pub(crate) struct Observation {
    /// Number of the campaign, from 0.
    pub(crate) campaign: usize,
    /// Number of the creative over all campaigns, from 0.
    pub(crate) creative: usize,
    /// Number of the context among those of its creative, from 0.
    pub(crate) context: usize,
    /// Features by name.
    pub(crate) features: BTreeMap<String, f64>,
    /// Times shown, at least 1.
    pub(crate) impressions: u64,
    /// Clicks.
    pub(crate) clicks: u64,
    /// True effect of the creative: content features and what none explains.
    pub(crate) creative_effect: f64,
    /// True effect of the context features.
    pub(crate) context_effect: f64,
    /// Log-odds that the clicks were drawn with, noise of the row included.
    pub(crate) log_odds: f64,
}

impl Default for Plan {
    /// 40 campaigns of 10 creatives, each once; click rates around 2 %; no effects yet.
    fn default() -> Self {
        Self {
            seed: 1,
            campaigns: 40,
            creatives: 10,
            contexts: 1,
            base: -3.9,
            campaign_spread: 0.6,
            creative_spread: 0.2,
            overdispersion: 0.1,
            impressions: 5_000.0,
            impressions_spread: 0.8,
            confounding: 0.0,
            effects: Vec::new(),
        }
    }
}

impl Plan {
    /// Adds an effect.
    pub(crate) fn plant(mut self, feature: &str, shape: Shape, size: f64) -> Self {
        self.effects.push(Effect { feature: feature.to_owned(), shape, size });
        self
    }

    /// Draws all rows: campaign by campaign, creative by creative, context by context.
    pub(crate) fn simulate(&self) -> Vec<Observation> {
        let mut random = SplitMix64::new(self.seed);
        let mut rows = Vec::new();
        for campaign in 0..self.campaigns {
            let level = self.base + self.campaign_spread * random.normal();
            for creative in 0..self.creatives {
                let (content, earned) = self.draw(&mut random, false, None);
                let creative_effect = earned + self.creative_spread * random.normal();
                let leading = self.effects.iter().find(|it| !it.is_context()).map(|it| content[&it.feature]);
                for context in 0..self.contexts {
                    let (mut features, context_effect) = self.draw(&mut random, true, leading);
                    features.extend(content.clone());
                    let noise = self.overdispersion * random.normal();
                    let log_odds = level + creative_effect + context_effect + noise;
                    let shown = self.impressions.ln() + self.impressions_spread * random.normal();
                    let impressions = shown.exp().round().max(1.0) as u64;
                    let clicks = binomial(&mut random, impressions, 1.0 / (1.0 + (-log_odds).exp()));
                    rows.push(Observation {
                        campaign,
                        creative: campaign * self.creatives + creative,
                        context,
                        features,
                        impressions,
                        clicks,
                        creative_effect,
                        context_effect,
                        log_odds,
                    });
                }
            }
        }
        rows
    }

    /// Features of the creative or of the context, and the sum of their effects.
    fn draw(
        &self,
        random: &mut SplitMix64,
        context: bool,
        leading: Option<f64>,
    ) -> (BTreeMap<String, f64>, f64) {
        let (mut features, mut sum) = (BTreeMap::new(), 0.0);
        for effect in self.effects.iter().filter(|it| it.is_context() == context) {
            let own = random.normal();
            let value = leading.map_or(own, |leading| {
                self.confounding * leading + (1.0 - self.confounding * self.confounding).sqrt() * own
            });
            sum += effect.of(value);
            features.insert(effect.feature.clone(), value);
        }
        (features, sum)
    }
}

impl Effect {
    fn is_context(&self) -> bool {
        self.feature.starts_with("context.")
    }

    fn of(&self, value: f64) -> f64 {
        match self.shape {
            Shape::Linear => self.size * value,
            Shape::Threshold(at) => self.size * f64::from(u8::from(value > at)),
        }
    }
}

/// Binomial draws. Where fewer than 30 successes (or failures) are expected, exact, by walking up the
/// distribution (inversion); beyond, rounded normal draws, whose skewness of less than 0.2 is lost.
pub(crate) fn binomial(random: &mut SplitMix64, trials: u64, chance: f64) -> u64 {
    if chance > 0.5 {
        return trials - binomial(random, trials, 1.0 - chance);
    }
    let mean = trials as f64 * chance;
    if mean >= 30.0 {
        let drawn = mean + (mean * (1.0 - chance)).sqrt() * random.normal();
        return drawn.round().clamp(0.0, trials as f64) as u64;
    }
    let mut left = random.uniform();
    let mut mass = (trials as f64 * (-chance).ln_1p()).exp();
    let mut successes = 0;
    while left > mass && successes < trials {
        left -= mass;
        mass *= (trials - successes) as f64 / (successes + 1) as f64 * chance / (1.0 - chance);
        successes += 1;
    }
    successes
}
