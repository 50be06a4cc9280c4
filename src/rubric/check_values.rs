//! Single values: ids, texts, scores, ranges.

use std::collections::BTreeSet;

use serde_yaml::{Location, Spanned};

use super::raw::{RawBand, RawDimension, Words};
use super::yaml::at;
use crate::problem::Problem;

/// Most options or bands of a question.
pub(super) const MOST_OPTIONS: usize = 24;
/// Longest text for people, in characters.
pub(super) const LONGEST_TEXT: usize = 1_000;
/// The most weight that a question has.
pub(super) const MOST_WEIGHT: u8 = 3;
/// The most characters that a text question may allow.
pub(super) const MOST_CHARACTERS: u32 = 10_000;
/// The most steps that a chain of whys may allow.
pub(super) const MOST_WHYS: u32 = 20;
/// Longest id.
pub(super) const LONGEST_ID: usize = 64;

/// The numbers that a question accepts.
pub(super) struct NumberRange {
    from: f64,
    to: f64,
}

impl NumberRange {
    pub(super) fn new(from: &Spanned<f64>, to: &Spanned<f64>) -> Result<Self, Problem> {
        let range = Self {
            from: from.value,
            to: to.value,
        };
        if range.from.is_finite() && range.to.is_finite() && range.from < range.to {
            return Ok(range);
        }
        Err(at(
            Problem::new(
                "bad-range",
                format!(
                    "expected `to` above `from`, found {} to {}",
                    range.from, range.to
                ),
                "give the smallest and the largest number that make sense",
            ),
            to.referenced,
        ))
    }

    /// Bands rise strictly inside the range, and only the last has no end.
    pub(super) fn check_bands(&self, bands: &[Spanned<RawBand>]) -> Result<(), Problem> {
        let mut above = self.from;
        for (number, band) in bands.iter().enumerate() {
            let is_last = number + 1 == bands.len();
            match &band.value.below {
                None if is_last => {}
                None => {
                    return Err(at(
                        Problem::new(
                            "bands-not-rising",
                            "expected `below` in every band but the last, found none",
                            "say where this band ends",
                        ),
                        band.referenced,
                    ));
                }
                Some(below) if is_last => {
                    return Err(at(
                        Problem::new(
                            "bands-end-early",
                            format!(
                                "expected the last band to have no end, found `below: {}`",
                                below.value
                            ),
                            "add a last band without `below`",
                        ),
                        below.referenced,
                    ));
                }
                Some(below) => {
                    if !(below.value > above && below.value <= self.to) {
                        return Err(at(
                            Problem::new(
                                "bands-not-rising",
                                format!(
                                    "expected a number above {above} and at most {}, found {}",
                                    self.to, below.value
                                ),
                                "order the bands by `below`, inside the range of the question",
                            ),
                            below.referenced,
                        ));
                    }
                    above = below.value;
                }
            }
        }
        Ok(())
    }
}

pub(super) fn check_score(score: &Spanned<f64>) -> Result<f64, Problem> {
    if (0.0..=1.0).contains(&score.value) {
        return Ok(score.value);
    }
    Err(at(
        Problem::new(
            "score-out-of-range",
            format!("expected a score from 0 to 1, found {}", score.value),
            "1 favours going on, 0 speaks against",
        ),
        score.referenced,
    ))
}

pub(super) fn check_limit(limit: &Spanned<u32>, most: u32) -> Result<usize, Problem> {
    if (1..=most).contains(&limit.value) {
        return Ok(limit.value as usize);
    }
    Err(at(
        Problem::new(
            "bad-limit",
            format!("expected a number from 1 to {most}, found {}", limit.value),
            "say how much fits",
        ),
        limit.referenced,
    ))
}

pub(super) fn check_count(
    found: usize,
    least: usize,
    what: &str,
    place: Location,
) -> Result<(), Problem> {
    if (least..=MOST_OPTIONS).contains(&found) {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "too-few-or-many-options",
            format!("expected {least} to {MOST_OPTIONS} {what}, found {found}"),
            "a question needs something to choose from, and not too much",
        ),
        place,
    ))
}

/// Words that a condition gives a meaning of its own.
pub(super) const CONDITION_WORDS: &[&str] = &["all", "any", "not"];
/// Words that an answer gives a meaning of its own.
pub(super) const ANSWER_WORDS: &[&str] = &["unknown", "na"];

/// An id is lowercase words joined by hyphens, and none of the reserved words.
pub(super) fn check_id(id: &Spanned<String>, reserved: &[&str]) -> Result<(), Problem> {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let reserved = reserved.contains(&id.value.as_str());
    let fits = id.value.len() <= LONGEST_ID && id.value.split('-').all(is_word);
    if fits && !reserved {
        return Ok(());
    }
    Err(at(
        Problem::new(
            "bad-id",
            if reserved {
                format!("expected an id, found the reserved word \"{}\"", id.value)
            } else {
                format!(
                    "expected lowercase words joined by hyphens, found \"{}\"",
                    id.value
                )
            },
            format!("write something like `data-labels`, at most {LONGEST_ID} characters"),
        ),
        id.referenced,
    ))
}

pub(super) fn check_text(text: &Spanned<String>) -> Result<(), Problem> {
    let length = text.value.chars().count();
    let fault = if text.value.trim().is_empty() {
        "expected some words, found none".to_owned()
    } else if length > LONGEST_TEXT {
        format!("expected at most {LONGEST_TEXT} characters, found {length}")
    } else {
        return Ok(());
    };
    Err(at(
        Problem::new("bad-text", fault, "write a plain sentence"),
        text.referenced,
    ))
}

/// The words, at least one and none twice.
pub(super) fn not_empty(words: &Spanned<Words>, what: &str) -> Result<Vec<String>, Problem> {
    let mut seen = BTreeSet::new();
    for (word, place) in Words::each(words) {
        if !seen.insert(word) {
            return Err(at(
                Problem::new(
                    "bad-list",
                    format!("expected {what} once each, found \"{word}\" again"),
                    "remove one of the two",
                ),
                place,
            ));
        }
    }
    if seen.is_empty() {
        return Err(at(
            Problem::new(
                "bad-list",
                format!("expected {what}, found none"),
                "name at least one",
            ),
            words.referenced,
        ));
    }
    Ok(Words::each(words)
        .into_iter()
        .map(|(word, _)| word.to_owned())
        .collect())
}

pub(super) fn required(
    field: &str,
    text: Option<&Spanned<String>>,
    dimension: &RawDimension,
) -> Result<String, Problem> {
    match text {
        Some(text) => check_text(text).map(|()| text.value.clone()),
        None => Err(at(
            Problem::new(
                "missing-field",
                format!(
                    "expected a field \"{field}\" in the new dimension \"{}\"",
                    dimension.id.value
                ),
                format!("add `{field}: …`"),
            ),
            dimension.id.referenced,
        )),
    }
}

/// A pack says again, and differently, what its base already says.
pub(super) fn contradicts(what: &str, id: &str) -> Problem {
    Problem::new(
        "contradicts-base",
        format!("expected a new {what}, found \"{id}\", which already stands in the rubric"),
        format!("a pack only adds: give the {what} another id"),
    )
}
