//! What the statistics of this report mean, for readers who never met them. Only those it uses.

use super::Report;
use super::document::{Section, Text};
use crate::contest::{Evidence, MetricName, SplitKind, Status, Tier};

/// The words of every verdict.
const VERDICT_TERMS: [(&str, &str); 2] = [
    (
        "Solution and readiness",
        "Two separate questions: what is the simplest thing that is good enough, and may it start now?",
    ),
    (
        "Settled, leaning, open",
        "Settled: nothing that is still open could change it. Leaning: what is known points that way. \
         Open: not enough is known, and the report says what would settle it.",
    ),
];

const SCORE: (&str, &str) = (
    "Score",
    "A weighted mean of the answers of one dimension. It is an interval, because open \
     questions could turn out worst or best.",
);

/// The section.
pub(super) fn glossary(report: &Report) -> Section {
    let mut terms: Vec<(&str, &str)> = VERDICT_TERMS.to_vec();
    if let Some(evidence) = &report.evidence {
        terms.extend(of_evidence(evidence));
    }
    if !report.dimensions.is_empty() {
        terms.push(SCORE);
    }
    if !report.verdict.gates.is_empty() {
        terms.push((
            "Answer that decides alone (gate)",
            "An answer that forces or limits a part of the verdict, whatever the scores are.",
        ));
    }
    if report.verdict.worth.is_some() {
        terms.push((
            "Benefit ÷ cost",
            "Everything gained over the years counted, divided by everything spent, both discounted \
             and with upkeep. Below 1 it does not pay.",
        ));
        terms.push((
            "Low, likely, high",
            "It will hardly be less, is best guessed to be, will hardly be more.",
        ));
    }
    let mut section = Section::new("What does this mean?");
    section.points(
        terms
            .into_iter()
            .map(|(term, meaning)| Text::strong(format!("{term}.")).then(format!(" {meaning}")))
            .collect(),
    );
    section
}

/// Every term that a benchmark uses, with its meaning; the words of a verdict come first.
pub(crate) fn meanings(evidence: Option<&Evidence>) -> Vec<(&'static str, &'static str)> {
    let mut terms = VERDICT_TERMS.to_vec();
    terms.push(SCORE);
    terms.extend(evidence.map(of_evidence).unwrap_or_default());
    terms
}

fn of_evidence(evidence: &Evidence) -> Vec<(&'static str, &'static str)> {
    let mut terms = vec![(capital(evidence.metric.name), metric(evidence.metric.name))];
    for view in &evidence.panels.sensitivity {
        if view.metric != evidence.metric.name {
            terms.push((capital(view.metric), metric(view.metric)));
        }
    }
    terms.push(match evidence.split.kind {
        SplitKind::RollingOrigin => (
            "Forecasts from successive moments (rolling origin)",
            "Stand at a moment of the past, forecast with what was known then, compare with what came, \
             move on, repeat.",
        ),
        SplitKind::KFold | SplitKind::Grouped | SplitKind::TimeOrdered | SplitKind::Holdout => (
            "Fold",
            "A part of the rows that is kept aside while everything is learned from the others, and \
             then used to test. Every contender meets the same folds.",
        ),
    });
    terms.push((
        "95 % interval",
        match evidence.split.kind {
            SplitKind::RollingOrigin => {
                "Where the true expected score lies, as far as these forecasts can tell; narrower \
                 with more points, or more series."
            }
            SplitKind::KFold | SplitKind::Grouped | SplitKind::TimeOrdered | SplitKind::Holdout => {
                "Where the true expected score lies, as far as these rows can tell; narrower with \
                 more rows."
            }
        },
    ));
    terms.push((
        "Margin",
        "The smallest improvement worth paying for. Better by less than the margin is not better.",
    ));
    if !evidence.comparisons.is_empty() {
        terms.push((
            "Chance of being better",
            "From a Bayesian t-test on the differences over the same tests, which allows for tests \
             that share training data: the probability that the richer one is truly better by more \
             than the margin, the same within it, or worse by more than it.",
        ));
    }
    let has = |tier: Tier| {
        evidence
            .contenders
            .iter()
            .any(|contender| contender.tier == tier && contender.status == Status::Ok)
    };
    for tier in Tier::ALL {
        if has(tier) {
            terms.push(tier_term(tier));
        }
    }
    if !evidence.panels.shares.is_empty() {
        terms.push((
            "Share of the possible gain",
            "How far a tier goes on the way from the naive score to the best one that was measured.",
        ));
    }
    if !evidence.panels.learning.is_empty() {
        terms.push((
            "Learning curve",
            "The score as it grows with the rows learned from. A flat end means that more data will not help.",
        ));
    }
    if evidence.panels.calibration.is_some() {
        terms.push((
            "Calibration",
            "Of all cases given 30 %, about 30 % should happen. Only then may a probability be \
             weighed against costs.",
        ));
    }
    terms
}

const fn tier_term(tier: Tier) -> (&'static str, &'static str) {
    match tier {
        Tier::Naive => (
            "Naive",
            "Knows nothing but the past of the answer itself: the commonest answer, the mean, the last value.",
        ),
        Tier::Heuristic => (
            "Heuristic",
            "A rule that a person can read, check and apply by hand.",
        ),
        Tier::MinimumViableModel => (
            "Minimum viable model",
            "The smallest thing that learns: a weighted sum, a shallow tree, a smoothed series.",
        ),
        Tier::Headroom => (
            "Headroom probe",
            "A strong model that nobody proposes to run: it shows what more machine learning could buy.",
        ),
        Tier::External => (
            "External",
            "Predictions that came with the data, such as the system in place; judged like everyone else.",
        ),
    }
}

/// The metric's label with a capital.
const fn capital(name: MetricName) -> &'static str {
    match name {
        MetricName::Accuracy => "Accuracy",
        MetricName::BalancedAccuracy => "Balanced accuracy",
        MetricName::LogLoss => "Log loss",
        MetricName::Brier => "Brier score",
        MetricName::RocAuc => "Area under the ROC curve",
        MetricName::AveragePrecision => "Average precision",
        MetricName::F1 => "F1",
        MetricName::Mcc => "Matthews correlation",
        MetricName::PrecisionAtK => "Precision at k",
        MetricName::ExpectedCost => "Expected cost per row",
        MetricName::Rmse => "RMSE",
        MetricName::Mae => "MAE",
        MetricName::RSquared => "R²",
        MetricName::Pinball => "Pinball loss",
        MetricName::Mase => "MASE",
        MetricName::Smape => "sMAPE",
        MetricName::Rmsse => "RMSSE",
        MetricName::Owa => "OWA",
    }
}

/// What a metric measures.
const fn metric(name: MetricName) -> &'static str {
    match name {
        MetricName::Accuracy => "The share of right answers. Deceptive where one answer is rare.",
        MetricName::BalancedAccuracy => {
            "For each class, the share of it that was found; then the mean over classes. Guessing gives \
             1 ÷ number of classes (0.5 for two), perfection gives 1."
        }
        MetricName::LogLoss => {
            "How surprised one would be by what happened, given the stated probabilities. 0 is perfect; \
             being sure and wrong costs most."
        }
        MetricName::Brier => {
            "The mean squared distance between stated probability and outcome (0 or 1). 0 is perfect."
        }
        MetricName::RocAuc => {
            "The chance that a positive case is ranked above a negative one. 0.5 is guessing, 1 is perfect."
        }
        MetricName::AveragePrecision => {
            "How clean the top of the ranked list is, on average over how far down one reads. Guessing \
             gives the share of positives."
        }
        MetricName::F1 => {
            "A mean of the share of alarms that are right and the share of cases that are found; 1 is perfect."
        }
        MetricName::Mcc => {
            "The correlation between answer and truth, fair to rare classes. 0 is guessing, 1 is perfect."
        }
        MetricName::PrecisionAtK => {
            "The share of true cases among the k that are ranked highest: what those who work off the list meet."
        }
        MetricName::ExpectedCost => {
            "What wrong answers cost per case, with the costs given for a false alarm and for a miss. \
             0 is perfect."
        }
        MetricName::Rmse => {
            "The typical size of an error in the target's unit; big errors weigh more than small ones."
        }
        MetricName::Mae => "The mean size of an error in the target's unit.",
        MetricName::RSquared => {
            "The share of the ups and downs of the target that is explained. 0 is no better than the mean."
        }
        MetricName::Pinball => "Half of the mean size of an error, when the median is forecast.",
        MetricName::Mase => {
            "The mean error divided by that of repeating the past one step ahead on the training part. \
             Below 1 is better than that."
        }
        MetricName::Smape => {
            "The mean error in percent of the mean of forecast and truth; deceptive near zero."
        }
        MetricName::Rmsse => {
            "Like MASE with squared errors: big errors weigh more. Below 1 is better than repeating the past."
        }
        MetricName::Owa => {
            "The mean of two relative errors against a simple seasonal method (Naive2). Below 1 is better than that."
        }
    }
}
