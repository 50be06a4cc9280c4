//! Example cases of a rubric: answers, and the verdict that they must get.

use serde::{Deserialize, Serialize};
use serde_yaml::Spanned;

use super::answers::{Mismatch, check_answers};
use super::raw::RawGiven;
use crate::assessment::Answers;
use crate::problem::Problem;
use crate::rubric::yaml::{self, at};
use crate::rubric::{Entries, Rubric, WaitFor};
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
    /// The answers.
    pub answers: Answers,
    /// What they must get.
    pub expect: Expected,
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
    #[serde(default)]
    answers: Entries<Spanned<RawGiven>>,
    expect: Expected,
}

/// Reads an example case; `file` is how problems name it.
///
/// Codes: `bad-id`, and those of YAML and of answers.
pub fn read_example(text: &str, file: &str, rubric: &Rubric) -> Result<Example, Problem> {
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
    let answers = check_answers(&raw.answers, rubric, Mismatch::Refused)
        .map_err(|problem| problem.in_file(file))?;
    Ok(Example {
        id: raw.id.value,
        requirement: raw.requirement,
        because: raw.because,
        answers,
        expect: raw.expect,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubric::{BASE, built_in_rubric};

    #[test]
    fn a_fault_in_an_example_is_found_at_its_place() {
        let check = |answers: &str, expect: &str, code: &str, line: usize, remedy: &str| {
            let text = format!(
                "id: a\nrequirement: r\nbecause: b\nanswers:\n  {answers}\nexpect:\n  {expect}\n  readiness: go\n"
            );
            let rubric = built_in_rubric(BASE).unwrap();
            let problem = read_example(&text, "a.yaml", &rubric).unwrap_err();
            assert_eq!(
                (problem.code, problem.line),
                (code, Some(line)),
                "{problem}"
            );
            assert_eq!(problem.file.as_deref(), Some("a.yaml"));
            assert!(problem.remedy.contains(remedy), "{}", problem.remedy);
        };
        check(
            "fit-known-rul: fully",
            "solution: query",
            "unknown-question",
            5,
            "fit-known-rule",
        );
        check(
            "fit-known-rule: full",
            "solution: query",
            "unknown-option",
            5,
            "fully",
        );
        check(
            "fit-known-rule: fully",
            "solution: qery",
            "unknown-word",
            7,
            "query",
        );
        check(
            "fit-known-rule: fully",
            "solutio: query",
            "unknown-field",
            7,
            "solution",
        );
    }
}
