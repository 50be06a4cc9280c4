//! The contest on tables: classes and numbers.
//!
//! A table becomes [`Features`] (encoded and binned once, without a look at
//! the target). A [`Contender`] is fitted on the training rows of a fold and
//! becomes a [`Fitted`], which predicts any rows and says what it is. The
//! types show a contender no target but that of its training rows.

mod binning;
pub mod contender;
pub mod encode;
pub mod features;
pub mod heuristics;
pub mod kernel;
pub mod models;
pub mod naive;
#[cfg(test)]
mod sample;
pub mod tell;

pub use contender::{Contender, Description, FitError, Fitted, Names, Training};
pub use features::{BinMeaning, Bins, Feature, FeatureValues, Features, Part};
