//! Values from the future: the contest knows no clock, so they are refused before it.

use crate::contest::Request;
use crate::contest::setup::is_forecast;
use crate::data::{MISSING_DATE, Table, Values};
use crate::problem::Problem;
use crate::text::clean;

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// Whole numbers in this range are years, as in a contest.
const YEARS: std::ops::RangeInclusive<f64> = 1500.0..=2200.0;

/// Refuses the sample data of a forecast that hold a value of the target for a
/// moment that has not come yet. A day is left for clocks that are ahead of
/// UTC, in which `today` (`YYYY-MM-DD`) is written. Rows to come whose target
/// is empty are welcome; other contests may speak of the future as they like.
///
/// # Errors
/// Code `future-timestamp`, at the first such row.
pub(super) fn refuse(table: &Table, request: &Request, today: &str) -> Result<(), Problem> {
    let time = request
        .time
        .as_deref()
        .and_then(|name| table.position(name));
    let (Ok(true), Some(time), Ok(today), Some(target)) = (
        is_forecast(request),
        time,
        today.parse::<jiff::civil::Date>(),
        table.column(&request.target),
    ) else {
        // what else is wrong with the request is said by the contest
        return Ok(());
    };
    let Values::Number(target) = &target.values else {
        return Ok(());
    };
    let is_future = in_the_future(&table.columns[time].values, today);
    let row = (0..table.rows).find(|row| is_future(*row) && !target[*row].is_nan());
    match row {
        None => Ok(()),
        Some(row) => Err(Problem::new(
            "future-timestamp",
            format!(
                "expected values of the past, found one for a moment in \u{201c}{}\u{201d} that \
                 is after today, {today}",
                clean(&table.columns[time].name)
            ),
            "correct the moment, or leave the target empty in rows that are still to come",
        )
        .in_file(&table.source)
        .at(row + 2, time + 1)),
    }
}

/// Which rows of a time column lie after today.
fn in_the_future(moments: &Values, today: jiff::civil::Date) -> Box<dyn Fn(usize) -> bool + '_> {
    match moments {
        Values::Date(moments) => {
            let epoch = jiff::civil::date(1970, 1, 1);
            let days = epoch.until(today).map_or(0, |span| span.get_days());
            let end = (i64::from(days) + 2) * SECONDS_PER_DAY;
            Box::new(move |row| moments[row] != MISSING_DATE && moments[row] >= end)
        }
        Values::Number(moments) if moments.iter().all(|year| YEARS.contains(year)) => {
            let year = f64::from(today.year());
            Box::new(move |row| moments[row] > year)
        }
        Values::Number(_) | Values::Category { .. } => Box::new(|_| false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::read_csv;

    fn found(rows: &str, horizon: Option<usize>) -> Option<Option<usize>> {
        let table = read_csv(format!("when,y\n{rows}").as_bytes(), "a.csv").unwrap();
        let request = Request {
            time: Some("when".to_owned()),
            horizon,
            ..Request::for_target("y")
        };
        refuse(&table, &request, "2024-02-28")
            .err()
            .map(|problem| problem.line)
    }

    #[test]
    fn values_after_tomorrow_are_refused_and_rows_to_come_are_not() {
        let one = Some(1);
        assert_eq!(found("2024-02-28,1\n2024-02-29,2\n", one), None);
        assert_eq!(found("2024-02-28,1\n2024-03-01,2\n", one), Some(Some(3)));
        assert_eq!(found("2024-02-28,1\n2024-03-01,\n", one), None);
        assert_eq!(found("2023,1\n2024,2\n", one), None);
        assert_eq!(found("2024,1\n2025,2\n", one), Some(Some(3)));
        assert_eq!(found("2024-02-28,1\n2024-03-01,2\n", None), None);
        assert_eq!(found("7,1\n9000,2\n", one), None, "numbers are no years");
    }
}
