//! What was seen in a picture, drawn over it.
//!
//! Attention is a see-through map of heat, text a blue outline, a face a dashed one of magenta, a place
//! where the eye stops a numbered circle: shapes and digits say what colors say. Every line lies on a
//! wider white one, so that it shows on any picture.

use gancho_media::{Detail, Filter, Limits, RgbImage, decode, read_bytes, resize};
use gancho_report::{SightReadings, SightRecord};
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use tiny_skia::{
    FillRule, IntSize, LineCap, LineJoin, Paint, Path, PathBuilder, Pixmap, Stroke, StrokeDash, Transform,
};

use crate::heat;

/// Longer side of a drawing, pixels; a smaller picture is drawn at its own size.
const LONGEST: u32 = 1080;
const WHITE: [u8; 3] = [255, 255, 255];
const INK: [u8; 3] = [20, 20, 20];
const TEXT: [u8; 3] = [26, 95, 208];
const FACE: [u8; 3] = [163, 18, 124];

/// A PNG of a picture's file with what its record says drawn over it; nothing where the file cannot be
/// read any more.
pub(crate) fn png(file: &std::path::Path, record: &SightRecord, limits: &Limits) -> Option<Vec<u8>> {
    let bytes = read_bytes(file, limits).ok()?;
    let pixels = decode(&bytes, limits, Detail::AtLeast(LONGEST)).ok()?.pixels;
    drawn(&pixels, record)
}

fn drawn(pixels: &RgbImage, record: &SightRecord) -> Option<Vec<u8>> {
    let longer = record.width.max(record.height).max(1);
    let scale = f64::from(LONGEST.min(longer)) / f64::from(longer);
    let side = |length: u32| ((f64::from(length) * scale).round() as u32).max(1);
    let (width, height) = (side(record.width), side(record.height));
    let mut canvas = resize(pixels, width, height, Filter::Lanczos3);
    add_heat(&mut canvas, &record.readings.attention.map);
    let rgba = canvas.pixels().flat_map(|it| [it.0[0], it.0[1], it.0[2], 255]).collect();
    let mut drawing = Drawing {
        pixmap: Pixmap::from_vec(rgba, IntSize::from_wh(width, height)?)?,
        scale: scale as f32,
        // Lines as thick, and circles as large, as the whole drawing bears.
        line: (width.max(height) as f32 / 360.0).clamp(1.0, 3.0),
    };
    drawing.add(&record.readings);
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    // Every pixel is opaque, so premultiplied is what it was.
    encoder.write_image(drawing.pixmap.data(), width, height, ExtendedColorType::Rgba8).ok()?;
    Some(bytes)
}

/// Lays a map over the pixels, bilinear between the centers of its cells.
fn add_heat(canvas: &mut RgbImage, map: &[Vec<f32>]) {
    let side = map.len();
    let peak = map.iter().flatten().copied().fold(0.0f32, f32::max);
    if peak <= 0.0 || map.iter().any(|row| row.len() != side) {
        return;
    }
    let (width, height) = canvas.dimensions();
    let between = |length: u32| -> Vec<(usize, usize, f32)> {
        (0..length)
            .map(|at| {
                let place =
                    ((at as f32 + 0.5) / length as f32 * side as f32 - 0.5).clamp(0.0, side as f32 - 1.0);
                (place as usize, (place as usize + 1).min(side - 1), place.fract())
            })
            .collect()
    };
    let (columns, rows) = (between(width), between(height));
    for ((above, below, down), y) in rows.iter().zip(0..) {
        for ((left, right, along), x) in columns.iter().zip(0..) {
            let mix = |row: &[f32]| row[*left] * (1.0 - along) + row[*right] * along;
            let value = mix(&map[*above]) * (1.0 - down) + mix(&map[*below]) * down;
            let [r, g, b, opacity] = heat::color(f64::from(value / peak)).map(u32::from);
            let pixel = &mut canvas.get_pixel_mut(x, y).0;
            for (channel, color) in pixel.iter_mut().zip([r, g, b]) {
                *channel = ((u32::from(*channel) * (255 - opacity) + color * opacity + 127) / 255) as u8;
            }
        }
    }
}

/// A picture being drawn on.
struct Drawing {
    pixmap: Pixmap,
    /// Pixels of the drawing for one of the picture.
    scale: f32,
    /// Thickness of a line.
    line: f32,
}

impl Drawing {
    fn add(&mut self, readings: &SightReadings) {
        let at = |place: f64, scale: f32| place as f32 * scale;
        for text in &readings.text.boxes {
            let corners: Vec<[f32; 2]> =
                text.quad.chunks_exact(2).map(|it| [at(it[0], self.scale), at(it[1], self.scale)]).collect();
            self.outline(polygon(&corners), TEXT, None);
        }
        for face in &readings.faces {
            let [x, y, width, height] = face.area.map(|it| at(it, self.scale));
            let corners = [[x, y], [x + width, y], [x + width, y + height], [x, y + height]];
            self.outline(
                polygon(&corners),
                FACE,
                StrokeDash::new(vec![4.0 * self.line, 2.0 * self.line], 0.0),
            );
        }
        for (index, it) in readings.attention.focal_points.iter().enumerate() {
            self.stop([at(it.x, self.scale), at(it.y, self.scale)], index + 1);
        }
    }

    /// A numbered circle.
    fn stop(&mut self, [x, y]: [f32; 2], number: usize) {
        let radius = 6.0 * self.line;
        let Some(circle) = PathBuilder::from_circle(x, y, radius) else { return };
        self.pixmap.fill_path(&circle, &paint(WHITE), FillRule::Winding, Transform::identity(), None);
        self.stroke(&circle, INK, self.line, None);
        let unit = radius * 0.3;
        let points: Vec<[f32; 2]> =
            digit(number).iter().map(|[dx, dy]| [x + dx * unit, y + dy * unit]).collect();
        if let Some(path) = polyline(&points) {
            self.stroke(&path, INK, self.line, None);
        }
    }

    fn outline(&mut self, path: Option<Path>, color: [u8; 3], dash: Option<StrokeDash>) {
        if let Some(path) = path {
            self.stroke(&path, WHITE, 2.0 * self.line, None);
            self.stroke(&path, color, self.line, dash);
        }
    }

    fn stroke(&mut self, path: &Path, color: [u8; 3], width: f32, dash: Option<StrokeDash>) {
        let (line_cap, line_join) = match dash {
            Some(_) => (LineCap::Butt, LineJoin::Round),
            None => (LineCap::Round, LineJoin::Round),
        };
        let stroke = Stroke { width, line_cap, line_join, dash, ..Stroke::default() };
        self.pixmap.stroke_path(path, &paint(color), &stroke, Transform::identity(), None);
    }
}

fn paint([r, g, b]: [u8; 3]) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, 255);
    paint
}

fn polygon(corners: &[[f32; 2]]) -> Option<Path> {
    let mut path = lines(corners)?;
    path.close();
    path.finish()
}

fn polyline(points: &[[f32; 2]]) -> Option<Path> {
    lines(points)?.finish()
}

fn lines(points: &[[f32; 2]]) -> Option<PathBuilder> {
    let mut path = PathBuilder::new();
    let (first, rest) = points.split_first()?;
    path.move_to(first[0], first[1]);
    rest.iter().for_each(|it| path.line_to(it[0], it[1]));
    Some(path)
}

/// The strokes of a digit in one line, on a grid of 2 by 4 around its middle. There are never ten places.
fn digit(number: usize) -> &'static [[f32; 2]] {
    match number {
        1 => &[[-0.7, -1.2], [0.2, -2.0], [0.2, 2.0]],
        2 => &[[-1.0, -1.2], [-0.5, -2.0], [0.5, -2.0], [1.0, -1.2], [0.9, -0.4], [-1.0, 2.0], [1.0, 2.0]],
        3 => &[
            [-1.0, -1.5],
            [-0.4, -2.0],
            [0.6, -2.0],
            [1.0, -1.2],
            [0.6, -0.2],
            [-0.2, -0.1],
            [0.6, 0.1],
            [1.0, 1.0],
            [0.6, 2.0],
            [-0.4, 2.0],
            [-1.0, 1.5],
        ],
        4 => &[[0.6, 2.0], [0.6, -2.0], [-1.1, 0.9], [1.2, 0.9]],
        5 => &[
            [0.9, -2.0],
            [-0.8, -2.0],
            [-0.9, -0.3],
            [0.4, -0.5],
            [1.0, 0.5],
            [0.7, 1.7],
            [-0.2, 2.0],
            [-1.0, 1.5],
        ],
        6 => &[
            [0.8, -1.8],
            [-0.2, -1.7],
            [-0.9, 0.0],
            [-0.9, 1.2],
            [-0.3, 2.0],
            [0.5, 2.0],
            [1.0, 1.2],
            [0.8, 0.2],
            [0.0, -0.1],
            [-0.8, 0.6],
        ],
        7 => &[[-1.0, -2.0], [1.0, -2.0], [-0.3, 2.0]],
        8 => &[
            [0.0, -0.2],
            [-0.8, -1.1],
            [0.0, -2.0],
            [0.8, -1.1],
            [-0.9, 1.0],
            [0.0, 2.0],
            [0.9, 1.0],
            [0.0, -0.2],
        ],
        9 => &[
            [0.8, -0.6],
            [0.0, 0.1],
            [-0.8, -0.2],
            [-1.0, -1.2],
            [-0.5, -2.0],
            [0.3, -2.0],
            [0.9, -1.2],
            [0.9, 0.0],
            [0.2, 1.7],
            [-0.8, 1.8],
        ],
        _ => &[],
    }
}

#[cfg(test)]
pub(crate) mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use super::*;
    use gancho_report::{
        AttentionRecord, FaceRecord, FocalPointRecord, HashesRecord, KindRecord, TextBoxRecord, TextRecord,
        schema,
    };
    use image::Rgb;

    /// Attention in the first cell of 4 by 4, one box of text, one face, one focal point.
    pub(crate) fn record(width: u32, height: u32) -> SightRecord {
        let mut map = vec![vec![0.0; 4]; 4];
        map[0][0] = 1.0;
        let (w, h) = (f64::from(width), f64::from(height));
        SightRecord {
            schema: schema::Sight,
            path: "a.png".to_owned(),
            width,
            height,
            measures: BTreeMap::new(),
            hashes: HashesRecord {
                blake3: String::new(),
                pdq: String::new(),
                pdq_quality: 0,
                dhash: String::new(),
            },
            palette: Vec::new(),
            readings: SightReadings {
                attention: AttentionRecord {
                    map,
                    focal_points: vec![FocalPointRecord { x: 0.75 * w, y: 0.75 * h, share: 0.5 }],
                    on_text: 0.0,
                    on_faces: 0.0,
                    on_center: 0.0,
                    thirds: [0.0; 9],
                    unattended_share: 0.0,
                },
                text: TextRecord {
                    area: 0.1,
                    boxes: vec![TextBoxRecord {
                        quad: [0.5 * w, 0.1 * h, 0.9 * w, 0.1 * h, 0.9 * w, 0.3 * h, 0.5 * w, 0.3 * h],
                        score: 0.9,
                        contrast: None,
                    }],
                },
                faces: vec![FaceRecord { area: [0.1 * w, 0.5 * h, 0.2 * w, 0.3 * h], score: 0.9 }],
                quality: None,
                complexity: None,
                kind: KindRecord { label: "photo".to_owned(), scores: BTreeMap::new() },
                crops: BTreeMap::new(),
            },
        }
    }

    fn gray(width: u32, height: u32) -> RgbImage {
        RgbImage::from_pixel(width, height, Rgb([128; 3]))
    }

    #[test]
    fn everything_is_drawn_where_it_was_seen() {
        let png = drawn(&gray(1080, 1080), &record(1080, 1080)).unwrap();
        let drawn = image::load_from_memory(&png).unwrap().to_rgb8();
        let at = |x, y| drawn.get_pixel(x, y).0;
        assert_eq!(drawn.dimensions(), (1080, 1080));
        // Up to the middle of the peak's cell it is 60 % the ramp's end: 0.6 * 255 + 0.4 * 128 = 204.2.
        assert_eq!(at(20, 20), [204, 187, 93]);
        // Far from the peak, between the drawings, the picture is what it was.
        assert_eq!(at(540, 700), [128; 3]);
        // The upper edge of the text at 108 is 3 pixels thick, on a white one of 6.
        assert_eq!([100, 105, 107, 110].map(|y| at(756, y)), [[128; 3], WHITE, TEXT, WHITE]);
        // In the circle around 810, 810, below and left of the digit.
        assert_eq!(at(800, 818), WHITE);
        // Two thirds of a dashed edge of 324 pixels.
        let face = (540..864).filter(|y| at(108, *y) == FACE).count();
        assert!((150..260).contains(&face), "{face}");
    }

    #[test]
    fn a_large_picture_is_drawn_small_and_a_sliver_survives() {
        // Decoded at half its size, as large JPEGs are.
        let large = drawn(&gray(2000, 1000), &record(4000, 2000)).unwrap();
        assert_eq!(image::load_from_memory(&large).unwrap().to_rgb8().dimensions(), (1080, 540));
        for (width, height) in [(1, 1), (20_000, 300), (2, 3000)] {
            let sliver = drawn(&gray(width.min(2000), height.min(2000)), &record(width, height)).unwrap();
            let found = image::load_from_memory(&sliver).unwrap().to_rgb8();
            assert_eq!(found.width().max(found.height()), width.max(height).min(1080));
        }
    }

    #[test]
    fn every_number_that_occurs_has_a_digit() {
        assert!((1..=9).all(|it| digit(it).len() > 2));
        assert!(digit(10).is_empty());
    }
}
