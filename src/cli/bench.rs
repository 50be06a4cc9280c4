//! `mlfit bench`.

use std::path::Path;

use super::arguments::{Asked, Bench};
use super::bench_view;
use super::output::Outcome;
use super::page::Style;
use super::progress::watched;
use crate::case::FILE;
use crate::contest::{Evidence, Request, Task};
use crate::data::{Kind, Role};
use crate::problem::Problem;
use crate::workflow::{self, shell_word};

pub(super) fn run(given: &Bench, style: Style, json: bool) -> Result<Outcome, Problem> {
    let (evidence, next) = if is_case(&given.source) {
        on_case(&given.source, &given.asked)?
    } else {
        on_file(given)?
    };
    if json {
        return Outcome::json(&evidence);
    }
    Ok(Outcome::text(bench_view::evidence(
        &evidence,
        &given.source.display().to_string(),
        &next,
        style,
    )))
}

fn is_case(source: &Path) -> bool {
    source.is_dir() || source.file_name().is_some_and(|name| name == FILE)
}

/// Measures the case's own data; what is asked now replaces what was asked before.
fn on_case(source: &Path, asked: &Asked) -> Result<(Evidence, Vec<String>), Problem> {
    let mut folder = workflow::open_case(source)?;
    if let Some(data) = &mut folder.case.data {
        asked.apply_to(&mut data.request);
    }
    let evidence = watched(|control| workflow::bench_case(&mut folder, control))?;
    let case = shell_word(&source.display().to_string());
    Ok((evidence, vec![format!("mlfit decide {case}")]))
}

/// Measures a file, and keeps the result in a case if one is named.
fn on_file(given: &Bench) -> Result<(Evidence, Vec<String>), Problem> {
    let table = workflow::read_table(&given.source)?;
    let request = given.asked.request().ok_or_else(|| {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.name.as_str())
            .collect();
        Problem::new(
            "no-target",
            "expected the column to predict, found none named",
            format!("add --target with one of {}", columns.join(", ")),
        )
        .in_file(given.source.display().to_string())
    })?;
    let is_standard_input = given.source.as_os_str() == "-";
    if is_standard_input && given.case.is_some() {
        return Err(Problem::new(
            "no-file",
            "expected a file that the case can name, found standard input",
            "save the data as a file first, or leave out --case",
        ));
    }
    let folder = given
        .case
        .as_ref()
        .map(|case| workflow::open_case(case))
        .transpose()?;
    let evidence = watched(|control| workflow::bench(&table, &request, control))?;
    let source = if is_standard_input {
        "FILE.csv".to_owned()
    } else {
        shell_word(&given.source.display().to_string())
    };
    let Some(mut folder) = folder else {
        let mut next: Vec<String> = as_forecast(&evidence, &source, &request)
            .into_iter()
            .collect();
        next.extend([
            "mlfit new CASE --title \"What is decided\"".to_owned(),
            format!(
                "mlfit bench {source} --target {} --case CASE",
                shell_word(&request.target)
            ),
            "mlfit assess CASE --next".to_owned(),
        ]);
        return Ok((evidence, next));
    };
    workflow::set_data(&mut folder, &given.source, request)?;
    workflow::keep_evidence(&mut folder, &evidence)?;
    let case = shell_word(&folder.path.display().to_string());
    Ok((evidence, vec![format!("mlfit decide {case}")]))
}

/// How to ask for a forecast instead, where a number has a moment and nothing
/// else to be told by but its own past.
fn as_forecast(evidence: &Evidence, source: &str, request: &Request) -> Option<String> {
    let columns = || evidence.columns.iter();
    let of_role = |role| columns().find(|column| column.role == role);
    let is_told_by_more = columns()
        .filter(|column| column.role == Role::Feature)
        .any(|column| column.kind != Kind::Date);
    if evidence.task != Task::Regression || is_told_by_more {
        return None;
    }
    let time = of_role(Role::Time).or_else(|| of_role(Role::Feature))?;
    let time = shell_word(&time.name);
    let target = shell_word(&request.target);
    let group = of_role(Role::Group).map_or_else(String::new, |column| {
        format!(" --group {}", shell_word(&column.name))
    });
    Some(format!(
        "mlfit bench {source} --target {target} --time {time}{group} --horizon 12   \
         # forecasts it 12 steps ahead from its own past"
    ))
}
