//! All features of one text, named.

use crate::Language;
use crate::diversity::{mtld, type_token_ratio};
use crate::emoji::{emoji, is_emoji};
use crate::entities::extract;
use crate::imperative::{opener, opens_with_infinitive};
use crate::lengths::{graphemes, sentences, utf16_units, words};
use crate::lexicon::{self, Lexicon};
use crate::marks::{ellipses, list_items, quotes, tone};
use crate::normalize::{key, normalize};
use crate::numbers::figures;
use crate::person::Persons;
use crate::readability::Counts;
use unicode_segmentation::UnicodeSegmentation;

/// Defines the struct and, from the same list, the names: a feature cannot be forgotten in one of them.
macro_rules! text_features {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {
        /// Features of one text. Every field is a count, a share from 0 to 1, a mean or a flag (0 or 1), as its
        /// line says; `None` where it is not defined (no words, a language without a rule, too short a text).
        ///
        /// Counts are taken on the [normal form](crate::normalize). *Prose* is that form without addresses,
        /// hashtags and mentions; *words* are those of the prose ([`words`](crate::words)).
        #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct TextFeatures {
            $($(#[doc = $doc])+ #[serde(skip_serializing_if = "Option::is_none")] pub $name: Option<f64>,)+
        }

        impl TextFeatures {
            /// Names of all features, in the order of [`named`](Self::named).
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// The features that are defined for this text, by name, in a fixed order.
            pub fn named(&self) -> Vec<(&'static str, f64)> {
                [$((stringify!($name), self.$name)),+]
                    .into_iter()
                    .filter_map(|(name, value)| value.map(|value| (name, value)))
                    .collect()
            }
        }
    };
}

text_features! {
    /// Extended grapheme clusters (UAX 29), line feeds and spaces included.
    graphemes;
    /// UTF-16 code units.
    utf16_units;
    /// Words of the prose (UAX 29).
    words;
    /// Sentences of the prose; see [`sentences`](crate::sentences).
    sentences;
    /// Lines that are not empty.
    lines;
    /// Graphemes of the prose for each word, spaces and signs included.
    characters_per_word;
    /// Words for each sentence.
    words_per_sentence;
    /// Mean graphemes of a word.
    mean_word_length;
    /// Graphemes of the longest word.
    longest_word;
    /// Share of words with more than six graphemes (the long words of LIX, Björnsson 1968).
    long_word_share;
    /// Syllables for each word, Spanish and English; figures and money as read aloud.
    syllables_per_word;
    /// Decimal digits 0-9.
    digits;
    /// Numbers in digits; `1.299,00` is one.
    numbers;
    /// Numbers with a sign, code or word of currency.
    currency_amounts;
    /// Numbers with a percent sign or word.
    percentages;
    /// Flag: the first word begins with a digit.
    starts_with_number;
    /// `?` signs.
    question_marks;
    /// `!` signs.
    exclamation_marks;
    /// `¿` signs.
    inverted_question_marks;
    /// `¡` signs.
    inverted_exclamation_marks;
    /// Spanish only: runs of marks without the partner that Spanish demands (`Listo?`, `¡Ya`).
    unmatched_marks;
    /// Passages in quotation marks.
    quotes;
    /// `…` or three points.
    ellipses;
    /// Emoji; a ZWJ family, a flag or a keycap is one.
    emoji;
    /// Flag: the first grapheme is an emoji.
    starts_with_emoji;
    /// Upper-case letters as a share of letters that have a case.
    capital_share;
    /// Words of at least two cased letters, all of them capitals.
    all_caps_words;
    /// All-capitals words as a share of words.
    all_caps_share;
    /// Web and mail addresses.
    urls;
    /// Hashtags.
    hashtags;
    /// Mentions (`@name`).
    mentions;
    /// Items of lists: lines that begin with a bullet, a number or an emoji, and bullets inside a line.
    list_items;
    /// Flag: at least two items of lists.
    list_like;
    /// English, from 30 words: Flesch reading ease, about 0 (hard) to 100 (easy).
    flesch;
    /// English, from 30 words: Flesch-Kincaid grade, years of school.
    flesch_kincaid_grade;
    /// Spanish, from 30 words: Fernández Huerta 1959 as corrected by Law 2011, about 0 (hard) to 100 (easy).
    fernandez_huerta;
    /// Spanish, from 30 words: Szigriszt-Pazos 1993, about 0 (hard) to 100 (easy); INFLESZ bands apply.
    szigriszt_pazos;
    /// Different words by words; falls with length.
    type_token_ratio;
    /// From 30 words: MTLD (McCarthy and Jarvis 2010), words; robust to length.
    mtld;
    /// Spanish: words, verb forms and openers of tú. `te`, `tu` and others shared with vos count here
    /// unless the text has more clear forms of vos.
    second_person_tu;
    /// Spanish: usted, ustedes and formal openers (`Reserve`); `su`, `sus` only beside one of these.
    second_person_usted;
    /// Spanish: vos, its verb forms (`podés`) and openers (`Descargá`).
    second_person_vos;
    /// Spanish: vosotros, os, vuestro and verbs in -áis, -éis.
    second_person_vosotros;
    /// English: you and its forms.
    second_person_you;
    /// First person pronouns and possessives as a share of words.
    first_person_share;
    /// All second person forms as a share of words (openers included, at most 1).
    second_person_share;
    /// Third person pronouns as a share of words; Spanish without articles, `se` and `su`.
    third_person_share;
    /// Flag: the text opens with an imperative.
    imperative_opener;
    /// Share of sentences that open with an imperative.
    imperative_share;
    /// Spanish, flag: the text opens with an infinitive (`Ver más`).
    infinitive_opener;
    /// Negation words; English words in -n't too.
    negations;
    /// Superlatives by list, and Spanish -ísimo.
    superlatives;
    /// Words and phrases of curiosity and forward reference (`lo que`, `esto`, `what happens`, `these`).
    curiosity_words;
    /// Words and phrases of temporal urgency (`hoy`, `últimas horas`, `limited time`).
    urgency_words;
    /// Function words as a share of words.
    function_word_share;
    /// Words of a small own list of good feeling as a share of words: crude, blind to negation and irony.
    positive_share;
    /// Words of a small own list of bad feeling as a share of words: crude, blind to negation and irony.
    negative_share;
}

impl TextFeatures {
    /// Measures a text. The same for NFC and NFD, and for any amount of white space; linear in its length.
    pub fn of(text: &str, language: Language) -> Self {
        let text = normalize(text);
        let found = extract(&text);
        let sentences: Vec<Vec<String>> =
            sentences(&found.prose).into_iter().map(|sentence| words(sentence).map(key).collect()).collect();
        let mut features = Self {
            urls: count(found.urls),
            hashtags: count(found.hashtags),
            mentions: count(found.mentions),
            sentences: count(sentences.len()),
            ..Self::default()
        };
        features.measure_form(&text, &found.prose);
        features.measure_signs(&text, &found.prose, language);
        features.measure_capitals(&found.prose);
        features.measure_readability(&found.prose, language);
        features.measure_words(&sentences, language);
        features
    }

    fn measure_form(&mut self, text: &str, prose: &str) {
        self.graphemes = count(graphemes(text));
        self.utf16_units = count(utf16_units(text));
        self.lines = count(text.lines().filter(|line| !line.trim().is_empty()).count());
        let lengths: Vec<usize> = words(prose).map(graphemes).collect();
        self.words = count(lengths.len());
        self.longest_word = count(lengths.iter().copied().max().unwrap_or(0));
        self.characters_per_word = ratio(graphemes(prose.trim()), lengths.len());
        self.mean_word_length = ratio(lengths.iter().sum(), lengths.len());
        self.long_word_share = ratio(lengths.iter().filter(|length| **length > 6).count(), lengths.len());
        self.words_per_sentence = self.sentences.filter(|n| *n > 0.0).map(|n| lengths.len() as f64 / n);
    }

    fn measure_signs(&mut self, text: &str, prose: &str, language: Language) {
        let figures = figures(prose);
        self.digits = count(prose.chars().filter(char::is_ascii_digit).count());
        self.numbers = count(figures.numbers);
        self.currency_amounts = count(figures.currency);
        self.percentages = count(figures.percentages);
        self.starts_with_number =
            flag(words(prose).next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit())));
        let tone = tone(prose);
        self.question_marks = count(tone.questions);
        self.exclamation_marks = count(tone.exclamations);
        self.inverted_question_marks = count(tone.inverted_questions);
        self.inverted_exclamation_marks = count(tone.inverted_exclamations);
        self.unmatched_marks = count(tone.unmatched).filter(|_| language == Language::Es);
        self.quotes = count(quotes(prose));
        self.ellipses = count(ellipses(prose));
        self.emoji = count(emoji(text));
        self.starts_with_emoji = flag(text.graphemes(true).next().is_some_and(is_emoji));
        let items = list_items(text);
        self.list_items = count(items);
        self.list_like = flag(items >= 2);
    }

    fn measure_capitals(&mut self, prose: &str) {
        let cased = |c: &char| c.is_uppercase() || c.is_lowercase();
        let capitals = prose.chars().filter(|c| c.is_uppercase()).count();
        self.capital_share = ratio(capitals, prose.chars().filter(cased).count());
        let all_caps = |word: &&str| {
            let mut letters = word.chars().filter(cased);
            word.chars().filter(cased).take(2).count() == 2 && letters.all(char::is_uppercase)
        };
        let shouted = words(prose).filter(all_caps).count();
        self.all_caps_words = count(shouted);
        self.all_caps_share = ratio(shouted, words(prose).count());
    }

    fn measure_readability(&mut self, prose: &str, language: Language) {
        let Some(counts) = Counts::of(prose, language) else { return };
        self.syllables_per_word = Some(counts.syllables / counts.words);
        if !counts.is_long_enough() {
            return;
        }
        if language == Language::Es {
            self.fernandez_huerta = Some(counts.fernandez_huerta());
            self.szigriszt_pazos = Some(counts.szigriszt_pazos());
        } else {
            self.flesch = Some(counts.flesch());
            self.flesch_kincaid_grade = Some(counts.flesch_kincaid_grade());
        }
    }

    fn measure_words(&mut self, sentences: &[Vec<String>], language: Language) {
        let keys: Vec<String> = sentences.concat();
        self.type_token_ratio = type_token_ratio(&keys);
        self.mtld = mtld(&keys);
        let Some(lists) = Lists::of(language) else { return };
        let singles = |list: &Lexicon| keys.iter().filter(|key| list.has(key)).count();
        self.negations =
            count(keys.iter().filter(|key| lists.negation.has(key) || is_negated(key, language)).count());
        self.superlatives =
            count(lists.superlatives.count(&keys) + keys.iter().filter(|k| is_isimo(k, language)).count());
        self.curiosity_words = count(lists.curiosity.count(&keys));
        self.urgency_words = count(lists.urgency.count(&keys));
        self.function_word_share = ratio(singles(lists.function), keys.len());
        self.positive_share = ratio(singles(lists.positive), keys.len());
        self.negative_share = ratio(singles(lists.negative), keys.len());
        self.measure_persons(sentences, keys.len(), language);
        let openers = sentences.iter().filter(|keys| opener(keys, language).is_some()).count();
        self.imperative_share = ratio(openers, sentences.len());
        self.imperative_opener = flag(sentences.first().is_some_and(|keys| opener(keys, language).is_some()));
        self.infinitive_opener = flag(sentences.first().is_some_and(|keys| opens_with_infinitive(keys)))
            .filter(|_| language == Language::Es);
    }

    fn measure_persons(&mut self, sentences: &[Vec<String>], words: usize, language: Language) {
        let persons = Persons::of(sentences, language);
        if language == Language::Es {
            self.second_person_tu = count(persons.tu);
            self.second_person_usted = count(persons.usted);
            self.second_person_vos = count(persons.vos);
            self.second_person_vosotros = count(persons.vosotros);
        } else {
            self.second_person_you = count(persons.you);
        }
        self.first_person_share = ratio(persons.first, words);
        self.second_person_share = ratio(persons.second().min(words), words);
        self.third_person_share = ratio(persons.third, words);
    }
}

/// The word lists of one language.
struct Lists {
    function: &'static Lexicon,
    positive: &'static Lexicon,
    negative: &'static Lexicon,
    negation: &'static Lexicon,
    superlatives: &'static Lexicon,
    curiosity: &'static Lexicon,
    urgency: &'static Lexicon,
}

impl Lists {
    fn of(language: Language) -> Option<Self> {
        match language {
            Language::Es => Some(Self {
                function: &lexicon::FUNCTION_ES,
                positive: &lexicon::POSITIVE_ES,
                negative: &lexicon::NEGATIVE_ES,
                negation: &lexicon::NEGATION_ES,
                superlatives: &lexicon::SUPERLATIVES_ES,
                curiosity: &lexicon::CURIOSITY_ES,
                urgency: &lexicon::URGENCY_ES,
            }),
            Language::En => Some(Self {
                function: &lexicon::FUNCTION_EN,
                positive: &lexicon::POSITIVE_EN,
                negative: &lexicon::NEGATIVE_EN,
                negation: &lexicon::NEGATION_EN,
                superlatives: &lexicon::SUPERLATIVES_EN,
                curiosity: &lexicon::CURIOSITY_EN,
                urgency: &lexicon::URGENCY_EN,
            }),
            Language::Other => None,
        }
    }
}

fn is_negated(key: &str, language: Language) -> bool {
    language == Language::En && key.ends_with("n't")
}

fn is_isimo(key: &str, language: Language) -> bool {
    language == Language::Es && ["ísimo", "ísima", "ísimos", "ísimas"].iter().any(|end| key.ends_with(end))
}

fn count(n: usize) -> Option<f64> {
    Some(n as f64)
}

fn flag(holds: bool) -> Option<f64> {
    Some(f64::from(u8::from(holds)))
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests;
