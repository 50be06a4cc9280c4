//! A rule, or a small model, as a query that is ready to run.

use crate::contest::rule::{Dialect, Expression, identifier, parse, sql_in_lines};
use crate::contest::{Evidence, RuleTable, Tier};
use crate::problem::Problem;
use crate::report::SMALLEST_GROUP;
use crate::text::clean;

/// The recommended contender as a query over `table`; where that cannot be
/// written as SQL, the first heuristic that can, and the comment says so.
///
/// Branches that fewer than [`SMALLEST_GROUP`] rows stand behind are left out,
/// as they may tell about persons.
///
/// # Errors
/// No contender that can be written as a rule; a rule in the evidence that
/// cannot be read.
pub fn rule_sql(evidence: &Evidence, dialect: Dialect, table: &str) -> Result<String, Problem> {
    let (rule, text) = chosen(evidence).ok_or_else(|| {
        Problem::new(
            "no-rule",
            "expected a benchmark with a rule that can be written as SQL, found none",
            "run `mlfit bench` again, or use the recommended solution",
        )
    })?;
    let expression = parse(text, "benchmark.json")?;
    let (expression, left_out) = without_small_groups(expression, rule);
    let mut lines = comments(evidence, rule, dialect);
    if left_out > 0 {
        lines.push(format!(
            "Left out: {left_out} of its branches, held by fewer than {SMALLEST_GROUP} rows; they get the last answer"
        ));
    }
    let mut query = String::new();
    for line in lines {
        query.push_str("-- ");
        query.push_str(&clean(&line));
        query.push('\n');
    }
    let select = format!(
        "SELECT *,\n    {} AS {}\nFROM {};\n",
        sql_in_lines(&expression, dialect, 1),
        identifier(&format!("predicted_{}", evidence.target)),
        identifier(table)
    );
    Ok(query + &select)
}

/// Whether what the benchmark recommends can be written as SQL.
pub fn recommends_rule(evidence: &Evidence) -> bool {
    chosen(evidence).is_some_and(|(rule, _)| rule.contender == evidence.recommendation.contender)
}

/// The recommended rule, or the first heuristic one, with its text.
fn chosen(evidence: &Evidence) -> Option<(&RuleTable, &str)> {
    let mut written = evidence
        .panels
        .rules
        .iter()
        .filter_map(|rule| Some((rule, rule.expression.as_deref()?)));
    let recommended = &evidence.recommendation.contender;
    let found = written
        .clone()
        .find(|(rule, _)| rule.contender == *recommended);
    found.or_else(|| {
        written.find(|(rule, _)| {
            evidence
                .contender(&rule.contender)
                .is_some_and(|result| result.tier == Tier::Heuristic)
        })
    })
}

/// Drops the branches of lines that few rows stand behind, where branches and lines are the same.
fn without_small_groups(expression: Expression, rule: &RuleTable) -> (Expression, usize) {
    match expression {
        Expression::Case {
            branches,
            otherwise,
        } if branches.len() + 1 == rule.lines.len() => {
            let before = branches.len();
            let branches: Vec<(Expression, Expression)> = branches
                .into_iter()
                .zip(&rule.lines)
                .filter(|(_, line)| line.rows >= SMALLEST_GROUP)
                .map(|(branch, _)| branch)
                .collect();
            let left_out = before - branches.len();
            let expression = Expression::Case {
                branches,
                otherwise,
            };
            (expression, left_out)
        }
        other => (other, 0),
    }
}

/// What the query is and what it was measured on, one comment a line.
fn comments(evidence: &Evidence, rule: &RuleTable, dialect: Dialect) -> Vec<String> {
    let recommendation = &evidence.recommendation;
    let is_model = evidence
        .contender(&rule.contender)
        .is_some_and(|result| result.tier == Tier::MinimumViableModel);
    let what = if is_model { "model" } else { "rule" };
    let mut lines = vec![format!(
        "Predicts {} by the {what} {}, written by mlfit {} for {}",
        evidence.target,
        rule.contender,
        evidence.version,
        dialect.label()
    )];
    if rule.contender == recommendation.contender {
        lines.push(format!(
            "The benchmark recommends this {what}; confidence: {}",
            recommendation.confidence.id()
        ));
    } else {
        lines.push(format!(
            "NOT what the benchmark recommends, which is {}; confidence: {}",
            recommendation.contender,
            recommendation.confidence.id()
        ));
    }
    if let Some(mean) = evidence
        .contender(&rule.contender)
        .and_then(|result| result.mean)
    {
        lines.push(format!(
            "Measured: {} {mean} on rows that it had not seen, {} folds times {}",
            evidence.metric.name.label(),
            evidence.split.folds,
            evidence.split.repeats
        ));
    }
    lines.push(format!(
        "Data: {} rows, SHA-256 {}, seed {}",
        evidence.rows, evidence.data_hash, evidence.seed
    ));
    lines.push("Missing values are NULL in the table, not NaN and not empty texts".to_owned());
    lines
}

#[cfg(test)]
mod tests;
