//! The committed corpus: lines judged by hand for briefs of this folder, half of them near misses that must pass, and
//! broken briefs with the class they get. Whoever adds a line, writes down what it should get before running.
#![allow(clippy::unwrap_used)]

use gancho_writer::{Brief, Field, Gate};
use serde_json::Value;
use std::collections::HashMap;

fn gates() -> HashMap<String, Gate> {
    let lines = include_str!("data/briefs.jsonl").lines();
    lines
        .map(|line| {
            let checked = Brief::from_json(line).unwrap().check();
            (checked.brief.id.clone().unwrap(), Gate::new(&checked))
        })
        .collect()
}

#[test]
fn lines_get_what_a_person_gave_them() {
    let gates = gates();
    let mut faults = Vec::new();
    let (mut right, mut wrong) = (0, 0);
    for line in include_str!("data/lines.tsv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.splitn(4, '\t').collect();
        let [brief, field, verdict, text] = cells[..] else { panic!("four cells: {line}") };
        let found = gates[brief].judge(Field::parse(field).unwrap(), text);
        let names: Vec<String> = found
            .iter()
            .map(|it| serde_json::to_value(it.kind).unwrap().as_str().unwrap().to_owned())
            .collect();
        let seen: Vec<String> = found.iter().map(|it| format!("{:?} «{}»", it.kind, it.found)).collect();
        if verdict == "ok" {
            right += 1;
            if !found.is_empty() {
                faults.push(format!("false alarm: {text}: {seen:?}"));
            }
        } else {
            wrong += 1;
            let missed: Vec<&str> =
                verdict.split(',').filter(|kind| !names.iter().any(|it| it == kind)).collect();
            if !missed.is_empty() {
                faults.push(format!("missed {missed:?}: {text}: {seen:?}"));
            }
        }
    }
    assert!(right >= 50 && wrong >= 60, "{right} right, {wrong} wrong");
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn broken_briefs_get_their_class_and_name_the_field() {
    let mut faults = Vec::new();
    for line in include_str!("data/broken.jsonl").lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let checked = Brief::from_value(&value).unwrap().check();
        let verdict = serde_json::to_value(checked.verdict()).unwrap();
        let field = value["note"].as_str().unwrap();
        let named = field.is_empty() || checked.problems.iter().any(|it| it.field == field);
        if verdict != value["expect"] || !named {
            let problems: Vec<String> =
                checked.problems.iter().map(|it| format!("{}: {}", it.field, it.kind)).collect();
            faults.push(format!(
                "{}: {verdict} instead of {}, `{field}`: {problems:?}",
                value["id"], value["expect"]
            ));
        }
    }
    assert!(faults.is_empty(), "{}:\n{}", faults.len(), faults.join("\n"));
}
