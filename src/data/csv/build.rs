//! The columns of one part of the file.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::Stopped;
use super::dialect::Dialect;
use super::guess::Guess;
use super::number;
use super::scan::{Field, Scanner};
use crate::data::{MISSING_CODE, MISSING_DATE};

/// Strays that are remembered with their place.
const KEPT_STRAYS: usize = 3;

/// The columns of one part.
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
    Name {
        codes: Vec<u32>,
        levels: Vec<Cow<'t, str>>,
        known: HashMap<Cow<'t, str>, u32, BuildHasherDefault<QuickHasher>>,
    },
}

/// Reads one part, whose bytes begin and end with a record; `is_whole` where
/// it is all there is.
pub(super) fn build<'t>(
    text: &'t str,
    range: (usize, usize),
    is_whole: bool,
    dialect: Dialect,
    guesses: &[Guess],
) -> Result<Part<'t>, Stopped> {
    let scanner = Scanner::new(text.as_bytes(), range, dialect.separator);
    let mut scanner = if is_whole { scanner } else { scanner.strict() };
    let width = guesses.len();
    let mut columns: Vec<Building<'t>> =
        guesses.iter().map(|guess| Building::new(*guess)).collect();
    let mut fields = Vec::with_capacity(width);
    let mut rows = 0;
    while let Some(at) = scanner.next(&mut fields)? {
        if fields.len() != width {
            return Err(Stopped::Ragged {
                at,
                found: fields.len(),
            });
        }
        for ((column, guess), field) in columns.iter_mut().zip(guesses).zip(&fields) {
            column.push(text, *guess, *field, dialect);
        }
        rows += 1;
    }
    Ok(Part { rows, columns })
}

impl<'t> Building<'t> {
    fn new(guess: Guess) -> Self {
        Self {
            values: match guess {
                Guess::Number => Partial::Number(Vec::new()),
                Guess::Moment { .. } => Partial::Moment(Vec::new()),
                Guess::Name => Partial::Name {
                    codes: Vec::new(),
                    levels: Vec::new(),
                    known: HashMap::default(),
                },
            },
            missing_words: BTreeSet::new(),
            strays: 0,
            examples: Vec::new(),
            codes: 0,
            zones: BTreeSet::new(),
        }
    }

    fn push(&mut self, text: &'t str, guess: Guess, field: Field, dialect: Dialect) {
        let bytes = field.bytes(text);
        match (&mut self.values, guess) {
            (Partial::Number(values), _) => {
                if let Some(value) = number::parse(&bytes, dialect.decimal_comma) {
                    self.codes += usize::from(number::has_leading_zero(&bytes));
                    values.push(value);
                } else {
                    values.push(f64::NAN);
                    self.unread(text, field, &bytes);
                }
            }
            (Partial::Moment(values), Guess::Moment { pattern, .. }) => {
                if let Some(moment) = pattern.parse(&bytes) {
                    values.push(moment.seconds);
                    self.zones.insert(moment.zone);
                } else {
                    values.push(MISSING_DATE);
                    self.unread(text, field, &bytes);
                }
            }
            (Partial::Moment(values), Guess::Number | Guess::Name) => values.push(MISSING_DATE),
            (Partial::Name { codes, .. }, _) if number::is_missing(&bytes) => {
                codes.push(MISSING_CODE);
                self.note_missing(&bytes);
            }
            (
                Partial::Name {
                    codes,
                    levels,
                    known,
                },
                _,
            ) => {
                let name = match field.text(text) {
                    Cow::Borrowed(name) => Cow::Borrowed(name.trim()),
                    Cow::Owned(name) => Cow::Owned(name.trim().to_owned()),
                };
                let code = if let Some(code) = known.get(name.as_ref()) {
                    *code
                } else {
                    let code = levels.len() as u32;
                    levels.push(name.clone());
                    known.insert(name, code);
                    code
                };
                codes.push(code);
            }
        }
    }

    /// Values that are there.
    pub(super) fn filled(&self) -> usize {
        match &self.values {
            Partial::Number(values) => values.iter().filter(|value| !value.is_nan()).count(),
            Partial::Moment(values) => values
                .iter()
                .filter(|moment| **moment != MISSING_DATE)
                .count(),
            Partial::Name { codes, .. } => {
                codes.iter().filter(|code| **code != MISSING_CODE).count()
            }
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
        let word = String::from_utf8_lossy(word).into_owned();
        self.missing_words.insert(word);
    }
}

/// A quick hash (the multiplicative one of Firefox); the order of a
/// dictionary never shows, because levels keep the order of first appearance.
#[derive(Default)]
pub(super) struct QuickHasher(u64);

impl Hasher for QuickHasher {
    fn finish(&self) -> u64 {
        self.0.rotate_left(26)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            let mut word = [0; 8];
            word.copy_from_slice(chunk);
            self.mix(u64::from_le_bytes(word));
        }
        let rest = chunks.remainder();
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.mix(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        self.mix(u64::from(byte));
    }
}

impl QuickHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}
