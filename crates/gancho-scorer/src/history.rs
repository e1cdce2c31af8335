//! The user's own results in the ranking of a library: learned on the spot, or before, by `gancho train`.

use crate::error::{Note, ScorerError};
use crate::learn::cases::Cases;
use crate::learn::crossfit::CrossFit;
use crate::learn::{Carry, HoldOut, Objective, Target};
use crate::model::{self, Applied, EffectModel, LearnOptions};
use crate::prior::Prior;
use crate::record::Row;

/// What a history says of every creative of a library, in the order of their ids.
pub(crate) struct History {
    pub(crate) model: EffectModel,
    pub(crate) applied: Applied,
    pub(crate) notes: Vec<Note>,
}

/// Plain rules that the history has to beat: one feature each.
const RULES: [(&str, &str); 3] = [
    ("longer-headline", "copy.headline.graphemes"),
    ("headline-prior", "copy.headline_logit"),
    ("longer-primary-text", "copy.primary_text.graphemes"),
];

/// Learns from the rows' own results, out of fold.
pub(crate) fn learn(
    rows: &[&Row],
    prior: Option<&Prior>,
    target: Target,
    carry: Carry,
) -> Result<History, ScorerError> {
    let cases = Cases::of(rows, prior);
    let options =
        LearnOptions { target, objective: Objective::Likelihood, hold_out: HoldOut::Campaign, carry };
    let learned = model::learn(&cases, &options, None, |_, fit, _| Ok(rules(fit)))?;
    let mut notes = Vec::new();
    if let Some(campaigns) = learned.ground.folds.too_few_campaigns {
        notes.push(Note::FoldsById { campaigns: campaigns as u64 });
    }
    Ok(History { applied: learned.model.apply(&cases), model: learned.model, notes })
}

/// Judges rows by a model that was learned before.
pub(crate) fn apply(rows: &[&Row], prior: Option<&Prior>, model: &EffectModel) -> History {
    let cases = Cases::of(rows, prior);
    History { applied: model.apply(&cases), model: model.clone(), notes: Vec::new() }
}

/// Predictions of plain rules for the units of a cross-fit.
pub(crate) fn rules(fit: &CrossFit) -> Vec<(String, Vec<f64>)> {
    let creatives = &fit.units.creative;
    let mut rules: Vec<(String, Vec<f64>)> = RULES
        .iter()
        .filter_map(|(name, feature)| {
            let at = fit.cases.content.names.iter().position(|it| it == feature)?;
            let column = &fit.cases.content.columns[at];
            Some(((*name).to_owned(), creatives.iter().map(|it| f64::from(column[*it])).collect()))
        })
        .collect();
    if fit.cases.prior.iter().any(|it| *it != 0.0) {
        rules.push(("prior".to_owned(), creatives.iter().map(|it| fit.cases.prior[*it]).collect()));
    }
    rules
}

/// How many creatives have a usable result.
pub(crate) fn known(rows: &[&Row], target: Target) -> usize {
    let usable = |row: &&&Row| row.observations.iter().any(|it| target.ratio(&it.counts).is_some());
    rows.iter().filter(usable).count()
}
