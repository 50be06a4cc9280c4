//! What to ask or measure next, by how likely an answer changes the verdict.

use super::change::{Looks, OtherAnswer};
use super::influence::Outlook;
use super::inputs::Inputs;
use super::model::{CouldBe, Disagreement, NextQuestion};
use super::words::{both, label};
use crate::rubric::Question;
use crate::vocabulary::Rung;

/// Questions that are told.
const MOST: usize = 8;

/// How useful it is to agree where the verdict hangs on it: before all else.
const AGREEMENT: f64 = 2.0;
/// How useful a benchmark is beside questions: after those that have a chance
/// of one in five, which cost a minute and may make it needless.
const BENCHMARK: f64 = 0.2;
/// How useful what is not urgent is: after every question that could change the verdict.
const MINOR: f64 = 0.05;

/// The most useful questions first; `benchmark` and `economics` stand for measurements.
pub(super) fn next(
    inputs: &Inputs<'_>,
    now: Looks,
    could_be: &CouldBe,
    others: &[OtherAnswer],
    disagreements: &[Disagreement],
    outlook: &Outlook,
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
            let influence = outlook.influences.iter().find(|it| it.question == *id);
            let matters = influence.filter(|it| it.matters(inputs.policy));
            ranked.extend(matters.and_then(|it| {
                let line = ask(inputs, now, question, &mine)?;
                Some((it.use_of(), line))
            }));
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
    (
        if disagreement.matters {
            AGREEMENT
        } else {
            MINOR
        },
        NextQuestion {
            question: question.id.clone(),
            why: format!("Two people answered differently. {}", disagreement.why),
        },
    )
}

/// A question whose answer could change the verdict, and how.
fn ask(
    inputs: &Inputs<'_>,
    now: Looks,
    question: &Question,
    options: &[&OtherAnswer],
) -> Option<NextQuestion> {
    let changing: Vec<&&OtherAnswer> = options.iter().filter(|it| it.looks != now).collect();
    let gated = question
        .choices()
        .iter()
        .filter(|choice| !choice.gates.is_empty())
        .count();
    let moved = options.iter().map(|it| it.moved).fold(0.0, f64::max);
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
        None if moved > 0.0 => format!(
            "Its answer moves a reading by up to {:.0} points of 100.",
            100.0 * moved
        ),
        None => "Together with other open answers it could change the verdict.".to_owned(),
    };
    Some(NextQuestion {
        question: question.id.clone(),
        why,
    })
}

fn benchmark(inputs: &Inputs<'_>, could_be: &CouldBe) -> Option<(f64, NextQuestion)> {
    if let Some(evidence) = inputs.evidence {
        if evidence.comparisons.is_empty() {
            return Some((
                BENCHMARK,
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
            BENCHMARK,
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
            BENCHMARK,
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
        MINOR,
        NextQuestion {
            question: "economics".to_owned(),
            why: "Costs and volumes tell whether this rung pays, and give the margin a meaning."
                .to_owned(),
        },
    ))
}
