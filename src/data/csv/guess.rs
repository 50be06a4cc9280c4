//! What a column holds: a guess from its first rows, settled by all of them.

use super::dialect::Dialect;
use super::moment::Pattern;
use super::number;
use super::scan::{Field, Scanner};

/// Rows that are looked at for a guess.
const SAMPLE: usize = 2_000;

/// Above this share of values that do not fit, a column holds something else.
pub(super) const MOST_STRAYS: f64 = 0.01;

/// What a column promises to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// Numbers, but for a few strays.
    Number,
    /// Moments of one pattern, and whether day and month cannot be told apart.
    Moment { pattern: Pattern, ambiguous: bool },
    /// Names, and anything else; and whether they would be numbers, were some
    /// of them not written like codes.
    Name { codes: bool },
}

/// What the first rows tell.
pub(super) struct Guesses {
    /// What each column holds, it seems.
    pub(super) columns: Vec<Guess>,
    /// Bytes of a record on average, at least one.
    pub(super) record: usize,
}

/// Looks at the first rows. The guess decides what is tried first, never what
/// comes out in the end.
pub(super) fn guess(text: &str, body: usize, dialect: Dialect, width: usize) -> Guesses {
    let mut scanner = Scanner::new(text.as_bytes(), (body, text.len()), dialect.separator);
    let mut sample: Vec<Vec<Field>> = Vec::new();
    let mut fields = Vec::new();
    while sample.len() < SAMPLE && matches!(scanner.next(&mut fields), Ok(Some(_))) {
        sample.push(fields.clone());
    }
    let columns = (0..width)
        .map(|column| {
            let cells: Vec<_> = sample
                .iter()
                .filter_map(|row| row.get(column))
                .map(|field| field.bytes(text))
                .collect();
            settle(cells.iter().map(|bytes| (bytes.as_ref(), 1)), dialect)
        })
        .collect();
    Guesses {
        columns,
        record: (scanner.position() - body) / sample.len().max(1),
    }
}

/// What values hold that stand in so many rows each: numbers or moments where
/// nearly all of them read as such, the pattern that fits most of them where
/// several do.
pub(super) fn settle<'v>(
    values: impl Iterator<Item = (&'v [u8], usize)> + Clone,
    dialect: Dialect,
) -> Guess {
    let present = values.filter(|(bytes, _)| !number::is_missing_number(bytes));
    let rows: usize = present.clone().map(|(_, rows)| rows).sum();
    let most = MOST_STRAYS * rows as f64;
    let strays = |fits: &dyn Fn(&[u8]) -> bool| {
        let mut strays = 0;
        for (bytes, rows) in present.clone() {
            if !fits(bytes) {
                strays += rows;
                if strays as f64 > most {
                    return None;
                }
            }
        }
        Some(strays)
    };
    let are_numbers = strays(&|bytes| number::read(bytes, dialect.decimal).is_some()).is_some();
    let codes = are_numbers
        && present.clone().any(|(bytes, _)| {
            number::read(bytes, dialect.decimal).is_some_and(|number| number.is_code)
        });
    if are_numbers && !codes {
        return Guess::Number;
    }
    let fits = Pattern::ALL.map(|pattern| strays(&|bytes| pattern.parse(bytes).is_some()));
    let best = Pattern::ALL
        .into_iter()
        .zip(fits)
        .filter_map(|(pattern, strays)| Some((pattern, strays?)))
        .min_by_key(|(_, strays)| *strays);
    match best {
        Some((pattern, strays)) => Guess::Moment {
            pattern,
            ambiguous: pattern == Pattern::DayFirst && fits[2] == Some(strays),
        },
        None => Guess::Name { codes },
    }
}
