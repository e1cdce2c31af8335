//! The quality model on small networks with known answers, and on damaged files.

#![allow(clippy::unwrap_used)]
use std::collections::HashMap;

use gancho_media::RgbImage;
use safetensors::tensor::{TensorView, serialize};

use super::*;
use crate::CODES;

const COUNT: usize = DistortionFeatures::COUNT;

/// A file of one layer; every output is `bias`, and output `row` adds `weight` times feature `column`.
fn file(metadata: &[(&str, String)], outputs: usize, set: Option<(usize, usize, f32)>, bias: f32) -> Vec<u8> {
    let bytes = |values: &[f32]| values.iter().flat_map(|it| it.to_le_bytes()).collect::<Vec<u8>>();
    let mut weight = vec![0.0; outputs * COUNT];
    if let Some((row, column, value)) = set {
        weight[row * COUNT + column] = value;
    }
    let (zeros, ones) = (bytes(&vec![0.0; COUNT]), bytes(&vec![1.0; COUNT]));
    let (weight, bias) = (bytes(&weight), bytes(&vec![bias; outputs]));
    let view = |shape: Vec<usize>, data| TensorView::new(Dtype::F32, shape, data).unwrap();
    let parts = [
        ("center", view(vec![COUNT], &zeros)),
        ("scale", view(vec![COUNT], &ones)),
        ("layers.0.weight", view(vec![outputs, COUNT], &weight)),
        ("layers.0.bias", view(vec![outputs], &bias)),
    ];
    let metadata: HashMap<_, _> = metadata.iter().map(|(key, it)| ((*key).to_owned(), it.clone())).collect();
    serialize(parts, Some(metadata)).unwrap()
}

fn sound() -> Vec<(&'static str, String)> {
    vec![("format", FORMAT.to_owned()), ("features", DistortionFeatures::names().join(","))]
}

#[test]
fn the_answer_is_the_logistic_of_a_held_feature() {
    // luma_mean of mid-gray is 128 / 255; 10 times that is 5.0196, far outside of ±4 only for the feature itself.
    let column = DistortionFeatures::names().iter().position(|it| it == "luma_mean").unwrap();
    let model = QualityModel::load(&file(&sound(), 5, Some((3, column, 10.0)), -5.0)).unwrap();
    let gray = RgbImage::from_raw(1, 1, vec![128; 3]).unwrap();
    let quality = model.judge(&DistortionFeatures::of(&gray));
    let logistic = |it: f64| 1.0 / (1.0 + (-it).exp());
    assert!((quality.compression - logistic(10.0 * 128.0 / 255.0 - 5.0)).abs() < 1e-5);
    assert_eq!(quality.overall, logistic(-5.0));
    assert_eq!(quality.exposure, logistic(-5.0));
}

#[test]
fn broken_files_are_refused() {
    let good = file(&sound(), 5, None, 0.0);
    assert!(matches!(QualityModel::load(b""), Err(QualityError::NotSafetensors { .. })));
    assert!(matches!(QualityModel::load(&good[..good.len() - 3]), Err(QualityError::NotSafetensors { .. })));
    let mut other = sound();
    other[0].1 = "gancho.quality/9".to_owned();
    assert!(matches!(QualityModel::load(&file(&other, 5, None, 0.0)), Err(QualityError::Format { .. })));
    for change in [|it: &str| it.replacen("full_", "whole_", 1), |it: &str| format!("{it},more")] {
        let mut other = sound();
        other[1].1 = change(&other[1].1);
        assert!(matches!(
            QualityModel::load(&file(&other, 5, None, 0.0)),
            Err(QualityError::Features { .. })
        ));
    }
    assert!(matches!(QualityModel::load(&file(&sound(), 4, None, 0.0)), Err(QualityError::Tensor { .. })));
    assert!(matches!(
        QualityModel::load(&file(&sound(), 5, None, f32::NAN)),
        Err(QualityError::Tensor { .. })
    ));
}

#[test]
fn every_code_is_listed() {
    let text = String::new;
    let all = [
        QualityError::NotSafetensors { detail: text() },
        QualityError::Format { found: text(), expected: text() },
        QualityError::Features { found: text() },
        QualityError::Tensor { tensor: text(), detail: text() },
    ];
    let codes: Vec<String> =
        all.iter().map(|it| serde_json::to_value(it).unwrap()["code"].as_str().unwrap().into()).collect();
    assert_eq!(codes, CODES);
}
