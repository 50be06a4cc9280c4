//! Answers that do not fit what was measured. Both are shown; the measurement decides.

use super::inputs::Inputs;
use super::model::Contradiction;
use super::shown::Shown;
use super::words::label;
use crate::assessment::Answer;
use crate::contest::Tier;

/// Answers that the benchmark contradicts, in the order of the checks.
pub(super) fn contradictions(inputs: &Inputs<'_>) -> Vec<Contradiction> {
    let (Some(assessment), Some(evidence)) = (inputs.assessment, inputs.evidence) else {
        return Vec::new();
    };
    let shown = Shown {
        evidence,
        as_of: inputs.as_of,
    };
    let chosen = CHECKS.iter().filter_map(|check| {
        let option = inputs.option(check.question)?;
        if !check.options.contains(&option) {
            return None;
        }
        Some(Contradiction {
            question: check.question.to_owned(),
            answered: label(&assessment.rubric, check.question, option),
            measured: (check.measured)(&shown, option)?,
            remedy: check.remedy.to_owned(),
        })
    });
    let counted = COUNTS.iter().filter_map(|check| {
        let answer = assessment.counted_answer(check.question)?;
        let Answer::Number(number) = answer else {
            return None;
        };
        let question = assessment.rubric.question(check.question)?;
        Some(Contradiction {
            question: check.question.to_owned(),
            answered: super::words::counted(question, *number),
            measured: (check.measured)(&shown, *number)?,
            remedy: check.remedy.to_owned(),
        })
    });
    chosen.chain(counted).collect()
}

/// One way in which an answer and a measurement can disagree.
struct Check {
    question: &'static str,
    /// Answers that the measurement may contradict.
    options: &'static [&'static str],
    /// What was measured, if it contradicts them.
    measured: fn(&Shown<'_>, &str) -> Option<String>,
    remedy: &'static str,
}

/// The same for an answer that is a number.
struct Count {
    question: &'static str,
    measured: fn(&Shown<'_>, f64) -> Option<String>,
    remedy: &'static str,
}

const CHECKS: [Check; 15] = [
    Check {
        question: "fit-task-kind",
        options: &["detect"],
        measured: |shown, _| shown.is_nothing_unusual(),
        remedy: "Find out whether these rows were picked; if not, what is sought is no exception, and \
                 it is predicted.",
    },
    Check {
        question: "data-signal",
        options: &["clear", "weak"],
        measured: |shown, _| {
            shown
                .is_no_signal()
                .then(|| "nothing beats the naive guess by more than the margin".to_owned())
        },
        remedy: "Look for other columns, or correct the answer.",
    },
    Check {
        question: "data-signal",
        options: &["none"],
        measured: |shown, _| {
            shown
                .is_beaten(Tier::Naive)
                .then(|| "something beats the naive guess by more than the margin".to_owned())
        },
        remedy: "Check the columns for leaks; if there are none, correct the answer.",
    },
    Check {
        question: "fit-expected-gain",
        options: &["clear", "large"],
        measured: |shown, _| {
            shown.model_gains_nothing().then(|| {
                "no model is better than what is simple by more than the margin".to_owned()
            })
        },
        remedy: "The measurement stands; correct the answer.",
    },
    Check {
        question: "fit-expected-gain",
        options: &["none", "small"],
        measured: |shown, _| {
            shown
                .is_beaten(Tier::Heuristic)
                .then(|| "a model beats the best rule by more than the margin".to_owned())
        },
        remedy: "The measurement stands; correct the answer, or write a better rule and let it compete.",
    },
    Check {
        question: "fit-known-rule",
        options: &["no"],
        measured: |shown, _| shown.simple_rule(),
        remedy: "Read the rule together; if it makes sense, it is known from now on.",
    },
    Check {
        question: "fit-known-rule",
        options: &["no", "partly"],
        measured: |shown, _| shown.one_column_decides(),
        remedy: "Ask when that column is filled in; if it is known in time, the rule is known from now on.",
    },
    Check {
        question: "data-label-errors",
        options: &["under-5-percent", "audited"],
        measured: |shown, _| shown.twins_disagree(),
        remedy: "Have two people label some of these rows again, or look for the column that tells them apart.",
    },
    Check {
        question: "data-fresh-flow",
        options: &["continuous"],
        measured: |shown, _| shown.stale(60),
        remedy: "Ask where the newer cases are, and measure on them.",
    },
    Check {
        question: "data-fresh-flow",
        options: &["periodic"],
        measured: |shown, _| shown.stale(200),
        remedy: "Ask where the newer cases are, and measure on them.",
    },
    Check {
        question: "fit-known-rule",
        options: &["fully"],
        measured: |shown, _| shown.owner_rule_loses(),
        remedy: "Look at the cases that the rule gets wrong.",
    },
    Check {
        question: "fit-hand-rules",
        options: &["unmaintainable", "unwritable"],
        measured: |shown, _| shown.simple_rule(),
        remedy: "Read the rule together, and correct the answer.",
    },
    Check {
        question: "data-events-per-parameter",
        options: &["10-to-50", "50-to-200", "over-200"],
        measured: |shown, option| shown.events_per_column(option),
        remedy: "Count again on these data, or use fewer columns.",
    },
    Check {
        question: "data-events-per-parameter",
        options: &["50-to-200", "over-200"],
        measured: |shown, _| shown.still_rising(),
        remedy: "Collect more before a richer model is judged.",
    },
    Check {
        question: "data-available-at-prediction",
        options: &["all"],
        measured: |shown, _| {
            shown.warning(&[
                "leak",
                "too-good",
                "known-afterwards",
                "filled-for-one-outcome",
            ])
        },
        remedy: "Ask when that column is filled in, and leave it out if it is later than the decision.",
    },
];

/// Answers that are numbers: the rate of what is sought, and how often it was seen.
const COUNTS: [Count; 2] = [
    Count {
        question: "anomaly-rate",
        measured: |shown, rate| shown.other_rate(rate / 10_000.0),
        remedy: "Find out whether these rows were picked, and which of the two rates is that of the real use.",
    },
    Count {
        question: "anomaly-confirmed",
        measured: |shown, cases| shown.fewer_cases(cases),
        remedy: "Ask where the other cases are, and measure on them too.",
    },
];
