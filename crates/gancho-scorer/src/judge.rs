//! One margin with its reasons for each creative, whatever it was learned from.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::craft;
use crate::error::{Note, ScorerError};
use crate::history::{self, History};
use crate::prior::{self, Field, Prior};
use crate::record::{Basis, Outcome, Row, Skill};
use crate::score::Options;
use crate::skill;

/// What is known about one creative before it is compared.
pub(crate) struct Judgment {
    pub(crate) basis: Basis,
    /// Log-odds: the sum of the parts. Constants are left out: they differ between models, and
    /// only differences between creatives count.
    pub(crate) margin: f64,
    /// Number of a name in [`Judgments::names`], and what it adds to the margin.
    pub(crate) parts: Vec<(usize, f64)>,
    pub(crate) weight_of_history: f64,
    /// Whether the copy is in the prior's language.
    pub(crate) in_domain: bool,
    /// Whether the copy is of the prior's own publisher.
    pub(crate) at_home: bool,
}

/// All creatives of a library.
pub(crate) struct Judgments {
    pub(crate) names: Vec<String>,
    pub(crate) all: Vec<Judgment>,
    pub(crate) skill: Option<Skill>,
    /// Half-width of intervals for `history` and `blend`.
    pub(crate) width: f64,
    pub(crate) notes: Vec<Note>,
}

/// Judges rows sorted by id.
pub(crate) fn judge(
    rows: &[&Row],
    prior: Option<&Prior>,
    options: &Options,
) -> Result<Judgments, ScorerError> {
    let mut notes = Vec::new();
    let outcomes = usable(rows, &mut notes);
    let known = outcomes.iter().flatten().count();
    let learned = if known >= options.blend_from {
        let history = history::learn(rows, &outcomes)?;
        notes.extend(history.notes.iter().cloned());
        Some(history)
    } else {
        if known > 0 {
            notes.push(Note::FewOutcomes { creatives: known as u64, needed: options.blend_from as u64 });
        }
        None
    };
    let skill = learned.as_ref().map(|it| it.skill.clone());
    if let Some(skill) = skill.as_ref().filter(|it| !it.skilled) {
        notes.push(Note::NoSkill {
            creatives: skill.creatives,
            spearman: skill.spearman,
            baseline: skill.baseline_spearman,
        });
    }
    // Without skill the history is measured and reported, but has no say.
    let history = learned.as_ref().filter(|it| it.skill.skilled);
    let share = history.map_or(0.0, |_| share_of_history(known, options));

    let mut names = Names::default();
    let mut all = without_history(rows, prior, &mut names);
    let (mut width, mut coverage) = (100.0, None);
    if let Some(history) = history {
        add_history(&mut all, history, share, &mut names);
        let margins: Vec<f64> = history.known.iter().map(|it| all[*it].margin).collect();
        let measured = skill::interval(&margins, &history.targets, &history.groups, &history.folds);
        (width, coverage) = (measured.0, Some(measured.1));
    } else if let Some(learned) = &learned {
        let margins: Vec<f64> = learned.known.iter().map(|it| learned.margins[*it]).collect();
        coverage = Some(skill::interval(&margins, &learned.targets, &learned.groups, &learned.folds).1);
    }
    let skill = skill.map(|it| Skill { coverage: coverage.unwrap_or(0.0), ..it });
    notes.extend(remarks(rows, &all, prior));
    Ok(Judgments { names: names.list, all, skill, width, notes })
}

/// The history's share in the margin: `n / (n + k)` below the threshold, 1 from there on.
fn share_of_history(known: usize, options: &Options) -> f64 {
    if known >= options.history_from { 1.0 } else { known as f64 / (known as f64 + options.blend_half) }
}

/// Results that can be learned from.
fn usable(rows: &[&Row], notes: &mut Vec<Note>) -> Vec<Option<Outcome>> {
    let given = |row: &&Row| row.outcome.filter(|it| it.impressions > 0 || it.clicks > 0);
    let impossible = rows.iter().filter_map(given).filter(|it| it.clicks > it.impressions).count();
    if impossible > 0 {
        notes.push(Note::OutcomeIgnored { creatives: impossible as u64 });
    }
    rows.iter().map(|it| given(it).filter(|it| it.clicks <= it.impressions)).collect()
}

fn without_history(rows: &[&Row], prior: Option<&Prior>, names: &mut Names) -> Vec<Judgment> {
    let craft_names: Vec<usize> = craft::names().map(|it| names.number(it)).collect();
    let columns = prior.map_or(&[][..], |it| &it.model.columns);
    let mut numbers = |field: Field| -> Vec<usize> {
        columns.iter().map(|column| names.number(&field.name(column))).collect()
    };
    let (headline, primary_text) = (numbers(Field::Headline), numbers(Field::PrimaryText));
    let judge = |row: &&Row| match prior.filter(|_| Field::of(row).is_some()) {
        Some(prior) => {
            let (values, field) = prior.read(row);
            let numbers = if field == Field::Headline { &headline } else { &primary_text };
            let at_home = prior::at_home(row);
            let beta = prior.beta * prior.carry(at_home);
            let worth = prior.model.contributions(&values).into_iter().map(|it| it * beta);
            let parts: Vec<(usize, f64)> = numbers.iter().copied().zip(worth).collect();
            Judgment {
                basis: Basis::Prior,
                margin: parts.iter().map(|it| it.1).sum(),
                parts,
                weight_of_history: 0.0,
                in_domain: prior::in_domain(row),
                at_home,
            }
        }
        None => {
            let parts = craft::contributions(row);
            Judgment {
                basis: Basis::Craft,
                margin: parts.iter().sum(),
                parts: craft_names.iter().copied().zip(parts).collect(),
                weight_of_history: 0.0,
                in_domain: true,
                at_home: true,
            }
        }
    };
    rows.par_iter().map(judge).collect()
}

/// Mixes the history in. The craft index predicts nothing, so it drops out of the margin.
fn add_history(all: &mut [Judgment], history: &History, share: f64, names: &mut Names) {
    let numbers: Vec<usize> = history.names.iter().map(|it| names.number(it)).collect();
    let basis = if share < 1.0 { Basis::Blend } else { Basis::History };
    for (row, judgment) in all.iter_mut().enumerate() {
        let rest = if judgment.basis == Basis::Prior { 1.0 - share } else { 0.0 };
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        if rest > 0.0 {
            judgment.parts.iter().for_each(|(name, it)| *sums.entry(*name).or_default() += rest * it);
        }
        for (name, it) in numbers.iter().zip(&history.contributions[row]) {
            *sums.entry(*name).or_default() += share * it;
        }
        judgment.margin = rest * judgment.margin + share * history.margins[row];
        judgment.parts = sums.into_iter().collect();
        judgment.basis = basis;
        judgment.weight_of_history = share;
    }
}

fn remarks(rows: &[&Row], all: &[Judgment], prior: Option<&Prior>) -> Vec<Note> {
    let count = |fits: &dyn Fn(&Row, &Judgment) -> bool| {
        rows.iter().zip(all).filter(|(row, judgment)| fits(row, judgment)).count() as u64
    };
    let has = |row: &Row, part: &str| row.features.keys().any(|it| it.starts_with(part));
    let craft = count(&|_, it| it.basis == Basis::Craft);
    let missing = count(&|row, it| it.basis == Basis::Craft && Field::of(row).is_some());
    let unseen = count(&|row, it| it.basis == Basis::Prior && has(row, "picture."));
    let foreign = count(&|_, it| it.basis <= Basis::Blend && !it.in_domain);
    let mixed = all.iter().any(|it| it.basis != all[0].basis);
    let language = prior.map(|it| it.language.clone()).unwrap_or_default();
    [
        (craft > 0).then_some(Note::Craft { creatives: craft }),
        (missing > 0).then_some(Note::PriorMissing { creatives: missing }),
        (unseen > 0).then_some(Note::PictureNotJudged { creatives: unseen }),
        (foreign > 0).then_some(Note::OutOfDomain { creatives: foreign, language }),
        mixed.then_some(Note::MixedBases {}),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Names of features, numbered in the order of their first use.
#[derive(Default)]
struct Names {
    list: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Names {
    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.list.len() - 1);
        self.list.len() - 1
    }
}
