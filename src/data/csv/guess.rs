//! What the first rows of each column look like.

use super::dialect::Dialect;
use super::moment::Pattern;
use super::number;
use super::scan::{Field, Scanner};

/// Rows that are looked at.
const SAMPLE: usize = 2_000;

/// What a column promises to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Guess {
    /// Numbers, but for a few strays.
    Number,
    /// Moments of one pattern, and whether day and month cannot be told apart.
    Moment { pattern: Pattern, ambiguous: bool },
    /// Names, and anything else.
    Name,
}

/// Looks at the first rows; for dates that read both ways at all of them.
pub(super) fn guess(text: &str, body: usize, dialect: Dialect, header: &[String]) -> Vec<Guess> {
    let sample = rows(text, body, dialect, SAMPLE);
    (0..header.len())
        .map(|column| {
            let cells = sample.iter().filter_map(|row| row.get(column));
            match of_cells(text, cells, dialect) {
                Guess::Moment {
                    ambiguous: true, ..
                } => {
                    let all = rows(text, body, dialect, usize::MAX);
                    of_cells(text, all.iter().filter_map(|row| row.get(column)), dialect)
                }
                guess => guess,
            }
        })
        .collect()
}

fn rows(text: &str, body: usize, dialect: Dialect, most: usize) -> Vec<Vec<Field>> {
    let mut scanner = Scanner::new(text.as_bytes(), (body, text.len()), dialect.separator);
    let mut sample = Vec::new();
    let mut fields = Vec::new();
    while sample.len() < most && matches!(scanner.next(&mut fields), Ok(Some(_))) {
        sample.push(fields.clone());
    }
    sample
}

fn of_cells<'f>(
    text: &str,
    cells: impl Iterator<Item = &'f Field> + Clone,
    dialect: Dialect,
) -> Guess {
    let present = cells
        .map(|field| field.bytes(text))
        .filter(|bytes| !number::is_missing_number(bytes));
    let mut count = 0;
    let mut numbers = 0;
    let mut codes = 0;
    let mut fits = [true; Pattern::ALL.len()];
    for bytes in present {
        count += 1;
        numbers += usize::from(number::parse(&bytes, dialect.decimal_comma).is_some());
        codes += usize::from(number::has_leading_zero(&bytes));
        for (fit, pattern) in fits.iter_mut().zip(Pattern::ALL) {
            *fit = *fit && pattern.parse(&bytes).is_some();
        }
    }
    // A column that is empty in the sample may be filled later.
    if count == 0 || (codes == 0 && numbers as f64 >= 0.95 * f64::from(count)) {
        return Guess::Number;
    }
    match Pattern::ALL.into_iter().zip(fits).find(|(_, fit)| *fit) {
        Some((pattern, _)) => Guess::Moment {
            pattern,
            ambiguous: pattern == Pattern::DayFirst && fits[2],
        },
        None => Guess::Name,
    }
}
