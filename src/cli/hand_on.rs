//! `mlfit report` and `mlfit export`.

use super::arguments::{Export, Format, Report};
use super::output::Outcome;
use crate::case::write_atomically;
use crate::problem::Problem;
use crate::report;
use crate::text::clean;
use crate::workflow;

pub(super) fn report(given: &Report, json: bool) -> Result<Outcome, Problem> {
    let folder = workflow::open_case(&given.case)?;
    let report = workflow::report(&folder, &given.day.or_today())?;
    let format = if json { Format::Json } else { given.format };
    let text = match format {
        Format::Markdown => report::markdown(&report),
        Format::Html => report::html(&report),
        Format::Json => report::json(&report)? + "\n",
    };
    let Some(file) = &given.out else {
        return Ok(Outcome::text(text));
    };
    write_atomically(file, text.as_bytes())?;
    let file = file.display().to_string();
    if json {
        return Outcome::json(&serde_json::json!({ "written": file }));
    }
    Ok(Outcome::text(format!("Written: {}\n", clean(&file))))
}

pub(super) fn export(given: &Export, json: bool) -> Result<Outcome, Problem> {
    let folder = workflow::open_case(&given.case)?;
    let database = workflow::Database {
        dialect: given.dialect,
        table: &given.table,
    };
    let sql = workflow::contender_sql(&folder, given.contender.as_deref(), database)?;
    if json {
        return Outcome::json(&serde_json::json!({ "sql": sql }));
    }
    Ok(Outcome::text(sql))
}
