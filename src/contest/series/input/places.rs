//! Which column is what, for forecasting.

use crate::contest::request::Request;
use crate::data::{ColumnRole, Role, Table};
use crate::problem::Problem;
use crate::text::clean;

/// Positions of columns in the table.
pub(super) struct Places {
    pub(super) target: usize,
    pub(super) time: usize,
    pub(super) group: Option<usize>,
    /// External forecasts in the order of the request, then features.
    pub(super) beside: Vec<usize>,
    /// How many of `beside` are external forecasts.
    pub(super) externals: usize,
}

impl Places {
    pub(super) fn find(
        table: &Table,
        roles: &[ColumnRole],
        request: &Request,
    ) -> Result<Self, Problem> {
        let with = |role: Role| {
            roles
                .iter()
                .take(table.columns.len())
                .position(|found| found.role == role)
        };
        let target = with(Role::Target).ok_or_else(|| {
            Problem::new(
                "no-target",
                format!("no column is called “{}”", clean(&request.target)),
                "name the column to forecast (--target)",
            )
            .in_file(&table.source)
        })?;
        let time = with(Role::Time).ok_or_else(|| {
            Problem::new(
                "no-time",
                "a forecast needs a column that says when each row was measured",
                "name that column (--time)",
            )
            .in_file(&table.source)
        })?;
        let mut beside = Vec::new();
        for external in &request.external {
            beside.push(table.position(&external.column).ok_or_else(|| {
                Problem::new(
                    "unknown-column",
                    format!(
                        "no column is called “{}”, which should hold forecasts",
                        clean(&external.column)
                    ),
                    "name a column of the file (--external)",
                )
                .in_file(&table.source)
            })?);
        }
        let externals = beside.len();
        for (column, role) in roles.iter().enumerate().take(table.columns.len()) {
            if may_stand_beside(role.role) && !beside.contains(&column) {
                beside.push(column);
            }
        }
        Ok(Self {
            target,
            time,
            group: with(Role::Group),
            beside,
            externals,
        })
    }
}

/// Whether the role lets a column stand beside the target.
fn may_stand_beside(role: Role) -> bool {
    match role {
        Role::Feature => true,
        Role::Target
        | Role::Time
        | Role::Group
        | Role::Id
        | Role::Incumbent
        | Role::Protected
        | Role::Ignored => false,
    }
}
