//! The command line: arguments in, text or JSON out, an exit code.
//!
//! [`run`] parses, calls one function of [`crate::workflow`], and prints what
//! came of it. A command returns an [`Outcome`]; only [`output`] writes to the
//! standard streams: results to stdout, everything else to stderr.
//!
//! Exit codes: 0 done · 1 the answer is no (`mlfit check`, `mlfit rubric test`)
//! · 2 bad usage or input · 130 stopped with Ctrl-C.

mod arguments;
mod assess;
mod assess_view;
mod bars;
mod bench;
mod bench_board;
mod bench_view;
mod check;
mod decide;
mod decide_view;
mod demo;
mod errors;
mod hand_on;
mod interrupt;
mod new;
mod output;
mod page;
mod portfolio;
mod progress;
mod rubric;
mod rubric_diff;
mod rubric_test;

use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use arguments::{Arguments, Command};
use output::Outcome;
use page::Style;

use crate::problem::Problem;

/// Runs one command line, the program's name first.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return errors::usage(&error, &words),
    };
    let json = arguments.json;
    match dispatch(arguments) {
        Ok(outcome) => output::finish(&outcome),
        Err(problem) => errors::report(&problem, json),
    }
}

fn dispatch(arguments: Arguments) -> Result<Outcome, Problem> {
    let style = Style::new(arguments.plain);
    let json = arguments.json;
    match arguments.command {
        None => open(arguments.plain, json),
        Some(Command::New(given)) => new::run(&given, json),
        Some(Command::Assess(given)) => assess::run(&given, style, json),
        Some(Command::Bench(given)) => bench::run(&given, style, json),
        Some(Command::Decide(given)) => decide::run(&given, style, json),
        Some(Command::Report(given)) => hand_on::report(&given, json),
        Some(Command::Export(given)) => hand_on::export(&given, json),
        Some(Command::Rubric { action }) => rubric::run(&action, style, json),
        Some(Command::Portfolio(given)) => portfolio::run(&given, style, json),
        Some(Command::Check(given)) => check::run(&given, style, json),
        Some(Command::Demo(given)) => demo::run(&given, style, json),
        Some(Command::Completions { shell }) => Ok(completions(shell)),
    }
}

/// Opens the interface on the cases of this folder; where nobody can look at it, prints help.
fn open(plain: bool, json: bool) -> Result<Outcome, Problem> {
    let is_seen = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if json || !(plain || is_seen) {
        return Ok(Outcome::text(
            Arguments::command().render_help().to_string(),
        ));
    }
    crate::tui::run(crate::tui::Options {
        home: std::path::PathBuf::from("."),
        start: crate::tui::Start::Home,
        plain,
        palette: None,
    })?;
    Ok(Outcome::text(String::new()))
}

fn completions(shell: clap_complete::Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "mlfit", &mut script);
    Outcome::text(String::from_utf8_lossy(&script).into_owned())
}
