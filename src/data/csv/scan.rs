//! Records and fields of a CSV (RFC 4180), as ranges of bytes.

use std::borrow::Cow;

use super::Stopped;

/// One field: where its text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// First byte, after an opening quote.
    pub(super) start: usize,
    /// One past the last byte, before a closing quote.
    pub(super) end: usize,
    /// Whether quotes inside are doubled.
    pub(super) doubled: bool,
}

impl Field {
    /// The bytes as they stand.
    pub(super) fn raw<'t>(&self, text: &'t str) -> &'t [u8] {
        text.as_bytes()
            .get(self.start..self.end)
            .unwrap_or_default()
    }

    /// The text as it stands.
    pub(super) fn plain<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The bytes, doubled quotes made single.
    pub(super) fn bytes<'t>(&self, text: &'t str) -> Cow<'t, [u8]> {
        if self.doubled {
            Cow::Owned(self.text(text).into_owned().into_bytes())
        } else {
            Cow::Borrowed(self.raw(text))
        }
    }

    /// The text, doubled quotes made single.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let raw = self.plain(text);
        if self.doubled {
            Cow::Owned(raw.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(raw)
        }
    }
}

/// Walks through records.
pub(super) struct Scanner<'t> {
    text: &'t [u8],
    position: usize,
    end: usize,
    separator: u8,
    strict: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t [u8], (start, end): (usize, usize), separator: u8) -> Self {
        Self {
            text,
            position: start,
            end,
            separator,
            strict: false,
        }
    }

    /// A scanner that stops at a quote inside a plain field, because the part
    /// that it reads was cut by counting quotes.
    pub(super) fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The byte after what was read.
    pub(super) const fn position(&self) -> usize {
        self.position
    }

    /// Puts the fields of the next record into `fields` and answers with its
    /// first byte; empty lines are passed over.
    pub(super) fn next(&mut self, fields: &mut Vec<Field>) -> Result<Option<usize>, Stopped> {
        fields.clear();
        while self.position < self.end && matches!(self.text[self.position], b'\n' | b'\r') {
            self.position += 1;
        }
        if self.position >= self.end {
            return Ok(None);
        }
        let begin = self.position;
        loop {
            let more = if self.text[self.position..self.end].first() == Some(&b'"') {
                self.quoted(fields)?
            } else {
                self.plain(fields)?
            };
            if !more {
                return Ok(Some(begin));
            }
        }
    }

    /// Reads a field without quotes; whether another one follows.
    fn plain(&mut self, fields: &mut Vec<Field>) -> Result<bool, Stopped> {
        let start = self.position;
        let rest = &self.text[start..self.end];
        let mut length = find(rest, [self.separator, b'\n', b'"']);
        while rest.get(length) == Some(&b'"') {
            if self.strict {
                return Err(Stopped::StrayQuote);
            }
            length += 1 + find(&rest[length + 1..], [self.separator, b'\n', b'"']);
        }
        let stop = start + length;
        let more = self.text[..self.end].get(stop) == Some(&self.separator);
        let end = if !more && length > 0 && self.text[stop - 1] == b'\r' {
            stop - 1
        } else {
            stop
        };
        fields.push(Field {
            start,
            end,
            doubled: false,
        });
        self.position = (stop + 1).min(self.end);
        // a separator as the last byte of the file begins an empty field
        if more && self.position >= self.end {
            fields.push(Field {
                start: self.end,
                end: self.end,
                doubled: false,
            });
            return Ok(false);
        }
        Ok(more)
    }

    /// Reads a field in quotes; whether another one follows.
    fn quoted(&mut self, fields: &mut Vec<Field>) -> Result<bool, Stopped> {
        let opening = self.position;
        let mut position = opening + 1;
        let mut doubled = false;
        loop {
            position += find(&self.text[position..self.end], [b'"'; 3]);
            if position >= self.end {
                return Err(Stopped::Unclosed { at: opening });
            }
            if self.text[..self.end].get(position + 1) != Some(&b'"') {
                break;
            }
            doubled = true;
            position += 2;
        }
        fields.push(Field {
            start: opening + 1,
            end: position,
            doubled,
        });
        position += 1;
        // Whatever stands between the closing quote and the separator is left out.
        while position < self.end
            && self.text[position] != self.separator
            && self.text[position] != b'\n'
        {
            if self.strict && self.text[position] == b'"' {
                return Err(Stopped::StrayQuote);
            }
            position += 1;
        }
        let more = self.text[..self.end].get(position) == Some(&self.separator);
        self.position = (position + 1).min(self.end);
        if more && self.position >= self.end {
            fields.push(Field {
                start: self.end,
                end: self.end,
                doubled: false,
            });
            return Ok(false);
        }
        Ok(more)
    }
}

/// The position of the first of three bytes, or the length of the text. Eight
/// bytes are looked at together: in a word without that byte, taking one from
/// each byte borrows for none (Mycroft's test for a zero byte).
fn find(text: &[u8], wanted: [u8; 3]) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut chunks = text.chunks_exact(8);
    let mut before = 0;
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        let word = u64::from_le_bytes(word);
        let found = wanted.iter().fold(0, |found, byte| {
            let zero = word ^ (u64::from(*byte) * ONES);
            found | (zero.wrapping_sub(ONES) & !zero & HIGH)
        });
        // only above the first one can there be a false one
        if found != 0 {
            return before + found.trailing_zeros() as usize / 8;
        }
        before += 8;
    }
    let rest = chunks.remainder();
    before
        + rest
            .iter()
            .position(|byte| wanted.contains(byte))
            .unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::find;

    proptest! {
        #[test]
        fn bytes_are_found_where_they_stand(
            text in proptest::collection::vec(any::<u8>(), 0..40),
            wanted in any::<[u8; 3]>(),
            small in any::<bool>(),
        ) {
            let text: Vec<u8> = text.iter().map(|byte| if small { byte % 4 } else { *byte }).collect();
            let wanted = if small { wanted.map(|byte| byte % 8) } else { wanted };
            let expected = text.iter().position(|byte| wanted.contains(byte)).unwrap_or(text.len());
            prop_assert_eq!(find(&text, wanted), expected);
        }
    }
}
