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
    doubled: bool,
}

impl Field {
    /// The bytes, unless doubled quotes have to be made single first.
    pub(super) fn bytes<'t>(&self, text: &'t str) -> Cow<'t, [u8]> {
        match self.text(text) {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        }
    }

    /// The text.
    pub(super) fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let raw = text.get(self.start..self.end).unwrap_or_default();
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
        let mut length = rest.len();
        for (offset, byte) in rest.iter().enumerate() {
            if *byte == self.separator || *byte == b'\n' {
                length = offset;
                break;
            }
            if *byte == b'"' && self.strict {
                return Err(Stopped::StrayQuote);
            }
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
            match self.text[..self.end].get(position) {
                None => return Err(Stopped::Unclosed { at: opening }),
                Some(b'"') if self.text[..self.end].get(position + 1) == Some(&b'"') => {
                    doubled = true;
                    position += 2;
                }
                Some(b'"') => break,
                Some(_) => position += 1,
            }
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
