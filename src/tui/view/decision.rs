//! The verdict, and the report and rule that are handed on.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::long;
use super::page::page;
use super::parts::{self, hanging, heading, wrapped};
use super::plan::{money, plan};
use crate::report::words;
use crate::text::{capitalised, clean, clean_lines, wrap};
use crate::tui::session::Session;
use crate::tui::state::{Export, Long, State};
use crate::verdict::Verdict;
use crate::vocabulary::{Confidence, Readiness, Rung};

/// The verdict from its headline to when to look again.
pub(super) fn lines(state: &State, columns: usize) -> Vec<Line<'static>> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    let mut lines = vec![Line::default()];
    let Some(verdict) = &session.verdict else {
        match &session.undecided {
            Some(problem) if session.deciding.is_none() => {
                lines.extend(hanging(
                    "  ▲ ",
                    &problem.message,
                    columns,
                    state.theme.bad(),
                ));
                lines.extend(wrapped(&problem.remedy, "    ", columns, Style::new()));
            }
            Some(_) | None => {
                lines.extend(wrapped("Deciding…", "  ", columns, state.theme.quiet()));
            }
        }
        return lines;
    };
    lines.extend(wrapped(
        &verdict.headline,
        "  ",
        columns,
        state.theme.strong(),
    ));
    lines.extend(summary(state, verdict, columns));
    lines.extend(super::contest::outdated(state, session, columns));
    lines.push(Line::default());
    lines.extend(ladder(state, verdict, columns));
    because(state, session, verdict, columns, &mut lines);
    what_else(state, session, verdict, columns, &mut lines);
    if let Some(worth) = &verdict.worth {
        money(state, worth, columns, &mut lines);
    }
    plan(state, verdict, columns, &mut lines);
    lines
}

/// What would change the verdict, and what is worth asking next.
fn what_else(
    state: &State,
    session: &Session,
    verdict: &Verdict,
    columns: usize,
    lines: &mut Vec<Line<'static>>,
) {
    lines.extend(heading(state, "Would change if"));
    for flip in &verdict.flips {
        lines.extend(hanging(
            "  → ",
            &format!(
                "{}  →  {}, {}",
                flip.changes.join(" and "),
                flip.solution.label(),
                flip.readiness.id()
            ),
            columns,
            Style::new(),
        ));
    }
    if verdict.flips.is_empty() {
        lines.extend(wrapped(
            "No small change of what is known would change it.",
            "  ",
            columns,
            Style::new(),
        ));
    }
    let remaining = verdict.remaining.sentences();
    if !remaining.is_empty() || !verdict.next.is_empty() {
        lines.extend(heading(state, "Ask or measure next"));
    }
    for says in remaining {
        lines.extend(wrapped(&says, "  ", columns, Style::new()));
    }
    if !verdict.next.is_empty() {
        for next in &verdict.next {
            let measurement = verdict
                .measurement(&next.question)
                .map(|what| format!("{}.", capitalised(what)));
            let question = session.folder.rubric.question(&next.question);
            let asks = measurement.as_deref().unwrap_or_else(|| {
                question.map_or(next.question.as_str(), |question| question.ask.as_str())
            });
            lines.extend(hanging(
                "  ? ",
                &format!("{asks} {}", next.why),
                columns,
                Style::new(),
            ));
        }
    }
}

fn summary(state: &State, verdict: &Verdict, columns: usize) -> Vec<Line<'static>> {
    let style = match verdict.readiness {
        Readiness::Go | Readiness::Pilot => state.theme.good(),
        Readiness::Wait | Readiness::Clarify | Readiness::Review => state.theme.warning(),
        Readiness::Stop => state.theme.bad(),
    };
    let mut lines = Vec::new();
    for text in [
        format!(
            "Solution: {} ({}), {}",
            verdict.solution.label(),
            verdict.solution_confidence.id(),
            words::rung(verdict.solution)
        ),
        format!(
            "May it start: {} ({}), {}",
            verdict.readiness.id(),
            verdict.readiness_confidence.id(),
            words::readiness(verdict.readiness)
        ),
    ] {
        lines.extend(hanging("  ", &text, columns, style));
    }
    let meaning = match verdict
        .solution_confidence
        .max(verdict.readiness_confidence)
    {
        Confidence::Settled => "Settled: nothing that is still open could change it.",
        Confidence::Leaning => {
            "Leaning: what is known points this way; something open could still change it."
        }
        Confidence::Open => "Open: not enough is known yet; below is what would settle it.",
    };
    lines.extend(wrapped(meaning, "  ", columns, state.theme.quiet()));
    if !verdict.used.evidence {
        lines.extend(wrapped(
            "Nothing was measured yet: this comes from answers alone.",
            "  ",
            columns,
            state.theme.quiet(),
        ));
    }
    lines
}

/// The rungs from the simplest on, one of them in brackets; in more lines where room is short.
fn ladder(state: &State, verdict: &Verdict, columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::from("  ")];
    let mut used = 2;
    for rung in Rung::ALL {
        let name = rung.label();
        let (text, style) = if rung == verdict.solution {
            (format!("[{}]", name.to_uppercase()), state.theme.accent())
        } else if verdict.could_be.solutions.contains(&rung) {
            (format!("{name}?"), Style::new())
        } else {
            (name.to_owned(), state.theme.quiet())
        };
        let columns_of_text = crate::text::width(&text) + 2;
        if used + columns_of_text > columns {
            lines.push(Line::from("  "));
            used = 2;
        }
        used += columns_of_text;
        if let Some(line) = lines.last_mut() {
            line.push_span(Span::styled(text, style));
            line.push_span(Span::raw("  "));
        }
    }
    lines
}

fn because(
    state: &State,
    session: &Session,
    verdict: &Verdict,
    columns: usize,
    lines: &mut Vec<Line<'static>>,
) {
    lines.extend(heading(state, "Because"));
    for (position, finding) in verdict.findings.iter().enumerate() {
        lines.extend(hanging(
            &format!("  {} ", position + 1),
            &format!(
                "{} ({})",
                finding.text,
                source_words(session, &finding.source)
            ),
            columns,
            Style::new(),
        ));
    }
    for contradiction in &verdict.contradictions {
        lines.extend(hanging(
            "  ▲ ",
            &format!(
                "You answered: {}. Measured: {}. {}",
                contradiction.answered, contradiction.measured, contradiction.remedy
            ),
            columns,
            state.theme.warning(),
        ));
    }
}

fn source_words(session: &Session, source: &str) -> String {
    match source.split_once(':') {
        Some(("question", id)) => format!("your answer, {}", place_of(session, id)),
        Some(("contest", _)) => "measured".to_owned(),
        Some(("policy", _)) => "the rules of the verdict".to_owned(),
        Some(_) | None => match source {
            "contest" => "measured".to_owned(),
            "value" => "your costs".to_owned(),
            other => other.to_owned(),
        },
    }
}

/// A question by its section and its number in it, such as "Fit 9".
fn place_of(session: &Session, id: &str) -> String {
    let dimensions = &session.folder.rubric.dimensions;
    dimensions
        .iter()
        .find_map(|dimension| {
            let place = dimension
                .questions
                .iter()
                .position(|question| question.id == id)?;
            Some(format!("{} {}", dimension.title, place + 1))
        })
        .unwrap_or_else(|| id.to_owned())
}

pub(super) fn export(state: &State, export: &Export, frame: &mut Frame<'_>, body: Rect) {
    let head = export_head(state, export, usize::from(body.width));
    parts::draw(frame, body, head);
    let what = if export.rule {
        Long::Rule
    } else {
        Long::Report
    };
    long::draw(state, what, frame, body, export.scroll);
}

/// What stands above the preview: what to do, or what was written.
pub(super) fn export_head(state: &State, export: &Export, columns: usize) -> Vec<Line<'static>> {
    let mut head = Vec::new();
    if export.written.is_empty() {
        head.extend(wrapped(
            "This is what will be handed on. w writes it into the case folder.",
            "  ",
            columns,
            state.theme.accent(),
        ));
    } else {
        for path in &export.written {
            head.extend(hanging(
                "  ✓ ",
                &path.display().to_string(),
                columns,
                state.theme.good(),
            ));
        }
    }
    head.push(Line::default());
    head
}

/// The report or the rule.
pub(super) fn preview(state: &State, export: &Export, columns: usize) -> Vec<Line<'static>> {
    if let Some(problem) = &export.problem {
        let mut lines = hanging("  ▲ ", &problem.message, columns, state.theme.bad());
        lines.extend(wrapped(&problem.remedy, "    ", columns, Style::new()));
        return lines;
    }
    match &export.preview {
        None => wrapped("Writing the preview…", "  ", columns, state.theme.quiet()),
        Some(preview) if !export.rule => page(state.theme, &preview.report, columns),
        Some(preview) => match &preview.rule {
            Some(rule) => clean_lines(rule)
                .lines()
                .flat_map(|line| wrap_keeping_indent(line, columns.saturating_sub(3)))
                .map(|line| Line::raw(format!("  {line}")))
                .collect(),
            None => wrapped(
                "The solution is nothing that SQL can hold, so there is no rule.sql. Tab shows the report.",
                "  ",
                columns,
                Style::new(),
            ),
        },
    }
}

/// Wraps a line; its leading spaces (code of a rule, nested points) stay.
pub(super) fn wrap_keeping_indent(line: &str, columns: usize) -> Vec<String> {
    let text = line.trim_start();
    let indent = " ".repeat((line.len() - text.len()).min(columns / 2));
    wrap(&clean(text), columns.saturating_sub(indent.len()))
        .into_iter()
        .map(|line| format!("{indent}{line}"))
        .collect()
}
