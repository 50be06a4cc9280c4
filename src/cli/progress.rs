//! How far work is, on stderr, and only where somebody watches.

use std::io::IsTerminal as _;
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt;
use crate::contest::{Control, Progress};
use crate::problem::Problem;
use crate::text::{clean, shorten};

const WIDEST_LABEL: usize = 40;

/// Does work that can be watched and stopped.
pub(super) fn watched<T>(
    work: impl FnOnce(&Control<'_>) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let stop = interrupt::flag();
    if !std::io::stderr().is_terminal() {
        return work(&Control::new(&stop, &|_| ()));
    }
    let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("  {bar:24} {percent:>3} %  {msg}") {
        bar.set_style(style.progress_chars("█▓░"));
    }
    let bar = Mutex::new(bar);
    let listener = |progress: Progress| {
        let Ok(bar) = bar.lock() else { return };
        match progress {
            Progress::Step { done, total, label } => {
                bar.set_length(total as u64);
                bar.set_message(shorten(&clean(&label), WIDEST_LABEL));
                bar.set_position(done as u64);
            }
            // The leaderboard is printed once, when it is final.
            Progress::Standings(_) => {}
        }
    };
    let result = work(&Control::new(&stop, &listener));
    if let Ok(bar) = bar.lock() {
        bar.finish_and_clear();
    }
    result
}
