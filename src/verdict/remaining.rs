//! Which open questions could still change the verdict, and in which order they are worth asking.
//!
//! The order is by use. Two words are needed to say how well it does:
//!
//! - The *first provisional verdict* is there once its solution would more
//!   likely stay than change if everything were answered, by the odds of the
//!   policy: the bar that a contest sets for a recommendation. Before, what is
//!   shown is only where the tables begin. It need not be *leaning* yet: as
//!   long as a possible gate alone would change it, the verdict is open.
//! - An answer *could still change the verdict* if the chance that it does is
//!   at least the policy's `unlikely` (see `influence` for the chance). All
//!   other questions are asked for the record.
//!
//! `tests/order` walks random paths in this order and holds it to at most 12
//! questions before the first and at most 35 before the last of the second.

use super::change::Looks;
use super::corners::{self, Decided};
use super::influence::{Influence, Outlook, outlook};
use super::inputs::Inputs;
use super::model::Remaining;
use super::world::World;
use crate::rubric::Question;

/// From this chance on a solution more likely stays than changes.
const EVEN: f64 = 0.5;

/// What is left to ask; [`decide`](super::decide) tells the same among other things.
pub fn remaining(inputs: &Inputs<'_>) -> Remaining {
    let decided = corners::decide(&World::of(inputs));
    of(inputs, &outlook_of(inputs, &decided))
}

/// What the answers could do; nothing is turned where every corner agrees.
pub(super) fn outlook_of(inputs: &Inputs<'_>, decided: &Decided) -> Outlook {
    match inputs.assessment {
        Some(assessment) if !decided.is_certain() => {
            outlook(inputs, assessment, Looks::of(&decided.likely))
        }
        Some(_) | None => Outlook {
            influences: Vec::new(),
            solution_stands: 1.0,
            is_certain: true,
        },
    }
}

/// The same with what the answers could do already known.
pub(super) fn of(inputs: &Inputs<'_>, outlook: &Outlook) -> Remaining {
    let Some(assessment) = inputs.assessment else {
        return Remaining {
            first_verdict: true,
            ..Remaining::default()
        };
    };
    let mut ranked: Vec<&Influence> = outlook
        .influences
        .iter()
        .filter(|it| it.matters(inputs.policy))
        .collect();
    ranked.sort_by(|left, right| right.use_of().total_cmp(&left.use_of()));
    let matter: Vec<String> = ranked.iter().map(|it| it.question.clone()).collect();
    let for_the_record: Vec<String> = assessment
        .visible
        .iter()
        .filter(|id| assessment.counted_answer(id).is_none() && !matter.contains(id))
        .cloned()
        .collect();
    let mut unlikely: Vec<String> = outlook
        .influences
        .iter()
        .filter(|it| it.verdict.max(it.alone) > 0.0 && !it.matters(inputs.policy))
        .map(|it| it.question.clone())
        .collect();
    if matter.is_empty() && unlikely.is_empty() && !outlook.is_certain {
        // Some corner differs, although none of the ways came near it.
        let is_judged = |id: &&String| {
            assessment
                .rubric
                .question(id)
                .is_some_and(Question::is_scored)
        };
        unlikely = for_the_record.iter().filter(is_judged).cloned().collect();
    }
    Remaining {
        for_the_record,
        unlikely,
        matter,
        solution_stands: Some(outlook.solution_stands),
        first_verdict: outlook.solution_stands >= EVEN,
    }
}

impl Influence {
    /// How useful an answer is: one that changes the solution counts twice.
    pub(super) fn use_of(&self) -> f64 {
        self.verdict + self.solution
    }
}

impl Remaining {
    /// Open questions in all.
    pub fn open(&self) -> usize {
        self.matter.len() + self.for_the_record.len()
    }

    /// What is left to ask and whether a first provisional verdict is there, in sentences for people.
    pub fn sentences(&self) -> Vec<String> {
        let early =
            "It is too early for a first verdict: the solution more likely changes than stays.";
        [
            self.says(),
            if self.first_verdict { "" } else { early }.to_owned(),
        ]
        .into_iter()
        .filter(|sentence| !sentence.is_empty())
        .collect()
    }

    /// The same in a few words, for a narrow place.
    pub fn in_short(&self) -> String {
        let (matter, open) = (self.matter.len(), self.open());
        match (matter, open) {
            (_, 0) => "nothing is open".to_owned(),
            (0, open) => format!("{open} open, for the record"),
            (matter, open) => format!("{matter} of {open} open could change it"),
        }
    }

    /// How many open questions could still change the verdict, in a sentence;
    /// empty where nothing is open.
    pub fn says(&self) -> String {
        let (matter, open, unlikely) = (self.matter.len(), self.open(), self.unlikely.len());
        let left = match open {
            1 => "1 open question is".to_owned(),
            open => format!("{open} open questions are"),
        };
        match (matter, open) {
            (_, 0) => String::new(),
            (0, _) if unlikely == 0 => {
                format!("No answer can change the verdict any more; {left} left for the record.")
            }
            (0, _) => format!(
                "No answer is likely to change the verdict any more; {left} left for the record, \
                 of which {unlikely} still could."
            ),
            (matter, open) if matter == open => match open {
                1 => "The one open question could still change the verdict.".to_owned(),
                open => {
                    format!("Each of the {open} open questions could still change the verdict.")
                }
            },
            (matter, open) => {
                let hardly = match unlikely {
                    0 => String::new(),
                    unlikely => format!(", and {unlikely} more hardly could"),
                };
                format!(
                    "{matter} of the {open} open questions could still change the verdict{hardly}; \
                     the rest is for the record."
                )
            }
        }
    }
}
