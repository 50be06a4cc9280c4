//! Choosing a case, an example or a file.

use std::path::{Path, PathBuf};

use super::results::watched;
use super::talk::Talk;
use crate::problem::Problem;
use crate::tui::event::is_table;
use crate::tui::update;
use crate::workflow::{self, CaseSummary, NewCase};

/// The folder of the case that somebody chooses or begins; none to end.
pub(super) fn choose(
    home: &Path,
    today: &str,
    talk: &mut Talk<'_>,
) -> Result<Option<PathBuf>, Problem> {
    talk.gap()?;
    talk.say("mlfit: does this use case need machine learning, and if so how little of it?")?;
    loop {
        let cases = workflow::portfolio(home, today)?;
        for (position, case) in cases.iter().enumerate() {
            talk.say(&line(position, case))?;
        }
        talk.say(
            "Type the number of a case, the title of a new one, the path of a CSV file, or demo for a finished example; q ends.",
        )?;
        let Some(line) = talk.hear()? else {
            return Ok(None);
        };
        let chosen = match line.as_str() {
            "" | "q" => return Ok(None),
            "demo" => demo(home, today, talk),
            text => match text.parse::<usize>() {
                Ok(number) => Ok(number
                    .checked_sub(1)
                    .and_then(|position| cases.get(position))
                    .map(|case| case.path.clone())),
                Err(_) => begin(home, text, today, cases).map(Some),
            },
        };
        match chosen {
            Ok(Some(path)) => return Ok(Some(path)),
            Ok(None) => talk.say("There is no such number.")?,
            Err(problem) => talk.complain(&problem)?,
        }
    }
}

fn line(position: usize, case: &CaseSummary) -> String {
    let verdict = match (&case.problem, &case.verdict) {
        (Some(_), None) => "cannot be read".to_owned(),
        (_, None) => "not decided yet".to_owned(),
        (_, Some(verdict)) => {
            format!("{}, {}", verdict.solution.label(), verdict.readiness.id())
        }
    };
    let due = if case.due { ", due" } else { "" };
    format!(
        "{}. {}: {} of {} answered, {verdict}{due}",
        position + 1,
        case.title,
        case.answered,
        case.asked
    )
}

/// A new case with that title, or about that file.
fn begin(
    home: &Path,
    text: &str,
    today: &str,
    cases: Vec<CaseSummary>,
) -> Result<PathBuf, Problem> {
    let file = is_table(text).then(|| PathBuf::from(text));
    let title = file
        .as_ref()
        .map_or_else(|| text.to_owned(), |file| update::title_of(file));
    // A file that cannot be read begins no case.
    if let Some(file) = &file {
        workflow::read_table(file)?;
    }
    let taken: Vec<PathBuf> = cases.into_iter().map(|case| case.path).collect();
    let path = update::place_among(home, &title, &taken);
    let new = NewCase {
        title: &title,
        owner: None,
        rubric: None,
        created: today,
    };
    workflow::new_case(&path, &new)?;
    Ok(path)
}

/// Runs a finished example.
fn demo(home: &Path, today: &str, talk: &mut Talk<'_>) -> Result<Option<PathBuf>, Problem> {
    let demos = workflow::demo::list()?;
    for (position, demo) in demos.iter().enumerate() {
        talk.say(&format!("{}. {}: {}", position + 1, demo.title, demo.story))?;
    }
    talk.say("Which one? Nothing is asked; it takes a minute at most.")?;
    let Some(line) = talk.hear()? else {
        return Ok(None);
    };
    let chosen = line
        .parse::<usize>()
        .ok()
        .and_then(|number| demos.get(number.checked_sub(1)?));
    let Some(demo) = chosen else {
        return Ok(None);
    };
    let into = home.join(workflow::demo::FOLDER);
    let result = watched(talk, |control| {
        workflow::demo::run(&demo.id, &into, today, control)
    })?;
    Ok(Some(result.folder.path))
}
