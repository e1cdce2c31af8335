//! The craft index: design quality of a picture, not a prediction.
//!
//! No published study gives dependable coefficients from such measures to results of paid ads
//! across brands, so the weights below are a convention, kept in one table and open to argument.
//! Each measure becomes a grade from 0 to 1; missing ones are left out. What a grade rewards is
//! what makes a picture readable in a feed (seen, sharp, not crowded), never a taste.

use crate::record::Row;

/// How a measure becomes a grade.
enum Grade {
    /// `value / (value + half)`: more is better, and ever less so; one half at `half`.
    Rise { half: f64 },
    /// 1 inside the band, falling in a straight line to 0 at `fade` outside of it.
    Band { low: f64, high: f64, fade: f64 },
}

struct Measure {
    feature: &'static str,
    weight: f64,
    grade: Grade,
}

/// Weights add up to 1. Units are those of the measures' own documentation.
const TABLE: &[Measure] = &[
    // Blur: photographs below about 50 look blurred, and gains past a few hundred are texture.
    Measure { feature: "picture.sharpness", weight: 0.2, grade: Grade::Rise { half: 150.0 } },
    // Flat pictures vanish in a feed; near 0.5 a picture is black and white only.
    Measure {
        feature: "picture.rms_contrast",
        weight: 0.2,
        grade: Grade::Band { low: 0.15, high: 0.35, fade: 0.15 },
    },
    // Feature complexity lowers attention to the brand and liking (Pieters, Wedel, Batra 2010; 249
    // print ads); on Instagram a middle level did best (Overgoor et al. 2022): hence a wide band.
    Measure {
        feature: "picture.edge_density",
        weight: 0.2,
        grade: Grade::Band { low: 0.03, high: 0.2, fade: 0.2 },
    },
    // Gray to garish on the scale of Hasler and Süsstrunk: "slightly" 15 to "highly" 82.
    Measure {
        feature: "picture.colorfulness",
        weight: 0.15,
        grade: Grade::Band { low: 15.0, high: 82.0, fade: 40.0 },
    },
    // Neither a black frame nor a white one.
    Measure {
        feature: "picture.luminance",
        weight: 0.1,
        grade: Grade::Band { low: 0.1, high: 0.75, fade: 0.25 },
    },
    // Some room to rest the eye and to hold text, not an empty page.
    Measure {
        feature: "picture.white_space",
        weight: 0.15,
        grade: Grade::Band { low: 0.1, high: 0.7, fade: 0.3 },
    },
];

/// Log-odds between the worst and the best possible index. Libraries differ by a tenth of the
/// index or so; with 10 that is one unit of log-odds, which spreads scores without claiming
/// certainty.
const STEEPNESS: f64 = 10.0;

impl Grade {
    fn of(&self, value: f64) -> f64 {
        match self {
            Self::Rise { half } => value.max(0.0) / (value.max(0.0) + half),
            Self::Band { low, high, fade } => {
                let outside = (low - value).max(value - high).max(0.0);
                (1.0 - outside / fade).max(0.0)
            }
        }
    }
}

/// Names of the measures, in the order of [`contributions`].
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|it| it.feature)
}

/// What each measure adds to the margin (log-odds); a missing one adds nothing.
pub(crate) fn contributions(row: &Row) -> Vec<f64> {
    let grade = |it: &Measure| {
        let value = row.features.get(it.feature).copied().filter(|it| it.is_finite());
        value.map_or(0.0, |value| STEEPNESS * it.weight * (it.grade.of(value) - 0.5))
    };
    TABLE.iter().map(grade).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up_to_one() {
        assert!((TABLE.iter().map(|it| it.weight).sum::<f64>() - 1.0).abs() < 1e-12);
    }

    /// The index is documented by its table: a new feature of a picture must not move it.
    #[test]
    fn the_index_reads_six_measures_and_nothing_else() {
        let documented = [
            "picture.sharpness",
            "picture.rms_contrast",
            "picture.edge_density",
            "picture.colorfulness",
            "picture.luminance",
            "picture.white_space",
        ];
        assert_eq!(names().collect::<Vec<_>>(), documented);
        let row = |names: &[&str]| Row {
            id: String::new(),
            group: None,
            features: names.iter().map(|it| ((*it).to_owned(), 0.3)).collect(),
            observations: Vec::new(),
        };
        let more = [&documented[..], &["picture.text_area", "picture.attention_on_text"]].concat();
        assert_eq!(contributions(&row(&more)), contributions(&row(&documented)));
    }

    #[test]
    fn grades_stay_between_zero_and_one() {
        for measure in TABLE {
            for value in [-1e9, -1.0, 0.0, 0.1, 0.5, 50.0, 1e9] {
                let grade = measure.grade.of(value);
                assert!((0.0..=1.0).contains(&grade), "{}: {value} gives {grade}", measure.feature);
            }
        }
        let band = Grade::Band { low: 1.0, high: 2.0, fade: 1.0 };
        assert_eq!([0.0, 0.5, 1.5, 2.5, 3.0].map(|it| band.of(it)), [0.0, 0.5, 1.0, 0.5, 0.0]);
    }
}
