//! From the parser's tree to an [`Expression`]: what is on the list passes, all else is named.

use sqlparser::ast::{
    BinaryOperator, CaseWhen, DataType, DateTimeField, Expr, Function, FunctionArg,
    FunctionArgExpr, FunctionArguments, InTarget, Spanned, TimezoneInfo, TypedString,
    UnaryOperator, Value,
};
use sqlparser::tokenizer::Location;

use super::super::expression::{Binary, Expression};
use super::super::{moments, words_of};
use super::{at, problem};
use crate::problem::Problem;

/// The expression that the parser found.
pub(super) fn expression(parsed: Expr) -> Result<Expression, Problem> {
    let place = start(&parsed);
    match parsed {
        Expr::Nested(inner) => expression(*inner),
        Expr::Identifier(name) => match name.quote_style {
            Some('"' | '`' | '[') | None => Ok(Expression::Column(name.value)),
            Some(_) => Err(at(problem("a column's name stands in \"…\""), place)),
        },
        Expr::Value(value) => literal(value.value).map_err(|problem| at(problem, place)),
        Expr::TypedString(text) => typed(&text).map_err(|problem| at(problem, place)),
        Expr::UnaryOp { op, expr } => unary(op, *expr, place),
        Expr::BinaryOp { left, op, right } => Ok(Expression::Binary {
            operator: operator(&op).ok_or_else(|| {
                at(
                    problem(&format!(
                        "the operator “{op}” is not one that a rule can use"
                    )),
                    place,
                )
            })?,
            left: boxed(*left)?,
            right: boxed(*right)?,
        }),
        Expr::IsNull(inner) => Ok(Expression::IsNull(boxed(*inner)?)),
        Expr::IsNotNull(inner) => Ok(not(Expression::IsNull(boxed(*inner)?))),
        Expr::In {
            expr,
            target: InTarget::List(list),
            negated,
            global: false,
        } => {
            let found = Expression::In {
                value: boxed(*expr)?,
                list: list.into_iter().map(expression).collect::<Result<_, _>>()?,
            };
            Ok(not_if(negated, found))
        }
        Expr::Between {
            expr,
            negated,
            low,
            high,
        } => {
            let value = expression(*expr)?;
            let low = value
                .clone()
                .joined(Binary::GreaterOrEqual, expression(*low)?);
            let high = value.joined(Binary::LessOrEqual, expression(*high)?);
            Ok(not_if(negated, low.joined(Binary::And, high)))
        }
        Expr::Case {
            operand,
            conditions,
            else_result,
            ..
        } => case(operand, conditions, else_result),
        Expr::Extract { field, expr, .. } => {
            part(&field, *expr).map_err(|problem| at(problem, place))
        }
        Expr::Like {
            negated,
            any: false,
            expr,
            pattern,
            escape_char,
        } => {
            let escape = match escape_char.map(|escape| *escape) {
                None => None,
                Some(Expr::Value(escape)) => escape.value.into_string().or(Some(String::new())),
                Some(_) => Some(String::new()),
            };
            let found = has_word(*expr, *pattern, escape.as_deref());
            Ok(not_if(
                negated,
                found.map_err(|problem| at(problem, place))?,
            ))
        }
        Expr::Function(call) => function(call).map_err(|problem| at(problem, place)),
        other => Err(at(unusable(&other), place)),
    }
}

fn unusable(parsed: &impl std::fmt::Display) -> Problem {
    problem(&format!(
        "“{}” is not something that a rule can use",
        shown(parsed)
    ))
}

/// Where an expression begins.
pub(super) fn start(parsed: &Expr) -> Location {
    match parsed {
        // their span would be looked for in the whole tree below
        Expr::BinaryOp { .. } | Expr::Nested(_) => {
            let mut inner = parsed;
            loop {
                inner = match inner {
                    Expr::BinaryOp { left, .. } => left,
                    Expr::Nested(nested) => nested,
                    other => return other.span().start,
                };
            }
        }
        other => other.span().start,
    }
}

/// The beginning of what was written.
fn shown(parsed: &impl std::fmt::Display) -> String {
    crate::text::shorten(&parsed.to_string(), 60)
}

fn boxed(parsed: Expr) -> Result<Box<Expression>, Problem> {
    expression(parsed).map(Box::new)
}

fn not(inner: Expression) -> Expression {
    Expression::Not(Box::new(inner))
}

fn not_if(negated: bool, found: Expression) -> Expression {
    if negated { not(found) } else { found }
}

fn unary(operator: UnaryOperator, operand: Expr, place: Location) -> Result<Expression, Problem> {
    let is_literal =
        matches!(&operand, Expr::Value(value) if matches!(value.value, Value::Number(..)));
    let inner = expression(operand)?;
    match (operator, inner) {
        (UnaryOperator::Minus, Expression::Number(number)) if is_literal => {
            Ok(Expression::Number(-number))
        }
        (UnaryOperator::Minus, inner) => Ok(Expression::Negative(Box::new(inner))),
        (UnaryOperator::Plus, inner) => Ok(inner),
        (UnaryOperator::Not, inner) => Ok(not(inner)),
        (other, _) => Err(at(
            problem(&format!(
                "the operator “{other}” is not one that a rule can use"
            )),
            place,
        )),
    }
}

fn operator(found: &BinaryOperator) -> Option<Binary> {
    Some(match found {
        BinaryOperator::And => Binary::And,
        BinaryOperator::Or => Binary::Or,
        BinaryOperator::Eq => Binary::Equal,
        BinaryOperator::NotEq => Binary::NotEqual,
        BinaryOperator::Lt => Binary::Less,
        BinaryOperator::LtEq => Binary::LessOrEqual,
        BinaryOperator::Gt => Binary::Greater,
        BinaryOperator::GtEq => Binary::GreaterOrEqual,
        BinaryOperator::Plus => Binary::Plus,
        BinaryOperator::Minus => Binary::Minus,
        BinaryOperator::Multiply => Binary::Times,
        BinaryOperator::Divide => Binary::Divide,
        _ => return None,
    })
}

fn literal(value: Value) -> Result<Expression, Problem> {
    match value {
        Value::Number(digits, false) => match digits.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Expression::Number(number)),
            Ok(_) | Err(_) => Err(problem(&format!("the number {digits} is out of range"))),
        },
        Value::SingleQuotedString(text) => Ok(Expression::Text(text)),
        Value::Boolean(value) => Ok(Expression::Boolean(value)),
        Value::Null => Ok(Expression::Null),
        other => Err(problem(&format!(
            "“{other}” is not a value that a rule can use; texts stand in '…'"
        ))),
    }
}

fn typed(text: &TypedString) -> Result<Expression, Problem> {
    let is_moment = matches!(
        text.data_type,
        DataType::Date
            | DataType::Datetime(None)
            | DataType::Timestamp(None, TimezoneInfo::None | TimezoneInfo::WithoutTimeZone)
    );
    match &text.value.value {
        Value::SingleQuotedString(written) if is_moment => moments::read(written)
            .map(Expression::Moment)
            .ok_or_else(|| {
                problem(&format!(
                    "a moment such as '2024-01-31' or '2024-01-31 08:30:00' is expected, \
                     but “{written}” is written"
                ))
            }),
        _ => Err(problem(&format!(
            "“{text}” is not something that a rule can use"
        ))),
    }
}

fn case(
    operand: Option<Box<Expr>>,
    conditions: Vec<CaseWhen>,
    otherwise: Option<Box<Expr>>,
) -> Result<Expression, Problem> {
    let operand = operand.map(|operand| expression(*operand)).transpose()?;
    let branches = conditions
        .into_iter()
        .map(|branch| {
            let condition = expression(branch.condition)?;
            let condition = match &operand {
                Some(operand) => operand.clone().joined(Binary::Equal, condition),
                None => condition,
            };
            Ok((condition, expression(branch.result)?))
        })
        .collect::<Result<_, Problem>>()?;
    Ok(Expression::Case {
        branches,
        otherwise: match otherwise {
            Some(otherwise) => boxed(*otherwise)?,
            None => Box::new(Expression::Null),
        },
    })
}

/// `isodow` counts from 1 (Monday), `dow` from 0 (Sunday).
fn part(field: &DateTimeField, moment: Expr) -> Result<Expression, Problem> {
    let moment = boxed(moment)?;
    match field {
        DateTimeField::Year => Ok(Expression::Year(moment)),
        DateTimeField::Month => Ok(Expression::Month(moment)),
        DateTimeField::Hour => Ok(Expression::Hour(moment)),
        DateTimeField::Epoch => Ok(Expression::Epoch(moment)),
        DateTimeField::Isodow => Ok(Expression::Weekday(moment)),
        DateTimeField::Dow => {
            let day = Expression::Weekday(moment);
            let sunday = day.clone().joined(Binary::Equal, Expression::Number(7.0));
            Ok(Expression::Case {
                branches: vec![(sunday, Expression::Number(0.0))],
                otherwise: Box::new(day),
            })
        }
        other => Err(problem(&format!(
            "extract reads year, month, isodow, dow, hour and epoch, not {other}"
        ))),
    }
}

/// `(' ' || lower(x) || ' ') like '% word %'`: whether a text holds a word.
fn has_word(padded: Expr, pattern: Expr, escape: Option<&str>) -> Result<Expression, Problem> {
    let refused = || {
        problem(
            "like is only read where it looks for one word: \
             (' ' || lower(notes) || ' ') like '% refund %'",
        )
    };
    let Expr::Value(pattern) = pattern else {
        return Err(refused());
    };
    let Value::SingleQuotedString(pattern) = pattern.value else {
        return Err(refused());
    };
    let word = pattern
        .strip_prefix("% ")
        .and_then(|rest| rest.strip_suffix(" %"))
        .filter(|word| words_of(word).eq([(*word).to_owned()]))
        .ok_or_else(refused)?;
    if !matches!(escape, None | Some("!")) {
        return Err(refused());
    }
    let text = padded_text(padded).ok_or_else(refused)?;
    Ok(Expression::HasWord(boxed(text)?, word.to_owned()))
}

/// The `x` of `' ' || lower(x) || ' '`.
fn padded_text(padded: Expr) -> Option<Expr> {
    let blank = |found: &Expr| {
        matches!(found, Expr::Value(value)
            if matches!(&value.value, Value::SingleQuotedString(text) if text == " "))
    };
    match padded {
        Expr::Nested(inner) => padded_text(*inner),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::StringConcat,
            right,
        } if blank(&right) => match *left {
            Expr::BinaryOp {
                left,
                op: BinaryOperator::StringConcat,
                right,
            } if blank(&left) => match *right {
                Expr::Function(call) => lowered(call),
                _ => None,
            },
            _ => None,
        },
        _ => None,
    }
}

/// The `x` of `lower(x)`.
fn lowered(call: Function) -> Option<Expr> {
    if !is_named(&call, "lower") {
        return None;
    }
    let [inner] = arguments(call)?.try_into().ok()?;
    Some(inner)
}

/// `length(x)` and `coalesce(x, y, …)`.
fn function(call: Function) -> Result<Expression, Problem> {
    let refused = unusable(&call);
    if is_named(&call, "length") {
        let inner: Result<[Expr; 1], _> = arguments(call).unwrap_or_default().try_into();
        let [inner] = inner.map_err(|_| refused)?;
        return Ok(Expression::Length(boxed(inner)?));
    }
    if is_named(&call, "coalesce") {
        let list = arguments(call).unwrap_or_default();
        if list.is_empty() {
            return Err(refused);
        }
        let list: Result<Vec<Expression>, Problem> = list.into_iter().map(expression).collect();
        let mut list = list?;
        // one alone is an error in some databases
        return Ok(match list.pop() {
            Some(only) if list.is_empty() => only,
            last => {
                list.extend(last);
                Expression::Coalesce(list)
            }
        });
    }
    Err(refused)
}

fn is_named(call: &Function, name: &str) -> bool {
    call.name.to_string().eq_ignore_ascii_case(name)
}

/// The arguments of a plain call, in their order.
fn arguments(call: Function) -> Option<Vec<Expr>> {
    let is_plain = call.over.is_none()
        && call.filter.is_none()
        && call.within_group.is_empty()
        && call.null_treatment.is_none()
        && call.parameters == FunctionArguments::None
        && !call.uses_odbc_syntax;
    let FunctionArguments::List(list) = call.args else {
        return None;
    };
    if !is_plain || list.duplicate_treatment.is_some() || !list.clauses.is_empty() {
        return None;
    }
    let inner = |argument| match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(inner)) => Some(inner),
        _ => None,
    };
    list.args.into_iter().map(inner).collect()
}
