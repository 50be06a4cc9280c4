//! The verdict where everything open has turned out in one way, made fast enough to try thousands.

use super::change::Looks;
use super::inputs::Inputs;
use super::tables::{Fixed, outcome};
use super::world::{GateSet, Known, Standing, World};
use crate::assessment::{Assessment, Followed, Opened, Sum, Turn};
use crate::digits;
use crate::rubric::policy::Fact;
use crate::rubric::{Effect, Gate, Question, QuestionKind};

/// Scores nearer to a cut than this are rounded before they are compared with it, as printed scores are.
const NEAR: f64 = 1e-8;

/// Turns ways in which everything turns out into verdicts.
pub(super) struct Turnout<'a> {
    world: World<'a>,
    /// The facts as they stand now, with everything that is open.
    standing: Vec<Known>,
    /// The gates as they stand now.
    standing_gates: Vec<GateSet>,
    /// Gates that figures open, whatever is answered.
    reckoned: Vec<GateSet>,
    links: Vec<Link<'a>>,
    /// Effects by question, option and gate; none where a measurement or figures replace them.
    effects: Vec<Vec<Vec<Option<&'a Effect>>>>,
}

/// What a fact of the policy follows from.
enum Link<'a> {
    /// Not from answers.
    Elsewhere,
    /// From the score of a dimension.
    Reading { dimension: usize, cuts: &'a [f64] },
    /// From the answer to a question: a value for each of its options.
    Answer { question: usize, values: Vec<u8> },
    /// From whether a question is answered at all.
    Unanswered { question: usize },
    /// From there being answers.
    HasAnswers,
}

impl<'a> Turnout<'a> {
    pub(super) fn new(inputs: &Inputs<'a>, assessment: &'a Assessment) -> Self {
        let world = World::of(inputs);
        let rubric = &assessment.rubric;
        let dimension = |id: &str| rubric.dimensions.iter().position(|it| it.id == id);
        let question = |id: &str| rubric.questions().position(|(_, it)| it.id == id);
        let link = |fact: &'a Fact| match fact {
            Fact::Reading {
                dimension: id,
                cuts,
            } => dimension(id).map(|dimension| Link::Reading { dimension, cuts }),
            Fact::Answer {
                question: id,
                options,
            } => question(id).map(|question| Link::Answer {
                question,
                values: values(rubric.question(id), options),
            }),
            Fact::Unanswered(id) => question(id).map(|question| Link::Unanswered { question }),
            Fact::HasAnswers => Some(Link::HasAnswers),
            Fact::Gate(_)
            | Fact::Ceiling
            | Fact::Measured
            | Fact::Settled
            | Fact::Pays
            | Fact::HasEvidence
            | Fact::Rung
            | Fact::Aim
            | Fact::Target
            | Fact::SteppedOff => None,
        };
        let effects = rubric
            .questions()
            .map(|(_, question)| {
                let counts = !inputs.is_replaced(&question.id, !world.worth.is_empty());
                gates(question)
                    .into_iter()
                    .map(|gates| {
                        gates
                            .iter()
                            .map(|gate| counts.then_some(&gate.effect))
                            .collect()
                    })
                    .collect()
            })
            .collect();
        Self {
            standing: world.facts.clone(),
            standing_gates: world.gates.clone(),
            reckoned: world
                .gates
                .iter()
                .filter(|set| set.at.is_some())
                .cloned()
                .collect(),
            links: inputs
                .policy
                .facts
                .iter()
                .map(|fact| link(fact).unwrap_or(Link::Elsewhere))
                .collect(),
            effects,
            world,
        }
    }

    /// Whether a row of the policy reads the answer to that question.
    pub(super) fn reads(&self, question: usize) -> bool {
        self.links.iter().any(|link| match link {
            Link::Answer { question: read, .. } | Link::Unanswered { question: read } => {
                *read == question
            }
            Link::Elsewhere | Link::Reading { .. } | Link::HasAnswers => false,
        })
    }

    /// Whether what is open in that dimension may move it past a cut of the policy.
    pub(super) fn may_move(&self, dimension: usize) -> bool {
        self.links.iter().zip(&self.standing).any(|(link, known)| {
            matches!(link, Link::Reading { dimension: read, .. } if *read == dimension)
                && known.worst != known.best
        })
    }

    /// Takes one way in which everything turns out.
    pub(super) fn take(&mut self, way: &[Turn], followed: &Followed) {
        let doubt = self.world.policy.doubt;
        let is_anything_asked = followed.asked.contains(&true);
        for (link, known) in self.links.iter().zip(&mut self.world.facts) {
            match link {
                Link::Elsewhere => {}
                Link::Reading { dimension, cuts } => {
                    see(known, cuts, followed.scores[*dimension], doubt);
                }
                Link::Answer { question, values } => {
                    let answered = way[*question].filter(|_| followed.asked[*question]);
                    known.turn(
                        answered.map_or(0, |option| values.get(option).copied().unwrap_or(0)),
                    );
                }
                Link::Unanswered { question } => known.turn(u8::from(!followed.asked[*question])),
                Link::HasAnswers => known.turn(u8::from(is_anything_asked)),
            }
        }
        self.world.gates.clear();
        self.world.gates.extend_from_slice(&self.reckoned);
        let same_option = |left: &Opened, right: &Opened| {
            (left.question, left.outcome) == (right.question, right.outcome)
        };
        for opened in followed.opened.chunk_by(same_option) {
            let mut effects: Vec<Effect> = opened
                .iter()
                .filter_map(|it| self.effects[it.question][it.outcome][it.gate].cloned())
                .collect();
            if effects.is_empty() {
                continue;
            }
            effects.sort();
            effects.dedup();
            let set = GateSet {
                effects,
                standing: Standing::Open,
                at: None,
            };
            if !self.world.gates.contains(&set) {
                self.world.gates.push(set);
            }
        }
        self.world.sort_gates();
    }

    /// The verdict as it would look now if a score lay between these bounds; none if that is the
    /// same to the policy.
    pub(super) fn now_with_bounds(
        &mut self,
        dimension: usize,
        bounds: (f64, f64),
    ) -> Option<Looks> {
        self.world.facts.clone_from(&self.standing);
        self.world.gates.clone_from(&self.standing_gates);
        let doubt = self.world.policy.doubt;
        self.with_reading(dimension, |known, cuts, _| {
            spread(known, cuts, bounds, doubt);
        })
    }

    /// The verdict of the way that was taken.
    pub(super) fn looks(&self) -> Looks {
        Looks::of(&outcome(&self.world, &mut Fixed::likely()))
    }

    /// The verdict of that way if the score of a dimension were another; none if that is the same to the policy.
    pub(super) fn with_score(&mut self, dimension: usize, score: Sum) -> Option<Looks> {
        let doubt = self.world.policy.doubt;
        self.with_reading(dimension, |known, cuts, _| see(known, cuts, score, doubt))
    }

    /// The verdict of that way if of that dimension no more were known than now.
    pub(super) fn without(&mut self, dimension: usize) -> Option<Looks> {
        self.with_reading(dimension, |known, _, standing| {
            (known.worst, known.likely, known.best) =
                (standing.worst, standing.likely, standing.best);
        })
    }

    fn with_reading(
        &mut self,
        dimension: usize,
        change: impl Fn(&mut Known, &[f64], &Known),
    ) -> Option<Looks> {
        let fact = self.links.iter().position(
            |link| matches!(link, Link::Reading { dimension: read, .. } if *read == dimension),
        )?;
        let Link::Reading { cuts, .. } = &self.links[fact] else {
            return None;
        };
        let seen = |known: &Known| (known.worst, known.likely, known.best);
        let before = seen(&self.world.facts[fact]);
        change(&mut self.world.facts[fact], cuts, &self.standing[fact]);
        if seen(&self.world.facts[fact]) == before {
            return None;
        }
        let looks = self.looks();
        let known = &mut self.world.facts[fact];
        (known.worst, known.likely, known.best) = before;
        Some(looks)
    }
}

/// The value of a fact about an answer for each option of its question.
fn values(question: Option<&Question>, options: &[String]) -> Vec<u8> {
    let choices = question.map_or(&[][..], Question::choices);
    choices
        .iter()
        .map(|choice| {
            let place = options.iter().position(|option| *option == choice.key);
            place.map_or(0, |place| place as u8 + 1)
        })
        .collect()
}

/// The gates of each option or band.
fn gates(question: &Question) -> Vec<&[Gate]> {
    match &question.kind {
        QuestionKind::Choice(choices) => choices.iter().map(|it| it.gates.as_slice()).collect(),
        QuestionKind::Number { bands, .. } => bands.iter().map(|it| it.gates.as_slice()).collect(),
        QuestionKind::Text { .. } | QuestionKind::Rule | QuestionKind::Whys { .. } => Vec::new(),
    }
}

/// Sees a score as the policy cuts it; where nothing is scored, anything is possible.
fn see(known: &mut Known, cuts: &[f64], score: Sum, doubt: f64) {
    if score.weight <= 0.0 {
        spread(known, cuts, (0.0, 1.0), doubt);
        return;
    }
    let value = score.scored / score.weight;
    let is_near = cuts.iter().any(|cut| (value - cut).abs() < NEAR);
    let value = if is_near { digits::round(value) } else { value };
    spread(known, cuts, (value, value), doubt);
}

/// Sees a score between two bounds as the policy cuts it.
fn spread(known: &mut Known, cuts: &[f64], (low, high): (f64, f64), doubt: f64) {
    let cell = |value: f64| cuts.iter().filter(|cut| value >= **cut).count() as u8;
    (known.worst, known.likely, known.best) =
        (cell(low), cell(low + doubt * (high - low)), cell(high));
}
