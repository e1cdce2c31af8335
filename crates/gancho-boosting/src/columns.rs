//! Tables of numbers, column by column.

use crate::error::BoostingError;

/// Columns of numbers, all of one length; NaN stands for a missing value.
#[derive(Debug, Clone)]
pub struct Columns {
    rows: usize,
    columns: Vec<Vec<f32>>,
}

impl Columns {
    /// Takes columns of one length.
    ///
    /// # Errors
    /// [`BoostingError::Length`] when lengths differ, [`BoostingError::Infinite`] for an infinite value,
    /// [`BoostingError::TooManyRows`] when rows cannot be numbered by `u32`.
    pub fn new(columns: Vec<Vec<f32>>) -> Result<Self, BoostingError> {
        let rows = columns.first().map_or(0, Vec::len);
        let limit = u32::MAX as usize;
        if rows > limit {
            return Err(BoostingError::TooManyRows { rows, limit });
        }
        for (column, values) in columns.iter().enumerate() {
            if values.len() != rows {
                let list = format!("column {column}");
                return Err(BoostingError::Length { list, found: values.len(), expected: rows });
            }
            if let Some(row) = values.iter().position(|it| it.is_infinite()) {
                return Err(BoostingError::Infinite { column, row });
            }
        }
        Ok(Self { rows, columns })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// One column.
    ///
    /// # Panics
    /// When there is no such column.
    pub fn column(&self, index: usize) -> &[f32] {
        &self.columns[index]
    }

    /// One row.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn row(&self, index: usize) -> Vec<f32> {
        self.columns.iter().map(|it| it[index]).collect()
    }

    /// The given rows, in the given order.
    ///
    /// # Errors
    /// [`BoostingError::UnknownRow`] when one does not exist.
    pub fn select(&self, rows: &[u32]) -> Result<Self, BoostingError> {
        check_rows(rows, self.rows)?;
        let pick = |column: &Vec<f32>| rows.iter().map(|row| column[*row as usize]).collect();
        Ok(Self { rows: rows.len(), columns: self.columns.iter().map(pick).collect() })
    }
}

/// Checks that every row number exists.
pub(crate) fn check_rows(numbers: &[u32], rows: usize) -> Result<(), BoostingError> {
    match numbers.iter().find(|it| **it as usize >= rows) {
        Some(row) => Err(BoostingError::UnknownRow { row: *row, rows }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ragged_and_infinite_columns_are_refused() {
        let ragged = Columns::new(vec![vec![1.0, 2.0], vec![1.0]]).unwrap_err();
        assert_eq!(ragged, BoostingError::Length { list: "column 1".into(), found: 1, expected: 2 });
        for infinite in [f32::INFINITY, f32::NEG_INFINITY] {
            let error = Columns::new(vec![vec![1.0, f32::NAN], vec![0.0, infinite]]).unwrap_err();
            assert_eq!(error, BoostingError::Infinite { column: 1, row: 1 });
        }
    }

    #[test]
    fn rows_are_selected_in_the_given_order() {
        let columns = Columns::new(vec![vec![1.0, 2.0, 3.0], vec![4.0, 5.0, 6.0]]).unwrap();
        let picked = columns.select(&[2, 0, 2]).unwrap();
        assert_eq!((picked.len(), picked.width()), (3, 2));
        assert_eq!(picked.column(0), [3.0, 1.0, 3.0]);
        assert_eq!(picked.row(1), [1.0, 4.0]);
        assert_eq!(columns.select(&[3]).unwrap_err(), BoostingError::UnknownRow { row: 3, rows: 3 });
    }
}
