//! A margin model: straight lines on a few features plus boosted trees on all of them.

use gancho_boosting::Booster;
use serde::{Deserialize, Serialize};

/// Most that a line adds: numbers far outside of anything seen cannot drown or overflow the rest.
const MOST: f64 = 20.0;

/// A straight line on one column: `slope * (value - center)` within 20 either way, zero where the
/// value is missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The column.
    pub column: u32,
    /// Change of the margin with one unit of the feature.
    pub slope: f64,
    /// Value at which the line adds nothing.
    pub center: f64,
}

impl Line {
    fn at(&self, row: &[f64]) -> f64 {
        let value = row[self.column as usize];
        if value.is_nan() { 0.0 } else { (self.slope * (value - self.center)).clamp(-MOST, MOST) }
    }
}

/// Lines and trees over named columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarginModel {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The lines.
    pub lines: Vec<Line>,
    /// The trees, where there are any; in a file, the text of their own file.
    #[serde(with = "as_text")]
    pub trees: Option<Booster>,
}

impl MarginModel {
    /// Checks a model that was read from a file.
    pub(crate) fn checked(self) -> Result<Self, String> {
        let columns = self.columns.len();
        let fits = self.trees.as_ref().is_none_or(|it| it.width() == columns);
        if !fits || self.lines.iter().any(|it| it.column as usize >= columns) {
            return Err("columns and trees do not fit together".into());
        }
        if self.lines.iter().any(|it| !it.slope.is_finite() || !it.center.is_finite()) {
            return Err("a line is not finite".into());
        }
        Ok(self)
    }

    /// The margin of one row; NaN stands for a missing value. A row shorter than the columns lacks the rest.
    pub fn margin(&self, row: &[f64]) -> f64 {
        let row = self.fitted(row);
        let trees = self.trees.as_ref().map_or(0.0, |it| it.margin(&narrow(&row)));
        self.lines.iter().map(|it| it.at(&row)).sum::<f64>() + trees
    }

    /// Each column's contribution to the margin; they add up to it, but for a constant.
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        let row = self.fitted(row);
        let mut into = vec![0.0; self.columns.len()];
        for line in &self.lines {
            into[line.column as usize] += line.at(&row);
        }
        if let Some(trees) = &self.trees {
            trees.add_contributions(&narrow(&row), &mut into);
        }
        into
    }

    /// The row with as many values as there are columns.
    fn fitted(&self, row: &[f64]) -> Vec<f64> {
        let missing = self.columns.len().saturating_sub(row.len());
        let values = row.iter().copied().take(self.columns.len());
        values.chain(std::iter::repeat_n(f64::NAN, missing)).collect()
    }
}

/// Values as the trees read them. What single precision cannot hold counts as missing.
fn narrow(row: &[f64]) -> Vec<f32> {
    row.iter().map(|it| *it as f32).map(|it| if it.is_finite() { it } else { f32::NAN }).collect()
}

/// Trees keep a format of their own, exact to the last bit; here they travel inside another file.
mod as_text {
    use gancho_boosting::Booster;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

    pub(super) fn serialize<S: Serializer>(
        trees: &Option<Booster>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let text = trees.as_ref().map(Booster::to_json).transpose().map_err(ser::Error::custom)?;
        text.map(|it| it.trim_end().to_owned()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Booster>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|it| Booster::from_json(&it)).transpose().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use gancho_boosting::{Columns, Settings, Target};

    use super::*;

    /// A line on `logit` and one split of `words` at 6.5, worth 1 either way.
    fn model() -> MarginModel {
        let columns = Columns::new(vec![vec![3.0, 5.0, 8.0, 9.0], vec![0.0; 4]]).unwrap();
        let target = [-1.0, -1.0, 1.0, 1.0];
        let settings =
            Settings { rounds: 1, learning_rate: 1.0, leaves: 2, min_leaf_rows: 1, ..Settings::default() };
        let trees =
            Booster::fit_columns(&columns, &Target::of(&target), &[0, 1, 2, 3], &settings, None).unwrap();
        MarginModel {
            columns: vec!["words".into(), "logit".into()],
            lines: vec![Line { column: 1, slope: 0.5, center: 0.2 }],
            trees: Some(trees),
        }
    }

    #[test]
    fn lines_and_trees_add_up() {
        let model = model();
        assert!((model.margin(&[8.0, 2.2]) - 2.0).abs() < 1e-12);
        assert!((model.margin(&[3.0, f64::NAN]) + 1.0).abs() < 1e-12);
        assert_eq!(model.contributions(&[8.0, 2.2]), [1.0, 1.0]);
        assert_eq!(model.contributions(&[3.0, 0.2]), [-1.0, 0.0]);
    }

    #[test]
    fn a_row_of_another_length_lacks_the_rest() {
        let model = model();
        assert_eq!(model.margin(&[8.0]), model.margin(&[8.0, f64::NAN]));
        assert_eq!(model.margin(&[8.0, 2.2, 7.0]), model.margin(&[8.0, 2.2]));
        assert!(model.margin(&[1e300, 1e300]).is_finite());
    }

    #[test]
    fn a_written_model_is_the_same_and_a_broken_one_refused() {
        let model = model();
        let text = serde_json::to_string(&model).unwrap();
        let read: MarginModel = serde_json::from_str(&text).unwrap();
        assert_eq!(read.clone().checked().unwrap(), model);
        let bare = MarginModel { trees: None, ..read.clone() };
        assert_eq!(
            serde_json::from_str::<MarginModel>(&serde_json::to_string(&bare).unwrap()).unwrap(),
            bare
        );
        let narrow = MarginModel { columns: vec!["words".into()], lines: Vec::new(), ..read };
        assert!(narrow.checked().is_err());
        assert!(
            serde_json::from_str::<MarginModel>(&text.replace("gancho.boosting/1", "gancho.boosting/9"))
                .is_err()
        );
    }
}
