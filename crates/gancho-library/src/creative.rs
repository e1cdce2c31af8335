//! What one creative is: a picture, its words, where it ran and what it earned.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::dates::{self, Written};

/// The words of a creative, each as the user wrote it (outer white space removed).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// The text above or below the picture.
    pub primary_text: Option<String>,
    /// The headline.
    pub headline: Option<String>,
    /// The line below the headline.
    pub description: Option<String>,
    /// The label of the button.
    pub call_to_action: Option<String>,
}

impl Copy {
    /// Whether no field holds anything.
    pub fn is_empty(&self) -> bool {
        self.primary_text.is_none()
            && self.headline.is_none()
            && self.description.is_none()
            && self.call_to_action.is_none()
    }

    /// Fills the fields that are missing here from `other`; what is here stays.
    pub(crate) fn fill_from(&mut self, other: Copy) {
        self.primary_text = self.primary_text.take().or(other.primary_text);
        self.headline = self.headline.take().or(other.headline);
        self.description = self.description.take().or(other.description);
        self.call_to_action = self.call_to_action.take().or(other.call_to_action);
    }
}

/// What a creative earned: sums of counts over all rows that name it. Unknown is `None`, never zero.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Performance {
    /// Times shown.
    pub impressions: Option<u64>,
    /// Clicks (the column's own definition: all clicks or link clicks).
    pub clicks: Option<u64>,
    /// People reached. Summed over rows, so an upper bound when one person appears in several.
    pub reach: Option<u64>,
    /// Plays of at least 3 seconds.
    pub video_3s: Option<u64>,
    /// Plays to the end, or of at least 15 seconds.
    pub video_thruplay: Option<u64>,
    /// Money spent, in the currency of the file.
    pub spend: Option<f64>,
    /// Conversions; platforms report fractions of them.
    pub conversions: Option<f64>,
    /// Value of the conversions, in the currency of the file; refunds make it negative.
    pub revenue: Option<f64>,
    /// How many rows were summed.
    pub rows: u32,
}

impl Performance {
    /// Whether no figure is known.
    pub fn is_empty(&self) -> bool {
        *self == Performance { rows: self.rows, ..Performance::default() }
    }
}

/// Where something was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The file, relative to the library's root where it lies inside, '/'-separated.
    pub file: String,
    /// Line of a text table (from 1), row of a sheet or Parquet file; `None` for a loose picture.
    pub line: Option<u64>,
}

/// One ad as the viewer meets it, as far as the user's files tell.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Creative {
    /// The id that was given, else the relative path of the picture, else `manifest#row`.
    pub id: String,
    /// The picture's absolute path, symbolic links resolved. It exists, but has not been opened.
    pub picture: Option<PathBuf>,
    /// The picture's path relative to the library's root, '/'-separated; "" without a picture.
    pub path: String,
    /// The words.
    pub copy: Copy,
    /// Campaign name.
    pub campaign: Option<String>,
    /// Ad set name.
    pub ad_set: Option<String>,
    /// Placement, as written.
    pub placement: Option<String>,
    /// Platform, as written.
    pub platform: Option<String>,
    /// Market, as written.
    pub market: Option<String>,
    /// Language, as written.
    pub language: Option<String>,
    /// Audience, as written.
    pub audience: Option<String>,
    /// Landing page. Never fetched.
    pub url: Option<String>,
    /// First day, ISO (`2026-03-01`).
    pub start: Option<String>,
    /// Last day, ISO.
    pub end: Option<String>,
    /// Tags, in the order written.
    pub tags: Vec<String>,
    /// What it earned, from the manifest's own columns or from performance files.
    pub performance: Option<Performance>,
    /// How many comments name it; the comments are in [`crate::Library::comments`].
    pub comments: u32,
    /// Where it was read.
    pub origin: Origin,
    /// Columns that gancho does not know, by header; empty cells are left out.
    pub extra: BTreeMap<String, String>,
}

/// One comment below a creative.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// Row of the table, from 1, header not counted.
    pub row: u64,
    /// The comment's own id.
    pub id: Option<String>,
    /// The creative as the file names it.
    pub creative: Option<String>,
    /// Id of the creative of this library that it names, when there is one.
    pub creative_id: Option<String>,
    /// The words.
    pub text: String,
    /// Author, as written.
    pub author: Option<String>,
    /// Moment, as written.
    pub created_at: Option<String>,
    /// Likes.
    pub likes: Option<u64>,
    /// Id of the comment that it answers.
    pub parent: Option<String>,
    /// Where it was read.
    pub origin: Origin,
}

impl Comment {
    /// The day it was written (`2026-03-01`), where the moment tells it in one way only.
    pub fn day(&self) -> Option<String> {
        match dates::read(self.created_at.as_deref()?)? {
            Written::Known(day) => Some(day.to_string()),
            Written::Either { .. } => None,
        }
    }
}
