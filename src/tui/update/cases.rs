//! All cases, finished examples, a new case, and the overview of one.

use std::path::{Path, PathBuf};

use super::{back, data, moved, page, picker, questions, results};
use crate::case::CaseFolder;
use crate::problem::Problem;
use crate::tui::effect::{Effect, Job};
use crate::tui::event::Then;
use crate::tui::input::Input;
use crate::tui::keys::Action;
use crate::tui::state::{Context, Demos, Home, NewCase, Order, Screen, State, Tone};
use crate::workflow::CaseSummary;

/// Most characters in a title.
const LONGEST_TITLE: usize = 200;

/// Steps of the overview: questions, data, contest, decision, report.
pub(in crate::tui) const STEPS: usize = 5;

/// Looks at all cases again.
pub(super) fn look(state: &mut State) -> Vec<Effect> {
    let (job, effect) = state.run(Job::Portfolio(state.home.clone()));
    if let Some(home) = state.home_mut() {
        home.job = Some(job);
    }
    vec![effect]
}

/// Opens a case from home.
pub(super) fn open(state: &mut State, path: PathBuf) -> Effect {
    let (job, effect) = state.run(Job::Open(path, Then::Overview));
    if let Some(home) = state.home_mut() {
        home.opening = Some(job);
    }
    effect
}

/// Ways to begin where there is no case yet, the first one marked.
pub(in crate::tui) const BEGINNINGS: [Action; 3] =
    [Action::Demo, Action::NewCase, Action::PickFile];

impl Home {
    /// Whether ways to begin are shown, because there is no case.
    pub(in crate::tui) fn is_beginning(&self) -> bool {
        self.filter.is_empty() && self.cases.as_ref().is_some_and(Vec::is_empty)
    }

    /// The cases that the filter leaves, in the chosen order.
    pub(in crate::tui) fn shown(&self) -> Vec<&CaseSummary> {
        let wanted = self.filter.to_lowercase();
        let mut shown: Vec<&CaseSummary> = self
            .cases
            .iter()
            .flatten()
            .filter(|case| {
                let owner = case.owner.as_deref().unwrap_or_default();
                wanted.is_empty()
                    || case.title.to_lowercase().contains(&wanted)
                    || owner.to_lowercase().contains(&wanted)
            })
            .collect();
        // The sort is stable, so equal cases stay in the order of their paths.
        match self.order {
            Order::Due => shown.sort_by(|left, right| {
                (!left.due, left.checked()).cmp(&(!right.due, right.checked()))
            }),
            Order::Title => shown.sort_by_key(|case| case.title.to_lowercase()),
            Order::Newest => shown.sort_by(|left, right| right.checked().cmp(&left.checked())),
        }
        shown
    }
}

pub(super) fn home(state: &mut State, action: Action) -> Vec<Effect> {
    let by_page = page(state);
    let is_filtering = state.context() == Context::Filter;
    let Some(home) = state.home_mut() else {
        return Vec::new();
    };
    let begins = home.is_beginning();
    let length = if begins {
        BEGINNINGS.len()
    } else {
        home.shown().len()
    };
    match action {
        Action::Up => home.marked = moved(home.marked, length, -1),
        Action::Down => home.marked = moved(home.marked, length, 1),
        Action::PageUp => home.marked = moved(home.marked, length, -by_page),
        Action::PageDown => home.marked = moved(home.marked, length, by_page),
        Action::First => home.marked = 0,
        Action::Last => home.marked = length.saturating_sub(1),
        Action::Accept if begins => {
            let way = BEGINNINGS[home.marked.min(BEGINNINGS.len() - 1)];
            return self::home(state, way);
        }
        Action::Accept if is_filtering => home.typing = None,
        Action::Back => {
            home.typing = None;
            home.filter.clear();
            home.marked = 0;
        }
        Action::Accept => {
            let path = home.shown().get(home.marked).map(|case| case.path.clone());
            return match path {
                Some(path) => vec![open(state, path)],
                None => new_case(state),
            };
        }
        Action::Filter => home.typing = Some(Input::new(&home.filter.clone(), LONGEST_TITLE)),
        Action::Sort => {
            home.order = match home.order {
                Order::Due => Order::Title,
                Order::Title => Order::Newest,
                Order::Newest => Order::Due,
            };
            let order = match home.order {
                Order::Due => "what is due first",
                Order::Title => "by title",
                Order::Newest => "the newest verdict first",
            };
            state.say(Tone::Plain, format!("Order: {order}."));
        }
        Action::Reload => return look(state),
        Action::Stop => {
            let path = home.shown().get(home.marked).map(|case| case.path.clone());
            return path.map_or_else(Vec::new, |path| results::stop(state, &path));
        }
        Action::NewCase => return new_case(state),
        Action::Demo => {
            let (job, effect) = state.run(Job::Demos);
            state.push(Screen::Demos(Demos {
                job: Some(job),
                ..Demos::default()
            }));
            return vec![effect];
        }
        Action::PickFile => {
            let folder = state.home.clone();
            return picker::open_picker(state, folder, true);
        }
        _ => {}
    }
    Vec::new()
}

fn new_case(state: &mut State) -> Vec<Effect> {
    state.push(Screen::NewCase(NewCase {
        title: Input::new("", LONGEST_TITLE),
        owner: Input::new("", LONGEST_TITLE),
        field: 0,
        problem: None,
        job: None,
    }));
    Vec::new()
}

pub(super) fn demos(state: &mut State, action: Action) -> Vec<Effect> {
    let by_page = page(state);
    let Some(Screen::Demos(demos)) = state.screens.last_mut() else {
        return Vec::new();
    };
    let length = demos.list.len();
    match action {
        Action::Back => return back(state),
        // The one that runs stays marked.
        _ if demos.running.is_some() => {}
        Action::Up => demos.marked = moved(demos.marked, length, -1),
        Action::Down => demos.marked = moved(demos.marked, length, 1),
        Action::PageUp => demos.marked = moved(demos.marked, length, -by_page),
        Action::PageDown => demos.marked = moved(demos.marked, length, by_page),
        Action::First => demos.marked = 0,
        Action::Last => demos.marked = length.saturating_sub(1),
        Action::Accept => {
            let Some(prepared) = demos.list.get(demos.marked) else {
                return Vec::new();
            };
            let (id, title) = (prepared.id.clone(), prepared.title.clone());
            let into = state.home.join(crate::workflow::demo::FOLDER);
            let job = state.number();
            if let Some(Screen::Demos(demos)) = state.screens.last_mut() {
                demos.running = Some(job);
            }
            let about = into.join(&id);
            return state.queue.add(job, about, title, Job::Demo(id, into));
        }
        _ => {}
    }
    Vec::new()
}

pub(super) fn form(state: &mut State, action: Action) -> Vec<Effect> {
    let home = state.home.clone();
    let taken = taken(state);
    let Some(Screen::NewCase(form)) = state.screens.last_mut() else {
        return Vec::new();
    };
    match action {
        Action::NextField | Action::PreviousField => form.field = 1 - form.field.min(1),
        Action::Accept if form.job.is_some() => {}
        Action::Accept if form.title.text().trim().is_empty() => {
            form.field = 0;
            form.problem = Some(Problem::new(
                "empty-title",
                "The case needs a title first.",
                "Name the decision that it is about, such as \"Churn early warning\".",
            ));
        }
        Action::Accept if form.field == 0 => form.field = 1,
        Action::Accept => {
            let title = form.title.text().trim().to_owned();
            let owner = Some(form.owner.text().trim().to_owned()).filter(|owner| !owner.is_empty());
            let path = place(&home, &title, &taken);
            let (job, effect) = state.run(Job::Create {
                path,
                title,
                owner,
                then: Then::Overview,
            });
            if let Some(Screen::NewCase(form)) = state.screens.last_mut() {
                form.job = Some(job);
            }
            return vec![effect];
        }
        Action::Back => return back(state),
        _ => {}
    }
    Vec::new()
}

/// Folders that cases lie in already.
pub(super) fn taken(state: &State) -> Vec<PathBuf> {
    match state.screens.first() {
        Some(Screen::Home(home)) => home
            .cases
            .iter()
            .flatten()
            .map(|case| case.path.clone())
            .collect(),
        Some(_) | None => Vec::new(),
    }
}

/// The folder of a new case: its title in small letters and hyphens, and a
/// number where that is taken.
pub(in crate::tui) fn place(home: &Path, title: &str, taken: &[PathBuf]) -> PathBuf {
    let mut name = String::new();
    for character in title.to_lowercase().chars() {
        if character.is_alphanumeric() {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= 48 {
            break;
        }
    }
    let name = name.trim_matches('-');
    let name = if name.is_empty() { "case" } else { name };
    // One more than there are taken folders is free.
    (1..=taken.len() + 1)
        .map(|copy| match copy {
            1 => home.join(name),
            _ => home.join(format!("{name}-{copy}")),
        })
        .find(|path| !taken.contains(path))
        .unwrap_or_else(|| home.join(name))
}

pub(super) fn overview(state: &mut State, action: Action) -> Vec<Effect> {
    let Some(Screen::Overview { marked }) = state.screens.last_mut() else {
        return Vec::new();
    };
    match action {
        Action::Up => *marked = moved(*marked, STEPS, -1),
        Action::Down => *marked = moved(*marked, STEPS, 1),
        Action::First => *marked = 0,
        Action::Last => *marked = STEPS - 1,
        Action::Take(step) => {
            *marked = usize::from(step).min(STEPS - 1);
            let step = *marked;
            return open_step(state, step);
        }
        Action::Accept => {
            let step = *marked;
            return open_step(state, step);
        }
        Action::Back => return back(state),
        _ => {}
    }
    Vec::new()
}

fn open_step(state: &mut State, step: usize) -> Vec<Effect> {
    match step {
        0 => questions::open(state, None),
        1 => data::open(state),
        2 => results::open_contest(state),
        3 => results::open_decision(state),
        _ => results::open_export(state),
    }
}

/// The step that is worth taking next.
pub(in crate::tui) fn next_step(state: &State) -> usize {
    let Some(session) = &state.session else {
        return 0;
    };
    let has_data = session.folder.case.data.is_some();
    if state.measuring().is_some() || session.is_outdated() {
        2
    } else if session.evidence.is_some() {
        3
    } else if session.assessment.unanswered.is_empty() {
        if has_data { 2 } else { 1 }
    } else {
        0
    }
}

/// The folder that a file of data lies in, to choose another one beside it.
pub(super) fn folder_of_data(folder: &CaseFolder) -> Option<PathBuf> {
    folder.data_path()?.parent().map(Path::to_owned)
}
