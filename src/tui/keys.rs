//! Every key in one place: what is pressed where does what. Footers and the
//! help screen are made from these tables.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::state::{Context, Panel};

/// What a key asks for; what it means depends on where one is, and what a
/// screen does not know does nothing there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// One up, or one screen up.
    Up,
    /// One down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the beginning.
    First,
    /// To the end.
    Last,
    /// Take what is marked.
    Accept,
    /// Take what is marked and stay.
    Mark,
    /// Take the option of that number, counted from 0.
    Take(u8),
    /// One step back; always leads out.
    Back,
    /// To the field or tab after this one.
    NextField,
    /// To the field or tab before this one.
    PreviousField,
    /// The question before.
    PreviousQuestion,
    /// The question after.
    NextQuestion,
    /// The list of sections.
    Sections,
    /// The note beside an answer.
    Note,
    /// Take back the last answer.
    Undo,
    /// Only the first questions.
    Quick,
    /// What is still open.
    Review,
    /// Begin a case.
    NewCase,
    /// Look at a finished example.
    Demo,
    /// Choose a CSV file.
    PickFile,
    /// Narrow the list.
    Filter,
    /// Another order.
    Sort,
    /// Read everything again.
    Reload,
    /// The column to predict.
    SetTarget,
    /// Another role for the column.
    NextRole,
    /// Whether the column is known when the decision is made.
    ToggleKnown,
    /// How many steps to forecast.
    Horizon,
    /// Start measuring.
    Start,
    /// Stop measuring.
    Stop,
    /// Show that panel.
    Show(Panel),
    /// To the decision.
    Decide,
    /// To the report.
    Report,
    /// Write report and rule into the case folder.
    Write,
    /// What do these words mean?
    Meaning,
    /// The keys.
    Help,
    /// Leave mlfit.
    Quit,
    /// Hand the terminal back for a while.
    Suspend,
}

/// One key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// A key without a character.
    Code(KeyCode),
    /// A character.
    Char(char),
    /// A character with Control.
    Control(char),
}

/// One line of the key map.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// The key.
    pub press: Press,
    /// What it asks for.
    pub action: Action,
    /// What it does, in a word or two; empty if the next line says it for both.
    pub says: &'static str,
    /// Whether the footer shows it.
    pub footer: bool,
}

const fn shown(press: Press, action: Action, says: &'static str) -> Binding {
    Binding {
        press,
        action,
        says,
        footer: true,
    }
}

const fn quiet(press: Press, action: Action, says: &'static str) -> Binding {
    Binding {
        press,
        action,
        says,
        footer: false,
    }
}

const fn code(code: KeyCode) -> Press {
    Press::Code(code)
}

use Press::{Char, Control};

const UP: Press = code(KeyCode::Up);
const DOWN: Press = code(KeyCode::Down);
const ENTER: Press = code(KeyCode::Enter);
const TAB: Press = code(KeyCode::Tab);
const BACK_TAB: Press = code(KeyCode::BackTab);
const ESCAPE: Press = code(KeyCode::Esc);
const PAGE_UP: Press = code(KeyCode::PageUp);
const PAGE_DOWN: Press = code(KeyCode::PageDown);

/// Keys that work everywhere.
const EVERYWHERE: &[Binding] = &[
    quiet(code(KeyCode::F(1)), Action::Help, "all keys of this screen"),
    quiet(
        Control('c'),
        Action::Quit,
        "leave mlfit; everything is saved",
    ),
    quiet(
        Control('z'),
        Action::Suspend,
        "back to the shell for a while (`fg` returns)",
    ),
    quiet(Control('q'), Action::Quit, "leave mlfit"),
];

/// Keys of screens on which nothing is typed.
const READING: &[Binding] = &[
    shown(Char('?'), Action::Help, "keys"),
    quiet(Char('i'), Action::Meaning, "what does this mean?"),
    quiet(Char('j'), Action::Down, "down"),
    quiet(Char('k'), Action::Up, "up"),
    quiet(PAGE_UP, Action::PageUp, ""),
    quiet(PAGE_DOWN, Action::PageDown, "page up, page down"),
    quiet(code(KeyCode::Home), Action::First, ""),
    quiet(code(KeyCode::End), Action::Last, "first, last"),
];

const MOVE: &[Binding] = &[quiet(UP, Action::Up, ""), quiet(DOWN, Action::Down, "move")];
const SCROLL: &[Binding] = &[
    shown(UP, Action::Up, ""),
    shown(DOWN, Action::Down, "scroll"),
];
const BACK: &[Binding] = &[shown(ESCAPE, Action::Back, "back")];

const HOME: &[Binding] = &[
    shown(ENTER, Action::Accept, "open"),
    shown(Char('n'), Action::NewCase, "new"),
    shown(Char('d'), Action::Demo, "demo"),
    shown(Char('c'), Action::PickFile, "from a CSV"),
    shown(Char('/'), Action::Filter, "filter"),
    quiet(Char('o'), Action::Sort, "another order"),
    quiet(Char('r'), Action::Reload, "read the folder again"),
    quiet(
        Char('x'),
        Action::Stop,
        "stop its contest, or take it out of the queue",
    ),
    shown(Char('q'), Action::Quit, "quit"),
    quiet(ESCAPE, Action::Back, "clear the filter"),
];

const FILTER: &[Binding] = &[
    shown(ENTER, Action::Accept, "keep"),
    quiet(UP, Action::Up, ""),
    quiet(DOWN, Action::Down, "move"),
    shown(ESCAPE, Action::Back, "clear"),
];

const DEMOS: &[Binding] = &[shown(ENTER, Action::Accept, "run it")];

const NEW_CASE: &[Binding] = &[
    shown(ENTER, Action::Accept, "next"),
    shown(TAB, Action::NextField, "next field"),
    quiet(DOWN, Action::NextField, "next field"),
    quiet(BACK_TAB, Action::PreviousField, ""),
    quiet(UP, Action::PreviousField, "field before"),
    shown(ESCAPE, Action::Back, "back"),
];

const OVERVIEW: &[Binding] = &[
    shown(UP, Action::Up, ""),
    shown(DOWN, Action::Down, "choose"),
    shown(ENTER, Action::Accept, "open"),
    quiet(Char('1'), Action::Take(0), ""),
    quiet(Char('2'), Action::Take(1), ""),
    quiet(Char('3'), Action::Take(2), ""),
    quiet(Char('4'), Action::Take(3), ""),
    quiet(Char('5'), Action::Take(4), "open that step"),
];

const OPTIONS: &[Binding] = &[
    shown(UP, Action::Up, ""),
    shown(DOWN, Action::Down, "choose"),
    shown(ENTER, Action::Accept, "answer"),
    quiet(Char(' '), Action::Mark, "answer and stay"),
    quiet(Char('1'), Action::Take(0), ""),
    quiet(Char('2'), Action::Take(1), ""),
    quiet(Char('3'), Action::Take(2), ""),
    quiet(Char('4'), Action::Take(3), ""),
    quiet(Char('5'), Action::Take(4), ""),
    quiet(Char('6'), Action::Take(5), ""),
    quiet(Char('7'), Action::Take(6), ""),
    quiet(Char('8'), Action::Take(7), ""),
    quiet(Char('9'), Action::Take(8), "take that option"),
    shown(TAB, Action::Note, "note"),
    shown(code(KeyCode::Left), Action::PreviousQuestion, ""),
    shown(code(KeyCode::Right), Action::NextQuestion, "back, on"),
    shown(Char('s'), Action::Sections, "sections"),
    shown(Char('u'), Action::Undo, "undo"),
    quiet(Char('f'), Action::Quick, "first questions only, or all"),
    quiet(Char('r'), Action::Review, "what is still open"),
    quiet(PAGE_UP, Action::PreviousQuestion, ""),
    quiet(PAGE_DOWN, Action::NextQuestion, "question before, after"),
    shown(Char('?'), Action::Help, "keys"),
    quiet(Char('i'), Action::Meaning, "what does this mean?"),
    quiet(Char('j'), Action::Down, "down"),
    quiet(Char('k'), Action::Up, "up"),
    quiet(Char('q'), Action::Back, "leave"),
    shown(ESCAPE, Action::Back, "leave"),
];

const FIELD: &[Binding] = &[
    shown(ENTER, Action::Accept, "answer"),
    shown(DOWN, Action::Down, "don't know"),
    quiet(UP, Action::Up, "up"),
    shown(TAB, Action::Note, "note"),
    quiet(PAGE_UP, Action::PreviousQuestion, ""),
    shown(BACK_TAB, Action::PreviousQuestion, "back"),
    quiet(PAGE_DOWN, Action::NextQuestion, "question after"),
    shown(ESCAPE, Action::Back, "leave"),
];

const LINE: &[Binding] = &[
    shown(ENTER, Action::Accept, "answer"),
    quiet(TAB, Action::NextQuestion, "question after"),
    quiet(PAGE_UP, Action::PreviousQuestion, ""),
    shown(BACK_TAB, Action::PreviousQuestion, "back"),
    quiet(PAGE_DOWN, Action::NextQuestion, "question after"),
    shown(ESCAPE, Action::Back, "leave"),
];

/// While something is typed that is not the answer yet.
const DRAFT: &[Binding] = &[
    shown(ENTER, Action::Accept, "keep it, go on"),
    quiet(DOWN, Action::Down, "down"),
    shown(TAB, Action::Note, "keep it, note"),
    quiet(PAGE_UP, Action::PreviousQuestion, ""),
    shown(BACK_TAB, Action::PreviousQuestion, "keep it, back"),
    quiet(PAGE_DOWN, Action::NextQuestion, "keep it, question after"),
    shown(ESCAPE, Action::Back, "drop it"),
];

const NOTE: &[Binding] = &[
    shown(ENTER, Action::Accept, "keep the note"),
    quiet(TAB, Action::Accept, "keep it, back to the answer"),
    shown(ESCAPE, Action::Back, "leave the note as it was"),
];

const SECTIONS: &[Binding] = &[
    shown(UP, Action::Up, ""),
    shown(DOWN, Action::Down, "choose"),
    shown(ENTER, Action::Accept, "go there"),
    quiet(Char('s'), Action::Back, "back to the question"),
    shown(ESCAPE, Action::Back, "back to the question"),
];

const REVIEW: &[Binding] = &[
    shown(UP, Action::Up, ""),
    shown(DOWN, Action::Down, "choose"),
    shown(ENTER, Action::Accept, "answer it"),
    shown(Char('d'), Action::Decide, "decision"),
];

const PICKER: &[Binding] = &[
    shown(UP, Action::Up, ""),
    shown(DOWN, Action::Down, "choose"),
    shown(ENTER, Action::Accept, "open"),
    shown(TAB, Action::NextField, "complete"),
    quiet(PAGE_UP, Action::PageUp, ""),
    quiet(PAGE_DOWN, Action::PageDown, "page up, page down"),
    shown(ESCAPE, Action::Back, "back"),
];

const COLUMNS: &[Binding] = &[
    shown(Char('t'), Action::SetTarget, "predict it"),
    shown(Char('g'), Action::Start, "start the contest"),
    quiet(UP, Action::Up, ""),
    quiet(DOWN, Action::Down, "another column"),
    shown(Char('r'), Action::NextRole, "role"),
    shown(Char('x'), Action::ToggleKnown, "in time or not"),
    quiet(Char('h'), Action::Horizon, "forecast steps ahead"),
    quiet(Char('f'), Action::PickFile, "another file"),
    quiet(ENTER, Action::Start, "start the contest"),
];

const PROMPT: &[Binding] = &[
    shown(ENTER, Action::Accept, "take it"),
    shown(ESCAPE, Action::Back, "leave it"),
];

const CONTEST: &[Binding] = &[
    quiet(UP, Action::Up, ""),
    quiet(DOWN, Action::Down, "contender, or scroll"),
    shown(TAB, Action::NextField, "details"),
    quiet(BACK_TAB, Action::PreviousField, "panel before"),
    quiet(Char('b'), Action::Show(Panel::Board), "leaderboard"),
    quiet(Char('p'), Action::Show(Panel::Comparisons), "comparisons"),
    shown(Char('c'), Action::Show(Panel::Learning), "learning curve"),
    shown(Char('w'), Action::Show(Panel::Warnings), "warnings"),
    shown(Char('r'), Action::Show(Panel::Rule), "rule"),
    quiet(
        Char('a'),
        Action::Show(Panel::Calibration),
        "do probabilities come true?",
    ),
    quiet(Char('f'), Action::Show(Panel::Forecasts), "forecasts"),
    quiet(Char('m'), Action::Show(Panel::Metrics), "other metrics"),
    quiet(Char('g'), Action::Start, "measure again"),
    quiet(Char('e'), Action::Report, "report"),
    shown(Char('d'), Action::Decide, "decision"),
    quiet(ENTER, Action::Accept, "decision"),
];

const MEASURING: &[Binding] = &[
    shown(Char('x'), Action::Stop, "stop"),
    quiet(
        Char('d'),
        Action::Decide,
        "decision from what is known so far",
    ),
];

const UNMEASURED: &[Binding] = &[
    shown(ENTER, Action::Accept, "start"),
    quiet(Char('g'), Action::Start, "start"),
    quiet(Char('d'), Action::Decide, "decision from answers alone"),
];

const DECISION: &[Binding] = &[
    shown(Char('e'), Action::Report, "report"),
    quiet(ENTER, Action::Report, "report"),
    shown(Char('r'), Action::Review, "open questions"),
];

const EXPORT: &[Binding] = &[
    shown(Char('w'), Action::Write, "write the files"),
    quiet(ENTER, Action::Write, "write the files"),
    shown(TAB, Action::NextField, "report or rule"),
];

const OVERLAY: &[Binding] = &[
    quiet(UP, Action::Up, ""),
    shown(DOWN, Action::Down, "scroll"),
    quiet(PAGE_UP, Action::PageUp, ""),
    quiet(PAGE_DOWN, Action::PageDown, "page up, page down"),
    shown(ESCAPE, Action::Back, "close"),
    quiet(ENTER, Action::Back, "close"),
    quiet(Char('?'), Action::Back, ""),
    quiet(Char('i'), Action::Back, ""),
    quiet(Char('q'), Action::Back, "close"),
];

/// The tables that hold in a place, nearest first.
fn tables(context: Context) -> &'static [&'static [Binding]] {
    match context {
        Context::Home => &[HOME, MOVE, READING, EVERYWHERE],
        Context::Filter => &[FILTER, EVERYWHERE],
        Context::Demos => &[DEMOS, MOVE, BACK, READING, EVERYWHERE],
        Context::NewCase => &[NEW_CASE, EVERYWHERE],
        Context::Overview => &[OVERVIEW, BACK, READING, EVERYWHERE],
        Context::Options => &[OPTIONS, EVERYWHERE],
        Context::Field => &[FIELD, EVERYWHERE],
        Context::Line => &[LINE, EVERYWHERE],
        Context::Draft => &[DRAFT, EVERYWHERE],
        Context::Note => &[NOTE, EVERYWHERE],
        Context::Sections => &[SECTIONS, READING, EVERYWHERE],
        Context::Review => &[REVIEW, BACK, READING, EVERYWHERE],
        Context::Picker => &[PICKER, EVERYWHERE],
        Context::Columns => &[COLUMNS, BACK, READING, EVERYWHERE],
        Context::Prompt => &[PROMPT, EVERYWHERE],
        Context::Contest => &[CONTEST, BACK, READING, EVERYWHERE],
        Context::Measuring => &[MEASURING, BACK, READING, EVERYWHERE],
        Context::Unmeasured => &[UNMEASURED, BACK, READING, EVERYWHERE],
        Context::Decision => &[DECISION, SCROLL, BACK, READING, EVERYWHERE],
        Context::Export => &[EXPORT, SCROLL, BACK, READING, EVERYWHERE],
        Context::Overlay => &[OVERLAY, EVERYWHERE],
    }
}

/// Every binding that holds in a place, nearest first.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    tables(context).iter().flat_map(|table| table.iter())
}

/// What a key asks for in a place; `None` if it is text, or nothing.
pub fn action(context: Context, key: &KeyEvent) -> Option<Action> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let press = match key.code {
        KeyCode::Char(character) if control => Press::Control(character.to_ascii_lowercase()),
        KeyCode::Char(_) if alt => return None,
        KeyCode::Char(character) => Press::Char(character),
        other => Press::Code(other),
    };
    bindings(context)
        .find(|binding| binding.press == press)
        .map(|binding| binding.action)
}

/// Keys with what they do, for a footer (`all` false) or a help screen.
pub fn explained(context: Context, all: bool) -> Vec<(String, &'static str)> {
    let mut lines: Vec<(String, &'static str)> = Vec::new();
    let mut held = Vec::new();
    let mut said: Vec<Press> = Vec::new();
    for binding in bindings(context) {
        // A nearer table hides a key of a farther one.
        if said.contains(&binding.press) || (!all && !binding.footer) {
            continue;
        }
        said.push(binding.press);
        held.push(label(binding.press));
        if binding.says.is_empty() {
            continue;
        }
        let keys = join(&std::mem::take(&mut held), all);
        match lines.iter_mut().find(|line| all && line.1 == binding.says) {
            Some(line) => line.0 = format!("{} {keys}", line.0),
            None => lines.push((keys, binding.says)),
        }
    }
    lines
}

/// Keys side by side; a row of digits as its ends.
fn join(labels: &[String], spaced: bool) -> String {
    if labels.len() > 3 {
        return format!("{}-{}", labels[0], labels[labels.len() - 1]);
    }
    labels.join(if spaced { " " } else { "" })
}

fn label(press: Press) -> String {
    match press {
        Press::Char(' ') => "Space".to_owned(),
        Press::Char(character) => character.to_string(),
        Press::Control(character) => format!("Ctrl-{character}"),
        Press::Code(code) => match code {
            KeyCode::Up => "↑".to_owned(),
            KeyCode::Down => "↓".to_owned(),
            KeyCode::Left => "←".to_owned(),
            KeyCode::Right => "→".to_owned(),
            KeyCode::Enter => "Enter".to_owned(),
            KeyCode::Esc => "Esc".to_owned(),
            KeyCode::Tab => "Tab".to_owned(),
            KeyCode::BackTab => "Shift-Tab".to_owned(),
            KeyCode::PageUp => "PgUp".to_owned(),
            KeyCode::PageDown => "PgDn".to_owned(),
            KeyCode::Home => "Home".to_owned(),
            KeyCode::End => "End".to_owned(),
            KeyCode::F(number) => format!("F{number}"),
            other => other.to_string(),
        },
    }
}
