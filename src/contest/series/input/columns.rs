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
    let no_numbers = || {
        Problem::new(
            code,
            format!(
                "{what} of a forecast must be a number, “{}” holds values of kind {}",
                clean(&found.name),
                found.kind.id()
            ),
            "choose a column of numbers, or leave out the horizon for a table contest",
        )
        .in_file(&table.source)
        .at(1, column + 1)
    };
    match &found.values {
        Values::Number(values) => Ok(values),
        Values::Category { codes, levels } => {
            let strays = Strays::of(codes, levels, is_number);
            match strays.first {
                Some((row, text)) if 2 * strays.count < strays.filled => Err(Problem::new(
                    code,
                    format!(
                        "{what} of a forecast must be a number, “{}” holds “{}” here",
                        clean(&found.name),
                        clean(&shorten(text, 40))
                    ),
                    "correct the value, or leave the cell empty if nothing was measured",
                )
                .in_file(&table.source)
                .at(row + 2, column + 1)),
                Some(_) | None => Err(no_numbers()),
            }
        }
        Values::Date(_) => Err(no_numbers()),
    }
}

/// Values of a column of names that are not what the column should hold.
pub(super) struct Strays<'a> {
    /// The first of them, with its row.
    pub(super) first: Option<(usize, &'a str)>,
    /// Their number.
    pub(super) count: usize,
    /// Rows that have a value.
    pub(super) filled: usize,
}

impl<'a> Strays<'a> {
    /// Those that do not fit.
    pub(super) fn of(codes: &[u32], levels: &'a [String], fits: impl Fn(&str) -> bool) -> Self {
        let fitting: Vec<bool> = levels.iter().map(|level| fits(level)).collect();
        let mut found = Self {
            first: None,
            count: 0,
            filled: 0,
        };
        for (row, code) in codes.iter().enumerate() {
            let Some(level) = levels.get(*code as usize) else {
                continue;
            };
            found.filled += 1;
            if !fitting[*code as usize] {
                found.count += 1;
                found.first.get_or_insert((row, level));
            }
        }
        found
    }
}

fn is_number(text: &str) -> bool {
    text.trim().parse().is_ok_and(f64::is_finite)
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
