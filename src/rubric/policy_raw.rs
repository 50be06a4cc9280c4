//! A policy as it stands in YAML, before anything is checked.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_yaml::Spanned;

use super::model::WaitFor;
use super::raw::{Entries, RawReadiness, Words};
use crate::vocabulary::Rung;

/// A policy file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPolicy {
    pub(super) policy: Spanned<String>,
    pub(super) version: Spanned<u32>,
    pub(super) doubt: Spanned<f64>,
    pub(super) too_wide: Spanned<f64>,
    pub(super) gate_odds: Spanned<f64>,
    pub(super) unlikely: Spanned<f64>,
    pub(super) measured_replaces: Spanned<Words>,
    pub(super) reckoned_replaces: Spanned<Words>,
    #[serde(default)]
    pub(super) conditions: Entries<Spanned<RawWhen>>,
    pub(super) solution: Spanned<Vec<RawSolutionRow>>,
    pub(super) readiness: Spanned<Vec<RawReadinessRow>>,
    pub(super) fresh_look: Spanned<BTreeMap<Rung, u32>>,
    pub(super) unfinished_look: Spanned<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSolutionRow {
    pub(super) id: Spanned<String>,
    pub(super) when: Option<Spanned<RawWhen>>,
    pub(super) solution: Option<Spanned<RawSolution>>,
    pub(super) meanwhile: Option<Spanned<Rung>>,
    pub(super) target: Option<Spanned<Rung>>,
    pub(super) waits_for: Option<WaitFor>,
    #[serde(default)]
    pub(super) until_measured: bool,
    pub(super) because: Spanned<String>,
    pub(super) while_open: Option<Spanned<String>>,
}

/// A rung, or what was measured.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawSolution {
    Measured,
    MeasuredBelow,
    ProcessFix,
    Query,
    Heuristic,
    MinimumViableModel,
    StrongerModel,
    FoundationModel,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReadinessRow {
    pub(super) id: Spanned<String>,
    pub(super) when: Option<Spanned<RawWhen>>,
    pub(super) readiness: RawReadiness,
    pub(super) because: Spanned<String>,
}

/// A condition: a name, a list of which all must hold, or a mapping of which all must hold.
pub(super) enum RawWhen {
    Named(String),
    All(Vec<Spanned<RawWhen>>),
    Entries(Vec<(Spanned<String>, RawTest)>),
}

/// One entry of a condition.
pub(super) enum RawTest {
    All(Vec<Spanned<RawWhen>>),
    Any(Vec<Spanned<RawWhen>>),
    Not(Box<Spanned<RawWhen>>),
    Gate(Spanned<Words>),
    Ceiling(Rung),
    Reading(Entries<Spanned<RawRange>>),
    Best(Entries<Spanned<RawRange>>),
    Worst(Entries<Spanned<RawRange>>),
    Measured(Spanned<Words>),
    Settled(bool),
    Pays(bool),
    SteppedOff(bool),
    Unanswered(Spanned<Words>),
    Has(Spanned<Words>),
    Rung(RawRungs),
    Target(RawRungs),
    Aim(RawRungs),
    Answer(Spanned<Words>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRange {
    pub(super) at_least: Option<Spanned<f64>>,
    pub(super) below: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRungs {
    pub(super) at_least: Option<Rung>,
    pub(super) at_most: Option<Rung>,
}

impl<'de> Deserialize<'de> for RawWhen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Conditions;

        impl<'de> Visitor<'de> for Conditions {
            type Value = RawWhen;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter
                    .write_str("a condition (a name, a list, or a mapping such as `gate: data`)")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<RawWhen, E> {
                Ok(RawWhen::Named(name.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<RawWhen, A::Error> {
                let mut parts = Vec::new();
                while let Some(part) = list.next_element()? {
                    parts.push(part);
                }
                Ok(RawWhen::All(parts))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawWhen, A::Error> {
                let mut entries = Vec::new();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    let test = match key.value.as_str() {
                        "all" => RawTest::All(map.next_value()?),
                        "any" => RawTest::Any(map.next_value()?),
                        "not" => RawTest::Not(Box::new(map.next_value()?)),
                        "gate" => RawTest::Gate(map.next_value()?),
                        "ceiling" => RawTest::Ceiling(map.next_value()?),
                        "reading" => RawTest::Reading(map.next_value()?),
                        "best" => RawTest::Best(map.next_value()?),
                        "worst" => RawTest::Worst(map.next_value()?),
                        "measured" => RawTest::Measured(map.next_value()?),
                        "settled" => RawTest::Settled(map.next_value()?),
                        "pays" => RawTest::Pays(map.next_value()?),
                        "stepped_off" => RawTest::SteppedOff(map.next_value()?),
                        "unanswered" => RawTest::Unanswered(map.next_value()?),
                        "has" => RawTest::Has(map.next_value()?),
                        "rung" => RawTest::Rung(map.next_value()?),
                        "target" => RawTest::Target(map.next_value()?),
                        "aim" => RawTest::Aim(map.next_value()?),
                        _ => RawTest::Answer(map.next_value()?),
                    };
                    entries.push((key, test));
                }
                Ok(RawWhen::Entries(entries))
            }
        }

        deserializer.deserialize_any(Conditions)
    }
}
