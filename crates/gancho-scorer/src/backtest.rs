//! How good a history would have been, tested the hard way: out of fold, without leaks, against plain rules.

use std::sync::Arc;

use serde::Serialize;

use crate::error::ScorerError;
use crate::evaluate::{Content, Leaks, SAME_CONTENT, join, leaks};
use crate::evaluation::{Evaluation, View};
use crate::history;
use crate::learn::cases::{Cases, Features};
use crate::learn::crossfit::{self, CrossFit, Ground, Plan};
use crate::learn::folds::Folds;
use crate::learn::units::Pairing;
use crate::learn::{HoldOut, Target};
use crate::model::{self, EffectModel, LearnOptions, Learned, Window};

/// What to test.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BacktestOptions {
    /// How to learn.
    pub learn: LearnOptions,
    /// Let the same picture or text stand on both sides of a split.
    pub allow_leaks: bool,
}

/// What identifies a creative's content: hashes of its picture and of its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContentKey {
    /// Of the picture.
    pub picture: Option<String>,
    /// Of the words.
    pub text: Option<String>,
}

/// One creative in one campaign, judged out of fold.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JudgedUnit {
    /// Creative.
    pub creative: String,
    /// Campaign.
    pub campaign: String,
    /// Fold that held it out.
    pub fold: usize,
    /// Observed amount: clicks, conversions, money.
    pub observed: f64,
    /// Amount that its campaign and context explain.
    pub expected: f64,
    /// Impressions, clicks, money: what the amount is counted on.
    pub exposure: f64,
    /// Observed effect, log-ratio, centered in the campaign.
    pub effect: f64,
    /// Its sampling variance.
    pub variance: f64,
    /// Predicted effect, out of fold.
    pub margin: f64,
}

/// One row of results with everything that was known, for whoever wants to learn from the same folds by other means.
#[derive(Debug, Clone, PartialEq)]
pub struct JudgedCase {
    /// Number in the cases.
    pub case: usize,
    /// Creative.
    pub creative: usize,
    /// Campaign.
    pub group: usize,
    /// Fold.
    pub fold: usize,
    /// Numerator of the ratio.
    pub amount: f64,
    /// Denominator.
    pub exposure: f64,
    /// Predicted margin of the delivery, out of fold.
    pub context: f64,
    /// Predicted margin of the creative, out of fold.
    pub content: f64,
}

/// The result of a test.
#[derive(Debug, Clone, PartialEq)]
pub struct Backtest {
    /// What was tested.
    pub options: LearnOptions,
    /// Everything measured.
    pub evaluation: Evaluation,
    /// When the results were earned.
    pub window: Option<Window>,
    /// Leaks that were found and let through; their examples are numbers of creatives in the sample.
    pub leaks: Leaks,
    /// Campaigns, where they were asked for and are too few to be held out whole.
    pub too_few_campaigns: Option<usize>,
    /// Units, judged.
    pub units: Vec<JudgedUnit>,
    /// Cases, judged.
    pub cases: Vec<JudgedCase>,
    /// The cases that could be used, with their features.
    pub sample: Cases,
}

/// Learns a model to keep.
///
/// # Errors
/// [`ScorerError::NothingToLearn`], [`ScorerError::NoDays`], [`ScorerError::Leaks`].
pub fn train(
    cases: &Cases,
    keys: &[ContentKey],
    options: &BacktestOptions,
) -> Result<(EffectModel, Backtest), ScorerError> {
    test(cases, keys, options)
}

/// Tests how well a history would have predicted what it was not shown.
///
/// # Errors
/// As [`train`].
pub fn backtest(
    cases: &Cases,
    keys: &[ContentKey],
    options: &BacktestOptions,
) -> Result<Backtest, ScorerError> {
    Ok(test(cases, keys, options)?.1)
}

fn test(
    cases: &Cases,
    keys: &[ContentKey],
    options: &BacktestOptions,
) -> Result<(EffectModel, Backtest), ScorerError> {
    let (usable, _) = crossfit::usable(cases, options.learn.target);
    if usable.is_empty() {
        let target = options.learn.target;
        return Err(ScorerError::NothingToLearn {
            target: target.name().into(),
            needed: needed(target).into(),
        });
    }
    let without = usable.day.iter().filter(|it| it.is_none()).count();
    if options.learn.hold_out == HoldOut::Time && without > 0 {
        return Err(ScorerError::NoDays { without: without as u64, rows: usable.len() as u64 });
    }
    let shown = Shown::of(&usable, keys);
    let creatives: Vec<Content<'_>> = (0..usable.creatives.len()).map(|it| shown.content(it, it)).collect();
    let joined = join(&creatives, SAME_CONTENT);
    let pairing = Pairing::of(&usable);
    let folds = Folds::of(&usable, &pairing, options.learn.hold_out, Some(&joined));
    // A creative in two campaigns never teaches the model that judges it; others that show the same would.
    let (held, shown): (Vec<usize>, Vec<Content<'_>>) = folds
        .held_out(&pairing)
        .into_iter()
        .map(|(creative, folds)| (creative, shown.content(creative, usize::from(folds))))
        .unzip();
    let mut found = leaks(&shown, SAME_CONTENT);
    found.examples.iter_mut().for_each(|it| (it.a, it.b) = (held[it.a], held[it.b]));
    if let (false, Some(example)) = (options.allow_leaks, found.examples.first()) {
        let name = |creative: usize| usable.creatives[creative].clone();
        return Err(ScorerError::Leaks {
            pairs: found.same_picture + found.same_text + found.look_alike,
            example_a: name(example.a),
            example_b: name(example.b),
        });
    }
    let learned = model::learn(&usable, &options.learn, Some(&joined), |ground, fit, view| {
        let mut rules = history::rules(fit);
        rules.push(("last-winner".to_owned(), last_winner(fit, view)));
        for (name, prefixes) in
            [("copy", &["copy.", "meaning."][..]), ("picture", &["picture.", "embedding."][..])]
        {
            rules.extend(alone(ground, &options.learn, prefixes)?.map(|it| (name.to_owned(), it)));
        }
        Ok(rules)
    })?;
    let report = report(&learned, options, found);
    Ok((learned.model, report))
}

fn needed(target: Target) -> &'static str {
    match target {
        Target::Ctr => "clicks and impressions",
        Target::Cvr => "conversions and clicks",
        Target::Cpa => "conversions and spend",
        Target::Roas => "revenue and spend",
        Target::Cpm => "spend and impressions",
        Target::Hook => "3-second plays and impressions",
        Target::Hold => "plays to the end and 3-second plays",
    }
}

/// What creatives show, for finding the same thing twice.
struct Shown<'a> {
    cases: &'a Cases,
    keys: &'a [ContentKey],
    embeddings: Vec<Vec<f32>>,
}

impl<'a> Shown<'a> {
    fn of(cases: &'a Cases, keys: &'a [ContentKey]) -> Self {
        let columns: Vec<&Vec<f32>> = cases
            .content
            .names
            .iter()
            .zip(&cases.content.columns)
            .filter(|it| it.0.starts_with("embedding."))
            .map(|it| it.1)
            .collect();
        let line = |it: usize| columns.iter().map(|column| column[it]).collect();
        let embeddings =
            if columns.is_empty() { Vec::new() } else { (0..cases.creatives.len()).map(line).collect() };
        Self { cases, keys, embeddings }
    }

    /// Without picture and text, a creative is at least the same as itself.
    fn content(&self, creative: usize, side: usize) -> Content<'_> {
        let key = self.keys.get(creative);
        let picture = key.and_then(|it| it.picture.as_deref());
        let text = key.and_then(|it| it.text.as_deref());
        let id = self.cases.creatives[creative].as_str();
        Content {
            side,
            picture: picture.or(text.is_none().then_some(id)),
            text,
            embedding: self.embeddings.get(creative).map(Vec::as_slice),
        }
    }
}

/// Closeness to the best creative known before: what "do it again" would have chosen.
fn last_winner(fit: &CrossFit, view: &View) -> Vec<f64> {
    let content = &fit.cases.content;
    let spreads: Vec<(f64, f64)> = content.columns.iter().map(|it| spread(it)).collect();
    let mut prediction = vec![f64::NAN; view.len()];
    let folds = view.fold.iter().copied().max().unwrap_or(0);
    for fold in 0..=folds {
        let taught = (0..view.len()).filter(|it| view.fold[*it] != fold);
        let Some(winner) = taught.max_by(|a, b| view.shrunk[*a].total_cmp(&view.shrunk[*b])) else {
            continue;
        };
        let winner = fit.units.creative[winner];
        for it in (0..view.len()).filter(|it| view.fold[*it] == fold) {
            let creative = fit.units.creative[it];
            prediction[it] = -distance(content, &spreads, winner, creative);
        }
    }
    prediction
}

fn spread(column: &[f32]) -> (f64, f64) {
    let known: Vec<f64> = column.iter().filter(|it| it.is_finite()).map(|it| f64::from(*it)).collect();
    let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
    let variance = known.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / known.len().max(1) as f64;
    (mean, variance.sqrt())
}

/// Mean squared difference over columns, in standard deviations; a missing value counts as the mean.
fn distance(content: &Features, spreads: &[(f64, f64)], a: usize, b: usize) -> f64 {
    let mut sum = 0.0;
    for (column, (mean, deviation)) in content.columns.iter().zip(spreads).filter(|it| it.1.1 > 0.0) {
        let value = |it: usize| if column[it].is_finite() { f64::from(column[it]) } else { *mean };
        sum += ((value(a) - value(b)) / deviation).powi(2);
    }
    sum
}

/// Margins of models that saw only some columns, for the units of a cross-fit; nothing without such columns.
fn alone(
    ground: &Ground,
    options: &LearnOptions,
    prefixes: &[&str],
) -> Result<Option<Vec<f64>>, ScorerError> {
    let belongs = |name: &str| prefixes.iter().any(|it| name.starts_with(it));
    let names = &ground.cases.content.names;
    if !names.iter().any(|it| belongs(it)) || names.iter().all(|it| belongs(it)) {
        return Ok(None);
    }
    let mut cases = ground.cases.clone();
    cases.content = Arc::new(cases.content.only(belongs));
    if !prefixes.contains(&"copy.") {
        cases.prior.iter_mut().for_each(|it| *it = 0.0);
    }
    let (ratios, pairing, folds) = (ground.ratios.clone(), Pairing::of(&cases), ground.folds.clone());
    let plan = Plan { target: options.target, objective: options.objective, carry: options.carry };
    let fit = CrossFit::of(&Ground { cases, ratios, pairing, folds }, &plan)?;
    let sign = options.target.sign();
    Ok(Some(fit.margin.iter().map(|it| sign * it).collect()))
}

fn report(learned: &Learned, options: &BacktestOptions, leaks: Leaks) -> Backtest {
    let (fit, model) = (&learned.fit, &learned.model);
    let sign = options.learn.target.sign();
    let unit = |it: usize| JudgedUnit {
        creative: fit.cases.creatives[fit.units.creative[it]].clone(),
        campaign: fit.cases.groups[fit.units.group[it]].clone(),
        fold: fit.fold[it],
        observed: fit.units.observed[it],
        expected: fit.units.expected[it],
        exposure: fit.units.exposure[it],
        effect: sign * fit.units.effect[it],
        variance: fit.units.variance[it],
        margin: sign * fit.margin[it],
    };
    let case = |it: usize| JudgedCase {
        case: it,
        creative: fit.cases.creative[it],
        group: fit.cases.group[it],
        fold: fit.fold[fit.pairing.of_case[it]],
        amount: fit.ratios[it].amount,
        exposure: fit.ratios[it].exposure,
        context: sign * fit.context[it],
        content: sign * fit.margin[fit.pairing.of_case[it]],
    };
    Backtest {
        options: options.learn,
        evaluation: model.evaluation.clone(),
        window: model.window,
        leaks,
        too_few_campaigns: learned.ground.folds.too_few_campaigns,
        units: (0..fit.units.len()).map(unit).collect(),
        cases: (0..fit.cases.len()).map(case).collect(),
        sample: fit.cases.clone(),
    }
}
