//! Sights made by hand, with answers worked out by hand, and sights of anything.
#![allow(clippy::unwrap_used)]

use gancho_vision::{ATTENTION_SIDE, Grid, TEXT_SIDE};
use image::{Rgb, RgbImage};
use proptest::prelude::*;

use super::*;

fn grid(side: usize, value: impl Fn(f32, f32) -> f32) -> Grid {
    let place = |at: usize| (at as f32 + 0.5) / side as f32;
    Grid { side, values: (0..side * side).map(|it| value(place(it % side), place(it / side))).collect() }
}

/// All attention on the left half, text over the top quarter, one face in the lower left.
fn sight() -> Sight {
    let mut attention = grid(ATTENTION_SIDE, |x, _| f32::from(u8::from(x < 0.5)));
    let sum: f32 = attention.values.iter().sum();
    attention.values.iter_mut().for_each(|it| *it /= sum);
    Sight {
        embedding: Vec::new(),
        attention,
        text: grid(TEXT_SIDE, |_, y| if y < 0.25 { 1.0 } else { 0.0 }),
        faces: vec![Face { area: UnitRect { x: 0.0, y: 0.5, width: 0.25, height: 0.5 }, score: 0.9 }],
        kind: Kinds { photo: 0.1, design: 0.7, screenshot: 0.1, logo_or_packshot: 0.1 },
    }
}

fn pixels() -> RgbImage {
    // Black strokes on white where the text is, gray below.
    RgbImage::from_fn(200, 100, |x, y| {
        Rgb([match (y < 25, x % 10 < 3) {
            (true, true) => 0,
            (true, false) => 255,
            _ => 128,
        }; 3])
    })
}

#[test]
fn a_sight_worked_out_by_hand() {
    let seen = SightEvidence::of(&sight(), &ContrastPlane::of(&pixels()), 2000, 1000);
    let close = |found: f64, wanted: f64| assert!((found - wanted).abs() < 1e-6, "{found} is not {wanted}");
    close(seen.text_area, 0.25);
    close(seen.attention_on_text, 0.25);
    // Half of the left half's height and half of its width.
    close(seen.attention_on_faces, 0.25);
    // The right half without its text.
    close(seen.unattended_share, 0.375);
    // Of the left half, the middle third of the width holds one third, and so does the height.
    close(seen.attention_on_center(), 1.0 / 9.0);
    close(seen.thirds.iter().sum(), 1.0);
    assert_eq!(seen.text_boxes.len(), 1);
    assert_eq!(seen.text_boxes[0].quad, [0.0, 0.0, 2000.0, 0.0, 2000.0, 250.0, 0.0, 250.0]);
    assert_eq!(seen.text_boxes[0].contrast, Some(21.0));
    assert_eq!(seen.faces[0].area, [0.0, 500.0, 500.0, 500.0]);
    close(seen.faces[0].area_share, 0.125);
    let square = &seen.crops[0];
    assert_eq!(square.shape, Shape::Square);
    // 0.25 to 0.75 of the width: half of the attention and half of the text outside, the face gone.
    close(square.centered.attention_lost, 0.5);
    close(square.centered.text_lost, 0.5);
    assert_eq!(square.centered.faces_cut, 1);
    assert_eq!((square.best.area, square.best.faces_cut), ([0, 0, 1000, 1000], 0));
    close(square.best.attention_lost, 0.0);
}

#[test]
fn every_reading_has_its_name() {
    let seen = SightEvidence::of(&sight(), &ContrastPlane::of(&pixels()), 2000, 1000);
    let named = seen.named();
    // The left half is one plateau at twice its even share: its peaks count.
    let names: Vec<&str> = named.iter().map(|it| it.0).collect();
    assert_eq!(names, SightEvidence::NAMES);
    let value = |name: &str| named.iter().find(|it| it.0 == name).unwrap().1;
    assert_eq!(value("lowest_text_contrast"), 21.0);
    assert_eq!(value("faces"), 1.0);
    assert!((value("kind_design") - 0.7).abs() < 1e-6);
    assert!(
        (value("crop_9x16_text_lost") - (1.0 - 0.28125)).abs() < 0.005,
        "{}",
        value("crop_9x16_text_lost")
    );
    let mut without = seen;
    (without.text_boxes, without.focal_points) = (Vec::new(), Vec::new());
    let named = without.named();
    assert!(named.iter().all(|it| it.0 != "lowest_text_contrast" && it.0 != "first_focal_share"));
}

#[test]
fn no_reading_has_the_name_of_a_measure() {
    let measures = gancho_media::Measures::of(&pixels()).named();
    assert!(measures.iter().all(|(name, _)| !SightEvidence::NAMES.contains(name)));
}

#[test]
fn the_cache_gives_back_every_bit() {
    let mut seen = SightEvidence::of(&sight(), &ContrastPlane::of(&pixels()), 2000, 1000);
    let stored = rmp_serde::to_vec_named(&seen).unwrap();
    assert!(stored.len() < 13_000, "{} bytes", stored.len());
    assert_eq!(rmp_serde::from_slice::<SightEvidence>(&stored).unwrap(), seen);
    // What is read off the stored map is what stands beside it.
    let again = Attention::new(ATTENTION_SIDE, seen.attention.shares()).focal_points([2000.0, 1000.0]);
    assert_eq!(again, seen.focal_points);
    seen.drop_maps();
    assert!(rmp_serde::to_vec_named(&seen).unwrap().len() < 3_500);
}

/// Numbers that a broken or unlucky network may deliver.
fn number() -> impl Strategy<Value = f32> {
    prop_oneof![4 => 0.0f32..1.0, 1 => Just(f32::NAN), 1 => Just(f32::INFINITY), 1 => -10.0f32..10.0]
}

fn any_grid(side: usize) -> impl Strategy<Value = Grid> {
    let any = prop::collection::vec(number(), side * side);
    let flat = number().prop_map(move |it| vec![it; side * side]);
    prop_oneof![any, flat].prop_map(move |values| Grid { side, values })
}

fn any_face() -> impl Strategy<Value = Face> {
    (number(), number(), number(), number(), number())
        .prop_map(|(x, y, width, height, score)| Face { area: UnitRect { x, y, width, height }, score })
}

fn any_sight() -> impl Strategy<Value = Sight> {
    let kinds = (number(), number(), number(), number());
    let faces = prop::collection::vec(any_face(), 0..4);
    (any_grid(ATTENTION_SIDE), any_grid(TEXT_SIDE), faces, kinds).prop_map(|(attention, text, faces, k)| {
        let kind = Kinds { photo: k.0, design: k.1, screenshot: k.2, logo_or_packshot: k.3 };
        Sight { embedding: Vec::new(), attention, text, faces, kind }
    })
}

fn any_size() -> impl Strategy<Value = (u32, u32)> {
    prop_oneof![Just((1, 1)), Just((20_000, 300)), Just((2, 30_000)), (1u32..3000, 1u32..3000)]
}

/// One color, or noise, at the shape of the picture but never more than 200 pixels a side.
fn any_pixels((width, height): (u32, u32), seed: u32) -> RgbImage {
    RgbImage::from_fn(width.min(200), height.min(200), |x, y| {
        let noise = (x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663)).wrapping_mul(seed) >> 13;
        Rgb([(noise % 256) as u8, (noise / 7 % 256) as u8, 40])
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    /// Whatever a network says about whatever picture: finite numbers, shares within 0 and 1, places in
    /// the picture, ratios of 1 to 21.
    #[test]
    fn every_reading_is_finite_and_in_its_range(sight in any_sight(), size in any_size(), seed in 0u32..3) {
        let (width, height) = size;
        let seen = SightEvidence::of(&sight, &ContrastPlane::of(&any_pixels(size, seed)), width, height);
        for (name, value) in seen.named() {
            let most = match name {
                "lowest_text_contrast" => 21.0,
                "focal_points" | "faces" => 6.0,
                _ => 1.0 + 1e-6,
            };
            prop_assert!((0.0..=most).contains(&value), "{} is {}", name, value);
        }
        prop_assert!((seen.thirds.iter().sum::<f64>() - 1.0).abs() < 1e-9);
        prop_assert!(seen.focal_points.iter().map(|it| it.share).sum::<f64>() <= 1.0 + 1e-9);
        for it in &seen.focal_points {
            prop_assert!((0.0..=f64::from(width)).contains(&it.x) && (0.0..=f64::from(height)).contains(&it.y));
        }
        for it in &seen.faces {
            let [x, y, w, h] = it.area;
            prop_assert!(x >= 0.0 && y >= 0.0 && x + w <= width as f32 * 1.0001 && y + h <= height as f32 * 1.0001);
        }
        for it in &seen.text_boxes {
            prop_assert!(it.quad.iter().all(|it| it.is_finite()) && it.score >= 0.5);
            prop_assert!(it.contrast.is_none_or(|it| (1.0..=21.0).contains(&it)));
        }
        prop_assert_eq!(seen.crops.len(), 4);
        for crop in &seen.crops {
            prop_assert!(crop.best.attention_lost <= crop.centered.attention_lost + 1e-9, "{:?}", crop);
        }
        // Again is the same, and so is what the cache gives back.
        let stored = rmp_serde::to_vec_named(&seen).unwrap();
        prop_assert_eq!(rmp_serde::from_slice::<SightEvidence>(&stored).unwrap(), seen);
    }
}
