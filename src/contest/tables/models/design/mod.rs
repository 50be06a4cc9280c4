//! Rows as numbers for the models that add things up.
//!
//! An [`Encoding`] is learned from training rows: which value stands in for a
//! missing number, what a number is compared with, which levels of a category
//! are frequent enough to count by themselves. It turns any rows into a
//! [`Design`]: standardised numbers in a dense block, and beside them marks
//! (0 or 1) for levels, missing values and words, of which a row stores only
//! those that it carries.

mod learn;
mod matrix;
mod standard;
mod terms;

pub(super) use learn::strength;
pub(super) use matrix::Design;
pub(super) use standard::Standard;
pub(super) use terms::{Meaning, Term};

use crate::contest::tables::features::{FeatureValues, Features};
use crate::data::MISSING_CODE;

/// No column.
const NONE: u32 = u32::MAX;

/// The most columns of a design; solving costs the cube of it.
const MOST_COLUMNS: usize = 300;

/// How features become numbers, learned from training rows.
#[derive(Clone, Debug)]
pub(super) struct Encoding {
    plans: Vec<Plan>,
    dense: usize,
    terms: Vec<Term>,
}

/// What one feature contributes.
#[derive(Clone, Debug)]
enum Plan {
    /// A standardised number in dense column `at`.
    Number {
        feature: usize,
        at: usize,
        standard: Standard,
        missing: u32,
    },
    /// A mark by value of a part of a date.
    Calendar {
        feature: usize,
        by_value: Vec<u32>,
        missing: u32,
    },
    /// A mark by level.
    Category {
        feature: usize,
        by_code: Vec<u32>,
        other: u32,
        missing: u32,
    },
    /// A mark by word.
    Words { feature: usize, by_word: Vec<u32> },
}

impl Encoding {
    /// Whether the target may have had a say in which columns there are.
    pub(super) fn may_be_chosen(&self) -> bool {
        self.dense >= MOST_COLUMNS
    }

    /// What each column of the design means: dense ones first, then marks.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The number of dense columns.
    pub(super) fn dense(&self) -> usize {
        self.dense
    }

    /// The number of columns.
    pub(super) fn columns(&self) -> usize {
        self.terms.len()
    }

    /// These rows as numbers.
    pub(super) fn encode(&self, features: &Features, rows: &[u32]) -> Design {
        let mut values = vec![0.0; rows.len() * self.dense];
        for plan in &self.plans {
            if let Plan::Number {
                feature,
                at,
                standard,
                ..
            } = plan
                && let Some(numbers) = numbers(features, *feature)
            {
                for (position, row) in rows.iter().enumerate() {
                    values[position * self.dense + at] = standard.of(numbers[*row as usize]);
                }
            }
        }
        let mut starts = Vec::with_capacity(rows.len() + 1);
        let mut marks = Vec::new();
        starts.push(0);
        for row in rows {
            for plan in &self.plans {
                plan.mark(features, *row as usize, &mut marks);
            }
            starts.push(marks.len());
        }
        Design::new(values, self.dense, starts, marks, self.terms.len())
    }
}

impl Plan {
    /// Adds the columns that the row is marked in, ascending.
    fn mark(&self, features: &Features, row: usize, marks: &mut Vec<u32>) {
        match self {
            Self::Number {
                feature, missing, ..
            } => {
                if *missing != NONE
                    && numbers(features, *feature).is_some_and(|numbers| numbers[row].is_nan())
                {
                    marks.push(*missing);
                }
            }
            Self::Calendar {
                feature,
                by_value,
                missing,
            } => {
                let Some(numbers) = numbers(features, *feature) else {
                    return;
                };
                let column = if numbers[row].is_nan() {
                    *missing
                } else {
                    by_value
                        .get(numbers[row].max(0.0) as usize)
                        .copied()
                        .unwrap_or(NONE)
                };
                push(marks, column);
            }
            Self::Category {
                feature,
                by_code,
                other,
                missing,
            } => {
                if let Some(FeatureValues::Category { codes, .. }) = values(features, *feature) {
                    let code = codes[row];
                    let column = if code == MISSING_CODE {
                        *missing
                    } else {
                        by_code.get(code as usize).copied().unwrap_or(*other)
                    };
                    push(marks, column);
                }
            }
            Self::Words { feature, by_word } => {
                if let Some(FeatureValues::Text { codes, texts, .. }) = values(features, *feature)
                    && let Some(words) = texts.get(codes[row] as usize)
                {
                    let from = marks.len();
                    for word in words {
                        push(marks, by_word.get(*word as usize).copied().unwrap_or(NONE));
                    }
                    marks[from..].sort_unstable();
                }
            }
        }
    }
}

fn push(marks: &mut Vec<u32>, column: u32) {
    if column != NONE {
        marks.push(column);
    }
}

fn values(features: &Features, feature: usize) -> Option<&FeatureValues> {
    features
        .columns
        .get(feature)
        .map(|column| column.values.as_ref())
}

/// The numbers of a feature, if it has such.
pub(super) fn numbers(features: &Features, feature: usize) -> Option<&[f64]> {
    match values(features, feature) {
        Some(FeatureValues::Number(numbers)) => Some(numbers),
        Some(FeatureValues::Category { .. } | FeatureValues::Text { .. }) | None => None,
    }
}

#[cfg(test)]
mod tests;
