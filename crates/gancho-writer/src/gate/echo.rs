//! Echoes: words of an order that was hidden in the brief, of the instructions to a model, or of the model itself.

use super::context::{Context, Line, is_function_word, matches_phrase, phrase_of};
use super::{Violation, ViolationKind};
use crate::brief::{Checked, Reason};
use crate::stem::stem;
use crate::words::tokens;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The words of orders that were left out of the brief.
#[derive(Debug, Clone, Default)]
pub(crate) struct Echo {
    stems: HashSet<String>,
    capitals: HashSet<String>,
}

/// What models say of themselves and of their task; folded.
static PHRASES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    let phrases = [
        "as an ai",
        "language model",
        "modelo de lenguaje",
        "inteligencia artificial no puedo",
        "como ia",
        "system prompt",
        "here is your",
        "here is a",
        "here are",
        "here's a",
        "here's your",
        "aqui tienes",
        "aqui esta el",
        "por supuesto aqui",
        "sure here",
        "claro aqui",
        "maximo caracteres",
        "max characters",
        "character limit",
        "limite de caracteres",
        "caracteres maximo",
        "instrucciones anteriores",
        "previous instructions",
        "i cannot",
        "no puedo ayudar",
        "call to action",
        "llamada a la accion",
        "publico objetivo",
        "target audience",
        "primary text",
        "texto principal",
    ];
    phrases.iter().map(|it| phrase_of(it)).collect()
});

impl Echo {
    pub(crate) fn new(checked: &Checked, context: &Context) -> Self {
        let mut out = Self::default();
        for dropped in checked.dropped.iter().filter(|it| it.reason == Reason::Injection) {
            for token in tokens(&dropped.text).iter().take(2_000) {
                let small = token.folded.chars().count() < 4 || is_function_word(&token.folded);
                if small || context.speaks_of(&token.folded) || token.has_digit() {
                    continue;
                }
                out.stems.insert(stem(&token.folded, context.language()));
                if token.is_all_caps() {
                    out.capitals.insert(token.text.to_owned());
                }
            }
        }
        out
    }

    pub(super) fn check(&self, line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
        let kind = ViolationKind::FollowedInjection;
        let mut heard = HashSet::new();
        let mut last = 0;
        for (at, token) in line.tokens.iter().enumerate() {
            if self.capitals.contains(token.text) {
                out.push(line.word(kind, at, None));
                return;
            }
            let root = stem(&token.folded, context.language());
            if self.stems.contains(&root) && !context.speaks_of(&token.folded) {
                heard.insert(root);
                last = at;
            }
            let phrase = PHRASES.iter().find(|it| matches_phrase(line, at, it));
            if let Some(phrase) = phrase.filter(|it| !context.says(&it.join(" "))) {
                out.push(line.violation(kind, token.start, line.tokens[at + phrase.len() - 1].end, None));
                return;
            }
        }
        if heard.len() > 1 {
            out.push(line.word(kind, last, None));
        } else if let Some(end) = label(line.text) {
            out.push(line.violation(kind, 0, end, None));
        }
    }
}

/// `Título:`, `Headline 1:` at the beginning of a line: its end.
pub(super) fn label(text: &str) -> Option<usize> {
    const LABELS: &[&str] = &[
        "titulo",
        "titular",
        "encabezado",
        "descripcion",
        "texto",
        "texto principal",
        "asunto",
        "anuncio",
        "cuerpo",
        "headline",
        "title",
        "description",
        "primary text",
        "subject",
        "body",
        "ad",
        "copy",
        "preheader",
        "output",
        "respuesta",
        "answer",
        "variante",
        "variant",
        "option",
        "opcion",
    ];
    let colon = text.find(':').filter(|at| *at < 40)?;
    let name = crate::words::fold(text[..colon].trim().trim_matches(['*', '#', '-', ' ']));
    let name = name.trim_end_matches(|c: char| c.is_numeric() || c == ' ');
    LABELS.contains(&name).then_some(colon + 1)
}
