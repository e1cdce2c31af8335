//! The user's own results: boosting on everything known about a creative, out of fold.
//!
//! Five models are grown, each without the campaigns of its fold. A creative is judged by the
//! model that saw no result of its campaign; creatives of campaigns without any results by the
//! mean of all five. So no score has seen its own outcome, and all creatives of one campaign are
//! judged by the same model.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::calibration::fit_beta;
use crate::embedding::{self, Projection};
use crate::error::{Note, ScorerError};
use crate::hash;
use crate::outcomes::Targets;
use crate::peers;
use crate::record::{Outcome, Row, Skill};
use crate::skill;
use crate::trees::{Ensemble, Settings};

/// Name under which the contributions of all embedding components are reported.
pub(crate) const LOOK: &str = "embedding.look";

const FOLDS: usize = 5;
/// Rows past this number add time, hardly skill: a fold's model then learns from a sample.
const MOST_TRAINED: usize = 20_000;

const SETTINGS: Settings = Settings {
    trees: 120,
    rate: 0.05,
    depth: 3,
    leaf_weight: 5.0,
    l2: 5.0,
    row_share: 0.8,
    column_share: 0.5,
    seed: 20_131_101,
};

/// What the history says about every row of the library.
pub(crate) struct History {
    /// Names of the columns; several may share one name ([`LOOK`]).
    pub(crate) names: Vec<String>,
    /// Margin in log-odds for each row.
    pub(crate) margins: Vec<f64>,
    /// Contribution of each column to the margin, for each row.
    pub(crate) contributions: Vec<Vec<f64>>,
    pub(crate) skill: Skill,
    pub(crate) notes: Vec<Note>,
    /// Rows with results, and for each its target group and fold.
    pub(crate) known: Vec<usize>,
    pub(crate) groups: Vec<usize>,
    pub(crate) folds: Vec<usize>,
    pub(crate) targets: Targets,
}

/// Learns from rows sorted by id; `outcomes` holds the usable results.
pub(crate) fn learn(rows: &[&Row], outcomes: &[Option<Outcome>]) -> Result<History, ScorerError> {
    let known: Vec<usize> = (0..rows.len()).filter(|it| outcomes[*it].is_some()).collect();
    let results: Vec<Outcome> = known.iter().filter_map(|it| outcomes[*it]).collect();
    let campaigns: Vec<Option<&str>> = known.iter().map(|it| rows[*it].group.as_deref()).collect();
    let groups = peers::assign(&campaigns).1;
    let targets = Targets::of(&results, &groups);
    let mut notes = Vec::new();
    let fold_of = folds(rows, &known, &mut notes);
    let folds: Vec<usize> = known.iter().map(|it| fold_of[*it].unwrap_or(0)).collect();

    let table = Table::of(rows);
    let models = fit(&table, rows, &known, &folds, &targets, &mut notes)?;
    let (margins, contributions): (Vec<f64>, Vec<Vec<f64>>) =
        (0..rows.len()).into_par_iter().map(|row| judge(&models, table.row(row), fold_of[row])).unzip();

    let predictions: Vec<f64> = known.iter().map(|it| margins[*it]).collect();
    let skill = skill::measure(&predictions, &targets, &groups, &baselines(rows, &known));
    let beta = slope(&predictions, &targets, &groups).max(0.0);
    let scaled = |it: Vec<f64>| it.into_iter().map(|it| it * beta).collect();
    Ok(History {
        names: table.names,
        margins: scaled(margins),
        contributions: contributions.into_iter().map(scaled).collect(),
        skill: Skill { skilled: skill.skilled && beta > 0.0, ..skill },
        notes,
        known,
        groups,
        folds,
        targets,
    })
}

/// Margin and contributions. The models' constants are left out, or creatives judged by different
/// models would differ for no reason of their own.
fn judge(models: &[Ensemble], row: &[f64], fold: Option<usize>) -> (f64, Vec<f64>) {
    let used = match fold {
        Some(fold) => &models[fold..=fold],
        None => models,
    };
    let count = used.len() as f64;
    let mut contributions = vec![0.0; row.len()];
    used.iter().for_each(|it| it.add_contributions(row, &mut contributions));
    contributions.iter_mut().for_each(|it| *it /= count);
    (contributions.iter().sum(), contributions)
}

/// Log-odds of winning a pair for one unit of predicted difference, out of fold.
fn slope(predictions: &[f64], targets: &Targets, groups: &[usize]) -> f64 {
    let result = |a: usize, b: usize| match targets.observed[a].total_cmp(&targets.observed[b]) {
        std::cmp::Ordering::Greater => 1.0,
        std::cmp::Ordering::Equal => 0.5,
        std::cmp::Ordering::Less => 0.0,
    };
    let pairs = skill::pairs(groups).into_iter();
    fit_beta(&pairs.map(|(a, b)| (predictions[a] - predictions[b], result(a, b))).collect::<Vec<_>>())
}

/// The fold of every row, nothing for those whose campaign has no results.
fn folds(rows: &[&Row], known: &[usize], notes: &mut Vec<Note>) -> Vec<Option<usize>> {
    let campaigns: BTreeSet<&str> = known.iter().filter_map(|it| rows[*it].group.as_deref()).collect();
    let whole = campaigns.len() >= FOLDS;
    if !whole {
        notes.push(Note::FoldsById { campaigns: campaigns.len() as u64 });
    }
    // What is held out together: a campaign, or a creative on its own.
    let unit = |row: usize| match rows[row].group.as_deref() {
        Some(group) if whole => (0, group),
        _ => (1, rows[row].id.as_str()),
    };
    let mut sizes: BTreeMap<(u8, &str), usize> = BTreeMap::new();
    for row in known {
        *sizes.entry(unit(*row)).or_default() += 1;
    }
    // Largest first into the emptiest fold; the hash breaks ties without favoring early names.
    let mut order: Vec<((u8, &str), usize)> = sizes.into_iter().collect();
    order.sort_by_key(|(unit, size)| (std::cmp::Reverse(*size), hash::text(unit.1), *unit));
    let mut filled = [0_usize; FOLDS];
    let mut fold_of = BTreeMap::new();
    for (unit, size) in order {
        let emptiest = (0..FOLDS).min_by_key(|it| filled[*it]).unwrap_or(0);
        filled[emptiest] += size;
        fold_of.insert(unit, emptiest);
    }
    (0..rows.len()).map(|row| fold_of.get(&unit(row)).copied()).collect()
}

fn fit(
    table: &Table,
    rows: &[&Row],
    known: &[usize],
    folds: &[usize],
    targets: &Targets,
    notes: &mut Vec<Note>,
) -> Result<Vec<Ensemble>, ScorerError> {
    let mut most = 0;
    let mut models = Vec::new();
    let mut sampled = false;
    for fold in 0..FOLDS {
        let mut used: Vec<usize> = (0..known.len()).filter(|it| folds[*it] != fold).collect();
        if used.len() > MOST_TRAINED {
            used.sort_by_key(|it| hash::text(&rows[known[*it]].id));
            used.truncate(MOST_TRAINED);
            used.sort_unstable();
            sampled = true;
        }
        most = most.max(used.len());
        let target: Vec<f64> = used.iter().map(|it| targets.shrunk[*it]).collect();
        let values = table.columns(&used.iter().map(|it| known[*it]).collect::<Vec<_>>());
        let settings =
            Settings { leaf_weight: SETTINGS.leaf_weight.max(used.len() as f32 / 50.0), ..SETTINGS };
        models.push(Ensemble::fit(&values, table.names.len(), &target, &vec![1.0; used.len()], &settings)?);
    }
    if sampled {
        notes.push(Note::Sampled { creatives: known.len() as u64, used: most as u64 });
    }
    Ok(models)
}

/// Plain rules that the history has to beat.
fn baselines(rows: &[&Row], known: &[usize]) -> Vec<(&'static str, Vec<f64>)> {
    let by = |feature: &str| {
        known
            .iter()
            .map(|it| rows[*it].features.get(feature).copied().unwrap_or(f64::NAN))
            .collect::<Vec<f64>>()
    };
    vec![
        ("longer headline", by("copy.headline.graphemes")),
        ("headline prior", by("copy.headline_logit")),
        ("longer primary text", by("copy.primary_text.graphemes")),
    ]
}

/// All features of all rows, embeddings reduced; NaN where missing.
struct Table {
    names: Vec<String>,
    values: Vec<f64>,
}

impl Table {
    fn of(rows: &[&Row]) -> Self {
        let plain: BTreeSet<&str> = rows
            .iter()
            .flat_map(|it| it.features.keys())
            .filter(|it| !it.starts_with(embedding::PREFIX))
            .map(String::as_str)
            .collect();
        let projection = Projection::of(rows);
        let components = projection.as_ref().map_or(0, Projection::len);
        let lines: Vec<Vec<f64>> = rows
            .par_iter()
            .map(|row| {
                let value = |name: &&str| row.features.get(*name).copied().filter(|it| it.is_finite());
                let mut line: Vec<f64> = plain.iter().map(|it| value(it).unwrap_or(f64::NAN)).collect();
                line.extend(projection.iter().flat_map(|it| it.project(row)));
                line
            })
            .collect();
        let names = plain.into_iter().map(str::to_owned);
        Self {
            names: names.chain(std::iter::repeat_n(LOOK.to_owned(), components)).collect(),
            values: lines.concat(),
        }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.names.len()..(row + 1) * self.names.len()]
    }

    /// The given rows, column by column.
    fn columns(&self, rows: &[usize]) -> Vec<f64> {
        (0..self.names.len()).flat_map(|column| rows.iter().map(move |row| self.row(*row)[column])).collect()
    }
}
