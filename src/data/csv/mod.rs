//! Reading a CSV: bytes → text → fields → typed columns.
//!
//! The text is cut at line ends into parts that are read side by side; where a
//! part begins is decided by the parity of quotes before it, so the result
//! does not depend on the number of parts. What a column holds is guessed from
//! its first rows and held against all of them: a column that does not keep
//! what the guess promised is read again as names.

mod build;
mod dialect;
mod encoding;
mod guess;
mod merge;
mod moment;
mod number;
mod scan;

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use self::build::{Part, build};
use self::dialect::Dialect;
use self::guess::Guess;
use self::scan::Scanner;
use super::table::Table;
use super::warning::Warning;
use crate::problem::Problem;

pub use moment::as_moments;

/// Parts are not made smaller than this many bytes.
const SMALLEST_PART: usize = 1 << 18;

/// The most parts, which bounds the memory for dictionaries.
const MOST_PARTS: usize = 64;

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
    let (hash, decoded) = rayon::join(|| hash(bytes), || encoding::decode(bytes));
    let decoded = decoded?;
    let text = decoded.text.as_ref();
    let dialect = Dialect::sniff(text);
    let (header, body) = header(text, dialect)?;
    let mut notes = decoded.notes;
    let guesses = guess::guess(text, body, dialect, &header);
    if header
        .iter()
        .all(|name| number::parse(name.as_bytes(), false).is_some())
    {
        notes.push(warning(
            "numeric-header",
            None,
            "every name in the first line is a number, so it may be a row of data".to_owned(),
            "put a line with the names of the columns first, if there is none",
        ));
    }
    let file = File {
        text,
        body,
        dialect,
        ranges: ranges(text.as_bytes(), body, parts),
    };
    let mut columns = guesses;
    let mut parts = file.read(&columns)?;
    if parts.iter().all(|part| part.rows == 0) {
        return Err(Problem::new(
            "no-rows",
            "expected rows below the header line, found none",
            "give a file with at least one row of data",
        ));
    }
    let broken = merge::broken_promises(&parts, columns.len());
    if !broken.is_empty() {
        for column in broken {
            columns[column] = Guess::Name;
        }
        parts = file.read(&columns)?;
    }
    let mut table = merge::merge(text, &header, &columns, parts);
    notes.append(&mut table.notes);
    Ok(Table {
        hash,
        source: source.to_owned(),
        notes,
        ..table
    })
}

/// The text of a file and how it is read.
struct File<'t> {
    text: &'t str,
    body: usize,
    dialect: Dialect,
    ranges: Vec<(usize, usize)>,
}

impl<'t> File<'t> {
    fn read(&self, guesses: &[Guess]) -> Result<Vec<Part<'t>>, Problem> {
        let one = [(self.body, self.text.len())];
        let read = |ranges: &[(usize, usize)]| -> Result<Vec<Part<'t>>, Stopped> {
            let is_whole = ranges.len() == 1;
            ranges
                .par_iter()
                .map(|range| build(self.text, *range, is_whole, self.dialect, guesses))
                .collect()
        };
        let read = match read(&self.ranges) {
            // A quote inside a plain field makes their parity tell nothing, and a part may
            // have begun in the middle of a field; read as one, nothing can go wrong, and
            // an error has its place.
            Err(_) if self.ranges.len() > 1 => read(&one),
            other => other,
        };
        read.map_err(|stopped| stopped.into_problem(self.text, guesses.len()))
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
        .unwrap_or_else(|| (length / SMALLEST_PART).clamp(1, MOST_PARTS))
        .max(1);
    let cuts: Vec<usize> = (0..=parts)
        .map(|part| body + length * part / parts)
        .collect();
    let quotes: Vec<usize> = cuts
        .par_windows(2)
        .map(|cut| text[cut[0]..cut[1]].iter().filter(|b| **b == b'"').count())
        .collect();
    let mut starts = vec![body];
    let mut before = 0;
    for (part, count) in quotes.iter().enumerate().take(parts - 1) {
        before += count;
        let start = record_start(text, cuts[part + 1], before % 2 == 1);
        if start < text.len() && starts.last().is_some_and(|last| *last < start) {
            starts.push(start);
        }
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| (pair[0], pair[1])).collect()
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
