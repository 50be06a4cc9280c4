//! `history.jsonl`: every verdict of a case, oldest first, one a line.

use std::path::Path;

use super::disk;
use crate::problem::Problem;
use crate::verdict::Verdict;

/// Largest history read, in bytes: thousands of verdicts.
const MOST_BYTES: u64 = 256 << 20;

/// Reads every verdict. A last line without its line break was torn by a
/// crash, and does not count.
pub(super) fn read(path: &Path) -> Result<Vec<Verdict>, Problem> {
    whole_lines(path)?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).map_err(|error| {
                Problem::new(
                    "bad-history",
                    format!("expected a verdict in JSON, found a fault in it: {error}"),
                    "restore the file from version control, or remove the line",
                )
                .in_file(path.display().to_string())
                .at(number + 1, error.column().max(1))
            })
        })
        .collect()
}

/// The text of the history with one verdict more.
pub(super) fn with(path: &Path, verdict: &Verdict) -> Result<String, Problem> {
    let mut text = whole_lines(path)?;
    let line = serde_json::to_string(verdict).map_err(|error| {
        Problem::new(
            "verdict-json",
            format!("the verdict cannot be written as JSON: {error}"),
            "this is a fault of mlfit; please report it with the case",
        )
    })?;
    text.push_str(&line);
    text.push('\n');
    Ok(text)
}

/// The file without a torn end; nothing if there is no file.
fn whole_lines(path: &Path) -> Result<String, Problem> {
    if !path.exists() {
        return Ok(String::new());
    }
    // A tear may go through a character.
    let mut bytes = disk::read_bytes(path, MOST_BYTES)?;
    let end = bytes
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |end| end + 1);
    bytes.truncate(end);
    String::from_utf8(bytes).map_err(|_| {
        Problem::new(
            "not-utf-8",
            "expected UTF-8 text, found bytes that are none",
            "restore the file from version control",
        )
        .in_file(path.display().to_string())
    })
}
