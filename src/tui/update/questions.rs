//! The questionnaire: answers are taken into the case at once, and the disk follows.

use super::typing::{keep, set_answer, what_changed};
use super::{back, moved, results, save};
use crate::assessment::Answer;
use crate::case::{Case, CaseFolder};
use crate::tui::effect::Effect;
use crate::tui::input::Input;
use crate::tui::keys::Action;
use crate::tui::session::{Item, Session, StepBack};
use crate::tui::state::{Context, LONGEST_LINE, Questions, Screen, State, Tone};

/// Opens the questionnaire at a question, or where it was left: at what is most worth asking.
pub(super) fn open(state: &mut State, at: Option<&str>) -> Vec<Effect> {
    let Some(session) = &state.session else {
        return Vec::new();
    };
    let first = || session.items().first().map(|item| item.id().to_owned());
    let at = at
        .map(str::to_owned)
        .or_else(|| session.next_by_use(&[]))
        .or_else(first);
    let Some(at) = at else {
        return Vec::new();
    };
    let mut questions = Questions {
        at: String::new(),
        row: 0,
        field: Input::new("", LONGEST_LINE),
        fault: None,
        note: None,
        sections: None,
        by_section: false,
        trail: Vec::new(),
        remembered: false,
    };
    questions.go(session, &at);
    state.push(Screen::Questions(questions));
    results::decide_if_unknown(state)
}

impl Questions {
    /// Shows another question with the answer that it has.
    pub(super) fn go(&mut self, session: &Session, id: &str) {
        id.clone_into(&mut self.at);
        self.fault = None;
        self.note = None;
        self.sections = None;
        self.remembered = false;
        self.row = 0;
        let Some(item) = session.item(id) else {
            self.field.set("");
            return;
        };
        self.field.set(&session.standing(id));
        if let Some(answer) = session.folder.case.answers.get(id) {
            let row = (0..item.rows()).find(|row| item.answer_of(*row).as_ref() == Some(answer));
            self.row = row.unwrap_or(0);
        }
    }
}

/// Puts together what somebody else wrote and what was answered here.
pub(super) fn rebase(state: &mut State, standing: CaseFolder) -> Vec<Effect> {
    let Some(session) = &mut state.session else {
        return Vec::new();
    };
    let before = session.folder.case.clone();
    let drafts: Vec<String> = state
        .screens
        .iter()
        .filter_map(|screen| match screen {
            Screen::Questions(questions) if session.is_draft(questions) => {
                Some(questions.at.clone())
            }
            _ => None,
        })
        .collect();
    session.rebase(standing);
    for screen in &mut state.screens {
        // What is being typed stays in the field, whatever others answered meanwhile.
        if let Screen::Questions(questions) = screen
            && !drafts.contains(&questions.at)
            && stands_otherwise(session, &before, &questions.at)
        {
            let at = questions.at.clone();
            questions.go(session, &at);
        }
    }
    state.say(
        Tone::Plain,
        "Somebody else changed this case meanwhile; their changes and yours are now both in it.",
    );
    results::decide(state).into_iter().collect()
}

fn stands_otherwise(session: &Session, before: &Case, id: &str) -> bool {
    match session.item(id) {
        Some(Item::Framing(line)) => line.of(&before.framing).as_deref() != session.framing(line),
        Some(Item::Question(_)) | None => {
            before.answers.0.get(id) != session.folder.case.answers.0.get(id)
        }
    }
}

/// Takes an action; whoever leaves a field has finished what is typed there,
/// and only then is it asked what the verdict would be.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let mut effects = Vec::new();
    if keeps(state, action) {
        match keep(state) {
            Some(kept) => effects.extend(kept),
            // What is typed cannot be taken; the reason stands beside it.
            None => return effects,
        }
    }
    effects.extend(done(state, action));
    let is_due = state
        .session
        .as_ref()
        .is_some_and(|session| session.stale && session.deciding.is_none());
    if is_due {
        effects.extend(results::decide(state));
    }
    effects
}

/// Whether an action finishes what is typed: going on in any way but by Esc.
fn keeps(state: &State, action: Action) -> bool {
    match state.context() {
        Context::Note => action == Action::Accept,
        Context::Draft | Context::Field | Context::Line => !matches!(
            action,
            Action::Back | Action::Up | Action::Down | Action::First | Action::Last
        ),
        // Another row is marked, and the text is there still.
        Context::Options => matches!(
            action,
            Action::PreviousQuestion
                | Action::NextQuestion
                | Action::Sections
                | Action::Note
                | Action::Quick
                | Action::Review
        ),
        _ => false,
    }
}

fn done(state: &mut State, action: Action) -> Vec<Effect> {
    let context = state.context();
    let (Some(session), Some(Screen::Questions(questions))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return back(state);
    };
    if context == Context::Note {
        if matches!(action, Action::Accept | Action::Back) {
            questions.note = None;
        }
        return Vec::new();
    }
    if questions.sections.is_some() {
        choose_section(session, questions, action);
        return Vec::new();
    }
    let rows = session.item(&questions.at).map_or(1, |item| item.rows());
    match action {
        Action::Up => questions.row = moved(questions.row, rows, -1),
        Action::Down => questions.row = moved(questions.row, rows, 1),
        Action::First => questions.row = 0,
        Action::Last => questions.row = rows - 1,
        Action::PreviousQuestion => step(session, questions, false),
        Action::NextQuestion => {
            step(session, questions, true);
        }
        Action::Sections => questions.sections = Some(session.section(&questions.at)),
        Action::Note => open_note(session, questions),
        Action::Back if session.is_draft(questions) => {
            questions.field.set(&session.standing(&questions.at));
            questions.fault = None;
            state.say(
                Tone::Plain,
                "What you typed was dropped, the answer is as it was. Esc again leaves.",
            );
        }
        Action::Quick => {
            questions.by_section = !questions.by_section;
            let says = if questions.by_section {
                "Questions follow section by section; f asks by use again."
            } else {
                "What could change the verdict is asked first, the rest for the record."
            };
            state.say(Tone::Plain, says);
        }
        Action::Undo => return undo(state),
        Action::Review => {
            state.push(Screen::Review { marked: 0 });
        }
        Action::Back => return back(state),
        Action::Take(row) if usize::from(row) < rows => {
            questions.row = usize::from(row);
            return take(state, false);
        }
        Action::Mark => return take(state, false),
        Action::Accept => return take(state, true),
        _ => {}
    }
    Vec::new()
}

/// Takes the marked row as the answer; what is typed in a field was kept before.
fn take(state: &mut State, go_on: bool) -> Vec<Effect> {
    let today = state.today.clone();
    let (Some(session), Some(Screen::Questions(questions))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return Vec::new();
    };
    let id = questions.at.clone();
    let answer = session
        .item(&id)
        .and_then(|item| item.answer_of(questions.row));
    let mut changed = false;
    if let Some(answer) = answer {
        if !stands(session, &id, &answer) {
            remember(session, questions);
            let before = session.assessment.clone();
            set_answer(session, &id, answer, &today);
            session.changed = what_changed(&before, session);
            changed = true;
        }
        // A row was taken instead of what may be typed.
        questions.field.set(&session.standing(&id));
        questions.fault = None;
    } else if questions.fault.is_some() {
        // What is typed cannot be taken yet; the reason stands beside it.
        return Vec::new();
    }
    if go_on {
        step(session, questions, true);
        if questions.at == id {
            state.push(Screen::Review { marked: 0 });
        }
    }
    if changed { save(state) } else { Vec::new() }
}

/// Whether an answer stands for all, as the question is put now.
fn stands(session: &Session, id: &str, answer: &Answer) -> bool {
    let given = session.folder.case.answers.0.get(id);
    given.is_some_and(|given| {
        given.answer == *answer && given.others.is_empty() && given.asked_otherwise.is_none()
    })
}

/// One step of undo for each visit of a question.
pub(super) fn remember(session: &mut Session, questions: &mut Questions) {
    if questions.remembered {
        return;
    }
    questions.remembered = true;
    if let Some(step) = session.snapshot(&questions.at) {
        session.remember(step);
    }
}

fn undo(state: &mut State) -> Vec<Effect> {
    let (Some(session), Some(Screen::Questions(questions))) =
        (&mut state.session, state.screens.last_mut())
    else {
        return Vec::new();
    };
    let Some(step) = session.steps_back.pop() else {
        state.say(Tone::Plain, "There is nothing to take back.");
        return Vec::new();
    };
    let id = match step {
        StepBack::Answer(id, given) => {
            session.set_given(&id, given);
            id
        }
        StepBack::Framing(line, text) => {
            session.set_framing(line, text);
            line.id().to_owned()
        }
    };
    session.changed = None;
    questions.go(session, &id);
    let effects = save(state);
    state.say(Tone::Good, "Taken back.");
    effects
}

fn open_note(session: &Session, questions: &mut Questions) {
    let given = session.folder.case.answers.0.get(&questions.at);
    match (session.item(&questions.at), given) {
        (Some(Item::Question(_)), Some(given)) => {
            let text = given.note.clone().unwrap_or_default();
            questions.note = Some(Input::new(&text, LONGEST_LINE));
        }
        (Some(Item::Question(_)), None) => {
            questions.fault = Some(
                "A note stands beside an answer: answer first, if only \"don't know\".".to_owned(),
            );
        }
        (Some(Item::Framing(_)) | None, _) => {}
    }
}

/// Goes on to the next question, or back to the one that was shown before.
fn step(session: &Session, questions: &mut Questions, forward: bool) {
    let here = questions.at.clone();
    if forward && !questions.by_section {
        questions.trail.retain(|id| *id != here);
        questions.trail.push(here.clone());
        if let Some(id) = session.next_by_use(&questions.trail) {
            questions.go(session, &id);
            return;
        }
        // All that is open was passed over: what is answered follows in its order.
    }
    if let (false, Some(id)) = (forward || questions.by_section, questions.trail.pop()) {
        questions.go(session, &id);
        return;
    }
    let ids: Vec<&str> = session.items().iter().map(Item::id).collect();
    let here = ids.iter().position(|id| *id == here);
    let there = match (here, forward) {
        (Some(here), true) => here + 1,
        (Some(here), false) => here.wrapping_sub(1),
        // It vanished; go on where it stood.
        (None, _) => {
            let place = |id: &str| {
                let mut questions = session.folder.rubric.questions();
                questions.position(|(_, question)| question.id == id)
            };
            let here = place(&questions.at);
            ids.iter()
                .position(|id| place(id) > here)
                .unwrap_or(ids.len().saturating_sub(1))
        }
    };
    if let Some(id) = ids.get(there) {
        let id = (*id).to_owned();
        questions.go(session, &id);
    }
}

fn choose_section(session: &Session, questions: &mut Questions, action: Action) {
    let Some(marked) = questions.sections else {
        return;
    };
    let length = session.folder.rubric.dimensions.len();
    match action {
        Action::Up => questions.sections = Some(moved(marked, length, -1)),
        Action::Down => questions.sections = Some(moved(marked, length, 1)),
        Action::First => questions.sections = Some(0),
        Action::Last => questions.sections = Some(length.saturating_sub(1)),
        Action::Accept => {
            let items = session.items();
            let inside: Vec<&Item<'_>> = items
                .iter()
                .filter(|item| session.section(item.id()) == marked)
                .collect();
            let target = inside
                .iter()
                .find(|item| !session.is_answered(item))
                .or(inside.first())
                .map(|item| item.id().to_owned());
            if let Some(id) = target {
                questions.go(session, &id);
            } else {
                questions.fault =
                    Some("Nothing is asked there: earlier answers made it pointless.".to_owned());
                questions.sections = None;
            }
        }
        Action::Back => questions.sections = None,
        _ => {}
    }
}
