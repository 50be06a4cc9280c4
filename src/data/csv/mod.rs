//! Reading a CSV: bytes → text → fields → typed columns.
//!
//! The text is cut at line ends into parts that are read side by side; where a
//! part begins is decided by the parity of quotes before it, so the result
//! does not depend on the number of parts. What a column holds is guessed from
//! its first rows and settled by all of them: a column that does not keep what
//! the guess promised is read again as names, and names that are numbers or
//! moments after all are read again as these.

mod build;
mod cells;
mod dialect;
mod encoding;
mod guess;
mod merge;
mod moment;
mod names;
mod number;
mod scan;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use self::build::{Building, Part, Plan, Wanted, build};
use self::dialect::Dialect;
use self::guess::{Guess, guess};
use self::merge::{Merged, merge};
use self::scan::Scanner;
use super::table::{Column, Table, Values};
use super::warning::Warning;
use crate::problem::Problem;

pub use cells::{Cells, read_cells, write_cells};
pub use moment::{as_moments, is_moment};

/// Parts are not made smaller than this many bytes.
const SMALLEST_PART: usize = 1 << 18;

/// The most parts for each thread: enough that none waits long for the last.
const PARTS_A_THREAD: usize = 4;

/// Reads the bytes of a CSV file with a header line; `source` is the file as
/// the user named it.
///
/// # Errors
/// An empty file, one that is not text, a header without names or with equal
/// names, a line with more or fewer fields than the header, a quote that is
/// never closed; each with its line.
pub fn read_csv(bytes: &[u8], source: &str) -> Result<Table, Problem> {
    read_in_parts(bytes, source, None).map_err(|problem| problem.in_file(source))
}

/// [`read_csv`] in that many parts, or as many as suit the size.
fn read_in_parts(bytes: &[u8], source: &str, parts: Option<usize>) -> Result<Table, Problem> {
    let (hash, table) = rayon::join(|| hash(bytes), || read_typed(bytes, parts));
    Ok(Table {
        hash,
        source: source.to_owned(),
        ..table?
    })
}

fn read_typed(bytes: &[u8], parts: Option<usize>) -> Result<Table, Problem> {
    let decoded = encoding::decode(bytes)?;
    let text = decoded.text.as_ref();
    let dialect = Dialect::sniff(text);
    let (header, body) = header(text, dialect)?;
    let mut notes = decoded.notes;
    let guesses = guess(text, body, dialect, header.len());
    let mut file = File {
        text,
        dialect,
        header: &header,
        record: guesses.record,
        ranges: ranges(text.as_bytes(), body, parts),
        rows: 0,
    };
    let columns = file.columns(&guesses.columns)?;
    let mut table = Table {
        rows: file.rows,
        ..Table::default()
    };
    for (position, merged) in columns.into_iter().enumerate() {
        table.columns.push(merged.column);
        notes.extend(merged.notes);
        table
            .undefined
            .extend(merged.undefined.map(|row| (position, row)));
    }
    if table.columns.iter().all(is_named_like_a_value) {
        notes.push(warning(
            "header-like-data",
            None,
            "every name in the first line is a number or a value of its own column, so it may be a \
             row of data"
                .to_owned(),
            "put a line with the names of the columns first, if there is none",
        ));
    }
    Ok(Table { notes, ..table })
}

fn is_named_like_a_value(column: &Column) -> bool {
    let is_number = number::read(column.name.as_bytes(), b'.').is_some();
    is_number
        || is_moment(&column.name)
        || matches!(&column.values, Values::Category { levels, .. } if levels.contains(&column.name))
}

/// The text of a file and how it is read.
struct File<'t> {
    text: &'t str,
    dialect: Dialect,
    header: &'t [String],
    /// Bytes of a record, about.
    record: usize,
    ranges: Vec<(usize, usize)>,
    rows: usize,
}

impl<'t> File<'t> {
    /// Every column with what was noticed in it. All are read as guessed, then
    /// some once more as names, and some of these as what the names turn out to be.
    fn columns(&mut self, guesses: &[Guess]) -> Result<Vec<Merged>, Problem> {
        let mut columns: Vec<Option<Merged>> = guesses.iter().map(|_| None).collect();
        let mut wanted: Vec<Wanted> = guesses
            .iter()
            .enumerate()
            .map(|(position, guess)| Wanted {
                position,
                guess: *guess,
                is_settled: false,
            })
            .collect();
        while !wanted.is_empty() {
            let parts = self.read(&wanted)?;
            self.rows = parts.iter().map(|part| part.rows).sum();
            if self.rows == 0 {
                return Err(Problem::new(
                    "no-rows",
                    "expected rows below the header line, found none",
                    "give a file with at least one row of data",
                ));
            }
            let mut by_column: Vec<Vec<Building<'t>>> = wanted.iter().map(|_| Vec::new()).collect();
            for part in parts {
                for (column, building) in by_column.iter_mut().zip(part.columns) {
                    column.push(building);
                }
            }
            let merged: Vec<Result<Merged, Wanted>> = by_column
                .into_par_iter()
                .zip(&wanted)
                .map(|(parts, wanted)| merge(self, *wanted, parts))
                .collect();
            let read = std::mem::take(&mut wanted);
            for (read, merged) in read.into_iter().zip(merged) {
                match merged {
                    Ok(column) => columns[read.position] = Some(column),
                    Err(again) => wanted.push(again),
                }
            }
        }
        Ok(columns.into_iter().flatten().collect())
    }

    /// The parts of the wanted columns.
    fn read(&mut self, wanted: &[Wanted]) -> Result<Vec<Part<'t>>, Problem> {
        let plan = Plan {
            dialect: self.dialect,
            width: self.header.len(),
            record: self.record,
            wanted,
        };
        let read = |text: &'t str, ranges: &[(usize, usize)]| -> Result<Vec<Part<'t>>, Stopped> {
            let is_whole = ranges.len() == 1;
            ranges
                .par_iter()
                .map(|range| build(text, *range, is_whole, plan))
                .collect()
        };
        let found = match read(self.text, &self.ranges) {
            // A quote inside a plain field makes their parity tell nothing, and a part may
            // have begun in the middle of a field; read as one, nothing can go wrong, and
            // an error has its place.
            Err(_) if self.ranges.len() > 1 => {
                self.ranges = vec![(self.ranges[0].0, self.text.len())];
                read(self.text, &self.ranges)
            }
            found => found,
        };
        found.map_err(|stopped| stopped.into_problem(self.text, plan.width))
    }
}

/// Why reading a part stopped.
enum Stopped {
    /// A quote inside a field that does not begin with one: parity tells nothing.
    StrayQuote,
    /// A record of another width, at this byte.
    Ragged { at: usize, found: usize },
    /// A quote that is never closed, at this byte.
    Unclosed { at: usize },
}

impl Stopped {
    fn into_problem(self, text: &str, width: usize) -> Problem {
        let line_of = |at: usize| {
            1 + text.as_bytes()[..at]
                .iter()
                .filter(|b| **b == b'\n')
                .count()
        };
        match self {
            Self::Ragged { at, found } => Problem::new(
                "ragged-row",
                format!("expected {width} fields as in the header, found {found}"),
                if found > width {
                    "put quotes around fields that contain the separator, or correct the line"
                } else {
                    "complete the line, or correct the header"
                },
            )
            .at(line_of(at), found.min(width) + usize::from(found > width)),
            Self::Unclosed { at } => Problem::new(
                "unclosed-quote",
                "expected a closing quote, found the end of the file",
                "close the quote, or double it where it belongs to the text",
            )
            .at(line_of(at), 1),
            Self::StrayQuote => Problem::new(
                "stray-quote",
                "a quote stands inside a field that does not begin with one",
                "put the whole field in quotes and double the quotes inside",
            ),
        }
    }
}

/// The names in the first line, checked, and where the body begins.
fn header(text: &str, dialect: Dialect) -> Result<(Vec<String>, usize), Problem> {
    let empty = || {
        Problem::new(
            "empty-file",
            "expected a header line with the names of the columns, found nothing",
            "give a CSV file whose first line names its columns",
        )
        .at(1, 1)
    };
    let mut scanner = Scanner::new(text.as_bytes(), (0, text.len()), dialect.separator);
    let mut fields = Vec::new();
    scanner
        .next(&mut fields)
        .map_err(|stopped| stopped.into_problem(text, fields.len()))?
        .ok_or_else(empty)?;
    let names: Vec<String> = fields
        .iter()
        .map(|field| field.text(text).trim().to_owned())
        .collect();
    for (position, name) in names.iter().enumerate() {
        if name.is_empty() {
            return Err(Problem::new(
                "column-without-name",
                format!("expected a name for column {}, found nothing", position + 1),
                "name every column in the first line",
            )
            .at(1, position + 1));
        }
        if let Some(first) = names[..position].iter().position(|other| other == name) {
            return Err(Problem::new(
                "duplicate-column",
                format!(
                    "expected names that differ, found \u{201c}{name}\u{201d} for columns {} and {}",
                    first + 1,
                    position + 1
                ),
                "rename one of them",
            )
            .at(1, position + 1));
        }
    }
    Ok((names, scanner.position()))
}

/// Ranges of bytes, each beginning at the start of a record.
///
/// A line end is the end of a record where the number of quotes before it is even.
fn ranges(text: &[u8], body: usize, parts: Option<usize>) -> Vec<(usize, usize)> {
    let length = text.len() - body;
    let parts = parts
        .unwrap_or_else(|| {
            (length / SMALLEST_PART).min(PARTS_A_THREAD * rayon::current_num_threads())
        })
        .max(1);
    let cuts: Vec<usize> = (0..=parts)
        .map(|part| body + length * part / parts)
        .collect();
    let counts: Vec<usize> = cuts
        .par_windows(2)
        .map(|cut| quotes(&text[cut[0]..cut[1]]))
        .collect();
    let mut starts = vec![body];
    let mut before = 0;
    for (part, count) in counts.iter().enumerate().take(parts - 1) {
        before += count;
        let start = record_start(text, cuts[part + 1], before % 2 == 1);
        if start < text.len() && starts.last().is_some_and(|last| *last < start) {
            starts.push(start);
        }
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Number of quotes; bytes are summed in runs that a byte can count, which
/// keeps many of them in one register.
fn quotes(text: &[u8]) -> usize {
    text.chunks(usize::from(u8::MAX))
        .map(|run| usize::from(run.iter().map(|byte| u8::from(*byte == b'"')).sum::<u8>()))
        .sum()
}

/// The byte after the first line end outside quotes, from this byte on.
fn record_start(text: &[u8], from: usize, mut quoted: bool) -> usize {
    for (offset, byte) in text[from..].iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return from + offset + 1,
            _ => {}
        }
    }
    text.len()
}

fn hash(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn warning(code: &str, column: Option<&str>, detail: String, remedy: &str) -> Warning {
    Warning {
        code: code.to_owned(),
        column: column.map(str::to_owned),
        detail,
        remedy: remedy.to_owned(),
    }
}

#[cfg(test)]
mod tests;
