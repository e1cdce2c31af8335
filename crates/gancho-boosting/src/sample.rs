//! What is to be learned, and the rows it is learned from.

use crate::columns::check_rows;
use crate::error::BoostingError;
use crate::loss::Loss;

/// What is to be learned; every list is as long as the table. Entries of rows that are not used in a fit are
/// never looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Target<'a> {
    /// The value of each row; what it means depends on the [`Loss`].
    pub value: &'a [f64],
    /// Weight of each row, zero or more; one where not given. For counts it is the number of trials or the
    /// exposure.
    pub weight: Option<&'a [f64]>,
    /// What is known beforehand of each row's margin, and added to it; zero where not given.
    pub offset: Option<&'a [f64]>,
    /// For [`Loss::LambdaRank`]: rows with one number are ranked against each other.
    pub group: Option<&'a [u32]>,
}

impl<'a> Target<'a> {
    /// Values without weights, offsets or groups.
    pub fn of(value: &'a [f64]) -> Self {
        Self { value, ..Self::default() }
    }
}

/// The rows of a fit with their targets, ascending, those without weight left out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample {
    /// Numbers in the table; every other list runs parallel.
    pub(crate) rows: Vec<u32>,
    pub(crate) value: Vec<f64>,
    pub(crate) weight: Vec<f64>,
    pub(crate) offset: Vec<f64>,
    /// Whether the caller gave weights.
    pub(crate) is_weighted: bool,
    /// For ranking: positions in these lists that are ranked against each other.
    pub(crate) groups: Vec<Vec<u32>>,
}

impl Sample {
    /// `part` names the rows in errors.
    pub(crate) fn of(
        target: &Target<'_>,
        rows: &[u32],
        table_rows: usize,
        loss: &Loss,
        part: &str,
    ) -> Result<Self, BoostingError> {
        check_lengths(target, table_rows)?;
        check_rows(rows, table_rows)?;
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        if let Some(pair) = rows.windows(2).find(|it| it[0] == it[1]) {
            return Err(BoostingError::RepeatedRow { row: pair[0] });
        }
        check_numbers(target, &rows, loss)?;
        rows.retain(|row| target.weight.is_none_or(|it| it[*row as usize] > 0.0));
        if rows.is_empty() {
            return Err(BoostingError::NoRows { part: part.into() });
        }
        let pick = |list: &[f64]| rows.iter().map(|row| list[*row as usize]).collect::<Vec<f64>>();
        let groups = match (loss, target.group) {
            (Loss::LambdaRank { .. }, None) => return Err(BoostingError::NoGroups),
            (Loss::LambdaRank { .. }, Some(group)) => gather_groups(&rows, group),
            _ => Vec::new(),
        };
        Ok(Self {
            value: pick(target.value),
            weight: target.weight.map_or_else(|| vec![1.0; rows.len()], pick),
            offset: target.offset.map_or_else(|| vec![0.0; rows.len()], pick),
            is_weighted: target.weight.is_some(),
            groups,
            rows,
        })
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

fn check_lengths(target: &Target<'_>, expected: usize) -> Result<(), BoostingError> {
    let lists = [
        ("value", Some(target.value.len())),
        ("weight", target.weight.map(<[f64]>::len)),
        ("offset", target.offset.map(<[f64]>::len)),
        ("group", target.group.map(<[u32]>::len)),
    ];
    for (list, found) in lists {
        if let Some(found) = found.filter(|it| *it != expected) {
            return Err(BoostingError::Length { list: list.into(), found, expected });
        }
    }
    Ok(())
}

fn check_numbers(target: &Target<'_>, rows: &[u32], loss: &Loss) -> Result<(), BoostingError> {
    let fault = |what: &str, row: u32, value: f64, allowed: &str| {
        Err(BoostingError::Target { what: what.into(), row, value, allowed: allowed.into() })
    };
    for row in rows {
        let at = *row as usize;
        let (value, weight) = (target.value[at], target.weight.map_or(1.0, |it| it[at]));
        if !(weight.is_finite() && weight >= 0.0) {
            return fault("weight", *row, weight, "a number, zero or more");
        }
        let offset = target.offset.map_or(0.0, |it| it[at]);
        if !offset.is_finite() {
            return fault("offset", *row, offset, "a finite number");
        }
        if !(value.is_finite() && loss.takes(value)) {
            return fault("value", *row, value, loss.values_taken());
        }
    }
    Ok(())
}

fn gather_groups(rows: &[u32], group: &[u32]) -> Vec<Vec<u32>> {
    let mut positions: Vec<u32> = (0..rows.len() as u32).collect();
    let group_of = |position: u32| group[rows[position as usize] as usize];
    positions.sort_by_key(|it| group_of(*it));
    positions.chunk_by(|a, b| group_of(*a) == group_of(*b)).map(<[u32]>::to_vec).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn refused(loss: Loss, target: Target<'_>) -> BoostingError {
        Sample::of(&target, &[0, 1], 2, &loss, "training").unwrap_err()
    }

    #[test]
    fn each_loss_refuses_values_it_cannot_mean() {
        let cases = [
            (Loss::Squared, f64::NAN),
            (Loss::Binomial, 1.5),
            (Loss::Binomial, -0.1),
            (Loss::Poisson, -1.0),
            (Loss::Gamma, 0.0),
            (Loss::Tweedie { power: 1.5 }, -1.0),
            (Loss::Quantile { level: 0.5 }, f64::INFINITY),
            (Loss::LambdaRank { truncation: 5 }, -1.0),
        ];
        for (loss, bad) in cases {
            let error = refused(loss, Target { group: Some(&[0, 0]), ..Target::of(&[0.5, bad]) });
            assert!(matches!(error, BoostingError::Target { row: 1, .. }), "{loss:?}: {error}");
        }
    }

    #[test]
    fn weights_offsets_lengths_and_groups_are_checked() {
        let target = Target::of(&[0.5, 0.5]);
        let weight = refused(Loss::Squared, Target { weight: Some(&[1.0, -1.0]), ..target });
        assert!(weight.to_string().starts_with("the weight of row 1 is -1"), "{weight}");
        let offset = refused(Loss::Squared, Target { offset: Some(&[f64::NAN, 0.0]), ..target });
        assert!(offset.to_string().starts_with("the offset of row 0 is NaN"), "{offset}");
        let length = refused(Loss::Squared, Target { weight: Some(&[1.0]), ..target });
        assert_eq!(length, BoostingError::Length { list: "weight".into(), found: 1, expected: 2 });
        assert_eq!(refused(Loss::LambdaRank { truncation: 3 }, target), BoostingError::NoGroups);
        let nothing = refused(Loss::Squared, Target { weight: Some(&[0.0, 0.0]), ..target });
        assert_eq!(nothing, BoostingError::NoRows { part: "training".into() });
    }

    #[test]
    fn rows_are_sorted_and_those_without_weight_left_out() {
        let target = Target {
            weight: Some(&[1.0, 0.0, 2.0, 3.0, 1.0]),
            group: Some(&[9, 9, 4, 9, 4]),
            ..Target::of(&[10.0, 11.0, 12.0, 13.0, f64::NAN])
        };
        let sample =
            Sample::of(&target, &[3, 1, 2, 0], 5, &Loss::LambdaRank { truncation: 3 }, "training").unwrap();
        assert_eq!(sample.rows, [0, 2, 3]);
        assert_eq!(sample.value, [10.0, 12.0, 13.0]);
        assert_eq!(sample.weight, [1.0, 2.0, 3.0]);
        assert_eq!(sample.groups, [vec![1], vec![0, 2]]);
        let twice = Sample::of(&target, &[3, 2, 3], 5, &Loss::Squared, "training").unwrap_err();
        assert_eq!(twice, BoostingError::RepeatedRow { row: 3 });
    }
}
