//! From judgments to a ranking: percentiles among peers, intervals, reasons.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::calibration::LEVEL;
use crate::error::{Note, ScorerError};
use crate::judge::{Change, Judgment, Judgments, judge};
use crate::learn::Target;
use crate::model::EffectModel;
use crate::peers::{self, Curve};
use crate::prior::Prior;
use crate::record::{Basis, Contribution, Interval, Ranking, Row, Score};

/// Name of the reason that sums up everything past [`Options::reasons`].
pub const OTHER: &str = "other";
/// Contributions below this many points are not reasons.
const NOTHING: f64 = 1e-12;
/// 90 % point of the normal distribution: the end of a two-sided interval of 80 %.
const NORMAL_80: f64 = 1.2816;

/// Models the scorer was given.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// The prior on copy; without it creatives fall back to craft.
    pub prior: Option<Prior>,
    /// What `gancho train` learned from the account's results; without it the library's own results are used.
    pub history: Option<EffectModel>,
}

/// Thresholds of the bases.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Fewest creatives with impressions for `history` alone.
    pub history_from: usize,
    /// Fewest for `blend`.
    pub blend_from: usize,
    /// The ratio that results are judged by.
    pub target: Target,
    /// Most reasons for one score; the rest is summed up as [`OTHER`].
    pub reasons: usize,
}

impl Default for Options {
    /// 200, 30, the click rate, another publisher, and 24.
    fn default() -> Self {
        Self { history_from: 200, blend_from: 30, target: Target::Ctr, reasons: 24 }
    }
}

/// Ranks a library.
///
/// A score is the expected percentile among peers: the creatives of the same campaign that are
/// judged on the same basis, or, where there are fewer than two of them, all creatives of the
/// library judged on that basis. The ranking is by score, equal scores by id. Neither the order of
/// rows nor the number of threads matters.
///
/// # Errors
/// [`ScorerError::DuplicateId`], and [`ScorerError::Boosting`] when the history cannot be learned.
pub fn score(rows: &[Row], models: &Models, options: &Options) -> Result<Ranking, ScorerError> {
    Ok(Ranker::of(rows, models, options)?.ranking)
}

/// A ranking that can be asked again: what would a creative score if it were otherwise?
pub struct Ranker<'a> {
    /// The ranking.
    pub ranking: Ranking,
    rows: Vec<&'a Row>,
    models: &'a Models,
    judgments: Judgments,
    /// Number of each creative's judgment, by id.
    place: BTreeMap<String, usize>,
    curves: Vec<Curve>,
    /// Curve of each creative's peers.
    curve_of: Vec<usize>,
}

/// What a change of a creative would do to its score, everything else as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WhatIf {
    /// Score of the changed creative.
    pub score: f64,
    /// Points gained, negative when lost.
    pub gain: f64,
    /// Lower end of the gain: 80 %, over what is not known about the worth of the prior in this account, and over
    /// the models of the folds. It says nothing about chance in future results.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl<'a> Ranker<'a> {
    /// Ranks a library; see [`score()`].
    ///
    /// # Errors
    /// As [`score()`].
    pub fn of(rows: &'a [Row], models: &'a Models, options: &Options) -> Result<Self, ScorerError> {
        let mut rows: Vec<&'a Row> = rows.iter().collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        if let Some(pair) = rows.windows(2).find(|it| it[0].id == it[1].id) {
            return Err(ScorerError::DuplicateId { id: pair[0].id.clone() });
        }
        let mut judgments = judge(&rows, models, options)?;
        let mut compared = compare(&rows, &judgments, models.prior.as_ref(), options);
        let alone = compared.scores.iter().filter(|it| it.peers == 1).count() as u64;
        if alone > 0 {
            judgments.notes.push(Note::Alone { creatives: alone });
        }
        compared.scores.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        for (place, score) in compared.scores.iter_mut().enumerate() {
            score.rank = place as u32 + 1;
        }
        let place = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        let (skill, notes) = (judgments.skill.clone(), judgments.notes.clone());
        let ranking = Ranking { scores: compared.scores, skill, notes };
        let (curves, curve_of) = (compared.curves, compared.curve_of);
        Ok(Self { ranking, rows, models, judgments, place, curves, curve_of })
    }

    /// What the creative with the id of `changed` would score if it were like `changed`; nothing for an unknown id
    /// or where the change moves it to another basis.
    pub fn what_if(&self, changed: &Row) -> Option<WhatIf> {
        let place = *self.place.get(&changed.id)?;
        let before = &self.judgments.all[place];
        let curve = &self.curves[self.curve_of[place]];
        let Change { shift, deviation } =
            self.judgments.change(before.basis, self.rows[place], changed, self.models)?;
        let now = curve.at(before.margin);
        let points = |margin: f64| curve.at(before.margin + margin) - now;
        let (low, high) = (points(shift - NORMAL_80 * deviation), points(shift + NORMAL_80 * deviation));
        Some(WhatIf { score: now + points(shift), gain: points(shift), low, high })
    }
}

/// Scores, and the curves they were read from.
struct Compared {
    scores: Vec<Score>,
    curves: Vec<Curve>,
    curve_of: Vec<usize>,
}

/// Compares each creative with its peers.
fn compare(rows: &[&Row], judgments: &Judgments, prior: Option<&Prior>, options: &Options) -> Compared {
    let mut by_basis: BTreeMap<Basis, Vec<usize>> = BTreeMap::new();
    for (row, judgment) in judgments.all.iter().enumerate() {
        by_basis.entry(judgment.basis).or_default().push(row);
    }
    let mut compared = Compared {
        scores: Vec::with_capacity(rows.len()),
        curves: Vec::new(),
        curve_of: vec![0; rows.len()],
    };
    for members in by_basis.into_values() {
        let groups: Vec<Option<&str>> = members.iter().map(|it| rows[*it].group.as_deref()).collect();
        let (sets, set_of) = peers::assign(&groups);
        for (number, set) in sets.iter().enumerate() {
            let set: Vec<usize> = set.iter().map(|it| members[*it]).collect();
            let judged: Vec<usize> = (0..members.len()).filter(|it| set_of[*it] == number).collect();
            if judged.is_empty() {
                continue;
            }
            let peers = Peers::of(judgments, &set, number > 0);
            let one =
                |it: &usize| peers.score(rows[members[*it]], &judgments.all[members[*it]], prior, options);
            compared.scores.par_extend(judged.par_iter().map(one));
            judged.iter().for_each(|it| compared.curve_of[members[*it]] = compared.curves.len());
            compared.curves.push(peers.curve);
        }
    }
    compared
}

/// A set of peers, ready to score its members.
struct Peers<'a> {
    judgments: &'a Judgments,
    curve: Curve,
    count: usize,
    /// Mean contribution of each name over the peers.
    means: Vec<f64>,
    base: f64,
    slope_at_base: f64,
    /// Whether the peers are a campaign, not the library.
    campaign: bool,
}

impl<'a> Peers<'a> {
    fn of(judgments: &'a Judgments, members: &[usize], campaign: bool) -> Self {
        let count = members.len();
        let mut means = vec![0.0; judgments.names.len()];
        let mut middle = 0.0;
        for member in members {
            middle += judgments.all[*member].margin / count as f64;
            for (name, part) in &judgments.all[*member].parts {
                means[*name] += part / count as f64;
            }
        }
        let curve = Curve::of(members.iter().map(|it| judgments.all[*it].margin).collect());
        let (base, slope_at_base) = (curve.at(middle), curve.slope(middle));
        Self { judgments, curve, count, means, base, slope_at_base, campaign }
    }

    fn score(&self, row: &Row, judgment: &Judgment, prior: Option<&Prior>, options: &Options) -> Score {
        let score = self.curve.at(judgment.margin);
        // The interval is cut to the scale after it was calibrated, never before.
        let around = |it: f64| ((score - it).max(0.0), (score + it).min(100.0));
        let range = match judgment.basis {
            Basis::Craft => None,
            Basis::Prior => {
                prior.map(|it| around(it.width(self.count, judgment.in_domain, judgment.at_home)))
            }
            Basis::Blend | Basis::History => {
                self.judgments.model.as_ref().map(|it| it.intervals().at(score, self.count))
            }
        };
        let interval =
            range.filter(|_| self.count > 1).map(|(low, high)| Interval { level: LEVEL, low, high });
        // Of a creative that the history knows nothing about, and no prior either, everything is possible.
        let whole = judgment.abstained.map(|_| Interval { level: LEVEL, low: 0.0, high: 100.0 });
        let interval = interval.or(whole);
        Score {
            rank: 0,
            id: row.id.clone(),
            score,
            base: self.base,
            interval,
            basis: judgment.basis,
            weight_of_history: judgment.weight_of_history,
            abstained: judgment.abstained.map(|it| it.code().to_owned()),
            group: row.group.clone().filter(|_| self.campaign),
            peers: self.count as u32,
            contributions: self.reasons(row, judgment, score, options.reasons),
        }
    }

    /// What sets a creative apart from its peers, largest first.
    fn reasons(&self, row: &Row, judgment: &Judgment, score: f64, most: usize) -> Vec<Contribution> {
        let mut deviations: Vec<f64> = self.means.iter().map(|it| -it).collect();
        for (name, part) in &judgment.parts {
            deviations[*name] += part;
        }
        let points = peers::points(&deviations, self.base, score, self.slope_at_base);
        let names = self.judgments.names.iter().zip(points).filter(|it| it.1.abs() > NOTHING);
        let mut reasons: Vec<Contribution> = names
            .map(|(name, contribution)| Contribution {
                part: name.split('.').next().unwrap_or(name).to_owned(),
                feature: name.clone(),
                value: row.features.get(name).copied().filter(|it| it.is_finite()),
                contribution,
            })
            .collect();
        reasons.sort_by(|a, b| {
            b.contribution.abs().total_cmp(&a.contribution.abs()).then_with(|| a.feature.cmp(&b.feature))
        });
        if reasons.len() > most {
            let rest: f64 = reasons.drain(most..).map(|it| it.contribution).sum();
            let (part, feature) = (OTHER.to_owned(), OTHER.to_owned());
            reasons.push(Contribution { part, feature, value: None, contribution: rest });
        }
        let sum: f64 = reasons.iter().map(|it| it.contribution).sum();
        assert!((self.base + sum - score).abs() <= 1e-9, "the reasons of `{}` do not add up", row.id);
        reasons
    }
}
