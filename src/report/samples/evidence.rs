//! What was measured: on a table, and on a series.

use crate::contest::panels::{GroupError, GroupErrors, Rate};
use crate::contest::{
    Calibration, CalibrationBin, ColumnSummary, Comparison, ContenderResult, Evidence,
    ForecastLine, ForecastPanel, GainShare, HorizonErrors, LearningCurve, LearningPoint,
    MarginChoice, MetricChoice, MetricName, MetricView, Outcome, Panels, Recommendation, RuleLine,
    RuleTable, SplitKind, SplitSummary, Status, Task, Tier,
};
use crate::data::{Kind, Role, Warning};
use crate::vocabulary::{Confidence, Rung};

pub(super) fn table() -> Evidence {
    Evidence {
        schema: crate::contest::evidence::SCHEMA.to_owned(),
        version: "0.1.0".to_owned(),
        task: Task::Binary,
        task_why: "The target has two values.".to_owned(),
        target: "churned".to_owned(),
        positive: Some("yes".to_owned()),
        seed: 42,
        data_hash: "d4".repeat(32),
        metric: MetricChoice {
            name: MetricName::BalancedAccuracy,
            higher_is_better: true,
            why: "No costs of errors were given.".to_owned(),
        },
        margin: MarginChoice {
            value: 0.01,
            why: "The default for rates.".to_owned(),
        },
        split: SplitSummary {
            kind: SplitKind::KFold,
            folds: 10,
            repeats: 3,
            why: "No time and no entity; each class is spread evenly.".to_owned(),
        },
        rows: 3000,
        columns: vec![
            column("contract", Role::Feature, Kind::Category, 0),
            column("tenure_months", Role::Feature, Kind::Number, 0),
            column("payment", Role::Feature, Kind::Category, 239),
            column("churned", Role::Target, Kind::Boolean, 0),
        ],
        contenders: contenders(),
        comparisons: comparisons(),
        recommendation: Recommendation {
            tier: Tier::Heuristic,
            contender: "tree-depth-3".to_owned(),
            rung: Rung::Heuristic,
            meanwhile: None,
            confidence: Confidence::Settled,
            acceptable: vec![Tier::Heuristic],
            probability: 0.987,
            rows_needed: None,
            says: "The readable rule is good enough: nothing beats it by 0.010.".to_owned(),
        },
        warnings: vec![Warning {
            code: "missing-values".to_owned(),
            column: Some("payment".to_owned()),
            detail: "8 % of the values are missing.".to_owned(),
            remedy: "Ask whether they are missing for a reason.".to_owned(),
        }],
        panels: table_panels(),
    }
}

fn contenders() -> Vec<ContenderResult> {
    vec![
        contender(
            "prior",
            Tier::Naive,
            Rung::Query,
            [0.5, 0.5, 0.5],
            "always no",
        ),
        contender(
            "tree-depth-3",
            Tier::Heuristic,
            Rung::Heuristic,
            [0.8075, 0.797, 0.818],
            "if contract is monthly and tenure_months < 6: yes, else no",
        ),
        contender(
            "logistic",
            Tier::MinimumViableModel,
            Rung::MinimumViableModel,
            [0.739, 0.727, 0.751],
            "a weighted sum of 14 encoded columns",
        ),
        contender(
            "boosting",
            Tier::Headroom,
            Rung::StrongerModel,
            [0.8053, 0.794, 0.8166],
            "100 small trees",
        ),
        ContenderResult {
            status: Status::Skipped,
            mean: None,
            low: None,
            high: None,
            ..contender(
                "keywords",
                Tier::Heuristic,
                Rung::Heuristic,
                [0.0; 3],
                "there is no column of text",
            )
        },
    ]
}

fn comparisons() -> Vec<Comparison> {
    vec![
        comparison(
            Tier::Naive,
            Tier::Heuristic,
            0.3075,
            [0.9999, 0.0001, 0.0],
            Outcome::Better,
        ),
        comparison(
            Tier::Heuristic,
            Tier::MinimumViableModel,
            -0.0685,
            [0.0, 0.0001, 0.9999],
            Outcome::Worse,
        ),
        comparison(
            Tier::Heuristic,
            Tier::Headroom,
            -0.0022,
            [0.012, 0.93, 0.058],
            Outcome::NotBetterByTheMargin,
        ),
    ]
}

fn table_panels() -> Panels {
    let curve = |tier, end: f64, says: &str, more| LearningCurve {
        tier,
        points: [250_usize, 500, 1000, 2700]
            .into_iter()
            .zip([0.1, 0.05, 0.02, 0.0])
            .map(|(rows, below)| LearningPoint {
                rows,
                mean: end - below,
                low: end - below - 0.02,
                high: end - below + 0.02,
            })
            .collect(),
        rows_for_next_margin: more,
        says: says.to_owned(),
    };
    Panels {
        facts: None,
        sensitivity: vec![MetricView {
            metric: MetricName::LogLoss,
            tier: Tier::Headroom,
            contender: "boosting".to_owned(),
            rung: Rung::StrongerModel,
            confidence: Confidence::Leaning,
            agrees: false,
        }],
        shares: vec![GainShare {
            tier: Tier::Heuristic,
            share: 1.0,
            low: 0.97,
            high: 1.03,
        }],
        learning: vec![
            curve(Tier::Heuristic, 0.8075, "Flat from 500 rows on.", None),
            curve(
                Tier::MinimumViableModel,
                0.739,
                "Still rising slowly.",
                Some(14_000),
            ),
        ],
        calibration: Some(Calibration {
            contender: "tree-depth-3".to_owned(),
            bins: vec![
                bin(0.07, 0.071, 2600),
                bin(0.78, 0.775, 320),
                bin(0.5, 1.0, 3),
            ],
            says: "Stated probabilities come true within 1 %.".to_owned(),
        }),
        rules: vec![RuleTable {
            contender: "tree-depth-3".to_owned(),
            lines: vec![
                rule_line(
                    "contract = monthly and tenure_months < 6",
                    "yes",
                    380,
                    0.775,
                ),
                rule_line("contract = barter", "yes", 2, 1.0),
                rule_line("otherwise", "no", 2618, 0.93),
            ],
            expression: None,
        }],
        groups: vec![GroupErrors {
            contender: "tree-depth-3".to_owned(),
            column: "region".to_owned(),
            groups: vec![group("north", 0.11, 740), group("exile", 0.5, 4)],
            says: "Errors differ by less than their intervals.".to_owned(),
        }],
        ..Panels::default()
    }
}

pub(super) fn series() -> Evidence {
    let actual: Vec<f64> = (0..24)
        .map(|month| 300.0 + 4.0 * f64::from(month) + if month % 12 == 6 { 80.0 } else { 0.0 })
        .collect();
    Evidence {
        task: Task::Forecasting,
        task_why: "A column of time and a horizon were given.".to_owned(),
        target: "passengers".to_owned(),
        positive: None,
        metric: MetricChoice {
            name: MetricName::Mase,
            higher_is_better: false,
            why: "It compares with repeating the past.".to_owned(),
        },
        margin: MarginChoice {
            value: 0.053,
            why: "5 % of the simpler one's error.".to_owned(),
        },
        split: SplitSummary {
            kind: SplitKind::RollingOrigin,
            folds: 36,
            repeats: 1,
            why: "One origin a month, three years back.".to_owned(),
        },
        rows: 144,
        columns: vec![column("month", Role::Time, Kind::Date, 0)],
        contenders: vec![
            contender(
                "last-value",
                Tier::Naive,
                Rung::Query,
                [1.9, 1.5, 2.3],
                "repeats the last month",
            ),
            contender(
                "theta",
                Tier::Heuristic,
                Rung::Heuristic,
                [1.06, 0.8, 1.3],
                "half of the trend",
            ),
        ],
        comparisons: vec![comparison(
            Tier::Naive,
            Tier::Heuristic,
            0.84,
            [0.97, 0.02, 0.01],
            Outcome::Better,
        )],
        recommendation: Recommendation {
            contender: "theta".to_owned(),
            ..table().recommendation
        },
        warnings: Vec::new(),
        panels: Panels {
            forecasts: vec![ForecastPanel {
                series: None,
                times: (0..24)
                    .map(|month| format!("19{}-{:02}", 59 + month / 12, month % 12 + 1))
                    .collect(),
                lines: vec![
                    ForecastLine {
                        contender: "theta".to_owned(),
                        start: 12,
                        values: actual[12..].iter().map(|value| value - 9.0).collect(),
                    },
                    ForecastLine {
                        contender: "last-value".to_owned(),
                        start: 12,
                        values: vec![344.0; 12],
                    },
                ],
                actual,
            }],
            horizon: vec![
                HorizonErrors {
                    contender: "theta".to_owned(),
                    errors: vec![0.4, 0.5, 0.6, 0.8],
                },
                HorizonErrors {
                    contender: "last-value".to_owned(),
                    errors: vec![0.8, 1.5, 1.9, 2.2],
                },
            ],
            ..Panels::default()
        },
        ..table()
    }
}

fn column(name: &str, role: Role, kind: Kind, missing: usize) -> ColumnSummary {
    ColumnSummary {
        name: name.to_owned(),
        role,
        kind,
        missing,
        why: "inferred from its values".to_owned(),
    }
}

fn contender(
    id: &str,
    tier: Tier,
    rung: Rung,
    [mean, low, high]: [f64; 3],
    says: &str,
) -> ContenderResult {
    ContenderResult {
        id: id.to_owned(),
        tier,
        rung,
        status: Status::Ok,
        mean: Some(mean),
        low: Some(low),
        high: Some(high),
        fold_scores: Vec::new(),
        says: says.to_owned(),
    }
}

fn comparison(
    simpler: Tier,
    richer: Tier,
    difference: f64,
    [p_better, p_same, p_worse]: [f64; 3],
    outcome: Outcome,
) -> Comparison {
    Comparison {
        simpler: simpler.id().to_owned(),
        richer: richer.id().to_owned(),
        difference,
        margin: 0.01,
        p_better,
        p_same,
        p_worse,
        outcome,
    }
}

fn group(name: &str, share: f64, rows: usize) -> GroupError {
    let rate = |share: f64| Rate {
        share: Some(share),
        low: share - 0.02,
        high: share + 0.02,
        rows,
    };
    GroupError {
        group: name.to_owned(),
        error: rate(share),
        false_alarms: Some(rate(0.1)),
        misses: None,
    }
}

fn bin(stated: f64, observed: f64, rows: usize) -> CalibrationBin {
    CalibrationBin {
        stated,
        observed,
        low: (observed - 0.05).max(0.0),
        high: (observed + 0.05).min(1.0),
        rows,
    }
}

fn rule_line(when: &str, answer: &str, rows: usize, right: f64) -> RuleLine {
    RuleLine {
        when: when.to_owned(),
        answer: answer.to_owned(),
        rows,
        right: Some(right),
    }
}
