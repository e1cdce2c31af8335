//! The composer before the gate: enough ads for every brief, no fact that the brief lacks, the same ads again.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use gancho_writer::{Brief, ComposeError, Composed, Composer, Gate, Variant, Verdict, compose};
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

fn own() -> Vec<Brief> {
    briefs(include_str!("data/compose_briefs.jsonl"))
}

fn briefs(text: &str) -> Vec<Brief> {
    text.lines().filter(|it| !it.trim().is_empty()).map(|line| Brief::from_json(line).unwrap()).collect()
}

/// The shared briefs; empty, with a word about it, where they are not.
fn shared() -> Vec<Brief> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("GANCHO_SHARED").map_or(beside, PathBuf::from);
    match std::fs::read_to_string(folder.join("data/copygen/briefs/briefs.jsonl")) {
        Ok(text) => briefs(&text),
        Err(_) => {
            eprintln!("no shared briefs in {}: only the committed ones are tested", folder.display());
            Vec::new()
        }
    }
}

fn all() -> Vec<Brief> {
    own().into_iter().chain(shared()).collect()
}

fn flat(variants: &[Variant]) -> Vec<f64> {
    vec![0.0; variants.len()]
}

fn composed(brief: &Brief, count: usize, seed: u64) -> Result<Composed, ComposeError> {
    compose(brief, &Gate::new(&brief.check()), count, seed, &flat)
}

fn name(brief: &Brief) -> &str {
    brief.id.as_deref().unwrap_or("?")
}

/// Runs of digits with what joins them: `1.299`, `17025:2017`, `0.0001`.
fn numbers(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut run = String::new();
    for c in text.chars().chain([' ']) {
        if c.is_ascii_digit() || !run.is_empty() && matches!(c, '.' | ',' | ':' | '/') {
            run.push(c);
        } else if !run.is_empty() {
            out.insert(run.trim_end_matches(['.', ',', ':', '/']).to_owned());
            run.clear();
        }
    }
    out
}

/// Different pairs of neighbouring words over all pairs.
fn distinct_2(variants: &[Variant]) -> f64 {
    let mut pairs = HashSet::new();
    let mut count = 0;
    for text in variants.iter().flat_map(|it| it.fields.values()) {
        let lower = text.to_lowercase();
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        count += words.len().saturating_sub(1);
        pairs.extend(words.windows(2).map(|pair| format!("{} {}", pair[0], pair[1])));
    }
    pairs.len() as f64 / f64::from(u32::try_from(count.max(1)).unwrap())
}

#[test]
fn every_brief_gives_twenty_ads_that_pass_or_a_reason() {
    for brief in all() {
        let gate = Gate::new(&brief.check());
        match composed(&brief, 20, 7) {
            Ok(composed) => {
                assert_eq!(composed.variants.len(), 20, "{}: {:?}", name(&brief), composed.notes);
                assert!(composed.notes.is_empty());
                for variant in &composed.variants {
                    let broken = gate.judge_fields(&variant.fields);
                    assert!(broken.is_empty(), "{}: {} {broken:?}", name(&brief), variant.text());
                    let texts: HashSet<&String> = variant.fields.values().collect();
                    assert_eq!(texts.len(), variant.fields.len(), "{}: {}", name(&brief), variant.text());
                }
            }
            Err(ComposeError::Refused { problems }) => {
                assert_eq!(brief.check().verdict(), Verdict::Refuse, "{}", name(&brief));
                assert!(!problems.is_empty());
            }
            Err(error) => panic!("{}: {error}", name(&brief)),
        }
    }
}

#[test]
fn no_candidate_has_a_number_that_the_brief_lacks() {
    for brief in all() {
        let checked = brief.check();
        let sources: String =
            checked.brief.sources().into_iter().map(|(_, text)| format!("{text}\n")).collect();
        let known = numbers(&sources);
        let Ok(composer) = Composer::new(&brief) else { continue };
        for candidate in composer.candidates(3).take(400) {
            for text in candidate.fields.values() {
                let found = numbers(text);
                assert!(found.is_subset(&known), "{}: {text}", name(&brief));
            }
        }
    }
}

#[test]
fn a_seed_gives_the_same_ads_and_another_seed_others() {
    for brief in own() {
        let first = composed(&brief, 10, 1).unwrap();
        assert_eq!(first, composed(&brief, 10, 1).unwrap());
        let other = composed(&brief, 10, 2).unwrap();
        assert_ne!(first.variants[0].fields, other.variants[0].fields);
    }
}

#[test]
fn ads_of_a_brief_differ() {
    let (mut sum, mut count) = (0.0, 0.0);
    for brief in all() {
        let Ok(composed) = composed(&brief, 10, 7) else { continue };
        let five = distinct_2(&composed.variants[..5]);
        let ten = distinct_2(&composed.variants);
        // The facts are said verbatim in every ad, so ten ads with a long required mention repeat it ten times.
        assert!(five >= 0.45 && ten >= 0.35, "{}: {five:.2} of five, {ten:.2} of ten", name(&brief));
        (sum, count) = (sum + ten, count + 1.0);
    }
    assert!(sum / count >= 0.5, "on average {:.2}", sum / count);
}

#[test]
fn a_score_moves_the_choice() {
    let brief = &own()[0];
    let gate = Gate::new(&brief.check());
    let asks = |variants: &[Variant]| {
        variants.iter().map(|it| f64::from(u8::from(it.text().contains('?')))).collect::<Vec<_>>()
    };
    let asking = |composed: Composed| composed.variants.iter().filter(|it| it.text().contains('?')).count();
    let plain = asking(compose(brief, &gate, 8, 5, &flat).unwrap());
    let asked = asking(compose(brief, &gate, 8, 5, &asks).unwrap());
    assert!(asked > plain, "{asked} of 8 ask, {plain} without the score");
}

#[test]
fn a_field_too_short_for_anything_is_named_with_the_shortest_text() {
    let mut brief = own().swap_remove(0);
    brief.placement = "google_rsa".to_owned();
    brief.limits = serde_json::from_str(r#"{"headline": {"max_chars": 6}}"#).unwrap();
    let composed = composed(&brief, 3, 1).unwrap();
    let notes = serde_json::to_string(&composed.notes).unwrap();
    assert!(notes.contains(r#""code":"nothing-fits","field":"headline","limit":6,"shortest":""#), "{notes}");
}

/// Sixty ads, ten for each of the committed briefs: read line by line whenever a frame or a rule changes.
#[test]
fn sixty_ads_to_read() {
    let mut page = String::new();
    for brief in own() {
        page.push_str(&format!("# {}: {} ({})\n", name(&brief), brief.product, brief.brand));
        for variant in composed(&brief, 10, 7).unwrap().variants {
            page.push_str(&format!("\n[{}] {}\n", variant.frame, variant.uses.join(" ")));
            for (field, text) in &variant.fields {
                page.push_str(&format!("  {:13} {text}\n", field.code()));
            }
        }
        page.push('\n');
    }
    insta::assert_snapshot!(page);
}
