//! What is still open.

use super::{back, moved, page, questions, results};
use crate::tui::effect::Effect;
use crate::tui::keys::Action;
use crate::tui::session::{Item, Session};
use crate::tui::state::{Screen, State};

/// Questions that are still open: without an answer first, then *don't know*.
pub(in crate::tui) fn open_questions(session: &Session) -> Vec<(String, bool)> {
    let framing = session
        .items(false)
        .iter()
        .filter(|item| matches!(item, Item::Framing(_)) && !session.is_answered(item))
        .map(|item| (item.id().to_owned(), false))
        .collect::<Vec<_>>();
    let unanswered = session
        .assessment
        .unanswered
        .iter()
        .map(|id| (id.clone(), false));
    let unknown = session
        .assessment
        .unknown
        .iter()
        .map(|id| (id.clone(), true));
    framing
        .into_iter()
        .chain(unanswered)
        .chain(unknown)
        .collect()
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
            let id = open.get(*marked).map(|(id, _)| id.clone());
            let Some(id) = id else {
                return results::open_decision(state);
            };
            state.screens.pop();
            if let (Some(session), Some(Screen::Questions(questions))) =
                (&state.session, state.screens.last_mut())
            {
                questions.quick = false;
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
