//! The verdict: assessment, evidence and economics in one answer with its reasons.

pub mod model;

pub use model::{
    Contradiction, CouldBe, Finding, Flip, GateLine, Hashes, Interval, NextQuestion, RoadmapItem,
    RoadmapLevel, Serving, ServingPattern, Trigger, Used, Verdict,
};
