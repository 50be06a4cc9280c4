//! The one place that writes to the standard streams.

use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use serde::Serialize;

use crate::problem::Problem;

/// What a command came to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// What is printed on stdout.
    pub(super) text: String,
    /// The exit code.
    pub(super) code: u8,
}

impl Outcome {
    /// A text with the exit code 0.
    pub(super) fn text(text: String) -> Self {
        Self { text, code: 0 }
    }

    /// A value as JSON with the exit code 0.
    pub(super) fn json(value: &impl Serialize) -> Result<Self, Problem> {
        json(value).map(Self::text)
    }

    /// The same with another exit code.
    pub(super) fn with_code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }
}

/// A value as JSON with a line break after it.
pub(super) fn json(value: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string_pretty(value)
        .map(|text| text + "\n")
        .map_err(|error| {
            Problem::new(
                "json",
                format!("the result cannot be written as JSON: {error}"),
                "this is a fault of mlfit; please report it",
            )
        })
}

/// Prints the outcome and gives its exit code.
pub(super) fn finish(outcome: &Outcome) -> ExitCode {
    print(&outcome.text);
    ExitCode::from(outcome.code)
}

/// Prints on stdout; styles are left out where they are not wanted. Whoever
/// closed the pipe has read enough.
pub(super) fn print(text: &str) {
    forgive(anstream::stdout().write_all(text.as_bytes()));
}

/// Prints on stderr.
pub(super) fn print_aside(text: &str) {
    forgive(anstream::stderr().write_all(text.as_bytes()));
}

fn forgive(result: std::io::Result<()>) {
    if let Err(error) = result
        && error.kind() != ErrorKind::BrokenPipe
    {
        // There is nowhere left to say it but the exit code of a second failure; a full disk
        // under a redirected stdout is told on stderr, if that still works.
        let _ = writeln!(std::io::stderr(), "error: cannot write: {error}");
    }
}
