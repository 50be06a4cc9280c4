//! The terminal interface: from an empty folder to an understood verdict.
//!
//! [`update`] is a pure function from a [`state::State`] and an
//! [`event::Event`] to a new state and a list of [`effect::Effect`]s;
//! [`view`] draws a state into a frame. A thin runtime feeds one channel of
//! events, does effects on threads of their own, and gives the terminal back
//! on every way out. [`keys`] is the one place that knows keys: footers and
//! help are made from it. [`plain`] asks the same questions line by line.
//! [`stage`] runs all of it without a terminal, and [`svg()`] makes pictures of it.

mod background;
pub mod draft;
pub mod effect;
pub mod event;
mod fault;
pub mod guide;
pub mod input;
pub mod item;
mod jobs;
pub mod keys;
pub mod meaning;
pub mod plain;
pub mod queue;
mod runtime;
pub mod screen;
pub mod session;
pub mod stage;
pub mod state;
mod svg;
mod terminal;
pub mod theme;
pub mod update;
pub mod view;

#[cfg(test)]
mod tests;

use std::io::IsTerminal;
use std::path::PathBuf;

use crate::problem::Problem;
use crate::workflow;

pub use svg::svg;
pub use theme::Palette;
pub use update::Start;

/// How the interface begins.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds the cases.
    pub home: PathBuf,
    /// Where to begin.
    pub start: Start,
    /// Line by line, for screen readers and dumb terminals.
    pub plain: bool,
    /// The colours; found out, if none.
    pub palette: Option<Palette>,
}

/// Runs the interface until it is left.
pub fn run(options: Options) -> Result<(), Problem> {
    if options.plain {
        return plain::run(&options.home, &options.start);
    }
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Problem::new(
            "no-terminal",
            "expected a terminal, found a pipe or a file",
            "run mlfit in a terminal, or use --plain, or a command such as `mlfit demo`",
        ));
    }
    terminal::guard_panics();
    let (theme, asks) = terminal::theme(options.palette);
    // The whole path, so that one can go up from it.
    let home = std::path::absolute(&options.home).unwrap_or(options.home);
    let state = state::State::new(home, workflow::today(), (80, 24), theme);
    runtime::run(state, &options.start, asks)
}
