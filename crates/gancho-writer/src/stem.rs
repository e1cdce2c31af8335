//! Stems: rough roots of words, to ask whether a brief speaks of something, and the inflections of forbidden words.

use gancho_copy::Language;
use std::collections::HashSet;

/// The rough root of a folded word: words of one family share it, as *cosecha*, *cosechas*, *cosechado*.
pub(crate) fn stem(folded: &str, language: Language) -> String {
    let word = folded.strip_suffix("'s").unwrap_or(folded);
    if word.len() > 60 || word.chars().any(char::is_numeric) {
        return word.to_owned();
    }
    match language {
        Language::En => english_stem(word),
        _ => spanish_stem(word),
    }
}

const SPANISH: &[&str] = &[
    "amientos", "imientos", "aciones", "iciones", "amiento", "imiento", "adoras", "adores", "aremos",
    "iendose", "andose", "acion", "icion", "mente", "adora", "ador", "antes", "ables", "ibles", "iendo",
    "abamos", "ieron", "aron", "ando", "aban", "asteis", "ados", "adas", "idos", "idas", "amos", "emos",
    "imos", "ante", "able", "ible", "aste", "iste", "aras", "eras", "iras", "aran", "eran", "iran", "ara",
    "era", "ira", "ado", "ada", "ido", "ida", "iones", "ion", "dad", "ar", "er", "ir", "an", "en", "as",
    "es", "os", "ad", "ed", "id", "io", "ia", "a", "e", "o", "i", "s",
];

fn spanish_stem(word: &str) -> String {
    for suffix in SPANISH {
        if let Some(root) = word.strip_suffix(suffix).filter(|root| root.chars().count() >= 3) {
            return soften(root);
        }
    }
    soften(word)
}

/// Letters that change with the ending (*busque*, *pague*, *empiece*) and in stressed roots (*prueba*, *probar*).
fn soften(root: &str) -> String {
    let root = root.strip_suffix("qu").map(|it| format!("{it}c")).unwrap_or_else(|| root.to_owned());
    let root = root.strip_suffix("gu").map(|it| format!("{it}g")).unwrap_or(root);
    let root = root.strip_suffix('z').map(|it| format!("{it}c")).unwrap_or(root);
    root.replace("ue", "o").replace("ie", "e")
}

const ENGLISH: &[&str] = &[
    "ations", "ation", "ments", "ment", "ings", "ions", "ion", "ing", "iest", "ies", "ied", "ier", "ers",
    "est", "ed", "er", "ly", "es", "or", "y", "e", "s",
];

fn english_stem(word: &str) -> String {
    for suffix in ENGLISH {
        if let Some(root) = word.strip_suffix(suffix).filter(|root| root.chars().count() >= 3) {
            let mut root = root.to_owned();
            let mut tail = root.chars().rev();
            if let (Some(a), Some(b)) = (tail.next(), tail.next())
                && a == b
                && !matches!(a, 'l' | 's' | 'e' | 'o')
            {
                root.pop();
            }
            return root;
        }
    }
    word.to_owned()
}

/// Every inflection of a folded word, itself included. Words of up to three letters do not inflect, but articles
/// stand for one another.
pub(crate) fn inflections(word: &str, language: Language) -> HashSet<String> {
    const ARTICLES: &[&str] = &["el", "la", "los", "las", "lo"];
    let mut out = HashSet::from([word.to_owned()]);
    if ARTICLES.contains(&word) && language == Language::Es {
        out.extend(ARTICLES.iter().map(|it| (*it).to_owned()));
        return out;
    }
    let letters = word.chars().count();
    if letters <= 3 || letters > 40 || word.chars().any(|c| !c.is_alphabetic()) {
        return out;
    }
    match language {
        Language::En => english(word, &mut out),
        _ => spanish(word, &mut out),
    }
    out
}

fn add(out: &mut HashSet<String>, root: &str, endings: &[&str]) {
    out.extend(endings.iter().map(|ending| format!("{root}{ending}")));
}

fn spanish(word: &str, out: &mut HashSet<String>) {
    for vowel in ["os", "as", "o", "a"] {
        if let Some(root) = word.strip_suffix(vowel) {
            add(out, root, &["o", "a", "os", "as"]);
            if root.len() >= 4 {
                add(out, &hard(root), &["isimo", "isima", "isimos", "isimas", "ito", "ita", "itos", "itas"]);
            }
            break;
        }
    }
    if word.ends_with('e') {
        add(out, word, &["s"]);
    } else if let Some(root) = word.strip_suffix("ces") {
        add(out, root, &["z"]);
    } else if let Some(root) = word.strip_suffix("es") {
        add(out, root, &["", "e", "a", "as"]);
    } else if let Some(root) = word.strip_suffix('z') {
        add(out, root, &["ces"]);
    } else if word.ends_with(|c: char| !"aeiou".contains(c)) {
        add(out, word, &["s", "es", "a", "as"]);
    }
    for (ending, class) in
        [("ado", 'a'), ("ada", 'a'), ("ados", 'a'), ("adas", 'a'), ("ido", 'e'), ("ida", 'e')]
    {
        if let Some(root) = word.strip_suffix(ending).filter(|root| root.len() >= 3) {
            verb(root, class, out);
            if class == 'e' {
                verb(root, 'i', out);
            }
        }
    }
    for (ending, class) in
        [("ar", 'a'), ("er", 'e'), ("ir", 'i'), ("an", 'a'), ("a", 'a'), ("en", 'e'), ("e", 'e')]
    {
        if let Some(root) = word.strip_suffix(ending).filter(|root| root.len() >= 3) {
            verb(root, class, out);
            if ending.ends_with('r') {
                let participle = if class == 'a' { "ad" } else { "id" };
                add(out, &format!("{root}{participle}"), &["o", "a", "os", "as"]);
            }
            break;
        }
    }
}

/// Before e and i.
fn hard(root: &str) -> String {
    if let Some(it) = root.strip_suffix('c') {
        format!("{it}qu")
    } else if let Some(it) = root.strip_suffix('z') {
        format!("{it}c")
    } else if root.ends_with('g') {
        format!("{root}u")
    } else {
        root.to_owned()
    }
}

fn verb(root: &str, class: char, out: &mut HashSet<String>) {
    let mut roots = vec![root.to_owned()];
    for (from, to) in [("ue", "o"), ("ie", "e"), ("o", "ue"), ("e", "ie")] {
        if let Some(at) = root.rfind(from) {
            roots.push(format!("{}{to}{}", &root[..at], &root[at + from.len()..]));
        }
    }
    for root in &roots {
        if class == 'a' {
            add(
                out,
                root,
                &[
                    "ar", "o", "as", "a", "amos", "ais", "an", "ando", "aba", "aban", "aste", "aron", "ara",
                    "aras", "aran", "aremos", "aria", "arian", "ad",
                ],
            );
            add(out, &hard(root), &["e", "es", "en", "emos"]);
        } else {
            add(
                out,
                root,
                &[
                    "er", "ir", "o", "es", "e", "emos", "imos", "en", "iendo", "ia", "ian", "iste", "io",
                    "ieron", "era", "eras", "eran", "ira", "iran", "eria", "iria", "a", "as", "an", "amos",
                ],
            );
        }
    }
}

fn english(word: &str, out: &mut HashSet<String>) {
    let mut lemmas = vec![word.to_owned()];
    if let Some(root) = word.strip_suffix("ies") {
        lemmas.push(format!("{root}y"));
    } else if let Some(root) = word.strip_suffix("es").filter(|it| it.ends_with(['s', 'x', 'z', 'h', 'o'])) {
        lemmas.push(root.to_owned());
    } else if let Some(root) = word.strip_suffix('s').filter(|it| !it.ends_with(['s', 'u', 'i'])) {
        lemmas.push(root.to_owned());
    }
    for ending in ["ing", "ed"] {
        let root =
            word.strip_suffix(ending).filter(|it| it.len() >= 3 && it.contains(|c| "aeiouy".contains(c)));
        if let Some(root) = root {
            let tail: Vec<char> = root.chars().rev().take(2).collect();
            match tail[..] {
                [a, b] if a == b && !"lse".contains(a) => {
                    lemmas.push(root[..root.len() - a.len_utf8()].to_owned())
                }
                [a, b] if a == b && a == 'e' => lemmas.push(root.to_owned()),
                _ => lemmas.extend([root.to_owned(), format!("{root}e")]),
            }
        }
    }
    for lemma in lemmas {
        add(out, &lemma, &["", "s"]);
        if lemma.ends_with(['s', 'x', 'z', 'h', 'o']) {
            add(out, &lemma, &["es"]);
        }
        if let Some(root) = lemma.strip_suffix('y').filter(|it| it.ends_with(|c| !"aeiou".contains(c))) {
            add(out, root, &["ies", "ied", "ier", "iest"]);
        }
        let silent = lemma.strip_suffix('e');
        let root = silent.unwrap_or(&lemma);
        add(out, root, &["ed", "ing", "er", "est"]);
        if silent.is_none() {
            add(out, &lemma, &["ing", "ed"]);
            if lemma.ends_with('e') {
                add(out, &lemma, &["d"]);
            }
        } else if lemma.ends_with("ee") {
            add(out, &lemma, &["d", "ing"]);
        }
        let tail: Vec<char> = lemma.chars().rev().take(3).collect();
        if let [c, v, d] = tail[..]
            && !"aeiouwxy".contains(c)
            && "aeiou".contains(v)
            && !"aeiou".contains(d)
        {
            let doubled = format!("{lemma}{c}");
            add(out, &doubled, &["ed", "ing", "er", "est"]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(word: &str, form: &str, language: Language) -> bool {
        inflections(word, language).contains(form)
    }

    #[test]
    fn spanish_inflections() {
        for (word, form) in [
            ("barata", "baratos"),
            ("barata", "baratisimo"),
            ("garantizado", "garantizadas"),
            ("aprobado", "aprueba"),
            ("mejor", "mejores"),
            ("cura", "curan"),
            ("cura", "curar"),
            ("adelgaza", "adelgace"),
            ("eficaz", "eficaces"),
            ("competencia", "competencias"),
            ("la", "los"),
            ("milagro", "milagros"),
        ] {
            assert!(has(word, form, Language::Es), "{word} {form}");
        }
        for (word, form) in [
            ("aprobado", "aprobacion"),
            ("cura", "procura"),
            ("gratis", "ingratitud"),
            ("dieta", "dietetica"),
            ("cura", "seguro"),
            ("light", "lighthouse"),
        ] {
            assert!(!has(word, form, Language::Es), "{word} {form}");
        }
    }

    #[test]
    fn english_inflections() {
        for (word, form) in [
            ("cheap", "cheapest"),
            ("cures", "cured"),
            ("guaranteed", "guarantees"),
            ("slimming", "slims"),
            ("prevents", "prevent"),
            ("luxury", "luxuries"),
            ("detox", "detoxes"),
        ] {
            assert!(has(word, form, Language::En), "{word} {form}");
        }
        for (word, form) in
            [("cure", "secure"), ("safest", "safe"), ("cheap", "cheaply"), ("painless", "pain")]
        {
            assert!(!has(word, form, Language::En), "{word} {form}");
        }
    }

    #[test]
    fn families_share_a_stem() {
        let same = |a: &str, b: &str, language| stem(a, language) == stem(b, language);
        assert!(same("prensadas", "prensa", Language::Es));
        assert!(same("prueba", "probada", Language::Es));
        assert!(same("revisiones", "revision", Language::Es));
        assert!(same("payments", "pay", Language::En));
        assert!(same("baked", "baking", Language::En));
        assert!(!same("servings", "cups", Language::En));
    }
}
