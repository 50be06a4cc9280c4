//! Moments as text, and their parts.

use jiff::civil::{DateTime, date};

fn epoch() -> DateTime {
    date(1970, 1, 1).at(0, 0, 0, 0)
}

/// The calendar's view of a moment; none outside the years −9999 to 9999.
fn calendar(seconds: i64) -> Option<DateTime> {
    epoch()
        .checked_add(jiff::SignedDuration::from_secs(seconds))
        .ok()
}

/// A moment written year first, with or without a time of day, without a zone.
/// Fractions of a second are cut off.
pub(super) fn read(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() > 40 {
        return None;
    }
    let moment: DateTime = text.parse().ok()?;
    Some(moment.duration_since(epoch()).as_secs_f64().floor() as i64)
}

/// Day and time of day as a database reads them, such as `2024-03-05` and
/// `14:30:00`; no time at midnight.
pub(super) fn write(seconds: i64) -> Option<(String, Option<String>)> {
    let moment = calendar(seconds)?;
    let clock = moment.time();
    let midnight = seconds.rem_euclid(86_400) == 0;
    let time = format!(
        "{:02}:{:02}:{:02}",
        clock.hour(),
        clock.minute(),
        clock.second()
    );
    Some((moment.date().to_string(), (!midnight).then_some(time)))
}

/// Year.
pub(super) fn year(seconds: i64) -> Option<f64> {
    calendar(seconds).map(|moment| f64::from(moment.year()))
}

/// Month, 1 to 12.
pub(super) fn month(seconds: i64) -> Option<f64> {
    calendar(seconds).map(|moment| f64::from(moment.month()))
}

/// Day of the week, 1 (Monday) to 7.
pub(super) fn weekday(seconds: i64) -> f64 {
    // 1970-01-01 was a Thursday
    (seconds.div_euclid(86_400).saturating_add(3).rem_euclid(7) + 1) as f64
}

/// Hour, 0 to 23.
pub(super) fn hour(seconds: i64) -> f64 {
    (seconds.rem_euclid(86_400) / 3600) as f64
}
