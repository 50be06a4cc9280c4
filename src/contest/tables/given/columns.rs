//! Reading a column of the table as predictions of the target.

use std::sync::Arc;

use super::{Given, GivenContender};
use crate::contest::evidence::Tier;
use crate::contest::recommend::thousands;
use crate::contest::setup::Setup;
use crate::contest::target::Target;
use crate::data::{Column, Kind, MISSING_CODE, Values};
use crate::text::clean;
use crate::vocabulary::Rung;

/// A contender that does not take part.
#[derive(Clone, Debug, PartialEq)]
pub struct Absent {
    /// Its id on the leaderboard.
    pub id: String,
    /// Its competition.
    pub tier: Tier,
    /// What kind of solution it would be.
    pub rung: Rung,
    /// Why, in a sentence.
    pub why: String,
}

/// A column that came with the data as a contender; or why it cannot be one.
pub fn external(column: &Column, rung: Rung, setup: &Setup<'_>) -> Result<GivenContender, Absent> {
    let id = format!("external:{}", column.name);
    let given = read(column, setup).map_err(|why| Absent {
        id: id.clone(),
        tier: Tier::External,
        rung,
        why,
    })?;
    let kind = match &given {
        Given::Labels(_) => "classes, taken as they stand",
        Given::Probabilities(_) => "probabilities, cut where the training rows say",
        Given::Scores(_) => "scores, read as probabilities and cut as the training rows say",
        Given::Numbers(_) => "numbers, taken as they stand",
    };
    let missing = match given.missing() {
        0 => String::new(),
        some => format!(
            "; {} rows have none and are answered by what is usual",
            thousands(some as u64)
        ),
    };
    Ok(GivenContender {
        id,
        tier: Tier::External,
        rung,
        says: format!(
            "The predictions in column \u{201c}{}\u{201d}: {kind}{missing}",
            clean(&column.name)
        ),
        given: Arc::new(given),
        lines: Vec::new(),
        expression: None,
    })
}

pub(super) fn read(column: &Column, setup: &Setup<'_>) -> Result<Given, String> {
    match (&setup.target, &column.values) {
        (Target::Numbers(_), Values::Number(values)) => Ok(Given::Numbers(values.clone())),
        (Target::Numbers(_), Values::Category { .. } | Values::Date(_)) => {
            Err("the target is a number and this column is not".to_owned())
        }
        (Target::Classes { .. }, Values::Category { codes, levels }) => {
            labels(column, codes, levels, setup)
        }
        (Target::Classes { classes, .. }, Values::Number(values)) => {
            numbers(values, *classes, &setup.classes)
        }
        (Target::Classes { .. }, Values::Date(_)) => {
            Err("a column of dates cannot say a class".to_owned())
        }
    }
}

/// The class that a text names: its name, in any case; for a column of yes and
/// no the positive class and the other one.
pub(in crate::contest::tables) fn class_named(
    text: &str,
    yes_and_no: bool,
    setup: &Setup<'_>,
) -> Option<u32> {
    let names = &setup.classes;
    let exact = names.iter().position(|name| name == text);
    let same_letters = || {
        names
            .iter()
            .position(|name| name.to_lowercase() == text.to_lowercase())
    };
    if let Some(class) = exact.or_else(same_letters) {
        return Some(class as u32);
    }
    let positive = setup.positive.filter(|_| yes_and_no)?;
    match text.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" | "t" => Some(positive),
        "no" | "false" | "0" | "n" | "f" => Some(1 - positive),
        _ => None,
    }
}

fn labels(
    column: &Column,
    codes: &[u32],
    levels: &[String],
    setup: &Setup<'_>,
) -> Result<Given, String> {
    let class_of: Vec<Option<u32>> = levels
        .iter()
        .map(|level| class_named(level, column.kind == Kind::Boolean, setup))
        .collect();
    if class_of.iter().all(Option::is_none) {
        return Err(format!(
            "none of its values names a class; the classes are {}",
            clean(&setup.classes.join(", "))
        ));
    }
    let class = |code: &u32| {
        class_of
            .get(*code as usize)
            .copied()
            .flatten()
            .unwrap_or(MISSING_CODE)
    };
    Ok(Given::Labels(codes.iter().map(class).collect()))
}

fn numbers(values: &[f64], classes: usize, names: &[String]) -> Result<Given, String> {
    let known: Vec<f64> = names.iter().filter_map(|name| name.parse().ok()).collect();
    let present = || values.iter().filter(|value| !value.is_nan());
    if present().next().is_none() {
        return Err("it has no value in any row".to_owned());
    }
    if known.len() == names.len() && present().all(|value| known.contains(value)) {
        let class = |value: &f64| {
            known
                .iter()
                .position(|number| number == value)
                .map_or(MISSING_CODE, |class| class as u32)
        };
        return Ok(Given::Labels(values.iter().map(class).collect()));
    }
    if classes != 2 {
        return Err("with more than two classes it has to name the class".to_owned());
    }
    if present().all(|value| (0.0..=1.0).contains(value)) {
        Ok(Given::Probabilities(values.to_vec()))
    } else {
        Ok(Given::Scores(values.to_vec()))
    }
}
