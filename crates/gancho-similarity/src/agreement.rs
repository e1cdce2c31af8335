//! How well one picture lies on another, and where it does not.

use crate::grid::{Plane, SIDE, TextMask};
use crate::placement::{Placement, placed};

/// Slopes below this many levels a cell are noise of compression; slopes above the other count no more.
const SLOPE_LEVELS: [f32; 2] = [3.0, 40.0];
/// A cell differs when it is off by more than this many deviations of the pair's own noise ...
const NOISE_DEVIATIONS: f32 = 3.0;
/// ... but never by less than this many levels ...
const LEAST_NOISE: f32 = 1.0;
/// ... plus a share of the step to its neighbors, small where no cell was moved, larger where a placement is right to
/// a fraction of a cell only.
const STEP_SHARE: [f32; 2] = [0.35, 0.8];
/// A placement moves no cell when it moves none by more than this share of the half side: a fifth of a cell.
const UNMOVED: f32 = 0.008;
/// Cells this near the end of the other picture are not compared where cells were moved: a border mixes into them.
const SEAM_CELLS: f32 = 1.25;
/// Where at least this share of the slopes around a cell agrees, an offset of its level is a shift of colors, not
/// another content.
const AGREEING: f32 = 0.6;
/// Most levels that one cell can add to a difference.
const MOST_LEVELS: f32 = 40.0;
/// From the median of absolute residuals to the deviation of normal ones.
const MEDIAN_TO_DEVIATION: f32 = 1.4826;

/// What laying one picture on the other showed. The same for both orders of the pair.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Agreement {
    /// Agreement of edges, 0 to 1, over what both show: 1 when every slope of one has the same direction and
    /// strength in the other. Unrelated pictures stay below 0.3.
    pub structure: f32,
    /// The same without cells that differ: the art that is left when another text was laid over it.
    pub art: f32,
    /// Share of the pictures that both show, 0 to 1, of the one that loses more of itself.
    pub overlap: f32,
    /// Whether one picture had to be scaled or shifted to lie on the other: a crop or a border.
    pub moved: bool,
    /// Share of the overlap that differs, 0 to 1.
    pub changed: f32,
    /// Strength of the largest connected difference: levels beyond the tolerance, summed over its cells.
    pub change: f32,
    /// Share of the differing cells that lie in text of either picture; `None` without text masks.
    pub changed_in_text: Option<f32>,
}

/// Lays `b` on `a`; nothing agrees where no placement is found.
pub(crate) fn agreement(a: (&Plane, Option<&TextMask>), b: (&Plane, Option<&TextMask>)) -> Agreement {
    // A fixed order of the two, so that the result is the same both ways.
    let swap = a.0.values.iter().zip(&b.0.values).find(|(x, y)| x != y).is_some_and(|(x, y)| x > y);
    let ((a, text_a), (b, text_b)) = if swap { (b, a) } else { (a, b) };
    let ignored = text_a.map_or_else(Vec::new, TextMask::cells);
    let Some(place) = placed(a, b, &ignored) else { return Agreement::default() };
    let one = laid(a, b, text_a, text_b, &place);
    let other = laid(b, a, text_b, text_a, &place.inverse());
    Agreement {
        structure: one.structure.min(other.structure),
        art: one.art.min(other.art),
        overlap: place.overlap(),
        moved: one.moved || other.moved,
        changed: one.changed.max(other.changed),
        change: one.change.max(other.change),
        changed_in_text: one.changed_in_text.zip(other.changed_in_text).map(|(x, y)| x.max(y)),
    }
}

/// The comparison from one side.
fn laid(
    first: &Plane,
    second: &Plane,
    text: Option<&TextMask>,
    other_text: Option<&TextMask>,
    place: &Placement,
) -> Agreement {
    let side = first.side;
    let index = |x: usize, y: usize| y * side + x;
    let moved = place.moves() > UNMOVED;
    let mut warped = Plane { side, values: vec![f32::NAN; side * side] };
    for y in 0..side {
        for x in 0..side {
            let seam = moved && place.is_near_end(place_in_unit(x, y), SEAM_CELLS * 2.0 / side as f32);
            if !seam && let Some([value, ..]) = place.sample(second, x, y) {
                warped.values[index(x, y)] = place.gain * value + place.offset;
            }
        }
    }
    let mut excess = excess(first, &warped, STEP_SHARE[usize::from(moved)]);
    let slopes = SlopeMap::of(first, &warped);
    (0..side * side).filter(|it| slopes.around(*it) >= AGREEING).for_each(|it| excess[it] = 0.0);
    let (mut all, mut kept) = (Slopes::default(), Slopes::default());
    for (index, cell) in slopes.cells.iter().enumerate() {
        all.add(*cell);
        if excess[index] == 0.0 {
            kept.add(*cell);
        }
    }
    let shown = warped.values.iter().filter(|it| it.is_finite()).count().max(1) as f32;
    let differing: Vec<usize> = (0..side * side).filter(|it| excess[*it] > 0.0).collect();
    let in_text = text.or(other_text).map(|_| {
        let is_text = |it: &&usize| {
            let (x, y) = (**it % side, **it / side);
            text.is_some_and(|mask| mask.at(place_in_unit(x, y)))
                || other_text.is_some_and(|mask| mask.at(place.to_second(place_in_unit(x, y))))
        };
        differing.iter().filter(is_text).count() as f32 / differing.len().max(1) as f32
    });
    Agreement {
        structure: all.agreement(),
        art: kept.agreement(),
        overlap: 0.0,
        moved,
        changed: differing.len() as f32 / shown,
        change: largest(&excess, side),
        changed_in_text: in_text,
    }
}

/// The middle of a cell, -1 to 1 on both axes.
fn place_in_unit(x: usize, y: usize) -> [f32; 2] {
    [x, y].map(|it| (it as f32 + 0.5) * 2.0 / SIDE as f32 - 1.0)
}

/// Levels by which each cell is off beyond its tolerance; 0 where it is not, and outside the overlap.
fn excess(first: &Plane, warped: &Plane, step_share: f32) -> Vec<f32> {
    let mut sizes: Vec<f32> = first
        .values
        .iter()
        .zip(&warped.values)
        .map(|(a, b)| (a - b).abs())
        .filter(|it| it.is_finite())
        .collect();
    let middle = sizes.len() / 2;
    let median = if sizes.is_empty() { 0.0 } else { *sizes.select_nth_unstable_by(middle, f32::total_cmp).1 };
    let noise = (MEDIAN_TO_DEVIATION * median).max(LEAST_NOISE);
    let (steps, warped_steps) = (first.steps(), warped.steps());
    let beyond = |index: usize| {
        let off = (first.values[index] - warped.values[index]).abs();
        let step = steps.values[index].min(warped_steps.values[index]);
        // NaN, outside the overlap, becomes 0 here.
        (off - NOISE_DEVIATIONS * noise - step_share * step).max(0.0)
    };
    (0..first.values.len()).map(beyond).collect()
}

/// How much of the stronger slope the other picture shares, and how strong it is, cell by cell.
struct SlopeMap {
    side: usize,
    cells: Vec<Slopes>,
}

impl SlopeMap {
    fn of(first: &Plane, warped: &Plane) -> Self {
        let side = first.side;
        let [least, most] = SLOPE_LEVELS;
        let cell = |index: usize| {
            let (x, y) = (index % side, index / side);
            if x + 1 == side || y + 1 == side {
                return Slopes::default();
            }
            let slopes = |plane: &Plane| {
                let here = plane.at(x, y);
                [plane.at(x + 1, y) - here, plane.at(x, y + 1) - here]
            };
            let (a, b) = (slopes(first), slopes(warped));
            let product = a[0] * b[0] + a[1] * b[1];
            let strongest = (a[0] * a[0] + a[1] * a[1]).max(b[0] * b[0] + b[1] * b[1]).sqrt();
            // NaN marks a cell outside the overlap.
            if !product.is_finite() || strongest <= least {
                return Slopes::default();
            }
            let weight = strongest.min(most);
            Slopes { all: weight, agreeing: weight * (product / (strongest * strongest)).max(0.0) }
        };
        Self { side, cells: (0..side * side).map(cell).collect() }
    }

    /// Agreement in a cell and its eight neighbors; 1 where there is no slope at all.
    fn around(&self, index: usize) -> f32 {
        let (x, y) = (index % self.side, index / self.side);
        let mut sum = Slopes::default();
        for ny in y.saturating_sub(1)..(y + 2).min(self.side) {
            for nx in x.saturating_sub(1)..(x + 2).min(self.side) {
                sum.add(self.cells[ny * self.side + nx]);
            }
        }
        if sum.all > 0.0 { sum.agreement() } else { 1.0 }
    }
}

/// Strength of slopes, and how much of it agrees.
#[derive(Debug, Clone, Copy, Default)]
struct Slopes {
    agreeing: f32,
    all: f32,
}

impl Slopes {
    fn add(&mut self, other: Self) {
        self.agreeing += other.agreeing;
        self.all += other.all;
    }

    /// 0 to 1; 0 when there is no slope to compare.
    fn agreement(&self) -> f32 {
        if self.all > 0.0 { self.agreeing / self.all } else { 0.0 }
    }
}

/// The largest sum of levels over a connected group of cells (neighbors share a side or a corner).
fn largest(excess: &[f32], side: usize) -> f32 {
    let mut seen = vec![false; excess.len()];
    let mut largest = 0.0f32;
    let mut open = Vec::new();
    for start in 0..excess.len() {
        if excess[start] == 0.0 || seen[start] {
            continue;
        }
        seen[start] = true;
        open.push(start);
        let mut sum = 0.0;
        while let Some(cell) = open.pop() {
            sum += excess[cell].min(MOST_LEVELS);
            let (x, y) = (cell % side, cell / side);
            for ny in y.saturating_sub(1)..(y + 2).min(side) {
                for nx in x.saturating_sub(1)..(x + 2).min(side) {
                    let next = ny * side + nx;
                    if excess[next] > 0.0 && !seen[next] {
                        seen[next] = true;
                        open.push(next);
                    }
                }
            }
        }
        largest = largest.max(sum);
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grid::Grid;
    use crate::relation::Relation;
    use proptest::prelude::*;

    /// A picture of three blobs on a ramp, sampled at any place, 0 to 1 on both axes.
    fn art(x: f32, y: f32) -> f32 {
        let blob = |cx: f32, cy: f32, wide: f32| (-((x - cx).powi(2) + (y - cy).powi(2)) / wide).exp();
        60.0 + 50.0 * x + 120.0 * blob(0.3, 0.35, 0.01) - 70.0 * blob(0.7, 0.6, 0.02)
            + 60.0 * blob(0.55, 0.2, 0.004)
    }

    fn plane(level: impl Fn(f32, f32) -> f32) -> Plane {
        let unit = |cell: usize| (cell as f32 + 0.5) / SIDE as f32;
        let values =
            (0..SIDE * SIDE).map(|it| level(unit(it % SIDE), unit(it / SIDE)).clamp(0.0, 255.0) as u8);
        Grid::new(&values.collect::<Vec<_>>()).expect("all cells").plane()
    }

    fn of(a: &Plane, b: &Plane) -> Agreement {
        agreement((a, None), (b, None))
    }

    #[test]
    fn a_picture_agrees_with_itself() {
        let same = of(&plane(art), &plane(art));
        assert_eq!((same.changed, same.change, same.moved), (0.0, 0.0, false));
        assert!(same.structure > 0.999 && same.overlap > 0.99, "{same:?}");
    }

    #[test]
    fn a_crop_is_found_where_it_was_cut() {
        // The middle 80 % of both sides: both pictures share 64 % of the larger one.
        let crop = of(&plane(art), &plane(|x, y| art(0.1 + 0.8 * x, 0.1 + 0.8 * y)));
        assert!((crop.overlap - 0.64).abs() < 0.01, "{crop:?}");
        assert!(crop.moved);
        assert_eq!(Relation::of(&crop), Some(Relation::Duplicate), "{crop:?}");
    }

    #[test]
    fn a_shift_of_levels_is_no_change() {
        let dim = of(&plane(art), &plane(|x, y| 0.8 * art(x, y) + 20.0));
        assert_eq!(Relation::of(&dim), Some(Relation::Duplicate), "{dim:?}");
    }

    #[test]
    fn a_stamp_on_the_art_is_another_text() {
        let stamped = |x: f32, y: f32| {
            let is_stamp = (0.6..0.9).contains(&x) && (0.75..0.9).contains(&y);
            if is_stamp {
                if ((x * 20.0) as u32).is_multiple_of(2) { 250.0 } else { 10.0 }
            } else {
                art(x, y)
            }
        };
        let found = of(&plane(art), &plane(stamped));
        assert_eq!(Relation::of(&found), Some(Relation::SameArtOtherText), "{found:?}");
        // 0.3 of the width times 0.15 of the height is 4.5 % of the picture.
        assert!(found.changed > 0.02 && found.changed < 0.06, "{found:?}");
    }

    #[test]
    fn differences_in_text_are_counted() {
        let stamped = |x: f32, y: f32| {
            if x > 0.5 && y > 0.75 && ((x * 24.0) as u32).is_multiple_of(2) { 250.0 } else { art(x, y) }
        };
        // Text in the lower right quarter of two by two cells.
        let mask = TextMask::new(&[0, 0, 0, 255], 2, 128).expect("four cells");
        let (a, b) = (plane(art), plane(stamped));
        let found = agreement((&a, None), (&b, Some(&mask)));
        assert_eq!(found.changed_in_text, Some(1.0), "{found:?}");
        let empty = TextMask::new(&[0; 4], 2, 128).expect("four cells");
        assert_eq!(agreement((&a, None), (&b, Some(&empty))).changed_in_text, Some(0.0));
        assert_eq!(of(&a, &b).changed_in_text, None);
    }

    #[test]
    fn flat_and_strange_pictures_have_nothing_in_common() {
        let flat = plane(|_, _| 90.0);
        for other in [flat.clone(), plane(art)] {
            assert_eq!(Relation::of(&of(&flat, &other)), None);
        }
        let strange =
            plane(|x, y| if ((x * 9.0) as u32 + (y * 7.0) as u32).is_multiple_of(2) { 200.0 } else { 40.0 });
        assert_eq!(Relation::of(&of(&plane(art), &strange)), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn both_orders_say_the_same_whatever_the_pixels(
            a in prop::collection::vec(any::<u8>(), SIDE * SIDE),
            b in prop::collection::vec(any::<u8>(), SIDE * SIDE),
        ) {
            let [a, b] = [a, b].map(|it| Grid::new(&it).expect("all cells").plane());
            let one = of(&a, &b);
            prop_assert_eq!(one, of(&b, &a));
            prop_assert!(one.structure.is_finite() && one.art.is_finite() && one.change.is_finite());
        }
    }
}
