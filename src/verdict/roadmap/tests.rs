//! A roadmap says what the rung needs, and no more.

use super::*;
use crate::assessment::{Answer, Answers, Assessment};
use crate::rubric::{BASE, built_in_policy, built_in_rubric};

const PATTERNS: [ServingPattern; 5] = [
    ServingPattern::None,
    ServingPattern::Batch,
    ServingPattern::Precomputed,
    ServingPattern::Online,
    ServingPattern::Streaming,
];

/// The roadmap for a rung where these questions are answered.
fn planned(rung: Rung, serving: ServingPattern, answers: &[(&str, &str)]) -> Vec<RoadmapItem> {
    let mut given = Answers::default();
    for (question, key) in answers {
        given.set(question, Answer::Choice((*key).to_owned()));
    }
    // Generative questions are only asked of what generates.
    given.set("fit-task-kind", Answer::Choice("generate".to_owned()));
    let assessment = Assessment::new(built_in_rubric(BASE).unwrap(), given);
    let inputs = Inputs {
        assessment: Some(&assessment),
        evidence: None,
        economics: None,
        policy: &built_in_policy().unwrap(),
        as_of: "2026-11-24",
    };
    roadmap(&inputs, rung, serving)
}

fn item<'a>(items: &'a [RoadmapItem], element: &str) -> Option<&'a RoadmapItem> {
    items.iter().find(|item| item.element == element)
}

#[test]
fn no_rung_needs_less_than_the_one_below_it_up_to_a_stronger_model() {
    for serving in PATTERNS {
        for element in roadmap_elements() {
            let weights: Vec<u8> = Rung::ALL[..5]
                .iter()
                .map(
                    |rung| match item(&planned(*rung, serving, &[]), element).map(|it| it.level) {
                        None => 0,
                        Some(RoadmapLevel::Light) => 1,
                        Some(RoadmapLevel::Needed) => 2,
                    },
                )
                .collect();
            assert!(weights.is_sorted(), "{element} {serving:?}: {weights:?}");
        }
    }
}

#[test]
fn a_process_fix_needs_a_metric_and_an_owner_only() {
    let items = planned(Rung::ProcessFix, ServingPattern::None, &[]);
    let names: Vec<&str> = items.iter().map(|item| item.element.as_str()).collect();
    assert_eq!(names, ["metric-and-baseline", "role-product-owner"]);
}

#[test]
fn every_item_says_what_why_who_and_how_one_sees_that_it_is_done() {
    for rung in Rung::ALL {
        for serving in PATTERNS {
            for item in planned(rung, serving, &[("infra-data-stage", "files")]) {
                for text in [&item.what, &item.why, &item.done] {
                    assert!(text.len() > 15 && text.ends_with('.'), "{rung}: {item:?}");
                    assert!(!text.contains("  "), "{rung}: {item:?}");
                }
                assert!(!item.who.is_empty());
            }
        }
    }
}

#[test]
fn each_way_of_serving_a_model_has_its_own_work() {
    for element in ["serving", "monitoring", "rollback-and-fallback"] {
        let texts: Vec<String> = PATTERNS[1..]
            .iter()
            .filter_map(|serving| {
                let items = planned(Rung::MinimumViableModel, *serving, &[]);
                item(&items, element).map(|item| item.what.clone())
            })
            .collect();
        assert_eq!(texts.len(), 4, "{element}");
        assert!(
            texts.iter().any(|text| *text != texts[0]),
            "{element}: {texts:?}"
        );
    }
    let unserved = planned(Rung::MinimumViableModel, ServingPattern::None, &[]);
    assert!(item(&unserved, "serving").is_none());
}

#[test]
fn only_a_foundation_model_needs_what_a_vendor_makes_necessary() {
    let generative = [
        "evaluation-set",
        "data-leaving-the-house",
        "version-pin",
        "safety",
        "cost-per-task",
        "model-sovereignty",
    ];
    for rung in Rung::ALL {
        let items = planned(rung, ServingPattern::Online, &[]);
        for element in generative {
            assert_eq!(
                item(&items, element).is_some(),
                rung == Rung::FoundationModel,
                "{rung} {element}"
            );
        }
    }
}

#[test]
fn what_was_answered_makes_the_vendor_s_items_concrete() {
    for (question, element, options) in [
        (
            "genai-eval-set",
            "evaluation-set",
            &["none", "examples", "representative"][..],
        ),
        (
            "genai-data-leaves",
            "data-leaving-the-house",
            &["no", "masked", "yes"],
        ),
        ("genai-version-exit", "version-pin", &["none", "pinned"]),
        (
            "genai-version-exit",
            "model-sovereignty",
            &["none", "pinned-and-exit"],
        ),
        (
            "genai-task-cost",
            "cost-per-task",
            &["above-value", "near", "below"],
        ),
        (
            "genai-public-answer",
            "safety",
            &["grounded", "human-checked", "internal"],
        ),
        ("genai-simplest-form", "safety", &["agent", "single-prompt"]),
    ] {
        let mut told: Vec<(String, String)> = options
            .iter()
            .map(|option| {
                let answers = [(question, *option)];
                let items = planned(Rung::FoundationModel, ServingPattern::Online, &answers);
                let item = item(&items, element).unwrap();
                (item.what.clone(), item.why.clone())
            })
            .collect();
        told.sort();
        told.dedup();
        assert_eq!(told.len(), options.len(), "{question} {element}: {told:?}");
    }
}

/// The stage, whether it is enough, and the next one, of data that live there.
fn stored(rung: Rung, answers: &[(&str, &str)]) -> Option<(String, bool, Option<String>)> {
    let mut given = Answers::default();
    for (question, key) in answers {
        given.set(question, Answer::Choice((*key).to_owned()));
    }
    let assessment = Assessment::new(built_in_rubric(BASE).unwrap(), given);
    let inputs = Inputs {
        assessment: Some(&assessment),
        evidence: None,
        economics: None,
        policy: &built_in_policy().unwrap(),
        as_of: "2026-11-24",
    };
    let maturity = data_maturity(&inputs, rung)?;
    let planned = roadmap(&inputs, rung, ServingPattern::Batch);
    assert_eq!(
        item(&planned, "data-storage").is_some(),
        !maturity.is_enough,
        "{rung} {answers:?}"
    );
    Some((
        maturity.stage,
        maturity.is_enough,
        maturity.next.map(|next| next.stage),
    ))
}

#[test]
fn one_climbs_to_the_next_stage_of_storage_only_where_the_present_one_hurts() {
    let said = |rung, stage: &str, variety: &str| {
        stored(
            rung,
            &[("infra-data-stage", stage), ("fit-input-variety", variety)],
        )
    };
    let is = |stage: &str, enough, next: Option<&str>| {
        Some((stage.to_owned(), enough, next.map(str::to_owned)))
    };
    let small = Rung::MinimumViableModel;
    assert_eq!(
        said(small, "files", "fixed"),
        is("files", false, Some("a SQL database"))
    );
    assert_eq!(
        said(small, "database", "fixed"),
        is("a SQL database", true, Some("an object store"))
    );
    assert_eq!(
        said(small, "database", "open"),
        is("a SQL database", false, Some("an object store"))
    );
    assert_eq!(
        said(Rung::StrongerModel, "database", "fixed"),
        is("a SQL database", false, Some("an object store"))
    );
    assert_eq!(
        said(Rung::StrongerModel, "object-store", "open"),
        is("an object store", true, Some("a data lake"))
    );
    assert_eq!(
        said(Rung::StrongerModel, "lake", "open"),
        is("a data lake", true, Some("a lakehouse"))
    );
    assert_eq!(
        said(Rung::StrongerModel, "lakehouse", "open"),
        is("a lakehouse", true, None)
    );
    assert_eq!(said(Rung::ProcessFix, "files", "fixed"), None);
    assert_eq!(stored(small, &[]), None);
}

#[test]
fn every_stage_of_the_question_is_known() {
    let rubric = built_in_rubric(BASE).unwrap();
    let question = rubric.question("infra-data-stage").unwrap();
    for choice in question.choices() {
        assert!(
            stored(Rung::StrongerModel, &[("infra-data-stage", &choice.key)]).is_some(),
            "{}",
            choice.key
        );
    }
}
