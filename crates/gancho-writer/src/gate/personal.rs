//! Personal attributes: *¿Eres diabético?*, *Are you broke?* assert something of the reader.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use crate::brief::{Checked, Reason};
use crate::personal::attribute_at;
use crate::words::tokens;

/// Words of the audience that were left out of the brief: three in a row may not come back.
pub(super) fn runs_of_audience(checked: &Checked) -> Vec<Vec<String>> {
    let texts = checked.dropped.iter().filter(|it| it.reason == Reason::Audience);
    let words = texts.map(|it| tokens(&it.text).into_iter().map(|token| token.folded).collect::<Vec<_>>());
    words.flat_map(|words| words.windows(3).map(<[String]>::to_vec).collect::<Vec<_>>()).take(2_000).collect()
}

pub(super) fn check(line: &Line<'_>, _context: &Context, audience: &[Vec<String>], out: &mut Vec<Violation>) {
    const ASSERTING: &[&str] = &[
        "eres",
        "estas",
        "tienes",
        "sufres",
        "padeces",
        "sos",
        "tenes",
        "sufris",
        "padeces",
        "tiene",
        "sufre",
        "padece",
        "esta",
        "es",
        "te",
        "tu",
        "tus",
        "su",
        "you",
        "you're",
        "your",
        "suffer",
        "suffering",
        "have",
        "feeling",
        "sientes",
        "tired",
        "harto",
        "harta",
        "cansado",
        "cansada",
    ];
    let words: Vec<&str> = line.tokens.iter().map(|it| it.folded.as_str()).collect();
    for at in 0..words.len() {
        let Some(length) = attribute_at(&words, at) else { continue };
        let sentence = line.sentence(at);
        let before = at.saturating_sub(4).max(sentence.start)..at;
        // A product may be for diabetics; it may not call the reader one.
        let others = before.clone().any(|i| matches!(words[i], "para" | "for" | "personas" | "people"));
        let asserted = before.clone().any(|i| ASSERTING.contains(&words[i]));
        if asserted && !others {
            let (start, end) = (line.tokens[before.start].start, line.tokens[at + length - 1].end);
            out.push(line.violation(ViolationKind::PersonalAttribute, start, end, None));
        }
    }
    for (at, found) in words.windows(3).enumerate() {
        if audience.iter().any(|run| run.iter().zip(found).all(|(a, b)| a == b)) {
            let (start, end) = (line.tokens[at].start, line.tokens[at + 2].end);
            out.push(line.violation(ViolationKind::PersonalAttribute, start, end, None));
            break;
        }
    }
}
