//! A case on disk: whole files, its own folder only, one writer at a time.

use std::fs;

use super::folder::{CaseFolder, FILE};
use super::model::Case;
use crate::assessment::Answer;
use crate::rubric::built_in_rubric;
use crate::verdict::{CouldBe, Hashes, Serving, ServingPattern, Used, Verdict};
use crate::vocabulary::{Confidence, Readiness, Rung};

fn case(title: &str) -> Case {
    Case::new(title, "2026-11-24", &built_in_rubric("ml-fitness").unwrap())
}

#[test]
fn a_case_is_made_saved_and_opened_again() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("churn");
    let mut folder = CaseFolder::create(&path, case("Churn")).unwrap();
    folder
        .case
        .answers
        .set("fit-task-kind", Answer::Choice("predict".to_owned()));
    folder.save().unwrap();
    assert_eq!(CaseFolder::open(&path).unwrap().case, folder.case);
    assert_eq!(
        CaseFolder::open(&path.join(FILE)).unwrap().case,
        folder.case
    );
    let names: Vec<_> = fs::read_dir(&path)
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, [FILE], "no temporary file stays behind");
}

#[test]
fn nothing_foreign_is_written_over() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("case");
    fs::create_dir(&path).unwrap();
    fs::write(path.join("thesis.txt"), "precious").unwrap();
    let problem = CaseFolder::create(&path, case("T")).unwrap_err();
    assert_eq!(problem.code, "folder-not-empty");
    fs::remove_file(path.join("thesis.txt")).unwrap();
    CaseFolder::create(&path, case("T")).unwrap();
    let problem = CaseFolder::create(&path, case("Other")).unwrap_err();
    assert_eq!(problem.code, "case-exists");
    assert_eq!(CaseFolder::open(&path).unwrap().case.title, "T");
    let problem = CaseFolder::create(&path.join(FILE), case("T")).unwrap_err();
    assert_eq!(problem.code, "not-a-folder");
}

#[test]
fn changes_of_someone_else_are_not_overwritten() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("case");
    let mut mine = CaseFolder::create(&path, case("T")).unwrap();
    let mut theirs = CaseFolder::open(&path).unwrap();
    theirs.case.owner = Some("they".to_owned());
    theirs.save().unwrap();
    mine.case.owner = Some("me".to_owned());
    assert_eq!(mine.save().unwrap_err().code, "case-changed");
    assert_eq!(
        CaseFolder::open(&path).unwrap().case.owner.as_deref(),
        Some("they")
    );
    // A clone knows what its original wrote.
    let mut clone = theirs.clone();
    theirs.case.title = "U".to_owned();
    theirs.save().unwrap();
    clone.case.title = "V".to_owned();
    clone.save().unwrap();
}

#[test]
fn a_case_writes_into_its_own_folder_only() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("case");
    let folder = CaseFolder::create(&path, case("T")).unwrap();
    for name in ["", "../a", "/tmp/a", "figures/../../a", "."] {
        let problem = folder.write_text(name, "x").unwrap_err();
        assert_eq!(problem.code, "outside-the-case", "{name}");
    }
    folder.write_text("figures/a.svg", "<svg/>").unwrap();
    assert_eq!(
        fs::read_to_string(path.join("figures/a.svg")).unwrap(),
        "<svg/>"
    );
}

#[cfg(unix)]
#[test]
fn a_link_leads_no_file_out_of_the_folder() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("case");
    let folder = CaseFolder::create(&path, case("T")).unwrap();
    let elsewhere = place.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, path.join("figures")).unwrap();
    let problem = folder.write_text("figures/a.svg", "x").unwrap_err();
    assert_eq!(problem.code, "outside-the-case");
    // A linked file is replaced, and what it pointed at stays.
    let outside = place.path().join("outside.md");
    fs::write(&outside, "theirs").unwrap();
    std::os::unix::fs::symlink(&outside, path.join("report.md")).unwrap();
    folder.write_text("report.md", "ours").unwrap();
    assert_eq!(fs::read_to_string(&outside).unwrap(), "theirs");
}

#[cfg(unix)]
#[test]
fn files_have_the_permissions_of_normal_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("case");
    let folder = CaseFolder::create(&path, case("T")).unwrap();
    let mode = |file: &std::path::Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    let normal = place.path().join("normal");
    fs::write(&normal, "").unwrap();
    assert_eq!(mode(&path.join(FILE)), mode(&normal));
    // Permissions that somebody set stay.
    fs::set_permissions(path.join(FILE), fs::Permissions::from_mode(0o640)).unwrap();
    let mut folder = folder;
    folder.case.title = "U".to_owned();
    folder.save().unwrap();
    assert_eq!(mode(&path.join(FILE)), 0o640);
}

#[test]
fn what_is_missing_or_unreadable_is_named() {
    let place = tempfile::tempdir().unwrap();
    let problem = CaseFolder::open(&place.path().join("none")).unwrap_err();
    assert_eq!(problem.code, "case-not-found");
    let path = place.path().join("case");
    CaseFolder::create(&path, case("T")).unwrap();
    fs::write(path.join(FILE), b"version: 1\ntitle: \xff\n").unwrap();
    let problem = CaseFolder::open(&path).unwrap_err();
    assert_eq!(
        (problem.code, problem.line, problem.column),
        ("not-utf-8", Some(2), Some(8))
    );
}

#[test]
fn a_benchmark_of_another_form_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("case");
    let folder = CaseFolder::create(&path, case("T")).unwrap();
    assert_eq!(folder.read_evidence(), Ok(None));
    for text in [
        "{",
        "{}",
        "{\"schema\":\"mlfit.evidence/2\"}",
        "{\"schema\":\"mlfit.evidence/1\"}",
    ] {
        folder.write_text("benchmark.json", text).unwrap();
        assert_eq!(
            folder.read_evidence().unwrap_err().code,
            "bad-evidence",
            "{text}"
        );
    }
}

fn verdict(as_of: &str) -> Verdict {
    Verdict {
        schema: "mlfit.verdict/1".to_owned(),
        version: "0".to_owned(),
        as_of: as_of.to_owned(),
        headline: "two\nlines \u{2028} \u{1b}".to_owned(),
        solution: Rung::Query,
        solution_confidence: Confidence::Open,
        readiness: Readiness::Clarify,
        readiness_confidence: Confidence::Open,
        target: None,
        waits_for: None,
        could_be: CouldBe::default(),
        remaining: crate::verdict::Remaining::default(),
        requires: Vec::new(),
        policy_rows: Vec::new(),
        used: Used {
            answers: false,
            evidence: false,
            economics: false,
        },
        scores: [].into(),
        gates: Vec::new(),
        findings: Vec::new(),
        contradictions: Vec::new(),
        disagreements: Vec::new(),
        worth: None,
        flips: Vec::new(),
        next: Vec::new(),
        serving: Serving {
            pattern: ServingPattern::None,
            why: String::new(),
        },
        roadmap: Vec::new(),
        data_maturity: None,
        triggers: Vec::new(),
        hashes: Hashes {
            rubrics: [].into(),
            policy: String::new(),
            answers: String::new(),
            data: None,
            evidence: None,
            economics: None,
        },
    }
}

#[test]
fn history_grows_by_lines_and_forgives_a_torn_end() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("case");
    let folder = CaseFolder::create(&path, case("T")).unwrap();
    assert_eq!(folder.history(), Ok(Vec::new()));
    let (first, second) = (verdict("2026-11-24"), verdict("2026-11-25"));
    folder.append_history(&first).unwrap();
    let file = path.join("history.jsonl");
    // A crash of another program left half a line, through the middle of a character.
    let mut torn = fs::read(&file).unwrap();
    torn.extend(b"{\"schema\":\"\xe2\x82");
    fs::write(&file, &torn).unwrap();
    assert_eq!(folder.history().as_deref(), Ok([first.clone()].as_slice()));
    folder.append_history(&second).unwrap();
    assert_eq!(folder.history(), Ok(vec![first, second]));
    assert_eq!(fs::read_to_string(&file).unwrap().lines().count(), 2);
    fs::write(&file, "{}\n").unwrap();
    let problem = folder.history().unwrap_err();
    assert_eq!((problem.code, problem.line), ("bad-history", Some(1)));
}
