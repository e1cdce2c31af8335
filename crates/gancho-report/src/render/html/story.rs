//! A story as one self-contained page, in the look of the ranking's.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{STYLE, write_error};
use crate::Messages;
use crate::story::{Bars, Block, Story, Table};

const TEMPLATE: &str = include_str!("../../../templates/story.html");
const BARS: &str = include_str!("../../../templates/bars.css");

/// Writes the page.
///
/// # Errors
/// What the writer gives.
pub(crate) fn story_html(story: &Story, messages: &Messages, out: &mut dyn Write) -> io::Result<()> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.add_template("story.html", TEMPLATE).map_err(io::Error::other)?;
    let template = environment.get_template("story.html").map_err(io::Error::other)?;
    let style = format!("{STYLE}{BARS}");
    let page = Page {
        lang: messages.locale().tag(),
        style_hash: STANDARD.encode(Sha256::digest(&style)),
        style,
        title: &story.title,
        lead: &story.lead,
        facts: &story.facts,
        sections: story
            .sections
            .iter()
            .map(|it| Section { title: &it.title, blocks: it.blocks.iter().map(Piece::of).collect() })
            .collect(),
    };
    template.render_captured_to(Serde(page), out).map_err(write_error).map(|_| ())
}

#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    style: String,
    style_hash: String,
    title: &'a str,
    lead: &'a [String],
    facts: &'a [(String, String)],
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    title: &'a str,
    blocks: Vec<Piece<'a>>,
}

/// A block with places in percent of the width.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Piece<'a> {
    Paragraph { text: &'a str },
    List { items: &'a [String] },
    Table(&'a Table),
    Bars { caption: &'a str, rows: Vec<Row<'a>>, marks: Vec<At<'a>> },
}

#[derive(Serialize)]
struct Row<'a> {
    label: &'a str,
    words: &'a str,
    interval_words: &'a str,
    is_main: bool,
    at: f64,
    band: Option<(f64, f64)>,
}

#[derive(Serialize)]
struct At<'a> {
    label: &'a str,
    at: f64,
}

impl<'a> Piece<'a> {
    fn of(block: &'a Block) -> Self {
        match block {
            Block::Paragraph { text } => Self::Paragraph { text },
            Block::List { items } => Self::List { items },
            Block::Table(table) => Self::Table(table),
            Block::Bars(bars) => Self::bars(bars),
        }
    }

    fn bars(bars: &'a Bars) -> Self {
        let percent = |value: f64| (bars.place(value) * 1000.0).round() / 10.0;
        let band = |(low, high)| (percent(low), ((percent(high) - percent(low)) * 10.0).round() / 10.0);
        Self::Bars {
            caption: &bars.caption,
            rows: bars
                .rows
                .iter()
                .map(|it| Row {
                    label: &it.label,
                    words: &it.words,
                    interval_words: &it.interval_words,
                    is_main: it.is_main,
                    at: percent(it.value),
                    band: it.interval.map(band),
                })
                .collect(),
            marks: bars.marks.iter().map(|it| At { label: &it.label, at: percent(it.value) }).collect(),
        }
    }
}
