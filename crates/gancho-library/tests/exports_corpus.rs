//! The committed corpus of exports (`tests/exports`, written by `scripts/corpus/exports.py`): each file
//! gives its rows, its skipped records and its warnings, no others, or is refused for its reason.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gancho_library::Decimal;
use gancho_library::exports::{Field, Imported, Mapping, Options, PerformanceRow, import, import_bytes};
use serde_json::{Value, json};

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

fn code(value: impl serde::Serialize, key: &str) -> String {
    serde_json::to_value(value).unwrap()[key].as_str().unwrap().to_owned()
}

/// A row as the corpus writes it: unknown fields left out, equal amounts in one spelling.
fn shown(row: &PerformanceRow) -> Value {
    let mut shown = serde_json::to_value(row).unwrap();
    let object = shown.as_object_mut().unwrap();
    object.remove("record");
    object.retain(|_, it| !it.is_null() && *it != json!({}));
    in_one_spelling(&mut shown);
    shown
}

fn in_one_spelling(row: &mut Value) {
    for field in [Field::Spend, Field::Results, Field::Revenue] {
        if let Some(text) = row.get(field.name()).and_then(Value::as_str) {
            // Adding zero at full scale gives every number the same places.
            let zero = Decimal::new(0, 20).unwrap();
            let spelled = Decimal::parse(text).unwrap().checked_add(zero).unwrap().to_string();
            row[field.name()] = json!(spelled);
        }
    }
}

fn differences(name: &str, expected: &Value, found: Result<Imported, String>) -> Vec<String> {
    let imported = match (found, expected["refused"].as_str()) {
        (Err(found), Some(refused)) if found == refused => return vec![],
        (Err(found), refused) => return vec![format!("{name}: refused as {found}, expected {refused:?}")],
        (Ok(_), Some(refused)) => return vec![format!("{name}: not refused as {refused}")],
        (Ok(imported), None) => imported,
    };
    let mut differences = Vec::new();
    let mut rows: Vec<Value> = imported.rows.iter().map(shown).collect();
    let mut wanted = expected["rows"].as_array().unwrap().clone();
    // Columns that give no field are compared where the corpus names any.
    if wanted.iter().all(|it| it.get("extra").is_none()) {
        rows.iter_mut().for_each(|it| drop(it.as_object_mut().unwrap().remove("extra")));
    }
    wanted.iter_mut().for_each(in_one_spelling);
    for at in 0..rows.len().max(wanted.len()) {
        if rows.get(at) != wanted.get(at) {
            differences.push(format!(
                "{name} row {at}:\n  {:?}\n  expected {:?}",
                rows.get(at),
                wanted.get(at)
            ));
        }
    }
    let skipped: Vec<(u64, String)> =
        imported.skipped.iter().map(|it| (it.record, code(it, "reason"))).collect();
    let of_expected =
        |it: &Value| (it["record"].as_u64().unwrap(), it["reason"].as_str().unwrap().to_owned());
    let wanted: Vec<(u64, String)> =
        expected["skipped"].as_array().into_iter().flatten().map(of_expected).collect();
    if skipped != wanted {
        differences.push(format!("{name}: skipped {skipped:?}, expected {wanted:?}"));
    }
    let warnings: BTreeSet<String> = imported.warnings.iter().map(|it| code(it, "code")).collect();
    let of_expected = |it: &Value| it.as_str().unwrap().to_owned();
    let wanted: BTreeSet<String> =
        expected["warnings"].as_array().into_iter().flatten().map(of_expected).collect();
    if warnings != wanted {
        differences.push(format!("{name}: warnings {:?}, expected {wanted:?}", imported.warnings));
    }
    differences.extend(lost(name, &imported));
    differences
}

/// Rows, skipped records and the header are all records of a file.
fn lost(name: &str, imported: &Imported) -> Option<String> {
    let header = u64::from(imported.format.header.is_some());
    let found = imported.rows.len() as u64 + imported.skipped.len() as u64 + header;
    (found != imported.format.records)
        .then(|| format!("{name}: {found} of {} records", imported.format.records))
}

/// What a text gives must not depend on how it is written down.
#[test]
fn encodings_packing_and_line_ends_change_nothing() {
    let mut compared = 0;
    for entry in std::fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_text = name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".txt");
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        // Names of files with dates in them, and bytes that are no text, are about something else.
        if !is_text || text.contains('\u{fffd}') || text.contains('\0') || text.trim().is_empty() {
            continue;
        }
        let text = text.trim_start_matches('\u{feff}');
        let rows = |bytes: Vec<u8>| {
            let found = import_bytes(bytes, &name, &Mapping::default(), &Options::default());
            found.map(|it| (it.rows, it.skipped, it.warnings)).map_err(|it| code(it, "code"))
        };
        let plain = rows(text.as_bytes().to_vec());
        let wide = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once('\u{feff}')
                .chain(text.chars())
                .collect::<String>()
                .encode_utf16()
                .flat_map(to_bytes)
                .collect()
        };
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
        for (how, bytes) in [
            ("UTF-16LE", wide(u16::to_le_bytes)),
            ("UTF-16BE", wide(u16::to_be_bytes)),
            ("byte order mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
            ("gzip", encoder.finish().unwrap()),
        ] {
            assert_eq!(rows(bytes), plain, "{name} as {how}");
        }
        let has_breaks_in_cells = text.contains('"');
        if !has_breaks_in_cells && !text.contains('\r') {
            assert_eq!(rows(text.replace('\n', "\r\n").into_bytes()), plain, "{name} with CRLF");
        }
        compared += 1;
    }
    assert!(compared > 25, "only {compared} files");
}

#[test]
fn each_file_of_the_corpus_gives_what_is_expected() {
    let mut all = Vec::new();
    let mut files = 0;
    for entry in std::fs::read_dir(corpus()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Some(file) = name.strip_suffix(".expected.json") else { continue };
        files += 1;
        let expected: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let mapping = expected["mapping"].as_str().unwrap_or_default();
        let mapping = Mapping::parse(mapping, "mapping").unwrap();
        let found = import(&path.with_file_name(file), &mapping, &Options::default());
        all.extend(differences(file, &expected, found.map_err(|it| code(it, "code"))));
    }
    assert!(files > 40, "only {files} files");
    assert!(all.is_empty(), "{}", all.join("\n"));
}
