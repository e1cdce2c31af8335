//! The possessive.

/// The possessive with a typographic apostrophe: *Mr Finch’s*, *Harrods’*, *children’s*, *customers’*.
///
/// After a final s only the apostrophe, which is right for plurals and usual for brands.
pub fn possessive(owner: &str) -> String {
    let owner = owner.trim_end();
    match owner.chars().last() {
        None => String::new(),
        Some('s' | 'S') => format!("{owner}’"),
        Some(_) => format!("{owner}’s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owners() {
        assert_eq!(possessive("children"), "children’s");
        assert_eq!(possessive("customers"), "customers’");
        assert_eq!(possessive(""), "");
    }
}
