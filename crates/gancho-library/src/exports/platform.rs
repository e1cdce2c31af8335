//! Which platform wrote an export: its headers speak for it, and what stands around the table.

use std::collections::BTreeMap;

use super::headers;

/// Weight from which on a platform is believed.
const ENOUGH: u32 = 3;

/// Words above or below a table that name its platform.
const SIGNATURES: &[(&str, &str)] = &[
    ("microsoft corporation", "microsoft"),
    ("microsoft advertising", "microsoft"),
    ("linkedin", "linkedin"),
    ("google ads", "google"),
    ("tiktok", "tiktok"),
    ("pinterest", "pinterest"),
    ("snapchat", "snapchat"),
    ("# property", "ga4"),
    ("# propiedad", "ga4"),
    ("google analytics", "ga4"),
];

/// Platforms that have more than one kind of click under names of their own.
pub(crate) fn has_link_clicks(platform: Option<&str>) -> bool {
    platform.is_none_or(|it| it == "meta")
}

/// The platform that the headers and the texts around the table speak for; nothing where none has
/// enough weight, or two have the same.
pub(crate) fn of(headers: &[String], around: &[String]) -> Option<String> {
    let mut weights: BTreeMap<&str, u32> = BTreeMap::new();
    let mut seen = Vec::new();
    for known in headers.iter().filter_map(|it| headers::known(it, None)) {
        // A column that stands twice speaks once.
        if !seen.contains(&known.rank) {
            seen.push(known.rank);
            for (platform, weight) in &known.hints {
                *weights.entry(platform).or_default() += weight;
            }
        }
    }
    for text in around {
        let text = text.to_lowercase();
        if let Some((_, platform)) = SIGNATURES.iter().find(|it| text.contains(it.0)) {
            *weights.entry(platform).or_default() += 2 * ENOUGH;
        }
    }
    let best = weights.values().copied().max().filter(|it| *it >= ENOUGH)?;
    let mut of_best = weights.iter().filter(|it| *it.1 == best);
    let (platform, _) = of_best.next()?;
    of_best.next().is_none().then(|| (*platform).to_owned())
}

/// A platform as a column names it, in one spelling: `Facebook` and `Instagram` are Meta's.
pub(crate) fn canonical(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let first = name.split([' ', '_', '-']).next().unwrap_or_default();
    match first {
        "facebook" | "instagram" | "messenger" | "meta" | "fb" | "ig" => "meta".into(),
        "google" | "adwords" | "youtube" => "google".into(),
        "tiktok" => "tiktok".into(),
        "linkedin" => "linkedin".into(),
        "pinterest" => "pinterest".into(),
        "twitter" | "x" => "x".into(),
        "snapchat" | "snap" => "snapchat".into(),
        "microsoft" | "bing" => "microsoft".into(),
        "amazon" => "amazon".into(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_the_platform() {
        for (headers, platform) in [
            ("Campaign name,Ad name,Amount spent (USD),Impressions,Link clicks", Some("meta")),
            ("Campaña,Coste,Clics,Impr.,Conversiones", Some("google")),
            ("Campaign,Clicks,Impr.,Cost,Conversions", Some("google")),
            ("Gregorian date,Campaign,Ad group,Spend,Impr.,Clicks,Conversions,Revenue", Some("microsoft")),
            ("Campaign name,Cost,Impressions,Clicks (destination),Primary status", Some("tiktok")),
            ("Campaign Group Name,Campaign Name,Total Spent,Impressions,Clicks", Some("linkedin")),
            ("Campaign name,Swipe Ups,Spend,Paid Impressions", Some("snapchat")),
            ("Campaign name,Amount Spent,Swipe Ups,Paid Impressions", Some("snapchat")),
            ("Spend in account currency,Outbound clicks,Impressions", Some("pinterest")),
            ("billed_charge_local_micro,impressions,url_clicks", Some("x")),
            ("Campaign Name,Targeting,Spend,7 Day Total Sales ", Some("amazon")),
            ("Session campaign,Sessions,Key events,Total revenue", Some("ga4")),
            ("impressions,clicks,spend", None),
            ("campaign,cost,clicks,impressions", None),
        ] {
            let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
            assert_eq!(of(&headers, &[]).as_deref(), platform, "{headers:?}");
        }
        let around = ["©2025 Microsoft Corporation. All rights reserved.".to_owned()];
        assert_eq!(of(&["Campaign".into(), "Impr.".into()], &around).as_deref(), Some("microsoft"));
    }
}
