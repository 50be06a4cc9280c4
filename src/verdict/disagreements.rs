//! Questions to which people gave answers that do not agree, and what hangs on each.

use super::change::{Looks, looks};
use super::inputs::Inputs;
use super::model::{Claim, Disagreement};
use super::words::{answer, both};
use crate::assessment::{Answer, GivenAnswer};
use crate::text::clean;

/// Every question on which people disagree, in the rubric's order.
pub(super) fn disagreements(inputs: &Inputs<'_>) -> Vec<Disagreement> {
    let Some(assessment) = inputs.assessment else {
        return Vec::new();
    };
    let disagreement = |id: &String| {
        let question = assessment.rubric.question(id)?;
        let given = assessment.answers.0.get(id)?;
        let claims = assessment.claims(id);
        let outcomes: Vec<(String, Looks)> = claims
            .iter()
            .map(|claim| {
                let alone = assessment.with(id, claim.answer.clone());
                let looks = looks(&inputs.with_assessment(&alone));
                (answer(question, &claim.answer), looks)
            })
            .collect();
        let voices = given.voices().filter(|voice| is_claim(voice, &claims));
        Some(Disagreement {
            question: id.clone(),
            answers: voices
                .map(|voice| Claim {
                    role: voice.role,
                    by: voice.by.as_deref().map(clean),
                    answer: answer(question, &voice.answer),
                })
                .collect(),
            matters: outcomes.windows(2).any(|pair| pair[0].1 != pair[1].1),
            why: why(&outcomes),
        })
    };
    assessment
        .disputed
        .iter()
        .filter_map(disagreement)
        .collect()
}

fn is_claim(voice: &GivenAnswer, claims: &[&GivenAnswer]) -> bool {
    voice.answer != Answer::Unknown && claims.iter().any(|claim| claim.answer == voice.answer)
}

fn why(outcomes: &[(String, Looks)]) -> String {
    let told = |looks: &Looks| both(looks.solution, looks.readiness);
    match outcomes {
        [(_, first), rest @ ..] if rest.iter().all(|(_, looks)| looks == first) => {
            format!("As it looks now, each of them leads to {}.", told(first))
        }
        _ => {
            let each: Vec<String> = outcomes
                .iter()
                .map(|(answer, looks)| format!("“{answer}” makes it {}", told(looks)))
                .collect();
            format!("{}.", each.join(", "))
        }
    }
}
