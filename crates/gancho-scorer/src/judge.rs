//! One margin with its reasons for each creative, whatever it was learned from.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::craft;
use crate::error::{Note, ScorerError};
use crate::evaluate::Verdict;
use crate::evaluation::Order;
use crate::history::{self, History};
use crate::learn::Carry;
use crate::learn::cases::Cases;
use crate::model::{Abstention, EffectModel};
use crate::prior::{self, Field, Prior};
use crate::record::{Basis, Row, Skill};
use crate::score::{Models, Options};

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
    /// Why the history has no say about it.
    pub(crate) abstained: Option<Abstention>,
    /// Whether the copy is of the prior's own publisher.
    pub(crate) at_home: bool,
}

/// All creatives of a library.
pub(crate) struct Judgments {
    pub(crate) names: Vec<String>,
    pub(crate) all: Vec<Judgment>,
    pub(crate) skill: Option<Skill>,
    /// The history that has a say.
    pub(crate) model: Option<EffectModel>,
    pub(crate) notes: Vec<Note>,
}

/// What a change of a creative does to its margin.
pub(crate) struct Change {
    /// Log-odds gained.
    pub(crate) shift: f64,
    /// Standard deviation of that, over what is not known about the worth of the prior and over the folds' models.
    pub(crate) deviation: f64,
}

/// Judges rows sorted by id.
pub(crate) fn judge(rows: &[&Row], models: &Models, options: &Options) -> Result<Judgments, ScorerError> {
    let mut notes = impossible(rows);
    let prior = models.prior.as_ref();
    let known = history::known(rows, options.target);
    let learned = match &models.history {
        Some(model) => Some(history::apply(rows, prior, model)),
        None if known >= options.blend_from => {
            let at_home = rows.iter().all(|it| prior::at_home(it));
            Some(history::learn(rows, prior, options.target, Carry::of(prior, at_home))?)
        }
        None => None,
    };
    if learned.is_none() && known > 0 {
        notes.push(Note::FewOutcomes { creatives: known as u64, needed: options.blend_from as u64 });
    }
    let skill = learned.as_ref().map(|it| Skill {
        target: it.model.options.target,
        evaluation: it.model.evaluation.clone(),
        skilled: it.model.evaluation.skilled,
    });
    notes.extend(learned.iter().flat_map(|it| it.notes.iter().cloned()));
    notes.extend(skill.iter().flat_map(of_skill));
    // Without skill the history is measured and reported, but has no say.
    let history = learned.as_ref().filter(|it| it.model.evaluation.skilled);

    let mut names = Names::default();
    let mut all = without_history(rows, prior, &mut names);
    if let Some(history) = history {
        let enough = models.history.is_some() || known >= options.history_from;
        let basis = if enough { Basis::History } else { Basis::Blend };
        add_history(&mut all, rows, prior, history, basis, &mut names);
        notes.extend(of_drift(rows, models, history));
    }
    notes.extend(remarks(rows, &all, prior));
    let model = learned.map(|it| it.model).filter(|it| it.evaluation.skilled);
    Ok(Judgments { names: names.list, all, skill, model, notes })
}

impl Judgments {
    /// What a change of a row would do to its margin; nothing where it would be judged on another basis.
    pub(crate) fn change(&self, basis: Basis, before: &Row, after: &Row, models: &Models) -> Option<Change> {
        let prior = models.prior.as_ref();
        let says = |row: &Row| prior.filter(|_| Field::of(row).is_some()).map_or(0.0, |it| it.log_ratio(row));
        match basis {
            Basis::Craft => {
                let sum = |row: &Row| craft::contributions(row).iter().sum::<f64>();
                Some(Change { shift: sum(after) - sum(before), deviation: 0.0 })
            }
            Basis::Prior => {
                Field::of(after)?;
                let (carry, beta) = (Carry::of(prior, prior::at_home(after)), prior?.beta);
                let raw = beta * (says(after) - says(before));
                // In a language without headline tests nobody has measured what is left: all of it is uncertain.
                let unknown = if prior::in_domain(after) { 0.0 } else { carry.mean };
                let deviation = raw.abs() * carry.deviation.hypot(unknown);
                Some(Change { shift: raw * carry.mean, deviation })
            }
            Basis::Blend | Basis::History => {
                let model = self.model.as_ref()?;
                let cases = Cases::of(&[before], prior);
                let again = Cases::of(&[after], prior);
                let shifts = model.shifts(&cases, &again);
                let own = model.own_fold(&before.id).and_then(|it| shifts.get(it).copied().flatten());
                let known: Vec<f64> = shifts.into_iter().flatten().collect();
                let count = known.len() as f64;
                let mean = known.iter().sum::<f64>() / count.max(1.0);
                let squares: f64 = known.iter().map(|it| (it - mean).powi(2)).sum();
                let deviation = (squares / (count - 1.0).max(1.0) * (1.0 + 1.0 / count.max(1.0))).sqrt();
                Some(Change { shift: own.unwrap_or(mean), deviation })
            }
        }
    }
}

/// Results that cannot be: they are left out.
fn impossible(rows: &[&Row]) -> Vec<Note> {
    let more = |it: &crate::record::Observation| match (it.counts.clicks, it.counts.impressions) {
        (Some(clicks), Some(impressions)) => clicks > impressions,
        _ => false,
    };
    let creatives = rows.iter().filter(|row| row.observations.iter().any(more)).count() as u64;
    if creatives > 0 { vec![Note::OutcomeIgnored { creatives }] } else { Vec::new() }
}

/// What a reader has to know about what the history can do.
fn of_skill(skill: &Skill) -> Vec<Note> {
    let mut notes = Vec::new();
    let it = &skill.evaluation;
    let correlation = |order: &Order| order.spearman.map_or(0.0, |it| it.value);
    if !skill.skilled {
        let best = it.baselines.iter().map(correlation).fold(0.0, f64::max);
        notes.push(Note::NoSkill {
            creatives: it.creatives,
            spearman: correlation(&it.content),
            baseline: best,
        });
    }
    if let Some(context) = it.context.as_ref().filter(|it| it.context > it.content.max(0.1)) {
        let (ceiling, content) = (context.ceiling, context.content);
        notes.push(Note::ContextDwarfs { context: context.context, content, ceiling });
    }
    if skill.target.is_attributed() {
        notes.push(Note::Attributed { target: skill.target.name().to_owned() });
    }
    notes
}

/// A model that was trained before may have been overtaken by what the library has become.
fn of_drift(rows: &[&Row], models: &Models, history: &History) -> Option<Note> {
    models.history.as_ref()?;
    let drift = history.model.drift(&Cases::of(rows, None));
    let moved = drift.columns.iter().filter(|it| it.verdict == Verdict::Far);
    let worst = moved.clone().max_by(|a, b| a.index.total_cmp(&b.index))?;
    let (features, of) = (moved.count() as u64, drift.columns.len() as u64);
    Some(Note::Drifted { features, of, worst: worst.name.clone() })
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
                abstained: None,
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
                abstained: None,
                at_home: true,
            }
        }
    };
    rows.par_iter().map(judge).collect()
}

/// Mixes the history in. The craft index predicts nothing, so it drops out of the margin.
fn add_history(
    all: &mut [Judgment],
    rows: &[&Row],
    prior: Option<&Prior>,
    history: &History,
    basis: Basis,
    names: &mut Names,
) {
    let numbers: Vec<usize> = history.applied.names.iter().map(|it| names.number(it)).collect();
    let (mut of_prior, mut of_history) = (Vec::new(), Vec::new());
    for ((judgment, row), said) in all.iter_mut().zip(rows).zip(&history.applied.opinions) {
        if let Some(why) = said.abstained {
            judgment.abstained = Some(why);
            continue;
        }
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        if let Some(prior) = prior.filter(|_| Field::of(row).is_some()) {
            let (values, field) = prior.read(row);
            let worth = prior.model.contributions(&values);
            for (column, worth) in prior.model.columns.iter().zip(worth) {
                *sums.entry(names.number(&field.name(column))).or_default() += worth * said.slope;
            }
        }
        of_prior.push(sums.values().sum::<f64>());
        of_history.push(said.contributions.iter().sum::<f64>());
        for (name, part) in numbers.iter().zip(&said.contributions).filter(|it| *it.1 != 0.0) {
            *sums.entry(*name).or_default() += part;
        }
        judgment.margin = sums.values().sum();
        judgment.parts = sums.into_iter().collect();
        judgment.basis = basis;
    }
    let (prior, own) = (variance(&of_prior), variance(&of_history));
    let weight = if prior + own > 0.0 { own / (prior + own) } else { 1.0 };
    let has_say = all.iter_mut().filter(|it| it.abstained.is_none());
    has_say.for_each(|it| it.weight_of_history = weight);
}

fn variance(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    values.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / values.len().max(1) as f64
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
    let unlike = count(&|_, it| it.abstained.is_some());
    let mixed = all.iter().any(|it| it.basis != all[0].basis);
    let language = prior.map(|it| it.language.clone()).unwrap_or_default();
    [
        (craft > 0).then_some(Note::Craft { creatives: craft }),
        (missing > 0).then_some(Note::PriorMissing { creatives: missing }),
        (unseen > 0).then_some(Note::PictureNotJudged { creatives: unseen }),
        (foreign > 0).then_some(Note::OutOfDomain { creatives: foreign, language }),
        (unlike > 0).then_some(Note::Unlike { creatives: unlike }),
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
