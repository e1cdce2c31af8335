//! Pictures as people send them, from the shared folder where there is one.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use gancho_media::{DecodeWarning, Detail, Limits, Picture, decode, read_bytes};

fn samples() -> Option<PathBuf> {
    let shared = std::env::var_os("GANCHO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let folder = shared.join("data/vision/samples");
    if !folder.is_dir() {
        println!("skipped: no shared folder at {}", shared.display());
        return None;
    }
    Some(folder)
}

/// A line of comma-separated values, with quotes.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().unwrap().push(letter),
        }
    }
    fields
}

#[test]
fn every_sample_is_read_or_refused_as_its_index_says() {
    let Some(folder) = samples() else { return };
    let index = std::fs::read_to_string(folder.join("index.csv")).unwrap();
    let mut wrong = Vec::new();
    for row in index.lines().skip(1).map(fields) {
        let expected = row[10].as_str();
        let got = read_bytes(&folder.join(&row[0]), &Limits::default())
            .and_then(|bytes| decode(&bytes, &Limits::default(), Detail::Full));
        let complaint = complaint(expected, &row, got.as_ref().ok());
        let said = match &got {
            Ok(picture) => format!("read {}x{} {:?}", picture.width, picture.height, picture.warnings),
            Err(error) => error.to_string(),
        };
        println!("{:55} | {expected:50} | {said}", row[0]);
        wrong.extend(complaint.map(|it| format!("{}: {it} ({said})", row[0])));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn complaint(expected: &str, row: &[String], got: Option<&Picture>) -> Option<String> {
    let may_read = expected.starts_with("read") || expected.contains("or read");
    let may_refuse = expected.starts_with("refuse") || expected.contains("refuse");
    let Some(picture) = got else {
        return (!may_refuse).then(|| "should be read".to_owned());
    };
    if !may_read {
        return Some("should be refused".to_owned());
    }
    let stored = format!("{}x{}", picture.source.stored_width, picture.source.stored_height);
    if !row[3].is_empty() && stored != row[3] {
        return Some(format!("{stored} instead of {}", row[3]));
    }
    let frames = row[5].parse().unwrap_or(1);
    if picture.source.animation.map_or(1, |it| it.frames) != frames {
        return Some(format!("{:?} instead of {frames} frames", picture.source.animation));
    }
    if expected.contains("empty picture") && picture.warnings != [DecodeWarning::WhollyTransparent] {
        return Some("should warn that nothing is visible".to_owned());
    }
    let turned = expected.contains("turn upright");
    (turned && picture.source.orientation.to_string() != row[6]).then(|| "is not turned".to_owned())
}

/// Mean colors as Pillow gives them for the whole picture; an inversion would be far off.
#[test]
fn cmyk_samples_have_the_right_colors() {
    let Some(folder) = samples() else { return };
    for (name, want) in CMYK_MEANS {
        let bytes = read_bytes(&folder.join("files").join(name), &Limits::default()).unwrap();
        // Reduced in ink, before the product of ink and black, colors shift a little.
        for (detail, tolerance) in [(Detail::Full, 1.5), (Detail::AtLeast(40), 4.0)] {
            let picture = decode(&bytes, &Limits::default(), detail).unwrap();
            let pixels = picture.pixels.pixels().len() as f64;
            let mut sum = [0.0; 3];
            for pixel in picture.pixels.pixels() {
                (0..3).for_each(|at| sum[at] += f64::from(pixel[at]) / pixels);
            }
            let near = sum.iter().zip(want).all(|(got, want)| (got - want).abs() < tolerance);
            assert!(near, "{name} at {detail:?}: {sum:?} instead of {want:?}");
            assert!(picture.warnings.contains(&DecodeWarning::CmykWithoutProfile));
        }
    }
}

const CMYK_MEANS: [(&str, [f64; 3]); 4] = [
    ("cmyk_plain.jpg", [111.7, 102.0, 76.1]),
    ("sharp_Channel_digital_image_CMYK_color_no_profile.jpg", [109.0, 132.1, 109.6]),
    ("ad_7_hero_1200x628.jpg", [99.3, 101.7, 80.1]),
    ("pillow_pil_sample_cmyk.jpg", [30.2, 5.4, 7.4]),
];
