//! How long work is watched and stopped.

use std::sync::atomic::{AtomicBool, Ordering};

use super::evidence::Tier;
use crate::problem::Problem;

/// The caller's hold on running work: a flag to stop it and an ear for its progress.
#[derive(Clone, Copy)]
pub struct Control<'a> {
    cancel: &'a AtomicBool,
    listener: &'a (dyn Fn(Progress) + Sync),
}

/// One report from running work. Reports never influence results.
#[derive(Clone, Debug, PartialEq)]
pub enum Progress {
    /// `done` of `total` units of work are finished.
    Step {
        /// Units finished.
        done: usize,
        /// Units in all, as far as is known now.
        total: usize,
        /// What is being done, in a few words.
        label: String,
    },
    /// The leaderboard so far.
    Standings(Vec<Standing>),
}

/// One line of the leaderboard while the contest runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The contender's id.
    pub id: String,
    /// Its tier.
    pub tier: Tier,
    /// Mean of the primary metric over the folds finished so far.
    pub mean: f64,
    /// Folds finished so far.
    pub folds: usize,
}

impl<'a> Control<'a> {
    /// Work that stops soon after `cancel` turns true and reports to `listener`.
    pub fn new(cancel: &'a AtomicBool, listener: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self { cancel, listener }
    }

    /// Whether the caller asked for the work to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// An error as soon as the caller asked for the work to stop; call it in every long loop.
    pub fn check(&self) -> Result<(), Problem> {
        if self.is_cancelled() {
            Err(Problem::cancelled())
        } else {
            Ok(())
        }
    }

    /// Tells the caller how far the work is.
    pub fn report(&self, progress: Progress) {
        (self.listener)(progress);
    }
}

/// Runs `work` with nobody listening and nobody stopping it.
pub fn unattended<T>(work: impl FnOnce(&Control<'_>) -> T) -> T {
    let cancel = AtomicBool::new(false);
    work(&Control::new(&cancel, &|_| ()))
}
