//! Against the briefs and judged lines of the shared data, where that folder is at hand: every brief gets its class,
//! the wrong lines are caught, the right ones pass. Without the folder (`GANCHO_SHARED`, else `../shared` beside the
//! repository) there is nothing to compare, and it says so.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use gancho_writer::{Brief, Field, Gate};
use serde_json::Value;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

fn lines(name: &str) -> Option<Vec<Value>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("GANCHO_SHARED").map_or(beside, PathBuf::from);
    let text = std::fs::read_to_string(root.join("data/copygen/briefs").join(name)).ok();
    if text.is_none() {
        eprintln!("skipped: no shared data; set GANCHO_SHARED to its folder");
    }
    text.map(|text| text.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

#[test]
fn every_brief_gets_the_class_it_expects() {
    let Some(briefs) = lines("briefs.jsonl") else { return };
    let mut wrong = Vec::new();
    for value in &briefs {
        let checked = Brief::from_value(value).unwrap().check();
        let verdict = serde_json::to_value(checked.verdict()).unwrap();
        if verdict != value["expect"] {
            wrong.push(format!(
                "{}: {verdict}, expected {}: {:?}",
                value["id"], value["expect"], checked.problems
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), briefs.len(), wrong.join("\n"));
}

#[test]
fn judged_lines_are_judged_alike() {
    let (Some(briefs), Some(judged)) = (lines("briefs.jsonl"), lines("judged_lines.jsonl")) else { return };
    let gates: HashMap<&str, Gate> = briefs
        .iter()
        .map(|value| (value["id"].as_str().unwrap(), Gate::new(&Brief::from_value(value).unwrap().check())))
        .collect();
    let (mut caught, mut bad, mut kinds, mut kinds_hit) = (0, 0, 0, 0);
    let mut report = Vec::new();
    for value in &judged {
        let (id, text) = (value["brief"].as_str().unwrap(), value["text"].as_str().unwrap());
        let field = Field::parse(value["field"].as_str().unwrap()).unwrap();
        let found = gates[id].judge(field, text);
        let names: Vec<Value> = found.iter().map(|it| serde_json::to_value(it.kind).unwrap()).collect();
        let brief: Vec<String> = found.iter().map(|it| format!("{:?} «{}»", it.kind, it.found)).collect();
        if value["ok"] == true && !found.is_empty() {
            report.push(format!("false alarm {id} «{text}»: {brief:?}"));
        }
        if value["ok"] == false {
            bad += 1;
            caught += usize::from(!found.is_empty());
            // Mentions that this very line should hold are a matter of the whole ad.
            for kind in value["violations"].as_array().unwrap().iter().filter(|it| *it != "missing_required")
            {
                kinds += 1;
                kinds_hit += usize::from(names.contains(kind));
                if !names.contains(kind) {
                    report.push(format!("missed {kind} {id} «{text}»: {brief:?}"));
                }
            }
        }
    }
    let report = report.join("\n");
    eprintln!("caught {caught} of {bad} wrong lines, {kinds_hit} of {kinds} kinds\n{report}");
    assert!(!report.contains("false alarm"), "{report}");
    assert!(caught * 100 >= bad * 95, "caught {caught} of {bad}:\n{report}");
}

#[test]
fn calls_to_action_tell_their_form_of_address() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let root = std::env::var_os("GANCHO_SHARED").map_or(beside, PathBuf::from);
    let Ok(table) = std::fs::read_to_string(root.join("data/copygen/lexicon/cta_es.tsv")) else { return };
    let columns = [("tu", "ES"), ("usted", "MX"), ("vos", "AR"), ("ustedes", "MX"), ("vosotros", "ES")];
    let (mut alarms, mut missed, mut wrong) = (Vec::new(), Vec::new(), 0);
    for (own, (address, market)) in columns.iter().enumerate() {
        let brief =
            format!(r#"{{"language":"es","market":"{market}","address":"{address}","brand":"Olmedo"}}"#);
        let gate = Gate::new(&Brief::from_json(&brief).unwrap().check());
        for row in table.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>()) {
            for (column, form) in row[1..6].iter().enumerate() {
                let first = form.chars().next().unwrap();
                let line = first.to_uppercase().to_string() + &form[first.len_utf8()..] + " la oferta";
                let found = gate.judge(Field::PrimaryText, &line);
                let told = found.iter().any(|it| it.kind == gancho_writer::ViolationKind::WrongAddress);
                if column == own && told {
                    alarms.push(format!("{address}: {line}"));
                } else if column != own && *form != row[own + 1] {
                    wrong += 1;
                    if !told {
                        missed.push(format!("{address}: {line}"));
                    }
                }
            }
        }
    }
    eprintln!("{} of {wrong} wrong calls missed: {missed:?}\nfalse alarms: {alarms:?}", missed.len());
    assert!(alarms.is_empty(), "{alarms:?}");
    assert!(missed.len() * 20 <= wrong, "{} of {wrong}: {missed:?}", missed.len());
}
