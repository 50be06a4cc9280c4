//! Time travel: a date among the features that lies after the time of the row.

use super::Evidence;
use crate::contest::recommend::thousands;
use crate::data::{MISSING_DATE, Role, Values, Warning};
use crate::text::clean;

/// The least share of rows, and the fewest rows, with a later date.
const SHARE: f64 = 0.01;
const FEWEST: usize = 5;

pub(super) fn known_afterwards(evidence: Evidence<'_>) -> Vec<Warning> {
    let columns = || evidence.setup.table.columns.iter().zip(evidence.roles);
    let time = columns().find_map(|(column, role)| match &column.values {
        Values::Date(moments) if role.role == Role::Time => Some((column, moments)),
        Values::Date(_) | Values::Number(_) | Values::Category { .. } => None,
    });
    let Some((time, moments)) = time else {
        return Vec::new();
    };
    columns()
        .filter(|(_, role)| role.role == Role::Feature)
        .filter_map(|(column, _)| {
            let Values::Date(values) = &column.values else {
                return None;
            };
            let both = values
                .iter()
                .zip(moments)
                .filter(|(value, moment)| **value != MISSING_DATE && **moment != MISSING_DATE);
            let (mut known, mut later) = (0usize, 0usize);
            for (value, moment) in both {
                known += 1;
                later += usize::from(value > moment);
            }
            if later < FEWEST || (later as f64) < SHARE * known as f64 {
                return None;
            }
            Some(Warning {
                code: "known-afterwards".to_owned(),
                column: Some(column.name.clone()),
                detail: format!(
                    "{} of {} dates in {} lie after {}",
                    thousands(later as u64),
                    thousands(known as u64),
                    clean(&column.name),
                    clean(&time.name)
                ),
                remedy: "a date that lies in the future of the decision cannot be known then: \
                         leave it out, unless it is a plan that is known in advance"
                    .to_owned(),
            })
        })
        .collect()
}
