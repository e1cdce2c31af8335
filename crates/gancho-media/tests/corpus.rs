//! Every file of the committed corpus has exactly the outcome that its table promises.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::Path;

use gancho_media::{DecodeError, DecodeWarning, Detail, Limits, Picture, decode, read_bytes};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../gancho-cli/tests/corpus/pictures");
/// JPEG and lossy WebP do not keep flat colors exactly.
const TOLERANCE: i32 = 6;

fn code(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap()["code"].as_str().unwrap().to_owned()
}

/// Rows of a table without quoted line breaks: the corpus and the goldens have none.
fn rows(table: &str) -> Vec<Vec<String>> {
    table.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn every_file_has_its_promised_outcome() {
    let table = std::fs::read_to_string(Path::new(FOLDER).join("expected.csv")).unwrap();
    let mut wrong = Vec::new();
    let rows = rows(&table);
    for row in &rows {
        let got = read_bytes(&Path::new(FOLDER).join(&row[0]), &Limits::default())
            .and_then(|bytes| decode(&bytes, &Limits::default(), Detail::Full));
        if let Err(complaint) = compare(row, &got) {
            wrong.push(format!("{}: {complaint}", row[0]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} wrong:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
    let files = std::fs::read_dir(FOLDER).unwrap().count();
    assert_eq!(rows.len() + 2, files, "a file of the corpus is not in the table");
}

fn compare(row: &[String], got: &Result<Picture, DecodeError>) -> Result<(), String> {
    let (outcome, code_wanted) = (row[1].as_str(), row[2].as_str());
    let picture = match (outcome, got) {
        ("refused", Err(error)) if code(error) == code_wanted => return Ok(()),
        ("refused", Err(error)) => return Err(format!("refused as {error:?} instead of {code_wanted}")),
        ("refused", Ok(_)) => return Err(format!("read instead of {code_wanted}")),
        (_, Err(error)) => return Err(format!("refused: {error:?}")),
        (_, Ok(picture)) => picture,
    };
    let size = format!("{}x{}", picture.width, picture.height);
    if size != row[3] || (picture.width, picture.height) != picture.pixels.dimensions() {
        return Err(format!("{size} instead of {}", row[3]));
    }
    if !row[4].is_empty() && picture.source.orientation.to_string() != row[4] {
        return Err(format!("orientation {} instead of {}", picture.source.orientation, row[4]));
    }
    let warnings: Vec<String> = picture.warnings.iter().map(code).collect();
    if warnings.join(" ") != row[5] {
        return Err(format!("warnings {:?} instead of [{}]", picture.warnings, row[5]));
    }
    // The column holds a comma itself: `x,y:#rrggbb` is split over two fields.
    pixel(picture, &format!("{},{}", row[6].trim_matches('"'), row[7].trim_matches('"')))
}

fn pixel(picture: &Picture, wanted: &str) -> Result<(), String> {
    let (at, hex) = wanted.split_once(":#").ok_or("no pixel in the table")?;
    let (x, y) = at.split_once(',').unwrap();
    let color = u32::from_str_radix(hex, 16).unwrap();
    let want = [color >> 16, color >> 8 & 255, color & 255];
    let got = picture.pixels.get_pixel(x.parse().unwrap(), y.parse().unwrap()).0;
    let near = got.iter().zip(want).all(|(got, want)| (i32::from(*got) - want as i32).abs() <= TOLERANCE);
    if near { Ok(()) } else { Err(format!("{got:?} at {at} instead of {want:?}")) }
}

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(FOLDER).join(name)).unwrap()
}

fn read(name: &str) -> Picture {
    decode(&corpus(name), &Limits::default(), Detail::Full).unwrap()
}

#[test]
fn animations_are_counted() {
    for name in ["animated.gif", "animated.webp", "animated.png"] {
        let animation = read(name).source.animation.unwrap();
        assert_eq!((animation.frames, animation.duration_ms), (3, 600), "{name}");
    }
    assert_eq!(read("plain.gif").source.animation, None);
}

#[test]
fn the_source_says_what_the_file_was() {
    use gancho_media::{ColorModel::*, Format};
    let facts = |name: &str| {
        let source = read(name).source;
        (source.format, source.color, source.bits, source.alpha)
    };
    assert_eq!(facts("png_named.jpg"), (Format::Png, Rgb, 8, false));
    assert_eq!(facts("gray.jpg"), (Format::Jpeg, Gray, 8, false));
    assert_eq!(facts("cmyk_adobe.jpg"), (Format::Jpeg, Cmyk, 8, false));
    assert_eq!(facts("rgb16.png"), (Format::Png, Rgb, 16, false));
    assert_eq!(facts("gray16_alpha.png"), (Format::Png, Gray, 16, true));
    assert_eq!(facts("bilevel.png"), (Format::Png, Gray, 1, false));
    assert_eq!(facts("alpha.png"), (Format::Png, Rgb, 8, true));
    assert_eq!(facts("opaque_alpha.png"), (Format::Png, Rgb, 8, true));
    assert_eq!(facts("plain.bmp"), (Format::Bmp, Rgb, 8, false));
    assert_eq!(facts("plain.tiff"), (Format::Tiff, Rgb, 8, false));
    let (format, color, _, alpha) = facts("plain.gif");
    assert_eq!((format, color, alpha), (Format::Gif, Palette, false));
    assert_eq!(facts("palette.png").1, Palette);

    assert_eq!(read("display_p3.png").source.icc.as_deref(), Some("Display P3"));
    assert!(read("srgb_profile.jpg").source.icc.unwrap().contains("sRGB"));
    assert_eq!(read("broken_icc.jpg").source.icc.as_deref(), Some(""));
    assert_eq!(read("plain.bmp").source.icc, None);
    let turned = read("orientation_6.jpg").source;
    assert_eq!((turned.stored_width, turned.stored_height), (32, 48));
    assert_eq!(turned.bytes, corpus("orientation_6.jpg").len() as u64);
}

#[test]
fn limits_hold_before_decoding() {
    let bytes = corpus("animated.webp");
    let refused = |limits: Limits| decode(&bytes, &limits, Detail::Full).map(|_| ()).unwrap_err();
    let few_bytes = Limits { max_bytes: 10, ..Limits::default() };
    assert_eq!(refused(few_bytes), DecodeError::TooManyBytes { bytes: bytes.len() as u64, limit: 10 });
    let few_pixels = Limits { max_pixels: 48 * 32 - 1, ..Limits::default() };
    assert_eq!(refused(few_pixels), DecodeError::TooManyPixels { width: 48, height: 32, limit: 48 * 32 - 1 });
    let little_memory = Limits { max_memory: 2_000, ..Limits::default() };
    assert!(matches!(refused(little_memory), DecodeError::TooMuchMemory { limit: 2_000, .. }));
}

#[test]
fn reduced_scale_keeps_the_shorter_side_and_the_colors() {
    for name in ["progressive.jpg", "orientation_6.jpg", "cmyk_adobe.jpg", "gray.jpg", "srgb_profile.jpg"] {
        let full = read(name);
        let small = decode(&corpus(name), &Limits::default(), Detail::AtLeast(8)).unwrap();
        assert_eq!(small.pixels.dimensions(), (12, 8), "{name}");
        assert_eq!((small.width, small.height), (48, 32), "{name}");
        assert_eq!((&small.source, &small.warnings), (&full.source, &full.warnings), "{name}");
        let (one, other) = (small.pixels.get_pixel(2, 2), full.pixels.get_pixel(8, 8));
        let near = one.0.iter().zip(other.0).all(|(a, b)| a.abs_diff(b) <= 6);
        assert!(near, "{name}: {one:?} instead of {other:?}");
    }
    let enough = decode(&corpus("progressive.jpg"), &Limits::default(), Detail::AtLeast(17)).unwrap();
    assert_eq!(enough.pixels.dimensions(), (48, 32));
    let png = decode(&corpus("png_named.jpg"), &Limits::default(), Detail::AtLeast(4)).unwrap();
    assert_eq!(png.pixels.dimensions(), (48, 32));
}

#[test]
fn codes_are_complete_and_in_order() {
    let text = String::new;
    let errors = [
        DecodeError::Missing,
        DecodeError::NotAFile { kind: text() },
        DecodeError::Unreadable { detail: text() },
        DecodeError::Empty,
        DecodeError::TooManyBytes { bytes: 1, limit: 1 },
        DecodeError::TooManyPixels { width: 1, height: 1, limit: 1 },
        DecodeError::TooMuchMemory { bytes: 1, limit: 1 },
        DecodeError::Truncated { format: text(), bytes: 1 },
        DecodeError::Corrupt { format: text(), detail: text() },
        DecodeError::UnsupportedFormat { format: text() },
        DecodeError::Video { format: text() },
        DecodeError::UnsupportedFeature { format: text(), detail: text() },
        DecodeError::NotAPicture,
    ];
    assert_eq!(errors.iter().map(code).collect::<Vec<_>>(), DecodeError::CODES);
    let warnings = [
        DecodeWarning::BrokenExif { detail: text() },
        DecodeWarning::BrokenIcc { detail: text() },
        DecodeWarning::CmykWithoutProfile,
        DecodeWarning::Transparency { share: 0.125 },
        DecodeWarning::WhollyTransparent,
        DecodeWarning::Animated { frames: 2, duration_ms: 10 },
        DecodeWarning::Damaged { detail: text() },
    ];
    assert_eq!(warnings.iter().map(code).collect::<Vec<_>>(), DecodeWarning::CODES);
    assert_eq!(warnings[3].to_string(), "12.5 % of the picture is transparent and is shown over white");
}
