//! Hostile and odd pictures through the binary: each read, or quarantined with its own reason.

use std::collections::BTreeMap;

use crate::program::{corpus, gancho, of_schema, quarantined, records, run, scored, status, stderr, stdout};

/// File to the code it is refused with; `None` where it is read. From `expected.csv` of the corpus.
fn expected() -> BTreeMap<String, Option<String>> {
    let table = std::fs::read_to_string(corpus("pictures/expected.csv")).unwrap();
    let mut lines = table.lines();
    assert!(lines.next().unwrap().starts_with("file,outcome,code,"));
    lines
        .map(|line| {
            let mut fields = line.split(',');
            let (file, outcome, code) =
                (fields.next().unwrap(), fields.next().unwrap(), fields.next().unwrap());
            (file.to_owned(), (outcome == "refused").then(|| code.to_owned()))
        })
        .collect()
}

#[test]
fn every_picture_of_the_corpus_has_its_outcome() {
    let expected = expected();
    assert!(expected.len() > 40);
    let files: Vec<_> = expected.keys().map(|file| corpus("pictures").join(file)).collect();
    let inputs: Vec<_> = files.iter().map(|it| it.as_path()).collect();
    let output = run(gancho().arg("score").args(&inputs).args(["--format", "jsonl"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let records = records(&stdout(&output));
    let name = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    for score in of_schema(&records, "gancho.score/1") {
        found.insert(name(score["path"].as_str().unwrap()), None);
    }
    for (path, reason) in quarantined(&records) {
        found.insert(name(&path), Some(reason));
    }
    for fault in of_schema(&records, "gancho.fault/1") {
        found.insert(name(fault["file"].as_str().unwrap()), Some(format!("fault {}", fault["code"])));
    }
    let wrong: Vec<_> = expected.iter().filter(|(file, outcome)| found.get(*file) != Some(outcome)).collect();
    assert!(wrong.is_empty(), "expected {wrong:#?}\nfound {found:#?}");
    for it in of_schema(&records, "gancho.quarantine/1") {
        assert!(it["detail"].as_str().unwrap().len() > 20, "a reason that helps: {it}");
    }
}

#[cfg(unix)]
#[test]
fn a_symlink_loop_is_survived() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(corpus("pictures/one_pixel.png"), folder.path().join("a.png")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("again")).unwrap();
    std::os::unix::fs::symlink("self.png", folder.path().join("self.png")).unwrap();
    let records = scored(&[folder.path()], &[]);
    assert_eq!(of_schema(&records, "gancho.score/1").len(), 1);
}

/// Permissions do not bind root, so as root the program is run as nobody.
#[cfg(unix)]
#[test]
fn a_folder_without_read_permission_is_reported_and_the_rest_goes_on() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let mode = |path: &std::path::Path, bits| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(bits)).unwrap();
    };
    let folder = tempfile::tempdir().unwrap();
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::copy(corpus("pictures/one_pixel.png"), folder.path().join("open.png")).unwrap();
    std::fs::copy(corpus("pictures/one_pixel.png"), closed.join("hidden.png")).unwrap();
    mode(folder.path(), 0o755);
    mode(&closed, 0o000);
    let mut command = gancho();
    command.arg("score").arg(folder.path()).args(["--format", "jsonl"]).current_dir("/");
    if std::fs::read_dir(&closed).is_ok() {
        command.uid(65_534);
    }
    let output = command.output();
    mode(&closed, 0o755);
    let Ok(output) = output else {
        eprintln!("left out: the program lies where nobody may not start it");
        return;
    };
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let records = records(&stdout(&output));
    assert_eq!(of_schema(&records, "gancho.score/1").len(), 1);
    let faults = of_schema(&records, "gancho.fault/1");
    assert!(faults.iter().any(|it| it["code"] == "folder-unreadable"), "{faults:?}");
}

#[test]
fn limits_can_be_set() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(corpus("pictures/gray.jpg"), folder.path().join("a.jpg")).unwrap();
    assert!(quarantined(&scored(&[folder.path()], &[])).is_empty());
    let refused = quarantined(&scored(&[folder.path()], &["--max-megapixels", "0"]));
    assert_eq!(refused, [("a.jpg".to_owned(), "too-many-pixels".to_owned())]);
}
