//! Economics: what a rung costs and what it is worth.

pub mod economics;

pub use economics::{Economics, Estimate};
