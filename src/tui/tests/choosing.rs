//! Choosing: by typing a name, by the mouse, and from what has something to say.

use std::sync::Arc;

use ratatui::crossterm::event::KeyCode;

use super::gallery::gallery;
use super::{Desk, letter, press, shown};
use crate::report::samples;
use crate::tui::event::{Entry, Event};
use crate::tui::state::{Context, Panel, Screen, State};
use crate::tui::update::update;

/// The names that the picker lists once that is typed.
fn listed(entries: &[(&str, bool)], typed: &str) -> Vec<String> {
    let mut state = pictured("picker");
    if let Some(Screen::Picker(picker)) = state.screens.last_mut() {
        picker.entries = entries
            .iter()
            .map(|(name, is_folder)| Entry {
                name: (*name).to_owned(),
                is_folder: *is_folder,
            })
            .collect();
    }
    update(&mut state, Event::Paste(typed.to_owned()));
    match state.screen() {
        Some(Screen::Picker(picker)) => {
            let shown = picker.shown().into_iter();
            shown.map(|entry| entry.name).collect()
        }
        _ => panic!("the picker was left"),
    }
}

/// The state behind a picture of the gallery.
fn pictured(name: &str) -> State {
    let found = gallery().into_iter().find(|(other, _)| *other == name);
    found.unwrap().1
}

/// Presses the mouse where that text is seen.
fn click(state: &mut State, text: &str) {
    let seen = shown(state, 80, 24);
    let found = seen.lines().enumerate().find_map(|(row, line)| {
        let at = line.find(text)?;
        Some((line[..at].chars().count(), row))
    });
    let (column, row) = found.unwrap_or_else(|| panic!("{text:?} is not in:\n{seen}"));
    update(state, Event::Click(column as u16, row as u16));
}

#[test]
fn what_fits_the_typed_name_best_comes_first_and_files_before_folders() {
    let entries = [
        ("iris", true),
        ("iris-old", true),
        ("which-iris", true),
        ("a-iris.csv", false),
        ("iris.csv", false),
        ("iris2.csv", false),
        ("wine.csv", false),
    ];
    assert_eq!(
        listed(&entries, "iris"),
        [
            "iris.csv",
            "iris",
            "iris2.csv",
            "iris-old",
            "a-iris.csv",
            "which-iris",
        ]
    );
    assert_eq!(listed(&entries, "IRIS.CSV")[0], "iris.csv");
    assert_eq!(listed(&entries, "which"), ["which-iris"]);
}

#[test]
fn a_step_an_option_and_a_contender_are_marked_by_one_press_and_taken_by_the_next() {
    let mut state = pictured("overview");
    click(&mut state, "Contest");
    assert!(matches!(
        state.screen(),
        Some(Screen::Overview { marked: 2 })
    ));
    click(&mut state, "Contest");
    assert_eq!(state.context(), Context::Contest);
    click(&mut state, "prior");
    let Some(Screen::Contest(contest)) = state.screen() else {
        panic!("the contest was left");
    };
    assert_eq!(contest.marked, 0);

    let mut state = pictured("question_choice");
    click(&mut state, "No, nobody could write it down");
    let Some(Screen::Questions(questions)) = state.screen() else {
        panic!("the question was left");
    };
    assert_eq!(questions.row, 3);
    let before = questions.at.clone();
    click(&mut state, "No, nobody could write it down");
    let session = state.session.as_ref().unwrap();
    let answer = session.folder.case.answers.get(&before);
    let no = crate::assessment::Answer::Choice("no".to_owned());
    assert_eq!(answer, Some(&no));
}

#[test]
fn pressing_the_line_that_is_typed_in_finishes_nothing() {
    let mut desk = Desk::with_case();
    desk.press('1');
    desk.type_text("one order");
    let before = match desk.state.screen() {
        Some(Screen::Questions(questions)) => questions.at.clone(),
        _ => panic!("no question is asked"),
    };
    click(&mut desk.state, "one order");
    assert!(matches!(
        desk.state.screen(),
        Some(Screen::Questions(questions)) if questions.at == before
    ));
}

#[test]
fn tab_leads_through_the_panels_that_have_something_to_say() {
    let visited = |evidence| {
        let mut state = pictured("contest_board");
        state.session.as_mut().unwrap().evidence = Some(Arc::new(evidence));
        let mut panels = Vec::new();
        loop {
            update(&mut state, press(KeyCode::Tab));
            match state.screen() {
                Some(Screen::Contest(contest)) if contest.panel != Panel::Board => {
                    panels.push(contest.panel);
                }
                _ => return panels,
            }
        }
    };
    let table = visited(samples::full().evidence.unwrap());
    assert!(table.contains(&Panel::Learning) && !table.contains(&Panel::Forecasts));
    let series = visited(samples::series().evidence.unwrap());
    assert!(series.contains(&Panel::Forecasts) && !series.contains(&Panel::Learning));
}

#[test]
fn the_example_that_runs_stays_marked() {
    let mut state = pictured("demos");
    update(&mut state, press(KeyCode::Down));
    update(&mut state, press(KeyCode::Enter));
    assert_eq!(state.context(), Context::Demo);
    update(&mut state, press(KeyCode::Down));
    update(&mut state, letter('j'));
    let Some(Screen::Demos(demos)) = state.screen() else {
        panic!("the examples were left");
    };
    assert_eq!(demos.marked, 1);
    update(&mut state, press(KeyCode::Esc));
    assert_eq!(state.context(), Context::Home);
}

#[test]
fn scrolled_to_the_end_one_step_up_is_seen_at_once() {
    let mut state = pictured("decision");
    update(&mut state, Event::Resize(80, 24));
    update(&mut state, press(KeyCode::End));
    let end = shown(&mut state, 80, 24);
    update(&mut state, press(KeyCode::Down));
    assert_eq!(shown(&mut state, 80, 24), end);
    update(&mut state, press(KeyCode::Up));
    assert_ne!(shown(&mut state, 80, 24), end);
}
