//! Doors to rooms that are still being built.

use crate::assessment::Assessment;
use crate::contest::Evidence;
use crate::problem::Problem;
use crate::value::Economics;
use crate::verdict::Verdict;

fn not_yet(what: &str) -> Problem {
    Problem::new(
        "not-yet",
        format!("{what} is not part of this build yet"),
        "use a newer build",
    )
}

pub(super) fn decide(
    _assessment: Option<&Assessment>,
    _evidence: Option<&Evidence>,
    _economics: Option<&Economics>,
    _as_of: &str,
) -> Result<Verdict, Problem> {
    Err(not_yet("deciding"))
}

pub(super) fn rule_sql(_evidence: &Evidence) -> Option<String> {
    None
}
