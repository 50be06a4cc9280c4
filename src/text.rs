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

/// Columns that the text takes on a terminal.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
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
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            push_word(&mut lines, &mut line, word, columns);
        }
        lines.push(line);
    }
    lines
}

fn push_word(lines: &mut Vec<String>, line: &mut String, word: &str, columns: usize) {
    if !line.is_empty() && width(line) + 1 + width(word) <= columns {
        line.push(' ');
        line.push_str(word);
        return;
    }
    if !line.is_empty() {
        lines.push(std::mem::take(line));
    }
    for grapheme in word.graphemes(true) {
        if !line.is_empty() && width(line) + width(grapheme) > columns {
            lines.push(std::mem::take(line));
        }
        line.push_str(grapheme);
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
    }
}
