//! What happened in the past to rows like this one: a table of one key or two,
//! shrunk to the prior, so that a cell of three rows does not shout.
//!
//! A pure lookup of the past has the rung `query`.

use super::keys::{self, Key};
use super::no_usable_column;
use crate::contest::evidence::Tier;
use crate::contest::panels::RuleLine;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training,
};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::Outcome;
use crate::contest::tables::tell::{self, Cell, Condition, describe};
use crate::vocabulary::Rung;

/// A lookup by one key or two.
pub(super) struct Lookup;

/// A table of answers by level of one key or two.
pub(super) struct LookupTable {
    keys: Vec<Key>,
    /// Answers by cell: probabilities or one number each, the fallback where a cell is empty.
    answers: Vec<Vec<f64>>,
    /// Tallies by cell.
    tallies: Vec<Vec<f64>>,
    fallback: Vec<f64>,
}

impl Contender for Lookup {
    fn id(&self) -> &'static str {
        "lookup-table"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Query
    }

    fn inapplicable(&self, features: &Features, _: &Truth<'_>) -> Option<String> {
        no_usable_column(features)
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let choice = keys::choose(training, &outcome)?;
        let table = LookupTable::new(
            choice.keys,
            training,
            &outcome,
            outcome.prior.clone(),
            |_, tally| outcome.shrunk(tally, choice.strength),
        );
        Ok(Box::new(table))
    }
}

impl LookupTable {
    /// Answers each cell that has rows by `answer`, which gets the cell and its tally.
    pub(super) fn new(
        keys: Vec<Key>,
        training: &Training<'_>,
        outcome: &Outcome<'_>,
        fallback: Vec<f64>,
        answer: impl Fn(usize, &[f64]) -> Vec<f64>,
    ) -> Self {
        let cells = keys::cells_of(&keys, training.features, training.rows, outcome);
        let tallies: Vec<Vec<f64>> = cells
            .chunks_exact(outcome.width())
            .map(<[f64]>::to_vec)
            .collect();
        let answers = tallies
            .iter()
            .enumerate()
            .map(|(cell, tally)| {
                if outcome.rows(tally) > 0.0 {
                    answer(cell, tally)
                } else {
                    fallback.clone()
                }
            })
            .collect();
        Self {
            keys,
            answers,
            tallies,
            fallback,
        }
    }

    /// The cell of a row.
    pub(super) fn cell(keys: &[Key], features: &Features, row: u32) -> usize {
        keys.iter()
            .fold(0, |cell, key| cell * key.levels + key.level(features, row))
    }

    /// The level of each key in a cell.
    fn levels(&self, cell: usize) -> impl Iterator<Item = usize> {
        let mut rest = cell;
        let mut found: Vec<usize> = self
            .keys
            .iter()
            .rev()
            .map(|key| {
                let level = rest % key.levels;
                rest /= key.levels;
                level
            })
            .collect();
        found.reverse();
        found.into_iter()
    }

    fn conditions(&self, cell: usize) -> Vec<Condition> {
        self.levels(cell)
            .zip(&self.keys)
            .map(|(level, key)| Condition {
                feature: key.feature,
                bins: key.bins(level),
            })
            .collect()
    }

    fn is_seen(&self, cell: usize) -> bool {
        // rows of a number are its tally's first entry; a class with rows is above zero anywhere
        self.tallies[cell]
            .iter()
            .enumerate()
            .any(|(entry, value)| *value > 0.0 && (self.fallback.len() > 1 || entry == 0))
    }

    /// The cells that have rows, by number.
    fn seen(&self) -> Vec<(usize, Cell)> {
        (0..self.answers.len())
            .filter(|cell| self.is_seen(*cell))
            .map(|cell| {
                let (answer, tally) = (self.answers[cell].clone(), &self.tallies[cell]);
                (cell, Cell::new(self.conditions(cell), answer, tally))
            })
            .collect()
    }

    /// Cells decided alike, joined first along the second key, then along the
    /// first: what is left is far shorter, and decides the same.
    fn joined(&self, cells: Vec<Cell>, names: &Names<'_>) -> Vec<Cell> {
        if names.classes.is_empty() {
            return cells;
        }
        let mut joined = cells;
        for along in (0..self.keys.len()).rev() {
            let mut kept: Vec<(Option<u32>, Cell)> = Vec::new();
            for cell in joined {
                let decided = tell::decision(&cell.value, names);
                let alike = |other: &Cell| {
                    (0..self.keys.len())
                        .all(|key| key == along || other.conditions[key] == cell.conditions[key])
                };
                let partner = kept
                    .iter_mut()
                    .find(|(class, other)| *class == decided && alike(other));
                match partner {
                    Some((_, other)) => {
                        let bins = &mut other.conditions[along].bins;
                        *bins = bins.or(&cell.conditions[along].bins);
                        other.rows += cell.rows;
                        for (sum, count) in other.by_class.iter_mut().zip(&cell.by_class) {
                            *sum += count;
                        }
                    }
                    None => kept.push((decided, cell)),
                }
            }
            joined = kept.into_iter().map(|(_, cell)| cell).collect();
        }
        joined
    }
}

impl Fitted for LookupTable {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let mut predicted = Vec::with_capacity(rows.len() * self.fallback.len());
        for row in rows {
            let cell = Self::cell(&self.keys, features, *row);
            predicted.extend_from_slice(&self.answers[cell]);
        }
        predicted
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let seen = self.seen();
        let keys: Vec<String> = self
            .keys
            .iter()
            .map(|key| names.features.columns[key.feature].name())
            .collect();
        let phrases: Vec<Vec<String>> = self
            .keys
            .iter()
            .map(|key| {
                (0..key.levels)
                    .map(|level| {
                        let (feature, bins) = (key.feature, key.bins(level));
                        Condition { feature, bins }.phrase(names.features)
                    })
                    .collect()
            })
            .collect();
        let mut lines: Vec<RuleLine> = seen
            .iter()
            .map(|(cell, told)| {
                let when: Vec<&str> = self
                    .levels(*cell)
                    .zip(&phrases)
                    .map(|(level, phrases)| phrases[level].as_str())
                    .collect();
                let cell = told;
                let right = tell::decision(&cell.value, names)
                    .and_then(|class| cell.by_class.get(class as usize))
                    .map(|right| right / cell.rows.max(1.0));
                RuleLine {
                    when: when.join(" and "),
                    answer: tell::answer(&cell.value, names),
                    rows: cell.rows as usize,
                    right,
                }
            })
            .collect();
        let otherwise = tell::answer(&self.fallback, names);
        let says = format!(
            "Look {} up by {} ({} cells, from what was seen there); otherwise: {otherwise}",
            names.target,
            keys.join(" and "),
            lines.len(),
        );
        lines.push(RuleLine {
            when: "otherwise".to_owned(),
            answer: otherwise,
            rows: 0,
            right: None,
        });
        let cells = seen.into_iter().map(|(_, cell)| cell).collect();
        let told = describe(&self.joined(cells, names), Some(&self.fallback), names);
        Description {
            says,
            lines,
            expression: told.expression,
        }
    }
}
