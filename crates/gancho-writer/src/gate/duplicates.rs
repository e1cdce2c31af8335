//! Near-duplicates: texts that share most of their runs of four letters.

use crate::words::fold;
use std::collections::HashSet;

/// Share of common runs above which two texts are nearly the same.
pub(crate) const MOST_ALIKE: f64 = 0.6;

/// Longest text that is compared, in characters.
const MAX_CHARS: usize = 4_000;

/// The runs of four characters of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Runs(HashSet<[char; 4]>);

impl Runs {
    pub(crate) fn of(text: &str) -> Self {
        let words: Vec<String> = fold(text).split_whitespace().map(str::to_owned).collect();
        let chars: Vec<char> = words.join(" ").chars().take(MAX_CHARS).collect();
        let mut runs: HashSet<[char; 4]> =
            chars.windows(4).map(|run| [run[0], run[1], run[2], run[3]]).collect();
        if runs.is_empty() {
            let mut short = ['\0'; 4];
            short.iter_mut().zip(&chars).for_each(|(to, from)| *to = *from);
            runs.insert(short);
        }
        Self(runs)
    }

    /// Jaccard's index: common runs over all runs.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let common = self.0.intersection(&other.0).count();
        common as f64 / (self.0.len() + other.0.len() - common) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_the_share_of_common_runs() {
        // abcd bcde | abcd bcdf: one of three.
        assert_eq!(Runs::of("abcde").likeness(&Runs::of("ABCDF")), 1.0 / 3.0);
        assert_eq!(Runs::of("Envío gratis").likeness(&Runs::of("envio  gratis")), 1.0);
        assert_eq!(Runs::of("a").likeness(&Runs::of("b")), 0.0);
    }
}
