//! Cases with invented figures, for tests here and of the interface.

mod answers;
mod evidence;
mod verdict;

use std::collections::BTreeMap;

use super::model::{HistoryLine, Report, Reproduce, SMALLEST_GROUP, Subject};
use crate::assessment::{Assessment, Framing};
use crate::contest::Evidence;
use crate::value::Economics;
use crate::verdict::{CouldBe, NextQuestion, Serving, ServingPattern, Used, Verdict};
use crate::vocabulary::{Confidence, Readiness, Rung};

/// What a subject borrows from.
pub(crate) struct Sample {
    pub(crate) title: String,
    pub(crate) owner: Option<String>,
    pub(crate) framing: Framing,
    pub(crate) assessment: Option<Assessment>,
    pub(crate) evidence: Option<Evidence>,
    pub(crate) economics: Option<Economics>,
    pub(crate) verdict: Verdict,
    pub(crate) history: Vec<HistoryLine>,
    pub(crate) reproduce: Reproduce,
}

impl Sample {
    pub(crate) fn report(&self) -> Report {
        Report::of(&Subject {
            title: &self.title,
            owner: self.owner.as_deref(),
            framing: &self.framing,
            assessment: self.assessment.as_ref(),
            evidence: self.evidence.as_ref(),
            economics: self.economics.as_ref(),
            verdict: &self.verdict,
            history: &self.history,
            reproduce: &self.reproduce,
            smallest_group: SMALLEST_GROUP,
        })
    }
}

/// A case with everything in it.
pub(crate) fn full() -> Sample {
    let verdict = verdict::verdict();
    Sample {
        title: "Early warning for contracts about to end".to_owned(),
        owner: Some("Customer service".to_owned()),
        framing: Framing {
            row: Some("one customer on the first day of a month".to_owned()),
            label: Some("the customer gave notice within the month".to_owned()),
            decided: Some("on the first working day of the month".to_owned()),
            outcome: Some("on the last day of the month".to_owned()),
            period: None,
        },
        assessment: Some(answers::assessment()),
        evidence: Some(evidence::table()),
        economics: Some(Economics::default()),
        history: vec![HistoryLine {
            date: "2026-08-01".to_owned(),
            solution: Rung::Heuristic,
            solution_confidence: Confidence::Open,
            readiness: Readiness::Clarify,
            readiness_confidence: Confidence::Settled,
            changed: Some("first verdict, from answers alone".to_owned()),
        }],
        reproduce: Reproduce {
            commands: vec![
                "mlfit bench churn-rule".to_owned(),
                "mlfit decide churn-rule --as-of 2026-11-24".to_owned(),
            ],
            version: "0.1.0".to_owned(),
            hashes: verdict.hashes.clone(),
            seed: Some(42),
        },
        verdict,
    }
}

/// A case of which nothing but its title is known.
pub(crate) fn bare() -> Sample {
    let mut sample = full();
    sample.title = "An idea".to_owned();
    sample.owner = None;
    sample.framing = Framing::default();
    sample.assessment = None;
    sample.evidence = None;
    sample.economics = None;
    sample.history = Vec::new();
    let verdict = &mut sample.verdict;
    verdict.headline = "Say first what should get better.".to_owned();
    verdict.solution_confidence = Confidence::Open;
    verdict.readiness = Readiness::Clarify;
    verdict.readiness_confidence = Confidence::Open;
    verdict.used = Used {
        answers: false,
        evidence: false,
        economics: false,
    };
    verdict.could_be = CouldBe {
        solutions: Rung::ALL.to_vec(),
        readiness: Readiness::ALL.to_vec(),
    };
    verdict.scores = BTreeMap::new();
    verdict.gates = Vec::new();
    verdict.findings = Vec::new();
    verdict.contradictions = Vec::new();
    verdict.worth = None;
    verdict.flips = Vec::new();
    verdict.next = vec![NextQuestion {
        question: "benchmark".to_owned(),
        why: "It shows whether there is anything to learn.".to_owned(),
    }];
    verdict.serving = Serving {
        pattern: ServingPattern::None,
        why: "Nothing is served yet.".to_owned(),
    };
    verdict.roadmap = Vec::new();
    verdict.data_maturity = None;
    verdict.triggers = Vec::new();
    sample.reproduce.seed = None;
    sample
}

/// The full case with a series in place of a table.
pub(crate) fn series() -> Sample {
    let mut sample = full();
    sample.title = "Seats for the coming months".to_owned();
    sample.evidence = Some(evidence::series());
    sample
}
