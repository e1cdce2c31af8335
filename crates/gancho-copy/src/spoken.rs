//! Numbers and signs read aloud, because readability counts syllables as they are spoken.

use crate::Language;
use crate::syllables::{english_syllables, spanish_syllables};

/// Syllables of a figure as UAX 29 gives it (`29,95`, `1.299`, `2026`), by the rule of Flesch (1949): one word,
/// with the syllables it has when it is read aloud. A last group of three digits is read as thousands, any other
/// last group as decimals. `Other` reads nothing.
pub(crate) fn figure_syllables(figure: &str, language: Language) -> usize {
    let groups: Vec<&str> = figure.split(['.', ',', '\'', '’']).filter(|g| !g.is_empty()).collect();
    let Some((last, first)) = groups.split_last() else { return 0 };
    let decimals = !first.is_empty() && last.len() != 3;
    let whole: String = if decimals { first.concat() } else { groups.concat() };
    let mut total = integer_syllables(&whole, language);
    if decimals {
        // "coma" or "con", "point": two syllables and one.
        total += if language == Language::Es { 2 } else { 1 };
        total += integer_syllables(last, language);
    }
    total
}

/// Signs that are spoken: `29 €` is "veintinueve euros". `$` is read "pesos" in Spanish, "dollars" in English.
pub(crate) fn sign_syllables(sign: char, language: Language) -> usize {
    match (sign, language) {
        (_, Language::Other) => 0,
        ('%', Language::Es) => 3,
        ('€' | '$' | '£' | '%', _) => 2,
        _ => 0,
    }
}

fn integer_syllables(digits: &str, language: Language) -> usize {
    let count = |words: String| -> usize {
        words
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(
                |word| {
                    if language == Language::Es { spanish_syllables(word) } else { english_syllables(word) }
                },
            )
            .sum()
    };
    match digits.parse::<u32>() {
        // Codes and telephone numbers are read digit by digit.
        _ if digits.len() > 9 => {
            digits.chars().map(|d| count(spell(d.to_digit(10).unwrap_or(0), language))).sum()
        }
        Ok(n) => count(spell(n, language)),
        Err(_) => 1,
    }
}

fn spell(n: u32, language: Language) -> String {
    if language == Language::Es { spell_es(n) } else { spell_en(n) }
}

fn spell_es(n: u32) -> String {
    const SMALL: [&str; 30] = [
        "cero",
        "uno",
        "dos",
        "tres",
        "cuatro",
        "cinco",
        "seis",
        "siete",
        "ocho",
        "nueve",
        "diez",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "dieciséis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
        "veinte",
        "veintiuno",
        "veintidós",
        "veintitrés",
        "veinticuatro",
        "veinticinco",
        "veintiséis",
        "veintisiete",
        "veintiocho",
        "veintinueve",
    ];
    const TENS: [&str; 7] = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
    const HUNDREDS: [&str; 9] = [
        "ciento",
        "doscientos",
        "trescientos",
        "cuatrocientos",
        "quinientos",
        "seiscientos",
        "setecientos",
        "ochocientos",
        "novecientos",
    ];
    let rest = |n: u32, joint: &str| if n == 0 { String::new() } else { format!("{joint}{}", spell_es(n)) };
    match n {
        0..30 => SMALL[n as usize].to_string(),
        30..100 => format!("{}{}", TENS[n as usize / 10 - 3], rest(n % 10, " y ")),
        100 => "cien".to_string(),
        101..1_000 => format!("{}{}", HUNDREDS[n as usize / 100 - 1], rest(n % 100, " ")),
        1_000..2_000 => format!("mil{}", rest(n % 1_000, " ")),
        2_000..1_000_000 => format!("{} mil{}", spell_es(n / 1_000), rest(n % 1_000, " ")),
        1_000_000..2_000_000 => format!("un millón{}", rest(n % 1_000_000, " ")),
        _ => format!("{} millones{}", spell_es(n / 1_000_000), rest(n % 1_000_000, " ")),
    }
}

fn spell_en(n: u32) -> String {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let rest = |n: u32| if n == 0 { String::new() } else { format!(" {}", spell_en(n)) };
    match n {
        0..20 => SMALL[n as usize].to_string(),
        20..100 => format!("{}{}", TENS[n as usize / 10 - 2], rest(n % 10)),
        100..1_000 => format!("{} hundred{}", spell_en(n / 100), rest(n % 100)),
        1_000..1_000_000 => format!("{} thousand{}", spell_en(n / 1_000), rest(n % 1_000)),
        _ => format!("{} million{}", spell_en(n / 1_000_000), rest(n % 1_000_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_spelled() {
        assert_eq!(spell_es(1_995), "mil novecientos noventa y cinco");
        assert_eq!(spell_es(21_100), "veintiuno mil cien");
        assert_eq!(spell_en(2_026), "two thousand twenty six");
        assert_eq!(spell_es(2_000_016), "dos millones dieciséis");
    }

    #[test]
    fn figures_read_aloud() {
        // vein-ti-nue-ve + co-ma + no-ven-ta + y + cin-co = 4 + 2 + 3 + 1 + 2
        assert_eq!(figure_syllables("29,95", Language::Es), 12);
        // mil + dos-cien-tos + no-ven-ta + y + nue-ve = 1 + 3 + 3 + 1 + 2
        assert_eq!(figure_syllables("1.299", Language::Es), 10);
        // nine-teen + point + fif-ty
        assert_eq!(figure_syllables("19.50", Language::En), 5);
        // 12 digits, "one" each
        assert_eq!(figure_syllables("111111111111", Language::En), 12);
        assert_eq!(sign_syllables('€', Language::Es), 2);
    }
}
