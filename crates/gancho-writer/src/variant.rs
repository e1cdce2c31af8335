//! What a writer hands to the gate: fields of copy, and who wrote them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A place in an ad that holds one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Main text of Meta.
    PrimaryText,
    /// Text above the picture on LinkedIn.
    IntroText,
    /// The only text of an ad in TikTok's feed.
    AdText,
    /// The text of a post.
    Text,
    /// Subject of an e-mail.
    Subject,
    /// What a mail program shows behind the subject.
    Preheader,
    /// Title of a notification or pin.
    Title,
    /// Body of a message.
    Body,
    /// Small print below a message.
    Footer,
    /// Headline.
    Headline,
    /// Long headline of Google.
    LongHeadline,
    /// Description.
    Description,
    /// Words on the button.
    CallToAction,
}

impl Field {
    /// Every field, with its code.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::PrimaryText, "primary_text"),
        (Self::IntroText, "intro_text"),
        (Self::AdText, "ad_text"),
        (Self::Text, "text"),
        (Self::Subject, "subject"),
        (Self::Preheader, "preheader"),
        (Self::Title, "title"),
        (Self::Body, "body"),
        (Self::Footer, "footer"),
        (Self::Headline, "headline"),
        (Self::LongHeadline, "long_headline"),
        (Self::Description, "description"),
        (Self::CallToAction, "call_to_action"),
    ];

    /// `primary_text` and the like.
    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|(field, _)| *field == self).map_or("text", |(_, code)| code)
    }

    /// Reads the code.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.iter().find(|(_, code)| code.eq_ignore_ascii_case(text)).map(|(field, _)| *field)
    }

    /// Whether it is a title: no full stop at its end, and title case is usual in English.
    pub fn is_title(self) -> bool {
        matches!(self, Self::Headline | Self::LongHeadline | Self::Title | Self::Subject | Self::CallToAction)
    }
}

impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// What wrote a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engine {
    /// The composer: frames and morphology, no download.
    Composer,
    /// A language model.
    Model,
}

/// One ad's worth of copy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The texts.
    pub fields: BTreeMap<Field, String>,
    /// What wrote it.
    pub engine: Engine,
    /// The rhetorical frame, as in `aida` or `offer_first`; empty when there is none.
    pub frame: String,
    /// What was planned for it: the benefit, the proof, the offer, the call to action that it uses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<String>,
    /// The seed it was made with.
    #[serde(default)]
    pub seed: u64,
    /// What the gate mended in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<crate::gate::Repair>,
}

impl Variant {
    /// A variant of these texts.
    pub fn new(engine: Engine, frame: &str, fields: BTreeMap<Field, String>) -> Self {
        Self { fields, engine, frame: frame.to_owned(), uses: Vec::new(), seed: 0, repairs: Vec::new() }
    }

    /// The texts of all fields, one a line: what is compared with other variants.
    pub fn text(&self) -> String {
        self.fields.values().map(String::as_str).collect::<Vec<_>>().join("\n")
    }
}
