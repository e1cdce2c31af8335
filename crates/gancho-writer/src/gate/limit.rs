//! Length as the platform counts it, empty texts, fields that the placement lacks, emoji where none may stand.

use super::context::{Context, Line};
use super::{Violation, ViolationKind};
use crate::variant::Field;
use unicode_segmentation::UnicodeSegmentation;

/// Longest label of a button, where the placement does not list the field.
const LONGEST_CALL: usize = 30;

pub(super) fn check(line: &Line<'_>, context: &Context, out: &mut Vec<Violation>) {
    let whole = |kind, wanted: Option<&str>| line.violation(kind, 0, line.text.len(), wanted);
    if line.text.trim().is_empty() {
        out.push(whole(ViolationKind::Empty, None));
    }
    let limit = match context.placement.spec(line.field) {
        Some(spec) => spec.max_chars,
        None if line.field == Field::CallToAction => LONGEST_CALL,
        None => {
            let fields: Vec<&str> = context.placement.fields.iter().map(|spec| spec.field.code()).collect();
            out.push(whole(ViolationKind::UnknownField, Some(&fields.join(", "))));
            return;
        }
    };
    if context.placement.length(line.text) > limit {
        out.push(whole(ViolationKind::OverLimit, Some(&limit.to_string())));
    }
    if !context.placement.emoji
        && let Some((at, first)) = line.text.grapheme_indices(true).find(|(_, it)| gancho_copy::emoji(it) > 0)
    {
        out.push(line.violation(ViolationKind::Emoji, at, at + first.len(), None));
    }
}
