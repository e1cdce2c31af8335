//! From what was seen in a picture to its records.

use std::collections::BTreeMap;

use gancho_evidence::{Crop, CropLoss, FaceEvidence, FocalPoint, PictureEvidence, Shape, TextEvidence};
use gancho_quality::Quality;
use gancho_report::{
    AttentionRecord, CropLossRecord, CropRecord, FaceRecord, FocalPointRecord, HashesRecord, KindRecord,
    SightReadings, SightRecord, TextBoxRecord, TextRecord, schema,
};

use crate::records::{measures, palette, rounded};

/// Everything that a picture tells, its map of attention included where the evidence kept it.
pub(crate) fn record(path: &str, picture: &PictureEvidence) -> SightRecord {
    let mut readings = readings(picture);
    let (side, shares) = (picture.sight.attention.side as usize, picture.sight.attention.shares());
    // Seven decimals: an even share is 0.0005, and what nobody looks at a hundredth of it.
    let share = |it: &f64| (it * 1e7).round() as f32 / 1e7;
    readings.attention.map = shares.chunks(side.max(1)).map(|row| row.iter().map(share).collect()).collect();
    SightRecord {
        schema: schema::Sight,
        path: path.to_owned(),
        width: picture.width,
        height: picture.height,
        measures: measures(picture.measures.named()),
        hashes: HashesRecord {
            blake3: picture.content_key.clone(),
            pdq: picture.hashes.pdq.clone(),
            pdq_quality: picture.hashes.pdq_quality,
            dhash: picture.hashes.dhash.clone(),
        },
        palette: palette(picture),
        readings,
    }
}

/// What was seen, without maps.
pub(crate) fn readings(picture: &PictureEvidence) -> SightReadings {
    let sight = &picture.sight;
    SightReadings {
        attention: AttentionRecord {
            map: Vec::new(),
            focal_points: sight.focal_points.iter().map(focal_point).collect(),
            on_text: rounded(sight.attention_on_text),
            on_faces: rounded(sight.attention_on_faces),
            on_center: rounded(sight.attention_on_center()),
            thirds: sight.thirds.map(rounded),
            unattended_share: rounded(sight.unattended_share),
        },
        text: TextRecord {
            area: rounded(sight.text_area),
            boxes: sight.text_boxes.iter().map(text_box).collect(),
        },
        faces: sight.faces.iter().map(face).collect(),
        quality: Some(quality(&picture.quality)),
        complexity: Some(rounded(picture.complexity)),
        kind: kind(sight.kinds()),
        crops: sight.crops.iter().map(|it| (shape(it.shape), crop(it))).collect(),
    }
}

fn kind(kinds: [(&'static str, f32); 4]) -> KindRecord {
    // Of equal ones the first.
    let likeliest = kinds.iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
    KindRecord {
        label: likeliest.map_or("", |it| it.0).to_owned(),
        scores: kinds.iter().map(|(name, score)| ((*name).to_owned(), rounded(f64::from(*score)))).collect(),
    }
}

fn focal_point(it: &FocalPoint) -> FocalPointRecord {
    FocalPointRecord { x: pixel(it.x), y: pixel(it.y), share: rounded(it.share) }
}

fn text_box(it: &TextEvidence) -> TextBoxRecord {
    TextBoxRecord {
        quad: it.quad.map(|it| pixel(f64::from(it))),
        score: rounded(f64::from(it.score)),
        // Bytes hold it to 0.6 %: two decimals.
        contrast: it.contrast.map(|it| (it * 100.0).round() / 100.0),
    }
}

fn face(it: &FaceEvidence) -> FaceRecord {
    FaceRecord { area: it.area.map(|it| pixel(f64::from(it))), score: rounded(f64::from(it.score)) }
}

fn shape(it: Shape) -> String {
    let (across, down) = it.ratio();
    format!("{across}:{down}")
}

fn crop(it: &Crop) -> CropRecord {
    let loss = |it: &CropLoss| CropLossRecord {
        area: it.area,
        attention_lost: rounded(it.attention_lost),
        text_lost: rounded(it.text_lost),
        faces_cut: it.faces_cut,
    };
    CropRecord { centered: loss(&it.centered), best: loss(&it.best) }
}

/// A tenth of a pixel: no map is finer.
fn pixel(value: f64) -> f64 {
    // Adding zero turns -0.0 into 0.0.
    (value * 10.0).round() / 10.0 + 0.0
}

/// Technical quality by part, by name.
fn quality(quality: &Quality) -> BTreeMap<String, f64> {
    let Quality { overall, blur, noise, compression, exposure } = *quality;
    let parts = [
        ("overall", overall),
        ("blur", blur),
        ("noise", noise),
        ("compression", compression),
        ("exposure", exposure),
    ];
    parts.into_iter().map(|(name, value)| (name.to_owned(), rounded(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_kind_is_named_and_of_equal_ones_the_first() {
        let kinds = [("photo", 0.4), ("design", 0.1), ("screenshot", 0.4), ("logo_or_packshot", 0.1)];
        assert_eq!(kind(kinds).label, "photo");
        assert_eq!(kind(kinds).scores["screenshot"], 0.4);
    }

    #[test]
    fn pixels_have_one_decimal_and_no_minus_zero() {
        assert_eq!(pixel(12.345), 12.3);
        assert!(pixel(-0.01).is_sign_positive());
    }
}
