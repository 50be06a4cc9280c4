//! Which metrics suit a task, and what a request may ask of them.

use super::TargetFacts;
use crate::contest::request::{ErrorCosts, Request};
use crate::contest::task::{MetricName, Task};
use crate::problem::Problem;

/// The metrics that a sensible person might choose for a task, most usual first.
pub fn sensible(task: Task, has_costs: bool, has_capacity: bool) -> Vec<MetricName> {
    let mut metrics = Vec::new();
    match task {
        Task::Binary => {
            if has_costs {
                metrics.push(MetricName::ExpectedCost);
            }
            if has_capacity {
                metrics.push(MetricName::PrecisionAtK);
            }
            metrics.extend([
                MetricName::BalancedAccuracy,
                MetricName::LogLoss,
                MetricName::RocAuc,
                MetricName::AveragePrecision,
                MetricName::Brier,
                MetricName::Mcc,
                MetricName::F1,
                MetricName::Accuracy,
            ]);
        }
        Task::Multiclass => metrics.extend([
            MetricName::BalancedAccuracy,
            MetricName::LogLoss,
            MetricName::Accuracy,
            MetricName::F1,
            MetricName::Mcc,
        ]),
        Task::Regression => {
            metrics.extend([MetricName::Rmse, MetricName::Mae, MetricName::RSquared]);
        }
        Task::Forecasting => {
            metrics.extend([MetricName::Mase, MetricName::Rmsse, MetricName::Smape]);
        }
    }
    metrics
}

/// Whether the metric is defined for the task.
pub const fn fits(task: Task, metric: MetricName) -> bool {
    match task {
        Task::Binary => matches!(
            metric,
            MetricName::Accuracy
                | MetricName::BalancedAccuracy
                | MetricName::LogLoss
                | MetricName::Brier
                | MetricName::RocAuc
                | MetricName::AveragePrecision
                | MetricName::F1
                | MetricName::Mcc
                | MetricName::PrecisionAtK
                | MetricName::ExpectedCost
        ),
        Task::Multiclass => matches!(
            metric,
            MetricName::Accuracy
                | MetricName::BalancedAccuracy
                | MetricName::LogLoss
                | MetricName::Brier
                | MetricName::RocAuc
                | MetricName::AveragePrecision
                | MetricName::F1
                | MetricName::Mcc
        ),
        Task::Regression => matches!(
            metric,
            MetricName::Rmse | MetricName::Mae | MetricName::RSquared | MetricName::Pinball
        ),
        Task::Forecasting => matches!(
            metric,
            MetricName::Mase
                | MetricName::Smape
                | MetricName::Rmsse
                | MetricName::Owa
                | MetricName::Rmse
                | MetricName::Mae
                | MetricName::Pinball
        ),
    }
}

/// The costs of errors, where they were given and belong to the task.
pub(super) fn checked_costs(task: Task, request: &Request) -> Result<Option<ErrorCosts>, Problem> {
    let Some(costs) = request.costs else {
        return Ok(None);
    };
    if task != Task::Binary {
        return Err(Problem::new(
            "costs-need-two-classes",
            format!(
                "costs of false alarms and misses need a target of two classes, this one is {}",
                task.id()
            ),
            "leave the costs out, or choose a target of two classes",
        ));
    }
    let allowed = |cost: f64| cost.is_finite() && cost >= 0.0;
    if !allowed(costs.false_positive)
        || !allowed(costs.false_negative)
        || costs.false_positive + costs.false_negative == 0.0
    {
        return Err(Problem::new(
            "bad-costs",
            format!(
                "costs must be zero or more and not both zero, found {} for a false alarm and {} \
                 for a miss",
                costs.false_positive, costs.false_negative
            ),
            "give what one false alarm and what one miss costs, in the same unit",
        ));
    }
    Ok(Some(costs))
}

/// The capacity as a share of the rows, where it was given and belongs to the task.
pub(super) fn checked_capacity(
    task: Task,
    request: &Request,
    target: &TargetFacts<'_>,
) -> Result<Option<f64>, Problem> {
    let Some(capacity) = request.capacity else {
        return Ok(None);
    };
    let rows = match target {
        TargetFacts::Classes { counts, .. } if task == Task::Binary => counts.iter().sum::<usize>(),
        TargetFacts::Classes { .. } | TargetFacts::Numbers(_) | TargetFacts::Series => {
            return Err(Problem::new(
                "capacity-needs-two-classes",
                format!(
                    "a capacity needs a target of two classes, this one is {}",
                    task.id()
                ),
                "leave the capacity out, or choose a target of two classes",
            ));
        }
    };
    if capacity == 0 || capacity > rows {
        return Err(Problem::new(
            "bad-capacity",
            format!("the capacity must be between 1 and the {rows} rows given, found {capacity}"),
            "give how many of the rows in the file could be worked off",
        ));
    }
    Ok(Some(capacity as f64 / rows as f64))
}

/// Whether a metric that was asked for suits the task and has all that it needs.
pub(super) fn check_fit(task: Task, metric: MetricName, request: &Request) -> Result<(), Problem> {
    if !fits(task, metric) {
        let known: Vec<&str> = MetricName::ALL
            .into_iter()
            .filter(|other| fits(task, *other))
            .map(MetricName::id)
            .collect();
        return Err(Problem::new(
            "metric-does-not-fit",
            format!(
                "{} is no measure for a {} target",
                metric.label(),
                task.id()
            ),
            format!("choose one of {}", known.join(", ")),
        ));
    }
    if metric == MetricName::ExpectedCost && request.costs.is_none() {
        return Err(Problem::new(
            "costs-missing",
            "the expected cost needs the costs of a false alarm and of a miss",
            "give both costs, or choose balanced-accuracy",
        ));
    }
    if metric == MetricName::PrecisionAtK && request.capacity.is_none() {
        return Err(Problem::new(
            "capacity-missing",
            "precision at k needs to know how many rows can be worked off",
            "give the capacity, or choose average-precision",
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::metric::choose;
    use crate::contest::metric::samples::{BALANCED, request, with_capacity, with_costs};

    #[test]
    fn what_does_not_fit_is_refused_with_its_code() {
        let metric = |metric| Request {
            metric: Some(metric),
            ..request()
        };
        let numbers = TargetFacts::Numbers(&[1.0, 2.0]);
        let cases = [
            (
                Task::Regression,
                metric(MetricName::F1),
                numbers,
                "metric-does-not-fit",
            ),
            (
                Task::Binary,
                metric(MetricName::Mase),
                BALANCED,
                "metric-does-not-fit",
            ),
            (
                Task::Binary,
                metric(MetricName::ExpectedCost),
                BALANCED,
                "costs-missing",
            ),
            (
                Task::Binary,
                metric(MetricName::PrecisionAtK),
                BALANCED,
                "capacity-missing",
            ),
            (Task::Binary, with_costs(-1.0, 1.0), BALANCED, "bad-costs"),
            (Task::Binary, with_costs(0.0, 0.0), BALANCED, "bad-costs"),
            (
                Task::Binary,
                with_costs(f64::NAN, 1.0),
                BALANCED,
                "bad-costs",
            ),
            (
                Task::Regression,
                with_costs(1.0, 1.0),
                numbers,
                "costs-need-two-classes",
            ),
            (Task::Binary, with_capacity(0), BALANCED, "bad-capacity"),
            (Task::Binary, with_capacity(1001), BALANCED, "bad-capacity"),
            (
                Task::Regression,
                with_capacity(1),
                numbers,
                "capacity-needs-two-classes",
            ),
        ];
        for (task, request, target, code) in cases {
            assert_eq!(choose(task, &request, &target).unwrap_err().code, code);
        }
    }

    #[test]
    fn every_sensible_metric_fits_its_task() {
        for task in Task::ALL {
            for metric in sensible(task, task == Task::Binary, task == Task::Binary) {
                assert!(fits(task, metric), "{task:?} {metric:?}");
            }
        }
    }
}
