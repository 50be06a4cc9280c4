//! Leaks and traps: what makes a score too good to be true.
//!
//! Each check looks for one way in which a table can betray its target, and
//! says what it saw, where, and what to do. Columns that look as if they were
//! known only afterwards are *suspects*: the contest is held once more without
//! them, and both recommendations stand side by side.

mod alone;
mod entities;
mod gaps;
mod order;
mod overall;
mod repeated;
mod times;

use super::features::Features;
use crate::contest::setup::Setup;
use crate::data::{ColumnRole, Warning};

pub(super) use overall::too_good_overall;

/// What a check reads.
#[derive(Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub(super) setup: &'a Setup<'a>,
    pub(super) roles: &'a [ColumnRole],
    pub(super) features: &'a Features,
    /// Header text of the target.
    pub(super) target: &'a str,
}

/// What the checks found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Leaks {
    /// One warning a finding.
    pub(super) warnings: Vec<Warning>,
    /// Names of columns that look known only afterwards, in the table's order.
    pub(super) suspects: Vec<String>,
}

impl Leaks {
    /// Whether the place of a row in the file predicts the target.
    pub(super) fn order_predicts(&self) -> bool {
        self.warnings
            .iter()
            .any(|warning| warning.code == order::OF_ROWS)
    }
}

/// Everything that can be seen before a contest is held.
pub(super) fn leaks(evidence: Evidence<'_>) -> Leaks {
    let suspicious: Vec<Warning> = [
        alone::too_good_alone(evidence),
        gaps::filled_for_one_outcome(evidence),
        times::known_afterwards(evidence),
    ]
    .concat();
    let mut found = Leaks::default();
    for column in &evidence.setup.table.columns {
        let mut named = suspicious
            .iter()
            .filter(|warning| warning.column.as_ref() == Some(&column.name));
        // one warning a column: the first check that fires is the most telling
        if let Some(warning) = named.next() {
            found.warnings.push(warning.clone());
            found.suspects.push(column.name.clone());
        }
    }
    found.warnings.extend(entities::split_entities(evidence));
    found.warnings.extend(repeated::repeated_rows(evidence));
    found.warnings.extend(order::order_predicts(evidence));
    found
}

#[cfg(test)]
mod tests;
