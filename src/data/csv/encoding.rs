//! Bytes of unknown encoding as text.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use super::super::warning::Warning;
use super::warning;
use crate::problem::Problem;

/// Text with what was noticed while it was decoded.
pub(super) struct Decoded<'b> {
    pub(super) text: Cow<'b, str>,
    pub(super) notes: Vec<Warning>,
}

/// UTF-8, UTF-16 with a byte order mark, or the legacy encoding that fits best, which is noted.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Problem> {
    let marked = Encoding::for_bom(bytes);
    if let Some((encoding, mark)) = marked {
        let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
        if had_errors {
            return Err(unreadable(bytes, encoding.name()));
        }
        return checked(text, Vec::new());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => checked(Cow::Borrowed(text), Vec::new()),
        Err(error) => legacy(bytes, error.valid_up_to()),
    }
}

fn legacy(bytes: &[u8], first_bad: usize) -> Result<Decoded<'_>, Problem> {
    if bytes.contains(&0) {
        return Err(binary(bytes));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    if had_errors || encoding == UTF_8 {
        return Err(unreadable(bytes, encoding.name()));
    }
    let line = 1 + bytes[..first_bad].iter().filter(|b| **b == b'\n').count();
    checked(
        text,
        vec![warning(
            "encoding",
            None,
            format!(
                "the file is not UTF-8 (first seen in line {line}); it was read as {}",
                encoding.name()
            ),
            "check names with accents, or save the file as UTF-8",
        )],
    )
}

/// Text of a CSV has no control characters but tabs and line ends.
fn checked(text: Cow<'_, str>, notes: Vec<Warning>) -> Result<Decoded<'_>, Problem> {
    if text.as_bytes().contains(&0) {
        return Err(binary(text.as_bytes()));
    }
    Ok(Decoded { text, notes })
}

fn binary(bytes: &[u8]) -> Problem {
    let at = bytes.iter().position(|byte| *byte == 0).unwrap_or(0);
    Problem::new(
        "not-text",
        "expected a text file, found bytes that no text contains",
        "save the table as CSV first (a spreadsheet or an archive cannot be read as it is)",
    )
    .at(1 + bytes[..at].iter().filter(|b| **b == b'\n').count(), 1)
}

fn unreadable(bytes: &[u8], encoding: &str) -> Problem {
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    Problem::new(
        "unreadable-encoding",
        format!("expected UTF-8, found bytes that are neither that nor {encoding}"),
        "save the file as UTF-8",
    )
    .at(1 + bytes[..at].iter().filter(|b| **b == b'\n').count(), 1)
}
