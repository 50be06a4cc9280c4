//! Where in a rule something does not fit the table.

use sqlparser::ast::{Expr, FunctionArg, FunctionArgExpr, FunctionArguments, InTarget};

use super::super::check::bind;
use super::{at, convert, tree};
use crate::data::Table;
use crate::problem::Problem;

/// The problem of holding this rule against the table, with the line and
/// column of the smallest part of the rule that has it by itself.
#[must_use]
pub fn located(problem: Problem, text: &str, source: &str, table: &Table) -> Problem {
    let Ok(whole) = tree(text) else {
        return problem.in_file(source);
    };
    let has_it = |part: &Expr| {
        convert::expression(part.clone())
            .and_then(|expression| bind(&expression, table))
            .is_err_and(|found| found.code == problem.code && found.message == problem.message)
    };
    let mut smallest = &whole;
    while let Some(part) = parts(smallest).into_iter().find(|part| has_it(part)) {
        smallest = part;
    }
    at(problem, convert::start(smallest)).in_file(source)
}

/// What an expression is made of, in the order of the text.
fn parts(whole: &Expr) -> Vec<&Expr> {
    match whole {
        Expr::Nested(inner)
        | Expr::IsNull(inner)
        | Expr::IsNotNull(inner)
        | Expr::UnaryOp { expr: inner, .. }
        | Expr::Extract { expr: inner, .. }
        | Expr::Like { expr: inner, .. } => vec![inner],
        Expr::BinaryOp { left, right, .. } => vec![left, right],
        Expr::In {
            expr,
            target: InTarget::List(list),
            ..
        } => std::iter::once(&**expr).chain(list).collect(),
        Expr::Between {
            expr, low, high, ..
        } => vec![expr, low, high],
        Expr::Case {
            operand,
            conditions,
            else_result,
            ..
        } => {
            let branches = conditions
                .iter()
                .flat_map(|branch| [&branch.condition, &branch.result]);
            let ends = [operand, else_result];
            let [operand, otherwise] = ends.map(|end| end.as_deref());
            operand
                .into_iter()
                .chain(branches)
                .chain(otherwise)
                .collect()
        }
        Expr::Function(call) => match &call.args {
            FunctionArguments::List(list) => list
                .args
                .iter()
                .filter_map(|argument| match argument {
                    FunctionArg::Unnamed(FunctionArgExpr::Expr(inner)) => Some(inner),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}
