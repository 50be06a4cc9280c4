//! What a key costs: the state's change and the next frame, screen by screen,
//! in a large window, with 200 cases at home and 500 columns of data.
//! A frame is to take less than 1 ms.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark whose case cannot be made has failed"
)]

use std::path::Path;
use std::sync::OnceLock;

use mlfit::tui::Start;
use mlfit::tui::event::{Event, Outcome};
use mlfit::tui::stage::Stage;
use mlfit::tui::state::{Panel, Screen, State};
use mlfit::tui::theme::{Palette, Theme};
use mlfit::tui::update::update;
use mlfit::tui::view::view;
use mlfit::workflow::CaseSummary;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

const SIZE: (u16, u16) = (200, 60);
const CASES: usize = 200;
const COLUMNS: usize = 500;

fn main() {
    divan::main();
}

/// Where a benchmark begins, and the two keys that it presses in turn.
struct Scene {
    name: String,
    state: State,
    keys: [KeyCode; 2],
}

#[divan::bench(args = names())]
fn key_and_frame(bencher: divan::Bencher<'_, '_>, name: &String) {
    let scene = scenes().iter().find(|scene| scene.name == *name).unwrap();
    let mut state = scene.state.clone();
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).unwrap();
    let mut turn = 0;
    bencher.bench_local(move || {
        let key = KeyEvent::new(scene.keys[turn % 2], KeyModifiers::NONE);
        turn += 1;
        let effects = update(&mut state, Event::Key(key));
        terminal.draw(|frame| view(&state, frame)).unwrap();
        effects
    });
}

fn names() -> Vec<String> {
    scenes().iter().map(|scene| scene.name.clone()).collect()
}

fn scenes() -> &'static [Scene] {
    static SCENES: OnceLock<Vec<Scene>> = OnceLock::new();
    SCENES.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        make_scenes(home.path())
    })
}

fn make_scenes(home: &Path) -> Vec<Scene> {
    use KeyCode::{BackTab, Backspace, Char, Down, Enter, Esc, F, Tab, Up};
    let theme = Theme {
        palette: Palette::Dark,
        ascii: false,
    };
    let state = State::new(home.to_owned(), "2026-11-24".to_owned(), SIZE, theme);
    let mut scenes = Vec::new();
    let mut add = |name: &str, stage: &Stage, keys| {
        scenes.push(Scene {
            name: name.to_owned(),
            state: stage.state.clone(),
            keys,
        });
    };
    let mut stage = Stage::open(state, &Start::Home);
    stage.press(Char('d'));
    add("demos", &stage, [Down, Up]);
    let churn = position_of(&stage, "churn-rule");
    (0..churn).for_each(|_| stage.press(Down));
    stage.press(Enter);
    add("decision", &stage, [Down, Up]);
    stage.press(Char('i'));
    add("meaning", &stage, [Down, Up]);
    add("meaning, closed and opened", &stage, [Esc, Char('i')]);
    stage.press(Esc);
    stage.press(Char('r'));
    add("review", &stage, [Down, Up]);
    stage.press(Esc);
    stage.press(Esc);
    add("overview", &stage, [Down, Up]);
    stage.press(Char('1'));
    add("question", &stage, [Down, Up]);
    stage.press(F(1));
    add("help", &stage, [Down, Up]);
    stage.press(Esc);
    while stage.state.context() != mlfit::tui::state::Context::Options {
        stage.press(KeyCode::PageDown);
    }
    stage.press(Char('s'));
    add("sections", &stage, [Down, Up]);
    stage.press(Esc);
    stage.press(Esc);
    stage.press(Char('3'));
    for panel in Panel::ALL {
        if let Some(Screen::Contest(contest)) = stage.state.screens.last_mut() {
            contest.panel = panel;
        }
        add(&format!("contest: {}", panel.title()), &stage, [Down, Up]);
    }
    add("contest: from panel to panel", &stage, [Tab, BackTab]);
    stage.press(Char('e'));
    add("report", &stage, [Down, Up]);
    add("report, then rule", &stage, [Tab, Tab]);
    (0..2).for_each(|_| stage.press(Esc));
    stage.press(Char('2'));
    stage.press(Char('f'));
    write_wide(&home.join("mlfit-demo/data/wide.csv"));
    stage.type_text("wide.csv");
    add("picker", &stage, [Char('x'), Backspace]);
    stage.press(Enter);
    assert_eq!(
        stage
            .state
            .session
            .as_ref()
            .unwrap()
            .table
            .as_ref()
            .unwrap()
            .table
            .columns
            .len(),
        COLUMNS
    );
    (0..250).for_each(|_| stage.press(Down));
    add("data", &stage, [Down, Up]);
    let verdict = stage.state.session.as_ref().unwrap().verdict.clone();
    (0..4).for_each(|_| stage.press(Esc));
    let cases = (0..CASES)
        .map(|number| CaseSummary {
            path: home.join(format!("case-{number}")),
            title: format!("Case {number} of many"),
            owner: Some("Ada".to_owned()),
            answered: number % 34,
            asked: 34,
            verdict: verdict.clone(),
            due: number % 9 == 0,
            problem: None,
        })
        .collect();
    let job = stage.state.next_job;
    stage.state.home_mut().unwrap().job = Some(job);
    stage.event(Event::Done(job, Outcome::Portfolio(Ok(cases))));
    add("home", &stage, [Down, Up]);
    stage.press(Char('/'));
    add("filter", &stage, [Char('1'), Backspace]);
    stage.press(Esc);
    stage.press(Char('n'));
    add("new case", &stage, [Char('x'), Backspace]);
    scenes
}

fn position_of(stage: &Stage, demo: &str) -> usize {
    match stage.state.screen() {
        Some(Screen::Demos(demos)) => demos
            .list
            .iter()
            .position(|found| found.id == demo)
            .unwrap(),
        _ => panic!("the finished examples are not shown"),
    }
}

/// A file of many columns.
fn write_wide(path: &Path) {
    let header: Vec<String> = (0..COLUMNS)
        .map(|column| format!("column_{column}"))
        .collect();
    let mut text = header.join(",");
    for row in 0..200 {
        text.push('\n');
        let cells: Vec<String> = (0..COLUMNS)
            .map(|column| ((row * 7 + column * 13) % 101).to_string())
            .collect();
        text.push_str(&cells.join(","));
    }
    std::fs::write(path, text).unwrap();
}
