//! The owner's figures, each with its doubt.

use serde::{Deserialize, Serialize};

/// A figure as low, likely and high.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// It will hardly be less.
    pub low: f64,
    /// The best guess.
    pub likely: f64,
    /// It will hardly be more.
    pub high: f64,
}

/// What the owner knows about money. Whatever is missing stays out of the
/// sum, and the verdict says so. Amounts are in `currency`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Economics {
    /// The unit of all amounts, such as `EUR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Cases decided per year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cases_per_year: Option<Estimate>,
    /// Share of cases in which the answer will really be used, 0..=1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_share: Option<Estimate>,
    /// Handling cost per case now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handling_now: Option<Estimate>,
    /// Handling cost per case then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handling_then: Option<Estimate>,
    /// Cost of one false alarm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub false_positive: Option<f64>,
    /// Cost of one miss.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub false_negative: Option<f64>,
    /// Cost of one unit of error (regression and forecasting).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_unit: Option<f64>,
    /// Cost to build, by rung id.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub build: std::collections::BTreeMap<crate::vocabulary::Rung, Estimate>,
    /// Cost to run per year, by rung id.
    #[serde(default, skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub run: std::collections::BTreeMap<crate::vocabulary::Rung, Estimate>,
    /// Years counted, at most 3.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<f64>,
    /// Discount rate per year, such as 0.05.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<f64>,
    /// Chance that it works, is adopted and lasts, 0..=1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub success: Option<Estimate>,
}
