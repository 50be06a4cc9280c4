//! Every contender on every fold: the work of a contest, spread over cores, collected in order.

use std::sync::Mutex;

use rayon::prelude::*;

use super::contender::{Description, FitError, Names};
use super::features::Features;
use super::hash::mix;
use super::split::{Fold, Keys, SplitPlan};
use super::trial::{Entry, Exam, Lesson, Trial, trial};
use crate::contest::control::{Control, Progress, Standing};
use crate::contest::evidence::SplitKind;
use crate::contest::metric::Scoring;
use crate::contest::target::Target;
use crate::contest::task::MetricName;
use crate::problem::Problem;

/// Names that descriptions use.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Header text of the target (untrusted).
    pub target: &'a str,
    /// Names of the classes (untrusted).
    pub classes: &'a [String],
    /// The positive class of two.
    pub positive: Option<u32>,
}

/// What a contest is held on.
#[derive(Clone, Copy)]
pub struct Arena<'a> {
    /// The features of every row.
    pub features: &'a Features,
    /// What is to be predicted.
    pub target: &'a Target,
    /// How rows are split.
    pub plan: &'a SplitPlan,
    /// Who takes part.
    pub entries: &'a [Entry],
    /// What descriptions may name.
    pub words: Words<'a>,
    /// The metric in force.
    pub scoring: &'a Scoring,
    /// Seed of every random choice.
    pub seed: u64,
    /// The caller's hold on the work.
    pub control: &'a Control<'a>,
}

/// One contender on one fold: its trial, or why there is none.
pub type Attempt = Result<Trial, String>;

/// Attempts by fold, then by contender.
pub type Attempts = Vec<Vec<Attempt>>;

impl Arena<'_> {
    /// What rows are told apart by.
    pub fn keys(&self) -> Keys<'_> {
        Keys {
            rows: self.features.rows,
            classes: self.target.classes(),
            group: self.features.group.as_ref().map(|codes| codes.as_slice()),
            time: self.features.time.as_ref().map(|time| time.as_slice()),
        }
    }

    /// The lessons of one repeat.
    pub fn lessons(&self, repeat: usize) -> Vec<Lesson> {
        let keys = self.keys();
        self.plan
            .folds(&keys, self.seed, repeat)
            .into_par_iter()
            .enumerate()
            .map(|(index, fold)| self.lesson(fold, repeat, index))
            .collect()
    }

    /// The lesson of one fold; bin edges come from its training rows alone
    /// where the split is by time.
    pub fn lesson(&self, fold: Fold, repeat: usize, index: usize) -> Lesson {
        let features = match self.plan.kind {
            SplitKind::TimeOrdered | SplitKind::RollingOrigin => {
                self.features.rebinned(&fold.train)
            }
            SplitKind::KFold | SplitKind::Grouped | SplitKind::Holdout => self.features.clone(),
        };
        let seed = mix(&[self.seed, repeat as u64, index as u64]);
        let inner = self.plan.inner(&fold.train, &self.keys(), seed);
        let exchangeable = match self.plan.kind {
            SplitKind::KFold | SplitKind::Holdout => true,
            SplitKind::Grouped | SplitKind::TimeOrdered | SplitKind::RollingOrigin => false,
        };
        Lesson::new(features, fold, inner, self.target, seed, exchangeable)
    }

    /// What a contender is, once it has learned from all rows.
    pub fn describe(&self, attempt: &Attempt) -> Option<Description> {
        let trial = attempt.as_ref().ok()?;
        let names = Names {
            features: self.features,
            target: self.words.target,
            classes: self.words.classes,
            positive: self.words.positive,
            threshold: trial.threshold.as_ref(),
        };
        Some(trial.fitted.as_ref()?.describe(&names))
    }

    /// The lesson of all rows, without a test: who represents each tier, and what it is.
    pub fn last_lesson(&self) -> Lesson {
        let all = Fold {
            train: (0..self.features.rows as u32).collect(),
            tests: Vec::new(),
        };
        self.lesson(all, usize::MAX, 0)
    }

    /// Every contender of `who` on every lesson: attempts by lesson, then in
    /// the order of `who`. Predictions for test rows are kept if `keep` says so.
    ///
    /// # Errors
    /// Only that the user stopped the work; whatever fails is an attempt that failed.
    pub fn attempts(
        &self,
        lessons: &[Lesson],
        who: &[usize],
        metrics: &[MetricName],
        keep: bool,
        watch: &Watch<'_>,
    ) -> Result<Attempts, Problem> {
        let exam = Exam {
            scoring: self.scoring,
            metrics,
            keep,
            control: self.control,
        };
        let work: Vec<(usize, usize)> = (0..lessons.len())
            .flat_map(|lesson| who.iter().map(move |entry| (lesson, *entry)))
            .collect();
        let done: Vec<Result<Attempt, Problem>> = work
            .par_iter()
            .map(|(lesson, entry)| {
                if self.control.is_cancelled() {
                    return Err(Problem::cancelled());
                }
                match trial(&self.entries[*entry], &lessons[*lesson], exam) {
                    Ok(trial) => {
                        watch.tell(self, *entry, Some(&trial));
                        Ok(Ok(trial))
                    }
                    Err(FitError::Failed(why)) => {
                        watch.tell(self, *entry, None);
                        Ok(Err(why))
                    }
                    Err(FitError::Cancelled) => Err(Problem::cancelled()),
                }
            })
            .collect();
        let mut attempts = Vec::with_capacity(lessons.len());
        let mut done = done.into_iter();
        for _ in lessons {
            attempts.push(
                done.by_ref()
                    .take(who.len())
                    .collect::<Result<Vec<_>, _>>()?,
            );
        }
        Ok(attempts)
    }
}

/// Who is told how far the work is. It never influences results.
pub struct Watch<'a> {
    label: &'a str,
    total: usize,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    done: usize,
    /// Sum and number of scores of each contender.
    scores: Vec<(f64, usize)>,
}

impl<'a> Watch<'a> {
    /// Watches `total` pieces of work; `label` says what is done.
    pub fn new(label: &'a str, total: usize, entries: usize) -> Self {
        Self {
            label,
            total,
            state: Mutex::new(State {
                done: 0,
                scores: vec![(0.0, 0); entries],
            }),
        }
    }

    fn tell(&self, arena: &Arena<'_>, entry: usize, trial: Option<&Trial>) {
        let Ok(mut state) = self.state.lock() else {
            return;
        };
        state.done += 1;
        if let Some(trial) = trial {
            for score in trial
                .tests
                .iter()
                .filter_map(|part| part.first().copied().flatten())
            {
                state.scores[entry].0 += score;
                state.scores[entry].1 += 1;
            }
        }
        arena.control.report(Progress::Step {
            done: state.done,
            total: self.total.max(state.done),
            label: self.label.to_owned(),
        });
        if state.done.is_multiple_of(arena.entries.len().max(1)) {
            let standings = state
                .scores
                .iter()
                .zip(arena.entries)
                .filter(|((_, folds), _)| *folds > 0)
                .map(|((sum, folds), entry)| Standing {
                    id: entry.contender.id().to_owned(),
                    tier: entry.contender.tier(),
                    mean: sum / *folds as f64,
                    folds: *folds,
                })
                .collect();
            arena.control.report(Progress::Standings(standings));
        }
    }
}
