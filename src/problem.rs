//! The one error a person meets: what was wrong, where, and what to do next.
//!
//! A leaf module. Every room reports bad input as a [`Problem`]; the faces
//! print it (text on stderr, or JSON on stdout) and leave with exit code 2.

use serde::Serialize;

/// Bad usage or bad input, with its place and its remedy.
///
/// The texts may quote untrusted input as it stood; whoever prints them passes
/// them through [`crate::text::clean`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{message}")]
pub struct Problem {
    /// A stable kebab-case code for scripts, such as `unknown-column`.
    pub code: &'static str,
    /// What was expected and what was found instead.
    pub message: String,
    /// The file in which it was found, as the user named it.
    pub file: Option<String>,
    /// Line in that file, counted from 1.
    pub line: Option<usize>,
    /// Column in that line in characters, counted from 1; for a CSV the field's number.
    pub column: Option<usize>,
    /// What to do next.
    pub remedy: String,
}

/// The code of a [`Problem`] that says that the user stopped the work.
const CANCELLED: &str = "cancelled";

impl Problem {
    /// A problem without a place. Add one with [`Problem::in_file`] and [`Problem::at`].
    pub fn new(code: &'static str, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            file: None,
            line: None,
            column: None,
            remedy: remedy.into(),
        }
    }

    /// Names the file, unless a place nearer to the fault has already named one.
    #[must_use]
    pub fn in_file(mut self, file: impl Into<String>) -> Self {
        self.file.get_or_insert_with(|| file.into());
        self
    }

    /// Names line and column, both counted from 1.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.line = Some(line);
        self.column = Some(column);
        self
    }

    /// The user asked for the work to stop.
    pub fn cancelled() -> Self {
        Self::new(
            CANCELLED,
            "stopped before it was finished",
            "run it again to start over; nothing was written",
        )
    }

    /// Whether this only says that the user stopped the work.
    pub fn is_cancelled(&self) -> bool {
        self.code == CANCELLED
    }

    /// `file:line:column`, as far as it is known.
    pub fn place(&self) -> Option<String> {
        let file = self.file.as_deref()?;
        Some(match (self.line, self.column) {
            (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
            (Some(line), None) => format!("{file}:{line}"),
            (None, _) => file.to_owned(),
        })
    }
}

/// The known word nearest to `found`, for a "did you mean …?".
///
/// Nearness is the Jaro-Winkler similarity (Winkler 1990); below 0.75 a
/// suggestion misleads more than it helps.
pub fn nearest<'a>(found: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(found, word), word))
        .filter(|(similarity, _)| *similarity >= 0.75)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_is_named_as_far_as_it_is_known() {
        let problem = Problem::new("x", "m", "r");
        assert_eq!(problem.place(), None);
        let problem = problem.in_file("a.csv");
        assert_eq!(problem.place().as_deref(), Some("a.csv"));
        assert_eq!(problem.at(3, 7).place().as_deref(), Some("a.csv:3:7"));
    }

    #[test]
    fn the_first_file_named_stays() {
        let problem = Problem::new("x", "m", "r")
            .in_file("inner")
            .in_file("outer");
        assert_eq!(problem.file.as_deref(), Some("inner"));
    }

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let known = ["income", "region", "tenure"];
        assert_eq!(nearest("incom", known), Some("income"));
        assert_eq!(nearest("zzz", known), None);
    }
}
