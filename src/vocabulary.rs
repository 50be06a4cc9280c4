//! The words of a verdict, shared by every room: rungs, readiness, confidence.
//!
//! A leaf module: it imports nothing of mlfit. The order of each enum is part
//! of its meaning (a cap is a minimum over rungs, readiness takes the gravest).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The simplest kind of solution that is good enough, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rung {
    /// No software is needed: a form, a page, training, an upstream fix.
    ProcessFix,
    /// SQL, a report, a lookup table.
    Query,
    /// A rule that a person can read and keep.
    Heuristic,
    /// Linear or logistic regression, a shallow tree, exponential smoothing.
    MinimumViableModel,
    /// An ensemble and beyond.
    StrongerModel,
    /// A generative model, usually a vendor's.
    FoundationModel,
}

impl Rung {
    /// Every rung, lowest first.
    pub const ALL: [Self; 6] = [
        Self::ProcessFix,
        Self::Query,
        Self::Heuristic,
        Self::MinimumViableModel,
        Self::StrongerModel,
        Self::FoundationModel,
    ];

    /// The kebab-case identifier used in YAML and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::ProcessFix => "process-fix",
            Self::Query => "query",
            Self::Heuristic => "heuristic",
            Self::MinimumViableModel => "minimum-viable-model",
            Self::StrongerModel => "stronger-model",
            Self::FoundationModel => "foundation-model",
        }
    }

    /// How the rung is called on screens and in reports.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ProcessFix => "process fix",
            Self::Query => "query",
            Self::Heuristic => "heuristic",
            Self::MinimumViableModel => "minimum viable model",
            Self::StrongerModel => "stronger model",
            Self::FoundationModel => "foundation model",
        }
    }

    /// The next lower rung, or none at the bottom.
    pub fn step_down(self) -> Option<Self> {
        let position = Self::ALL.iter().position(|rung| *rung == self)?;
        position.checked_sub(1).map(|lower| Self::ALL[lower])
    }
}

/// Whether work may start now, mildest first: the gravest of several holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Readiness {
    /// Start.
    Go,
    /// Start small, reversible and measured.
    Pilot,
    /// Wait for data or for infrastructure.
    Wait,
    /// The requirement or the value has to be made clear first.
    Clarify,
    /// Legal or ethical review comes first.
    Review,
    /// Do not start.
    Stop,
}

impl Readiness {
    /// Every value, mildest first.
    pub const ALL: [Self; 6] = [
        Self::Go,
        Self::Pilot,
        Self::Wait,
        Self::Clarify,
        Self::Review,
        Self::Stop,
    ];

    /// The kebab-case identifier used in YAML and JSON, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::Pilot => "pilot",
            Self::Wait => "wait",
            Self::Clarify => "clarify",
            Self::Review => "review",
            Self::Stop => "stop",
        }
    }
}

/// How firmly a part of the verdict stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Nothing that is still open could change it.
    Settled,
    /// What is known points one way; something open could still change it.
    Leaning,
    /// Not enough is known; the verdict names what would settle it.
    Open,
}

impl Confidence {
    /// The kebab-case identifier, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Settled => "settled",
            Self::Leaning => "leaning",
            Self::Open => "open",
        }
    }
}

impl fmt::Display for Rung {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.id())
    }
}

impl fmt::Display for Readiness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.id())
    }
}

impl fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.id())
    }
}

/// The text is none of the words expected here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected one of {expected}, found \"{found}\"")]
pub struct UnknownWord {
    /// The allowed words, separated by commas.
    pub expected: String,
    /// What stood there.
    pub found: String,
}

impl FromStr for Rung {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find_word(&Self::ALL, Self::id, text)
    }
}

impl FromStr for Readiness {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        find_word(&Self::ALL, Self::id, text)
    }
}

fn find_word<T: Copy>(all: &[T], id: fn(T) -> &'static str, text: &str) -> Result<T, UnknownWord> {
    all.iter()
        .copied()
        .find(|word| id(*word) == text)
        .ok_or_else(|| UnknownWord {
            expected: all
                .iter()
                .map(|word| id(*word))
                .collect::<Vec<_>>()
                .join(", "),
            found: text.to_owned(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back_as_they_are_written() {
        for rung in Rung::ALL {
            assert_eq!(rung.id().parse::<Rung>(), Ok(rung));
            assert_eq!(
                serde_json::to_value(rung).ok(),
                Some(rung.id().to_owned().into())
            );
        }
        for readiness in Readiness::ALL {
            assert_eq!(readiness.id().parse::<Readiness>(), Ok(readiness));
        }
    }

    #[test]
    fn the_lowest_rung_has_nothing_below_it() {
        assert_eq!(Rung::ProcessFix.step_down(), None);
        assert_eq!(Rung::Query.step_down(), Some(Rung::ProcessFix));
    }

    #[test]
    fn an_unknown_word_lists_the_known_ones() {
        let error = "model".parse::<Rung>().unwrap_err();
        assert!(error.to_string().contains("minimum-viable-model"));
    }
}
