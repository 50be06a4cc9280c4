//! Rows without a target teach nothing and test nothing: they are set aside.

use std::borrow::Cow;

use crate::data::{Column, Table, Values, Warning};
use crate::problem::Problem;

/// The rows in which the column has a value.
pub(super) fn with_target<'a>(
    table: &'a Table,
    column: &Column,
) -> Result<(Cow<'a, Table>, Vec<Warning>), Problem> {
    let kept: Vec<usize> = (0..table.rows)
        .filter(|row| !column.values.is_missing(*row))
        .collect();
    if kept.len() == table.rows {
        return Ok((Cow::Borrowed(table), Vec::new()));
    }
    if kept.is_empty() {
        return Err(Problem::new(
            "empty-target",
            format!(
                "the column \u{201c}{}\u{201d} has no value in any row",
                column.name
            ),
            "choose a column that says what happened, or fill it in for past rows",
        )
        .in_file(table.source.clone()));
    }
    let missing = table.rows - kept.len();
    let warning = Warning {
        code: "target-missing".to_owned(),
        column: Some(column.name.clone()),
        detail: format!(
            "{missing} of {} rows have no value of the target and were left out",
            table.rows
        ),
        remedy: "make sure that they are missing for no reason that has to do with the outcome"
            .to_owned(),
    };
    Ok((Cow::Owned(only(table, &kept)), vec![warning]))
}

/// The table with some of its rows.
fn only(table: &Table, kept: &[usize]) -> Table {
    let columns = table
        .columns
        .iter()
        .map(|column| Column {
            name: column.name.clone(),
            kind: column.kind,
            why: column.why.clone(),
            values: match &column.values {
                Values::Number(values) => {
                    Values::Number(kept.iter().map(|row| values[*row]).collect())
                }
                Values::Category { codes, levels } => Values::Category {
                    codes: kept.iter().map(|row| codes[*row]).collect(),
                    levels: levels.clone(),
                },
                Values::Date(values) => Values::Date(kept.iter().map(|row| values[*row]).collect()),
            },
        })
        .collect();
    Table {
        columns,
        rows: kept.len(),
        hash: table.hash.clone(),
        source: table.source.clone(),
        notes: table.notes.clone(),
        // rows of the file, which these are no longer
        undefined: Vec::new(),
    }
}
