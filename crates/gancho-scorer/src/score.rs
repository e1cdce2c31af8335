//! From judgments to a ranking: percentiles among peers, intervals, reasons.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::calibration::LEVEL;
use crate::error::{Note, ScorerError};
use crate::judge::{Judgment, Judgments, judge};
use crate::peers::{self, Curve};
use crate::prior::Prior;
use crate::record::{Basis, Contribution, Interval, Ranking, Row, Score};

/// Name of the reason that sums up everything past [`Options::reasons`].
pub const OTHER: &str = "other";
/// Contributions below this many points are not reasons.
const NOTHING: f64 = 1e-12;

/// Models the scorer was given.
#[derive(Debug, Clone, Default)]
pub struct Models {
    /// The prior on copy; without it creatives fall back to craft.
    pub prior: Option<Prior>,
}

/// Thresholds of the bases.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Fewest creatives with impressions for `history` alone.
    pub history_from: usize,
    /// Fewest for `blend`.
    pub blend_from: usize,
    /// Number of creatives at which prior and history weigh the same in a blend.
    pub blend_half: f64,
    /// Most reasons for one score; the rest is summed up as [`OTHER`].
    pub reasons: usize,
}

impl Default for Options {
    /// 200, 30, 100 and 24.
    fn default() -> Self {
        Self { history_from: 200, blend_from: 30, blend_half: 100.0, reasons: 24 }
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
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    if let Some(pair) = rows.windows(2).find(|it| it[0].id == it[1].id) {
        return Err(ScorerError::DuplicateId { id: pair[0].id.clone() });
    }
    let mut judgments = judge(&rows, models.prior.as_ref(), options)?;
    let mut scores = compare(&rows, &judgments, models.prior.as_ref(), options);
    let alone = scores.iter().filter(|it| it.peers == 1).count() as u64;
    if alone > 0 {
        judgments.notes.push(Note::Alone { creatives: alone });
    }
    scores.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    for (place, score) in scores.iter_mut().enumerate() {
        score.rank = place as u32 + 1;
    }
    Ok(Ranking { scores, skill: judgments.skill, notes: judgments.notes })
}

/// Compares each creative with its peers.
fn compare(rows: &[&Row], judgments: &Judgments, prior: Option<&Prior>, options: &Options) -> Vec<Score> {
    let mut by_basis: BTreeMap<Basis, Vec<usize>> = BTreeMap::new();
    for (row, judgment) in judgments.all.iter().enumerate() {
        by_basis.entry(judgment.basis).or_default().push(row);
    }
    let mut scores = Vec::with_capacity(rows.len());
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
            scores.par_extend(judged.par_iter().map(one));
        }
    }
    scores
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
        let width = match judgment.basis {
            Basis::Craft => None,
            Basis::Prior => prior.map(|it| it.width(self.count, judgment.in_domain, judgment.at_home)),
            Basis::Blend | Basis::History => Some(self.judgments.width),
        };
        // The interval is cut to the scale after it was calibrated, never before.
        let interval = width.filter(|_| self.count > 1).map(|it| Interval {
            level: LEVEL,
            low: (score - it).max(0.0),
            high: (score + it).min(100.0),
        });
        Score {
            rank: 0,
            id: row.id.clone(),
            score,
            base: self.base,
            interval,
            basis: judgment.basis,
            weight_of_history: judgment.weight_of_history,
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
