//! Parts of sentences that several texts of a verdict share.

use crate::assessment::{Answer, answer_in_words};
use crate::rubric::{Effect, Question, QuestionKind, Rubric};
use crate::text::clean;
use crate::vocabulary::{Readiness, Rung};

/// What a rung is, as the object of a sentence: "a report or a lookup".
pub(super) fn thing(rung: Rung) -> &'static str {
    match rung {
        Rung::ProcessFix => "a fix of the process",
        Rung::Query => "a query or a lookup table",
        Rung::Heuristic => "a rule that people can read",
        Rung::MinimumViableModel => "a minimum viable model",
        Rung::StrongerModel => "a stronger model",
        Rung::FoundationModel => "a generative model",
    }
}

/// The question as it stands in a sentence.
pub(super) fn ask(question: &Question) -> String {
    format!("“{}”", clean(&question.ask))
}

/// The option in words, or its key.
pub(super) fn label(rubric: &Rubric, question: &str, key: &str) -> String {
    let label = rubric
        .question(question)
        .and_then(|question| question.choice(key));
    clean(label.map_or(key, |choice| &choice.label))
}

/// An answer in words; options by their label.
pub(super) fn answer(question: &Question, answer: &Answer) -> String {
    clean(&answer_in_words(Some(question), answer))
}

/// A number with the unit of its question.
pub(super) fn counted(question: &Question, number: f64) -> String {
    match &question.kind {
        QuestionKind::Number { unit, .. } => clean(&format!("{} {unit}", figure(number))),
        QuestionKind::Choice(_)
        | QuestionKind::Text { .. }
        | QuestionKind::Rule
        | QuestionKind::Whys { .. } => figure(number),
    }
}

/// An effect as the verdict writes it: `cap solution query`, `force readiness wait`, `require self-hosted`.
pub fn effect(effect: &Effect) -> String {
    match effect {
        Effect::ForceSolution(rung) => format!("force solution {rung}"),
        Effect::CapSolution(rung) => format!("cap solution {rung}"),
        Effect::ForceReadiness(readiness, _) => format!("force readiness {readiness}"),
        Effect::CapReadiness(readiness) => format!("cap readiness {readiness}"),
        Effect::StepDown => "step-down".to_owned(),
        Effect::Require(what) => format!("require {}", clean(what)),
    }
}

/// `heuristic · go`.
pub(super) fn both(solution: Rung, readiness: Readiness) -> String {
    format!("{} · {readiness}", solution.label())
}

/// A number to three significant digits, for people.
pub(super) fn figure(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let magnitude = value.abs().log10().floor() as i32;
    let decimals = usize::try_from((2 - magnitude).clamp(0, 6)).unwrap_or(0);
    let text = format!("{value:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A whole number with a comma before every three digits.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
