//! Columns of a table as features: numbers as they are, categories as one indicator each.

use std::collections::BTreeMap;

/// A column with more different numbers than this is a quantity; with fewer, numbers are names of categories.
const MOST_NUMERIC_LEVELS: usize = 12;
/// Rarer categories say nothing that can be learned.
const LEAST_ROWS: usize = 5;
/// Most categories of one column, the commonest first.
const MOST_LEVELS: usize = 64;

/// One column as features: a name and a value for each row.
pub(crate) type Described = Vec<(String, Vec<Option<f64>>)>;

/// Describes a column; `name` is how its features begin, as in `context.placement`.
pub(crate) fn describe(name: &str, cells: &[Option<String>]) -> Described {
    let numbers: Vec<Option<f64>> = cells.iter().map(|it| number(it.as_deref()?)).collect();
    let filled = cells.iter().flatten().count();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in cells.iter().flatten() {
        *counts.entry(cell).or_default() += 1;
    }
    if filled > 0 && numbers.iter().flatten().count() == filled && counts.len() > MOST_NUMERIC_LEVELS {
        return vec![(name.to_owned(), numbers)];
    }
    let mut levels: Vec<(&str, usize)> = counts.into_iter().filter(|it| it.1 >= LEAST_ROWS).collect();
    levels.sort_by_key(|(level, count)| (std::cmp::Reverse(*count), *level));
    levels.truncate(MOST_LEVELS);
    // One level tells nothing apart.
    if levels.len() < 2 && levels.first().is_none_or(|it| it.1 == cells.len()) {
        return Vec::new();
    }
    let indicator = |level: &str| {
        let is = |cell: &Option<String>| Some(f64::from(u8::from(cell.as_deref()? == level)));
        cells.iter().map(is).collect()
    };
    levels.iter().map(|(level, _)| (format!("{name}={level}"), indicator(level))).collect()
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|it: &f64| it.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(values: impl IntoIterator<Item = &'static str>) -> Vec<Option<String>> {
        values.into_iter().map(|it| Some(it.to_owned()).filter(|it| !it.is_empty())).collect()
    }

    #[test]
    fn categories_become_indicators_and_rare_ones_nothing() {
        let column = cells([
            "feed", "feed", "feed", "feed", "feed", "story", "story", "story", "story", "story", "rare", "",
        ]);
        let found = describe("context.placement", &column);
        let names: Vec<&str> = found.iter().map(|it| it.0.as_str()).collect();
        assert_eq!(names, ["context.placement=feed", "context.placement=story"]);
        assert_eq!(found[0].1[0], Some(1.0));
        assert_eq!(found[0].1[10], Some(0.0));
        assert_eq!(found[0].1[11], None);
        assert!(
            describe("context.placement", &cells(["feed"; 20])).is_empty(),
            "one level tells nothing apart"
        );
    }

    #[test]
    fn many_numbers_are_a_quantity_and_few_are_names() {
        let hours: Vec<Option<String>> = (0..24).map(|it| Some(it.to_string())).collect();
        assert_eq!(describe("context.hour", &hours).len(), 1);
        let camps = cells(["916", "936", "1178"].into_iter().cycle().take(30));
        assert_eq!(describe("context.camp", &camps).len(), 3);
    }
}
