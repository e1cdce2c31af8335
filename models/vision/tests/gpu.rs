//! The whole network on a graphics adapter against the CPU.
//!
//! On demand: `GANCHO_TEST_GPU=wgpu:0 cargo test -p gancho-vision --test gpu -- --nocapture`. Each
//! shape is compiled and tuned first, which on a software adapter takes minutes;
//! `CUBECL_AUTOTUNE_LEVEL=minimal` shortens that. The small network of gancho-inference's probe
//! is compared on every machine that has an adapter.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use gancho_hub::Weights;
use gancho_inference::{Compute, DeviceChoice, ProbeOutcome, open, probe};
use gancho_vision::{Input, Kinds, MODEL_ID, Recipe, VisionModel};

#[test]
fn the_adapter_sees_as_the_cpu_does() {
    let Ok(selector) = std::env::var("GANCHO_TEST_GPU") else {
        println!("skipped: set GANCHO_TEST_GPU to a device such as wgpu:0 to run the whole network on it");
        return;
    };
    let weights = match std::env::var_os("GANCHO_WEIGHTS") {
        Some(folder) => Weights::folder(PathBuf::from(folder)).unwrap(),
        None => Weights::shipped(),
    };
    let bytes = weights.load(MODEL_ID).unwrap_or_else(|error| panic!("{error}")).bytes;
    let choice: DeviceChoice = selector.parse().unwrap();
    let opened =
        open(choice, &|it| ProbeOutcome::Report(probe(it))).unwrap_or_else(|error| panic!("{error}"));
    println!("{:?}", opened.attempts);
    let compute = opened.compute.with_batch_size(1);

    // A gradient with edges: no two channels alike.
    let values = (0..Recipe::shipped().input_len()).map(|it| ((it * 37 % 1009) as f32 / 504.5) - 1.0);
    let input = Input::from_values(&values.collect::<Vec<f32>>()).unwrap();
    let on_cpu = VisionModel::load(&bytes, &Compute::cpu()).unwrap();
    let model = VisionModel::load(&bytes, &compute).unwrap();
    for run in ["first", "second"] {
        let start = Instant::now();
        drop(model.see(std::slice::from_ref(&input)).unwrap());
        println!("{run} forward on {}: {:.2} s", compute.name(), start.elapsed().as_secs_f64());
        let (ours, theirs) = (outputs(&on_cpu, &input), outputs(&model, &input));
        for ((name, ours), (_, theirs)) in ours.iter().zip(theirs) {
            assert_eq!(ours.len(), theirs.len(), "{name}");
            let difference = ours.iter().zip(theirs).fold(0.0, |most: f32, (a, b)| most.max((a - b).abs()));
            println!("  {name:<12} largest difference {difference:.2e}");
            assert!(difference < 1e-3, "{name}: {difference}");
        }
    }
}

/// Every output of the network with its name; of the faces the map itself, for a pattern has no faces to compare.
fn outputs(model: &VisionModel, input: &Input) -> Vec<(&'static str, Vec<f32>)> {
    let inputs = std::slice::from_ref(input);
    let sight = model.see(inputs).unwrap().remove(0);
    let (_, heads) = model.network().see(model.halves(inputs, 0), model.patches(inputs, 0));
    let Kinds { photo, design, screenshot, logo_or_packshot } = sight.kind;
    vec![
        ("embedding", sight.embedding),
        ("attention", sight.attention.values),
        ("text", sight.text.values),
        ("faces", heads.faces.into_data().try_into_vec().unwrap()),
        ("kind", vec![photo, design, screenshot, logo_or_packshot]),
    ]
}
