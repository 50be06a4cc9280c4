//! What the words of a screen mean: those of the screen first, then all others.

use super::state::{Context, Panel, Screen, State};
use crate::workflow;

/// A word and what it means.
pub type Meaning = (&'static str, &'static str);

/// What to read from a leaderboard and its comparisons.
const CONTEST: [Meaning; 6] = [
    (
        "A line of the leaderboard",
        "● is the mean score over all tests. ├ and ┤ are the ends of its 95 % interval. ✓ marks what is recommended.",
    ),
    (
        "Test",
        "One part of the rows is kept aside, everything is learned from the others, and the part is predicted. Tests are folds times repeats.",
    ),
    (
        "Better, worse",
        "Of the richer one over the simpler one: by more than the margin, with a chance of at least 95 %.",
    ),
    (
        "Practically the same",
        "The difference is smaller than the margin, with a chance of at least 95 %: it does not pay to care.",
    ),
    (
        "Not better by the margin",
        "Better by more than the margin has a chance of at most 5 %; whether it is the same or worse is not settled.",
    ),
    ("Inconclusive", "The tests do not tell. More rows would."),
];

/// What to read from a verdict.
const DECISION: [Meaning; 3] = [
    (
        "The ladder",
        "From what needs no software to what needs the most. The one in brackets is good enough; one with a question mark is still possible.",
    ),
    (
        "Would change if",
        "The smallest changes of what is known that would lead to another verdict.",
    ),
    (
        "Low…high, likely",
        "Money lies between the first two, hardly beyond; most likely near the last.",
    ),
];

/// What to read from the columns.
const COLUMNS: [Meaning; 7] = [
    ("Target", "What is predicted."),
    ("Feature", "What it may be predicted from."),
    (
        "In time",
        "Whether the column is known when the decision is made. What is filled in afterwards makes every test look brilliant and every launch fail.",
    ),
    (
        "Time, group",
        "When a row happened, and what it belongs to. The tests never train on the future, nor on the same group.",
    ),
    (
        "Protected",
        "An attribute such as gender: nothing is predicted from it; errors are compared between its values.",
    ),
    (
        "Id, weight, incumbent",
        "A name of the row; how much the row counts; a prediction that came with the data.",
    ),
    ("Ignored", "Left out."),
];

/// What to read from the questions and their scores.
const QUESTIONS: [Meaning; 2] = [
    (
        "So far",
        "The verdict as it would be now. It changes with every answer.",
    ),
    (
        "▲ decides, would decide",
        "One answer that forces or limits a part of the verdict alone, whatever the scores are (a gate).",
    ),
];

/// The words of the screen that is shown, then those of verdicts and benchmarks.
pub fn meanings(state: &State) -> Vec<Meaning> {
    let evidence = state
        .session
        .as_ref()
        .and_then(|session| session.evidence.as_deref());
    let (verdict, mut measured): (Vec<Meaning>, Vec<Meaning>) = {
        let of_verdicts = workflow::meanings(None);
        let all = workflow::meanings(evidence);
        all.into_iter()
            .partition(|meaning| of_verdicts.contains(meaning))
    };
    if let Some(Screen::Contest(contest)) = state.screen() {
        begin_with(&mut measured, subject(contest.panel));
    }
    let (own, first, then): (&[Meaning], _, _) = match state.place() {
        Context::Contest | Context::Measuring | Context::Unmeasured => {
            (&CONTEST, measured, verdict)
        }
        Context::Decision | Context::Export => (&DECISION, verdict, measured),
        Context::Columns | Context::Prompt | Context::Picker => (&COLUMNS, verdict, measured),
        Context::Overview
        | Context::Options
        | Context::Field
        | Context::Line
        | Context::Draft
        | Context::Note
        | Context::Sections
        | Context::Review => (&QUESTIONS, verdict, measured),
        Context::Home
        | Context::Filter
        | Context::Demos
        | Context::Demo
        | Context::NewCase
        | Context::Overlay => (&[], verdict, measured),
    };
    own.iter().copied().chain(first).chain(then).collect()
}

/// The word that a panel is about.
const fn subject(panel: Panel) -> &'static str {
    match panel {
        Panel::Board | Panel::Warnings | Panel::Rule | Panel::Metrics => "",
        Panel::Comparisons => "Chance of being better",
        Panel::Learning => "Learning curve",
        Panel::Calibration => "Calibration",
        Panel::Forecasts => "Forecasts from successive moments (rolling origin)",
    }
}

/// Puts one word before the others.
fn begin_with(meanings: &mut [Meaning], word: &str) {
    if let Some(position) = meanings.iter().position(|(term, _)| *term == word) {
        meanings[..=position].rotate_right(1);
    }
}
