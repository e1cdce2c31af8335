//! `gancho embed`: vectors out, as JSON Lines and as NumPy.

use crate::program::{demo, gancho, of_schema, records, run, status, stderr, stdout};

#[test]
fn vectors_have_unit_length_and_both_formats_agree() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(gancho().arg("embed").arg(demo()));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let records = records(&stdout(&output));
    let embeddings = of_schema(&records, "gancho.embedding/1");
    assert_eq!(embeddings.len(), 24);
    let path = folder.path().join("demo.npy");
    let output = run(gancho().arg("embed").arg(demo()).args(["--format", "npy", "--output"]).arg(&path));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    let bytes = std::fs::read(&path).unwrap();
    let data = &bytes[bytes.len() - 24 * 512 * 4..];
    let names = std::fs::read_to_string(folder.path().join("demo.npy.names.txt")).unwrap();
    let names: Vec<_> = names.lines().collect();
    for (row, record) in embeddings.iter().enumerate() {
        let vector: Vec<f32> =
            record["embedding"].as_array().unwrap().iter().map(|it| it.as_f64().unwrap() as f32).collect();
        assert_eq!(vector.len(), 512);
        let length: f32 = vector.iter().map(|it| it * it).sum();
        assert!((length - 1.0).abs() < 1e-4, "{length}");
        let stored: Vec<f32> = data[row * 2048..(row + 1) * 2048]
            .chunks_exact(4)
            .map(|it| f32::from_le_bytes([it[0], it[1], it[2], it[3]]))
            .collect();
        assert_eq!(vector, stored);
        assert_eq!(record["path"], names[row]);
    }
}

#[test]
fn vectors_are_the_same_alone_and_out_of_whole_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let cached = |name: &str| {
        let mut command = gancho();
        command.arg("--verbose").env("GANCHO_CACHE", folder.path().join(name));
        command
    };
    let embed = |name: &str| run(cached(name).arg("embed").arg(demo()));
    let alone = embed("alone");
    assert_eq!(status(&alone), 0, "{}", stderr(&alone));
    assert_eq!(status(&run(cached("whole").arg("score").arg(demo()))), 0);
    let rows = |name: &str| {
        let file = std::fs::metadata(folder.path().join(name).join("evidence.sqlite")).unwrap();
        file.len()
    };
    let before = rows("whole");
    let from_whole = embed("whole");
    assert_eq!(stdout(&alone), stdout(&from_whole));
    assert_eq!(rows("whole"), before, "what is known is not written again");
    assert_eq!(stdout(&alone), stdout(&embed("alone")), "and the same a second time");
}

#[test]
fn npy_needs_a_file() {
    let output = run(gancho().arg("embed").arg(demo()).args(["--format", "npy"]));
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("--output"), "{}", stderr(&output));
}
