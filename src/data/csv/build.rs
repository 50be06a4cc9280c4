//! The columns of one part of the file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::Stopped;
use super::dialect::Dialect;
use super::guess::Guess;
use super::moment::{Moment, Pattern};
use super::names::Names;
use super::number;
use super::scan::{Field, Scanner};
use crate::data::MISSING_DATE;

/// Strays that are remembered with their place.
const KEPT_STRAYS: usize = 3;

/// What is read, and how.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    pub(super) dialect: Dialect,
    /// Fields of a record.
    pub(super) width: usize,
    /// Bytes of a record, about.
    pub(super) record: usize,
    /// The columns that are read.
    pub(super) wanted: &'a [Wanted],
}

/// A column that is read.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    pub(super) position: usize,
    /// What it is read as.
    pub(super) guess: Guess,
    /// Whether all of its values have been asked what it is.
    pub(super) is_settled: bool,
}

/// The wanted columns of one part.
pub(super) struct Part<'t> {
    pub(super) rows: usize,
    pub(super) columns: Vec<Building<'t>>,
}

/// One column of one part.
pub(super) struct Building<'t> {
    pub(super) values: Partial<'t>,
    /// Values that stand for nothing, other than empty ones.
    pub(super) missing_words: BTreeSet<String>,
    /// Values that did not fit.
    pub(super) strays: usize,
    /// The first of them.
    pub(super) examples: Vec<Stray<'t>>,
    /// Numbers written like codes ("0049").
    pub(super) codes: usize,
    /// The zones that moments named, `None` for those that named none.
    pub(super) zones: BTreeSet<Option<i32>>,
    /// Whether a date cannot be read with its month first.
    pub(super) is_day_first: bool,
    /// The first row of the part, among numbers, whose cell says NaN.
    pub(super) undefined: Option<usize>,
}

/// A value that did not fit, and its first byte in the text.
pub(super) struct Stray<'t> {
    pub(super) at: usize,
    pub(super) text: Cow<'t, str>,
}

/// Values of one part.
pub(super) enum Partial<'t> {
    Number(Vec<f64>),
    Moment(Vec<i64>),
    Name(Names<'t>),
}

/// Reads one part, whose bytes begin and end with a record; `is_whole` where
/// it is all there is.
pub(super) fn build<'t>(
    text: &'t str,
    range: (usize, usize),
    is_whole: bool,
    plan: Plan<'_>,
) -> Result<Part<'t>, Stopped> {
    let scanner = Scanner::new(text.as_bytes(), range, plan.dialect.separator);
    let mut scanner = if is_whole { scanner } else { scanner.strict() };
    let records = (range.1 - range.0) / plan.record.max(1);
    let expected = records + records / 16 + 16;
    let mut columns: Vec<Building<'t>> = plan
        .wanted
        .iter()
        .map(|wanted| Building::new(wanted.guess, expected))
        .collect();
    let mut fields = Vec::with_capacity(plan.width);
    let mut rows = 0;
    while let Some(at) = scanner.next(&mut fields)? {
        if fields.len() != plan.width {
            return Err(Stopped::Ragged {
                at,
                found: fields.len(),
            });
        }
        for (column, wanted) in columns.iter_mut().zip(plan.wanted) {
            column.push(text, wanted.guess, fields[wanted.position], plan.dialect);
        }
        rows += 1;
    }
    for column in &mut columns {
        if let Partial::Name(names) = &mut column.values {
            names.forget();
        }
    }
    Ok(Part { rows, columns })
}

impl<'t> Building<'t> {
    fn new(guess: Guess, expected: usize) -> Self {
        Self {
            values: match guess {
                Guess::Number => Partial::Number(Vec::with_capacity(expected)),
                Guess::Moment { .. } => Partial::Moment(Vec::with_capacity(expected)),
                Guess::Name { .. } => Partial::Name(Names::with_capacity(expected)),
            },
            missing_words: BTreeSet::new(),
            strays: 0,
            examples: Vec::new(),
            codes: 0,
            zones: BTreeSet::new(),
            is_day_first: false,
            undefined: None,
        }
    }

    fn push(&mut self, text: &'t str, guess: Guess, field: Field, dialect: Dialect) {
        match (&mut self.values, guess) {
            (Partial::Number(values), _) => {
                let bytes = field.bytes(text);
                if let Some(number) = number::read(&bytes, dialect.decimal) {
                    self.codes += usize::from(number.is_code);
                    values.push(number.value);
                } else {
                    if self.undefined.is_none() && bytes.trim_ascii().eq_ignore_ascii_case(b"nan") {
                        self.undefined = Some(values.len());
                    }
                    values.push(f64::NAN);
                    self.unread(text, field, &bytes);
                }
            }
            (Partial::Moment(values), Guess::Moment { pattern, ambiguous }) => {
                let bytes = field.bytes(text);
                if let Some(moment) = pattern.parse(&bytes) {
                    values.push(moment.seconds);
                    if ambiguous && !self.is_day_first {
                        self.is_day_first = Pattern::MonthFirst.parse(&bytes).is_none();
                    }
                    self.note_zone(moment);
                } else {
                    values.push(MISSING_DATE);
                    self.unread(text, field, &bytes);
                }
            }
            (Partial::Moment(values), Guess::Number | Guess::Name { .. }) => {
                values.push(MISSING_DATE);
            }
            (Partial::Name(names), _) => {
                if !names.push(text, field) {
                    self.note_missing(&field.bytes(text));
                }
            }
        }
    }

    /// Values that are there, of a column of numbers or moments.
    pub(super) fn filled(&self) -> usize {
        match &self.values {
            Partial::Number(values) => values.iter().filter(|value| !value.is_nan()).count(),
            Partial::Moment(values) => values
                .iter()
                .filter(|moment| **moment != MISSING_DATE)
                .count(),
            Partial::Name(_) => 0,
        }
    }

    /// A value that is no number or no moment.
    fn unread(&mut self, text: &'t str, field: Field, bytes: &[u8]) {
        if number::is_missing_number(bytes) {
            self.note_missing(bytes);
            return;
        }
        self.strays += 1;
        if self.examples.len() < KEPT_STRAYS {
            self.examples.push(Stray {
                at: field.start,
                text: field.text(text),
            });
        }
    }

    fn note_missing(&mut self, bytes: &[u8]) {
        let word = bytes.trim_ascii();
        if word.is_empty() {
            return;
        }
        let word = String::from_utf8_lossy(word);
        if !self.missing_words.contains(word.as_ref()) {
            self.missing_words.insert(word.into_owned());
        }
    }

    fn note_zone(&mut self, moment: Moment) {
        // nearly always the zone of the moment before
        if self.zones.last() != Some(&moment.zone) {
            self.zones.insert(moment.zone);
        }
    }
}
