//! Whoever never met a word finds what it means, and is led through an example.

use std::collections::BTreeSet;

use ratatui::crossterm::event::KeyCode;

use super::gallery::gallery;
use super::{letter, press, shown};
use crate::contest::{MetricName, Tier};
use crate::tui::meaning::meanings;
use crate::tui::state::{Context, State};
use crate::tui::update::update;

/// Words of statistics that a screen may show, besides the names of metrics and tiers.
const WORDS: [&str; 21] = [
    "chance",
    "margin",
    "interval",
    "tests",
    "fold",
    "repeat",
    "mean",
    "probabilities",
    "calibration",
    "learning curve",
    "better by more than the margin",
    "practically the same",
    "not better by the margin",
    "inconclusive",
    "worse",
    "settled",
    "leaning",
    "open",
    "readiness",
    "rolling origin",
    "gate",
];

fn is_explained(word: &str, state: &State) -> bool {
    meanings(state).iter().any(|(term, meaning)| {
        let entry = format!("{term}. {meaning}").to_lowercase();
        let stem = word.strip_suffix('s').unwrap_or(word);
        entry.contains(stem)
    })
}

#[test]
fn every_word_of_statistics_that_a_screen_shows_has_a_meaning_behind_one_key() {
    let metrics = MetricName::ALL.map(|metric| metric.label().to_lowercase());
    let tiers = Tier::ALL.map(|tier| tier.label().to_lowercase());
    let words = || {
        let listed = WORDS.iter().map(|word| (*word).to_owned());
        listed.chain(metrics.clone()).chain(tiers.clone())
    };
    let mut seen = BTreeSet::new();
    for (name, mut state) in gallery() {
        let context = state.context();
        if !matches!(context, Context::Contest | Context::Decision) {
            continue;
        }
        // All of it, however far one would have to scroll, but for title and keys.
        let whole = shown(&mut state, 120, 200).to_lowercase();
        let lines: Vec<&str> = whole.lines().skip(3).take(195).collect();
        let text = lines.join("\n");
        for word in words().filter(|word| text.contains(word.as_str())) {
            assert!(
                is_explained(&word, &state),
                "{name} shows {word:?}:\n{text}"
            );
            seen.insert(word);
        }
        update(&mut state, letter('i'));
        assert_eq!(state.context(), Context::Overlay, "{name}");
        let (term, _) = meanings(&state)[0];
        assert!(shown(&mut state, 80, 24).contains(term), "{name}");
    }
    assert!(seen.len() > 15, "only {seen:?} were seen");
}

#[test]
fn a_finished_example_is_explained_screen_by_screen_until_it_is_left() {
    let (_, mut state) = gallery()
        .into_iter()
        .find(|(name, _)| *name == "decision")
        .unwrap();
    state.session.as_mut().unwrap().is_guided = true;
    assert!(shown(&mut state, 80, 24).contains("» This is the answer"));
    // What was just said comes first, and so does the screen where room is short.
    state.say(crate::tui::state::Tone::Good, "Written.");
    assert!(!shown(&mut state, 80, 24).contains('»'));
    assert!(!shown(&mut state, 40, 12).contains('»'));
    let mut explained = BTreeSet::new();
    for step in ['1', '2', '3', '5'] {
        update(&mut state, press(KeyCode::Esc));
        assert!(shown(&mut state, 80, 24).contains("» A case has five steps"));
        update(&mut state, letter(step));
        let shown = shown(&mut state, 80, 24);
        if let Some((_, says)) = shown.split_once('»') {
            explained.insert(says.chars().take(20).collect::<String>());
        }
        state.message = None;
    }
    assert_eq!(explained.len(), 4, "{explained:?}");
    while state.screens.len() > 1 {
        update(&mut state, press(KeyCode::Esc));
    }
    assert!(!shown(&mut state, 80, 24).contains('»'));
}
