//! The product's name, and the shorter names that still say what it is.

use super::english;
use super::grammar;
use super::pattern::Form;
use super::phrase::{bare, lower_first};
use super::spanish;
use super::words::Words;
use crate::brief::{Address, Brief};
use gancho_copy::Language;
use gancho_grammar::Agreement;
use gancho_grammar::spanish::Determiner;

const PREPOSITIONS: &[&str] =
    &["de", "con", "sin", "para", "en", "for", "with", "from", "in", "of", "without"];
/// English names whose first word keeps its capital.
const PROPER: &[&str] = &[
    "halloween",
    "christmas",
    "easter",
    "irish",
    "english",
    "british",
    "american",
    "italian",
    "french",
    "spanish",
    "greek",
    "japanese",
    "mexican",
    "scottish",
    "welsh",
    "german",
    "swiss",
    "indian",
    "thai",
    "canadian",
    "bluetooth",
    "wi-fi",
    "ofgem",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The product, with everything that a slot may ask of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Product {
    /// From the full name to the shortest, as they stand in the middle of a sentence.
    pub(crate) names: Vec<Name>,
    /// The head noun, in English with the word before it, then alone.
    pub(crate) heads: Vec<Name>,
    /// The proper name inside it, where the brief asks for it by that name.
    pub(crate) model: Option<String>,
    /// Gender and number; English has number only.
    pub(crate) noun: Option<Agreement>,
}

/// A name in every form that grammar allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    bare: String,
    the: Option<String>,
    a: Option<String>,
    this: Option<String>,
    your: Option<String>,
}

impl Name {
    /// The name in a form; nothing where grammar does not know it.
    pub(crate) fn form(&self, form: Form) -> Option<&str> {
        match form {
            Form::Bare => Some(&self.bare),
            Form::The => self.the.as_deref(),
            Form::A => self.a.as_deref(),
            Form::This => self.this.as_deref(),
            Form::Your => self.your.as_deref(),
        }
    }
}

impl Product {
    /// Reads the product's name; nothing for an empty one.
    pub(crate) fn read(brief: &Brief, words: &Words) -> Option<Self> {
        let text = brief.product.trim();
        if text.is_empty() {
            return None;
        }
        let spanish = brief.language == Language::Es;
        let texts = shorter(text, words);
        let small = |it: &str| if keeps_capital(it, spanish) { it.to_owned() } else { lower_first(it) };
        if spanish {
            let head = spanish::head_of(text);
            let noun = head.as_deref().map(grammar::agreement);
            let noun = noun.map(|it| grammar::with_gender(it, brief.product_gender));
            let name = |it: &str| spanish_name(&small(it), noun, brief.address);
            let names = texts.iter().map(|it| name(it)).collect();
            let heads = head.iter().flat_map(|it| [compound(text, it), Some(it.clone())]).flatten();
            let heads = heads.map(|it| name(&it)).collect();
            Some(Self { names, heads, model: model(text, &brief.required), noun })
        } else {
            let head = english::head_of(text).filter(|it| it.chars().all(|c| c.is_alphabetic() || c == '-'));
            let noun = head.as_deref().map(english_number);
            let names = texts.iter().map(|it| english_name(&small(it), head.as_deref(), words)).collect();
            let heads = head.iter().flat_map(|head| {
                let shortest = texts.last().map_or(text, String::as_str);
                [small(&narrow(shortest, head)), head.clone()]
            });
            let heads = heads.map(|it| english_name(&it, head.as_deref(), words)).collect();
            Some(Self { names, heads, model: None, noun })
        }
    }
}

impl Name {
    fn none() -> Self {
        Self { bare: String::new(), the: None, a: None, this: None, your: None }
    }
}

/// An English name cut to what still tells the thing: whole when short, else its last two words. A head alone
/// ("a kit") says too little.
fn narrow(name: &str, head: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let short = words.len() < 3 || words.len() == 3 && name.chars().count() < 23;
    let at_end = words.last().is_some_and(|it| bare(it) == *head);
    match words.as_slice() {
        [.., before, last] if !short && at_end => format!("{before} {last}"),
        _ => name.to_owned(),
    }
}

/// «Dulce» is not «dulce de leche» and «plan» says less than «plan médico»: the head with the noun that «de» ties
/// to it, or the adjective beside it.
fn compound(text: &str, head: &str) -> Option<String> {
    let mut words = text.split_whitespace();
    let first = words.next().filter(|it| bare(it) == *head && !it.ends_with(','))?;
    let second = words.next()?;
    let plain = |it: &str| it.chars().all(|c| c.is_alphabetic() && c.is_lowercase());
    if second == "de" {
        let noun = words.next()?.trim_end_matches(',');
        return plain(noun).then(|| format!("{} de {noun}", bare(first)));
    }
    let loose = PREPOSITIONS.contains(&second) || ["y", "e", "o", "por", "a", "al", "del"].contains(&second);
    let adjective = second.trim_end_matches(',');
    (plain(adjective) && !loose).then(|| format!("{} {adjective}", bare(first)))
}

fn spanish_name(text: &str, noun: Option<Agreement>, address: Address) -> Name {
    let with = |determiner| noun.map(|it| grammar::determined(determiner, text, it));
    Name {
        the: with(Determiner::Definite),
        a: with(Determiner::Indefinite),
        this: with(Determiner::This),
        your: noun.map(|it| format!("{} {text}", grammar::possessive(address, it))),
        bare: text.to_owned(),
    }
}

fn english_number(head: &str) -> Agreement {
    if grammar::is_plural_english(head) { Agreement::MP } else { Agreement::MS }
}

fn english_name(text: &str, head: Option<&str>, words: &Words) -> Name {
    let Some(head) = head else { return Name { bare: text.to_owned(), ..Name::none() } };
    let plural = grammar::is_plural_english(head);
    let mass = words.mass.contains(head) || head.ends_with("ing");
    let this = if plural { "these" } else { "this" };
    Name {
        the: Some(if mass { text.to_owned() } else { format!("the {text}") }),
        a: Some(if plural || mass { text.to_owned() } else { grammar::a_or_an(text) }),
        this: Some(format!("{this} {text}")),
        your: Some(format!("your {text}")),
        bare: text.to_owned(),
    }
}

fn keeps_capital(text: &str, spanish: bool) -> bool {
    let first = bare(text.split_whitespace().next().unwrap_or_default());
    !spanish && PROPER.contains(&first.as_str())
}

/// The name, then without what stands behind a comma, without its measure, and without its last complements.
fn shorter(text: &str, words: &Words) -> Vec<String> {
    let mut names = vec![text.to_owned()];
    let mut add = |name: &str| {
        let name = name.trim().trim_end_matches([',', ';', ':', '-', '(']).trim();
        // One word of several says too little for a name; it is the head noun, which has slots of its own.
        let says = name.contains(' ') && name.chars().filter(|c| c.is_alphabetic()).count() > 2;
        if says && names.iter().all(|it| it != name) {
            names.push(name.to_owned());
        }
    };
    let comma = text.find([',', '(', ';']).map_or(text, |at| &text[..at]);
    add(comma);
    let mut name = without_measure(comma, words);
    add(&name);
    while let Some(at) = last_complement(&name) {
        name.truncate(at);
        add(&name);
    }
    names
}

/// Without a measure at its end, and the preposition before it: «Panel solar de 550 W».
fn without_measure(text: &str, words: &Words) -> String {
    let mut tokens: Vec<&str> = text.split_whitespace().collect();
    let figure = |it: &str| it.starts_with(|c: char| c.is_ascii_digit());
    match tokens.as_slice() {
        [.., number, unit] if figure(number) && words.units.contains(&bare(unit)) => {
            tokens.truncate(tokens.len() - 2);
        }
        [.., number] if figure(number) && number.contains(|c: char| !c.is_ascii_digit()) => {
            tokens.truncate(tokens.len() - 1);
        }
        _ => {}
    }
    if tokens.last().is_some_and(|it| PREPOSITIONS.contains(it)) {
        tokens.truncate(tokens.len() - 1);
    }
    tokens.join(" ")
}

/// Where the last prepositional complement begins.
fn last_complement(text: &str) -> Option<usize> {
    let mut at = None;
    let mut offset = 0;
    for (i, token) in text.split(' ').enumerate() {
        if i > 0 && PREPOSITIONS.contains(&token) {
            at = Some(offset);
        }
        offset += token.len() + 1;
    }
    at
}

/// The name of the model in «Bicicleta eléctrica plegable Nómada», where the brief asks for it by that name.
fn model(text: &str, required: &[String]) -> Option<String> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let found = |word: &&String| {
        tokens.iter().enumerate().any(|(i, it)| {
            let free = tokens[i.saturating_sub(2)..i].iter().all(|it| !PREPOSITIONS.contains(it));
            i > 1 && free && it == &word.as_str()
        })
    };
    let named = |it: &&String| it.chars().next().is_some_and(char::is_uppercase) && it.chars().count() > 2;
    required.iter().filter(named).find(found).cloned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::bank::Bank;
    use super::*;
    use crate::brief::Market;

    fn read(product: &str, market: Market) -> Product {
        let mut brief = Brief::new(market);
        brief.product = product.to_owned();
        Product::read(&brief, &Bank::of(brief.language).words).unwrap()
    }

    fn names(product: &Product) -> Vec<&str> {
        product.names.iter().map(|it| it.bare.as_str()).collect()
    }

    #[test]
    fn names_get_shorter_but_stay_true() {
        let coffee = read("Café de especialidad en grano, 1 kg", Market::EsEs);
        let wanted =
            ["café de especialidad en grano, 1 kg", "café de especialidad en grano", "café de especialidad"];
        assert_eq!(names(&coffee), wanted);
        assert_eq!(
            names(&read("Panel solar residencial de 550 W", Market::EsMx))[1],
            "panel solar residencial"
        );
        assert_eq!(names(&read("Plan médico familiar 310", Market::EsAr)), ["plan médico familiar 310"]);
        assert_eq!(names(&read("Washable runner, 2.5 x 8 ft", Market::EnCa))[1], "washable runner");
    }

    #[test]
    fn forms_agree() {
        let bike = read("Bicicleta eléctrica plegable", Market::EsAr);
        assert_eq!(bike.heads[0].form(Form::This), Some("esta bicicleta eléctrica"));
        let sweet = read("Dulce de leche de campo, 450 g", Market::EsAr);
        assert_eq!(sweet.heads[0].form(Form::A), Some("un dulce de leche"));
        assert_eq!(bike.names[0].form(Form::Your), Some("tu bicicleta eléctrica plegable"));
        let shots = read("Flu shots, walk-in", Market::EnUs);
        assert_eq!(shots.heads[0].form(Form::This), Some("these flu shots"));
        let food = read("Grain-inclusive dog food, 24 lb", Market::EnUs);
        assert_eq!(food.names[1].form(Form::A), Some("grain-inclusive dog food"));
        let kit = read("20V cordless drill kit", Market::EnUs);
        assert_eq!(kit.heads[0].form(Form::A), Some("a drill kit"));
    }

    #[test]
    fn a_model_is_a_name_when_the_brief_asks_for_it() {
        let required = ["Nómada".to_owned(), "Huila".to_owned()];
        assert_eq!(model("Bicicleta eléctrica plegable Nómada 20\"", &required).as_deref(), Some("Nómada"));
        assert_eq!(model("Café de origen Huila, 340 g", &required), None);
    }
}
