//! Choosing a file, and the columns of the data.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::NARROW;
use super::parts::{
    self, List, cell, cell_right, draw, entry, hanging, number, thousands, wrapped,
};
use crate::data::{Column, Kind, Role, Values};
use crate::problem::Problem;
use crate::text::{capitalised, shorten};
use crate::tui::event::ReadTable;
use crate::tui::session::Session;
use crate::tui::state::{Columns, Picker, State};
use crate::tui::update;

/// Values shown of a column.
const PREVIEW: usize = 12;

/// Rows and columns of the table.
pub(super) fn size(state: &State) -> String {
    state
        .session
        .as_ref()
        .and_then(|session| session.table.as_ref())
        .map_or_else(String::new, |read| {
            format!(
                "{} rows · {} columns",
                thousands(read.table.rows as f64),
                read.table.columns.len()
            )
        })
}

pub(super) fn picker_list(picker: &Picker, body: Rect) -> List {
    List::new(
        body.y + 4,
        usize::from(body.height.saturating_sub(4)),
        picker.shown().len(),
        picker.marked,
    )
}

pub(super) fn picker(state: &State, picker: &Picker, frame: &mut Frame<'_>, body: Rect) {
    let columns = usize::from(body.width);
    let mut lines = vec![
        Line::raw(shorten(
            &format!(
                "  In {}",
                crate::text::clean(&picker.folder.display().to_string())
            ),
            columns,
        )),
        Line::styled(
            "  Type to narrow the list, or type or paste a whole path.",
            state.theme.quiet(),
        ),
        Line::default(),
        Line::default(),
    ];
    if let Some(problem) = &picker.problem {
        lines.extend(hanging(
            "  ▲ ",
            &parts::sentences(&problem.message, &problem.remedy),
            columns,
            state.theme.bad(),
        ));
    }
    let shown = picker.shown();
    let list = picker_list(picker, body);
    for position in list.range() {
        let item = &shown[position];
        let name = if item.is_folder {
            format!("{}/", item.name)
        } else {
            item.name.clone()
        };
        lines.push(entry(
            state,
            cell(&name, columns.saturating_sub(5)),
            position == picker.marked,
            Style::new(),
        ));
    }
    if shown.is_empty() {
        lines.push(Line::styled(
            "   No folder or CSV file fits.",
            state.theme.quiet(),
        ));
    }
    draw(frame, body, lines);
    let place = Rect::new(body.x + 2, body.y + 2, body.width.saturating_sub(4), 1);
    parts::field(state, frame, place, "File: ", &picker.typed, true);
}

/// Rows below the list of columns.
const BELOW: u16 = 7;

/// Columns of a part, and of whether it is known in time.
const ROLE: usize = 11;
const IN_TIME: usize = 7;

pub(super) fn column_list(state: &State, columns: &Columns, body: Rect) -> List {
    let below = if body.height > BELOW + 4 { BELOW } else { 2 };
    let length = state
        .session
        .as_ref()
        .and_then(|session| session.table.as_ref())
        .map_or(0, |read| read.table.columns.len());
    List::new(
        body.y + 1,
        usize::from(body.height.saturating_sub(below + 1)),
        length,
        columns.marked,
    )
}

pub(super) fn columns(state: &State, columns: &Columns, frame: &mut Frame<'_>, body: Rect) {
    let Some(session) = &state.session else {
        return;
    };
    let room = usize::from(body.width);
    if let Some(problem) = &columns.problem {
        draw(frame, body, unreadable(state, problem, room));
        return;
    }
    let Some(ReadTable { table, .. }) = &session.table else {
        draw(
            frame,
            body,
            wrapped("Reading the file…", "  ", room, state.theme.quiet()),
        );
        return;
    };
    let is_wide = body.width >= NARROW;
    let name = if is_wide { 20 } else { 16 };
    let why = if is_wide {
        room.saturating_sub(name + ROLE + IN_TIME + 24)
    } else {
        0
    };
    let first = format!(
        "   {} {} {}",
        cell("Column", name),
        cell("Role", ROLE),
        cell("In time", IN_TIME)
    );
    let header = if is_wide {
        format!("{first} {} {} Why", cell("Kind", 8), cell("Missing", 7))
    } else {
        first
    };
    let mut lines = vec![Line::styled(shorten(&header, room), state.theme.quiet())];
    let list = column_list(state, columns, body);
    for position in list.range() {
        let (text, style) = row(
            state,
            session,
            position,
            &table.columns[position],
            (name, why),
        );
        lines.push(entry(state, text, position == columns.marked, style));
    }
    draw(frame, body, lines);
    let top = list.top + list.height as u16;
    let below = Rect::new(body.x, top, body.width, body.bottom().saturating_sub(top));
    if let Some(horizon) = &columns.horizon {
        let place = Rect::new(body.x + 2, below.y + 1, body.width.saturating_sub(4), 1);
        parts::field(
            state,
            frame,
            place,
            "Forecast how many steps ahead? ",
            horizon,
            true,
        );
        return;
    }
    if let Some(column) = table.columns.get(columns.marked) {
        let warnings = update::warnings(session, columns.marked, column);
        let mut lines = vec![Line::default()];
        for warning in &warnings {
            lines.extend(hanging(
                "  ▲ ",
                &parts::sentences(&capitalised(&warning.detail), &warning.remedy),
                room,
                state.theme.warning(),
            ));
        }
        let values = preview(column);
        lines.extend(
            hanging("  Values: ", &values, room, Style::new())
                .into_iter()
                .take(2),
        );
        let reason = update::reason(session, columns.marked, column);
        if !is_wide || reason.len() > why || !warnings.is_empty() {
            lines.extend(
                hanging("  Why: ", reason, room, state.theme.quiet())
                    .into_iter()
                    .take(1),
            );
        }
        lines.extend(advice(state, room));
        draw(frame, below, lines);
    }
}

/// Why the file cannot be read, and what to do.
fn unreadable(state: &State, problem: &Problem, room: usize) -> Vec<Line<'static>> {
    let place = problem
        .place()
        .map(|place| format!("{place}: "))
        .unwrap_or_default();
    let says = format!("{place}{}", problem.message);
    let mut lines = vec![Line::default()];
    lines.extend(hanging("  ▲ ", &says, room, state.theme.bad()));
    lines.extend(wrapped(&problem.remedy, "    ", room, Style::new()));
    lines.push(Line::default());
    lines.extend(wrapped(
        "f chooses another file.",
        "    ",
        room,
        state.theme.quiet(),
    ));
    lines
}

/// One column in the list; without room for the reason, only the most important of it.
fn row(
    state: &State,
    session: &Session,
    position: usize,
    column: &Column,
    (name, why): (usize, usize),
) -> (String, Style) {
    let role = update::role_of(session, position, column);
    let (sign, style) = match role {
        Role::Target => ("● ", state.theme.accent()),
        Role::Ignored => ("– ", state.theme.quiet()),
        Role::Feature | Role::Id | Role::Incumbent => ("", Style::new()),
        Role::Time | Role::Group | Role::Protected => ("◐ ", state.theme.good()),
    };
    let in_time = match (role, update::in_time(session, column)) {
        (Role::Target, _) => "–",
        (_, Some(true)) => "yes",
        (_, Some(false)) => "✗ no",
        (_, None) => "?",
    };
    let warnings = update::warnings(session, position, column);
    let style = if warnings.is_empty() {
        style
    } else {
        state.theme.warning()
    };
    let first = format!(
        "{} {} {}",
        cell(&column.name, name),
        cell(&format!("{sign}{}", role.id()), ROLE),
        cell(in_time, IN_TIME)
    );
    let text = if why > 0 {
        let missing = column.missing();
        let missing = if missing == 0 {
            String::new()
        } else {
            thousands(missing as f64)
        };
        let reason = warnings.first().map_or_else(
            || update::reason(session, position, column).to_owned(),
            |warning| format!("▲ {}", warning.detail),
        );
        format!(
            "{first} {} {} {}",
            cell(column.kind.id(), 8),
            cell_right(&missing, 7),
            cell(&reason, why)
        )
    } else {
        let sign = if warnings.is_empty() { " " } else { "▲" };
        format!("{first}{sign}")
    };
    (text, style)
}

/// What to do on this screen.
fn advice(state: &State, room: usize) -> Vec<Line<'static>> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    let Some(data) = &session.folder.case.data else {
        return wrapped(
            "Which column should be predicted? Mark it and press t.",
            "  ",
            room,
            state.theme.accent(),
        );
    };
    let horizon = data
        .request
        .horizon
        .map_or_else(String::new, |steps| format!(" · {steps} steps ahead"));
    let mut lines = wrapped(
        &format!(
            "Predict {}{horizon}. g starts the contest.",
            data.request.target
        ),
        "  ",
        room,
        state.theme.accent(),
    );
    lines.extend(wrapped(
        "In time: is it known when the decision is made? x says no, and leaves the column out: it would make every test look brilliant.",
        "  ",
        room,
        state.theme.quiet(),
    ));
    let has_dates = session
        .table
        .iter()
        .flat_map(|read| &read.table.columns)
        .any(|column| column.kind == Kind::Date);
    if has_dates && data.request.horizon.is_none() {
        lines.extend(wrapped(
            "Should the coming days or months be forecast? h asks for that.",
            "  ",
            room,
            state.theme.quiet(),
        ));
    }
    lines
}

/// The first values of a column.
fn preview(column: &Column) -> String {
    let show = |row: usize| -> String {
        if column.values.is_missing(row) {
            return "(missing)".to_owned();
        }
        match &column.values {
            Values::Number(values) => number(values[row]),
            Values::Category { codes, levels } => levels
                .get(codes[row] as usize)
                .map_or_else(String::new, |level| shorten(level, 24)),
            Values::Date(seconds) => jiff::Timestamp::from_second(seconds[row]).map_or_else(
                |_| String::new(),
                |moment| moment.strftime("%Y-%m-%d").to_string(),
            ),
        }
    };
    (0..column.len().min(PREVIEW))
        .map(show)
        .collect::<Vec<_>>()
        .join(" · ")
}
