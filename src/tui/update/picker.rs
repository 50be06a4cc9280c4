//! Choosing a file of data.

use std::path::PathBuf;

use super::data::open_columns;
use super::{back, cases, moved, page};
use crate::tui::effect::{Effect, Job};
use crate::tui::event::{Entry, Then};
use crate::tui::input::Input;
use crate::tui::keys::Action;
use crate::tui::state::{LONGEST_LINE, Picker, Screen, State};

/// Opens the choice of a file in a folder.
pub(super) fn open_picker(state: &mut State, folder: PathBuf, begins_case: bool) -> Vec<Effect> {
    let (job, effect) = state.run(Job::List(folder.clone()));
    state.push(Screen::Picker(Picker {
        folder,
        typed: Input::new("", LONGEST_LINE),
        entries: Vec::new(),
        problem: None,
        marked: 0,
        job: Some(job),
        begins_case,
    }));
    vec![effect]
}

impl Picker {
    /// The entries that what is typed leaves; the folder above comes first.
    pub(in crate::tui) fn shown(&self) -> Vec<Entry> {
        let typed = self.typed.text().trim();
        let above = Entry {
            name: "..".to_owned(),
            is_folder: true,
        };
        let wanted = typed.to_lowercase();
        let fits =
            |entry: &&Entry| wanted.is_empty() || entry.name.to_lowercase().contains(&wanted);
        let above = (wanted.is_empty() && self.folder.parent().is_some()).then_some(above);
        above
            .into_iter()
            .chain(self.entries.iter().filter(fits).cloned())
            .collect()
    }

    /// The path that is typed, if what is typed is one.
    fn typed_path(&self) -> Option<PathBuf> {
        let typed = self.typed.text().trim();
        let is_path = typed.contains('/')
            || typed.contains('\\')
            || (typed.len() > 4 && typed.to_lowercase().ends_with(".csv"));
        let typed = typed.trim_matches(|quote| quote == '\'' || quote == '"');
        is_path.then(|| self.folder.join(typed))
    }
}

pub(super) fn typed_path(
    state: &mut State,
    change: impl FnOnce(&mut Input) -> bool,
) -> Vec<Effect> {
    if let Some(Screen::Picker(picker)) = state.screens.last_mut()
        && change(&mut picker.typed)
    {
        picker.marked = 0;
        picker.problem = None;
    }
    Vec::new()
}

pub(super) fn pick(state: &mut State, action: Action) -> Vec<Effect> {
    let by_page = page(state);
    let Some(Screen::Picker(picker)) = state.screens.last_mut() else {
        return Vec::new();
    };
    let shown = picker.shown();
    match action {
        Action::Up => picker.marked = moved(picker.marked, shown.len(), -1),
        Action::Down => picker.marked = moved(picker.marked, shown.len(), 1),
        Action::PageUp => picker.marked = moved(picker.marked, shown.len(), -by_page),
        Action::PageDown => picker.marked = moved(picker.marked, shown.len(), by_page),
        Action::NextField => {
            if let Some(entry) = shown.get(picker.marked) {
                let name = entry.name.clone();
                picker.typed.set(&name);
                picker.marked = 0;
            }
        }
        Action::Accept => {
            if let Some(path) = picker.typed_path() {
                return chosen(state, path);
            }
            let Some(entry) = shown.get(picker.marked) else {
                return Vec::new();
            };
            if entry.is_folder {
                let folder = if entry.name == ".." {
                    picker.folder.parent().map(std::path::Path::to_owned)
                } else {
                    Some(picker.folder.join(&entry.name))
                };
                return folder.map_or_else(Vec::new, |folder| enter(state, folder));
            }
            let path = picker.folder.join(&entry.name);
            return chosen(state, path);
        }
        Action::Back => return back(state),
        _ => {}
    }
    Vec::new()
}

fn enter(state: &mut State, folder: PathBuf) -> Vec<Effect> {
    let (job, effect) = state.run(Job::List(folder.clone()));
    if let Some(Screen::Picker(picker)) = state.screens.last_mut() {
        picker.folder = folder;
        picker.typed.set("");
        picker.entries.clear();
        picker.marked = 0;
        picker.job = Some(job);
    }
    vec![effect]
}

/// A file was chosen: for the open case, or for a case of its own named after it.
fn chosen(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let begins_case = matches!(
        state.screens.last(),
        Some(Screen::Picker(picker)) if picker.begins_case
    );
    if begins_case {
        let title = path.file_stem().map_or_else(
            || "New case".to_owned(),
            |stem| stem.to_string_lossy().replace(['-', '_'], " "),
        );
        let place = cases::place(&state.home, &title, &cases::taken(state));
        let (job, effect) = state.run(Job::Create {
            path: place,
            title,
            owner: None,
            then: Then::Data(path),
        });
        if let Some(Screen::Picker(picker)) = state.screens.last_mut() {
            picker.job = Some(job);
        }
        return vec![effect];
    }
    state.screens.pop();
    // Choosing again from the columns leads back to them.
    if matches!(state.screens.last(), Some(Screen::Columns(_))) {
        state.screens.pop();
    }
    open_columns(state, path)
}
