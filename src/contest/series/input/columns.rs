//! Columns of a table as numbers.

use crate::data::{Column, Table, Values};
use crate::problem::Problem;
use crate::text::clean;

/// The numbers of a column that has to be one.
pub(super) fn numbers<'a>(
    table: &'a Table,
    column: usize,
    code: &'static str,
    what: &str,
) -> Result<&'a [f64], Problem> {
    let found = &table.columns[column];
    if found.missing() == table.rows {
        // without any value it has no kind either
        return Err(Problem::new(
            "no-target-values",
            format!("{what} “{}” has no value in any row", clean(&found.name)),
            "choose another target column",
        )
        .in_file(&table.source)
        .at(1, column + 1));
    }
    match &found.values {
        Values::Number(values) => Ok(values),
        Values::Category { .. } | Values::Date(_) => Err(Problem::new(
            code,
            format!(
                "{what} of a forecast must be a number, “{}” holds values of kind {}",
                clean(&found.name),
                found.kind.id()
            ),
            "choose a column of numbers, or leave out the horizon for a table contest",
        )
        .in_file(&table.source)
        .at(1, column + 1)),
    }
}

/// Numbers of any column: yes and no are 1 and 0, other texts are missing.
pub(super) fn as_numbers(column: &Column) -> Vec<f64> {
    match &column.values {
        Values::Number(values) => values.clone(),
        Values::Category { codes, levels } if levels.len() == 2 => codes
            .iter()
            .map(|code| match code {
                0 | 1 => f64::from(*code),
                _ => f64::NAN,
            })
            .collect(),
        Values::Category { codes, .. } => vec![f64::NAN; codes.len()],
        Values::Date(values) => vec![f64::NAN; values.len()],
    }
}
