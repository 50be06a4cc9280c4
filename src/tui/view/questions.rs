//! The questionnaire, and what is still open.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use super::NARROW;
use super::parts::{self, draw, hanging, wrapped};
use crate::assessment::{GateState, GivenAnswer, OpenGate};
use crate::rubric::Effect as GateEffect;
use crate::tui::session::{Item, Session};
use crate::tui::state::{Context, Questions, State};
use crate::tui::update;

/// Columns of the list of sections.
const SIDE: u16 = 19;

/// Which section, and how far in all.
pub(super) fn place(state: &State, questions: &Questions) -> String {
    let Some(session) = &state.session else {
        return String::new();
    };
    // The framing sheet is counted for itself: it holds no questions of the rubric.
    let is_framing = |item: &Item<'_>| matches!(item, Item::Framing(_));
    let frames = session
        .item(&questions.at)
        .is_some_and(|at| is_framing(&at));
    let items: Vec<Item<'_>> = session
        .items()
        .into_iter()
        .filter(|item| is_framing(item) == frames)
        .collect();
    let here = items
        .iter()
        .position(|item| item.id() == questions.at)
        .map_or(0, |here| here + 1);
    if frames {
        return format!("framing {here} of {}", items.len());
    }
    if questions.by_section {
        return format!("{here} of {}", items.len());
    }
    let (answered, asked) = session.assessment.progress();
    match &session.verdict {
        // Beside wider questions stands the same in more words.
        Some(verdict) if state.size.0 < NARROW => {
            let matter = verdict.remaining.matter.len();
            format!("{answered} of {asked} · {matter} could matter")
        }
        Some(_) | None => format!("{answered} of {asked} answered"),
    }
}

pub(super) fn questions(state: &State, questions: &Questions, frame: &mut Frame<'_>, body: Rect) {
    let Some(session) = &state.session else {
        return;
    };
    let (side, main) = columns(body);
    let is_choosing = questions.sections.is_some();
    if side.width > 0 || is_choosing {
        let place = if side.width > 0 { side } else { body };
        super::sections::sections(state, session, questions, frame, place);
    }
    if side.width == 0 && is_choosing {
        return;
    }
    if side.width > 0 {
        let rule = vec![Line::styled("│", state.theme.quiet()); usize::from(body.height)];
        draw(frame, Rect::new(side.right(), body.y, 1, body.height), rule);
    }
    if let Some(item) = session.item(&questions.at) {
        question(state, session, questions, &item, frame, main);
    }
}

/// The list of sections, which narrow windows have no room for, and the question.
fn columns(body: Rect) -> (Rect, Rect) {
    let side = if body.width >= NARROW { SIDE } else { 0 };
    let left = if side > 0 { side + 2 } else { 1 };
    (
        Rect::new(body.x, body.y, side, body.height),
        Rect::new(
            body.x + left,
            body.y,
            body.width.saturating_sub(left + 1),
            body.height,
        ),
    )
}

/// The row to choose, or the section, under a place of the terminal.
pub(super) fn row_at(
    state: &State,
    questions: &Questions,
    body: Rect,
    column: u16,
    row: u16,
) -> Option<usize> {
    let session = state.session.as_ref()?;
    let (side, main) = columns(body);
    let inside = usize::from(row.checked_sub(body.y).filter(|row| *row < body.height)?);
    if questions.sections.is_some() {
        let is_there = side.width == 0 || column < side.right();
        let length = session.folder.rubric.dimensions.len();
        return (is_there && inside < length).then_some(inside);
    }
    if column < main.x || questions.note.is_some() {
        return None;
    }
    let item = session.item(&questions.at)?;
    let text = text(state, session, questions, &item, main);
    let line = text.skipped + inside;
    // Whoever presses the field in which they type already means to go on typing.
    let is_typing = |choice: &usize| text.field.is_some() && *choice == 0 && questions.row == 0;
    let mut choices = text.choices.iter();
    choices
        .find(|(_, lines)| lines.contains(&line))
        .map(|(choice, _)| *choice)
        .filter(|choice| !is_typing(choice))
}

/// A question line by line, and where on it something stands.
struct Text {
    lines: Vec<Line<'static>>,
    /// Lines that are out of sight above.
    skipped: usize,
    /// The line in which an answer is typed, if one is.
    field: Option<usize>,
    /// The line in which a note is typed.
    note: usize,
    /// The rows that may be chosen, each with its lines.
    choices: Vec<(usize, std::ops::Range<usize>)>,
}

fn text(
    state: &State,
    session: &Session,
    questions: &Questions,
    item: &Item<'_>,
    area: Rect,
) -> Text {
    let columns = usize::from(area.width) + 1;
    let height = usize::from(area.height);
    let (asks, help, why) = match item {
        Item::Framing(line) => (line.asks(), line.help(), line.why()),
        Item::Question(question) => (
            question.ask.as_str(),
            question.help.as_str(),
            question.why.as_str(),
        ),
    };
    let mut lines = wrapped(asks, "", columns, state.theme.strong());
    let field = item.is_typed().then_some(lines.len() + 1);
    let mut choices = Vec::new();
    lines.push(Line::default());
    if let Some(field) = field {
        choices.push((0, field..field + 1));
        lines.push(Line::default());
        lines.extend(wrapped(
            &update::hint(item),
            "  ",
            columns,
            state.theme.quiet(),
        ));
    }
    // What has to be seen, however small the window is.
    let mut in_sight = field.map_or(0, |field| field + 1);
    for (row, option) in options(state, session, questions, item, columns) {
        choices.push((row, lines.len()..lines.len() + option.len()));
        lines.extend(option);
        if row == questions.row && !(field.is_some() && row == 0) {
            in_sight = lines.len();
        }
    }
    if let Some(fault) = &questions.fault {
        lines.extend(hanging("▲ ", fault, columns, state.theme.warning()));
        in_sight = lines.len();
    }
    lines.extend(voices(state, session, &questions.at, columns));
    lines.extend(gates(state, session, &questions.at, columns));
    let note_row = lines.len() + 1;
    lines.extend(note(session, questions, columns));
    if questions.note.is_some() {
        in_sight = note_row + 1;
    }
    lines.extend(beside(
        state,
        session,
        &[help, why],
        columns,
        height.saturating_sub(lines.len()),
    ));
    // Where not all fits, the last row says so.
    let skipped = if lines.len() > height {
        in_sight.saturating_sub(height.saturating_sub(1))
    } else {
        0
    };
    Text {
        lines,
        skipped,
        field,
        note: note_row,
        choices,
    }
}

fn question(
    state: &State,
    session: &Session,
    questions: &Questions,
    item: &Item<'_>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let text = text(state, session, questions, item, area);
    parts::scrolled(state, frame, area, &text.lines, text.skipped);
    let row = |line: usize| {
        let row = line.checked_sub(text.skipped)?;
        let row = u16::try_from(row).ok().filter(|row| *row < area.height)?;
        Some(Rect::new(area.x, area.y + row, area.width, 1))
    };
    if let Some(place) = text.field.and_then(row) {
        let is_active = matches!(
            state.context(),
            Context::Field | Context::Line | Context::Draft
        );
        let lead = if is_active { "▸ " } else { "  " };
        parts::field(state, frame, place, lead, &questions.field, is_active);
    }
    if let (Some(note), Some(place)) = (&questions.note, row(text.note)) {
        parts::field(state, frame, place, "Note: ", note, true);
    }
}

/// The rows that one may choose from, each with its lines.
fn options(
    state: &State,
    session: &Session,
    questions: &Questions,
    item: &Item<'_>,
    columns: usize,
) -> Vec<(usize, Vec<Line<'static>>)> {
    let Item::Question(question) = item else {
        return Vec::new();
    };
    let choices = question.choices();
    let labels = choices.iter().map(|choice| choice.label.clone());
    let not_applicable = question.not_applicable.iter().map(|when| {
        if when.is_empty() {
            "Not applicable".to_owned()
        } else {
            format!("Not applicable ({when})")
        }
    });
    let given = session.folder.case.answers.get(&questions.at);
    // Where something is typed, row 0 is the field.
    let first = usize::from(choices.is_empty());
    labels
        .chain(["Don't know".to_owned()])
        .chain(not_applicable)
        .enumerate()
        .map(|(position, label)| {
            let row = first + position;
            let chosen = given.is_some() && item.answer_of(row).as_ref() == given;
            (row, option(state, questions, row, chosen, &label, columns))
        })
        .collect()
}

/// What everybody answered, each after the lead.
pub(super) fn said(
    lead: &str,
    session: &Session,
    id: &str,
    given: &GivenAnswer,
    columns: usize,
) -> Vec<Line<'static>> {
    given
        .voices()
        .flat_map(|voice| {
            let says = update::voice(session, id, voice);
            hanging(lead, &says, columns, Style::new())
        })
        .collect()
}

/// Who said what where several people answered, and whether the question was
/// put otherwise then.
fn voices(state: &State, session: &Session, id: &str, columns: usize) -> Vec<Line<'static>> {
    let Some(given) = session.folder.case.answers.0.get(id) else {
        return Vec::new();
    };
    let mut lines = Vec::new();
    let warn = |text: &str| hanging("▲ ", text, columns, state.theme.warning());
    if !given.others.is_empty() {
        lines.push(Line::default());
        let is_disputed = session.assessment.disputed.iter().any(|other| other == id);
        if is_disputed {
            lines.extend(warn(
                "People disagree: each of these answers counts as possible. What is answered here counts for all.",
            ));
        }
        lines.extend(said("  • ", session, id, given, columns));
    }
    if session.folder.asked_otherwise().contains(&id) {
        lines.push(Line::default());
        lines.extend(warn(
            "This was put in other words when it was answered: is the answer still right? Answer again to say so.",
        ));
    }
    lines
}

/// The note beside an answer; the line in which it is typed stays empty here.
fn note(session: &Session, questions: &Questions, columns: usize) -> Vec<Line<'static>> {
    let given = session.folder.case.answers.0.get(&questions.at);
    let note = given.and_then(|given| given.note.as_ref());
    match (&questions.note, note) {
        (Some(_), _) => vec![Line::default(); 2],
        (None, Some(note)) => std::iter::once(Line::default())
            .chain(hanging("Note: ", note, columns, Style::new()))
            .collect(),
        (None, None) => Vec::new(),
    }
}

/// What the last answer changed, an example and the reason, as far as there is room.
fn beside(
    state: &State,
    session: &Session,
    [help, why]: &[&str; 2],
    columns: usize,
    room: usize,
) -> Vec<Line<'static>> {
    let changed = session.changed.as_deref().unwrap_or_default();
    let mut lines = vec![Line::default()];
    for (lead, text, style) in [
        ("Changed: ", changed, state.theme.good()),
        ("For example: ", *help, state.theme.quiet()),
        ("Why we ask: ", *why, state.theme.quiet()),
    ] {
        let block = hanging(lead, text, columns, style);
        if !text.is_empty() && lines.len() + block.len() <= room {
            lines.extend(block);
        }
    }
    if lines.len() == 1 {
        lines.clear();
    }
    lines
}

fn option(
    state: &State,
    questions: &Questions,
    row: usize,
    chosen: bool,
    label: &str,
    columns: usize,
) -> Vec<Line<'static>> {
    let is_marked =
        row == questions.row && questions.note.is_none() && questions.sections.is_none();
    let lead = format!(
        "{}{} ",
        if is_marked { "▸ " } else { "  " },
        if chosen { "●" } else { "○" }
    );
    let style = match (is_marked, chosen) {
        (true, _) => state.theme.accent(),
        (false, true) => state.theme.strong(),
        (false, false) => Style::new(),
    };
    hanging(&lead, label, columns, style)
}

/// What this question decides alone, or could.
fn gates(state: &State, session: &Session, question: &str, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let open = session
        .assessment
        .gates
        .iter()
        .filter(|gate| gate.question == question);
    for gate in open.take(2) {
        lines.extend(hanging(
            "▲ ",
            &gate_words(gate),
            columns,
            state.theme.warning(),
        ));
    }
    if lines.is_empty() {
        lines
    } else {
        std::iter::once(Line::default()).chain(lines).collect()
    }
}

/// What an answer decides alone, or would.
pub(in crate::tui) fn gate_words(gate: &OpenGate) -> String {
    let effect = effect_words(&gate.effect);
    match gate.state {
        GateState::Fired => format!("This answer decides: {effect}. {}", gate.because),
        GateState::Possible => format!("One of the answers would decide: {effect}."),
    }
}

fn effect_words(effect: &GateEffect) -> String {
    match effect {
        GateEffect::ForceSolution(rung) => format!("the solution is {}", rung.label()),
        GateEffect::CapSolution(rung) => format!("at most {}", rung.label()),
        GateEffect::ForceReadiness(readiness, _) => readiness.id().to_owned(),
        GateEffect::CapReadiness(readiness) => format!("at best {}", readiness.id()),
        GateEffect::StepDown => "one kind of solution simpler".to_owned(),
        GateEffect::Require(what) => format!("it has to be {}", what.replace('-', " ")),
    }
}
