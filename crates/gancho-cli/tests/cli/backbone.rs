//! `gancho models pull | remove` and `--vision-model`, with a hub on this machine.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::program::{demo, gancho, of_schema, records, root, run, status, stderr, stdout};
use crate::server::{File, Held, Server};

const MODEL: &str = "timm/tiny";
const COMMIT: &str = "1111111111111111111111111111111111111111";

/// One of the small networks that the parity test compares with PyTorch, as a model of the hub.
fn held(network: &str) -> Held {
    let file = |name: &str| File {
        name: name.into(),
        bytes: std::fs::read(root().join("models/backbone/parity").join(network).join(name)).unwrap(),
        mark: format!("{network}-{}", name.replace('.', "-")),
    };
    Held {
        model: MODEL.into(),
        commit: COMMIT.into(),
        files: vec![file("config.json"), file("model.safetensors")],
        ..Held::default()
    }
}

/// gancho with a hub and a cache of its own. Whatever opens a connection opens it to this hub.
pub fn with_hub(server: &Server, cache: &Path) -> Command {
    let mut command = gancho();
    command.env_remove("HF_HUB_OFFLINE").env("HF_HUB_CACHE", cache).env("HF_ENDPOINT", server.endpoint());
    for proxy in ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env_remove(proxy);
    }
    command
}

pub fn done(command: &mut Command) -> Output {
    let output = run(command);
    assert_eq!(status(&output), 0, "{}", stderr(&output));
    output
}

fn embeddings(output: &Output) -> Vec<Value> {
    of_schema(&records(&stdout(output)), "gancho.embedding/1").into_iter().cloned().collect()
}

#[test]
fn a_pulled_backbone_embeds_offline() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(held("bottleneck"));
    let (hub, cache) = (folder.path().join("hub"), folder.path().join("cache"));
    let embed = || {
        let mut command = with_hub(&server, &hub);
        command.arg("embed").arg(demo()).arg("--cache").arg(&cache);
        command
    };

    let output = run(embed().args(["--vision-model", MODEL]));
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("gancho models pull timm/tiny"), "{}", stderr(&output));
    assert_eq!(server.take_log(), Vec::<String>::new(), "nothing is downloaded unasked");

    let output = done(with_hub(&server, &hub).args(["models", "pull", MODEL]));
    assert!(stdout(&output).contains(COMMIT), "{}", stdout(&output));
    assert!(!server.take_log().is_empty());

    let list = stdout(&done(with_hub(&server, &hub).args(["models", "list"])));
    assert!(list.lines().any(|it| it.starts_with("timm/tiny") && it.contains("1111111 ")), "{list}");
    let verified = stdout(&done(with_hub(&server, &hub).args(["models", "verify"])));
    assert!(verified.lines().any(|it| it.starts_with("timm/tiny") && it.contains("sound")), "{verified}");
    let shipped = embeddings(&done(&mut embed()));
    let own = embeddings(&done(embed().args(["--vision-model", MODEL])));
    let again = embeddings(&done(embed().env("GANCHO_VISION_MODEL", MODEL)));
    assert_eq!(own, again, "from the cache");
    assert_eq!(
        shipped,
        embeddings(&done(embed().args(["--vision-model", "shipped"]))),
        "side by side in the cache"
    );
    let threads = ["--vision-model", MODEL, "--threads", "3", "--cache", "off"];
    let other = run(with_hub(&server, &hub).arg("embed").arg(demo()).args(threads));
    assert_eq!(own, embeddings(&other), "whatever the threads");
    assert_eq!((own.len(), shipped.len()), (24, 24));
    for record in &own {
        assert_eq!(record["model"], format!("timm/tiny@{COMMIT}"));
        let vector: Vec<f64> =
            record["embedding"].as_array().unwrap().iter().map(|it| it.as_f64().unwrap()).collect();
        assert_eq!(vector.len(), 64);
        let length: f64 = vector.iter().map(|it| it * it).sum();
        assert!((length - 1.0).abs() < 1e-4, "{length}");
    }
    assert_ne!(own[0]["embedding"], own[1]["embedding"]);

    let score = ["--vision-model", MODEL, "--format", "jsonl"];
    let scored = records(&stdout(&done(with_hub(&server, &hub).arg("score").arg(demo()).args(score))));
    let models = scored.last().unwrap()["models"].to_string();
    assert!(models.contains(MODEL) && models.contains(COMMIT), "{models}");
    done(with_hub(&server, &hub).args(["doctor", "--vision-model", MODEL]));

    done(with_hub(&server, &hub).args(["models", "remove", MODEL]));
    assert_eq!(status(&run(embed().args(["--vision-model", MODEL]))), 4);
    assert_eq!(status(&run(with_hub(&server, &hub).args(["doctor", "--vision-model", MODEL]))), 4);
    assert_eq!(status(&run(with_hub(&server, &hub).args(["models", "remove", MODEL]))), 4);
    assert_eq!(server.take_log(), Vec::<String>::new(), "only a pull opens a connection");
}

#[test]
fn weights_that_changed_or_do_not_fit_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(held("basic"));
    let embed = || {
        let mut command = with_hub(&server, folder.path());
        command.arg("embed").arg(demo()).args(["--vision-model", MODEL]);
        command
    };
    done(with_hub(&server, folder.path()).args(["models", "pull", MODEL]));
    let weights = folder.path().join("models--timm--tiny/snapshots").join(COMMIT).join("model.safetensors");
    let mut bytes = std::fs::read(&weights).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&weights, &bytes).unwrap();
    let output = run(&mut embed());
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("SHA-256"), "{}", stderr(&output));
    assert_eq!(status(&run(with_hub(&server, folder.path()).args(["models", "verify"]))), 4);

    // A config that promises another network than the file holds.
    server.change(|it| {
        it.files[0].bytes = String::from_utf8(it.files[0].bytes.clone())
            .unwrap()
            .replace("resnet18", "resnet50")
            .into_bytes();
    });
    done(with_hub(&server, folder.path()).args(["models", "remove", MODEL]));
    done(with_hub(&server, folder.path()).args(["models", "pull", MODEL]));
    let output = run(&mut embed());
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("layer1.0."), "{}", stderr(&output));
}

#[test]
fn a_pull_that_cannot_be_done_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(held("basic"));
    let pull = |model: &str| run(with_hub(&server, folder.path()).args(["models", "pull", model]));
    let output = pull("timm/none");
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains("timm/none"), "{}", stderr(&output));
    for model in ["resnet18", "timm/../x", ""] {
        assert_eq!(status(&pull(model)), 2, "{model}");
    }
    let output = run(gancho().arg("embed").arg(demo()).args(["--vision-model", "resnet18"]));
    assert_eq!(status(&output), 2);
    assert!(stderr(&output).contains("owner/model"), "{}", stderr(&output));
    let output =
        run(with_hub(&server, folder.path()).args(["models", "pull", MODEL]).env("HF_HUB_OFFLINE", "1"));
    assert_eq!(status(&output), 4);
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let output = run(with_hub(&server, &file.join("hub")).args(["models", "pull", MODEL]));
    assert_eq!(status(&output), 5, "{}", stderr(&output));
    let endpoint = server.endpoint();
    drop(server);
    let mut command = gancho();
    command.env_remove("HF_HUB_OFFLINE").env("HF_HUB_CACHE", folder.path()).env("HF_ENDPOINT", &endpoint);
    let output = run(command.args(["models", "pull", MODEL]));
    assert_eq!(status(&output), 4);
    assert!(stderr(&output).contains(&endpoint), "{}", stderr(&output));
}
