//! What single words, numbers, emoji and sentences add to a score: the score less the score without them.

use std::ops::Range;

use gancho_copy::{UnitKind, sentence_ranges, units};
use gancho_evidence::CopyEvidence;
use gancho_library::Copy;
use gancho_report::WordEffectRecord;

use super::counterfactual::{Reader, Subject};
use super::rewrite::{FIELDS, field, with_field, without};
use crate::Error;
use crate::records::rounded;

/// Most deletions that are tried in one field.
pub(crate) const DELETIONS: usize = 40;

/// A piece of a field on trial.
struct Piece {
    kind: &'static str,
    range: Range<usize>,
}

/// The effects of all fields, by place; of two that begin together the longer one first.
pub(crate) fn effects(subject: &Subject, reader: &mut Reader) -> Result<Vec<WordEffectRecord>, Error> {
    let mut effects = Vec::new();
    for name in FIELDS {
        if let Some(text) = field(&subject.creative.copy, name) {
            effects.extend(of_field(subject, name, text, reader)?);
        }
    }
    Ok(effects)
}

fn of_field(
    subject: &Subject,
    name: &'static str,
    text: &str,
    reader: &mut Reader,
) -> Result<Vec<WordEffectRecord>, Error> {
    // A single sentence is the field; its words say more.
    let sentences = Some(sentence_ranges(text)).filter(|it| it.len() > 1).unwrap_or_default();
    let sentences =
        sentences.into_iter().take(DELETIONS).map(|range| Piece { kind: "sentence", range }).collect();
    let mut found = tried(subject, name, text, sentences, reader)?;
    let words = words(text, &found, DELETIONS - found.len());
    found.extend(tried(subject, name, text, words, reader)?);
    found.sort_by_key(|it| (it.0.start, std::cmp::Reverse(it.0.end)));
    let characters = |bytes: usize| text[..bytes].chars().count();
    let record = |(range, kind, effect): Tried| WordEffectRecord {
        field: name.to_owned(),
        kind: kind.to_owned(),
        start: characters(range.start),
        end: characters(range.end),
        text: text[range].to_owned(),
        // Adding zero turns -0.0 into 0.0.
        effect: rounded(effect) + 0.0,
    };
    Ok(found.into_iter().map(record).collect())
}

type Tried = (Range<usize>, &'static str, f64);

/// The score with each piece, less the score without it. A piece without which the creative would be judged on
/// another basis has no effect that could be compared.
fn tried(
    subject: &Subject,
    name: &str,
    text: &str,
    pieces: Vec<Piece>,
    reader: &mut Reader,
) -> Result<Vec<Tried>, Error> {
    let less = |it: &Piece| with_field(&subject.creative.copy, name, &without(text, &it.range));
    let copies: Vec<Copy> = pieces.iter().map(less).collect();
    let read = reader(&copies)?;
    let effect = |(it, read): (Piece, Option<CopyEvidence>)| {
        Some((it.range, it.kind, -subject.with_copy(read.as_ref())?.gain))
    };
    Ok(pieces.into_iter().zip(read).filter_map(effect).collect())
}

/// At most so many words, numbers and emoji: those of the sentences that matter most before the others.
fn words(text: &str, sentences: &[Tried], most: usize) -> Vec<Piece> {
    let weight = |range: &Range<usize>| {
        let holds = |it: &&Tried| it.0.start <= range.start && range.end <= it.0.end;
        sentences.iter().find(holds).map_or(0.0, |it| it.2.abs())
    };
    let mut words: Vec<(f64, Piece)> = units(text)
        .into_iter()
        .map(|it| {
            let kind = match it.kind {
                UnitKind::Word => "word",
                UnitKind::Number => "number",
                UnitKind::Emoji => "emoji",
            };
            (weight(&it.range), Piece { kind, range: it.range })
        })
        .collect();
    // Stable: within a sentence, and without sentences, by place.
    words.sort_by(|a, b| b.0.total_cmp(&a.0));
    words.truncate(most);
    words.into_iter().map(|it| it.1).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::counterfactual::tests::ranked;
    use super::*;
    use proptest::prelude::*;

    const COPY: &[(&str, &str)] = &[
        ("El lunes huele mejor 🔥", "Con BRASAL20 tu bolsa sale a 7,92 €. ¡Hasta el 30!"),
        ("You won't believe what this jar can do", "Made with oat. Nothing that stings."),
        ("Ya", "Solo hoy."),
    ];

    #[test]
    fn effects_are_scores_with_less_scores_without() {
        ranked(COPY, |subjects, read| {
            let subject = &subjects[1];
            let found = effects(subject, read).unwrap();
            let of = |text: &str| found.iter().find(|it| it.text == text).unwrap();
            let copy = with_field(&subject.creative.copy, "headline", "You won't what this jar can do");
            let read = read(&[copy, subject.creative.copy.clone()]).unwrap();
            let [without, now] = [0, 1].map(|it| subject.with_copy(read[it].as_ref()).unwrap().score);
            assert!((of("believe").effect - (now - without)).abs() < 1e-6);
            assert!(found.iter().any(|it| it.field == "headline" && it.effect.abs() > 0.1));
            // The prior reads the headline alone.
            assert!(found.iter().filter(|it| it.field == "primary_text").all(|it| it.effect == 0.0));
            assert_eq!(of("Made with oat.").kind, "sentence");
        });
    }

    #[test]
    fn every_piece_is_named_by_its_kind_and_a_last_word_can_go() {
        ranked(COPY, |subjects, read| {
            let found = effects(&subjects[0], read).unwrap();
            let kinds: Vec<(&str, &str)> =
                found.iter().map(|it| (it.kind.as_str(), it.text.as_str())).collect();
            assert_eq!(kinds[4], ("emoji", "🔥"));
            assert!(kinds.contains(&("number", "7,92 €")) && kinds.contains(&("word", "BRASAL20")));
            // Without its headline the creative is judged by its text: another creative, but the same basis.
            assert!(
                effects(&subjects[2], read).unwrap().iter().any(|it| it.text == "Ya" && it.effect != 0.0)
            );
        });
    }

    #[test]
    fn a_long_text_is_tried_by_sentence_first_and_never_past_the_bound() {
        let text: Vec<String> = (0..30).map(|it| format!("Sentence {it} has some words in it.")).collect();
        let (text, words) = (text.join(" "), "word ".repeat(90));
        ranked(&[("Jar", text.as_str()), ("", words.as_str())], |subjects, read| {
            let found = effects(&subjects[0], read).unwrap();
            let of =
                |kind: &str| found.iter().filter(|it| it.field == "primary_text" && it.kind == kind).count();
            assert_eq!((of("sentence"), of("word") + of("number")), (30, 10));
            assert_eq!(effects(&subjects[1], read).unwrap().len(), DELETIONS);
        });
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 24, ..ProptestConfig::default() })]

        /// Offsets slice the text exactly: no word appears that is not there.
        #[test]
        fn offsets_slice_the_text(headline in "(\\PC|[a-zñ0-9 .!?€,]){0,60}", body in "([A-Za-zá🔥]{1,7}[ .,\n]){0,30}") {
            ranked(&[(headline.as_str(), body.as_str()), ("Jar", "Oat.")], |subjects, read| {
                for it in effects(&subjects[0], read).unwrap() {
                    let text = if it.field == "headline" { &headline } else { &body };
                    let cut: String = text.chars().skip(it.start).take(it.end - it.start).collect();
                    assert_eq!(cut, it.text);
                    assert!(it.effect.is_finite() && !it.text.trim().is_empty());
                }
            });
        }
    }
}
