//! Facts: the typed atoms of a text that may not change by a byte: numbers, money, percentages, times, dates, codes,
//! addresses of the web.

use crate::brief::Brief;
use crate::words::tokens;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What kind of fact an atom is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AtomKind {
    /// A number without sign or unit.
    Number,
    /// A number with a unit of measure.
    Measure,
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// A day of a month.
    Date,
    /// A code: letters and digits together.
    Code,
    /// An address of the web or of mail.
    Url,
    /// A proper name.
    Name,
}

/// One atom, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Atom {
    /// Its kind.
    pub kind: AtomKind,
    /// As written, with sign and unit.
    pub text: String,
    /// The digits and what stands between them; the whole text of codes, dates, names and addresses.
    pub core: String,
    /// Unit of a measure in its short form (`kg`, `month`), sign of money as written; else empty.
    pub unit: String,
    /// First byte in the text it comes from.
    pub start: usize,
    /// Byte behind its end.
    pub end: usize,
}

/// The atoms of a brief, with the path of the field that holds each.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Facts {
    /// Field and atom, in the order of the brief.
    pub atoms: Vec<(String, Atom)>,
}

impl Facts {
    /// Collects the atoms of a brief.
    pub fn of(brief: &Brief) -> Self {
        let mut out = Vec::new();
        for (field, text) in brief.sources() {
            let mut found = atoms(text);
            found.extend(dates(text));
            found.extend(names(text, field == "brand"));
            if field == "price" {
                found
                    .iter_mut()
                    .filter(|it| it.kind == AtomKind::Number)
                    .for_each(|it| it.kind = AtomKind::Money);
            }
            out.extend(found.into_iter().map(|atom| (field.clone(), atom)));
        }
        for (i, number) in brief.numbers.iter().enumerate() {
            out.extend(atoms(number).into_iter().map(|atom| (format!("numbers[{i}]"), atom)));
        }
        Self { atoms: out }
    }

    /// The atoms of one kind.
    pub fn of_kind(&self, kind: AtomKind) -> impl Iterator<Item = &Atom> {
        self.atoms.iter().map(|(_, atom)| atom).filter(move |atom| atom.kind == kind)
    }
}

/// A piece of text in which a fact may stand: no spaces, and no signs but those that belong to numbers.
#[derive(Debug, Clone, Copy)]
struct Chunk<'a> {
    text: &'a str,
    start: usize,
    /// Only white space lies between the chunk before and this one.
    near: bool,
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(
            c,
            '.' | ','
                | ':'
                | '/'
                | '-'
                | '–'
                | '\''
                | '’'
                | '+'
                | '%'
                | '‰'
                | 'º'
                | 'ª'
                | '°'
                | '″'
                | '"'
                | '×'
                | '#'
                | '&'
                | '@'
                | '_'
        )
        || is_currency_sign(c)
}

fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '¢' | '₡' | '₱' | '₹' | '₽' | '₩')
}

fn chunks(text: &str) -> Vec<Chunk<'_>> {
    let mut out = Vec::new();
    let mut begin = None;
    let mut near = true;
    let ends = text.char_indices().map(|(at, c)| (at, Some(c))).chain([(text.len(), None)]);
    for (at, c) in ends {
        let inner = c.is_some_and(is_inner);
        match begin {
            None if inner => begin = Some(at),
            None => near &= c.is_none_or(char::is_whitespace),
            Some(_) if inner => {}
            Some(from) => {
                let raw = &text[from..at];
                let left =
                    raw.trim_start_matches(['.', ',', ':', '/', '-', '–', '\'', '’', '&', '"', '+', '_']);
                let start = from + raw.len() - left.len();
                let word = left.trim_end_matches(['.', ',', ':', '/', '-', '–', '\'', '’', '&', '_']);
                let gone_left = start > from;
                if !word.is_empty() {
                    out.push(Chunk { text: word, start, near: near && !gone_left && !out.is_empty() });
                }
                near = word.len() == left.len() && c.is_none_or(char::is_whitespace);
                begin = None;
            }
        }
    }
    out
}

/// Numbers, money, percentages, codes and addresses, in the order of the text.
pub fn atoms(text: &str) -> Vec<Atom> {
    let chunks = chunks(text);
    let mut out = Vec::new();
    for (i, chunk) in chunks.iter().enumerate() {
        if is_address(chunk.text) {
            out.push(whole(AtomKind::Url, chunk));
        } else if chunk.text.contains(char::is_numeric) {
            let before = i.checked_sub(1).map(|i| &chunks[i]).filter(|_| chunk.near);
            let after = chunks.get(i + 1).filter(|it| it.near);
            out.push(numeric(text, before, chunk, after));
        }
    }
    out
}

fn whole(kind: AtomKind, chunk: &Chunk<'_>) -> Atom {
    let (text, start) = (chunk.text.to_owned(), chunk.start);
    Atom { kind, core: text.clone(), text, unit: String::new(), start, end: start + chunk.text.len() }
}

fn numeric(text: &str, before: Option<&Chunk<'_>>, chunk: &Chunk<'_>, after: Option<&Chunk<'_>>) -> Atom {
    let word = chunk.text;
    let Some(digit) = word.find(char::is_numeric) else { return whole(AtomKind::Code, chunk) };
    let (prefix, rest) = word.split_at(digit);
    let sign = prefix.chars().next_back().filter(|c| is_currency_sign(*c));
    let plain_prefix = prefix.is_empty() || prefix.chars().all(|c| matches!(c, '#' | '+' | '.'));
    if sign.is_none() && !plain_prefix || prefix.chars().count() > 4 {
        return whole(AtomKind::Code, chunk);
    }
    let core = &rest[..core_length(rest)];
    let suffix = &rest[core.len()..];
    let (mut start, mut end) = (chunk.start, chunk.start + word.len());
    let (mut kind, mut unit) = (AtomKind::Number, String::new());
    let mut core = core.to_owned();
    let next = after.map_or("", |it| it.text);
    let next_end = after.map_or(end, |it| it.start + it.text.len());
    if sign.is_some() {
        kind = AtomKind::Money;
        unit = prefix.to_owned();
    } else if suffix == "+" {
        core.push('+');
    } else if let Some(found) = suffix_kind(suffix) {
        (kind, unit) = found;
        if kind == AtomKind::Code {
            return whole(AtomKind::Code, chunk);
        }
    } else if matches!(next, "%" | "‰") {
        (kind, end) = (AtomKind::Percent, next_end);
    } else if is_currency(next) {
        (kind, unit, end) = (AtomKind::Money, next.to_owned(), next_end);
    } else if let Some(short) = unit_of(next) {
        (kind, unit, end) = (AtomKind::Measure, short.to_owned(), next_end);
    } else if let Some(sign) =
        before.filter(|it| is_currency(it.text) && !it.text.chars().all(char::is_lowercase))
    {
        (kind, unit, start) = (AtomKind::Money, sign.text.to_owned(), sign.start);
    }
    Atom { kind, text: text[start..end].to_owned(), core, unit, start, end }
}

/// Digits, and the signs between two digits: `1.299,95`, `4,6/5`, `8-6`, `3x2`, `20:15`.
fn core_length(rest: &str) -> usize {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '.' | ',' | ':' | '/' | '-' | '–' | 'x' | '×' | '\'' | '’')
            && chars.peek().is_some_and(|(_, next)| next.is_numeric());
        if !c.is_numeric() && !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

/// What stands directly behind the digits. `None`: nothing of meaning.
fn suffix_kind(suffix: &str) -> Option<(AtomKind, String)> {
    let bare = suffix.trim_start_matches(['-', '–']);
    match bare {
        "" | "º" | "ª" | "." | "\"" | "″" => None,
        "%" | "‰" => Some((AtomKind::Percent, String::new())),
        _ if bare.chars().all(is_currency_sign) => Some((AtomKind::Money, bare.to_owned())),
        _ if unit_of(bare).is_some() => Some((AtomKind::Measure, unit_of(bare)?.to_owned())),
        // `2-star`, `5-piece`: a number with its noun.
        _ if bare.len() < suffix.len() && bare.len() > 1 && bare.chars().all(char::is_alphabetic) => None,
        _ if bare.chars().all(|c| matches!(c, 'º' | 'ª' | '.' | 'o' | 'a')) && bare.len() < 4 => None,
        "st" | "nd" | "rd" | "th" => None,
        _ => Some((AtomKind::Code, String::new())),
    }
}

fn is_address(word: &str) -> bool {
    const ENDS: &[&str] = &[
        "com", "net", "org", "es", "mx", "ar", "co", "cl", "io", "app", "shop", "store", "uk", "ie", "ca",
        "au", "eu", "info", "dev", "tv", "me",
    ];
    if word.starts_with("http:") || word.starts_with("https:") || word.starts_with("www.") {
        return true;
    }
    let host = word.split('/').next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let mut parts = host.rsplit('.');
    let (Some(end), Some(name)) = (parts.next(), parts.next()) else { return false };
    ENDS.contains(&end)
        && name.len() > 1
        && name.chars().all(|c| c.is_alphanumeric() || c == '-')
        && name.contains(char::is_alphabetic)
}

fn is_currency(word: &str) -> bool {
    const NAMES: &[&str] = &[
        "EUR", "USD", "MXN", "ARS", "COP", "CLP", "GBP", "AUD", "CAD", "euro", "euros", "peso", "pesos",
        "dólar", "dólares", "dollar", "dollars", "US$", "A$", "C$", "AU$", "CA$", "MX$",
    ];
    let word = word.trim_end_matches(['.', ',']);
    NAMES.contains(&word) || !word.is_empty() && word.chars().all(is_currency_sign)
}

/// Units by every way to write them; `data/units.txt`: the short form first.
static UNITS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = include_str!("../data/units.txt").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.map(|line| line.split(' ').collect::<Vec<_>>());
    rows.flat_map(|row| row.clone().into_iter().map(move |name| (name, row[0]))).collect()
});

/// The short form of a unit.
pub(crate) fn unit_of(word: &str) -> Option<&'static str> {
    let word = word.trim_end_matches(['.', ',', '+', ':']);
    if word.len() > 16 {
        return None;
    }
    UNITS.get(word).or_else(|| UNITS.get(word.to_lowercase().as_str())).copied()
}

/// The month that a folded word names, 1 to 12, in either language.
pub(crate) fn month_of(folded: &str) -> Option<u8> {
    const MONTHS: [&[&str]; 12] = [
        &["enero", "january", "jan", "ene"],
        &["febrero", "february", "feb"],
        &["marzo", "march"],
        &["abril", "april", "apr", "abr"],
        &["mayo", "may"],
        &["junio", "june", "jun"],
        &["julio", "july", "jul"],
        &["agosto", "august", "aug", "ago"],
        &["septiembre", "setiembre", "september", "sept", "sep"],
        &["octubre", "october", "oct"],
        &["noviembre", "november", "nov"],
        &["diciembre", "december", "dec", "dic"],
    ];
    let at = MONTHS.iter().position(|names| names.contains(&folded))?;
    u8::try_from(at + 1).ok()
}

/// Days of a month: `30 de junio`, `31 December`, `May 27`. The core is `month-day`.
pub fn dates(text: &str) -> Vec<Atom> {
    let words = tokens(text);
    let mut out = Vec::new();
    for (i, word) in words.iter().enumerate() {
        let Some(month) = month_of(&word.folded) else { continue };
        let day_of = |at: usize| words.get(at).and_then(|it| day(&it.folded)).map(|day| (at, day));
        let gap_is_space =
            |at: usize| words.get(at).is_some_and(|it| it.gap.chars().all(char::is_whitespace));
        let of = i >= 2 && words[i - 1].folded == "de";
        let before =
            if of { day_of(i - 2) } else { i.checked_sub(1).and_then(day_of).filter(|_| gap_is_space(i)) };
        let after = || day_of(i + 1).filter(|_| gap_is_space(i + 1));
        let Some((at, day)) = before.or_else(after) else { continue };
        let (start, end) = (words[at.min(i)].start, words[at.max(i)].end);
        let (core, text) = (format!("{month:02}-{day:02}"), text[start..end].to_owned());
        out.push(Atom { kind: AtomKind::Date, text, core, unit: String::new(), start, end });
    }
    out
}

fn day(folded: &str) -> Option<u8> {
    let digits = folded.trim_end_matches(|c: char| c.is_alphabetic() || matches!(c, 'º' | '°'));
    digits.parse().ok().filter(|day| (1..=31).contains(day) && digits.len() <= 2)
}

/// Proper names: runs of capitalized words inside a text, words in capitals or with inner capitals; all of a brand.
pub fn names(text: &str, all: bool) -> Vec<Atom> {
    let atom = |start: usize, end: usize| Atom {
        kind: AtomKind::Name,
        text: text[start..end].to_owned(),
        core: text[start..end].to_owned(),
        unit: String::new(),
        start,
        end,
    };
    if all {
        let trimmed = text.trim();
        let start = text.len() - text.trim_start().len();
        return if trimmed.is_empty() { Vec::new() } else { vec![atom(start, start + trimmed.len())] };
    }
    let mut out: Vec<Atom> = Vec::new();
    let mut last: Option<usize> = None;
    for (i, word) in tokens(text).iter().enumerate() {
        let named = !word.has_digit()
            && (word.is_capitalized() && !word.opens_sentence()
                || word.is_all_caps()
                || word.text.chars().skip(1).any(char::is_uppercase));
        // Names of several words stand together; an ampersand may join them.
        if named {
            let joined = last == i.checked_sub(1) && last.is_some() && matches!(word.gap, " " | " & " | "-");
            match out.last_mut() {
                Some(run) if joined => *run = atom(run.start, word.end),
                _ => out.push(atom(word.start, word.end)),
            }
            last = Some(i);
        }
    }
    out
}

/// Value of a number written as a word, from 2 to 100, in either language.
pub(crate) fn number_word(folded: &str) -> Option<u32> {
    const WORDS: &[(&str, u32)] = &[
        ("dos", 2),
        ("tres", 3),
        ("cuatro", 4),
        ("cinco", 5),
        ("seis", 6),
        ("siete", 7),
        ("ocho", 8),
        ("nueve", 9),
        ("diez", 10),
        ("once", 11),
        ("doce", 12),
        ("quince", 15),
        ("veinte", 20),
        ("treinta", 30),
        ("cuarenta", 40),
        ("cincuenta", 50),
        ("sesenta", 60),
        ("cien", 100),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("hundred", 100),
    ];
    WORDS.iter().find(|(word, _)| *word == folded).map(|(_, value)| *value)
}

/// The amount that a core stands for, where it can be told: the last separator with three digits behind it groups
/// thousands, with one or two it is the decimal mark.
pub(crate) fn amount(core: &str) -> Option<f64> {
    let digits = core.trim_end_matches('+');
    if digits.len() > 24 || !digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return None;
    }
    let last = digits.rfind(['.', ',']);
    let grouped = last.is_some_and(|at| digits.len() - at - 1 == 3 && !digits.starts_with("0"));
    let text: String = digits
        .char_indices()
        .filter_map(|(at, c)| match c {
            '.' | ',' if Some(at) == last && !grouped => Some('.'),
            '.' | ',' => None,
            other => Some(other),
        })
        .collect();
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(AtomKind, String, String)> {
        atoms(text).into_iter().map(|it| (it.kind, it.core, it.unit)).collect()
    }

    fn one(kind: AtomKind, core: &str, unit: &str) -> (AtomKind, String, String) {
        (kind, core.to_owned(), unit.to_owned())
    }

    #[test]
    fn numbers_with_their_signs_and_units() {
        use AtomKind::{Code, Measure, Money, Number, Percent};
        assert_eq!(
            seen("Desde 39,90 €, 15 % y 15%."),
            [one(Money, "39,90", "€"), one(Percent, "15", ""), one(Percent, "15", "")]
        );
        assert_eq!(
            seen("$1,149.00 A$110 USD 20 £1,642 a year"),
            [
                one(Money, "1,149.00", "$"),
                one(Money, "110", "A$"),
                one(Money, "20", "USD"),
                one(Money, "1,642", "£")
            ]
        );
        assert_eq!(
            seen("17,5 kg, 20V, 12 segundos, 48 horas, 14-day, 5-Year, 8am"),
            [
                one(Measure, "17,5", "kg"),
                one(Measure, "20", "V"),
                one(Measure, "12", "s"),
                one(Measure, "48", "h"),
                one(Measure, "14", "day"),
                one(Measure, "5", "year"),
                one(Measure, "8", "am")
            ]
        );
        assert_eq!(
            seen("PATITAS15 RS-232 omega-3 00731-B 17025:2017 UPF 50+ 3x2 8-6 4,6/5 2-star"),
            [
                one(Code, "PATITAS15", ""),
                one(Code, "RS-232", ""),
                one(Code, "omega-3", ""),
                one(Code, "00731-B", ""),
                one(Number, "17025:2017", ""),
                one(Number, "50+", ""),
                one(Number, "3x2", ""),
                one(Number, "8-6", ""),
                one(Number, "4,6/5", ""),
                one(Number, "2", "")
            ]
        );
        assert_eq!(
            seen("n.º 28004512, 1.750 m s. n. m., 16 cups (Nómada 20\")"),
            [
                one(Number, "28004512", ""),
                one(Measure, "1.750", "m"),
                one(Number, "16", ""),
                one(Number, "20", "")
            ]
        );
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "¡Hoy 15 % menos: 39,90 €! WAG20 en tienda.es/oferta";
        for atom in atoms(text) {
            assert_eq!(&text[atom.start..atom.end], atom.text);
        }
        assert_eq!(atoms(text).last().map(|it| it.kind), Some(AtomKind::Url));
    }

    #[test]
    fn days_of_both_languages() {
        let cores = |text: &str| dates(text).into_iter().map(|it| it.core).collect::<Vec<_>>();
        assert_eq!(cores("hasta el 30 de junio"), ["06-30"]);
        assert_eq!(cores("through May 27, until 31 December, March 3rd"), ["05-27", "12-31", "03-03"]);
        assert!(cores("you may 40 times").is_empty());
    }

    #[test]
    fn names_inside_a_text() {
        let found = |text: &str| names(text, false).into_iter().map(|it| it.text).collect::<Vec<_>>();
        assert_eq!(found("Probada en Torres del Paine"), ["Torres", "Paine"]);
        assert_eq!(found("connects to Slack and Figma in the UK"), ["Slack", "Figma", "UK"]);
        assert_eq!(found("Entrega en Nuevo León. Compra directa"), ["Nuevo León"]);
    }

    #[test]
    fn amounts_are_read_in_both_ways_of_writing() {
        assert_eq!(amount("1.299"), Some(1299.0));
        assert_eq!(amount("1,149.00"), Some(1149.0));
        assert_eq!(amount("39,90"), Some(39.9));
        assert_eq!(amount("0.0001"), Some(0.0001));
        assert_eq!(amount("8-6"), None);
    }
}
