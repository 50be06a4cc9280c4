//! Boosted trees on lags and the calendar, forecast step by step: the headroom
//! that rules and small models may leave.
//!
//! The trees learn what the regression on lags leaves over, from the regressors
//! of the same row and the phase of the season. Trees cannot go beyond values
//! that they have seen, and a regression cannot bend; where there is nothing to
//! bend, the held-out part of the past asks for no tree at all, and the
//! regression is left. Trees on the steps themselves, or on the differences to
//! the season before, did worse on the series of `tests/fixtures/series`.
//!
//! Along one series the number of trees is chosen anew when the past has grown
//! by a tenth; the trees are grown anew at every origin.

use super::lags::{Design, Ridge};
use crate::contest::series::contender::Session;
use crate::contest::series::past::Past;
use crate::contest::tables::NumberTrees;

/// Fewer rows than these are nothing to grow trees on.
const FEWEST_ROWS: usize = 12;

/// The past grows by this factor before the number of trees is chosen again.
const CHOOSE_AGAIN: f64 = 1.1;

/// The seed of what is held out.
const SEED: u64 = 0;

/// A session that grows its trees anew at every origin.
pub(in crate::contest::series) fn session() -> Box<dyn Session> {
    Box::new(Trees { chosen: None })
}

/// In a sentence.
pub(in crate::contest::series) fn says(past: &Past<'_>) -> String {
    match Fitted::new(past, None) {
        None => "Repeats the last value, as the past is too short for a regression.".to_owned(),
        Some(fitted) => match fitted.trees.as_ref().map_or(0, NumberTrees::rounds) {
            0 => "The regression on lags; no tree on what it leaves over is any good.".to_owned(),
            trees => format!(
                "A boosted sum of {trees} tree{} on what the regression on lags leaves over.",
                if trees == 1 { "" } else { "s" }
            ),
        },
    }
}

struct Trees {
    /// The number of trees, and the length of the past that asked for it.
    chosen: Option<(usize, usize)>,
}

impl Session for Trees {
    fn forecast(&mut self, past: &Past<'_>, horizon: usize) -> Option<Vec<f64>> {
        let length = past.values().len();
        let kept = self
            .chosen
            .filter(|(_, at)| (length as f64) < CHOOSE_AGAIN * *at as f64);
        let Some(fitted) = Fitted::new(past, kept.map(|(trees, _)| trees)) else {
            return Some(vec![past.last(); horizon]);
        };
        if kept.is_none() {
            let trees = fitted.trees.as_ref().map_or(0, NumberTrees::rounds);
            self.chosen = Some((trees, length));
        }
        fitted.forecast(past, horizon)
    }
}

/// A regression, and trees on what it leaves over.
struct Fitted {
    design: Design,
    ridge: Ridge,
    trees: Option<NumberTrees>,
}

impl Fitted {
    /// `None` where the past is too short for the regression.
    fn new(past: &Past<'_>, trees: Option<usize>) -> Option<Self> {
        let design = Design::new(past);
        let ridge = design.fit(past)?;
        let mut fitted = Self {
            design,
            ridge,
            trees: None,
        };
        let values = past.values();
        let positions = fitted.design.learned_from(values);
        if positions.len() < FEWEST_ROWS {
            return Some(fitted);
        }
        let mut columns = vec![Vec::with_capacity(positions.len()); fitted.design.width() + 1];
        let mut left_over = Vec::with_capacity(positions.len());
        let mut row = Vec::with_capacity(columns.len());
        for position in positions {
            let guess = fitted.regression(past, values, position, &mut row);
            left_over.push(values[position] - guess);
            for (column, value) in columns.iter_mut().zip(&row) {
                column.push(*value);
            }
        }
        fitted.trees = NumberTrees::grow(columns, &left_over, trees, SEED);
        Some(fitted)
    }

    /// What the regression makes of the value at `position`; `row` becomes the
    /// row that the trees read.
    fn regression(
        &self,
        past: &Past<'_>,
        values: &[f64],
        position: usize,
        row: &mut Vec<f64>,
    ) -> f64 {
        row.clear();
        self.design.row(past, values, position, row);
        let limit = self.ridge.limit();
        let guess = values[position - 1] + self.ridge.predict(row).clamp(-limit, limit);
        row.push((position % self.design.period) as f64);
        guess
    }

    fn forecast(mut self, past: &Past<'_>, horizon: usize) -> Option<Vec<f64>> {
        let mut values = past.values().to_vec();
        let mut row = Vec::with_capacity(self.design.width() + 1);
        for _ in 0..horizon {
            let guess = self.regression(past, &values, values.len(), &mut row);
            let correction = self.trees.as_mut().map_or(0.0, |trees| trees.answer(&row));
            let value = guess + correction;
            if !value.is_finite() {
                return None;
            }
            values.push(value);
        }
        Some(values.split_off(past.values().len()))
    }
}
