//! The same work line by line.

use std::path::Path;

use super::TODAY;
use crate::tui::plain::converse;
use crate::tui::update::Start;
use crate::workflow;

/// What is said when those lines are typed.
fn hear(home: &Path, start: &Start, lines: &[&str]) -> String {
    let mut input = std::io::Cursor::new(lines.join("\n") + "\n");
    let mut output = Vec::new();
    converse(home, start, TODAY, &mut input, &mut output).unwrap();
    String::from_utf8(output).unwrap()
}

fn write_data(home: &Path) {
    let mut csv = "tenure,contract,late,churned\n".to_owned();
    for row in 0..80 {
        let churned = if row % 5 < 2 { "yes" } else { "no" };
        let tenure = if row % 5 < 2 { row % 6 } else { 6 + row % 20 };
        csv.push_str(&format!("{tenure},{},{churned},{churned}\n", row % 3));
    }
    std::fs::write(home.join("churn.csv"), csv).unwrap();
}

#[test]
fn from_a_file_to_a_report_in_lines() {
    let home = tempfile::tempdir().unwrap();
    write_data(home.path());
    let file = home.path().join("churn.csv").display().to_string();
    // A file that is not there begins nothing; the one that is there begins a case.
    let said = hear(
        home.path(),
        &Start::Home,
        &[
            "nowhere.csv",
            &file,
            "2",
            &file,
            "chunred",
            "churned",
            "out 3",
            "ahead many",
            "",
            "3",
            "w",
            "",
            "4",
            "5",
            "w",
            "",
            "b",
            "q",
        ],
    );
    let expected = [
        "nowhere.csv",
        "1. tenure: feature, number; whether it is known in time was not said; its values",
        "Did you mean \"churned\"?",
        "3. late: ignored, boolean; not known in time",
        "Type a number such as 12",
        "Measuring.",
        "Leaderboard: balanced accuracy, higher is better",
        "recommended",
        "Margin. The smallest improvement",
        "Solution: ",
        "Because",
        "report.md",
        "1. churn: 0 of",
    ];
    let flowing = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = flowing.as_str();
    for text in expected {
        let Some(at) = rest.find(text) else {
            panic!("expected {text:?} in what follows:\n{rest}\n\nall of it:\n{said}");
        };
        rest = &rest[at + text.len()..];
    }
    let folder = workflow::open_case(&home.path().join("churn")).unwrap();
    assert!(folder.read_evidence().unwrap().is_some());
    assert_eq!(folder.history().unwrap().len(), 1);
    assert!(home.path().join("churn/report.md").is_file());
    // Nothing is drawn: lines, blocks and boxes are noise to those who hear them.
    let drawn = |sign: char| matches!(sign, '\u{2500}'..='\u{259f}');
    assert!(!said.contains(drawn), "{said}");
}

#[test]
fn questions_are_answered_noted_and_listed_in_lines() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("churn");
    super::made(&path, "Churn");
    let said = hear(
        home.path(),
        &Start::Case(path.clone()),
        &[
            "1",
            "one customer",
            "?",
            "b",
            "one order",
            "open",
            "",
            "",
            "",
            "",
            "note too early",
            "unknown",
            "b",
            "note Ada knows",
            "q",
            "q",
        ],
    );
    let folder = workflow::open_case(&path).unwrap();
    assert_eq!(folder.case.framing.row.as_deref(), Some("one order"));
    let (_, given) = folder.case.answers.0.first_key_value().unwrap();
    assert_eq!(given.note.as_deref(), Some("Ada knows"));
    assert_eq!(given.answer, crate::assessment::Answer::Unknown);
    for text in [
        "So far: one customer",
        "For example: ",
        "open: What exactly would be predicted",
        "A note stands beside an answer",
        "So far: don't know",
        "Case: Churn",
    ] {
        assert!(said.contains(text), "expected {text:?} in:\n{said}");
    }
}
