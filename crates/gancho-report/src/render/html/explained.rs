//! The explanation of one creative on the page: words with shade and sign, regions, what to change.

use serde::Serialize;

use crate::explanation::NOTHING;
use crate::{Messages, ScoreRecord, WordEffectRecord};

/// Points from which a word gets the next darker shade, the first included. The steps are the same on every page.
const SHADES: [f64; 4] = [NOTHING, 0.5, 1.0, 2.0];
/// Points from which the number stands beside the word; below it the sign alone.
const NUMBERED: f64 = 0.5;

#[derive(Serialize)]
pub(super) struct Explained {
    fields: Vec<Field>,
    regions: Vec<String>,
    edits: Vec<String>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    spans: Vec<Span>,
}

/// A stretch of text; without a class it is as it is.
#[derive(Serialize, Debug, PartialEq)]
struct Span {
    text: String,
    class: Option<String>,
    /// `+` or `−`, with the points where they are many.
    sign: String,
    points: String,
}

impl Explained {
    pub(super) fn of(record: &ScoreRecord, messages: &Messages) -> Option<Self> {
        let explanation = record.explanation.as_ref()?;
        let fields = record.evidence.copy.fields().into_iter().filter_map(|(field, text)| {
            let words: Vec<&WordEffectRecord> =
                explanation.words.iter().filter(|it| it.field == field && it.kind != "sentence").collect();
            let shaded = words.iter().any(|it| it.effect.abs() >= NOTHING);
            let name = messages.text(&format!("field-{}", field.replace('_', "-")), &[]);
            shaded.then(|| Some(Field { name, spans: spans(text?, &words, messages) }))?
        });
        Some(Self {
            fields: fields.collect(),
            regions: explanation
                .regions
                .iter()
                .filter(|it| it.effect.abs() >= NOTHING)
                .map(|it| it.text.clone())
                .collect(),
            edits: explanation.edits.iter().map(|it| it.text.clone()).collect(),
        })
    }
}

/// Cuts a field at its words. What does not lie in the text, or over an earlier word, is passed over.
fn spans(text: &str, words: &[&WordEffectRecord], messages: &Messages) -> Vec<Span> {
    let chars: Vec<char> = text.chars().collect();
    let plain = |text: &[char]| Span {
        text: text.iter().collect(),
        class: None,
        sign: String::new(),
        points: String::new(),
    };
    let mut words = words.to_vec();
    words.sort_by_key(|it| it.start);
    let (mut spans, mut at) = (Vec::new(), 0);
    for word in words {
        if word.start < at || word.end <= word.start || word.end > chars.len() || word.effect.abs() < NOTHING
        {
            continue;
        }
        if word.start > at {
            spans.push(plain(&chars[at..word.start]));
        }
        spans.push(shaded(&chars[word.start..word.end], word.effect, messages));
        at = word.end;
    }
    if at < chars.len() {
        spans.push(plain(&chars[at..]));
    }
    spans
}

fn shaded(text: &[char], effect: f64, messages: &Messages) -> Span {
    let shade = SHADES.iter().filter(|it| effect.abs() >= **it).count();
    let (side, sign) = if effect > 0.0 { ("up", "+") } else { ("down", "\u{2212}") };
    let points = messages.locale().signed(effect, 1);
    Span {
        text: text.iter().collect(),
        class: Some(format!("{side} s{shade}")),
        sign: if effect.abs() >= NUMBERED { points.clone() } else { sign.to_owned() },
        points,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    fn word(text: &str, start: usize, end: usize, effect: f64) -> WordEffectRecord {
        let (field, kind) = ("headline".to_owned(), "word".to_owned());
        WordEffectRecord { field, kind, text: text.to_owned(), start, end, effect }
    }

    #[test]
    fn words_are_cut_out_of_their_text() {
        let messages = Messages::new(Locale::Es);
        let words =
            [word("Año", 1, 4, 1.26), word("ya", 6, 8, -0.2), word("o", 3, 4, 9.0), word("x", 7, 99, 9.0)];
        let found = spans("¡Año, ya!", &words.iter().collect::<Vec<_>>(), &messages);
        let said: Vec<(&str, Option<&str>, &str)> =
            found.iter().map(|it| (it.text.as_str(), it.class.as_deref(), it.sign.as_str())).collect();
        assert_eq!(
            said,
            [
                ("¡", None, ""),
                ("Año", Some("up s3"), "+1,3"),
                (", ", None, ""),
                ("ya", Some("down s1"), "−"),
                ("!", None, "")
            ]
        );
    }
}
