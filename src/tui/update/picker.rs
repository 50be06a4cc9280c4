//! Choosing a file of data.

use std::path::{Path, PathBuf};

use super::data::open_columns;
use super::{back, cases, moved, page};
use crate::tui::effect::{Effect, Job};
use crate::tui::event::{Entry, Then, is_table};
use crate::tui::input::Input;
use crate::tui::keys::Action;
use crate::tui::state::{LONGEST_LINE, Picker, Screen, State};

/// Opens the choice of a file in a folder.
pub(super) fn open_picker(state: &mut State, folder: PathBuf, begins_case: bool) -> Vec<Effect> {
    let (job, effect) = state.run(Job::List(folder.clone()));
    state.push(Screen::Picker(Picker {
        base: folder.clone(),
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
        let (folder, name) = self.parts();
        let above = Entry {
            name: "..".to_owned(),
            is_folder: true,
        };
        let wanted = name.to_lowercase();
        let mut fitting: Vec<(Fit, &Entry)> = self
            .entries
            .iter()
            .filter_map(|entry| Some((fit(entry, &wanted)?, entry)))
            .collect();
        // The sort is stable: what fits alike stays in the order of its names.
        fitting.sort_by_key(|(fit, _)| *fit);
        let is_bare = wanted.is_empty() && folder.is_empty();
        let above = (is_bare && self.folder.parent().is_some()).then_some(above);
        above
            .into_iter()
            .chain(fitting.into_iter().map(|(_, entry)| entry.clone()))
            .collect()
    }

    /// What is typed, as the folder of a path (with its last stroke) and the
    /// name in it. Quotes around a pasted path and strokes before its spaces
    /// are not of the path.
    fn parts(&self) -> (String, String) {
        let typed = self.typed.text().trim();
        let typed = typed.trim_matches(|quote| quote == '\'' || quote == '"');
        let typed = if cfg!(windows) {
            typed.to_owned()
        } else {
            typed.replace("\\ ", " ")
        };
        match typed.rfind(std::path::is_separator) {
            Some(last) => (typed[..=last].to_owned(), typed[last + 1..].to_owned()),
            None => (String::new(), typed),
        }
    }

    /// The folder whose entries are wanted: the one of the typed path, or the first.
    fn wanted(&self) -> PathBuf {
        let (folder, _) = self.parts();
        if folder.starts_with('~') {
            PathBuf::from(folder)
        } else {
            self.base.join(folder)
        }
    }

    /// The entry that is typed in full, or the marked one, or the path as typed.
    fn meant(&self) -> Option<Meant> {
        let (folder, name) = self.parts();
        if name.is_empty() && !folder.is_empty() {
            return Some(Meant::Folder(self.wanted()));
        }
        let shown = self.shown();
        let typed = shown.iter().find(|entry| entry.name == name);
        let is_file = is_table(&name);
        match typed.or(shown.get(self.marked).filter(|_| !is_file)) {
            Some(entry) if entry.name == ".." => self
                .folder
                .parent()
                .map(|above| Meant::Folder(above.to_owned())),
            Some(entry) if entry.is_folder => Some(Meant::Folder(self.wanted().join(&entry.name))),
            Some(entry) => Some(Meant::File(self.wanted().join(&entry.name))),
            None if is_file || !folder.is_empty() => Some(Meant::File(self.wanted().join(name))),
            None => None,
        }
    }
}

/// How well an entry fits what is typed, best first; a file, which may be
/// chosen, before a folder that fits alike.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Nothing is typed yet.
    Listed,
    /// Its name, with or without its ending.
    Whole { is_folder: bool },
    /// The beginning of its name.
    Beginning { is_folder: bool },
    /// A part of its name.
    Part { is_folder: bool },
}

fn fit(entry: &Entry, wanted: &str) -> Option<Fit> {
    let is_folder = entry.is_folder;
    if wanted.is_empty() {
        return Some(Fit::Listed);
    }
    let name = entry.name.to_lowercase();
    let stem = name
        .rsplit_once('.')
        .map_or(name.as_str(), |(stem, _)| stem);
    if name == wanted || (!is_folder && stem == wanted) {
        Some(Fit::Whole { is_folder })
    } else if name.starts_with(wanted) {
        Some(Fit::Beginning { is_folder })
    } else {
        name.contains(wanted).then_some(Fit::Part { is_folder })
    }
}

/// What Enter opens.
enum Meant {
    Folder(PathBuf),
    File(PathBuf),
}

pub(super) fn typed_path(
    state: &mut State,
    change: impl FnOnce(&mut Input) -> bool,
) -> Vec<Effect> {
    let Some(Screen::Picker(picker)) = state.screens.last_mut() else {
        return Vec::new();
    };
    let before = picker.wanted();
    if !change(&mut picker.typed) {
        return Vec::new();
    }
    picker.marked = 0;
    let wanted = picker.wanted();
    if wanted == before {
        return Vec::new();
    }
    look_into(state, wanted)
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
                let stroke = if entry.is_folder { "/" } else { "" };
                let full = format!("{}{}{stroke}", picker.parts().0, entry.name);
                return typed_path(state, |input| {
                    input.set(&full);
                    true
                });
            }
        }
        Action::Accept => {
            return match picker.meant() {
                Some(Meant::Folder(folder)) => enter(state, folder),
                Some(Meant::File(path)) => chosen(state, path),
                None => Vec::new(),
            };
        }
        Action::Back => return back(state),
        _ => {}
    }
    Vec::new()
}

/// Shows what is in a folder while its path is typed.
fn look_into(state: &mut State, folder: PathBuf) -> Vec<Effect> {
    let (job, effect) = state.run(Job::List(folder));
    if let Some(Screen::Picker(picker)) = state.screens.last_mut() {
        picker.problem = None;
        picker.entries.clear();
        picker.job = Some(job);
    }
    vec![effect]
}

fn enter(state: &mut State, folder: PathBuf) -> Vec<Effect> {
    if let Some(Screen::Picker(picker)) = state.screens.last_mut() {
        picker.folder.clone_from(&folder);
        picker.base.clone_from(&folder);
        picker.typed.set("");
        picker.marked = 0;
    }
    look_into(state, folder)
}

/// What a case about a file is called: the name of the file in words.
pub(in crate::tui) fn title_of(file: &Path) -> String {
    file.file_stem().map_or_else(
        || "New case".to_owned(),
        |stem| stem.to_string_lossy().replace(['-', '_'], " "),
    )
}

/// A file was chosen: for the open case, or for a case of its own named after it.
fn chosen(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let begins_case = matches!(
        state.screens.last(),
        Some(Screen::Picker(picker)) if picker.begins_case
    );
    if begins_case {
        let title = title_of(&path);
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
