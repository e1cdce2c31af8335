//! Hostile and odd tables through the binary: faults with a place, never a stopped run.

use crate::program::{corpus, gancho, of_schema, records, run, status, stderr, stdout};

/// Every table of the corpus: no panic, a documented exit status, and whatever cannot be used is named.
#[test]
fn every_table_of_the_corpus_ends_in_a_documented_way() {
    let mut seen = 0;
    for entry in std::fs::read_dir(corpus("tables")).unwrap() {
        let path = entry.unwrap().path();
        let table =
            path.extension().is_some_and(|it| it != "md" && it != "toml" && it != "png" && it != "snap");
        if !path.is_file() || !table {
            continue;
        }
        seen += 1;
        let output = run(gancho().arg("score").arg(&path).args(["--format", "jsonl"]));
        let code = status(&output);
        assert!(code == 0 || code == 3, "{}: status {code}: {}", path.display(), stderr(&output));
        if code == 3 {
            assert_eq!(stdout(&output), "");
            assert!(
                stderr(&output).contains(path.file_name().unwrap().to_str().unwrap()),
                "{}",
                stderr(&output)
            );
        } else {
            let records = records(&stdout(&output));
            assert_eq!(records.last().unwrap()["schema"], "gancho.manifest/1");
            for fault in of_schema(&records, "gancho.fault/1") {
                assert!(!fault["code"].as_str().unwrap().is_empty());
                assert!(fault["detail"].as_str().unwrap().len() > 15, "{fault}");
            }
        }
    }
    assert!(seen > 20, "only {seen} tables");
}

fn faults_of(table: &str) -> Vec<(String, u64)> {
    let output = run(gancho().arg("score").arg(corpus("tables").join(table)).args(["--format", "jsonl"]));
    assert_eq!(status(&output), 0, "{table}: {}", stderr(&output));
    of_schema(&records(&stdout(&output)), "gancho.fault/1")
        .into_iter()
        .map(|it| (it["code"].as_str().unwrap().to_owned(), it["line"].as_u64().unwrap_or(0)))
        .collect()
}

#[test]
fn a_path_that_climbs_out_is_refused_at_its_line() {
    let faults = faults_of("climbing-paths.csv");
    assert!(faults.iter().any(|(code, line)| code == "path-outside" && *line >= 2), "{faults:?}");
}

#[test]
fn a_duplicate_id_is_refused_at_its_line() {
    let faults = faults_of("duplicate-ids.csv");
    assert!(faults.iter().any(|(code, line)| code == "duplicate-id" && *line >= 3), "{faults:?}");
}

/// Cells that a spreadsheet would run as formulas are disarmed in the CSV that gancho writes.
#[test]
fn formulas_are_disarmed_on_the_way_out() {
    let output = run(gancho().arg("score").arg(corpus("tables/formulas.csv")).args(["--format", "csv"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let text = stdout(&output);
    assert!(text.lines().count() > 1);
    for line in text.lines() {
        assert!(!line.starts_with(['=', '@', '+']), "{line}");
        for dangerous in [",=", ",@", ",\"=", ",\"@", ",+", ",\"+"] {
            assert!(!line.contains(dangerous), "{line}");
        }
    }
}
