//! Learning an encoding from training rows.

use super::{Encoding, MOST_COLUMNS, Meaning, NONE, Plan, Standard, Term, numbers};
use crate::contest::predictions::Truth;
use crate::contest::tables::features::{FeatureValues, Features, Part};
use crate::data::MISSING_CODE;

/// A level, a word or a missing value has to occur in this many training rows to count by itself.
const FEWEST_ROWS: usize = 5;

/// The most levels of one category, and the most words of one text, that count by themselves.
const MOST_LEVELS: usize = 30;
const MOST_WORDS: usize = 100;

impl Encoding {
    /// Learned from the training rows; the target only chooses among numeric
    /// columns where there are more of them than a design holds.
    pub(in crate::contest::tables::models) fn learn(
        features: &Features,
        rows: &[u32],
        target: Truth<'_>,
    ) -> Self {
        let mut encoding = Self {
            plans: Vec::new(),
            dense: 0,
            terms: Vec::new(),
        };
        for (feature, standard) in kept_numbers(features, rows, target) {
            encoding.plans.push(Plan::Number {
                feature,
                at: encoding.dense,
                standard,
                missing: NONE,
            });
            encoding.terms.push(Term {
                feature,
                meaning: Meaning::Value(standard),
            });
            encoding.dense += 1;
        }
        encoding.mark_missing(features, rows);
        let level_limit = level_limit(features, encoding.terms.len());
        for feature in 0..features.columns.len() {
            encoding.mark_levels(features, feature, rows, level_limit);
        }
        encoding
    }

    /// A mark for each number that is missing in enough training rows.
    fn mark_missing(&mut self, features: &Features, rows: &[u32]) {
        for plan in &mut self.plans {
            let Plan::Number {
                feature, missing, ..
            } = plan
            else {
                continue;
            };
            let Some(numbers) = numbers(features, *feature) else {
                continue;
            };
            let count = rows
                .iter()
                .filter(|row| numbers[**row as usize].is_nan())
                .count();
            if is_informative(count, rows.len()) && self.terms.len() < MOST_COLUMNS {
                *missing = self.terms.len() as u32;
                self.terms.push(Term {
                    feature: *feature,
                    meaning: Meaning::Missing,
                });
            }
        }
    }

    /// Marks for the frequent values of a feature that is no plain number.
    fn mark_levels(
        &mut self,
        features: &Features,
        feature: usize,
        rows: &[u32],
        level_limit: usize,
    ) {
        let column = &features.columns[feature];
        match column.values.as_ref() {
            FeatureValues::Number(_)
                if matches!(column.part, Part::Whole | Part::Day | Part::Length) => {}
            FeatureValues::Number(numbers) => {
                let codes = rows.iter().map(|row| {
                    let number = numbers[*row as usize];
                    if number.is_nan() {
                        MISSING_CODE
                    } else {
                        number.clamp(0.0, 63.0) as u32
                    }
                });
                let counts = Counts::of(codes, 64);
                let by_value = self.terms_of(feature, &counts, rows.len(), 64, Meaning::Calendar);
                let missing = self.term_if(
                    feature,
                    Meaning::Missing,
                    is_informative(counts.missing, rows.len()),
                );
                self.plans.push(Plan::Calendar {
                    feature,
                    by_value,
                    missing,
                });
            }
            FeatureValues::Category { codes, levels } => {
                let counts = Counts::of(rows.iter().map(|row| codes[*row as usize]), levels.len());
                let mut by_code =
                    self.terms_of(feature, &counts, rows.len(), level_limit, Meaning::Level);
                let rest = counts
                    .by_code
                    .iter()
                    .zip(&by_code)
                    .filter(|(_, column)| **column == NONE)
                    .map(|(count, _)| count)
                    .sum();
                let other = self.term_if(feature, Meaning::Other, is_informative(rest, rows.len()));
                for column in &mut by_code {
                    if *column == NONE {
                        *column = other;
                    }
                }
                let missing = self.term_if(
                    feature,
                    Meaning::Missing,
                    is_informative(counts.missing, rows.len()),
                );
                self.plans.push(Plan::Category {
                    feature,
                    by_code,
                    other,
                    missing,
                });
            }
            FeatureValues::Text {
                codes,
                texts,
                words,
            } => {
                let held = rows
                    .iter()
                    .filter_map(|row| texts.get(codes[*row as usize] as usize))
                    .flatten()
                    .copied();
                let counts = Counts::of(held, words.len());
                let by_word =
                    self.terms_of(feature, &counts, rows.len(), MOST_WORDS, Meaning::Word);
                self.plans.push(Plan::Words { feature, by_word });
            }
        }
    }

    /// A column for each of the most frequent codes, as many as the limits allow.
    fn terms_of(
        &mut self,
        feature: usize,
        counts: &Counts,
        rows: usize,
        limit: usize,
        meaning: fn(u32) -> Meaning,
    ) -> Vec<u32> {
        let mut columns = vec![NONE; counts.by_code.len()];
        let mut frequent: Vec<usize> = (0..counts.by_code.len())
            .filter(|code| is_informative(counts.by_code[*code], rows))
            .collect();
        frequent.sort_by_key(|code| std::cmp::Reverse(counts.by_code[*code]));
        frequent.truncate(limit.min(MOST_COLUMNS.saturating_sub(self.terms.len())));
        frequent.sort_unstable();
        for code in frequent {
            columns[code] = self.term_if(feature, meaning(code as u32), true);
        }
        columns
    }

    fn term_if(&mut self, feature: usize, meaning: Meaning, wanted: bool) -> u32 {
        if !wanted || self.terms.len() >= MOST_COLUMNS {
            return NONE;
        }
        self.terms.push(Term { feature, meaning });
        self.terms.len() as u32 - 1
    }
}

/// How often codes occur.
struct Counts {
    by_code: Vec<usize>,
    missing: usize,
}

impl Counts {
    fn of(codes: impl Iterator<Item = u32>, size: usize) -> Self {
        let mut counts = Self {
            by_code: vec![0; size],
            missing: 0,
        };
        for code in codes {
            match counts.by_code.get_mut(code as usize) {
                Some(count) => *count += 1,
                None => counts.missing += 1,
            }
        }
        counts
    }
}

/// Whether a mark on this many rows says anything: not too rare, and not on every row.
fn is_informative(count: usize, rows: usize) -> bool {
    count >= FEWEST_ROWS.min(rows / 10 + 1) && count < rows
}

/// Levels that each category may have a column for, so that all fit.
fn level_limit(features: &Features, taken: usize) -> usize {
    let sizes: Vec<usize> = features
        .columns
        .iter()
        .filter_map(|column| match column.values.as_ref() {
            FeatureValues::Category { levels, .. } => Some(levels.len()),
            FeatureValues::Number(_) | FeatureValues::Text { .. } => None,
        })
        .collect();
    let mut limit = MOST_LEVELS;
    while limit > 2
        && taken + sizes.iter().map(|size| limit.min(*size)).sum::<usize>() > MOST_COLUMNS
    {
        limit -= 1;
    }
    limit
}

/// The numeric features that vary and are no copies of an earlier one; if they
/// are too many, those that go best with the target.
fn kept_numbers(features: &Features, rows: &[u32], target: Truth<'_>) -> Vec<(usize, Standard)> {
    let mut kept: Vec<(usize, Standard)> = Vec::new();
    for (feature, column) in features.columns.iter().enumerate() {
        if !matches!(column.part, Part::Whole | Part::Day | Part::Length) {
            continue;
        }
        let Some(numbers) = numbers(features, feature) else {
            continue;
        };
        let Some(standard) = Standard::learn(&rows.iter().map(|row| numbers[*row as usize])) else {
            continue;
        };
        let is_copy = kept
            .iter()
            .any(|(other, known)| *known == standard && is_same(features, *other, numbers, rows));
        if !is_copy {
            kept.push((feature, standard));
        }
    }
    if kept.len() > MOST_COLUMNS {
        let mut order: Vec<usize> = (0..kept.len()).collect();
        let strengths: Vec<f64> = kept
            .iter()
            .map(|(feature, standard)| {
                let values = numbers(features, *feature).unwrap_or_default();
                strength(
                    rows.iter().map(|row| standard.of(values[*row as usize])),
                    target,
                )
            })
            .collect();
        order.sort_by(|a, b| strengths[*b].total_cmp(&strengths[*a]).then(a.cmp(b)));
        order.truncate(MOST_COLUMNS);
        order.sort_unstable();
        kept = order.into_iter().map(|position| kept[position]).collect();
    }
    kept
}

fn is_same(features: &Features, other: usize, column: &[f64], rows: &[u32]) -> bool {
    numbers(features, other).is_some_and(|other| {
        rows.iter().all(|row| {
            let row = *row as usize;
            other[row] == column[row] || (other[row].is_nan() && column[row].is_nan())
        })
    })
}

/// The share of the target's variance (of class membership, for classes) that
/// goes with a standardised column.
pub(in crate::contest::tables::models) fn strength(
    column: impl Iterator<Item = f64>,
    target: Truth<'_>,
) -> f64 {
    match target {
        Truth::Numbers(values) => {
            let scale = values
                .iter()
                .fold(0.0, |most: f64, value| most.max(value.abs()));
            let scale = if scale > 0.0 { scale } else { 1.0 };
            let mean = values.iter().map(|value| value / scale).sum::<f64>() / values.len() as f64;
            let sum: f64 = column
                .zip(values)
                .map(|(number, value)| number * (value / scale - mean))
                .sum();
            sum * sum
        }
        Truth::Classes { classes, values } => {
            let mut sums = vec![(0.0, 0.0); classes];
            for (number, class) in column.zip(values) {
                let (sum, count) = &mut sums[*class as usize];
                *sum += number;
                *count += 1.0;
            }
            sums.iter()
                .filter(|(_, count)| *count > 0.0)
                .map(|(sum, count)| sum * sum / count)
                .sum()
        }
    }
}
