//! What has to be put in place for a rung, and no more.
//!
//! Elements stand in the order in which they are worth having: metric, tests,
//! monitoring and rollback, tracking, pipeline, registry, orchestration,
//! retraining (Google Cloud, "`MLOps`: continuous delivery and automation
//! pipelines in machine learning", levels 0 to 2; Breck et al., "The ML Test
//! Score", 2017). Each says what has to be there, why for this rung and this
//! way of serving, who does it, and how one sees that it is done.
//!
//! The files group elements by what they are for: [`measure`] knows how good
//! it is, [`change`] keeps changes in hand, [`operate`] keeps it running,
//! [`generative`] is what a vendor's model needs besides, [`storage`] is where
//! the data live, and [`roles`] is who has to be there.

mod change;
mod generative;
mod measure;
mod operate;
mod roles;
mod storage;

use super::inputs::Inputs;
use super::model::{RoadmapItem, RoadmapLevel, ServingPattern};
use crate::vocabulary::Rung;

pub(super) use storage::data_maturity;

/// What a roadmap is made for.
#[derive(Clone, Copy)]
struct Setting<'a> {
    rung: Rung,
    serving: ServingPattern,
    inputs: &'a Inputs<'a>,
}

impl<'a> Setting<'a> {
    /// The option that was answered, if it was.
    fn option(&self, question: &str) -> Option<&'a str> {
        self.inputs.option(question)
    }
}

/// An element as a rung needs it.
struct Place {
    level: RoadmapLevel,
    who: Person,
    what: String,
    why: String,
    done: String,
}

/// A light form will do.
fn light(
    who: Person,
    what: impl Into<String>,
    why: impl Into<String>,
    done: impl Into<String>,
) -> Option<Place> {
    Some(Place {
        level: RoadmapLevel::Light,
        who,
        what: what.into(),
        why: why.into(),
        done: done.into(),
    })
}

/// It is needed.
fn needed(
    who: Person,
    what: impl Into<String>,
    why: impl Into<String>,
    done: impl Into<String>,
) -> Option<Place> {
    light(who, what, why, done).map(|place| Place {
        level: RoadmapLevel::Needed,
        ..place
    })
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Person {
    ProductOwner,
    DomainExpert,
    DataEngineer,
    DataScientist,
    Engineer,
    Operations,
    PrivacyAndLegal,
}

impl Person {
    const fn label(self) -> &'static str {
        match self {
            Self::ProductOwner => "product owner",
            Self::DomainExpert => "domain expert",
            Self::DataEngineer => "data engineer",
            Self::DataScientist => "data scientist",
            Self::Engineer => "engineer",
            Self::Operations => "operations",
            Self::PrivacyAndLegal => "privacy and legal",
        }
    }
}

/// An element by its name, and what it is in a setting, if it is needed there at all.
type Element = (&'static str, fn(&Setting<'_>) -> Option<Place>);

/// Every element, the one most worth having first.
const ELEMENTS: [Element; 28] = [
    ("metric-and-baseline", measure::metric),
    ("evaluation-set", generative::evaluation_set),
    ("data-leaving-the-house", generative::data_leaving),
    ("version-control-and-review", change::version_control),
    ("version-pin", generative::version_pin),
    ("tests", measure::tests),
    ("safety", generative::safety),
    ("serving", operate::serving),
    ("monitoring", measure::monitoring),
    ("cost-per-task", generative::cost_per_task),
    ("rollback-and-fallback", operate::rollback),
    ("model-sovereignty", generative::sovereignty),
    ("drift-monitoring", measure::drift),
    ("ci-cd", change::ci_cd),
    ("experiment-tracking", change::tracking),
    ("pipeline", operate::pipeline),
    ("registry", change::registry),
    ("orchestration", operate::orchestration),
    ("retraining", operate::retraining),
    ("data-storage", storage::next_stage),
    ("role-product-owner", roles::product_owner),
    ("role-domain-expert", roles::domain_expert),
    ("role-data-engineer", roles::data_engineer),
    ("role-data-scientist", roles::data_scientist),
    ("role-engineer", roles::engineer),
    ("role-operations", roles::operations),
    ("role-privacy-and-legal", roles::privacy_and_legal),
    ("those-affected", roles::those_affected),
];

/// Every element that a roadmap may hold.
pub fn roadmap_elements() -> impl Iterator<Item = &'static str> {
    ELEMENTS.iter().map(|(name, _)| *name)
}

/// What has to be in place for that rung, served that way.
pub(super) fn roadmap(
    inputs: &Inputs<'_>,
    rung: Rung,
    serving: ServingPattern,
) -> Vec<RoadmapItem> {
    let setting = Setting {
        rung,
        serving,
        inputs,
    };
    ELEMENTS
        .iter()
        .filter_map(|(name, at)| {
            let place = at(&setting)?;
            Some(RoadmapItem {
                element: (*name).to_owned(),
                level: place.level,
                what: place.what,
                why: place.why,
                who: place.who.label().to_owned(),
                done: place.done,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests;
