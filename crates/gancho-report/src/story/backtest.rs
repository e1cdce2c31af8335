//! A backtest in words: the verdict, then what it rests on.

use super::{Bar, Bars, Block, Mark, Section, Story, Table};
use crate::{
    BacktestRecord, CalibrationRecord, ContextRecord, EstimateRecord, LeaksRecord, Messages, OrderRecord,
    Verdict,
};

/// Slopes of calibration that nobody would notice: a stated 70 % is then 66 to 74 %.
const ABOUT_RIGHT: std::ops::RangeInclusive<f64> = 0.8..=1.25;

/// The story of a backtest.
pub fn backtest(record: &BacktestRecord, messages: &Messages) -> Story {
    let words = Words { record, messages };
    Story {
        title: words.plain("title"),
        lead: words.lead(),
        facts: words.facts(),
        sections: backtest_sections(record, messages),
    }
}

/// Everything below the verdict.
pub fn backtest_sections(record: &BacktestRecord, messages: &Messages) -> Vec<Section> {
    let words = Words { record, messages };
    let mut sections = vec![words.ranking(), words.context()];
    sections.extend(record.calibration.as_ref().map(|it| words.chances(it)));
    sections.push(words.ranges());
    sections.extend(words.money());
    sections.push(words.splits());
    sections.push(words.notes());
    sections
}

struct Words<'a> {
    record: &'a BacktestRecord,
    messages: &'a Messages,
}

impl Words<'_> {
    fn plain(&self, key: &str) -> String {
        self.messages.text(&format!("backtest-{key}"), &[])
    }

    /// A message whose variables are finished strings.
    fn say(&self, key: &str, args: &[(&str, String)]) -> String {
        let args: Vec<_> = args.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
        self.messages.text(&format!("backtest-{key}"), &args)
    }

    fn number(&self, value: f64) -> String {
        self.messages.locale().decimal(value, 2)
    }

    fn percent(&self, share: f64) -> String {
        self.messages.locale().percent(share, 0)
    }

    fn count(&self, value: u64) -> String {
        self.messages.locale().decimal(value as f64, 0)
    }

    fn range(&self, it: EstimateRecord) -> String {
        self.say("interval", &[("low", self.number(it.low)), ("high", self.number(it.high))])
    }

    fn lead(&self) -> Vec<String> {
        let verdict = match self.record.verdict {
            Verdict::Skill => "verdict-skill",
            Verdict::NoSkill => "verdict-no-skill",
        };
        vec![self.plain(verdict), self.reached(), self.learned()]
    }

    /// The one figure of the verdict, beside chance, noise and the best rule.
    fn reached(&self) -> String {
        let ceiling = self.number(self.record.ceiling);
        let Some(found) = self.record.content.spearman else {
            return self.say("reached-nothing", &[("ceiling", ceiling)]);
        };
        let args =
            [("value", self.number(found.value)), ("interval", self.range(found)), ("ceiling", ceiling)];
        let mut text = self.say("reached", &args);
        let rules = self.record.baselines.iter().filter(|it| !is_part(&it.name));
        let values = rules.filter_map(|it| Some((self.order(&it.name), it.spearman?.value)));
        if let Some((name, value)) = values.max_by(|a, b| a.1.total_cmp(&b.1)) {
            text += " ";
            text += &self.say("best-rule", &[("rule", name), ("value", self.number(value))]);
        }
        text
    }

    fn learned(&self) -> String {
        let counts = &self.record.counts;
        let args = [
            ("cases", counts.cases.into()),
            ("creatives", counts.creatives.into()),
            ("campaigns", counts.campaigns.into()),
        ];
        let mut sentences = vec![self.messages.text("backtest-learned", &args)];
        if let Some(window) = &self.record.window {
            sentences
                .push(self.say("window", &[("first", window.first.clone()), ("last", window.last.clone())]));
        }
        sentences.push(self.held_out());
        sentences.join(" ")
    }

    fn held_out(&self) -> String {
        match self.record.too_few_campaigns {
            Some(campaigns) => self.messages.text("backtest-held-few", &[("campaigns", campaigns.into())]),
            None => self.plain(&format!("held-{}", self.record.options.hold_out)),
        }
    }

    fn facts(&self) -> Vec<(String, String)> {
        let counts = &self.record.counts;
        let target = self.messages.text(&format!("target-{}", self.record.options.target), &[]);
        let verdict = match self.record.verdict {
            Verdict::Skill => "skill",
            Verdict::NoSkill => "no-skill",
        };
        vec![
            (self.plain("fact-verdict"), self.plain(&format!("word-{verdict}"))),
            (self.plain("fact-target"), target),
            (self.plain("fact-creatives"), self.count(counts.creatives)),
            (self.plain("fact-campaigns"), self.count(counts.campaigns)),
            (self.plain("fact-cases"), self.count(counts.cases)),
        ]
    }

    /// The name of a prediction.
    fn order(&self, name: &str) -> String {
        self.messages.find(&format!("order-{name}"), &[]).unwrap_or_else(|| name.to_owned())
    }

    fn bar(&self, label: String, value: f64, range: Option<EstimateRecord>, is_main: bool) -> Bar {
        Bar {
            label,
            value,
            words: self.number(value),
            interval: range.map(|it| (it.low, it.high)),
            interval_words: range.map_or_else(String::new, |it| self.range(it)),
            is_main,
        }
    }

    fn marks(&self, ceiling: f64) -> Vec<Mark> {
        let noise = self.say("mark-ceiling", &[("value", self.number(ceiling))]);
        vec![Mark { label: self.plain("mark-chance"), value: 0.0 }, Mark { label: noise, value: ceiling }]
    }

    fn ranking(&self) -> Section {
        let mut orders: Vec<&OrderRecord> = self.record.baselines.iter().collect();
        let value = |it: &OrderRecord| it.spearman.map_or(f64::NEG_INFINITY, |it| it.value);
        orders.sort_by(|a, b| {
            (!is_part(&a.name)).cmp(&!is_part(&b.name)).then_with(|| value(b).total_cmp(&value(a)))
        });
        orders.insert(0, &self.record.content);
        let bars = orders.iter().enumerate().filter_map(|(at, it)| {
            let found = it.spearman?;
            let name = self.order(&it.name);
            let is_rule = at > 0 && !is_part(&it.name);
            let label = if is_rule { self.say("rule", &[("name", name)]) } else { name };
            Some(self.bar(label, found.value, Some(found), at == 0))
        });
        let bars = Bars::of(self.plain("bars"), bars.collect(), self.marks(self.record.ceiling));
        let mut section = Section::new(self.plain("ranking"))
            .say(self.say("ranking-explained", &[("ceiling", self.number(self.record.ceiling))]))
            .show(Block::Bars(bars));
        if let Some(auc) = self.record.content.auc {
            let args = [
                ("share", self.percent(auc.value)),
                ("low", self.percent(auc.low)),
                ("high", self.percent(auc.high)),
            ];
            let mut text = self.say("pairs", &args);
            if let Some(clear) = self.record.content.clear_accuracy {
                text += " ";
                text += &self.say("pairs-clear", &[("share", self.percent(clear.value))]);
            }
            section = section.say(text);
        }
        if !self.record.content.top.is_empty() {
            section = section.show(self.first_places());
        }
        section
    }

    fn first_places(&self) -> Block {
        let head = ["top", "top-gain", "top-interval", "top-random"].map(|it| self.plain(it));
        let rows = self.record.content.top.iter().map(|it| {
            vec![
                self.messages.text("backtest-top-places", &[("at", it.at.into())]),
                self.number(it.ndcg.value),
                self.range(it.ndcg),
                self.number(it.random),
            ]
        });
        Block::Table(Table { head: head.into(), rows: rows.collect() })
    }

    fn context(&self) -> Section {
        let section = Section::new(self.plain("context"));
        let Some(context) = self.record.context else { return section.say(self.plain("context-unknown")) };
        let ContextRecord { context: delivery, content, both, ceiling, .. } = context;
        let args = [
            ("context", self.number(delivery)),
            ("content", self.number(content)),
            ("both", self.number(both)),
            ("ceiling", self.number(ceiling)),
        ];
        let key = match self.record.context_dwarfs() {
            true => "context-more",
            false => "context-less",
        };
        let bars = [("context-delivery", delivery), ("context-creative", content), ("context-both", both)];
        let bars = bars.map(|(key, value)| self.bar(self.plain(key), value, None, key == "context-creative"));
        let bars = Bars::of(self.plain("bars-rows"), bars.into(), self.marks(ceiling));
        let cases = self.messages.text("backtest-context-explained", &[("cases", context.cases.into())]);
        section.say(self.say(key, &args)).show(Block::Bars(bars)).say(cases)
    }

    fn chances(&self, it: &CalibrationRecord) -> Section {
        let args = [
            ("ece", self.messages.locale().decimal(it.ece * 100.0, 1)),
            ("pairs", self.count(it.pairs)),
            ("slope", self.number(it.slope)),
        ];
        let key = match it.slope {
            slope if ABOUT_RIGHT.contains(&slope) => "slope-right",
            slope if slope > *ABOUT_RIGHT.end() => "slope-timid",
            _ => "slope-bold",
        };
        let section = Section::new(self.plain("chances")).say(format!(
            "{} {}",
            self.say("chances-found", &args),
            self.plain(key)
        ));
        let head = ["chance-stated", "chance-observed", "chance-pairs"].map(|it| self.plain(it));
        let rows = it
            .bins
            .iter()
            .map(|it| vec![self.percent(it.stated), self.percent(it.observed), self.count(it.pairs)])
            .collect();
        section.show(Block::Table(Table { head: head.into(), rows }))
    }

    fn ranges(&self) -> Section {
        let it = &self.record.coverage;
        let args =
            [("level", self.percent(it.level)), ("held", self.percent(it.overall)), ("n", self.count(it.n))];
        let section = Section::new(self.plain("ranges")).say(self.say("ranges-found", &args));
        if it.groups.is_empty() {
            return section.say(self.plain("ranges-few"));
        }
        let head = ["ranges-group", "ranges-held", "ranges-results"].map(|it| self.plain(it));
        let rows = it
            .groups
            .iter()
            .map(|it| vec![self.group(&it.group), self.percent(it.held), self.count(it.n)])
            .collect();
        section.show(Block::Table(Table { head: head.into(), rows }))
    }

    /// `peers 5-9` and `campaign Spring` in words.
    fn group(&self, name: &str) -> String {
        let named = |kind: &str| {
            name.strip_prefix(kind)
                .map(|rest| self.say(&format!("group-{}", kind.trim()), &[("name", rest.to_owned())]))
        };
        named("peers ")
            .map(|it| it.replace('-', "–"))
            .or_else(|| named("campaign "))
            .unwrap_or_else(|| name.to_owned())
    }

    fn money(&self) -> Option<Section> {
        let it = self.record.stakes?;
        let locale = self.messages.locale();
        let extra = |value: f64| locale.signed(value, 1);
        let args = [
            ("spend", locale.decimal(it.spend, 0)),
            ("moved", locale.decimal(it.moved, 0)),
            ("right", self.percent(it.right.value)),
            ("extra", extra(it.extra_per_thousand.value)),
            ("low", extra(it.extra_per_thousand.low)),
            ("high", extra(it.extra_per_thousand.high)),
            ("share", locale.percent(it.extra_share, 1)),
        ];
        let key = match self.record.verdict {
            Verdict::Skill => "money-found",
            Verdict::NoSkill => "money-no-skill",
        };
        Some(Section::of_text(self.plain("money"), self.say(key, &args)))
    }

    fn splits(&self) -> Section {
        let leaks = &self.record.leaks;
        let section = Section::new(self.plain("splits"));
        if leaks.pairs() == 0 {
            return section.say(self.plain("leaks-none"));
        }
        let LeaksRecord { same_picture, same_text, look_alike, examples } = leaks;
        let args = [
            ("pairs", leaks.pairs().into()),
            ("pictures", (*same_picture).into()),
            ("texts", (*same_text).into()),
            ("alikes", (*look_alike).into()),
        ];
        let section = section.say(self.messages.text("backtest-leaks-allowed", &args));
        let example = |(a, b, shared): &(String, String, String)| {
            format!("{a} – {b}: {}", self.plain(&format!("shared-{shared}")))
        };
        match examples.is_empty() {
            true => section,
            false => section.show(Block::List { items: examples.iter().map(example).collect() }),
        }
    }

    fn notes(&self) -> Section {
        let notes = self.record.notes.iter().map(|it| it.text.clone());
        let items = std::iter::once(self.plain("association")).chain(notes).collect();
        Section::new(self.plain("notes")).show(Block::List { items })
    }
}

/// Parts of what was learned, shown beside it and not against it.
fn is_part(name: &str) -> bool {
    matches!(name, "copy" | "picture")
}
