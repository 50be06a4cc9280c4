//! Economics: what a rung costs and what it is worth.

pub mod economics;
pub mod worth;

pub use economics::{Economics, Estimate};
pub use worth::Worth;
