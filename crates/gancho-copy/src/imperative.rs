//! Openers: sentences that begin with an imperative or an infinitive.

use crate::Language;
use crate::lexicon::IMPERATIVES_EN;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Whom a Spanish imperative addresses; English has one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Address {
    Tu,
    Usted,
    Vos,
    Vosotros,
    You,
}

struct Verbs {
    /// Exact forms, accents and all.
    forms: HashMap<&'static str, Address>,
    /// Forms without accents, for verbs with pronouns behind them, where the accent moves.
    plain: HashMap<String, Address>,
    infinitives: HashSet<&'static str>,
}

/// Columns: infinitive, tú, usted, vos, ustedes, vosotros. The first form found keeps its address.
static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    const COLUMNS: [Address; 5] =
        [Address::Tu, Address::Usted, Address::Vos, Address::Usted, Address::Vosotros];
    let mut verbs = Verbs { forms: HashMap::new(), plain: HashMap::new(), infinitives: HashSet::new() };
    let source = include_str!("../lexicon/imperatives_es.txt");
    let rows =
        source.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(' ').collect::<Vec<_>>());
    let rows: Vec<Vec<&'static str>> = rows.filter(|row| row.len() == 6).collect();
    verbs.infinitives.extend(rows.iter().map(|row| row[0]));
    for (column, address) in COLUMNS.into_iter().enumerate() {
        for row in &rows {
            let form = row[column + 1];
            verbs.forms.entry(form).or_insert(address);
            verbs.plain.entry(without_accents(form)).or_insert(address);
        }
    }
    verbs
});

/// Pronouns that lean on the verb, longest first.
const ENCLITICS: &[&str] = &[
    "telos", "telas", "noslo", "selos", "selas", "melos", "melas", "telo", "tela", "selo", "sela", "melo",
    "mela", "los", "las", "les", "nos", "te", "se", "lo", "la", "le", "me", "os",
];

/// Small words that may stand before the verb of a call (`Hoy descubre`, `Now try`).
const LEADS_ES: &[&str] = &["hoy", "ahora", "y", "ya", "entonces"];
const LEADS_EN: &[&str] = &["please", "now", "today", "just", "and", "so", "then"];

/// Whom the sentence's opening imperative addresses, if it has one. `No te pierdas`, `No esperes`, `Don't miss`
/// count: a negative command of the second person.
pub(crate) fn opener(keys: &[String], language: Language) -> Option<Address> {
    let leads = if language == Language::Es { LEADS_ES } else { LEADS_EN };
    let skip = usize::from(keys.len() > 1 && keys.first().is_some_and(|key| leads.contains(&key.as_str())));
    let first = keys.get(skip)?;
    match language {
        Language::Es => spanish(first).or_else(|| negative_command(&keys[skip..])),
        Language::En => IMPERATIVES_EN.has(first).then_some(Address::You),
        Language::Other => None,
    }
}

/// Spanish calls often stand in the infinitive: `Añadir al carrito`, `Ver más`.
pub(crate) fn opens_with_infinitive(keys: &[String]) -> bool {
    keys.first().is_some_and(|key| VERBS.infinitives.contains(key.as_str()))
}

fn spanish(word: &str) -> Option<Address> {
    if let Some(address) = VERBS.forms.get(word) {
        return Some(*address);
    }
    // The longest verb with pronouns is far shorter; a megabyte of one letter is not copied.
    if word.len() > 40 {
        return None;
    }
    let plain = without_accents(word);
    let accented = plain != word;
    for clitic in ENCLITICS {
        let Some(stem) = plain.strip_suffix(clitic).filter(|stem| stem.len() > 1) else { continue };
        // `unámonos`, `suscribíos`: other persons are left out.
        if let Some(address) = VERBS.plain.get(stem) {
            let reflexive = *clitic == "te" || clitic.starts_with("te");
            return match address {
                // `registrate` without an accent is the form of vos, `regístrate` of tú; `se` is of usted.
                Address::Tu if reflexive && !accented && stem.len() > 3 => Some(Address::Vos),
                Address::Usted if reflexive => None,
                Address::Tu | Address::Vos if *clitic == "se" => None,
                other => Some(*other),
            };
        }
    }
    None
}

fn negative_command(keys: &[String]) -> Option<Address> {
    if keys.first()? != "no" {
        return None;
    }
    let pronoun = keys
        .get(1)
        .is_some_and(|key| matches!(key.as_str(), "te" | "se" | "lo" | "la" | "los" | "las" | "le"));
    let verb = keys.get(1 + usize::from(pronoun))?;
    match verb.as_str() {
        "pierdas" | "esperes" | "dejes" | "dudes" | "olvides" | "busques" | "pagues" | "creas"
        | "compres" => Some(Address::Tu),
        "pierda" | "espere" | "deje" | "dude" | "olvide" | "busque" | "pague" | "crea" | "pierdan"
        | "esperen" => Some(Address::Usted),
        "perdás" | "esperés" | "dejés" | "dudés" | "olvidés" => Some(Address::Vos),
        "perdáis" | "esperéis" | "dejéis" | "dudéis" | "olvidéis" => Some(Address::Vosotros),
        _ => None,
    }
}

fn without_accents(word: &str) -> String {
    let plain = |c| match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        other => other,
    };
    word.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, language: Language) -> Option<Address> {
        let keys: Vec<String> = text.split(' ').map(|word| word.to_lowercase()).collect();
        opener(&keys, language)
    }

    #[test]
    fn spanish_openers() {
        let es = |text| of(text, Language::Es);
        for text in [
            "Descubre más",
            "Compra ya",
            "Pruébalo gratis",
            "Regístrate hoy",
            "Llévatelo ya",
            "Hazlo tuyo",
            "Hoy descubre",
        ] {
            assert_eq!(es(text), Some(Address::Tu), "{text}");
        }
        for text in ["Descargá la app", "Probá gratis", "Suscribite", "Registrate ya", "Comprá ahora"] {
            assert_eq!(es(text), Some(Address::Vos), "{text}");
        }
        for text in
            ["Reserve ya", "Resérvelo hoy", "Suscríbase", "Solicite su cita", "No se pierda", "Descarguen"]
        {
            assert_eq!(es(text), Some(Address::Usted), "{text}");
        }
        assert_eq!(es("Descubrid Madrid"), Some(Address::Vosotros));
        assert_eq!(es("No te pierdas nada"), Some(Address::Tu));
        for text in ["Compré ayer", "La compra", "No hay", "Gratis", "Late"] {
            assert_eq!(es(text), None, "{text}");
        }
    }

    #[test]
    fn english_openers_and_infinitives() {
        assert_eq!(of("Get yours", Language::En), Some(Address::You));
        assert_eq!(of("Now try it", Language::En), Some(Address::You));
        assert_eq!(of("Don't miss it", Language::En), Some(Address::You));
        assert_eq!(of("The best", Language::En), None);
        assert!(opens_with_infinitive(&["añadir".to_string()]));
        assert!(!opens_with_infinitive(&["azúcar".to_string()]));
    }

    #[test]
    fn every_verb_has_six_forms() {
        let source = include_str!("../lexicon/imperatives_es.txt");
        let rows = source.lines().filter(|line| !line.starts_with('#'));
        assert!(rows.clone().count() > 150);
        assert!(rows.clone().all(|line| line.split(' ').count() == 6));
    }
}
