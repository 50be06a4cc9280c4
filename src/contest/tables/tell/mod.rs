//! Readable contenders in words and as expressions.
//!
//! A rule is a list of [`Cell`]s: conditions on bins of features, and what is
//! answered where they hold. [`describe`] joins cells with the same answer,
//! puts them into a sentence and lines, and writes the one expression that
//! decides as the contender does. Names and values are untrusted and stay as
//! they are; renderers clean them.

mod condition;
mod rule;

pub use condition::{Condition, value};
pub(super) use rule::says;
pub use rule::{Cell, describe};

use super::contender::Names;
use crate::contest::rule::Expression;

/// The class decided for by these probabilities; none for numbers.
pub fn decision(values: &[f64], names: &Names<'_>) -> Option<u32> {
    if names.classes.is_empty() {
        return None;
    }
    let decided = match names.threshold {
        Some(threshold) => threshold.decide(values).first().copied(),
        None => None,
    };
    decided.or_else(|| {
        let mut best = 0;
        for (class, value) in values.iter().enumerate() {
            if *value > values[best] {
                best = class;
            }
        }
        Some(best as u32)
    })
}

/// The decided class by name, or the number in four digits.
pub fn answer(values: &[f64], names: &Names<'_>) -> String {
    match decision(values, names) {
        Some(class) => names
            .classes
            .get(class as usize)
            .cloned()
            .unwrap_or_default(),
        None => number(values.first().copied().unwrap_or(0.0)),
    }
}

/// The decided class, or the number, as an expression.
pub fn constant(values: &[f64], names: &Names<'_>) -> Expression {
    match decision(values, names) {
        Some(_) => Expression::Text(answer(values, names)),
        None => Expression::Number(values.first().copied().unwrap_or(0.0)),
    }
}

/// A number in at most four significant digits, all of them before the decimal point.
pub fn number(value: f64) -> String {
    if !value.is_finite() || value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = libm::floor(libm::log10(value.abs())) as i32;
    let decimals = (3 - magnitude).clamp(0, 12) as usize;
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A value in quotation marks, unless it is one plain word or number.
pub fn quoted(value: &str) -> String {
    let plain = |character: char| character.is_alphanumeric() || "_-.+%".contains(character);
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("“{value}”")
    }
}

/// A share in whole percent.
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

#[cfg(test)]
mod tests;
