//! Days and moments as people write them: one pattern a column.

use jiff::civil::{Date, DateTime, Time};

use super::super::table::{Column, Kind, MISSING_DATE, Values};
use crate::problem::Problem;

const SECONDS_A_DAY: i64 = 86_400;

/// How the moments of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// `2024-03-05`, `2024/03/05`, with `14:30`, `14:30:59`, `14:30:59.5`
    /// after a blank or `T`, and `Z` or `+01:00` after that.
    YearFirst,
    /// `05.03.2024`, `5/3/2024`, `05-03-2024`: the day first; with a time after a blank.
    DayFirst,
    /// `03/05/2024`: the month first; with a time after a blank.
    MonthFirst,
    /// `2024-03`: the first of the month.
    Month,
    /// `2024Q1`, `2024-Q1`: the first day of the quarter.
    Quarter,
}

/// Whether a text is a moment in any of the forms that are read.
pub fn is_moment(text: &str) -> bool {
    Pattern::ALL
        .iter()
        .any(|pattern| pattern.parse(text.trim().as_bytes()).is_some())
}

/// A moment as written, and how far its clock is from UTC where it says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    /// Seconds since 1970-01-01T00:00:00 by its own clock.
    pub(super) seconds: i64,
    /// Minutes ahead of UTC.
    pub(super) zone: Option<i32>,
}

impl Pattern {
    /// Every pattern; of two that fit alike the first is taken.
    pub(super) const ALL: [Self; 5] = [
        Self::YearFirst,
        Self::DayFirst,
        Self::MonthFirst,
        Self::Month,
        Self::Quarter,
    ];

    /// The pattern in words.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::YearFirst => "year-month-day",
            Self::DayFirst => "day, month, year",
            Self::MonthFirst => "month, day, year",
            Self::Month => "year-month",
            Self::Quarter => "year and quarter",
        }
    }

    /// Reads a moment.
    pub(super) fn parse(self, bytes: &[u8]) -> Option<Moment> {
        self.usual(bytes).or_else(|| self.any(bytes))
    }

    /// A date of ten bytes, and a time of five or eight after one more: read
    /// where they stand.
    fn usual(self, bytes: &[u8]) -> Option<Moment> {
        let (date, clock) = bytes.split_at_checked(10)?;
        let (year, month, day, marks) = match self {
            Self::YearFirst => (0, 5, 8, [date[4], date[7]]),
            Self::DayFirst => (6, 3, 0, [date[2], date[5]]),
            Self::MonthFirst => (6, 0, 3, [date[2], date[5]]),
            Self::Month | Self::Quarter => return None,
        };
        let is_mark =
            matches!(marks[0], b'-' | b'/') || (self == Self::DayFirst && marks[0] == b'.');
        if !is_mark || marks[0] != marks[1] {
            return None;
        }
        let year = 100 * two_digits(date, year)? + two_digits(date, year + 2)?;
        let days = days_since_1970(year, two_digits(date, month)?, two_digits(date, day)?)?;
        let (hour, minute, second) = match clock {
            [] => (0, 0, 0),
            [b'T' | b't' | b' ', _, _, b':', _, _] => {
                (two_digits(clock, 1)?, two_digits(clock, 4)?, 0)
            }
            [b'T' | b't' | b' ', _, _, b':', _, _, b':', _, _] => (
                two_digits(clock, 1)?,
                two_digits(clock, 4)?,
                two_digits(clock, 7)?,
            ),
            _ => return None,
        };
        let is_clock = hour < 24 && minute < 60 && second < 60;
        is_clock.then(|| Moment {
            seconds: days * SECONDS_A_DAY + hour * 3600 + minute * 60 + second,
            zone: None,
        })
    }

    fn any(self, bytes: &[u8]) -> Option<Moment> {
        let text = std::str::from_utf8(bytes.trim_ascii()).ok()?;
        if text.len() < 6 || text.len() > 40 || !text.is_ascii() {
            return None;
        }
        match self {
            Self::YearFirst => {
                let (date, clock) = split_clock(text);
                let [year, month, day] = parts(date, &['-', '/'])?;
                with_clock(date_of(year, 4, month, day)?, clock)
            }
            Self::DayFirst => {
                let (date, clock) = split_clock(text);
                let [day, month, year] = parts(date, &['.', '/', '-'])?;
                with_clock(date_of(year, 4, month, day)?, clock)
            }
            Self::MonthFirst => {
                let (date, clock) = split_clock(text);
                let [month, day, year] = parts(date, &['/', '-'])?;
                with_clock(date_of(year, 4, month, day)?, clock)
            }
            Self::Month => {
                let (year, month) = text.split_once('-')?;
                Some(at_midnight(date_of(year, 4, month, "1")?))
            }
            Self::Quarter => {
                let (year, quarter) = text.split_once(['Q', 'q'])?;
                let quarter: u8 = digits(quarter, 1)?;
                let month = match quarter {
                    1..=4 => (1 + 3 * (quarter - 1)).to_string(),
                    _ => return None,
                };
                Some(at_midnight(date_of(
                    year.trim_end_matches(['-', ' ']),
                    4,
                    &month,
                    "1",
                )?))
            }
        }
    }
}

/// The moments of a column that says when: of a column of dates as they are,
/// of whole numbers from 1000 to 2999 as the first day of that year.
/// Missing ones are [`MISSING_DATE`].
///
/// # Errors
/// Any other column.
pub fn as_moments(column: &Column) -> Result<Vec<i64>, Problem> {
    match &column.values {
        Values::Date(moments) => Ok(moments.clone()),
        Values::Number(values) => values
            .iter()
            .map(|value| {
                if value.is_nan() {
                    Some(MISSING_DATE)
                } else if value.fract() == 0.0 && (1000.0..3000.0).contains(value) {
                    Some(Date::new(*value as i16, 1, 1).ok()?.to_seconds())
                } else {
                    None
                }
            })
            .collect::<Option<Vec<i64>>>()
            .ok_or_else(|| no_moments(column, "numbers that are not all years")),
        Values::Category { .. } => Err(no_moments(
            column,
            match column.kind {
                Kind::Text => "free text",
                Kind::Number | Kind::Boolean | Kind::Category | Kind::Date => {
                    "names, or dates written in more than one way"
                }
            },
        )),
    }
}

fn no_moments(column: &Column, found: &str) -> Problem {
    Problem::new(
        "no-moments",
        format!(
            "expected dates, months, quarters or years in \u{201c}{}\u{201d}, found {found}",
            column.name
        ),
        "write every moment the same way, best as 2024-03-05 or 2024-03-05 14:30",
    )
}

fn two_digits(bytes: &[u8], at: usize) -> Option<i64> {
    let ten = bytes[at].wrapping_sub(b'0');
    let one = bytes[at + 1].wrapping_sub(b'0');
    (ten < 10 && one < 10).then(|| i64::from(10 * ten + one))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, for years from 0
/// on (Hinnant, `days_from_civil`: years begin in March, so that a leap day is
/// the last of its year).
fn days_since_1970(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + i64::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let (march_year, march_month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let day_of_year = (153 * march_month + 2) / 5 + day - 1;
    Some(
        365 * march_year + march_year.div_euclid(4) - march_year.div_euclid(100)
            + march_year.div_euclid(400)
            + day_of_year
            - 719_468,
    )
}

trait Seconds {
    fn to_seconds(self) -> i64;
}

impl Seconds for Date {
    fn to_seconds(self) -> i64 {
        let epoch = Date::constant(1970, 1, 1);
        let days = (self - epoch).get_days();
        i64::from(days) * SECONDS_A_DAY
    }
}

fn at_midnight(date: Date) -> Moment {
    Moment {
        seconds: date.to_seconds(),
        zone: None,
    }
}

fn split_clock(text: &str) -> (&str, Option<&str>) {
    match text.split_once(['T', 't', ' ']) {
        Some((date, clock)) => (date, Some(clock.trim())),
        None => (text, None),
    }
}

fn with_clock(date: Date, clock: Option<&str>) -> Option<Moment> {
    let Some(clock) = clock else {
        return Some(at_midnight(date));
    };
    let (clock, zone) = split_zone(clock)?;
    let mut pieces = clock.split(':');
    let hour = digits(pieces.next()?, 2)?;
    let minute = digits(pieces.next()?, 2)?;
    let second = match pieces.next() {
        Some(second) => digits(second.split(['.', ',']).next()?, 2)?,
        None => 0,
    };
    if pieces.next().is_some() {
        return None;
    }
    let time = Time::new(hour, minute, second, 0).ok()?;
    let whole = DateTime::from_parts(date, time);
    let of_day = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second);
    Some(Moment {
        seconds: whole.date().to_seconds() + of_day,
        zone,
    })
}

/// The clock without its zone, and the zone in minutes ahead of UTC.
fn split_zone(clock: &str) -> Option<(&str, Option<i32>)> {
    if let Some(clock) = clock.strip_suffix(['Z', 'z']) {
        return Some((clock.trim_end(), Some(0)));
    }
    if let Some(clock) = clock.strip_suffix("UTC") {
        return Some((clock.trim_end(), Some(0)));
    }
    let Some(at) = clock.rfind(['+', '-']) else {
        return Some((clock, None));
    };
    let (clock, offset) = clock.split_at(at);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let offset: String = offset[1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match offset.len() {
        2 => (offset.as_str(), "0"),
        4 => offset.split_at(2),
        _ => return None,
    };
    let hours: i8 = digits(hours, 2)?;
    let minutes: i8 = digits(minutes, 2)?;
    Some((
        clock.trim_end(),
        Some(sign * (i32::from(hours) * 60 + i32::from(minutes))),
    ))
}

fn parts<'t>(date: &'t str, separators: &[char]) -> Option<[&'t str; 3]> {
    let separator = date.chars().find(|c| separators.contains(c))?;
    let mut pieces = date.split(separator);
    let found = [pieces.next()?, pieces.next()?, pieces.next()?];
    pieces.next().is_none().then_some(found)
}

fn date_of(year: &str, year_digits: usize, month: &str, day: &str) -> Option<Date> {
    if year.len() != year_digits {
        return None;
    }
    Date::new(digits(year, 4)?, digits(month, 2)?, digits(day, 2)?).ok()
}

/// One to `most` digits as a number.
fn digits<T: std::str::FromStr>(text: &str, most: usize) -> Option<T> {
    let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn usual_moments_are_read_as_any_others(
            text in "[0-9]{4}[-/][01][0-9][-/][0-3][0-9]([T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9])?)?",
            turned in "[0-3][0-9][./-][0-3][0-9][./-][0-9]{4}( [0-2][0-9]:[0-5][0-9])?"
        ) {
            for (pattern, text) in [
                (Pattern::YearFirst, &text),
                (Pattern::DayFirst, &turned),
                (Pattern::MonthFirst, &turned),
            ] {
                let text = text.as_bytes();
                prop_assert_eq!(pattern.usual(text), pattern.any(text));
            }
        }
    }

    #[test]
    fn moments_are_read_by_their_pattern() {
        for (pattern, text, expected) in [
            (Pattern::YearFirst, "1970-01-02", Some((86_400, None))),
            (Pattern::YearFirst, "1970/01/02 00:01", Some((86_460, None))),
            (
                Pattern::YearFirst,
                "1970-01-01T01:00:05.25Z",
                Some((3_605, Some(0))),
            ),
            (
                Pattern::YearFirst,
                "1970-01-01 01:00:00+02:00",
                Some((3_600, Some(120))),
            ),
            (Pattern::YearFirst, "1969-12-31", Some((-86_400, None))),
            (Pattern::YearFirst, "2023-02-29", None),
            (Pattern::YearFirst, "1970-01-01 25:00", None),
            (Pattern::DayFirst, "02.01.1970", Some((86_400, None))),
            (Pattern::MonthFirst, "1/2/1970", Some((86_400, None))),
            (Pattern::DayFirst, "1/13/1970", None),
            (Pattern::Month, "1970-02", Some((31 * 86_400, None))),
            (Pattern::Quarter, "1970Q2", Some((90 * 86_400, None))),
            (Pattern::Quarter, "1970-Q5", None),
            (Pattern::YearFirst, "70-01-01", None),
        ] {
            let found = pattern.parse(text.as_bytes()).map(|m| (m.seconds, m.zone));
            assert_eq!(found, expected, "{text}");
        }
    }
}
