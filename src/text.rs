//! Making untrusted text safe to show: a leaf module for every renderer.
//!
//! CSV headers and cells, YAML, file names and notes come from anywhere. What
//! they say is shown, what they could *do* (move the cursor, reverse the
//! reading order, hide characters) is not.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Text on one line without control, bidirectional and invisible characters.
///
/// Line breaks and tabs become a space, every other such character becomes
/// U+FFFD, so that a reader sees that something was there.
pub fn clean(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\r' | '\t' => ' ',
            _ if is_unsafe(character) => '\u{fffd}',
            _ => character,
        })
        .collect()
}

/// Like [`clean`], but line breaks stay.
pub fn clean_lines(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

/// The text with a capital at its beginning.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}

/// The text with a capital at its beginning and a full stop at its end.
pub fn sentence(text: &str) -> String {
    let text = capitalised(text.trim());
    if text.is_empty() || text.ends_with(['.', '!', '?']) {
        text
    } else {
        format!("{text}.")
    }
}

/// Columns that the text takes on a terminal.
pub fn width(text: &str) -> usize {
    // Most text is plain, and frames measure a lot of it.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        text.len()
    } else {
        UnicodeWidthStr::width(text)
    }
}

/// The text cut to at most `columns` terminal columns, with `…` where it was cut.
pub fn shorten(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if columns == 0 {
        return String::new();
    }
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let next = used + width(grapheme);
        if next > columns - 1 {
            break;
        }
        kept.push_str(grapheme);
        used = next;
    }
    kept.push('…');
    kept
}

/// The text broken at spaces into lines of at most `columns` terminal columns;
/// a longer word is broken inside.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut wrapping = Wrapping {
        columns: columns.max(1),
        lines: Vec::new(),
        line: String::new(),
        used: 0,
    };
    for paragraph in text.split('\n') {
        let mut words = paragraph.split_whitespace().peekable();
        while let Some(word) = words.next() {
            // A number and its sign stay together.
            match words.next_if(|next| next.starts_with('%')) {
                Some(sign) => wrapping.push(&format!("{word} {sign}")),
                None => wrapping.push(word),
            }
        }
        wrapping.end_line();
    }
    wrapping.lines
}

/// Lines that are filled word by word. How wide the last one is, is kept: to
/// measure it for every word would take a time that grows with its square.
struct Wrapping {
    columns: usize,
    lines: Vec<String>,
    line: String,
    used: usize,
}

impl Wrapping {
    fn push(&mut self, word: &str) {
        let columns_of_word = width(word);
        if !self.line.is_empty() && self.used + 1 + columns_of_word <= self.columns {
            self.line.push(' ');
            self.line.push_str(word);
            self.used += 1 + columns_of_word;
            return;
        }
        if !self.line.is_empty() {
            self.end_line();
        }
        if columns_of_word <= self.columns {
            self.line.push_str(word);
            self.used = columns_of_word;
            return;
        }
        for grapheme in word.graphemes(true) {
            let columns_of_grapheme = width(grapheme);
            if !self.line.is_empty() && self.used + columns_of_grapheme > self.columns {
                self.end_line();
            }
            self.line.push_str(grapheme);
            self.used += columns_of_grapheme;
        }
    }

    fn end_line(&mut self) {
        self.lines.push(std::mem::take(&mut self.line));
        self.used = 0;
    }
}

/// Control characters, bidirectional overrides and isolates, and characters
/// without width of their own that can hide or join words (Unicode TR36).
fn is_unsafe(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00ad}'
                | '\u{061c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_and_direction_marks_do_not_pass() {
        assert_eq!(clean("a\u{1b}[2Jb"), "a\u{fffd}[2Jb");
        assert_eq!(clean("x\u{202e}y\u{200b}z"), "x\u{fffd}y\u{fffd}z");
        assert_eq!(clean("a\nb\tc"), "a b c");
        assert_eq!(clean_lines("a\nb\u{7}"), "a\nb\u{fffd}");
    }

    #[test]
    fn text_is_cut_by_width_and_says_so() {
        assert_eq!(shorten("abcdef", 6), "abcdef");
        assert_eq!(shorten("abcdef", 4), "abc…");
        assert_eq!(shorten("日本語", 5), "日本…");
        assert_eq!(shorten("abc", 0), "");
    }

    #[test]
    fn wrapping_keeps_every_word() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("a\n\nb", 9), ["a", "", "b"]);
        assert_eq!(wrap("日本語 x", 5), ["日本", "語 x"]);
    }

    #[test]
    fn a_percent_sign_stays_with_its_number() {
        assert_eq!(wrap("it was 12 %, then", 9), ["it was", "12 %,", "then"]);
        assert_eq!(wrap("1234 %", 3), ["123", "4 %"]);
    }
}
