//! Measures on simulated campaigns whose truth is known, and the simulator itself.

#![allow(clippy::unwrap_used)]

mod simulator;

use std::collections::BTreeMap;

use gancho_scorer::calibration::{expected_percentiles, observed_percentiles};
use gancho_scorer::evaluate::{
    Coverage, Grouping, Judged, PairCalibration, SplitMix64, auc, ceiling, clear_accuracy, ndcg, spearman,
    stakes, thinned,
};
use simulator::{Observation, Plan, Shape, binomial};

/// Effects centered in campaigns with their variances, as the scorer would see them.
fn outcomes(rows: &[Observation]) -> (Vec<f64>, Vec<f64>, Vec<usize>) {
    let odds = |it: &Observation| {
        let (clicks, rest) = (it.clicks as f64 + 0.5, (it.impressions - it.clicks) as f64 + 0.5);
        ((clicks / rest).ln(), 1.0 / clicks + 1.0 / rest)
    };
    let (mut effect, variance): (Vec<f64>, Vec<f64>) = rows.iter().map(odds).unzip();
    let group: Vec<usize> = rows.iter().map(|it| it.campaign).collect();
    let mut sums: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for ((value, noise), group) in effect.iter().zip(&variance).zip(&group) {
        let sum = sums.entry(*group).or_default();
        *sum = (sum.0 + value / (noise + 0.1), sum.1 + 1.0 / (noise + 0.1));
    }
    effect.iter_mut().zip(&group).for_each(|(value, group)| *value -= sums[group].0 / sums[group].1);
    (effect, variance, group)
}

/// Slope of results on one feature within campaigns.
fn slope(rows: &[Observation], feature: &str) -> f64 {
    let (effect, _, group) = outcomes(rows);
    let mut means: BTreeMap<usize, (f64, f64)> = BTreeMap::new();
    for (row, group) in rows.iter().zip(&group) {
        let mean = means.entry(*group).or_default();
        *mean = (mean.0 + row.features[feature], mean.1 + 1.0);
    }
    let centered =
        |(row, group): (&Observation, &usize)| row.features[feature] - means[group].0 / means[group].1;
    let values: Vec<f64> = rows.iter().zip(&group).map(centered).collect();
    let both: f64 = values.iter().zip(&effect).map(|(value, effect)| value * effect).sum();
    both / values.iter().map(|it| it * it).sum::<f64>()
}

#[test]
fn binomial_draws_have_the_right_moments_and_tails() {
    // scipy.stats.binom(n, p): mean, variance, P(X = 0).
    for (trials, chance) in [(40_u64, 0.02), (1_000, 0.005), (5_000, 0.02), (300, 0.97), (12, 0.5)] {
        let mut random = SplitMix64::new(trials);
        let draws: Vec<f64> = (0..20_000).map(|_| binomial(&mut random, trials, chance) as f64).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let square = draws.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / 20_000.0;
        let (expected, variance) = (trials as f64 * chance, trials as f64 * chance * (1.0 - chance));
        assert!((mean - expected).abs() < 4.0 * (variance / 20_000.0).sqrt(), "{trials} {mean}");
        assert!((square / variance - 1.0).abs() < 0.05, "{trials} {square}");
        let none = draws.iter().filter(|it| **it == 0.0).count() as f64 / 20_000.0;
        assert!((none - (1.0 - chance).powf(trials as f64)).abs() < 0.012, "{trials} {none}");
    }
    let mut random = SplitMix64::new(1);
    assert_eq!((binomial(&mut random, 7, 0.0), binomial(&mut random, 7, 1.0)), (0, 7));
}

#[test]
fn planted_effects_are_there_and_nothing_else() {
    let plan = Plan { campaigns: 300, ..Plan::default() }
        .plant("picture.contrast", Shape::Linear, 0.25)
        .plant("copy.words", Shape::Threshold(0.0), 0.4)
        .plant("picture.noise", Shape::Linear, 0.0);
    let rows = plan.simulate();
    assert_eq!(rows.len(), 3_000);
    assert!((slope(&rows, "picture.contrast") - 0.25).abs() < 0.025);
    // A step of 0.4 at the middle has the slope 0.4 * phi(0) = 0.16.
    assert!((slope(&rows, "copy.words") - 0.16).abs() < 0.025);
    assert!(slope(&rows, "picture.noise").abs() < 0.025);
    let truth: f64 = rows
        .iter()
        .map(|it| {
            let planted = 0.25 * it.features["picture.contrast"]
                + if it.features["copy.words"] > 0.0 { 0.4 } else { 0.0 };
            (it.creative_effect - planted).powi(2)
        })
        .sum();
    assert!((truth / 3_000.0 - 0.04).abs() < 0.005, "what no feature explains has variance 0.2^2");
    assert_eq!(rows[17].clicks, plan.simulate()[17].clicks);
}

#[test]
fn confounded_context_is_credited_to_content() {
    let plan = |confounding| {
        Plan { confounding, campaigns: 300, ..Plan::default() }
            .plant("picture.bold", Shape::Linear, 0.1)
            .plant("context.story", Shape::Linear, 0.5)
            .simulate()
    };
    assert!((slope(&plan(0.0), "picture.bold") - 0.1).abs() < 0.04);
    // The correlation of 0.6 brings 0.6 * 0.5 of the context's effect along.
    assert!((slope(&plan(0.6), "picture.bold") - 0.4).abs() < 0.04);
}

#[test]
fn contexts_repeat_the_creative_and_not_the_context() {
    let plan = Plan { contexts: 3, campaigns: 2, ..Plan::default() }
        .plant("picture.a", Shape::Linear, 0.2)
        .plant("context.b", Shape::Linear, 0.2);
    let rows = plan.simulate();
    assert_eq!(rows.len(), 60);
    for creative in rows.chunks(3) {
        assert!(creative.iter().all(|it| it.creative == creative[0].creative));
        assert!(creative.iter().all(|it| it.features["picture.a"] == creative[0].features["picture.a"]));
        assert!(creative.iter().all(|it| it.creative_effect == creative[0].creative_effect));
        assert_ne!(creative[0].features["context.b"], creative[1].features["context.b"]);
        assert_eq!(creative[2].context_effect, 0.2 * creative[2].features["context.b"]);
    }
}

#[test]
fn the_true_effect_reaches_the_ceiling_and_a_part_of_it_less() {
    let rows = Plan { campaigns: 120, overdispersion: 0.0, impressions: 3_000.0, ..Plan::default() }
        .plant("picture.a", Shape::Linear, 0.25)
        .simulate();
    let (effect, variance, group) = outcomes(&rows);
    let truth: Vec<f64> = rows.iter().map(|it| it.creative_effect).collect();
    let part: Vec<f64> = rows.iter().map(|it| it.features["picture.a"]).collect();
    let best = Judged { prediction: &truth, effect: &effect, variance: &variance, group: &group };
    let half = Judged { prediction: &part, ..best };
    let (reached, partly) = (spearman(&best).unwrap(), spearman(&half).unwrap());
    let stated = ceiling(&best).unwrap();
    assert!((reached.value - stated).abs() < 0.03, "{reached:?} {stated}");
    let clicks: Vec<u64> = rows.iter().map(|it| it.clicks).collect();
    let shown: Vec<u64> = rows.iter().map(|it| it.impressions).collect();
    let halves = thinned(&clicks, &shown, &group).unwrap();
    assert!((halves.ceiling - stated).abs() < 0.06, "{halves:?} {stated}");
    assert!(partly.high < reached.low);
    assert!(auc(&half).unwrap().high < auc(&best).unwrap().value);
    assert!(clear_accuracy(&best).unwrap().value > 0.95);
    let (good, less) = (ndcg(&best, 3).unwrap(), ndcg(&half, 3).unwrap());
    assert!(good.estimate.value > less.estimate.value && less.estimate.low > less.random);
}

#[test]
fn figures_do_not_depend_on_the_order_of_rows() {
    // Seven campaigns of 150: pairs are bounded, and units are drawn again for intervals.
    let plan = Plan { campaigns: 7, creatives: 150, ..Plan::default() };
    let rows = plan.plant("picture.a", Shape::Linear, 0.2).simulate();
    let (effect, variance, group) = outcomes(&rows);
    let prediction: Vec<f64> = rows.iter().map(|it| it.features["picture.a"]).collect();
    let spend: Vec<f64> = rows.iter().map(|it| it.impressions as f64 / 100.0).collect();
    let clicks: Vec<f64> = rows.iter().map(|it| it.clicks as f64).collect();
    let figures = |order: &[usize]| {
        let take = |from: &[f64]| order.iter().map(|it| from[*it]).collect::<Vec<f64>>();
        let (prediction, effect, variance) = (take(&prediction), take(&effect), take(&variance));
        let group: Vec<usize> = order.iter().map(|it| group[*it]).collect();
        let judged = Judged { prediction: &prediction, effect: &effect, variance: &variance, group: &group };
        (
            [auc(&judged), clear_accuracy(&judged), spearman(&judged)],
            (ceiling(&judged), ndcg(&judged, 5), PairCalibration::of(&judged, 0.4)),
            stakes(&judged, &take(&spend), &take(&clicks)),
        )
    };
    let order: Vec<usize> = (0..rows.len()).collect();
    let turned: Vec<usize> = order.iter().map(|it| (it * 337 + 11) % rows.len()).collect();
    assert_eq!(figures(&order), figures(&turned));
    assert!(figures(&order).0.iter().all(Option::is_some));
}

#[test]
fn a_fitted_slope_is_calibrated_on_campaigns_it_has_not_seen() {
    let plan = |seed| {
        let plan = Plan { seed, campaigns: 150, ..Plan::default() };
        plan.plant("picture.a", Shape::Linear, 0.3).simulate()
    };
    let of = |rows: &[Observation], beta| {
        let (effect, variance, group) = outcomes(rows);
        let part: Vec<f64> = rows.iter().map(|it| it.features["picture.a"]).collect();
        let judged = Judged { prediction: &part, effect: &effect, variance: &variance, group: &group };
        PairCalibration::of(&judged, beta).unwrap()
    };
    // Calibrating is dividing by the slope that is found at 1.
    let beta = of(&plan(1), 1.0).slope;
    let fresh = of(&plan(2), beta);
    assert!(fresh.ece < 0.03 && (fresh.slope - 1.0).abs() < 0.15, "{fresh:?}");
    assert!(of(&plan(2), 3.0 * beta).ece > fresh.ece + 0.05);
}

#[test]
fn percentiles_of_simulated_campaigns_are_covered() {
    let rows = Plan { campaigns: 100, ..Plan::default() }.plant("copy.a", Shape::Linear, 0.3).simulate();
    let (effect, _, group) = outcomes(&rows);
    let (mut expected, mut observed) = (Vec::new(), Vec::new());
    for (results, rows) in effect.chunks(10).zip(rows.chunks(10)) {
        let margins: Vec<f64> = rows.iter().map(|it| 1.5 * it.features["copy.a"]).collect();
        expected.extend(expected_percentiles(&margins));
        observed.extend(observed_percentiles(results));
    }
    let fold: Vec<usize> = group.iter().map(|it| it % 5).collect();
    let half: Vec<String> = group.iter().map(|it| if *it < 50 { "first" } else { "second" }.into()).collect();
    let found = Coverage::measure(
        &expected,
        &observed,
        &[10; 1_000],
        &fold,
        &[Grouping { name: "half", values: &half }],
    );
    assert!((0.77..=0.83).contains(&found.overall) && found.n == 1_000, "{found:?}");
    let names: Vec<&str> = found.groups.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["peers 10-29", "half first", "half second"]);
    assert!(found.groups.iter().all(|it| (0.74..=0.86).contains(&it.1)), "{found:?}");
}
