//! What a linear model is, in a sentence.

use super::design::{Encoding, Meaning};
use super::linear::Weights;
use crate::contest::tables::contender::{Description, Names};

/// Effects that a sentence names.
const NAMED: usize = 3;

/// A sentence with the strongest effects.
pub(super) fn linear(encoding: &Encoding, weights: &Weights, names: &Names<'_>) -> Description {
    let says = match weights {
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
            ([_, second], [block]) => {
                let turn = if names.positive.is_some_and(|positive| positive != *second) {
                    -1.0
                } else {
                    1.0
                };
                let turned: Vec<f64> = block.iter().map(|weight| turn * weight).collect();
                let class = names.positive.unwrap_or(*second);
                let class = names.classes.get(class as usize).map_or("", String::as_str);
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
    };
    Description {
        says,
        ..Description::default()
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
            let name = term.name(names.features);
            let amount = amount(weights[column]);
            match term.meaning {
                Meaning::Value(standard) => {
                    format!("{amount} per {} more {name}", short(standard.deviation))
                }
                Meaning::Missing
                | Meaning::Calendar(_)
                | Meaning::Level(_)
                | Meaning::Other
                | Meaning::Word(_) => format!("{amount} where {name}"),
            }
        })
        .collect()
}

fn number(weight: f64) -> String {
    if weight > 0.0 {
        format!("+{}", short(weight))
    } else {
        format!("−{}", short(-weight))
    }
}

fn odds(weight: f64) -> String {
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
