//! The same work line by line, for screen readers and dumb terminals: cases,
//! questions, data, contest, decision, report.

mod ask;
mod data;
mod home;
mod results;
mod talk;

use std::io::{BufRead, Write, stdin, stdout};
use std::path::Path;
use std::sync::Arc;

use super::session::Session;
use super::state::State;
use super::theme::{Palette, Theme};
use super::update::{self, Start};
use crate::problem::Problem;
use crate::workflow;

use talk::Talk;

/// Asks on standard input and output.
pub fn run(home: &Path, start: &Start) -> Result<(), Problem> {
    let today = workflow::today();
    converse(
        home,
        start,
        &today,
        &mut stdin().lock(),
        &mut stdout().lock(),
    )
}

/// Asks on any lines in and out, until somebody ends it or the lines end.
pub fn converse(
    home: &Path,
    start: &Start,
    today: &str,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), Problem> {
    let mut talk = Talk::new(input, output);
    match start {
        Start::Case(path) => work_on(home, path, today, &mut talk),
        Start::Home => {
            while let Some(path) = home::choose(home, today, &mut talk)? {
                work_on(home, &path, today, &mut talk)?;
            }
            Ok(())
        }
    }
}

/// The steps of one case, until somebody goes back.
fn work_on(home: &Path, path: &Path, today: &str, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let folder = workflow::open_case(path)?;
    let evidence = folder.read_evidence()?.map(Arc::new);
    let theme = Theme {
        palette: Palette::Plain,
        ascii: false,
    };
    let size = (talk::COLUMNS as u16, 24);
    let mut state = State::new(home.to_owned(), today.to_owned(), size, theme);
    state.session = Some(Session::new(folder, evidence));
    while let Some(step) = next(&state, talk)? {
        let Some(session) = &mut state.session else {
            break;
        };
        let done = match step {
            0 => ask::questions(session, today, talk),
            1 => data::columns(session, talk),
            2 => results::contest(&mut state, talk),
            3 => results::decision(&mut state, talk),
            _ => results::report(&state, talk),
        };
        // What cannot be done is said, and the conversation goes on.
        if let Err(problem) = done {
            talk.complain(&problem)?;
        }
    }
    Ok(())
}

/// The step that somebody chooses; none to go back.
fn next(state: &State, talk: &mut Talk<'_>) -> Result<Option<usize>, Problem> {
    let Some(session) = &state.session else {
        return Ok(None);
    };
    let (answered, asked) = session.assessment.progress();
    let data = session.folder.case.data.as_ref().map_or_else(
        || "no file yet".to_owned(),
        |data| format!("predict {}, from {}", data.request.target, data.path),
    );
    let contest = match &session.evidence {
        None => "not measured yet".to_owned(),
        Some(_) if session.is_outdated() => "measured for another question".to_owned(),
        Some(evidence) => format!(
            "{} ({})",
            evidence.recommendation.rung_for_now().label(),
            evidence.recommendation.confidence.id()
        ),
    };
    talk.gap()?;
    talk.say(&format!("Case: {}", session.folder.case.title))?;
    let suggested = update::next_step(state);
    for (position, step) in [
        format!("Questions: {answered} of {asked} answered"),
        format!("Data: {data}"),
        format!("Contest: {contest}"),
        "Decision".to_owned(),
        "Report".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        talk.say(&format!("{}. {step}", position + 1))?;
    }
    talk.say(&format!(
        "Type the number of a step. Empty line: step {}. b or q goes back.",
        suggested + 1
    ))?;
    loop {
        let Some(line) = talk.hear()? else {
            return Ok(None);
        };
        match line.as_str() {
            "" => return Ok(Some(suggested)),
            "b" | "q" => return Ok(None),
            text => match text.parse::<usize>() {
                Ok(number @ 1..=update::STEPS) => return Ok(Some(number - 1)),
                Ok(_) | Err(_) => {
                    talk.say("Type a number from 1 to 5, or b.")?;
                }
            },
        }
    }
}
