//! Series on the command line: what is refused, with its place, and what is said instead.

use std::fs;

use super::bad_input::check;
use super::{dataset, mlfit};

const FORECAST: [&str; 8] = [
    "bench",
    "a.csv",
    "--target",
    "value",
    "--time",
    "when",
    "--horizon",
    "2",
];

/// A file of moments and values.
fn file<'a>(rows: impl IntoIterator<Item = (String, &'a str)>) -> Vec<u8> {
    let lines = rows
        .into_iter()
        .map(|(when, value)| format!("{when},{value}\n"));
    ["when,value\n".to_owned()]
        .into_iter()
        .chain(lines)
        .collect::<String>()
        .into_bytes()
}

/// The first of each month from January of a year on.
fn months(year: usize, count: usize) -> impl Iterator<Item = String> {
    (0..count).map(move |month| format!("{}-{:02}-01", year + month / 12, month % 12 + 1))
}

/// Values that change, such as nobody would call a pattern.
const VALUES: [&str; 11] = ["7", "3", "9", "4", "8", "1", "6", "2", "9", "5", "3"];

fn values() -> impl Iterator<Item = &'static str> {
    VALUES.into_iter().cycle()
}

/// Runs a forecast of these rows, which has to be refused with a code and a place.
fn refused(rows: Vec<(String, &str)>, code: &str, place: &str) {
    check(&file(rows), &FORECAST, code, place);
}

#[test]
fn two_rows() {
    refused(
        months(2020, 2).zip(values()).collect(),
        "series-too-short",
        "a.csv",
    );
    refused(
        months(2020, 1).zip(values()).collect(),
        "series-too-short",
        "a.csv",
    );
}

#[test]
fn values_that_never_change() {
    let rows = months(2020, 60).map(|when| (when, "5")).collect();
    refused(rows, "constant-series", "a.csv");
}

#[test]
fn few_missing_values_are_gaps_and_many_are_refused() {
    let with_gaps = |every: usize| -> Vec<(String, &str)> {
        months(2020, 60)
            .zip(values())
            .enumerate()
            .map(|(row, (when, value))| (when, if row % every == 1 { "NA" } else { value }))
            .collect()
    };
    refused(with_gaps(2), "too-many-gaps", "a.csv:3:2");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.csv"), file(with_gaps(10))).unwrap();
    let words = [&FORECAST[..], &["--json"]].concat();
    let evidence = mlfit(folder.path(), &words).json();
    let warnings = evidence["warnings"].as_array().unwrap();
    assert!(
        warnings.iter().any(|warning| warning["code"] == "gaps"),
        "{warnings:?}"
    );
    assert_eq!(evidence["rows"], 54);
}

#[test]
fn what_is_not_a_number() {
    for (value, code) in [
        ("NaN", "not-a-number"),
        ("inf", "bad-target"),
        ("3,5 kg", "bad-target"),
    ] {
        let rows = months(2020, 60)
            .zip(values())
            .enumerate()
            .map(|(row, (when, known))| {
                let quoted = if value.contains(',') {
                    "\"3,5 kg\""
                } else {
                    value
                };
                (when, if row == 20 { quoted } else { known })
            })
            .collect();
        refused(rows, code, "a.csv:22:2");
    }
}

#[test]
fn a_moment_that_is_a_word() {
    let rows = months(2020, 60)
        .zip(values())
        .enumerate()
        .map(|(row, (when, value))| {
            (
                if row == 20 {
                    "yesterday".to_owned()
                } else {
                    when
                },
                value,
            )
        })
        .collect();
    refused(rows, "bad-moment", "a.csv:22:1");
}

#[test]
fn a_split_that_is_not_for_series() {
    let folder = tempfile::tempdir().unwrap();
    let rows = months(2020, 60).zip(values());
    fs::write(folder.path().join("a.csv"), file(rows)).unwrap();
    let words = [&FORECAST[..], &["--split", "holdout"]].concat();
    let run = mlfit(folder.path(), &words);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr
            .starts_with("error: forecasts are judged from successive origins"),
        "{}",
        run.stderr
    );
}

#[test]
fn no_value_at_all() {
    let rows = months(2020, 60).map(|when| (when, "")).collect();
    refused(rows, "no-target-values", "a.csv:1:2");
}

#[test]
fn texts_for_a_target() {
    let rows = months(2020, 60)
        .zip(["low", "high", "middle"].into_iter().cycle())
        .collect();
    refused(rows, "bad-target", "a.csv:1:2");
}

#[test]
fn months_and_then_days() {
    let days = (1..=20).map(|day| format!("2023-05-{day:02}"));
    let rows = months(2020, 40).chain(days).zip(values()).collect();
    refused(rows, "mixed-frequencies", "a.csv:43:1");
}

#[test]
fn a_moment_that_is_missing() {
    let rows = months(2020, 60)
        .zip(values())
        .enumerate()
        .map(|(row, (when, value))| (if row == 8 { String::new() } else { when }, value))
        .collect();
    refused(rows, "moment-missing", "a.csv:10:1");
}

#[test]
fn values_from_the_future() {
    // the first of these months that has not come yet is far from any today
    let rows = months(2996, 60).zip(values()).collect();
    refused(rows, "future-timestamp", "a.csv:2:1");
    let mut years: Vec<(String, &str)> = (1980..2020)
        .map(|year| year.to_string())
        .zip(values())
        .collect();
    years.push(("2199".to_owned(), "4"));
    refused(years, "future-timestamp", "a.csv:42:1");
}

#[test]
fn rows_to_come_without_a_value_are_welcome() {
    let folder = tempfile::tempdir().unwrap();
    let past = (1960..2020).map(|year| year.to_string()).zip(values());
    let to_come = (2020..2060).map(|year| (year.to_string(), ""));
    fs::write(folder.path().join("a.csv"), file(past.chain(to_come))).unwrap();
    let words = [&FORECAST[..], &["--json"]].concat();
    let evidence = mlfit(folder.path(), &words).json();
    assert_eq!(evidence["rows"], 60);
}

#[test]
fn several_time_zones() {
    let hours = |zone: fn(usize) -> &'static str| -> Vec<(String, &'static str)> {
        (0..96)
            .map(|hour| {
                format!(
                    "2024-03-{:02}T{:02}:00:00{}",
                    hour / 24 + 4,
                    hour % 24,
                    zone(hour)
                )
            })
            .zip(values())
            .collect()
    };
    let mixed = hours(|hour| if hour < 50 { "+01:00" } else { "-05:00" });
    refused(mixed, "mixed-time-zones", "a.csv:1:1");
    let unnamed = hours(|hour| if hour < 50 { "Z" } else { "" });
    refused(unnamed, "mixed-time-zones", "a.csv:1:1");
    // clocks that are moved twice a year are one place's clocks
    let folder = tempfile::tempdir().unwrap();
    let summer = hours(|hour| if hour < 50 { "+01:00" } else { "+02:00" });
    fs::write(folder.path().join("a.csv"), file(summer)).unwrap();
    let words = [&FORECAST[..], &["--json"]].concat();
    let evidence = mlfit(folder.path(), &words).json();
    let warnings = evidence["warnings"].as_array().unwrap();
    assert!(
        warnings
            .iter()
            .any(|warning| warning["code"] == "moved-clocks"),
        "{warnings:?}"
    );
}

#[test]
fn one_series_is_told_about_its_own_points() {
    let folder = tempfile::tempdir().unwrap();
    for (name, target, time, horizon) in [
        ("air-passengers.csv", "passengers_thousands", "month", "12"),
        ("nile.csv", "volume", "year", "1"),
    ] {
        let file = dataset(name);
        let words = [
            "bench",
            &file,
            "--target",
            target,
            "--time",
            time,
            "--horizon",
            horizon,
            "--json",
        ];
        let evidence = mlfit(folder.path(), &words).json();
        let found = &evidence["recommendation"];
        let says = found["says"].as_str().unwrap();
        assert!(!says.contains(" rows"), "{says}");
        let now = evidence["rows"].as_u64().unwrap();
        if let Some(needed) = found["rows_needed"].as_u64() {
            assert!(needed > now && needed <= 3 * now, "{needed} of {now}");
        }
    }
}

#[test]
fn who_asks_for_a_number_that_has_only_a_past_is_told_how_to_forecast_it() {
    let folder = tempfile::tempdir().unwrap();
    let series = dataset("air-passengers.csv");
    let words = ["bench", &series, "--target", "passengers_thousands"];
    let shown = mlfit(folder.path(), &words);
    let printed = shown.text();
    let command = printed
        .lines()
        .find(|line| line.contains("--horizon 12"))
        .unwrap_or_else(|| panic!("{printed}"));
    assert!(command.contains("--time month --horizon"), "{printed}");
    let table = dataset("diabetes.csv");
    let shown = mlfit(folder.path(), &["bench", &table, "--target", "progression"]);
    assert!(!shown.text().contains("--horizon"), "{}", shown.text());
}
