//! What a rung costs and is worth.

use serde::{Deserialize, Serialize};

use super::economics::Estimate;
use crate::vocabulary::Rung;

/// The value of building one rung, in the currency of the economics.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Worth {
    /// The rung.
    pub rung: Rung,
    /// The unit of all amounts, where it was given.
    pub currency: Option<String>,
    /// Gain per year against today, before the cost of running.
    pub gain_per_year: Estimate,
    /// Cost to build, once.
    pub build: Estimate,
    /// Cost to run, per year.
    pub run: Estimate,
    /// Discounted benefit ÷ discounted cost over the years counted, upkeep included.
    pub benefit_cost: Estimate,
    /// Cases per year from which it pays, where that can be told.
    pub break_even_cases: Option<f64>,
    /// What was not given and therefore left out, in words.
    pub left_out: Vec<String>,
}
