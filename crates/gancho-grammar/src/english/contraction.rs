//! Contractions: *don’t, you’ll, it’s*.

/// Two words and what they become. Both are found in lower case or with a first capital.
const PAIRS: &[(&str, &str)] = &[
    ("do not", "don’t"),
    ("does not", "doesn’t"),
    ("did not", "didn’t"),
    ("is not", "isn’t"),
    ("are not", "aren’t"),
    ("was not", "wasn’t"),
    ("were not", "weren’t"),
    ("have not", "haven’t"),
    ("has not", "hasn’t"),
    ("cannot", "can’t"),
    ("can not", "can’t"),
    ("could not", "couldn’t"),
    ("should not", "shouldn’t"),
    ("would not", "wouldn’t"),
    ("will not", "won’t"),
    ("you will", "you’ll"),
    ("you are", "you’re"),
    ("you have", "you’ve"),
    ("we will", "we’ll"),
    ("we are", "we’re"),
    ("we have", "we’ve"),
    ("they are", "they’re"),
    ("they will", "they’ll"),
    ("it is", "it’s"),
    ("it will", "it’ll"),
    ("that is", "that’s"),
    ("there is", "there’s"),
    ("here is", "here’s"),
    ("what is", "what’s"),
    ("let us", "let’s"),
    ("I am", "I’m"),
    ("I have", "I’ve"),
    ("I will", "I’ll"),
];
/// Contractions that are not made at the end of a clause: *yes, you are.*
const STRONG_AT_END: &[&str] = &["’ll", "’re", "’ve", "’s", "’m"];

/// A text with its usual contractions: *do not miss it* is *don’t miss it*; at the end of a clause the full form
/// stays (*that is what it is*).
pub fn contract(text: &str) -> String {
    PAIRS.iter().fold(text.to_owned(), |text, (full, short)| {
        let text = replace(&text, full, short);
        replace(&text, &crate::text::upper_first(full), &crate::text::upper_first(short))
    })
}

fn replace(text: &str, full: &str, short: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(full) {
        let (before, after) = (&rest[..at], &rest[at + full.len()..]);
        let boundary = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '’' && c != '\'');
        let whole = boundary(before.chars().last().or(out.chars().last())) && boundary(after.chars().next());
        let ends = after.trim_start().chars().next().is_none_or(|c| !c.is_alphanumeric());
        let weak = STRONG_AT_END.iter().any(|ending| short.ends_with(ending));
        out.push_str(before);
        out.push_str(if whole && !(ends && weak) { short } else { full });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contractions() {
        assert_eq!(contract("Do not wait: you will love it"), "Don’t wait: you’ll love it");
        assert_eq!(contract("That is what it is."), "That’s what it is.");
        assert_eq!(contract("undo nothing"), "undo nothing");
        assert_eq!(contract(""), "");
    }
}
