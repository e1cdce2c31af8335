//! Rectangles around points, upright or turned.

/// Convex hull by Andrew's monotone chain (1979), without points that lie on an edge.
pub(crate) fn convex_hull(mut points: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    let half = |points: &mut dyn Iterator<Item = [f64; 2]>| {
        let mut chain: Vec<[f64; 2]> = Vec::new();
        for point in points {
            while let [.., before, last] = chain[..]
                && turn(before, last, point) <= 0.0
            {
                chain.pop();
            }
            chain.push(point);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut points.iter().copied());
    hull.extend(half(&mut points.iter().rev().copied()));
    hull
}

/// Twice the signed area of a triangle.
fn turn(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// The direction of an edge as a unit vector within 45 degrees of the horizontal: a rectangle has the
/// same sides for each quarter turn. No sine is taken, so machines agree to the last bit.
fn direction(from: [f64; 2], to: [f64; 2]) -> Option<[f64; 2]> {
    let (x, y) = (to[0] - from[0], to[1] - from[1]);
    let length = (x * x + y * y).sqrt();
    let (x, y) = if y.abs() > x.abs() { (y, -x) } else { (x, y) };
    let sign = if x < 0.0 { -1.0 } else { 1.0 };
    (length > 0.0).then(|| [sign * x / length, sign * y / length])
}

/// A rectangle with one side along a direction.
pub(crate) struct Rectangle {
    along: [f64; 2],
    /// From and to, along the direction and across it.
    ends: [[f64; 2]; 2],
}

impl Rectangle {
    /// The smallest rectangle around a convex hull: one of its sides lies along an edge of the hull (Freeman and
    /// Shapira 1975). The upright one where the hull has no edge.
    pub(crate) fn smallest(hull: &[[f64; 2]]) -> Self {
        (0..hull.len())
            .filter_map(|at| direction(hull[at], hull[(at + 1) % hull.len()]))
            .map(|along| Self::around(hull, along))
            .min_by(|a, b| a.area().total_cmp(&b.area()))
            .unwrap_or_else(|| Self::upright(hull))
    }

    pub(crate) fn upright(points: &[[f64; 2]]) -> Self {
        Self::around(points, [1.0, 0.0])
    }

    /// The smallest rectangle with a side along a unit vector that holds the points.
    fn around(points: &[[f64; 2]], along: [f64; 2]) -> Self {
        let mut ends = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
        for [x, y] in points {
            for (ends, place) in
                ends.iter_mut().zip([x * along[0] + y * along[1], y * along[0] - x * along[1]])
            {
                *ends = [ends[0].min(place), ends[1].max(place)];
            }
        }
        Self { along, ends }
    }

    pub(crate) fn area(&self) -> f64 {
        (self.ends[0][1] - self.ends[0][0]) * (self.ends[1][1] - self.ends[1][0])
    }

    /// Corners `x, y`, clockwise from the top left.
    pub(crate) fn quad(&self) -> [f32; 8] {
        let ([left, right], [top, bottom]) = (self.ends[0], self.ends[1]);
        let mut quad = [0.0; 8];
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
        for (pair, [a, b]) in quad.chunks_exact_mut(2).zip(corners) {
            pair[0] = (a * self.along[0] - b * self.along[1]) as f32;
            pair[1] = (a * self.along[1] + b * self.along[0]) as f32;
        }
        quad
    }
}
