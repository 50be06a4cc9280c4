//! A rule as disjoint cells, told in a sentence, line by line, and as an expression.

use super::condition::{Condition, join};
use super::{answer, constant, decision, percent};
use crate::contest::panels::RuleLine;
use crate::contest::rule::{Binary, Expression};
use crate::contest::tables::contender::{Description, Names};

/// Groups named in the sentence before the rest are only counted.
const MOST_SAID: usize = 3;

/// Rows with the same answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// All of these hold; no row is in two cells.
    pub conditions: Vec<Condition>,
    /// Probabilities of the classes, or the number.
    pub value: Vec<f64>,
    /// Training rows in it.
    pub rows: f64,
    /// Training rows in it by class; empty for numbers.
    pub by_class: Vec<f64>,
}

impl Cell {
    /// A cell with the tally of its training rows.
    pub fn new(conditions: Vec<Condition>, value: Vec<f64>, tally: &[f64]) -> Self {
        let classes = value.len() > 1;
        Self {
            conditions,
            value,
            rows: if classes {
                tally.iter().sum()
            } else {
                tally.first().copied().unwrap_or(0.0)
            },
            by_class: if classes { tally.to_vec() } else { Vec::new() },
        }
    }
}

/// Cells that are decided alike.
struct Group {
    conditions: Vec<Condition>,
    value: Vec<f64>,
    class: Option<u32>,
    rows: f64,
    right: f64,
}

/// Tells a rule. Rows outside all cells get `fallback`, which may be left out
/// where the cells hold every row.
pub fn describe(cells: &[Cell], fallback: Option<&[f64]>, names: &Names<'_>) -> Description {
    let mut groups: Vec<Group> = cells.iter().map(|cell| group(cell, names)).collect();
    if !names.classes.is_empty() {
        merge(&mut groups, names);
    }
    let otherwise = fallback.map(<[f64]>::to_vec).or_else(|| default(&groups));
    let Some(otherwise) = otherwise else {
        return Description::default();
    };
    let is_default = |group: &Group| match group.class {
        Some(class) => decision(&otherwise, names) == Some(class),
        None => group.value == otherwise,
    };
    let (rest, told): (Vec<&Group>, Vec<&Group>) =
        groups.iter().partition(|group| is_default(group));
    let branches: Option<Vec<(Expression, Expression)>> = told
        .iter()
        .map(|group| Some((test(group, names)?, constant(&group.value, names))))
        .collect();
    let expression = branches.map(|branches| {
        if branches.is_empty() {
            return constant(&otherwise, names);
        }
        Expression::Case {
            branches,
            otherwise: Box::new(constant(&otherwise, names)),
        }
    });
    let mut lines: Vec<RuleLine> = told.iter().map(|group| line(group, names)).collect();
    let (rows, right) = rest.iter().fold((0.0, 0.0), |sum, group| {
        (sum.0 + group.rows, sum.1 + group.right)
    });
    lines.push(RuleLine {
        when: if told.is_empty() {
            "always"
        } else {
            "otherwise"
        }
        .to_owned(),
        answer: answer(&otherwise, names),
        rows: rows as usize,
        right: (!names.classes.is_empty() && rows > 0.0).then(|| right / rows),
    });
    Description {
        says: says(&lines),
        lines,
        expression,
    }
}

fn group(cell: &Cell, names: &Names<'_>) -> Group {
    let class = decision(&cell.value, names);
    let right = class.and_then(|class| cell.by_class.get(class as usize).copied());
    Group {
        conditions: cell
            .conditions
            .iter()
            .filter(|condition| !condition.always(names.features))
            .copied()
            .collect(),
        value: cell.value.clone(),
        class,
        rows: cell.rows,
        right: right.unwrap_or(0.0),
    }
}

/// Joins groups of the same decision that differ in one feature only, until none is left.
fn merge(groups: &mut Vec<Group>, names: &Names<'_>) {
    let mut first = 0;
    while first < groups.len() {
        let found = (first + 1..groups.len()).find_map(|second| {
            let joined = joined(&groups[first], &groups[second])?;
            Some((second, joined))
        });
        match found {
            Some((second, mut conditions)) => {
                conditions.retain(|condition| !condition.always(names.features));
                let other = groups.remove(second);
                let group = &mut groups[first];
                group.conditions = conditions;
                group.rows += other.rows;
                group.right += other.right;
                // the wider group may now join with an earlier one
                first = 0;
            }
            None => first += 1,
        }
    }
}

/// The conditions of both together, if they are one group in truth.
fn joined(left: &Group, right: &Group) -> Option<Vec<Condition>> {
    if left.class != right.class || left.conditions.len() != right.conditions.len() {
        return None;
    }
    let mut conditions = left.conditions.clone();
    let mut different = 0;
    for condition in &mut conditions {
        let other = right
            .conditions
            .iter()
            .find(|other| other.feature == condition.feature)?;
        if other.bins != condition.bins {
            different += 1;
            condition.bins = condition.bins.or(&other.bins);
        }
    }
    (different <= 1).then_some(conditions)
}

/// The answer of most groups, the one with more rows of equals.
fn default(groups: &[Group]) -> Option<Vec<f64>> {
    let weight = |group: &Group| {
        groups
            .iter()
            .filter(|other| match group.class {
                Some(class) => other.class == Some(class),
                None => other.value == group.value,
            })
            .fold((0, 0.0), |sum, other| (sum.0 + 1, sum.1 + other.rows))
    };
    let mut best: Option<(&Group, (i32, f64))> = None;
    for group in groups {
        let weight = weight(group);
        let more = best.is_none_or(|(_, found)| {
            weight.0 > found.0 || (weight.0 == found.0 && weight.1 > found.1)
        });
        if more {
            best = Some((group, weight));
        }
    }
    best.map(|(group, _)| group.value.clone())
}

fn test(group: &Group, names: &Names<'_>) -> Option<Expression> {
    let tests: Option<Vec<Expression>> = group
        .conditions
        .iter()
        .map(|condition| condition.expression(names.features))
        .collect();
    let tests = tests?;
    Some(join(Binary::And, tests.into_iter()).unwrap_or(Expression::Boolean(true)))
}

fn line(group: &Group, names: &Names<'_>) -> RuleLine {
    let phrases: Vec<String> = group
        .conditions
        .iter()
        .map(|condition| condition.phrase(names.features))
        .collect();
    RuleLine {
        when: if phrases.is_empty() {
            "always".to_owned()
        } else {
            phrases.join(" and ")
        },
        answer: answer(&group.value, names),
        rows: group.rows as usize,
        right: (group.class.is_some() && group.rows > 0.0).then(|| group.right / group.rows),
    }
}

/// "If A: x (n=…, … %); if B: y (n=…); otherwise z".
pub(in crate::contest::tables) fn says(lines: &[RuleLine]) -> String {
    let Some((last, told)) = lines.split_last() else {
        return String::new();
    };
    if told.is_empty() {
        return format!("Always: {}", last.answer);
    }
    let mut parts: Vec<String> = told
        .iter()
        .take(MOST_SAID)
        .map(|line| {
            let right = line
                .right
                .map_or_else(String::new, |right| format!(", {}", percent(right)));
            format!("if {}: {} (n={}{right})", line.when, line.answer, line.rows)
        })
        .collect();
    if told.len() > MOST_SAID {
        let more = told.len() - MOST_SAID;
        parts.push(format!(
            "{more} more {}",
            if more == 1 { "line" } else { "lines" }
        ));
    }
    parts.push(format!("otherwise: {}", last.answer));
    let mut text = parts.join("; ");
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    text
}
