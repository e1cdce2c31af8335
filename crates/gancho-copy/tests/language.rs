//! Language detection measured: the committed lines of other languages, and the labelled sets where they exist.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use gancho_copy::{Language, detect_language, words};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

type Tally = BTreeMap<(String, &'static str), [usize; 4]>;

fn bucket(text: &str) -> &'static str {
    match words(text).count() {
        0..=3 => "1-3",
        4..=8 => "4-8",
        _ => "9+",
    }
}

fn whatlang_alone(text: &str) -> Language {
    match whatlang::detect_lang(text) {
        Some(whatlang::Lang::Spa) => Language::Es,
        Some(whatlang::Lang::Eng) => Language::En,
        _ => Language::Other,
    }
}

/// whatlang, told to choose among the languages that matter.
fn whatlang_allowed(text: &str) -> Language {
    use whatlang::Lang::{Cat, Deu, Eng, Fra, Ita, Por, Spa};
    match whatlang::Detector::with_allowlist(vec![Spa, Eng, Por, Fra, Ita, Deu, Cat]).detect_lang(text) {
        Some(Spa) => Language::Es,
        Some(Eng) => Language::En,
        _ => Language::Other,
    }
}

fn count(tally: &mut Tally, label: &str, language: Language, text: &str) {
    let cells = tally.entry((label.to_string(), bucket(text))).or_default();
    cells[0] += 1;
    cells[1] += usize::from(detect_language(text).language == language);
    cells[2] += usize::from(whatlang_allowed(text) == language);
    cells[3] += usize::from(whatlang_alone(text) == language);
}

fn show(tally: &Tally) {
    println!("set       words      n   gancho  whatlang of 7  whatlang");
    for ((label, bucket), [n, own, allowed, alone]) in tally {
        let share = |right: &usize| *right as f64 / *n as f64;
        println!(
            "{label:9} {bucket:5} {n:6}  {:6.3}  {:13.3}  {:8.3}",
            share(own),
            share(allowed),
            share(alone)
        );
    }
}

fn other_lines() -> Vec<(&'static str, &'static str)> {
    let source = include_str!("fixtures/other_languages.tsv");
    source.lines().filter(|line| !line.starts_with('#')).map(|line| line.split_once('\t').unwrap()).collect()
}

#[test]
fn other_languages_are_rarely_taken_for_spanish_or_english() {
    let mut tally = Tally::new();
    let mut wrong = Vec::new();
    for (label, text) in other_lines() {
        count(&mut tally, label, Language::Other, text);
        let found = detect_language(text);
        if found.language != Language::Other {
            wrong.push(format!("{label} {text}: {} {:.2}", found.language.code(), found.confidence));
        }
    }
    show(&tally);
    assert_eq!(other_lines().len(), 60);
    let long: Vec<&String> = wrong.iter().filter(|line| words(line.as_str()).count() > 8).collect();
    assert!(wrong.len() <= MAX_WRONG, "{wrong:#?}");
    assert!(long.len() <= 1, "{long:#?}");
}

/// Measured 5, four of them of two words; "Últimas horas" is Spanish and Portuguese alike.
const MAX_WRONG: usize = 6;

fn shared() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::env::var_os("GANCHO_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from)
}

/// Rows of a small CSV by header; quotes doubled, as in all the sets.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let source = std::fs::read_to_string(path).unwrap();
    let (mut records, mut record, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.push(chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                record.push(std::mem::take(&mut field));
                records.push(std::mem::take(&mut record));
            }
            c => field.push(c),
        }
    }
    let header = records.remove(0);
    records.into_iter().map(|record| header.iter().cloned().zip(record).collect()).collect()
}

/// Validation sets only: two training files of headlines made the trigram table.
#[test]
fn labelled_sets() {
    let folder = shared().join("data/text");
    if !folder.is_dir() {
        println!("skipped: no labelled texts at {}", folder.display());
        return;
    }
    let mut tally = Tally::new();
    let mut add = |label: &str, text: &str| {
        let language = if label == "es" { Language::Es } else { Language::En };
        if text.chars().any(char::is_alphabetic) {
            count(&mut tally, label, language, text);
        }
    };
    for file in ["copy/pairs_en_es_validation", "copy/cta_en_es"] {
        for row in rows(&folder.join(file).with_extension("csv")) {
            add("es", &row["es"]);
            add("en", &row["en"]);
        }
    }
    for file in [
        "comments_challenge",
        "clickbait_es",
        "clickbait_en",
        "toxicity_es",
        "intent_banking_en",
        "hatecheck_es",
    ] {
        for row in rows(&folder.join(format!("comments/{file}_validation.csv"))) {
            add(&row["lang"], &row["text"]);
        }
    }
    for language in ["es", "en"] {
        for row in rows(&folder.join(format!("sentiment/umsab_{language}_validation.csv"))) {
            add(language, &row["text"]);
        }
    }
    show(&tally);
    for (label, bucket, at_least) in
        [("es", "4-8", 0.95), ("es", "9+", 0.99), ("en", "4-8", 0.97), ("en", "9+", 0.99)]
    {
        let [n, own, ..] = tally[&(label.to_string(), bucket)];
        assert!(own as f64 >= at_least * n as f64, "{label} {bucket}: {own} of {n}");
    }
    for label in ["es", "en"] {
        let [n, own, allowed, _] = tally[&(label.to_string(), "1-3")];
        assert!(
            own >= allowed && own as f64 >= 0.8 * n as f64,
            "{label} 1-3: {own} of {n}, whatlang {allowed}"
        );
    }
}

#[test]
#[ignore = "reads a file of its caller: GANCHO_LANGUAGE_LINES, one `label<TAB>text` a line"]
fn lines_of_the_caller() {
    let path = std::env::var_os("GANCHO_LANGUAGE_LINES").expect("GANCHO_LANGUAGE_LINES names a file");
    let mut tally = Tally::new();
    for line in std::fs::read_to_string(path).unwrap().lines() {
        let (label, text) = line.split_once('\t').unwrap();
        let language = match label {
            "es" => Language::Es,
            "en" => Language::En,
            _ => Language::Other,
        };
        count(&mut tally, label, language, text);
    }
    show(&tally);
}
