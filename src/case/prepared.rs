//! Prepared cases: story, request, framing and answers in one YAML file, for the demo.

use serde::Deserialize;
use serde_yaml::Spanned;

use super::answers::{Mismatch, check_answers};
use super::raw::{RawFraming, RawGiven};
use crate::assessment::{Answers, Framing};
use crate::contest::Request;
use crate::problem::Problem;
use crate::rubric::{Entries, Rubric, yaml};
use crate::value::Economics;

/// A case that is ready to be made, measured and decided.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// Kebab-case id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about, in a few sentences.
    pub story: String,
    /// The name of its data file.
    pub dataset: String,
    /// What is asked of the data.
    pub request: Request,
    /// The framing sheet.
    pub framing: Framing,
    /// The owner's figures.
    pub economics: Option<Economics>,
    /// The answers.
    pub answers: Answers,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPrepared {
    id: String,
    title: String,
    story: String,
    dataset: String,
    request: Request,
    #[serde(default)]
    framing: RawFraming,
    economics: Option<Economics>,
    #[serde(default)]
    answers: Entries<Spanned<RawGiven>>,
}

/// Reads a prepared case; `file` is how problems name it.
pub fn read_prepared(text: &str, file: &str, rubric: &Rubric) -> Result<Prepared, Problem> {
    let raw: RawPrepared = yaml::read(text, file)?;
    let answers = check_answers(&raw.answers, rubric, Mismatch::Refused)
        .map_err(|problem| problem.in_file(file))?;
    Ok(Prepared {
        id: raw.id,
        title: raw.title,
        story: raw.story,
        dataset: raw.dataset,
        request: raw.request,
        framing: Framing {
            row: raw.framing.row,
            label: raw.framing.label,
            decided: raw.framing.decided,
            outcome: raw.framing.outcome,
            period: raw.framing.period,
        },
        economics: raw.economics,
        answers,
    })
}
