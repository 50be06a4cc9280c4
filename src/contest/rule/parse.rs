//! Reading a rule written as a SQL expression.

mod convert;
mod place;

use sqlparser::ast::Expr;
use sqlparser::dialect::GenericDialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::{Parser, ParserError};
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::expression::Expression;
use crate::problem::Problem;

pub use place::located;

/// Characters that a rule may have.
pub(super) const MOST_CHARACTERS: usize = 100_000;

/// Parentheses within parentheses that are followed.
const DEEPEST_NESTING: usize = 50;

/// Operators that may hang on each other; bounds the depth of the expression.
const LONGEST_CHAIN: usize = 400;

const REMEDY: &str = "write one SQL expression over the columns, such as \
     income > 50000 and region in ('N', 'S'); there are and, or, not, in, between, is null, case, \
     = <> < <= > >=, + - * /, date '2024-01-31', extract(year, month, isodow, dow, hour or epoch \
     from …), coalesce, length, and (' ' || lower(x) || ' ') like '% word %'";

/// Reads one SQL expression: comparisons, `and`, `or`, `not`, `in`, `between`,
/// `is null`, `case`, arithmetic, `date '2024-01-31'`, `extract(year from x)`,
/// `coalesce`, `length`, and what [`super::sql`] prints in its generic dialect.
///
/// # Errors
/// Anything else, with its line and column in `source`.
pub fn parse(text: &str, source: &str) -> Result<Expression, Problem> {
    tree(text)
        .and_then(convert::expression)
        .map_err(|problem| problem.in_file(source))
}

/// What the parser makes of the text.
fn tree(text: &str) -> Result<Expr, Problem> {
    if text.chars().count() > MOST_CHARACTERS {
        return Err(Problem::new(
            "rule-too-long",
            format!("a rule has at most {MOST_CHARACTERS} characters; this one has more"),
            "write a shorter rule",
        ));
    }
    if text.trim().is_empty() {
        return Err(problem("a rule is expected here, but nothing is written"));
    }
    let dialect = GenericDialect {};
    let tokens = Tokenizer::new(&dialect, text)
        .tokenize_with_location()
        .map_err(|error| at(problem(&error.message), error.location))?;
    if let Some(place) = too_deep(&tokens) {
        return Err(at(nested(), place));
    }
    let mut parser = Parser::new(&dialect)
        .with_recursion_limit(DEEPEST_NESTING)
        .with_tokens_with_locations(tokens);
    let parsed = parser.parse_expr().map_err(|error| refused(&error, text))?;
    let next = parser.peek_token();
    if next.token != Token::EOF {
        let message = format!(
            "the rule is one expression, but “{}” follows it",
            next.token
        );
        return Err(at(problem(&message), next.span.start));
    }
    Ok(parsed)
}

fn problem(message: &str) -> Problem {
    Problem::new("bad-rule", message, REMEDY)
}

fn nested() -> Problem {
    Problem::new(
        "rule-too-deep",
        format!("a rule nests at most {DEEPEST_NESTING} deep; this one goes further"),
        "write it flatter: join tests by and / or, or use in (…)",
    )
}

/// Names the place, if it is known.
fn at(problem: Problem, place: Location) -> Problem {
    if place.line == 0 {
        return problem;
    }
    problem.at(place.line as usize, place.column as usize)
}

/// The parser's error; it says the place at the end of its text, unless the
/// rule ends too early.
fn refused(error: &ParserError, rule: &str) -> Problem {
    let text = match error {
        ParserError::RecursionLimitExceeded => return nested(),
        ParserError::TokenizerError(text) | ParserError::ParserError(text) => text,
    };
    let place = text.rsplit_once(" at Line: ").and_then(|(message, place)| {
        let (line, column) = place.split_once(", Column: ")?;
        let column: String = column.chars().take_while(char::is_ascii_digit).collect();
        Some((message, line.parse().ok()?, column.parse().ok()?))
    });
    if let Some((message, line, column)) = place {
        return problem(message).at(line, column);
    }
    let text = if text.ends_with("found: EOF") {
        "the rule ends where something more is expected"
    } else {
        text
    };
    let written = rule.trim_end();
    let last = written.split('\n').next_back().unwrap_or("");
    problem(text).at(written.split('\n').count(), last.chars().count() + 1)
}

/// Where the expression would become deeper than it may: every token that is
/// neither a name nor a literal may add a level, until the list, the branch or
/// the parenthesis that it stands in ends.
fn too_deep(tokens: &[TokenWithSpan]) -> Option<Location> {
    let mut open: Vec<usize> = vec![0];
    let mut depth = 0;
    for TokenWithSpan { token, span } in tokens {
        let keyword = match token {
            Token::Word(word) => Some(word.keyword),
            _ => None,
        };
        let ends = matches!(token, Token::RParen | Token::RBracket | Token::RBrace)
            || keyword == Some(Keyword::END);
        let begins = matches!(token, Token::LParen | Token::LBracket | Token::LBrace)
            || keyword == Some(Keyword::CASE);
        let restarts = matches!(token, Token::Comma)
            || matches!(keyword, Some(Keyword::WHEN | Keyword::THEN | Keyword::ELSE));
        let quiet = matches!(
            token,
            Token::Whitespace(_) | Token::Number(..) | Token::SingleQuotedString(_)
        ) || keyword == Some(Keyword::NoKeyword);
        if ends && open.len() > 1 {
            depth -= open.pop().unwrap_or(0);
        } else if begins {
            open.push(1);
            depth += 1;
        } else if restarts {
            if let Some(level) = open.last_mut() {
                depth -= *level;
                *level = usize::from(depth > 0);
                depth += *level;
            }
        } else if !quiet
            && !ends
            && let Some(level) = open.last_mut()
        {
            *level += 1;
            depth += 1;
        }
        if open.len() > DEEPEST_NESTING || depth > LONGEST_CHAIN {
            return Some(span.start);
        }
    }
    None
}
