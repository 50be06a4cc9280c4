//! Columns of a table as numbers.

use crate::data::{Column, Table, Values};
use crate::problem::Problem;
use crate::text::{clean, shorten};

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
    let undefined = table
        .undefined
        .iter()
        .find(|(position, _)| *position == column);
    if let Some((_, row)) = undefined {
        return Err(Problem::new(
            "not-a-number",
            format!(
                "expected numbers in “{}”, found NaN, which a failed computation leaves behind",
                clean(&found.name)
            ),
            "correct it, or leave the cell empty if nothing was measured; a gap is dealt with",
        )
        .in_file(&table.source)
        .at(row + 2, column + 1));
    }
    match &found.values {
        Values::Number(values) => Ok(values),
        Values::Category { codes, levels } if mostly_numbers(codes, levels) => {
            let row = codes.iter().position(|code| {
                levels
                    .get(*code as usize)
                    .is_some_and(|level| number(level).is_none())
            });
            let text = row
                .and_then(|row| levels.get(codes[row] as usize))
                .map_or("", String::as_str);
            Err(Problem::new(
                code,
                format!(
                    "{what} of a forecast must be a number, “{}” holds “{}” here",
                    clean(&found.name),
                    clean(&shorten(text, 40))
                ),
                "correct the value, or leave the cell empty if nothing was measured",
            )
            .in_file(&table.source)
            .at(row.unwrap_or(0) + 2, column + 1))
        }
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

/// Whether more than half of the filled rows read as numbers.
fn mostly_numbers(codes: &[u32], levels: &[String]) -> bool {
    let are_numbers: Vec<bool> = levels.iter().map(|level| number(level).is_some()).collect();
    let filled: Vec<bool> = codes
        .iter()
        .filter_map(|code| are_numbers.get(*code as usize).copied())
        .collect();
    let of_numbers = filled.iter().filter(|is_number| **is_number).count();
    2 * of_numbers > filled.len() && of_numbers < filled.len()
}

fn number(text: &str) -> Option<f64> {
    let value: f64 = text.trim().parse().ok()?;
    value.is_finite().then_some(value)
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
