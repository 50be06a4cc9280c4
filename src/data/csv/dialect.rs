//! Which character separates fields, and which one decimals.

use super::number;
use super::scan::Scanner;

/// How fields and numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Between fields.
    pub(super) separator: u8,
    /// Before decimals: a point or a comma.
    pub(super) decimal: u8,
}

/// Candidates, the likeliest first: it wins ties.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Lines that are looked at.
const SAMPLE: usize = 100;

impl Dialect {
    /// The separator with which most of the first lines have as many fields as
    /// the header, then the one that gives more fields. Decimal commas are
    /// looked for where the separator is not a comma itself: more fields must
    /// read as numbers with them than without.
    pub(super) fn sniff(text: &str) -> Self {
        let mut best = (0, 0, b',');
        for separator in SEPARATORS {
            let (width, agreeing) = agreement(text, separator);
            let known = if width > 1 { agreeing } else { 0 };
            if (known, width) > (best.0, best.1) && width > 1 {
                best = (known, width, separator);
            }
        }
        let separator = best.2;
        Self {
            separator,
            decimal: if separator != b',' && prefers_comma(text, separator) {
                b','
            } else {
                b'.'
            },
        }
    }
}

/// Fields in the header, and lines with as many.
fn agreement(text: &str, separator: u8) -> (usize, usize) {
    let mut scanner = Scanner::new(text.as_bytes(), (0, text.len()), separator);
    let mut fields = Vec::new();
    let Ok(Some(_)) = scanner.next(&mut fields) else {
        return (0, 0);
    };
    let width = fields.len();
    let mut agreeing = 1;
    for _ in 0..SAMPLE {
        match scanner.next(&mut fields) {
            Ok(Some(_)) => agreeing += usize::from(fields.len() == width),
            Ok(None) | Err(_) => break,
        }
    }
    (width, agreeing)
}

fn prefers_comma(text: &str, separator: u8) -> bool {
    let mut scanner = Scanner::new(text.as_bytes(), (0, text.len()), separator);
    let mut fields = Vec::new();
    let (mut with_comma, mut with_point) = (0, 0);
    for _ in 0..SAMPLE {
        match scanner.next(&mut fields) {
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => break,
        }
        for field in &fields {
            let bytes = field.bytes(text);
            if bytes.contains(&b',') {
                with_comma += usize::from(number::read(&bytes, b',').is_some());
            } else if bytes.contains(&b'.') {
                with_point += usize::from(number::read(&bytes, b'.').is_some());
            }
        }
    }
    with_comma > with_point
}
