//! Answers and a rubric make an assessment.

use std::sync::Arc;

use super::answer::{Answer, Answers};
use super::interval;
use super::logic::{Formula, Truth};
use super::plan::Plan;
use super::reading::{Reading, Said};
use super::result::{Assessment, DimensionScore, GateState, OpenGate};
use crate::rubric::{Gate, Question, QuestionKind, Rubric};
use crate::vocabulary::Rung;

impl Assessment {
    /// Questions answered (other than by *don't know*) and questions asked, as
    /// everybody counts them; the framing sheet holds no questions.
    pub fn progress(&self) -> (usize, usize) {
        let answered = self.dimensions.iter().map(|it| it.answered).sum();
        (answered, self.visible.len())
    }

    /// What the answers mean under the rubric.
    ///
    /// A question is asked unless its condition is definitely false. Answers
    /// to questions that are hidden, unknown to the rubric, or not of a form
    /// that the question allows are kept and ignored.
    pub fn new(rubric: Arc<Rubric>, answers: Answers) -> Self {
        let plan = Arc::new(Plan::new(&rubric));
        Self::of(rubric, plan, answers)
    }

    /// The same with one answer replaced.
    #[must_use]
    pub fn with(&self, question: &str, answer: Answer) -> Self {
        self.with_answers(self.answers.with(question, answer))
    }

    /// The same rubric with other answers; cheaper than [`Assessment::new`].
    #[must_use]
    pub fn with_answers(&self, answers: Answers) -> Self {
        Self::of(Arc::clone(&self.rubric), Arc::clone(&self.plan), answers)
    }

    fn of(rubric: Arc<Rubric>, plan: Arc<Plan>, answers: Answers) -> Self {
        let readings: Vec<Reading> = rubric
            .questions()
            .map(|(_, question)| Reading::of(question, answers.get(&question.id)))
            .collect();
        let walk = Walk::through(&rubric, &plan, &readings);
        let listed = |keep: &dyn Fn(usize) -> bool| -> Vec<String> {
            rubric
                .questions()
                .enumerate()
                .filter(|(position, _)| walk.visible[*position] != Truth::False && keep(*position))
                .map(|(_, (_, question))| question.id.clone())
                .collect()
        };
        let said = |wanted| {
            let readings = &readings;
            move |position: usize| readings[position].said == wanted
        };
        Self {
            dimensions: dimensions(&rubric, &plan, &readings, &walk.visible),
            visible: listed(&|_| true),
            unanswered: listed(&said(Said::Nothing)),
            unknown: listed(&said(Said::Unknown)),
            gates: walk.gates,
            answers,
            rubric,
            plan,
        }
    }

    /// The score of that dimension.
    pub fn dimension(&self, id: &str) -> Option<&DimensionScore> {
        self.dimensions.iter().find(|score| score.id == id)
    }

    /// Whether that question is asked.
    pub fn is_visible(&self, question: &str) -> bool {
        self.visible.iter().any(|id| id == question)
    }

    /// The answer that counts: given, allowed by the rubric, and to a question that is asked.
    pub fn counted_answer(&self, question: &str) -> Option<&Answer> {
        let asked = self.is_visible(question)
            && !self.unanswered.iter().any(|id| id == question)
            && !self.unknown.iter().any(|id| id == question);
        asked.then(|| self.answers.get(question)).flatten()
    }
}

fn dimensions(
    rubric: &Rubric,
    plan: &Plan,
    readings: &[Reading],
    visible: &[Truth],
) -> Vec<DimensionScore> {
    rubric
        .dimensions
        .iter()
        .enumerate()
        .map(|(dimension, section)| {
            let asked: Vec<usize> = (0..plan.questions.len())
                .filter(|&position| {
                    plan.questions[position].dimension == dimension
                        && visible[position] != Truth::False
                })
                .collect();
            let (low, high) =
                interval::score(plan, dimension, readings, visible).unwrap_or((0.0, 1.0));
            DimensionScore {
                id: section.id.clone(),
                low,
                high,
                answered: asked
                    .iter()
                    .filter(|&&position| readings[position].said == Said::Something)
                    .count(),
                asked: asked.len(),
            }
        })
        .collect()
}

/// One pass over the questions in their order.
struct Walk {
    visible: Vec<Truth>,
    gates: Vec<OpenGate>,
    /// The highest rung that the open gates so far leave.
    ceiling: Rung,
    /// The same if every possible gate opened too.
    lowest_ceiling: Rung,
}

impl Walk {
    fn through(rubric: &Rubric, plan: &Plan, readings: &[Reading]) -> Self {
        let mut walk = Self {
            visible: Vec::with_capacity(plan.questions.len()),
            gates: Vec::new(),
            ceiling: Rung::FoundationModel,
            lowest_ceiling: Rung::FoundationModel,
        };
        for (position, (_, question)) in rubric.questions().enumerate() {
            let visible = walk.truth(&plan.questions[position].when, readings);
            walk.visible.push(visible);
            walk.gates_of(question, plan, position, readings);
        }
        walk
    }

    fn truth(&self, formula: &Formula, readings: &[Reading]) -> Truth {
        formula.truth(
            &|question, is| self.answered(&readings[question], question, is),
            &|rung| {
                if rung <= self.lowest_ceiling {
                    Truth::True
                } else if rung > self.ceiling {
                    Truth::False
                } else {
                    Truth::Unknown
                }
            },
        )
    }

    /// Whether the question is asked and answered with one of these options.
    fn answered(&self, reading: &Reading, question: usize, is: &[usize]) -> Truth {
        // A question ahead is not settled; a checked rubric never looks there.
        let asked = self
            .visible
            .get(question)
            .copied()
            .unwrap_or(Truth::Unknown);
        let hits = reading.outcomes.iter().filter(|o| is.contains(o)).count();
        let answer = if hits == 0 {
            Truth::False
        } else if hits == reading.outcomes.len() && !reading.may_be_not_applicable {
            Truth::True
        } else {
            Truth::Unknown
        };
        asked.min(answer)
    }

    fn gates_of(
        &mut self,
        question: &Question,
        plan: &Plan,
        position: usize,
        readings: &[Reading],
    ) {
        let reading = &readings[position];
        let certain = reading.outcomes.len() == 1 && !reading.may_be_not_applicable;
        let mut ceiling = self.ceiling;
        let mut lowest_ceiling = self.lowest_ceiling;
        for &outcome in &reading.outcomes {
            let planned = &plan.questions[position].outcomes[outcome];
            let (option, gates) = describe(question, outcome);
            for (gate, planned) in gates.iter().zip(&planned.gates) {
                let chosen = if certain { Truth::True } else { Truth::Unknown };
                let opens = self.visible[position]
                    .min(chosen)
                    .min(self.truth(&planned.when, readings));
                let state = match opens {
                    Truth::False => continue,
                    Truth::Unknown => GateState::Possible,
                    Truth::True => GateState::Fired,
                };
                if let Some(cap) = planned.ceiling {
                    lowest_ceiling = lowest_ceiling.min(cap);
                    if state == GateState::Fired {
                        ceiling = ceiling.min(cap);
                    }
                }
                self.gates.push(OpenGate {
                    question: question.id.clone(),
                    option: option.clone(),
                    effect: gate.effect.clone(),
                    because: gate.because.clone(),
                    state,
                });
            }
        }
        self.ceiling = ceiling;
        self.lowest_ceiling = lowest_ceiling;
    }
}

/// An option or a band in words, and what it decides alone.
fn describe(question: &Question, outcome: usize) -> (String, &[Gate]) {
    match &question.kind {
        QuestionKind::Choice(choices) => choices
            .get(outcome)
            .map(|choice| (choice.key.clone(), choice.gates.as_slice())),
        QuestionKind::Number { bands, unit, .. } => bands.get(outcome).map(|band| {
            let words = match (band.below, outcome.checked_sub(1)) {
                (Some(below), _) => format!("below {below} {unit}"),
                (None, Some(before)) => match bands[before].below {
                    Some(from) => format!("{from} {unit} and more"),
                    None => "any number".to_owned(),
                },
                (None, None) => "any number".to_owned(),
            };
            (words, band.gates.as_slice())
        }),
        QuestionKind::Text { .. } | QuestionKind::Rule | QuestionKind::Whys { .. } => None,
    }
    .unwrap_or((String::new(), &[]))
}
