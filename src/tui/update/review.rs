//! What is still open.

use super::{back, moved, page, questions, results};
use crate::assessment::{GivenAnswer, answer_in_words};
use crate::tui::effect::Effect;
use crate::tui::keys::Action;
use crate::tui::session::{Item, Session};
use crate::tui::state::{Screen, State, Tone};

/// A question that is worth a look, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tui) struct OpenQuestion {
    /// Its id.
    pub(in crate::tui) id: String,
    /// Why it is listed.
    pub(in crate::tui) why: Why,
}

/// Why a question is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tui) enum Why {
    /// People gave answers that do not agree.
    Disputed,
    /// Nobody answered.
    Unanswered,
    /// Somebody answered that they do not know.
    Unknown,
    /// It was put in other words when it was answered.
    PutOtherwise,
    /// The rubric does not understand its answer any more.
    Meaningless,
}

impl Why {
    /// Every reason, in the order of the list.
    pub(in crate::tui) const ALL: [Self; 5] = [
        Self::Disputed,
        Self::Unanswered,
        Self::Unknown,
        Self::PutOtherwise,
        Self::Meaningless,
    ];

    /// Its sign.
    pub(in crate::tui) const fn sign(self) -> &'static str {
        match self {
            Self::Disputed => "≠",
            Self::Unanswered => "○",
            Self::Unknown => "?",
            Self::PutOtherwise => "~",
            Self::Meaningless => "✗",
        }
    }

    /// What is wrong with so many questions, in words.
    pub(in crate::tui) const fn says(self) -> &'static str {
        match self {
            Self::Disputed => "people disagree",
            Self::Unanswered => "open",
            Self::Unknown => "don't know",
            Self::PutOtherwise => "put otherwise now",
            Self::Meaningless => "without meaning now",
        }
    }
}

/// Questions that are worth a look, each once, in the order of the reasons.
pub(in crate::tui) fn open_questions(session: &Session) -> Vec<OpenQuestion> {
    let mut open: Vec<OpenQuestion> = Vec::new();
    for why in Why::ALL {
        for id in ids(session, why) {
            if open.iter().all(|known| known.id != id) {
                open.push(OpenQuestion { id, why });
            }
        }
    }
    open
}

fn ids(session: &Session, why: Why) -> Vec<String> {
    let assessment = &session.assessment;
    let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
    match why {
        Why::Disputed => assessment.disputed.clone(),
        Why::Unanswered => {
            let items = session.items();
            let framing = items
                .iter()
                .filter(|item| matches!(item, Item::Framing(_)) && !session.is_answered(item))
                .map(|item| item.id().to_owned());
            framing
                .chain(assessment.unanswered.iter().cloned())
                .collect()
        }
        Why::Unknown => assessment.unknown.clone(),
        Why::PutOtherwise => owned(session.folder.asked_otherwise()),
        Why::Meaningless => owned(session.folder.without_meaning()),
    }
}

/// Who answered what, in words: "engineer (Ada): Yes".
pub(in crate::tui) fn voice(session: &Session, id: &str, given: &GivenAnswer) -> String {
    let who = match (given.role, given.by.as_deref()) {
        (Some(role), Some(name)) => format!("{} ({name}): ", role.id()),
        (Some(role), None) => format!("{}: ", role.id()),
        (None, Some(name)) => format!("{name}: "),
        (None, None) => String::new(),
    };
    let says = answer_in_words(session.folder.rubric.question(id), &given.answer);
    format!("{who}{says}")
}

/// Takes an action on the list.
pub(super) fn act(state: &mut State, action: Action) -> Vec<Effect> {
    let by_page = page(state);
    let (Some(session), Some(Screen::Review { marked })) =
        (&state.session, state.screens.last_mut())
    else {
        return back(state);
    };
    let open = open_questions(session);
    match action {
        Action::Up => *marked = moved(*marked, open.len(), -1),
        Action::Down => *marked = moved(*marked, open.len(), 1),
        Action::PageUp => *marked = moved(*marked, open.len(), -by_page),
        Action::PageDown => *marked = moved(*marked, open.len(), by_page),
        Action::First => *marked = 0,
        Action::Last => *marked = open.len().saturating_sub(1),
        Action::Accept => {
            let Some(question) = open.get(*marked).cloned() else {
                return results::open_decision(state);
            };
            let id = question.id;
            if session.item(&id).is_none() {
                state.say(
                    Tone::Plain,
                    "This is asked no more. The answer stays in case.yaml and counts for nothing.",
                );
                return Vec::new();
            }
            state.screens.pop();
            if let (Some(session), Some(Screen::Questions(questions))) =
                (&state.session, state.screens.last_mut())
            {
                questions.go(session, &id);
                return Vec::new();
            }
            return questions::open(state, Some(&id));
        }
        Action::Decide => return results::open_decision(state),
        Action::Back => return back(state),
        _ => {}
    }
    Vec::new()
}
