//! The bad tables of `crates/gancho-cli/tests/corpus/tables`: each gives its own faults.
//!
//! Expected places were counted by hand in the files. `-` stands for "no line" or "no column".
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use gancho_library::{Fault, Library, LibraryError, Options};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../gancho-cli/tests/corpus/tables")
}

fn open(name: &str) -> Result<Library, LibraryError> {
    Library::open(&[corpus().join(name).to_string_lossy().into_owned()], &Options::default())
}

fn code(fault: &Fault) -> String {
    serde_json::to_value(fault).unwrap()["code"].as_str().unwrap().to_owned()
}

fn listed(faults: &[Fault]) -> Vec<String> {
    let place = |it: Option<u64>| it.map_or_else(|| "-".to_owned(), |it| it.to_string());
    let mut sorted: Vec<&Fault> = faults.iter().collect();
    sorted.sort_by_key(|it| (it.line, it.column));
    sorted.iter().map(|it| format!("{}:{} {}", place(it.line), place(it.column), code(it))).collect()
}

/// Files of which something can be used: ids of the creatives, then the faults.
const USABLE: &[(&str, &[&str], &[&str])] = &[
    ("duplicate-ids.csv", &["a", "b"], &["4:- duplicate-id"]),
    (
        "climbing-paths.csv",
        &["a", "b", "c", "e", "f", "g"],
        &[
            "2:3 path-outside",
            "3:3 path-outside",
            "4:3 path-outside",
            "5:3 path-outside",
            "6:3 picture-on-the-web",
            "7:3 unknown-scheme",
            "8:3 picture-missing",
            "9:- no-picture-no-copy",
        ],
    ),
    ("invalid-utf8.csv", &["a", "c"], &["3:3 invalid-utf8"]),
    ("bom.csv", &["a"], &[]),
    ("semicolon-comma.csv", &["a", "b"], &[]),
    ("ambiguous-numbers.csv", &["a", "b"], &["-:- ambiguous-numbers", "-:- ambiguous-dates"]),
    ("mixed-numbers.csv", &["a", "b"], &["-:- mixed-numbers"]),
    ("latin1.csv", &["a", "b"], &[]),
    ("utf16.csv", &["a", "b"], &[]),
    ("ragged.csv", &["b", "d"], &["2:- ragged-row", "4:- ragged-row"]),
    ("repeated-header.csv", &["a", "b"], &["3:- repeated-header"]),
    (
        "repeated-columns.csv",
        &["a"],
        &["-:- repeated-column", "-:- competing-columns", "-:- competing-columns"],
    ),
    ("huge-field.csv", &["a", "b"], &["2:3 cell-too-long"]),
    ("formulas.csv", &["+1+1", "=cmd|' /C calc'!A0"], &["3:51 bad-number"]),
    (
        "bad-figures.csv",
        &["a", "b", "c", "d"],
        &[
            "2:7 negative-count",
            "3:11 clicks-exceed-impressions",
            "3:19 negative-amount",
            "3:25 bad-date",
            "4:9 bad-number",
            "4:15 bad-number",
            "4:19 bad-date",
            "5:16 bad-number",
        ],
    ),
    ("unclosed-quote.csv", &["a"], &["3:- unclosed-quote"]),
    ("trailing-garbage.json", &["a", "b"], &["4:3 broken-json"]),
    ("cut-short.json", &["a"], &["3:19 broken-json"]),
    (
        "broken-lines.jsonl",
        &["a", "c"],
        &["2:10 broken-json", "4:- bad-number", "4:- bad-number", "5:1 broken-json"],
    ),
    ("sheet.xlsx", &["a", "b"], &["4:3 negative-count", "4:4 bad-number"]),
    ("rows.parquet", &["a", "b"], &["2:3 negative-count", "3:- no-picture-no-copy"]),
];

/// Files of which nothing can be used: the reason.
const UNUSABLE: &[(&str, &str)] = &[
    ("no-known-columns.csv", "missing-columns"),
    ("empty.csv", "empty-file"),
    ("header-only.csv", "header-only"),
    ("zip-of-nothing.xlsx", "broken-workbook"),
    ("not-a-zip.xlsx", "broken-workbook"),
    ("truncated.parquet", "broken-parquet"),
];

#[test]
fn what_can_be_used_is_used_and_the_rest_named() {
    for (name, ids, faults) in USABLE {
        let library = open(name).unwrap_or_else(|it| panic!("{name}: {it}"));
        let found: Vec<&str> = library.creatives.iter().map(|it| it.id.as_str()).collect();
        assert_eq!(&found, ids, "{name}: {:?}", library.faults);
        assert_eq!(&listed(&library.faults), faults, "{name}");
    }
}

#[test]
fn what_cannot_be_used_says_why() {
    for (name, expected) in UNUSABLE {
        match open(name) {
            Err(LibraryError::ManifestUnusable { file, reason, faults, .. }) => {
                assert_eq!((file.as_str(), reason.as_str(), faults.len()), (*name, *expected, 1), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
    match open("far-corner.xlsx") {
        Err(LibraryError::NoUsableRow { faults, .. }) => {
            assert_eq!(listed(&faults), ["1048576:- ragged-row"]);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_file_of_the_corpus_is_expected_somewhere() {
    let readme = std::fs::read_to_string(corpus().join("README.md")).unwrap();
    for entry in std::fs::read_dir(corpus()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let expected = USABLE.iter().any(|it| it.0 == name)
            || UNUSABLE.iter().any(|it| it.0 == name)
            || ["README.md", "far-corner.xlsx"].contains(&name.as_str());
        assert!(expected, "{name} has no expectation");
        assert!(name == "README.md" || readme.contains(&name), "{name} is not in the README");
    }
}

#[test]
fn spanish_semicolons_and_decimal_commas() {
    let library = open("semicolon-comma.csv").unwrap();
    let figures: Vec<_> = library
        .creatives
        .iter()
        .map(|it| it.performance.clone().unwrap())
        .map(|it| (it.impressions, it.clicks, it.spend))
        .collect();
    assert_eq!(figures, [(Some(45_210), Some(801), Some(1234.56)), (Some(3120), Some(44), Some(87.9))]);
    let notes: Vec<String> = library.notes.iter().map(|it| it.kind.to_string()).collect();
    assert_eq!(
        notes,
        [
            "cells are separated by semicolon",
            "numbers in column `impresiones` were read with a decimal comma",
            "numbers in column `importe gastado (EUR)` were read with a decimal comma",
        ]
    );
}

#[test]
fn encodings_are_noted_and_read() {
    for (name, note, headline) in
        [("latin1.csv", "read as Windows-1252", "Mañana"), ("utf16.csv", "read as UTF-16LE", "Ñandú")]
    {
        let library = open(name).unwrap();
        assert_eq!(library.notes[0].kind.to_string(), note);
        assert_eq!(library.creatives[1].copy.headline.as_deref(), Some(headline));
    }
}

#[test]
fn typed_cells_of_sheets_and_parquet_are_exact() {
    for name in ["sheet.xlsx", "rows.parquet"] {
        let library = open(name).unwrap();
        let figures = library.creatives[0].performance.clone().unwrap();
        assert_eq!((figures.impressions, figures.spend), (Some(1530), Some(1.234)), "{name}");
    }
    let parquet = open("rows.parquet").unwrap();
    assert_eq!(parquet.creatives[0].start.as_deref(), Some("2026-03-02"));
    assert_eq!(parquet.creatives[0].tags, ["x", "y"]);
}

#[test]
fn a_question_about_numbers_is_answered_by_options() {
    let mut options = Options { decimal: Some(gancho_library::DecimalMark::Comma), ..Options::default() };
    options.dates = Some(gancho_library::DateOrder::DayMonth);
    let input = corpus().join("ambiguous-numbers.csv").to_string_lossy().into_owned();
    let library = Library::open(&[input], &options).unwrap();
    assert_eq!(library.faults, []);
    assert_eq!(library.creatives[0].performance.as_ref().unwrap().spend, Some(1234.0));
    assert_eq!(library.creatives[0].start.as_deref(), Some("2026-04-03"));
}

#[test]
fn columns_that_lose_are_kept_as_extra() {
    let library = open("repeated-columns.csv").unwrap();
    assert_eq!(library.unknown_columns["repeated-columns.csv"], ["title", "link clicks"]);
    assert_eq!(library.creatives[0].extra["title"], "Eins");
    assert_eq!(library.creatives[0].copy.headline.as_deref(), Some("One"));
}
