//! Pairs of units that compete: within a campaign only, and a bounded number for each.

use std::collections::BTreeMap;

/// Most pairs drawn per creative, so that one large campaign stays affordable.
const MOST_PARTNERS: usize = 50;

/// Pairs of units of one group, each unit with at most [`MOST_PARTNERS`] others.
///
/// Members must come in an order that says nothing about results; units sorted by id serve.
pub(crate) fn pairs(groups: &[usize]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for members in members(groups) {
        let count = members.len();
        for (at, first) in members.iter().enumerate() {
            let reach = MOST_PARTNERS.min(count - 1 - at);
            pairs.extend((1..=reach).map(|step| (*first, members[at + step])));
        }
    }
    pairs
}

/// The members of each group.
pub(crate) fn members(groups: &[usize]) -> Vec<Vec<usize>> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (item, group) in groups.iter().enumerate() {
        members.entry(*group).or_default().push(item);
    }
    members.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_stay_inside_groups_and_are_bounded() {
        assert_eq!(pairs(&[0, 1, 0, 1, 0]), [(0, 2), (0, 4), (2, 4), (1, 3)]);
        assert!(pairs(&vec![0; 1_000]).len() <= 1_000 * MOST_PARTNERS);
    }
}
