//! The network in Rust against the network in PyTorch, from the same pixels.
//!
//! `models/vision/parity/parity.safetensors` holds what `scripts/train/vision/parity.py` computed
//! with the shipped weights. The largest difference is printed at every station, so that a failure
//! shows where the two part. `GANCHO_WEIGHTS` (a folder) and `GANCHO_PARITY` (a file) compare
//! other weights.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;

use gancho_hub::Weights;
use gancho_inference::Compute;
use gancho_media::RgbImage;
use gancho_vision::{Input, Kinds, MODEL_ID, Recipe, VisionModel};
use safetensors::{Dtype, SafeTensors};

/// From the same input: single-precision rounding only.
const FROM_INPUT: f32 = 1e-4;
/// From the pixels: two resamplers may round a pixel differently, by one level of 255. The largest of 7,744
/// probabilities of text moves most.
const FROM_PIXELS: f32 = 2e-2;

#[test]
fn rust_and_pytorch_see_the_same() {
    let bytes = parity_file();
    let expected = SafeTensors::deserialize(&bytes).unwrap();
    let model = model();

    println!("pattern");
    let pattern = pattern();
    compare_stations(&model, &pattern, &expected);
    assert!(outputs_differ(&model, &pattern, &expected, "pattern") < FROM_INPUT);

    for case in ["0", "1"] {
        println!("picture {case}");
        let ours = model.preprocess(&picture(&expected, &format!("picture.{case}")));
        let theirs = floats(&expected, &format!("sample.{case}"));
        let sample: Vec<f32> = spread(ours.patches(), theirs.len());
        let levels = largest_difference("input", &sample, &theirs) / (2.0 / 255.0);
        assert!(levels < 1.5, "a pixel differs by {levels} levels: not the same resampling");
        assert!(outputs_differ(&model, &ours, &expected, case) < FROM_PIXELS);
    }
}

/// The input that parity.py makes by the same formula.
fn pattern() -> Input {
    let values = (0..Recipe::shipped().input_len()).map(|it| (it * 37 % 1009) as f32 / 504.5 - 1.0);
    Input::from_values(&values.collect::<Vec<f32>>()).unwrap()
}

/// The largest difference of any output, after the last step of each head.
fn outputs_differ(model: &VisionModel, input: &Input, expected: &SafeTensors<'_>, case: &str) -> f32 {
    let inputs = std::slice::from_ref(input);
    let sight = model.see(inputs).unwrap().remove(0);
    assert_eq!(model.embed(inputs).unwrap().remove(0), sight.embedding, "embed and see share one trunk");
    let Kinds { photo, design, screenshot, logo_or_packshot } = sight.kind;
    let (_, heads) = model.network().see(model.halves(inputs, 0), model.patches(inputs, 0));
    let faces: Vec<f32> = heads.faces.into_data().try_into_vec().unwrap();
    let ours = [
        ("embedding", sight.embedding),
        ("attention", sight.attention.values),
        ("text", sight.text.values),
        ("faces", faces),
        ("kind", vec![photo, design, screenshot, logo_or_packshot]),
    ];
    let differ = |(name, values): &(&str, Vec<f32>)| {
        let difference = largest_difference(name, values, &floats(expected, &format!("{name}.{case}")));
        // The face map holds logits and logarithms, some tens large: a tenth of its difference counts.
        if *name == "faces" { difference / 10.0 } else { difference }
    };
    ours.iter().map(differ).fold(0.0, f32::max)
}

/// Compares what leaves the parts of the trunk.
fn compare_stations(model: &VisionModel, input: &Input, expected: &SafeTensors<'_>) {
    let mut worst: f32 = 0.0;
    let mut compare = |name: &str, flat: Vec<f32>| {
        let key = format!("{name}.pattern");
        if expected.tensor(&key).is_ok() {
            let theirs = floats(expected, &key);
            let ours = spread(&flat, theirs.len());
            worst = worst.max(largest_difference(name, &ours, &theirs));
        }
    };
    let halves = model.halves(std::slice::from_ref(input), 0);
    let taps = model.network().trunk().taps_with(halves, &mut |name, activation| {
        compare(name, activation.to_data().try_into_vec().unwrap());
    });
    compare("pooled", taps.pooled.into_data().try_into_vec().unwrap());
    // Activations reach some tens, an embedding's numbers some hundredths.
    assert!(worst < 1e-3, "the networks part on the way, by {worst}");
}

/// Values at equal steps from what is laid out flat.
fn spread(flat: &[f32], count: usize) -> Vec<f32> {
    flat.iter().step_by(flat.len() / count).take(count).copied().collect()
}

fn largest_difference(station: &str, ours: &[f32], theirs: &[f32]) -> f32 {
    assert_eq!(ours.len(), theirs.len(), "{station}");
    let difference = ours.iter().zip(theirs).fold(0.0, |most: f32, (a, b)| {
        let difference = (a - b).abs();
        if difference.is_nan() { f32::INFINITY } else { most.max(difference) }
    });
    println!("  {station:<12} {difference:.2e}");
    difference
}

fn model() -> VisionModel {
    let weights = match std::env::var_os("GANCHO_WEIGHTS") {
        Some(folder) => Weights::folder(PathBuf::from(folder)).unwrap(),
        None => Weights::shipped(),
    };
    let verified = weights.load(MODEL_ID).unwrap_or_else(|error| panic!("{error}"));
    VisionModel::load(&verified.bytes, &Compute::cpu()).unwrap()
}

fn parity_file() -> Vec<u8> {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/parity/parity.safetensors");
    let path = std::env::var_os("GANCHO_PARITY").map_or_else(|| PathBuf::from(shipped), PathBuf::from);
    std::fs::read(&path).unwrap_or_else(|error| {
        panic!(
            "{}: {error}; make it with `python scripts/train/vision/parity.py --weights weights/vision.safetensors`",
            path.display()
        )
    })
}

fn floats(file: &SafeTensors<'_>, name: &str) -> Vec<f32> {
    let tensor = file.tensor(name).unwrap();
    assert_eq!(tensor.dtype(), Dtype::F32, "{name}");
    tensor.data().chunks_exact(4).map(|it| f32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect()
}

fn picture(file: &SafeTensors<'_>, name: &str) -> RgbImage {
    let tensor = file.tensor(name).unwrap();
    let [height, width, 3] = *tensor.shape() else { panic!("{name} is no picture") };
    RgbImage::from_raw(width as u32, height as u32, tensor.data().to_vec()).unwrap()
}
