//! Problems, for people on stderr and for programs on stdout.

use std::ffi::OsString;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use super::output;
use crate::problem::Problem;
use crate::text::{clean, clean_lines};

/// The exit code of bad usage and bad input.
const BAD: u8 = 2;
/// The exit code of work that was stopped with Ctrl-C: 128 + SIGINT.
const STOPPED: u8 = 130;

/// The JSON form.
#[derive(Serialize)]
struct Wrapped<'a> {
    error: &'a Problem,
}

/// Prints a problem and gives its exit code.
pub(super) fn report(problem: &Problem, json: bool) -> ExitCode {
    if json {
        // JSON escapes control characters itself; the text stays as it was.
        match output::json(&Wrapped { error: problem }) {
            Ok(text) => output::print(&text),
            Err(_) => output::print_aside(&in_words(problem)),
        }
    } else {
        output::print_aside(&in_words(problem));
    }
    ExitCode::from(if problem.is_cancelled() { STOPPED } else { BAD })
}

/// ```text
/// error: expected …, found …
///   at file:line:column
/// help: what to do
/// ```
pub(super) fn in_words(problem: &Problem) -> String {
    let bad = AnsiColor::Red.on_default().bold();
    let hint = Style::new().bold();
    let message = clean_lines(&problem.message);
    let remedy = clean_lines(&problem.remedy);
    let place = problem
        .place()
        .map(|place| format!("  at {}\n", clean(&place)))
        .unwrap_or_default();
    format!("{bad}error:{bad:#} {message}\n{place}{hint}help:{hint:#} {remedy}\n")
}

/// Reports a command line that cannot be understood, or prints the help that was asked for.
pub(super) fn usage(error: &clap::Error, words: &[OsString]) -> ExitCode {
    if !error.use_stderr() {
        output::print(&error.render().ansi().to_string());
        return ExitCode::SUCCESS;
    }
    if words.iter().any(|word| word == "--json") {
        let full = error.render().to_string();
        // What is wrong ends where the usage begins; its lines are one sentence.
        let (wrong, usage) = full.split_once("\nUsage:").unwrap_or((&full, ""));
        let joined = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = joined(wrong.trim_start_matches("error: "));
        let remedy = match usage.lines().next().map(str::trim) {
            Some(usage) if !usage.is_empty() => format!("use it as: {usage}"),
            Some(_) | None => "`mlfit --help` says what may stand there".to_owned(),
        };
        return report(&Problem::new("usage", message, remedy), true);
    }
    output::print_aside(&error.render().ansi().to_string());
    ExitCode::from(BAD)
}
