//! Parity with LightGBM and shap: the same trees, the same contributions.
//!
//! The fixtures are written by `tests/parity/make.py`, which says why they can agree and what is left to differ.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gancho_boosting::{Booster, Columns, Loss, Settings, Target};
use serde::Deserialize;

#[derive(Deserialize)]
struct Shared {
    learning_rate: f64,
    columns: Vec<Vec<Option<f32>>>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    loss: Loss,
    value: Vec<f64>,
    weight: Option<Vec<f64>>,
    offset: Option<Vec<f64>>,
    group: Option<Vec<u32>>,
    leaves: usize,
    depth: usize,
    min_leaf_rows: usize,
    min_leaf_hessian: f64,
    monotone: Vec<i8>,
    l2: f64,
    rounds: usize,
    trees: usize,
    margins: Vec<f64>,
    model: Option<serde_json::Value>,
    contributions: Option<Vec<Vec<f64>>>,
}

fn fixtures() -> (Shared, Vec<Case>) {
    let mut lines = include_str!("parity/lightgbm.jsonl").lines();
    let shared = serde_json::from_str(lines.next().unwrap()).unwrap();
    (shared, lines.map(|line| serde_json::from_str(line).unwrap()).collect())
}

fn columns(shared: &Shared) -> Columns {
    let column = |it: &Vec<Option<f32>>| it.iter().map(|it| it.unwrap_or(f32::NAN)).collect();
    Columns::new(shared.columns.iter().map(column).collect()).unwrap()
}

fn fit(shared: &Shared, columns: &Columns, case: &Case) -> Booster {
    let settings = Settings {
        loss: case.loss,
        rounds: case.rounds,
        learning_rate: shared.learning_rate,
        l2: case.l2,
        leaves: case.leaves,
        depth: case.depth,
        min_leaf_rows: case.min_leaf_rows,
        min_leaf_hessian: case.min_leaf_hessian,
        monotone: case.monotone.clone(),
        ..Settings::default()
    };
    let target = Target {
        value: &case.value,
        weight: case.weight.as_deref(),
        offset: case.offset.as_deref(),
        group: case.group.as_deref(),
    };
    let rows: Vec<u32> = (0..columns.len() as u32).collect();
    Booster::fit_columns(columns, &target, &rows, &settings, None).unwrap()
}

/// Largest difference, relative to the spread of the expected numbers.
fn difference(found: &[f64], expected: &[f64]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let spread =
        expected.iter().copied().fold(f64::MIN, f64::max) - expected.iter().copied().fold(f64::MAX, f64::min);
    found.iter().zip(expected).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) / spread
}

#[test]
fn margins_are_those_of_lightgbm() {
    let (shared, cases) = fixtures();
    let columns = columns(&shared);
    let mut faults = Vec::new();
    for case in &cases {
        let booster = fit(&shared, &columns, case);
        assert_eq!(booster.len(), case.trees, "{}", case.name);
        let far = difference(&booster.margins(&columns), &case.margins);
        println!("{:18} {far:.1e}", case.name);
        // LightGBM looks sigmoids up for ranking, in steps of 5e-5.
        let tolerance = if matches!(case.loss, Loss::LambdaRank { .. }) { 1e-5 } else { 1e-7 };
        if far > tolerance {
            faults.push(format!("{}: {far:.1e}", case.name));
        }
    }
    assert!(cases.len() == 16 && faults.is_empty(), "{faults:?}");
}

#[test]
fn contributions_to_the_same_trees_are_those_of_shap() {
    let (shared, cases) = fixtures();
    let columns = columns(&shared);
    let mut rows = 0;
    for case in &cases {
        let Some(model) = &case.model else { continue };
        let booster = Booster::from_json(&model.to_string()).unwrap();
        assert!(difference(&booster.margins(&columns), &case.margins) < 1e-11, "{}", case.name);
        for (row, expected) in case.contributions.iter().flatten().enumerate() {
            let mut found = vec![0.0; columns.width() + 1];
            booster.add_contributions(&columns.row(row), &mut found);
            found[columns.width()] = booster.expected();
            let far = difference(&found, expected);
            assert!(far < 1e-9, "{}, row {row}: {far:.1e}", case.name);
            rows += 1;
        }
    }
    assert_eq!(rows, 48);
}
