//! From a tested history to the record that people and programs read.

use std::collections::BTreeMap;

use gancho_report::{
    BacktestRecord, CalibrationRecord, CarryRecord, ContextRecord, CoverageRecord, EstimateRecord,
    HeldRecord, LeaksRecord, LearningCounts, LearningRecord, Locale, Messages, NoteRecord, OrderRecord,
    ReliabilityRecord, StakesRecord, TopRecord, Verdict, WindowRecord, schema,
};
use gancho_scorer::evaluate::{Coverage, Estimate, PairCalibration, Shared, Stakes};
use gancho_scorer::learn::{HoldOut, Objective};
use gancho_scorer::{Backtest, ContextSkill, EffectModel, Order, Window};

use super::{Trained, days};
use crate::records::rounded;

impl Trained {
    /// The record of the test.
    pub fn record(&self, allow_leaks: bool, locale: Locale) -> BacktestRecord {
        let messages = Messages::new(locale);
        let backtest = &self.tested.backtest;
        let measured = &backtest.evaluation;
        let prior_speaks = backtest.sample.prior.iter().any(|it| *it != 0.0);
        BacktestRecord {
            schema: schema::Backtest,
            gancho: env!("CARGO_PKG_VERSION").to_owned(),
            verdict: if measured.skilled { Verdict::Skill } else { Verdict::NoSkill },
            options: learning(backtest, allow_leaks),
            window: backtest.window.map(window),
            counts: counts(backtest),
            ceiling: rounded(measured.ceiling),
            content: order(&measured.content),
            baselines: measured.baselines.iter().map(order).collect(),
            context: measured.context.as_ref().map(context),
            beta: rounded(measured.beta),
            calibration: measured.calibration.as_ref().map(calibration),
            coverage: coverage(&measured.coverage),
            stakes: measured.stakes.as_ref().map(stakes),
            leaks: leaks(backtest),
            too_few_campaigns: backtest.too_few_campaigns.map(|it| it as u64),
            prior: prior_speaks.then(|| carry(&self.model)),
            notes: self.notes(&messages),
        }
    }

    /// What the files said, and what the target and the files left out mean.
    fn notes(&self, messages: &Messages) -> Vec<NoteRecord> {
        let mut notes = Vec::new();
        let target = self.tested.backtest.options.target;
        if target.is_attributed() {
            let text = messages.text("scorer-note-attributed", &[("target", target.name().into())]);
            notes.push(NoteRecord { code: "attributed".to_owned(), text });
        }
        notes.extend(self.tested.notes.iter().cloned());
        notes.extend(
            self.tested.quarantine.iter().map(|it| NoteRecord {
                code: it.reason.clone(),
                text: format!("{}: {}", it.path, it.detail),
            }),
        );
        notes
    }
}

fn learning(backtest: &Backtest, allow_leaks: bool) -> LearningRecord {
    let options = &backtest.options;
    LearningRecord {
        target: options.target.name().to_owned(),
        objective: objective(options.objective).to_owned(),
        hold_out: hold_out(options.hold_out).to_owned(),
        allow_leaks,
    }
}

/// The word that flags and records use.
pub(crate) fn objective(it: Objective) -> &'static str {
    match it {
        Objective::Likelihood => "likelihood",
        Objective::Rank => "rank",
    }
}

/// The word that flags and records use.
pub(crate) fn hold_out(it: HoldOut) -> &'static str {
    match it {
        HoldOut::Campaign => "campaign",
        HoldOut::Creative => "creative",
        HoldOut::Time => "time",
    }
}

/// Days as people write them.
pub(crate) fn window(it: Window) -> WindowRecord {
    WindowRecord { first: days::iso(it.first), last: days::iso(it.last) }
}

fn counts(backtest: &Backtest) -> LearningCounts {
    let measured = &backtest.evaluation;
    let mut features: BTreeMap<String, u64> = BTreeMap::new();
    for name in &backtest.sample.content.names {
        let part = name.split('.').next().unwrap_or(name);
        *features.entry(part.to_owned()).or_default() += 1;
    }
    LearningCounts {
        creatives: measured.creatives,
        campaigns: measured.campaigns,
        units: measured.units,
        cases: measured.cases,
        features,
        context_features: backtest.sample.context.names.len() as u64,
    }
}

fn estimate(it: &Estimate) -> EstimateRecord {
    EstimateRecord { value: rounded(it.value), low: rounded(it.low), high: rounded(it.high), n: it.n }
}

fn order(it: &Order) -> OrderRecord {
    OrderRecord {
        name: it.name.clone(),
        spearman: it.spearman.as_ref().map(estimate),
        auc: it.auc.as_ref().map(estimate),
        clear_accuracy: it.clear_accuracy.as_ref().map(estimate),
        top: it
            .ndcg
            .iter()
            .map(|it| TopRecord { at: it.at, ndcg: estimate(&it.estimate), random: rounded(it.random) })
            .collect(),
    }
}

fn context(it: &ContextSkill) -> ContextRecord {
    ContextRecord {
        context: rounded(it.context),
        content: rounded(it.content),
        both: rounded(it.both),
        ceiling: rounded(it.ceiling),
        cases: it.cases,
    }
}

fn calibration(it: &PairCalibration) -> CalibrationRecord {
    CalibrationRecord {
        pairs: it.pairs,
        ece: rounded(it.ece),
        slope: rounded(it.slope),
        brier: rounded(it.brier),
        brier_skill: rounded(it.brier_skill),
        bins: it
            .bins
            .iter()
            .map(|it| ReliabilityRecord {
                stated: rounded(it.stated),
                observed: rounded(it.observed),
                pairs: it.pairs,
            })
            .collect(),
    }
}

fn coverage(it: &Coverage) -> CoverageRecord {
    let group = |(group, held, n): &(String, f64, u64)| HeldRecord {
        group: group.clone(),
        held: rounded(*held),
        n: *n,
    };
    CoverageRecord {
        level: it.level,
        overall: rounded(it.overall),
        n: it.n,
        groups: it.groups.iter().map(group).collect(),
    }
}

fn stakes(it: &Stakes) -> StakesRecord {
    StakesRecord {
        spend: rounded(it.spend),
        moved: rounded(it.moved),
        right: estimate(&it.right),
        extra_per_thousand: estimate(&it.extra_per_thousand),
        extra_share: rounded(it.extra_share),
    }
}

fn leaks(backtest: &Backtest) -> LeaksRecord {
    let found = &backtest.leaks;
    let name = |at: usize| backtest.sample.creatives.get(at).cloned().unwrap_or_default();
    let examples = found.examples.iter().map(|it| (name(it.a), name(it.b), shared(it.shared).to_owned()));
    LeaksRecord {
        same_picture: found.same_picture,
        same_text: found.same_text,
        look_alike: found.look_alike,
        examples: examples.collect(),
    }
}

fn shared(it: Shared) -> &'static str {
    match it {
        Shared::Picture => "picture",
        Shared::Text => "text",
        Shared::LookAlike => "look-alike",
    }
}

fn carry(model: &EffectModel) -> CarryRecord {
    let carry = model.options.carry;
    CarryRecord { mean: carry.mean, deviation: carry.deviation, slope: rounded(model.prior_slope()) }
}
