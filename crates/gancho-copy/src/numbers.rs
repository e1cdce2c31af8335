//! Numbers, amounts of money and percentages.

/// How many figures a text holds, and what they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Figures {
    pub(crate) numbers: usize,
    pub(crate) currency: usize,
    pub(crate) percentages: usize,
}

const CURRENCY_WORDS: &[&str] = &[
    "euro",
    "euros",
    "eur",
    "dólar",
    "dólares",
    "dolar",
    "dolares",
    "dollar",
    "dollars",
    "usd",
    "peso",
    "pesos",
    "mxn",
    "ars",
    "cop",
    "clp",
    "pen",
    "gbp",
    "pound",
    "pounds",
    "libra",
    "libras",
    "céntimo",
    "céntimos",
    "centavo",
    "centavos",
    "cent",
    "cents",
    "bucks",
];
const PERCENT_WORDS: &[&str] = &["percent", "pct"];

/// Digits with their separators are one number (`1.299,00`, `24/7`, `10:30`, `1 000`); number words are not
/// counted. A digit directly after a letter (`H2O`) belongs to the word. Money is a number with a sign, code or
/// word of currency directly before or after it.
pub(crate) fn figures(text: &str) -> Figures {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Figures::default();
    let mut i = 0;
    while i < chars.len() {
        if !chars[i].is_ascii_digit() {
            i += 1;
            continue;
        }
        let end = end_of_number(&chars, i);
        if i == 0 || !chars[i - 1].is_alphabetic() {
            found.numbers += 1;
            if is_percentage(&chars, end) {
                found.percentages += 1;
            } else if is_money(&chars, i, end) {
                found.currency += 1;
            }
        }
        i = end;
    }
    found
}

pub(crate) fn end_of_number(chars: &[char], start: usize) -> usize {
    let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
    let mut i = start;
    loop {
        let group = i;
        while digit(i) {
            i += 1;
        }
        let joined = matches!(chars.get(i), Some('.' | ',' | '\'' | '’' | ':' | '/')) && digit(i + 1);
        let thousands =
            chars.get(i) == Some(&' ') && i - group <= 3 && (i + 1..i + 4).all(digit) && !digit(i + 4);
        if !joined && !thousands {
            return i;
        }
        i += 1;
    }
}

pub(crate) fn is_currency_sign(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '¢' | '₡' | '₱' | '₲' | '₹' | '₺' | '₽' | '₩')
}

/// The letters after at most one space; at most twelve of them.
fn word_after(chars: &[char], end: usize) -> String {
    let start = end + usize::from(chars.get(end) == Some(&' '));
    chars
        .iter()
        .skip(start)
        .take(12)
        .take_while(|c| c.is_alphabetic())
        .flat_map(|c| c.to_lowercase())
        .collect()
}

/// Where an amount ends whose digits end at `end`: after a sign or word of currency, or a percent sign.
pub(crate) fn amount_after(chars: &[char], end: usize) -> usize {
    let next = end + usize::from(chars.get(end) == Some(&' '));
    if chars.get(next).is_some_and(|it| *it == '%' || is_currency_sign(*it)) {
        return next + 1;
    }
    let word = word_after(chars, end);
    if CURRENCY_WORDS.contains(&word.as_str()) || PERCENT_WORDS.contains(&word.as_str()) {
        return next + chars[next..].iter().take_while(|it| it.is_alphabetic()).count();
    }
    end
}

fn is_percentage(chars: &[char], end: usize) -> bool {
    let sign = end + usize::from(chars.get(end) == Some(&' '));
    let tail = || chars.iter().skip(sign).take(10).flat_map(|c| c.to_lowercase()).collect::<String>();
    chars.get(sign) == Some(&'%')
        || PERCENT_WORDS.contains(&word_after(chars, end).as_str())
        || ["por ciento", "per cent"].iter().any(|phrase| tail().starts_with(phrase))
}

fn is_money(chars: &[char], start: usize, end: usize) -> bool {
    let sign = end + usize::from(chars.get(end) == Some(&' '));
    if chars.get(sign).copied().is_some_and(is_currency_sign)
        || CURRENCY_WORDS.contains(&word_after(chars, end).as_str())
    {
        return true;
    }
    let mut before = start;
    if before > 0 && chars[before - 1] == ' ' {
        before -= 1;
    }
    if before > 0 && is_currency_sign(chars[before - 1]) {
        return true;
    }
    let code: String = chars[before.saturating_sub(3)..before].iter().collect();
    let whole_word = before < 4 || !chars[before - 4].is_alphabetic();
    whole_word && ["EUR", "USD", "MXN", "ARS", "COP", "CLP", "PEN", "GBP"].contains(&code.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (usize, usize, usize) {
        let found = figures(text);
        (found.numbers, found.currency, found.percentages)
    }

    #[test]
    fn money_of_the_markets() {
        for text in [
            "29,95 €",
            "€29.95",
            "$1,299.00",
            "US$ 20",
            "MX$499",
            "20 euros",
            "499 MXN",
            "USD 20",
            "£5",
            "1 000 €",
        ] {
            assert_eq!(of(text), (1, 1, 0), "{text}");
        }
    }

    #[test]
    fn percentages_and_plain_numbers() {
        for text in ["-50%", "50 %", "20 por ciento", "20 percent", "20 per cent"] {
            assert_eq!(of(text), (1, 0, 1), "{text}");
        }
        assert_eq!(of("24/7 a las 10:30, H2O 2x1"), (3, 0, 0));
        assert_eq!(of("3 trucos por 2 € o 10% menos"), (3, 1, 1));
        assert_eq!(of("20 europeos"), (1, 0, 0));
    }
}
