//! What a person can ask for in a session, in English or Spanish.

use std::path::PathBuf;

use gancho_writer::{Address, Field};

/// One order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    /// So many more variants.
    More(Option<usize>),
    /// Shorter ones than all that were shown, or than one of them.
    Shorter(Option<usize>),
    /// Ones like a variant, perhaps with another form of address, or shorter.
    Like(usize, Option<But>),
    /// Choose these.
    Keep(Vec<usize>),
    /// No longer choose these.
    Drop(Vec<usize>),
    /// Show one field alone, or all of them.
    Field(Option<Field>),
    /// Write for another placement.
    Placement(String),
    /// Show what was chosen, or everything.
    Show,
    /// Save what was chosen, or everything; the ending says how.
    Save(PathBuf),
    /// Say what can be asked.
    Help,
    /// Leave.
    Quit,
}

/// What is to be different.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum But {
    /// The form of address.
    Address(Address),
    /// The length.
    Shorter,
}

/// An order that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderError {
    /// No such order.
    Unknown {
        /// The word.
        order: String,
        /// The nearest that there is.
        nearest: &'static str,
    },
    /// No such field.
    UnknownField {
        /// The word.
        field: String,
    },
    /// Nothing behind an order that needs something.
    Incomplete {
        /// The order.
        order: String,
    },
}

const WORDS: [(&str, &[&str]); 12] = [
    ("more", &["more", "más", "mas"]),
    ("shorter", &["shorter", "corto", "cortas", "corta"]),
    ("like", &["like", "como"]),
    ("keep", &["keep", "guarda", "elige"]),
    ("drop", &["drop", "quita"]),
    ("field", &["field", "campo"]),
    ("placement", &["placement", "soporte", "formato"]),
    ("show", &["show", "muestra"]),
    ("save", &["save", "graba"]),
    ("help", &["help", "ayuda", "?"]),
    ("quit", &["quit", "exit", "salir"]),
    ("quit", &["q"]),
];

impl Order {
    /// Reads a line; nothing for an empty one.
    ///
    /// # Errors
    /// [`OrderError`] for anything that is no order.
    pub fn read(line: &str) -> Result<Option<Self>, OrderError> {
        let line = line.trim();
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        if word.is_empty() {
            return Ok(None);
        }
        let folded = word.to_lowercase();
        let unknown = || {
            let order: String = word.chars().take(40).collect();
            OrderError::Unknown { nearest: nearest(&order), order }
        };
        let order = WORDS.iter().find(|it| it.1.contains(&folded.as_str())).ok_or_else(unknown)?.0;
        let numbers: Vec<usize> =
            rest.split([' ', ',', ';']).filter_map(|it| it.trim_start_matches('#').parse().ok()).collect();
        let incomplete = || OrderError::Incomplete { order: order.to_owned() };
        let first = numbers.first().copied();
        let found = match order {
            // «más corto» is one order.
            "more" if rest.to_lowercase().starts_with("cort") => Self::Shorter(first),
            "more" => Self::More(first),
            "shorter" => Self::Shorter(first),
            "like" => Self::Like(first.ok_or_else(incomplete)?, but(rest)),
            "keep" => Self::Keep(some(numbers).ok_or_else(incomplete)?),
            "drop" => Self::Drop(some(numbers).ok_or_else(incomplete)?),
            "field" => match rest.to_lowercase().as_str() {
                "" | "all" | "todos" | "todo" => Self::Field(None),
                name => Self::Field(Some(
                    field(name).ok_or_else(|| OrderError::UnknownField { field: rest.to_owned() })?,
                )),
            },
            "placement" if rest.is_empty() => return Err(incomplete()),
            "placement" => Self::Placement(rest.to_owned()),
            "show" => Self::Show,
            "save" if rest.is_empty() => return Err(incomplete()),
            "save" => Self::Save(PathBuf::from(rest)),
            "help" => Self::Help,
            _ => Self::Quit,
        };
        Ok(Some(found))
    }
}

/// The order that has most of its letters in common, in their order.
fn nearest(word: &str) -> &'static str {
    let likeness = |it: &str| {
        let (mut rest, mut common) = (it.chars(), 0.0);
        for letter in word.to_lowercase().chars() {
            let mut ahead = rest.clone();
            if ahead.any(|it| it == letter) {
                (rest, common) = (ahead, common + 1.0);
            }
        }
        2.0 * common / (word.chars().count() + it.chars().count()) as f64
    };
    let names = WORDS.iter().flat_map(|it| it.1.iter().copied());
    names.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).unwrap_or("help")
}

fn some(numbers: Vec<usize>) -> Option<Vec<usize>> {
    (!numbers.is_empty()).then_some(numbers)
}

/// What follows «but» or «pero».
fn but(rest: &str) -> Option<But> {
    let rest = rest.to_lowercase();
    let (_, wish) = rest.split_once(" but ").or_else(|| rest.split_once(" pero "))?;
    if wish.contains("short") || wish.contains("cort") {
        return Some(But::Shorter);
    }
    wish.split_whitespace().rev().find_map(Address::parse).map(But::Address)
}

/// Codes, and the words of people.
fn field(name: &str) -> Option<Field> {
    let spoken = match name {
        "título" | "titulo" | "titular" | "title" => Some(Field::Headline),
        "texto" | "primary" => Some(Field::PrimaryText),
        "descripción" | "descripcion" => Some(Field::Description),
        "asunto" => Some(Field::Subject),
        _ => None,
    };
    Field::parse(name).or(spoken)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn orders_are_read_in_both_languages() {
        let read = |line: &str| Order::read(line).unwrap().unwrap();
        assert_eq!(read("more"), Order::More(None));
        assert_eq!(read("más 8"), Order::More(Some(8)));
        assert_eq!(read("más corto"), Order::Shorter(None));
        assert_eq!(read("shorter 3"), Order::Shorter(Some(3)));
        assert_eq!(read("like 3 but usted"), Order::Like(3, Some(But::Address(Address::Usted))));
        assert_eq!(read("como 3 pero de vos"), Order::Like(3, Some(But::Address(Address::Vos))));
        assert_eq!(read("como 2 pero más corta"), Order::Like(2, Some(But::Shorter)));
        assert_eq!(read("keep 2 5"), Order::Keep(vec![2, 5]));
        assert_eq!(read("guarda 2, 5"), Order::Keep(vec![2, 5]));
        assert_eq!(read("campo título"), Order::Field(Some(Field::Headline)));
        assert_eq!(read("field all"), Order::Field(None));
        assert_eq!(read("save mis anuncios.csv"), Order::Save("mis anuncios.csv".into()));
        assert_eq!(Order::read("  ").unwrap(), None);
        for (typo, nearest) in
            [("mor", "more"), ("shrter", "shorter"), ("ayda", "ayuda"), ("grabar", "graba")]
        {
            assert_eq!(Order::read(typo), Err(OrderError::Unknown { order: typo.to_owned(), nearest }));
        }
        assert!(matches!(Order::read("keep"), Err(OrderError::Incomplete { .. })));
        assert!(matches!(Order::read("field nose"), Err(OrderError::UnknownField { .. })));
    }

    proptest! {
        #[test]
        fn no_line_is_too_much(line in "\\PC{0,60}") {
            let _ = Order::read(&line);
        }
    }
}
