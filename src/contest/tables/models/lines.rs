//! A weighted sum line by line: what each column adds, strongest first.

use super::describe::{number, odds, step};
use super::design::{Encoding, Meaning, Term, numbers};
use super::formula::Pairs;
use super::linear::{CHUNK, Weights};
use super::sigmoid;
use crate::contest::metric::SMALLEST_GROUP;
use crate::contest::panels::RuleLine;
use crate::contest::tables::contender::Names;
use crate::contest::tables::features::Features;
use crate::contest::tables::tell;

/// The lines of a model with these weights; `rows` are those that each column is about.
pub(super) fn lines(
    encoding: &Encoding,
    pairs: &Pairs,
    weights: &Weights,
    names: &Names<'_>,
    rows: &[usize],
) -> Vec<RuleLine> {
    let effects: Vec<Vec<f64>> = match weights {
        Weights::Numbers { weights, .. } => vec![weights.clone()],
        Weights::Classes { blocks, .. } => blocks.clone(),
    };
    let dense = encoding.dense();
    let mut found: Vec<(f64, RuleLine)> = Vec::new();
    let mut add = |position: usize, when: String, rows: usize| {
        let by_block: Vec<f64> = effects.iter().map(|block| block[position]).collect();
        let (strength, answer) = effect(&by_block, weights, names);
        if strength > 0.0 {
            let line = RuleLine {
                when,
                answer,
                rows,
                right: None,
            };
            found.push((strength, line));
        }
    };
    for (column, term) in encoding.terms().iter().enumerate() {
        let position = if column < dense {
            column
        } else {
            column + pairs.len()
        };
        add(position, when(term, names), rows[column]);
    }
    for (pair, (first, second, _)) in pairs.iter().enumerate() {
        let name = |column: usize| encoding.terms()[column].name(names.features);
        let product = if first == second {
            format!("the squared distance of {} from its mean", name(*first))
        } else {
            format!(
                "the distances of {} and {} from their means, multiplied",
                name(*first),
                name(*second)
            )
        };
        add(
            dense + pair,
            format!("one standard deviation more of {product}"),
            rows[*first].min(rows[*second]),
        );
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut lines = vec![start(pairs, dense, weights, names)];
    lines.extend(found.into_iter().map(|(_, line)| line));
    lines
}

/// Whether every column is about enough rows for its values to be told; in very
/// small tables, and where a number is hardly ever known, it is not.
pub(super) fn may_be_told(rows: &[usize]) -> bool {
    rows.iter().all(|rows| *rows >= SMALLEST_GROUP)
}

/// Rows in which a number is known, or a mark carried, by column.
pub(super) fn known(encoding: &Encoding, features: &Features) -> Vec<usize> {
    let mut counts: Vec<usize> = encoding
        .terms()
        .iter()
        .map(
            |term| match (term.meaning, numbers(features, term.feature)) {
                (Meaning::Value(_), Some(numbers)) => {
                    numbers.iter().filter(|number| !number.is_nan()).count()
                }
                _ => 0,
            },
        )
        .collect();
    let mut from = 0;
    while from < features.rows {
        let to = features.rows.min(from + CHUNK);
        let rows: Vec<u32> = (from as u32..to as u32).collect();
        let design = encoding.encode(features, &rows);
        for row in 0..rows.len() {
            for mark in design.row(row).1 {
                counts[*mark as usize] += 1;
            }
        }
        from = to;
    }
    counts
}

fn when(term: &Term, names: &Names<'_>) -> String {
    match term.meaning {
        Meaning::Value(standard) => step(term, standard, names.features),
        Meaning::Missing
        | Meaning::Calendar(_)
        | Meaning::Level(_)
        | Meaning::Other
        | Meaning::Word(_) => term.name(names.features),
    }
}

/// How strong a column is, and in words what it does.
fn effect(by_block: &[f64], weights: &Weights, names: &Names<'_>) -> (f64, String) {
    match (weights, by_block) {
        (Weights::Numbers { .. }, [weight]) => (weight.abs(), number(*weight)),
        (Weights::Classes { present, .. }, [weight]) if present.len() == 2 => {
            let turn = turn(present, names);
            (weight.abs(), format!("odds {}", odds(turn * weight)))
        }
        (Weights::Classes { present, .. }, _) => {
            let mean = by_block.iter().sum::<f64>() / by_block.len() as f64;
            let of = |best: fn(f64, f64) -> bool| {
                let mut found = 0;
                for (class, weight) in by_block.iter().enumerate() {
                    if best(*weight, by_block[found]) {
                        found = class;
                    }
                }
                found
            };
            let (most, least) = (of(|a, b| a > b), of(|a, b| a < b));
            let name = |class: usize| class_name(present[class], names);
            let answer = format!(
                "odds of {} {}, of {} {}",
                name(most),
                odds(by_block[most] - mean),
                name(least),
                odds(by_block[least] - mean)
            );
            (by_block[most] - by_block[least], answer)
        }
        (Weights::Numbers { .. }, _) => (0.0, String::new()),
    }
}

/// The line before all others: numbers at their mean, and no mark. Products
/// are standardised anew, so that they are not at their mean there.
fn start(pairs: &Pairs, dense: usize, weights: &Weights, names: &Names<'_>) -> RuleLine {
    let constant = |block: &[f64]| {
        let of_pairs = block.iter().skip(dense).zip(pairs);
        let products: f64 = of_pairs
            .map(|(weight, (.., standard))| weight * standard.of(0.0))
            .sum();
        block.last().copied().unwrap_or(0.0) + products
    };
    let answer = match weights {
        Weights::Numbers { weights, .. } => tell::number(constant(weights)),
        Weights::Classes {
            present, blocks, ..
        } => match (present.as_slice(), blocks.as_slice()) {
            ([_, _], [block]) => {
                let share = sigmoid(turn(present, names) * constant(block));
                format!("{} {}", told_class(present, names), tell::percent(share))
            }
            _ => {
                let constants: Vec<f64> = blocks.iter().map(|block| constant(block)).collect();
                effect(&constants, weights, names).1
            }
        },
    };
    RuleLine {
        when: "to start with, all numbers at their mean".to_owned(),
        answer,
        rows: names.features.rows,
        right: None,
    }
}

/// Of two classes the one whose odds are told: the positive one, else the second.
pub(super) fn told_class(present: &[u32], names: &Names<'_>) -> String {
    let second = present.last().copied().unwrap_or(0);
    class_name(names.positive.unwrap_or(second), names)
}

/// The sign that turns a score of the second class into one of the told class.
pub(super) fn turn(present: &[u32], names: &Names<'_>) -> f64 {
    let second = present.last().copied().unwrap_or(0);
    if names.positive.is_some_and(|positive| positive != second) {
        -1.0
    } else {
        1.0
    }
}

fn class_name(class: u32, names: &Names<'_>) -> String {
    names
        .classes
        .get(class as usize)
        .cloned()
        .unwrap_or_default()
}
