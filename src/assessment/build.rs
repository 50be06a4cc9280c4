//! Answers and a rubric make an assessment.

use std::sync::Arc;

use super::answer::{Answer, Answers, GivenAnswer};
use super::interval;
use super::logic::Truth;
use super::plan::Plan;
use super::reading::{Reading, Said, claims};
use super::result::{Assessment, DimensionScore};
use super::walk::Walk;
use crate::rubric::Rubric;

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
        Self::of(rubric, plan, answers, |_| None)
    }

    /// The same with one answer replaced; dimensions that it cannot move are not scored anew.
    #[must_use]
    pub fn with(&self, question: &str, answer: Answer) -> Self {
        let position = self
            .rubric
            .questions()
            .position(|(_, known)| known.id == question);
        Self::of(
            Arc::clone(&self.rubric),
            Arc::clone(&self.plan),
            self.answers.with(question, answer),
            |dimension| {
                let moves = &self.plan.slices[dimension].questions;
                let score = &self.dimensions[dimension];
                let stands = position.is_some_and(|position| !moves.contains(&position));
                stands.then_some((score.low, score.high))
            },
        )
    }

    /// The same rubric with other answers; cheaper than [`Assessment::new`].
    #[must_use]
    pub fn with_answers(&self, answers: Answers) -> Self {
        Self::of(
            Arc::clone(&self.rubric),
            Arc::clone(&self.plan),
            answers,
            |_| None,
        )
    }

    /// `stands` knows the worst and best score of a dimension where they are known already.
    fn of(
        rubric: Arc<Rubric>,
        plan: Arc<Plan>,
        answers: Answers,
        stands: impl Fn(usize) -> Option<(f64, f64)>,
    ) -> Self {
        let readings: Vec<Reading> = rubric
            .questions()
            .map(|(_, question)| Reading::of(question, answers.0.get(&question.id)))
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
            dimensions: dimensions(&rubric, &plan, &readings, &walk.visible, stands),
            visible: listed(&|_| true),
            unanswered: listed(&said(Said::Nothing)),
            unknown: listed(&said(Said::Unknown)),
            disputed: listed(&said(Said::Disputed)),
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

    /// The answer that counts: given, allowed by the rubric, agreed upon, and
    /// to a question that is asked.
    pub fn counted_answer(&self, question: &str) -> Option<&Answer> {
        let is_open = [&self.unanswered, &self.unknown, &self.disputed]
            .into_iter()
            .any(|open| open.iter().any(|id| id == question));
        if is_open || !self.is_visible(question) {
            return None;
        }
        let given = self.answers.0.get(question)?;
        if given.others.is_empty() {
            return Some(&given.answer);
        }
        self.claims(question).first().map(|claim| &claim.answer)
    }

    /// What people claim to be the answer to that question, each claim once:
    /// answers that the rubric allows, other than *don't know*. More than one
    /// where they do not agree.
    pub fn claims(&self, question: &str) -> Vec<&GivenAnswer> {
        match (self.rubric.question(question), self.answers.0.get(question)) {
            (Some(question), Some(given)) => claims(question, given),
            (_, _) => Vec::new(),
        }
    }

    /// Whether people gave answers to that question that do not agree.
    pub fn is_disputed(&self, question: &str) -> bool {
        self.disputed.iter().any(|id| id == question)
    }
}

fn dimensions(
    rubric: &Rubric,
    plan: &Plan,
    readings: &[Reading],
    visible: &[Truth],
    stands: impl Fn(usize) -> Option<(f64, f64)>,
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
            let (low, high) = stands(dimension)
                .or_else(|| interval::score(plan, dimension, readings, visible))
                .unwrap_or((0.0, 1.0));
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
