//! Which rows train and which test: the split follows the data, and says why (DESIGN §5, point 3).
//!
//! A [`SplitPlan`] is chosen once ([`plan`]) and then gives the folds of any
//! repeat, and the inner split of any training fold, as a function of the seed
//! and of the position of a row in the table: nothing else, so that every
//! contender meets the same folds and an engine elsewhere can compute them.

mod deal;
mod plan;
mod windows;

pub use plan::{Asked, plan};

use self::deal::{deal_groups, deal_rows};
use super::hash::mix;
use crate::contest::evidence::SplitKind;
use crate::data::Warning;

/// The most folds of a repeat.
pub const FOLDS: usize = 10;

/// The fewest rows that a contest is run on.
pub const FEWEST_ROWS: usize = 20;

/// The fewest rows of a class.
pub const FEWEST_OF_A_CLASS: usize = 4;

/// Below this number of training rows the inner split is three-fold, above it
/// one third is set aside once.
const SMALL: usize = 1_500;

/// What rows are told apart by, each by position in the table.
#[derive(Clone, Copy, Debug)]
pub struct Keys<'a> {
    /// Rows of the table.
    pub rows: usize,
    /// Number of classes and the class of each row, where the target is one of classes.
    pub classes: Option<(usize, &'a [u32])>,
    /// The entity of each row.
    pub group: Option<&'a [u32]>,
    /// The moment of each row.
    pub time: Option<&'a [i64]>,
}

/// How rows are split, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct SplitPlan {
    /// The kind of split.
    pub kind: SplitKind,
    /// Scores in one repeat.
    pub folds: usize,
    /// Test rows ÷ all rows of a fold.
    pub rho: f64,
    /// Why this split.
    pub why: String,
    /// Distinct moments left out between training and test.
    pub gap: usize,
    /// What a careful reader should know of the split.
    pub warnings: Vec<Warning>,
}

/// Rows to learn from and rows to be scored on, each ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    /// Training rows.
    pub train: Vec<u32>,
    /// Test rows; in several parts, each scored for itself, where one training
    /// part is to serve several scores.
    pub tests: Vec<Vec<u32>>,
}

impl SplitPlan {
    /// Whether repeats differ from each other.
    pub fn repeats_differ(&self) -> bool {
        match self.kind {
            SplitKind::KFold | SplitKind::Grouped => true,
            SplitKind::TimeOrdered | SplitKind::Holdout | SplitKind::RollingOrigin => false,
        }
    }

    /// Whether there are too few time windows to settle anything.
    pub fn few_windows(&self) -> bool {
        self.kind == SplitKind::TimeOrdered && self.folds < FOLDS
    }

    /// The folds of one repeat.
    pub fn folds(&self, keys: &Keys<'_>, seed: u64, repeat: usize) -> Vec<Fold> {
        let all: Vec<u32> = (0..keys.rows as u32).collect();
        let seed = mix(&[seed, 0x666f_6c64, repeat as u64]);
        match self.kind {
            SplitKind::KFold => by_fold(&all, &deal_rows(&all, keys, self.folds, seed), self.folds),
            SplitKind::Grouped => {
                by_fold(&all, &deal_groups(&all, keys, self.folds, seed), self.folds)
            }
            SplitKind::TimeOrdered | SplitKind::RollingOrigin => {
                windows::windows(keys, self.folds, self.gap)
            }
            SplitKind::Holdout => vec![self.holdout(&all, keys, seed)],
        }
    }

    /// One training part and a test part in as many pieces as there are folds.
    fn holdout(&self, all: &[u32], keys: &Keys<'_>, seed: u64) -> Fold {
        let share = (1.0 / self.rho.max(1e-6)).round().max(2.0) as usize;
        // fine parts, so that the pieces are stratified as well
        let parts = share * self.folds;
        let part = deal_rows(all, keys, parts, seed);
        let mut fold = Fold {
            train: Vec::new(),
            tests: vec![Vec::new(); self.folds],
        };
        for (row, part) in all.iter().zip(part) {
            match fold.tests.get_mut(part as usize) {
                Some(piece) => piece.push(*row),
                None => fold.train.push(*row),
            }
        }
        fold
    }

    /// Splits training rows once more, in the manner of the outer split, for
    /// choices that are made within them: three folds where rows are few, else
    /// one. Every fold has one test part. Empty where the rows are too few.
    pub fn inner(&self, train: &[u32], keys: &Keys<'_>, seed: u64) -> Vec<Fold> {
        let seed = mix(&[seed, 0x696e_6e65, train.len() as u64]);
        let folds = if train.len() < SMALL { 3 } else { 1 };
        let found = match self.kind {
            SplitKind::KFold | SplitKind::Holdout => random_inner(train, keys, folds, seed),
            SplitKind::Grouped => {
                let part = deal_groups(train, keys, 3, seed);
                let mut found = by_fold(train, &part, 3);
                found.truncate(folds);
                found
            }
            SplitKind::TimeOrdered | SplitKind::RollingOrigin => {
                windows::latest_third(train, keys).into_iter().collect()
            }
        };
        if found.iter().all(|fold| is_usable(fold, keys)) && !found.is_empty() {
            return found;
        }
        // no such split holds every class on both sides: a plain one may, and it
        // still sees nothing but training rows
        let plain = random_inner(train, keys, folds, seed);
        if plain.iter().all(|fold| is_usable(fold, keys)) {
            plain
        } else {
            Vec::new()
        }
    }
}

fn random_inner(train: &[u32], keys: &Keys<'_>, folds: usize, seed: u64) -> Vec<Fold> {
    let mut found = by_fold(train, &deal_rows(train, keys, 3, seed), 3);
    found.truncate(folds);
    found
}

/// Turns the fold of each row into folds.
fn by_fold(rows: &[u32], fold_of: &[u32], folds: usize) -> Vec<Fold> {
    (0..folds as u32)
        .map(|fold| {
            let (mut train, mut test) = (Vec::new(), Vec::new());
            for (row, of) in rows.iter().zip(fold_of) {
                if *of == fold {
                    test.push(*row);
                } else {
                    train.push(*row);
                }
            }
            Fold {
                train,
                tests: vec![test],
            }
        })
        .collect()
}

/// Whether training and every test part hold every class (two rows at least, for numbers).
fn is_usable(fold: &Fold, keys: &Keys<'_>) -> bool {
    let holds = |rows: &[u32]| match keys.classes {
        Some((classes, class_of)) => {
            let mut seen = vec![false; classes];
            for row in rows {
                seen[class_of[*row as usize] as usize] = true;
            }
            seen.iter().all(|seen| *seen)
        }
        None => rows.len() >= 2,
    };
    holds(&fold.train) && !fold.tests.is_empty() && fold.tests.iter().all(|test| holds(test))
}

#[cfg(test)]
mod tests;
