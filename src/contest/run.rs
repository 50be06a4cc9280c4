//! The entry: a table and a request in, evidence out.

use super::control::Control;
use super::evidence::Evidence;
use super::request::Request;
use super::setup::{is_forecast, setup};
use super::{series, tables};
use crate::data::{ColumnRole, GivenRoles, Role, Table, assign_roles};
use crate::problem::Problem;

/// Holds the contest that the request asks for.
///
/// The same table and request give the same evidence, whatever the number of
/// threads and whatever `control` listens to.
///
/// # Errors
/// A request that the table cannot answer (an unknown column or value, a target
/// that nothing can be learned about, too few rows), each with its remedy; and
/// that the user stopped the work.
pub fn run(table: &Table, request: &Request, control: &Control<'_>) -> Result<Evidence, Problem> {
    control.check()?;
    if is_forecast(request)? {
        let roles = series_roles(table, request)?;
        return series::run(table, &roles, request, control);
    }
    let setup = setup(table, request)?;
    let roles = roles(&setup.table, request)?;
    tables::run(&setup, &roles, request, control)
}

/// The part that each column plays when its future is asked for.
fn series_roles(table: &Table, request: &Request) -> Result<Vec<ColumnRole>, Problem> {
    let external: Vec<String> = request
        .external
        .iter()
        .map(|external| external.column.clone())
        .collect();
    assign_roles(
        table,
        &GivenRoles {
            target: &request.target,
            time: request.time.as_deref(),
            group: request.group.as_deref(),
            ignore: &request.ignore,
            protected: &request.protected,
            external: &external,
        },
    )
}

/// The part that each column plays: as it was given, else a feature.
fn roles(table: &Table, request: &Request) -> Result<Vec<ColumnRole>, Problem> {
    let given: Vec<(&String, Role)> = std::iter::once((&request.target, Role::Target))
        .chain(request.time.iter().map(|name| (name, Role::Time)))
        .chain(request.group.iter().map(|name| (name, Role::Group)))
        .chain(request.ignore.iter().map(|name| (name, Role::Ignored)))
        .chain(request.protected.iter().map(|name| (name, Role::Protected)))
        .chain(
            request
                .external
                .iter()
                .map(|external| (&external.column, Role::Incumbent)),
        )
        .collect();
    for (name, _) in &given {
        if table.column(name).is_none() {
            return Err(super::setup::unknown_column(table, name));
        }
    }
    let role_of = |name: &str| {
        let found = given.iter().find(|(given, _)| *given == name);
        match found {
            Some((_, role)) => ColumnRole {
                role: *role,
                why: "given".to_owned(),
            },
            None => ColumnRole {
                role: Role::Feature,
                why: "nothing else was said".to_owned(),
            },
        }
    };
    Ok(table
        .columns
        .iter()
        .map(|column| role_of(&column.name))
        .collect())
}
