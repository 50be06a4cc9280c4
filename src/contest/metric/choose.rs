//! The metric that follows the decision (DESIGN §5, point 4), and why.

use super::Scoring;
use super::suitable::{check_fit, checked_capacity, checked_costs, sensible};
use crate::contest::evidence::MetricChoice;
use crate::contest::request::Request;
use crate::contest::task::{MetricName, Task};
use crate::problem::Problem;

/// The share of the target's variance in its most extreme hundredth of rows
/// above which RMSE would judge contenders by those rows alone. Normal
/// deviations have 0.08 there, exponential ones about 0.2.
const HEAVY_TAIL: f64 = 0.5;

/// What choosing a metric needs to know of the target.
#[derive(Clone, Copy, Debug)]
pub enum TargetFacts<'a> {
    /// A target of classes.
    Classes {
        /// Rows of each class.
        counts: &'a [usize],
        /// The positive one of two; not read for more.
        positive: u32,
    },
    /// A target of numbers, row by row.
    Numbers(&'a [f64]),
    /// The values of one or many series.
    Series,
}

/// The chosen metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The metric and the reason for it, for the evidence.
    pub choice: MetricChoice,
    /// The metric with its costs, its capacity and the positive class.
    pub scoring: Scoring,
    /// Other metrics that a sensible person might have chosen, for the
    /// question whether they would have changed the verdict.
    pub beside: Vec<MetricName>,
}

/// Chooses the metric: the one asked for, else expected cost where costs of
/// errors are given, precision at k where a list of k rows is worked off,
/// balanced accuracy for other classes; MASE for series; and for numbers RMSE,
/// because a large error mostly hurts more than many small ones and because
/// its optimum, the mean, is what budgets and sums need. Only where the most
/// extreme 1 % of the target's rows carry more than half of its variance is it
/// MAE: RMSE would then be decided by a handful of rows.
///
/// # Errors
/// A metric that does not fit the task, costs or a capacity that are out of
/// range or do not belong to the task.
pub fn choose(task: Task, request: &Request, target: &TargetFacts<'_>) -> Result<Choice, Problem> {
    let costs = checked_costs(task, request)?;
    let capacity_share = checked_capacity(task, request, target)?;
    let (metric, why) = match request.metric {
        Some(metric) => {
            check_fit(task, metric, request)?;
            (metric, "asked for".to_owned())
        }
        None => infer(task, request, target),
    };
    let positive = match target {
        TargetFacts::Classes { positive, .. } => *positive,
        TargetFacts::Numbers(_) | TargetFacts::Series => 1,
    };
    let beside = sensible(task, costs.is_some(), capacity_share.is_some())
        .into_iter()
        .filter(|other| *other != metric)
        .collect();
    Ok(Choice {
        choice: MetricChoice {
            name: metric,
            higher_is_better: metric.higher_is_better(),
            why,
        },
        scoring: Scoring {
            metric,
            costs,
            capacity_share,
            positive,
        },
        beside,
    })
}

fn infer(task: Task, request: &Request, target: &TargetFacts<'_>) -> (MetricName, String) {
    match task {
        Task::Binary if request.costs.is_some() => (
            MetricName::ExpectedCost,
            "costs of errors were given, so errors are weighed by them".to_owned(),
        ),
        Task::Binary if request.capacity.is_some() => (
            MetricName::PrecisionAtK,
            "only part of the list can be worked off, so what counts is how many of the rows \
             ranked highest are right"
                .to_owned(),
        ),
        Task::Binary | Task::Multiclass => (MetricName::BalancedAccuracy, balanced_why(target)),
        Task::Regression => numbers_choice(target),
        Task::Forecasting => (
            MetricName::Mase,
            "errors relative to the naive forecast's can be compared between series".to_owned(),
        ),
    }
}

fn balanced_why(target: &TargetFacts<'_>) -> String {
    let rarest = match target {
        TargetFacts::Classes { counts, .. } => {
            let rows: usize = counts.iter().sum();
            counts
                .iter()
                .min()
                .filter(|_| rows > 0)
                .map(|fewest| 100.0 * *fewest as f64 / rows as f64)
        }
        TargetFacts::Numbers(_) | TargetFacts::Series => None,
    };
    let classes = "no costs of errors were given, so every class counts the same";
    match rarest {
        Some(percent) => format!(
            "{classes}; the rarest has {percent:.1} % of the rows, and plain accuracy would \
             reward overlooking it"
        ),
        None => classes.to_owned(),
    }
}

fn numbers_choice(target: &TargetFacts<'_>) -> (MetricName, String) {
    let share = match target {
        TargetFacts::Numbers(values) => tail_share(values),
        TargetFacts::Classes { .. } | TargetFacts::Series => 0.0,
    };
    if share > HEAVY_TAIL {
        let percent = 100.0 * share;
        (
            MetricName::Mae,
            format!(
                "the most extreme 1 % of rows carry {percent:.0} % of the target's variance, so \
                 RMSE would judge by a handful of rows"
            ),
        )
    } else {
        (
            MetricName::Rmse,
            "a large error mostly hurts more than many small ones, and sums and budgets need \
             predictions that are right on average"
                .to_owned(),
        )
    }
}

/// Share of the sum of squared deviations from the mean that the most extreme
/// hundredth of the rows carries (one row at least).
fn tail_share(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let centre = values.iter().sum::<f64>() / count;
    let mut squares: Vec<f64> = values
        .iter()
        .map(|value| (value - centre) * (value - centre))
        .collect();
    squares.sort_unstable_by(|left, right| right.total_cmp(left));
    let total: f64 = squares.iter().sum();
    let extreme: f64 = squares.iter().take(values.len().div_ceil(100)).sum();
    if total > 0.0 && total.is_finite() {
        extreme / total
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::metric::samples::{BALANCED, request, with_capacity, with_costs};

    #[test]
    fn the_metric_follows_the_decision() {
        let both = Request {
            capacity: Some(50),
            ..with_costs(1.0, 5.0)
        };
        let series = TargetFacts::Series;
        let cases = [
            (
                Task::Binary,
                request(),
                BALANCED,
                MetricName::BalancedAccuracy,
            ),
            (
                Task::Binary,
                with_costs(1.0, 5.0),
                BALANCED,
                MetricName::ExpectedCost,
            ),
            (
                Task::Binary,
                with_capacity(50),
                BALANCED,
                MetricName::PrecisionAtK,
            ),
            (Task::Binary, both, BALANCED, MetricName::ExpectedCost),
            (Task::Forecasting, request(), series, MetricName::Mase),
        ];
        for (task, request, target, expected) in cases {
            let chosen = choose(task, &request, &target).unwrap();
            assert_eq!(chosen.choice.name, expected);
            assert!(!chosen.choice.why.is_empty());
            assert!(!chosen.beside.contains(&expected));
        }
    }

    #[test]
    fn capacity_becomes_a_share_of_the_rows() {
        let chosen = choose(Task::Binary, &with_capacity(50), &BALANCED).unwrap();
        assert_eq!(chosen.scoring.capacity_share, Some(0.05));
    }

    #[test]
    fn a_target_ruled_by_few_rows_is_judged_by_absolute_errors() {
        let even: Vec<f64> = (0..500).map(f64::from).collect();
        let mut spiked = even.clone();
        spiked[7] = 1e5;
        let name = |values: &[f64]| {
            choose(Task::Regression, &request(), &TargetFacts::Numbers(values))
                .unwrap()
                .choice
                .name
        };
        assert_eq!(name(&even), MetricName::Rmse);
        assert_eq!(name(&spiked), MetricName::Mae);
    }
}
