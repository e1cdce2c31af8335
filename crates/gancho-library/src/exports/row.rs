//! One row of a performance export in the words that all platforms share.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decimal::Decimal;

/// What a column of an export can hold. The names are those of [`PerformanceRow`]'s fields, of the
/// records that `gancho import` prints, and of the keys of a mapping file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Where the ad ran, when a column says so.
    Platform,
    /// First day.
    DateStart,
    /// Last day.
    DateEnd,
    /// Campaign name.
    Campaign,
    /// Campaign id.
    CampaignId,
    /// Name of the ad set, ad group or campaign group.
    AdSet,
    /// Ad name.
    Ad,
    /// Ad id.
    AdId,
    /// Primary text.
    Text,
    /// Headline.
    Headline,
    /// Name of the picture or video.
    Image,
    /// Age range.
    Age,
    /// Gender.
    Gender,
    /// Placement or network.
    Placement,
    /// Device.
    Device,
    /// Currency of the money columns.
    Currency,
    /// Money spent.
    Spend,
    /// Times shown.
    Impressions,
    /// People reached.
    Reach,
    /// All clicks, or the only kind of click that the platform has.
    Clicks,
    /// Clicks on the link.
    LinkClicks,
    /// Results, as the platform counts them.
    Results,
    /// What the results are.
    ResultType,
    /// Value of the results.
    Revenue,
    /// Plays of at least three seconds.
    #[serde(rename = "video_3s")]
    Video3s,
    /// Plays of a quarter of the video.
    #[serde(rename = "video_25")]
    Video25,
    /// Plays of half of the video.
    #[serde(rename = "video_50")]
    Video50,
    /// Plays of three quarters of the video.
    #[serde(rename = "video_75")]
    Video75,
    /// Plays of the whole video.
    #[serde(rename = "video_100")]
    Video100,
    /// Plays to the end, or of at least fifteen seconds.
    Thruplays,
    /// What the platform counts as a result of the ad.
    Attribution,
}

/// What the cells of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nature {
    Name,
    Text,
    Day,
    Currency,
    Count,
    Amount,
}

impl Field {
    /// All fields, in the order in which records show them.
    pub const ALL: [Field; 31] = [
        Field::Platform,
        Field::DateStart,
        Field::DateEnd,
        Field::Campaign,
        Field::CampaignId,
        Field::AdSet,
        Field::Ad,
        Field::AdId,
        Field::Text,
        Field::Headline,
        Field::Image,
        Field::Age,
        Field::Gender,
        Field::Placement,
        Field::Device,
        Field::Currency,
        Field::Spend,
        Field::Impressions,
        Field::Reach,
        Field::Clicks,
        Field::LinkClicks,
        Field::Results,
        Field::ResultType,
        Field::Revenue,
        Field::Video3s,
        Field::Video25,
        Field::Video50,
        Field::Video75,
        Field::Video100,
        Field::Thruplays,
        Field::Attribution,
    ];

    /// The field's name, as `ad_set`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Platform => "platform",
            Field::DateStart => "date_start",
            Field::DateEnd => "date_end",
            Field::Campaign => "campaign",
            Field::CampaignId => "campaign_id",
            Field::AdSet => "ad_set",
            Field::Ad => "ad",
            Field::AdId => "ad_id",
            Field::Text => "text",
            Field::Headline => "headline",
            Field::Image => "image",
            Field::Age => "age",
            Field::Gender => "gender",
            Field::Placement => "placement",
            Field::Device => "device",
            Field::Currency => "currency",
            Field::Spend => "spend",
            Field::Impressions => "impressions",
            Field::Reach => "reach",
            Field::Clicks => "clicks",
            Field::LinkClicks => "link_clicks",
            Field::Results => "results",
            Field::ResultType => "result_type",
            Field::Revenue => "revenue",
            Field::Video3s => "video_3s",
            Field::Video25 => "video_25",
            Field::Video50 => "video_50",
            Field::Video75 => "video_75",
            Field::Video100 => "video_100",
            Field::Thruplays => "thruplays",
            Field::Attribution => "attribution",
        }
    }

    pub(crate) fn nature(self) -> Nature {
        match self {
            Field::DateStart | Field::DateEnd => Nature::Day,
            Field::Currency => Nature::Currency,
            Field::Text | Field::Headline => Nature::Text,
            Field::Spend | Field::Revenue | Field::Results => Nature::Amount,
            Field::Impressions
            | Field::Reach
            | Field::Clicks
            | Field::LinkClicks
            | Field::Video3s
            | Field::Video25
            | Field::Video50
            | Field::Video75
            | Field::Video100
            | Field::Thruplays => Nature::Count,
            _ => Nature::Name,
        }
    }

    /// Whether it holds a figure.
    pub(crate) fn is_figure(self) -> bool {
        matches!(self.nature(), Nature::Count | Nature::Amount)
    }

    /// Fields that say which ad a row is about: a totals row has none of them.
    pub(crate) fn is_identity(self) -> bool {
        matches!(
            self,
            Field::Campaign
                | Field::CampaignId
                | Field::AdSet
                | Field::Ad
                | Field::AdId
                | Field::Text
                | Field::Headline
                | Field::Image
        )
    }

    /// Fields that cut an ad's figures into parts.
    pub(crate) fn is_breakdown(self) -> bool {
        matches!(self, Field::Age | Field::Gender | Field::Placement | Field::Device)
    }
}

/// One row of an export. What the file does not say is `None`, never zero.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PerformanceRow {
    /// `meta`, `google`, `tiktok`, `linkedin`, `pinterest`, `x`, `snapchat`, `microsoft`, `amazon`,
    /// `dv360`, `ga4`, or what a column of the file says.
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
    /// Primary text, to the letter.
    pub text: Option<String>,
    /// Headline, to the letter.
    pub headline: Option<String>,
    /// Name of the picture or video, as asset breakdowns write it.
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
    /// Money spent.
    pub spend: Option<Decimal>,
    /// Times shown; corrections are negative.
    pub impressions: Option<i64>,
    /// People reached. Does not add up over rows.
    pub reach: Option<i64>,
    /// All clicks, or the only kind of click that the platform has.
    pub clicks: Option<i64>,
    /// Clicks on the link.
    pub link_clicks: Option<i64>,
    /// Results; platforms report fractions of them.
    pub results: Option<Decimal>,
    /// What the results are: the cell that says so, else the header of their column.
    pub result_type: Option<String>,
    /// Value of the results.
    pub revenue: Option<Decimal>,
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
    /// Record of the file, from 1.
    pub record: u64,
    /// Columns that are neither known nor mapped, by header; blank cells are left out.
    pub extra: BTreeMap<String, String>,
}

impl PerformanceRow {
    pub(crate) fn words_mut(&mut self, field: Field) -> Option<&mut Option<String>> {
        Some(match field {
            Field::Platform => &mut self.platform,
            Field::DateStart => &mut self.date_start,
            Field::DateEnd => &mut self.date_end,
            Field::Campaign => &mut self.campaign,
            Field::CampaignId => &mut self.campaign_id,
            Field::AdSet => &mut self.ad_set,
            Field::Ad => &mut self.ad,
            Field::AdId => &mut self.ad_id,
            Field::Text => &mut self.text,
            Field::Headline => &mut self.headline,
            Field::Image => &mut self.image,
            Field::Age => &mut self.age,
            Field::Gender => &mut self.gender,
            Field::Placement => &mut self.placement,
            Field::Device => &mut self.device,
            Field::Currency => &mut self.currency,
            Field::ResultType => &mut self.result_type,
            Field::Attribution => &mut self.attribution,
            _ => return None,
        })
    }

    pub(crate) fn count_mut(&mut self, field: Field) -> Option<&mut Option<i64>> {
        Some(match field {
            Field::Impressions => &mut self.impressions,
            Field::Reach => &mut self.reach,
            Field::Clicks => &mut self.clicks,
            Field::LinkClicks => &mut self.link_clicks,
            Field::Video3s => &mut self.video_3s,
            Field::Video25 => &mut self.video_25,
            Field::Video50 => &mut self.video_50,
            Field::Video75 => &mut self.video_75,
            Field::Video100 => &mut self.video_100,
            Field::Thruplays => &mut self.thruplays,
            _ => return None,
        })
    }

    pub(crate) fn amount_mut(&mut self, field: Field) -> Option<&mut Option<Decimal>> {
        Some(match field {
            Field::Spend => &mut self.spend,
            Field::Results => &mut self.results,
            Field::Revenue => &mut self.revenue,
            _ => return None,
        })
    }

    /// A figure of the row, exact.
    pub fn figure(&self, field: Field) -> Option<Decimal> {
        match field {
            Field::Spend => self.spend,
            Field::Results => self.results,
            Field::Revenue => self.revenue,
            Field::Impressions => self.impressions.map(Decimal::from),
            Field::Reach => self.reach.map(Decimal::from),
            Field::Clicks => self.clicks.map(Decimal::from),
            Field::LinkClicks => self.link_clicks.map(Decimal::from),
            Field::Video3s => self.video_3s.map(Decimal::from),
            Field::Video25 => self.video_25.map(Decimal::from),
            Field::Video50 => self.video_50.map(Decimal::from),
            Field::Video75 => self.video_75.map(Decimal::from),
            Field::Video100 => self.video_100.map(Decimal::from),
            Field::Thruplays => self.thruplays.map(Decimal::from),
            _ => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_place_in_the_row_and_its_name_in_records() {
        let json = serde_json::to_value(PerformanceRow::default()).unwrap();
        for field in Field::ALL {
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
            assert!(json.get(field.name()).is_some(), "{field:?}");
            let mut row = PerformanceRow::default();
            let places = [
                row.words_mut(field).is_some(),
                row.count_mut(field).is_some(),
                row.amount_mut(field).is_some(),
            ];
            assert_eq!(places.iter().filter(|it| **it).count(), 1, "{field:?}");
            assert_eq!(field.is_figure(), !places[0], "{field:?}");
        }
        assert_eq!(json.as_object().unwrap().len(), Field::ALL.len() + 2);
    }
}
