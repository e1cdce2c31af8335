//! The network in Rust against the network in PyTorch, from the same pixels.
//!
//! `models/vision/parity/parity.safetensors` holds what `scripts/train/vision/parity.py` computed
//! with the shipped weights. The largest difference is printed at every station, so that a failure
//! shows where the two part. `GANCHO_WEIGHTS` (a folder) and `GANCHO_PARITY` (a file) compare
//! other weights.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;

use burn::tensor::{Tensor, TensorData};
use gancho_hub::Weights;
use gancho_inference::Compute;
use gancho_media::RgbImage;
use gancho_vision::{Input, MODEL_ID, VisionModel};
use safetensors::{Dtype, SafeTensors};

/// From PyTorch's own input tensor: single-precision rounding only.
const FROM_INPUT: f32 = 1e-4;
/// From the pixels: two resamplers may round a pixel differently, by one level of 255.
const FROM_PIXELS: f32 = 1e-3;

#[test]
fn rust_and_pytorch_see_the_same() {
    let bytes = parity_file();
    let expected = SafeTensors::deserialize(&bytes).unwrap();
    let model = model();
    for n in 0..2 {
        println!("picture {n}");
        let theirs = Input::from_values(floats(&expected, &format!("input.{n}"))).unwrap();
        let ours = model.preprocess(&picture(&expected, &format!("picture.{n}")));
        let step = 2.0 / 255.0;
        let levels = largest_difference("input", ours.values(), theirs.values()) / step;
        assert!(levels < 1.5, "a pixel differs by {levels} levels: not the same resampling");

        compare_stations(&model, &theirs, &expected, n);

        let embedding = floats(&expected, &format!("embedding.{n}"));
        let embed = |input: &Input| model.embed(std::slice::from_ref(input)).unwrap().remove(0);
        let from_input = largest_difference("embedding", &embed(&theirs), &embedding);
        let from_pixels = largest_difference("from pixels", &embed(&ours), &embedding);
        assert!(from_input < FROM_INPUT, "from the same input: {from_input}");
        assert!(from_pixels < FROM_PIXELS, "from the pixels: {from_pixels}");
    }
}

/// Compares what leaves the parts of the network, and the average before the projection.
fn compare_stations(model: &VisionModel, input: &Input, expected: &SafeTensors<'_>, n: usize) {
    let tensor = Tensor::from_data(
        TensorData::new(input.values().to_vec(), [1, 3, 160, 160]),
        model.compute().device(),
    );
    let mut worst: f32 = 0.0;
    let pooled = model.trunk().pooled_with(tensor, &mut |name, activation| {
        let key = format!("{name}.{n}");
        if expected.tensor(&key).is_ok() {
            let theirs = floats(expected, &key);
            let flat: Vec<f32> = activation.to_data().try_into_vec().unwrap();
            let ours: Vec<f32> =
                flat.iter().step_by(flat.len() / theirs.len()).take(theirs.len()).copied().collect();
            worst = worst.max(largest_difference(name, &ours, &theirs));
        }
    });
    let ours: Vec<f32> = pooled.into_data().try_into_vec().unwrap();
    worst = worst.max(largest_difference("pooled", &ours, &floats(expected, &format!("pooled.{n}"))));
    // Activations reach some tens, an embedding's numbers some hundredths.
    assert!(worst < 1e-3, "the networks part on the way, by {worst}");
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
