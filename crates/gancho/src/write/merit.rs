//! What makes one variant better than another: clicks, clarity, novelty, in the weights that were asked for.

use std::str::FromStr;

use gancho_copy::TextFeatures;
use gancho_writer::{Brief, Gate, Variant};

/// Weights of what is wanted; only their proportions count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Objective {
    /// What the scorer expects of clicks.
    pub clicks: f64,
    /// Short sentences of short words.
    pub clarity: f64,
    /// Wording that is not the brief's own.
    pub novelty: f64,
}

impl Default for Objective {
    fn default() -> Self {
        Self { clicks: 1.0, clarity: 0.0, novelty: 0.0 }
    }
}

/// An objective that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is none of clicks, clarity, novelty with a weight of 0 to 100, as in clicks=2,clarity=1")]
pub struct ObjectiveError {
    /// The part that is wrong.
    pub found: String,
}

impl FromStr for Objective {
    type Err = ObjectiveError;

    /// `clarity`, or `clicks=2,clarity=1`.
    fn from_str(text: &str) -> Result<Self, ObjectiveError> {
        let mut objective = Self { clicks: 0.0, clarity: 0.0, novelty: 0.0 };
        for part in text.split(',') {
            let wrong = || ObjectiveError { found: part.trim().to_owned() };
            let (name, weight) = part.split_once('=').unwrap_or((part, "1"));
            let weight: f64 = weight.trim().parse().map_err(|_| wrong())?;
            if !(0.0..=100.0).contains(&weight) {
                return Err(wrong());
            }
            match name.trim() {
                "clicks" => objective.clicks = weight,
                "clarity" => objective.clarity = weight,
                "novelty" => objective.novelty = weight,
                _ => return Err(wrong()),
            }
        }
        if objective.clicks + objective.clarity + objective.novelty <= 0.0 {
            return Err(ObjectiveError { found: text.trim().to_owned() });
        }
        Ok(objective)
    }
}

/// Merit of each variant, 0 to 1: each criterion counts by rank, so that their units do not matter.
pub(super) fn of(variants: &[Variant], clicks: &[f64], brief: &Brief, objective: &Objective) -> Vec<f64> {
    let clarity: Vec<f64> = variants.iter().map(|it| -effort(it, brief)).collect();
    let novelty: Vec<f64> = match objective.novelty > 0.0 {
        true => variants.iter().map(|it| -echo(it, brief)).collect(),
        false => vec![0.0; variants.len()],
    };
    let total = objective.clicks + objective.clarity + objective.novelty;
    let weighed = [(clicks, objective.clicks), (&clarity, objective.clarity), (&novelty, objective.novelty)]
        .map(|(values, weight)| (ranks(values), weight / total));
    (0..variants.len()).map(|at| weighed.iter().map(|(ranks, weight)| ranks[at] * weight).sum()).collect()
}

/// The variants, best first; equal ones in their order.
pub(super) fn order(
    variants: &[Variant],
    clicks: &[f64],
    brief: &Brief,
    objective: &Objective,
) -> Vec<usize> {
    let merit = of(variants, clicks, brief, objective);
    let mut order: Vec<usize> = (0..variants.len()).collect();
    order.sort_by(|a, b| merit[*b].total_cmp(&merit[*a]).then(a.cmp(b)));
    order
}

/// Ranks from 0 (least) to 1, ties sharing theirs.
fn ranks(values: &[f64]) -> Vec<f64> {
    let most = values.len().saturating_sub(1).max(1) as f64;
    let below = |it: f64| values.iter().filter(|other| **other < it).count() as f64;
    let equal = |it: f64| values.iter().filter(|other| **other == it).count() as f64;
    values.iter().map(|it| (below(*it) + 0.5 * (equal(*it) - 1.0)) / most).collect()
}

/// What reading costs: words of a sentence and letters of a word, the two terms of the readability formulas (Flesch
/// 1948), which themselves need texts of thirty words.
fn effort(variant: &Variant, brief: &Brief) -> f64 {
    let features = TextFeatures::of(&variant.text(), brief.language);
    features.words_per_sentence.unwrap_or(0.0) / 10.0 + features.mean_word_length.unwrap_or(0.0) / 5.0
}

/// How much of it is the brief, word for word.
fn echo(variant: &Variant, brief: &Brief) -> f64 {
    let text = variant.text();
    brief.sources().iter().map(|(_, source)| Gate::likeness(&text, source)).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;

    use gancho_writer::{Engine, Field, Market};

    use super::*;

    #[test]
    fn an_objective_is_a_list_of_weights() {
        let of = |text: &str| text.parse::<Objective>();
        assert_eq!(of("clarity").unwrap(), Objective { clicks: 0.0, clarity: 1.0, novelty: 0.0 });
        assert_eq!(
            of("clicks=2, novelty=0.5").unwrap(),
            Objective { clicks: 2.0, clarity: 0.0, novelty: 0.5 }
        );
        for wrong in ["", "fame", "clicks=-1", "clicks=x", "clicks=0", "clicks=nan", "clarity=1e9"] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_criterion_has_its_say() {
        let variant = |text: &str| {
            Variant::new(Engine::Composer, "plain", BTreeMap::from([(Field::Headline, text.to_owned())]))
        };
        let mut brief = Brief::new(Market::EnUs);
        brief.benefits = vec!["Stays warm for six hours".to_owned()];
        let variants = [
            variant("Stays warm for six hours"),
            variant("Hot at noon. Still hot at six."),
            variant("Uninterrupted thermal conservation throughout extended working afternoons"),
        ];
        let clicks = [60.0, 40.0, 50.0];
        let first = |objective: &str| order(&variants, &clicks, &brief, &objective.parse().unwrap())[0];
        assert_eq!((first("clicks"), first("clarity")), (0, 1));
        assert_ne!(first("novelty"), 0);
    }
}
