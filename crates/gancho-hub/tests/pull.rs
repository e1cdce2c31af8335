//! Pulling from a hub on this machine: whole, broken off, damaged, refused, removed, offline.
#![allow(clippy::unwrap_used, unreachable_pub, missing_docs)]

mod server;

use std::path::{Path, PathBuf};

use gancho_hub::{
    CONFIG_FILE, Download, Hub, HubCache, HubError, LOCK_FILE, ModelName, Pulled, WEIGHTS_FILE,
};
use server::{File, Held, Server};
use sha2::{Digest, Sha256};

const FIRST: &str = "1111111111111111111111111111111111111111";
const SECOND: &str = "2222222222222222222222222222222222222222";

/// Counts what it is told.
#[derive(Default)]
struct Told {
    files: Vec<String>,
    bytes: u64,
}

impl Download for Told {
    fn begin(&mut self, file: &str, _bytes: u64) {
        if self.files.last().is_none_or(|it| it != file) {
            self.files.push(file.to_owned());
        }
    }
    fn advance(&mut self, bytes: u64) {
        self.bytes += bytes;
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|it| format!("{it:02x}")).collect()
}

fn weights(seed: u8) -> Vec<u8> {
    (0..100_000u32).map(|it| (it.wrapping_mul(2_654_435_761) >> 13) as u8 ^ seed).collect()
}

fn held(commit: &str, seed: u8) -> Held {
    let file = |name: &str, bytes: &[u8], mark: &str| File {
        name: name.into(),
        bytes: bytes.to_vec(),
        mark: mark.into(),
    };
    let big = weights(seed);
    Held {
        model: "timm/tiny".into(),
        commit: commit.into(),
        files: vec![
            file("README.md", b"# Tiny", "c0ffee"),
            file(CONFIG_FILE, format!("{{\"seed\":{seed}}}").as_bytes(), &format!("abcdef0{seed}")),
            file(WEIGHTS_FILE, &big, &sha256(&big)),
        ],
        ..Held::default()
    }
}

fn name(text: &str) -> ModelName {
    text.parse().unwrap()
}

/// A hub, an empty cache, and pulling from one into the other.
struct Bench {
    server: Server,
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { server: Server::start(held(FIRST, 1)), folder: tempfile::tempdir().unwrap() }
    }

    fn cache(&self) -> HubCache {
        HubCache::new(self.folder.path())
    }

    fn hub(&self) -> Hub {
        Hub { endpoint: self.server.endpoint(), token: None, offline: false }
    }

    fn pull(&self, model: &str) -> Result<Pulled, HubError> {
        self.hub().pull(&self.cache(), &name(model), &mut Told::default())
    }

    fn repository(&self) -> PathBuf {
        self.folder.path().join("models--timm--tiny")
    }
}

fn exists(folder: &Path, path: &str) -> bool {
    folder.join(path).exists()
}

#[test]
fn a_pull_downloads_once_and_pins_what_it_got() {
    let bench = Bench::new();
    let mut told = Told::default();
    let pulled = bench.hub().pull(&bench.cache(), &name("timm/tiny"), &mut told).unwrap();
    assert_eq!((pulled.id(), pulled.revision()), ("timm/tiny", FIRST));
    assert_eq!(told.files, [CONFIG_FILE, WEIGHTS_FILE]);
    assert_eq!(told.bytes, 100_000 + 10);
    assert_eq!(pulled.read(WEIGHTS_FILE).unwrap(), weights(1));
    assert_eq!(pulled.sha256(), sha256(&weights(1)));
    assert_eq!(pulled.bytes(), told.bytes);
    // The layout that other programs know.
    let repository = bench.repository();
    for path in [format!("snapshots/{FIRST}/{CONFIG_FILE}"), format!("blobs/{}", sha256(&weights(1)))] {
        assert!(exists(&repository, &path), "{path}");
    }
    assert_eq!(std::fs::read_to_string(repository.join("refs/main")).unwrap(), FIRST);
    assert!(!exists(&repository, &format!("snapshots/{FIRST}/README.md")), "not asked for");

    // Again: one question, and nothing is downloaded.
    bench.server.take_log();
    assert_eq!(bench.pull("timm/tiny").unwrap(), pulled);
    assert_eq!(bench.server.take_log(), ["/api/models/timm/tiny/revision/main"]);
    assert_eq!(bench.pull(&format!("timm/tiny@{FIRST}")).unwrap().revision(), FIRST);
}

#[test]
fn what_was_pulled_needs_no_network() {
    let bench = Bench::new();
    bench.pull("timm/tiny@v1").unwrap();
    bench.server.take_log();
    let cache = bench.cache();
    for model in ["timm/tiny", "timm/tiny@v1", &format!("timm/tiny@{FIRST}")] {
        assert_eq!(cache.open(&name(model)).unwrap().verify(), Ok(()));
    }
    let listed: Vec<_> = cache.list().into_iter().map(|it| it.unwrap().id().to_owned()).collect();
    assert_eq!(listed, ["timm/tiny"]);
    let error = cache.open(&name("timm/tiny@v2")).unwrap_err();
    assert!(error.to_string().contains("gancho models pull timm/tiny@v2"), "{error}");
    assert!(matches!(error, HubError::OtherRevision { .. }));
    let error = cache.open(&name("timm/other")).unwrap_err();
    assert!(error.to_string().contains("gancho models pull timm/other"), "{error}");
    assert_eq!(bench.server.take_log(), Vec::<String>::new());
}

#[test]
fn a_broken_off_pull_goes_on_where_it_stopped() {
    let bench = Bench::new();
    bench.server.change(|it| {
        it.files[1].bytes = vec![b'1']; // too short to be cut, so that every cut meets the weights
        it.files[1].mark = "abc1".into();
        it.broken = 3;
    });
    let error = bench.pull("timm/tiny").unwrap_err();
    assert!(
        matches!(&error, HubError::BrokenOff { file, .. } if file == WEIGHTS_FILE),
        "three tries, all cut: {error}"
    );
    assert!(matches!(bench.cache().open(&name("timm/tiny")), Err(HubError::NotPulled { .. })));
    bench.server.take_log();
    let pulled = bench.pull("timm/tiny").unwrap();
    assert_eq!(pulled.read(WEIGHTS_FILE).unwrap(), weights(1));
    let log = bench.server.take_log();
    // 100,000 less a half, a quarter and an eighth.
    let expected = format!("/cdn/{WEIGHTS_FILE} bytes=87500-");
    assert_eq!(log.last(), Some(&expected), "{log:?}");
}

#[test]
fn one_cut_is_mended_without_a_word() {
    let bench = Bench::new();
    bench.server.change(|it| it.broken = 1);
    assert_eq!(bench.pull("timm/tiny").unwrap().verify(), Ok(()));
}

#[test]
fn another_content_than_announced_is_thrown_away() {
    let bench = Bench::new();
    bench.server.change(|it| it.files[2].bytes[50_000] ^= 1);
    let error = bench.pull("timm/tiny").unwrap_err();
    let HubError::WrongHash { expected, found, .. } = &error else { panic!("{error}") };
    assert_eq!(*expected, sha256(&weights(1)));
    assert_ne!(found, expected);
    assert!(!exists(&bench.repository(), &format!("snapshots/{FIRST}/{WEIGHTS_FILE}")));
    assert!(!exists(&bench.repository(), &format!("blobs/{}", sha256(&weights(1)))));
    bench.server.change(|it| it.files[2].bytes = weights(1));
    assert_eq!(bench.pull("timm/tiny").unwrap().verify(), Ok(()));
}

#[test]
fn a_file_damaged_later_is_not_handed_out_and_a_pull_mends_it() {
    let bench = Bench::new();
    let pulled = bench.pull("timm/tiny").unwrap();
    let path = bench.repository().join("snapshots").join(FIRST).join(WEIGHTS_FILE);
    let mut bytes = weights(1);
    bytes[0] ^= 1;
    std::fs::write(&path, &bytes).unwrap();
    assert!(matches!(pulled.read(WEIGHTS_FILE), Err(HubError::WrongHash { .. })));
    std::fs::write(&path, &bytes[1..]).unwrap();
    assert!(matches!(pulled.verify(), Err(HubError::WrongSize { expected: 100_000, found: 99_999, .. })));
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(pulled.verify(), Err(HubError::FileGone { .. })));
    assert_eq!(bench.pull("timm/tiny").unwrap().verify(), Ok(()));
    std::fs::write(bench.repository().join(LOCK_FILE), "{").unwrap();
    assert!(matches!(bench.cache().open(&name("timm/tiny")), Err(HubError::Unreadable { .. })));
    assert_eq!(bench.pull("timm/tiny").unwrap().verify(), Ok(()));
}

#[test]
fn a_refusal_says_which() {
    let bench = Bench::new();
    let code = |model: &str| {
        let error = bench.pull(model).unwrap_err();
        serde_json::to_value(&error).unwrap()["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(code("timm/huge"), "no-such-model");
    assert_eq!(code("timm/tiny@nowhere"), "no-such-model");
    for (status, expected) in [(401, "refused"), (403, "refused"), (429, "bad-answer"), (503, "bad-answer")] {
        bench.server.change(|it| it.status = Some(status));
        assert_eq!(code("timm/tiny"), expected, "{status}");
    }
    bench.server.change(|it| it.status = None);
    bench.server.change(|it| it.commit = "../../../etc".into());
    assert_eq!(code("timm/tiny"), "bad-answer", "a commit becomes a folder");
    bench.server.change(|it| it.commit = FIRST.into());
    bench.server.change(|it| it.files[1].mark = "../../../../evil".into());
    assert_eq!(code("timm/tiny"), "bad-answer", "a mark becomes a file");
    bench.server.change(|it| it.files.truncate(2));
    assert_eq!(code("timm/tiny"), "lacks-file");
    let offline = Hub { offline: true, ..bench.hub() };
    bench.server.take_log();
    let error = offline.pull(&bench.cache(), &name("timm/tiny"), &mut Told::default()).unwrap_err();
    assert!(matches!(error, HubError::Offline { .. }));
    assert_eq!(bench.server.take_log(), Vec::<String>::new());
    let endpoint = bench.server.endpoint();
    drop(bench.server);
    let gone = Hub { endpoint: endpoint.clone(), ..Hub::default() };
    let error = gone.pull(&HubCache::new(bench.folder.path()), &name("timm/tiny"), &mut Told::default());
    let error = error.unwrap_err();
    assert!(matches!(&error, HubError::Unreachable { endpoint: it, .. } if *it == endpoint), "{error}");
}

#[test]
fn a_new_commit_takes_the_place_of_the_old() {
    let bench = Bench::new();
    bench.pull("timm/tiny").unwrap();
    bench.server.change(|it| *it = held(SECOND, 2));
    let pulled = bench.pull("timm/tiny").unwrap();
    assert_eq!((pulled.revision(), pulled.read(WEIGHTS_FILE)), (SECOND, Ok(weights(2))));
    let repository = bench.repository();
    assert!(!exists(&repository, &format!("snapshots/{FIRST}")), "the old files are let go of");
    assert!(!exists(&repository, &format!("blobs/{}", sha256(&weights(1)))));
    assert!(!exists(&repository, &format!("refs/{FIRST}")));
    assert_eq!(std::fs::read_to_string(repository.join("refs/main")).unwrap(), SECOND);
}

#[test]
fn removal_leaves_nothing_of_ours_and_everything_of_others() {
    let bench = Bench::new();
    let model = name("timm/tiny");
    assert!(matches!(bench.cache().remove(&model), Err(HubError::NotPulled { .. })));
    bench.pull("timm/tiny").unwrap();
    assert_eq!(bench.cache().remove(&model), Ok(100_010));
    assert!(!bench.repository().exists());
    assert!(matches!(bench.cache().open(&model), Err(HubError::NotPulled { .. })));

    // Another program has the same commit's card, and another commit that shares the weights.
    bench.pull("timm/tiny").unwrap();
    let repository = bench.repository();
    let card = repository.join("snapshots").join(FIRST).join("README.md");
    std::fs::write(&card, "# Tiny").unwrap();
    let other = repository.join("snapshots").join(SECOND);
    std::fs::create_dir_all(&other).unwrap();
    std::fs::hard_link(repository.join("blobs").join(sha256(&weights(1))), other.join(WEIGHTS_FILE)).unwrap();
    bench.cache().remove(&model).unwrap();
    assert!(card.exists() && !card.with_file_name(CONFIG_FILE).exists());
    assert_eq!(std::fs::read(other.join(WEIGHTS_FILE)).unwrap(), weights(1));
    assert!(!exists(&repository, LOCK_FILE));
}

/// Links as the hub's own programs make them.
#[cfg(unix)]
#[test]
fn bytes_that_another_commit_links_to_stay() {
    let bench = Bench::new();
    bench.pull("timm/tiny").unwrap();
    let blob = PathBuf::from("../../blobs").join(sha256(&weights(1)));
    let other = bench.repository().join("snapshots").join(SECOND);
    std::fs::create_dir_all(&other).unwrap();
    std::os::unix::fs::symlink(&blob, other.join(WEIGHTS_FILE)).unwrap();
    bench.cache().remove(&name("timm/tiny")).unwrap();
    assert_eq!(std::fs::read(other.join(WEIGHTS_FILE)).unwrap(), weights(1));
}

#[test]
fn what_a_broken_off_pull_left_can_be_removed() {
    let bench = Bench::new();
    bench.server.change(|it| it.broken = 100);
    bench.pull("timm/tiny").unwrap_err();
    assert!(bench.repository().exists());
    assert!(bench.cache().remove(&name("timm/tiny")).unwrap() > 0);
    assert!(!bench.repository().exists());
}

#[test]
fn two_at_once_download_once() {
    let bench = Bench::new();
    std::thread::scope(|scope| {
        let pulls = [(); 2].map(|()| scope.spawn(|| bench.pull("timm/tiny").map(|it| it.verify())));
        for pull in pulls {
            assert_eq!(pull.join().unwrap(), Ok(Ok(())));
        }
    });
    let log = bench.server.take_log();
    let whole = format!("/cdn/{WEIGHTS_FILE} bytes=0-");
    assert_eq!(log.iter().filter(|it| **it == whole).count(), 1, "{log:?}");
}

#[test]
fn a_lock_file_that_points_elsewhere_is_not_followed() {
    let bench = Bench::new();
    bench.pull("timm/tiny").unwrap();
    let path = bench.repository().join(LOCK_FILE);
    let text = std::fs::read_to_string(&path).unwrap();
    for (from, to) in [(CONFIG_FILE, "../../../evil"), (FIRST, ".."), ("timm/tiny", "timm/other")] {
        std::fs::write(&path, text.replace(from, to)).unwrap();
        let listed = bench.cache().list();
        assert!(matches!(listed[..], [Err(HubError::Unreadable { .. })]), "{to}: {listed:?}");
    }
}

#[test]
fn the_usual_folder_is_where_other_programs_look() {
    let of = |set: &[(&str, &str)]| {
        let variable = |name: &str| set.iter().find(|it| it.0 == name).map(|it| it.1.into());
        HubCache::usual_folder(&variable, Some(Path::new("/home/ana")))
    };
    assert_eq!(of(&[]), Some("/home/ana/.cache/huggingface/hub".into()));
    assert_eq!(of(&[("XDG_CACHE_HOME", "/x")]), Some("/x/huggingface/hub".into()));
    assert_eq!(of(&[("HF_HOME", "/h"), ("XDG_CACHE_HOME", "/x")]), Some("/h/hub".into()));
    assert_eq!(of(&[("HF_HUB_CACHE", "/c"), ("HF_HOME", "/h")]), Some("/c".into()));
    assert_eq!(of(&[("HF_HUB_CACHE", "")]), Some("/home/ana/.cache/huggingface/hub".into()));
}
