//! What kind of answer the target calls for, and why.

use crate::contest::request::Request;
use crate::contest::task::Task;
use crate::data::{Column, Kind, MISSING_CODE, Values};
use crate::problem::Problem;

/// Whole numbers with no more different values than this are taken for classes.
const FEW_VALUES: usize = 10;

/// The most classes of a target.
const MOST_CLASSES: usize = 100;

/// A task with its reason.
pub(super) struct Inferred {
    pub(super) task: Task,
    pub(super) why: String,
}

/// Whether the request is for a forecast: asked for, or because a time and a
/// horizon are given.
///
/// # Errors
/// A horizon without a time, a forecast without either.
pub fn is_forecast(request: &Request) -> Result<bool, Problem> {
    let forecast = match request.task {
        Some(task) => task == Task::Forecasting,
        None => request.horizon.is_some(),
    };
    if request.horizon == Some(0) {
        return Err(Problem::new(
            "bad-horizon",
            "the horizon must be at least one step ahead, found 0",
            "give the number of steps to forecast, such as --horizon 12",
        ));
    }
    if (forecast || request.horizon.is_some()) && request.time.is_none() {
        return Err(Problem::new(
            "time-missing",
            "a forecast needs the column that says when each row happened, and none is named",
            "name it with --time COLUMN",
        ));
    }
    if forecast && request.horizon.is_none() {
        return Err(Problem::new(
            "horizon-missing",
            "a forecast needs the number of steps ahead, and none is given",
            "give it with --horizon STEPS",
        ));
    }
    Ok(forecast)
}

/// The task of a target without missing values.
pub(super) fn infer(column: &Column, request: &Request) -> Result<Inferred, Problem> {
    let values = distinct(&column.values);
    let name = &column.name;
    if values < 2 {
        return Err(Problem::new(
            "constant-target",
            format!("the target \u{201c}{name}\u{201d} is the same in every row"),
            "choose a column that varies, or add rows in which it was different",
        ));
    }
    match request.task {
        Some(task) => {
            fits(task, column, values)?;
            Ok(Inferred {
                task,
                why: "asked for".to_owned(),
            })
        }
        None => guess(column, values),
    }
}

fn guess(column: &Column, values: usize) -> Result<Inferred, Problem> {
    let found = |task: Task, why: String| Ok(Inferred { task, why });
    if values == 2 && column.kind != Kind::Date {
        return found(Task::Binary, "the target has two values".to_owned());
    }
    match &column.values {
        Values::Number(numbers) => {
            names_no_rows(column, numbers)?;
            let whole = numbers.iter().all(|value| value.fract() == 0.0);
            if whole && values <= FEW_VALUES && numbers.len() >= 10 * values {
                return found(
                    Task::Multiclass,
                    format!(
                        "the target is a whole number with only {values} different values, taken \
                         for classes; ask for regression if their size matters"
                    ),
                );
            }
            found(
                Task::Regression,
                format!("the target is a number with {values} different values"),
            )
        }
        Values::Category { .. } => {
            few_classes(column, values)?;
            found(
                Task::Multiclass,
                format!("the target is one of {values} names"),
            )
        }
        Values::Date(_) => Err(date(column)),
    }
}

fn fits(task: Task, column: &Column, values: usize) -> Result<(), Problem> {
    match (task, &column.values) {
        (_, Values::Date(_)) => Err(date(column)),
        (Task::Binary, _) if values != 2 => Err(unfit(
            task,
            column,
            &format!("has {values} different values"),
            "two values",
        )),
        (Task::Multiclass, _) if values == 2 => {
            Err(unfit(task, column, "has two values", "three or more"))
        }
        (Task::Multiclass, _) => few_classes(column, values),
        (Task::Regression | Task::Forecasting, Values::Category { .. }) => {
            Err(unfit(task, column, "holds texts", "numbers"))
        }
        (Task::Regression, Values::Number(numbers)) => names_no_rows(column, numbers),
        (Task::Binary | Task::Forecasting, _) => Ok(()),
    }
}

fn unfit(task: Task, column: &Column, found: &str, expected: &str) -> Problem {
    Problem::new(
        "task-does-not-fit",
        format!(
            "a {} target needs {expected}, \u{201c}{}\u{201d} {found}",
            task.id(),
            column.name
        ),
        "leave the task out to have it inferred, or choose another target",
    )
}

fn date(column: &Column) -> Problem {
    Problem::new(
        "target-is-a-date",
        format!(
            "the target \u{201c}{}\u{201d} is a date, which is neither a class nor a number",
            column.name
        ),
        "add a column with the days until then, or whether it happened in time, and predict that",
    )
}

/// Texts that differ in (almost) every row name the row.
fn few_classes(column: &Column, values: usize) -> Result<(), Problem> {
    let rows = column.len();
    if values == rows || (values > MOST_CLASSES && 2 * values > rows) {
        return Err(names_rows(column));
    }
    if values > MOST_CLASSES {
        return Err(Problem::new(
            "too-many-classes",
            format!(
                "the target \u{201c}{}\u{201d} has {values} different values, at most \
                 {MOST_CLASSES} can be told apart",
                column.name
            ),
            "group its values into fewer classes",
        ));
    }
    Ok(())
}

/// Whole numbers that count the rows name them.
fn names_no_rows(column: &Column, numbers: &[f64]) -> Result<(), Problem> {
    let whole = numbers.iter().all(|value| value.fract() == 0.0);
    let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let counts = whole
        && most - least == numbers.len() as f64 - 1.0
        && distinct(&column.values) == numbers.len();
    if counts {
        Err(names_rows(column))
    } else {
        Ok(())
    }
}

fn names_rows(column: &Column) -> Problem {
    Problem::new(
        "target-names-rows",
        format!(
            "the target \u{201c}{}\u{201d} has a value of its own in every row, so no row can \
             teach anything about another",
            column.name
        ),
        "choose the column that says what happened; this one looks like a name or a number of \
         the row",
    )
}

/// Number of different values.
fn distinct(values: &Values) -> usize {
    match values {
        Values::Number(values) => {
            let mut values = values.clone();
            values.sort_unstable_by(f64::total_cmp);
            values.dedup();
            values.len()
        }
        Values::Category { codes, levels } => {
            let mut seen = vec![false; levels.len()];
            for code in codes.iter().filter(|code| **code != MISSING_CODE) {
                seen[*code as usize] = true;
            }
            seen.iter().filter(|seen| **seen).count()
        }
        Values::Date(values) => {
            let mut values = values.clone();
            values.sort_unstable();
            values.dedup();
            values.len()
        }
    }
}

/// The values of a column of numbers.
pub(super) fn numbers(column: &Column) -> Result<Vec<f64>, Problem> {
    match &column.values {
        Values::Number(values) => Ok(values.clone()),
        Values::Category { .. } | Values::Date(_) => Err(unfit(
            Task::Regression,
            column,
            "holds no numbers",
            "numbers",
        )),
    }
}
