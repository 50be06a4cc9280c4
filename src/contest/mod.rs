//! The contest: a naive baseline, heuristics and a minimum viable model under one honest protocol.
//!
//! A [`Request`] says what is asked of a [`crate::data::Table`]; the answer is
//! [`Evidence`]: every contender's scores on the same folds, comparisons
//! between tiers, a recommendation with its confidence, and warnings.

pub mod compare;
pub mod control;
pub mod evidence;
mod facts;
pub mod intervals;
pub mod learning;
pub mod margin;
pub mod metric;
pub mod panels;
pub mod power_law;
pub mod predictions;
pub mod recommend;
pub mod request;
pub mod rule;
mod run;
pub mod series;
pub mod setup;
pub mod tables;
pub mod target;
pub mod task;

pub use crate::data::Warning;
pub use control::{Control, Progress, Standing};
pub use evidence::{
    ColumnSummary, Comparison, ContenderResult, Evidence, MarginChoice, Meanwhile, MetricChoice,
    Outcome, Place, Recommendation, SplitKind, SplitSummary, Status, Tier,
};
pub use facts::SampleFacts;
pub use margin::MarginRule;
pub use panels::{
    Ageing, AgeingLine, Calibration, CalibrationBin, ForecastLine, ForecastPanel, GainShare,
    GroupError, GroupErrors, HorizonErrors, LearningCurve, LearningPoint, MetricView, Panels, Pick,
    Rate, RuleLine, RuleTable, WithoutSuspects,
};
pub use recommend::{Entrant, Field, Judgement, judge};
pub use request::{ErrorCosts, External, Request};
pub use run::{roles, run};
pub use tables::OWNER_RULE;
pub use target::Target;
pub use task::{MetricName, Task};
