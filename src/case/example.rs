//! Example cases of a rubric: answers, what was measured, and the verdict that they must get.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_yaml::Spanned;

use super::answers::{Mismatch, check_answers};
use super::example_measured::{RawMeasured, evidence};
use super::raw::RawGiven;
use crate::assessment::{Answers, find_question};
use crate::contest::Evidence;
use crate::problem::Problem;
use crate::rubric::yaml::{self, at, place};
use crate::rubric::{Entries, Rubric, WaitFor, built_in_rubric};
use crate::vocabulary::{Readiness, Rung};

/// Answers, and the verdict that they must get.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its id, by which a result names it.
    pub id: String,
    /// What somebody wants, in a few words (untrusted text).
    pub requirement: String,
    /// Why the verdict must be so (untrusted text).
    pub because: String,
    /// The rubric that it is written for.
    pub rubric: Arc<Rubric>,
    /// The example whose answers hold wherever this one has none of its own.
    pub like: Option<Like>,
    /// The answers of its own.
    pub answers: Answers,
    /// What was measured, as far as it says so.
    pub evidence: Option<Evidence>,
    /// Questions whose answers must each open a gate.
    pub opens: Vec<String>,
    /// What they must get.
    pub expect: Expected,
}

/// Another example, by its id, with the line and column of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Like {
    /// Its id.
    pub id: String,
    /// Where it is named, counted from 1.
    pub at: (usize, usize),
}

/// What the answers of an example must get. A target or a wait that is not
/// expected must not be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The solution.
    pub solution: Rung,
    /// The readiness.
    pub readiness: Readiness,
    /// What the case is heading for.
    pub target: Option<Rung>,
    /// What it waits for.
    pub waits_for: Option<WaitFor>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExample {
    id: Spanned<String>,
    requirement: String,
    because: String,
    rubric: Option<Spanned<String>>,
    like: Option<Spanned<String>>,
    #[serde(default)]
    answers: Entries<Spanned<RawGiven>>,
    measured: Option<Spanned<RawMeasured>>,
    #[serde(default)]
    opens: Vec<Spanned<String>>,
    expect: Expected,
}

/// Reads an example case; `file` is how problems name it. It is for that
/// rubric, unless it names a built-in one itself.
///
/// Codes: `bad-id`, `unknown-question`, `bad-score`, `bad-margin`, `too-few-scores`,
/// `bad-external`, and those of YAML, rubrics and answers.
pub fn read_example(text: &str, file: &str, rubric: &Arc<Rubric>) -> Result<Example, Problem> {
    let raw: RawExample = yaml::read(text, file)?;
    if raw.id.value.trim().is_empty() {
        return Err(at(
            Problem::new(
                "bad-id",
                "expected an id, found nothing",
                "name the example, such as `id: no-owner`",
            ),
            raw.id.referenced,
        )
        .in_file(file));
    }
    let rubric = match &raw.rubric {
        Some(named) => built_in_rubric(&named.value)
            .map_err(|problem| at(problem, named.referenced).in_file(file))?,
        None => Arc::clone(rubric),
    };
    let answers = check_answers(&raw.answers, &rubric, Mismatch::Refused)
        .map_err(|problem| problem.in_file(file))?;
    for question in &raw.opens {
        find_question(&rubric, &question.value)
            .map_err(|problem| at(problem, question.referenced).in_file(file))?;
    }
    let evidence = raw.measured.as_ref().map(evidence).transpose();
    let evidence = evidence.map_err(|problem| problem.in_file(file))?;
    Ok(Example {
        id: raw.id.value,
        requirement: raw.requirement,
        because: raw.because,
        rubric,
        like: raw.like.map(|like| Like {
            at: place(like.referenced),
            id: like.value,
        }),
        answers,
        evidence,
        opens: raw.opens.into_iter().map(|it| it.value).collect(),
        expect: raw.expect,
    })
}
