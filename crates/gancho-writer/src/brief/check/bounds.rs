//! What fits: names, mentions and texts against the fields of the placement, and emoji against its platform.

use super::{Checked, Class, ProblemKind, Reason, short};
use crate::brief::Brief;
use crate::placement::Placement;

/// A field that takes fewer characters holds no line.
const SHORTEST: usize = 5;

pub(super) fn check(brief: &Brief, checked: &mut Checked) {
    fields(brief, checked);
    required(brief, checked);
    let limit = checked.placement.roomiest();
    for (field, text) in brief.sources() {
        if field.starts_with("required") || limit == 0 {
            continue;
        }
        let name = field == "brand" || field == "product";
        let length = checked.placement.length(text);
        if length > limit && name {
            checked.report(&field, Class::Warn, ProblemKind::NameTooLong { length, limit });
            checked.leave_out(brief, &field, Reason::TooLong);
        } else if length > limit {
            checked.report(&field, Class::Warn, ProblemKind::TextTooLong { length, limit });
            checked.leave_out(brief, &field, Reason::TooLong);
        } else if gancho_copy::emoji(text) > 0 && !checked.placement.emoji && field != "category" {
            checked.report(&field, Class::Warn, ProblemKind::Emoji { text: short(text) });
            checked.leave_out(brief, &field, Reason::Characters);
        }
    }
}

fn fields(brief: &Brief, checked: &mut Checked) {
    if Placement::named(&brief.placement).is_none() {
        let placement = short(&brief.placement);
        if checked.placement.fields.is_empty() {
            checked.report("placement", Class::Refuse, ProblemKind::NoFields { placement });
            return;
        }
        checked.report("placement", Class::Note, ProblemKind::UnknownPlacement { placement });
    }
    let small: Vec<_> =
        checked.placement.fields.iter().filter(|it| it.max_chars < SHORTEST).copied().collect();
    let all = small.len() == checked.placement.fields.len();
    for spec in small {
        let (of, limit) = (spec.field, spec.max_chars);
        let class = if all { Class::Refuse } else { Class::RefuseField };
        let path = format!("limits.{}", of.code());
        checked.report(&path, class, ProblemKind::LimitTooSmall { of, limit });
        checked.refused.insert(of);
    }
}

fn required(brief: &Brief, checked: &mut Checked) {
    let placement = checked.placement.clone();
    let limit = placement.roomiest();
    for (i, mention) in brief.required.iter().enumerate() {
        let field = format!("required[{i}]");
        let length = placement.length(mention.trim());
        if length > limit {
            let kind = ProblemKind::RequiredTooLong { required: short(mention), length, limit };
            checked.report(&field, Class::Refuse, kind);
        } else if !placement.emoji && gancho_copy::emoji(mention) > 0 {
            checked.report(
                &field,
                Class::Refuse,
                ProblemKind::RequiredCharacters { required: short(mention) },
            );
        }
    }
    // A mention inside another one costs nothing more.
    let needed =
        brief.required.iter().enumerate().filter(|(i, it)| {
            !brief.required.iter().enumerate().any(|(j, other)| {
                j != *i && other.contains(it.as_str()) && (other.len() > it.len() || j < *i)
            })
        });
    let length: usize = needed.map(|(_, it)| placement.length(it.trim())).sum();
    let room = placement.fields.iter().fold(0_usize, |room, spec| room.saturating_add(spec.max_chars));
    if length > room && limit > 0 {
        checked.report("required", Class::Refuse, ProblemKind::RequiredTooMany { length, limit: room });
    }
}
