//! Days counted from 1970-01-01 as people write them.

/// ISO date of a day (Howard Hinnant's `civil_from_days`).
pub(crate) fn iso(day: i64) -> String {
    // Far beyond any history; keeps the sums below from overflowing on a hostile model file.
    let z = day.clamp(-1_000_000_000, 1_000_000_000) + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::table;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_days() {
        assert_eq!((iso(0), iso(11_016)), ("1970-01-01".to_owned(), "2000-02-29".to_owned()));
        assert!(!iso(i64::MAX).is_empty() && !iso(i64::MIN).is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(day in -100_000_i64..1_000_000) {
            prop_assert_eq!(table::day(&iso(day)), Some(day));
        }
    }
}
