//! `mlfit assess`: answers in, what they mean out.

use std::path::Path;

use serde::Serialize;

use super::arguments::Assess;
use super::assess_view::{next, show};
use super::output::Outcome;
use super::page::{Page, Style};
use crate::assessment::{Assessment, GateState};
use crate::case::CaseFolder;
use crate::problem::{Problem, nearest};
use crate::rubric::Who;
use crate::verdict::{Interval, NextQuestion, Remaining, Verdict, effect};
use crate::workflow::{self, Answerer, shell_word};

const SCHEMA: &str = "mlfit.assessment/1";

/// The JSON form.
#[derive(Serialize)]
struct Assessed<'a> {
    schema: &'static str,
    title: &'a str,
    rubric: &'a str,
    answered: usize,
    asked: usize,
    scores: std::collections::BTreeMap<&'a str, Interval>,
    gates: Vec<Gate<'a>>,
    unanswered: &'a [String],
    unknown: &'a [String],
    disputed: &'a [String],
    without_meaning: Vec<&'a str>,
    asked_otherwise: Vec<&'a str>,
    next: &'a [NextQuestion],
    remaining: &'a Remaining,
    verdict: &'a Verdict,
}

#[derive(Serialize)]
struct Gate<'a> {
    question: &'a str,
    option: &'a str,
    state: &'static str,
    effect: String,
    because: &'a str,
}

pub(super) fn run(given: &Assess, style: Style, json: bool) -> Result<Outcome, Problem> {
    let mut folder = workflow::open_case(&given.case)?;
    if let Some(file) = &given.sheet {
        return sheet(&folder, file, given.role, style, json);
    }
    change(&mut folder, given)?;
    let assessment = workflow::assessment(&folder);
    let verdict = workflow::decide(&folder, &given.day.or_today())?;
    if json {
        return Outcome::json(&assessed(&folder, &assessment, &verdict));
    }
    let mut page = Page::new(style);
    if given.next {
        next(&mut page, &folder, &assessment, &verdict);
    } else {
        show(&mut page, &folder, &assessment, &verdict);
    }
    Ok(Outcome::text(page.finish()))
}

/// Writes the open questions down for somebody else.
fn sheet(
    folder: &CaseFolder,
    file: &Path,
    role: Option<Who>,
    style: Style,
    json: bool,
) -> Result<Outcome, Problem> {
    let questions = workflow::write_sheet(folder, file, role)?;
    let place = file.display().to_string();
    if json {
        return Outcome::json(&serde_json::json!({ "written": place, "questions": questions }));
    }
    let mut page = Page::new(style);
    page.paragraph(&format!("{questions} open questions written: {place}"));
    page.gap();
    let role = role.map(|role| format!(" --as {}", role.id()));
    page.line(&format!(
        "  mlfit assess {} --from-sheet {}{}",
        shell_word(&folder.path.display().to_string()),
        shell_word(&place),
        role.unwrap_or_default()
    ));
    Ok(Outcome::text(page.finish()))
}

/// Applies every change that was asked for, or none.
fn change(folder: &mut CaseFolder, given: &Assess) -> Result<(), Problem> {
    let frames = given
        .frame
        .iter()
        .map(|text| pair(text, "PART=TEXT", "row='one customer'"))
        .collect::<Result<Vec<_>, _>>()?;
    let answers = answers_of(&given.set)?;
    let agreed = answers_of(&given.resolve)?;
    let at = workflow::today();
    let from_file = given
        .answers
        .as_ref()
        .map(|file| workflow::answers_from_file(file, &folder.rubric))
        .or(given
            .from_sheet
            .as_ref()
            .map(|file| workflow::answers_from_sheet(file, folder)))
        .transpose()?;
    if from_file.is_none() && answers.is_empty() && agreed.is_empty() && frames.is_empty() {
        return Ok(());
    }
    // Everything is read before anything is written; what stands on the command line wins.
    let mut all = from_file.unwrap_or_default();
    for (question, text) in &answers {
        let answer = crate::assessment::parse_answer(&folder.rubric, question, text)?;
        all.set(question, answer);
    }
    for (question, agreed) in workflow::agreed(folder, &agreed)?.0 {
        all.0.insert(question, agreed);
    }
    for (part, text) in frames {
        frame(folder, &part, &text)?;
    }
    let (by, role) = (given.by.as_deref(), given.role);
    workflow::set_given(folder, &all, Answerer { by, role, at: &at })
}

/// Questions with their answers as they were typed.
fn answers_of(given: &[String]) -> Result<Vec<(String, String)>, Problem> {
    given
        .iter()
        .map(|text| pair(text, "QUESTION=ANSWER", "fit-task-kind=predict"))
        .collect()
}

fn frame(folder: &mut CaseFolder, part: &str, text: &str) -> Result<(), Problem> {
    const PARTS: [&str; 5] = ["row", "label", "decided", "outcome", "period"];
    let framing = &mut folder.case.framing;
    let place = match part {
        "row" => &mut framing.row,
        "label" => &mut framing.label,
        "decided" => &mut framing.decided,
        "outcome" => &mut framing.outcome,
        "period" => &mut framing.period,
        other => {
            return Err(Problem::new(
                "unknown-part",
                format!("expected a part of the framing sheet, found \"{other}\""),
                match nearest(other, PARTS) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("the parts are {}", PARTS.join(", ")),
                },
            ));
        }
    };
    *place = (!text.trim().is_empty()).then(|| text.trim().to_owned());
    Ok(())
}

fn pair(text: &str, form: &str, example: &str) -> Result<(String, String), Problem> {
    text.split_once('=')
        .map(|(name, value)| (name.trim().to_owned(), value.to_owned()))
        .ok_or_else(|| {
            Problem::new(
                "usage",
                format!("expected {form}, found \"{text}\""),
                format!("write it like {example}"),
            )
        })
}

fn assessed<'a>(
    folder: &'a CaseFolder,
    assessment: &'a Assessment,
    verdict: &'a Verdict,
) -> Assessed<'a> {
    Assessed {
        schema: SCHEMA,
        title: &folder.case.title,
        rubric: &assessment.rubric.id,
        answered: assessment.progress().0,
        asked: assessment.visible.len(),
        scores: assessment
            .dimensions
            .iter()
            .map(|score| {
                (
                    score.id.as_str(),
                    Interval {
                        low: score.low,
                        high: score.high,
                    },
                )
            })
            .collect(),
        gates: assessment
            .gates
            .iter()
            .map(|gate| Gate {
                question: &gate.question,
                option: &gate.option,
                state: match gate.state {
                    GateState::Fired => "fired",
                    GateState::Possible => "possible",
                },
                effect: effect(&gate.effect),
                because: &gate.because,
            })
            .collect(),
        unanswered: &assessment.unanswered,
        unknown: &assessment.unknown,
        disputed: &assessment.disputed,
        without_meaning: folder.without_meaning(),
        asked_otherwise: folder.asked_otherwise(),
        next: &verdict.next,
        remaining: &verdict.remaining,
        verdict,
    }
}
