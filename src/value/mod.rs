//! Economics: what a rung costs and what it is worth.

pub mod economics;
pub mod reckon;
pub mod worth;

pub use economics::{Economics, Estimate};
pub use reckon::{step_pays, worth};
pub use worth::Worth;
