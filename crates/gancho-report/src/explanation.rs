//! Why a creative scores what it scores, down to the word and the region, and what to change.
//!
//! Every number is a difference of scores: the creative as it is, less the creative changed in one place, among the
//! same peers. It is an association that the score holds, not an effect that a change will have. The same rules
//! hold as for the other [records](crate::schema): fields may be added, never renamed.

use serde::{Deserialize, Serialize};

use crate::Messages;
use crate::render::place_of;

/// The explanation of one score.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ExplanationRecord {
    /// What words, numbers, emoji and sentences add, by field and place.
    pub words: Vec<WordEffectRecord>,
    /// What regions of the picture add, strongest first; empty where the basis does not look at pictures.
    pub regions: Vec<RegionEffectRecord>,
    /// Changes with the largest expected gain, at most three; empty where nothing gains more than a point.
    pub edits: Vec<EditRecord>,
}

/// What a piece of the copy adds to the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WordEffectRecord {
    /// `headline` or `primary_text`.
    pub field: String,
    /// `word`, `number`, `emoji` or `sentence`.
    pub kind: String,
    /// The piece as it stands in the field.
    pub text: String,
    /// First character (Unicode scalar value) in the field, from 0.
    pub start: usize,
    /// Character after the last.
    pub end: usize,
    /// Points that it adds: the score less the score without it.
    pub effect: f64,
}

/// What a region of the picture adds to the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegionEffectRecord {
    /// Left, top, width and height in pixels of the oriented picture.
    #[serde(rename = "box")]
    pub area: [f64; 4],
    /// `text`, `attention` or `face`.
    pub kind: String,
    /// Points that it adds: the score less the score with the region filled from its surroundings.
    pub effect: f64,
    /// The sentence for people, from [`region_text`].
    pub text: String,
}

/// A change, and what the score would be worth more with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EditRecord {
    /// Stable code, as in `drop-sentence`.
    pub kind: String,
    /// The field that changes: `headline`, `primary_text`, `image`.
    pub field: String,
    /// The field as it is; of a picture its size, as in `1080x1920`, or the measure that changes.
    pub before: String,
    /// The field changed.
    pub after: String,
    /// Another field that changes with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<FieldEditRecord>,
    /// Where in the picture, pixels: what is taken out, or what a crop keeps.
    #[serde(default, rename = "box", skip_serializing_if = "Option::is_none")]
    pub area: Option<[f64; 4]>,
    /// Expected points.
    pub gain: f64,
    /// Lower end of the gain, 80 %; it may lie below zero.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The sentence for people, from [`edit_text`].
    pub text: String,
}

/// A second field that an edit changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldEditRecord {
    /// The field.
    pub field: String,
    /// As it is.
    pub before: String,
    /// Changed.
    pub after: String,
}

impl EditRecord {
    /// The codes of all kinds.
    pub const KINDS: &[&str] = &[
        "drop-word",
        "drop-sentence",
        "swap-words",
        "fix-capitals",
        "fix-marks",
        "drop-question",
        "ask-question",
        "first-sentence",
        "swap-fields",
        "sibling-headline",
        "remove-text",
        "crop-1x1",
        "crop-4x5",
        "crop-9x16",
        "contrast",
        "brightness",
    ];
}

/// Half of the last decimal that is shown: less than that reads as 0.0 points.
pub(crate) const NOTHING: f64 = 0.05;

/// What a region does, as in "The text at the top left costs 6.0 points".
pub fn region_text(messages: &Messages, kind: &str, area: [f64; 4], size: [f64; 2], effect: f64) -> String {
    let place = place_of([area[0] + area[2] / 2.0, area[1] + area[3] / 2.0], size);
    let place = messages.text(&format!("see-at-{place}"), &[]);
    let direction = match effect {
        it if it >= NOTHING => "adds",
        it if it <= -NOTHING => "costs",
        _ => "even",
    };
    let points = messages.locale().decimal(effect.abs(), 1);
    let args = [("place", place.into()), ("points", points.into())];
    messages.text(&format!("region-{kind}-{direction}"), &args)
}

/// What to do, and what it is expected to gain; `size` is that of the picture, where there is one. Quotes are cut to
/// a length that can be read.
pub fn edit_text(messages: &Messages, edit: &EditRecord, size: Option<[f64; 2]>) -> String {
    let locale = messages.locale();
    let field = messages.text(&format!("in-field-{}", edit.field.replace('_', "-")), &[]);
    let (taken, put) = differing(&edit.before, &edit.after);
    let middle = |[x, y, width, height]: [f64; 4]| [x + width / 2.0, y + height / 2.0];
    let place = edit.area.map(middle).zip(size).map_or("center", |(at, size)| place_of(at, size));
    let shown = |text: &str| match text.parse::<f64>() {
        Ok(measure) if edit.field == "image" => locale.decimal(measure, 2),
        _ => quoted(text),
    };
    let args = [
        ("field", field.into()),
        ("before", shown(&edit.before).into()),
        ("after", shown(&edit.after).into()),
        ("taken", quoted(taken).into()),
        ("put", quoted(put).into()),
        ("place", messages.text(&format!("see-at-{place}"), &[]).into()),
    ];
    let what = messages.text(&format!("edit-{}", edit.kind), &args);
    let gain = [
        ("gain", locale.signed(edit.gain, 1).into()),
        ("level", locale.percent(0.8, 0).into()),
        ("low", locale.signed(edit.low, 1).into()),
        ("high", locale.signed(edit.high, 1).into()),
    ];
    // A range that holds zero is no promise, and says so in words.
    let key = if edit.low > 0.0 { "edit-gain" } else { "edit-gain-unsure" };
    format!("{what} {}", messages.text(key, &gain))
}

/// Longest quote in a sentence, characters.
const QUOTE: usize = 90;

fn quoted(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // The sentence around the quote brings its own period.
    let text = match text.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') => rest.to_owned(),
        _ => text,
    };
    if text.chars().count() <= QUOTE {
        return text;
    }
    let cut: String = text.chars().take(QUOTE - 1).collect();
    format!("{}…", cut.trim_end())
}

/// The words of two texts without those that they begin and end with alike.
fn differing<'a>(before: &'a str, after: &'a str) -> (&'a str, &'a str) {
    let words = |text: &'a str| -> Vec<(usize, &'a str)> {
        text.split_whitespace().map(|it| (it.as_ptr() as usize - text.as_ptr() as usize, it)).collect()
    };
    let (a, b) = (words(before), words(after));
    let head = a.iter().zip(&b).take_while(|(a, b)| a.1 == b.1).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(a, b)| a.1 == b.1).count();
    let middle = |text: &'a str, words: &[(usize, &str)]| match &words[head..words.len() - tail] {
        [] => "",
        [(start, _), ..] => {
            let (last, word) = words[words.len() - tail - 1];
            &text[*start..last + word.len()]
        }
    };
    (middle(before, &a), middle(after, &b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn the_difference_of_two_texts_is_in_the_middle() {
        assert_eq!(differing("a muy b", "a b"), ("muy", ""));
        assert_eq!(differing("El café muy rico hoy", "El café bueno hoy"), ("muy rico", "bueno"));
        assert_eq!(differing("same", "same"), ("", ""));
        assert_eq!(differing("", "x"), ("", "x"));
        assert_eq!(differing("a a", "a a a"), ("", "a"));
    }

    #[test]
    fn long_quotes_are_cut() {
        assert_eq!(quoted("a\n b"), "a b");
        assert_eq!((quoted("End."), quoted("And...")), ("End".to_owned(), "And...".to_owned()));
        assert_eq!(quoted(&"x".repeat(200)).chars().count(), QUOTE);
    }

    fn edit(kind: &str) -> EditRecord {
        EditRecord {
            kind: kind.to_owned(),
            field: "headline".to_owned(),
            before: "El café muy rico hoy".to_owned(),
            after: "El café bueno hoy".to_owned(),
            also: None,
            area: None,
            gain: 4.26,
            low: -0.5,
            high: 9.0,
            text: String::new(),
        }
    }

    #[test]
    fn every_kind_has_a_sentence_in_both_languages_and_promises_nothing() {
        for locale in [Locale::En, Locale::Es] {
            let messages = Messages::new(locale);
            for kind in EditRecord::KINDS {
                let text = edit_text(&messages, &edit(kind), None);
                assert!(!text.starts_with("edit-") && !text.contains(['{', '$']), "{kind}: {text}");
                for promise in [" will ", "because", "guarantee", "porque", "garantiza"] {
                    assert!(!text.contains(promise), "{text}");
                }
            }
            for kind in ["text", "attention", "face"] {
                for effect in [-6.0, 0.0, 6.0] {
                    let text = region_text(&messages, kind, [0.0, 0.0, 10.0, 10.0], [100.0, 100.0], effect);
                    assert!(!text.starts_with("region-") && !text.contains(['{', '$']), "{kind}: {text}");
                }
            }
        }
    }

    #[test]
    fn an_edit_is_said_with_its_range() {
        let unsure = edit("swap-words");
        let sure = EditRecord { low: 0.5, ..unsure.clone() };
        let (en, es) = (Messages::new(Locale::En), Messages::new(Locale::Es));
        assert_eq!(
            edit_text(&en, &sure, None),
            "In the headline, write “bueno” instead of “muy rico”. Expected gain: +4.3 points (80% range: +0.5 to +9.0)."
        );
        assert_eq!(
            edit_text(&es, &sure, None),
            "En el título, escribe «bueno» en vez de «muy rico». Ganancia esperada: +4,3 puntos (rango del 80\u{202f}%: de +0,5 a +9,0)."
        );
        let text = edit_text(&en, &unsure, None);
        assert!(text.contains("but it may be none (80% range: −0.5 to +9.0)"), "{text}");
    }
}
