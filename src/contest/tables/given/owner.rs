//! The owner's rule: an expression over the columns, taken as it stands.

use std::sync::Arc;

use super::columns::read;
use super::{Absent, Given, GivenContender};
use crate::contest::evidence::Tier;
use crate::contest::panels::RuleLine;
use crate::contest::rule::{Expression, RuleType, RuleValues, bind, evaluate, located, parse};
use crate::contest::setup::Setup;
use crate::contest::target::Target;
use crate::data::{Column, Kind, Table, Values};
use crate::problem::Problem;
use crate::text::{clean, shorten};
use crate::vocabulary::Rung;

/// The id of the owner's rule on the leaderboard.
pub const OWNER_RULE: &str = "owner-rule";

/// Columns of a rule's text that are shown in a sentence.
const MOST_SHOWN: usize = 120;

/// The owner's rule as a contender; or why it cannot be one.
///
/// For two classes a condition says the positive class where it is true, and
/// the other one where it is false or unknown, as a query would select.
/// Otherwise the rule names a class, or gives a score or the number itself.
///
/// # Errors
/// A rule that cannot be read or does not fit the columns, or reads the target.
pub fn owner(
    text: &str,
    target: &str,
    setup: &Setup<'_>,
) -> Result<Result<GivenContender, Absent>, Problem> {
    let parsed = parse(text, "rule")?;
    let known = without(&setup.table, target);
    let (bound, kind) = bind(&parsed, &known).map_err(|problem| {
        let problem = located(problem, text, "rule", &known);
        if bind(&parsed, &setup.table).is_ok() {
            let place = (problem.line.unwrap_or(1), problem.column.unwrap_or(1));
            Problem::new(
                "rule-reads-target",
                format!(
                    "the rule reads “{}”, which is to be predicted",
                    clean(target)
                ),
                "write the rule with what is known when the decision is made",
            )
            .in_file("rule")
            .at(place.0, place.1)
        } else {
            problem
        }
    })?;
    let shown = shorten(&clean(text.trim()), MOST_SHOWN);
    let absent = |why: String| Absent {
        id: OWNER_RULE.to_owned(),
        tier: Tier::Heuristic,
        rung: Rung::Heuristic,
        why,
    };
    let values = evaluate(&bound, &setup.table)?;
    let found = match (&values, &setup.target, setup.positive) {
        (RuleValues::Booleans(said), Target::Classes { .. }, Some(positive)) => {
            return Ok(Ok(condition(&bound, said, positive, &shown, setup)));
        }
        (RuleValues::Booleans(_), _, _) => {
            Err("a condition only says one class of two; write case when … then … end".to_owned())
        }
        (_, _, _) => given(values, setup),
    };
    Ok(match found {
        Ok(found) => Ok(GivenContender {
            id: OWNER_RULE.to_owned(),
            tier: Tier::Heuristic,
            rung: Rung::Heuristic,
            given: Arc::new(found),
            says: format!("The owner's rule: {shown}"),
            lines: vec![RuleLine {
                when: "always".to_owned(),
                answer: shown,
                rows: setup.table.rows,
                right: None,
            }],
            // a score is cut by what the training rows say, and is no answer by itself
            expression: answers(kind, &setup.target).then_some(bound),
        }),
        Err(why) => Err(absent(why)),
    })
}

/// Whether values of that type are answers as they stand.
fn answers(kind: RuleType, target: &Target) -> bool {
    match target {
        Target::Classes { .. } => kind == RuleType::Text,
        Target::Numbers(_) => kind == RuleType::Number,
    }
}

/// A condition as a contender for two classes.
fn condition(
    bound: &Expression,
    said: &[Option<bool>],
    positive: u32,
    shown: &str,
    setup: &Setup<'_>,
) -> GivenContender {
    let other = 1 - positive.min(1);
    let label = |said: &Option<bool>| if *said == Some(true) { positive } else { other };
    let labels: Vec<u32> = said.iter().map(label).collect();
    let name = |class: u32| {
        setup
            .classes
            .get(class as usize)
            .cloned()
            .unwrap_or_default()
    };
    let line = |when: String, class: u32| {
        let rows: Vec<usize> = (0..labels.len())
            .filter(|row| labels[*row] == class)
            .collect();
        let right = setup.target.classes().map(|(_, values)| {
            let right = rows.iter().filter(|row| values.get(**row) == Some(&class));
            right.count() as f64 / rows.len().max(1) as f64
        });
        RuleLine {
            when,
            answer: name(class),
            rows: rows.len(),
            right: right.filter(|_| !rows.is_empty()),
        }
    };
    GivenContender {
        id: OWNER_RULE.to_owned(),
        tier: Tier::Heuristic,
        rung: Rung::Heuristic,
        says: format!(
            "The owner's rule: {} if {shown}; otherwise, or where that is unknown, {}",
            clean(&name(positive)),
            clean(&name(other))
        ),
        lines: vec![
            line(shown.to_owned(), positive),
            line("otherwise".to_owned(), other),
        ],
        expression: Some(Expression::Case {
            branches: vec![(bound.clone(), Expression::Text(name(positive)))],
            otherwise: Box::new(Expression::Text(name(other))),
        }),
        given: Arc::new(Given::Labels(labels)),
    }
}

/// What the rule gives, read as a column of predictions would be.
fn given(values: RuleValues, setup: &Setup<'_>) -> Result<Given, String> {
    let (kind, values) = match values {
        RuleValues::Numbers(values) => (Kind::Number, Values::Number(values)),
        RuleValues::Texts { codes, levels } => (Kind::Category, Values::Category { codes, levels }),
        RuleValues::Moments(values) => (Kind::Date, Values::Date(values)),
        RuleValues::Booleans(_) => return Err("a condition is no prediction".to_owned()),
    };
    let column = Column {
        name: OWNER_RULE.to_owned(),
        kind,
        why: String::new(),
        values,
    };
    read(&column, setup)
}

/// The table's columns but for one.
fn without(table: &Table, target: &str) -> Table {
    let mut table = table.clone();
    table.columns.retain(|column| column.name != target);
    table
}
