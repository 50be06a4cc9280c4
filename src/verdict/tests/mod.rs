//! The verdict from a benchmark, and where gates, figures and measurements meet.

mod contradictions;
mod headline;
mod remaining;

use std::collections::BTreeMap;

use super::*;
use crate::assessment::{Answer, Answers, Assessment, parse_answer};
use crate::contest::evidence::SCHEMA;
use crate::contest::{
    Comparison, ContenderResult, Evidence, MarginChoice, MetricChoice, MetricName, Outcome, Panels,
    Recommendation, SplitKind, SplitSummary, Status, Task, Tier,
};
use crate::rubric::{BASE, Effect, WaitFor, built_in_policy, built_in_rubric};
use crate::value::{Economics, Estimate};
use crate::vocabulary::{Confidence, Readiness, Rung};

/// Means by tier, as expected cost; the first tier that nothing beats by 1 is recommended.
fn evidence(chosen: Tier, confidence: Confidence) -> Evidence {
    let entries = [
        (Tier::Naive, "prior", Rung::Query, 20.0),
        (Tier::Heuristic, "tree-depth-3", Rung::Heuristic, 12.0),
        (
            Tier::MinimumViableModel,
            "logistic",
            Rung::MinimumViableModel,
            8.0,
        ),
        (Tier::Headroom, "boosting", Rung::StrongerModel, 5.0),
    ];
    // Tiers beyond the chosen one are practically the same as it.
    let floor = entries
        .iter()
        .find(|entry| entry.0 == chosen)
        .map_or(20.0, |entry| entry.3);
    let mean = |own: f64| own.max(floor);
    let contenders = entries
        .iter()
        .map(|(tier, id, rung, own)| ContenderResult {
            id: (*id).to_owned(),
            tier: *tier,
            rung: *rung,
            status: Status::Ok,
            mean: Some(mean(*own)),
            low: Some(mean(*own) - 0.5),
            high: Some(mean(*own) + 0.5),
            fold_scores: Vec::new(),
            says: "if a > 1: yes, else no".to_owned(),
        })
        .collect();
    let mut comparisons = Vec::new();
    for (place, low) in entries.iter().enumerate() {
        for high in &entries[place + 1..] {
            let difference = mean(low.3) - mean(high.3);
            let better = difference > 1.0;
            comparisons.push(Comparison {
                simpler: low.0.id().to_owned(),
                richer: high.0.id().to_owned(),
                difference,
                margin: 1.0,
                p_better: if better { 0.99 } else { 0.01 },
                p_same: if better { 0.01 } else { 0.99 },
                p_worse: 0.0,
                outcome: if better {
                    Outcome::Better
                } else {
                    Outcome::PracticallyTheSame
                },
            });
        }
    }
    let entry = entries.iter().find(|entry| entry.0 == chosen).unwrap();
    Evidence {
        schema: SCHEMA.to_owned(),
        version: "0.1.0".to_owned(),
        task: Task::Binary,
        task_why: String::new(),
        target: "late".to_owned(),
        positive: Some("yes".to_owned()),
        seed: 42,
        data_hash: "d4".repeat(32),
        metric: MetricChoice {
            name: MetricName::ExpectedCost,
            higher_is_better: false,
            why: String::new(),
        },
        margin: MarginChoice {
            value: 1.0,
            why: String::new(),
        },
        split: SplitSummary {
            kind: SplitKind::KFold,
            folds: 10,
            repeats: 3,
            why: String::new(),
        },
        rows: 3000,
        columns: Vec::new(),
        contenders,
        comparisons,
        recommendation: Recommendation {
            tier: chosen,
            contender: entry.1.to_owned(),
            rung: entry.2,
            meanwhile: None,
            confidence,
            acceptable: vec![chosen],
            probability: 0.98,
            rows_needed: None,
            says: "Said.".to_owned(),
        },
        warnings: Vec::new(),
        panels: Panels::default(),
    }
}

/// A predictive case that is fine in every way.
fn fine() -> Assessment {
    answered(&[])
}

fn answered(changes: &[(&str, &str)]) -> Assessment {
    let rubric = built_in_rubric(BASE).unwrap();
    let mut answers = Answers::default();
    for (_, question) in rubric.questions() {
        let best = question
            .choices()
            .iter()
            .filter(|choice| choice.gates.is_empty())
            .max_by(|left, right| left.score.total_cmp(&right.score));
        if let Some(best) = best {
            answers.set(&question.id, Answer::Choice(best.key.clone()));
        }
    }
    let plain = [
        ("fit-task-kind", "predict"),
        ("fit-existing-solution", "rough"),
        ("fit-hand-rules", "many"),
        ("fit-volume", "stretched"),
        ("fit-error-cost", "similar"),
    ];
    for (question, text) in plain.iter().chain(changes) {
        answers.set(question, parse_answer(&rubric, question, text).unwrap());
    }
    Assessment::new(rubric, answers)
}

fn decided(
    assessment: Option<&Assessment>,
    evidence: Option<&Evidence>,
    economics: Option<&Economics>,
) -> Verdict {
    decide(&Inputs {
        assessment,
        evidence,
        economics,
        policy: &built_in_policy().unwrap(),
        as_of: "2026-11-24",
    })
    .unwrap()
}

#[test]
fn a_benchmark_alone_decides_the_solution_and_never_lets_work_start() {
    for (tier, row, solution) in [
        (Tier::Naive, "no-signal", Rung::Heuristic),
        (Tier::Heuristic, "measured-simple", Rung::Heuristic),
        (
            Tier::MinimumViableModel,
            "measured-small-model",
            Rung::MinimumViableModel,
        ),
        (
            Tier::Headroom,
            "left-on-the-table",
            Rung::MinimumViableModel,
        ),
    ] {
        for confidence in [Confidence::Settled, Confidence::Leaning] {
            let verdict = decided(None, Some(&evidence(tier, confidence)), None);
            assert_eq!(verdict.solution, solution, "{tier:?}");
            assert_eq!(verdict.policy_rows, [row, "nothing-asked"]);
            assert_eq!(verdict.readiness, Readiness::Clarify);
            assert_eq!(verdict.readiness_confidence, Confidence::Settled);
            let at_best = if tier == Tier::Headroom {
                Confidence::Leaning
            } else {
                confidence
            };
            assert!(
                verdict.solution_confidence >= at_best,
                "{tier:?} {verdict:?}"
            );
            if tier != Tier::Headroom {
                assert_eq!(verdict.solution_confidence, confidence, "{tier:?}");
            }
            assert!(!verdict.used.answers && verdict.used.evidence);
        }
    }
}

#[test]
fn what_was_measured_beats_what_was_answered() {
    let gainless = answered(&[("fit-expected-gain", "none"), ("data-signal", "none")]);
    let verdict = decided(
        Some(&gainless),
        Some(&evidence(Tier::MinimumViableModel, Confidence::Settled)),
        None,
    );
    assert_eq!(verdict.solution, Rung::MinimumViableModel);
    assert_eq!(verdict.readiness, Readiness::Pilot);
    let contradicted: Vec<&str> = verdict
        .contradictions
        .iter()
        .map(|contradiction| contradiction.question.as_str())
        .collect();
    assert_eq!(contradicted, ["data-signal", "fit-expected-gain"]);
    // The other way round: a clear gain was hoped for and none measured.
    let verdict = decided(
        Some(&fine()),
        Some(&evidence(Tier::Naive, Confidence::Settled)),
        None,
    );
    assert_eq!(verdict.policy_rows[0], "no-signal");
    assert_eq!(
        (verdict.solution, verdict.readiness),
        (Rung::Heuristic, Readiness::Go)
    );
    assert!(
        verdict.headline.contains("no signal"),
        "{}",
        verdict.headline
    );
    assert!(
        verdict
            .contradictions
            .iter()
            .any(|it| it.question == "data-signal")
    );
    let nothing_there = answered(&[("fit-existing-solution", "none")]);
    let verdict = decided(
        Some(&nothing_there),
        Some(&evidence(Tier::Naive, Confidence::Settled)),
        None,
    );
    assert_eq!(verdict.policy_rows[0], "no-signal-and-nothing-in-place");
}

#[test]
fn a_column_that_is_known_too_late_contradicts_who_says_that_all_are_known() {
    let all_known = answered(&[("data-available-at-prediction", "all")]);
    for code in [
        "known-afterwards",
        "filled-for-one-outcome",
        "too-good-overall",
    ] {
        let mut evidence = evidence(Tier::Heuristic, Confidence::Settled);
        evidence.warnings.push(crate::contest::Warning {
            code: code.to_owned(),
            column: Some("closed_on".to_owned()),
            detail: "90 of 100 dates in closed_on lie after asked_on".to_owned(),
            remedy: "leave it out".to_owned(),
        });
        let told = |assessment| {
            decided(Some(assessment), Some(&evidence), None)
                .contradictions
                .iter()
                .any(|it| it.question == "data-available-at-prediction")
        };
        assert!(told(&all_known), "{code}");
        let most_known = answered(&[("data-available-at-prediction", "unknown")]);
        assert!(!told(&most_known), "{code}");
    }
}

#[test]
fn a_stronger_model_needs_more_than_a_win() {
    let win = evidence(Tier::Headroom, Confidence::Settled);
    let verdict = decided(Some(&fine()), Some(&win), None);
    assert_eq!(verdict.policy_rows[0], "measured-stronger-model");
    assert_eq!(verdict.solution, Rung::StrongerModel);
    for lacking in [
        ("data-events-per-parameter", "10-to-50"),
        ("value-benefit-cost", "unknown"),
    ] {
        let verdict = decided(Some(&answered(&[lacking])), Some(&win), None);
        assert_eq!(verdict.policy_rows[0], "left-on-the-table", "{lacking:?}");
        assert_eq!(verdict.solution, Rung::MinimumViableModel);
        assert!(verdict.could_be.solutions.contains(&Rung::StrongerModel));
        let told = verdict
            .findings
            .iter()
            .any(|it| it.source == "contest:left-on-the-table");
        assert!(told, "{:?}", verdict.findings);
    }
    let unsure = evidence(Tier::Headroom, Confidence::Leaning);
    let verdict = decided(Some(&fine()), Some(&unsure), None);
    assert_eq!(verdict.policy_rows[0], "left-on-the-table");
}

#[test]
fn a_generative_column_that_wins_is_a_foundation_model() {
    let mut evidence = evidence(Tier::MinimumViableModel, Confidence::Settled);
    evidence.recommendation.tier = Tier::External;
    evidence.recommendation.rung = Rung::FoundationModel;
    let verdict = decided(Some(&fine()), Some(&evidence), None);
    assert_eq!(verdict.policy_rows[0], "measured-foundation-model");
    assert_eq!(verdict.solution, Rung::FoundationModel);
    assert!(
        verdict
            .roadmap
            .iter()
            .any(|item| item.element == "version-pin")
    );
}

#[test]
fn every_gate_does_what_it_says() {
    let rubric = built_in_rubric(BASE).unwrap();
    let measured = evidence(Tier::MinimumViableModel, Confidence::Settled);
    for (_, question) in rubric.questions() {
        for choice in question
            .choices()
            .iter()
            .filter(|choice| !choice.gates.is_empty())
        {
            let mut changes = vec![(question.id.as_str(), choice.key.as_str())];
            if question.id.starts_with("genai") {
                changes.push(("fit-task-kind", "generate"));
            }
            if question.id == "infra-fallback" {
                changes.push(("fit-error-cost", "severe"));
                changes.push(("fit-existing-solution", "none"));
                changes.push(("fit-hand-rules", "unwritable"));
            }
            if question.id == "risk-annex3" && choice.key == "exempt" {
                changes.push(("risk-people", "decides-answered"));
            }
            let assessment = answered(&changes);
            let verdict = decided(Some(&assessment), None, None);
            let name = format!("{}={} → {verdict:#?}", question.id, choice.key);
            for gate in &choice.gates {
                let fired = assessment.gates.iter().any(|open| {
                    open.question == question.id
                        && open.effect == gate.effect
                        && open.state == crate::assessment::GateState::Fired
                });
                assert!(fired, "{name}");
                match &gate.effect {
                    Effect::ForceSolution(rung) => assert_eq!(verdict.solution, *rung, "{name}"),
                    Effect::CapSolution(rung) => assert!(verdict.solution <= *rung, "{name}"),
                    Effect::ForceReadiness(Readiness::Wait, wait) => {
                        let waits =
                            verdict.readiness == Readiness::Wait || verdict.target.is_some();
                        assert!(waits && verdict.waits_for == *wait, "{name}");
                    }
                    Effect::ForceReadiness(readiness, _) | Effect::CapReadiness(readiness) => {
                        assert!(verdict.readiness >= *readiness, "{name}");
                    }
                    Effect::StepDown => {
                        let with = decided(Some(&assessment), Some(&measured), None).solution;
                        assert!(
                            with < Rung::MinimumViableModel || choice.key == "above-value",
                            "{name}"
                        );
                    }
                    Effect::Require(what) => assert!(verdict.requires.contains(what), "{name}"),
                }
            }
        }
    }
}

#[test]
fn figures_that_do_not_pay_lower_the_rung() {
    let exactly = |value: f64| Estimate {
        low: value,
        likely: value,
        high: value,
    };
    let economics = |build: f64| Economics {
        currency: Some("EUR".to_owned()),
        cases_per_year: Some(exactly(100.0)),
        used_share: Some(exactly(1.0)),
        success: Some(exactly(1.0)),
        discount: Some(0.0),
        years: Some(2.0),
        build: BTreeMap::from([(Rung::MinimumViableModel, exactly(build))]),
        run: BTreeMap::from([(Rung::MinimumViableModel, exactly(0.0))]),
        ..Economics::default()
    };
    let measured = evidence(Tier::MinimumViableModel, Confidence::Settled);
    // 100 cases · (20 − 8) a case · 2 years = 2400
    let pays = decided(Some(&fine()), Some(&measured), Some(&economics(1_200.0)));
    assert_eq!(pays.solution, Rung::MinimumViableModel);
    let worth = pays.worth.as_ref().unwrap();
    assert_eq!(
        (worth.gain_per_year.likely, worth.benefit_cost.likely),
        (1_200.0, 2.0)
    );
    assert_eq!(worth.break_even_cases, Some(50.0));
    assert!(
        pays.flips
            .iter()
            .any(|flip| flip.changes[0].contains("fewer than 50 cases")),
        "{:?}",
        pays.flips
    );
    let dear = decided(Some(&fine()), Some(&measured), Some(&economics(12_000.0)));
    assert_eq!(dear.solution, Rung::Heuristic);
}

#[test]
fn a_margin_below_the_difference_flips_the_verdict() {
    let mut measured = evidence(Tier::Heuristic, Confidence::Settled);
    for pair in &mut measured.comparisons {
        if pair.simpler == "heuristic" && pair.richer == "minimum-viable-model" {
            pair.difference = 0.6;
        }
    }
    let verdict = decided(Some(&fine()), Some(&measured), None);
    let flip = &verdict.flips[0];
    assert_eq!(flip.solution, Rung::MinimumViableModel);
    assert_eq!(
        flip.changes,
        [
            "the margin were below 0.6 (now 1), the smallest gain in expected cost per row worth paying for"
        ]
    );
}

#[test]
fn a_flip_flips() {
    let assessment = fine();
    let verdict = decided(Some(&assessment), None, None);
    assert!(!verdict.flips.is_empty());
    for flip in &verdict.flips {
        assert_ne!(
            (flip.solution, flip.readiness),
            (verdict.solution, verdict.readiness)
        );
        assert!((1..=3).contains(&flip.changes.len()));
    }
}

#[test]
fn a_better_answer_never_worsens_its_reading() {
    let rubric = built_in_rubric(BASE).unwrap();
    let base = fine();
    for (dimension, question) in rubric.questions() {
        let mut choices: Vec<_> = question.choices().iter().collect();
        choices.sort_by(|left, right| left.score.total_cmp(&right.score));
        for pair in choices.windows(2) {
            let with = |key: &str| base.with(&question.id, Answer::Choice(key.to_owned()));
            let (worse, better) = (with(&pair[0].key), with(&pair[1].key));
            // Answers that hide or show other questions change what is asked.
            if worse.visible != better.visible {
                continue;
            }
            let (low, high) = (
                worse.dimension(&dimension.id).unwrap(),
                better.dimension(&dimension.id).unwrap(),
            );
            assert!(
                low.low <= high.low && low.high <= high.high,
                "{}",
                question.id
            );
        }
    }
}

#[test]
fn serving_follows_the_need() {
    for (changes, pattern) in [
        (&[("serve-latency", "days")][..], ServingPattern::Batch),
        (
            &[
                ("serve-latency", "hours"),
                ("serve-feature-freshness", "streaming"),
            ],
            ServingPattern::Batch,
        ),
        (
            &[
                ("serve-latency", "seconds"),
                ("serve-input-known", "before"),
            ],
            ServingPattern::Precomputed,
        ),
        (
            &[
                ("serve-latency", "seconds"),
                ("serve-input-known", "at-request"),
                ("serve-precomputable", "head"),
            ],
            ServingPattern::Precomputed,
        ),
        (
            &[
                ("serve-latency", "under-100ms"),
                ("serve-input-known", "at-request"),
                ("serve-precomputable", "no"),
            ],
            ServingPattern::Online,
        ),
        (
            &[
                ("serve-latency", "seconds"),
                ("serve-feature-freshness", "near-real-time"),
            ],
            ServingPattern::Streaming,
        ),
        (
            &[("value-root-cause", "process-fault")],
            ServingPattern::None,
        ),
    ] {
        let verdict = decided(Some(&answered(changes)), None, None);
        assert_eq!(
            verdict.serving.pattern, pattern,
            "{changes:?} {:?}",
            verdict.serving
        );
    }
}

#[test]
fn triggers_are_dated_by_what_is_built() {
    let measured = evidence(Tier::Heuristic, Confidence::Settled);
    let verdict = decided(Some(&fine()), Some(&measured), None);
    assert_eq!(verdict.triggers[0].date.as_deref(), Some("2027-05-24"));
    let score = verdict
        .triggers
        .iter()
        .find_map(|trigger| trigger.measure.as_deref());
    assert_eq!(
        score,
        Some("the expected cost per row on fresh cases rises above 12.5")
    );
    let problem = decide(&Inputs {
        assessment: None,
        evidence: None,
        economics: None,
        policy: &built_in_policy().unwrap(),
        as_of: "tomorrow",
    })
    .unwrap_err();
    assert_eq!(problem.code, "bad-date");
}

#[test]
fn value_or_risk_that_is_not_shown_makes_a_rule_a_pilot() {
    let risky = answered(&[
        ("risk-reversibility", "hard"),
        ("risk-people", "informs"),
        ("risk-recourse", "none"),
        ("risk-gameable", "easily"),
        ("risk-automation-level", "autonomous"),
        ("risk-explainable", "required-possible"),
        ("risk-annex3", "unknown"),
        ("risk-attack", "attractive"),
    ]);
    let measured = evidence(Tier::Heuristic, Confidence::Settled);
    let verdict = decided(Some(&risky), Some(&measured), None);
    assert_eq!(verdict.policy_rows, ["measured-simple", "prove-small"]);
    assert_eq!(verdict.readiness, Readiness::Pilot);
    // The area is not known yet and could force a review.
    assert_ne!(verdict.readiness_confidence, Confidence::Settled);
    assert!(verdict.could_be.readiness.contains(&Readiness::Review));
    assert_eq!(verdict.next[0].question, "risk-annex3");
}

#[test]
fn waiting_names_its_target() {
    let verdict = decided(Some(&answered(&[("data-labels", "none")])), None, None);
    assert_eq!(verdict.solution, Rung::Heuristic);
    assert_eq!(verdict.readiness, Readiness::Go);
    assert_eq!(verdict.target, Some(Rung::MinimumViableModel));
    assert_eq!(verdict.waits_for, Some(WaitFor::Data));
    assert!(verdict.headline.contains("yet"), "{}", verdict.headline);
}

#[test]
fn a_benchmark_in_which_nothing_could_be_compared_settles_nothing() {
    let mut alone = evidence(Tier::Naive, Confidence::Open);
    alone.comparisons.clear();
    alone.contenders.truncate(1);
    alone.recommendation.acceptable = vec![Tier::Naive];
    let verdict = decided(None, Some(&alone), None);
    assert_ne!(verdict.solution_confidence, Confidence::Settled);
    assert_eq!(verdict.next[0].question, "benchmark");
    assert!(
        verdict
            .headline
            .starts_with("Nothing could be compared on these data"),
        "{}",
        verdict.headline
    );
}

/// The reason that comes from that row of the policy.
fn reason(verdict: &Verdict, row: &str) -> String {
    let source = format!("policy:{row}");
    let found = verdict.findings.iter().find(|it| it.source == source);
    found.map(|it| it.text.clone()).unwrap_or_default()
}

#[test]
fn a_reason_from_a_benchmark_says_no_more_than_the_benchmark_shows() {
    for (tier, row, claim) in [
        (Tier::Naive, "no-signal", "Nothing beats guessing"),
        (Tier::Heuristic, "measured-simple", "Nothing richer beats"),
        (
            Tier::MinimumViableModel,
            "measured-small-model",
            "The minimum viable model beats",
        ),
        (
            Tier::Headroom,
            "left-on-the-table",
            "A stronger model measures",
        ),
    ] {
        let told = |assessment: &Assessment, confidence| {
            let mut evidence = evidence(tier, confidence);
            if confidence == Confidence::Open {
                evidence.recommendation.acceptable = vec![Tier::Naive, tier];
            }
            // No row but this one shall decide.
            reason(&decided(Some(assessment), Some(&evidence), None), row)
        };
        let known = if tier == Tier::Headroom {
            answered(&[("data-events-per-parameter", "10-to-50")])
        } else {
            fine()
        };
        assert!(
            told(&known, Confidence::Settled).starts_with(claim),
            "{row}: {}",
            told(&known, Confidence::Settled)
        );
        let open = told(&known, Confidence::Open);
        assert!(!open.is_empty() && !open.contains(claim), "{row}: {open}");
        assert!(open.contains("shown"), "{row}: {open}");
        assert!(!open.contains("first guess"), "{row}: {open}");
    }
}

#[test]
fn what_is_measured_is_kept_apart_from_what_answers_could_still_change() {
    let unasked = Assessment::new(built_in_rubric(BASE).unwrap(), Answers::default());
    let settled = evidence(Tier::MinimumViableModel, Confidence::Settled);
    let verdict = decided(Some(&unasked), Some(&settled), None);
    assert_eq!(verdict.solution_confidence, Confidence::Open);
    let told = reason(&verdict, "measured-small-model");
    assert!(
        told.starts_with("The minimum viable model beats every rule")
            && told.contains("That much is measured"),
        "{told}"
    );
}
