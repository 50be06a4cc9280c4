//! The questions, one after the other.

use super::talk::Talk;
use crate::assessment::{Answer, parse_answer};
use crate::problem::Problem;
use crate::rubric::Question;
use crate::tui::session::{Item, Session};
use crate::tui::{update, view};
use crate::workflow;

/// Asks one question after the other, from the first one that is open.
pub(super) fn questions(
    session: &mut Session,
    today: &str,
    talk: &mut Talk<'_>,
) -> Result<(), Problem> {
    talk.say("Answer with a number or a word. Empty line: leave it as it is. ? explains, b goes back, open lists what is open, note TEXT writes a note beside the answer, q ends the questions. Everything is saved at once.")?;
    let mut trail: Vec<String> = Vec::new();
    let mut told = String::new();
    let mut at = next(session, &trail, &mut told, talk)?;
    while let Some(id) = at.clone() {
        let Some(item) = session.item(&id) else { break };
        say_item(session, &item, talk)?;
        let Some(line) = talk.hear()? else { break };
        let forward = match line.as_str() {
            "q" => break,
            "b" => false,
            "?" => {
                explain(&item, talk)?;
                continue;
            }
            "open" => {
                list_open(session, talk)?;
                continue;
            }
            "" => true,
            text => {
                let note = text.strip_prefix("note ");
                let taken = match note {
                    Some(note) => write_note(session, &id, note),
                    None => take(session, &id, text, today),
                };
                if let Err(problem) = &taken {
                    talk.complain(problem)?;
                }
                if taken.is_err() || note.is_some() {
                    continue;
                }
                true
            }
        };
        at = if forward {
            trail.retain(|passed| *passed != id);
            trail.push(id);
            next(session, &trail, &mut told, talk)?
        } else {
            Some(trail.pop().unwrap_or(id))
        };
    }
    Ok(())
}

/// What is worth asking next; says how many questions could still change the
/// verdict, whenever that has changed.
fn next(
    session: &Session,
    passed: &[String],
    told: &mut String,
    talk: &mut Talk<'_>,
) -> Result<Option<String>, Problem> {
    let remaining = workflow::remaining(&session.folder)?;
    let says = remaining.says();
    if says != *told {
        talk.say("")?;
        talk.say(&says)?;
        *told = says;
    }
    Ok(session.next_of(Some(&remaining), passed))
}

fn say_item(session: &Session, item: &Item<'_>, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let section = &session.folder.rubric.dimensions[session.section(item.id())].title;
    talk.say("")?;
    match item {
        Item::Framing(line) => {
            talk.say(&format!("{section}: {}", line.asks()))?;
            if let Some(text) = session.framing(*line) {
                talk.say(&format!("So far: {text}"))?;
            }
        }
        Item::Question(question) => {
            talk.say(&format!("{section}: {}", question.ask))?;
            for (number, label) in options(question) {
                talk.say(&format!("{number}. {label}"))?;
            }
            if let Some(given) = session.folder.case.answers.0.get(&question.id) {
                for voice in given.voices() {
                    let says = update::voice(session, &question.id, voice);
                    talk.say(&format!("So far: {says}"))?;
                }
                if let Some(note) = &given.note {
                    talk.say(&format!("Note: {note}"))?;
                }
            }
            for gate in session
                .assessment
                .gates
                .iter()
                .filter(|gate| gate.question == question.id)
            {
                talk.say(&view::gate_words(gate))?;
            }
        }
    }
    let hint = update::hint(item);
    if hint.is_empty() {
        Ok(())
    } else {
        talk.say(&hint)
    }
}

/// What is still open, and why each question is worth a look.
fn list_open(session: &Session, talk: &mut Talk<'_>) -> Result<(), Problem> {
    for open in update::open_questions(session) {
        let asks = match session.item(&open.id) {
            Some(Item::Framing(line)) => line.asks(),
            Some(Item::Question(question)) => &question.ask,
            None => &open.id,
        };
        talk.say(&format!("{}: {asks}", open.why.says()))?;
    }
    Ok(())
}

fn write_note(session: &mut Session, id: &str, note: &str) -> Result<(), Problem> {
    let Some(mut given) = session.folder.case.answers.0.get(id).cloned() else {
        return Err(Problem::new(
            "no-answer",
            "A note stands beside an answer",
            "answer first, if only unknown",
        ));
    };
    given.note = Some(note.to_owned());
    session.set_given(id, Some(given));
    session.folder.save()
}

fn options(question: &Question) -> Vec<(usize, String)> {
    let item = Item::Question(question);
    let mut labels: Vec<String> = question
        .choices()
        .iter()
        .map(|choice| choice.label.clone())
        .collect();
    if !item.is_typed() {
        labels.push("Don't know".to_owned());
        if question.not_applicable.is_some() {
            labels.push("Not applicable".to_owned());
        }
    }
    labels
        .into_iter()
        .enumerate()
        .map(|(position, label)| (position + 1, label))
        .collect()
}

fn explain(item: &Item<'_>, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let (help, why) = match item {
        Item::Framing(line) => (line.help(), line.why()),
        Item::Question(question) => (question.help.as_str(), question.why.as_str()),
    };
    talk.say(&format!("For example: {help}"))?;
    talk.say(&format!("Why we ask: {why}"))?;
    talk.say("\"unknown\" means don't know; \"na\" means not applicable, where allowed.")
}

fn take(session: &mut Session, id: &str, text: &str, today: &str) -> Result<(), Problem> {
    match session.item(id) {
        Some(Item::Framing(line)) => session.set_framing(line, Some(text.to_owned())),
        Some(item @ Item::Question(question)) => {
            let number = text.parse::<usize>().ok().filter(|_| !item.is_typed());
            let answer: Answer =
                match number.and_then(|number| item.answer_of(number.checked_sub(1)?)) {
                    Some(answer) => answer,
                    None => parse_answer(&session.folder.rubric, &question.id, text)?,
                };
            update::set_answer(session, id, answer, today);
        }
        None => {}
    }
    session.folder.save()
}
