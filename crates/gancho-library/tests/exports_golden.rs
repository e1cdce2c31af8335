//! The shared corpus of exports: every row, skipped record and refusal as expected. Without the corpus
//! (`GANCHO_SHARED`, else `../shared` beside the repository) there is nothing to compare, and it says so.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::{Path, PathBuf};

use gancho_library::Decimal;
use gancho_library::exports::{ExportError, Field, Imported, Mapping, Options, PerformanceRow, import};
use serde_json::Value;

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("GANCHO_SHARED").map_or(beside, PathBuf::from).join("data/metrics");
    root.is_dir().then_some(root)
}

/// What a row says under a key, as text.
fn said(row: &Value, key: &str) -> Option<String> {
    match &row[key] {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn compare(file: &str, at: usize, row: &PerformanceRow, expected: &Value) -> Vec<String> {
    let row = serde_json::to_value(row).unwrap();
    let mut differences = Vec::new();
    for field in Field::ALL {
        let key = field.name();
        // The expectation leaves out the long text; its length is checked below.
        if key == "text" && file.starts_with("13_") {
            continue;
        }
        let (found, wanted) = (said(&row, key), said(expected, key));
        let is_same = match (&found, &wanted) {
            (Some(a), Some(b)) if matches!(key, "spend" | "revenue" | "results") => {
                Decimal::parse(a) == Decimal::parse(b)
            }
            (a, b) => a == b,
        };
        if !is_same {
            differences.push(format!("{file} row {at} {key}: {found:?}, expected {wanted:?}"));
        }
    }
    differences
}

#[test]
fn every_file_of_the_corpus_gives_what_is_expected() {
    let Some(root) = shared() else { return eprintln!("no shared corpus: nothing compared") };
    let mut differences = Vec::new();
    let mut files = 0;
    for entry in std::fs::read_dir(root.join("exports")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(file) = name.strip_suffix(".expected.json") else { continue };
        files += 1;
        let expected: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let imported = import(&path.with_file_name(file), &Mapping::default(), &Options::default());
        let may_be_refused = ["reject", "reject_or_ask"].contains(&expected["expect"].as_str().unwrap());
        let imported = match imported {
            Ok(_) if may_be_refused => {
                differences.push(format!("{file} was not refused"));
                continue;
            }
            Err(_) if may_be_refused => continue,
            Err(error) => {
                differences.push(format!("{file}: {error}"));
                continue;
            }
            Ok(imported) => imported,
        };
        let rows = expected["rows"].as_array().unwrap();
        if rows.len() != imported.rows.len() {
            differences.push(format!("{file}: {} rows, expected {}", imported.rows.len(), rows.len()));
        }
        for (at, (row, expected)) in imported.rows.iter().zip(rows).enumerate() {
            differences.extend(compare(file, at, row, expected));
        }
        let skipped: Vec<u64> = imported.skipped.iter().map(|it| it.record).collect();
        let wanted: Vec<u64> =
            expected["skipped"].as_array().unwrap().iter().map(|it| it["record"].as_u64().unwrap()).collect();
        if skipped != wanted {
            differences.push(format!("{file}: skipped {:?}, expected {wanted:?}", imported.skipped));
        }
        for wanted in expected["warnings"].as_array().unwrap() {
            let wanted = wanted.as_str().unwrap().split(':').next().unwrap().replace('_', "-");
            if !has_warning(&imported, &wanted) {
                differences.push(format!("{file}: no warning for {wanted}: {:?}", imported.warnings));
            }
        }
    }
    assert!(files >= 13, "only {files} files");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The corpus names what a user must be told in its own words.
fn has_warning(imported: &Imported, wanted: &str) -> bool {
    let code = match wanted {
        "totals-row-reach-differs" => "totals-reach",
        "duplicate-header" => "repeated-column",
        "formula-like-text" => "formula-like-text",
        other => other,
    };
    imported.warnings.iter().any(|it| serde_json::to_value(it).unwrap()["code"] == code)
}

#[test]
fn the_long_cell_is_kept_and_reported() {
    let Some(root) = shared() else { return eprintln!("no shared corpus: nothing compared") };
    let imported =
        import(&root.join("exports/13_long_line.csv.gz"), &Mapping::default(), &Options::default()).unwrap();
    assert_eq!(imported.rows[0].text.as_deref().map(str::len), Some(10 << 20));
    assert!(imported.format.gzip);
}

#[test]
fn mixed_marks_are_asked_about_and_the_answer_is_taken() {
    let Some(root) = shared() else { return eprintln!("no shared corpus: nothing compared") };
    let path = root.join("exports/12_mixed_marks.csv");
    let refused = import(&path, &Mapping::default(), &Options::default());
    let Err(ExportError::MixedNumbers { record, other_record, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!((record, other_record), (2, 3));
    let mapping = Mapping::parse("decimal = \"comma\"", "m.toml").unwrap();
    let imported = import(&path, &mapping, &Options::default()).unwrap();
    let spend: Vec<_> = imported.rows.iter().map(|it| it.spend.map(|it| it.to_string())).collect();
    let some = |it: &str| Some(it.to_owned());
    assert_eq!(spend, [some("1234.56"), None, some("1234"), some("12.5"), None]);
    assert!(has_warning(&imported, "bad-number"));
}

/// Sums of the rows of a file, to the last digit.
fn sum(imported: &Imported, field: Field) -> Decimal {
    let figures = imported.rows.iter().filter_map(|it| it.figure(field));
    figures.fold(Decimal::ZERO, |sum, it| sum.checked_add(it).unwrap())
}

/// Field of the rows, and its name in `totals.json`.
type Sums = &'static [(Field, &'static str)];

const GWWC: Sums = &[
    (Field::Impressions, "Impressions"),
    (Field::Reach, "Reach"),
    (Field::Results, "Results"),
    (Field::Spend, "Amount spent (USD)"),
    (Field::LinkClicks, "Link clicks"),
    (Field::Clicks, "Clicks (all)"),
    (Field::Video3s, "3-second video plays"),
];

/// Files whose sums are known, the mapping that they need, and what is summed.
const REAL: &[(&str, Option<&str>, Sums)] = &[
    ("gwwc/text_breakdown.csv", None, GWWC),
    ("gwwc/video_breakdown.csv", None, GWWC),
    ("gwwc/text_age_gender.csv", None, GWWC),
    ("gwwc/image_video_breakdown.csv", None, GWWC),
    ("gwwc/ad_by_text.csv", None, GWWC),
    ("gwwc/campaigns.csv", None, GWWC),
    ("gwwc/ad_sets.csv", None, GWWC),
    (
        "meta_es_ad_day/train.xlsx",
        None,
        &[
            (Field::Spend, "Importe gastado (EUR)"),
            (Field::Impressions, "Impresiones"),
            (Field::Reach, "Alcance"),
            (Field::Results, "Compras"),
            (Field::Clicks, "Clics (todos)"),
            (Field::LinkClicks, "Clics en el enlace"),
            (Field::Video3s, "Reproducciones de video de 3 segundos"),
            (Field::Video25, "Reproducciones de video hasta el 25%"),
            (Field::Video75, "Reproducciones de video hasta el 75%"),
            (Field::Video100, "Reproducciones de video hasta el 100%"),
            (Field::Thruplays, "ThruPlays"),
        ],
    ),
    (
        "meta_2017/ads_by_device.csv",
        None,
        &[
            (Field::Spend, "Amount Spent (USD)"),
            (Field::LinkClicks, "Link Clicks"),
            (Field::Reach, "Reach"),
            (Field::Results, "Results"),
            (Field::Video3s, "3-Second Video Views"),
        ],
    ),
    (
        "meta_2017/ad_sets_age_gender.csv",
        None,
        &[
            (Field::Spend, "Amount Spent (USD)"),
            (Field::Impressions, "Impressions"),
            (Field::Reach, "Reach"),
            (Field::Clicks, "Clicks (All)"),
            (Field::LinkClicks, "Link Clicks"),
            (Field::Results, "Results"),
        ],
    ),
    (
        "kag/train.csv",
        Some("kag"),
        &[
            (Field::Impressions, "Impressions"),
            (Field::Clicks, "Clicks"),
            (Field::Spend, "Spent"),
            (Field::Results, "Approved_Conversion"),
        ],
    ),
    (
        "banner/train.csv",
        Some("banner"),
        &[
            (Field::Impressions, "displays"),
            (Field::Clicks, "clicks"),
            (Field::Spend, "cost"),
            (Field::Results, "post_click_conversions"),
            (Field::Revenue, "post_click_sales_amount"),
        ],
    ),
    (
        "facebook_posts/train.csv",
        Some("facebook_posts"),
        &[
            (Field::Impressions, "Lifetime Post Total Impressions"),
            (Field::Reach, "Lifetime Post Total Reach"),
            (Field::Clicks, "Lifetime Post Consumptions"),
            (Field::Results, "Total Interactions"),
        ],
    ),
    (
        "email_subjects/train.csv",
        Some("email_subjects"),
        &[(Field::Impressions, "deliveries"), (Field::Results, "opens"), (Field::Clicks, "clicks")],
    ),
    (
        "ab_campaign/control_group.csv",
        Some("ab_campaign"),
        &[
            (Field::Spend, "Spend [USD]"),
            (Field::Impressions, "Impressions"),
            (Field::Reach, "Reach"),
            (Field::LinkClicks, "Website Clicks"),
            (Field::Results, "Purchase"),
        ],
    ),
    (
        "ab_campaign/test_group.csv",
        Some("ab_campaign"),
        &[
            (Field::Spend, "Spend [USD]"),
            (Field::Impressions, "Impressions"),
            (Field::Reach, "Reach"),
            (Field::LinkClicks, "Website Clicks"),
            (Field::Results, "Purchase"),
        ],
    ),
];

fn mapping(name: Option<&str>) -> Mapping {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/eval/effectiveness");
    name.map_or_else(Mapping::default, |it| Mapping::read(&folder.join(format!("{it}.toml"))).unwrap())
}

#[test]
fn sums_of_real_exports_are_exact() {
    let Some(root) = shared() else { return eprintln!("no shared corpus: nothing compared") };
    let totals: Value = serde_json::from_slice(&std::fs::read(root.join("totals.json")).unwrap()).unwrap();
    let mut differences = Vec::new();
    for (file, name, sums) in REAL {
        let imported = match import(&root.join(file), &mapping(*name), &Options::default()) {
            Ok(imported) => imported,
            Err(error) => {
                differences.push(format!("{file}: {error}"));
                continue;
            }
        };
        let totals = &totals[*file];
        if totals["rows"] != imported.rows.len() as u64 {
            differences.push(format!("{file}: {} rows, not {}", imported.rows.len(), totals["rows"]));
        }
        let mut compared = 0;
        for (field, header) in *sums {
            let Some(wanted) = said(totals, header) else { continue };
            compared += 1;
            let found = sum(&imported, *field);
            if Some(found) != Decimal::parse(&wanted) {
                differences.push(format!("{file} {field:?}: {found}, expected {wanted}"));
            }
        }
        if compared < 3 {
            differences.push(format!("{file}: only {compared} sums compared"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn the_half_translated_header_in_latin_1_is_read() {
    let Some(root) = shared() else { return eprintln!("no shared corpus: nothing compared") };
    let path = root.join("facebook_posts/train_es_header_latin.csv");
    let imported = import(&path, &mapping(Some("facebook_posts")), &Options::default());
    // The consumptions are translated: the mapping's header is not there, and that is said.
    assert!(matches!(imported, Err(ExportError::MappedColumnMissing { .. })), "{imported:?}");
    let mut mapping = mapping(Some("facebook_posts"));
    mapping.columns.insert(Field::Clicks, "Consumos de publicación de por vida".into());
    let imported = import(&path, &mapping, &Options::default()).unwrap();
    assert_eq!(imported.format.encoding.as_deref(), Some("Windows-1252"));
    assert_eq!(sum(&imported, Field::Clicks), Decimal::from(619_390));
}
