//! Doors to rooms that are still being built.

use crate::contest::Evidence;
use crate::problem::Problem;

fn not_yet(what: &str) -> Problem {
    Problem::new(
        "not-yet",
        format!("{what} is not part of this build yet"),
        "use a newer build",
    )
}

pub(super) fn rule_sql(_evidence: &Evidence) -> Option<String> {
    None
}
