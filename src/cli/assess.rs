//! `mlfit assess`: answers in, what they mean out.

use std::path::Path;

use serde::Serialize;

use super::arguments::Assess;
use super::output::Outcome;
use super::page::{Align, Page, Style};
use super::{bars, decide_view};
use crate::assessment::{Assessment, GateState};
use crate::case::CaseFolder;
use crate::problem::{Problem, nearest};
use crate::report::numbers;
use crate::report::words;
use crate::rubric::{Effect, Question};
use crate::verdict::{Interval, NextQuestion, Verdict};
use crate::workflow::{self, TypedWords, shell_word};

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
    without_meaning: Vec<&'a str>,
    next: &'a [NextQuestion],
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
        return sheet(&folder, file, style, json);
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
fn sheet(folder: &CaseFolder, file: &Path, style: Style, json: bool) -> Result<Outcome, Problem> {
    let questions = workflow::write_sheet(folder, file)?;
    let place = file.display().to_string();
    if json {
        return Outcome::json(&serde_json::json!({ "written": place, "questions": questions }));
    }
    let mut page = Page::new(style);
    page.paragraph(&format!("{questions} open questions written: {place}"));
    page.gap();
    page.line(&format!(
        "  mlfit assess {} --from-sheet {}",
        shell_word(&folder.path.display().to_string()),
        shell_word(&place)
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
    let answers = given
        .set
        .iter()
        .map(|text| pair(text, "QUESTION=ANSWER", "fit-task-kind=predict"))
        .collect::<Result<Vec<_>, _>>()?;
    let at = workflow::today();
    let by = given.by.as_deref();
    let from_file = given
        .answers
        .as_ref()
        .map(|file| workflow::answers_from_file(file, &folder.rubric))
        .or(given
            .from_sheet
            .as_ref()
            .map(|file| workflow::answers_from_sheet(file, &folder.rubric)))
        .transpose()?;
    if from_file.is_none() && answers.is_empty() && frames.is_empty() {
        return Ok(());
    }
    // Everything is read before anything is written; what stands on the command line wins.
    let mut all = from_file.unwrap_or_default();
    for (question, text) in &answers {
        let answer = crate::assessment::parse_answer(&folder.rubric, question, text)?;
        all.set(question, answer);
    }
    for (part, text) in frames {
        frame(folder, &part, &text)?;
    }
    workflow::set_given(folder, &all, by, &at)
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
        without_meaning: folder.without_meaning(),
        next: &verdict.next,
        verdict,
    }
}

/// An effect in the words of the verdict's gates.
fn effect(effect: &Effect) -> String {
    match effect {
        Effect::ForceSolution(rung) => format!("force solution {rung}"),
        Effect::CapSolution(rung) => format!("cap solution {rung}"),
        Effect::ForceReadiness(readiness, _) => format!("force readiness {readiness}"),
        Effect::CapReadiness(readiness) => format!("cap readiness {readiness}"),
        Effect::StepDown => "step down".to_owned(),
        Effect::Require(what) => format!("require {what}"),
    }
}

fn show(page: &mut Page, folder: &CaseFolder, assessment: &Assessment, verdict: &Verdict) {
    page.strong(&folder.case.title);
    let (answered, asked) = assessment.progress();
    page.paragraph(&format!(
        "{answered} of {asked} questions answered, {} answered with don't know.",
        assessment.unknown.len(),
    ));
    let lost = folder.without_meaning();
    if !lost.is_empty() {
        page.hanging(
            "▲ ",
            &format!(
                "The rubric has changed since; answers kept that mean nothing in it any more: {}.",
                lost.join(", ")
            ),
        );
    }
    page.gap();
    let rows: Vec<Vec<String>> = assessment
        .dimensions
        .iter()
        .filter(|score| score.asked > 0)
        .map(|score| {
            let title = assessment
                .rubric
                .dimensions
                .iter()
                .find(|dimension| dimension.id == score.id)
                .map_or(score.id.as_str(), |dimension| dimension.title.as_str());
            vec![
                title.to_owned(),
                format!("{} of {}", score.answered, score.asked),
                bars::score(score.low, score.high, 20),
                numbers::score(score.low, score.high),
            ]
        })
        .collect();
    // A drawing says nothing when it is read aloud.
    let (columns, rows) = if page.style().plain {
        (
            vec![
                ("", Align::Left),
                ("answered", Align::Right),
                ("score", Align::Left),
            ],
            rows.into_iter()
                .map(|mut row| {
                    row.remove(2);
                    row
                })
                .collect(),
        )
    } else {
        (
            vec![
                ("", Align::Left),
                ("answered", Align::Right),
                ("score: worst to best case", Align::Left),
                ("", Align::Left),
            ],
            rows,
        )
    };
    page.table(&columns, &rows);
    gates(page, assessment);
    page.heading("So far");
    page.paragraph(&verdict.headline);
    decide_view::parts(page, verdict);
    asks(page, folder, verdict);
}

fn gates(page: &mut Page, assessment: &Assessment) {
    for (state, heading) in [
        (GateState::Fired, "Decided by one answer alone"),
        (GateState::Possible, "Could still decide alone"),
    ] {
        let lines: Vec<_> = assessment
            .gates
            .iter()
            .filter(|gate| gate.state == state)
            .collect();
        if lines.is_empty() {
            continue;
        }
        page.heading(heading);
        for gate in lines {
            page.hanging(
                "▲ ",
                &format!(
                    "{} = {}: {}. {}",
                    gate.question,
                    gate.option,
                    words::effect(&effect(&gate.effect)),
                    gate.because
                ),
            );
        }
    }
}

fn asks(page: &mut Page, folder: &CaseFolder, verdict: &Verdict) {
    if verdict.next.is_empty() {
        return;
    }
    page.heading("Worth asking next");
    for next in verdict.next.iter().take(3) {
        let ask = decide_view::asked(&next.question, Some(&folder.rubric));
        page.hanging("→ ", &format!("{ask} {}", next.why));
    }
    page.gap();
    page.line(&format!(
        "  mlfit assess {} --next",
        shell_word(&folder.path.display().to_string())
    ));
}

/// The question worth asking next, ready to be answered.
fn next(page: &mut Page, folder: &CaseFolder, assessment: &Assessment, verdict: &Verdict) {
    let case = shell_word(&folder.path.display().to_string());
    let wanted = verdict
        .next
        .iter()
        .find_map(|next| Some((folder.rubric.question(&next.question)?, next.why.as_str())));
    // What no answer can change any more may still be told for the record.
    let open = assessment
        .unanswered
        .iter()
        .find_map(|id| Some((folder.rubric.question(id)?, "For the record.")));
    let Some((question, why)) = wanted.or(open) else {
        page.paragraph("Nothing is left to ask.");
        page.gap();
        page.line(&format!("  mlfit decide {case}"));
        return;
    };
    page.strong(&format!("{} ({})", question.ask, question.id));
    page.paragraph(&question.help);
    page.gap();
    page.hanging("Why now: ", why);
    page.hanging("Why asked: ", &question.why);
    page.hanging("Settled by: ", &question.settled_by);
    page.gap();
    options(page, question);
    page.gap();
    page.line(&format!("  mlfit assess {case} --set {}=…", question.id));
}

/// How typed answers are called on a command line.
const TYPED: TypedWords = TypedWords {
    number: "NUMBER",
    text: "TEXT",
    rule: ("RULE", "SQL over the columns, such as income > 50000"),
    whys: ("WHYS", "answers to \"why?\", separated by \"=>\""),
};

fn options(page: &mut Page, question: &Question) {
    let rows = workflow::answer_forms(question, TYPED);
    let column = rows
        .iter()
        .map(|(key, _)| key.chars().count() + 4)
        .max()
        .unwrap_or(0);
    for (key, says) in &rows {
        page.field(&format!("  {key}"), column, says);
    }
}
