//! Computing an expression for every row of a table, column by column, with SQL's three-valued logic.

use std::collections::HashMap;

use super::check::{RuleType, bind};
use super::expression::{Binary, Expression};
use super::{moments, words_of};
use crate::data::{MISSING_CODE, MISSING_DATE, Table, Values};
use crate::problem::Problem;

/// What an expression gives, one value per row.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleValues {
    /// True, false, or none where it is unknown.
    Booleans(Vec<Option<bool>>),
    /// Numbers; NaN is missing and nothing else is not finite.
    Numbers(Vec<f64>),
    /// Codes into `levels`, or [`MISSING_CODE`].
    Texts {
        /// One code per row.
        codes: Vec<u32>,
        /// The texts that the codes stand for, distinct.
        levels: Vec<String>,
    },
    /// Seconds since 1970-01-01T00:00:00, or [`MISSING_DATE`].
    Moments(Vec<i64>),
}

impl RuleValues {
    /// The text of a row, if these are texts and it is not missing.
    pub fn text(&self, row: usize) -> Option<&str> {
        match self {
            Self::Texts { codes, levels } => {
                levels.get(*codes.get(row)? as usize).map(String::as_str)
            }
            Self::Booleans(_) | Self::Numbers(_) | Self::Moments(_) => None,
        }
    }

    /// Whether each row's value is missing.
    fn missing(&self) -> Vec<bool> {
        match self {
            Self::Booleans(values) => values.iter().map(Option::is_none).collect(),
            Self::Numbers(values) => values.iter().map(|value| value.is_nan()).collect(),
            Self::Texts { codes, .. } => codes.iter().map(|code| *code == MISSING_CODE).collect(),
            Self::Moments(values) => values.iter().map(|value| *value == MISSING_DATE).collect(),
        }
    }

    /// Values of a type, missing in every row.
    fn nothing(kind: RuleType, rows: usize) -> Self {
        match kind {
            RuleType::Boolean => Self::Booleans(vec![None; rows]),
            RuleType::Number => Self::Numbers(vec![f64::NAN; rows]),
            RuleType::Text => Self::Texts {
                codes: vec![MISSING_CODE; rows],
                levels: Vec::new(),
            },
            RuleType::Moment => Self::Moments(vec![MISSING_DATE; rows]),
        }
    }

    const fn kind(&self) -> RuleType {
        match self {
            Self::Booleans(_) => RuleType::Boolean,
            Self::Numbers(_) => RuleType::Number,
            Self::Texts { .. } => RuleType::Text,
            Self::Moments(_) => RuleType::Moment,
        }
    }
}

/// The expression's value in every row of the table.
///
/// Missing values go through as SQL's NULL does: `NULL = 1` is unknown,
/// `NULL and false` is false, `case` takes no branch that is unknown. A
/// division by zero and a result beyond 64 bits are missing.
///
/// # Errors
/// As for [`super::check`].
pub fn evaluate(expression: &Expression, table: &Table) -> Result<RuleValues, Problem> {
    let (bound, kind) = bind(expression, table)?;
    let values = Evaluator { table }.value(&bound)?;
    Ok(values.unwrap_or_else(|| RuleValues::nothing(kind, table.rows)))
}

struct Evaluator<'a> {
    table: &'a Table,
}

/// Values that a bound expression cannot have; kept as an error so that nothing panics.
fn unfit() -> Problem {
    Problem::new(
        "rule-types",
        "the rule compares values that do not fit",
        "compare like with like",
    )
}

impl Evaluator<'_> {
    /// Values, or none for NULL in every row.
    fn value(&self, expression: &Expression) -> Result<Option<RuleValues>, Problem> {
        let rows = self.table.rows;
        Ok(Some(match expression {
            Expression::Column(name) => self.column(name)?,
            Expression::Number(number) if number.is_finite() => {
                RuleValues::Numbers(vec![*number; rows])
            }
            Expression::Number(_) => RuleValues::Numbers(vec![f64::NAN; rows]),
            Expression::Text(text) => RuleValues::Texts {
                codes: vec![0; rows],
                levels: vec![text.clone()],
            },
            Expression::Boolean(value) => RuleValues::Booleans(vec![Some(*value); rows]),
            Expression::Moment(moment) => RuleValues::Moments(vec![*moment; rows]),
            Expression::Null => return Ok(None),
            Expression::Not(inner) => RuleValues::Booleans(
                self.booleans(inner)?
                    .into_iter()
                    .map(|value| value.map(|value| !value))
                    .collect(),
            ),
            Expression::Negative(inner) => RuleValues::Numbers(
                self.numbers(inner)?
                    .into_iter()
                    .map(|value| -value)
                    .collect(),
            ),
            Expression::Binary {
                left,
                operator,
                right,
            } => self.binary(left, *operator, right)?,
            Expression::IsNull(inner) => {
                let missing = match self.value(inner)? {
                    Some(values) => values.missing(),
                    None => vec![true; rows],
                };
                RuleValues::Booleans(missing.into_iter().map(Some).collect())
            }
            Expression::In { value, list } => self.within(value, list)?,
            Expression::Case {
                branches,
                otherwise,
            } => return self.case(branches, otherwise),
            Expression::Year(inner) => {
                self.part(inner, |moment| moments::year(moment).unwrap_or(f64::NAN))?
            }
            Expression::Month(inner) => {
                self.part(inner, |moment| moments::month(moment).unwrap_or(f64::NAN))?
            }
            Expression::Weekday(inner) => self.part(inner, moments::weekday)?,
            Expression::Hour(inner) => self.part(inner, moments::hour)?,
            Expression::Epoch(inner) => self.part(inner, |moment| moment as f64)?,
            Expression::Length(inner) => self.length(inner)?,
            Expression::Coalesce(list) => return self.coalesce(list),
            Expression::HasWord(inner, word) => self.has_word(inner, word)?,
        }))
    }

    fn column(&self, name: &str) -> Result<RuleValues, Problem> {
        let column = self.table.column(name).ok_or_else(unfit)?;
        Ok(match &column.values {
            Values::Number(values) => RuleValues::Numbers(values.clone()),
            Values::Category { codes, levels } => RuleValues::Texts {
                codes: codes.clone(),
                levels: levels.clone(),
            },
            Values::Date(values) => RuleValues::Moments(values.clone()),
        })
    }

    fn booleans(&self, expression: &Expression) -> Result<Vec<Option<bool>>, Problem> {
        match self.value(expression)? {
            Some(RuleValues::Booleans(values)) => Ok(values),
            None => Ok(vec![None; self.table.rows]),
            Some(_) => Err(unfit()),
        }
    }

    fn numbers(&self, expression: &Expression) -> Result<Vec<f64>, Problem> {
        match self.value(expression)? {
            Some(RuleValues::Numbers(values)) => Ok(values),
            None => Ok(vec![f64::NAN; self.table.rows]),
            Some(_) => Err(unfit()),
        }
    }

    fn part(&self, inner: &Expression, read: impl Fn(i64) -> f64) -> Result<RuleValues, Problem> {
        let moments = match self.value(inner)? {
            Some(RuleValues::Moments(values)) => values,
            None => vec![MISSING_DATE; self.table.rows],
            Some(_) => return Err(unfit()),
        };
        let part = |moment: i64| {
            if moment == MISSING_DATE {
                f64::NAN
            } else {
                read(moment)
            }
        };
        Ok(RuleValues::Numbers(moments.into_iter().map(part).collect()))
    }

    /// Codes, and the texts that they stand for.
    fn texts(&self, inner: &Expression) -> Result<(Vec<u32>, Vec<String>), Problem> {
        match self.value(inner)? {
            Some(RuleValues::Texts { codes, levels }) => Ok((codes, levels)),
            None => Ok((vec![MISSING_CODE; self.table.rows], Vec::new())),
            Some(_) => Err(unfit()),
        }
    }

    fn length(&self, inner: &Expression) -> Result<RuleValues, Problem> {
        let (codes, levels) = self.texts(inner)?;
        let lengths: Vec<f64> = levels
            .iter()
            .map(|text| text.chars().count() as f64)
            .collect();
        let of = |code: &u32| lengths.get(*code as usize).copied().unwrap_or(f64::NAN);
        Ok(RuleValues::Numbers(codes.iter().map(of).collect()))
    }

    fn coalesce(&self, list: &[Expression]) -> Result<Option<RuleValues>, Problem> {
        let mut which = vec![list.len(); self.table.rows];
        let mut answers = Vec::with_capacity(list.len());
        for (position, one) in list.iter().enumerate() {
            let values = self.value(one)?;
            if let Some(values) = &values {
                for (taken, missing) in which.iter_mut().zip(values.missing()) {
                    if *taken == list.len() && !missing {
                        *taken = position;
                    }
                }
            }
            answers.push(values);
        }
        let kind = answers.iter().flatten().map(RuleValues::kind).next();
        Ok(kind.map(|kind| picked(&which, &answers, kind)))
    }

    fn has_word(&self, inner: &Expression, word: &str) -> Result<RuleValues, Problem> {
        let (codes, levels) = self.texts(inner)?;
        let has: Vec<bool> = levels
            .iter()
            .map(|text| words_of(text).any(|found| found == word))
            .collect();
        let of = |code: &u32| has.get(*code as usize).copied();
        Ok(RuleValues::Booleans(codes.iter().map(of).collect()))
    }

    fn binary(
        &self,
        left: &Expression,
        operator: Binary,
        right: &Expression,
    ) -> Result<RuleValues, Problem> {
        match operator {
            Binary::And => self.logic(left, right, false),
            Binary::Or => self.logic(left, right, true),
            Binary::Plus => self.arithmetic(left, right, |left, right| left + right),
            Binary::Minus => self.arithmetic(left, right, |left, right| left - right),
            Binary::Times => self.arithmetic(left, right, |left, right| left * right),
            Binary::Divide => self.arithmetic(left, right, |left, right| left / right),
            Binary::Equal => self.comparison(left, right, std::cmp::Ordering::is_eq),
            Binary::NotEqual => self.comparison(left, right, std::cmp::Ordering::is_ne),
            Binary::Less => self.comparison(left, right, std::cmp::Ordering::is_lt),
            Binary::LessOrEqual => self.comparison(left, right, std::cmp::Ordering::is_le),
            Binary::Greater => self.comparison(left, right, std::cmp::Ordering::is_gt),
            Binary::GreaterOrEqual => self.comparison(left, right, std::cmp::Ordering::is_ge),
        }
    }

    /// `or` where `decides` is true, `and` where it is false: one side that
    /// decides is enough, otherwise an unknown side makes it unknown.
    fn logic(
        &self,
        left: &Expression,
        right: &Expression,
        decides: bool,
    ) -> Result<RuleValues, Problem> {
        let left = self.booleans(left)?;
        let right = self.booleans(right)?;
        let joined = left
            .into_iter()
            .zip(right)
            .map(|sides| match sides {
                (Some(side), _) | (_, Some(side)) if side == decides => Some(decides),
                (Some(_), Some(_)) => Some(!decides),
                (None, _) | (_, None) => None,
            })
            .collect();
        Ok(RuleValues::Booleans(joined))
    }

    fn arithmetic(
        &self,
        left: &Expression,
        right: &Expression,
        of: impl Fn(f64, f64) -> f64,
    ) -> Result<RuleValues, Problem> {
        let left = self.numbers(left)?;
        let right = self.numbers(right)?;
        let finite = |value: f64| if value.is_finite() { value } else { f64::NAN };
        let values = left
            .into_iter()
            .zip(right)
            .map(|(left, right)| finite(of(left, right)))
            .collect();
        Ok(RuleValues::Numbers(values))
    }

    fn comparison(
        &self,
        left: &Expression,
        right: &Expression,
        holds: fn(std::cmp::Ordering) -> bool,
    ) -> Result<RuleValues, Problem> {
        let (Some(left), Some(right)) = (self.value(left)?, self.value(right)?) else {
            return Ok(RuleValues::nothing(RuleType::Boolean, self.table.rows));
        };
        let orders = orders(&left, &right).ok_or_else(unfit)?;
        let values = orders.into_iter().map(|order| order.map(holds)).collect();
        Ok(RuleValues::Booleans(values))
    }

    fn within(&self, value: &Expression, list: &[Expression]) -> Result<RuleValues, Problem> {
        let rows = self.table.rows;
        let value = self.value(value)?;
        let mut found: Vec<Option<bool>> = vec![Some(false); rows];
        for one in list {
            let same = match (&value, self.value(one)?) {
                (Some(value), Some(one)) => orders(value, &one).ok_or_else(unfit)?,
                (_, _) => vec![None; rows],
            };
            for (found, same) in found.iter_mut().zip(same) {
                *found = match (*found, same.map(std::cmp::Ordering::is_eq)) {
                    (Some(true), _) | (_, Some(true)) => Some(true),
                    (None, _) | (_, None) => None,
                    (Some(false), Some(false)) => Some(false),
                };
            }
        }
        Ok(RuleValues::Booleans(found))
    }

    fn case(
        &self,
        branches: &[(Expression, Expression)],
        otherwise: &Expression,
    ) -> Result<Option<RuleValues>, Problem> {
        let mut which: Vec<usize> = vec![branches.len(); self.table.rows];
        let mut answers = Vec::with_capacity(branches.len() + 1);
        for (position, (condition, answer)) in branches.iter().enumerate() {
            for (taken, holds) in which.iter_mut().zip(self.booleans(condition)?) {
                if *taken == branches.len() && holds == Some(true) {
                    *taken = position;
                }
            }
            answers.push(self.value(answer)?);
        }
        answers.push(self.value(otherwise)?);
        let Some(kind) = answers.iter().flatten().map(RuleValues::kind).next() else {
            return Ok(None);
        };
        Ok(Some(picked(&which, &answers, kind)))
    }
}

/// How the sides stand to each other in each row, none where one is missing;
/// nothing if they are not of one type. Texts are only equal or not.
fn orders(left: &RuleValues, right: &RuleValues) -> Option<Vec<Option<std::cmp::Ordering>>> {
    Some(match (left, right) {
        (RuleValues::Numbers(left), RuleValues::Numbers(right)) => left
            .iter()
            .zip(right)
            .map(|(left, right)| left.partial_cmp(right))
            .collect(),
        (RuleValues::Moments(left), RuleValues::Moments(right)) => left
            .iter()
            .zip(right)
            .map(|(left, right)| {
                (*left != MISSING_DATE && *right != MISSING_DATE).then(|| left.cmp(right))
            })
            .collect(),
        (RuleValues::Booleans(left), RuleValues::Booleans(right)) => left
            .iter()
            .zip(right)
            .map(|(left, right)| Some((*left)?.cmp(&(*right)?)))
            .collect(),
        (
            RuleValues::Texts { codes, levels },
            RuleValues::Texts {
                codes: others,
                levels: other_levels,
            },
        ) => {
            let position: HashMap<&str, u32> = levels
                .iter()
                .enumerate()
                .map(|(code, level)| (level.as_str(), code as u32))
                .collect();
            // a text that the left side does not have is after all of its codes
            let after = levels.len() as u32;
            let same: Vec<u32> = other_levels
                .iter()
                .map(|level| position.get(level.as_str()).copied().unwrap_or(after))
                .collect();
            codes
                .iter()
                .zip(others)
                .map(|(code, other)| {
                    let other = same.get(*other as usize)?;
                    (*code != MISSING_CODE).then(|| code.cmp(other))
                })
                .collect()
        }
        (_, _) => return None,
    })
}

/// Each row's value of the answer that it takes.
fn picked(which: &[usize], answers: &[Option<RuleValues>], kind: RuleType) -> RuleValues {
    let of = |row: usize, answer: usize| Some((answers.get(answer)?.as_ref()?, row));
    let rows = || {
        which
            .iter()
            .enumerate()
            .map(|(row, answer)| of(row, *answer))
    };
    match kind {
        RuleType::Boolean => RuleValues::Booleans(
            rows()
                .map(|found| match found {
                    Some((RuleValues::Booleans(values), row)) => values[row],
                    Some(_) | None => None,
                })
                .collect(),
        ),
        RuleType::Number => RuleValues::Numbers(
            rows()
                .map(|found| match found {
                    Some((RuleValues::Numbers(values), row)) => values[row],
                    Some(_) | None => f64::NAN,
                })
                .collect(),
        ),
        RuleType::Moment => RuleValues::Moments(
            rows()
                .map(|found| match found {
                    Some((RuleValues::Moments(values), row)) => values[row],
                    Some(_) | None => MISSING_DATE,
                })
                .collect(),
        ),
        RuleType::Text => {
            let mut levels: Vec<String> = Vec::new();
            let mut code_of: HashMap<&str, u32> = HashMap::new();
            let codes = which
                .iter()
                .enumerate()
                .map(|(row, answer)| {
                    let values = answers.get(*answer).and_then(Option::as_ref);
                    let Some(text) = values.and_then(|values| values.text(row)) else {
                        return MISSING_CODE;
                    };
                    *code_of.entry(text).or_insert_with(|| {
                        levels.push(text.to_owned());
                        levels.len() as u32 - 1
                    })
                })
                .collect();
            RuleValues::Texts { codes, levels }
        }
    }
}
