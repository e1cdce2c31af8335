//! `gancho doctor`, `gancho models`, devices that are not there.

use crate::program::{demo, gancho, root, run, status, stderr, stdout};

#[test]
fn doctor_finds_the_cpu_healthy() {
    let output = run(gancho().arg("doctor"));
    assert_eq!(status(&output), 0, "{}", stdout(&output));
    let text = stdout(&output);
    for expected in [env!("CARGO_PKG_VERSION"), "vision", "prior-upworthy"] {
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn a_device_that_is_not_there_is_status_4_and_says_what_was_tried() {
    let output = run(gancho().arg("score").arg(demo()).args(["--device", "cuda"]));
    assert_eq!(status(&output), 4, "{}", stderr(&output));
    assert!(stderr(&output).contains("cuda"), "{}", stderr(&output));
    assert_eq!(stdout(&output), "");
}

#[test]
fn models_are_listed_verified_and_described() {
    let list = stdout(&run(gancho().args(["models", "list"])));
    assert_eq!(list.lines().count(), 7, "{list}");
    assert_eq!(status(&run(gancho().args(["models", "verify"]))), 0);
    let card = run(gancho().args(["models", "card", "vision"]));
    assert_eq!(status(&card), 0);
    assert!(stdout(&card).contains("Apache-2.0"), "the card names where the weights come from");
    let unknown = run(gancho().args(["models", "card", "visoin"]));
    assert_eq!(status(&unknown), 4);
    assert!(stderr(&unknown).contains("vision"), "{}", stderr(&unknown));
}

#[test]
fn damaged_weights_are_never_loaded() {
    let folder = tempfile::tempdir().unwrap();
    let weights = folder.path();
    let copy = |entry: std::io::Result<std::fs::DirEntry>| {
        let path = entry.unwrap().path();
        std::fs::copy(&path, weights.join(path.file_name().unwrap())).unwrap();
    };
    std::fs::read_dir(root().join("weights")).unwrap().for_each(copy);
    let verify = || run(gancho().args(["models", "verify", "--weights"]).arg(weights));
    assert_eq!(status(&verify()), 0, "{}", stdout(&verify()));
    let trunk = weights.join("vision.safetensors");
    let mut bytes = std::fs::read(&trunk).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&trunk, &bytes).unwrap();
    assert_eq!(status(&verify()), 4);
    let output = run(gancho().arg("score").arg(demo()).arg("--weights").arg(weights));
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("vision"), "{}", stderr(&output));
    bytes.truncate(middle);
    std::fs::write(&trunk, &bytes).unwrap();
    assert_eq!(status(&run(gancho().arg("score").arg(demo()).arg("--weights").arg(weights))), 4);
}

/// Flags beat the library's `gancho.toml`, which beats the default.
#[test]
fn settings_of_the_library_count_until_a_flag_says_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("library.csv"), "id,headline\na,One good headline\n").unwrap();
    std::fs::write(folder.path().join("gancho.toml"), "device = \"cuda\"\n").unwrap();
    let score = || {
        let mut command = gancho();
        command.env_remove("GANCHO_DEVICE").arg("score").arg(folder.path());
        command
    };
    assert_eq!(status(&run(&mut score())), 4, "this build has no CUDA");
    let output = run(score().args(["--device", "cpu"]));
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    std::fs::write(folder.path().join("gancho.toml"), "device = \"cpu\"\nmarkest = [\"es-ES\"]\n").unwrap();
    let output = run(&mut score());
    assert_eq!(status(&output), 3);
    assert!(stderr(&output).contains("markets"), "the nearest known key is offered: {}", stderr(&output));
}
