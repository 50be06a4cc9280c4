//! A case that cannot be read says where, what was expected, and what to do.

use std::path::Path;

use super::read;
use crate::problem::Problem;

fn problem(text: &str) -> Problem {
    match read::read(text, "case.yaml", Path::new(".")) {
        Ok(_) => panic!("expected a problem in\n{text}"),
        Err(problem) => problem,
    }
}

/// A good case up to its rubric, with more lines after it.
fn with(lines: &str) -> String {
    let hash = &crate::rubric::built_in_rubric("ml-fitness").unwrap().hash;
    format!(
        "version: 1\ntitle: T\ncreated: 2026-11-24\n\
         rubric: {{ id: ml-fitness, version: 1, hash: {hash} }}\n{lines}"
    )
}

#[test]
fn every_fault_is_located_with_a_remedy() {
    let check = |text: &str, code: &str, place: &str, remedy: &str| {
        let problem = problem(text);
        assert_eq!(
            (problem.code, problem.place().as_deref()),
            (code, Some(place)),
            "{problem}"
        );
        assert!(
            problem.remedy.contains(remedy),
            "{} does not say {remedy}",
            problem.remedy
        );
    };
    check(
        "version: 2\nbrave: new\n",
        "newer-case",
        "case.yaml:1:10",
        "update mlfit",
    );
    check("version: 0\n", "bad-version", "case.yaml:1:10", "correct");
    check("title: T\n", "missing-field", "case.yaml:1:1", "version");
    check(
        &with("ownr: me\n"),
        "unknown-field",
        "case.yaml:5:1",
        "owner",
    );
    check(
        &with("answers:\n  fit-task-kin: predict\n"),
        "unknown-question",
        "case.yaml:6:3",
        "fit-task-kind",
    );
    check(
        &with("answers:\n  fit-task-kind: predic\n"),
        "unknown-option",
        "case.yaml:6:18",
        "predict",
    );
    check(
        &with("answers:\n  fit-task-kind: { answer: predict, nte: x }\n"),
        "unknown-field",
        "case.yaml:6:37",
        "note",
    );
    check(
        &with("data: { path: a.csv, request: { target: y, seeed: 1 } }\n"),
        "unknown-field",
        "case.yaml:5:44",
        "seed",
    );
    check(
        &with("title: again\n"),
        "duplicate-key",
        "case.yaml:5:1",
        "remove",
    );
    check(
        "version: 1\ntitle: ''\ncreated: 2026-11-24\nrubric: { id: x, version: 1, hash: x }\n",
        "empty-title",
        "case.yaml:2:8",
        "title",
    );
    check(
        "version: 1\ntitle: T\ncreated: soon\nrubric: { id: x, version: 1, hash: x }\n",
        "bad-date",
        "case.yaml:3:10",
        "YYYY-MM-DD",
    );
    check(
        "version: 1\ntitle: T\ncreated: 2026-11-24\nrubric: { id: ml-fitnes, version: 1, hash: x }\n",
        "unknown-rubric",
        "case.yaml:4:9",
        "ml-fitness",
    );
}

#[test]
fn answers_to_an_older_rubric_are_kept_without_a_meaning() {
    let text = "version: 1\ntitle: T\ncreated: 2026-11-24\n\
                rubric: { id: ml-fitness, version: 1, hash: of-an-older-one }\n\
                answers:\n  a-question-that-was: 7\n  fit-task-kind: an-option-that-was\n";
    let (case, rubric) = read::read(text, "case.yaml", Path::new(".")).unwrap();
    assert_eq!(case.answers.0.len(), 2);
    assert!(case.answers.get("a-question-that-was").is_some());
    assert!(rubric.question("a-question-that-was").is_none());
}
