//! What holds for any string.

#![allow(clippy::unwrap_used)]

use gancho_grammar::spanish::{self as es, Address, Determiner, NounPhrase};
use gancho_grammar::{Agreement, Currency, Date, Decimal, Market, capitalize_first, english as en};
use proptest::prelude::*;

const FORMS: [Agreement; 4] = [Agreement::MS, Agreement::FS, Agreement::MP, Agreement::FP];

/// Any string, or letters as Spanish has them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-záéíóúüñA-ZÁÉÍÓÚ0-9 ,.%¿¡«»’'-]{0,40}",
        "[a-zñáéíóúü]{0,12}(ar|er|ir|ír|se|rse|lo|nos|rselo|os|ces|es|s|z|y|x)",
        "(h|g|q|qu|gu|gü)?[aeiouáéíóúüyh]{1,6}[nsrldzxy]?",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spanish_never_panics(a in text(), b in text()) {
        es::gender(&a);
        es::singular(&a);
        es::is_plural(&a);
        es::plural(&a);
        es::contract(&a);
        es::with_preposition(&a, &b);
        es::join_and(&[&a, &b]);
        es::join_or(&[&a, &b]);
        es::join_before_noun(&a, &b);
        es::attach(&a, &[&b]);
        es::attach(&a, &["te", "lo"]);
        es::takes_el(&a);
        es::sentence_case(&a, &[&b]);
        es::lower_first(&a, &[&b]);
        es::question(&a);
        es::questions(&[&a, &b], true);
        es::exclamation(&a);
        es::stop(&a);
        es::present_we(&a);
        for agreement in FORMS {
            es::adjective(&a, agreement);
            es::before_noun(&a, &b, agreement);
        }
        for address in Address::ALL {
            es::imperative(&a, address);
            es::imperative_negative(&a, address);
            es::present(&a, address);
            es::subjunctive(&a, address);
            es::infinitive_for(&a, address);
        }
        let phrase = NounPhrase::new(&a);
        phrase.with(Determiner::Definite);
        phrase.plural();
        phrase.preceded_by(&b);
    }

    #[test]
    fn english_and_markets_never_panic(a in text(), b in text(), n in any::<i64>(), scale in any::<u8>()) {
        en::a_or_an(&a);
        en::plural_phrase(&a);
        en::possessive(&a);
        en::contract(&a);
        en::title_case(&a);
        en::sentence_case(&a, &[&b]);
        en::lower_first(&a, &[&b]);
        en::join(&[&a, &b], "and", true);
        capitalize_first(&a);
        let _ = Date::from_iso(&a);
        let _ = a.parse::<Decimal>();
        for market in Market::ALL {
            market.localize(&a);
            market.denied_in(&a);
            market.number(Decimal::new(n, scale));
            market.price(Decimal::new(n, scale), Currency::Eur);
        }
    }

    /// A plural has no other plural. The stems are no words, so that none is an exception.
    #[test]
    fn plurals_are_stable(stem in "(zab|ñum|chuf|flot)[aeiou][bcdflmnprt]", ending in "(a|o|e|ar|al|or|ón|ad|iz|iento|ita)") {
        let plural = es::plural(&format!("{stem}{ending}"));
        prop_assert!(es::is_plural(&plural), "{}", plural);
        prop_assert_eq!(es::plural(&plural), plural.clone());
    }

    /// Nouns in -a, -o and -ón come back from their plural.
    #[test]
    fn singulars_come_back(stem in "(zab|ñum|chuf|flot)[aeiou][bcdflmnprt]", ending in "(a|o|ón|ador|idad|ita)") {
        let word = format!("{stem}{ending}");
        prop_assert_eq!(es::singular(&es::plural(&word)), word);
    }

    /// Whatever the clitics, one accent at most.
    #[test]
    fn one_accent(stem in "[bcdfglmnprst][aeiou][bcdflmnprst]{1,2}", ending in "(ar|er|ir)") {
        let infinitive = format!("{stem}{ending}");
        for address in Address::ALL {
            for form in [es::imperative(&infinitive, address), es::imperative(&format!("{infinitive}se"), address)] {
                prop_assert!(form.chars().filter(|c| "áéíóú".contains(*c)).count() <= 1, "{}", form);
            }
        }
    }

    /// Sentence case of sentence case changes nothing.
    #[test]
    fn sentence_case_is_stable(text in "[A-ZÁ][a-zñáéíóú]{1,9}( [A-Za-zñáéíóú]{1,9}){0,6}[.!?]?") {
        let once = es::sentence_case(&text, &[]);
        prop_assert_eq!(es::sentence_case(&once, &[]), once.clone());
    }

    /// Money holds the digits of the amount.
    #[test]
    fn money_keeps_its_digits(units in 0_i64..10_000_000) {
        for market in Market::ALL {
            let amount = market.money(Decimal::new(units, 2), Currency::Eur);
            let digits: String = amount.chars().filter(char::is_ascii_digit).collect();
            prop_assert_eq!(digits.parse::<i64>().unwrap(), units);
        }
    }
}
