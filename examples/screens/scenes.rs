//! What the pictures in `docs/screens` show: the program itself, driven key by
//! key through prepared cases on shipped data.

use std::path::Path;

use mlfit::tui::Start;
use mlfit::tui::stage::Stage;
use mlfit::tui::state::{Screen, State};
use mlfit::tui::svg;
use mlfit::tui::theme::{Palette, Theme};
use ratatui::crossterm::event::KeyCode;

/// The day on which the pictures are taken.
const DAY: &str = "2026-11-24";

/// Columns and rows of the pictures.
const SIZE: (u16, u16) = (92, 29);

/// Steps after which a question must have been met.
const MOST_STEPS: usize = 100;

/// One file of the tour.
pub(crate) struct File {
    /// Its name in `docs/screens`.
    pub(crate) name: String,
    /// What stands in it.
    pub(crate) text: String,
}

/// The pictures in the order in which they are explained.
struct Tour {
    files: Vec<File>,
    page: String,
}

impl Tour {
    /// Takes a picture in both palettes.
    fn take(&mut self, stage: &Stage, name: &str, says: &str) {
        let mut stage = stage.clone();
        for (palette, ending) in [(Palette::Dark, ""), (Palette::Light, "-light")] {
            stage.state.theme.palette = palette;
            self.files.push(File {
                name: format!("{name}{ending}.svg"),
                text: svg(&stage.picture(), palette, says),
            });
        }
        self.page
            .push_str(&format!("\n{says}\n\n{}\n", picture(name, says)));
    }
}

/// A picture as Markdown shows it, dark or light like the reader's page.
fn picture(name: &str, says: &str) -> String {
    format!(
        "<picture>\n  <source media=\"(prefers-color-scheme: light)\" srcset=\"{name}-light.svg\">\n  \
         <img src=\"{name}.svg\" alt=\"{says}\">\n</picture>"
    )
}

/// Every file of `docs/screens`, made in an empty folder.
pub(crate) fn files(home: &Path) -> Vec<File> {
    let mut tour = Tour {
        files: Vec::new(),
        page: "# The screens of mlfit\n\n\
               Pictures of the program itself, taken by `cargo run --example screens`; \
               a test fails when they no longer show what it shows.\n"
            .to_owned(),
    };
    let theme = Theme {
        palette: Palette::Dark,
        ascii: false,
    };
    let state = State::new(home.to_owned(), DAY.to_owned(), SIZE, theme);
    let mut stage = Stage::open(state, &Start::Home);
    tour.begin(&stage);
    run_demo(&mut stage, "air-passengers");
    tour.series(&mut stage);
    home_again(&mut stage);
    run_demo(&mut stage, "churn-rule");
    tour.case(&mut stage);
    home_again(&mut stage);
    begin_case(&mut stage, "Match invoices to orders");
    home_again(&mut stage);
    tour.take(
        &stage,
        "home",
        "Every case at a glance: its verdict, when it was checked, what is due.",
    );
    let Tour { mut files, page } = tour;
    files.push(File {
        name: "README.md".to_owned(),
        text: page,
    });
    files
}

impl Tour {
    fn begin(&mut self, stage: &Stage) {
        let mut stage = stage.clone();
        // The folder of the pictures is nobody's; this is where somebody's might be.
        stage.state.home = "/home/ada/cases".into();
        self.take(&stage, "start", "The first start: three ways to begin.");
        stage.press(KeyCode::Char('d'));
        self.take(&stage, "demos", "Finished examples on shipped data.");
    }

    fn series(&mut self, stage: &mut Stage) {
        stage.press(KeyCode::Esc);
        stage.press(KeyCode::Char('3'));
        stage.press(KeyCode::Char('f'));
        self.take(
            stage,
            "forecasts",
            "A forecasting case: what was forecast, beside what came.",
        );
    }

    fn case(&mut self, stage: &mut Stage) {
        self.take(
            stage,
            "decision",
            "The decision: the simplest thing that is good enough, why, and what would change it.",
        );
        stage.press(KeyCode::Esc);
        self.take(stage, "overview", "One case: its steps, and what is known.");
        stage.press(KeyCode::Char('1'));
        go_to(stage, "fit-known-rule");
        self.take(
            stage,
            "question",
            "One question at a time, with the verdict as it would be now beside it.",
        );
        stage.press(KeyCode::Esc);
        stage.press(KeyCode::Char('2'));
        self.take(
            stage,
            "data",
            "The columns of the data: what part each plays, and what is suspicious.",
        );
        stage.press(KeyCode::Esc);
        stage.press(KeyCode::Char('3'));
        self.take(
            stage,
            "contest",
            "The contest: naive guesses, readable rules and small models on the same tests.",
        );
        stage.press(KeyCode::Char('c'));
        self.take(
            stage,
            "learning",
            "The learning curve: would more rows change the answer?",
        );
        stage.press(KeyCode::Char('i'));
        self.take(
            stage,
            "meaning",
            "What the words mean, one key away on every screen.",
        );
        stage.press(KeyCode::Esc);
        stage.press(KeyCode::Char('e'));
        self.take(
            stage,
            "report",
            "The report before it is written and handed on.",
        );
    }
}

/// Runs a prepared case from home and ends at its decision.
fn run_demo(stage: &mut Stage, id: &str) {
    stage.press(KeyCode::Char('d'));
    if let Some(Screen::Demos(demos)) = stage.state.screens.last_mut()
        && let Some(position) = demos.list.iter().position(|demo| demo.id == id)
    {
        demos.marked = position;
    }
    stage.press(KeyCode::Enter);
}

/// A case that somebody has just begun.
fn begin_case(stage: &mut Stage, title: &str) {
    stage.press(KeyCode::Char('n'));
    stage.type_text(title);
    stage.press(KeyCode::Enter);
    stage.press(KeyCode::Enter);
    stage.press(KeyCode::Char('1'));
    stage.type_text("one invoice");
    stage.press(KeyCode::Enter);
    go_to(stage, "fit-known-rule");
    for _ in 0..9 {
        stage.press(KeyCode::Enter);
    }
}

fn home_again(stage: &mut Stage) {
    for _ in 0..stage.state.screens.len() {
        stage.press(KeyCode::Esc);
    }
}

/// Pages through the questionnaire, section by section, to a question.
fn go_to(stage: &mut Stage, question: &str) {
    follow_sections(stage, true);
    page_to(stage, question);
    follow_sections(stage, false);
}

fn follow_sections(stage: &mut Stage, by_section: bool) {
    if let Some(Screen::Questions(at)) = stage.state.screens.last_mut() {
        at.by_section = by_section;
    }
}

fn page_to(stage: &mut Stage, question: &str) {
    for key in [KeyCode::PageUp, KeyCode::PageDown] {
        for _ in 0..MOST_STEPS {
            if matches!(stage.state.screen(), Some(Screen::Questions(at)) if at.at == question) {
                return;
            }
            stage.press(key);
        }
    }
}
