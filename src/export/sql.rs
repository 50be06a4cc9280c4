//! A rule, or a small model, as a query that is ready to run.

use crate::contest::rule::{Dialect, Expression, identifier, parse, sql_in_lines};
use crate::contest::{Evidence, Place, RuleTable, Tier};
use crate::problem::Problem;
use crate::report::SMALLEST_GROUP;
use crate::text::clean;

/// A contender as a query over `table`, which may name its schema before a dot.
///
/// Branches that fewer than [`SMALLEST_GROUP`] rows stand behind are left out,
/// as they may tell about persons.
///
/// # Errors
/// A contender that is not written as SQL, with those that are; a rule in the
/// evidence that cannot be read.
pub fn rule_sql(
    evidence: &Evidence,
    contender: &str,
    dialect: Dialect,
    table: &str,
) -> Result<String, Problem> {
    let (rule, text) = written(evidence, contender).ok_or_else(|| none_of(evidence, contender))?;
    let expression = parse(text, "benchmark.json")?;
    let (expression, left_out) = without_small_groups(expression, rule);
    let expression = if classes_are_numbers(evidence) {
        answers_as_numbers(expression)
    } else {
        expression
    };
    let mut lines = comments(evidence, rule, dialect);
    if left_out > 0 {
        lines.push(format!(
            "Left out: {left_out} of its branches, held by fewer than {SMALLEST_GROUP} rows; they get the last answer"
        ));
    }
    lines.extend(columns(evidence, text));
    let mut query = String::new();
    for line in lines {
        query.push_str("-- ");
        query.push_str(&clean(&line));
        query.push('\n');
    }
    let table: Vec<String> = table.split('.').map(identifier).collect();
    let select = format!(
        "SELECT *,\n    {} AS {}\nFROM {};\n",
        sql_in_lines(&expression, dialect, 1),
        identifier(&format!("predicted_{}", evidence.target)),
        table.join(".")
    );
    Ok(query + &select)
}

/// Whether a contender of the benchmark can be written as SQL.
pub fn is_written(evidence: &Evidence, contender: &str) -> bool {
    written(evidence, contender).is_some()
}

/// A contender's lines and the text of the whole.
fn written<'a>(evidence: &'a Evidence, contender: &str) -> Option<(&'a RuleTable, &'a str)> {
    all_written(evidence).find(|(rule, _)| rule.contender == contender)
}

fn all_written(evidence: &Evidence) -> impl Iterator<Item = (&RuleTable, &str)> {
    let rules = evidence.panels.rules.iter();
    rules.filter_map(|rule| Some((rule, rule.expression.as_deref()?)))
}

fn none_of(evidence: &Evidence, contender: &str) -> Problem {
    let able: Vec<&str> = all_written(evidence)
        .map(|(rule, _)| rule.contender.as_str())
        .collect();
    let remedy = if able.is_empty() {
        "run `mlfit bench` on the case again".to_owned()
    } else {
        format!(
            "write another one: --contender with one of {}",
            able.join(", ")
        )
    };
    Problem::new(
        "no-rule",
        format!(
            "expected a contender that can be written as SQL, found {contender}: SQL holds rules and \
             weighted sums, unless they are very long or would tell about few rows"
        ),
        remedy,
    )
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

/// Whether every class that some contender answers is a whole number in its usual writing.
fn classes_are_numbers(evidence: &Evidence) -> bool {
    let mut expressions = all_written(evidence).filter_map(|(_, text)| parse(text, "").ok());
    let mut positive = evidence.positive.iter();
    positive.all(|class| whole_number(class).is_some())
        && expressions.all(|expression| answers_whole_numbers(&expression))
}

/// Whether every class among the answers is a whole number; numbers are no classes.
fn answers_whole_numbers(expression: &Expression) -> bool {
    match expression {
        Expression::Text(class) => whole_number(class).is_some(),
        Expression::Case {
            branches,
            otherwise,
        } => {
            let mut answers = branches.iter().map(|(_, answer)| answer);
            answers.all(answers_whole_numbers) && answers_whole_numbers(otherwise)
        }
        _ => true,
    }
}

/// Such classes stand in a table as numbers, and a text is equal to no number in a strict database.
fn answers_as_numbers(expression: Expression) -> Expression {
    match expression {
        Expression::Text(text) => match whole_number(&text) {
            Some(number) => Expression::Number(number),
            None => Expression::Text(text),
        },
        Expression::Case {
            branches,
            otherwise,
        } => Expression::Case {
            branches: branches
                .into_iter()
                .map(|(test, answer)| (test, answers_as_numbers(answer)))
                .collect(),
            otherwise: Box::new(answers_as_numbers(*otherwise)),
        },
        other => other,
    }
}

/// The number, where the text is a whole one in its usual writing.
fn whole_number(text: &str) -> Option<f64> {
    let number: i32 = text.parse().ok()?;
    (number.to_string() == text).then(|| f64::from(number))
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
    let confidence = recommendation.confidence.id();
    lines.push(
        match (
            recommendation.place(&rule.contender),
            &recommendation.meanwhile,
        ) {
            (Place::Taken, None) => {
                format!("The benchmark recommends this {what}; confidence: {confidence}")
            }
            (Place::Taken, Some(_)) => format!(
                "To take until the benchmark is settled; its best guess so far is {}; confidence: {confidence}",
                recommendation.contender
            ),
            (Place::BestGuess, _) => format!(
                "The benchmark's best guess so far; until it is settled take {}; confidence: {confidence}",
                recommendation.for_now()
            ),
            (Place::PassedOver, _) => format!(
                "NOT what the benchmark recommends, which is {}; confidence: {confidence}",
                recommendation.for_now()
            ),
        },
    );
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
    lines.push(
        "In the table, numbers are numbers, moments are moments (in SQLite texts such as \
         2024-01-31 08:30:00), and missing values are NULL, not NaN and not empty texts"
            .to_owned(),
    );
    lines
}

/// What the file that was measured held in the columns of the query and a
/// table must not hold: words for a missing value, dates in another form.
fn columns(evidence: &Evidence, text: &str) -> Vec<String> {
    let used = evidence
        .columns
        .iter()
        .filter(|column| text.contains(&identifier(&column.name)));
    used.filter_map(|column| {
        let told: Vec<&str> = column
            .why
            .split("; ")
            .filter(|part| part.contains("as missing") || part.contains(", written "))
            .collect();
        (!told.is_empty()).then(|| format!("In the file, {}: {}", column.name, told.join("; ")))
    })
    .collect()
}

#[cfg(test)]
mod tests;
