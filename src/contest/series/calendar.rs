//! Days, months and weekdays of the proleptic Gregorian calendar, from seconds since 1970.
//!
//! Conversions after Hinnant, *chrono-Compatible Low-Level Date Algorithms*
//! (2021). Moments are as written, without a time zone.

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// A moment is a count of seconds since 1970-01-01T00:00:00.
pub(super) type Moment = i64;

/// Days since 1970-01-01 of the day that the moment lies in.
pub(super) const fn day_of(moment: Moment) -> i64 {
    moment.div_euclid(DAY)
}

/// Year, month (1 to 12) and day of the month (1 to 31).
pub(super) const fn date_of(day: i64) -> (i64, i64, i64) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let date = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, date)
}

/// Days since 1970-01-01 of a date.
pub(super) const fn day_from(year: i64, month: i64, date: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let shifted_month = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * shifted_month + 2) / 5 + date - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Months since January 1970.
pub(super) const fn month_index(moment: Moment) -> i64 {
    let (year, month, _) = date_of(day_of(moment));
    (year - 1970) * 12 + month - 1
}

/// 0 on a Monday to 6 on a Sunday.
pub(super) const fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// Monday-to-Friday days since Monday 1969-12-29; a day of the weekend counts as its Friday.
pub(super) const fn business_day(day: i64) -> i64 {
    let weekday = weekday(day);
    let within = if weekday > 4 { 4 } else { weekday };
    (day + 3).div_euclid(7) * 5 + within
}

/// The share of the year that has passed at the moment, 0 to 1.
pub(super) fn share_of_year(moment: Moment) -> f64 {
    let (year, _, _) = date_of(day_of(moment));
    let start = day_from(year, 1, 1) * DAY;
    let end = day_from(year + 1, 1, 1) * DAY;
    (moment - start) as f64 / (end - start) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_days_are_inverse() {
        for (day, date) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (11_016, (2000, 2, 29)),
            (-135_140, (1600, 1, 1)),
            (20_781, (2026, 11, 24)),
        ] {
            assert_eq!(date_of(day), date);
            assert_eq!(day_from(date.0, date.1, date.2), day);
        }
        for day in (-800_000..800_000).step_by(97) {
            let (year, month, date) = date_of(day);
            assert_eq!(day_from(year, month, date), day);
        }
    }

    #[test]
    fn weekdays_and_business_days_follow_the_week() {
        assert_eq!(weekday(0), 3, "1970-01-01 was a Thursday");
        let monday = day_from(2026, 11, 23);
        assert_eq!(weekday(monday), 0);
        assert_eq!(business_day(monday + 7) - business_day(monday), 5);
        assert_eq!(business_day(monday + 5), business_day(monday + 4));
        assert!((share_of_year(day_from(2026, 7, 2) * DAY) - 0.5).abs() < 0.003);
    }
}
