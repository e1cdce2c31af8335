//! Lists of actions, as the insights of the Marketing API return them.
//!
//! Types of actions overlap (`lead` already holds others), so the first type that exists is taken, in a
//! fixed order, and nothing is added up.

use crate::table::raw::{self, Object, Raw};

/// Kinds of results, and the types of actions that state each, best first.
pub(crate) const RESULTS: &[&[&str]] = &[
    &["offsite_conversion.fb_pixel_purchase", "omni_purchase", "purchase", "onsite_web_purchase"],
    &["lead", "onsite_web_lead", "offsite_conversion.fb_pixel_lead", "onsite_conversion.lead_grouped"],
    &["onsite_conversion.messaging_conversation_started_7d"],
    &[
        "omni_complete_registration",
        "complete_registration",
        "offsite_conversion.fb_pixel_complete_registration",
    ],
];

/// Link clicks among actions.
pub(crate) const LINK_CLICKS: &[&str] = &["link_click"];

/// Plays of three seconds among actions.
pub(crate) const VIDEO_3S: &[&str] = &["video_view"];

/// The actions of a cell: type and value, as written.
pub(crate) type Actions = Vec<(String, String)>;

/// Reads `[{"action_type": "link_click", "value": "12"}]`, quoted as JSON or as Python does; `None`
/// where the cell is no such list.
pub(crate) fn read(cell: &str) -> Option<Actions> {
    let cell = cell.trim();
    if !cell.starts_with(['[', '{']) {
        return None;
    }
    // A single action stands without a list in some connectors' files.
    let list = if cell.starts_with('{') { format!("[{cell}]") } else { cell.to_owned() };
    let objects: Vec<Object> = raw::objects(&list)
        .or_else(|_| raw::objects(&list.replace('\'', "\"").replace("None", "null")))
        .ok()?;
    let actions = objects.iter().filter_map(|it| {
        let kind = it.get("action_type").or_else(|| it.get("indicator")).map_or_else(String::new, text);
        Some((kind, value(it)?))
    });
    Some(actions.collect())
}

/// The value of the first of these types that exists, with the type.
pub(crate) fn first<'a>(actions: &'a Actions, types: &[&str]) -> Option<(&'a str, &'a str)> {
    let of = |kind: &&str| actions.iter().find(|it| it.0 == *kind);
    types.iter().find_map(of).map(|it| (it.0.as_str(), it.1.as_str()))
}

fn value(object: &Object) -> Option<String> {
    if let Some(value) = object.get("value") {
        return Some(text(value)).filter(|it| !it.is_empty());
    }
    // `results` nest their values once more.
    let values = raw::objects(object.get("values")?.get()).ok()?;
    values.first().and_then(|it| it.get("value")).map(text)
}

/// A value as text: numbers keep their digits.
fn text(value: &Raw) -> String {
    match value.get().trim() {
        "null" => String::new(),
        text => serde_json::from_str::<String>(text).unwrap_or_else(|_| text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_all_their_spellings() {
        let expected =
            vec![("link_click".to_owned(), "12".to_owned()), ("lead".to_owned(), "3.50".to_owned())];
        for cell in [
            r#"[{"action_type":"link_click","value":"12","7d_click":"9"},{"action_type":"lead","value":3.50}]"#,
            "[{'action_type': 'link_click', 'value': '12'}, {'action_type': 'lead', 'value': 3.50, '1d_view': None}]",
            r#"[{"action_type":"link_click","value":12},{"indicator":"lead","values":[{"value":"3.50"}]},{"action_type":"x"}]"#,
        ] {
            assert_eq!(read(cell).as_ref(), Some(&expected), "{cell}");
        }
        assert_eq!(read("[]"), Some(vec![]));
        for cell in ["", "12", "[1,2]", "[{\"a\":"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn the_first_type_is_taken_and_none_added() {
        let cell = r#"[{"action_type":"onsite_conversion.lead_grouped","value":"4"},{"action_type":"lead","value":"5"}]"#;
        let actions = read(cell).unwrap_or_default();
        assert_eq!(first(&actions, RESULTS[1]), Some(("lead", "5")));
        assert_eq!(first(&actions, RESULTS[0]), None);
    }
}
