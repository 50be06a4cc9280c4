//! What exactly was decided upon.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::inputs::Inputs;
use super::model::Hashes;
use crate::assessment::write_answer;
use crate::rubric::Who;

/// SHA-256 of every input: of answers as the text that reads back as them, of
/// benchmark and figures as their JSON. Notes beside answers decide nothing
/// and stay out.
pub(super) fn hashes(inputs: &Inputs<'_>) -> Hashes {
    let answers: BTreeMap<String, String> = inputs
        .assessment
        .map(|assessment| {
            let given = assessment.answers.0.iter();
            given
                .flat_map(|(id, given)| {
                    given.voices().enumerate().map(move |(place, voice)| {
                        // The first answer stands under the question alone, as it always did.
                        let role = voice.role.map_or("all", Who::id);
                        let key = match place {
                            0 => id.clone(),
                            _ => format!("{id} as {role}"),
                        };
                        (key, write_answer(&voice.answer))
                    })
                })
                .collect()
        })
        .unwrap_or_default();
    Hashes {
        rubrics: inputs
            .assessment
            .map(|it| (it.rubric.id.clone(), it.rubric.hash.clone()))
            .into_iter()
            .collect(),
        policy: inputs.policy.hash.clone(),
        answers: of(&answers).unwrap_or_default(),
        data: inputs.evidence.map(|evidence| evidence.data_hash.clone()),
        evidence: inputs.evidence.and_then(of),
        economics: inputs.economics.and_then(of),
    }
}

fn of(value: &impl Serialize) -> Option<String> {
    let json = serde_json::to_vec(value).ok()?;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(&json) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Some(text)
}
