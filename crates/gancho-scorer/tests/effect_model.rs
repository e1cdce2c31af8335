//! A model that is kept: what its file holds, what it refuses, and when it abstains.

#![allow(clippy::unwrap_used)]

mod accounts;
mod simulator;

use accounts::{cases, options, plant, rows};
use gancho_scorer::learn::{HoldOut, Target};
use gancho_scorer::{Basis, EffectModel, Models, Note, Options, Row, ScorerError, score, train};
use simulator::{Plan, Shape};

fn plan() -> Plan {
    let plan = Plan { seed: 4, campaigns: 10, creatives: 20, ..Plan::default() };
    plant(plan, 0.3, Shape::Linear, 2)
}

fn trained(hold_out: HoldOut) -> EffectModel {
    train(&cases(&plan(), Target::Ctr), &[], &options(Target::Ctr, hold_out)).unwrap().0
}

fn models(model: EffectModel) -> Models {
    Models { prior: None, history: Some(model) }
}

/// Creatives that were never seen, without results.
fn fresh(count: usize) -> Vec<Row> {
    let plan = Plan { seed: 99, campaigns: 1, creatives: count, ..plan() };
    let clean = |row: Row| Row { id: format!("new-{}", row.id), observations: Vec::new(), ..row };
    rows(&plan, Target::Ctr).into_iter().map(clean).collect()
}

#[test]
fn a_file_holds_all_of_a_model() {
    for hold_out in [HoldOut::Campaign, HoldOut::Creative, HoldOut::Time] {
        let model = trained(hold_out);
        assert!(model.evaluation.skilled);
        let read = EffectModel::parse(&model.to_bytes().unwrap()).unwrap();
        assert_eq!(read, model);
        let rows = fresh(30);
        let score = |it: EffectModel| score(&rows, &models(it), &Options::default()).unwrap();
        assert_eq!(score(read), score(model));
    }
}

#[test]
fn threads_and_order_do_not_matter_to_a_model() {
    let mut rows = rows(&plan(), Target::Ctr);
    let run = |rows: &[Row], threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let cases = gancho_scorer::learn::Cases::of(&rows.iter().collect::<Vec<_>>(), None);
        let learn = || train(&cases, &[], &options(Target::Ctr, HoldOut::Campaign)).unwrap();
        let (model, test) = pool.install(learn);
        (model.to_bytes().unwrap(), test)
    };
    let one = run(&rows, 1);
    rows.rotate_left(77);
    rows.reverse();
    assert!(one == run(&rows, 3));
}

#[test]
fn hostile_files_are_refused() {
    let parse = |text: &str| EffectModel::parse(text.as_bytes());
    assert!(matches!(parse(""), Err(ScorerError::Model { .. })));
    assert!(matches!(parse(r#"{"format":"gancho.effect/9"}"#), Err(ScorerError::ModelFormat { .. })));
    assert!(matches!(parse(r#"{"format":"gancho.effect/1"}"#), Err(ScorerError::Model { .. })));
    let good: serde_json::Value =
        serde_json::from_slice(&trained(HoldOut::Campaign).to_bytes().unwrap()).unwrap();
    let line = "/models/0/content/lines/0";
    assert!(good.pointer(line).is_some(), "the account has linear effects");
    for (place, value) in [
        ("/evaluation/beta".to_owned(), "null"),
        ("/models".to_owned(), "[]"),
        (format!("{line}/column"), "70000"),
        (format!("{line}/slope"), "\"x\""),
        (format!("{line}/low"), "1e30"),
        ("/models/1/content/slope".to_owned(), "1e999"),
        ("/models/1/content/names".to_owned(), "[]"),
        ("/models/1/content/support/0/column".to_owned(), "9999"),
        ("/seen".to_owned(), r#"{"0000000000000000":5}"#),
    ] {
        let mut broken = good.clone();
        let text = if value == "1e999" { "\"PLACE\"" } else { value };
        *broken.pointer_mut(&place).unwrap() = serde_json::from_str(text).unwrap();
        let broken = broken.to_string().replace("\"PLACE\"", value);
        assert!(matches!(parse(&broken), Err(ScorerError::Model { .. })), "{place}");
    }
    let text = good.to_string();
    for cut in (0..text.len()).step_by(text.len() / 40) {
        assert!(parse(&text[..cut]).is_err());
    }
}

#[test]
fn a_model_abstains_where_it_knows_nothing() {
    let mut rows = fresh(30);
    rows[3].features.clear();
    rows[3].features.insert("picture.unheard".into(), 1.0);
    rows[4].features.clear();
    rows[4].features.insert("picture.sharpness".into(), 100.0);
    for value in rows[5].features.values_mut() {
        *value = 1e4;
    }
    rows[6].features.remove("picture.b");
    let ranking = score(&rows, &models(trained(HoldOut::Campaign)), &Options::default()).unwrap();
    let found = |at: usize| ranking.scores.iter().find(|it| it.id == rows[at].id).unwrap();
    for (at, why) in [(3, "no-evidence"), (4, "no-evidence"), (5, "unlike")] {
        let it = found(at);
        assert_eq!((it.abstained.as_deref(), it.basis, it.weight_of_history), (Some(why), Basis::Craft, 0.0));
        let interval = it.interval.unwrap();
        assert_eq!((interval.low, interval.high), (0.0, 100.0));
    }
    assert_eq!((found(6).abstained.as_deref(), found(6).basis), (None, Basis::History));
    assert!(ranking.notes.contains(&Note::Unlike { creatives: 3 }));
    assert!(ranking.notes.contains(&Note::MixedBases {}));
    assert_eq!(ranking.scores.iter().filter(|it| it.abstained.is_some()).count(), 3);
}

#[test]
fn a_model_ranks_creatives_it_has_never_seen() {
    let plan = Plan { seed: 77, campaigns: 1, creatives: 200, creative_spread: 0.0, ..plan() };
    let truth = plan.simulate();
    let rows = rows(&plan, Target::Ctr).into_iter().map(|it| Row { id: format!("n{}", it.id), ..it });
    let rows: Vec<Row> = rows.map(|it| Row { observations: Vec::new(), ..it }).collect();
    for hold_out in [HoldOut::Campaign, HoldOut::Time] {
        let ranking = score(&rows, &models(trained(hold_out)), &Options::default()).unwrap();
        let half: f64 = ranking.scores[..100]
            .iter()
            .map(|it| truth[it.id[2..].parse::<usize>().unwrap()].creative_effect)
            .sum();
        let all: f64 = truth.iter().map(|it| it.creative_effect).sum();
        assert!((2.0 * half - all) / 200.0 > 0.25, "{}", (2.0 * half - all) / 200.0);
    }
}
