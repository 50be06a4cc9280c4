//! From raw YAML to a checked rubric: every reference resolves, every number is in range.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::check_conditions::Conditions;
use super::check_questions::Checker;
use super::check_values::{check_id, check_text, contradicts};
use super::known::Known;
use super::model::Rubric;
use super::raw::RawRubric;
use super::yaml::{self, at};
use crate::problem::Problem;

/// Most questions in a rubric.
const MOST_QUESTIONS: usize = 500;

impl Rubric {
    /// Reads a rubric from YAML; `file` is how problems name it.
    ///
    /// A pack (`extends: …`) is read onto the built-in rubric that it extends.
    /// The grammar and the codes of all problems are in `docs/RUBRICS.md`.
    pub fn parse(text: &str, file: &str) -> Result<Self, Problem> {
        let raw: RawRubric = yaml::read(text, file)?;
        let checked = match &raw.extends {
            None => check(&raw, None, text),
            Some(base) => match super::built_in_rubric(&base.value) {
                Ok(base) => check(&raw, Some(&base), text),
                Err(problem) => Err(at(problem, base.referenced)),
            },
        };
        checked.map_err(|problem| problem.in_file(file))
    }

    /// Reads a pack onto this rubric, which may already carry other packs.
    ///
    /// A pack adds questions, conditions, sources and gates; it cannot change
    /// what the rubric already says. The result is called `base+pack`, its
    /// version is the sum of both, and its hash covers both.
    pub fn extended_by(&self, text: &str, file: &str) -> Result<Self, Problem> {
        let raw: RawRubric = yaml::read(text, file)?;
        check(&raw, Some(self), text).map_err(|problem| problem.in_file(file))
    }
}

fn check(raw: &RawRubric, base: Option<&Rubric>, text: &str) -> Result<Rubric, Problem> {
    check_id(&raw.rubric, &[])?;
    check_text(&raw.title)?;
    if raw.version.value == 0 {
        return Err(at(
            Problem::new(
                "bad-version",
                "expected a version of 1 or more, found 0",
                "start at 1 and raise it with every change of meaning",
            ),
            raw.version.referenced,
        ));
    }
    check_base(raw, base)?;
    let hash = hash_of(text);
    let mut rubric = match base {
        None => Rubric {
            id: raw.rubric.value.clone(),
            version: raw.version.value,
            title: raw.title.value.clone(),
            hash,
            dimensions: Vec::new(),
            conditions: BTreeMap::new(),
            sources: BTreeMap::new(),
        },
        Some(base) => Rubric {
            id: format!("{}+{}", base.id, raw.rubric.value),
            version: base.version.saturating_add(raw.version.value),
            title: format!("{}, with {}", base.title, raw.title.value),
            hash: hash_of(&format!("{}\n{hash}\n", base.hash)),
            ..base.clone()
        },
    };
    add_sources(&mut rubric, raw)?;
    let known = Known::gather(&rubric, raw)?;
    let mut conditions = Conditions::new(known, &rubric.conditions, &raw.conditions)?;
    rubric.conditions = conditions.take_named();
    let mut checker = Checker {
        sources: &rubric.sources,
        conditions,
    };
    for dimension in &raw.dimensions {
        checker.dimension(dimension, &mut rubric.dimensions)?;
    }
    for gate in &raw.gates {
        checker.added_gate(gate, &mut rubric.dimensions)?;
    }
    check_size(&rubric, raw)?;
    Ok(rubric)
}

fn check_base(raw: &RawRubric, base: Option<&Rubric>) -> Result<(), Problem> {
    let (Some(base), Some(extends)) = (base, &raw.extends) else {
        return match (base, &raw.extends) {
            (Some(_), None) => Err(at(
                Problem::new(
                    "not-a-pack",
                    format!(
                        "{} extends no rubric, so it cannot be added to one",
                        raw.rubric.value
                    ),
                    "use it alone, or add `extends: …` with the id of the rubric it builds on",
                ),
                raw.rubric.referenced,
            )),
            (_, _) => Ok(()),
        };
    };
    let mut parts = base.id.split('+');
    if parts.next() != Some(extends.value.as_str()) {
        return Err(at(
            Problem::new(
                "wrong-base",
                format!(
                    "expected a pack for {}, found one for {}",
                    base.id, extends.value
                ),
                "add it to the rubric that it extends",
            ),
            extends.referenced,
        ));
    }
    if parts.any(|pack| pack == raw.rubric.value) {
        return Err(at(
            Problem::new(
                "duplicate-id",
                format!(
                    "the pack {} is already part of {}",
                    raw.rubric.value, base.id
                ),
                "name each pack once",
            ),
            raw.rubric.referenced,
        ));
    }
    Ok(())
}

fn check_size(rubric: &Rubric, raw: &RawRubric) -> Result<(), Problem> {
    let questions = rubric.questions().count();
    if questions > 0 && questions <= MOST_QUESTIONS {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "bad-size",
            format!("expected 1 to {MOST_QUESTIONS} questions, found {questions}"),
            "a questionnaire that nobody finishes decides nothing",
        ),
        raw.rubric.referenced,
    ))
}

fn add_sources(rubric: &mut Rubric, raw: &RawRubric) -> Result<(), Problem> {
    for (key, source) in &raw.sources.0 {
        check_text(source)?;
        match rubric.sources.get(&key.value) {
            Some(same) if *same == source.value => {}
            Some(_) => return Err(at(contradicts("source", &key.value), key.referenced)),
            None => {
                rubric
                    .sources
                    .insert(key.value.clone(), source.value.clone());
            }
        }
    }
    Ok(())
}

/// Lowercase hexadecimal SHA-256.
pub(super) fn hash_of(text: &str) -> String {
    use std::fmt::Write as _;
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(hash, "{byte:02x}");
    }
    hash
}
