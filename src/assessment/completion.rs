//! One way in which everything open turns out, followed without intervals.
//!
//! With every answer known, three-valued logic has two values and an interval
//! is a point, so that thousands of ways can be followed in the time of one
//! assessment. The result is that of [`Assessment`] with the same answers.

use super::interval;
use super::logic::{Formula, Truth};
use super::plan::Plan;
use super::reading::{Reading, Said};
use super::result::Assessment;
use super::walk::Walk;
use crate::vocabulary::Rung;

/// How a question turns out: the position of an option or band, or none where
/// it does not apply or is answered in words.
pub(crate) type Turn = Option<usize>;

/// What may still turn out, question by question in the rubric's order.
pub(crate) struct Completions<'a> {
    plan: &'a Plan,
    readings: Vec<Reading>,
    /// Whether each question is asked, as far as that is known.
    visible: Vec<Truth>,
    /// Questions that a condition reads.
    read: Vec<bool>,
}

/// What follows from one way in which everything turns out.
#[derive(Default)]
pub(crate) struct Followed {
    /// Whether each question is asked.
    pub(crate) asked: Vec<bool>,
    /// Gates that open.
    pub(crate) opened: Vec<Opened>,
    /// What each dimension comes to.
    pub(crate) scores: Vec<Sum>,
}

/// A gate, by the positions of its question, its option or band, and its own among the gates of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    pub(crate) question: usize,
    pub(crate) outcome: usize,
    pub(crate) gate: usize,
}

/// A weighted mean by its parts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sum {
    /// Σ weight · score.
    pub(crate) scored: f64,
    /// Σ weight.
    pub(crate) weight: f64,
}

impl Assessment {
    /// The ways in which what is open may turn out.
    pub(crate) fn completions(&self) -> Completions<'_> {
        let mut read = vec![false; self.plan.questions.len()];
        for question in &self.plan.questions {
            let gates = question.outcomes.iter().flat_map(|outcome| &outcome.gates);
            for formula in std::iter::once(&question.when).chain(gates.map(|gate| &gate.when)) {
                formula.each_question(&mut |other| {
                    if let Some(read) = read.get_mut(other) {
                        *read = true;
                    }
                });
            }
        }
        let readings: Vec<Reading> = self
            .rubric
            .questions()
            .map(|(_, question)| Reading::of(question, self.answers.0.get(&question.id)))
            .collect();
        Completions {
            plan: &self.plan,
            visible: Walk::through(&self.rubric, &self.plan, &readings).visible,
            readings,
            read,
        }
    }
}

impl Completions<'_> {
    /// How many questions there are.
    pub(crate) fn questions(&self) -> usize {
        self.readings.len()
    }

    /// Whether nobody has settled how that question turns out.
    pub(crate) fn is_open(&self, question: usize) -> bool {
        self.readings[question].said != Said::Something
    }

    /// The ways in which that question may turn out.
    pub(crate) fn turns(&self, question: usize) -> Vec<Turn> {
        let reading = &self.readings[question];
        let may_not_apply = reading.may_be_not_applicable || reading.outcomes.is_empty();
        let options = reading.outcomes.iter().map(|outcome| Some(*outcome));
        options.chain(may_not_apply.then_some(None)).collect()
    }

    /// Whether that turn of a question may open a gate.
    pub(crate) fn opens_gates(&self, question: usize, turn: Turn) -> bool {
        turn.is_some_and(|outcome| {
            !self.plan.questions[question].outcomes[outcome]
                .gates
                .is_empty()
        })
    }

    /// Whether a condition reads the answer to that question.
    pub(crate) fn is_read(&self, question: usize) -> bool {
        self.read[question]
    }

    /// The dimension of a question.
    pub(crate) fn dimension(&self, question: usize) -> usize {
        self.plan.questions[question].dimension
    }

    /// How much that question counts in the score of its dimension.
    pub(crate) fn weight(&self, question: usize) -> f64 {
        f64::from(self.plan.questions[question].weight)
    }

    /// What that turn of a question adds to the score of its dimension, if the question is asked.
    pub(crate) fn share(&self, question: usize, turn: Turn) -> Sum {
        let planned = &self.plan.questions[question];
        let weight = f64::from(planned.weight);
        turn.map_or_else(Sum::default, |outcome| Sum {
            scored: weight * planned.outcomes[outcome].score,
            weight,
        })
    }

    /// Worst and best score of its dimension if that question turns out so and
    /// all else stays open; for questions that do nothing but move a score.
    pub(crate) fn bounds(&self, question: usize, turn: Turn) -> (f64, f64) {
        let mut readings = self.readings.clone();
        readings[question] = Reading {
            outcomes: turn.into_iter().collect(),
            may_be_not_applicable: turn.is_none(),
            said: Said::Something,
        };
        let dimension = self.dimension(question);
        interval::score(self.plan, dimension, &readings, &self.visible).unwrap_or((0.0, 1.0))
    }

    /// Follows one way, in which every question has its turn.
    pub(crate) fn follow(&self, way: &[Turn], followed: &mut Followed) {
        let Followed {
            asked,
            opened,
            scores,
        } = followed;
        asked.clear();
        opened.clear();
        scores.clear();
        scores.resize(self.plan.slices.len(), Sum::default());
        let mut ceiling = Rung::FoundationModel;
        for (question, planned) in self.plan.questions.iter().enumerate() {
            let is_asked = holds(&planned.when, asked, way, ceiling);
            asked.push(is_asked);
            let Some(outcome) = way[question].filter(|_| is_asked) else {
                continue;
            };
            let sum = &mut scores[planned.dimension];
            let share = self.share(question, Some(outcome));
            sum.scored += share.scored;
            sum.weight += share.weight;
            let mut lowest = ceiling;
            for (gate, planned) in planned.outcomes[outcome].gates.iter().enumerate() {
                if holds(&planned.when, asked, way, ceiling) {
                    lowest = planned.ceiling.map_or(lowest, |cap| lowest.min(cap));
                    opened.push(Opened {
                        question,
                        outcome,
                        gate,
                    });
                }
            }
            ceiling = lowest;
        }
    }
}

/// Whether a condition holds, which reads questions before it only.
fn holds(formula: &Formula, asked: &[bool], way: &[Turn], ceiling: Rung) -> bool {
    let truth = formula.truth(
        &|question, is| {
            let is_asked = asked.get(question).copied().unwrap_or(false);
            let hits = way[question].is_some_and(|outcome| is.contains(&outcome));
            Truth::from(is_asked && hits)
        },
        &|rung| Truth::from(rung <= ceiling),
    );
    truth == Truth::True
}
