//! What people and programs read of a backtest and of drift, against frozen renderings of invented figures.
#![allow(clippy::unwrap_used)]

use gancho_report::{
    BacktestRecord, CalibrationRecord, CarryRecord, ContextRecord, CoverageRecord, DriftRecord,
    EstimateRecord, HeldRecord, LeaksRecord, LearningCounts, LearningRecord, Locale, Messages, MovedRecord,
    NoteRecord, OrderRecord, ReliabilityRecord, RetrainReason, StakesRecord, StillHeldRecord, TopRecord,
    Verdict, WindowRecord, render, schema, story,
};
use proptest::prelude::*;

fn estimate(value: f64) -> EstimateRecord {
    let rounded = |it: f64| (it * 1e6).round() / 1e6;
    EstimateRecord { value: rounded(value), low: rounded(value - 0.08), high: rounded(value + 0.07), n: 1240 }
}

fn order(name: &str, spearman: f64) -> OrderRecord {
    OrderRecord {
        name: name.into(),
        spearman: Some(estimate(spearman)),
        auc: Some(estimate(0.5 + spearman / 3.0)),
        clear_accuracy: Some(estimate(0.5 + spearman / 1.5)),
        top: [1, 3].map(|at| TopRecord { at, ndcg: estimate(0.6 + spearman / 2.0), random: 0.55 }).into(),
    }
}

fn backtest() -> BacktestRecord {
    let bin = |stated: f64| ReliabilityRecord {
        stated,
        observed: (stated * 1000.0 - 13.0).round() / 1000.0,
        pairs: 620,
    };
    let held = |group: &str, held| HeldRecord { group: group.into(), held, n: 212 };
    BacktestRecord {
        schema: schema::Backtest,
        gancho: "0.1.0".into(),
        verdict: Verdict::Skill,
        options: LearningRecord {
            target: "ctr".into(),
            objective: "likelihood".into(),
            hold_out: "campaign".into(),
            allow_leaks: true,
        },
        window: Some(WindowRecord { first: "2026-01-05".into(), last: "2026-04-30".into() }),
        counts: LearningCounts {
            creatives: 480,
            campaigns: 12,
            units: 512,
            cases: 21_840,
            features: [("copy".to_owned(), 84), ("picture".to_owned(), 61)].into(),
            context_features: 14,
        },
        ceiling: 0.71,
        content: order("content", 0.42),
        baselines: vec![order("longer-headline", 0.06), order("copy", 0.31), order("last-winner", -0.03)],
        context: Some(ContextRecord {
            context: 0.66,
            content: 0.18,
            both: 0.69,
            ceiling: 0.83,
            cases: 21_840,
        }),
        beta: 1.1,
        calibration: Some(CalibrationRecord {
            pairs: 12_345,
            ece: 0.021,
            slope: 1.05,
            brier: 0.231,
            brier_skill: 0.076,
            bins: [0.51, 0.58, 0.74].map(bin).into(),
        }),
        coverage: CoverageRecord {
            level: 0.8,
            overall: 0.806,
            n: 512,
            groups: vec![held("peers 30-99", 0.79), held("campaign Spring | <b>", 0.82)],
        },
        stakes: Some(StakesRecord {
            spend: 84_120.0,
            moved: 31_500.0,
            right: estimate(0.64),
            extra_per_thousand: EstimateRecord { value: 12.4, low: -1.5, high: 26.0, n: 12 },
            extra_share: 0.034,
        }),
        leaks: LeaksRecord {
            same_picture: 2,
            same_text: 1,
            look_alike: 0,
            examples: vec![("a.jpg".into(), "b.jpg".into(), "picture".into())],
        },
        too_few_campaigns: None,
        prior: Some(CarryRecord { mean: 0.4, deviation: 0.3, slope: 0.62 }),
        notes: vec![NoteRecord { code: "fault".into(), text: "results.csv: 3 rows were left out".into() }],
    }
}

fn silent() -> BacktestRecord {
    BacktestRecord {
        verdict: Verdict::NoSkill,
        window: None,
        content: order("content", 0.04),
        context: None,
        calibration: None,
        stakes: None,
        leaks: LeaksRecord::default(),
        too_few_campaigns: Some(1),
        prior: None,
        coverage: CoverageRecord { level: 0.8, overall: 0.79, n: 60, groups: Vec::new() },
        notes: Vec::new(),
        ..backtest()
    }
}

fn drift() -> DriftRecord {
    let moved = |feature: &str, index, verdict: &str| MovedRecord {
        feature: feature.into(),
        index,
        expected: 0.05,
        missing_then: 0.0,
        missing_now: 0.12,
        verdict: verdict.into(),
    };
    DriftRecord {
        schema: schema::Drift,
        gancho: "0.1.0".into(),
        model: "model.json".into(),
        target: "ctr".into(),
        window: Some(WindowRecord { first: "2026-01-05".into(), last: "2026-04-30".into() }),
        age_days: Some(206),
        retrain: true,
        because: vec![RetrainReason::Features, RetrainReason::Age],
        creatives: 80,
        features: 145,
        moved: vec![moved("copy.headline.words", 0.61, "far"), moved("picture.luminance", 0.08, "stable")],
        coverage: Some(StillHeldRecord { level: 0.8, held: 0.775, n: 80, p_value: 0.57, broken: false }),
        notes: Vec::new(),
    }
}

fn written(render: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn table(record: &BacktestRecord, locale: Locale, width: usize) -> String {
    written(|out| render::backtest_table(record, &Messages::new(locale), width, out))
}

#[test]
fn table_english() {
    insta::assert_snapshot!(table(&backtest(), Locale::En, 110));
}

#[test]
fn table_spanish() {
    insta::assert_snapshot!(table(&backtest(), Locale::Es, 110));
}

#[test]
fn table_without_skill() {
    insta::assert_snapshot!(table(&silent(), Locale::En, 80));
}

#[test]
fn html_spanish() {
    let page = written(|out| render::backtest_html(&backtest(), &Messages::new(Locale::Es), out));
    // The style sheets are reviewed as files.
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, rest) = rest.split_once("</style>").unwrap();
    let hash = head.split("sha256-").nth(1).unwrap().split('\'').next().unwrap();
    insta::assert_snapshot!(format!("{}{rest}", head.replace(hash, "HASH")));
}

#[test]
fn the_page_asks_for_nothing_from_outside() {
    let page = written(|out| render::backtest_html(&backtest(), &Messages::new(Locale::En), out));
    assert!(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"));
    for outside in ["http:", "https:", "<script", "src=", "url(", "@import"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn a_record_reads_back() {
    for record in [backtest(), silent()] {
        let text = written(|out| render::backtest_jsonl(&record, out));
        assert_eq!(text.lines().count(), 1);
        assert_eq!(serde_json::from_str::<BacktestRecord>(&text).unwrap(), record);
        let text = written(|out| render::backtest_json(&record, out));
        assert_eq!(serde_json::from_str::<BacktestRecord>(&text).unwrap(), record);
        assert!(text.contains("\"schema\": \"gancho.backtest/1\""));
    }
    let text = written(|out| render::drift_json(&drift(), out));
    assert_eq!(serde_json::from_str::<DriftRecord>(&text).unwrap(), drift());
}

#[test]
fn the_verdict_comes_first_and_context_is_named_where_it_dwarfs() {
    let text = table(&backtest(), Locale::En, 200);
    assert!(text.starts_with("Skill:"), "{text}");
    assert!(text.contains("Who saw the ad explains more than the ad"), "{text}");
    let mut record = backtest();
    record.context = Some(ContextRecord { context: 0.1, content: 0.2, both: 0.3, ceiling: 0.5, cases: 9 });
    assert!(!table(&record, Locale::En, 200).contains("explains more than the ad"));
    assert!(table(&silent(), Locale::Es, 200).starts_with("Sin capacidad predictiva:"));
}

#[test]
fn no_message_is_missing_a_variable_or_a_key() {
    for locale in [Locale::En, Locale::Es] {
        let messages = Messages::new(locale);
        for target in ["ctr", "cvr", "cpa", "roas", "cpm", "hook", "hold"] {
            for hold_out in ["campaign", "creative", "time"] {
                for slope in [0.2, 1.0, 3.0] {
                    let mut record = backtest();
                    record.options.target = target.into();
                    record.options.hold_out = hold_out.into();
                    record.calibration.as_mut().unwrap().slope = slope;
                    for it in [&record, &BacktestRecord { leaks: LeaksRecord::default(), ..record.clone() }] {
                        let text = format!("{:?}", story::backtest(it, &messages));
                        for broken in ["{$", "{ $", "backtest-", "target-", "order-"] {
                            assert!(!text.contains(broken), "{broken}: {text}");
                        }
                    }
                }
            }
        }
        let mut record = drift();
        for reason in
            [RetrainReason::Features, RetrainReason::Coverage, RetrainReason::Age, RetrainReason::NoSkill]
        {
            record.because = vec![reason];
            let text = format!("{:?}", story::drift(&record, &messages));
            assert!(!text.contains("{$") && !text.contains("drift-"), "{text}");
        }
    }
}

#[test]
fn drift_in_both_languages() {
    let of = |locale| written(|out| render::drift_table(&drift(), &Messages::new(locale), 100, out));
    insta::assert_snapshot!(format!("{}\n{}", of(Locale::En), of(Locale::Es)));
}

#[test]
fn sections_as_markdown() {
    let sections = story::backtest_sections(&backtest(), &Messages::new(Locale::En));
    insta::assert_snapshot!(render::markdown(&sections));
}

proptest! {
    #[test]
    fn text_of_the_user_stays_text(text in prop_oneof![
        any::<String>(),
        Just("<script>alert(1)</script>".to_owned()),
        Just("\u{1b}[2J\u{202e}".to_owned()),
        Just("</td>|</bdi>\n# x".to_owned()),
    ]) {
        let mut record = backtest();
        record.leaks.examples = vec![(text.clone(), text.clone(), text.clone())];
        record.notes = vec![NoteRecord { code: text.clone(), text: text.clone() }];
        record.coverage.groups[0].group = format!("campaign {text}");
        record.content.name.clone_from(&text);
        record.baselines[0].name.clone_from(&text);
        record.options.target.clone_from(&text);
        let page = written(|out| render::backtest_html(&record, &Messages::new(Locale::En), out));
        prop_assert!(!page.contains("<script"));
        let plain = table(&record, Locale::En, 100);
        prop_assert!(!plain.contains(['\u{1b}', '\u{202e}']), "an escape");
        let sections = story::backtest_sections(&record, &Messages::new(Locale::En));
        let markdown = render::markdown(&sections);
        prop_assert!(!markdown.contains("<script"));
        let lines = |of: &str| of.lines().count();
        prop_assert_eq!(lines(&markdown), lines(&markdown.replace('\r', "")));
    }
}
