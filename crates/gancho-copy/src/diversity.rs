//! Lexical diversity.

use std::collections::HashSet;

/// Types by tokens; falls with length, so compare texts of like length only.
pub(crate) fn type_token_ratio(keys: &[String]) -> Option<f64> {
    let types: HashSet<&str> = keys.iter().map(String::as_str).collect();
    (!keys.is_empty()).then(|| types.len() as f64 / keys.len() as f64)
}

/// The ratio at which a factor is complete, McCarthy and Jarvis 2010.
const FACTOR: f64 = 0.72;

/// Measure of textual lexical diversity (McCarthy and Jarvis 2010): the mean number of words over which the
/// type-token ratio stays above 0.72, forward and backward. `None` under 30 words, or where no word repeats.
pub(crate) fn mtld(keys: &[String]) -> Option<f64> {
    if keys.len() < crate::readability::MIN_WORDS {
        return None;
    }
    let forward = one_way(keys.iter())?;
    let backward = one_way(keys.iter().rev())?;
    Some((forward + backward) / 2.0)
}

fn one_way<'a>(keys: impl ExactSizeIterator<Item = &'a String>) -> Option<f64> {
    let total = keys.len();
    let (mut factors, mut tokens) = (0.0, 0_usize);
    let mut types: HashSet<&str> = HashSet::new();
    for key in keys {
        tokens += 1;
        types.insert(key);
        if types.len() as f64 / (tokens as f64) < FACTOR {
            factors += 1.0;
            tokens = 0;
            types = HashSet::new();
        }
    }
    if tokens > 0 {
        factors += (1.0 - types.len() as f64 / tokens as f64) / (1.0 - FACTOR);
    }
    (factors > 0.0).then(|| total as f64 / factors)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        text.split_whitespace().map(String::from).collect()
    }

    #[test]
    fn ratio_by_hand() {
        assert_eq!(type_token_ratio(&keys("a b a c")), Some(0.75));
        assert_eq!(type_token_ratio(&[]), None);
    }

    #[test]
    fn mtld_by_hand() {
        // "a" forever: every second word completes a factor (1/2 < 0.72), so 30 words make 15 factors of 2.
        assert_eq!(mtld(&keys(&"a ".repeat(30))), Some(2.0));
        // "a b c" again and again: 3/3, 3/4 = 0.75, 3/5 = 0.6 < 0.72, a factor each 5 words.
        assert_eq!(mtld(&keys(&"a b c ".repeat(10))), Some(5.0));
        assert_eq!(mtld(&keys(&"a b c ".repeat(9))), None);
        let distinct: Vec<String> = (0..40).map(|n| n.to_string()).collect();
        assert_eq!(mtld(&distinct), None);
    }
}
