//! The contest: under way, on one axis, and panel by panel.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::figure::Axis;
use super::parts::{List, cell, draw, hanging, heading, number, thousands, wrapped};
use super::{NARROW, long};
use crate::contest::{ContenderResult, Evidence, Place, Status};
use crate::text::{clean, shorten, width};
use crate::tui::queue::{Task, Turn};
use crate::tui::session::Session;
use crate::tui::state::{ContestView, Long, Panel, Running, State};
use crate::tui::update;

/// How far the contest is, or what it was held on.
pub(super) fn progress(state: &State) -> String {
    let Some(session) = &state.session else {
        return String::new();
    };
    match (state.measuring(), &session.evidence) {
        (Some((_, turn)), _) => how_far(turn),
        (None, Some(evidence)) => format!(
            "{} rows · {} tests",
            thousands(evidence.rows as f64),
            evidence.split.repeats * evidence.split.folds
        ),
        (None, None) => String::new(),
    }
}

/// How far work is, and how long it will take.
pub(super) fn how_far(turn: Turn<'_>) -> String {
    match turn {
        Turn::Now(task) => {
            let left =
                time_left(&task.running).map_or_else(String::new, |left| format!(" · {left} left"));
            format!("{} %{left}", percent_done(&task.running))
        }
        Turn::After(_) => "waits its turn".to_owned(),
    }
}

/// How a contest that was asked for stands, in few words.
pub(super) fn in_short(turn: Turn<'_>) -> String {
    match turn {
        Turn::Now(task) => format!("measuring, {} %", percent_done(&task.running)),
        Turn::After(_) => "waits to be measured".to_owned(),
    }
}

fn percent_done(running: &Running) -> usize {
    (100 * running.done.min(running.total))
        .checked_div(running.total)
        .unwrap_or(0)
}

fn time_left(running: &Running) -> Option<String> {
    let done = running.done as u64;
    let left = (running.total as u64).checked_sub(done)?;
    let milliseconds = (running.milliseconds * left).checked_div(done)?;
    let seconds = milliseconds.div_ceil(1000);
    Some(if seconds < 90 {
        format!("{seconds} s")
    } else {
        format!("{} min", seconds.div_ceil(60))
    })
}

/// A bar of progress with what is being done.
pub(super) fn gauge(state: &State, running: &Running, columns: usize) -> Line<'static> {
    let room = columns.saturating_sub(8).min(40);
    let filled = (room * running.done.min(running.total))
        .checked_div(running.total)
        .unwrap_or(0);
    let label = if running.label.is_empty() {
        "starting"
    } else {
        &running.label
    };
    Line::from(vec![
        Span::styled(
            format!("  {}{}", "▓".repeat(filled), "░".repeat(room - filled)),
            state.theme.accent(),
        ),
        Span::raw(format!(
            " {:>3} % {}",
            percent_done(running),
            shorten(&clean(label), columns.saturating_sub(room + 10))
        )),
    ])
}

pub(super) fn contest(state: &State, contest: &ContestView, frame: &mut Frame<'_>, body: Rect) {
    let Some(session) = &state.session else {
        return;
    };
    let columns = usize::from(body.width);
    if let Some((_, turn)) = state.measuring() {
        let lines = match turn {
            Turn::Now(task) => under_way(state, &task.running, columns),
            Turn::After(first) => waiting(state, first, columns),
        };
        draw(frame, body, lines);
        return;
    }
    let Some(evidence) = &session.evidence else {
        draw(frame, body, nothing_yet(state, session, columns));
        return;
    };
    let tabs = tabs(state, evidence, contest.panel, columns);
    draw(frame, Rect::new(body.x, body.y, body.width, 1), vec![tabs]);
    if contest.panel == Panel::Board {
        let outdated = outdated(state, session, columns);
        draw(frame, long::below(body, 1), outdated);
        let area = board_area(state, session, body);
        board(state, evidence, contest.marked, frame, area);
    } else {
        let what = Long::Panel(contest.panel, contest.marked);
        long::draw(state, what, frame, body, contest.scroll);
    }
}

/// What is shown, and which panel is next.
fn tabs(state: &State, evidence: &Evidence, shown: Panel, columns: usize) -> Line<'static> {
    let all = update::panels(evidence);
    let next = update::panel_beside(evidence, shown, true);
    let left = format!("  {}", shown.title());
    let place = match all.iter().position(|panel| *panel == shown) {
        Some(here) => format!("{}/{} · Tab", here + 1, all.len()),
        None => "Tab".to_owned(),
    };
    let right = format!("{place}: {}", next.title());
    let right = if width(&left) + width(&right) + 2 > columns {
        place
    } else {
        right
    };
    let gap = columns.saturating_sub(width(&left) + width(&right) + 1);
    Line::from(vec![
        Span::styled(left, state.theme.accent()),
        Span::raw(" ".repeat(gap.max(1))),
        Span::styled(right, state.theme.quiet()),
    ])
}

fn under_way(state: &State, running: &Running, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![
        Line::default(),
        gauge(state, running, columns),
        Line::default(),
    ];
    lines.extend(wrapped(
        "Every contender is tested on the same rows that it has not seen. You may go on answering questions meanwhile; x stops.",
        "  ",
        columns,
        state.theme.quiet(),
    ));
    if !running.standings.is_empty() {
        lines.extend(heading(state, "So far"));
        for (id, tier, mean, folds) in &running.standings {
            lines.push(Line::raw(shorten(
                &format!(
                    "  {} {} {} after {folds} tests",
                    cell(tier.label(), 20),
                    cell(id, 24),
                    number(*mean)
                ),
                columns,
            )));
        }
    }
    lines
}

/// Work that begins when other work has ended.
pub(super) fn waiting(state: &State, first: &Task, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    lines.extend(wrapped(
        &format!(
            "This waits its turn: \u{201c}{}\u{201d} is measured first. One after the other is sooner done than all at once.",
            first.title
        ),
        "  ",
        columns,
        Style::new(),
    ));
    lines.push(Line::default());
    lines.push(gauge(state, &first.running, columns));
    lines
}

/// What was measured answers a question that is no longer asked; none if it does answer it.
pub(super) fn outdated(state: &State, session: &Session, columns: usize) -> Vec<Line<'static>> {
    if !session.is_outdated() {
        return Vec::new();
    }
    hanging(
        "  ▲ ",
        "What is asked of the data has changed since they were measured: measure again (g in the contest).",
        columns,
        state.theme.warning(),
    )
}

fn nothing_yet(state: &State, session: &Session, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::default()];
    if let Some(problem) = &session.unmeasured {
        let place = problem
            .place()
            .map(|place| format!("{place}: "))
            .unwrap_or_default();
        lines.extend(hanging(
            "  ▲ ",
            &format!("{place}{}", problem.message),
            columns,
            state.theme.bad(),
        ));
        lines.extend(wrapped(&problem.remedy, "    ", columns, Style::new()));
        lines.push(Line::default());
    }
    lines.extend(wrapped(
        "Naive guesses, readable rules and minimum viable (smallest working) models compete here on rows of your data that they have not seen.",
        "  ",
        columns,
        Style::new(),
    ));
    lines.push(Line::default());
    let what = if session.folder.case.data.is_some() {
        "Enter starts it."
    } else {
        "It needs data first: go back with Esc and open step 2, Data."
    };
    lines.extend(wrapped(what, "  ", columns, state.theme.accent()));
    lines
}

/// Where the leaderboard lies, below the tabs and what is out of date.
fn board_area(state: &State, session: &Session, body: Rect) -> Rect {
    let outdated = outdated(state, session, usize::from(body.width));
    long::below(body, 1 + outdated.len() as u16)
}

/// The contenders, where the leaderboard is shown.
pub(super) fn board_list(state: &State, contest: &ContestView, body: Rect) -> Option<List> {
    let session = state.session.as_ref()?;
    let evidence = session.evidence.as_ref()?;
    let is_shown = contest.panel == Panel::Board && state.measuring().is_none();
    let area = board_area(state, session, body);
    is_shown.then(|| contenders(evidence, contest.marked, area))
}

/// The list of contenders: below the metric, and its axis where there is room for one.
fn contenders(evidence: &Evidence, marked: usize, area: Rect) -> List {
    let has_axis = area.width >= NARROW && Axis::of(evidence).is_some();
    let head = 1 + u16::from(has_axis);
    let below = 7.min(area.height / 2);
    List::new(
        area.y + head,
        usize::from(area.height.saturating_sub(below + head)),
        update::board(evidence).len(),
        marked,
    )
}

fn board(state: &State, evidence: &Evidence, marked: usize, frame: &mut Frame<'_>, area: Rect) {
    let columns = usize::from(area.width);
    let contenders = update::board(evidence);
    let mut lines = vec![Line::raw(format!(
        "  {}, better to the right; the same tests for all",
        evidence.metric.name.label()
    ))];
    let is_wide = area.width >= NARROW;
    let tier = if is_wide { 20 } else { 0 };
    let name = if is_wide { 20 } else { 14 };
    let room = columns.saturating_sub(tier + name + 14);
    let axis = Axis::of(evidence);
    if let Some(axis) = &axis
        && is_wide
    {
        let lead = " ".repeat(tier + name + 5);
        lines.push(Line::styled(
            format!("{lead}{}", axis.labels(room, number)),
            state.theme.quiet(),
        ));
    }
    let list = self::contenders(evidence, marked, area);
    for position in list.range() {
        let contender = contenders[position];
        lines.push(row(
            state,
            evidence,
            contender,
            axis.as_ref(),
            position == marked,
            (tier, name, room),
        ));
    }
    let away = evidence.contenders.len() - contenders.len();
    let mut notes = Vec::new();
    if list.range().len() < contenders.len() {
        notes.push(format!(
            "{} of {} shown, ↑↓ move",
            list.range().len(),
            contenders.len()
        ));
    }
    if away > 0 {
        notes.push(format!("{away} more do not apply to such data"));
    }
    if !notes.is_empty() {
        lines.push(Line::styled(
            format!("   {}", notes.join("; ")),
            state.theme.quiet(),
        ));
    }
    let recommendation = &evidence.recommendation;
    let mut after = hanging(
        "  → ",
        &format!(
            "{} ({})",
            recommendation.says,
            recommendation.confidence.id()
        ),
        columns,
        state.theme.good(),
    );
    if let Some(contender) = contenders.get(marked) {
        after.extend(hanging(
            "  ",
            &format!("{}: {}", contender.id.replace('-', " "), contender.says),
            columns,
            Style::new(),
        ));
    }
    if !evidence.warnings.is_empty() {
        after.extend(hanging(
            "  ▲ ",
            &match evidence.warnings.len() {
                1 => "1 warning: press w".to_owned(),
                many => format!("{many} warnings: press w"),
            },
            columns,
            state.theme.warning(),
        ));
    }
    lines.push(Line::default());
    lines.extend(after);
    draw(frame, area, lines);
}

fn row(
    state: &State,
    evidence: &Evidence,
    contender: &ContenderResult,
    axis: Option<&Axis>,
    is_marked: bool,
    (tier, name, room): (usize, usize, usize),
) -> Line<'static> {
    let place = evidence.recommendation.place(&contender.id);
    let style = match (contender.status, place) {
        (Status::Ok, Place::Taken) => state.theme.good(),
        (Status::Ok, Place::BestGuess | Place::PassedOver) => Style::new(),
        (Status::Failed | Status::Skipped, _) => state.theme.quiet(),
    };
    let drawn = match (
        contender.status,
        axis,
        contender.mean,
        contender.low,
        contender.high,
    ) {
        (Status::Ok, Some(axis), Some(mean), Some(low), Some(high)) => {
            axis.interval(low, mean, high, room)
        }
        (Status::Ok, _, _, _, _) => " ".repeat(room),
        (Status::Failed, ..) => cell("failed", room),
        (Status::Skipped, ..) => cell("does not apply", room),
    };
    let mean = contender.mean.map_or_else(String::new, number);
    let sign = match place {
        Place::Taken => "✓",
        Place::BestGuess => "?",
        Place::PassedOver => " ",
    };
    let lead = if is_marked { " ▸ " } else { "   " };
    let label = if tier > 0 {
        format!("{} ", cell(contender.tier.label(), tier))
    } else {
        String::new()
    };
    Line::from(vec![
        Span::styled(lead, state.theme.accent()),
        Span::styled(
            format!("{label}{}", cell(&contender.id.replace('-', " "), name)),
            if is_marked {
                style.patch(state.theme.marked())
            } else {
                style
            },
        ),
        Span::styled(format!(" {drawn} {mean} {sign}"), style),
    ])
}
