//! Text that tries to do something: it is shown, and does nothing.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::KeyCode;

use super::{Desk, at_home, drawn, full_session, letter, made, press};
use crate::assessment::{Answer, GivenAnswer};
use crate::data::read_csv;
use crate::problem::Problem;
use crate::report::document::{Block, Column, Document, Section, Table, Text};
use crate::report::samples;
use crate::tui::event::{Entry, Event, Preview, ReadTable};
use crate::tui::input::Input;
use crate::tui::state::{Columns, Export, Home, Panel, Picker, Screen, State};
use crate::tui::update::update;
use crate::workflow::{self, CaseSummary};

/// Clears the screen, turns the line round, hides, joins, is wide, is tall.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}gnp\u{202c}\u{200b}\u{feff}日本語👩\u{200d}👩\u{200d}👧🏽❤\u{fe0f}e\u{301}\u{301}\u{301}\u{9b}31m\u{ad}\u{2066}x\u{2069}";

const SIZES: [(u16, u16); 3] = [(80, 24), (40, 12), (120, 40)];

/// Characters that a terminal acts upon, or that hide.
fn is_raw(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
        )
}

/// Nothing raw, and the frame around the middle stands where it should.
fn is_intact(buffer: &Buffer, place: &str) {
    let area = buffer.area;
    for cell in &buffer.content {
        assert!(
            !cell.symbol().chars().any(is_raw),
            "{place}: {:?}",
            cell.symbol()
        );
    }
    for row in [1, area.height - 2] {
        for column in 0..area.width {
            assert_eq!(
                buffer[(column, row)].symbol(),
                "─",
                "{place}: the line in row {row} is broken at {column}"
            );
        }
    }
}

fn check(state: &mut State, place: &str) {
    for (columns, rows) in SIZES {
        state.size = (columns, rows);
        is_intact(&drawn(state, columns, rows), place);
    }
}

fn hostile_state() -> State {
    let folder = tempfile::tempdir().unwrap();
    let mut case = made(&folder.path().join("a"), "A");
    HOSTILE.clone_into(&mut case.case.title);
    case.case.owner = Some(HOSTILE.to_owned());
    case.case.framing.row = Some(HOSTILE.to_owned());
    case.path = format!("/cases/{HOSTILE}").into();
    case.case.data = Some(crate::case::DataSource {
        path: HOSTILE.to_owned(),
        hash: None,
        request: crate::contest::Request::for_target(HOSTILE),
    });
    let mut session = full_session(case);
    for (question, answer) in [
        ("fit-owner-rule", Answer::Rule(HOSTILE.to_owned())),
        ("value-goal", Answer::Unknown),
    ] {
        let mut given = GivenAnswer::plain(answer);
        given.note = Some(HOSTILE.to_owned());
        given.by = Some(HOSTILE.to_owned());
        session.set_given(question, Some(given));
    }
    let mut evidence = samples::full().evidence.unwrap();
    HOSTILE.clone_into(&mut evidence.target);
    for contender in &mut evidence.contenders {
        contender.id = format!("external:{HOSTILE}");
        HOSTILE.clone_into(&mut contender.says);
    }
    for warning in &mut evidence.warnings {
        warning.column = Some(HOSTILE.to_owned());
        HOSTILE.clone_into(&mut warning.detail);
    }
    for table in &mut evidence.panels.rules {
        for line in &mut table.lines {
            HOSTILE.clone_into(&mut line.when);
            HOSTILE.clone_into(&mut line.answer);
        }
    }
    HOSTILE.clone_into(&mut evidence.recommendation.says);
    session.evidence = Some(Arc::new(evidence));
    let verdict = session.verdict.as_mut().unwrap();
    HOSTILE.clone_into(&mut verdict.headline);
    for finding in &mut verdict.findings {
        HOSTILE.clone_into(&mut finding.text);
        HOSTILE.clone_into(&mut finding.source);
    }
    for flip in &mut verdict.flips {
        flip.changes = vec![HOSTILE.to_owned()];
    }
    let text = format!("{HOSTILE},b\n{HOSTILE},1\nx,2\n");
    session.table = Some(ReadTable::new(
        HOSTILE.into(),
        HOSTILE.to_owned(),
        Arc::new(read_csv(text.as_bytes(), "a.csv").unwrap()),
    ));
    let mut state = at_home(&format!("/{HOSTILE}"));
    state.session = Some(session);
    state.screens.push(Screen::Overview { marked: 0 });
    state
}

/// Hostile text in every part of a report.
fn hostile_report() -> Document {
    let text = || Text::plain(HOSTILE).then_strong(HOSTILE).then_code(HOSTILE);
    let mut table = Table::new([Column::left(HOSTILE), Column::right(HOSTILE)]);
    table.push([text(), text()]);
    Document {
        title: HOSTILE.to_owned(),
        facts: vec![(HOSTILE.to_owned(), HOSTILE.to_owned())],
        sections: vec![Section {
            heading: HOSTILE.to_owned(),
            blocks: vec![
                Block::Subheading(HOSTILE.to_owned()),
                Block::Headline(HOSTILE.to_owned()),
                Block::Paragraph(text()),
                Block::Points(vec![text()]),
                Block::Steps(vec![text()]),
                Block::Table(table),
                Block::Code(vec![HOSTILE.to_owned()]),
            ],
        }],
    }
}

#[test]
fn hostile_text_is_shown_on_every_screen_and_breaks_none() {
    let mut state = hostile_state();
    check(&mut state, "overview");
    state.complain(&Problem::new("bad", HOSTILE, HOSTILE).in_file(HOSTILE));
    check(&mut state, "message");

    update(&mut state, letter('1'));
    for _ in 0..12 {
        check(&mut state, "questions");
        update(&mut state, press(KeyCode::PageDown));
    }
    update(&mut state, letter('r'));
    check(&mut state, "review");
    update(&mut state, press(KeyCode::Esc));
    update(&mut state, press(KeyCode::Esc));

    state.push(Screen::Columns(Columns::default()));
    check(&mut state, "columns");
    update(&mut state, press(KeyCode::Esc));

    update(&mut state, letter('3'));
    for panel in Panel::ALL {
        if let Some(Screen::Contest(contest)) = state.screens.last_mut() {
            contest.panel = panel;
        }
        check(&mut state, panel.title());
    }
    update(&mut state, press(KeyCode::Esc));
    update(&mut state, letter('4'));
    check(&mut state, "decision");
    update(&mut state, press(KeyCode::Esc));

    state.push(Screen::Export(Export {
        preview: Some(Preview {
            report: hostile_report(),
            rule: Some(HOSTILE.to_owned()),
        }),
        written: vec![HOSTILE.into()],
        ..Export::default()
    }));
    check(&mut state, "report");
    update(&mut state, press(KeyCode::Tab));
    check(&mut state, "rule");
}

#[test]
fn hostile_names_of_cases_and_files_break_no_list() {
    let mut state = at_home(&format!("/{HOSTILE}"));
    check(&mut state, "looking");
    let case = CaseSummary {
        path: HOSTILE.into(),
        title: HOSTILE.to_owned(),
        owner: Some(HOSTILE.to_owned()),
        answered: 1,
        asked: 2,
        verdict: None,
        due: true,
        problem: Some(Problem::new("bad", HOSTILE, HOSTILE)),
    };
    state.screens = vec![Screen::Home(Home {
        cases: Some(vec![case.clone(), case]),
        ..Home::default()
    })];
    check(&mut state, "home");
    update(&mut state, letter('/'));
    update(&mut state, Event::Paste(HOSTILE.to_owned()));
    check(&mut state, "filter");
    update(&mut state, press(KeyCode::Esc));
    update(&mut state, letter('n'));
    update(&mut state, Event::Paste(HOSTILE.to_owned()));
    check(&mut state, "form");
    update(&mut state, press(KeyCode::Esc));
    state.push(Screen::Picker(Picker {
        folder: format!("/{HOSTILE}").into(),
        base: format!("/{HOSTILE}").into(),
        typed: Input::new(HOSTILE, 200),
        entries: vec![Entry {
            name: HOSTILE.to_owned(),
            is_folder: true,
        }],
        problem: Some(Problem::new("bad", HOSTILE, HOSTILE)),
        marked: 0,
        job: None,
        begins_case: true,
    }));
    check(&mut state, "picker");
}

#[test]
fn what_is_pasted_is_kept_as_a_note_and_comes_back_from_the_disk() {
    let mut desk = Desk::with_case();
    desk.press('1');
    while !matches!(desk.state.screen(), Some(Screen::Questions(at)) if at.at == "value-goal") {
        desk.key(KeyCode::PageDown);
    }
    desk.press('1');
    desk.key(KeyCode::Tab);
    desk.event(Event::Paste(HOSTILE.to_owned()));
    check(&mut desk.state, "note");
    desk.key(KeyCode::Enter);
    let note = |folder: &crate::case::CaseFolder| {
        let given = folder.case.answers.0.get("value-goal").unwrap();
        given.note.clone().unwrap()
    };
    let kept = note(&desk.session().folder);
    assert!(kept.contains("日本語") && !kept.chars().any(char::is_control));
    assert_eq!(note(&desk.on_disk()), kept);
    let again = workflow::open_case(&desk.session().folder.path).unwrap();
    assert_eq!(note(&again), kept);
}
