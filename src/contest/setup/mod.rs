//! From a request to a contest: what kind of answer, which classes, which rows.
//!
//! What the user did not say is inferred, each time with its reason.

mod classes;
mod rows;
mod task;

use std::borrow::Cow;

use super::request::Request;
use super::target::Target;
use super::task::Task;
use crate::data::{Column, Table, Warning};
use crate::problem::{Problem, nearest};

pub use task::is_forecast;

/// A contest on a table, ready to be held.
#[derive(Debug)]
pub struct Setup<'a> {
    /// The rows that have a target.
    pub table: Cow<'a, Table>,
    /// The kind of answer.
    pub task: Task,
    /// Why that task, and why that positive class.
    pub task_why: String,
    /// What is to be predicted, one value per row of `table`.
    pub target: Target,
    /// Names of the classes (untrusted); empty for numbers.
    pub classes: Vec<String>,
    /// The positive class of two.
    pub positive: Option<u32>,
    /// What a careful reader should know.
    pub warnings: Vec<Warning>,
}

/// Reads a request against a table (anything but forecasting).
///
/// # Errors
/// An unknown column or value, a target that nothing can be learned about, a
/// task that the target does not fit.
pub fn setup<'a>(table: &'a Table, request: &Request) -> Result<Setup<'a>, Problem> {
    let column = target_column(table, &request.target)?;
    let (table, warnings) = rows::with_target(table, column)?;
    let column = target_column(&table, &request.target)?;
    let inferred = task::infer(column, request)?;
    let (target, names) = match inferred.task {
        Task::Regression => (Target::Numbers(task::numbers(column)?), Vec::new()),
        Task::Binary | Task::Multiclass | Task::Forecasting => {
            let classes = classes::classes(&column.values);
            (
                Target::Classes {
                    classes: classes.names.len(),
                    values: classes.values,
                },
                classes.names,
            )
        }
    };
    let mut task_why = inferred.why;
    let positive = match (inferred.task, target.classes()) {
        (Task::Binary, Some((_, values))) => {
            let (positive, why) = classes::positive(request, &names, values)?;
            task_why = format!("{task_why}; {why}");
            Some(positive)
        }
        (Task::Binary | Task::Multiclass | Task::Regression | Task::Forecasting, _) => {
            if request.positive.is_some() {
                return Err(Problem::new(
                    "positive-needs-two-classes",
                    format!(
                        "a positive value needs a target of two values, this task is {}",
                        inferred.task.id()
                    ),
                    "leave the positive value out, or choose a target of two values",
                ));
            }
            None
        }
    };
    Ok(Setup {
        table,
        task: inferred.task,
        task_why,
        target,
        classes: names,
        positive,
        warnings,
    })
}

/// The column to predict.
fn target_column<'a>(table: &'a Table, name: &str) -> Result<&'a Column, Problem> {
    table
        .column(name)
        .ok_or_else(|| unknown_column(table, name))
}

/// A column that is named and not there.
pub(in crate::contest) fn unknown_column(table: &Table, name: &str) -> Problem {
    let names = || table.columns.iter().map(|column| column.name.as_str());
    let remedy = match nearest(name, names()) {
        Some(near) => format!("did you mean \u{201c}{near}\u{201d}?"),
        None => format!(
            "the columns are: {}",
            names().take(30).collect::<Vec<_>>().join(", ")
        ),
    };
    Problem::new(
        "unknown-column",
        format!("there is no column \u{201c}{name}\u{201d}"),
        remedy,
    )
    .in_file(table.source.clone())
}

#[cfg(test)]
mod tests;
