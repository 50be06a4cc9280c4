//! What the columns of a design mean.

use crate::contest::tables::features::{FeatureValues, Features};

use super::Standard;

/// One column of a design.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::contest::tables::models) struct Term {
    /// Position of the feature.
    pub(in crate::contest::tables::models) feature: usize,
    /// What of it.
    pub(in crate::contest::tables::models) meaning: Meaning,
}

/// What of a feature a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::contest::tables::models) enum Meaning {
    /// The standardised number.
    Value(Standard),
    /// Whether it is missing.
    Missing,
    /// Whether a part of a date has this value.
    Calendar(u32),
    /// Whether it is the level of this code.
    Level(u32),
    /// Whether it is any level without a column of its own.
    Other,
    /// Whether the text holds the word of this code.
    Word(u32),
}

impl Term {
    /// The column in words (untrusted: names and values of the table).
    pub(in crate::contest::tables::models) fn name(&self, features: &Features) -> String {
        let Some(feature) = features.columns.get(self.feature) else {
            return String::new();
        };
        let name = feature.name();
        match (self.meaning, feature.values.as_ref()) {
            (Meaning::Level(code), FeatureValues::Category { levels, .. }) => {
                let level = levels.get(code as usize).map_or("", String::as_str);
                format!("{name} = {level}")
            }
            (Meaning::Word(code), FeatureValues::Text { words, .. }) => {
                let word = words.get(code as usize).map_or("", String::as_str);
                format!("the word “{word}” in {name}")
            }
            (Meaning::Calendar(value), _) => format!("{name} = {value}"),
            (Meaning::Missing, _) => format!("{name} missing"),
            (Meaning::Other, _) => format!("a rare {name}"),
            (Meaning::Value(_) | Meaning::Level(_) | Meaning::Word(_), _) => name,
        }
    }
}
