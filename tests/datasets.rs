//! The shipped data and the prepared cases fit together, and their README knows them all.

#![expect(
    clippy::unwrap_used,
    reason = "a test whose files cannot be read has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use mlfit::contest::Request;
use serde::Deserialize;

/// Embedded in the binary: no single file may be large, nor all of them together.
const MOST_BYTES: u64 = 1_000_000;
const MOST_BYTES_TOGETHER: u64 = 6_000_000;

/// A prepared case, as the demo reads it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    title: String,
    story: String,
    dataset: String,
    request: Request,
    framing: BTreeMap<String, String>,
    answers: BTreeMap<String, String>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("datasets")
}

/// Files in a folder with that ending, in order.
fn files(path: PathBuf, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    files
}

fn name(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}

fn cases() -> Vec<(String, Case)> {
    files(folder().join("cases"), "yaml")
        .into_iter()
        .map(|path| {
            let case = serde_yaml::from_str(&fs::read_to_string(&path).unwrap())
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (name(&path), case)
        })
        .collect()
}

#[test]
fn every_file_is_small_rectangular_and_described() {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let mut together = 0;
    for path in files(folder(), "csv") {
        let file = name(&path);
        let bytes = fs::metadata(&path).unwrap().len();
        together += bytes;
        assert!(bytes <= MOST_BYTES, "{file}: {bytes} bytes");
        let (right_answers, sources) = readme.split_once("## Sources and licences").unwrap();
        assert!(right_answers.contains(&format!("| `{file}` |")), "{file}");
        let described = sources.contains(&format!("`{file}`"))
            || (file.starts_with("generated-") && sources.contains("`generated-*.csv`"));
        assert!(described, "{file} has no source in README.md");
        let mut reader = csv::Reader::from_path(&path).unwrap();
        let header = reader.headers().unwrap().clone();
        let unique: BTreeSet<_> = header.iter().collect();
        assert_eq!(unique.len(), header.len(), "{file}");
        assert!(header.iter().all(|field| {
            field
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        }));
        for record in reader.records() {
            record.unwrap_or_else(|error| panic!("{file}: {error}"));
        }
    }
    assert!(together <= MOST_BYTES_TOGETHER, "{together} bytes");
}

#[test]
fn every_case_asks_for_columns_and_values_that_its_data_have() {
    let cases = cases();
    assert!(cases.len() >= 4);
    for (file, case) in cases {
        assert_eq!(file, format!("{}.yaml", case.id));
        assert!(
            !case.title.is_empty() && case.story.matches(". ").count() == 1,
            "{file}: two sentences"
        );
        let mut reader = csv::Reader::from_path(folder().join(&case.dataset)).unwrap();
        let header = reader.headers().unwrap().clone();
        let request = &case.request;
        let named = std::iter::once(&request.target)
            .chain(&request.time)
            .chain(&request.group)
            .chain(&request.ignore)
            .chain(&request.protected);
        for column in named {
            assert!(
                header.iter().any(|field| field == column),
                "{file}: {column}"
            );
        }
        if let Some(positive) = &request.positive {
            let target = header
                .iter()
                .position(|field| *field == request.target)
                .unwrap();
            let found = reader
                .records()
                .any(|record| record.unwrap()[target] == **positive);
            assert!(found, "{file}: {positive}");
        }
        let framing: Vec<_> = case.framing.keys().map(String::as_str).collect();
        assert_eq!(
            framing,
            ["decided", "label", "outcome", "period", "row"],
            "{file}"
        );
        assert!(case.answers.len() >= 20, "{file}");
    }
}
