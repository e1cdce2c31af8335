//! The whole network on a graphics adapter against the CPU.
//!
//! On demand: `GANCHO_TEST_GPU=wgpu:0 cargo test -p gancho-language --test gpu -- --nocapture`. Each shape is compiled
//! and tuned first, which on a software adapter takes minutes; `CUBECL_AUTOTUNE_LEVEL=minimal` shortens that.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;
use std::time::Instant;

use gancho_inference::{Compute, DeviceChoice, ProbeOutcome, open, probe};
use gancho_language::{LanguageModel, Tokens};

#[test]
fn the_adapter_reads_as_the_cpu_does() {
    let Ok(selector) = std::env::var("GANCHO_TEST_GPU") else {
        println!("skipped: set GANCHO_TEST_GPU to a device such as wgpu:0 to run the whole network on it");
        return;
    };
    let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../weights");
    let read = |file: &str| std::fs::read(weights.join(file)).unwrap();
    let load = |compute: &Compute| {
        LanguageModel::load(&read("language.safetensors"), &read("language.tokenizer.json"), compute).unwrap()
    };
    let choice: DeviceChoice = selector.parse().unwrap();
    let opened =
        open(choice, &|it| ProbeOutcome::Report(probe(it))).unwrap_or_else(|error| panic!("{error}"));
    println!("{:?}", opened.attempts);
    let (on_cpu, model) = (load(&Compute::cpu()), load(&opened.compute.with_batch_size(4)));
    // One full row, one that is padded, and a row of the batch that is empty.
    let texts =
        ["¿Hacéis envíos a Canarias? Llevo dos semanas esperando y nadie contesta", "genial 😍", "no"];
    let tokens: Vec<Tokens> = texts.iter().map(|it| on_cpu.tokens(it).unwrap()).collect();
    let tokens: Vec<&Tokens> = tokens.iter().collect();
    let expected = on_cpu.read(&tokens).unwrap();
    for run in ["first", "second"] {
        let start = Instant::now();
        let readings = model.read(&tokens).unwrap();
        println!("{run} forward: {:.2} s", start.elapsed().as_secs_f64());
        let mut largest: f32 = 0.0;
        for (ours, theirs) in expected.iter().zip(&readings) {
            let pairs = ours.embedding.iter().zip(&theirs.embedding);
            largest = pairs.fold(largest, |most, (a, b)| most.max((a - b).abs()));
            let pairs = ours.sentiment.scores().into_iter().zip(theirs.sentiment.scores());
            largest = pairs.fold(largest, |most, (a, b)| most.max((a.1 - b.1).abs()));
        }
        println!("  largest difference {largest:.2e}");
        assert!(largest < 1e-3, "{largest}");
    }
}
