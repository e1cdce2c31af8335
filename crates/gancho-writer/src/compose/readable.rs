//! How well an ad reads, as far as counting can tell.
//!
//! A model of character n-grams was considered and left out: every candidate is made of the same frames and the
//! brief's own words, so such a model ranks by the brief's vocabulary, not by the writing. What does differ is
//! how crowded a text is, how often it repeats itself, and how much of the field it uses.

use crate::placement::Placement;
use crate::variant::{Field, Variant};
use std::collections::{BTreeMap, HashSet};

/// From 0 to 1: 1 reads well.
pub(crate) fn readable(variant: &Variant, placement: &Placement) -> f64 {
    let mut score = 1.0 - echo(&variant.fields);
    let texts = variant.fields.len().max(1) as f64;
    for (field, text) in &variant.fields {
        score -= (crowded(text) + unused(*field, text, placement)) / texts;
    }
    score.clamp(0.0, 1.0)
}

/// A second colon, and a string of short sentences, make a telegram.
fn crowded(text: &str) -> f64 {
    let colons = text.matches(": ").count();
    let length = text.chars().count().max(1);
    let sentences = text.split_inclusive(['.', '!', '?']).filter(|it| it.trim().len() > 1).count();
    let short = sentences > 2 && length / sentences < 22;
    0.25 * colons.saturating_sub(1) as f64 + if short { 0.15 } else { 0.0 }
}

/// A field less than half full could say more; from two thirds on nothing is lost. Long posts need not be full.
fn unused(field: Field, text: &str, placement: &Placement) -> f64 {
    let Some(spec) = placement.spec(field) else { return 0.0 };
    let room = spec.max_chars.clamp(1, 160) as f64;
    let fill = placement.length(text) as f64 / room;
    if fill < 0.66 { 0.5 * (0.66 - fill) } else { 0.0 }
}

/// The share of long words that another field has said already.
fn echo(fields: &BTreeMap<Field, String>) -> f64 {
    let mut seen = HashSet::new();
    let (mut words, mut echoed) = (0_u32, 0_u32);
    for text in fields.values() {
        let own: HashSet<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|it| it.chars().count() > 4)
            .map(str::to_lowercase)
            .collect();
        for word in own {
            words += 1;
            if !seen.insert(word) {
                echoed += 1;
            }
        }
    }
    f64::from(echoed) / f64::from(words.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::variant::Engine;

    fn ad(headline: &str, description: &str) -> Variant {
        let fields = [(Field::Headline, headline.to_owned()), (Field::Description, description.to_owned())];
        Variant::new(Engine::Composer, "", fields.into())
    }

    #[test]
    fn an_ad_that_repeats_itself_reads_worse() {
        let Some(placement) = Placement::named("google_rsa") else { return };
        let fresh = ad(
            "Cosecha temprana de picual",
            "Se prensa en frío el mismo día. Envío gratis desde 2 garrafas.",
        );
        let echo = ad(
            "Se prensa en frío hoy mismo",
            "Se prensa en frío el mismo día. Prensado en frío desde hoy mismo.",
        );
        assert!(readable(&fresh, placement) > readable(&echo, placement) + 0.1);
        let crowded = ad(
            "El dato: uno: picual de hoy",
            "Uno. Dos. Tres. Cuatro. El dato: cinco. El precio: 39,90 €. El detalle: tres.",
        );
        assert!(readable(&fresh, placement) > readable(&crowded, placement) + 0.1);
    }
}
