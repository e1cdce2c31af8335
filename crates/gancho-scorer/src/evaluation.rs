//! How good a history would have been: judged out of fold, against chance, plain rules and the noise itself.

use serde::{Deserialize, Serialize};

use crate::calibration::{expected_percentiles, fit_beta, observed_percentiles};
use crate::evaluate::{
    Coverage, Estimate, Grouping, Intervals, Judged, Ndcg, PairCalibration, Stakes, auc, ceiling,
    clear_accuracy, ndcg, spearman, stakes,
};
use crate::learn::crossfit::CrossFit;
use crate::pairs::{members, pairs};

/// One-sided 5 % point of the normal distribution.
const ONE_SIDED: f64 = 1.645;
/// Folds share training data, so what is chance in one tends to be rewarded in the others: on simulated libraries
/// without any signal (12 x 25, 40 x 6, 5 x 80 and 1 x 300 creatives, 100 draws each) the standardized correlation
/// has 95 % quantiles of 1.2 to 2.3, and trees without lines had 2.1 to 2.6, instead of 1.645.
const SHARED_FOLDS: f64 = 1.5;

/// How well some prediction orders the creatives of a campaign.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Name: `content`, `prior`, `copy`, `picture`, `last-winner`, `longer-headline`, …
    pub name: String,
    /// Share of pairs of one campaign put in the observed order.
    pub auc: Option<Estimate>,
    /// Mean rank correlation within campaigns.
    pub spearman: Option<Estimate>,
    /// Share of pairs with clearly different results (|z| > 1.96) put in the right order.
    pub clear_accuracy: Option<Estimate>,
    /// Gain of the best 1, 3 and 5 places, beside that of a random order.
    pub ndcg: Vec<Ndcg>,
}

/// What context explains, case by case, and what is left for the creative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContextSkill {
    /// Rank correlation of the context's margin with the results of cases, within campaigns.
    pub context: f64,
    /// Of the creative's margin.
    pub content: f64,
    /// Of both together.
    pub both: f64,
    /// The highest that the noise in the results of cases allows.
    pub ceiling: f64,
    /// Cases compared.
    pub cases: u64,
}

/// A history, measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Creatives with results that were judged.
    pub creatives: u64,
    /// Campaigns with at least two of them; 1 when the history counts as one.
    pub campaigns: u64,
    /// Pairs of a creative and a campaign.
    pub units: u64,
    /// Rows of results.
    pub cases: u64,
    /// The creative's own margin, context removed.
    pub content: Order,
    /// Plain rules, and parts of the evidence on their own.
    pub baselines: Vec<Order>,
    /// What context explains, where there is any.
    pub context: Option<ContextSkill>,
    /// The highest rank correlation that the noise in the results allows.
    pub ceiling: f64,
    /// Log-odds of winning a pair for one unit of margin.
    pub beta: f64,
    /// Whether stated chances of winning come true.
    pub calibration: Option<PairCalibration>,
    /// Whether intervals hold what they promise.
    pub coverage: Coverage,
    /// Money that the ranking would have moved.
    pub stakes: Option<Stakes>,
    /// Whether the history beats chance, and no plain rule does clearly better.
    pub skilled: bool,
}

/// Intervals and their measure.
pub(crate) struct Measured {
    pub(crate) evaluation: Evaluation,
    pub(crate) intervals: Intervals,
}

/// The units of a cross-fit, as lists.
pub(crate) struct View {
    pub(crate) margin: Vec<f64>,
    pub(crate) effect: Vec<f64>,
    pub(crate) shrunk: Vec<f64>,
    pub(crate) variance: Vec<f64>,
    /// Numbers of campaigns.
    pub(crate) group: Vec<usize>,
    pub(crate) fold: Vec<usize>,
}

impl View {
    /// `sign` is -1 where less of the ratio is better.
    pub(crate) fn of(fit: &CrossFit, sign: f64) -> Self {
        let signed = |values: &[f64]| values.iter().map(|it| sign * it).collect::<Vec<f64>>();
        Self {
            margin: signed(&fit.margin),
            effect: signed(&fit.units.effect),
            shrunk: signed(&fit.units.shrunk),
            variance: fit.units.variance.clone(),
            group: fit.units.group.clone(),
            fold: fit.fold.clone(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.margin.len()
    }

    pub(crate) fn order(&self, name: &str, prediction: &[f64]) -> Order {
        let judged =
            Judged { prediction, effect: &self.effect, variance: &self.variance, group: &self.group };
        Order {
            name: name.to_owned(),
            auc: auc(&judged),
            spearman: spearman(&judged),
            clear_accuracy: clear_accuracy(&judged),
            ndcg: [1, 3, 5].into_iter().filter_map(|at| ndcg(&judged, at)).collect(),
        }
    }
}

/// Measures a cross-fit; `baselines` hold one prediction for each unit of the view.
pub(crate) fn evaluate(
    fit: &CrossFit,
    view: &View,
    sign: f64,
    baselines: Vec<(String, Vec<f64>)>,
) -> Measured {
    let content = view.order("content", &view.margin);
    let baselines: Vec<Order> = baselines.iter().map(|(name, it)| view.order(name, it)).collect();
    let beta = slope(view);
    let margins: Vec<f64> = view.margin.iter().map(|it| it * beta.max(0.0)).collect();
    let (expected, observed, peers) = percentiles(view, &margins);
    let named: Vec<String> = view.group.iter().map(|it| fit.cases.groups[*it].clone()).collect();
    let campaigns = Grouping { name: "campaign", values: &named };
    let intervals = Intervals::fit(&expected, &observed, &peers, &view.fold);
    let judged = Judged {
        prediction: &view.margin,
        effect: &view.effect,
        variance: &view.variance,
        group: &view.group,
    };
    let spend: Option<Vec<f64>> = spend(fit);
    let results = fit.units.observed.clone();
    let freedom: usize = members(&view.group).iter().map(|it| it.len().saturating_sub(1)).sum();
    let found = content.spearman.map_or(0.0, |it| it.value);
    let best =
        baselines.iter().filter(|it| is_rule(&it.name)).filter_map(|it| it.spearman).map(|it| it.value);
    let noise = SHARED_FOLDS / (freedom.max(1) as f64).sqrt();
    let skilled = beta > 0.0 && found > ONE_SIDED * noise && best.fold(0.0, f64::max) < found + noise;
    let mut creatives = fit.units.creative.clone();
    creatives.sort_unstable();
    creatives.dedup();
    let evaluation = Evaluation {
        creatives: creatives.len() as u64,
        campaigns: members(&view.group).iter().filter(|it| it.len() >= 2).count() as u64,
        units: view.len() as u64,
        cases: fit.cases.len() as u64,
        content,
        baselines,
        context: context(fit, sign),
        ceiling: ceiling(&judged).unwrap_or(0.0).max(found),
        beta,
        calibration: PairCalibration::of(&judged, beta.max(0.0)),
        coverage: Coverage::measure(&expected, &observed, &peers, &view.fold, &[campaigns]),
        stakes: spend.and_then(|it| stakes(&judged, &it, &results)),
        skilled,
    };
    Measured { evaluation, intervals }
}

/// Rules that anybody could follow without a model; parts of the model itself are shown beside it, not against it.
fn is_rule(name: &str) -> bool {
    !matches!(name, "copy" | "picture")
}

/// Log-odds of winning a pair for one unit of margin, out of fold.
fn slope(view: &View) -> f64 {
    let result = |a: usize, b: usize| match view.effect[a].total_cmp(&view.effect[b]) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    };
    let line = |(a, b): (usize, usize)| (view.margin[a] - view.margin[b], result(a, b));
    fit_beta(&pairs(&view.group).into_iter().map(line).collect::<Vec<_>>())
}

/// Expected and observed percentile of each unit among its peers, and their number.
fn percentiles(view: &View, margins: &[f64]) -> (Vec<f64>, Vec<f64>, Vec<usize>) {
    let count = view.len();
    let (mut expected, mut observed, mut peers) = (vec![50.0; count], vec![50.0; count], vec![1; count]);
    for members in members(&view.group) {
        let pick = |from: &[f64]| members.iter().map(|it| from[*it]).collect::<Vec<f64>>();
        let due = expected_percentiles(&pick(margins));
        let seen = observed_percentiles(&pick(&view.effect));
        for ((unit, due), seen) in members.iter().zip(due).zip(seen) {
            (expected[*unit], observed[*unit], peers[*unit]) = (due, seen, members.len());
        }
    }
    (expected, observed, peers)
}

/// Money spent on each unit, where every case says it.
fn spend(fit: &CrossFit) -> Option<Vec<f64>> {
    let mut of_unit = vec![0.0; fit.units.len()];
    for (counts, unit) in fit.cases.counts.iter().zip(&fit.pairing.of_case) {
        of_unit[*unit] += counts.spend?;
    }
    Some(of_unit)
}

/// Rank correlations case by case: how much of what differs within a campaign is delivery, how much creative.
fn context(fit: &CrossFit, sign: f64) -> Option<ContextSkill> {
    if fit.cases.context.names.is_empty() {
        return None;
    }
    let family = fit.target.family();
    let mut sums = vec![(0.0, 0.0); fit.cases.groups.len()];
    for (ratio, group) in fit.ratios.iter().zip(&fit.cases.group) {
        sums[*group].0 += ratio.amount;
        sums[*group].1 += ratio.exposure;
    }
    let mut effect = Vec::with_capacity(fit.cases.len());
    let mut variance = Vec::with_capacity(fit.cases.len());
    for (case, ratio) in fit.ratios.iter().enumerate() {
        // Against the campaign's mean alone: here context is what is measured.
        let (amount, exposure) = sums[fit.cases.group[case]];
        let due = ratio.exposure * amount / exposure;
        let noise = ratio.exposure * family.unit_variance(amount / exposure) * fit.dispersion;
        let half = 0.5 * noise / due.max(f64::MIN_POSITIVE);
        effect.push(sign * ((ratio.amount + half) / (due + half)).ln());
        variance.push((noise / (due + half).powi(2)).max(f64::MIN_POSITIVE));
    }
    let group = &fit.cases.group;
    let of_context: Vec<f64> = fit.context.iter().map(|it| sign * it).collect();
    let of_content: Vec<f64> = fit.pairing.of_case.iter().map(|it| sign * fit.margin[*it]).collect();
    let both: Vec<f64> = of_context.iter().zip(&of_content).map(|(a, b)| a + b).collect();
    let correlation = |prediction: &[f64]| {
        let judged = Judged { prediction, effect: &effect, variance: &variance, group };
        spearman(&judged).map_or(0.0, |it| it.value)
    };
    let judged_all = Judged { prediction: &both, effect: &effect, variance: &variance, group };
    let (context, content, both) = (correlation(&of_context), correlation(&of_content), correlation(&both));
    // An estimate of what noise allows that lies below what was reached is too low.
    let allowed = ceiling(&judged_all).unwrap_or(0.0);
    Some(ContextSkill {
        context,
        content,
        both,
        ceiling: [context, content, both].into_iter().fold(allowed, f64::max),
        cases: fit.cases.len() as u64,
    })
}
