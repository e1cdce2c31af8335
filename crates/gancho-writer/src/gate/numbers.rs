//! Numbers, prices, percentages, dates and codes: only those of the brief, byte for byte.

use super::context::{Context, Line, is_function_word};
use super::{Violation, ViolationKind};
use crate::brief::Brief;
use crate::facts::{Atom, AtomKind, Facts, atoms, dates, month_of, number_word};
use crate::stem::stem;
use crate::words::{fold, tokens};
use std::collections::{HashMap, HashSet};

/// The numbers of a brief, and what each of them counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Numbers {
    cores: HashMap<String, Reading>,
    /// Numbers inside ranges, as 9 and 11 in `9-11`.
    parts: HashSet<String>,
    codes: HashSet<String>,
    dates: HashSet<String>,
    /// Stems of the words around each number.
    near: HashMap<String, HashSet<String>>,
}

/// How a number is used in the brief.
#[derive(Debug, Clone, Default)]
struct Reading {
    kinds: HashSet<AtomKind>,
    units: HashSet<String>,
}

impl Numbers {
    pub(crate) fn new(brief: &Brief) -> Self {
        let mut out = Self::default();
        let facts = Facts::of(brief);
        let stated: HashSet<&str> = facts
            .atoms
            .iter()
            .filter(|(field, _)| !field.starts_with("numbers"))
            .map(|(_, it)| it.core.as_str())
            .collect();
        for (field, atom) in &facts.atoms {
            // The list of numbers often repeats one without its sign: that tells nothing new.
            let repeated = field.starts_with("numbers") && atom.kind == AtomKind::Number;
            if !(repeated && stated.contains(atom.core.as_str())) {
                out.add(atom);
            }
        }
        let audience = [brief.audience.as_str()];
        for text in brief.sources().into_iter().map(|(_, text)| text).chain(audience) {
            atoms(text).iter().filter(|_| text == brief.audience).for_each(|atom| out.add(atom));
            out.add_neighbors(text, brief);
        }
        out
    }

    fn add(&mut self, atom: &Atom) {
        match atom.kind {
            AtomKind::Code | AtomKind::Url => {
                self.codes.insert(atom.core.clone());
                return;
            }
            AtomKind::Date => {
                self.dates.insert(atom.core.clone());
                return;
            }
            AtomKind::Name => return,
            _ => {}
        }
        // `9-11` is a range, `0451-2` a code.
        let parts: Vec<&str> = atom.core.split(['-', '–']).collect();
        let range = parts.len() == 2
            && parts.iter().all(|it| it.len() <= 4 && !(it.len() > 1 && it.starts_with('0')));
        self.parts.extend(parts.into_iter().filter(|_| range).map(str::to_owned));
        let reading = self.cores.entry(atom.core.clone()).or_default();
        reading.kinds.insert(atom.kind);
        reading.units.insert(atom.unit.clone());
    }

    /// Up to four words behind a number and two before it.
    fn add_neighbors(&mut self, text: &str, brief: &Brief) {
        let words = tokens(text);
        for atom in atoms(text) {
            let first = words.partition_point(|word| word.end <= atom.start);
            let behind = words.partition_point(|word| word.start < atom.end);
            let around = words[first.saturating_sub(2)..first].iter().chain(words[behind..].iter().take(4));
            let stems = around.filter(|word| !is_function_word(&word.folded));
            let near = self.near.entry(atom.core.clone()).or_default();
            near.extend(stems.map(|word| stem(&word.folded, brief.language)));
        }
    }

    pub(super) fn check(&self, line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
        for atom in atoms(line.text).iter().filter(|atom| !line.is_own(atom.start, atom.end)) {
            let changed = ViolationKind::NumberChanged;
            if !self.allows(atom, &context.brief) {
                out.push(line.violation(changed, atom.start, atom.end, self.nearest(&atom.core)));
            } else if let Some(word) = self.other_noun(atom, line, context) {
                let (start, end) = (atom.start, line.tokens[word].end);
                out.push(line.violation(ViolationKind::UnsupportedClaim, start, end, None));
            }
        }
        for date in dates(line.text) {
            if !self.dates.contains(&date.core) && !line.is_own(date.start, date.end) {
                out.push(line.violation(ViolationKind::NumberChanged, date.start, date.end, None));
            }
        }
        self.check_words(line, context, out);
    }

    fn allows(&self, atom: &Atom, brief: &Brief) -> bool {
        if matches!(atom.kind, AtomKind::Code | AtomKind::Url) {
            // `omega-3` may open a sentence, `PATITAS15` stays as it is.
            let same = |code: &String| code.contains(char::is_lowercase) && fold(code) == fold(&atom.core);
            return self.codes.contains(&atom.core) || self.codes.iter().any(same);
        }
        let Some(reading) = self.cores.get(&atom.core) else {
            return self.parts.contains(&atom.core)
                && matches!(atom.kind, AtomKind::Number | AtomKind::Measure);
        };
        let is = |kind: AtomKind| reading.kinds.contains(&kind);
        match atom.kind {
            AtomKind::Percent => is(AtomKind::Percent),
            AtomKind::Money => {
                is(AtomKind::Money)
                    && (reading.units.contains(&atom.unit) || bare_price(reading, &atom.unit, brief))
            }
            AtomKind::Measure => {
                // A number of the list may take any unit, sixteen cups may not become sixteen ounces.
                let free = self.near.get(&atom.core).is_none_or(HashSet::is_empty);
                reading.units.contains(&atom.unit) || is(AtomKind::Number) && reading.kinds.len() == 1 && free
            }

            _ => {
                is(AtomKind::Number)
                    || is(AtomKind::Measure)
                    || is(AtomKind::Money) && reading.units.contains("")
            }
        }
    }

    /// The word behind a plain number that the brief does not put there: 16 cups are not 16 servings.
    fn other_noun(&self, atom: &Atom, line: &Line<'_>, context: &Context) -> Option<usize> {
        if atom.kind != AtomKind::Number
            || !atom.core.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        {
            return None;
        }
        let near = self.near.get(&atom.core).filter(|near| !near.is_empty())?;
        let behind = line.tokens.partition_point(|word| word.start < atom.end);
        let mut first = None;
        for at in behind..(behind + 3).min(line.tokens.len()) {
            let word = &line.tokens[at];
            if !line.follows(at) || word.has_digit() || is_function_word(&word.folded) {
                break;
            }
            if near.contains(&stem(&word.folded, context.language())) {
                return None;
            }
            first = first.or(Some(at));
        }
        first
    }

    /// Numbers as words, months and days of the week that the brief lacks.
    fn check_words(&self, line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
        const WEEK: [&[&str]; 7] = [
            &["lunes", "monday", "mon"],
            &["martes", "tuesday", "tue"],
            &["miercoles", "wednesday", "wed"],
            &["jueves", "thursday", "thu"],
            &["viernes", "friday", "fri"],
            &["sabado", "saturday", "sat", "sabados"],
            &["domingo", "sunday", "sun", "domingos"],
        ];
        const LEADS: &[&str] = &[
            "on", "this", "every", "next", "until", "by", "el", "los", "este", "cada", "hasta", "del", "al",
            "proximo",
        ];
        for (i, word) in line.tokens.iter().enumerate() {
            if line.is_own(word.start, word.end) || context.words.contains(&word.folded) {
                continue;
            }
            let day = WEEK.iter().find(|names| names.contains(&word.folded.as_str()));
            // *Sábado de barro* sets a scene; *este sábado* and `on Sunday` say when.
            let dated = i > 0 && LEADS.contains(&line.at(i - 1));
            let short = word.folded.len() <= 3;
            let unknown_day = dated
                && day.is_some_and(|names| !names.iter().any(|name| context.words.contains(*name)))
                && (!short || word.is_capitalized() && word.folded != "sun");
            let ambiguous = matches!(word.folded.as_str(), "may" | "march") && word.text.starts_with('m')
                || word.folded.len() <= 4 && !matches!(word.folded.as_str(), "mayo" | "june" | "july");
            let unknown_month = month_of(&word.folded).is_some() && !ambiguous;
            let unknown_number = number_word(&word.folded).is_some_and(|value| {
                !self.cores.contains_key(&value.to_string()) && !self.parts.contains(&value.to_string())
            });
            if unknown_day || unknown_month || unknown_number {
                out.push(line.word(ViolationKind::InventedFact, i, None));
            }
        }
    }

    /// A number of the brief that has the same digits, for the message.
    fn nearest(&self, core: &str) -> Option<&str> {
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let wanted = digits(core);
        let mut same: Vec<&str> =
            self.cores.keys().filter(|it| digits(it) == wanted).map(String::as_str).collect();
        same.sort_unstable();
        same.first().copied()
    }
}

/// A price that stands in the brief without a sign takes that of its currency.
fn bare_price(reading: &Reading, sign: &str, brief: &Brief) -> bool {
    let signs: &[&str] = match brief.currency.trim().to_uppercase().as_str() {
        "EUR" => &["€", "EUR", "euros", "euro"],
        "GBP" => &["£", "GBP"],
        "USD" => &["$", "US$", "USD", "dollars", "dólares"],
        "MXN" => &["$", "MX$", "MXN", "pesos"],
        "ARS" | "COP" | "CLP" => &["$", "ARS", "COP", "CLP", "pesos"],
        "AUD" => &["$", "A$", "AU$", "AUD"],
        "CAD" => &["$", "C$", "CA$", "CAD"],
        _ => return reading.units.contains(""),
    };
    reading.units.contains("") && signs.contains(&sign)
}
