//! A line of text that is being typed.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{clean, width};

/// Text with a cursor; the cursor never stands inside a character that a person sees as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    text: String,
    /// Byte position, always on a boundary between graphemes.
    cursor: usize,
    most: usize,
}

impl Input {
    /// A line that begins with that text and takes at most `most` characters.
    pub fn new(text: &str, most: usize) -> Self {
        Self {
            text: text.to_owned(),
            cursor: text.len(),
            most,
        }
    }

    /// What stands there.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Replaces everything.
    pub fn set(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        self.cursor = text.len();
    }

    /// Columns before the cursor.
    pub fn column(&self) -> usize {
        width(&clean(&self.text[..self.cursor]))
    }

    /// Adds text at the cursor, as far as there is room. Line breaks become
    /// spaces; control characters never enter.
    pub fn insert(&mut self, text: &str) -> bool {
        let room = self.most.saturating_sub(self.text.chars().count());
        let kept: String = text
            .chars()
            .map(|character| {
                if matches!(character, '\n' | '\r' | '\t') {
                    ' '
                } else {
                    character
                }
            })
            .filter(|character| !character.is_control())
            .take(room)
            .collect();
        self.text.insert_str(self.cursor, &kept);
        self.cursor += kept.len();
        // A combining mark joins what stands around it.
        self.cursor = self.boundary_at_or_after(self.cursor);
        !kept.is_empty()
    }

    /// Takes a key; true if the text changed.
    pub fn key(&mut self, key: &KeyEvent) -> bool {
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        match key.code {
            KeyCode::Char('a') if control => self.cursor = 0,
            KeyCode::Char('e') if control => self.cursor = self.text.len(),
            KeyCode::Char('u') if control => return self.remove(0, self.cursor),
            KeyCode::Char('k') if control => return self.remove(self.cursor, self.text.len()),
            KeyCode::Char('w') if control => return self.remove(self.word_before(), self.cursor),
            KeyCode::Backspace if control || alt => {
                return self.remove(self.word_before(), self.cursor);
            }
            KeyCode::Char(character) if !control && !alt => {
                return self.insert(character.encode_utf8(&mut [0; 4]));
            }
            KeyCode::Backspace => return self.remove(self.before(), self.cursor),
            KeyCode::Delete => return self.remove(self.cursor, self.after()),
            KeyCode::Left if control || alt => self.cursor = self.word_before(),
            KeyCode::Left => self.cursor = self.before(),
            KeyCode::Right => self.cursor = self.after(),
            KeyCode::Home => self.cursor = 0,
            KeyCode::End => self.cursor = self.text.len(),
            _ => {}
        }
        false
    }

    fn remove(&mut self, from: usize, to: usize) -> bool {
        if from >= to {
            return false;
        }
        self.text.replace_range(from..to, "");
        self.cursor = self.boundary_at_or_after(from);
        true
    }

    fn before(&self) -> usize {
        self.text[..self.cursor]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(position, _)| position)
    }

    fn after(&self) -> usize {
        self.text[self.cursor..]
            .graphemes(true)
            .next()
            .map_or(self.text.len(), |first| self.cursor + first.len())
    }

    fn word_before(&self) -> usize {
        let head = self.text[..self.cursor].trim_end();
        head.rfind(char::is_whitespace).map_or(0, |position| {
            position + head[position..].chars().next().map_or(1, char::len_utf8)
        })
    }

    fn boundary_at_or_after(&self, position: usize) -> usize {
        self.text
            .grapheme_indices(true)
            .map(|(start, _)| start)
            .find(|start| *start >= position)
            .unwrap_or(self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(input: &mut Input, code: KeyCode) -> bool {
        input.key(&KeyEvent::new(code, KeyModifiers::NONE))
    }

    #[test]
    fn the_cursor_moves_over_what_a_person_sees_as_one_character() {
        let mut input = Input::new("ae\u{301}", 9);
        press(&mut input, KeyCode::Left);
        assert_eq!(input.column(), 1);
        press(&mut input, KeyCode::Delete);
        assert_eq!(input.text(), "a");
    }

    #[test]
    fn pasted_lines_become_one_line_and_stay_within_the_room() {
        let mut input = Input::new("", 5);
        input.insert("a\nb\u{1b}[c and more");
        assert_eq!(input.text(), "a b[c");
    }

    #[test]
    fn a_word_is_removed_at_once() {
        let mut input = Input::new("one two ", 20);
        input.key(&KeyEvent::new(KeyCode::Char('w'), KeyModifiers::CONTROL));
        assert_eq!(input.text(), "one ");
    }
}
