//! The verdict at every corner: each reading at each value that it may take, each possible gate open and shut.
//!
//! The tables ask only for what matters, so the corners are walked as a tree:
//! whenever something open is asked for, its first value is taken and the
//! others are kept for later. Corners that differ in nothing that was asked
//! are one leaf.

use std::collections::BTreeSet;

use super::model::CouldBe;
use super::tables::{Fixed, Outcome, Turn, outcome};
use super::world::{Standing, World};
use crate::rubric::policy::{Fact, Says, View};
use crate::vocabulary::{Confidence, Readiness, Rung};

/// Leaves after which the rest is taken to be anything: nothing so open is ever more than open.
const MOST_LEAVES: usize = 1_500;

/// The verdict as it looks, with how firmly each part stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decided {
    pub(super) likely: Outcome,
    pub(super) solution: Confidence,
    pub(super) readiness: Confidence,
    pub(super) could_be: CouldBe,
}

impl Decided {
    /// Whether nothing that is still open can change the verdict.
    pub(super) fn is_certain(&self) -> bool {
        self.could_be.solutions.len() == 1 && self.could_be.readiness.len() == 1
    }
}

/// Decides at every corner.
pub(super) fn decide(world: &World<'_>) -> Decided {
    let likely = outcome(world, &mut Fixed::likely());
    let mut solutions = BTreeSet::from([likely.solution]);
    let mut readiness = BTreeSet::from([likely.readiness]);
    let mut walk = Walk::default();
    for leaf in 0.. {
        walk.start();
        let corner = outcome(world, &mut walk);
        solutions.insert(corner.solution);
        readiness.insert(corner.readiness);
        if !walk.next() {
            break;
        }
        if leaf == MOST_LEAVES {
            solutions.extend(Rung::ALL);
            readiness.extend(Readiness::ALL);
            break;
        }
    }
    let corners = solutions.len();
    // A step that was measured and not taken stays possible even where nobody was asked.
    let left = world.policy.solution[likely.solution_row].says == Says::MeasuredBelow
        && likely.solution == likely.uncapped;
    if left {
        solutions.insert(Rung::StrongerModel);
    }
    let presumes = world.policy.solution[likely.solution_row].until_measured
        && likely.solution == likely.uncapped;
    if presumes {
        solutions.extend([Rung::Heuristic, Rung::MinimumViableModel]);
    }
    let measured = world
        .measured_confidence
        .filter(|_| reads_measurement(world, &likely));
    let answered = confidence(world, &likely, corners, |it| it.solution as u8);
    let solution = if presumes || left {
        answered.max(Confidence::Leaning)
    } else {
        answered
    };
    let readiness_stands = confidence(world, &likely, readiness.len(), |it| it.readiness as u8);
    Decided {
        likely,
        solution: match measured {
            Some(Confidence::Open) if solutions.len() > 1 => Confidence::Open,
            Some(Confidence::Open | Confidence::Leaning) => solution.max(Confidence::Leaning),
            Some(Confidence::Settled) | None => solution,
        },
        readiness: readiness_stands,
        could_be: CouldBe {
            solutions: solutions.into_iter().collect(),
            readiness: readiness.into_iter().collect(),
        },
    }
}

/// Whether the solution is what was measured, not lowered by a gate.
fn reads_measurement(world: &World<'_>, likely: &Outcome) -> bool {
    let measured = world
        .policy
        .facts
        .iter()
        .position(|fact| *fact == Fact::Measured);
    likely.solution == likely.uncapped
        && measured.is_some_and(|fact| world.facts[fact].likely != 0)
        && likely.target.is_none()
}

/// How firmly one part of the verdict stands.
fn confidence(
    world: &World<'_>,
    likely: &Outcome,
    values: usize,
    part: impl Fn(&Outcome) -> u8,
) -> Confidence {
    if values == 1 {
        return Confidence::Settled;
    }
    let now = part(likely);
    let agrees = |turn: Fixed| part(&outcome(world, &mut { turn })) == now;
    let all = |view| Fixed {
        all: Some(view),
        ..Fixed::likely()
    };
    let at_an_end = agrees(all(View::Worst)) || agrees(all(View::Best));
    let no_gate_changes_it = world
        .gates
        .iter()
        .enumerate()
        .filter(|(_, gate)| gate.standing == Standing::Possible)
        .all(|(gate, _)| {
            agrees(Fixed {
                opened: Some(gate),
                ..Fixed::likely()
            })
        });
    let narrow = world
        .facts
        .iter()
        .enumerate()
        .filter(|(_, known)| known.too_wide)
        .all(|(fact, _)| {
            [View::Worst, View::Best].into_iter().all(|view| {
                agrees(Fixed {
                    one: Some((fact, view)),
                    ..Fixed::likely()
                })
            })
        });
    if at_an_end && no_gate_changes_it && narrow {
        Confidence::Leaning
    } else {
        Confidence::Open
    }
}

/// A depth-first walk over what is asked for.
#[derive(Default)]
struct Walk {
    /// What was asked so far, with the position of the value taken and how many there are.
    trail: Vec<Step>,
    /// Steps of the trail that this leaf has asked for again.
    asked: Vec<(Asked, u8)>,
}

struct Step {
    asked: Asked,
    taken: usize,
    of: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Fact(usize),
    Gate(usize),
}

impl Walk {
    fn start(&mut self) {
        self.asked.clear();
    }

    /// Moves to the next leaf; false after the last.
    fn next(&mut self) -> bool {
        while let Some(step) = self.trail.last_mut() {
            if step.taken + 1 < step.of {
                step.taken += 1;
                return true;
            }
            self.trail.pop();
        }
        false
    }

    /// The value that this leaf gives to what is asked, out of `of` values.
    fn choose(&mut self, asked: Asked, of: usize, value: impl Fn(usize) -> u8) -> u8 {
        if let Some((_, value)) = self.asked.iter().find(|(known, _)| *known == asked) {
            return *value;
        }
        let place = self.asked.len();
        if self.trail.len() == place {
            self.trail.push(Step {
                asked,
                taken: 0,
                of,
            });
        }
        let taken = self.trail[place].taken;
        debug_assert!(self.trail[place].asked == asked);
        let value = value(taken);
        self.asked.push((asked, value));
        value
    }
}

impl Turn for Walk {
    fn fact(&mut self, world: &World<'_>, fact: usize, view: View) -> u8 {
        let known = &world.facts[fact];
        match known.possible.as_slice() {
            [] => known.seen(view),
            [only] => *only,
            possible => self.choose(Asked::Fact(fact), possible.len(), |taken| possible[taken]),
        }
    }

    fn gate(&mut self, world: &World<'_>, gate: usize) -> bool {
        match world.gates[gate].standing {
            Standing::Open => true,
            Standing::Likely | Standing::Possible => {
                self.choose(Asked::Gate(gate), 2, |taken| taken as u8) == 1
            }
        }
    }
}
