//! Parts become columns with their kinds.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use super::build::{Building, Part, Partial, Stray};
use super::guess::Guess;
use super::{Warning, warning};
use crate::data::{Column, Kind, MISSING_CODE, Table, Values};

/// Above this share of values that do not fit, a column holds names after all.
const MOST_STRAYS: f64 = 0.01;

/// Words that read as yes and no.
const BOOLEANS: [[&str; 2]; 6] = [
    ["yes", "no"],
    ["true", "false"],
    ["y", "n"],
    ["t", "f"],
    ["on", "off"],
    ["ja", "nein"],
];

/// Columns that do not keep what was guessed of them and have to be read as names.
pub(super) fn broken_promises(parts: &[Part<'_>], columns: usize) -> Vec<usize> {
    (0..columns)
        .filter(|column| {
            let all = || parts.iter().map(|part| &part.columns[*column]);
            let strays: usize = all().map(|building| building.strays).sum();
            let codes: usize = all().map(|building| building.codes).sum();
            let filled: usize = all().map(Building::filled).sum::<usize>() + strays;
            codes > 0 || strays as f64 > MOST_STRAYS * filled as f64
        })
        .collect()
}

/// Joins the parts in their order.
pub(super) fn merge(
    text: &str,
    header: &[String],
    guesses: &[Guess],
    parts: Vec<Part<'_>>,
) -> Table {
    let rows = parts.iter().map(|part| part.rows).sum();
    let mut by_column: Vec<Vec<Building<'_>>> = header.iter().map(|_| Vec::new()).collect();
    for part in parts {
        for (column, building) in by_column.iter_mut().zip(part.columns) {
            column.push(building);
        }
    }
    let mut notes = Vec::new();
    let columns = header
        .iter()
        .zip(guesses)
        .zip(by_column)
        .map(|((name, guess), parts)| column(text, name, *guess, rows, parts, &mut notes))
        .collect();
    Table {
        columns,
        rows,
        notes,
        ..Table::default()
    }
}

/// Whether the zones (in minutes) are those of one place with summer time.
fn is_one_place(zones: &BTreeSet<Option<i32>>) -> bool {
    let known: Vec<i32> = zones.iter().copied().flatten().collect();
    zones.len() == 2 && matches!(known[..], [winter, summer] if summer - winter == 60)
}

fn column(
    text: &str,
    name: &str,
    guess: Guess,
    rows: usize,
    parts: Vec<Building<'_>>,
    notes: &mut Vec<Warning>,
) -> Column {
    let missing_words: BTreeSet<String> = parts
        .iter()
        .flat_map(|part| part.missing_words.iter().cloned())
        .collect();
    let strays: usize = parts.iter().map(|part| part.strays).sum();
    let zones: BTreeSet<Option<i32>> = parts
        .iter()
        .flat_map(|part| part.zones.iter().copied())
        .collect();
    if let Some(first) = parts.iter().find_map(|part| part.examples.first()) {
        notes.push(stray_note(text, name, guess, strays, first));
    }
    if is_one_place(&zones) {
        notes.push(warning(
            "moved-clocks",
            Some(name),
            "moments are written with two time zones an hour apart, as clocks are that are moved \
             twice a year; they were read by their own clocks"
                .to_owned(),
            "nothing, if they come from one place; else write all moments in one time zone",
        ));
    } else if zones.len() > 1 {
        notes.push(warning(
            "mixed-time-zones",
            Some(name),
            format!(
                "moments are written with {} different time zones; they were read by their own clocks",
                zones.len()
            ),
            "write all moments in one time zone",
        ));
    }
    if let Guess::Moment {
        ambiguous: true, ..
    } = guess
    {
        notes.push(warning(
            "day-or-month-first",
            Some(name),
            "every date reads both with the day and with the month first; the day was taken first"
                .to_owned(),
            "write dates as year-month-day",
        ));
    }
    let values = join(parts, rows);
    let (kind, mut why) = kind(&values, guess, rows);
    if !missing_words.is_empty() {
        let words: Vec<String> = missing_words.iter().take(4).cloned().collect();
        why = format!("{why}; {} counts as missing", words.join(", "));
    }
    Column {
        name: name.to_owned(),
        kind,
        why,
        values,
    }
}

fn stray_note(text: &str, name: &str, guess: Guess, strays: usize, first: &Stray<'_>) -> Warning {
    let line = 1 + text.as_bytes()[..first.at]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    let expected = match guess {
        Guess::Number => "a number",
        Guess::Moment { .. } | Guess::Name => "a date",
    };
    warning(
        "stray-values",
        Some(name),
        format!(
            "{strays} values are not {expected} as the others are, the first is \u{201c}{}\u{201d} \
             in line {line}; they count as missing",
            first.text
        ),
        "correct them, or leave them empty",
    )
}

fn join(parts: Vec<Building<'_>>, rows: usize) -> Values {
    let mut numbers = Vec::new();
    let mut moments = Vec::new();
    let mut codes: Vec<u32> = Vec::new();
    let mut levels: Vec<String> = Vec::new();
    let mut known: HashMap<Cow<'_, str>, u32> = HashMap::new();
    let only = |all: &mut Vec<f64>, part: Vec<f64>| {
        if all.is_empty() {
            *all = part;
        } else {
            all.extend(part);
        }
    };
    for part in parts {
        match part.values {
            Partial::Number(part) => only(&mut numbers, part),
            Partial::Moment(part) => moments.extend(part),
            Partial::Name {
                codes: part_codes,
                levels: part_levels,
                known: _,
            } => {
                let renamed: Vec<u32> = part_levels
                    .into_iter()
                    .map(|level| {
                        if let Some(code) = known.get(&level) {
                            return *code;
                        }
                        let code = levels.len() as u32;
                        levels.push(level.clone().into_owned());
                        known.insert(level, code);
                        code
                    })
                    .collect();
                codes.extend(part_codes.into_iter().map(|code| {
                    if code == MISSING_CODE {
                        MISSING_CODE
                    } else {
                        renamed[code as usize]
                    }
                }));
            }
        }
    }
    if numbers.len() == rows {
        Values::Number(numbers)
    } else if moments.len() == rows {
        Values::Date(moments)
    } else {
        Values::Category { codes, levels }
    }
}

/// What the values are, and why.
fn kind(values: &Values, guess: Guess, rows: usize) -> (Kind, String) {
    match values {
        Values::Number(numbers) if numbers.iter().all(|value| value.is_nan()) => {
            (Kind::Number, "there is no value in it".to_owned())
        }
        Values::Number(_) => (Kind::Number, "its values read as numbers".to_owned()),
        Values::Date(_) => {
            let written = match guess {
                Guess::Moment { pattern, .. } => pattern.label(),
                Guess::Number | Guess::Name => "dates",
            };
            (
                Kind::Date,
                format!("its values read as dates, written {written}"),
            )
        }
        Values::Category { codes, levels } => {
            let filled = codes.iter().filter(|code| **code != MISSING_CODE).count();
            if is_boolean(levels) {
                return (
                    Kind::Boolean,
                    format!("its values are {}", levels.join(" and ")),
                );
            }
            let words: usize = levels
                .iter()
                .map(|level| level.split_whitespace().count())
                .sum();
            let distinct = levels.len();
            if distinct > 20 && 2 * distinct > filled && words >= 3 * distinct {
                return (
                    Kind::Text,
                    format!("{distinct} different texts of several words in {rows} rows"),
                );
            }
            (Kind::Category, format!("{distinct} different names"))
        }
    }
}

fn is_boolean(levels: &[String]) -> bool {
    let lower: Vec<String> = levels.iter().map(|level| level.to_lowercase()).collect();
    !lower.is_empty()
        && lower.len() <= 2
        && BOOLEANS
            .iter()
            .any(|pair| lower.iter().all(|level| pair.contains(&level.as_str())))
}
