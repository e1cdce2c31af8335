//! Which regions of a picture are tried: where people look, faces among them, and text.

use gancho_evidence::SightEvidence;

/// Attention regions that are tried.
const ATTENTION: usize = 3;
/// Half of the side of an attention region, as a share of the diagonal: what the share of a focal point covers.
const REACH: f64 = 0.1;
/// What is added to a box of text on each side, as a share of its height: letters reach past their boxes.
const MARGIN: f64 = 0.15;

/// A region of a picture, pixels of the oriented picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Region {
    /// Left, top, width and height.
    pub(crate) area: [f64; 4],
    /// `text`, `attention` or `face`.
    pub(crate) kind: &'static str,
}

/// At most so many regions: the first focal points in their order, a focal point in a face being that face and one
/// in a text that text, then the largest texts.
pub(crate) fn regions(sight: &SightEvidence, size: [f64; 2], most: usize) -> Vec<Region> {
    let texts = texts(sight, size);
    let faces = sight.faces.iter().map(|it| Region { area: it.area.map(f64::from), kind: "face" });
    let known: Vec<Region> = faces.chain(texts.iter().copied()).collect();
    let reach = REACH * size[0].hypot(size[1]);
    let mut found: Vec<Region> = Vec::new();
    for point in sight.focal_points.iter().take(ATTENTION) {
        let around =
            Region { area: [point.x - reach, point.y - reach, 2.0 * reach, 2.0 * reach], kind: "attention" };
        found.push(known.iter().find(|it| holds(it.area, [point.x, point.y])).copied().unwrap_or(around));
    }
    found.extend(texts);
    let mut distinct: Vec<Region> = Vec::new();
    for region in found.into_iter().map(|it| Region { area: within(it.area, size), ..it }) {
        let [_, _, width, height] = region.area;
        if width >= 1.0 && height >= 1.0 && !distinct.contains(&region) {
            distinct.push(region);
        }
    }
    distinct.truncate(most);
    distinct
}

/// Upright boxes around text, largest first.
fn texts(sight: &SightEvidence, size: [f64; 2]) -> Vec<Region> {
    let mut texts: Vec<Region> = sight
        .text_boxes
        .iter()
        .map(|it| {
            let side = |of: usize| it.quad.iter().skip(of).step_by(2).map(|it| f64::from(*it));
            let (least, most) = (f64::min as fn(f64, f64) -> f64, f64::max as fn(f64, f64) -> f64);
            let [left, top] = [0, 1].map(|of| side(of).fold(f64::INFINITY, least));
            let [right, bottom] = [0, 1].map(|of| side(of).fold(f64::NEG_INFINITY, most));
            let margin = MARGIN * (bottom - top);
            let area =
                [left - margin, top - margin, right - left + 2.0 * margin, bottom - top + 2.0 * margin];
            Region { area: within(area, size), kind: "text" }
        })
        .collect();
    texts.sort_by(|a, b| (b.area[2] * b.area[3]).total_cmp(&(a.area[2] * a.area[3])));
    texts
}

fn holds([x, y, width, height]: [f64; 4], at: [f64; 2]) -> bool {
    (x..=x + width).contains(&at[0]) && (y..=y + height).contains(&at[1])
}

/// The part of a box that lies in the picture, in whole pixels.
fn within([x, y, width, height]: [f64; 4], size: [f64; 2]) -> [f64; 4] {
    let (left, top) = (x.floor().clamp(0.0, size[0]), y.floor().clamp(0.0, size[1]));
    let (right, bottom) = ((x + width).ceil().clamp(left, size[0]), (y + height).ceil().clamp(top, size[1]));
    [left, top, right - left, bottom - top]
}

#[cfg(test)]
mod tests {
    use super::*;
    use gancho_evidence::{FaceEvidence, FocalPoint, TextEvidence};

    fn sight() -> SightEvidence {
        let text = |x: f32, y: f32, w: f32, h: f32| TextEvidence {
            quad: [x, y, x + w, y, x + w, y + h, x, y + h],
            score: 0.9,
            contrast: None,
        };
        let point = |x, y| FocalPoint { x, y, share: 0.2 };
        SightEvidence {
            text_boxes: vec![text(10.0, 10.0, 100.0, 20.0), text(0.0, 500.0, 400.0, 40.0)],
            faces: vec![FaceEvidence { area: [200.0, 200.0, 100.0, 100.0], area_share: 0.03, score: 0.9 }],
            focal_points: vec![
                point(250.0, 220.0),
                point(20.0, 20.0),
                point(580.0, 590.0),
                point(300.0, 400.0),
            ],
            ..SightEvidence::default()
        }
    }

    #[test]
    fn what_draws_the_eye_comes_first_and_goes_by_its_own_name() {
        let found = regions(&sight(), [600.0, 600.0], 9);
        let kinds: Vec<&str> = found.iter().map(|it| it.kind).collect();
        assert_eq!(kinds, ["face", "text", "attention", "text"]);
        // A text of 20 pixels in height with 3 more on each side.
        assert_eq!(found[1].area, [7.0, 7.0, 106.0, 26.0]);
        // A tenth of the diagonal of 848.5 around the point, cut at the corner.
        assert_eq!(found[2].area, [495.0, 505.0, 105.0, 95.0]);
        assert_eq!(regions(&sight(), [600.0, 600.0], 2).len(), 2);
    }

    #[test]
    fn a_plain_picture_has_no_regions() {
        assert!(regions(&SightEvidence::default(), [600.0, 600.0], 9).is_empty());
    }
}
