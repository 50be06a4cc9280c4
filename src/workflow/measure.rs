//! Measuring: sample data in, evidence out.

use std::io::Read;
use std::path::Path;

use super::{future, today};
use crate::assessment::Answer;
use crate::case::{CaseFolder, DataSource, read_bytes};
use crate::contest::{self, Control, Evidence, Request};
use crate::data::{self, Table};
use crate::problem::Problem;

/// The name of standard input.
const STANDARD_INPUT: &str = "-";

/// Largest file of sample data read, in bytes: far more than a verdict needs.
const MOST_BYTES: u64 = 4 << 30;

/// Reads a CSV file, or standard input for `-`.
pub fn read_table(path: &Path) -> Result<Table, Problem> {
    let source = path.display().to_string();
    let bytes = if source == STANDARD_INPUT {
        read_standard_input()?
    } else {
        read_bytes(path, MOST_BYTES)?
    };
    data::read_csv(&bytes, &source)
}

/// Runs a contest. Of the clock it asks nothing but whether a forecast's sample
/// data hold values that cannot be known yet, which it refuses.
pub fn bench(table: &Table, request: &Request, control: &Control<'_>) -> Result<Evidence, Problem> {
    future::refuse(table, request, &today())?;
    contest::run(table, request, control).map_err(|problem| problem.in_file(&table.source))
}

/// Names the sample data of a case and what is asked of them, and saves the case.
/// The path is kept relative to the case folder where that is possible.
pub fn set_data(folder: &mut CaseFolder, path: &Path, request: Request) -> Result<(), Problem> {
    let before = folder.case.data.clone();
    folder.case.data = Some(DataSource {
        path: seen_from(&folder.path, path),
        hash: None,
        request,
    });
    let saved = folder.save();
    if saved.is_err() {
        folder.case.data = before;
    }
    saved
}

/// What a case asks of its data; the rule that its owner wrote down in the
/// questionnaire competes, unless the request has one. None if it names no data.
pub fn request(folder: &CaseFolder) -> Option<Request> {
    let mut request = folder.case.data.as_ref()?.request.clone();
    if request.rule.is_none() {
        request.rule = owner_rule(folder);
    }
    Some(request)
}

/// The first rule that was answered to a question that is asked.
fn owner_rule(folder: &CaseFolder) -> Option<String> {
    let answers = &folder.case.answers;
    let is_rule = |answer: &Answer| match answer {
        Answer::Rule(text) => Some(text.clone()),
        Answer::Choice(_)
        | Answer::Number(_)
        | Answer::Text(_)
        | Answer::Whys(_)
        | Answer::Unknown
        | Answer::NotApplicable => None,
    };
    super::assessment(folder)
        .visible
        .iter()
        .find_map(|question| is_rule(answers.get(question)?))
}

/// Runs the contest of a case on its own data, and keeps the benchmark in its
/// folder together with the hash of the data.
///
/// Code `no-data` if the case names none.
pub fn bench_case(folder: &mut CaseFolder, control: &Control<'_>) -> Result<Evidence, Problem> {
    let (Some(request), Some(path)) = (request(folder), folder.data_path()) else {
        return Err(Problem::new(
            "no-data",
            "expected a case that names its sample data, found one that names none",
            format!(
                "`mlfit bench FILE.csv --target COLUMN --case {}` names them",
                super::shell_word(&folder.path.display().to_string())
            ),
        )
        .in_file(folder.path.display().to_string()));
    };
    let table = read_table(&path)?;
    let evidence = bench(&table, &request, control)?;
    keep_evidence(folder, &evidence)?;
    Ok(evidence)
}

/// Keeps a benchmark of the case's own data, with the hash of the data.
pub fn keep_evidence(folder: &mut CaseFolder, evidence: &Evidence) -> Result<(), Problem> {
    folder.write_evidence(evidence)?;
    if let Some(data) = &mut folder.case.data {
        data.hash = Some(evidence.data_hash.clone());
    }
    folder.save()
}

fn read_standard_input() -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Problem::new(
                "not-readable",
                format!("standard input cannot be read: {error}"),
                "send a CSV into it, such as `mlfit bench - --target COLUMN < data.csv`",
            )
            .in_file(STANDARD_INPUT)
        })?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Problem::new(
            "file-too-large",
            format!("expected at most {MOST_BYTES} bytes, found more"),
            "send a sample: a verdict seldom needs more than some ten thousand rows",
        )
        .in_file(STANDARD_INPUT));
    }
    Ok(bytes)
}

/// A path as it is written in a case: relative to the folder where both share a
/// beginning that is more than the root, else absolute.
pub fn seen_from(folder: &Path, file: &Path) -> String {
    let full = |path: &Path| {
        std::fs::canonicalize(path)
            .or_else(|_| std::path::absolute(path))
            .unwrap_or_else(|_| path.to_owned())
    };
    let (folder, file) = (full(folder), full(file));
    let shared = folder
        .components()
        .zip(file.components())
        .take_while(|(left, right)| left == right)
        .count();
    let ups = folder.components().count() - shared;
    if shared < 2 || ups > 3 {
        return file.display().to_string();
    }
    let mut parts = vec!["..".to_owned(); ups];
    parts.extend(
        file.components()
            .skip(shared)
            .map(|part| part.as_os_str().to_string_lossy().into_owned()),
    );
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_near_the_case_is_relative_and_a_far_one_absolute() {
        let check = |folder: &str, file: &str, expected: &str| {
            assert_eq!(seen_from(Path::new(folder), Path::new(file)), expected);
        };
        check("/no/where/case", "/no/where/data/a.csv", "../data/a.csv");
        check("/no/where/case", "/no/where/case/a.csv", "a.csv");
        check("/no/where/case", "/else/a.csv", "/else/a.csv");
    }
}
