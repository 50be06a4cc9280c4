//! All cases at a glance, and what to do where there are none.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType};

use super::NARROW;
use super::parts::{self, List, cell, draw, entry, hanging, wrapped};
use crate::text::{clean, shorten};
use crate::tui::state::{Home, State};
use crate::workflow::CaseSummary;

/// How many cases, and how many need a look.
pub(super) fn count(home: &Home) -> String {
    let Some(cases) = &home.cases else {
        return "looking…".to_owned();
    };
    let due = cases.iter().filter(|case| case.due).count();
    match (cases.len(), due) {
        (0, _) => String::new(),
        (1, 0) => "1 case".to_owned(),
        (all, 0) => format!("{all} cases"),
        (all, due) => format!("{all} cases · {due} due"),
    }
}

/// Rows of the panel about the marked case.
const ABOUT: u16 = 7;

pub(super) fn home_list(home: &Home, body: Rect) -> List {
    let about = if body.height > ABOUT + 5 { ABOUT } else { 0 };
    let height = usize::from(body.height.saturating_sub(about + 1));
    List::new(body.y + 1, height, home.shown().len(), home.marked)
}

pub(super) fn home(state: &State, home: &Home, frame: &mut Frame<'_>, body: Rect) {
    let shown = home.shown();
    let columns = usize::from(body.width);
    if home.cases.is_none() {
        draw(
            frame,
            body,
            wrapped("Looking for cases…", "  ", columns, state.theme.quiet()),
        );
        return;
    }
    if home.is_beginning() {
        draw(frame, body, beginnings(state, home, columns, body.height));
        return;
    }
    let list = home_list(home, body);
    let is_wide = body.width >= NARROW;
    let title = columns
        .saturating_sub(if is_wide { 56 } else { 20 })
        .max(12);
    let mut lines = vec![Line::styled(
        if is_wide {
            format!(
                "   {} {} {} Checked",
                cell("Case", title),
                cell("Answers", 9),
                cell("Verdict", 30)
            )
        } else {
            format!("   {} Verdict", cell("Case", title))
        },
        state.theme.quiet(),
    )];
    for position in list.range() {
        let case = shown[position];
        let verdict = verdict_of(state, case);
        let checked = checked(state, case);
        let text = if is_wide {
            format!(
                "{} {} {} {}",
                cell(&case.title, title),
                cell(&answers(case), 9),
                cell(&verdict, 30),
                cell(&checked, 9)
            )
        } else {
            // Here the day has no column of its own.
            let verdict = if case.due {
                "▲ due"
            } else {
                verdict.as_str()
            };
            format!("{} {}", cell(&case.title, title), shorten(verdict, 15))
        };
        let style = if case.due || case.problem.is_some() {
            state.theme.warning()
        } else {
            Style::new()
        };
        lines.push(entry(state, text, position == home.marked, style));
    }
    if shown.is_empty() {
        lines.push(Line::raw("   No case fits the filter; Esc clears it."));
    }
    draw(frame, body, lines);
    if let Some(typing) = &home.typing {
        let place = Rect::new(
            body.x + 1,
            body.bottom().saturating_sub(1),
            body.width - 2,
            1,
        );
        parts::field(state, frame, place, "Filter: ", typing, true);
        return;
    }
    let bottom = list.top + list.height as u16;
    if body.bottom() > bottom + 3
        && let Some(case) = shown.get(home.marked)
    {
        about(
            state,
            case,
            frame,
            Rect::new(body.x + 1, bottom, body.width - 2, body.bottom() - bottom),
        );
    }
}

/// Three ways to begin.
fn beginnings(state: &State, home: &Home, columns: usize, rows: u16) -> Vec<Line<'static>> {
    if rows < 16 {
        return beginnings_in_short(state, home, columns);
    }
    let mut lines = vec![Line::default()];
    lines.extend(wrapped(
        "mlfit answers one question: does this use case need machine learning, and if so how little of it?",
        "  ",
        columns,
        state.theme.strong(),
    ));
    lines.push(Line::default());
    lines.extend(wrapped("Three ways to begin:", "  ", columns, Style::new()));
    lines.push(Line::default());
    for (position, (key, text)) in [
        (
            "d",
            "See a finished example first. It takes a minute and asks nothing.",
        ),
        (
            "n",
            "Begin a case: give it a title and answer questions about it. Data can come later.",
        ),
        (
            "c",
            "Point me at a CSV file: mlfit measures how far a simple rule gets on your data.",
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let mut block = hanging("      ", text, columns, Style::new()).into_iter();
        if let Some(first) = block.next() {
            let text = first.to_string();
            let text = text.trim_start().to_owned();
            lines.push(way(state, home, position, key, text));
        }
        lines.extend(block);
    }
    lines.push(Line::default());
    for text in [
        "Everything is saved as you go. Your cases are kept in this folder:",
        &state.home.display().to_string(),
    ] {
        lines.extend(wrapped(text, "  ", columns, state.theme.quiet()));
    }
    lines.extend(complaint(state, home, columns));
    lines
}

/// What went wrong when the cases were read, if anything did.
fn complaint(state: &State, home: &Home, columns: usize) -> Vec<Line<'static>> {
    let Some(problem) = &home.problem else {
        return Vec::new();
    };
    let says = parts::sentences(&problem.message, &problem.remedy);
    hanging("  ▲ ", &says, columns, state.theme.bad())
}

/// A way to begin, with its key and whether it is marked.
fn way(state: &State, home: &Home, position: usize, key: &str, text: String) -> Line<'static> {
    let mark = if home.marked == position { "▸" } else { " " };
    Line::from(vec![
        Span::styled(format!(" {mark} {key}  "), state.theme.accent()),
        Span::raw(text),
    ])
}

/// The same where there is little room.
fn beginnings_in_short(state: &State, home: &Home, columns: usize) -> Vec<Line<'static>> {
    let mut lines = wrapped(
        "Does it need machine learning, and if so how little? Three ways to begin:",
        "  ",
        columns,
        state.theme.strong(),
    );
    for (position, (key, text)) in [
        ("d", "see a finished example"),
        ("n", "answer questions about a case"),
        ("c", "measure a CSV file"),
    ]
    .into_iter()
    .enumerate()
    {
        lines.push(way(state, home, position, key, text.to_owned()));
    }
    lines.extend(complaint(state, home, columns));
    lines
}

fn answers(case: &CaseSummary) -> String {
    if case.asked == 0 {
        return "–".to_owned();
    }
    let sign = if case.answered == 0 {
        "○"
    } else if case.answered >= case.asked {
        "●"
    } else {
        "◐"
    };
    format!("{}/{} {sign}", case.answered, case.asked)
}

fn verdict_of(state: &State, case: &CaseSummary) -> String {
    if let Some((_, turn)) = state.queue.about(&case.path) {
        return super::contest::in_short(turn);
    }
    match (&case.problem, &case.verdict) {
        (Some(_), None) => "▲ cannot be read".to_owned(),
        (_, None) => "not decided yet".to_owned(),
        (_, Some(verdict)) => {
            format!("{} · {}", verdict.solution.label(), verdict.readiness.id())
        }
    }
}

fn checked(state: &State, case: &CaseSummary) -> String {
    if case.due {
        return "▲ due".to_owned();
    }
    let Some(day) = case.checked() else {
        return String::new();
    };
    match days_between(day, &state.today) {
        Some(0) => "today".to_owned(),
        Some(1) => "yesterday".to_owned(),
        Some(days) if days > 1 => format!("{days} days"),
        Some(_) | None => day.to_owned(),
    }
}

fn days_between(from: &str, to: &str) -> Option<i32> {
    let from: jiff::civil::Date = from.parse().ok()?;
    let to: jiff::civil::Date = to.parse().ok()?;
    Some((to - from).get_days())
}

fn about(state: &State, case: &CaseSummary, frame: &mut Frame<'_>, area: Rect) {
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(state.theme.quiet())
        .title(format!(
            " {} ",
            shorten(
                &clean(&case.title),
                usize::from(area.width).saturating_sub(6)
            )
        ));
    let inner = block.inner(area);
    frame.render_widget(block, area);
    let columns = usize::from(inner.width);
    let mut lines = Vec::new();
    if let Some(problem) = &case.problem {
        lines.extend(hanging(
            " ▲ ",
            &parts::sentences(&problem.message, &problem.remedy),
            columns,
            state.theme.bad(),
        ));
    }
    match &case.verdict {
        Some(verdict) => {
            lines.extend(wrapped(
                &verdict.headline,
                " ",
                columns,
                state.theme.strong(),
            ));
            if let Some(flip) = verdict.flips.first() {
                lines.extend(wrapped(
                    &format!("Would change if: {}.", flip.changes.join(" and ")),
                    " ",
                    columns,
                    Style::new(),
                ));
            }
            if let Some(next) = verdict.next.first() {
                lines.extend(wrapped(
                    &format!("Next: {}", next.why),
                    " ",
                    columns,
                    Style::new(),
                ));
            }
        }
        None if case.problem.is_none() => lines.extend(wrapped(
            "No verdict yet. Enter opens the case and shows what to do next.",
            " ",
            columns,
            Style::new(),
        )),
        None => {}
    }
    draw(frame, inner, lines);
}
