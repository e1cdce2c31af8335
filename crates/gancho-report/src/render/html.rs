//! One self-contained page: no script, no request, nothing from outside.
//!
//! The template is filled from a view of finished strings ([`view`]), so it holds no logic beyond
//! loops. Everything is escaped; the only raw insertions are our own style sheet, its hash for the
//! content security policy, and data URIs that this module encoded itself.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use sha2::{Digest, Sha256};

use crate::{Messages, Report};

mod card;
mod explained;
mod overlay;
mod story;
mod view;

pub(super) use story::story_html;

const TEMPLATE: &str = include_str!("../../templates/report.html");
const STYLE: &str = include_str!("../../templates/report.css");

/// Creatives drawn in full; the rest is one row each, so that a page of 10,000 still opens.
const CARDS: usize = 500;

/// Writes the page.
///
/// # Errors
/// What the writer gives.
pub fn html(report: &Report, messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    page(report, messages, CARDS, out)
}

fn page(report: &Report, messages: &Messages, cards: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // The name ends in .html: that is what turns escaping on.
    environment.add_template("report.html", TEMPLATE).map_err(io::Error::other)?;
    let template = environment.get_template("report.html").map_err(io::Error::other)?;
    let page = view::Page::of(report, messages, cards, STYLE, STANDARD.encode(Sha256::digest(STYLE)));
    template.render_captured_to(Serde(page), out).map_err(write_error).map(|_| ())
}

/// A failed write keeps its kind, so that a broken pipe can be told from a full disk.
fn write_error(error: minijinja::Error) -> io::Error {
    let kind = std::error::Error::source(&error)
        .and_then(|it| it.downcast_ref::<io::Error>())
        .map_or(io::ErrorKind::Other, io::Error::kind);
    io::Error::new(kind, error)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn past_the_cards_a_creative_is_one_row() {
        let score = |rank: u32| {
            serde_json::json!({
                "schema": "gancho.score/1", "rank": rank, "id": format!("creative-{rank}"), "path": "a.jpg",
                "score": 60.5, "base": 50.0, "interval": null, "basis": "craft", "group": null,
                "reasons": [], "evidence": {}, "warnings": []
            })
        };
        let report: Report = serde_json::from_value(serde_json::json!({
            "scores": [score(1), score(2), score(3)], "quarantine": [], "faults": [],
            "manifest": {"schema": "gancho.manifest/1", "gancho": "0.1.0", "models": [], "device": "cpu",
                "counts": {}, "notes": [], "seconds": 1.0}
        }))
        .unwrap();
        let mut out = Vec::new();
        page(&report, &Messages::new(Locale::En), 1, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.matches("<article").count(), 1);
        assert!(text.contains("Further creatives") && text.contains("<bdi>creative-3</bdi>"));
    }
}
