//! Forms of Spanish verbs by which copy shows whom it speaks to. Built from `data/verbs_es.txt` by rule.

use crate::words::fold;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Forms by person.
#[derive(Debug, Default)]
pub(crate) struct Verbs {
    /// Imperatives as written: *compra*, *compre*, *comprá*, *comprad*, *compren*.
    pub(crate) tu: HashSet<String>,
    pub(crate) usted: HashSet<String>,
    pub(crate) vos: HashSet<String>,
    pub(crate) vosotros: HashSet<String>,
    pub(crate) ustedes: HashSet<String>,
    /// Present of tú: *compras*, *tienes*.
    pub(crate) tu_present: HashSet<String>,
    /// Present of vos: *comprás*, *tenés*.
    pub(crate) vos_present: HashSet<String>,
    /// Imperatives without accents, for verbs with pronouns behind them.
    plain: HashMap<String, Vec<Person>>,
}

/// Whom a form speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Person {
    Tu,
    Usted,
    Vos,
    Vosotros,
    Ustedes,
}

pub(crate) static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let mut verbs = Verbs::default();
    for line in include_str!("../data/verbs_es.txt").lines().filter(|line| !line.starts_with('#')) {
        verbs.add(line);
    }
    for form in ["eres", "vas", "quieres", "puedes", "sabes", "prefieres", "mereces", "estás", "has"] {
        verbs.tu_present.insert(form.to_owned());
    }
    for form in ["sos", "querés", "podés", "sabés", "preferís", "merecés", "andá"] {
        verbs.vos_present.insert(form.to_owned());
    }
    verbs
});

const CLITICS: &[&str] = &[
    "telos", "telas", "noslo", "selos", "selas", "melos", "melas", "telo", "tela", "selo", "sela", "melo",
    "mela", "los", "las", "les", "nos", "te", "se", "lo", "la", "le", "me",
];

impl Verbs {
    fn add(&mut self, line: &str) {
        let mut parts = line.split(' ');
        let Some(infinitive) = parts.next().filter(|it| it.chars().count() > 2) else { return };
        let cut = infinitive.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
        let (root, ending) = infinitive.split_at(cut);
        let rest: Vec<&str> = parts.collect();
        let change = rest.iter().find(|it| !it.contains('=')).copied().unwrap_or("");
        let given = |name: &str| {
            rest.iter().find_map(|it| it.strip_prefix(name)?.strip_prefix('=')).map(str::to_owned)
        };
        let stressed = changed(root, change);
        let (a, accent) = match ending {
            "ar" => ("a", 'á'),
            "er" => ("e", 'é'),
            _ => ("e", 'í'),
        };
        let tu = given("tu").unwrap_or_else(|| format!("{stressed}{a}"));
        let usted = given("usted").unwrap_or_else(|| subjunctive(&stressed, ending));
        let vos = given("vos").unwrap_or_else(|| format!("{root}{accent}"));
        let vosotros = given("vosotros")
            .unwrap_or_else(|| format!("{}d", infinitive.strip_suffix('r').unwrap_or(infinitive)));
        self.tu_present.insert(given("2").unwrap_or_else(|| format!("{stressed}{a}s")));
        self.vos_present.insert(format!("{vos}s"));
        self.ustedes.insert(format!("{usted}n"));
        for (person, form) in [
            (Person::Tu, &tu),
            (Person::Usted, &usted),
            (Person::Vos, &vos),
            (Person::Vosotros, &vosotros),
            (Person::Ustedes, &format!("{usted}n")),
        ] {
            self.plain.entry(fold(form)).or_default().push(person);
        }
        self.tu.insert(tu);
        self.usted.insert(usted);
        self.vos.insert(vos);
        self.vosotros.insert(vosotros);
    }

    /// Whom an imperative with pronouns speaks to: *pruébalo*, *pruébelo*, *probalo*, *llevátelo*, *suscribíos*.
    pub(crate) fn with_pronouns(&self, lower: &str) -> Option<Person> {
        if lower.len() > 40 {
            return None;
        }
        let folded = fold(lower);
        if let Some(root) = lower.strip_suffix("os") {
            let reflexive = format!("{}d", fold(root));
            let known = self.plain.get(&reflexive).is_some_and(|it| it.contains(&Person::Vosotros));
            if known && root.ends_with(['a', 'e', 'í']) {
                return Some(Person::Vosotros);
            }
        }
        let accent = lower.chars().position(|c| matches!(c, 'á' | 'é' | 'í' | 'ó' | 'ú'));
        for clitic in CLITICS {
            let Some(base) = folded.strip_suffix(clitic).filter(|it| it.len() > 1) else { continue };
            let Some(persons) = self.plain.get(base) else { continue };
            let has = |person: Person| persons.contains(&person);
            let last = base.chars().count() - 1;
            let short = base.chars().filter(|c| "aeiou".contains(*c)).count() == 1;
            let reflexive = clitic.starts_with("te");
            return match accent {
                Some(at) if at == last && has(Person::Vos) => Some(Person::Vos),
                _ if has(Person::Tu) && (accent.is_some() || short) && !clitic.starts_with("se") => {
                    Some(Person::Tu)
                }
                _ if has(Person::Vosotros) && !reflexive => Some(Person::Vosotros),
                None if has(Person::Vos) && !clitic.starts_with("se") => Some(Person::Vos),
                Some(_) if has(Person::Ustedes) && !reflexive => Some(Person::Ustedes),
                Some(_) if has(Person::Usted) && !reflexive => Some(Person::Usted),
                _ => continue,
            };
        }
        None
    }
}

/// The root under stress: *prueb-*, *empiez-*, *pid-*, *construy-*, *envía-*.
fn changed(root: &str, change: &str) -> String {
    let (from, to): (&[char], &str) = match change {
        "ie" => (&['e'], "ie"),
        "ue" => (&['o', 'u'], "ue"),
        "i" => (&['e'], "i"),
        "í" => (&['i'], "í"),
        "ú" => (&['u'], "ú"),
        "uy" => return format!("{root}y"),
        _ => return root.to_owned(),
    };
    match root.rfind(from) {
        // Of `segu-` and `elig-` the root vowel is the one before the last consonants.
        Some(at) if change == "i" || root[at..].chars().count() <= 4 => {
            let vowel = root[at..].chars().next().map_or(0, char::len_utf8);
            format!("{}{to}{}", &root[..at], &root[at + vowel..])
        }
        _ => root.to_owned(),
    }
}

/// The form of usted, with the letters that keep the sound.
fn subjunctive(root: &str, ending: &str) -> String {
    let but = |cut: &str, put: &str| root.strip_suffix(cut).map(|it| format!("{it}{put}"));
    if ending == "ar" {
        let hard = but("c", "qu").or_else(|| but("g", "gu")).or_else(|| but("z", "c"));
        return format!("{}e", hard.unwrap_or_else(|| root.to_owned()));
    }
    let vowel_c = root.ends_with("ec") || root.ends_with("oc") || root.ends_with("uc");
    let soft = if vowel_c {
        but("c", "zc")
    } else {
        but("gu", "g").or_else(|| but("g", "j")).or_else(|| but("c", "z"))
    };
    format!("{}a", soft.unwrap_or_else(|| root.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_rules() {
        for (set, forms) in [
            (
                &VERBS.tu,
                [
                    "compra",
                    "prueba",
                    "pide",
                    "empieza",
                    "sigue",
                    "construye",
                    "envía",
                    "evalúa",
                    "haz",
                    "juega",
                ],
            ),
            (
                &VERBS.usted,
                [
                    "compre",
                    "pruebe",
                    "pida",
                    "empiece",
                    "siga",
                    "construya",
                    "envíe",
                    "conozca",
                    "proteja",
                    "busque",
                ],
            ),
            (
                &VERBS.vos,
                ["comprá", "probá", "pedí", "empezá", "seguí", "construí", "enviá", "tené", "elegí", "jugá"],
            ),
            (
                &VERBS.vosotros,
                ["comprad", "probad", "pedid", "venid", "haced", "poned", "tened", "salid", "oíd", "abrid"],
            ),
            (
                &VERBS.tu_present,
                [
                    "compras", "pruebas", "pides", "quieres", "tienes", "eres", "eliges", "sabes", "haces",
                    "puedes",
                ],
            ),
        ] {
            for form in forms {
                assert!(set.contains(form), "{form}");
            }
        }
    }

    #[test]
    fn pronouns_behind_the_verb_tell_by_their_accent() {
        for (form, person) in [
            ("pruébalo", Some(Person::Tu)),
            ("pruébelo", Some(Person::Usted)),
            ("probalo", Some(Person::Vos)),
            ("llévatelo", Some(Person::Tu)),
            ("llevátelo", Some(Person::Vos)),
            ("llevate", Some(Person::Vos)),
            ("suscríbase", Some(Person::Usted)),
            ("suscribite", Some(Person::Vos)),
            ("suscríbete", Some(Person::Tu)),
            ("suscribíos", Some(Person::Vosotros)),
            ("suscríbanse", Some(Person::Ustedes)),
            ("hazlo", Some(Person::Tu)),
            ("pliégala", Some(Person::Tu)),
            ("probarla", None),
            ("escuela", None),
            ("regalos", None),
            ("modelo", None),
        ] {
            assert_eq!(VERBS.with_pronouns(form), person, "{form}");
        }
    }
}
