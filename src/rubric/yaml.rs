//! Reading YAML that a person wrote, with errors that name the place.

use serde::de::DeserializeOwned;
use serde_yaml::budget::BudgetBreach;
use serde_yaml::{Error, Location};

use super::yaml_place::{indenting_tab, mapping_start, next_line_with};
use crate::problem::{Problem, nearest};

/// Largest file accepted, in bytes.
pub const MOST_BYTES: usize = 1 << 20;
/// Most scalars, lists and mappings in one file.
const MOST_NODES: usize = 100_000;
/// Deepest nesting.
const MOST_DEPTH: usize = 32;

/// Reads YAML into raw types.
///
/// Booleans are `true` and `false` only (`no` is a word), a key stands once,
/// and size and depth are limited. Every problem names file, line and column.
/// Codes: `file-too-large`, `empty-file`, `yaml-limits`, `yaml-syntax`, `unknown-field`,
/// `missing-field`, `duplicate-key`, `unknown-word`, `wrong-type`.
pub fn read<T: DeserializeOwned>(text: &str, file: &str) -> Result<T, Problem> {
    if text.len() > MOST_BYTES {
        return Err(Problem::new(
            "file-too-large",
            format!("expected at most {MOST_BYTES} bytes, found {}", text.len()),
            "check that this is the right file; a rubric is a few thousand lines at most",
        )
        .at(1, 1)
        .in_file(file));
    }
    if text.lines().all(is_blank) {
        return Err(Problem::new(
            "empty-file",
            "expected YAML, found nothing but blank lines and comments",
            "check that this is the right file, and that it was saved",
        )
        .at(1, 1)
        .in_file(file));
    }
    let options = serde_yaml::options! {
        strict_booleans: true,
        with_snippet: false,
        budget: serde_yaml::budget! { max_nodes: MOST_NODES, max_depth: MOST_DEPTH },
    };
    serde_yaml::from_str_with_options(text, options)
        .map_err(|error| explain(error.without_snippet(), text).in_file(file))
}

/// Names the place of a value in the problem.
pub(crate) fn at(problem: Problem, location: Location) -> Problem {
    let (line, column) = place(location);
    problem.at(line, column)
}

/// Line and column, counted from 1.
pub(crate) fn place(location: Location) -> (usize, usize) {
    let number = |number| usize::try_from(number).unwrap_or(usize::MAX);
    (number(location.line()), number(location.column()))
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn explain(error: &Error, text: &str) -> Problem {
    let problem = describe(error, text);
    let Some(noticed) = error.location().map(place) else {
        return problem;
    };
    match error {
        Error::SerdeMissingField { field, .. } => missing_field(problem, field, text, noticed),
        _ => match indenting_tab(text, noticed.0) {
            Some((line, column)) if error.to_string().contains("tab") => Problem::new(
                "yaml-syntax",
                "expected spaces before the first word of a line, found a tab",
                "replace the tab by as many spaces as the lines around it have",
            )
            .at(line, column),
            Some(_) | None => problem.at(noticed.0, noticed.1),
        },
    }
}

/// A missing field is told at the beginning of its mapping; or where it stands
/// after all, if it only is not in line with the other fields.
fn missing_field(problem: Problem, field: &str, text: &str, noticed: (usize, usize)) -> Problem {
    if let Some((line, column)) = next_line_with(text, noticed.0, field)
        && column != noticed.1
    {
        return Problem::new(
            "missing-field",
            format!(
                "expected the field \"{field}\" in column {} like the other fields of its mapping, \
                 found it in column {column}",
                noticed.1
            ),
            "line it up with the fields above it",
        )
        .at(line, column);
    }
    let (line, column) = mapping_start(text, noticed);
    problem.at(line, column)
}

fn describe(error: &Error, text: &str) -> Problem {
    match error {
        Error::SerdeUnknownField {
            field, expected, ..
        } => Problem::new(
            "unknown-field",
            format!("expected {}, found \"{field}\"", one_of(expected)),
            suggest(field, expected, "leave it out, or correct its name"),
        ),
        Error::SerdeMissingField { field, .. } => Problem::new(
            "missing-field",
            format!("expected a field \"{field}\" in this mapping, found none"),
            format!("add `{field}: …`"),
        ),
        Error::SerdeUnknownVariant {
            variant, expected, ..
        } => Problem::new(
            "unknown-word",
            format!("expected {}, found \"{variant}\"", one_of(expected)),
            suggest(variant, expected, "use one of these words"),
        ),
        Error::DuplicateMappingKey { key, .. } => Problem::new(
            "duplicate-key",
            match key {
                Some(key) => format!("expected each key once, found \"{key}\" again"),
                None => "expected each key once, found one again".to_owned(),
            },
            "remove one of the two, or rename it",
        ),
        Error::InvalidScalar { ty, .. } => wrong_type(plain_type(ty), error, text),
        Error::InvalidBooleanStrict { .. } => wrong_type("true or false", error, text),
        Error::NullIntoString { .. } => wrong_type("a text", error, text),
        Error::Unexpected { expected, .. } => wrong_type(plain_type(expected), error, text),
        Error::SerdeInvalidType {
            unexpected,
            expected,
            ..
        }
        | Error::SerdeInvalidValue {
            unexpected,
            expected,
            ..
        } => Problem::new(
            "wrong-type",
            format!("expected {expected}, found {unexpected}"),
            "write it in the expected form",
        ),
        Error::Budget {
            breach: BudgetBreach::Depth { .. },
            ..
        } => Problem::new(
            "yaml-limits",
            format!("expected lists and mappings at most {MOST_DEPTH} deep, found deeper ones"),
            "write it flatter",
        ),
        Error::Budget { .. }
        | Error::AliasReplayLimitExceeded { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => Problem::new(
            "yaml-limits",
            format!("expected at most {MOST_NODES} values, those of aliases counted, found more"),
            "write less, and without aliases that multiply",
        ),
        Error::AliasError { error, .. } => describe(error, text),
        _ => Problem::new(
            "yaml-syntax",
            format!(
                "expected YAML, found a fault in it: {}",
                without_place(error)
            ),
            "check indentation, quotes and brackets around this place",
        ),
    }
}

fn wrong_type(expected: &str, error: &Error, text: &str) -> Problem {
    let found = error
        .location()
        .and_then(|location| word_at(text, location))
        .map_or_else(|| "something else".to_owned(), |word| format!("\"{word}\""));
    Problem::new(
        "wrong-type",
        format!("expected {expected}, found {found}"),
        "write it in the expected form",
    )
}

/// What stands at that place, up to the end of the value or line.
fn word_at(text: &str, location: Location) -> Option<String> {
    let line = usize::try_from(location.line()).ok()?.checked_sub(1)?;
    let column = usize::try_from(location.column()).ok()?.checked_sub(1)?;
    let word: String = text
        .lines()
        .nth(line)?
        .chars()
        .skip(column)
        .take_while(|character| !matches!(character, ',' | '}' | ']' | '#'))
        .take(40)
        .collect();
    let word = word.trim();
    (!word.is_empty()).then(|| word.to_owned())
}

/// The parser's names of types, for people.
fn plain_type(name: &'static str) -> &'static str {
    match name {
        "string scalar" | "string" => "a text",
        "mapping start" | "mapping" => "a mapping (`key: value`)",
        "sequence start" | "sequence" => "a list (`- value`)",
        "floating point" | "f64" | "f32" => "a number",
        "i64" | "u64" | "i32" | "u32" | "u16" | "u8" | "usize" => "a whole number",
        other => other,
    }
}

fn one_of(words: &[&str]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [word] => format!("\"{word}\""),
        words => format!("one of {}", words.join(", ")),
    }
}

fn suggest(found: &str, known: &[&str], otherwise: &str) -> String {
    match nearest(found, known.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => otherwise.to_owned(),
    }
}

/// The parser's message without the place, which a [`Problem`] carries itself.
fn without_place(error: &Error) -> String {
    let message = error.to_string();
    match message.rfind(" at line ") {
        Some(end) => message[..end].to_owned(),
        None => message,
    }
}
