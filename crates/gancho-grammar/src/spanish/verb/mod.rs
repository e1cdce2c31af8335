//! Verbs: imperatives, present and subjunctive for every form of address (*Nueva gramática* 4).
//!
//! Every function takes an infinitive, with pronouns at its end or not (*suscribirse*, *escribirnos*), and with
//! words after it or not (*pedir cita*), which stay. What is no infinitive comes back unchanged.

mod forms;
mod irregular;
mod stem;

use forms::Verb;

use super::address::Address;
use super::clitic::{attach, detach, is_infinitive};
use crate::Number;
use crate::text::{recase, split_first};

/// The affirmative imperative.
///
/// ```
/// use gancho_grammar::spanish::{Address, imperative};
/// assert_eq!(imperative("empezar", Address::Usted), "empiece");
/// assert_eq!(imperative("suscribirse", Address::Tu), "suscríbete");
/// assert_eq!(imperative("pedir cita", Address::Vos), "pedí cita");
/// ```
pub fn imperative(infinitive: &str, address: Address) -> String {
    conjugate(infinitive, address, |verb, clitics, alone| {
        let form = verb.imperative(address, alone && clitics.is_empty());
        attach(&form, clitics)
    })
}

/// The negative imperative, with *no* and the pronouns before the verb: *no compres*, *no te pierdas*. With *vos* it
/// has the form of *tú*, as in the educated use of the River Plate.
pub fn imperative_negative(infinitive: &str, address: Address) -> String {
    conjugate(infinitive, address, |verb, clitics, _| {
        format!("no {}", proclitic(clitics, &verb.subjunctive(address)))
    })
}

/// The present indicative: *tienes, tenés, tiene, tienen, tenéis*; *te mereces*.
pub fn present(infinitive: &str, address: Address) -> String {
    conjugate(infinitive, address, |verb, clitics, _| proclitic(clitics, &verb.present(address)))
}

/// The present indicative of a thing or of others: *cuida, cuidan*.
pub fn present_third(infinitive: &str, number: Number) -> String {
    present(infinitive, if number == Number::Plural { Address::Ustedes } else { Address::Usted })
}

/// The present indicative of *nosotros*: *cuidamos*, *hacemos*. A reflexive pronoun becomes *nos*.
pub fn present_we(infinitive: &str) -> String {
    with_verb(infinitive, |verb, clitics, _| {
        let clitics: Vec<&str> = clitics.iter().map(|it| if *it == "se" { "nos" } else { it }).collect();
        proclitic(&clitics, &verb.present_we())
    })
}

/// The present subjunctive: *(para que) duermas*.
pub fn subjunctive(infinitive: &str, address: Address) -> String {
    conjugate(infinitive, address, |verb, clitics, _| proclitic(clitics, &verb.subjunctive(address)))
}

/// The infinitive with its reflexive pronoun for an address: *suscribirse* is *suscribirte*, *suscribirse*,
/// *suscribiros*.
pub fn infinitive_for(infinitive: &str, address: Address) -> String {
    conjugate(infinitive, address, |verb, clitics, _| attach(verb.infinitive(), clitics))
}

fn proclitic(clitics: &[&str], form: &str) -> String {
    clitics.iter().copied().chain([form]).collect::<Vec<_>>().join(" ")
}

/// Conjugates with the reflexive pronoun of the address.
fn conjugate(infinitive: &str, address: Address, form: impl Fn(&Verb, &[&str], bool) -> String) -> String {
    with_verb(infinitive, |verb, clitics, alone| {
        let own = |clitic: &&'static str| match *clitic {
            "se" | "te" | "os" => address.reflexive(),
            other => other,
        };
        let clitics: Vec<&str> = clitics.iter().map(own).collect();
        form(verb, &clitics, alone)
    })
}

fn with_verb(infinitive: &str, form: impl Fn(&Verb, &[&'static str], bool) -> String) -> String {
    let (first, rest) = split_first(infinitive);
    let (base, clitics) = detach(first);
    if base.chars().count() < 2 || !is_infinitive(&base) || !base.chars().all(char::is_alphabetic) {
        return infinitive.to_owned();
    }
    recase(first, &form(&Verb::new(&base), &clitics, rest.trim().is_empty())) + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use Address::{Tu, Usted, Ustedes, Vos, Vosotros};

    #[test]
    fn imperatives_of_verbs_nobody_listed() {
        for (infinitive, forms) in [
            ("googlear", ["googlea", "googlee", "googleá", "googleen", "googlead"]),
            ("deshacer", ["deshaz", "deshaga", "deshacé", "deshagan", "deshaced"]),
            ("proponer", ["propón", "proponga", "proponé", "propongan", "proponed"]),
            ("mantener", ["mantén", "mantenga", "mantené", "mantengan", "mantened"]),
            ("averiguar", ["averigua", "averigüe", "averiguá", "averigüen", "averiguad"]),
            ("reunir", ["reúne", "reúna", "reuní", "reúnan", "reunid"]),
            ("vencer", ["vence", "venza", "vencé", "venzan", "venced"]),
            ("reír", ["ríe", "ría", "reí", "rían", "reíd"]),
            ("sonreír", ["sonríe", "sonría", "sonreí", "sonrían", "sonreíd"]),
            ("distinguir", ["distingue", "distinga", "distinguí", "distingan", "distinguid"]),
            ("relajarse", ["relájate", "relájese", "relajate", "relájense", "relajaos"]),
            ("irse", ["vete", "váyase", "andate", "váyanse", "idos"]),
            ("reírse", ["ríete", "ríase", "reíte", "ríanse", "reíos"]),
            ("probarlo", ["pruébalo", "pruébelo", "probalo", "pruébenlo", "probadlo"]),
            ("llevárselo", ["llévatelo", "lléveselo", "llevátelo", "llévenselo", "lleváoslo"]),
        ] {
            assert_eq!([Tu, Usted, Vos, Ustedes, Vosotros].map(|it| imperative(infinitive, it)), forms);
        }
    }

    #[test]
    fn present_and_subjunctive() {
        let all =
            |f: fn(&str, Address) -> String, verb| [Tu, Usted, Vos, Ustedes, Vosotros].map(|it| f(verb, it));
        assert_eq!(all(present, "ser"), ["eres", "es", "sos", "son", "sois"]);
        assert_eq!(
            all(present, "construir"),
            ["construyes", "construye", "construís", "construyen", "construís"]
        );
        assert_eq!(all(present, "ver"), ["ves", "ve", "ves", "ven", "veis"]);
        assert_eq!(all(present, "oír"), ["oyes", "oye", "oís", "oyen", "oís"]);
        assert_eq!(all(present, "enviar"), ["envías", "envía", "enviás", "envían", "enviáis"]);
        assert_eq!(all(subjunctive, "dormir"), ["duermas", "duerma", "duermas", "duerman", "durmáis"]);
        assert_eq!(all(subjunctive, "empezar"), ["empieces", "empiece", "empieces", "empiecen", "empecéis"]);
        assert_eq!(all(subjunctive, "pedir"), ["pidas", "pida", "pidas", "pidan", "pidáis"]);
        assert_eq!(all(subjunctive, "dar"), ["des", "dé", "des", "den", "deis"]);
        assert_eq!(all(subjunctive, "estar"), ["estés", "esté", "estés", "estén", "estéis"]);
        assert_eq!(present("merecerse", Vosotros), "os merecéis");
        assert_eq!(imperative_negative("perderse", Vos), "no te pierdas");
        assert_eq!(present_we("oír"), "oímos");
        assert_eq!(present_we("dedicarse"), "nos dedicamos");
        assert_eq!(infinitive_for("suscribirse", Tu), "suscribirte");
        assert_eq!(infinitive_for("llevárselo", Vosotros), "llevároslo");
    }

    #[test]
    fn what_is_no_verb_stays() {
        for text in ["", "r", "casa", "nos", "¿comprar?", "🦀 ar"] {
            assert_eq!(imperative(text, Tu), text);
        }
        assert_eq!(imperative("Comprar ya", Tu), "Compra ya");
        assert_eq!(imperative("ver más", Tu), "ve más");
    }
}
