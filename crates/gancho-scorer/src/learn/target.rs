//! What is to be explained: a ratio of two counts, and how such a ratio scatters.
//!
//! A ratio is never averaged: its two counts enter the likelihood, so ten clicks of a hundred weigh less than a
//! thousand of ten thousand.

use std::fmt;
use std::str::FromStr;

use gancho_boosting::Loss;
use serde::{Deserialize, Serialize};

/// Power of the variance of revenue: between a Poisson count of sales (1) and gamma amounts (2).
const REVENUE_POWER: f64 = 1.5;
/// CPM counts thousands of impressions.
const THOUSAND: f64 = 1_000.0;

/// What a creative earned in one context; nothing where the data does not say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    /// Times it was shown.
    pub impressions: Option<f64>,
    /// Clicks.
    pub clicks: Option<f64>,
    /// Conversions; platforms report fractions of them.
    pub conversions: Option<f64>,
    /// Money spent.
    pub spend: Option<f64>,
    /// Money earned.
    pub revenue: Option<f64>,
    /// Plays of at least three seconds.
    pub video_3s: Option<f64>,
    /// Plays to the end, or of at least 15 seconds.
    pub thruplays: Option<f64>,
}

/// The ratio that a scorer learns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    /// Clicks per impression.
    #[default]
    Ctr,
    /// Conversions per click.
    Cvr,
    /// Money per conversion; less is better. Modelled as conversions per unit of money.
    Cpa,
    /// Revenue per unit of money.
    Roas,
    /// Money per thousand impressions; less is better.
    Cpm,
    /// Plays of three seconds per impression.
    Hook,
    /// Plays to the end per play of three seconds.
    Hold,
}

/// How the numerator scatters around its mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    Binomial,
    Poisson,
    Gamma,
    Tweedie,
}

/// One observed ratio: `amount` out of, or per, `exposure`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ratio {
    pub(crate) amount: f64,
    pub(crate) exposure: f64,
}

impl Target {
    /// All targets.
    pub const ALL: [Self; 7] =
        [Self::Ctr, Self::Cvr, Self::Cpa, Self::Roas, Self::Cpm, Self::Hook, Self::Hold];

    /// The name that flags and files use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ctr => "ctr",
            Self::Cvr => "cvr",
            Self::Cpa => "cpa",
            Self::Roas => "roas",
            Self::Cpm => "cpm",
            Self::Hook => "hook",
            Self::Hold => "hold",
        }
    }

    /// Whether the platform itself decided what counts as a success: conversions and their value are what it
    /// attributes to the ad, not what the ad caused.
    pub fn is_attributed(self) -> bool {
        matches!(self, Self::Cvr | Self::Cpa | Self::Roas)
    }

    pub(crate) fn family(self) -> Family {
        match self {
            Self::Ctr | Self::Hook | Self::Hold => Family::Binomial,
            Self::Cvr | Self::Cpa => Family::Poisson,
            Self::Roas => Family::Tweedie,
            Self::Cpm => Family::Gamma,
        }
    }

    /// 1 where more of the modelled ratio is better, else -1.
    pub(crate) fn sign(self) -> f64 {
        if self == Self::Cpm { -1.0 } else { 1.0 }
    }

    /// The ratio of one observation; nothing where a count is missing, negative or impossible, or where there
    /// was nothing to count.
    pub(crate) fn ratio(self, counts: &Counts) -> Option<Ratio> {
        let (amount, exposure) = match self {
            Self::Ctr => (counts.clicks?, counts.impressions?),
            Self::Cvr => (counts.conversions?, counts.clicks?),
            Self::Cpa => (counts.conversions?, counts.spend?),
            Self::Roas => (counts.revenue?, counts.spend?),
            Self::Cpm => (counts.spend?, counts.impressions? / THOUSAND),
            Self::Hook => (counts.video_3s?, counts.impressions?),
            Self::Hold => (counts.thruplays?, counts.video_3s?),
        };
        let possible = amount.is_finite() && exposure.is_finite() && amount >= 0.0 && exposure > 0.0;
        let fits = self.family() != Family::Binomial || amount <= exposure;
        let costs = self.family() != Family::Gamma || amount > 0.0;
        (possible && fits && costs).then_some(Ratio { amount, exposure })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = || Self::ALL.map(Self::name).join(", ");
        let found = Self::ALL.into_iter().find(|it| it.name() == text);
        found.ok_or_else(|| format!("there is no target `{text}`; there are {}", names()))
    }
}

impl Family {
    /// The expected ratio at a margin: log-odds for shares, the logarithm for the rest.
    pub(crate) fn mean(self, margin: f64) -> f64 {
        match self {
            Self::Binomial => 1.0 / (1.0 + (-margin).exp()),
            _ => margin.exp(),
        }
    }

    /// Change of the expected ratio with one unit of margin.
    pub(crate) fn slope(self, ratio: f64) -> f64 {
        match self {
            Self::Binomial => ratio * (1.0 - ratio),
            _ => ratio,
        }
    }

    pub(crate) fn link(self, ratio: f64) -> f64 {
        match self {
            Self::Binomial => (ratio / (1.0 - ratio)).ln(),
            _ => ratio.ln(),
        }
    }

    pub(crate) fn loss(self) -> Loss {
        match self {
            Self::Binomial => Loss::Binomial,
            Self::Poisson => Loss::Poisson,
            Self::Gamma => Loss::Gamma,
            Self::Tweedie => Loss::Tweedie { power: REVENUE_POWER },
        }
    }

    /// Variance of the amount over one unit of exposure at an expected ratio, before dispersion.
    pub(crate) fn unit_variance(self, ratio: f64) -> f64 {
        match self {
            Self::Binomial => ratio * (1.0 - ratio),
            Self::Poisson => ratio,
            Self::Gamma => ratio * ratio,
            Self::Tweedie => ratio.powf(REVENUE_POWER),
        }
    }

    /// Curvature of the negative log-likelihood of one unit of weight, where observed and expected agree.
    pub(crate) fn curvature(self, ratio: f64) -> f64 {
        match self {
            Self::Binomial => ratio * (1.0 - ratio),
            Self::Poisson => ratio,
            Self::Gamma => 1.0,
            Self::Tweedie => ratio.powf(2.0 - REVENUE_POWER),
        }
        .max(f64::MIN_POSITIVE)
    }

    /// Whether the data must tell how much noise one unit of exposure has; counts know it by themselves.
    pub(crate) fn has_dispersion(self) -> bool {
        matches!(self, Self::Gamma | Self::Tweedie)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ratios_need_both_counts_and_sense() {
        let counts = |impressions, clicks| Counts { impressions, clicks, ..Counts::default() };
        let ratio = |it| Target::Ctr.ratio(&it);
        assert_eq!(ratio(counts(Some(200.0), Some(3.0))), Some(Ratio { amount: 3.0, exposure: 200.0 }));
        assert_eq!(ratio(counts(Some(200.0), None)), None);
        assert_eq!(ratio(counts(Some(0.0), Some(0.0))), None);
        assert_eq!(ratio(counts(Some(2.0), Some(3.0))), None, "more clicks than impressions");
        assert_eq!(ratio(counts(Some(2.0), Some(-1.0))), None);
        let paid = Counts { spend: Some(0.0), impressions: Some(10.0), ..Counts::default() };
        assert_eq!(Target::Cpm.ratio(&paid), None, "a price of nothing has no logarithm");
    }

    #[test]
    fn names_and_back() {
        for target in Target::ALL {
            assert_eq!(target.name().parse::<Target>().unwrap(), target);
        }
        assert!("clicks".parse::<Target>().unwrap_err().contains("ctr, cvr"));
    }

    #[test]
    fn a_link_undoes_its_mean() {
        for family in [Family::Binomial, Family::Poisson, Family::Gamma, Family::Tweedie] {
            assert!((family.link(family.mean(-2.5)) + 2.5).abs() < 1e-12);
        }
    }
}
