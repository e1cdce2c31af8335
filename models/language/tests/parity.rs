//! Rust against Python: ids and logits of two public architectures, the shipped network, and stored ids of other
//! vocabularies where the evaluation data is there. The largest difference is printed.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use gancho_inference::Compute;
use gancho_language::{LanguageModel, ModelFiles, Reading, SentimentClassifier, TextTokenizer, Tokens};
use serde_json::{Value, json};

const LARGEST: f64 = 1e-4;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("parity").join(name)
}

fn bytes(path: &Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(name: &str) -> ModelFiles {
    let read = |file: &str| std::fs::read(folder(name).join(file)).ok();
    ModelFiles {
        id: format!("example/{name}"),
        config: read("config.json").unwrap(),
        safetensors: read("model.safetensors"),
        pickle: Some(folder(name).join("pytorch_model.bin")).filter(|it| it.exists()),
        tokenizer: read("tokenizer.json"),
        vocabulary: read("vocab.json").zip(read("merges.txt")),
        sentencepiece: read("sentencepiece.bpe.model"),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect()
}

fn ids(value: &Value) -> Vec<u32> {
    numbers(value).into_iter().map(|it| it as u32).collect()
}

fn difference(a: impl IntoIterator<Item = f64>, b: &[f64]) -> f64 {
    a.into_iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

#[test]
fn public_classifiers_give_the_logits_of_transformers() {
    let expected: Value = serde_json::from_slice(&bytes(&folder("expected.json"))).unwrap();
    for name in ["roberta", "xlmr"] {
        let classifier = SentimentClassifier::load(files(name), &Compute::cpu()).unwrap();
        let rows = expected[name].as_array().unwrap();
        let tokens: Vec<Tokens> =
            rows.iter().map(|row| classifier.tokens(row["text"].as_str().unwrap()).unwrap()).collect();
        for (row, tokens) in rows.iter().zip(&tokens) {
            assert_eq!(tokens.ids, ids(&row["ids"]), "{name}: {}", row["text"]);
        }
        let mut largest: f64 = 0.0;
        let texts: Vec<&Tokens> = tokens.iter().collect();
        classifier
            .logits(&texts, |at, logits| {
                let theirs = numbers(&rows[at]["logits"]);
                assert_eq!(logits.len(), theirs.len());
                largest = largest.max(difference(logits.iter().map(|it| f64::from(*it)), &theirs));
                Ok(())
            })
            .unwrap();
        println!("{name}: {} texts, largest difference of a logit {largest:.2e}", rows.len());
        assert!(largest < LARGEST, "{name}: {largest}");
    }
}

#[test]
fn labels_are_matched_by_name() {
    let expected: Value = serde_json::from_slice(&bytes(&folder("expected.json"))).unwrap();
    // Its labels stand in the order positive, negative, neutral.
    let classifier = SentimentClassifier::load(files("roberta"), &Compute::cpu()).unwrap();
    let row = &expected["roberta"][0];
    let tokens = classifier.tokens(row["text"].as_str().unwrap()).unwrap();
    let found = classifier.classify(&[&tokens]).unwrap()[0];
    let parts: Vec<f64> = numbers(&row["logits"]).into_iter().map(f64::exp).collect();
    let sum: f64 = parts.iter().sum();
    let theirs = [parts[0] / sum, parts[1] / sum, parts[2] / sum];
    let ours = [found.positive, found.negative, found.neutral].map(f64::from);
    assert!(difference(ours, &theirs) < 1e-5, "{ours:?} {theirs:?}");
}

fn shipped() -> LanguageModel {
    let weights = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../weights");
    let (network, vocabulary) =
        (bytes(&weights.join("language.safetensors")), bytes(&weights.join("language.tokenizer.json")));
    LanguageModel::load(&network, &vocabulary, &Compute::cpu()).unwrap()
}

#[test]
fn the_shipped_network_reads_as_pytorch_does() {
    let rows: Vec<Value> = serde_json::from_slice(&bytes(&folder("shipped.json"))).unwrap();
    let model = shipped();
    let tokens: Vec<Tokens> =
        rows.iter().map(|it| model.tokens(it["text"].as_str().unwrap()).unwrap()).collect();
    for (row, tokens) in rows.iter().zip(&tokens) {
        assert_eq!(tokens.ids, ids(&row["ids"]), "{}", row["text"]);
    }
    let readings = model.read(&tokens.iter().collect::<Vec<_>>()).unwrap();
    let (mut of_embedding, mut of_probability): (f64, f64) = (0.0, 0.0);
    for (row, reading) in rows.iter().zip(&readings) {
        let embedding = reading.embedding.iter().map(|it| f64::from(*it));
        of_embedding = of_embedding.max(difference(embedding, &numbers(&row["embedding"])));
        let logits = numbers(&row["logits"]);
        let softmax = |logits: &[f64]| -> Vec<f64> {
            let sum: f64 = logits.iter().map(|it| it.exp()).sum();
            logits.iter().map(|it| it.exp() / sum).collect()
        };
        let sigmoid = |it: f64| 1.0 / (1.0 + (-it).exp());
        let mut theirs = softmax(&logits[..3]);
        theirs.extend(softmax(&logits[3..8]));
        theirs.extend(logits[8..].iter().map(|it| sigmoid(*it)));
        of_probability = of_probability.max(difference(probabilities(reading), &theirs));
    }
    println!("shipped: embedding {of_embedding:.2e}, probability {of_probability:.2e}");
    assert!(of_embedding < LARGEST && of_probability < LARGEST);
}

fn probabilities(reading: &Reading) -> Vec<f64> {
    let sentiment = reading.sentiment.scores().map(|it| it.1);
    let intent = reading.intent.scores().map(|it| it.1);
    let rest = [reading.toxicity, reading.spam, reading.irony, reading.clickbait];
    sentiment.into_iter().chain(intent).chain(rest).map(f64::from).collect()
}

#[test]
fn a_text_is_read_alike_in_any_company() {
    let model = shipped();
    let texts = [
        "precio?",
        "¿Hacéis envíos a Canarias?",
        "me encanta",
        "no",
        "a b c d e f",
        "te odio jajaja",
        "🔥🔥🔥",
    ];
    let tokens: Vec<Tokens> =
        (0..70).map(|at| model.tokens(&format!("{} {at}", texts[at % texts.len()])).unwrap()).collect();
    let together = model.read(&tokens.iter().collect::<Vec<_>>()).unwrap();
    for (tokens, expected) in tokens.iter().zip(&together) {
        assert_eq!(&model.read(&[tokens]).unwrap()[0], expected, "to the last bit");
    }
    let mut backwards = model.read(&tokens.iter().rev().collect::<Vec<_>>()).unwrap();
    backwards.reverse();
    assert_eq!(backwards, together);
}

#[test]
fn long_and_strange_texts_are_bounded_and_said_so() {
    let model = shipped();
    let long = model.tokens(&"diez mil palabras ".repeat(4_000)).unwrap();
    assert_eq!((long.ids.len(), long.truncated), (128, true));
    let word = model.tokens(&"x".repeat(100_000)).unwrap();
    assert!(word.truncated && !word.legible());
    assert!(!model.tokens(" \u{200b}\u{fe0f} ").unwrap().legible());
    assert!(!model.tokens("שלום عالم").unwrap().legible());
    assert!(model.tokens("❤️").unwrap().legible());
    let plain = model.tokens("genial 👍").unwrap();
    // Variation selectors, skin tones and joiners do not change an emoji, nor does the word it is glued to.
    for text in ["genial👍", "genial 👍🏽", "GENIAL 👍\u{fe0f}", "\u{7}genial \u{200d}👍"] {
        assert_eq!(model.tokens(text).unwrap().ids, plain.ids, "{text:?}");
    }
}

/// The folder of evaluation data, where it is.
fn data() -> Option<PathBuf> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("GANCHO_SHARED").map_or(default, PathBuf::from);
    let tokenizers = folder.join("data/text/sentiment/tokenizers");
    tokenizers.is_dir().then_some(tokenizers)
}

#[test]
fn stored_ids_of_other_vocabularies_are_met() {
    let Some(folder) = data() else {
        println!("no evaluation data here: stored ids were not compared");
        return;
    };
    let vocabulary: serde_json::Map<String, Value> =
        String::from_utf8(bytes(&folder.join("bert-base-multilingual-cased.vocab.txt")))
            .unwrap()
            .lines()
            .enumerate()
            .map(|(at, token)| (token.to_owned(), json!(at)))
            .collect();
    let special = |token: &str| {
        json!({"id": vocabulary[token], "content": token, "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true})
    };
    let mark = |token: &str| json!({"id": token, "ids": [vocabulary[token]], "tokens": [token]});
    let added = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].map(special);
    let mbert = json!({
        "version": "1.0",
        "added_tokens": added,
        "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
            "strip_accents": false, "lowercase": false},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {"type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [], "special_tokens": {"[CLS]": mark("[CLS]"), "[SEP]": mark("[SEP]")}},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": 100, "vocab": vocabulary},
    });
    for (name, tokenizer) in [
        ("golden_unigram12k.jsonl", bytes(&folder.join("es_en_unigram12k.tokenizer.json"))),
        ("golden_bytebpe8k.jsonl", bytes(&folder.join("es_en_bytebpe8k.tokenizer.json"))),
        ("golden_mbert_cased.jsonl", mbert.to_string().into_bytes()),
    ] {
        let tokenizer = TextTokenizer::parse(&tokenizer, 100_000).unwrap();
        let golden = String::from_utf8(bytes(&folder.join(name))).unwrap();
        let mut met = 0;
        for line in golden.lines() {
            let row: Value = serde_json::from_str(line).unwrap();
            let text = row["text"].as_str().unwrap();
            assert_eq!(
                tokenizer.tokens(text).unwrap().ids,
                ids(&row["ids"]),
                "{name} {}: {text:?}",
                row["id"]
            );
            met += 1;
        }
        println!("{name}: {met} texts");
        assert!(met > 100);
    }
}
