//! What the words of a verdict mean, in a sentence each.

use crate::contest::{SplitKind, Tier};
use crate::rubric::{WaitFor, Who};
use crate::vocabulary::{Confidence, Readiness, Rung};

/// What a rung is.
pub(crate) const fn rung(rung: Rung) -> &'static str {
    match rung {
        Rung::ProcessFix => "no software: a form, a page, training, a fix upstream",
        Rung::Query => "SQL, a report, a lookup table",
        Rung::Heuristic => "a rule that a person can read and keep",
        Rung::MinimumViableModel => {
            "the smallest model that works, such as a line or a shallow tree"
        }
        Rung::StrongerModel => "an ensemble or beyond",
        Rung::FoundationModel => "a generative model, usually a vendor's",
    }
}

/// What a readiness asks for.
pub(crate) const fn readiness(readiness: Readiness) -> &'static str {
    match readiness {
        Readiness::Go => "start",
        Readiness::Pilot => "start small, reversible and measured",
        Readiness::Wait => "wait for what is missing",
        Readiness::Clarify => "make the requirement or its value clear first",
        Readiness::Review => "legal or ethical review comes first",
        Readiness::Stop => "do not start",
    }
}

/// How firmly something stands.
pub(crate) const fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Settled => "nothing that is still open could change it",
        Confidence::Leaning => {
            "what is known points this way; something open could still change it"
        }
        Confidence::Open => "not enough is known to say",
    }
}

/// What a wait waits for.
pub(crate) const fn wait(wait: WaitFor) -> &'static str {
    match wait {
        WaitFor::Data => "data",
        WaitFor::Infrastructure => "infrastructure",
    }
}

/// A role of a person.
pub(crate) const fn who(who: Who) -> &'static str {
    match who {
        Who::Owner => "product owner",
        Who::Engineer => "engineer",
        Who::Legal => "legal or privacy",
    }
}

/// A way of splitting rows.
pub(crate) const fn split(kind: SplitKind) -> &'static str {
    match kind {
        SplitKind::KFold => "shuffled folds",
        SplitKind::Grouped => "folds that keep each entity together",
        SplitKind::TimeOrdered => "earlier rows train, later rows test",
        SplitKind::Holdout => "one part set aside",
        SplitKind::RollingOrigin => "forecasts from successive moments",
    }
}

/// A tier or an external contender by its id, for sentences.
pub(crate) fn side(id: &str) -> String {
    match tier(id) {
        Some(Tier::Naive) => "the naive guess".to_owned(),
        Some(Tier::Heuristic) => "the readable rule".to_owned(),
        Some(Tier::MinimumViableModel) => "the minimum viable model".to_owned(),
        Some(Tier::Headroom) => "the headroom probe".to_owned(),
        Some(Tier::External) => "the external predictions".to_owned(),
        None => id.to_owned(),
    }
}

/// A tier or an external contender by its id, for tables.
pub(crate) fn side_label(id: &str) -> String {
    tier(id).map_or_else(|| id.to_owned(), |tier| tier.label().to_owned())
}

fn tier(id: &str) -> Option<Tier> {
    Tier::ALL.into_iter().find(|tier| tier.id() == id)
}

/// What a gate does, in words; as the verdict wrote it, where these are not its words.
pub(crate) fn effect(effect: &str) -> String {
    let words: Vec<&str> = effect.split(' ').collect();
    match words.as_slice() {
        ["force", "solution", rung] => format!("the solution is {}", rung.replace('-', " ")),
        ["cap", "solution", rung] => format!("the solution is at most {}", rung.replace('-', " ")),
        ["force" | "cap", "readiness", readiness] => {
            format!("the readiness is at best {readiness}")
        }
        _ => effect.to_owned(),
    }
}
