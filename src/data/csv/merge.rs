//! Parts of a column become a column with its kind.

use std::collections::BTreeSet;

use super::build::{Building, Partial, Stray, Wanted};
use super::dialect::Dialect;
use super::guess::{Guess, MOST_STRAYS, settle};
use super::names::Dictionary;
use super::{File, Warning, warning};
use crate::data::{Column, Kind, MISSING_CODE, Values};

/// Words that read as yes and no.
const BOOLEANS: [[&str; 2]; 6] = [
    ["yes", "no"],
    ["true", "false"],
    ["y", "n"],
    ["t", "f"],
    ["on", "off"],
    ["ja", "nein"],
];

/// A column and what was noticed in it.
pub(super) struct Merged {
    pub(super) column: Column,
    pub(super) notes: Vec<Warning>,
    /// The first row whose cell says NaN, among numbers.
    pub(super) undefined: Option<usize>,
}

/// Joins the parts of a column in their order.
///
/// # Errors
/// What the column should be read as instead: as names where it is not what
/// was guessed, as numbers or moments where all its names read as such.
pub(super) fn merge(
    file: &File<'_>,
    wanted: Wanted,
    parts: Vec<Building<'_>>,
) -> Result<Merged, Wanted> {
    let name = file.header[wanted.position].as_str();
    let mut guess = wanted.guess;
    if !wanted.is_settled {
        guess = kept(&parts, guess).ok_or(Wanted {
            guess: Guess::Name { codes: false },
            ..wanted
        })?;
    }
    let missing_words: BTreeSet<String> = parts
        .iter()
        .flat_map(|part| part.missing_words.iter().cloned())
        .collect();
    let notes = notes(file.text, name, guess, &parts);
    let undefined = first_undefined(&parts);
    let values = join(parts, file.rows);
    if let (Values::Category { codes, levels }, false) = (&values, wanted.is_settled) {
        guess = of_names(codes, levels, file.dialect);
        if !matches!(guess, Guess::Name { .. }) {
            return Err(Wanted {
                guess,
                is_settled: true,
                ..wanted
            });
        }
    }
    let (kind, mut why) = kind(&values, guess);
    if !missing_words.is_empty() {
        let words: Vec<String> = missing_words.iter().take(4).cloned().collect();
        why = format!("{why}; {} counts as missing", words.join(", "));
    }
    let name = name.to_owned();
    Ok(Merged {
        column: Column {
            name,
            kind,
            why,
            values,
        },
        notes,
        undefined,
    })
}

/// The first row of all parts, read as numbers, whose cell says NaN.
fn first_undefined(parts: &[Building<'_>]) -> Option<usize> {
    let mut before = 0;
    for part in parts {
        let Partial::Number(values) = &part.values else {
            return None;
        };
        if let Some(row) = part.undefined {
            return Some(before + row);
        }
        before += values.len();
    }
    None
}

/// The guess as all values bear it out, or nothing where they have to be asked one by one.
fn kept(parts: &[Building<'_>], guess: Guess) -> Option<Guess> {
    let strays: usize = parts.iter().map(|part| part.strays).sum();
    match guess {
        Guess::Number => {
            let codes: usize = parts.iter().map(|part| part.codes).sum();
            let filled: usize = parts.iter().map(Building::filled).sum::<usize>() + strays;
            (codes == 0 && strays as f64 <= MOST_STRAYS * filled as f64).then_some(guess)
        }
        Guess::Moment { pattern, ambiguous } => (strays == 0).then(|| Guess::Moment {
            pattern,
            ambiguous: ambiguous && !parts.iter().any(|part| part.is_day_first),
        }),
        Guess::Name { .. } => Some(guess),
    }
}

/// What names hold, by the rows of each.
fn of_names(codes: &[u32], levels: &[String], dialect: Dialect) -> Guess {
    let mut rows = vec![0; levels.len()];
    for code in codes.iter().filter(|code| **code != MISSING_CODE) {
        rows[*code as usize] += 1;
    }
    settle(
        levels
            .iter()
            .map(String::as_bytes)
            .zip(rows.iter().copied()),
        dialect,
    )
}

/// Whether the zones (in minutes) are those of one place with summer time.
fn is_one_place(zones: &BTreeSet<Option<i32>>) -> bool {
    let known: Vec<i32> = zones.iter().copied().flatten().collect();
    zones.len() == 2 && matches!(known[..], [winter, summer] if summer - winter == 60)
}

/// What a careful reader of the column should know.
fn notes(text: &str, name: &str, guess: Guess, parts: &[Building<'_>]) -> Vec<Warning> {
    let mut notes = Vec::new();
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
    notes
}

fn stray_note(text: &str, name: &str, guess: Guess, strays: usize, first: &Stray<'_>) -> Warning {
    let line = 1 + text.as_bytes()[..first.at]
        .iter()
        .filter(|byte| **byte == b'\n')
        .count();
    let expected = match guess {
        Guess::Number => "a number",
        Guess::Moment { .. } | Guess::Name { .. } => "a date",
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
    let mut known = Dictionary::default();
    for part in parts {
        match part.values {
            Partial::Number(part) => extend(&mut numbers, part, rows),
            Partial::Moment(part) => extend(&mut moments, part, rows),
            Partial::Name(mut part) => {
                let renamed: Vec<u32> = part
                    .levels
                    .into_iter()
                    .map(|level| {
                        known.get(level.as_bytes()).unwrap_or_else(|| {
                            let code = levels.len() as u32;
                            known.insert(level.clone(), code);
                            levels.push(level.into_owned());
                            code
                        })
                    })
                    .collect();
                for code in part.codes.iter_mut().filter(|code| **code != MISSING_CODE) {
                    *code = renamed[*code as usize];
                }
                extend(&mut codes, part.codes, rows);
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

/// Puts a part behind those before it; a first part that is all is taken as it is.
fn extend<T>(all: &mut Vec<T>, part: Vec<T>, rows: usize) {
    if part.len() == rows {
        *all = part;
    } else {
        all.reserve_exact(rows - all.len());
        all.extend(part);
    }
}

/// What the values are, and why.
fn kind(values: &Values, guess: Guess) -> (Kind, String) {
    match values {
        Values::Number(numbers) if numbers.iter().all(|value| value.is_nan()) => {
            (Kind::Number, "there is no value in it".to_owned())
        }
        Values::Number(_) => (Kind::Number, "its values read as numbers".to_owned()),
        Values::Date(_) => {
            let written = match guess {
                Guess::Moment { pattern, .. } => pattern.label(),
                Guess::Number | Guess::Name { .. } => "dates",
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
                    format!(
                        "{distinct} different texts of several words in {} rows",
                        codes.len()
                    ),
                );
            }
            let codes = if matches!(guess, Guess::Name { codes: true }) {
                ", written in digits as codes are: with a zero in front, or so many digits that \
                 numbers would be rounded"
            } else {
                ""
            };
            (Kind::Category, format!("{distinct} different names{codes}"))
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
