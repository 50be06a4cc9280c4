//! `mlfit rubric`.

use serde_json::json;

use super::arguments::Rubric as Action;
use super::output::Outcome;
use super::page::{Align, Page, Style};
use super::{rubric_diff, rubric_test};
use crate::problem::Problem;
use crate::rubric::{Question, QuestionKind, Rubric};
use crate::workflow::rubrics;

pub(super) fn run(action: &Action, style: Style, json: bool) -> Result<Outcome, Problem> {
    match action {
        Action::List => list(style, json),
        Action::Show { rubric } => show(&*rubrics::find(rubric)?, style, json),
        Action::Check { file } => {
            let rubric = rubrics::check(file)?;
            if json {
                return Outcome::json(&line(&rubric));
            }
            let mut page = Page::new(style);
            page.paragraph(&format!(
                "{} is sound: {}, version {}, {} in {}.",
                file.display(),
                rubric.id,
                rubric.version,
                counted(rubric.questions().count(), "question"),
                counted(rubric.dimensions.len(), "dimension"),
            ));
            Ok(Outcome::text(page.finish()))
        }
        Action::Schema { example: false } => Outcome::json(&rubrics::schema()),
        Action::Schema { example: true } => Outcome::json(&rubrics::example_schema()),
        Action::Diff { old, new } => rubric_diff::run(old, new, style, json),
        Action::Test { examples, rubric } => rubric_test::run(examples, rubric, style, json),
    }
}

/// `1 question`, `2 questions`.
fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn line(rubric: &Rubric) -> serde_json::Value {
    json!({
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "hash": rubric.hash,
        "questions": rubric.questions().count(),
    })
}

fn list(style: Style, json: bool) -> Result<Outcome, Problem> {
    let all = rubrics::list()?;
    if json {
        return Outcome::json(&all.iter().map(|rubric| line(rubric)).collect::<Vec<_>>());
    }
    let mut page = Page::new(style);
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|rubric| {
            vec![
                rubric.id.clone(),
                rubric.version.to_string(),
                rubric.questions().count().to_string(),
                rubric.title.clone(),
            ]
        })
        .collect();
    page.table(
        &[
            ("rubric", Align::Left),
            ("version", Align::Right),
            ("questions", Align::Right),
            ("title", Align::Left),
        ],
        &rows,
    );
    Ok(Outcome::text(page.finish()))
}

fn show(rubric: &Rubric, style: Style, json: bool) -> Result<Outcome, Problem> {
    if json {
        let questions: Vec<_> = rubric
            .questions()
            .map(|(dimension, question)| {
                json!({
                    "id": question.id,
                    "dimension": dimension.id,
                    "weight": question.weight,
                    "who": question.who,
                    "ask": question.ask,
                    "help": question.help,
                    "why": question.why,
                    "settled_by": question.settled_by,
                    "options": options(question),
                    "not_applicable": question.not_applicable,
                })
            })
            .collect();
        let mut value = line(rubric);
        value["questions"] = questions.into();
        return Outcome::json(&value);
    }
    let mut page = Page::new(style);
    page.strong(&format!(
        "{} ({}, version {})",
        rubric.title, rubric.id, rubric.version
    ));
    for dimension in &rubric.dimensions {
        page.heading(&format!("{}: {}", dimension.title, dimension.asks));
        for question in &dimension.questions {
            page.gap();
            page.line(&question.id);
            page.hanging("  ", &question.ask);
            page.hanging("  ", &options(question).join(" · "));
        }
    }
    Ok(Outcome::text(page.finish()))
}

/// What may be answered, beside *don't know*.
fn options(question: &Question) -> Vec<String> {
    let mut options: Vec<String> = match &question.kind {
        QuestionKind::Choice(choices) => choices.iter().map(|choice| choice.key.clone()).collect(),
        QuestionKind::Number { unit, .. } => vec![format!("number of {unit}")],
        QuestionKind::Text { .. } => vec!["text".to_owned()],
        QuestionKind::Rule => vec!["rule".to_owned()],
        QuestionKind::Whys { .. } => vec!["whys".to_owned()],
    };
    options.push("unknown".to_owned());
    if question.not_applicable.is_some() {
        options.push("na".to_owned());
    }
    options
}
