//! Expressions worked out row by row, with SQL's three-valued logic: just
//! enough of it to hold rules against what they say they are.

use crate::contest::rule::{Binary, Expression};
use crate::contest::tables::encode;
use crate::data::{MISSING_CODE, MISSING_DATE, Table, Values};

/// A value, or none where it is missing.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Number(f64),
    Text(String),
    Boolean(bool),
    Moment(i64),
}

pub(super) fn value(expression: &Expression, table: &Table, row: usize) -> Option<Value> {
    let of = |expression: &Expression| value(expression, table, row);
    match expression {
        Expression::Column(name) => match &table.column(name).unwrap().values {
            Values::Number(values) => Some(values[row])
                .filter(|value| !value.is_nan())
                .map(Value::Number),
            Values::Category { codes, levels } => (codes[row] != MISSING_CODE)
                .then(|| Value::Text(levels[codes[row] as usize].clone())),
            Values::Date(moments) => Some(moments[row])
                .filter(|moment| *moment != MISSING_DATE)
                .map(Value::Moment),
        },
        Expression::Number(number) => Some(Value::Number(*number)),
        Expression::Text(text) => Some(Value::Text(text.clone())),
        Expression::Boolean(boolean) => Some(Value::Boolean(*boolean)),
        Expression::Moment(moment) => Some(Value::Moment(*moment)),
        Expression::Null => None,
        Expression::Not(inner) => {
            of(inner).map(|value| Value::Boolean(value != Value::Boolean(true)))
        }
        Expression::Negative(inner) => of(inner).map(|value| Value::Number(-number(&value))),
        Expression::Binary {
            left,
            operator,
            right,
        } => joined(of(left), *operator, of(right)),
        Expression::IsNull(inner) => Some(Value::Boolean(of(inner).is_none())),
        Expression::In { value, list } => {
            let value = of(value)?;
            Some(Value::Boolean(
                list.iter().any(|one| of(one).as_ref() == Some(&value)),
            ))
        }
        Expression::Case {
            branches,
            otherwise,
        } => {
            let first = branches
                .iter()
                .find(|(condition, _)| of(condition) == Some(Value::Boolean(true)));
            of(first.map_or(otherwise, |(_, answer)| answer))
        }
        Expression::Year(inner) => {
            let Value::Moment(seconds) = of(inner)? else {
                panic!("only moments have a year")
            };
            let span = jiff::SignedDuration::from_secs(seconds);
            let moment = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0) + span;
            Some(Value::Number(f64::from(moment.year())))
        }
        Expression::Month(inner) => Some(part(&of(inner)?, jiff::civil::DateTime::month)),
        Expression::Weekday(inner) => Some(part(&of(inner)?, |day| {
            day.weekday().to_monday_one_offset()
        })),
        Expression::Hour(inner) => Some(part(&of(inner)?, jiff::civil::DateTime::hour)),
        Expression::Epoch(inner) => {
            let Value::Moment(seconds) = of(inner)? else {
                panic!("only moments are counted from a moment on")
            };
            Some(Value::Number(seconds as f64))
        }
        Expression::Length(inner) => {
            let Value::Text(text) = of(inner)? else {
                panic!("only texts have a length")
            };
            Some(Value::Number(text.chars().count() as f64))
        }
        Expression::Coalesce(list) => list.iter().find_map(of),
        Expression::HasWord(inner, word) => {
            let Value::Text(text) = of(inner)? else {
                panic!("only texts have words")
            };
            Some(Value::Boolean(
                encode::words_of(&text).any(|found| found == *word),
            ))
        }
    }
}

fn part(value: &Value, read: impl Fn(jiff::civil::DateTime) -> i8) -> Value {
    let Value::Moment(seconds) = *value else {
        panic!("only moments have parts")
    };
    let span = jiff::SignedDuration::from_secs(seconds);
    let moment = jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0)
        .checked_add(span)
        .unwrap();
    Value::Number(f64::from(read(moment)))
}

fn number(value: &Value) -> f64 {
    match value {
        Value::Number(number) => *number,
        Value::Moment(moment) => *moment as f64,
        Value::Text(_) | Value::Boolean(_) => panic!("{value:?} is no number"),
    }
}

fn joined(left: Option<Value>, operator: Binary, right: Option<Value>) -> Option<Value> {
    let truth = |value: &Option<Value>| value.as_ref().map(|value| *value == Value::Boolean(true));
    match operator {
        Binary::And => match (truth(&left), truth(&right)) {
            (Some(false), _) | (_, Some(false)) => Some(Value::Boolean(false)),
            (Some(true), Some(true)) => Some(Value::Boolean(true)),
            (None, _) | (_, None) => None,
        },
        Binary::Or => match (truth(&left), truth(&right)) {
            (Some(true), _) | (_, Some(true)) => Some(Value::Boolean(true)),
            (Some(false), Some(false)) => Some(Value::Boolean(false)),
            (None, _) | (_, None) => None,
        },
        Binary::Equal => Some(Value::Boolean(left? == right?)),
        Binary::NotEqual => Some(Value::Boolean(left? != right?)),
        Binary::Less => Some(Value::Boolean(number(&left?) < number(&right?))),
        Binary::LessOrEqual => Some(Value::Boolean(number(&left?) <= number(&right?))),
        Binary::Greater => Some(Value::Boolean(number(&left?) > number(&right?))),
        Binary::GreaterOrEqual => Some(Value::Boolean(number(&left?) >= number(&right?))),
        Binary::Plus => Some(Value::Number(number(&left?) + number(&right?))),
        Binary::Minus => Some(Value::Number(number(&left?) - number(&right?))),
        Binary::Times => Some(Value::Number(number(&left?) * number(&right?))),
        Binary::Divide => Some(Value::Number(number(&left?) / number(&right?))),
    }
}
