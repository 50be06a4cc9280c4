//! A verdict with everything in it.

use crate::rubric::Who;
use crate::value::{Estimate, Worth};
use crate::verdict::{
    Claim, Contradiction, CouldBe, DataMaturity, Disagreement, Finding, Flip, GateLine, Hashes,
    Interval, NextQuestion, NextStage, Remaining, RoadmapItem, RoadmapLevel, Serving,
    ServingPattern, Trigger, Used, Verdict,
};
use crate::vocabulary::{Confidence, Readiness, Rung};

pub(super) fn verdict() -> Verdict {
    Verdict {
        schema: crate::verdict::model::SCHEMA.to_owned(),
        version: "0.1.0".to_owned(),
        as_of: "2026-11-24".to_owned(),
        headline: "Don't build a model: ship the rule on contract and tenure.".to_owned(),
        solution: Rung::Heuristic,
        solution_confidence: Confidence::Settled,
        readiness: Readiness::Go,
        readiness_confidence: Confidence::Leaning,
        target: None,
        waits_for: None,
        could_be: CouldBe {
            solutions: vec![Rung::Heuristic],
            readiness: vec![Readiness::Go, Readiness::Pilot],
        },
        requires: vec!["self-hosted".to_owned()],
        policy_rows: vec!["solution-5".to_owned(), "readiness-7".to_owned()],
        used: Used {
            answers: true,
            evidence: true,
            economics: true,
        },
        scores: [(
            "fit".to_owned(),
            Interval {
                low: 0.41,
                high: 0.58,
            },
        )]
        .into(),
        gates: gates(),
        findings: vec![
            finding(
                "Nothing beats the readable rule by more than the margin.",
                "contest",
            ),
            finding("A few rules do it.", "question:fit-hand-rules"),
            finding("Errors are cheap to put right.", "policy:readiness-7"),
        ],
        contradictions: vec![Contradiction {
            question: "fit-hand-rules".to_owned(),
            answered: "dozens of rules".to_owned(),
            measured: "one rule of two conditions".to_owned(),
            remedy: "Read the rule together and correct the answer.".to_owned(),
        }],
        disagreements: vec![Disagreement {
            question: "risk-recourse".to_owned(),
            answers: vec![
                Claim {
                    role: Some(Who::Owner),
                    by: Some("Ada".to_owned()),
                    answer: "with a deadline".to_owned(),
                },
                Claim {
                    role: Some(Who::Legal),
                    by: None,
                    answer: "no".to_owned(),
                },
            ],
            matters: false,
            why: "As it looks now, each of them leads to heuristic · go.".to_owned(),
        }],
        worth: Some(worth()),
        flips: vec![Flip {
            changes: vec![
                "a missed customer cost more than 95 EUR (now 60)".to_owned(),
                "labels came weekly".to_owned(),
            ],
            solution: Rung::MinimumViableModel,
            readiness: Readiness::Pilot,
        }],
        next: vec![NextQuestion {
            question: "risk-people".to_owned(),
            why: "Its answer could move the readiness to review.".to_owned(),
        }],
        remaining: remaining(),
        serving: Serving {
            pattern: ServingPattern::Batch,
            why: "Answers are wanted within days and the data are yesterday's.".to_owned(),
        },
        roadmap: roadmap(),
        data_maturity: Some(data_maturity()),
        triggers: vec![Trigger {
            date: Some("2027-02-24".to_owned()),
            measure: Some("the share of leavers is outside 12 to 19 %".to_owned()),
            why: "Rules age, slower than models.".to_owned(),
        }],
        hashes: Hashes {
            rubrics: [("ml-fitness".to_owned(), "a1".repeat(32))].into(),
            policy: "b2".repeat(32),
            answers: "c3".repeat(32),
            data: Some("d4".repeat(32)),
            evidence: Some("e5".repeat(32)),
            economics: None,
        },
    }
}

fn gates() -> Vec<GateLine> {
    vec![
        GateLine {
            question: "fit-hand-rules".to_owned(),
            state: "fired".to_owned(),
            effect: "cap solution heuristic".to_owned(),
            because: "A few rules do it, and someone keeps them.".to_owned(),
        },
        GateLine {
            question: "risk-people".to_owned(),
            state: "possible".to_owned(),
            effect: "force readiness review".to_owned(),
            because: "Deciding about people by prediction needs answers first.".to_owned(),
        },
    ]
}

fn roadmap() -> Vec<RoadmapItem> {
    vec![
        RoadmapItem {
            element: "tests".to_owned(),
            level: RoadmapLevel::Needed,
            what: "The rule on fixed cases.".to_owned(),
            why: "It is asked about cases that nobody had in mind.".to_owned(),
            who: "engineer".to_owned(),
            done: "Every branch answers one of them.".to_owned(),
        },
        RoadmapItem {
            element: "experiment-tracking".to_owned(),
            level: RoadmapLevel::Light,
            what: "The benchmark file.".to_owned(),
            why: "It says what the rule was compared with.".to_owned(),
            who: "data scientist".to_owned(),
            done: "The file lies in the case folder.".to_owned(),
        },
    ]
}

fn data_maturity() -> DataMaturity {
    DataMaturity {
        stage: "a SQL database".to_owned(),
        serves: "tables".to_owned(),
        is_enough: true,
        next: Some(NextStage {
            stage: "an object store".to_owned(),
            buys: "cheap history".to_owned(),
            when: "history is overwritten".to_owned(),
        }),
    }
}

fn worth() -> Worth {
    Worth {
        rung: Rung::Heuristic,
        currency: Some("EUR".to_owned()),
        gain_per_year: estimate(38_000.0, 49_000.0, 61_000.0),
        build: estimate(2_000.0, 4_000.0, 8_000.0),
        run: estimate(500.0, 1_000.0, 2_000.0),
        benefit_cost: estimate(4.1, 7.25, 11.0),
        break_even_cases: Some(5_200.0),
        left_out: vec!["cost of switching back".to_owned()],
    }
}

fn finding(text: &str, source: &str) -> Finding {
    Finding {
        text: text.to_owned(),
        source: source.to_owned(),
        weight: 0.5,
    }
}

fn estimate(low: f64, likely: f64, high: f64) -> Estimate {
    Estimate { low, likely, high }
}

fn remaining() -> Remaining {
    Remaining {
        matter: vec!["risk-people".to_owned()],
        for_the_record: vec!["need-event".to_owned(), "value-threshold".to_owned()],
        unlikely: Vec::new(),
        solution_stands: Some(0.875),
        first_verdict: true,
    }
}
