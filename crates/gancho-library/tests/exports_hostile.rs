//! Exports that want to break the importer: none panics, none takes more than its size is worth, and no
//! record is lost.
#![allow(clippy::unwrap_used)]

use std::io::Write;

use gancho_library::exports::{ExportError, Imported, Mapping, Options, import_bytes};
use proptest::prelude::*;

fn read(bytes: &[u8], name: &str, options: &Options) -> Result<Imported, ExportError> {
    import_bytes(bytes.to_vec(), name, &Mapping::default(), options)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_gzip_bomb_is_refused_at_the_limit() {
    let bomb = packed(&vec![b'a'; 64 << 20]);
    assert!(bomb.len() < 1 << 20);
    let options = Options { max_bytes: 8 << 20, ..Options::default() };
    let refused = read(&bomb, "bomb.csv.gz", &options);
    assert!(
        matches!(refused, Err(ExportError::FileTooLarge { limit, .. }) if limit == 8 << 20),
        "{refused:?}"
    );
}

#[test]
fn a_gzip_of_several_members_is_one_file() {
    let members =
        [packed(b"ad,day,impressions,clicks\na,2025-01-01,100,1\n"), packed(b"b,2025-01-02,200,2\n")];
    let imported = read(&members.concat(), "two.csv.gz", &Options::default()).unwrap();
    assert_eq!(imported.rows.len(), 2);
}

/// A zip with one deflated part, whose directory states any size.
fn zip(name: &str, content: &[u8], stated: u32) -> Vec<u8> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(content).unwrap();
    let data = encoder.finish().unwrap();
    let field = |at: &mut Vec<u8>, value: u32, bytes: usize| at.extend(&value.to_le_bytes()[..bytes]);
    let common = |out: &mut Vec<u8>| {
        field(out, 20, 2);
        field(out, 0, 2);
        field(out, 8, 2);
        field(out, 0, 4);
        field(out, 0, 4);
        field(out, data.len() as u32, 4);
        field(out, stated, 4);
        field(out, name.len() as u32, 2);
        field(out, 0, 2);
    };
    let mut out = b"PK\x03\x04".to_vec();
    common(&mut out);
    out.extend(name.as_bytes());
    out.extend(&data);
    let directory = out.len() as u32;
    out.extend(b"PK\x01\x02\x14\x00");
    common(&mut out);
    // No comment, first disk, no attributes, at the beginning.
    out.extend([0; 14]);
    out.extend(name.as_bytes());
    let length = out.len() as u32 - directory;
    out.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
    field(&mut out, length, 4);
    field(&mut out, directory, 4);
    field(&mut out, 0, 2);
    out
}

#[test]
fn a_workbook_that_unpacks_to_a_flood_is_refused_whatever_it_states() {
    let flood = vec![b' '; 64 << 20];
    let options = Options { max_bytes: 8 << 20, ..Options::default() };
    for stated in [16, u32::MAX] {
        let bomb = zip("xl/sharedStrings.xml", &flood, stated);
        assert!(bomb.len() < 1 << 20, "{}", bomb.len());
        let refused = read(&bomb, "bomb.xlsx", &options);
        let Err(ExportError::Broken { detail, .. }) = refused else { panic!("{refused:?}") };
        assert!(detail.contains("unpacks to more than"), "{detail}");
    }
}

#[test]
fn sixteen_thousand_columns_are_read() {
    let names: Vec<String> = (0..16_000).map(|it| format!("custom {it}")).collect();
    let values: Vec<String> = (0..16_000).map(|it| it.to_string()).collect();
    let row = |day: &str| format!("A,{day},1000,3,2.50,{}\n", values.join(","));
    let text = format!(
        "Campaign,Day,Impressions,Clicks,Cost,{}\n{}{}",
        names.join(","),
        row("2025-01-01"),
        row("2025-01-02")
    );
    let imported = read(text.as_bytes(), "wide.csv", &Options::default()).unwrap();
    assert_eq!((imported.rows.len(), imported.rows[0].extra.len()), (2, 16_000));
    assert_eq!(imported.rows[1].extra["custom 15999"], "15999");
    let repeated =
        format!("Campaign,Day,Impressions,Clicks{}\nA,2025-01-01,5,1\n", ",Impressions".repeat(16_000));
    let imported = read(repeated.as_bytes(), "repeated.csv", &Options::default()).unwrap();
    assert!(imported.warnings.len() < 10, "{}", imported.warnings.len());
}

#[test]
fn more_rows_than_the_limit_are_refused_and_not_cut() {
    let rows: String = (0..200).map(|it| format!("a{it},2025-01-01,{it},0\n")).collect();
    let text = format!("ad,date,impressions,clicks\n{rows}");
    let options = Options { max_rows: 100, ..Options::default() };
    let refused = read(text.as_bytes(), "long.csv", &options);
    assert!(matches!(refused, Err(ExportError::TooManyRows { limit: 100, .. })), "{refused:?}");
}

#[test]
fn a_file_of_labels_is_read_in_linear_time() {
    let rows: String = (0..100_000).map(|it| format!("Total x{it},2025-01-01,Media,{it},0\n")).collect();
    let text = format!("campaign,date,ad,impressions,clicks\n{rows}");
    let imported = read(text.as_bytes(), "labels.csv", &Options::default()).unwrap();
    assert_eq!(imported.rows.len() + imported.skipped.len(), 100_000);
}

const HEADER: &str = "Día,Campaña,Anuncio,Impresiones,Clics,Importe gastado (EUR),CTR (todos)\n";

fn no_record_is_lost(imported: &Imported) {
    let header = u64::from(imported.format.header.is_some());
    let found = (imported.rows.len() + imported.skipped.len()) as u64 + header;
    assert_eq!(found, imported.format.records);
    let mut records: Vec<u64> = imported.rows.iter().map(|it| it.record).collect();
    records.extend(imported.skipped.iter().map(|it| it.record));
    records.sort_unstable();
    records.dedup();
    assert_eq!(records.len() as u64 + header, found);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, name in "[a-z]\\.(csv|tsv|json|jsonl|xlsx|parquet|csv\\.gz)") {
        let _ = read(&bytes, &name, &Options::default());
        for magic in [&b"PK\x03\x04"[..], b"PAR1", b"\x1f\x8b\x08", b"[{", b"{\"data\":["] {
            let _ = read(&[magic, &bytes].concat(), &name, &Options::default());
        }
    }

    #[test]
    fn rows_and_skipped_records_are_all_records(body in "[0-9A-Za-z,;.\"\\n\\r\\t %:€\u{e9}\u{0}-]{0,160}") {
        for text in [format!("{HEADER}{body}"), format!("Informe\n\n{HEADER}{body}")] {
            if let Ok(imported) = read(text.as_bytes(), "x.csv", &Options::default()) {
                no_record_is_lost(&imported);
            }
        }
    }

    #[test]
    fn rows_that_look_like_rows_are_all_records(
        rows in prop::collection::vec(
            ("(2025-0[1-9]-1[0-9]|Total|)", "(A|B|Total|Media|Total A|--|)", "(x|y|)", "[0-9]{0,4}", "[0-9]{0,2}", "(-?[0-9]{1,3},[0-9]{2})?"),
            0..12,
        )
    ) {
        let line = |it: &(String, String, String, String, String, String)| {
            format!("{};{};{};{};{};{};\n", it.0, it.1, it.2, it.3, it.4, it.5)
        };
        let text = HEADER.replace(',', ";") + &rows.iter().map(line).collect::<String>();
        if let Ok(imported) = read(text.as_bytes(), "x.csv", &Options::default()) {
            no_record_is_lost(&imported);
        }
    }

    #[test]
    fn lines_of_json_are_all_records(lines in prop::collection::vec("(\\{\"ad_id\":\"[0-9]\",\"spend\":[0-9]{1,3},\"impressions\":[0-9]{1,3}\\}|\\{|x|)", 0..8)) {
        if let Ok(imported) = read(lines.join("\n").as_bytes(), "x.jsonl", &Options::default()) {
            no_record_is_lost(&imported);
        }
    }
}
