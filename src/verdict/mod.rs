//! The verdict: assessment, evidence and economics in one answer with its reasons.
//!
//! [`decide`] is a pure function of [`Inputs`]. `world` turns them into values
//! of the facts that the policy reads, `tables` applies the policy to one way
//! in which everything open turns out, `corners` to every way; the other files
//! each add one part of the answer: reasons, flips, what to ask next, how to
//! serve it, what to put in place, when to look again.

mod change;
mod contradictions;
mod corners;
mod decide;
mod disagreements;
mod findings;
mod flips;
mod hashes;
mod headline;
mod influence;
mod inputs;
mod measured;
pub mod model;
mod next;
mod remaining;
mod roadmap;
mod serving;
mod shown;
mod tables;
mod triggers;
mod turnout;
mod words;
mod world;

pub use decide::{Provisional, decide, provisional};
pub use flips::flips;
pub use inputs::Inputs;
pub use model::{
    Claim, Contradiction, CouldBe, DataMaturity, Disagreement, Finding, Flip, GateLine, Hashes,
    Interval, NextQuestion, NextStage, Remaining, RoadmapItem, RoadmapLevel, Serving,
    ServingPattern, Trigger, Used, Verdict,
};
pub use remaining::remaining;
pub use roadmap::roadmap_elements;
pub use words::effect;

#[cfg(test)]
mod tests;
