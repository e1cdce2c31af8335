//! Copy beside a picture: `hero.txt` or `hero.json` next to `hero.jpg`.
//!
//! In the text form the first line is the headline, and what follows the blank line below it is the
//! primary text. The JSON form is one object with the copy fields of a manifest. When both are there
//! JSON wins, and the manifest wins over either.

use std::path::Path;

use serde_json::{Map, Value};

use crate::columns::{self, Field};
use crate::creative::Copy;
use crate::encoding;
use crate::fault::{Fault, FaultKind};
use crate::table::{MAX_CELL_BYTES, read_bounded};

/// Largest sidecar that is read, in bytes.
const MAX_BYTES: u64 = 256 * 1024;

const FIELDS: &[Field] = &[Field::PrimaryText, Field::Headline, Field::Description, Field::CallToAction];

/// What a sidecar gave.
#[derive(Debug, Default)]
pub(crate) struct Sidecar {
    pub copy: Copy,
    /// Keys without a meaning.
    pub unknown: Vec<String>,
}

/// Reads the sidecar at `path`, whose display name is `file`.
pub(crate) fn read(path: &Path, file: &str, faults: &mut Vec<Fault>) -> Sidecar {
    let bytes = match read_bounded(path, MAX_BYTES) {
        Ok(bytes) => bytes,
        Err(kind) => {
            faults.push(Fault::of_file(file, kind));
            return Sidecar::default();
        }
    };
    let decoded = encoding::decode(bytes);
    if decoded.damaged {
        faults.push(Fault::of_file(file, FaultKind::InvalidUtf8 { header: "*".into() }));
        return Sidecar::default();
    }
    let mut sidecar = if path.extension().is_some_and(|it| it == "json") {
        of_json(&decoded.text, file, faults)
    } else {
        Sidecar { copy: of_text(&decoded.text), unknown: Vec::new() }
    };
    let copy = &mut sidecar.copy;
    let fields = [
        (Field::PrimaryText, &mut copy.primary_text),
        (Field::Headline, &mut copy.headline),
        (Field::Description, &mut copy.description),
        (Field::CallToAction, &mut copy.call_to_action),
    ];
    for (field, text) in fields {
        if let Some(too_long) = text.take_if(|it| it.len() > MAX_CELL_BYTES) {
            let (bytes, limit) = (too_long.len() as u64, MAX_CELL_BYTES as u64);
            let kind = FaultKind::CellTooLong { header: field.name().into(), bytes, limit };
            faults.push(Fault::of_file(file, kind));
        }
    }
    sidecar
}

fn of_text(text: &str) -> Copy {
    let text = text.trim();
    let (headline, rest) = text.split_once('\n').unwrap_or((text, ""));
    Copy { headline: filled(headline), primary_text: filled(rest), ..Copy::default() }
}

fn of_json(text: &str, file: &str, faults: &mut Vec<Fault>) -> Sidecar {
    let object: Map<String, Value> = match serde_json::from_str(text) {
        Ok(object) => object,
        Err(error) => {
            let (line, column) = (Some(error.line() as u64), Some(error.column() as u64));
            let detail = error.to_string();
            let detail = detail.rsplit_once(" at line ").map_or(detail.clone(), |it| it.0.to_owned());
            faults.push(Fault { file: file.into(), line, column, kind: FaultKind::BrokenJson { detail } });
            return Sidecar::default();
        }
    };
    let mut sidecar = Sidecar::default();
    for (key, value) in &object {
        let field = columns::meaning(key, FIELDS).map(|it| it.0);
        let (Some(field), Some(text)) = (field, value.as_str()) else {
            sidecar.unknown.push(key.clone());
            continue;
        };
        let place = match field {
            Field::PrimaryText => &mut sidecar.copy.primary_text,
            Field::Headline => &mut sidecar.copy.headline,
            Field::Description => &mut sidecar.copy.description,
            _ => &mut sidecar.copy.call_to_action,
        };
        *place = filled(text);
    }
    sidecar
}

fn filled(text: &str) -> Option<String> {
    Some(text.trim()).filter(|it| !it.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_blank_line_primary_text() {
        let copy = of_text("Verano ya\r\n\r\nDos líneas\nde texto\n");
        assert_eq!(copy.headline.as_deref(), Some("Verano ya"));
        assert_eq!(copy.primary_text.as_deref(), Some("Dos líneas\nde texto"));
        assert_eq!(of_text("Only this").headline.as_deref(), Some("Only this"));
        assert!(of_text(" \n ").is_empty());
    }

    #[test]
    fn json_takes_spanish_keys() {
        let mut faults = Vec::new();
        let read =
            of_json(r#"{"Título":"T","texto_principal":"P","CTA":"Ver","n":1}"#, "x.json", &mut faults);
        assert_eq!(read.copy.headline.as_deref(), Some("T"));
        assert_eq!(read.copy.call_to_action.as_deref(), Some("Ver"));
        assert_eq!((read.unknown, faults.len()), (vec!["n".to_owned()], 0));
        of_json("[1]", "x.json", &mut faults);
        assert_eq!(faults.len(), 1);
    }
}
