//! Questions follow each other by use, and every face says how many could still matter.

use ratatui::crossterm::event::KeyCode;

use super::Desk;
use crate::tui::session::Item;
use crate::tui::state::Screen;

fn at(desk: &Desk) -> String {
    match desk.state.screen() {
        Some(Screen::Questions(questions)) => questions.at.clone(),
        _ => panic!("no question is shown"),
    }
}

/// The questionnaire behind the framing sheet.
fn questions() -> Desk {
    let mut desk = Desk::with_case();
    desk.press('1');
    while at(&desk).starts_with("framing:") {
        desk.key(KeyCode::Enter);
    }
    desk
}

#[test]
fn the_next_question_is_the_one_that_could_change_most() {
    let mut desk = questions();
    for _ in 0..3 {
        let remaining = &desk.session().verdict.as_ref().unwrap().remaining;
        let open = &desk.session().assessment.unanswered;
        assert_eq!(
            Some(&at(&desk)),
            remaining.matter.iter().find(|id| open.contains(id))
        );
        let says = remaining.in_short();
        let shown = desk.shown();
        assert!(shown.contains(says.split(' ').next().unwrap()), "{shown}");
        assert!(shown.contains("could"), "{shown}");
        // The last option opens no gate in the first questions.
        desk.key(KeyCode::Down);
        desk.key(KeyCode::Down);
        desk.key(KeyCode::Enter);
    }
}

#[test]
fn back_leads_to_the_question_before_and_a_question_passed_over_is_not_asked_at_once() {
    let mut desk = questions();
    let first = at(&desk);
    desk.key(KeyCode::Right);
    let second = at(&desk);
    assert_ne!(first, second);
    desk.key(KeyCode::Right);
    assert!(![&first, &second].contains(&&at(&desk)));
    desk.key(KeyCode::Left);
    assert_eq!(at(&desk), second);
    desk.key(KeyCode::Left);
    assert_eq!(at(&desk), first);
}

#[test]
fn section_by_section_is_one_key_away() {
    let mut desk = questions();
    desk.press('f');
    let ids: Vec<String> = desk
        .session()
        .items()
        .iter()
        .map(Item::id)
        .map(str::to_owned)
        .collect();
    let here = ids.iter().position(|id| *id == at(&desk)).unwrap();
    desk.key(KeyCode::Right);
    assert_eq!(at(&desk), ids[here + 1]);
    desk.key(KeyCode::Left);
    assert_eq!(at(&desk), ids[here]);
}

#[test]
fn after_a_stop_the_rest_is_for_the_record() {
    let mut desk = questions();
    assert_eq!(at(&desk), "risk-prohibited");
    desk.press('1');
    let remaining = desk.session().verdict.as_ref().unwrap().remaining.clone();
    assert!(remaining.matter.is_empty());
    let shown = desk.shown();
    let beside = format!("{} open, for", remaining.open());
    for says in [
        beside.as_str(),
        "the record",
        "No answer can change the verdict any more",
    ] {
        assert!(shown.contains(says), "expected {says} in {shown}");
    }
    desk.key(KeyCode::Right);
    // The record follows in the rubric's order.
    assert_eq!(at(&desk), "need-event");
}
