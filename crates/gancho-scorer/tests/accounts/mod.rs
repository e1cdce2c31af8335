//! Simulated campaigns as the rows of an account, with the counts of any target.

// Each test program uses a part.
#![allow(dead_code)]

use std::collections::BTreeMap;

use gancho_scorer::evaluate::SplitMix64;
use gancho_scorer::learn::{Carry, Cases, Counts, HoldOut, Objective, Target};
use gancho_scorer::{Backtest, BacktestOptions, LearnOptions, Observation, Row, backtest};

use crate::simulator::{self, Plan, Shape};

/// Days of an account.
const DAYS: usize = 360;

/// The rows of an account: a creative of one campaign each, with its results on the days from its first.
pub(crate) fn rows(plan: &Plan, target: Target) -> Vec<Row> {
    let mut random = SplitMix64::new(plan.seed ^ 0xda75);
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    for seen in plan.simulate() {
        let counts = counts(&seen, target, &mut random);
        let (context, content): (BTreeMap<_, _>, BTreeMap<_, _>) =
            seen.features.into_iter().partition(|it| it.0.starts_with("context."));
        let row = rows.entry(seen.creative).or_insert_with(|| Row {
            id: format!("c{:05}", seen.creative),
            group: Some(format!("g{:04}", seen.campaign)),
            features: content,
            observations: Vec::new(),
        });
        let before = row.observations.last().and_then(|it| it.day);
        let day = before.map_or_else(|| random.below(DAYS) as i64, |it| it + 1);
        row.observations.push(Observation { group: None, day: Some(day), context, counts });
    }
    rows.into_values().collect()
}

/// The simulated successes and trials as the two counts of a target. For money, revenue is a basket a success, and
/// the price of a thousand impressions follows the log-odds.
fn counts(seen: &simulator::Observation, target: Target, random: &mut SplitMix64) -> Counts {
    let (successes, trials) = (Some(seen.clicks as f64), Some(seen.impressions as f64));
    let none = Counts::default();
    match target {
        Target::Ctr => Counts { clicks: successes, impressions: trials, ..none },
        Target::Cvr => Counts { conversions: successes, clicks: trials, ..none },
        Target::Cpa => Counts { conversions: successes, spend: trials, ..none },
        Target::Hook => Counts { video_3s: successes, impressions: trials, ..none },
        Target::Hold => Counts { thruplays: successes, video_3s: trials, ..none },
        Target::Roas => {
            let baskets: f64 = (0..seen.clicks).map(|_| 20.0 * (0.8 * random.normal()).exp()).sum();
            Counts { revenue: Some(baskets), spend: trials, ..none }
        }
        Target::Cpm => {
            let price = 200.0 * (seen.log_odds + 0.1 * random.normal()).exp();
            Counts { spend: trials.map(|it| it / 1_000.0 * price), impressions: trials, ..none }
        }
    }
}

/// The results of an account.
pub(crate) fn cases(plan: &Plan, target: Target) -> Cases {
    let rows = rows(plan, target);
    Cases::of(&rows.iter().collect::<Vec<_>>(), None)
}

/// Learning without a prior.
pub(crate) fn options(target: Target, hold_out: HoldOut) -> BacktestOptions {
    let carry = Carry { mean: 0.0, deviation: 0.5 };
    let learn = LearnOptions { target, objective: Objective::Likelihood, hold_out, carry };
    BacktestOptions { learn, allow_leaks: true }
}

/// How good the history of an account is.
pub(crate) fn test(plan: &Plan, hold_out: HoldOut) -> Backtest {
    backtest(&cases(plan, Target::Ctr), &[], &options(Target::Ctr, hold_out)).unwrap()
}

/// Three effective columns of falling importance among others that do nothing.
pub(crate) fn plant(plan: Plan, size: f64, shape: Shape, idle: usize) -> Plan {
    let effects = [("picture.a", 1.0), ("picture.b", -1.0), ("picture.c", 0.5)];
    let plan = effects.into_iter().fold(plan, |plan, (name, share)| plan.plant(name, shape, share * size));
    (0..idle).fold(plan, |plan, it| plan.plant(&format!("picture.idle{it:02}"), Shape::Linear, 0.0))
}

/// Two columns of context.
pub(crate) fn place(plan: Plan, size: f64) -> Plan {
    plan.plant("context.placement", Shape::Linear, size).plant("context.season", Shape::Linear, -size)
}
