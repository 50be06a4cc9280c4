//! Words that a policy's conditions use, and what they stand for.

use serde_yaml::{Location, Spanned};

use super::known::empty_condition;
use super::policy::GateKind;
use super::policy_raw::RawRungs;
use super::yaml::at;
use crate::problem::{Problem, nearest};
use crate::vocabulary::Rung;

/// Kinds of gate by the word for them.
pub(super) const GATES: [(&str, GateKind); 6] = [
    ("stop", GateKind::Stop),
    ("review", GateKind::Review),
    ("clarify", GateKind::Clarify),
    ("data", GateKind::Data),
    ("infrastructure", GateKind::Infrastructure),
    ("pilot", GateKind::Pilot),
];
/// What a benchmark can say besides a rung.
const NOTHING: &str = "nothing";
const NO_SIGNAL: &str = "no-signal";

/// Refuses what is only known once the solution is.
pub(super) fn in_readiness(key: &Spanned<String>, is_readiness: bool) -> Result<(), Problem> {
    if is_readiness {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "wrong-table",
            format!(
                "expected a condition that is known before the solution, found \"{}\"",
                key.value
            ),
            "only rows of the readiness may read the solution",
        ),
        key.referenced,
    ))
}

/// What a word stands for.
pub(super) fn word_of<T: Clone>(
    word: &str,
    place: Location,
    known: &[(&str, T)],
) -> Result<T, Problem> {
    let found = known.iter().find(|(name, _)| *name == word);
    found.map(|(_, value)| value.clone()).ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        unknown_word(word, place, &names)
    })
}

/// The number of what a benchmark recommends.
pub(super) fn measured(word: &str, place: Location) -> Result<u32, Problem> {
    match word {
        NOTHING => Ok(0),
        NO_SIGNAL => Ok(1),
        rung => {
            let known = Rung::ALL.iter().position(|known| known.id() == rung);
            known.map(|place| place as u32 + 2).ok_or_else(|| {
                let names: Vec<&str> = [NOTHING, NO_SIGNAL]
                    .into_iter()
                    .chain(Rung::ALL.iter().map(|rung| rung.id()))
                    .collect();
                unknown_word(rung, place, &names)
            })
        }
    }
}

fn unknown_word(word: &str, place: Location, known: &[&str]) -> Problem {
    at(
        Problem::new(
            "unknown-word",
            format!("expected one of {}, found \"{word}\"", known.join(", ")),
            match nearest(word, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "use one of these words".to_owned(),
            },
        ),
        place,
    )
}

/// The rungs of a range, as bits; a range names at least one end.
pub(super) fn rung_range(range: &RawRungs, place: Location) -> Result<u32, Problem> {
    if range.at_least.is_none() && range.at_most.is_none() {
        return Err(at(empty_condition(), place));
    }
    Ok(rungs(range.at_least, range.at_most))
}

/// The places on the ladder between two rungs, both included, as bits.
pub(super) fn rungs(at_least: Option<Rung>, at_most: Option<Rung>) -> u32 {
    Rung::ALL
        .iter()
        .enumerate()
        .filter(|(_, rung)| at_least.is_none_or(|low| **rung >= low))
        .filter(|(_, rung)| at_most.is_none_or(|high| **rung <= high))
        .map(|(place, _)| 1 << place)
        .sum()
}
