//! Proper names: those of the brief, unchanged, and no others.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use crate::brief::Checked;
use crate::facts::names;
use crate::stem::stem;
use crate::words::{edits, tokens};
use std::collections::{HashMap, HashSet};

/// The names of a brief.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Folded word of a name to its ways of writing.
    words: HashMap<String, HashSet<String>>,
    /// Words of a brand that has several of them, and the brand: they are checked together.
    brand: Option<(Vec<String>, String)>,
}

impl Names {
    pub(crate) fn new(checked: &Checked) -> Self {
        let brief = &checked.brief;
        let mut out = Self::default();
        let mut common = HashSet::new();
        let texts: Vec<(String, &str)> =
            brief.sources().into_iter().chain([("audience".to_owned(), brief.audience.as_str())]).collect();
        for (field, text) in &texts {
            let words = tokens(text);
            let small =
                words.iter().filter(|it| field != "brand" && it.text.chars().all(|c| !c.is_uppercase()));
            common.extend(small.map(|it| it.folded.clone()));
            if field == "brand" || is_title_case(text) {
                continue;
            }
            for name in names(text, false) {
                for word in tokens(&name.text).iter().filter(|it| it.text.chars().count() >= 3) {
                    out.words.entry(word.folded.clone()).or_default().insert(word.text.to_owned());
                }
            }
        }
        out.words.retain(|folded, _| !common.contains(folded));
        let brand: Vec<String> = tokens(&brief.brand).into_iter().map(|it| it.folded).collect();
        if !brand.is_empty() {
            out.brand = Some((brand, brief.brand.trim().to_owned()));
        }
        out
    }

    pub(super) fn check(&self, line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
        self.check_brand(line, out);
        let title = is_title_case(line.text);
        for (i, word) in line.tokens.iter().enumerate() {
            if line.is_own(word.start, word.end) || word.has_digit() {
                continue;
            }
            if let Some(surfaces) = self.words.get(&word.folded) {
                let upper = surfaces.iter().any(|it| it.to_uppercase() == word.text);
                if !surfaces.contains(word.text) && !upper {
                    let wanted = surfaces.iter().min().map(String::as_str);
                    out.push(line.word(ViolationKind::NameChanged, i, wanted));
                }
            } else if let Some(near) = self.near_name(&word.folded, context).filter(|_| word.is_capitalized())
            {
                out.push(line.word(ViolationKind::NameChanged, i, Some(near)));
            } else if !title && is_foreign_name(line, i, context) {
                out.push(line.word(ViolationKind::InventedFact, i, None));
            }
        }
    }

    /// The brand, written with other letters or accents.
    fn check_brand(&self, line: &Line<'_>, out: &mut Vec<Violation>) {
        let Some((words, brand)) = &self.brand else { return };
        let spelled: Vec<String> = tokens(brand).into_iter().map(|it| it.text.to_owned()).collect();
        // One short word may be a word of the language: the name of a shop called «Luz» does not own light.
        if words.len() == 1 && words[0].chars().count() < 5 {
            return;
        }
        for found in line.tokens.windows(words.len()) {
            let same = found.iter().zip(words).all(|(token, word)| token.folded == *word);
            let near_gap = |token: &crate::words::Token<'_>| !token.gap.contains(['.', '!', '?', '\n']);
            let exact = found
                .iter()
                .zip(&spelled)
                .all(|(token, word)| token.text == word || *token.text == word.to_uppercase());
            if same && !exact && found.iter().skip(1).all(near_gap) {
                let (start, end) = (found[0].start, found[words.len() - 1].end);
                out.push(line.violation(ViolationKind::NameChanged, start, end, Some(brand)));
            }
        }
    }

    /// A name of the brief that differs by one letter.
    fn near_name(&self, folded: &str, context: &Context) -> Option<&str> {
        let letters: Vec<char> = folded.chars().collect();
        if letters.len() < 5 || letters.len() > 30 || context.speaks_of(folded) {
            return None;
        }
        let brand = self.brand.as_ref().map(|(words, _)| words.as_slice()).unwrap_or_default();
        let known = self.words.keys().chain(brand).map(String::as_str);
        let mut near = known.filter(|it| {
            let name: Vec<char> = it.chars().collect();
            name.len() >= 5 && name.len().abs_diff(letters.len()) <= 1 && edits(&letters, &name) == 1
        });
        near.find(|it| stem(it, context.language()) != stem(folded, context.language()))
    }
}

/// A capital inside a sentence on a word that the brief lacks.
fn is_foreign_name(line: &Line<'_>, at: usize, context: &Context) -> bool {
    const USUAL: &[&str] =
        &["i", "i'm", "i'll", "i've", "i'd", "ok", "tv", "diy", "ud", "uds", "sr", "sra", "app"];
    let word = &line.tokens[at];
    let capital = word.is_capitalized() && !word.opens_sentence() && word.text.chars().count() > 1;
    capital && !USUAL.contains(&word.folded.as_str()) && !context.words.contains(&word.folded) && {
        // A word of the brief may take a capital where the line begins anew after a dash or a bracket.
        !(context.speaks_of(&word.folded)
            && word.gap.trim().len() < word.gap.len()
            && !word.gap.trim().is_empty())
    }
}

/// Whether a text is set in title case: most words of four letters and more begin with a capital.
pub(crate) fn is_title_case(text: &str) -> bool {
    let words = tokens(text);
    if !words.first().is_some_and(|it| it.is_capitalized() || it.has_digit()) {
        return false;
    }
    let long: Vec<_> =
        words.iter().skip(1).filter(|it| it.text.chars().count() >= 4 && !it.has_digit()).collect();
    let capitals = long.iter().filter(|it| it.is_capitalized()).count();
    long.len() >= 2 && capitals * 3 >= long.len() * 2 || long.len() == 1 && words.len() <= 3 && capitals == 1
}
