//! A trained model on results that came later: ranges hold while nothing changes, and no longer when everything does.
#![allow(clippy::unwrap_used)]

mod simulator;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gancho_scorer::learn::{Carry, Cases, Counts, HoldOut, Objective, Target};
use gancho_scorer::{BacktestOptions, ContentKey, EffectModel, LearnOptions, Observation, Row, train};
use simulator::{Plan, Shape};

const OPTIONS: BacktestOptions = BacktestOptions {
    learn: LearnOptions {
        target: Target::Ctr,
        objective: Objective::Likelihood,
        hold_out: HoldOut::Campaign,
        carry: Carry { mean: 0.0, deviation: 1.0 },
    },
    allow_leaks: false,
};

fn account(seed: u64, effect: f64) -> Plan {
    let plan =
        Plan { seed, campaigns: 25, creatives: 12, contexts: 2, creative_spread: 0.15, ..Plan::default() };
    // Features that do nothing, or "like the best so far" would be as good a rule as any model.
    let idle = ["picture.idle", "picture.luminance", "copy.idle"].iter();
    let plan = idle.fold(plan, |plan, it| plan.plant(it, Shape::Linear, 0.0));
    plan.plant("picture.contrast", Shape::Linear, effect).plant("context.story", Shape::Linear, 0.5)
}

/// Rows of a simulated account, whose ids begin with `name`.
fn rows(name: &str, plan: &Plan) -> Vec<Row> {
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    for seen in plan.simulate() {
        let of = |context: bool| {
            let features = seen.features.iter().filter(|it| it.0.starts_with("context.") == context);
            features.map(|(name, value)| (name.clone(), *value)).collect::<BTreeMap<_, _>>()
        };
        let row = rows.entry(seen.creative).or_insert_with(|| Row {
            id: format!("{name}-{}", seen.creative),
            group: Some(format!("{name}-{}", seen.campaign)),
            features: of(false),
            ..Row::default()
        });
        let counts = Counts {
            impressions: Some(seen.impressions as f64),
            clicks: Some(seen.clicks as f64),
            ..Counts::default()
        };
        row.observations.push(Observation { context: of(true), counts, ..Observation::default() });
    }
    rows.into_values().collect()
}

fn cases(rows: &[Row]) -> Cases {
    Cases::of(&rows.iter().collect::<Vec<_>>(), None)
}

/// An account, and the model that was learned from it: once for all tests.
fn learned() -> &'static (Vec<Row>, EffectModel) {
    static LEARNED: OnceLock<(Vec<Row>, EffectModel)> = OnceLock::new();
    LEARNED.get_or_init(|| {
        let rows = rows("old", &account(5, 0.5));
        let keys = vec![ContentKey::default(); rows.len()];
        let model = train(&cases(&rows), &keys, &OPTIONS).unwrap().0;
        (rows, model)
    })
}

#[test]
fn ranges_hold_on_results_of_the_same_kind_and_break_when_the_effect_turns_round() {
    let (_, model) = learned();
    assert!(model.evaluation.skilled);
    let same = model.kept(&cases(&rows("new", &account(6, 0.5)))).unwrap();
    assert_eq!((same.n, same.level), (300, 0.8));
    assert!(!same.broken && (same.observed - 0.8).abs() < 0.08, "{same:?}");
    let turned = model.kept(&cases(&rows("new", &account(7, -0.5)))).unwrap();
    assert!(turned.broken && turned.observed < same.observed - 0.2, "{turned:?}");
}

#[test]
fn what_was_learned_from_is_no_new_result() {
    let (old, model) = learned();
    assert_eq!(model.kept(&cases(old)), None);
    assert_eq!(model.kept(&cases(&[])), None);
    let mut mixed = old.clone();
    mixed.extend(rows("new", &Plan { campaigns: 2, ..account(8, 0.5) }));
    assert_eq!(model.kept(&cases(&mixed)).unwrap().n, 24);
}

#[test]
fn one_alone_cannot_be_judged_and_those_alone_are_compared_with_each_other() {
    let (_, model) = learned();
    let alone = |campaigns| rows("new", &Plan { campaigns, creatives: 1, ..account(9, 0.5) });
    assert_eq!(model.kept(&cases(&alone(1))), None);
    assert_eq!(model.kept(&cases(&alone(6))).unwrap().n, 6);
}

#[test]
fn columns_that_new_results_lack_or_add_are_no_fault() {
    let (_, model) = learned();
    let mut bare = rows("new", &account(6, 0.5));
    for (at, row) in bare.iter_mut().enumerate() {
        row.features.insert("picture.aaa".to_owned(), at as f64);
        for seen in &mut row.observations {
            seen.context = BTreeMap::from([("context.aaa".to_owned(), 1.0)]);
        }
    }
    let with = model.kept(&cases(&rows("new", &account(6, 0.5)))).unwrap();
    let without = model.kept(&cases(&bare)).unwrap();
    assert_eq!(with.n, without.n);
    assert!(without.observed > 0.4, "{without:?}");
}
