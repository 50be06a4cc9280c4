//! The heuristic tier: rules that a person can read and keep.
//!
//! Each file holds one kind of rule. All of them read the same bins through
//! the [kernel](super::kernel), choose their columns and cuts from the
//! training rows alone, and tell what they are in a sentence, in lines and as
//! an expression that decides as they do.
//!
//! DESIGN §5 also names the most similar past cases (nearest neighbours) here.
//! They take no part: they cannot be read, said or written as SQL, which is
//! what this tier promises, and a verdict for a rule would then tell people to
//! ship what nobody can read.

mod fast_frugal;
mod grouped_median;
mod keys;
mod keyword;
mod last_known;
mod lookup;
mod one_rule;
mod points;
mod proportion;
mod shallow_tree;
mod step_table;

#[cfg(test)]
mod tests;

use super::contender::Contender;
use super::features::{BinMeaning, Features};
use crate::contest::predictions::Truth;
use crate::contest::task::MetricName;

/// Every heuristic, in order of simplicity: ties go to the earlier.
pub fn contenders() -> Vec<Box<dyn Contender>> {
    vec![
        Box::new(last_known::LastKnown),
        Box::new(one_rule::OneRule),
        Box::new(proportion::Proportion::Ratio),
        Box::new(proportion::Proportion::Line),
        Box::new(step_table::StepTable),
        Box::new(keyword::Keyword),
        Box::new(lookup::Lookup),
        Box::new(grouped_median::GroupedMedian),
        Box::new(fast_frugal::FastFrugal),
        Box::new(points::Points),
        Box::new(shallow_tree::ShallowTree),
    ]
}

/// Why rules on single columns have nothing to read; none if they do.
fn no_usable_column(features: &Features) -> Option<String> {
    let usable = features
        .columns
        .iter()
        .any(|feature| feature.bins.meaning != BinMeaning::Whole);
    (!usable).then(|| "there is no column of numbers, dates or categories".to_owned())
}

/// Why a rule for two classes does not fit the target; none if it does.
fn needs_two_classes(target: &Truth<'_>) -> Option<String> {
    match target {
        Truth::Classes { classes: 2, .. } => None,
        Truth::Classes { .. } | Truth::Numbers(_) => Some("needs a target of two classes".into()),
    }
}

/// Whether the metric reads probabilities or ranks and no decisions.
fn judged_by_probability(metric: MetricName) -> bool {
    match metric {
        MetricName::LogLoss
        | MetricName::Brier
        | MetricName::RocAuc
        | MetricName::AveragePrecision
        | MetricName::PrecisionAtK => true,
        MetricName::Accuracy
        | MetricName::BalancedAccuracy
        | MetricName::F1
        | MetricName::Mcc
        | MetricName::ExpectedCost
        | MetricName::Rmse
        | MetricName::Mae
        | MetricName::RSquared
        | MetricName::Pinball
        | MetricName::Mase
        | MetricName::Smape
        | MetricName::Rmsse
        | MetricName::Owa => false,
    }
}
