//! What is seen: the state drawn into a frame, and nothing computed but its layout.
//!
//! Row 0 says where one is, the last row what the keys do, the middle answers
//! one question. A message stands just above the keys.

mod begin;
mod contest;
mod data;
mod decision;
mod figure;
mod home;
mod long;
mod overlay;
mod overview;
mod page;
mod panels;
mod parts;
mod plan;
mod questions;
mod review;
mod sections;
mod spoken;

pub(super) use long::{last as last_scroll, lay_out, of as long};
pub(super) use page::page_in_words as report_in_words;
pub(super) use parts::{number, sentences};
pub(super) use questions::gate_words;
pub(super) use spoken::{decision_in_words, panel_in_words};

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::guide::guide;
use super::keys;
use super::state::{Context, Long, Screen, State, Tone};
use super::theme;
use crate::text::{clean, shorten, width, wrap};

/// Fewer columns or rows than this are too few to show anything.
pub const SMALLEST: (u16, u16) = (40, 12);

/// Fewer columns than this fold side panels away.
const NARROW: u16 = 60;

/// Rows from which on an example is explained.
const ROOM_FOR_GUIDE: u16 = 20;

/// Draws the state.
pub fn view(state: &State, frame: &mut Frame<'_>) {
    let area = frame.area();
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        let sentence = "mlfit needs a little more room: please make this window larger (40 × 12 at least). Nothing is lost.";
        let lines: Vec<Line<'_>> = wrap(sentence, usize::from(area.width))
            .into_iter()
            .map(Line::from)
            .collect();
        frame.render_widget(Paragraph::new(lines), area);
    } else {
        draw(state, frame, area);
    }
    if state.theme.ascii {
        theme::to_ascii(frame.buffer_mut());
    }
}

fn draw(state: &State, frame: &mut Frame<'_>, area: Rect) {
    let row = |y: u16| Rect::new(area.x, area.y + y, area.width, 1);
    let columns = usize::from(area.width);
    let (left, right) = title(state);
    let room = columns.saturating_sub(width(&right) + 3);
    let left = shorten(&format!(" {left}"), room);
    let gap = columns.saturating_sub(width(&left) + width(&right) + 1);
    let header = Line::from(vec![
        Span::styled(left, state.theme.strong()),
        Span::raw(" ".repeat(gap)),
        Span::styled(right, state.theme.quiet()),
    ]);
    frame.render_widget(Paragraph::new(header), row(0));
    let line = Line::styled("─".repeat(columns), state.theme.quiet());
    frame.render_widget(Paragraph::new(line.clone()), row(1));
    frame.render_widget(Paragraph::new(line), row(area.height - 2));
    frame.render_widget(Paragraph::new(footer(state, columns)), row(area.height - 1));

    let message = message(state, columns);
    let body = body(state, area);
    if !message.is_empty() {
        let place = Rect::new(area.x, body.bottom(), area.width, message.len() as u16);
        frame.render_widget(Paragraph::new(message), place);
    }
    // It takes all the room that the screen below it has.
    if let Some(overlay) = state.overlay {
        overlay::overlay(state, overlay, frame, body);
        return;
    }
    match state.screen() {
        Some(Screen::Home(home)) => home::home(state, home, frame, body),
        Some(Screen::Demos(demos)) => begin::demos(state, demos, frame, body),
        Some(Screen::NewCase(form)) => begin::form(state, form, frame, body),
        Some(Screen::Overview { marked }) => overview::overview(state, *marked, frame, body),
        Some(Screen::Questions(questions)) => questions::questions(state, questions, frame, body),
        Some(Screen::Review { marked }) => review::review(state, *marked, frame, body),
        Some(Screen::Picker(picker)) => data::picker(state, picker, frame, body),
        Some(Screen::Columns(columns)) => data::columns(state, columns, frame, body),
        Some(Screen::Contest(contest)) => contest::contest(state, contest, frame, body),
        Some(Screen::Decision { scroll }) => {
            long::draw(state, Long::Decision, frame, body, *scroll);
        }
        Some(Screen::Export(export)) => decision::export(state, export, frame, body),
        None => {}
    }
}

/// The rows between title and message.
fn body(state: &State, area: Rect) -> Rect {
    let taken = message(state, usize::from(area.width)).len() as u16;
    Rect::new(
        area.x,
        area.y + 2,
        area.width,
        area.height.saturating_sub(4 + taken),
    )
}

fn whole(state: &State) -> Rect {
    Rect::new(0, 0, state.size.0, state.size.1)
}

/// Where one is, and how far.
fn title(state: &State) -> (String, String) {
    let case = state.session.as_ref().map_or_else(
        || "mlfit".to_owned(),
        |session| clean(&session.folder.case.title),
    );
    let inside = |place: &str| format!("{case} › {place}");
    let saved = state.session.as_ref().map_or("", |session| {
        if session.unsaved.is_some() {
            "▲ not saved"
        } else if state.place() == Context::Draft {
            "not kept yet"
        } else if session.saving.is_some() {
            "saving…"
        } else {
            "✓ saved"
        }
    });
    match state.screen() {
        Some(Screen::Home(home)) => ("mlfit".to_owned(), home::count(home)),
        Some(Screen::Demos(demos)) => (
            "mlfit › Finished examples".to_owned(),
            demos
                .running
                .and_then(|job| state.queue.of(job))
                .map_or_else(String::new, contest::how_far),
        ),
        Some(Screen::NewCase(_)) => ("mlfit › New case".to_owned(), String::new()),
        Some(Screen::Overview { .. }) => (case, saved.to_owned()),
        Some(Screen::Questions(questions)) => {
            let place = questions::place(state, questions);
            (inside("Questions"), format!("{place} · {saved}"))
        }
        Some(Screen::Review { .. }) => (inside("What is still open"), saved.to_owned()),
        Some(Screen::Picker(picker)) => (
            inside("Choose a CSV file"),
            if picker.job.is_some() {
                "reading…".to_owned()
            } else {
                String::new()
            },
        ),
        Some(Screen::Columns(_)) => (inside("Data"), data::size(state)),
        Some(Screen::Contest(_)) => (inside("Contest"), contest::progress(state)),
        Some(Screen::Decision { .. }) => (inside("Decision"), String::new()),
        Some(Screen::Export(export)) => (
            inside("Report"),
            if export.job.is_some() {
                "working…".to_owned()
            } else {
                String::new()
            },
        ),
        None => (case, String::new()),
    }
}

/// What was said last, or what to look at in an example, in at most two lines.
fn message(state: &State, columns: usize) -> Vec<Line<'static>> {
    let Some(message) = &state.message else {
        // Where there is little room, the screen itself comes first.
        return guide(state)
            .filter(|_| state.size.1 >= ROOM_FOR_GUIDE)
            .map(|says| parts::hanging(" » ", says, columns, state.theme.accent()))
            .unwrap_or_default();
    };
    let (sign, style) = match message.tone {
        Tone::Good => ("✓", state.theme.good()),
        Tone::Plain => ("•", Style::new()),
        Tone::Bad => ("▲", state.theme.bad()),
    };
    let says = parts::sentences(&message.text, &message.remedy);
    let text = clean(&format!("{sign} {says}"));
    let mut lines = wrap(&text, columns.saturating_sub(2));
    let is_cut = lines.len() > 2;
    lines.truncate(2);
    if is_cut && let Some(last) = lines.last_mut() {
        *last = shorten(&format!("{last} …"), columns.saturating_sub(2));
    }
    lines
        .into_iter()
        .map(|line| Line::styled(format!(" {line}"), style))
        .collect()
}

/// As many keys as fit; the way out and the one that explains all others always.
fn footer(state: &State, columns: usize) -> Line<'static> {
    let all = keys::explained(state.context(), false);
    let long = |(keys, says): &(String, &str)| width(keys) + 1 + width(says) + 2;
    let (always, others): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|(keys, says)| keys == "Esc" || keys == "?" || *says == "quit");
    let mut room =
        columns.saturating_sub(1 + always.iter().map(|entry| long(entry)).sum::<usize>());
    let mut shown: Vec<&(String, &str)> = Vec::new();
    for entry in others {
        if long(entry) <= room {
            room -= long(entry);
            shown.push(entry);
        }
    }
    // What explains comes before what leaves.
    let (out, help): (Vec<_>, Vec<_>) = always.into_iter().partition(|(keys, _)| keys != "?");
    let mut spans = vec![Span::raw(" ")];
    for (keys, says) in shown.into_iter().chain(help).chain(out) {
        spans.push(Span::styled(keys.clone(), state.theme.accent()));
        spans.push(Span::styled(format!(" {says}  "), state.theme.quiet()));
    }
    Line::from(spans)
}

/// The position of the list's entry under a place of the terminal.
pub fn row_at(state: &State, column: u16, row: u16) -> Option<usize> {
    if state.overlay.is_some() || column >= state.size.0 {
        return None;
    }
    let area = whole(state);
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        return None;
    }
    let body = body(state, area);
    let list = match state.screen()? {
        Screen::Home(home) => home::home_list(home, body),
        Screen::Demos(demos) if demos.running.is_some() => return None,
        Screen::Demos(demos) => begin::demo_list(demos, body),
        Screen::Review { marked } => review::review_list(state, *marked, body),
        Screen::Picker(picker) => data::picker_list(picker, body),
        Screen::Columns(columns) => data::column_list(state, columns, body),
        Screen::Overview { marked } => overview::step_list(*marked, body),
        Screen::Contest(contest) => contest::board_list(state, contest, body)?,
        Screen::Questions(questions) => {
            return questions::row_at(state, questions, body, column, row);
        }
        Screen::NewCase(_) | Screen::Decision { .. } | Screen::Export(_) => return None,
    };
    list.position(row)
}
