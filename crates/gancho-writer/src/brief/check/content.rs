//! What a brief says: orders, prohibited promises, forbidden words, personal attributes; and whether enough is left.

use super::patterns::{has_control_tokens, is_order, prohibited};
use super::{Checked, Class, ProblemKind, Reason, short, texts};
use crate::brief::Brief;
use crate::gate::Forbidden;
use crate::personal::attribute_at;
use crate::words::tokens;

pub(super) fn check(brief: &Brief, checked: &mut Checked) {
    let forbidden = Forbidden::new(&brief.forbidden, brief.language);
    for (field, text) in texts(brief) {
        let required = field.starts_with("required");
        let stops = if required { Class::Refuse } else { Class::Warn };
        let name = field == "brand" || field == "product";
        if is_order(text) || has_control_tokens(text) && !name && !required {
            checked.report(&field, stops, ProblemKind::Injection { text: short(text) });
            checked.leave_out(brief, &field, Reason::Injection);
        } else if has_control_tokens(text) {
            checked.report(&field, Class::Warn, ProblemKind::ControlTokens { text: short(text) });
        } else if let Some(class) = prohibited(text) {
            promise(brief, checked, &field, text, class);
        } else if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            checked.report(&field, Class::Warn, ProblemKind::ControlCharacters { text: short(text) });
        }
        if field == "audience" || field == "tone" || field == "category" {
            continue;
        }
        if let Some((entry, _, _)) = forbidden.find(text) {
            let entry = short(entry);
            if required {
                let kind = ProblemKind::RequiredIsForbidden { required: short(text), forbidden: entry };
                checked.report(&field, Class::Refuse, kind);
            } else {
                let kind = ProblemKind::HoldsForbidden { text: short(text), forbidden: entry };
                checked.report(&field, Class::Warn, kind);
                checked.leave_out(brief, &field, Reason::Forbidden);
            }
        }
    }
    audience(brief, checked);
    for (i, text) in brief.benefits.iter().enumerate() {
        if brief.benefits[..i].iter().any(|it| super::conflicts::is_repeated(it, text)) {
            checked.report(
                &format!("benefits[{i}]"),
                Class::Note,
                ProblemKind::Repeated { text: short(text) },
            );
        }
    }
}

fn promise(brief: &Brief, checked: &mut Checked, field: &str, text: &str, class: &'static str) {
    let text = short(text);
    // Whoever must write it, or can't name the product without it, can't write the ad.
    if field.starts_with("required") || field == "product" || field == "brand" {
        checked.report(field, Class::Refuse, ProblemKind::ProhibitedRequired { text, class });
    } else if field != "tone" {
        checked.report(field, Class::Warn, ProblemKind::Prohibited { text, class });
        checked.leave_out(brief, field, Reason::Prohibited);
    }
}

fn audience(brief: &Brief, checked: &mut Checked) {
    let words = tokens(&brief.audience);
    let folded: Vec<&str> = words.iter().map(|it| it.folded.as_str()).collect();
    let found = (0..folded.len()).find_map(|at| attribute_at(&folded, at).map(|length| (at, length)));
    if let Some((at, length)) = found {
        let text = short(&brief.audience[words[at].start..words[at + length - 1].end]);
        checked.report("audience", Class::Warn, ProblemKind::PersonalAttribute { text });
        checked.leave_out(brief, "audience", Reason::Audience);
    }
}

/// Whether enough is left to write of.
pub(super) fn check_what_is_left(brief: &Brief, checked: &mut Checked) {
    let left = &checked.brief;
    let (no_brand, no_product) = (left.brand.trim().is_empty(), left.product.trim().is_empty());
    let silent = left.benefits.is_empty() && left.proof.is_empty() && left.offer.trim().is_empty();
    let letters = |text: &str| text.trim().chars().count();
    if no_brand && no_product {
        checked.report("product", Class::Refuse, ProblemKind::NothingToAdvertise);
        return;
    }
    if brief.brand.trim().is_empty() {
        checked.report("brand", Class::Warn, ProblemKind::NoBrand);
    }
    if brief.product.trim().is_empty() {
        checked.report("product", Class::Warn, ProblemKind::NoProduct);
    }
    if silent {
        checked.report("benefits", Class::Warn, ProblemKind::NothingToSay);
    }
    if letters(&brief.brand) <= 1 && letters(&brief.product) <= 1 {
        checked.report("product", Class::Warn, ProblemKind::Degenerate);
    }
}
