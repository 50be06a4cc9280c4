//! Conditions in three-valued logic.
//!
//! An open answer makes a condition neither true nor false. The connectives
//! are those of Kleene's strong logic (Kleene 1952, *Introduction to
//! Metamathematics*, §64): *and* is the minimum, *or* the maximum in the order
//! false < unknown < true.

use std::collections::BTreeMap;

use crate::rubric::{Condition, Rubric};
use crate::vocabulary::Rung;

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Truth {
    /// It does not hold, whatever is still answered.
    False,
    /// It depends on an answer that is still open.
    Unknown,
    /// It holds, whatever is still answered.
    True,
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

/// A condition with every id resolved: questions by their position in the
/// rubric, options by their position in the question.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Formula {
    /// True or false, whatever is answered.
    Constant(bool),
    /// The question is asked and answered with one of these options.
    Answer { question: usize, is: Vec<usize> },
    /// All hold.
    All(Vec<Formula>),
    /// At least one holds.
    Any(Vec<Formula>),
    /// It does not hold.
    Not(Box<Formula>),
    /// The caps of the questions before still allow this rung.
    CanReach(Rung),
}

/// A cycle of named conditions cannot come from a file; one built by hand ends here.
const DEEPEST_NAME: usize = 32;

impl Formula {
    /// Resolves a condition. An id that the rubric does not have never holds.
    pub(super) fn compile(
        condition: &Condition,
        rubric: &Rubric,
        index: &BTreeMap<String, usize>,
    ) -> Self {
        compile(condition, rubric, index, 0)
    }

    /// Calls `visit` with every question that the formula reads.
    pub(super) fn each_question(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::Constant(_) | Self::CanReach(_) => {}
            Self::Answer { question, .. } => visit(*question),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_question(visit);
                }
            }
            Self::Not(part) => part.each_question(visit),
        }
    }

    /// Calls `visit` with every rung whose reach the formula reads.
    pub(super) fn each_reach(&self, visit: &mut impl FnMut(Rung)) {
        match self {
            Self::Constant(_) | Self::Answer { .. } => {}
            Self::CanReach(rung) => visit(*rung),
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.each_reach(visit);
                }
            }
            Self::Not(part) => part.each_reach(visit),
        }
    }

    /// The truth, given that of the atoms.
    pub(super) fn truth(
        &self,
        answer: &impl Fn(usize, &[usize]) -> Truth,
        reach: &impl Fn(Rung) -> Truth,
    ) -> Truth {
        match self {
            Self::Constant(holds) => Truth::from(*holds),
            Self::Answer { question, is } => answer(*question, is),
            Self::All(parts) => parts
                .iter()
                .map(|part| part.truth(answer, reach))
                .min()
                .unwrap_or(Truth::True),
            Self::Any(parts) => parts
                .iter()
                .map(|part| part.truth(answer, reach))
                .max()
                .unwrap_or(Truth::False),
            Self::Not(part) => !part.truth(answer, reach),
            Self::CanReach(rung) => reach(*rung),
        }
    }

    /// What is left of the formula once a question is settled: answered with
    /// an option, or with none of them (hidden, not applicable).
    pub(super) fn settle(&self, settled: usize, option: Option<usize>) -> Self {
        match self {
            Self::Constant(_) | Self::CanReach(_) => self.clone(),
            Self::Answer { question, is } => {
                if *question == settled {
                    Self::Constant(option.is_some_and(|option| is.contains(&option)))
                } else {
                    self.clone()
                }
            }
            Self::All(parts) => Self::all(parts.iter().map(|part| part.settle(settled, option))),
            Self::Any(parts) => Self::any(parts.iter().map(|part| part.settle(settled, option))),
            Self::Not(part) => match part.settle(settled, option) {
                Self::Constant(holds) => Self::Constant(!holds),
                other => Self::Not(Box::new(other)),
            },
        }
    }

    fn all(parts: impl Iterator<Item = Self>) -> Self {
        Self::join(parts, true)
    }

    fn any(parts: impl Iterator<Item = Self>) -> Self {
        Self::join(parts, false)
    }

    /// *And* (`neutral` true) or *or* (`neutral` false) of the parts, without
    /// the parts that add nothing, so that equal leftovers compare equal.
    fn join(parts: impl Iterator<Item = Self>, neutral: bool) -> Self {
        let mut kept: Vec<Self> = Vec::new();
        for part in parts {
            match part {
                Self::Constant(holds) if holds == neutral => {}
                Self::Constant(_) => return Self::Constant(!neutral),
                other => {
                    if !kept.contains(&other) {
                        kept.push(other);
                    }
                }
            }
        }
        match (kept.len(), neutral) {
            (0, _) => Self::Constant(neutral),
            (1, _) => kept.remove(0),
            (_, true) => Self::All(kept),
            (_, false) => Self::Any(kept),
        }
    }
}

fn compile(
    condition: &Condition,
    rubric: &Rubric,
    index: &BTreeMap<String, usize>,
    depth: usize,
) -> Formula {
    match condition {
        Condition::Answer { question, is } => {
            let choices = rubric.question(question).map_or(&[][..], |q| q.choices());
            match index.get(question) {
                Some(position) => Formula::Answer {
                    question: *position,
                    is: choices
                        .iter()
                        .enumerate()
                        .filter(|(_, choice)| is.contains(&choice.key))
                        .map(|(option, _)| option)
                        .collect(),
                },
                None => Formula::Constant(false),
            }
        }
        Condition::All(parts) => {
            Formula::all(parts.iter().map(|part| compile(part, rubric, index, depth)))
        }
        Condition::Any(parts) => {
            Formula::any(parts.iter().map(|part| compile(part, rubric, index, depth)))
        }
        Condition::Not(part) => match compile(part, rubric, index, depth) {
            Formula::Constant(holds) => Formula::Constant(!holds),
            other => Formula::Not(Box::new(other)),
        },
        Condition::CanReach(rung) => Formula::CanReach(*rung),
        Condition::Named(name) => match rubric.conditions.get(name) {
            Some(named) if depth < DEEPEST_NAME => compile(named, rubric, index, depth + 1),
            Some(_) | None => Formula::Constant(false),
        },
    }
}
