//! The `[learn]` table of a mapping file: which columns describe the creative, and which its delivery.

use serde::Deserialize;

/// What the columns of a table mean for learning. Columns are canonical keys (`text`, `age`) or headers as written.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct LearnMapping {
    /// Columns whose values together name what is compared with each other; `campaign` by default.
    #[serde(deserialize_with = "one_or_many")]
    pub(crate) group: Vec<String>,
    /// Columns that together tell one creative from another; by default what the rows have of text, headline, image,
    /// and else the ad.
    pub(crate) creative: Vec<String>,
    /// The column of the primary text.
    pub(crate) text: Option<String>,
    /// The column of the headline.
    pub(crate) headline: Option<String>,
    /// Columns that describe the creative: numbers, or categories.
    pub(crate) content: Vec<String>,
    /// Columns that describe the delivery; by default placement, device, age, gender and ad set.
    pub(crate) context: Vec<String>,
    /// What counts as impressions: a column, or a number for every row (1 for logs with one row an impression).
    pub(crate) impressions: Option<Figure>,
    /// What counts as clicks.
    pub(crate) clicks: Option<Figure>,
    /// Whether days count as context: month, and age of the ad. True by default.
    pub(crate) season: Option<bool>,
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::One(one) => vec![one],
        Written::Many(many) => many,
    })
}

/// Where a count comes from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Figure {
    /// The same for every row.
    Number(f64),
    /// A canonical key, or a header.
    Column(String),
}

/// Canonical keys of the delivery.
pub(crate) const CONTEXT: [&str; 6] = ["platform", "placement", "device", "age", "gender", "ad_set"];

impl LearnMapping {
    /// Reads the `[learn]` table of a mapping file; other tables are the importer's.
    ///
    /// # Errors
    /// What is wrong, with line and column, as the TOML reader says it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            learn: LearnMapping,
        }
        toml::from_str::<File>(text).map(|it| it.learn).map_err(|it| it.to_string())
    }

    /// Columns that name what is compared.
    pub(crate) fn group(&self) -> Vec<String> {
        if self.group.is_empty() { vec!["campaign".to_owned()] } else { self.group.clone() }
    }

    /// Columns of the delivery.
    pub(crate) fn context(&self) -> Vec<String> {
        if self.context.is_empty() { CONTEXT.map(str::to_owned).to_vec() } else { self.context.clone() }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_learn_table_stands_beside_the_importers() {
        let text = "platform = \"meta\"\n[columns]\nspend = \"Spent\"\n[learn]\ngroup = \"day\"\ncontent = [\"Type\"]\ncontext = [\"age\"]\n";
        let mapping = LearnMapping::parse(text).unwrap();
        assert_eq!((mapping.content[0].as_str(), mapping.group()), ("Type", vec!["day".to_owned()]));
        assert_eq!(mapping.context(), ["age"]);
        assert_eq!(LearnMapping::parse("").unwrap(), LearnMapping::default());
        assert!(
            LearnMapping::parse("[learn]\ngroup = \"day\"\ncontents = []").unwrap_err().contains("contents")
        );
    }
}
