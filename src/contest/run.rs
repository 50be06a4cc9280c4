//! The entry: a table and a request in, evidence out.

use super::control::Control;
use super::evidence::Evidence;
use super::facts::facts;
use super::request::Request;
use super::setup::{is_forecast, setup};
use super::{series, tables};
use crate::data::{ColumnRole, GivenRoles, Table, assign_roles};
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
        let roles = roles(table, request)?;
        let mut evidence = series::run(table, &roles, request, control)?;
        evidence.panels.facts = Some(facts(table, &roles, None));
        return Ok(evidence);
    }
    let setup = setup(table, request)?;
    let roles = roles(&setup.table, request)?;
    let mut evidence = tables::run(&setup, &roles, request, control)?;
    let classes = setup.target.classes();
    let classes = classes.map(|(count, values)| (count, values, setup.positive));
    evidence.panels.facts = Some(facts(&setup.table, &roles, classes));
    Ok(evidence)
}

/// The part that every column plays, in the order of the table's columns: as the
/// request says, else as its values say.
///
/// # Errors
/// As for [`assign_roles`].
pub fn roles(table: &Table, request: &Request) -> Result<Vec<ColumnRole>, Problem> {
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
