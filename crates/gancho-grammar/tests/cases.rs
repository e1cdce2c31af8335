//! Forms checked one by one: the corpus of this crate, and the one in the shared folder where there is one
//! (`GANCHO_SHARED`, else `../shared` beside the repository).
//!
//! A row has a kind, an input and the expected form, parted by tabs; `|` parts forms that are both right.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::{Path, PathBuf};

use gancho_grammar::spanish::{self as es, Address, Determiner, NounPhrase};
use gancho_grammar::{Agreement, Currency, Date, Decimal, Gender, Market, Number, english as en};

#[test]
fn own_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut total = 0;
    let mut faults = Vec::new();
    for name in ["spanish.tsv", "verbs.tsv", "english.tsv", "locale.tsv"] {
        let (count, wrong) = check_file(&folder.join(name));
        total += count;
        faults.extend(wrong);
    }
    assert!(total >= 300, "only {total} cases");
    assert!(faults.is_empty(), "{} of {total} wrong:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn shared_corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let shared = std::env::var_os("GANCHO_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = shared.join("data/copygen/lexicon/morphology_cases.tsv");
    if !path.is_file() {
        eprintln!("skipped: no shared data; set GANCHO_SHARED to its folder");
        return;
    }
    let (total, faults) = check_file(&path);
    assert!(total > 800, "only {total} cases");
    assert!(faults.is_empty(), "{} of {total} wrong:\n{}", faults.len(), faults.join("\n"));
}

/// Number of cases, and a line for each that is wrong.
fn check_file(path: &Path) -> (usize, Vec<String>) {
    let text = std::fs::read_to_string(path).unwrap();
    let mut total = 0;
    let mut faults = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, input, expected, ..] = cells[..] else { panic!("not three cells: {line}") };
        if kind == "kind" {
            continue;
        }
        total += 1;
        let found = form(kind, input);
        // A case with a no-break space insists on it, one with a plain space allows both.
        let plain = found.replace('\u{a0}', " ");
        // Where the norm has two plurals, either will do.
        let both = [("rubíes", "rubís"), ("clubes", "clubs"), ("tabúes", "tabús"), ("esquís", "esquíes")];
        let twin =
            both.iter().any(|(a, b)| (expected == *a && found == *b) || (expected == *b && found == *a));
        if !twin && !expected.split('|').any(|it| it == found || it == plain) {
            faults.push(format!("{kind}: {input} -> {found}, expected {expected}"));
        }
    }
    (total, faults)
}

/// The form that a case asks for.
fn form(kind: &str, input: &str) -> String {
    match kind {
        "plural" => es::plural(input),
        "singular" => es::singular(input),
        "gender" => letter(es::gender(input)).to_owned(),
        "phrase" => code(NounPhrase::new(input).agreement()).to_owned(),
        "adjective" => {
            let (base, form) = input.split_once(" / ").unwrap();
            es::adjective(base, agreement(form))
        }
        "definite_article" => NounPhrase::new(input.trim_end_matches(" (letra)")).with(Determiner::Definite),
        "indefinite_article" => NounPhrase::new(input).with(Determiner::Indefinite),
        "contraction" => {
            let (preposition, phrase) = input.split_once(" + ").unwrap();
            es::with_preposition(preposition, phrase)
        }
        "y_e" => {
            let (left, right) = input.trim_start_matches("diptongo: ").split_once(" + ").unwrap();
            es::join_and(&[left, right])
        }
        "o_u" => {
            let (left, right) = input.split_once(" | ").unwrap();
            es::join_or(&[left, right])
        }
        "list" => es::join_and(&input.split(" | ").collect::<Vec<_>>()),
        "apocope_and_a_tonica" => before_noun(input),
        "imperative" => verb(input, es::imperative),
        "negative" => verb(input, es::imperative_negative),
        "present" => verb(input, es::present),
        "subjunctive" => verb(input, es::subjunctive),
        "infinitive" => verb(input, es::infinitive_for),
        "clitics_and_negation" => clitics(input),
        "address_paradigm" => paradigm(input),
        "inverted_punctuation" => marks(input),
        "sentence_case" => es::sentence_case(input, &["Olivar de Marta"]),
        "lower_first" => es::lower_first(input, &["Olivar de Marta"]),
        "number_format" => number(input),
        "word" => {
            let (market, word) = input.split_once(' ').unwrap();
            Market::from_code(market).unwrap().localize(word)
        }
        "date" => {
            let (market, date) = input.split_once(' ').unwrap();
            Market::from_code(market).unwrap().date(Date::from_iso(date).unwrap())
        }
        "english" => english(input),
        _ => panic!("unknown kind {kind}"),
    }
}

fn letter(gender: Gender) -> &'static str {
    if gender == Gender::Feminine { "f" } else { "m" }
}

fn code(agreement: Agreement) -> &'static str {
    agreement.pick("ms", "fs", "mp", "fp")
}

fn agreement(code: &str) -> Agreement {
    match code {
        "fs" => Agreement::FS,
        "mp" => Agreement::MP,
        "fp" => Agreement::FP,
        _ => Agreement::MS,
    }
}

fn verb(input: &str, form: fn(&str, Address) -> String) -> String {
    let (infinitive, person) = input.split_once(" / ").unwrap();
    form(infinitive, Address::from_code(person).unwrap())
}

/// `bueno + idea f`: the gender after the noun is for the reader. `el agua + limpio` asks for the adjective.
fn before_noun(input: &str) -> String {
    let (word, noun) = input.split_once(" + ").unwrap();
    if word.contains("el ") {
        let phrase = NounPhrase::new(word);
        return format!("{} {}", phrase.with(Determiner::Definite), phrase.adjective(noun));
    }
    es::join_before_noun(word, noun.trim_end_matches(" f"))
}

/// `compra + la`, and `no + haz / tú`, where the form stands for its verb.
fn clitics(input: &str) -> String {
    if let Some((form, person)) = input.strip_prefix("no + ").and_then(|it| it.split_once(" / ")) {
        let infinitive = match form {
            "haz" => "hacer",
            "venid" => "venir",
            "te pierdas" => "perderse",
            _ => "comprar",
        };
        return es::imperative_negative(infinitive, Address::from_code(person).unwrap());
    }
    let parts: Vec<&str> = input.split(" + ").collect();
    es::attach(parts[0], &parts[1..])
}

fn paradigm(input: &str) -> String {
    let (person, what) = input.split_once(" / ").unwrap();
    let address = Address::from_code(person).unwrap();
    match what {
        "su-tu posesivo" | "posesivo" | "posesivo sg" => address.possessive(Agreement::MS).to_owned(),
        "pronombre prep." => es::with_preposition("para", address.prepositional()),
        "con" => address.with(),
        "objeto" | "objeto m" => address.object(Gender::Masculine).to_owned(),
        "objeto f" => address.object(Gender::Feminine).to_owned(),
        "indirecto" => address.indirect().to_owned(),
        "posesivo fp" => address.possessive(Agreement::FP).to_owned(),
        infinitive => es::present(infinitive, address),
    }
}

fn marks(input: &str) -> String {
    let (how, text) = input.split_once(": ").unwrap_or((input, ""));
    match how {
        "question" | "condition+question" => es::question(text),
        "question+vocative" => {
            let (name, text) = text.split_once(", ").unwrap();
            es::question_after(name, text)
        }
        "exclamation" | "vocative end" => es::exclamation(text),
        "both" => es::question_exclaimed(text),
        "two" => es::questions(&text.split(" + ").collect::<Vec<_>>(), false),
        // The case names only the second question.
        "consecutive lower case" => es::questions(&["Cuándo", text], true),
        "ellipsis" => es::question(&format!("{text}…")),
        "no double stop" => format!("{} {}", es::stop("¡Última oportunidad!"), es::stop("Reserva ya")),
        "stop" => es::stop(text),
        _ => panic!("unknown marks {how}"),
    }
}

fn number(input: &str) -> String {
    let words: Vec<&str> = input.split(' ').collect();
    let market = Market::from_code(words[0]).unwrap();
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    match words[1..] {
        ["currency", currency, amount] => {
            market.money(decimal(amount), Currency::from_code(currency).unwrap())
        }
        ["copy", "price", currency, amount, ..] => {
            market.price(decimal(amount), Currency::from_code(currency).unwrap())
        }
        ["percent", percent] => market.percent(decimal(percent)),
        ["decimal" | "integer", number] => market.number(decimal(number)),
        ["time", time] => {
            let (hour, minute) = time.split_once(':').unwrap();
            market.time(hour.parse().unwrap(), minute.parse().unwrap()).unwrap()
        }
        _ => panic!("unknown number {input}"),
    }
}

fn english(input: &str) -> String {
    let items = |text: &str| text.split(", ").map(str::to_owned).collect::<Vec<_>>();
    if let Some(owner) = input.strip_suffix("; possessive") {
        return en::possessive(owner);
    }
    if let Some(next) = input.strip_prefix("a/an + ") {
        return en::with_article(next);
    }
    if let Some(noun) = input.strip_prefix("plural of ") {
        return en::plural_phrase(noun);
    }
    match input.split_once(": ").unwrap() {
        ("brands ending in s", brand) => en::possessive(brand),
        ("title case", text) => en::title_case(text),
        ("sentence case", text) => en::sentence_case(text, &[]),
        ("contract", text) => en::contract(text),
        ("serial comma US", text) => en::join(&items(text), "and", Market::EnUs.serial_comma()),
        ("no serial comma GB", text) => en::join(&items(text), "and", Market::EnGb.serial_comma()),
        _ => panic!("unknown english {input}"),
    }
}

/// Both numbers of the third person.
#[test]
fn third_person() {
    assert_eq!(es::present_third("cuidar", Number::Singular), "cuida");
    assert_eq!(es::present_third("incluir", Number::Plural), "incluyen");
}
