//! How learning behaves on simulated accounts: `cargo run --example study -- KEY=VALUE…`; see `Setup`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/simulator/mod.rs"]
mod simulator;

use std::collections::BTreeMap;
use std::time::Instant;

use gancho_scorer::evaluate::SplitMix64;
use gancho_scorer::learn::{Carry, Cases, Counts, HoldOut, Objective, Target};
use gancho_scorer::{BacktestOptions, LearnOptions, Observation, Row, backtest};
use simulator::{Plan, Shape};

/// What is simulated, and how it is learned.
struct Setup {
    campaigns: usize,
    creatives: usize,
    contexts: usize,
    seeds: u64,
    /// Columns that do nothing.
    idle: usize,
    /// Log-odds of one unit of each of three effective columns.
    effect: f64,
    /// Whether effects are all or nothing.
    threshold: bool,
    /// Log-odds of one unit of each of two context columns.
    context: f64,
    confounding: f64,
    spread: f64,
    hold_out: HoldOut,
    objective: Objective,
}

impl Setup {
    fn of(arguments: impl Iterator<Item = String>) -> Self {
        let given: BTreeMap<String, String> = arguments
            .filter_map(|it| it.split_once('=').map(|(a, b)| (a.to_owned(), b.to_owned())))
            .collect();
        let number = |key: &str, default: f64| given.get(key).map_or(default, |it| it.parse().unwrap());
        Self {
            campaigns: number("campaigns", 12.0) as usize,
            creatives: number("creatives", 25.0) as usize,
            contexts: number("contexts", 1.0) as usize,
            seeds: number("seeds", 20.0) as u64,
            idle: number("idle", 10.0) as usize,
            effect: number("effect", 0.0),
            threshold: number("threshold", 0.0) > 0.0,
            context: number("context", 0.0),
            confounding: number("confounding", 0.0),
            spread: number("spread", 0.2),
            hold_out: match given.get("hold").map(String::as_str) {
                Some("creative") => HoldOut::Creative,
                Some("time") => HoldOut::Time,
                _ => HoldOut::Campaign,
            },
            objective: if given.contains_key("rank") { Objective::Rank } else { Objective::Likelihood },
        }
    }

    fn plan(&self, seed: u64) -> Plan {
        let shape = if self.threshold { Shape::Threshold(0.3) } else { Shape::Linear };
        let mut plan = Plan {
            seed,
            campaigns: self.campaigns,
            creatives: self.creatives,
            contexts: self.contexts,
            creative_spread: self.spread,
            confounding: self.confounding,
            ..Plan::default()
        };
        for (name, sign) in [("picture.a", 1.0), ("picture.b", -1.0), ("picture.c", 0.5)] {
            plan = plan.plant(name, shape, sign * self.effect);
        }
        for idle in 0..self.idle {
            plan = plan.plant(&format!("picture.idle{idle:02}"), Shape::Linear, 0.0);
        }
        if self.context != 0.0 || self.contexts > 1 {
            plan = plan.plant("context.placement", Shape::Linear, self.context);
            plan = plan.plant("context.season", Shape::Linear, -self.context);
        }
        plan
    }
}

fn cases(plan: &Plan) -> Cases {
    let mut random = SplitMix64::new(plan.seed ^ 0xda75);
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    for seen in plan.simulate() {
        let (context, content): (BTreeMap<_, _>, BTreeMap<_, _>) =
            seen.features.into_iter().partition(|it| it.0.starts_with("context."));
        let row = rows.entry(seen.creative).or_insert_with(|| Row {
            id: format!("c{:05}", seen.creative),
            group: Some(format!("g{:04}", seen.campaign)),
            features: content,
            observations: Vec::new(),
        });
        let start = row.observations.first().and_then(|it| it.day);
        let day = start.unwrap_or_else(|| random.below(360) as i64) + i64::from(start.is_some());
        row.observations.push(Observation {
            group: None,
            day: Some(day),
            context,
            counts: Counts {
                impressions: Some(seen.impressions as f64),
                clicks: Some(seen.clicks as f64),
                ..Counts::default()
            },
        });
    }
    Cases::of(&rows.values().collect::<Vec<_>>(), None)
}

fn main() {
    let setup = Setup::of(std::env::args().skip(1));
    let options = BacktestOptions {
        learn: LearnOptions {
            target: Target::Ctr,
            objective: setup.objective,
            hold_out: setup.hold_out,
            carry: Carry { mean: 0.0, deviation: 0.5 },
        },
        allow_leaks: true,
    };
    let start = Instant::now();
    let (mut skilled, mut found, mut coverage, mut z) = (0, Vec::new(), Vec::new(), Vec::new());
    let (mut betas, mut ceilings, mut ndcg, mut context) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for seed in 0..setup.seeds {
        let result = backtest(&cases(&setup.plan(seed * 7_919 + 13)), &[], &options).unwrap();
        let it = result.evaluation;
        skilled += u32::from(it.skilled);
        let spearman = it.content.spearman.map_or(0.0, |it| it.value);
        found.push(spearman);
        z.push(spearman * ((it.units - it.campaigns) as f64).sqrt());
        coverage.push(it.coverage.overall);
        betas.push(it.beta);
        ceilings.push(it.ceiling);
        ndcg.push(it.content.ndcg.get(1).map_or(0.0, |it| it.estimate.value));
        context.push(it.context.map_or(0.0, |it| it.context));
    }
    let mean = |it: &[f64]| it.iter().sum::<f64>() / it.len() as f64;
    let quantile = |it: &mut Vec<f64>, at: f64| {
        it.sort_by(f64::total_cmp);
        it[((it.len() - 1) as f64 * at).round() as usize]
    };
    println!(
        "skilled {skilled}/{} spearman {:.3} z50 {:.2} z95 {:.2} coverage {:.3} ({:.3}..{:.3}) beta {:.2} ceiling {:.3} ndcg3 {:.3} context {:.3}  {:.2} s each",
        setup.seeds,
        mean(&found),
        quantile(&mut z, 0.5),
        quantile(&mut z, 0.95),
        mean(&coverage),
        quantile(&mut coverage, 0.05),
        quantile(&mut coverage, 0.95),
        mean(&betas),
        mean(&ceilings),
        mean(&ndcg),
        mean(&context),
        start.elapsed().as_secs_f64() / setup.seeds as f64,
    );
}
