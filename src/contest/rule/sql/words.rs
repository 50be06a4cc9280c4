//! Whether a text holds a word, which every database asks in its own way.

use super::shape::Level;
use super::{Dialect, Printer, text};
use crate::contest::rule::expression::Expression;

impl Printer {
    /// A word between blanks, after everything that is no letter or digit has
    /// become a blank; in SQLite, which has no such replacement, a word between
    /// characters that are no letters or digits. There only ASCII letters are
    /// lowered, so others are looked for in both cases.
    pub(super) fn has_word(&mut self, inner: &Expression, word: &str) {
        self.put("(' ' || ");
        match self.dialect {
            Dialect::Generic => self.lower(inner),
            Dialect::Postgres => self.spaced(inner, "[^[:alnum:]]+"),
            Dialect::DuckDb => self.spaced(inner, "[^\\p{L}\\p{N}]+"),
            Dialect::Sqlite => {
                self.lower(inner);
                let special = |character: char| {
                    matches!(character, '*' | '?' | '[') || in_other_case(character).is_some()
                };
                let word = escaped(word, special, |character| match in_other_case(character) {
                    Some(upper) => format!("[{character}{upper}]"),
                    None => format!("[{character}]"),
                });
                let pattern = format!("*{NO_LETTER}{word}{NO_LETTER}*");
                self.put(&format!(" || ' ') GLOB {}", text(&pattern)));
                return;
            }
        }
        let special = |character: char| matches!(character, '!' | '%' | '_');
        let pattern = escaped(word, special, |character| format!("!{character}"));
        self.put(&format!(
            " || ' ') LIKE {}",
            text(&format!("% {pattern} %"))
        ));
        if pattern != word {
            self.put(" ESCAPE '!'");
        }
    }

    fn spaced(&mut self, inner: &Expression, separators: &str) {
        self.put("REGEXP_REPLACE(");
        self.lower(inner);
        self.put(&format!(", '{separators}', ' ', 'g')"));
    }

    fn lower(&mut self, inner: &Expression) {
        self.put("LOWER(");
        self.print(inner, Level::Lowest);
        self.put(")");
    }
}

/// A character that is no digit and no letter of the Latin, Greek, Cyrillic,
/// neighbouring and East Asian scripts, for GLOB.
const NO_LETTER: &str = "[^0-9a-z\u{c0}-\u{24f}\u{370}-\u{1fff}\u{3040}-\u{d7ff}]";

/// The uppercase form of a letter beyond ASCII, where that is one character.
fn in_other_case(character: char) -> Option<char> {
    let mut upper = character.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(upper), None) if !character.is_ascii() && upper != character => Some(upper),
        _ => None,
    }
}

fn escaped(word: &str, special: fn(char) -> bool, escape: fn(char) -> String) -> String {
    let one = |character: char| {
        if special(character) {
            escape(character)
        } else {
            character.to_string()
        }
    };
    word.chars().map(one).collect()
}
