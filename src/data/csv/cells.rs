//! Cells as they stand, for tables that are forms and not data.

use super::dialect::Dialect;
use super::encoding;
use crate::problem::Problem;

/// A row of cells with the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    /// Counted from 1.
    pub line: usize,
    /// The cells, as many as there are.
    pub cells: Vec<String>,
}

/// What a spreadsheet takes for the beginning of a formula or of a command
/// (OWASP, "CSV Injection").
const STARTS_A_FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// What keeps a spreadsheet from reading a cell as anything but text.
const GUARD: char = '\'';

/// Reads every row of a CSV as it stands; a guard before a formula is taken away.
///
/// # Errors
/// A file that is not text, or a quote that is never closed.
pub fn read_cells(bytes: &[u8]) -> Result<Vec<Cells>, Problem> {
    let decoded = encoding::decode(bytes)?;
    let text = decoded.text.as_ref();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(Dialect::sniff(text).separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            Problem::new(
                "bad-csv",
                format!("expected a table of cells, found a fault in it: {error}"),
                "save the sheet as CSV again",
            )
            .at(usize::try_from(line).unwrap_or(1), 1)
        })?;
        rows.push(Cells {
            line: line_of(&record, text),
            cells: record.iter().map(unguarded).collect(),
        });
    }
    Ok(rows)
}

/// The line on which a record begins; empty lines before it are not part of it.
fn line_of(record: &csv::StringRecord, text: &str) -> usize {
    let Some(position) = record.position() else {
        return 1;
    };
    let line = usize::try_from(position.line()).unwrap_or(1);
    let byte = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(byte..).unwrap_or_default();
    let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    line + blank.filter(|byte| **byte == b'\n').count()
}

/// Rows as a CSV that a spreadsheet opens; no cell of it is read as a formula.
pub fn write_cells<'a>(rows: impl IntoIterator<Item = &'a [String]>) -> String {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell)));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn guarded(cell: &str) -> String {
    if cell.starts_with(STARTS_A_FORMULA) {
        format!("{GUARD}{cell}")
    } else {
        cell.to_owned()
    }
}

fn unguarded(cell: &str) -> String {
    match cell.strip_prefix(GUARD) {
        Some(rest) if rest.starts_with(STARTS_A_FORMULA) => rest.to_owned(),
        Some(_) | None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_back_as_they_were_and_none_is_a_formula() {
        let rows = [
            vec!["question".to_owned(), "answer".to_owned()],
            vec!["=cmd|' /C calc'!A0".to_owned(), "-1".to_owned()],
            vec!["+1, \"quoted\"".to_owned(), "two\nlines".to_owned()],
            vec!["@a".to_owned(), "'quoted'".to_owned()],
        ];
        let text = write_cells(rows.iter().map(Vec::as_slice));
        let mut cells = text
            .split([',', '\n'])
            .map(|cell| cell.trim_start_matches('"'));
        assert!(
            !cells.any(|cell| cell.starts_with(STARTS_A_FORMULA)),
            "{text}"
        );
        let found = read_cells(text.as_bytes()).unwrap();
        assert_eq!(
            found.iter().map(|it| it.line).collect::<Vec<_>>(),
            [1, 2, 3, 5]
        );
        let found: Vec<_> = found.into_iter().map(|it| it.cells).collect();
        assert_eq!(found, rows);
    }

    #[test]
    fn a_sheet_saved_by_another_program_is_read_too() {
        let check = |bytes: &[u8]| {
            let found = read_cells(bytes).unwrap();
            assert_eq!(found[1].cells, ["a", "späte Zahlung, oft"], "{bytes:?}");
        };
        check("\u{feff}question;answer\r\na;späte Zahlung, oft\r\n".as_bytes());
        check("question\tanswer\na\tspäte Zahlung, oft\n".as_bytes());
        check(b"question;answer\na;sp\xe4te Zahlung, oft\n");
        assert_eq!(read_cells(b"PK\x03\x04\0\0").unwrap_err().code, "not-text");
    }
}
