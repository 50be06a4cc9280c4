//! What may be asked of sample data on the command line.

use clap::Args;

use crate::contest::Request;
use crate::contest::evidence::SplitKind;
use crate::contest::request::{DEFAULT_SEED, ErrorCosts, External};
use crate::contest::{MetricName, Task};
use crate::vocabulary::Rung;

/// What is asked of the data; what is left out is inferred, and the reason shown.
#[derive(Args, Debug)]
pub(in crate::cli) struct Asked {
    /// The column to predict
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) target: Option<String>,
    /// The kind of answer
    #[arg(long, value_parser = task, value_name = "binary|multiclass|regression|forecasting")]
    pub(in crate::cli) task: Option<Task>,
    /// Which value of a two-valued target is the positive one
    #[arg(long, value_name = "VALUE")]
    pub(in crate::cli) positive: Option<String>,
    /// The measure that decides, such as balanced-accuracy, mae or mase
    #[arg(long, value_parser = metric)]
    pub(in crate::cli) metric: Option<MetricName>,
    /// What a false alarm costs
    #[arg(
        long,
        value_name = "COST",
        allow_negative_numbers = true,
        requires = "cost_false_negative"
    )]
    pub(in crate::cli) cost_false_positive: Option<f64>,
    /// What a miss costs
    #[arg(
        long,
        value_name = "COST",
        allow_negative_numbers = true,
        requires = "cost_false_positive"
    )]
    pub(in crate::cli) cost_false_negative: Option<f64>,
    /// How many rows of a ranked list can be worked off
    #[arg(long, value_name = "ROWS")]
    pub(in crate::cli) capacity: Option<usize>,
    /// The column that says when
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) time: Option<String>,
    /// The column of the entity, or of the series when forecasting
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) group: Option<String>,
    /// Steps ahead to forecast; with --time it makes the task forecasting
    #[arg(long, value_name = "STEPS")]
    pub(in crate::cli) horizon: Option<usize>,
    /// A column to set aside (may be given again)
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) ignore: Vec<String>,
    /// A protected attribute: errors are compared by it, it is no feature (may be given again)
    #[arg(long, value_name = "COLUMN")]
    pub(in crate::cli) protected: Vec<String>,
    /// A column of predictions that came with the data, and the rung of what made them
    #[arg(long, value_parser = external, value_name = "COLUMN=RUNG")]
    pub(in crate::cli) external: Vec<External>,
    /// Your own rule, as SQL over the columns: income > 50000 and region = 'N'
    #[arg(long, value_name = "EXPRESSION")]
    pub(in crate::cli) rule: Option<String>,
    /// The smallest improvement worth paying for, in the metric's unit
    #[arg(long, allow_negative_numbers = true)]
    pub(in crate::cli) margin: Option<f64>,
    /// How rows are split, if not as they suggest
    #[arg(long, value_parser = split, value_name = "k-fold|grouped|time-ordered|holdout")]
    pub(in crate::cli) split: Option<SplitKind>,
    /// How often the folds are drawn anew [default: 1, 3 or 10, as needed]
    #[arg(long)]
    pub(in crate::cli) repeats: Option<usize>,
    /// Seed of every random choice [default: 42]
    #[arg(long)]
    pub(in crate::cli) seed: Option<u64>,
}

impl Asked {
    /// What was asked, as a request of its own; none without a target.
    pub(in crate::cli) fn request(&self) -> Option<Request> {
        let target = self.target.as_ref()?;
        let mut request = Request::for_target(target);
        self.apply_to(&mut request);
        Some(request)
    }

    /// Replaces what was asked before by what is asked now.
    pub(in crate::cli) fn apply_to(&self, request: &mut Request) {
        fn replace<T: Clone>(old: &mut Option<T>, new: Option<&T>) {
            if let Some(new) = new {
                *old = Some(new.clone());
            }
        }
        fn replace_list<T: Clone>(old: &mut Vec<T>, new: &[T]) {
            if !new.is_empty() {
                *old = new.to_vec();
            }
        }
        if let Some(target) = &self.target {
            request.target.clone_from(target);
        }
        let costs = self.cost_false_positive.zip(self.cost_false_negative).map(
            |(false_positive, false_negative)| ErrorCosts {
                false_positive,
                false_negative,
            },
        );
        replace(&mut request.task, self.task.as_ref());
        replace(&mut request.positive, self.positive.as_ref());
        replace(&mut request.metric, self.metric.as_ref());
        replace(&mut request.costs, costs.as_ref());
        replace(&mut request.capacity, self.capacity.as_ref());
        replace(&mut request.time, self.time.as_ref());
        replace(&mut request.group, self.group.as_ref());
        replace(&mut request.horizon, self.horizon.as_ref());
        replace_list(&mut request.ignore, &self.ignore);
        replace_list(&mut request.protected, &self.protected);
        replace_list(&mut request.external, &self.external);
        replace(&mut request.rule, self.rule.as_ref());
        replace(&mut request.margin, self.margin.as_ref());
        replace(&mut request.split, self.split.as_ref());
        replace(&mut request.repeats, self.repeats.as_ref());
        request.seed = self.seed.unwrap_or(request.seed);
    }
}

fn task(text: &str) -> Result<Task, String> {
    word(&Task::ALL, Task::id, text)
}

fn split(text: &str) -> Result<SplitKind, String> {
    word(&SplitKind::ALL, SplitKind::id, text)
}

fn metric(text: &str) -> Result<MetricName, String> {
    word(&MetricName::ALL, MetricName::id, text)
}

/// `COLUMN=RUNG`; the column may hold `=` itself.
fn external(text: &str) -> Result<External, String> {
    let (column, rung) = text
        .rsplit_once('=')
        .filter(|(column, _)| !column.is_empty())
        .ok_or("expected COLUMN=RUNG, such as forecast_erp=heuristic")?;
    Ok(External {
        column: column.to_owned(),
        rung: rung.parse::<Rung>().map_err(|error| error.to_string())?,
    })
}

/// One of some words, or a hint.
pub(super) fn word<T: Copy>(all: &[T], id: fn(T) -> &'static str, text: &str) -> Result<T, String> {
    all.iter()
        .copied()
        .find(|word| id(*word) == text)
        .ok_or_else(|| {
            let known: Vec<&str> = all.iter().map(|word| id(*word)).collect();
            match crate::problem::nearest(text, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("expected one of {}", known.join(", ")),
            }
        })
}

// The help of --seed names it.
const _: () = assert!(DEFAULT_SEED == 42);
