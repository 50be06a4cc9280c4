//! One thing that happens, and what follows.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::{Desk, TODAY, at_home, made, press};
use crate::assessment::{Answer, GivenAnswer};
use crate::problem::Problem;
use crate::rubric::Who;
use crate::tui::effect::Effect;
use crate::tui::event::{Event, Opened, Outcome, Then};
use crate::tui::session::FramingLine;
use crate::tui::state::{Context, Screen};
use crate::tui::update::update;
use crate::workflow;

/// Somebody else answers in the same case.
fn elsewhere(desk: &Desk, question: &str, option: &str) {
    let mut other = desk.on_disk();
    let given = [(question.to_owned(), option.to_owned())];
    workflow::set_answers(&mut other, &given, Some("Ada"), TODAY).unwrap();
}

fn answer(desk: &Desk, question: &str) -> Option<Answer> {
    desk.on_disk().case.answers.get(question).cloned()
}

/// Goes to a question by way of its section list.
fn at(desk: &mut Desk, question: &str) {
    desk.press('1');
    while !matches!(desk.state.screen(), Some(Screen::Questions(at)) if at.at == question) {
        desk.key(KeyCode::PageDown);
    }
}

#[test]
fn answers_given_here_and_elsewhere_are_both_kept() {
    let mut desk = Desk::with_case();
    elsewhere(&desk, "fit-known-rule", "partly");
    at(&mut desk, "value-goal");
    desk.press('1');
    let mine = desk
        .session()
        .folder
        .case
        .answers
        .get("value-goal")
        .cloned();
    assert!(mine.is_some());
    assert_eq!(answer(&desk, "value-goal"), mine);
    let theirs = Some(Answer::Choice("partly".to_owned()));
    assert_eq!(answer(&desk, "fit-known-rule"), theirs);
    // It stands here too, and its skip logic holds.
    assert_eq!(
        desk.session().folder.case.answers.get("fit-known-rule"),
        theirs.as_ref()
    );
    let visible = &desk.session().assessment.visible;
    assert!(visible.iter().any(|id| id == "fit-owner-rule"));
    assert!(desk.session().unsaved.is_none());
    assert!(!desk.session().is_ahead());
    assert!(desk.shown().contains("Somebody else changed this case"));
}

#[test]
fn of_two_answers_to_one_question_the_one_given_here_wins() {
    let mut desk = Desk::with_case();
    at(&mut desk, "value-goal");
    elsewhere(&desk, "value-goal", "unknown");
    desk.press('2');
    let mine = desk
        .session()
        .folder
        .case
        .answers
        .get("value-goal")
        .cloned();
    assert_ne!(mine, Some(Answer::Unknown));
    assert_eq!(answer(&desk, "value-goal"), mine);
}

#[test]
fn what_was_saved_before_does_not_win_over_what_others_wrote_since() {
    let mut desk = Desk::with_case();
    at(&mut desk, "value-goal");
    desk.press('1');
    elsewhere(&desk, "value-goal", "unknown");
    desk.key(KeyCode::PageUp);
    desk.type_text("one order");
    desk.key(KeyCode::Enter);
    assert_eq!(answer(&desk, "value-goal"), Some(Answer::Unknown));
    assert_eq!(
        desk.session().folder.case.answers.get("value-goal"),
        Some(&Answer::Unknown)
    );
}

#[test]
fn an_answer_that_was_never_saved_is_saved_on_the_way_home_over_a_change_elsewhere() {
    let mut desk = Desk::with_case();
    at(&mut desk, "value-goal");
    desk.held = Some(Vec::new());
    desk.press('1');
    let path = desk.session().folder.path.clone();
    // The disk refused it; somebody else writes meanwhile.
    let refused = Problem::new("not-writable", "the disk is full", "make room");
    let version = desk.session().saving.unwrap();
    desk.held = Some(Vec::new());
    desk.event(Event::Saved(version, Err(refused)));
    assert!(desk.shown().contains("not saved"));
    elsewhere(&desk, "fit-known-rule", "partly");
    desk.held = None;
    for _ in 0..3 {
        desk.key(KeyCode::Esc);
    }
    assert!(desk.state.session.is_none());
    let found = workflow::open_case(&path).unwrap().case.answers;
    assert!(found.get("value-goal").is_some());
    assert!(found.get("fit-known-rule").is_some());
}

#[test]
fn lines_of_the_framing_sheet_are_merged_too() {
    let mut desk = Desk::with_case();
    let mut other = desk.on_disk();
    other.case.framing.label = Some("the customer cancels".to_owned());
    other.save().unwrap();
    desk.press('1');
    desk.type_text("one customer");
    desk.key(KeyCode::Enter);
    let framing = desk.on_disk().case.framing;
    assert_eq!(framing.row.as_deref(), Some("one customer"));
    assert_eq!(framing.label.as_deref(), Some("the customer cancels"));
    assert_eq!(
        desk.session().framing(FramingLine::Label),
        Some("the customer cancels")
    );
}

#[test]
fn a_late_case_does_not_pull_back_whoever_went_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let case = made(&folder.path().join("a"), "A");
    let opened = |job| {
        let opened = Opened {
            folder: case.clone(),
            evidence: None,
            table: None,
            problem: None,
            then: Then::Overview,
        };
        Event::Done(job, Outcome::Opened(Ok(Box::new(opened))))
    };
    let mut state = at_home("/cases");
    // Nobody at home waits for this one.
    update(&mut state, opened(7));
    assert!(state.session.is_none());
    // Somebody waits for it, opens the form of a new case and comes back.
    let home = state.home_mut().unwrap();
    home.opening = Some(8);
    update(&mut state, super::letter('n'));
    update(&mut state, press(KeyCode::Esc));
    update(&mut state, opened(8));
    assert!(state.session.is_none());
    state.home_mut().unwrap().opening = Some(9);
    update(&mut state, opened(9));
    assert!(state.session.is_some());
}

#[test]
fn a_verdict_is_asked_for_when_what_is_typed_is_finished_and_not_at_every_key() {
    let mut desk = Desk::with_case();
    desk.press('1');
    desk.jobs.clear();
    desk.type_text("one customer");
    assert_eq!(desk.jobs, Vec::<String>::new());
    desk.key(KeyCode::Enter);
    assert_eq!(desk.jobs, ["decide"]);
    assert_eq!(
        desk.on_disk().case.framing.row.as_deref(),
        Some("one customer")
    );
}

#[test]
fn what_is_half_typed_is_no_answer_and_escape_leaves_the_answer_as_it_was() {
    let mut desk = Desk::with_case();
    desk.press('1');
    desk.type_text("one customer");
    assert_eq!(desk.state.context(), Context::Draft);
    assert!(desk.shown().contains("Esc drop it"), "{}", desk.shown());
    assert_eq!(desk.on_disk().case.framing.row, None);
    // The first Esc drops it and stays, the second leaves.
    desk.key(KeyCode::Esc);
    assert_eq!(desk.state.context(), Context::Line);
    assert_eq!(desk.session().framing(FramingLine::Row), None);
    // Going on keeps it.
    desk.type_text("one order");
    desk.key(KeyCode::PageDown);
    let row = |desk: &Desk| desk.on_disk().case.framing.row;
    assert_eq!(row(&desk).as_deref(), Some("one order"));
    desk.key(KeyCode::PageUp);
    desk.type_text(" line");
    desk.key(KeyCode::Esc);
    desk.key(KeyCode::Esc);
    assert_eq!(desk.state.context(), Context::Overview);
    assert_eq!(row(&desk).as_deref(), Some("one order"));
}

#[test]
fn tab_keeps_what_is_typed_and_opens_its_note_and_control_q_leaves() {
    let mut desk = Desk::with_case();
    desk.press('1');
    while !matches!(desk.state.context(), Context::Field) {
        desk.key(KeyCode::PageDown);
    }
    let Some(Screen::Questions(questions)) = desk.state.screen() else {
        panic!("no question");
    };
    let id = questions.at.clone();
    // Whatever kind it is, a number fits it.
    desk.press('1');
    desk.key(KeyCode::Tab);
    assert_eq!(desk.state.context(), Context::Note);
    desk.type_text("guessed");
    desk.key(KeyCode::Esc);
    let note = |desk: &Desk| {
        let given = desk.on_disk().case.answers.0.get(&id).cloned();
        given.and_then(|given| given.note)
    };
    assert!(answer(&desk, &id).is_some());
    assert_eq!(note(&desk), None);
    desk.key(KeyCode::Tab);
    desk.type_text("asked the owner");
    desk.key(KeyCode::Enter);
    assert_eq!(note(&desk).as_deref(), Some("asked the owner"));
    desk.press('2');
    let control_q = KeyEvent::new(KeyCode::Char('q'), KeyModifiers::CONTROL);
    desk.event(Event::Key(control_q));
    assert!(desk.state.leaving);
    assert_eq!(
        answer(&desk, &id),
        desk.session().folder.case.answers.get(&id).cloned()
    );
    assert_ne!(answer(&desk, &id), None);
}

#[test]
fn a_path_is_taken_as_it_is_typed_and_enter_predicts_nothing_unasked() {
    let mut desk = Desk::with_case();
    let data = desk.home.path().join("some data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("orders.csv"), "a,b\n1,2\n3,4\n").unwrap();
    desk.press('2');
    // What stands in the folder of the path is shown while it is typed.
    desk.type_text(&format!("{}/", data.display()));
    assert!(desk.shown().contains("orders.csv"));
    desk.type_text("ord");
    desk.key(KeyCode::Enter);
    assert_eq!(desk.state.context(), Context::Columns);
    desk.key(KeyCode::Enter);
    assert_eq!(desk.session().folder.case.data, None);
    assert!(desk.shown().contains("press t"));
    assert!(desk.shown().contains("g start"));
    // A pasted path, with the quotes of a shell.
    desk.press('f');
    let path = format!("'{}'\n", data.join("orders.csv").display());
    desk.event(Event::Paste(path));
    desk.key(KeyCode::Enter);
    assert_eq!(desk.state.context(), Context::Columns);
    assert!(desk.session().table.is_some());
}

#[test]
fn one_verdict_is_made_at_a_time_and_the_last_answer_counts() {
    let mut desk = Desk::with_case();
    at(&mut desk, "value-goal");
    desk.held = Some(Vec::new());
    for key in ['1', '2', '1', '2'] {
        desk.press(key);
    }
    let held = desk.held.as_deref().unwrap();
    let runs = held
        .iter()
        .filter(|effect| matches!(effect, Effect::Run(..)))
        .count();
    assert_eq!(runs, 1);
    desk.jobs.clear();
    desk.release();
    assert_eq!(desk.jobs, ["decide", "decide"]);
    assert!(!desk.session().stale);
}

#[test]
fn the_rule_that_the_owner_wrote_down_competes_unless_another_is_given() {
    let mut desk = Desk::with_case();
    let session = desk.state.session.as_mut().unwrap();
    let rule = Answer::Rule("tenure < 6".to_owned());
    session.set_given("fit-owner-rule", Some(GivenAnswer::plain(rule)));
    session.folder.case.data = Some(crate::case::DataSource {
        path: "a.csv".to_owned(),
        hash: None,
        request: crate::contest::Request::for_target("churned"),
    });
    // It is not asked for where nobody could write one down.
    let no = Answer::Choice("no".to_owned());
    session.set_given("fit-known-rule", Some(GivenAnswer::plain(no)));
    let rule = |folder: &crate::case::CaseFolder| workflow::request(folder).unwrap().rule;
    assert_eq!(rule(&session.folder), None);
    let partly = Answer::Choice("partly".to_owned());
    session.set_given("fit-known-rule", Some(GivenAnswer::plain(partly)));
    assert_eq!(rule(&session.folder).as_deref(), Some("tenure < 6"));
    if let Some(data) = &mut session.folder.case.data {
        data.request.rule = Some("tenure < 9".to_owned());
    }
    assert_eq!(rule(&session.folder).as_deref(), Some("tenure < 9"));
}

#[test]
fn what_people_disagree_on_is_listed_first_and_an_answer_given_here_settles_it() {
    let mut desk = Desk::with_case();
    let mut other = desk.on_disk();
    for (role, key) in [(Who::Owner, "partly"), (Who::Engineer, "no")] {
        let given = GivenAnswer {
            role: Some(role),
            ..GivenAnswer::plain(Answer::Choice(key.to_owned()))
        };
        other.case.answers.give("fit-known-rule", given);
    }
    let gone = Answer::Choice("maybe".to_owned());
    other.case.answers.set("fit-of-former-days", gone);
    // Of a rubric that has changed since, not a mistake.
    other.case.rubric.hash = "0".repeat(64);
    other.save().unwrap();
    desk.key(KeyCode::Esc);
    desk.key(KeyCode::Enter);
    desk.press('1');
    // What is typed belongs to a field; options take letters.
    for _ in 0..9 {
        if desk.state.context() != Context::Options {
            desk.key(KeyCode::PageDown);
        }
    }
    desk.press('r');
    let shown = desk.shown();
    assert!(shown.contains("≠ 1 people disagree"), "{shown}");
    assert!(shown.contains("owner: For some of the cases"), "{shown}");
    // What is asked no more is told and leads nowhere.
    desk.key(KeyCode::End);
    desk.key(KeyCode::Enter);
    assert_eq!(desk.state.context(), Context::Review);
    assert!(desk.shown().contains("asked no more"), "{}", desk.shown());
    desk.key(KeyCode::Home);
    desk.key(KeyCode::Enter);
    assert!(desk.shown().contains("People disagree"), "{}", desk.shown());
    desk.press(' ');
    let given = desk.on_disk().case.answers.0["fit-known-rule"].clone();
    assert_eq!(given.voices().count(), 1);
    assert_eq!(given.role, None);
    assert!(desk.session().assessment.disputed.is_empty());
}

#[test]
fn going_round_in_circles_piles_nothing_up() {
    let mut desk = Desk::with_case();
    desk.press('4');
    for _ in 0..50 {
        // The decision, what is still open, and the decision again.
        desk.press('r');
        desk.press('d');
    }
    assert!(desk.state.screens.len() <= 4);
    for _ in 0..4 {
        desk.key(KeyCode::Esc);
    }
    assert_eq!(desk.state.context(), Context::Home);
}
