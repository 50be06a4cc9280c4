//! Example cases: does a rubric lead to the verdicts that it must lead to?

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::assessment::Assessment;
use crate::case::{Example, Expected, read_example, read_text};
use crate::problem::Problem;
use crate::rubric::{Rubric, built_in_policy};
use crate::verdict::{Inputs, Verdict};

/// Largest example read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// File names and texts of examples.
macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$((
            concat!("rubrics/cases/", $name, ".yaml"),
            include_str!(concat!("../../rubrics/cases/", $name, ".yaml")),
        )),*]
    };
}

/// The examples that are part of mlfit, by their file names.
const SHIPPED: &[(&str, &str)] = shipped![
    "ai-in-the-app",
    "calls-next-week",
    "chat-bot-for-outsiders",
    "defects-on-photos",
    "does-not-pay",
    "failing-parts",
    "forbidden",
    "four-letters-a-day",
    "income-above-50000",
    "late-invoices",
    "monthly-revenue",
    "nearest-branch",
    "new-product",
    "no-owner",
    "no-value",
    "nobody-and-no-rule",
    "nobody-asked-yet",
    "nobody-to-run-it",
    "photos-without-labels",
    "product-texts",
    "texts-without-examples",
    "thin-data-no-rule",
    "thin-data",
    "unclear-value",
    "used-machine-price",
    "vat-rate",
];

/// An example with the verdict that its answers got.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Where it stands: a path, or a path in mlfit's repository.
    pub file: String,
    /// The example.
    pub example: Example,
    /// What its answers got.
    pub verdict: Verdict,
}

impl Tried {
    /// Whether the answers got what they must get.
    pub fn is_right(&self) -> bool {
        self.example.expect == self.came()
    }

    /// What its answers got, of what an example expects.
    pub fn came(&self) -> Expected {
        let verdict = &self.verdict;
        Expected {
            solution: verdict.solution,
            readiness: verdict.readiness,
            target: verdict.target,
            waits_for: verdict.waits_for,
        }
    }
}

/// Tries the examples that are part of mlfit; they are written for the base.
pub fn try_shipped(rubric: &Arc<Rubric>, as_of: &str) -> Result<Vec<Tried>, Problem> {
    SHIPPED
        .iter()
        .map(|(file, text)| try_one(text, file, rubric, as_of))
        .collect()
}

/// Tries examples of one's own: files, and every `.yaml` in a folder, in the
/// order of their names. The first that cannot be read is a problem.
///
/// Codes: `no-examples` for a folder without any, and those of
/// [`read_example`] and of files.
pub fn try_files(
    paths: &[PathBuf],
    rubric: &Arc<Rubric>,
    as_of: &str,
) -> Result<Vec<Tried>, Problem> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(examples_in(path)?);
        } else {
            files.push(path.clone());
        }
    }
    files
        .iter()
        .map(|file| {
            let text = read_text(file, MOST_BYTES)?;
            try_one(&text, &file.display().to_string(), rubric, as_of)
        })
        .collect()
}

fn examples_in(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let place = folder.display().to_string();
    let entries = fs::read_dir(folder).map_err(|error| {
        Problem::new(
            "not-readable",
            format!("{place} cannot be read: {error}"),
            "check the path and its permissions",
        )
        .in_file(place.clone())
    })?;
    let mut files: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| {
            let ending = path.extension().and_then(|ending| ending.to_str());
            matches!(ending, Some("yaml" | "yml")) && path.is_file()
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Problem::new(
            "no-examples",
            format!("expected example cases (*.yaml) in {place}, found none"),
            "write one: id, requirement, because, answers, expect (see docs/RUBRICS.md)",
        )
        .in_file(place));
    }
    Ok(files)
}

fn try_one(text: &str, file: &str, rubric: &Arc<Rubric>, as_of: &str) -> Result<Tried, Problem> {
    let example = read_example(text, file, rubric)?;
    let assessment = Assessment::new(Arc::clone(rubric), example.answers.clone());
    let verdict = crate::verdict::decide(&Inputs {
        assessment: Some(&assessment),
        evidence: None,
        economics: None,
        policy: &*built_in_policy()?,
        as_of,
    })?;
    Ok(Tried {
        file: file.to_owned(),
        example,
        verdict,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_example_is_part_of_the_program() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rubrics/cases");
        let there: Vec<String> = examples_in(&folder)
            .unwrap()
            .iter()
            .map(|file| format!("rubrics/cases/{}", file.file_name().unwrap().display()))
            .collect();
        let known: Vec<&str> = SHIPPED.iter().map(|(file, _)| *file).collect();
        assert_eq!(known.len(), there.len());
        for file in &there {
            assert!(known.contains(&file.as_str()), "{file}");
        }
    }

    #[test]
    fn the_documented_example_gets_its_verdict() {
        let (_, rest) = include_str!("../../docs/RUBRICS.md")
            .split_once("```yaml example\n")
            .unwrap();
        let (text, _) = rest.split_once("```").unwrap();
        let rubric = crate::rubric::built_in_rubric(crate::rubric::BASE).unwrap();
        let tried = try_one(text, "example.yaml", &rubric, "2026-11-24").unwrap();
        let verdict = &tried.verdict;
        assert!(
            tried.is_right(),
            "{} {} {:?} {:?}",
            verdict.solution,
            verdict.readiness,
            verdict.target,
            verdict.waits_for
        );
    }
}
