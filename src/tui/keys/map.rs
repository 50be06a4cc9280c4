//! The key map: which key does what in which place, and what the footer shows of it.

use ratatui::crossterm::event::KeyCode;

use super::Press::{Char, Control};
use super::{Action, Binding, Press};
use crate::tui::state::{Context, Panel};

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
    shown(Char('i'), Action::Meaning, "meaning"),
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

const DEMO: &[Binding] = &[
    shown(ESCAPE, Action::Back, "stop it"),
    quiet(Char('x'), Action::Back, "stop it"),
];

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
    quiet(Char('f'), Action::Quick, "by use, or section by section"),
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
    quiet(code(KeyCode::Home), Action::First, ""),
    quiet(code(KeyCode::End), Action::Last, "first, last"),
    shown(ESCAPE, Action::Back, "close"),
    quiet(ENTER, Action::Back, "close"),
    quiet(Char('?'), Action::Back, ""),
    quiet(Char('i'), Action::Back, ""),
    quiet(Char('q'), Action::Back, "close"),
];

/// The tables that hold in a place, nearest first.
pub(super) const fn tables(context: Context) -> &'static [&'static [Binding]] {
    match context {
        Context::Home => &[HOME, MOVE, READING, EVERYWHERE],
        Context::Filter => &[FILTER, EVERYWHERE],
        Context::Demos => &[DEMOS, MOVE, BACK, READING, EVERYWHERE],
        Context::Demo => &[DEMO, READING, EVERYWHERE],
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
