//! The moments of the rows.

use super::columns::Strays;
use crate::contest::series::calendar::{self, DAY, Moment};
use crate::data::{MISSING_DATE, Table, Values, Warning, is_moment};
use crate::problem::Problem;
use crate::text::clean;

/// Whole numbers in this range are years.
const YEARS: std::ops::RangeInclusive<f64> = 1500.0..=2200.0;

/// The moments of the rows, and whether they are plain numbers instead.
pub(super) fn read(table: &Table, column: usize) -> Result<(Vec<Moment>, bool), Problem> {
    let found = &table.columns[column];
    refuse_mixed_zones(table, column)?;
    let missing = |row: usize| {
        Problem::new(
            "moment-missing",
            format!("the time column “{}” is empty here", clean(&found.name)),
            "fill in when this was measured, or remove the row",
        )
        .in_file(&table.source)
        .at(row + 2, column + 1)
    };
    match &found.values {
        Values::Date(values) => match values.iter().position(|value| *value == MISSING_DATE) {
            Some(row) => Err(missing(row)),
            None => Ok((values.clone(), false)),
        },
        Values::Number(values) => {
            if let Some(row) = values.iter().position(|value| value.is_nan()) {
                return Err(missing(row));
            }
            let fits = |value: &f64| value.fract() == 0.0 && value.abs() < 9e15;
            if let Some(row) = values.iter().position(|value| !fits(value)) {
                return Err(Problem::new(
                    "bad-moment",
                    format!(
                        "expected a date, a year or a whole number in “{}”, found {}",
                        clean(&found.name),
                        values[row]
                    ),
                    "write moments as 2024-03-31, 2024-03-31 14:00 or as whole numbers",
                )
                .in_file(&table.source)
                .at(row + 2, column + 1));
            }
            let years = values.iter().all(|value| YEARS.contains(value));
            let moment = |value: &f64| {
                if years {
                    calendar::day_from(*value as i64, 1, 1) * DAY
                } else {
                    *value as i64
                }
            };
            Ok((values.iter().map(moment).collect(), !years))
        }
        Values::Category { codes, levels } => {
            let strays = Strays::of(codes, levels, is_moment);
            let few = strays.first.filter(|_| 2 * strays.count < strays.filled);
            let (row, text) = few.unwrap_or_else(|| {
                let first = codes
                    .first()
                    .and_then(|code| levels.get(*code as usize))
                    .map_or("", String::as_str);
                (0, first)
            });
            Err(Problem::new(
                "bad-moment",
                format!(
                    "expected dates in “{}”, found “{}”",
                    clean(&found.name),
                    clean(&crate::text::shorten(text, 40))
                ),
                "write moments as 2024-03-31 or 2024-03-31 14:00, all in one form and time zone",
            )
            .in_file(&table.source)
            .at(row + 2, column + 1))
        }
    }
}

/// Moments of several places or with and without a zone have no common order.
fn refuse_mixed_zones(table: &Table, column: usize) -> Result<(), Problem> {
    let name = &table.columns[column].name;
    let is_mixed = |note: &&Warning| {
        note.code == "mixed-time-zones" && note.column.as_deref() == Some(name.as_str())
    };
    match table.notes.iter().find(is_mixed) {
        None => Ok(()),
        Some(_) => Err(Problem::new(
            "mixed-time-zones",
            format!(
                "expected moments of one time zone in “{}”, found several, or some with a zone \
                 and some without",
                clean(name)
            ),
            "write all moments in one time zone, such as 2024-03-31T14:00:00Z",
        )
        .in_file(&table.source)
        .at(1, column + 1)),
    }
}
