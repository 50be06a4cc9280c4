//! How far apart the points of a series are, inferred from their moments.
//!
//! Differences between neighbouring moments are sorted into classes (seconds,
//! days, months …) and the most frequent class wins. A frequency then is a
//! ruler: it gives every moment a whole number, its position, or says that the
//! moment lies between two marks.

use std::collections::BTreeMap;

use super::calendar::{self, DAY, Moment};

/// An hour, by which clocks are moved twice a year.
const HOUR: i64 = 3_600;

/// The distance between neighbouring points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    /// So many seconds: minutes, hours, days, weeks.
    Seconds(i64),
    /// From Monday to Friday.
    BusinessDays,
    /// So many months: months, quarters, years.
    Months(i64),
    /// Plain numbers so far apart, which are no moments.
    Numbers(i64),
}

/// What the differences of one kind of moments look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Spacing {
    Seconds(i64),
    Months(i64),
}

impl Frequency {
    /// The frequency of moments, each list ascending and without repetition,
    /// one a series; `None` where no series has two.
    pub(super) fn infer(series: &[Vec<Moment>]) -> Option<Self> {
        let mut counts: BTreeMap<Spacing, usize> = BTreeMap::new();
        for moments in series {
            for pair in moments.windows(2) {
                *counts.entry(Spacing::of(pair[0], pair[1])).or_default() += 1;
            }
        }
        // of equally frequent ones the shortest
        let mut best: Option<(Spacing, usize)> = None;
        for (spacing, count) in counts {
            if best.is_none_or(|(_, most)| count > most) {
                best = Some((spacing, count));
            }
        }
        let (spacing, _) = best?;
        Some(match spacing {
            Spacing::Seconds(DAY) if never_on_weekends(series) => Self::BusinessDays,
            Spacing::Seconds(seconds) => Self::Seconds(seconds),
            Spacing::Months(1) if four_weekly(series) => Self::Seconds(28 * DAY),
            Spacing::Months(months) => Self::Months(months),
        })
    }

    /// The frequency of plain ascending numbers: their most frequent distance.
    pub(super) fn of_numbers(series: &[Vec<Moment>]) -> Option<Self> {
        let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
        for pair in series.iter().flat_map(|numbers| numbers.windows(2)) {
            *counts.entry(pair[1] - pair[0]).or_default() += 1;
        }
        let most = counts.values().copied().max()?;
        counts
            .into_iter()
            .find(|(_, count)| *count == most)
            .map(|(distance, _)| Self::Numbers(distance))
    }

    /// Steps from `start` to `moment`, and whether the moment lies on a mark.
    /// Days and longer distances that a moved clock put off by an hour count
    /// as on their mark.
    pub(super) fn position(self, start: Moment, moment: Moment) -> (i64, bool) {
        match self {
            Self::Seconds(step) => {
                let distance = moment - start;
                let nearest = (distance + step / 2).div_euclid(step);
                let off = distance - nearest * step;
                let moved_clock = step >= DAY && off.abs() == HOUR;
                (nearest, off == 0 || moved_clock)
            }
            Self::Numbers(step) => {
                let distance = moment - start;
                (distance.div_euclid(step), distance.rem_euclid(step) == 0)
            }
            Self::BusinessDays => {
                let (first, day) = (calendar::day_of(start), calendar::day_of(moment));
                (
                    calendar::business_day(day) - calendar::business_day(first),
                    calendar::weekday(day) < 5,
                )
            }
            Self::Months(step) => {
                let months = calendar::month_index(moment) - calendar::month_index(start);
                (months.div_euclid(step), months.rem_euclid(step) == 0)
            }
        }
    }

    /// The moment so many steps after `start`.
    pub(super) fn moment(self, start: Moment, steps: i64) -> Moment {
        match self {
            Self::Seconds(step) | Self::Numbers(step) => start + steps * step,
            Self::BusinessDays => {
                let day = calendar::day_of(start);
                let first = calendar::business_day(day) + steps;
                let days = first.div_euclid(5) * 7 + first.rem_euclid(5) - 3;
                days * DAY + start.rem_euclid(DAY)
            }
            Self::Months(step) => {
                let (_, _, date) = calendar::date_of(calendar::day_of(start));
                let months = calendar::month_index(start) + steps * step;
                let (year, month) = (1970 + months.div_euclid(12), months.rem_euclid(12) + 1);
                let next =
                    calendar::day_from(year + i64::from(month == 12), month.rem_euclid(12) + 1, 1);
                let day = (calendar::day_from(year, month, 1) + date - 1).min(next - 1);
                day * DAY + start.rem_euclid(DAY)
            }
        }
    }

    /// How a moment is written.
    pub(super) fn label(self, moment: Moment) -> String {
        let (year, month, date) = calendar::date_of(calendar::day_of(moment));
        let seconds = moment.rem_euclid(DAY);
        let (hour, minute, second) = (seconds / HOUR, seconds / 60 % 60, seconds % 60);
        match self {
            Self::Numbers(_) => moment.to_string(),
            Self::Months(months) if months % 12 == 0 => format!("{year:04}"),
            Self::Months(months) if months % 3 == 0 => {
                format!("{year:04}-Q{}", (month - 1) / 3 + 1)
            }
            Self::Months(_) => format!("{year:04}-{month:02}"),
            Self::Seconds(step) if step % 60 != 0 => {
                format!("{year:04}-{month:02}-{date:02} {hour:02}:{minute:02}:{second:02}")
            }
            Self::Seconds(step) if step < DAY => {
                format!("{year:04}-{month:02}-{date:02} {hour:02}:{minute:02}")
            }
            Self::Seconds(_) | Self::BusinessDays => format!("{year:04}-{month:02}-{date:02}"),
        }
    }

    /// One step in words, such as "month" or "15 minutes".
    pub(super) fn word(self) -> String {
        let several = |count: i64, unit: &str| {
            if count == 1 {
                unit.to_owned()
            } else {
                format!("{count} {unit}s")
            }
        };
        match self {
            Self::Numbers(1) => "step".to_owned(),
            Self::Numbers(step) => format!("step of {step}"),
            Self::BusinessDays => "working day".to_owned(),
            Self::Months(months) if months % 12 == 0 => several(months / 12, "year"),
            Self::Months(3) => "quarter".to_owned(),
            Self::Months(months) => several(months, "month"),
            Self::Seconds(step) if step % (7 * DAY) == 0 => several(step / (7 * DAY), "week"),
            Self::Seconds(step) if step % DAY == 0 => several(step / DAY, "day"),
            Self::Seconds(step) if step % HOUR == 0 => several(step / HOUR, "hour"),
            Self::Seconds(step) if step % 60 == 0 => several(step / 60, "minute"),
            Self::Seconds(step) => several(step, "second"),
        }
    }

    /// Several steps in a word, such as "months"; "points" where one step has no word of its own.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Numbers(_) => "points",
            Self::BusinessDays => "working days",
            Self::Months(1) => "months",
            Self::Months(3) => "quarters",
            Self::Months(12) => "years",
            Self::Seconds(DAY) => "days",
            Self::Seconds(HOUR) => "hours",
            Self::Seconds(60) => "minutes",
            Self::Seconds(1) => "seconds",
            Self::Seconds(step) if step == 7 * DAY => "weeks",
            Self::Seconds(_) | Self::Months(_) => "points",
        }
    }

    /// Season lengths that the calendar suggests, in points, the usual one first.
    pub(super) fn periods(self) -> Vec<usize> {
        let whole = |long: i64, step: i64| {
            (long % step == 0 && long / step >= 2).then_some((long / step) as usize)
        };
        match self {
            Self::Numbers(_) => Vec::new(),
            Self::BusinessDays => vec![5],
            Self::Months(step) => whole(12, step).into_iter().collect(),
            Self::Seconds(step) if step == 7 * DAY => vec![52],
            Self::Seconds(DAY) => vec![7, 365],
            Self::Seconds(step) => [DAY, 7 * DAY, HOUR]
                .into_iter()
                .filter_map(|long| whole(long, step))
                .collect(),
        }
    }

    /// What a season of that many points is called: "month of last year".
    pub(super) fn same_as(self, period: usize) -> String {
        let span = match self {
            Self::Months(step) if step * period as i64 == 12 => "year",
            Self::Seconds(step) if step == 7 * DAY && period == 52 => "year",
            Self::Seconds(DAY) if period == 365 => "year",
            Self::BusinessDays if period == 5 => "week",
            Self::Seconds(step) if step * period as i64 == 7 * DAY => "week",
            Self::Seconds(step) if step * period as i64 == DAY => "day",
            Self::Seconds(step) if step * period as i64 == HOUR => "hour",
            Self::Seconds(_) | Self::Months(_) | Self::BusinessDays | Self::Numbers(_) => {
                return format!("point {period} {}s ago", self.word());
            }
        };
        format!("{} of the {span} before", self.word())
    }
}

impl Spacing {
    fn of(earlier: Moment, later: Moment) -> Self {
        let seconds = later - earlier;
        // a clock that was moved by an hour between two days
        let days = (seconds + HOUR).div_euclid(DAY);
        if days < 27 || (seconds - days * DAY).abs() > HOUR {
            let whole_days = days >= 1 && (seconds - days * DAY).abs() == HOUR;
            return Self::Seconds(if whole_days { days * DAY } else { seconds });
        }
        let months = calendar::month_index(later) - calendar::month_index(earlier);
        match days {
            28..=31 if months == 1 => Self::Months(1),
            59..=62 if months == 2 => Self::Months(2),
            89..=92 if months == 3 => Self::Months(3),
            120..=123 if months == 4 => Self::Months(4),
            181..=184 if months == 6 => Self::Months(6),
            _ if months > 0 && months % 12 == 0 && (days - months * 3_653 / 120).abs() <= 2 => {
                Self::Months(months)
            }
            _ => Self::Seconds(days * DAY),
        }
    }
}

fn never_on_weekends(series: &[Vec<Moment>]) -> bool {
    let mut weekends_crossed = false;
    for pair in series.iter().flat_map(|moments| moments.windows(2)) {
        let (first, second) = (calendar::day_of(pair[0]), calendar::day_of(pair[1]));
        if calendar::weekday(first) > 4 || calendar::weekday(second) > 4 {
            return false;
        }
        weekends_crossed |= calendar::weekday(second) < calendar::weekday(first);
    }
    weekends_crossed
}

/// Whether what looks like months is 28 days every time.
fn four_weekly(series: &[Vec<Moment>]) -> bool {
    series
        .iter()
        .flat_map(|moments| moments.windows(2))
        .filter(|pair| Spacing::of(pair[0], pair[1]) == Spacing::Months(1))
        .all(|pair| pair[1] - pair[0] == 28 * DAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(dates: &[(i64, i64, i64)]) -> Vec<Moment> {
        dates
            .iter()
            .map(|(year, month, date)| calendar::day_from(*year, *month, *date) * DAY)
            .collect()
    }

    fn every(step: i64, count: i64) -> Vec<Moment> {
        let start = calendar::day_from(2026, 11, 23) * DAY;
        (0..count).map(|index| start + index * step).collect()
    }

    #[test]
    fn the_usual_frequencies_are_recognised() {
        let month_ends = days(&[(2024, 1, 31), (2024, 2, 29), (2024, 3, 31), (2024, 4, 30)]);
        let quarters = days(&[(2023, 10, 1), (2024, 1, 1), (2024, 4, 1), (2024, 7, 1)]);
        let years = days(&[(1999, 1, 1), (2000, 1, 1), (2001, 1, 1)]);
        let fortnight: Vec<Moment> = (0..14)
            .map(|day| every(DAY, 14)[day])
            .filter(|moment| calendar::weekday(calendar::day_of(*moment)) < 5)
            .collect();
        for (moments, expected, word, period) in [
            (month_ends, Frequency::Months(1), "month", Some(12)),
            (quarters, Frequency::Months(3), "quarter", Some(4)),
            (years, Frequency::Months(12), "year", None),
            (every(DAY, 20), Frequency::Seconds(DAY), "day", Some(7)),
            (
                every(7 * DAY, 9),
                Frequency::Seconds(7 * DAY),
                "week",
                Some(52),
            ),
            (every(HOUR, 30), Frequency::Seconds(HOUR), "hour", Some(24)),
            (
                every(900, 30),
                Frequency::Seconds(900),
                "15 minutes",
                Some(96),
            ),
            (fortnight, Frequency::BusinessDays, "working day", Some(5)),
            (
                every(28 * DAY, 30),
                Frequency::Seconds(28 * DAY),
                "4 weeks",
                None,
            ),
        ] {
            let found = Frequency::infer(std::slice::from_ref(&moments)).unwrap();
            assert_eq!(found, expected);
            assert_eq!(found.word(), word);
            assert_eq!(found.periods().first().copied(), period);
            for (index, moment) in moments.iter().enumerate() {
                let at = found.position(moments[0], *moment);
                assert_eq!(at, (index as i64, true), "{found:?}");
                if word != "month" {
                    assert_eq!(found.moment(moments[0], index as i64), *moment);
                }
            }
        }
    }

    #[test]
    fn a_moved_clock_does_not_move_a_day() {
        let mut moments = every(DAY, 30);
        for moment in &mut moments[12..] {
            *moment -= HOUR;
        }
        let found = Frequency::infer(std::slice::from_ref(&moments)).unwrap();
        assert_eq!(found, Frequency::Seconds(DAY));
        assert_eq!(found.position(moments[0], moments[20]), (20, true));
    }

    #[test]
    fn a_moment_between_two_marks_is_told() {
        let monthly = Frequency::Seconds(7 * DAY);
        let start = every(DAY, 1)[0];
        assert!(!monthly.position(start, start + 3 * DAY).1);
        assert_eq!(Frequency::Months(1).label(start), "2026-11");
        assert_eq!(Frequency::Months(3).label(start), "2026-Q4");
        assert_eq!(Frequency::Numbers(2).label(7), "7");
    }
}
