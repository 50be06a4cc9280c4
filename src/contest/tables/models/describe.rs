//! What a weighted sum is: in a sentence, line by line, and as an expression.

use super::design::{Encoding, Meaning, Standard, Term};
use super::formula::{self, Pairs};
use super::linear::Weights;
use super::lines;
use crate::contest::tables::contender::{Description, Names};
use crate::contest::tables::features::{Features, Part};

/// Effects that a sentence names.
const NAMED: usize = 3;

/// A sentence, the weights line by line, and the expression that decides alike.
pub(super) fn linear(
    says: String,
    encoding: &Encoding,
    pairs: &Pairs,
    weights: &Weights,
    names: &Names<'_>,
) -> Description {
    let rows = lines::known(encoding, names.features);
    let expression = if lines::may_be_told(&rows) {
        formula::expression(encoding, pairs, weights, names)
    } else {
        None
    };
    Description {
        says,
        lines: lines::lines(encoding, pairs, weights, names, &rows),
        expression,
    }
}

/// A sentence with the strongest effects.
pub(super) fn sentence(encoding: &Encoding, weights: &Weights, names: &Names<'_>) -> String {
    match weights {
        Weights::Numbers { weights, .. } => {
            let effects = effects(encoding, weights, names, number);
            if effects.is_empty() {
                format!("{} is about the same everywhere.", names.target)
            } else {
                format!(
                    "A weighted sum of {} columns: {} changes most by {}.",
                    encoding.columns(),
                    names.target,
                    effects.join(", ")
                )
            }
        }
        Weights::Classes {
            present, blocks, ..
        } => match (present.as_slice(), blocks.as_slice()) {
            ([_, _], [block]) => {
                let turn = lines::turn(present, names);
                let turned: Vec<f64> = block.iter().map(|weight| turn * weight).collect();
                let class = lines::told_class(present, names);
                let effects = effects(encoding, &turned, names, odds);
                format!(
                    "A weighted sum of {} columns gives the odds of {class}: they change most by {}.",
                    encoding.columns(),
                    effects.join(", ")
                )
            }
            _ => format!(
                "A weighted sum of {} columns for each of {} classes.",
                encoding.columns(),
                present.len()
            ),
        },
    }
}

/// The strongest effects in words, strongest first.
fn effects(
    encoding: &Encoding,
    weights: &[f64],
    names: &Names<'_>,
    amount: fn(f64) -> String,
) -> Vec<String> {
    let mut order: Vec<usize> = (0..encoding.columns()).collect();
    order.retain(|column| weights[*column] != 0.0);
    order.sort_by(|a, b| {
        weights[*b]
            .abs()
            .total_cmp(&weights[*a].abs())
            .then(a.cmp(b))
    });
    order
        .into_iter()
        .take(NAMED)
        .map(|column| {
            let term = &encoding.terms()[column];
            let amount = amount(weights[column]);
            match term.meaning {
                Meaning::Value(standard) => {
                    format!("{amount} per {}", step(term, standard, names.features))
                }
                Meaning::Missing
                | Meaning::Calendar(_)
                | Meaning::Level(_)
                | Meaning::Other
                | Meaning::Word(_) => {
                    format!("{amount} where {}", term.name(names.features))
                }
            }
        })
        .collect()
}

/// One standard deviation more of a number.
pub(super) fn step(term: &Term, standard: Standard, features: &Features) -> String {
    let amount = short(standard.deviation);
    let Some(feature) = features.columns.get(term.feature) else {
        return amount;
    };
    let column = &feature.column;
    match feature.part {
        Part::Day => format!("{amount} days later {column}"),
        Part::Length => format!("{amount} characters more {column}"),
        Part::Whole | Part::Month | Part::Weekday | Part::Hour => {
            format!("{amount} more {}", feature.name())
        }
    }
}

/// What is added, with its sign.
pub(super) fn number(weight: f64) -> String {
    if weight > 0.0 {
        format!("+{}", short(weight))
    } else {
        format!("−{}", short(-weight))
    }
}

/// What odds are multiplied by.
pub(super) fn odds(weight: f64) -> String {
    format!("× {}", short(libm::exp(weight.clamp(-50.0, 50.0))))
}

/// A number to three significant digits.
fn short(value: f64) -> String {
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    if rounded == 0.0 || (1e-4..1e7).contains(&rounded.abs()) {
        format!("{rounded}")
    } else {
        format!("{rounded:e}")
    }
}
