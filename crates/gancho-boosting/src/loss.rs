//! Losses: where to start, which way is down, and how far from done.
//!
//! A margin is the sum of a row's offset, the start value and the trees; an inverse link turns it into a
//! prediction. Weights multiply a row's loss and with it both derivatives.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::BoostingError;
use crate::quantile::quantile;
use crate::rank;
use crate::sample::Sample;

/// Added to the logarithm of the Poisson loss's second derivative, which would otherwise step so far from a rate
/// close to zero that the exponential overflows; LightGBM's and XGBoost's `max_delta_step`.
const POISSON_DAMPING: f64 = 0.7;

/// Rows below which derivatives are not worth a second thread.
const ROWS_PER_TASK: usize = 2048;

/// What is minimized.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Loss {
    /// Squared error; predicts the mean.
    Squared,
    /// Binomial likelihood with the logistic link: the value is successes / trials, the weight is trials.
    Binomial,
    /// Poisson likelihood with the log link: the value is events / exposure, the weight is exposure.
    Poisson,
    /// Gamma likelihood with the log link: the value is above zero.
    Gamma,
    /// Tweedie likelihood with the log link: zero, or a positive amount.
    Tweedie {
        /// Variance grows with this power of the mean; above 1 (Poisson) and below 2 (gamma).
        power: f64,
    },
    /// Pinball loss; predicts a quantile.
    Quantile {
        /// Which one, between 0 and 1.
        level: f64,
    },
    /// LambdaRank: pushes rows of a group into the order of their values, those that matter for NDCG most. The
    /// value is a row's gain, zero or more (for grades, commonly `2^grade - 1`).
    LambdaRank {
        /// Places at the top of each ranking that count.
        truncation: usize,
    },
}

impl Loss {
    pub(crate) fn check_parameters(&self) -> Result<(), BoostingError> {
        let (name, value, holds, allowed) = match *self {
            Self::Tweedie { power } => ("power", power, power > 1.0 && power < 2.0, "between 1 and 2"),
            Self::Quantile { level } => ("level", level, level > 0.0 && level < 1.0, "between 0 and 1"),
            Self::LambdaRank { truncation } => {
                ("truncation", truncation as f64, truncation > 0, "at least 1")
            }
            _ => return Ok(()),
        };
        if holds {
            return Ok(());
        }
        Err(BoostingError::Setting { name: name.into(), value, allowed: allowed.into() })
    }

    pub(crate) fn takes(&self, value: f64) -> bool {
        match self {
            Self::Squared | Self::Quantile { .. } => true,
            Self::Binomial => (0.0..=1.0).contains(&value),
            Self::Poisson | Self::Tweedie { .. } | Self::LambdaRank { .. } => value >= 0.0,
            Self::Gamma => value > 0.0,
        }
    }

    pub(crate) fn values_taken(&self) -> &'static str {
        match self {
            Self::Squared | Self::Quantile { .. } => "a finite number",
            Self::Binomial => "a share between 0 and 1",
            Self::Poisson | Self::Tweedie { .. } | Self::LambdaRank { .. } => "a number, zero or more",
            Self::Gamma => "a number above zero",
        }
    }

    /// Turns a margin into a prediction: a probability, a rate or mean, or the margin itself.
    pub fn inverse_link(&self, margin: f64) -> f64 {
        match self {
            Self::Squared | Self::Quantile { .. } | Self::LambdaRank { .. } => margin,
            Self::Binomial => sigmoid(margin),
            Self::Poisson | Self::Gamma | Self::Tweedie { .. } => margin.exp(),
        }
    }

    /// Whether every row's second derivative is one in every round.
    pub(crate) fn has_unit_hessian(&self, sample: &Sample) -> bool {
        matches!(self, Self::Squared | Self::Quantile { .. }) && !sample.is_weighted
    }

    /// The constant margin with the least loss, given the offsets.
    pub(crate) fn start(&self, sample: &Sample) -> f64 {
        match *self {
            Self::Squared => {
                let sum = weighted_sum(sample, |value, offset| value - offset);
                sum / weighted_sum(sample, |_, _| 1.0)
            }
            Self::Binomial => binomial_start(sample),
            Self::Poisson => log_link_start(sample, 1.0),
            Self::Tweedie { power } => log_link_start(sample, power),
            Self::Gamma => log_link_start(sample, 2.0),
            Self::Quantile { level } => {
                let rows = sample.value.iter().zip(&sample.offset).zip(&sample.weight);
                let mut pairs: Vec<_> =
                    rows.map(|((value, offset), weight)| (value - offset, *weight)).collect();
                quantile(&mut pairs, level, sample.is_weighted)
            }
            Self::LambdaRank { .. } => 0.0,
        }
    }

    /// First and second derivative of each row's loss with respect to its margin.
    pub(crate) fn derivatives(&self, sample: &Sample, margins: &[f64], into: &mut Vec<[f64; 2]>) {
        if let Self::LambdaRank { truncation } = *self {
            return rank::derivatives(sample, margins, truncation, into);
        }
        (0..sample.len())
            .into_par_iter()
            .with_min_len(ROWS_PER_TASK)
            .map(|row| {
                let weight = sample.weight[row];
                self.row_derivatives(sample.value[row], margins[row]).map(|it| it * weight)
            })
            .collect_into_vec(into);
    }

    fn row_derivatives(&self, value: f64, margin: f64) -> [f64; 2] {
        match *self {
            Self::Squared => [margin - value, 1.0],
            Self::Binomial => {
                let share = sigmoid(margin);
                [share - value, share * (1.0 - share)]
            }
            Self::Poisson => [margin.exp() - value, (margin + POISSON_DAMPING).exp()],
            Self::Gamma => {
                let ratio = value * (-margin).exp();
                [1.0 - ratio, ratio]
            }
            Self::Tweedie { power } => {
                let (event, size) = (((1.0 - power) * margin).exp(), ((2.0 - power) * margin).exp());
                [size - value * event, (2.0 - power) * size - (1.0 - power) * value * event]
            }
            Self::Quantile { level } => [if margin >= value { 1.0 - level } else { -level }, 1.0],
            // Lambdas belong to pairs, not to rows: see `rank.rs`.
            Self::LambdaRank { .. } => [0.0, 0.0],
        }
    }

    /// Mean loss per unit of weight, up to terms without the margin; for ranking 1 - NDCG.
    pub(crate) fn mean(&self, sample: &Sample, margins: &[f64]) -> f64 {
        if let Self::LambdaRank { truncation } = *self {
            return 1.0 - rank::mean_ndcg(sample, margins, truncation);
        }
        let rows = sample.value.iter().zip(margins).zip(&sample.weight);
        let (sum, weight) = rows.fold((0.0, 0.0), |(sum, total), ((value, margin), weight)| {
            (sum + weight * self.row_loss(*value, *margin), total + weight)
        });
        sum / weight
    }

    fn row_loss(&self, value: f64, margin: f64) -> f64 {
        match *self {
            Self::Squared => (value - margin).powi(2),
            // log(1 + e^margin) - value * margin, without overflow.
            Self::Binomial => margin.max(0.0) + (-margin.abs()).exp().ln_1p() - value * margin,
            Self::Poisson => margin.exp() - value * margin,
            Self::Gamma => margin + value * (-margin).exp(),
            Self::Tweedie { power } => {
                let (event, size) = (((1.0 - power) * margin).exp(), ((2.0 - power) * margin).exp());
                size / (2.0 - power) - value * event / (1.0 - power)
            }
            Self::Quantile { level } => (level * (value - margin)).max((level - 1.0) * (value - margin)),
            Self::LambdaRank { .. } => 0.0,
        }
    }
}

pub(crate) fn sigmoid(margin: f64) -> f64 {
    1.0 / (1.0 + (-margin).exp())
}

fn weighted_sum(sample: &Sample, of: impl Fn(f64, f64) -> f64) -> f64 {
    let rows = sample.value.iter().zip(&sample.offset).zip(&sample.weight);
    rows.map(|((value, offset), weight)| weight * of(*value, *offset)).sum()
}

/// With nothing (or nothing but successes) seen the best constant is infinite; half an event keeps it finite.
fn half_event(sample: &Sample) -> f64 {
    sample.weight.iter().fold(1.0, |least: f64, it| least.min(*it)) / 2.0
}

/// The root of `sum w (e^((2 - p)(s + o)) - y e^((1 - p)(s + o)))`, which has a closed form; power 1 is Poisson,
/// power 2 is gamma.
fn log_link_start(sample: &Sample, power: f64) -> f64 {
    let events = weighted_sum(sample, |value, offset| value * ((1.0 - power) * offset).exp());
    let exposure = weighted_sum(sample, |_, offset| ((2.0 - power) * offset).exp());
    let events = if events > 0.0 { events } else { half_event(sample) };
    (events / exposure).ln()
}

/// The root of `sum w sigmoid(s + o) - successes` by Newton's steps, kept within a shrinking bracket.
fn binomial_start(sample: &Sample) -> f64 {
    let trials = weighted_sum(sample, |_, _| 1.0);
    let half = half_event(sample);
    let successes = match weighted_sum(sample, |value, _| value) {
        0.0 => half,
        it if it >= trials => trials - half,
        it => it,
    };
    let logit = (successes / (trials - successes)).ln();
    let bounds = sample.offset.iter().fold((f64::MAX, f64::MIN), |(a, b), it| (it.min(a), it.max(b)));
    let (mut low, mut high) = (logit - bounds.1, logit - bounds.0);
    let mut start = low / 2.0 + high / 2.0;
    for _ in 0..200 {
        let excess = weighted_sum(sample, |_, offset| sigmoid(start + offset)) - successes;
        let slope = weighted_sum(sample, |_, offset| {
            let share = sigmoid(start + offset);
            share * (1.0 - share)
        });
        if excess > 0.0 {
            high = start;
        } else {
            low = start;
        }
        let step = start - excess / slope;
        let next = if step > low && step < high { step } else { low / 2.0 + high / 2.0 };
        if (next - start).abs() <= 1e-14 * (1.0 + start.abs()) {
            return next;
        }
        start = next;
    }
    start
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sample::Target;

    const LOSSES: [Loss; 6] = [
        Loss::Squared,
        Loss::Binomial,
        Loss::Poisson,
        Loss::Gamma,
        Loss::Tweedie { power: 1.3 },
        Loss::Quantile { level: 0.3 },
    ];

    fn sample(loss: &Loss, value: &[f64], weight: Option<&[f64]>, offset: Option<&[f64]>) -> Sample {
        let rows: Vec<u32> = (0..value.len() as u32).collect();
        Sample::of(&Target { value, weight, offset, group: None }, &rows, value.len(), loss, "training")
            .unwrap()
    }

    #[test]
    fn gradients_are_slopes_of_the_loss() {
        for loss in LOSSES {
            let scale = if loss == Loss::Squared { 2.0 } else { 1.0 };
            for (value, margin) in [(0.2, 0.7), (0.9, -1.1), (1.0, 2.0)] {
                let slope =
                    (loss.row_loss(value, margin + 1e-5) - loss.row_loss(value, margin - 1e-5)) / 2e-5;
                let gradient = loss.row_derivatives(value, margin)[0];
                assert!((slope / scale - gradient).abs() < 1e-8, "{loss:?}: {gradient} against {slope}");
            }
        }
    }

    #[test]
    fn hessians_are_slopes_of_the_gradient() {
        for loss in LOSSES {
            // The pinball loss is flat but for a kink; its second derivative is one by agreement.
            if matches!(loss, Loss::Quantile { .. }) {
                continue;
            }
            let scale = if loss == Loss::Poisson { POISSON_DAMPING.exp() } else { 1.0 };
            let gradient = |margin: f64| loss.row_derivatives(0.4, margin)[0];
            let slope = (gradient(0.3 + 1e-5) - gradient(0.3 - 1e-5)) / 2e-5;
            let hessian = loss.row_derivatives(0.4, 0.3)[1];
            assert!((slope * scale - hessian).abs() < 1e-8, "{loss:?}: {hessian} against {slope}");
        }
    }

    #[test]
    fn the_start_balances_gradients_under_weights_and_offsets() {
        let value = [0.1, 0.9, 0.4, 0.7, 0.2];
        let (weight, offset) = ([1.0, 2.0, 0.5, 3.0, 1.0], [-3.0, 4.0, 0.0, 1.5, -0.2]);
        for loss in &LOSSES[..5] {
            let sample = sample(loss, &value, Some(&weight), Some(&offset));
            let start = loss.start(&sample);
            let margins: Vec<f64> = offset.iter().map(|it| it + start).collect();
            let mut derivatives = Vec::new();
            loss.derivatives(&sample, &margins, &mut derivatives);
            let sum: f64 = derivatives.iter().map(|it| it[0]).sum();
            assert!(sum.abs() < 1e-12, "{loss:?}: {sum}");
        }
    }

    #[test]
    fn the_start_is_finite_when_nothing_happened() {
        for (loss, value) in [(Loss::Binomial, 0.0), (Loss::Binomial, 1.0), (Loss::Poisson, 0.0)] {
            let start = loss.start(&sample(&loss, &[value; 99], None, None));
            let share = loss.inverse_link(start);
            assert!((share - value).abs() < 0.006 && start.is_finite(), "{loss:?}: {share}");
        }
        let extreme = sample(&Loss::Binomial, &[1.0, 0.0, 0.0], None, Some(&[800.0, -800.0, 0.0]));
        assert!(Loss::Binomial.start(&extreme).is_finite());
    }

    #[test]
    fn binomial_loss_of_extreme_margins_is_finite() {
        assert!((Loss::Binomial.row_loss(0.0, 900.0) - 900.0).abs() < 1e-9);
        assert!(Loss::Binomial.row_loss(1.0, 900.0).abs() < 1e-9);
    }
}
