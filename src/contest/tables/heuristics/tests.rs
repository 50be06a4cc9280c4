//! Rules find what was planted, and nothing where nothing was.

use super::super::sample::Sample;
use super::one_rule::OneRule;
use super::shallow_tree::ShallowTree;
use crate::contest::metric::Scoring;
use crate::contest::tables::{Contender, Description};
use crate::contest::task::MetricName;

const BALANCED: Scoring = Scoring::of(MetricName::BalancedAccuracy);
const ACCURACY: Scoring = Scoring::of(MetricName::Accuracy);

/// What it is once fitted on all rows.
fn told(sample: &Sample, contender: &dyn Contender, scoring: &Scoring) -> Description {
    let rows = sample.rows();
    let fitted = sample.fit(contender, &rows, scoring);
    let threshold = sample.threshold(fitted.as_ref(), &rows, scoring);
    fitted.describe(&sample.names(threshold.as_ref()))
}

#[test]
fn the_planted_churn_rule_is_found_and_told() {
    let churn = Sample::shipped("generated-churn.csv", "churned", &[]);
    let told = told(&churn, &ShallowTree, &BALANCED);
    assert!(
        told.says
            .starts_with("If contract is monthly and tenure_months is under 6: yes"),
        "{}",
        told.says
    );
    let reached = churn.balanced_accuracy(&churn.held_out(&ShallowTree, &BALANCED, 10));
    assert!(reached > 0.79, "{reached}");
}

#[test]
fn one_rule_reaches_what_holte_published_on_iris() {
    let iris = Sample::shipped("iris.csv", "species", &[]);
    let reached = iris.balanced_accuracy(&iris.held_out(&OneRule, &ACCURACY, 10));
    // 93.5 % (Holte 1993, table 3), one standard error of 150 rows is 2 points
    assert!((reached - 0.935).abs() < 0.04, "{reached}");
}

#[test]
fn without_a_signal_the_tree_asks_nothing() {
    let noise = Sample::shipped("generated-no-signal.csv", "opened", &[]);
    let told = told(&noise, &ShallowTree, &BALANCED);
    assert_eq!(told.lines.len(), 1, "{}", told.says);
}
