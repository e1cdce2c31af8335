//! A margin model: straight lines on a few features plus trees on all of them.

use serde::{Deserialize, Serialize};

use crate::trees::Ensemble;

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
    /// The trees.
    pub trees: Ensemble,
}

impl MarginModel {
    /// Checks a model that was read from a file.
    pub(crate) fn checked(self) -> Result<Self, String> {
        let columns = self.columns.len();
        if self.trees.columns() != columns || self.lines.iter().any(|it| it.column as usize >= columns) {
            return Err("columns and trees do not fit together".into());
        }
        if self.lines.iter().any(|it| !it.slope.is_finite() || !it.center.is_finite()) {
            return Err("a line is not finite".into());
        }
        Ok(Self { trees: self.trees.checked()?, ..self })
    }

    /// The margin of one row; NaN stands for a missing value.
    pub fn margin(&self, row: &[f64]) -> f64 {
        self.lines.iter().map(|it| it.at(row)).sum::<f64>() + self.trees.predict(row)
    }

    /// Each column's contribution to the margin; they add up to it, but for a constant.
    pub fn contributions(&self, row: &[f64]) -> Vec<f64> {
        let mut into = vec![0.0; self.columns.len()];
        for line in &self.lines {
            into[line.column as usize] += line.at(row);
        }
        self.trees.add_contributions(row, &mut into);
        into
    }
}
