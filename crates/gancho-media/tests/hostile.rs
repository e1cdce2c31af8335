//! No bytes make a decoder panic, hang or exceed its limits.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::sync::LazyLock;

use gancho_media::{Detail, Limits, decode};
use proptest::prelude::*;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../gancho-cli/tests/corpus/pictures");
/// Small ceilings keep hundreds of broken files quick, and are themselves under test.
const LIMITS: Limits = Limits { max_bytes: 1 << 20, max_pixels: 4_000_000, max_memory: 64 << 20 };

static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut files: Vec<_> = std::fs::read_dir(FOLDER).unwrap().map(|it| it.unwrap().path()).collect();
    files.sort();
    files.retain(|it| !matches!(it.extension().and_then(|it| it.to_str()), Some("csv" | "md")));
    let mut bytes: Vec<_> = files.iter().map(|it| std::fs::read(it).unwrap()).collect();
    bytes.retain(|it| (1..20_000).contains(&it.len()));
    assert!(bytes.len() > 40, "the corpus is missing");
    bytes
});

fn survives(bytes: &[u8]) -> Result<(), TestCaseError> {
    for detail in [Detail::Full, Detail::AtLeast(4)] {
        if let Ok(picture) = decode(bytes, &LIMITS, detail) {
            let (width, height) = picture.pixels.dimensions();
            prop_assert!(width > 0 && height > 0);
            prop_assert!(u64::from(picture.width) * u64::from(picture.height) <= LIMITS.max_pixels);
            if detail == Detail::Full {
                prop_assert_eq!((width, height), (picture.width, picture.height));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn mutated_files(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = CORPUS[file.index(CORPUS.len())].clone();
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        survives(&bytes)?;
    }

    #[test]
    fn headers_with_changed_bytes(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((8usize..64, any::<u8>()), 1..6),
    ) {
        let mut bytes = CORPUS[file.index(CORPUS.len())].clone();
        for (at, value) in changes {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
        }
        survives(&bytes)?;
    }

    #[test]
    fn any_bytes_behind_any_magic(
        magic in prop::sample::select(vec![
            &b"\xFF\xD8\xFF\xE0"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\xFF\xFF\0\0WEBPVP8 ", b"RIFF\xFF\xFF\0\0WEBPVP8L",
            b"GIF89a", b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", b"II\x2A\0", b"MM\0\x2A", b"",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        survives(&[magic, &rest].concat())?;
    }
}
