//! Requests and a target that tests of metrics share.

use super::TargetFacts;
use crate::contest::request::{ErrorCosts, Request};

pub(super) const BALANCED: TargetFacts<'_> = TargetFacts::Classes {
    counts: &[900, 100],
    positive: 1,
};

pub(super) fn request() -> Request {
    Request::for_target("y")
}

pub(super) fn with_costs(false_positive: f64, false_negative: f64) -> Request {
    Request {
        costs: Some(ErrorCosts {
            false_positive,
            false_negative,
        }),
        ..request()
    }
}

pub(super) fn with_capacity(capacity: usize) -> Request {
    Request {
        capacity: Some(capacity),
        ..request()
    }
}
