//! What is still open, and why each question is worth a look.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::NARROW;
use super::parts::{List, cell, draw, entry, wrapped};
use super::questions::said;
use crate::text::width;
use crate::tui::session::{Item, Session};
use crate::tui::state::State;
use crate::tui::update::{self, Why};

/// Rows about the marked question.
const BELOW: u16 = 5;

pub(super) fn review_list(state: &State, marked: usize, body: Rect) -> List {
    let length = state
        .session
        .as_ref()
        .map_or(0, |session| update::open_questions(session).len());
    let head = head(state, usize::from(body.width)).len() as u16;
    let below = if body.height > BELOW + head + 4 {
        BELOW
    } else {
        0
    };
    List::new(
        body.y + head,
        usize::from(body.height.saturating_sub(head + below)),
        length,
        marked,
    )
}

/// How many questions there are of each kind, and an empty line.
fn head(state: &State, columns: usize) -> Vec<Line<'static>> {
    let open = state
        .session
        .as_ref()
        .map(update::open_questions)
        .unwrap_or_default();
    let counts: Vec<String> = Why::ALL
        .into_iter()
        .map(|why| {
            (
                why,
                open.iter().filter(|question| question.why == why).count(),
            )
        })
        .filter(|(why, count)| *count > 0 || matches!(why, Why::Unanswered | Why::Unknown))
        .map(|(why, count)| format!("{} {count} {}", why.sign(), why.says()))
        .collect();
    let mut lines = wrapped(&counts.join(" · "), "   ", columns, Style::new());
    lines.push(Line::default());
    lines
}

pub(super) fn review(state: &State, marked: usize, frame: &mut Frame<'_>, body: Rect) {
    let Some(session) = &state.session else {
        return;
    };
    let open = update::open_questions(session);
    let columns = usize::from(body.width);
    if open.is_empty() {
        let mut lines = vec![Line::default()];
        lines.extend(wrapped(
            "✓ Every question is answered.",
            "  ",
            columns,
            state.theme.good(),
        ));
        lines.push(Line::default());
        lines.extend(wrapped(
            "Enter shows the decision.",
            "  ",
            columns,
            Style::new(),
        ));
        draw(frame, body, lines);
        return;
    }
    let mut lines = head(state, columns);
    let list = review_list(state, marked, body);
    for position in list.range() {
        let question = &open[position];
        let side = if columns >= usize::from(NARROW) {
            15
        } else {
            8
        };
        let text = format!(
            "{} {} {}",
            question.why.sign(),
            cell(section(session, &question.id), side),
            cell(
                asks(session, &question.id),
                columns.saturating_sub(side + 7 + width("○"))
            )
        );
        let style = match question.why {
            Why::Disputed | Why::Meaningless => state.theme.warning(),
            Why::Unanswered | Why::Unknown | Why::PutOtherwise => Style::new(),
        };
        lines.push(entry(state, text, position == marked, style));
    }
    draw(frame, body, lines);
    let top = list.top + list.height as u16;
    if let Some(question) = open.get(marked)
        && body.bottom() > top
    {
        let below = Rect::new(body.x, top, body.width, body.bottom() - top);
        draw(
            frame,
            below,
            about(state, session, &question.id, question.why, columns),
        );
    }
}

/// The marked question in full, and what was answered to it.
fn about(
    state: &State,
    session: &Session,
    id: &str,
    why: Why,
    columns: usize,
) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    lines.extend(wrapped(
        asks(session, id),
        "   ",
        columns,
        state.theme.strong(),
    ));
    let says = match why {
        Why::Unanswered => return lines,
        Why::Disputed => "Each of these counts as possible until one is agreed on.",
        Why::Unknown => "Whoever may know it could be asked.",
        Why::PutOtherwise => {
            "It was put in other words, or with other options, when it was answered."
        }
        Why::Meaningless => "The rubric has changed; this answer is kept and counts for nothing.",
    };
    lines.extend(wrapped(says, "   ", columns, state.theme.quiet()));
    if let Some(given) = session.folder.case.answers.0.get(id)
        && why != Why::Unknown
    {
        lines.extend(said("   • ", session, id, given, columns));
    }
    lines
}

fn asks<'a>(session: &'a Session, id: &'a str) -> &'a str {
    match session.item(id) {
        Some(Item::Framing(line)) => line.asks(),
        Some(Item::Question(question)) => &question.ask,
        None => id,
    }
}

/// The section that asks it; nothing for what is asked no more.
fn section<'a>(session: &'a Session, id: &str) -> &'a str {
    if session.item(id).is_none() {
        return "";
    }
    let dimension = session.folder.rubric.dimensions.get(session.section(id));
    dimension.map_or("", |dimension| &dimension.title)
}
