//! What was seen in a picture, drawn over its thumbnail.

use serde::Serialize;

use crate::explanation::NOTHING;
use crate::{EvidenceRecord, Messages, RegionEffectRecord};

/// The longer side of the drawing: that of a thumbnail, so that strokes and digits have the size they
/// are given, whatever the picture's.
const SIDE: f64 = 240.0;
/// From the middle of a digit to its baseline.
const BASELINE: f64 = 4.5;
/// From the upper edge of a region to the baseline of its points.
const LABEL: f64 = 12.0;

#[derive(Serialize)]
pub(super) struct Overlay {
    width: String,
    height: String,
    /// The map of attention as a data URI.
    heat: Option<String>,
    /// Corners of the boxes around text.
    texts: Vec<String>,
    faces: Vec<Face>,
    stops: Vec<Stop>,
    regions: Vec<Region>,
    words: String,
}

#[derive(Serialize)]
struct Face {
    x: String,
    y: String,
    width: String,
    height: String,
}

/// A place where the eye stops.
#[derive(Serialize)]
struct Stop {
    x: String,
    y: String,
    baseline: String,
    number: usize,
}

/// A region with what it adds to the score.
#[derive(Serialize)]
struct Region {
    x: String,
    y: String,
    width: String,
    height: String,
    baseline: String,
    class: &'static str,
    points: String,
}

impl Overlay {
    /// The drawing for a picture of known size in which something was seen; `words` say the same.
    pub(super) fn of(
        evidence: &EvidenceRecord,
        heat: Option<String>,
        words: &[String],
        regions: &[RegionEffectRecord],
        messages: &Messages,
    ) -> Option<Self> {
        let readings = evidence.sight.as_ref()?;
        let (width, height) = (f64::from(evidence.width?), f64::from(evidence.height?));
        let scale = SIDE / width.max(height).max(1.0);
        let at = |place: f64| number(place * scale);
        let corners = |quad: &[f64; 8]| {
            let pairs = quad.chunks_exact(2).map(|it| format!("{},{}", at(it[0]), at(it[1])));
            pairs.collect::<Vec<_>>().join(" ")
        };
        let face = |[x, y, width, height]: [f64; 4]| Face {
            x: at(x),
            y: at(y),
            width: at(width),
            height: at(height),
        };
        let stop = |(index, it): (usize, &crate::FocalPointRecord)| Stop {
            x: at(it.x),
            y: at(it.y),
            baseline: number(it.y * scale + BASELINE),
            number: index + 1,
        };
        let region = |it: &RegionEffectRecord| {
            let [x, y, width, height] = it.area;
            Region {
                x: at(x),
                y: at(y),
                width: at(width),
                height: at(height),
                baseline: number(y * scale + LABEL),
                class: if it.effect > 0.0 { "gains" } else { "costs" },
                points: messages.locale().signed(it.effect, 1),
            }
        };
        let telling = regions.iter().filter(|it| it.effect.abs() >= NOTHING);
        Some(Self {
            regions: telling.clone().map(region).collect(),
            width: at(width),
            height: at(height),
            heat,
            texts: readings.text.boxes.iter().map(|it| corners(&it.quad)).collect(),
            faces: readings.faces.iter().map(|it| face(it.area)).collect(),
            stops: readings.attention.focal_points.iter().enumerate().map(stop).collect(),
            words: words.iter().chain(telling.map(|it| &it.text)).cloned().collect::<Vec<_>>().join(". "),
        })
    }

    pub(super) fn has_regions(&self) -> bool {
        !self.regions.is_empty()
    }
}

/// A coordinate with one decimal. SVG wants the decimal point, and nothing that is not a number.
fn number(value: f64) -> String {
    format!("{:.1}", if value.is_finite() { value } else { 0.0 })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Locale;

    #[test]
    fn places_are_scaled_to_the_drawing() {
        let crop = serde_json::json!({});
        let evidence: EvidenceRecord = serde_json::from_value(serde_json::json!({
            "width": 1200, "height": 600,
            "sight": {
                "attention": {"focal_points": [{"x": 600.0, "y": 300.0, "share": 0.4}], "on_text": 0.1,
                    "on_faces": 0.2, "on_center": 0.3, "thirds": [0, 0, 0, 0, 1, 0, 0, 0, 0],
                    "unattended_share": 0.5},
                "text": {"area": 0.1, "boxes": [{"quad": [0, 0, 120, 0, 120, 60, 0, 60], "score": 0.9,
                    "contrast": null}]},
                "faces": [{"box": [300, 150, 60, 90], "score": 0.8}],
                "quality": null, "complexity": null,
                "kind": {"label": "design", "scores": {"design": 1.0}}, "crops": crop
            }
        }))
        .unwrap();
        let region = |effect| RegionEffectRecord {
            area: [600.0, 300.0, 120.0, 60.0],
            kind: "text".into(),
            effect,
            text: "c".into(),
        };
        let (words, regions) = (["a".to_string(), "b".to_string()], [region(-2.26), region(0.01)]);
        let overlay = Overlay::of(&evidence, None, &words, &regions, &Messages::new(Locale::Es)).unwrap();
        let [found] = &overlay.regions[..] else { panic!("what makes no difference is not drawn") };
        assert_eq!(
            (found.x.as_str(), found.height.as_str(), found.baseline.as_str()),
            ("120.0", "12.0", "72.0")
        );
        assert_eq!((found.class, found.points.as_str()), ("costs", "\u{2212}2,3"));
        // 240 / 1200: a fifth.
        assert_eq!((overlay.width.as_str(), overlay.height.as_str()), ("240.0", "120.0"));
        assert_eq!(overlay.texts, ["0.0,0.0 24.0,0.0 24.0,12.0 0.0,12.0"]);
        assert_eq!((overlay.faces[0].x.as_str(), overlay.faces[0].height.as_str()), ("60.0", "18.0"));
        assert_eq!((overlay.stops[0].x.as_str(), overlay.stops[0].baseline.as_str()), ("120.0", "64.5"));
        assert_eq!(overlay.words, "a. b. c");
    }
}
