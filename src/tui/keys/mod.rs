//! Every key in one place: what is pressed where does what. Footers and the
//! help screen are made from these tables.

mod map;

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

/// Every binding that holds in a place, nearest first.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    map::tables(context).iter().flat_map(|table| table.iter())
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
