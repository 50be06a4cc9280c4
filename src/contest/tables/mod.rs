//! The contest on tables: classes and numbers.
//!
//! A table becomes [`Features`] (encoded and binned once, without a look at
//! the target). A [`Contender`] is fitted on the training rows of a fold and
//! becomes a [`Fitted`], which predicts any rows and says what it is. The
//! types show a contender no target but that of its training rows.
//!
//! # How a contest is held
//! [`split`] gives the folds, [`trial`] teaches and examines one contender on
//! one of them, [`evaluate`] does so for all, [`nested`] chooses who represents
//! a tier, [`hold`] repeats that until it is enough and judges. What is said of
//! it all is put together in `assemble`, `panels`, `leaks` and `traps`.

mod assemble;
mod binning;
pub mod contender;
pub mod encode;
mod ensemble;
pub mod evaluate;
pub mod features;
pub mod given;
pub mod hash;
pub mod heuristics;
pub mod hold;
pub mod kernel;
mod leaks;
pub mod models;
pub mod naive;
pub mod nested;
mod panels;
pub mod probe;
mod run;
#[cfg(test)]
mod sample;
pub mod shared;
pub mod split;
pub mod tell;
mod traps;
pub mod trial;
mod without;

pub(in crate::contest) use ensemble::NumberTrees;

pub use contender::{Contender, Description, FitError, Fitted, Names, Training, Unseen};
pub use features::{BinMeaning, Bins, Feature, FeatureValues, Features, Part};
pub use given::OWNER_RULE;
pub use run::run;
pub use shared::Shared;

#[cfg(test)]
mod tests;
