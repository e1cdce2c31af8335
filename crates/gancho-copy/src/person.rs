//! Who speaks to whom: first, second and third person; tú, usted, vos, vosotros and you apart.

use crate::Language;
use crate::imperative::{Address, opener};
use crate::lexicon::{
    FIRST_EN, FIRST_ES, PERSON_TU, PERSON_TU_VOS, PERSON_USTED, PERSON_VOS, PERSON_VOSOTROS, PERSON_YOU,
    THIRD_EN, THIRD_ES,
};

/// Words of each person. Imperative openers count as second person; verbs in the middle of a sentence count only
/// where their form belongs to one person alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Persons {
    pub(crate) first: usize,
    pub(crate) third: usize,
    pub(crate) tu: usize,
    pub(crate) usted: usize,
    pub(crate) vos: usize,
    pub(crate) vosotros: usize,
    pub(crate) you: usize,
}

impl Persons {
    /// `sentences` are the lookup forms of the words, sentence by sentence.
    pub(crate) fn of(sentences: &[Vec<String>], language: Language) -> Self {
        match language {
            Language::Es => Self::spanish(sentences),
            Language::En => Self::english(sentences),
            Language::Other => Self::default(),
        }
    }

    /// All second persons together.
    pub(crate) fn second(&self) -> usize {
        self.tu + self.usted + self.vos + self.vosotros + self.you
    }

    fn english(sentences: &[Vec<String>]) -> Self {
        let count =
            |list: &crate::lexicon::Lexicon| sentences.iter().flatten().filter(|key| list.has(key)).count();
        Self { first: count(&FIRST_EN), third: count(&THIRD_EN), you: count(&PERSON_YOU), ..Self::default() }
    }

    fn spanish(sentences: &[Vec<String>]) -> Self {
        let mut found = Self::default();
        let (mut shared, mut possessives) = (0, 0);
        for key in sentences.iter().flatten() {
            found.first += usize::from(FIRST_ES.has(key));
            found.third += usize::from(THIRD_ES.has(key));
            found.tu += usize::from(PERSON_TU.has(key) || is_future_of_tu(key));
            found.vos += usize::from(PERSON_VOS.has(key));
            found.usted += usize::from(PERSON_USTED.has(key));
            found.vosotros += usize::from(PERSON_VOSOTROS.has(key) || is_of_vosotros(key));
            shared += usize::from(PERSON_TU_VOS.has(key));
            possessives +=
                usize::from(matches!(key.as_str(), "su" | "sus" | "suyo" | "suya" | "suyos" | "suyas"));
        }
        for keys in sentences {
            match opener(keys, Language::Es) {
                Some(Address::Tu) if !keys.first().is_some_and(|key| PERSON_TU_VOS.has(key)) => found.tu += 1,
                Some(Address::Usted) => found.usted += 1,
                Some(Address::Vos) => found.vos += 1,
                Some(Address::Vosotros) => found.vosotros += 1,
                _ => {}
            }
        }
        if found.vos > found.tu {
            found.vos += shared;
        } else {
            found.tu += shared;
        }
        // `su` is his, her, their or your: yours only where the text says usted in another way.
        if found.usted > 0 {
            found.usted += possessives;
        }
        found
    }
}

/// `podrás`, `ahorrarás`, `vivirás`. `detrás`, `atrás`, `quizás` do not end so; a few nouns would.
fn is_future_of_tu(key: &str) -> bool {
    let ending = ["arás", "erás", "irás", "drás"].iter().any(|end| key.ends_with(end));
    ending && key.len() > "darás".len()
}

/// `podéis`, `compráis`, `vivís` is in the list. `seis` has no accent.
fn is_of_vosotros(key: &str) -> bool {
    (key.ends_with("áis") || key.ends_with("éis")) && key.len() > "dáis".len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, language: Language) -> Persons {
        let sentences: Vec<Vec<String>> =
            text.split(". ").map(|s| s.split_whitespace().map(crate::normalize::key).collect()).collect();
        Persons::of(&sentences, language)
    }

    #[test]
    fn spanish_second_persons_apart() {
        let found = of("Puedes ahorrar con tu tarjeta y ganarás más", Language::Es);
        assert_eq!((found.tu, found.vos, found.usted, found.vosotros), (3, 0, 0, 0));
        let found = of("Podés ahorrar con tu tarjeta si querés", Language::Es);
        assert_eq!((found.tu, found.vos, found.usted, found.vosotros), (0, 3, 0, 0));
        let found = of("Reserve su mesa", Language::Es);
        assert_eq!((found.tu, found.vos, found.usted, found.vosotros), (0, 0, 2, 0));
        let found = of("Ana reserva su mesa", Language::Es);
        assert_eq!(found.second(), 0);
        let found = of("Podéis venir con vuestra familia", Language::Es);
        assert_eq!((found.tu, found.vosotros), (0, 2));
        let found = of("Además, detrás de seis países, quizás tú", Language::Es);
        assert_eq!((found.tu, found.vos, found.vosotros), (1, 0, 0));
    }

    #[test]
    fn other_persons() {
        let found = of("You'll love our bread. They do. Get yours", Language::En);
        assert_eq!((found.you, found.first, found.third), (2, 1, 1));
        let found = of("Nosotros cuidamos de ella y mi casa", Language::Es);
        assert_eq!((found.first, found.third), (2, 1));
    }
}
