//! What to ask or measure next, by how likely an answer changes the verdict.

use super::change::{Looks, OtherAnswer};
use super::inputs::Inputs;
use super::model::{CouldBe, Disagreement, NextQuestion};
use super::words::{both, label};
use crate::rubric::Question;
use crate::vocabulary::Rung;

/// Questions that are told.
const MOST: usize = 8;

/// The most useful questions first; `benchmark` and `economics` stand for measurements.
pub(super) fn next(
    inputs: &Inputs<'_>,
    now: Looks,
    could_be: &CouldBe,
    others: &[OtherAnswer],
    disagreements: &[Disagreement],
) -> Vec<NextQuestion> {
    let mut ranked: Vec<(f64, NextQuestion)> = Vec::new();
    if let Some(assessment) = inputs.assessment {
        let open = assessment
            .visible
            .iter()
            .filter(|id| assessment.counted_answer(id).is_none());
        for id in open {
            let Some(question) = assessment.rubric.question(id) else {
                continue;
            };
            if let Some(disagreement) = disagreements.iter().find(|it| it.question == *id) {
                ranked.push(agree(question, disagreement));
                continue;
            }
            let mine: Vec<&OtherAnswer> = others
                .iter()
                .filter(|other| other.question == *id)
                .collect();
            if let Some(line) = ask(inputs, now, question, &mine) {
                ranked.push(line);
            }
        }
    }
    ranked.extend(benchmark(inputs, could_be));
    ranked.extend(economics(inputs, now));
    ranked.sort_by(|left, right| right.0.total_cmp(&left.0));
    ranked
        .into_iter()
        .take(MOST)
        .map(|(_, line)| line)
        .collect()
}

/// To agree takes a talk between people who have both thought about it already.
fn agree(question: &Question, disagreement: &Disagreement) -> (f64, NextQuestion) {
    let score = if disagreement.matters { 1.5 } else { 0.1 };
    (
        score + 0.05 * f64::from(question.weight),
        NextQuestion {
            question: question.id.clone(),
            why: format!("Two people answered differently. {}", disagreement.why),
        },
    )
}

/// How useful an answer would be: the share of options that change the
/// verdict counts most, then those that decide something alone, then how far
/// options move a reading; first questions come first among equals.
fn ask(
    inputs: &Inputs<'_>,
    now: Looks,
    question: &Question,
    options: &[&OtherAnswer],
) -> Option<(f64, NextQuestion)> {
    if options.is_empty() {
        return None;
    }
    let all = options.len() as f64;
    let changing: Vec<&&OtherAnswer> = options.iter().filter(|it| it.looks != now).collect();
    let gated = question
        .choices()
        .iter()
        .filter(|choice| !choice.gates.is_empty())
        .count();
    let moved = options.iter().map(|it| it.moved).fold(0.0, f64::max);
    let score = changing.len() as f64 / all
        + 0.5 * gated as f64 / all
        + 0.3 * moved
        + if question.triage { 0.5 } else { 0.0 }
        + 0.05 * f64::from(question.weight);
    let why = match changing.first() {
        Some(first) => {
            let rubric = inputs.assessment.map(|it| &it.rubric)?;
            let times = match (changing.len(), options.len()) {
                (1, _) => "One of its answers changes the verdict".to_owned(),
                (some, of) if some == of => "Any other answer changes the verdict".to_owned(),
                (some, of) => format!("{some} of its {of} answers change the verdict"),
            };
            format!(
                "{times}: “{}” makes it {}.",
                label(rubric, &first.question, &first.option),
                both(first.looks.solution, first.looks.readiness)
            )
        }
        None if gated > 0 => "One of its answers decides a part of the verdict alone.".to_owned(),
        None => format!(
            "Its answer moves a reading by up to {:.0} points of 100.",
            100.0 * moved
        ),
    };
    Some((
        score,
        NextQuestion {
            question: question.id.clone(),
            why,
        },
    ))
}

fn benchmark(inputs: &Inputs<'_>, could_be: &CouldBe) -> Option<(f64, NextQuestion)> {
    if let Some(evidence) = inputs.evidence {
        if evidence.comparisons.is_empty() {
            return Some((
                0.9,
                NextQuestion {
                    question: "benchmark".to_owned(),
                    why: "Nothing could be compared on these data; columns that are known when \
                          the decision is made would show whether there is anything to learn."
                        .to_owned(),
                },
            ));
        }
        let rows = evidence.recommendation.rows_needed?;
        return Some((
            0.6,
            NextQuestion {
                question: "benchmark".to_owned(),
                why: format!(
                    "With about {} {} it is expected to settle what is open.",
                    super::words::count(rows),
                    evidence.counted_in()
                ),
            },
        ));
    }
    let learns = !matches!(
        inputs.option("fit-task-kind"),
        Some("describe" | "generate")
    );
    let could_be_more = could_be
        .solutions
        .iter()
        .any(|rung| *rung >= Rung::Heuristic);
    (learns && could_be_more).then(|| {
        (
            // After the first questions, which cost a minute and may make it needless.
            0.9,
            NextQuestion {
                question: "benchmark".to_owned(),
                why:
                    "It shows whether there is anything to learn, and how little of it is enough; \
                      it replaces guesses about gain and signal."
                        .to_owned(),
            },
        )
    })
}

fn economics(inputs: &Inputs<'_>, now: Looks) -> Option<(f64, NextQuestion)> {
    let is_enough = inputs
        .economics
        .is_some_and(|it| crate::value::worth(it, inputs.evidence, now.solution).is_some());
    if is_enough || now.solution <= Rung::Query {
        return None;
    }
    Some((
        0.4,
        NextQuestion {
            question: "economics".to_owned(),
            why: "Costs and volumes tell whether this rung pays, and give the margin a meaning."
                .to_owned(),
        },
    ))
}
