//! From a case to the text of `case.yaml`, which reads back as the same case.

use std::collections::BTreeMap;

use serde::Serialize;

use super::VERSION;
use super::answers;
use super::model::Case;
use super::raw::{RawData, RawFraming, RawGiven, RawRubric};
use crate::problem::Problem;
use crate::rubric::{Question, Rubric};
use crate::value::Economics;

/// The whole file, in the order in which it is written.
#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<&'a str>,
    created: &'a str,
    rubric: RawRubric,
    #[serde(skip_serializing_if = "is_blank")]
    framing: RawFraming,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<RawData>,
    #[serde(skip_serializing_if = "Option::is_none")]
    economics: Option<&'a Economics>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<&'a str, RawGiven>,
}

/// The text of `case.yaml`; the rubric tells how each question is put now.
pub(super) fn write(case: &Case, rubric: &Rubric) -> Result<String, Problem> {
    let framing = case.framing.clone();
    let written = Written {
        version: VERSION,
        title: &case.title,
        owner: case.owner.as_deref(),
        created: &case.created,
        rubric: RawRubric {
            id: case.rubric.id.clone(),
            version: case.rubric.version,
            hash: case.rubric.hash.clone(),
            file: case.rubric.file.clone(),
        },
        framing: RawFraming {
            row: framing.row,
            label: framing.label,
            decided: framing.decided,
            outcome: framing.outcome,
            period: framing.period,
        },
        data: case.data.as_ref().map(|data| RawData {
            path: data.path.clone(),
            hash: data.hash.clone(),
            request: data.request.clone(),
        }),
        economics: case.economics.as_ref(),
        answers: case
            .answers
            .0
            .iter()
            .map(|(id, given)| {
                let asked = rubric.question(id).map(Question::fingerprint);
                (id.as_str(), answers::raw(given, asked.as_deref()))
            })
            .collect(),
    };
    // Quoted strings on one line read back exactly; block scalars depend on their indentation.
    let options = serde_yaml::ser_options! { prefer_block_scalars: false };
    serde_yaml::to_string_with_options(&written, options).map_err(|error| {
        Problem::new(
            "case-not-written",
            format!("the case cannot be written as YAML: {error}"),
            "this is a fault of mlfit; please report it with the case",
        )
    })
}

fn is_blank(framing: &RawFraming) -> bool {
    *framing == RawFraming::default()
}
