//! What the rules know of a brief, and of the line that they judge.

use super::{Violation, ViolationKind};
use crate::brief::{Brief, Checked};
use crate::placement::Placement;
use crate::stem::stem;
use crate::variant::Field;
use crate::words::{Token, fold, tokens};
use gancho_copy::Language;
use std::collections::HashSet;
use std::ops::Range;

/// The words and texts of a brief, prepared once.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    pub(crate) brief: Brief,
    pub(crate) placement: Placement,
    /// Texts that copy may be made of, longest first.
    pub(crate) sources: Vec<String>,
    /// Each source, folded, its words parted by single spaces and enclosed in spaces.
    pub(crate) folded: Vec<String>,
    /// Words of the sources and of the audience, as written.
    pub(crate) surfaces: HashSet<String>,
    /// The same, folded.
    pub(crate) words: HashSet<String>,
    /// Their stems.
    pub(crate) stems: HashSet<String>,
}

impl Context {
    pub(crate) fn new(checked: &Checked) -> Self {
        let brief = &checked.brief;
        let mut sources: Vec<String> =
            brief.sources().into_iter().map(|(_, text)| text.trim().to_owned()).collect();
        sources.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        sources.dedup();
        let (mut surfaces, mut words, mut stems) = (HashSet::new(), HashSet::new(), HashSet::new());
        let folded = sources.iter().map(|text| spaced(text)).collect();
        for text in sources.iter().map(String::as_str).chain([brief.audience.as_str()]) {
            for token in tokens(text) {
                stems.insert(stem(&token.folded, brief.language));
                surfaces.insert(token.text.to_owned());
                words.insert(token.folded);
            }
        }
        let placement = checked.placement.clone();
        Self { brief: brief.clone(), placement, sources, folded, surfaces, words, stems }
    }

    pub(crate) fn language(&self) -> Language {
        self.brief.language
    }

    /// Whether the brief uses a word of this family.
    pub(crate) fn speaks_of(&self, folded: &str) -> bool {
        self.words.contains(folded) || self.stems.contains(&stem(folded, self.brief.language))
    }

    /// Whether the folded words stand one after the other in a source.
    pub(crate) fn says(&self, phrase: &str) -> bool {
        let phrase = format!(" {phrase} ");
        self.folded.iter().any(|text| text.contains(&phrase))
    }
}

/// Folded words parted by single spaces and enclosed in spaces.
pub(crate) fn spaced(text: &str) -> String {
    let mut out = String::from(" ");
    for token in tokens(text) {
        out.push_str(&token.folded);
        out.push(' ');
    }
    out
}

/// A line under judgement.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    pub(crate) field: Field,
    pub(crate) text: &'a str,
    pub(crate) tokens: Vec<Token<'a>>,
    /// Where it repeats a text of the brief word by word: those words are the advertiser's own.
    own: Vec<Range<usize>>,
}

impl<'a> Line<'a> {
    pub(crate) fn new(field: Field, text: &'a str, context: &Context) -> Self {
        let mut own: Vec<Range<usize>> = Vec::new();
        for source in context.sources.iter().filter(|it| it.len() >= 3 && it.len() <= text.len()) {
            let ranges = text.match_indices(source.as_str()).map(|(at, it)| at..at + it.len());
            own.extend(ranges.filter(|range| is_whole(text, range)));
        }
        own.sort_by_key(|range| (range.start, range.end));
        Self { field, text, tokens: tokens(text), own }
    }

    /// Whether these bytes lie in a text that is the brief's, word by word.
    pub(crate) fn is_own(&self, start: usize, end: usize) -> bool {
        self.own.iter().any(|range| range.start <= start && end <= range.end)
    }

    /// Reports the bytes from `start` to `end`.
    pub(crate) fn violation(
        &self,
        kind: ViolationKind,
        start: usize,
        end: usize,
        wanted: Option<&str>,
    ) -> Violation {
        let found = self.text.get(start..end).unwrap_or_default().chars().take(80).collect();
        let wanted = wanted.map(|it| it.chars().take(80).collect());
        Violation { kind, field: Some(self.field), start, end, found, wanted }
    }

    /// Reports one word.
    pub(crate) fn word(&self, kind: ViolationKind, at: usize, wanted: Option<&str>) -> Violation {
        self.violation(kind, self.tokens[at].start, self.tokens[at].end, wanted)
    }

    /// The folded word at a position; empty outside.
    pub(crate) fn at(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.folded.as_str())
    }

    /// Whether word `at` follows the word before it after nothing but spaces or a hyphen.
    pub(crate) fn follows(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|it| it.gap.chars().all(|c| c.is_whitespace() || c == '-'))
    }

    /// The sentence that holds word `at`, as a range of words.
    pub(crate) fn sentence(&self, at: usize) -> Range<usize> {
        let breaks = |i: &usize| self.tokens[*i].gap.contains(['.', '!', '?', '…', '¿', '¡', '\n']);
        let start = (1..=at).rev().find(breaks).unwrap_or(0);
        let end = (at + 1..self.tokens.len()).find(breaks).unwrap_or(self.tokens.len());
        start..end
    }
}

fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let first = text[range.start..].chars().next();
    let last = text[..range.end].chars().next_back();
    let cut_before = joins(first) && joins(text[..range.start].chars().next_back());
    let cut_behind = joins(last) && joins(text[range.end..].chars().next());
    !cut_before && !cut_behind
}

/// Small words that carry no fact.
pub(crate) fn is_function_word(folded: &str) -> bool {
    const WORDS: &[&str] = &[
        "el", "la", "los", "las", "lo", "un", "una", "unos", "unas", "de", "del", "al", "a", "en", "y", "e",
        "o", "u", "con", "sin", "por", "para", "que", "se", "su", "sus", "tu", "tus", "mi", "es", "son",
        "si", "no", "ya", "mas", "muy", "como", "cuando", "donde", "hasta", "desde", "sobre", "entre",
        "cada", "este", "esta", "estos", "estas", "eso", "esto", "todo", "toda", "todos", "todas", "solo",
        "le", "les", "te", "me", "nos", "os", "vos", "usted", "the", "an", "and", "or", "of", "to", "in",
        "on", "at", "for", "with", "without", "by", "from", "your", "you", "our", "we", "us", "it", "its",
        "is", "are", "be", "as", "this", "that", "these", "those", "all", "any", "no", "not", "so", "up",
        "off", "out", "per", "than", "then", "when", "how", "i", "my", "now", "just", "only", "plus",
        "until", "through", "after", "before", "if", "each", "every", "more", "ahora", "hoy", "aqui",
    ];
    WORDS.contains(&folded)
}

/// A phrase of folded words; a word that ends in `*` stands for every word that begins so.
pub(crate) fn matches_phrase(line: &Line<'_>, at: usize, phrase: &[String]) -> bool {
    phrase.iter().enumerate().all(|(i, wanted)| {
        let Some(token) = line.tokens.get(at + i) else { return false };
        let joined = i == 0 || token.gap.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '’' | '\''));
        let same = match wanted.strip_suffix('*') {
            Some(start) => token.folded.starts_with(start),
            None => token.folded == *wanted || token.folded.strip_suffix("'s") == Some(wanted),
        };
        joined && same
    })
}

/// A text, folded, for the lookup of phrases.
pub(crate) fn phrase_of(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}
