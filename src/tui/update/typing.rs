//! What is typed becomes the answer, or its note, once it is finished: by Enter
//! or by going on. Esc leaves the answer as it was.

use super::questions::remember;
use super::save_only;
use crate::assessment::{Answer, Assessment, GivenAnswer, parse_answer};
use crate::rubric::QuestionKind;
use crate::tui::effect::Effect;
use crate::tui::input::Input;
use crate::tui::session::{FramingLine, Item, Session};
use crate::tui::state::{Screen, State};

/// What separates the steps of a chain of whys while it is typed.
pub(in crate::tui) const BECAUSE: &str = "=>";

/// What is typed stands in the field or the note until it is kept; what could
/// not be kept is told at once.
pub(super) fn typed(state: &mut State, change: impl FnOnce(&mut Input) -> bool) -> Vec<Effect> {
    let (Some(session), Some(Screen::Questions(questions))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return Vec::new();
    };
    if let Some(note) = &mut questions.note {
        change(note);
        return Vec::new();
    }
    if change(&mut questions.field) {
        questions.fault = read(session, &questions.at, questions.field.text()).err();
    }
    Vec::new()
}

/// Keeps what is typed, as the answer or as its note; none if it cannot be an
/// answer, and then it says why.
pub(super) fn keep(state: &mut State) -> Option<Vec<Effect>> {
    let today = state.today.clone();
    let (Some(session), Some(Screen::Questions(questions))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return Some(Vec::new());
    };
    let id = questions.at.clone();
    if let Some(note) = &questions.note {
        let text = Some(note.text().trim().to_owned()).filter(|text| !text.is_empty());
        let mut given = session.folder.case.answers.0.get(&id).cloned();
        if given.as_ref().is_none_or(|given| given.note == text) {
            return Some(Vec::new());
        }
        remember(session, questions);
        if let Some(given) = &mut given {
            given.note = text;
        }
        session.set_given(&id, given);
        return Some(save_only(state));
    }
    if !session.is_draft(questions) {
        return Some(Vec::new());
    }
    match read(session, &id, questions.field.text()) {
        Err(fault) => {
            questions.fault = Some(fault);
            return None;
        }
        Ok(Typed::Line(line, text)) => {
            remember(session, questions);
            session.set_framing(line, text);
        }
        Ok(Typed::Nothing) => {
            remember(session, questions);
            session.set_given(&id, None);
        }
        Ok(Typed::Answer(answer)) => {
            remember(session, questions);
            let before = session.assessment.clone();
            set_answer(session, &id, answer, &today);
            session.changed = what_changed(&before, session);
        }
    }
    questions.fault = None;
    questions.field.set(&session.standing(&id));
    session.stale = true;
    Some(save_only(state))
}

/// What a typed text means.
enum Typed {
    /// A line of the framing sheet.
    Line(FramingLine, Option<String>),
    /// No answer.
    Nothing,
    /// An answer.
    Answer(Answer),
}

/// Reads what is typed, or says why it cannot be an answer.
fn read(session: &Session, id: &str, text: &str) -> Result<Typed, String> {
    let text = text.trim();
    match session.item(id) {
        Some(Item::Framing(line)) => Ok(Typed::Line(
            line,
            Some(text.to_owned()).filter(|text| !text.is_empty()),
        )),
        Some(Item::Question(question)) if !text.is_empty() => {
            parse_answer(&session.folder.rubric, &question.id, text)
                .map(Typed::Answer)
                .map_err(|problem| {
                    let message = problem.message;
                    message
                        .strip_prefix(&format!("{id}: "))
                        .map_or(message.clone(), str::to_owned)
                })
        }
        Some(Item::Question(_)) | None => Ok(Typed::Nothing),
    }
}

/// Takes an answer that stands for all.
pub(in crate::tui) fn set_answer(session: &mut Session, id: &str, answer: Answer, today: &str) {
    let mut given = session
        .folder
        .case
        .answers
        .0
        .get(id)
        .cloned()
        .unwrap_or_else(|| GivenAnswer::plain(Answer::Unknown));
    if given.answer != answer {
        // Who gave the last one did not give this one.
        given.by = None;
    }
    given.replace(answer);
    given.at = Some(today.to_owned());
    session.set_given(id, Some(given));
}

/// Which score an answer moved, in a sentence.
pub(super) fn what_changed(before: &Assessment, session: &Session) -> Option<String> {
    let rubric = &session.folder.rubric;
    let mut parts: Vec<String> = before
        .dimensions
        .iter()
        .zip(&session.assessment.dimensions)
        .zip(&rubric.dimensions)
        .filter(|((old, new), _)| (old.low, old.high) != (new.low, new.high))
        .map(|((old, new), dimension)| {
            format!(
                "{} {}…{} → {}…{}",
                dimension.title,
                percent(old.low),
                percent(old.high),
                percent(new.low),
                percent(new.high)
            )
        })
        .collect();
    let (was, is) = (before.visible.len(), session.assessment.visible.len());
    if is < was {
        parts.push(format!("{} questions fewer", was - is));
    } else if is > was {
        parts.push(format!("{} questions more", is - was));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// A share in whole percent.
pub(in crate::tui) fn percent(share: f64) -> u64 {
    (100.0 * share.clamp(0.0, 1.0)).round() as u64
}

/// Whether an item takes a rule or a chain of whys, whose hint differs.
pub(in crate::tui) fn hint(item: &Item<'_>) -> String {
    match item {
        Item::Framing(_) => "Type a sentence.".to_owned(),
        Item::Question(question) => match &question.kind {
            QuestionKind::Choice(_) => String::new(),
            QuestionKind::Number {
                unit,
                minimum,
                maximum,
                ..
            } => {
                format!("A number from {minimum} to {maximum} ({unit}).")
            }
            QuestionKind::Text { .. } => "Type a sentence or two.".to_owned(),
            QuestionKind::Rule => {
                "A condition over columns of the data, such as: tenure < 6 and contract = 'monthly'"
                    .to_owned()
            }
            QuestionKind::Whys { max_steps } => {
                format!(
                    "Type the first because, then {BECAUSE} and the because of that; up to {max_steps}."
                )
            }
        },
    }
}
