//! Lists.

/// `a, b and c`, or `a, b, and c` with the serial comma (see [`Market::serial_comma`](crate::Market::serial_comma)).
///
/// ```
/// use gancho_grammar::english::join;
/// assert_eq!(join(&["a", "b", "c"], "and", true), "a, b, and c");
/// assert_eq!(join(&["a", "b", "c"], "or", false), "a, b or c");
/// ```
pub fn join<S: AsRef<str>>(items: &[S], conjunction: &str, serial_comma: bool) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).filter(|item| !item.trim().is_empty()).collect();
    match items.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first, last] => format!("{first} {conjunction} {last}"),
        [init @ .., last] => {
            format!("{}{} {conjunction} {last}", init.join(", "), if serial_comma { "," } else { "" })
        }
    }
}
