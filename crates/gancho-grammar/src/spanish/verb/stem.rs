//! Stems: diphthongs under stress, and spelling before other vowels.

use std::sync::LazyLock;

use crate::data::Lists;
use crate::spanish::sound::accentuate;

static VERBS: LazyLock<Lists> = LazyLock::new(|| Lists::parse(include_str!("../../../data/es_verbs.txt")));

/// Conjugation, by the ending of the infinitive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Ar,
    Er,
    Ir,
}

/// What happens to the stem under stress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change {
    None,
    /// The last `e`, `o`, `u` or `i` of the stem becomes this.
    To(char, &'static str),
    /// The last weak vowel of the stem takes the stress.
    Stress,
}

/// Prefixes that leave the change of a verb as it is.
const PREFIXES: &[&str] = &["re", "des", "auto", "sobre"];

fn listed(list: &str, infinitive: &str) -> bool {
    VERBS.has(list, infinitive)
        || PREFIXES
            .iter()
            .any(|prefix| infinitive.strip_prefix(prefix).is_some_and(|base| VERBS.has(list, base)))
}

fn change(infinitive: &str) -> Change {
    let kinds = [
        ("e_ie", Change::To('e', "ie")),
        ("o_ue", Change::To('o', "ue")),
        ("e_i", Change::To('e', "i")),
        ("u_ue", Change::To('u', "ue")),
        ("i_ie", Change::To('i', "ie")),
        ("inner", Change::Stress),
        ("stressed_i", Change::Stress),
    ];
    if let Some((_, change)) = kinds.iter().find(|(list, _)| listed(list, infinitive)) {
        return *change;
    }
    let stressed_u =
        infinitive.ends_with("uar") && !infinitive.ends_with("guar") && !listed("plain_uar", infinitive);
    if stressed_u { Change::Stress } else { Change::None }
}

/// The stem under stress: *compr-, empiez-, envi-* with its accent, *construy-*.
pub(super) fn stressed(infinitive: &str, stem: &str) -> String {
    let mut chars: Vec<char> = stem.chars().collect();
    match change(infinitive) {
        Change::To(from, to) => {
            let Some(at) = last_vowel(&chars).filter(|&at| chars[at] == from) else { return stem.to_owned() };
            // avergonzar, avergüenza
            if to == "ue" && at > 0 && chars[at - 1] == 'g' {
                return format!("{}üe{}", take(&chars[..at]), take(&chars[at + 1..]));
            }
            format!("{}{to}{}", take(&chars[..at]), take(&chars[at + 1..]))
        }
        Change::Stress => {
            if let Some(at) = last_vowel(&chars).filter(|&at| matches!(chars[at], 'i' | 'u')) {
                chars[at] = if chars[at] == 'i' { 'í' } else { 'ú' };
            }
            take(&chars)
        }
        Change::None if takes_y(infinitive) => format!("{stem}y"),
        Change::None => stem.to_owned(),
    }
}

/// The stem of the subjunctive without stress: *durm-, pid-, sint-*; else as it is.
pub(super) fn subjunctive_unstressed(infinitive: &str, stem: &str, class: Class) -> String {
    if class != Class::Ir {
        return stem.to_owned();
    }
    match change(infinitive) {
        Change::To('e', _) => replace_last(stem, 'e', 'i'),
        Change::To('o', _) => replace_last(stem, 'o', 'u'),
        _ if takes_y(infinitive) => format!("{stem}y"),
        _ => stem.to_owned(),
    }
}

/// *Construir, huir, incluir*: a y between the stem and a, e, o.
fn takes_y(infinitive: &str) -> bool {
    infinitive.ends_with("uir") && !infinitive.ends_with("guir") && !infinitive.ends_with("quir")
        || infinitive.ends_with("güir")
}

/// The stem spelled for the other vowel, a for -er and -ir, e for -ar: *busqu-, pagu-, empiec-, conozc-, elij-*.
pub(super) fn respelled(infinitive: &str, stem: &str, class: Class) -> String {
    let cut = |n: usize, ending: &str| {
        let keep = stem.chars().count().saturating_sub(n);
        stem.chars().take(keep).chain(ending.chars()).collect::<String>()
    };
    let vowel_before_c = stem.chars().rev().nth(1).is_some_and(crate::spanish::sound::is_vowel);
    match class {
        Class::Ar if stem.ends_with('c') => cut(1, "qu"),
        Class::Ar if stem.ends_with("gu") => cut(2, "gü"),
        Class::Ar if stem.ends_with('g') => cut(1, "gu"),
        Class::Ar if stem.ends_with('z') => cut(1, "c"),
        Class::Ar => stem.to_owned(),
        _ if stem.ends_with('c') && vowel_before_c && !listed("plain_cer", infinitive) => cut(1, "zc"),
        _ if stem.ends_with('c') => cut(1, "z"),
        _ if stem.ends_with("gu") => cut(2, "g"),
        _ if stem.ends_with("qu") => cut(2, "c"),
        _ if stem.ends_with('g') => cut(1, "j"),
        _ if stem.ends_with("güy") => stem.replace("güy", "guy"),
        _ => stem.to_owned(),
    }
}

/// Stem and ending, with the stress on the vowel of the ending at `at`.
pub(super) fn stress_ending(stem: &str, ending: &str, at: usize) -> String {
    accentuate(&format!("{stem}{ending}"), stem.chars().count() + at)
}

/// The last vowel of a stem that is heard: not the u of -gu- and -qu-.
fn last_vowel(chars: &[char]) -> Option<usize> {
    let silent =
        |at: usize| chars[at] == 'u' && at + 1 == chars.len() && at > 0 && matches!(chars[at - 1], 'g' | 'q');
    (0..chars.len()).rev().find(|&at| crate::spanish::sound::is_vowel(chars[at]) && !silent(at))
}

fn replace_last(stem: &str, from: char, to: char) -> String {
    let mut chars: Vec<char> = stem.chars().collect();
    if let Some(at) = last_vowel(&chars).filter(|&at| chars[at] == from) {
        chars[at] = to;
    }
    take(&chars)
}

fn take(chars: &[char]) -> String {
    chars.iter().collect()
}
