//! The same questions line by line, for screen readers and dumb terminals.

use std::io::{BufRead, Write, stdin, stdout};
use std::path::{Path, PathBuf};

use super::session::{Item, Session};
use super::update::{self, Start};
use crate::assessment::{Answer, GivenAnswer, parse_answer, write_answer};
use crate::problem::Problem;
use crate::rubric::Question;
use crate::text::{clean, wrap};
use crate::workflow::{self, NewCase};

/// Columns of a line.
const COLUMNS: usize = 76;

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

/// Asks on any lines in and out, until the questions or the lines end.
pub fn converse(
    home: &Path,
    start: &Start,
    today: &str,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<(), Problem> {
    let mut talk = Talk { input, output };
    let folder = match start {
        Start::Case(path) => workflow::open_case(path)?,
        Start::Home => {
            let Some(path) = choose(home, today, &mut talk)? else {
                return Ok(());
            };
            workflow::open_case(&path)?
        }
    };
    let evidence = folder.read_evidence()?.map(std::sync::Arc::new);
    let mut session = Session::new(folder, evidence);
    talk.say(&format!("Case: {}", session.folder.case.title))?;
    talk.say("Answer with a number or a word. Empty line: leave it open. ? explains, b goes back, q ends. Everything is saved at once.")?;
    ask_all(&mut session, today, &mut talk)?;
    conclude(&session, today, &mut talk)
}

/// Lines in and out.
struct Talk<'a> {
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
}

impl Talk<'_> {
    fn say(&mut self, text: &str) -> Result<(), Problem> {
        let text: String = wrap(&clean(text), COLUMNS).join("\n");
        writeln!(self.output, "{text}")
            .and_then(|()| self.output.flush())
            .map_err(|error| cannot(&error))
    }

    /// The next line; none at the end of the input.
    fn hear(&mut self) -> Result<Option<String>, Problem> {
        write!(self.output, "> ")
            .and_then(|()| self.output.flush())
            .map_err(|error| cannot(&error))?;
        let mut line = String::new();
        match self.input.read_line(&mut line) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(line.trim().to_owned())),
            Err(error) => Err(cannot(&error)),
        }
    }
}

fn cannot(error: &std::io::Error) -> Problem {
    Problem::new(
        "no-conversation",
        format!("standard input or output cannot be used: {error}"),
        "run it in a terminal",
    )
}

fn choose(home: &Path, today: &str, talk: &mut Talk<'_>) -> Result<Option<PathBuf>, Problem> {
    let cases = workflow::portfolio(home, today)?;
    talk.say("mlfit: does this use case need machine learning, and if so how little of it?")?;
    for (position, case) in cases.iter().enumerate() {
        let verdict = case.verdict.as_ref().map_or_else(
            || "not decided yet".to_owned(),
            |verdict| format!("{}, {}", verdict.solution.label(), verdict.readiness.id()),
        );
        let due = if case.due { ", due" } else { "" };
        talk.say(&format!(
            "{}. {}: {} of {} answered, {verdict}{due}",
            position + 1,
            case.title,
            case.answered,
            case.asked
        ))?;
    }
    talk.say("Type the number of a case, or the title of a new one; q ends.")?;
    let Some(line) = talk.hear()? else {
        return Ok(None);
    };
    if line.is_empty() || line == "q" {
        return Ok(None);
    }
    if let Ok(number) = line.parse::<usize>()
        && let Some(case) = number
            .checked_sub(1)
            .and_then(|position| cases.get(position))
    {
        return Ok(Some(case.path.clone()));
    }
    let taken: Vec<PathBuf> = cases.into_iter().map(|case| case.path).collect();
    let path = update::place_among(home, &line, &taken);
    let new = NewCase {
        title: &line,
        owner: None,
        rubric: None,
        created: today,
    };
    workflow::new_case(&path, &new)?;
    talk.say(&format!("Kept in {}", path.display()))?;
    Ok(Some(path))
}

fn ask_all(session: &mut Session, today: &str, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let mut at = session
        .items(false)
        .iter()
        .find(|item| !session.is_answered(item))
        .map(|item| item.id().to_owned());
    while let Some(id) = at.clone() {
        let Some(item) = session.item(&id) else { break };
        say_item(session, &item, talk)?;
        let Some(line) = talk.hear()? else { break };
        let forward = match line.as_str() {
            "q" => break,
            "b" => false,
            "?" => {
                explain(&item, talk)?;
                continue;
            }
            "" => true,
            text => match take(session, &id, text, today) {
                Ok(()) => true,
                Err(problem) => {
                    talk.say(&format!("{} {}", problem.message, problem.remedy))?;
                    continue;
                }
            },
        };
        let ids: Vec<String> = session
            .items(false)
            .iter()
            .map(|item| item.id().to_owned())
            .collect();
        let here = ids.iter().position(|other| *other == id).unwrap_or(0);
        at = if forward {
            ids.get(here + 1).cloned()
        } else {
            ids.get(here.saturating_sub(1)).cloned()
        };
    }
    Ok(())
}

fn say_item(session: &Session, item: &Item<'_>, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let section = &session.folder.rubric.dimensions[session.section(item.id())].title;
    talk.say("")?;
    match item {
        Item::Framing(line) => {
            talk.say(&format!("{section}: {}", line.asks()))?;
            if let Some(text) = session.framing(*line) {
                talk.say(&format!("So far: {text}"))?;
            }
        }
        Item::Question(question) => {
            talk.say(&format!("{section}: {}", question.ask))?;
            for (number, label) in options(question) {
                talk.say(&format!("{number}. {label}"))?;
            }
            if let Some(answer) = session.folder.case.answers.get(&question.id) {
                talk.say(&format!("So far: {}", write_answer(answer)))?;
            }
        }
    }
    let hint = update::hint(item);
    if hint.is_empty() {
        Ok(())
    } else {
        talk.say(&hint)
    }
}

fn options(question: &Question) -> Vec<(usize, String)> {
    let item = Item::Question(question);
    let mut labels: Vec<String> = question
        .choices()
        .iter()
        .map(|choice| choice.label.clone())
        .collect();
    if !item.is_typed() {
        labels.push("Don't know".to_owned());
        if question.not_applicable.is_some() {
            labels.push("Not applicable".to_owned());
        }
    }
    labels
        .into_iter()
        .enumerate()
        .map(|(position, label)| (position + 1, label))
        .collect()
}

fn explain(item: &Item<'_>, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let (help, why) = match item {
        Item::Framing(line) => (line.help(), line.why()),
        Item::Question(question) => (question.help.as_str(), question.why.as_str()),
    };
    talk.say(&format!("For example: {help}"))?;
    talk.say(&format!("Why we ask: {why}"))?;
    talk.say("\"unknown\" means don't know; \"na\" means not applicable, where allowed.")
}

fn take(session: &mut Session, id: &str, text: &str, today: &str) -> Result<(), Problem> {
    match session.item(id) {
        Some(Item::Framing(line)) => session.set_framing(line, Some(text.to_owned())),
        Some(item @ Item::Question(question)) => {
            let number = text.parse::<usize>().ok().filter(|_| !item.is_typed());
            let answer: Answer =
                match number.and_then(|number| item.answer_of(number.checked_sub(1)?)) {
                    Some(answer) => answer,
                    None => parse_answer(&session.folder.rubric, &question.id, text)?,
                };
            let mut given = session
                .folder
                .case
                .answers
                .0
                .get(id)
                .cloned()
                .unwrap_or_else(|| GivenAnswer::plain(Answer::Unknown));
            given.replace(answer);
            given.at = Some(today.to_owned());
            session.set_given(id, Some(given));
        }
        None => {}
    }
    session.folder.save()
}

fn conclude(session: &Session, today: &str, talk: &mut Talk<'_>) -> Result<(), Problem> {
    let (answered, asked) = session.assessment.progress();
    talk.say("")?;
    talk.say(&format!(
        "{answered} of {asked} answered; saved in {}",
        session.folder.path.display()
    ))?;
    let verdict = workflow::decide(&session.folder, today)?;
    talk.say(&verdict.headline)?;
    talk.say(&format!(
        "Solution: {} ({}). May it start: {} ({}).",
        verdict.solution.label(),
        verdict.solution_confidence.id(),
        verdict.readiness.id(),
        verdict.readiness_confidence.id()
    ))?;
    for finding in verdict.findings.iter().take(3) {
        talk.say(&format!("Because: {}", finding.text))?;
    }
    for next in verdict.next.iter().take(1) {
        talk.say(&format!("Next: {}", next.why))?;
    }
    Ok(())
}
