//! The records of `gancho import`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{NoteRecord, schema};

/// One row of an export. What the file does not say is null.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PerformanceRecord {
    /// `gancho.performance/1`.
    pub schema: schema::Performance,
    /// Platform, as `meta`.
    pub platform: Option<String>,
    /// First day, ISO.
    pub date_start: Option<String>,
    /// Last day, ISO.
    pub date_end: Option<String>,
    /// Campaign name.
    pub campaign: Option<String>,
    /// Campaign id.
    pub campaign_id: Option<String>,
    /// Name of the ad set, ad group or campaign group.
    pub ad_set: Option<String>,
    /// Ad name.
    pub ad: Option<String>,
    /// Ad id.
    pub ad_id: Option<String>,
    /// Primary text.
    pub text: Option<String>,
    /// Headline.
    pub headline: Option<String>,
    /// Name of the picture or video.
    pub image: Option<String>,
    /// Age range.
    pub age: Option<String>,
    /// Gender.
    pub gender: Option<String>,
    /// Placement or network.
    pub placement: Option<String>,
    /// Device.
    pub device: Option<String>,
    /// Currency code of spend and revenue.
    pub currency: Option<String>,
    /// Money spent, an exact decimal.
    pub spend: Option<String>,
    /// Times shown.
    pub impressions: Option<i64>,
    /// People reached.
    pub reach: Option<i64>,
    /// All clicks, or the only kind of click that the platform has.
    pub clicks: Option<i64>,
    /// Clicks on the link.
    pub link_clicks: Option<i64>,
    /// Results, an exact decimal.
    pub results: Option<String>,
    /// What the results are.
    pub result_type: Option<String>,
    /// Value of the results, an exact decimal.
    pub revenue: Option<String>,
    /// Plays of at least three seconds.
    pub video_3s: Option<i64>,
    /// Plays of a quarter of the video.
    pub video_25: Option<i64>,
    /// Plays of half of the video.
    pub video_50: Option<i64>,
    /// Plays of three quarters of the video.
    pub video_75: Option<i64>,
    /// Plays of the whole video.
    pub video_100: Option<i64>,
    /// Plays to the end, or of at least fifteen seconds.
    pub thruplays: Option<i64>,
    /// What the platform counts as a result of the ad.
    pub attribution: Option<String>,
    /// The file.
    pub file: String,
    /// Record of the file, from 1.
    pub record: u64,
    /// Columns that gave no field, by header; absent unless they were asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<BTreeMap<String, String>>,
}

/// A record of an export that is no data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkippedRecord {
    /// `gancho.skipped/1`.
    pub schema: schema::Skipped,
    /// The file.
    pub file: String,
    /// Record of the file, from 1.
    pub record: u64,
    /// Stable code, as `total`.
    pub reason: String,
    /// What belongs to the reason: the label of a total, the record that a duplicate repeats.
    #[serde(flatten)]
    pub details: Map<String, Value>,
    /// The reason in the language of the run.
    pub text: String,
}

/// What a reader must be told about one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportNote {
    /// The file.
    pub file: String,
    /// The warning, or the refusal.
    #[serde(flatten)]
    pub note: NoteRecord,
}

/// Sums of one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneySum {
    /// Currency code; none where nothing tells it.
    pub currency: Option<String>,
    /// Money spent, an exact decimal.
    pub spend: Option<String>,
    /// Value of the results, an exact decimal.
    pub revenue: Option<String>,
}

/// What files gave.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    /// The rows, file by file.
    pub rows: Vec<PerformanceRecord>,
    /// Records that are no rows, file by file.
    pub skipped: Vec<SkippedRecord>,
    /// What a reader must be told.
    pub warnings: Vec<ImportNote>,
    /// Files that could not be used, and why.
    pub refused: Vec<ImportNote>,
    /// Money by currency.
    pub money: Vec<MoneySum>,
}
