//! Of all changes the few that gain most.

use gancho_evidence::{CopyEvidence, PictureEvidence, Shape};
use gancho_library::Copy;
use gancho_report::{EditRecord, FieldEditRecord, Messages, edit_text};
use gancho_scorer::WhatIf;

use super::copy_edits::{CopyEdit, Material};
use super::counterfactual::{Reader, Subject};
use super::rewrite::{FIELDS, field};
use super::variants::Variant;
use crate::Error;
use crate::records::{rounded, rounded_to};

/// Most edits of one creative.
const EDITS: usize = 3;
/// Points that a change has to gain to be worth a person's while.
const LEAST_GAIN: f64 = 1.0;

/// Edits of the copy with what they gain.
pub(crate) fn of_copy(
    subject: &Subject,
    material: &Material,
    reader: &mut Reader,
) -> Result<Vec<EditRecord>, Error> {
    let edits = material.edits();
    let copies: Vec<Copy> = edits.iter().map(|it| it.copy.clone()).collect();
    let read = reader(&copies)?;
    let tried = |(edit, read): (&CopyEdit, &Option<CopyEvidence>)| {
        Some(record_of_copy(edit, material, subject.with_copy(read.as_ref())?))
    };
    Ok(edits.iter().zip(&read).filter_map(tried).collect())
}

fn record_of_copy(edit: &CopyEdit, material: &Material, what_if: WhatIf) -> EditRecord {
    let texts = |name: &str| {
        let text = |copy| field(copy, name).unwrap_or_default().to_owned();
        (text(material.copy), text(&edit.copy))
    };
    let (before, after) = texts(edit.field);
    let other = FIELDS.iter().filter(|it| **it != edit.field).find_map(|it| {
        let (before, after) = texts(it);
        (before != after).then(|| FieldEditRecord { field: (*it).to_owned(), before, after })
    });
    EditRecord { also: other, ..record(edit.kind, edit.field, before, after, what_if) }
}

/// The edit that a variant of a picture is; filling what draws the eye is none.
pub(crate) fn of_picture(
    variant: &Variant,
    before: &PictureEvidence,
    after: &PictureEvidence,
    what_if: WhatIf,
) -> Option<EditRecord> {
    let measure = |value: f64| rounded_to(value, 3).to_string();
    let size = |it: &PictureEvidence| format!("{}x{}", it.width, it.height);
    let edit = |kind: &str, before: String, after: String| record(kind, "image", before, after, what_if);
    let text_area = |it: &PictureEvidence| measure(it.sight.text_area);
    Some(match variant {
        Variant::Filled(region) if region.kind == "text" => {
            EditRecord { area: Some(region.area), ..edit("remove-text", text_area(before), text_area(after)) }
        }
        Variant::Filled(_) => return None,
        Variant::Cropped(shape, area) => {
            let kind = match shape {
                Shape::Square => "crop-1x1",
                Shape::Portrait => "crop-4x5",
                Shape::Story => "crop-9x16",
                Shape::Wide => return None,
            };
            EditRecord { area: Some(area.map(f64::from)), ..edit(kind, size(before), size(after)) }
        }
        Variant::Contrast(_) => {
            edit("contrast", measure(before.measures.rms_contrast), measure(after.measures.rms_contrast))
        }
        Variant::Brightness(_) => {
            edit("brightness", measure(before.measures.luminance), measure(after.measures.luminance))
        }
    })
}

fn record(kind: &str, field: &str, before: String, after: String, what_if: WhatIf) -> EditRecord {
    EditRecord {
        kind: kind.to_owned(),
        field: field.to_owned(),
        before,
        after,
        also: None,
        area: None,
        gain: rounded(what_if.gain),
        low: rounded(what_if.low),
        high: rounded(what_if.high),
        text: String::new(),
    }
}

/// The best of each sort, largest gain first, with their sentences. Two crops, or two headlines of the campaign, are
/// one idea.
pub(crate) fn best(
    mut edits: Vec<EditRecord>,
    size: Option<[f64; 2]>,
    messages: &Messages,
) -> Vec<EditRecord> {
    let sort = |it: &EditRecord| {
        let kind = if it.kind.starts_with("crop-") { "crop" } else { &it.kind };
        (kind.to_owned(), it.field.clone())
    };
    edits.retain(|it| it.gain > LEAST_GAIN);
    edits.sort_by(|a, b| {
        b.gain.total_cmp(&a.gain).then_with(|| a.kind.cmp(&b.kind)).then_with(|| a.after.cmp(&b.after))
    });
    let mut best: Vec<EditRecord> = Vec::new();
    for edit in edits {
        if best.len() < EDITS && best.iter().all(|it| sort(it) != sort(&edit)) {
            best.push(edit);
        }
    }
    best.iter_mut().for_each(|it| it.text = edit_text(messages, it, size));
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use gancho_report::Locale;

    fn edit(kind: &str, field: &str, gain: f64) -> EditRecord {
        record(
            kind,
            field,
            String::new(),
            "x".to_owned(),
            WhatIf { score: 50.0, gain, low: gain - 1.0, high: gain + 1.0 },
        )
    }

    #[test]
    fn the_best_of_each_sort_and_nothing_below_a_point() {
        let edits = vec![
            edit("sibling-headline", "headline", 3.0),
            edit("sibling-headline", "headline", 4.0),
            edit("crop-1x1", "image", 2.0),
            edit("crop-4x5", "image", 5.0),
            edit("drop-sentence", "headline", 1.5),
            edit("drop-sentence", "primary_text", 1.2),
            edit("contrast", "image", 1.0),
        ];
        let found = best(edits, None, &Messages::new(Locale::En));
        let named: Vec<(&str, f64)> = found.iter().map(|it| (it.kind.as_str(), it.gain)).collect();
        assert_eq!(named, [("crop-4x5", 5.0), ("sibling-headline", 4.0), ("drop-sentence", 1.5)]);
        assert!(found.iter().all(|it| !it.text.is_empty()));
        assert!(best(vec![edit("contrast", "image", 1.0)], None, &Messages::new(Locale::Es)).is_empty());
    }
}
