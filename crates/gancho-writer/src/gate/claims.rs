//! Claims and superlatives: only those that the brief makes itself.
//!
//! The words are in `data/claims.txt`. A claim that the brief carries in other words of the same row passes; a
//! superlative must be the brief's own.

use super::context::{Context, Line, is_function_word, matches_phrase, phrase_of};
use super::{Violation, ViolationKind};
use crate::stem::stem;
use crate::words::tokens;
use gancho_copy::Language;
use std::collections::HashMap;
use std::sync::LazyLock;

struct Row {
    kind: ViolationKind,
    /// Whether the very words must be in the brief.
    own: bool,
    triggers: Vec<Vec<String>>,
    carriers: Vec<Vec<String>>,
}

struct Table {
    rows: Vec<Row>,
    /// First word of a trigger to row and trigger; words with `*` by their first three letters.
    exact: HashMap<String, Vec<(usize, usize)>>,
    open: HashMap<String, Vec<(usize, usize)>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let lines = include_str!("../../data/claims.txt").lines();
    let mut table = Table { rows: Vec::new(), exact: HashMap::new(), open: HashMap::new() };
    for line in lines.filter(|line| !line.starts_with('#') && line.contains('|')) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [kind, how, triggers, carriers] = cells[..] else { continue };
        let kind = match kind {
            "claim" => ViolationKind::UnsupportedClaim,
            _ => ViolationKind::UnsupportedSuperlative,
        };
        let phrases =
            |cell: &str| cell.split(',').map(phrase_of).filter(|it| !it.is_empty()).collect::<Vec<_>>();
        let row = Row { kind, own: how == "own", triggers: phrases(triggers), carriers: phrases(carriers) };
        for (i, trigger) in row.triggers.iter().enumerate() {
            let place = (table.rows.len(), i);
            match trigger[0].strip_suffix('*') {
                Some(start) => table.open.entry(start.chars().take(3).collect()).or_default().push(place),
                None => table.exact.entry(trigger[0].clone()).or_default().push(place),
            }
        }
        table.rows.push(row);
    }
    table
});

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    for (at, word) in line.tokens.iter().enumerate() {
        if line.is_own(word.start, word.end) {
            continue;
        }
        let plain = word.folded.strip_suffix("'s").unwrap_or(&word.folded);
        let start: String = plain.chars().take(3).collect();
        let exact = TABLE
            .exact
            .get(plain)
            .into_iter()
            .chain(TABLE.exact.get(&word.folded).filter(|_| plain.len() < word.folded.len()));
        let open = TABLE.open.get(&start).into_iter();
        let mut seen = None;
        for (row, trigger) in exact.flatten().chain(open.flatten()) {
            let (row, phrase) = (&TABLE.rows[*row], &TABLE.rows[*row].triggers[*trigger]);
            if seen == Some(row.kind) || !matches_phrase(line, at, phrase) || is_idiom(line, at) {
                continue;
            }
            if !is_carried(row, phrase, line, at, context) || is_other_gift(line, at, context) {
                let end = line.tokens[at + phrase.len() - 1].end;
                out.push(line.violation(row.kind, word.start, end, None));
                seen = Some(row.kind);
            }
        }
        if seen.is_none() && is_degree(line, at, context) {
            out.push(line.word(ViolationKind::UnsupportedSuperlative, at, None));
        }
    }
    check_number_one(line, context, out);
}

fn is_carried(row: &Row, phrase: &[String], line: &Line<'_>, at: usize, context: &Context) -> bool {
    if row.own {
        let words: Vec<&str> = (at..at + phrase.len()).map(|i| line.at(i)).collect();
        let open = phrase.len() == 1 && phrase[0].ends_with('*');
        return context.says(&words.join(" ")) || open && says_phrase(context, phrase);
    }
    row.triggers.iter().chain(&row.carriers).any(|it| says_phrase(context, it))
}

/// What is free here is not what is free in the brief: *free parking* does not make the walks free.
fn is_other_gift(line: &Line<'_>, at: usize, context: &Context) -> bool {
    let free = |word: &str| word == "free" || word == "gratis" || word.starts_with("gratuit");
    if !free(line.at(at)) {
        return false;
    }
    let near = |i: &usize| {
        let word = line.at(*i);
        *i != at && !word.is_empty() && !is_function_word(word) && !line.tokens[*i].has_digit()
    };
    let sentence = line.sentence(at);
    let around = (at.saturating_sub(2).max(sentence.start)..(at + 3).min(sentence.end)).filter(near);
    let stems: Vec<String> = around.map(|i| stem(line.at(i), context.language())).collect();
    let gifts = context
        .sources
        .iter()
        .map(|text| tokens(text))
        .filter(|words| words.iter().any(|it| free(&it.folded)));
    let mut named = gifts.flatten().map(|it| stem(&it.folded, context.language()));
    !stems.is_empty()
        && context.folded.iter().any(|text| text.split(' ').any(free))
        && !named.any(|it| stems.contains(&it))
}

/// Whether a source holds the phrase; `*` matches the rest of a word.
fn says_phrase(context: &Context, phrase: &[String]) -> bool {
    let joined = phrase.join(" ");
    match joined.strip_suffix('*') {
        Some(start) => {
            let start = format!(" {start}");
            context.folded.iter().any(|text| text.contains(&start))
        }
        None if phrase.iter().any(|it| !it.chars().all(char::is_alphanumeric)) => {
            context.sources.iter().any(|text| text.to_lowercase().contains(&joined))
        }
        None => context.says(&joined),
    }
}

/// Everyday turns that hold a word of the list and claim nothing.
fn is_idiom(line: &Line<'_>, at: usize) -> bool {
    let (before, word, after) = (at.checked_sub(1).map_or("", |i| line.at(i)), line.at(at), line.at(at + 1));
    match word {
        "mejor" => before == "lo" || after == "dicho" || after == "aun",
        // `BPA-free` is a claim of its own; `feel free` is none.
        "free" => before == "feel" || after == "to" || after == "up" || after == "from" || after == "time",
        "local" | "locales" => matches!(before, "tu" | "su" | "el" | "nuestro" | "los" | "nuestros" | "tus"),
        "plata" | "oro" | "gold" | "silver" => {
            !matches!(before, "de" | "a" | "the" | "won" | "of")
                && at > 0
                && !after.starts_with("med")
                && after != "award"
        }
        "results" => before == "see" || before == "search",
        "top" => before == "on" || before == "tank" || after == "up",
        "light" => false,
        "siempre" | "always" => before == "como" || before == "as",
        "returns" => before == "happy",
        "instantane" => false,
        _ => false,
    }
}

/// Superlatives and comparisons by their form: *-ísimo*, *más … que*, *the -est*, *-er than*, *more … than*.
fn is_degree(line: &Line<'_>, at: usize, context: &Context) -> bool {
    const NOT_EST: &[&str] = &[
        "best",
        "test",
        "rest",
        "guest",
        "quest",
        "west",
        "nest",
        "vest",
        "chest",
        "forest",
        "harvest",
        "interest",
        "honest",
        "modest",
        "request",
        "protest",
        "invest",
        "suggest",
        "contest",
        "digest",
        "latest",
        "nearest",
        "crest",
        "midwest",
        "northwest",
        "southwest",
        "arrest",
        "conquest",
        "manifest",
        "reinvest",
        "tempest",
        "zest",
    ];
    let word = line.at(at);
    let held = context.words.contains(word);
    if context.language() == Language::Es {
        let degree = ["isimo", "isima", "isimos", "isimas"]
            .iter()
            .any(|it| word.ends_with(it) && word.len() > it.len() + 2);
        let than = matches!(word, "mas" | "menos")
            && (2..=3).any(|i| line.at(at + i) == "que")
            && !matches!(line.at(at + 1), "de" | "que");
        let article = at >= 2 && matches!(line.at(at - 2), "el" | "la" | "los" | "las");
        let relative = article
            && line.follows(at)
            && line.follows(at - 1)
            && line.follows(at + 1)
            && word == "mas"
            && !is_function_word(line.at(at + 1))
            && !is_function_word(line.at(at - 1))
            && !line.tokens[at - 1].has_digit();
        return degree && !held
            || relative && !context.says(&format!("mas {}", line.at(at + 1)))
            || than && !context.says(&format!("{word} {}", line.at(at + 1)));
    }
    let superlative = word.len() >= 6 && word.ends_with("est") && !NOT_EST.contains(&word);
    let comparative = word.len() >= 5 && (word.ends_with("er") && line.at(at + 1) == "than")
        || word == "more" && line.at(at + 2) == "than" && line.at(at + 1) != "just";
    (superlative || comparative) && !held
}

/// `n.º 1`, `#1`, `No. 1`.
fn check_number_one(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    let lower: String = line.text.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect();
    if lower.len() != line.text.len() {
        return;
    }
    for sign in ["n.º 1", "n.º1", "nº 1", "nº1", "n° 1", "n°1", "no. 1", "no.1", "#1", "# 1", "núm. 1"]
    {
        for (start, it) in lower.match_indices(sign) {
            let end = start + it.len();
            let longer = line.text[end..].starts_with(|c: char| c.is_numeric());
            let inside = line.text[..start].ends_with(char::is_alphanumeric);
            let held = context.sources.iter().any(|text| text.to_lowercase().contains(sign));
            if !longer && !inside && !held && !line.is_own(start, end) {
                out.push(line.violation(ViolationKind::UnsupportedSuperlative, start, end, None));
            }
        }
    }
}
