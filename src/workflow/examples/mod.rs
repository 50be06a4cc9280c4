//! Example cases: does a rubric lead to the verdicts that it must lead to?

mod shipped;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::assessment::{Answers, Assessment, GateState};
use crate::case::{Example, Expected, read_example, read_text};
use crate::problem::{Problem, nearest};
use crate::rubric::{BASE, Rubric, built_in_policy, built_in_rubric};
use crate::verdict::{Inputs, Verdict};

use shipped::SHIPPED;

/// Examples that stand on one another at most, one after another.
const DEEPEST: usize = 8;

/// Largest example read, in bytes.
const MOST_BYTES: u64 = 1 << 20;

/// An example with the verdict that its answers got.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Where it stands: a path, or a path in mlfit's repository.
    pub file: String,
    /// The example.
    pub example: Example,
    /// What its answers mean, those that it shares with others included.
    pub assessment: Assessment,
    /// What its answers got.
    pub verdict: Verdict,
}

impl Tried {
    /// Whether the answers got what they must get, and opened the gates that they must open.
    pub fn is_right(&self) -> bool {
        self.example.expect == self.came() && self.left_shut().is_empty()
    }

    /// Questions whose answers should open a gate, and do not.
    pub fn left_shut(&self) -> Vec<&str> {
        let opens = |id: &str| {
            let gates = &self.assessment.gates;
            gates
                .iter()
                .any(|gate| gate.question == id && gate.state == GateState::Fired)
        };
        let wanted = self.example.opens.iter().map(String::as_str);
        wanted.filter(|id| !opens(id)).collect()
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

/// Tries the examples that are part of mlfit; those that name no rubric are written for the base.
pub fn try_shipped(rubric: &Arc<Rubric>, as_of: &str) -> Result<Vec<Tried>, Problem> {
    let read = |(file, text): &(&str, &str)| Placed::read(text, file, rubric);
    let all: Vec<Placed> = SHIPPED.iter().map(read).collect::<Result<_, _>>()?;
    all.iter().map(|one| one.tried(&all, as_of)).collect()
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
    let mut all = Vec::new();
    for file in &files {
        let text = read_text(file, MOST_BYTES)?;
        all.push(Placed::read(&text, &file.display().to_string(), rubric)?);
    }
    let own = all.len();
    for (file, text) in SHIPPED {
        // What is shipped is written for the base, and stands behind what is one's own.
        all.push(Placed::read(text, file, &built_in_rubric(BASE)?)?);
    }
    all[..own]
        .iter()
        .map(|one| one.tried(&all, as_of))
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

/// An example with its place.
struct Placed {
    file: String,
    example: Example,
}

impl Placed {
    fn read(text: &str, file: &str, rubric: &Arc<Rubric>) -> Result<Self, Problem> {
        Ok(Self {
            file: file.to_owned(),
            example: read_example(text, file, rubric)?,
        })
    }

    fn tried(&self, all: &[Self], as_of: &str) -> Result<Tried, Problem> {
        let answers = self.answers(all, DEEPEST)?;
        let assessment = Assessment::new(Arc::clone(&self.example.rubric), answers);
        let verdict = crate::verdict::decide(&Inputs {
            assessment: Some(&assessment),
            evidence: self.example.evidence.as_ref(),
            economics: None,
            policy: &*built_in_policy()?,
            as_of,
        })?;
        Ok(Tried {
            file: self.file.clone(),
            example: self.example.clone(),
            assessment,
            verdict,
        })
    }

    /// Its own answers, and those of the example that it is like.
    fn answers(&self, all: &[Self], deepest: usize) -> Result<Answers, Problem> {
        let Some(like) = &self.example.like else {
            return Ok(self.example.answers.clone());
        };
        let other = all
            .iter()
            .find(|other| other.example.id == like.id)
            .filter(|_| deepest > 0)
            .ok_or_else(|| {
                let known: BTreeSet<&str> = all.iter().map(|it| it.example.id.as_str()).collect();
                Problem::new(
                    "unknown-example",
                    format!("expected the id of another example, found \"{}\"", like.id),
                    match nearest(&like.id, known) {
                        Some(near) if near != like.id => format!("did you mean \"{near}\"?"),
                        Some(_) | None => "name one that stands on its own".to_owned(),
                    },
                )
                .in_file(self.file.clone())
                .at(like.at.0, like.at.1)
            })?;
        let mut answers = other.answers(all, deepest - 1)?;
        answers.0.extend(self.example.answers.0.clone());
        Ok(answers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_example_is_part_of_the_program() {
        let mut there = Vec::new();
        for folder in ["rubrics/cases", "rubrics/cases/gates"] {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let files = examples_in(&path).unwrap();
            there.extend(
                files
                    .iter()
                    .map(|file| format!("{folder}/{}", file.file_name().unwrap().display())),
            );
        }
        let known: Vec<&str> = SHIPPED.iter().map(|(file, _)| *file).collect();
        assert_eq!(known, there);
    }

    #[test]
    fn the_documented_examples_get_their_verdicts() {
        let rubric = crate::rubric::built_in_rubric(crate::rubric::BASE).unwrap();
        let documented = include_str!("../../../docs/RUBRICS.md").split("```yaml example\n");
        let mut tried = 0;
        for rest in documented.skip(1) {
            let (text, _) = rest.split_once("```").unwrap();
            let placed = Placed::read(text, "example.yaml", &rubric).unwrap();
            let came = placed.tried(&[], "2026-11-24").unwrap();
            assert!(came.is_right(), "{}: {:?}", came.example.id, came.came());
            tried += 1;
        }
        assert_eq!(tried, 2);
    }
}
