//! Lines in and out.

use std::io::{BufRead, Write};

use crate::problem::Problem;
use crate::text::{clean, wrap};
use crate::tui::view::sentences;

/// Columns of a line.
pub(super) const COLUMNS: usize = 76;

/// Where lines come from and go to.
pub(super) struct Talk<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl<'a> Talk<'a> {
    /// A conversation on these lines.
    pub(super) fn new(input: &'a mut dyn BufRead, output: &'a mut dyn Write) -> Self {
        Self { input, output }
    }

    /// Says something, which may be untrusted.
    pub(super) fn say(&mut self, text: &str) -> Result<(), Problem> {
        let text: String = wrap(&clean(text), COLUMNS).join("\n");
        writeln!(self.output, "{text}")
            .and_then(|()| self.output.flush())
            .map_err(|error| cannot(&error))
    }

    /// An empty line.
    pub(super) fn gap(&mut self) -> Result<(), Problem> {
        self.say("")
    }

    /// Says what went wrong and what to do.
    pub(super) fn complain(&mut self, problem: &Problem) -> Result<(), Problem> {
        let place = problem
            .place()
            .map(|place| format!("{place}: "))
            .unwrap_or_default();
        let says = sentences(&problem.message, &problem.remedy);
        self.say(&format!("{place}{says}"))
    }

    /// The next line; none at the end of the input.
    pub(super) fn hear(&mut self) -> Result<Option<String>, Problem> {
        write!(self.output, "> ")
            .and_then(|()| self.output.flush())
            .map_err(|error| cannot(&error))?;
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(line.trim().to_owned())),
            Err(error) => Err(cannot(&error)),
        }
    }
}

fn cannot(error: &std::io::Error) -> Problem {
    Problem::new(
        "no-conversation",
        format!("standard input or output cannot be used: {error}"),
        "run it in a terminal",
    )
}
