//! The columns of the data, and what is asked of them.

use std::path::PathBuf;
use std::sync::Arc;

use super::talk::Talk;
use crate::case::DataSource;
use crate::contest::Request;
use crate::data::{Role, Table};
use crate::problem::{Problem, nearest};
use crate::tui::event::ReadTable;
use crate::tui::session::Session;
use crate::tui::update;
use crate::workflow;

/// Reads the data of the case, and asks what part its columns play.
pub(super) fn columns(session: &mut Session, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let Some(path) = file(session, talk)? else {
        return Ok(());
    };
    let table = Arc::new(workflow::read_table(&path)?);
    let named = workflow::seen_from(&session.folder.path, &path);
    session.table = Some(ReadTable::new(path, named.clone(), Arc::clone(&table)));
    if session.folder.case.data.is_none() {
        talk.say("Columns:")?;
        tell(session, &table, talk)?;
        talk.say("Which column should be predicted? Its name or number; empty line goes back.")?;
        let Some(target) = chosen(&table, talk)? else {
            return Ok(());
        };
        session.folder.case.data = Some(DataSource {
            path: named,
            hash: None,
            request: Request::for_target(target),
        });
        session.folder.save()?;
    }
    loop {
        find_roles(session, &table)?;
        tell(session, &table, talk)?;
        talk.say(
            "predict COLUMN, out COLUMN (not known in time), in COLUMN, time COLUMN, series COLUMN, protect COLUMN, ahead STEPS (forecast); empty line: done.",
        )?;
        let Some(line) = talk.hear()?.filter(|line| !line.is_empty()) else {
            return Ok(());
        };
        match change(session, &table, &line) {
            Ok(()) => session.folder.save()?,
            Err(problem) => talk.complain(&problem)?,
        }
    }
}

/// The file of the case, or the one that somebody names.
fn file(session: &Session, talk: &mut Talk<'_>) -> Result<Option<PathBuf>, Problem> {
    if let Some(path) = session.folder.data_path() {
        return Ok(Some(path));
    }
    talk.say("The path of the CSV file; empty line goes back.")?;
    let line = talk.hear()?.filter(|line| !line.is_empty());
    Ok(line.map(PathBuf::from))
}

fn find_roles(session: &mut Session, table: &Table) -> Result<(), Problem> {
    if let Some(data) = &session.folder.case.data {
        session.roles = workflow::roles(table, &data.request)?;
    }
    Ok(())
}

/// Every column with its part, whether it is known in time, and what is suspicious.
fn tell(session: &Session, table: &Table, talk: &mut Talk<'_>) -> Result<(), Problem> {
    for (position, column) in table.columns.iter().enumerate() {
        let role = update::role_of(session, position, column);
        let in_time = match (role, update::in_time(session, column)) {
            (Role::Target, _) => "",
            (_, Some(true)) => "; known in time",
            (_, Some(false)) => "; not known in time",
            (_, None) => "; whether it is known in time was not said",
        };
        let missing = match column.missing() {
            0 => String::new(),
            missing => format!(", {missing} missing"),
        };
        talk.say(&format!(
            "{}. {}: {}, {}{missing}{in_time}; {}",
            position + 1,
            column.name,
            role.id(),
            column.kind.id(),
            update::reason(session, position, column)
        ))?;
        for warning in update::warnings(session, position, column) {
            talk.say(&format!("   Look: {}; {}", warning.detail, warning.remedy))?;
        }
    }
    Ok(())
}

fn chosen(table: &Table, talk: &mut Talk<'_>) -> Result<Option<String>, Problem> {
    loop {
        let Some(line) = talk.hear()?.filter(|line| !line.is_empty()) else {
            return Ok(None);
        };
        match named(table, &line) {
            Ok(name) => return Ok(Some(name)),
            Err(problem) => talk.complain(&problem)?,
        }
    }
}

/// The column of that name or number.
fn named(table: &Table, text: &str) -> Result<String, Problem> {
    let names = || table.columns.iter().map(|column| column.name.as_str());
    if let Some(name) = names().find(|name| *name == text) {
        return Ok(name.to_owned());
    }
    let number = text
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    if let Some(column) = number.and_then(|position| table.columns.get(position)) {
        return Ok(column.name.clone());
    }
    Err(Problem::new(
        "unknown-column",
        format!("expected a column, found \"{text}\""),
        match nearest(text, names()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("type a number from 1 to {}", table.columns.len()),
        },
    ))
}

/// Takes one line of what is asked of the data.
fn change(session: &mut Session, table: &Table, line: &str) -> Result<(), Problem> {
    let Some(data) = &mut session.folder.case.data else {
        return Ok(());
    };
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let role = match word {
        "predict" => Role::Target,
        "out" => Role::Ignored,
        "in" => Role::Feature,
        "time" => Role::Time,
        "series" => Role::Group,
        "protect" => Role::Protected,
        "ahead" => {
            let steps = rest.parse::<usize>().ok().filter(|steps| *steps > 0);
            if steps.is_none() && !rest.is_empty() {
                return Err(Problem::new(
                    "bad-horizon",
                    format!("expected a whole number of steps, found \"{rest}\""),
                    "type a number such as 12, or nothing",
                ));
            }
            data.request.horizon = steps;
            session.asks_otherwise = session.evidence.is_some();
            return Ok(());
        }
        other => {
            return Err(Problem::new(
                "unknown-word",
                format!("expected one of the words above, found \"{other}\""),
                "type for example: out 3",
            ));
        }
    };
    let name = named(table, rest)?;
    update::give_role(&mut data.request, &name, role);
    session.asks_otherwise = session.evidence.is_some();
    Ok(())
}
