//! The columns of the data, and what part each of them plays.

use std::path::PathBuf;
use std::sync::Arc;

use super::picker::open_picker;
use super::{back, cases, moved, page, results, save};
use crate::assessment::Answer;
use crate::case::DataSource;
use crate::contest::Request;
use crate::data::{Column, ColumnRole, Role, Warning};
use crate::tui::effect::{Effect, Job};
use crate::tui::event::ReadTable;
use crate::tui::input::Input;
use crate::tui::keys::Action;
use crate::tui::session::Session;
use crate::tui::state::{Columns, Screen, State, Tone};

/// Opens the columns of the case's data, or the choice of a file where it has none.
pub(super) fn open(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    if let Some(path) = session.folder.data_path() {
        return open_columns(state, path);
    }
    let folder = state.home.clone();
    open_picker(state, folder, false)
}

/// Opens the columns of a file, and reads it unless that was done.
pub(super) fn open_columns(state: &mut State, path: PathBuf) -> Vec<Effect> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    let named = session
        .folder
        .case
        .data
        .as_ref()
        .filter(|_| session.folder.data_path().as_ref() == Some(&path))
        .map(|data| data.path.clone());
    let read = session.table.as_ref();
    let is_read = read.is_some_and(|read| read.path == path || Some(&read.named) == named.as_ref());
    let folder = session.folder.path.clone();
    let mut columns = Columns::default();
    let mut effects = Vec::new();
    if is_read {
        effects.extend(assign(state));
    } else {
        let (job, effect) = state.run(Job::Read {
            path,
            named,
            folder,
        });
        columns.job = Some(job);
        effects.push(effect);
    }
    state.push(Screen::Columns(columns));
    effects
}

/// Asks what part the columns play by their values, once it is known what is predicted.
pub(super) fn assign(state: &mut State) -> Vec<Effect> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    let (Some(data), Some(read)) = (&session.folder.case.data, &session.table) else {
        return Vec::new();
    };
    if read.named != data.path {
        return Vec::new();
    }
    let job = Job::Roles(Arc::clone(&read.table), Box::new(data.request.clone()));
    let (id, effect) = state.run(job);
    if let Some(session) = &mut state.session {
        session.assigning = Some(id);
    }
    vec![effect]
}

/// The part that a column plays: as was said, else as its values say.
pub(in crate::tui) fn role_of(session: &Session, position: usize, column: &Column) -> Role {
    let name = &column.name;
    if let Some(data) = &session.folder.case.data {
        let request = &data.request;
        if request.target == *name {
            return Role::Target;
        }
        if request.time.as_ref() == Some(name) {
            return Role::Time;
        }
        if request.group.as_ref() == Some(name) {
            return Role::Group;
        }
        if request.ignore.contains(name) {
            return Role::Ignored;
        }
        if request.protected.contains(name) {
            return Role::Protected;
        }
        if request
            .external
            .iter()
            .any(|external| external.column == *name)
        {
            return Role::Incumbent;
        }
    }
    found(session, position).map_or(Role::Feature, |found| found.role)
}

/// Why a column plays its part, or what its values look like.
pub(in crate::tui) fn reason<'a>(
    session: &'a Session,
    position: usize,
    column: &'a Column,
) -> &'a str {
    let is_found = found(session, position)
        .is_some_and(|found| found.role == role_of(session, position, column));
    match found(session, position) {
        Some(found) if is_found => &found.why,
        Some(_) | None => &column.why,
    }
}

/// The question whose answer says that all columns are known in time.
const ALL_IN_TIME: (&str, &str) = ("data-available-at-prediction", "all");

/// Whether a column is known when the decision is made: no, if it was set
/// aside; yes, if somebody answered that all are; else nobody said.
pub(in crate::tui) fn in_time(session: &Session, column: &Column) -> Option<bool> {
    let case = &session.folder.case;
    let is_set_aside = case
        .data
        .as_ref()
        .is_some_and(|data| data.request.ignore.contains(&column.name));
    if is_set_aside {
        return Some(false);
    }
    let (question, option) = ALL_IN_TIME;
    match case.answers.get(question) {
        Some(Answer::Choice(chosen)) if chosen == option => Some(true),
        Some(_) | None => None,
    }
}

/// What is suspicious about a column: by its values alone, and by what was measured.
pub(in crate::tui) fn warnings<'a>(
    session: &'a Session,
    position: usize,
    column: &Column,
) -> Vec<&'a Warning> {
    let of_values = session
        .table
        .iter()
        .flat_map(|read| read.warnings.get(position).into_iter().flatten());
    let mut all: Vec<&Warning> = of_values.collect();
    let measured = session
        .evidence
        .iter()
        .flat_map(|evidence| &evidence.warnings);
    for warning in measured.filter(|warning| warning.column.as_ref() == Some(&column.name)) {
        if all.iter().all(|known| known.code != warning.code) {
            all.push(warning);
        }
    }
    all
}

/// A part that nobody gave and that the values gave away.
fn found(session: &Session, position: usize) -> Option<&ColumnRole> {
    session
        .roles
        .get(position)
        .filter(|found| match found.role {
            Role::Id | Role::Group | Role::Ignored => true,
            Role::Target | Role::Feature | Role::Time | Role::Incumbent | Role::Protected => false,
        })
}

/// What is asked of the data so far; begun with the marked column if nothing is.
fn request<'a>(session: &'a mut Session, named: &str, target: &str) -> &'a mut Request {
    &mut session
        .folder
        .case
        .data
        .get_or_insert_with(|| DataSource {
            path: named.to_owned(),
            hash: None,
            request: Request::for_target(target),
        })
        .request
}

/// Takes a column out of every part that it plays, the target's excepted.
fn release(request: &mut Request, name: &str) {
    request.time.take_if(|time| time == name);
    request.group.take_if(|group| group == name);
    request.ignore.retain(|ignored| ignored != name);
    request.protected.retain(|protected| protected != name);
    request.external.retain(|external| external.column != name);
}

/// Gives a column a part; what it was before, it is no more.
pub(in crate::tui) fn give_role(request: &mut Request, name: &str, role: Role) {
    release(request, name);
    let name = name.to_owned();
    match role {
        Role::Target => {
            if request.target != name {
                // What was said about the old target does not fit the new one.
                request.positive = None;
                request.task = None;
                request.metric = None;
                request.costs = None;
                request.margin = None;
            }
            request.target = name;
        }
        Role::Time => request.time = Some(name),
        Role::Group => request.group = Some(name),
        Role::Protected => request.protected.push(name),
        Role::Ignored => request.ignore.push(name),
        // These are found by the values.
        Role::Feature | Role::Id | Role::Incumbent => {}
    }
}

pub(super) fn columns(state: &mut State, action: Action) -> Vec<Effect> {
    let by_page = page(state);
    let (Some(session), Some(Screen::Columns(columns))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return back(state);
    };
    if let Some(horizon) = &columns.horizon {
        return match action {
            Action::Accept => {
                let steps = horizon.text().trim().parse::<usize>().ok();
                let is_empty = horizon.text().trim().is_empty();
                set_horizon(state, steps.filter(|steps| *steps > 0), is_empty)
            }
            Action::Back => {
                columns.horizon = None;
                Vec::new()
            }
            _ => Vec::new(),
        };
    }
    match action {
        Action::Back => return back(state),
        Action::PickFile => {
            let folder =
                cases::folder_of_data(&session.folder).unwrap_or_else(|| state.home.clone());
            return open_picker(state, folder, false);
        }
        _ => {}
    }
    let Some(read) = session.table.clone() else {
        return Vec::new();
    };
    let length = read.table.columns.len();
    match action {
        Action::Up => columns.marked = moved(columns.marked, length, -1),
        Action::Down => columns.marked = moved(columns.marked, length, 1),
        Action::PageUp => columns.marked = moved(columns.marked, length, -by_page),
        Action::PageDown => columns.marked = moved(columns.marked, length, by_page),
        Action::First => columns.marked = 0,
        Action::Last => columns.marked = length.saturating_sub(1),
        Action::Horizon => {
            let now = session
                .folder
                .case
                .data
                .as_ref()
                .and_then(|data| data.request.horizon)
                .map(|steps| steps.to_string())
                .unwrap_or_default();
            columns.horizon = Some(Input::new(&now, 6));
        }
        Action::SetTarget | Action::NextRole | Action::ToggleKnown => {
            let marked = columns.marked;
            return change_role(state, action, &read, marked);
        }
        Action::Start => {
            if session.folder.case.data.is_none() {
                state.say(
                    Tone::Plain,
                    "Mark the column that is to be predicted, and press t.",
                );
                return Vec::new();
            }
            let mut effects = results::open_contest(state);
            effects.extend(results::measure(state));
            return effects;
        }
        _ => {}
    }
    Vec::new()
}

fn set_horizon(state: &mut State, steps: Option<usize>, is_empty: bool) -> Vec<Effect> {
    let (Some(session), Some(Screen::Columns(columns))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return Vec::new();
    };
    if steps.is_none() && !is_empty {
        state.say(
            Tone::Bad,
            "A whole number of steps, such as 12, or nothing.",
        );
        return Vec::new();
    }
    columns.horizon = None;
    let Some(data) = &mut session.folder.case.data else {
        state.say(Tone::Plain, "First mark the column to predict with t.");
        return Vec::new();
    };
    data.request.horizon = steps;
    let needs_time = steps.is_some() && data.request.time.is_none();
    let mut effects = results::asks_otherwise(state);
    effects.extend(save(state));
    if needs_time {
        state.say(
            Tone::Plain,
            "Now mark the column that says when, and press r until its role is time.",
        );
    }
    effects
}

fn change_role(state: &mut State, action: Action, read: &ReadTable, marked: usize) -> Vec<Effect> {
    let (Some(session), Some(column)) = (&mut state.session, read.table.columns.get(marked)) else {
        return Vec::new();
    };
    let name = column.name.clone();
    let role = role_of(session, marked, column);
    // What was found out about it is asked again.
    if let Some(found) = session.roles.get_mut(marked) {
        found.role = Role::Feature;
    }
    if action != Action::SetTarget && session.folder.case.data.is_none() {
        state.say(
            Tone::Plain,
            "First mark the column that is to be predicted, and press t.",
        );
        return Vec::new();
    }
    if action != Action::SetTarget && role == Role::Target {
        state.say(
            Tone::Plain,
            "This column is predicted. Press t on another one to predict that instead.",
        );
        return Vec::new();
    }
    if let Some(data) = &mut session.folder.case.data
        && data.path != read.named
    {
        data.path.clone_from(&read.named);
        data.hash = None;
    }
    let request = request(session, &read.named, &name);
    let next = match action {
        Action::SetTarget => Role::Target,
        Action::ToggleKnown if role == Role::Ignored => Role::Feature,
        Action::ToggleKnown => Role::Ignored,
        _ => match role {
            Role::Feature | Role::Id | Role::Incumbent => Role::Time,
            Role::Time => Role::Group,
            Role::Group => Role::Protected,
            Role::Protected => Role::Ignored,
            Role::Ignored | Role::Target => Role::Feature,
        },
    };
    give_role(request, &name, next);
    let mut effects = results::asks_otherwise(state);
    effects.extend(save(state));
    effects.extend(assign(state));
    effects
}
