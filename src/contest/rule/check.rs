//! Holding an expression against the columns of a table: what it computes, or what does not fit.

use super::expression::{Binary, Expression};
use super::moments;
use crate::data::{Column, Kind, Table, Values};
use crate::problem::{Problem, nearest};

/// What an expression computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleType {
    /// True or false.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A moment.
    Moment,
}

impl RuleType {
    /// With its article.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Boolean => "a condition",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Moment => "a moment",
        }
    }
}

/// What the expression computes over the table's columns.
///
/// # Errors
/// A column that is not there, values that cannot be compared or computed with.
pub fn check(expression: &Expression, table: &Table) -> Result<RuleType, Problem> {
    bind(expression, table).map(|(_, found)| found)
}

/// The expression in the table's own words, and what it computes: columns by
/// their exact names, a text beside a moment read as a moment, `1` and `true`
/// beside a column of such texts as the text that stands there.
///
/// # Errors
/// As for [`check`].
pub fn bind(expression: &Expression, table: &Table) -> Result<(Expression, RuleType), Problem> {
    let (bound, found) = Binder { table }.bind(expression)?;
    match found {
        Some(RuleType::Text) => match flag(&bound, table) {
            Some(yes) => Ok((yes, RuleType::Boolean)),
            None => Ok((bound, RuleType::Text)),
        },
        Some(found) => Ok((bound, found)),
        None => Err(Problem::new(
            "rule-without-answer",
            "the rule gives NULL in every row",
            "say what it answers, such as case when income > 50000 then 'yes' else 'no' end",
        )),
    }
}

/// An expression with what it computes; none for NULL, which fits everywhere.
type Bound = (Expression, Option<RuleType>);

struct Binder<'a> {
    table: &'a Table,
}

impl Binder<'_> {
    fn bind(&self, expression: &Expression) -> Result<Bound, Problem> {
        let boolean = Some(RuleType::Boolean);
        let number = Some(RuleType::Number);
        match expression {
            Expression::Column(name) => {
                let column = find(self.table, name)?;
                Ok((Expression::Column(column.name.clone()), Some(of(column))))
            }
            Expression::Number(_) => Ok((expression.clone(), number)),
            Expression::Text(_) => Ok((expression.clone(), Some(RuleType::Text))),
            Expression::Boolean(_) => Ok((expression.clone(), boolean)),
            Expression::Moment(_) => Ok((expression.clone(), Some(RuleType::Moment))),
            Expression::Null => Ok((Expression::Null, None)),
            Expression::Not(inner) => {
                let inner = self.condition(inner, "not")?;
                Ok((Expression::Not(Box::new(inner)), boolean))
            }
            Expression::Negative(inner) => {
                let inner = self.typed(inner, RuleType::Number, "a minus sign")?;
                Ok((Expression::Negative(Box::new(inner)), number))
            }
            Expression::Binary {
                left,
                operator,
                right,
            } => self.binary(left, *operator, right),
            Expression::IsNull(inner) => {
                let (inner, _) = self.bind(inner)?;
                Ok((Expression::IsNull(Box::new(inner)), boolean))
            }
            Expression::In { value, list } => Ok((self.within(value, list)?, boolean)),
            Expression::Case {
                branches,
                otherwise,
            } => self.case(branches, otherwise),
            Expression::Year(inner) => Ok((Expression::Year(self.moment(inner)?), number)),
            Expression::Month(inner) => Ok((Expression::Month(self.moment(inner)?), number)),
            Expression::Weekday(inner) => Ok((Expression::Weekday(self.moment(inner)?), number)),
            Expression::Hour(inner) => Ok((Expression::Hour(self.moment(inner)?), number)),
            Expression::Epoch(inner) => Ok((Expression::Epoch(self.moment(inner)?), number)),
            Expression::Length(inner) => {
                let inner = self.typed(inner, RuleType::Text, "length")?;
                Ok((Expression::Length(Box::new(inner)), number))
            }
            Expression::Coalesce(list) => self.coalesce(list),
            Expression::HasWord(inner, word) => {
                let inner = self.typed(inner, RuleType::Text, "looking for a word")?;
                let found = Expression::HasWord(Box::new(inner), word.clone());
                Ok((found, boolean))
            }
        }
    }

    fn moment(&self, inner: &Expression) -> Result<Box<Expression>, Problem> {
        self.typed(inner, RuleType::Moment, "extract").map(Box::new)
    }

    fn typed(&self, inner: &Expression, wanted: RuleType, by: &str) -> Result<Expression, Problem> {
        let (bound, found) = self.bind(inner)?;
        if found.is_none_or(|found| found == wanted) {
            return Ok(bound);
        }
        Err(mismatch(format!(
            "{by} needs {}, but {}",
            wanted.label(),
            said(&bound, found)
        )))
    }

    /// A condition; a column of yes and no is one by itself.
    fn condition(&self, inner: &Expression, by: &str) -> Result<Expression, Problem> {
        let (bound, found) = self.bind(inner)?;
        if found.is_none_or(|found| found == RuleType::Boolean) {
            return Ok(bound);
        }
        flag(&bound, self.table).ok_or_else(|| {
            mismatch(format!(
                "{by} needs a condition, but {}",
                said(&bound, found)
            ))
        })
    }

    fn binary(
        &self,
        left: &Expression,
        operator: Binary,
        right: &Expression,
    ) -> Result<Bound, Problem> {
        let joined = |left: Expression, right| left.joined(operator, right);
        match operator {
            Binary::And | Binary::Or => {
                let by = if operator == Binary::And { "and" } else { "or" };
                let left = self.condition(left, by)?;
                let right = self.condition(right, by)?;
                Ok((joined(left, right), Some(RuleType::Boolean)))
            }
            Binary::Plus | Binary::Minus | Binary::Times | Binary::Divide => {
                let left = self.typed(left, RuleType::Number, "arithmetic")?;
                let right = self.typed(right, RuleType::Number, "arithmetic")?;
                Ok((joined(left, right), Some(RuleType::Number)))
            }
            Binary::Equal | Binary::NotEqual => {
                let (left, right, _) = self.alike(self.bind(left)?, self.bind(right)?)?;
                Ok((joined(left, right), Some(RuleType::Boolean)))
            }
            Binary::Less | Binary::LessOrEqual | Binary::Greater | Binary::GreaterOrEqual => {
                let (left, right, found) = self.alike(self.bind(left)?, self.bind(right)?)?;
                match found {
                    Some(RuleType::Text | RuleType::Boolean) => Err(Problem::new(
                        "rule-order",
                        format!(
                            "only numbers and moments have an order that all databases agree on, but {}",
                            said(&left, found)
                        ),
                        "compare with =, <> or in (…)",
                    )),
                    Some(RuleType::Number | RuleType::Moment) | None => {
                        Ok((joined(left, right), Some(RuleType::Boolean)))
                    }
                }
            }
        }
    }

    /// Two sides that are to be of one type, with that type.
    fn alike(
        &self,
        left: Bound,
        right: Bound,
    ) -> Result<(Expression, Expression, Option<RuleType>), Problem> {
        let (left, left_type) = left;
        let (right, right_type) = right;
        match (left_type, right_type) {
            (Some(one), Some(other)) if one != other => {
                if let Some(right) = self.as_beside(&right, &left, one) {
                    return Ok((left, right, Some(one)));
                }
                if let Some(left) = self.as_beside(&left, &right, other) {
                    return Ok((left, right, Some(other)));
                }
                Err(mismatch(format!(
                    "{}, but {}",
                    said(&left, left_type),
                    said(&right, right_type)
                )))
            }
            (one, other) => Ok((left, right, one.or(other))),
        }
    }

    /// The literal as what stands beside it.
    fn as_beside(
        &self,
        literal: &Expression,
        beside: &Expression,
        wanted: RuleType,
    ) -> Option<Expression> {
        match (literal, wanted) {
            (Expression::Text(text), RuleType::Moment) => {
                moments::read(text).map(Expression::Moment)
            }
            (Expression::Number(number), RuleType::Text) => {
                let level = levels(beside, self.table)?
                    .iter()
                    .find(|level| level.parse() == Ok(*number))?;
                Some(Expression::Text(level.clone()))
            }
            (Expression::Boolean(value), RuleType::Text) => {
                let words = if *value { YES } else { NO };
                word_of(levels(beside, self.table)?, &words).map(Expression::Text)
            }
            _ => None,
        }
    }

    fn within(&self, value: &Expression, list: &[Expression]) -> Result<Expression, Problem> {
        let mut value = self.bind(value)?;
        let mut found = Vec::with_capacity(list.len());
        for one in list {
            let (same, bound, kind) = self.alike(value, self.bind(one)?)?;
            value = (same, kind);
            found.push(bound);
        }
        Ok(Expression::In {
            value: Box::new(value.0),
            list: found,
        })
    }

    fn coalesce(&self, list: &[Expression]) -> Result<Bound, Problem> {
        let mut of_all: Bound = (Expression::Null, None);
        for one in list {
            let bound = self.bind(one)?;
            of_all = match of_all {
                (_, None) => bound,
                known => {
                    let (same, _, kind) = self.alike(known, bound)?;
                    (same, kind)
                }
            };
        }
        // a later one may have turned what stood before into a moment
        let mut found = Vec::with_capacity(list.len());
        for one in list {
            let (_, bound, _) = self.alike(of_all.clone(), self.bind(one)?)?;
            found.push(bound);
        }
        Ok((Expression::Coalesce(found), of_all.1))
    }

    fn case(
        &self,
        branches: &[(Expression, Expression)],
        otherwise: &Expression,
    ) -> Result<Bound, Problem> {
        let mut kind = None;
        let mut first: Option<Expression> = None;
        let mut answer = |(bound, found): Bound| match (kind, found) {
            (Some(one), Some(other)) if one != other => Err(mismatch(format!(
                "all answers of a case are of one kind: {}, but {}",
                said(first.as_ref().unwrap_or(&bound), kind),
                said(&bound, found)
            ))),
            (None, Some(_)) => {
                kind = found;
                first = Some(bound.clone());
                Ok(bound)
            }
            (_, _) => Ok(bound),
        };
        let mut found = Vec::with_capacity(branches.len());
        for (condition, value) in branches {
            let condition = self.condition(condition, "when")?;
            found.push((condition, answer(self.bind(value)?)?));
        }
        let otherwise = Box::new(answer(self.bind(otherwise)?)?);
        Ok((
            Expression::Case {
                branches: found,
                otherwise,
            },
            kind,
        ))
    }
}

/// Words for yes and for no in a column of two values.
const YES: [&str; 5] = ["yes", "true", "1", "y", "t"];
const NO: [&str; 5] = ["no", "false", "0", "n", "f"];

fn word_of(levels: &[String], words: &[&str]) -> Option<String> {
    levels
        .iter()
        .find(|level| words.contains(&level.to_lowercase().as_str()))
        .cloned()
}

/// The texts of a column.
fn levels<'a>(expression: &Expression, table: &'a Table) -> Option<&'a [String]> {
    let Expression::Column(name) = expression else {
        return None;
    };
    match &table.column(name)?.values {
        Values::Category { levels, .. } => Some(levels),
        Values::Number(_) | Values::Date(_) => None,
    }
}

/// A column of yes and no as the condition that it says yes.
fn flag(expression: &Expression, table: &Table) -> Option<Expression> {
    let Expression::Column(name) = expression else {
        return None;
    };
    if table.column(name)?.kind != Kind::Boolean {
        return None;
    }
    let yes = word_of(levels(expression, table)?, &YES)?;
    Some(
        expression
            .clone()
            .joined(Binary::Equal, Expression::Text(yes)),
    )
}

/// The column of that name, or the only one of that name but for upper and lower case.
fn find<'a>(table: &'a Table, name: &str) -> Result<&'a Column, Problem> {
    if let Some(column) = table.column(name) {
        return Ok(column);
    }
    let lower = name.to_lowercase();
    let mut alike = table
        .columns
        .iter()
        .filter(|column| column.name.to_lowercase() == lower);
    if let (Some(column), None) = (alike.next(), alike.next()) {
        return Ok(column);
    }
    let known = table.columns.iter().map(|column| column.name.as_str());
    let remedy = match nearest(name, known) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => "name a column of the data; texts stand in '…', columns in \"…\"".to_owned(),
    };
    Err(Problem::new(
        "unknown-column",
        format!("there is no column “{name}” in the data"),
        remedy,
    ))
}

fn of(column: &Column) -> RuleType {
    match column.values {
        Values::Number(_) => RuleType::Number,
        Values::Category { .. } => RuleType::Text,
        Values::Date(_) => RuleType::Moment,
    }
}

fn mismatch(message: String) -> Problem {
    Problem::new(
        "rule-types",
        message,
        "compare like with like: numbers stand bare, texts in '…', days as date '2024-01-31'",
    )
}

/// "“age” is a number".
fn said(expression: &Expression, found: Option<RuleType>) -> String {
    let shown = crate::text::shorten(&super::sql(expression, super::Dialect::Generic), 40);
    format!("{shown} is {}", found.map_or("missing", RuleType::label))
}
