//! Questions on paper: written for somebody without a terminal, and read back.

use std::fs;

use super::mlfit;

#[test]
fn open_questions_are_written_answered_and_read_back() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "c", "--title", "T"]).text();
    let run = mlfit(here, &["assess", "c", "--sheet", "questions.md"]);
    assert!(run.text().contains("questions.md"), "{}", run.stdout);
    let sheet = fs::read_to_string(here.join("questions.md")).unwrap();
    let (before, after) = sheet.split_once("## fit-known-rule\n").unwrap();
    let after = after.replacen("\nAnswer:\n", "\nAnswer: fully\n", 1);
    fs::write(
        here.join("questions.md"),
        format!("{before}## fit-known-rule\n{after}"),
    )
    .unwrap();
    let again = mlfit(here, &["assess", "c", "--sheet", "questions.md"]);
    assert_eq!(again.status, 2, "what somebody wrote is never overwritten");
    let value = mlfit(
        here,
        &["assess", "c", "--from-sheet", "questions.md", "--json"],
    )
    .json();
    assert_eq!(value["answered"], 1);
    let case = fs::read_to_string(here.join("c/case.yaml")).unwrap();
    assert!(case.contains("fit-known-rule"), "{case}");
    fs::write(here.join("bad.md"), "## fit-known-rule\nAnswer: full\n").unwrap();
    let run = mlfit(here, &["assess", "c", "--from-sheet", "bad.md"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("at bad.md:2:1"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(here.join("c/case.yaml")).unwrap(), case);
}

#[test]
fn a_spreadsheet_carries_answers_and_notes_of_a_role() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    mlfit(here, &["new", "c", "--title", "T"]).text();
    let run = mlfit(here, &["assess", "c", "--sheet", "q.csv", "--as", "owner"]);
    assert!(
        run.text()
            .ends_with("  mlfit assess c --from-sheet q.csv --as owner\n"),
        "{}",
        run.stdout
    );
    let sheet = fs::read_to_string(here.join("q.csv")).unwrap();
    assert!(sheet.starts_with("\u{feff}question,asks,"), "{sheet}");
    // As another program saves it: other separators, columns that nobody needs left out.
    fs::write(
        here.join("q.csv"),
        "question;answer;note\nfit-volume;beyond;'=we counted\nvalue-goal;;\n",
    )
    .unwrap();
    let words = [
        "assess",
        "c",
        "--from-sheet",
        "q.csv",
        "--as",
        "owner",
        "--json",
    ];
    assert_eq!(mlfit(here, &words).json()["answered"], 1);
    let case = fs::read_to_string(here.join("c/case.yaml")).unwrap();
    for part in ["as: owner", "note: =we counted"] {
        assert!(case.contains(part), "no {part} in {case}");
    }
    fs::write(here.join("bad.csv"), "question,answer\nfit-volume,lots\n").unwrap();
    let run = mlfit(here, &["assess", "c", "--from-sheet", "bad.csv"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("at bad.csv:2:2"), "{}", run.stderr);
    let run = mlfit(here, &["assess", "c", "--sheet", "q.txt"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains(".csv"), "{}", run.stderr);
}
