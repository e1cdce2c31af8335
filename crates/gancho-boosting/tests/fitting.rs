//! What a fit promises, on made-up tables.
#![allow(clippy::unwrap_used)]

mod table;

use gancho_boosting::{Binned, Booster, BoostingError, Columns, Loss, Settings, Stopping, Target};
use proptest::prelude::*;
use table::{LOSSES, all, columns, groups, number, settings, signal, value, values};

fn fit(columns: &Columns, target: &Target<'_>, settings: &Settings) -> Booster {
    Booster::fit_columns(columns, target, &all(columns.len()), settings, None).unwrap()
}

fn close(a: &[f64], b: &[f64], tolerance: f64) {
    let far = a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(a.len() == b.len() && far <= tolerance, "largest difference {far:e}");
}

#[test]
fn each_loss_learns_the_signal_on_new_rows() {
    let columns = columns(3000);
    let group = groups(3000);
    for loss in LOSSES {
        let value = values(loss, 3000);
        let target = Target { group: Some(&group), ..Target::of(&value) };
        let train: Vec<u32> = (0..2000).collect();
        let booster = Booster::fit_columns(&columns, &target, &train, &settings(loss), None).unwrap();
        let margins = booster.margins(&columns);
        let (mut right, mut pairs) = (0, 0);
        for row in 2000..2990 {
            let (a, b) = (signal(row) - signal(row + 7), margins[row] - margins[row + 7]);
            right += usize::from(a * b > 0.0);
            pairs += 1;
        }
        // Pairs in the right order; guessing gives half.
        assert!(right as f64 > 0.85 * f64::from(pairs), "{loss:?}: {right} of {pairs}");
    }
}

#[test]
fn mean_predictions_have_the_mean_of_the_values() {
    let columns = columns(2000);
    // Those with their canonical link; gamma and Tweedie balance ratios instead of sums.
    for loss in &LOSSES[..3] {
        let value = values(*loss, 2000);
        let booster = fit(&columns, &Target::of(&value), &settings(*loss));
        let mean = value.iter().sum::<f64>() / 2000.0;
        let predicted = (0..2000).map(|row| booster.predict(&columns.row(row))).sum::<f64>() / 2000.0;
        // A sum of shrunken Newton's steps keeps the mean only about, but for the squared loss.
        let tolerance = if *loss == Loss::Squared { 1e-9 } else { 0.02 };
        assert!((predicted / mean - 1.0).abs() < tolerance, "{loss:?}: {predicted} against {mean}");
    }
}

#[test]
fn a_quantile_leaves_its_share_below() {
    let columns = columns(2000);
    for level in [0.1, 0.5, 0.9] {
        let loss = Loss::Quantile { level };
        let value = values(loss, 2000);
        let margins = fit(&columns, &Target::of(&value), &settings(loss)).margins(&columns);
        let below = (0..2000).filter(|row| value[*row] < margins[*row]).count();
        assert!((below as f64 / 2000.0 - level).abs() < 0.03, "{below} below the {level} quantile");
    }
}

#[test]
fn an_offset_is_as_good_as_a_shift() {
    let columns = columns(600);
    let offset: Vec<f64> = (0..600).map(|row| (number(row, 31) * 8.0).floor() / 4.0).collect();
    for loss in [Loss::Squared, Loss::Quantile { level: 0.3 }] {
        let value = values(loss, 600);
        let shifted: Vec<f64> = value.iter().zip(&offset).map(|(value, offset)| value - offset).collect();
        let settings = settings(loss);
        let with = fit(&columns, &Target { offset: Some(&offset), ..Target::of(&value) }, &settings);
        let without = fit(&columns, &Target::of(&shifted), &settings);
        close(&with.margins(&columns), &without.margins(&columns), 1e-9);
    }
    // For counts an offset of log(exposure) is the same as a rate weighted with its exposure.
    let exposure: Vec<f64> = offset.iter().map(|it| it.exp()).collect();
    let count: Vec<f64> = (0..600).map(|row| value(Loss::Poisson, row)).collect();
    let rate: Vec<f64> = count.iter().zip(&exposure).map(|(count, exposure)| count / exposure).collect();
    let settings = settings(Loss::Poisson);
    let with = fit(&columns, &Target { offset: Some(&offset), ..Target::of(&count) }, &settings);
    let without = fit(&columns, &Target { weight: Some(&exposure), ..Target::of(&rate) }, &settings);
    close(&with.margins(&columns), &without.margins(&columns), 1e-7);
}

#[test]
fn trees_that_answer_nothing_leave_the_offset_alone() {
    // The offset says all there is to say.
    let offset: Vec<f64> = (0..400).map(|row| signal(row) * 3.0).collect();
    let value: Vec<f64> = offset.iter().map(|it| 1.0 / (1.0 + (-it).exp())).collect();
    let target = Target { offset: Some(&offset), ..Target::of(&value) };
    let margins = fit(&columns(400), &target, &settings(Loss::Binomial)).margins(&columns(400));
    close(&margins, &[0.0; 400], 1e-7);
}

#[test]
fn a_weight_of_two_is_a_row_given_twice() {
    // Few enough that every value has its own bin: quantiles would move with the doubled rows.
    let rows = 250;
    let once = columns(rows);
    for loss in &LOSSES[..6] {
        let value = values(*loss, rows);
        let weight: Vec<f64> = (0..rows).map(|row| if row % 3 == 0 { 2.0 } else { 1.0 }).collect();
        let doubled: Vec<u32> =
            (0..rows as u32).flat_map(|it| vec![it; 1 + usize::from(it % 3 == 0)]).collect();
        let value_doubled: Vec<f64> = doubled.iter().map(|it| value[*it as usize]).collect();
        // Rows are counted, weights are not: the least of a leaf is given by weight.
        let settings = Settings { min_leaf_rows: 1, min_leaf_hessian: 4.0, ..settings(*loss) };
        let weighted = fit(&once, &Target { weight: Some(&weight), ..Target::of(&value) }, &settings);
        let ones = vec![1.0; doubled.len()];
        let twice = once.select(&doubled).unwrap();
        let target = Target { weight: Some(&ones), ..Target::of(&value_doubled) };
        let repeated = fit(&twice, &target, &settings);
        close(&weighted.margins(&once), &repeated.margins(&once), 1e-8);
    }
}

#[test]
fn a_row_without_weight_is_not_there() {
    let columns = columns(300);
    let value = values(Loss::Squared, 300);
    let weight: Vec<f64> = (0..300).map(|row| f64::from(row % 2)).collect();
    let odd: Vec<u32> = (0..300).filter(|it| it % 2 == 1).collect();
    let binned = Binned::of(&columns, 255, None).unwrap();
    let target = Target { weight: Some(&weight), ..Target::of(&value) };
    let settings = settings(Loss::Squared);
    let ignored = Booster::fit(&binned, &target, &all(300), &settings, None).unwrap();
    assert_eq!(ignored, Booster::fit(&binned, &target, &odd, &settings, None).unwrap());
}

#[test]
fn weights_of_one_change_nothing() {
    // The packing of sums differs: one number without weights, two with.
    let columns = columns(700);
    let value = values(Loss::Squared, 700);
    let plain = fit(&columns, &Target::of(&value), &settings(Loss::Squared));
    let ones = [1.0; 700];
    let weighted =
        fit(&columns, &Target { weight: Some(&ones), ..Target::of(&value) }, &settings(Loss::Squared));
    close(&plain.margins(&columns), &weighted.margins(&columns), 1e-9);
}

#[test]
fn noise_stops_early_and_a_signal_does_not() {
    let columns = columns(1200);
    let (train, held_out): (Vec<u32>, Vec<u32>) = all(1200).iter().partition(|it| **it % 3 != 0);
    let stop = Some(Stopping { rows: &held_out, patience: 10 });
    let run = |value: &[f64]| {
        let settings = Settings { rounds: 300, ..settings(Loss::Squared) };
        Booster::fit_columns(&columns, &Target::of(value), &train, &settings, stop).unwrap()
    };
    let noise: Vec<f64> = (0..1200).map(|row| number(row, 99)).collect();
    let on_noise = run(&noise);
    assert!(on_noise.len() <= 5 && on_noise.curve().len() < 20, "{} trees", on_noise.len());
    let on_signal = run(&values(Loss::Squared, 1200));
    assert!(on_signal.len() > 15, "{} trees", on_signal.len());
    let curve = on_signal.curve();
    assert!(curve.iter().all(|it| *it >= curve[on_signal.len()]) && curve.len() <= on_signal.len() + 11);
    // The curve is the loss that the model really has.
    let mean = |booster: &Booster| {
        let errors = held_out.iter().map(|row| {
            (booster.predict(&columns.row(*row as usize)) - value(Loss::Squared, *row as usize)).powi(2)
        });
        errors.sum::<f64>() / held_out.len() as f64
    };
    assert!((mean(&on_signal) - curve[on_signal.len()]).abs() < 1e-12);
}

#[test]
fn ranking_improves_ndcg_on_groups_it_has_not_seen() {
    let rows = 3000;
    let columns = columns(rows);
    let loss = Loss::LambdaRank { truncation: 5 };
    let (value, group) = (values(loss, rows), groups(rows));
    let target = Target { group: Some(&group), ..Target::of(&value) };
    let (train, held_out): (Vec<u32>, Vec<u32>) =
        all(rows).iter().partition(|it| group[**it as usize] % 4 != 0);
    let stop = Some(Stopping { rows: &held_out, patience: 20 });
    let booster = Booster::fit_columns(&columns, &target, &train, &settings(loss), stop).unwrap();
    let curve = booster.curve();
    // 1 - NDCG; before the first tree it is that of a random order.
    assert!(curve[booster.len()] < 0.45 * curve[0], "{} of {}", curve[booster.len()], curve[0]);
}

#[test]
fn missing_values_go_where_they_fit() {
    // Missing rows have the high value, as do values above a half; the rest are low.
    let holes: Vec<f32> =
        (0..200).map(|it| if it % 4 == 0 { f32::NAN } else { (it % 10) as f32 / 10.0 }).collect();
    let high = |it: &f32| f64::from(it.is_nan() || *it > 0.45);
    let value: Vec<f64> = holes.iter().map(high).collect();
    let columns = Columns::new(vec![holes.clone()]).unwrap();
    let settings = Settings { rounds: 1, learning_rate: 1.0, leaves: 2, ..Settings::default() };
    let booster = fit(&columns, &Target::of(&value), &settings);
    close(&booster.margins(&columns), &value, 1e-12);
    // And when only missing rows differ, they are cut off by themselves.
    let value: Vec<f64> = holes.iter().map(|it| f64::from(it.is_nan())).collect();
    let booster = fit(&columns, &Target::of(&value), &settings);
    close(&booster.margins(&columns), &value, 1e-12);
    assert_eq!(booster.margin(&[1e30]), booster.margin(&[0.0]));
}

#[test]
fn a_value_missing_only_later_goes_with_most_rows() {
    for most in [0, 1] {
        // A quarter of the rows lies on one side.
        let side = |row: usize| if row.is_multiple_of(4) { 1 - most } else { most };
        let columns = Columns::new(vec![(0..100).map(|row| side(row) as f32).collect()]).unwrap();
        let value: Vec<f64> = (0..100).map(|row| side(row) as f64 * 10.0).collect();
        let settings = Settings { rounds: 1, learning_rate: 1.0, ..Settings::default() };
        let booster = fit(&columns, &Target::of(&value), &settings);
        assert!((booster.margin(&[f32::NAN]) - most as f64 * 10.0).abs() < 1e-12);
    }
}

#[test]
fn nothing_to_learn_from_gives_the_start_value() {
    let value = [1.0, 2.0, 6.0];
    let cases = [("constant", vec![5.0; 3]), ("missing", vec![f32::NAN; 3])];
    for (name, column) in cases {
        let columns = Columns::new(vec![column]).unwrap();
        let settings = Settings { min_leaf_rows: 1, ..Settings::default() };
        let booster = fit(&columns, &Target::of(&value), &settings);
        assert!(booster.is_empty() && booster.margin(&[0.0]) == 3.0, "{name}");
        assert_eq!((booster.expected(), booster.used_columns()), (3.0, vec![]));
    }
    let same = fit(&columns(50), &Target::of(&[0.1; 50]), &settings(Loss::Squared));
    assert_eq!(same.len(), 0, "a constant target has nothing to gain but rounding");
}

#[test]
fn one_row_is_enough_and_none_is_not() {
    let one = Columns::new(vec![vec![1.0], vec![f32::NAN]]).unwrap();
    let booster = fit(&one, &Target::of(&[4.0]), &Settings::default());
    assert_eq!(booster.margins(&one), [4.0]);
    let none = BoostingError::NoRows { part: "training".into() };
    let empty = Columns::new(vec![vec![], vec![]]).unwrap();
    let fit_none = |columns: &Columns, value: &[f64]| {
        Booster::fit_columns(columns, &Target::of(value), &[], &Settings::default(), None).unwrap_err()
    };
    assert_eq!(fit_none(&empty, &[]), none);
    assert_eq!(fit_none(&one, &[4.0]), none);
}

#[test]
fn rows_are_named_once() {
    let columns = columns(30);
    let value = values(Loss::Squared, 30);
    let train: Vec<u32> = (0..20).collect();
    let run = |train: &[u32], held_out: &[u32], patience| {
        let stop = Some(Stopping { rows: held_out, patience });
        Booster::fit_columns(&columns, &Target::of(&value), train, &settings(Loss::Squared), stop)
    };
    assert_eq!(run(&train, &[25, 19], 5).unwrap_err(), BoostingError::RepeatedRow { row: 19 });
    assert_eq!(run(&train, &[25, 25], 5).unwrap_err(), BoostingError::RepeatedRow { row: 25 });
    assert_eq!(run(&train, &[30], 5).unwrap_err(), BoostingError::UnknownRow { row: 30, rows: 30 });
    assert_eq!(run(&train, &[], 5).unwrap_err(), BoostingError::NoRows { part: "held-out".into() });
    assert!(matches!(run(&train, &[25], 0).unwrap_err(), BoostingError::Setting { .. }));
}

#[test]
fn extreme_numbers_are_an_error_and_not_a_panic() {
    let columns = columns(60);
    let mut value = values(Loss::Poisson, 60);
    let offset: Vec<f64> = (0..60).map(|row| if row == 7 { 800.0 } else { 0.0 }).collect();
    let target = Target { offset: Some(&offset), ..Target::of(&value) };
    let run =
        |target: &Target<'_>, loss| Booster::fit_columns(&columns, target, &all(60), &settings(loss), None);
    assert_eq!(run(&target, Loss::Poisson).unwrap_err(), BoostingError::Diverged { round: 0 });
    value[3] = 1e300;
    value[4] = -1e300;
    let huge = run(&Target::of(&value), Loss::Squared).unwrap();
    assert!(huge.margins(&columns).iter().all(|it| it.is_finite()));
    value[3] = f64::MAX;
    value[4] = f64::MAX;
    assert_eq!(run(&Target::of(&value), Loss::Squared).unwrap_err(), BoostingError::Diverged { round: 0 });
}

#[test]
fn limits_on_leaves_and_depth_hold() {
    let columns = columns(800);
    let value = values(Loss::Squared, 800);
    let tree = |settings: &Settings| {
        let booster = fit(&columns, &Target::of(&value), &Settings { rounds: 1, ..settings.clone() });
        let mut margins = booster.margins(&columns);
        margins.sort_by(f64::total_cmp);

        margins.chunk_by(|a, b| a == b).map(<[f64]>::len).collect::<Vec<_>>()
    };
    let base = settings(Loss::Squared);
    assert_eq!(tree(&Settings { leaves: 9, ..base.clone() }).len(), 9);
    assert_eq!(tree(&Settings { leaves: 500, depth: 3, ..base.clone() }).len(), 8);
    assert!(tree(&Settings { leaves: 500, min_leaf_rows: 60, ..base.clone() }).iter().all(|it| *it >= 60));
    let by_hessian = Settings { leaves: 500, min_leaf_rows: 1, min_leaf_hessian: 60.0, ..base };
    assert!(tree(&by_hessian).iter().all(|it| *it >= 60));
}

#[test]
fn a_penalty_shrinks_leaves_by_its_formula() {
    let columns = Columns::new(vec![vec![0.0, 0.0, 1.0, 1.0]]).unwrap();
    let settings =
        Settings { rounds: 1, learning_rate: 0.5, min_leaf_rows: 1, l2: 3.0, ..Settings::default() };
    let booster = fit(&columns, &Target::of(&[-1.0, -1.0, 1.0, 1.0]), &settings);
    // Half of 2 / (2 + 3) each way; the gain is twice 2^2 / (2 + 3).
    close(&booster.margins(&columns), &[-0.2, -0.2, 0.2, 0.2], 1e-15);
    assert!((booster.gains()[0] - 1.6).abs() < 1e-12);
    assert_eq!(booster.used_columns(), [0]);
}

#[test]
fn a_value_on_the_threshold_goes_left_in_bins_and_in_rows() {
    // Learned from 0 and 1, the threshold is a half, which only the last, held-out row has.
    let column: Vec<f32> = (0..41).map(|row| if row == 40 { 0.5 } else { (row % 2) as f32 }).collect();
    let value: Vec<f64> = column.iter().map(|it| f64::from(*it) * 4.0).collect();
    let columns = Columns::new(vec![column]).unwrap();
    let settings = Settings { rounds: 1, learning_rate: 1.0, ..Settings::default() };
    let stop = Some(Stopping { rows: &[40], patience: 1 });
    let booster = Booster::fit_columns(&columns, &Target::of(&value), &all(40), &settings, stop).unwrap();
    // The tree makes the held-out row worse: its loss is on the curve, the tree is not kept.
    assert_eq!((booster.len(), booster.curve()), (0, &[0.0, 4.0][..]));
    let kept = fit(&columns.select(&all(40)).unwrap(), &Target::of(&value[..40]), &settings);
    assert_eq!([0.0, 0.5, 1.0].map(|it| kept.margin(&[it])), [0.0, 0.0, 4.0]);
}

#[test]
fn among_equal_splits_the_lowest_column_and_bin_win() {
    // Cutting off either end gains the same, on either of two equal columns.
    let column: Vec<f32> = (0..30).map(|row| (row % 3) as f32).collect();
    let value: Vec<f64> = column.iter().map(|it| if *it == 1.0 { 0.0 } else { 3.0 }).collect();
    let columns = Columns::new(vec![vec![1.0; 30], column.clone(), column]).unwrap();
    let settings =
        Settings { rounds: 1, learning_rate: 1.0, leaves: 2, min_leaf_rows: 1, ..Settings::default() };
    let booster = fit(&columns, &Target::of(&value), &settings);
    assert_eq!(booster.used_columns(), [1]);
    let margins: Vec<f64> = [0.0, 1.0, 2.0].iter().map(|it| booster.margin(&[1.0, *it, *it])).collect();
    close(&margins, &[3.0, 1.5, 1.5], 1e-12);
}

#[test]
fn draws_are_repeatable_and_depend_on_the_seed() {
    let columns = columns(600);
    let value = values(Loss::Squared, 600);
    let run = |seed| {
        let settings = Settings { row_share: 0.5, column_share: 0.5, seed, ..settings(Loss::Squared) };
        fit(&columns, &Target::of(&value), &settings)
    };
    assert_eq!(run(1), run(1));
    assert_ne!(run(1), run(2));
    // Half of the rows and columns still learn: the spread of the signal is about 0.8.
    let margins = run(1).margins(&columns);
    let error = (0..600).map(|row| (margins[row] - signal(row)).powi(2)).sum::<f64>() / 600.0;
    assert!(error.sqrt() < 0.25, "{}", error.sqrt());
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let columns = columns(400);
    let value = values(Loss::Gamma, 400);
    let binned = Binned::of(&columns, 64, None).unwrap();
    let backwards: Vec<u32> = all(400).into_iter().rev().collect();
    let run = |rows: &[u32]| {
        Booster::fit(&binned, &Target::of(&value), rows, &settings(Loss::Gamma), None).unwrap()
    };
    assert_eq!(run(&all(400)), run(&backwards));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn monotone_columns_are_monotone(
        seed in any::<u64>(),
        loss in 0..LOSSES.len(),
        signs in prop::collection::vec(-1_i8..=1, table::WIDTH),
        weighted in any::<bool>(),
    ) {
        let columns = columns(240);
        let loss = LOSSES[loss];
        let value = values(loss, 240);
        let group = groups(240);
        let weight: Vec<f64> = (0..240).map(|row| number(row, 55) + 0.1).collect();
        let weight = weighted.then_some(weight.as_slice());
        let settings = Settings {
            monotone: signs.clone(), rounds: 15, row_share: 0.8, seed, min_leaf_rows: 2, ..settings(loss)
        };
        let target = Target { group: Some(&group), weight, ..Target::of(&value) };
        let booster = fit(&columns, &target, &settings);
        for row in (0..240).step_by(17) {
            for (column, sign) in signs.iter().enumerate().filter(|it| *it.1 != 0) {
                let mut moved = columns.row(row);
                let margins: Vec<f64> = (0..=60).map(|step| {
                    moved[column] = step as f32 / 20.0 - 0.5;
                    booster.margin(&moved)
                }).collect();
                let falls = margins.windows(2).any(|it| f64::from(*sign) * (it[1] - it[0]) < 0.0);
                prop_assert!(!falls, "{loss:?}, column {column}: {margins:?}");
            }
        }
    }

    #[test]
    fn contributions_add_up_to_the_margin(seed in any::<u64>(), loss in 0..LOSSES.len()) {
        let columns = columns(300);
        let loss = LOSSES[loss];
        let (value, group) = (values(loss, 300), groups(300));
        let settings = Settings { row_share: 0.6, leaves: 60, seed, min_leaf_rows: 1, ..settings(loss) };
        let booster = fit(&columns, &Target { group: Some(&group), ..Target::of(&value) }, &settings);
        let mut mean = 0.0;
        for (row, margin) in booster.margins(&columns).into_iter().enumerate() {
            let mut parts = vec![0.0; table::WIDTH];
            booster.add_contributions(&columns.row(row), &mut parts);
            prop_assert!((booster.expected() + parts.iter().sum::<f64>() - margin).abs() < 1e-9);
            prop_assert_eq!(parts[4], 0.0, "a constant column adds nothing");
            prop_assert_eq!(booster.margin(&columns.row(row)).to_bits(), margin.to_bits());
            mean += margin / 300.0;
        }
        // Without draws the expectation is the mean over the training rows.
        let all = fit(&columns, &Target { group: Some(&group), ..Target::of(&value) },
            &Settings { row_share: 1.0, ..settings });
        let all_mean = all.margins(&columns).iter().sum::<f64>() / 300.0;
        prop_assert!((all.expected() - all_mean).abs() < 1e-9);
        prop_assert!(mean.is_finite());
    }
}
