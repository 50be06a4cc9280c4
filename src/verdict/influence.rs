//! How likely the answer to each open question is to change the verdict.
//!
//! Everything else that is open is turned in [`WAYS`] ways, spread evenly over
//! what is possible (Latin hypercube sampling, Technometrics 21, 1979): an option that opens a gate counts the policy's `gate_odds` of
//! one that opens none, for gates are made for exceptions. In each way a
//! question is turned through its options. The chance that its answer changes
//! the verdict is the share of its options, by the same weights, that lead away
//! from the verdict that most of them lead to, averaged over the ways; in the
//! theory of voting this is the chance to be pivotal.
//!
//! A row of the policy may read an open reading in between, at its worst or at
//! its best, and then it is not one answer that changes the verdict but that
//! enough of them are known. Where a way has another verdict if a dimension
//! stays as open as it is now, the chance is shared among its open questions
//! by their weights.
//!
//! An answer that would change the verdict as it looks now, whatever else is
//! open, is looked at for itself.

use super::change::{Looks, looks};
use super::inputs::Inputs;
use super::turnout::Turnout;
use crate::assessment::{Answer, Assessment, Completions, Followed, Sum, Turn};
use crate::rubric::{Policy, Question};
use crate::vocabulary::Rung;

/// Ways in which everything open is turned.
const WAYS: usize = 32;
/// Ways of which only the verdict is asked.
const MORE_WAYS: usize = 256;

/// What the answer to an open question may do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Influence {
    /// The question.
    pub(super) question: String,
    /// The chance that its answer changes the solution.
    pub(super) solution: f64,
    /// The chance that it changes the solution or the readiness.
    pub(super) verdict: f64,
    /// The chance that it changes the verdict as it looks now; told where the other is small.
    pub(super) alone: f64,
}

impl Influence {
    /// Whether its answer could change the verdict, other than by an unlikely chance.
    pub(super) fn matters(&self, policy: &Policy) -> bool {
        self.verdict.max(self.alone) >= policy.unlikely
    }
}

/// What the ways say together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outlook {
    /// The influence of every question that is asked and open, in the rubric's order.
    pub(super) influences: Vec<Influence>,
    /// The share of the ways that lead to the solution as it looks now.
    pub(super) solution_stands: f64,
    /// Every corner agrees: nothing that is open can change the verdict.
    pub(super) is_certain: bool,
}

/// Turns everything that is open.
pub(super) fn outlook(inputs: &Inputs<'_>, assessment: &Assessment, now: Looks) -> Outlook {
    let mut trial = Trial::new(inputs, assessment);
    let ways = trial.ways(inputs.policy.gate_odds, MORE_WAYS);
    let mut tally = Tally::default();
    for way in &ways {
        tally.add(trial.leads_to(way), 1.0 / MORE_WAYS as f64);
    }
    let solution_stands = tally.of(now.solution);
    for way in trial.ways(inputs.policy.gate_odds, WAYS) {
        trial.try_way(way);
    }
    Outlook {
        influences: trial.found(inputs, assessment, now),
        solution_stands,
        is_certain: false,
    }
}

/// A question that is asked and open.
struct Open {
    question: usize,
    turns: Vec<Turn>,
    /// The chance of each turn.
    odds: Vec<f64>,
    /// Whether its answer does nothing but move the score of its dimension.
    is_plain: bool,
    /// Its share in what is open of its dimension.
    share: f64,
    solution: f64,
    verdict: f64,
}

struct Trial<'a> {
    completions: Completions<'a>,
    turnout: Turnout<'a>,
    open: Vec<Open>,
    dimensions: usize,
}

impl<'a> Trial<'a> {
    fn new(inputs: &Inputs<'a>, assessment: &'a Assessment) -> Self {
        let completions = assessment.completions();
        let turnout = Turnout::new(inputs, assessment);
        let mut open: Vec<Open> = assessment
            .rubric
            .questions()
            .enumerate()
            .filter(|(position, (_, question))| {
                completions.is_open(*position) && assessment.is_visible(&question.id)
            })
            .map(|(position, _)| {
                let turns = completions.turns(position);
                let opens = turns
                    .iter()
                    .any(|turn| completions.opens_gates(position, *turn));
                Open {
                    odds: odds(&completions, position, &turns, inputs.policy.gate_odds),
                    is_plain: !opens && !completions.is_read(position) && !turnout.reads(position),
                    question: position,
                    turns,
                    share: 0.0,
                    solution: 0.0,
                    verdict: 0.0,
                }
            })
            .collect();
        let dimensions = assessment.rubric.dimensions.len();
        for dimension in 0..dimensions {
            let inside = |it: &Open| completions.dimension(it.question) == dimension;
            let all: f64 = open
                .iter()
                .filter(|it| inside(it))
                .map(|it| completions.weight(it.question))
                .sum();
            for it in open.iter_mut().filter(|it| inside(it)) {
                it.share = if all > 0.0 {
                    completions.weight(it.question) / all
                } else {
                    0.0
                };
            }
        }
        Self {
            completions,
            turnout,
            open,
            dimensions,
        }
    }

    /// Ways in which every question turns out, each turn as often as its odds say.
    fn ways(&self, gate_odds: f64, many: usize) -> Vec<Vec<Turn>> {
        let questions = 0..self.completions.questions();
        let turns: Vec<Vec<Turn>> = questions
            .map(|question| self.spread(question, gate_odds, many))
            .collect();
        (0..many)
            .map(|way| turns.iter().map(|turns| turns[way]).collect())
            .collect()
    }

    /// How one question turns out in each of the ways.
    fn spread(&self, question: usize, gate_odds: f64, many: usize) -> Vec<Turn> {
        let turns = self.completions.turns(question);
        let odds = odds(&self.completions, question, &turns, gate_odds);
        // The order is the question's own, so that answers to others leave it as it is.
        let mut order: Vec<usize> = (0..many).collect();
        order.sort_by_key(|way| mixed((question * many + way) as u64));
        let mut spread = vec![None; many];
        for (place, way) in order.into_iter().enumerate() {
            let mut left = (place as f64 + 0.5) / many as f64;
            let turn = odds.iter().position(|chance| {
                left -= chance;
                left < 0.0
            });
            spread[way] = turns[turn.unwrap_or(turns.len() - 1)];
        }
        spread
    }

    /// The verdict of one way.
    fn leads_to(&mut self, way: &[Turn]) -> Looks {
        let mut followed = Followed::default();
        self.completions.follow(way, &mut followed);
        self.turnout.take(way, &followed);
        self.turnout.looks()
    }

    /// Turns each open question through its options while all else turns out in that way.
    fn try_way(&mut self, mut way: Vec<Turn>) {
        let mut base = Followed::default();
        let mut other = Followed::default();
        self.completions.follow(&way, &mut base);
        self.turnout.take(&way, &base);
        let now = self.turnout.looks();
        let mut is_base = true;
        for position in 0..self.open.len() {
            let question = self.open[position].question;
            if !base.asked[question] || self.open[position].turns.len() < 2 {
                continue;
            }
            let taken = way[question];
            let dimension = self.completions.dimension(question);
            let mut tally = Tally::default();
            for turn in 0..self.open[position].turns.len() {
                let open = &self.open[position];
                let (turned, chance) = (open.turns[turn], open.odds[turn]);
                let looks = if turned == taken {
                    now
                } else if open.is_plain {
                    if !is_base {
                        self.turnout.take(&way, &base);
                        is_base = true;
                    }
                    let (old, new) = (
                        self.completions.share(question, taken),
                        self.completions.share(question, turned),
                    );
                    let score = base.scores[dimension];
                    let score = Sum {
                        scored: score.scored - old.scored + new.scored,
                        weight: score.weight - old.weight + new.weight,
                    };
                    self.turnout.with_score(dimension, score).unwrap_or(now)
                } else {
                    way[question] = turned;
                    self.completions.follow(&way, &mut other);
                    self.turnout.take(&way, &other);
                    is_base = false;
                    way[question] = taken;
                    self.turnout.looks()
                };
                tally.add(looks, chance);
            }
            let open = &mut self.open[position];
            open.solution += tally.solution_changes() / WAYS as f64;
            open.verdict += tally.verdict_changes() / WAYS as f64;
        }
        if !is_base {
            self.turnout.take(&way, &base);
        }
        self.withhold(&base, now);
    }

    /// Leaves each dimension as open as it is now.
    fn withhold(&mut self, base: &Followed, now: Looks) {
        for dimension in 0..self.dimensions {
            if !self.turnout.may_move(dimension) {
                continue;
            }
            let Some(looks) = self.turnout.without(dimension) else {
                continue;
            };
            for open in &mut self.open {
                if self.completions.dimension(open.question) != dimension
                    || !base.asked[open.question]
                {
                    continue;
                }
                let share = open.share / WAYS as f64;
                if looks.solution != now.solution {
                    open.solution += share;
                }
                if looks != now {
                    open.verdict += share;
                }
            }
        }
    }

    fn found(self, inputs: &Inputs<'_>, assessment: &Assessment, now: Looks) -> Vec<Influence> {
        let questions: Vec<&Question> = assessment.rubric.questions().map(|(_, it)| it).collect();
        let Self {
            completions,
            mut turnout,
            open,
            ..
        } = self;
        open.into_iter()
            .map(|open| {
                let question = questions[open.question];
                let mut influence = Influence {
                    question: question.id.clone(),
                    solution: open.solution,
                    verdict: open.verdict,
                    alone: 0.0,
                };
                // What changes the verdict in none of the ways and does more than move a score is
                // covered by what is settled.
                let is_covered = open.verdict == 0.0 && !open.is_plain;
                if influence.verdict < inputs.policy.unlikely && !is_covered {
                    let mut alone = Tally::default();
                    for (turn, chance) in open.turns.iter().zip(&open.odds) {
                        let looks = if open.is_plain {
                            open.moves(&completions, &mut turnout, *turn)
                        } else {
                            answered(inputs, assessment, question, *turn)
                        };
                        alone.add(looks.unwrap_or(now), *chance);
                    }
                    influence.alone = alone.away_from(now);
                }
                influence
            })
            .collect()
    }
}

impl Open {
    /// The verdict as it would look now after an answer that does nothing but
    /// move a score; none if the policy sees no difference.
    fn moves(
        &self,
        completions: &Completions<'_>,
        turnout: &mut Turnout<'_>,
        turn: Turn,
    ) -> Option<Looks> {
        let dimension = completions.dimension(self.question);
        if completions.weight(self.question) == 0.0 || !turnout.may_move(dimension) {
            return None;
        }
        turnout.now_with_bounds(dimension, completions.bounds(self.question, turn))
    }
}

/// The verdict as it would look now after that answer; none where it has no form of its own.
fn answered(
    inputs: &Inputs<'_>,
    assessment: &Assessment,
    question: &Question,
    turn: Turn,
) -> Option<Looks> {
    let choice = question.choices().get(turn?)?;
    let other = assessment.with(&question.id, Answer::Choice(choice.key.clone()));
    Some(looks(&inputs.with_assessment(&other)))
}

/// The verdicts to which the turns of one question lead, with their chances.
#[derive(Default)]
struct Tally(Vec<(Looks, f64)>);

impl Tally {
    fn add(&mut self, looks: Looks, chance: f64) {
        match self.0.iter_mut().find(|(known, _)| *known == looks) {
            Some((_, sum)) => *sum += chance,
            None => self.0.push((looks, chance)),
        }
    }

    /// The chance of that solution.
    fn of(&self, solution: Rung) -> f64 {
        let same = self
            .0
            .iter()
            .filter(|(looks, _)| looks.solution == solution);
        same.map(|(_, chance)| *chance).sum()
    }

    /// The chance of another verdict than that.
    fn away_from(&self, now: Looks) -> f64 {
        let other = self.0.iter().filter(|(looks, _)| *looks != now);
        other.map(|(_, chance)| *chance).sum()
    }

    fn verdict_changes(&self) -> f64 {
        let most = self.0.iter().map(|(_, chance)| *chance).fold(0.0, f64::max);
        (1.0 - most).max(0.0)
    }

    fn solution_changes(&self) -> f64 {
        let most = Rung::ALL
            .iter()
            .map(|rung| self.of(*rung))
            .fold(0.0, f64::max);
        (1.0 - most).max(0.0)
    }
}

/// The chance of each turn of a question.
fn odds(
    completions: &Completions<'_>,
    question: usize,
    turns: &[Turn],
    gate_odds: f64,
) -> Vec<f64> {
    let weights: Vec<f64> = turns
        .iter()
        .map(|turn| {
            if completions.opens_gates(question, *turn) {
                gate_odds
            } else {
                1.0
            }
        })
        .collect();
    let all: f64 = weights.iter().sum();
    weights.iter().map(|weight| weight / all).collect()
}

/// A number without any order to it, the same on every machine (splitmix64: Steele, Lea, Flood, OOPSLA 2014).
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
