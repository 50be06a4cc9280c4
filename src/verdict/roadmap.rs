//! What has to be put in place for a rung, and no more.
//!
//! Elements stand in the order in which they are worth having: metric, tests,
//! monitoring and rollback, tracking, pipeline, registry, orchestration,
//! retraining (Google Cloud, "`MLOps`: continuous delivery and automation
//! pipelines in machine learning", levels 0 to 2; Breck et al., "The ML Test
//! Score", 2017). The table is RUBRIC-FACTS §9, the roles are its §11.

use super::inputs::Inputs;
use super::model::{RoadmapItem, RoadmapLevel};
use crate::vocabulary::Rung;
use RoadmapLevel::{Light, Needed};

/// One cell: how fully, and what exactly.
type Cell = Option<(RoadmapLevel, &'static str)>;

/// An element with its cells from process fix to foundation model.
struct Element(&'static str, [Cell; 6]);

const ELEMENTS: [Element; 12] = [
    Element(
        "metric-and-baseline",
        [
            Some((
                Needed,
                "Write down the number that should move and how today's way performs.",
            )),
            Some((
                Needed,
                "Write down the number that should move and how today's way performs.",
            )),
            Some((
                Needed,
                "Write down the metric and how today's way performs; the benchmark file is a start.",
            )),
            Some((
                Needed,
                "Write down the metric and the score of the rule that the model has to keep beating.",
            )),
            Some((
                Needed,
                "Write down the metric and the score of the minimum viable model that stays as the bar.",
            )),
            Some((
                Needed,
                "Decide on the task: solved or not, facts right, cost, time, complaints; two people rate.",
            )),
        ],
    ),
    Element(
        "version-control-and-review",
        [
            None,
            Some((
                Needed,
                "The query is code: versioned and read by a second person.",
            )),
            Some((
                Needed,
                "The rule is code: versioned and read by a second person.",
            )),
            Some((
                Needed,
                "Training code, configuration and the features are versioned and reviewed.",
            )),
            Some((
                Needed,
                "Training code, configuration and the features are versioned and reviewed.",
            )),
            Some((
                Needed,
                "Prompts are code too: versioned with model id and parameters, one change at a time.",
            )),
        ],
    ),
    Element(
        "tests",
        [
            None,
            Some((Needed, "The query on a few rows with known answers.")),
            Some((
                Needed,
                "The rule on fixed cases, edges and missing values included.",
            )),
            Some((
                Needed,
                "The data, the training, and the same features in training and in use.",
            )),
            Some((
                Needed,
                "All four sections of the ML Test Score: data, model, infrastructure, monitoring.",
            )),
            Some((
                Needed,
                "An own evaluation set of 100 cases and more, refusals and attacks included, before each release.",
            )),
        ],
    ),
    Element(
        "monitoring",
        [
            None,
            Some((Light, "Notice when it fails or runs empty.")),
            Some((Light, "Count how often each line of the rule answers.")),
            Some((
                Needed,
                "The service and its cost, with an alert that reaches a person.",
            )),
            Some((
                Needed,
                "The service and its cost, with an alert that reaches a person.",
            )),
            Some((
                Needed,
                "The service and the cost of a finished task, retries and checks included.",
            )),
        ],
    ),
    Element(
        "rollback-and-fallback",
        [
            None,
            Some((Needed, "The last good version is one step away.")),
            Some((
                Needed,
                "Today's way takes over when the rule is silent or switched off.",
            )),
            Some((
                Needed,
                "The rule takes over when the model is down or unsure.",
            )),
            Some((
                Needed,
                "Shadow and canary runs, and the minimum viable model to fall back to.",
            )),
            Some((
                Needed,
                "A second model that passes the set, and a page or a person on a timeout.",
            )),
        ],
    ),
    Element(
        "drift-monitoring",
        [
            None,
            None,
            Some((
                Light,
                "Check the rule against fresh outcomes every quarter.",
            )),
            Some((
                Needed,
                "Watch inputs, answers and outcomes against those at training.",
            )),
            Some((
                Needed,
                "Watch inputs, answers and outcomes against those at training.",
            )),
            Some((
                Needed,
                "Run the evaluation set on a schedule, and read samples of what goes out.",
            )),
        ],
    ),
    Element(
        "ci-cd",
        [
            None,
            Some((Light, "Tests run on every change.")),
            Some((Light, "Tests run on every change.")),
            Some((
                Needed,
                "Tests run on every change, and a release is one command.",
            )),
            Some((
                Needed,
                "Tests run on every change, and a release is one command.",
            )),
            Some((
                Needed,
                "The evaluation set runs on every change, and a release is one command.",
            )),
        ],
    ),
    Element(
        "experiment-tracking",
        [
            None,
            None,
            Some((Light, "The benchmark file in the case folder is enough.")),
            Some((
                Light,
                "The benchmark file, and a line for each run that mattered.",
            )),
            Some((Needed, "Every run with its data, parameters and scores.")),
            Some((
                Needed,
                "Every run of the evaluation set with model id and prompt version.",
            )),
        ],
    ),
    Element(
        "pipeline",
        [
            None,
            None,
            None,
            Some((
                Light,
                "One script from data to model that anybody on the team can run.",
            )),
            Some((
                Needed,
                "From data to model in steps that can be run again one by one.",
            )),
            Some((Light, "Only where there is a retrieval index to rebuild.")),
        ],
    ),
    Element(
        "registry",
        [
            None,
            None,
            None,
            Some((Light, "The model as a file with a tag.")),
            Some((Needed, "Every model in use with where it came from.")),
            Some((Light, "Model id and prompt version of what is in use.")),
        ],
    ),
    Element(
        "orchestration",
        [
            None,
            Some((Light, "A scheduler, if it runs by itself.")),
            Some((Light, "A scheduler, if it runs by itself.")),
            Some((Light, "A scheduler is enough.")),
            Some((
                Needed,
                "Steps that depend on each other run, retry and report by themselves.",
            )),
            Some((Light, "Only where it works in several steps.")),
        ],
    ),
    Element(
        "retraining",
        [
            None,
            None,
            Some((Light, "A date on which the rule is read again.")),
            Some((Light, "By hand, when a trigger says so.")),
            Some((Needed, "On a schedule, checked before release.")),
            None,
        ],
    ),
];

/// What a vendor's model needs besides.
const GENERATIVE: [(&str, &str); 5] = [
    (
        "model-sovereignty",
        "Name the dependency, a second source, the way to host it oneself, and the notice period.",
    ),
    (
        "evaluation-set",
        "Own cases with judged answers, never part of a prompt, refreshed from failures in use.",
    ),
    (
        "version-pin",
        "A dated model id; run the set on every change and keep the outputs.",
    ),
    (
        "cost-per-task",
        "Tokens, retries, retrieval and review minutes, divided by finished tasks.",
    ),
    (
        "safety",
        "Filter inputs, escape outputs, least privilege for tools, logs without personal data.",
    ),
];

/// Where the data live.
const DATA_STORAGE: &str = "data-storage";

/// Who has to be there, from process fix to foundation model.
const ROLES: [Element; 7] = [
    Element(
        "role-product-owner",
        [
            Some((Needed, "Owns goal, threshold and the right to stop.")),
            Some((Needed, "Owns goal, threshold and the right to stop.")),
            Some((Needed, "Owns goal, threshold and the right to stop.")),
            Some((Needed, "Owns goal, threshold and the right to stop.")),
            Some((Needed, "Owns goal, threshold and the right to stop.")),
            Some((Needed, "Owns goal, threshold and the right to stop.")),
        ],
    ),
    Element(
        "role-domain-expert",
        [
            None,
            Some((Light, "Says what the columns mean.")),
            Some((Needed, "Reads and corrects the rule.")),
            Some((Needed, "Checks labels, columns and mistakes.")),
            Some((Needed, "Checks labels, columns and mistakes.")),
            Some((Needed, "Judges outputs.")),
        ],
    ),
    Element(
        "role-data-engineer",
        [
            None,
            Some((Needed, "SQL, joins and the quality of the data.")),
            Some((Needed, "SQL, joins and the quality of the data.")),
            Some((Needed, "SQL, joins and the quality of the data.")),
            Some((Needed, "SQL, joins and the quality of the data.")),
            Some((Light, "What is retrieved, and its quality.")),
        ],
    ),
    Element(
        "role-data-scientist",
        [
            None,
            None,
            Some((Light, "Reads the benchmark critically once.")),
            Some((Needed, "Owns the protocol and the model.")),
            Some((Needed, "Owns the protocol and the model.")),
            Some((Light, "Owns the evaluation.")),
        ],
    ),
    Element(
        "role-engineer",
        [
            None,
            Some((Light, "Puts it where it is read.")),
            Some((Light, "Puts the rule where the decision is made.")),
            Some((Needed, "Serving and tests.")),
            Some((Needed, "Serving and tests.")),
            Some((Needed, "Serving and tests.")),
        ],
    ),
    Element(
        "role-operations",
        [
            None,
            None,
            None,
            Some((Light, "Somebody whom alerts reach.")),
            Some((Needed, "Monitoring, and somebody on call.")),
            Some((Needed, "Monitoring, and somebody on call.")),
        ],
    ),
    Element(
        "role-privacy-and-legal",
        [
            None,
            Some((Light, "Asked once.")),
            Some((Light, "Asked once, where people are concerned.")),
            Some((Needed, "Where people are concerned, before the pilot.")),
            Some((Needed, "Before the pilot, and on every change of purpose.")),
            Some((
                Needed,
                "Before the pilot, and on every change of purpose or vendor.",
            )),
        ],
    ),
];

/// Every element that a roadmap may hold.
pub fn roadmap_elements() -> impl Iterator<Item = &'static str> {
    let names = ELEMENTS.iter().chain(&ROLES).map(|element| element.0);
    names
        .chain(GENERATIVE.iter().map(|(name, _)| *name))
        .chain([DATA_STORAGE])
}

/// What has to be in place for that rung.
pub(super) fn roadmap(inputs: &Inputs<'_>, rung: Rung) -> Vec<RoadmapItem> {
    let column = rung as usize;
    let mut items: Vec<RoadmapItem> = ELEMENTS
        .iter()
        .filter_map(|element| item(element, column))
        .collect();
    if rung == Rung::FoundationModel {
        items.extend(GENERATIVE.iter().map(|(name, why)| RoadmapItem {
            element: (*name).to_owned(),
            level: Needed,
            why: (*why).to_owned(),
        }));
    }
    items.extend(data_stage(inputs, rung));
    items.extend(ROLES.iter().filter_map(|role| item(role, column)));
    items
}

fn item(element: &Element, column: usize) -> Option<RoadmapItem> {
    let (level, why) = element.1.get(column).copied().flatten()?;
    Some(RoadmapItem {
        element: element.0.to_owned(),
        level,
        why: why.to_owned(),
    })
}

/// The next stage of keeping data, where the present one would hurt. Each
/// stage serves rungs up to some; climbing is only worth it when it does not.
fn data_stage(inputs: &Inputs<'_>, rung: Rung) -> Option<RoadmapItem> {
    let why = match (inputs.option("infra-data-stage")?, rung) {
        (_, Rung::ProcessFix) => return None,
        ("files", _) => {
            "Bring the files into a database first; that is enough up to a minimum viable model on some ten \
             million rows."
        }
        ("database", Rung::StrongerModel) => {
            "Keep snapshots of training data in an object store, once analytics slow the database or \
             history is overwritten; not before."
        }
        (_, _) => return None,
    };
    Some(RoadmapItem {
        element: DATA_STORAGE.to_owned(),
        level: Light,
        why: why.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rung_needs_less_than_the_one_below_it_up_to_a_stronger_model() {
        let weight = |cell: Cell| cell.map_or(0, |(level, _)| if level == Light { 1 } else { 2 });
        for element in ELEMENTS.iter().chain(&ROLES) {
            let weights = element.1.map(weight);
            assert!(weights[..5].is_sorted(), "{}: {weights:?}", element.0);
        }
    }

    #[test]
    fn a_process_fix_needs_a_metric_and_an_owner_only() {
        let needed: Vec<&str> = ELEMENTS
            .iter()
            .chain(&ROLES)
            .filter(|element| element.1[0].is_some())
            .map(|element| element.0)
            .collect();
        assert_eq!(needed, ["metric-and-baseline", "role-product-owner"]);
    }
}
