//! Hashes and resampling agree with other programs: pdqhash, Pillow and ImageHash.
//!
//! `scripts/corpus/media_goldens.py` wrote the expected values; the pictures are drawn by the same
//! integer formula there and here.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::path::{Path, PathBuf};

use gancho_media::{Detail, Filter, Hashes, Limits, RgbImage, decode, read_bytes, resize};

/// The rule of the PDQ documentation: an implementation agrees when at most this many bits differ...
const MAX_BITS: u32 = 10;
/// ...on pictures of at least this quality.
const MIN_QUALITY: u8 = 80;

fn triangle(t: i64, period: i64) -> i64 {
    (t.rem_euclid(2 * period) - period).abs() * 255 / period
}

fn synthetic(seed: i64, width: u32, height: u32) -> RgbImage {
    let (columns, rows) = (i64::from(width), i64::from(height));
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (i64::from(x), i64::from(y));
        image::Rgb([0, 1, 2].map(|channel| {
            let (a, b) = (1 + (seed * 7 + channel) % 5, 1 + (seed * 3 + channel * 2) % 4);
            let wave = triangle(x * a + y * b, 37 + seed % 11 * 5);
            let cross = triangle(x * b + (rows - y) * a, 53 + seed % 7 * 6 + channel);
            let block = ((x * 6 / columns + y * (4 + seed % 3) / rows + seed) % 4) * 60;
            ((wave + cross + block) * 255 / 690) as u8
        }))
    })
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).map(|line| line.split(',').collect())
}

fn differing_bits(one: &str, other: &str) -> u32 {
    assert_eq!(one.len(), other.len());
    one.chars()
        .zip(other.chars())
        .map(|(a, b)| (a.to_digit(16).unwrap() ^ b.to_digit(16).unwrap()).count_ones())
        .sum()
}

#[derive(Default)]
struct Difference {
    pictures: u32,
    good: u32,
    sum: u32,
    max: u32,
    quality: u8,
}

impl Difference {
    fn add(&mut self, ours: &Hashes, pdq: &str, quality: u8) {
        self.pictures += 1;
        if quality < MIN_QUALITY {
            return;
        }
        let bits = differing_bits(&ours.pdq, pdq);
        self.good += 1;
        self.sum += bits;
        self.max = self.max.max(bits);
        self.quality = self.quality.max(ours.pdq_quality.abs_diff(quality));
    }

    fn report(&self, what: &str) {
        println!(
            "PDQ on {} of {} {what} (quality >= {MIN_QUALITY}): mean {:.3} bits, max {}, quality off by at most {}",
            self.good,
            self.pictures,
            f64::from(self.sum) / f64::from(self.good.max(1)),
            self.max,
            self.quality
        );
        assert!(self.good >= 10, "too few pictures of good quality");
        assert!(self.max <= MAX_BITS, "{} bits differ", self.max);
    }
}

#[test]
fn pdq_and_dhash_agree_on_drawn_pictures() {
    let mut difference = Difference::default();
    for row in rows(include_str!("golden/hashes.csv")) {
        let pixels = synthetic(row[0].parse().unwrap(), row[1].parse().unwrap(), row[2].parse().unwrap());
        let ours = Hashes::of(&pixels);
        difference.add(&ours, row[3], row[4].parse().unwrap());
        let bits = differing_bits(&ours.dhash, row[5]);
        assert!(bits <= 2, "dHash of seed {} differs in {bits} bits", row[0]);
    }
    difference.report("drawn pictures");
}

/// The same on real pictures, where both the pictures and a golden made from them are at hand.
#[test]
fn pdq_agrees_on_shared_pictures() {
    let Ok(golden) = std::env::var("GANCHO_PDQ_GOLDEN") else {
        println!("skipped: GANCHO_PDQ_GOLDEN is not set");
        return;
    };
    let folder = shared().join("data/vision/distill/images");
    let mut difference = Difference::default();
    for row in rows(&std::fs::read_to_string(golden).unwrap()) {
        let bytes = read_bytes(&folder.join(row[0]), &Limits::default()).unwrap();
        let picture = decode(&bytes, &Limits::default(), Detail::Full).unwrap();
        difference.add(&Hashes::of(&picture.pixels), row[1], row[2].parse().unwrap());
    }
    difference.report("shared pictures");
}

fn shared() -> PathBuf {
    std::env::var_os("GANCHO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from)
}

#[test]
fn resampling_is_within_one_level_of_pillow() {
    let (mut largest, mut off, mut total) = (0, 0u32, 0u32);
    for row in rows(include_str!("golden/resized.csv")) {
        let number = |index: usize| row[index].parse::<u32>().unwrap();
        let filter = match row[0] {
            "bicubic" => Filter::Bicubic,
            "lanczos3" => Filter::Lanczos3,
            "bilinear" => Filter::Bilinear,
            _ => Filter::Box,
        };
        let ours =
            resize(&synthetic(i64::from(number(1)), number(2), number(3)), number(4), number(5), filter);
        let want =
            (0..row[6].len()).step_by(2).map(|at| u8::from_str_radix(&row[6][at..at + 2], 16).unwrap());
        for (got, want) in ours.as_raw().iter().zip(want) {
            let difference = got.abs_diff(want);
            assert!(difference <= 1, "{}: {got} instead of {want}", row[0]);
            largest = largest.max(difference);
            off += u32::from(difference > 0);
            total += 1;
        }
    }
    println!("resampling: largest difference {largest}, {off} of {total} values off by one");
    assert!(total > 10_000);
}
