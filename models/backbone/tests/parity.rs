//! Three small networks in Rust against the same in PyTorch, from the same pixels.
//!
//! `parity/` holds what `models/backbone/parity/make.py` computed: basic blocks in f16, bottlenecks
//! in bf16, and bottlenecks with a deep stem and pooled shortcuts in f32. The largest difference is
//! printed.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use gancho_backbone::{Backbone, BackboneError};
use gancho_inference::{Compute, LoadError};
use gancho_media::RgbImage;
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

const NETWORKS: [(&str, usize); 3] = [("basic", 32), ("bottleneck", 64), ("deep", 64)];
/// From the same pixels of the input: single-precision rounding only.
const FROM_CUT: f32 = 1e-5;
/// From the whole picture: two resamplers may round a pixel differently, by one level of 255.
const FROM_PICTURE: f32 = 5e-3;

#[test]
fn rust_and_pytorch_see_the_same() {
    let bytes = std::fs::read(folder("expected.safetensors")).unwrap();
    let expected = SafeTensors::deserialize(&bytes).unwrap();
    let picture = pixels(&expected, "picture");
    for (name, len) in NETWORKS {
        let backbone = load(&config(name), &weights(name)).unwrap();
        assert_eq!(backbone.embedding_len(), len);
        let recipe = backbone.recipe();
        let theirs = pixels(&expected, &format!("{name}.cut"));
        let ours = recipe.crop(&picture);
        assert_eq!(ours.dimensions(), theirs.dimensions());
        let levels = ours.as_raw().iter().zip(theirs.as_raw()).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
        assert!(levels <= 1, "{name}: a pixel differs by {levels} levels: not the same resampling");

        let embedding = floats(&expected, &format!("{name}.embedding"));
        let from_cut =
            largest_difference(&backbone.embed(&[recipe.normalize(&theirs)]).unwrap()[0], &embedding);
        let from_picture =
            largest_difference(&backbone.embed(&[recipe.normalize(&ours)]).unwrap()[0], &embedding);
        println!(
            "{name:<12} pixels {levels} levels, from the cut-out {from_cut:.2e}, from the picture {from_picture:.2e}"
        );
        assert!(from_cut < FROM_CUT, "{name}: {from_cut}");
        assert!(from_picture < FROM_PICTURE, "{name}: {from_picture}");
    }
}

#[test]
fn pictures_do_not_depend_on_the_batch() {
    let compute = Compute::cpu().with_batch_size(4);
    let backbone = Backbone::load(&config("basic"), &weights("basic"), &compute).unwrap();
    let inputs: Vec<_> = [20, 120, 220]
        .map(|level| {
            let mut picture = RgbImage::new(80, 90);
            picture
                .pixels_mut()
                .enumerate()
                .for_each(|(n, it)| it.0 = [level, (n % 251) as u8, (n % 83) as u8]);
            backbone.preprocess(&picture)
        })
        .into();
    let alone = load(&config("basic"), &weights("basic")).unwrap();
    for (input, together) in inputs.iter().zip(backbone.embed(&inputs).unwrap()) {
        let single = alone.embed(std::slice::from_ref(input)).unwrap().remove(0);
        assert!(largest_difference(&single, &together) < 1e-6);
        let length: f32 = single.iter().map(|it| it * it).sum();
        assert!((length - 1.0).abs() < 1e-5, "{length}");
    }
    assert!(
        largest_difference(
            &backbone.embed(&inputs[..1]).unwrap()[0],
            &backbone.embed(&inputs[1..2]).unwrap()[0]
        ) > 1e-3
    );
}

#[test]
fn a_tensor_too_few_or_too_many_is_named() {
    let (config, bytes) = (config("basic"), weights("basic"));
    let without = changed(&bytes, |name| name != "layer3.0.bn2.running_var", None);
    let error = load(&config, &without).unwrap_err();
    let missing = LoadError::MissingTensors { count: 1, tensors: "layer3.0.bn2.running_var".into() };
    assert_eq!(error, BackboneError::Weights(missing));

    let error = load(&config, &changed(&bytes, |_| true, Some("layer1.0.se.fc1.weight"))).unwrap_err();
    let unused = LoadError::UnusedTensors { count: 1, tensors: "layer1.0.se.fc1.weight".into() };
    assert_eq!(error, BackboneError::Weights(unused));

    // A classifier that config.json does not announce is one tensor pair too many.
    let text = String::from_utf8(config.clone()).unwrap();
    let headless = text.replace("\"num_classes\": 10", "\"num_classes\": 0");
    let error = load(headless.as_bytes(), &bytes).unwrap_err();
    assert_eq!(
        error,
        BackboneError::Weights(LoadError::UnusedTensors { count: 2, tensors: "fc.bias, fc.weight".into() })
    );
    let headless_file = changed(&bytes, |name| !name.starts_with("fc."), None);
    assert_eq!(load(headless.as_bytes(), &headless_file).unwrap().embedding_len(), 32);

    // The counters that torch leaves in may be there or not.
    let uncounted = changed(&bytes, |name| !name.ends_with("num_batches_tracked"), None);
    assert!(load(&config, &uncounted).is_ok());

    // Another depth: what belongs to the second block of each stage is missing.
    let deeper = text.replacen("1,", "2,", 1);
    let error = load(deeper.as_bytes(), &bytes).unwrap_err();
    assert!(error.to_string().contains("layer1.1.bn1.bias"), "{error}");
}

/// The file without some tensors, and with one that it never had.
fn changed(bytes: &[u8], keep: impl Fn(&str) -> bool, extra: Option<&str>) -> Vec<u8> {
    let file = SafeTensors::deserialize(bytes).unwrap();
    let zero = [0; 2];
    let mut tensors: Vec<(String, TensorView<'_>)> =
        file.tensors().into_iter().filter(|(name, _)| keep(name)).collect();
    tensors.extend(extra.map(|name| (name.to_owned(), TensorView::new(Dtype::F16, vec![1], &zero).unwrap())));
    safetensors::serialize(tensors, None).unwrap()
}

fn load(config: &[u8], weights: &[u8]) -> Result<Backbone, BackboneError> {
    Backbone::load(config, weights, &Compute::cpu())
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("parity").join(name)
}

fn config(name: &str) -> Vec<u8> {
    std::fs::read(folder(name).join("config.json")).unwrap()
}

fn weights(name: &str) -> Vec<u8> {
    std::fs::read(folder(name).join("model.safetensors")).unwrap()
}

fn largest_difference(ours: &[f32], theirs: &[f32]) -> f32 {
    assert_eq!(ours.len(), theirs.len());
    ours.iter().zip(theirs).fold(0.0, |most: f32, (a, b)| {
        let difference = (a - b).abs();
        if difference.is_nan() { f32::INFINITY } else { most.max(difference) }
    })
}

fn floats(file: &SafeTensors<'_>, name: &str) -> Vec<f32> {
    let tensor = file.tensor(name).unwrap();
    assert_eq!(tensor.dtype(), Dtype::F32, "{name}");
    tensor.data().chunks_exact(4).map(|it| f32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect()
}

fn pixels(file: &SafeTensors<'_>, name: &str) -> RgbImage {
    let tensor = file.tensor(name).unwrap();
    let [height, width, 3] = *tensor.shape() else { panic!("{name} is no picture") };
    RgbImage::from_raw(width as u32, height as u32, tensor.data().to_vec()).unwrap()
}
