//! From an empty folder to an exported report, one key after the other.

use ratatui::crossterm::event::KeyCode;

use super::Desk;
use crate::data::Role;
use crate::tui::state::{Context, Screen};
use crate::tui::update::role_of;

/// Puts a shipped file beside the cases.
fn ship(desk: &Desk, file: &str) {
    let from = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("datasets")
        .join(file);
    std::fs::copy(from, desk.home.path().join(file)).unwrap();
}

#[test]
fn from_an_empty_folder_to_a_report() {
    let mut desk = Desk::new();
    ship(&desk, "iris.csv");
    assert!(desk.shown().contains("Three ways to begin"));

    // A case.
    desk.press('n');
    desk.type_text("Sort flowers");
    desk.key(KeyCode::Enter);
    desk.type_text("Botany");
    desk.key(KeyCode::Enter);
    assert_eq!(desk.state.context(), Context::Overview);
    assert_eq!(desk.on_disk().case.owner.as_deref(), Some("Botany"));

    // Its questions: the framing sheet, then the first option of every choice by use.
    desk.key(KeyCode::Enter);
    for line in [
        "one flower",
        "its species",
        "at the bench",
        "at once",
        "today",
    ] {
        desk.type_text(line);
        desk.key(KeyCode::Enter);
    }
    for _ in 0..200 {
        match desk.state.context() {
            Context::Options => desk.key(KeyCode::Enter),
            // What has to be typed is not known.
            Context::Field => {
                desk.key(KeyCode::Down);
                desk.key(KeyCode::Enter);
            }
            _ => break,
        }
    }
    assert_eq!(desk.state.context(), Context::Review);
    assert!(desk.session().assessment.unanswered.is_empty());
    assert_eq!(
        desk.on_disk().case.answers,
        desk.session().folder.case.answers
    );
    desk.key(KeyCode::Esc);
    desk.key(KeyCode::Esc);

    // Its data.
    desk.press('2');
    desk.type_text("iris");
    desk.key(KeyCode::Enter);
    assert_eq!(desk.state.context(), Context::Columns);
    desk.key(KeyCode::End);
    desk.press('t');
    let data = desk.on_disk().case.data.unwrap();
    assert_eq!(data.path, "../iris.csv");
    let session = desk.session();
    let table = &session.table.as_ref().unwrap().table;
    let last = table.columns.len() - 1;
    assert_eq!(role_of(session, last, &table.columns[last]), Role::Target);
    assert_eq!(data.request.target, table.columns[last].name);

    // The contest.
    if let Some(data) = &mut desk.state.session.as_mut().unwrap().folder.case.data {
        data.request.repeats = Some(1);
    }
    desk.press('g');
    assert!(
        desk.session().unmeasured.is_none(),
        "{:?}",
        desk.session().unmeasured
    );
    assert!(desk.session().evidence.is_some());
    assert!(desk.on_disk().read_evidence().unwrap().is_some());
    assert!(desk.on_disk().case.data.unwrap().hash.is_some());

    // The decision.
    desk.press('d');
    assert_eq!(desk.state.context(), Context::Decision);
    let verdict = desk.session().verdict.clone().unwrap();
    assert!(verdict.used.answers && verdict.used.evidence);
    assert!(desk.shown().contains("Solution: "));

    // What is handed on: nothing before it is asked for.
    desk.press('e');
    let folder = desk.session().folder.path.clone();
    assert!(!folder.join("report.md").exists());
    assert!(desk.shown().contains("══"), "{}", desk.shown());
    desk.press('w');
    assert!(folder.join("report.md").is_file());
    let history = desk.on_disk().history().unwrap();
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].headline, verdict.headline);

    // The way home.
    for _ in 0..5 {
        desk.key(KeyCode::Esc);
    }
    assert!(matches!(desk.state.screen(), Some(Screen::Home(_))));
    let home = desk.shown();
    assert!(
        home.contains("Sort flowers") && home.contains("today"),
        "{home}"
    );
}
