//! The two tables applied to one way in which everything open turns out.

use super::measured::{Measured, place};
use super::world::{Standing, World};
use crate::rubric::Effect;
use crate::rubric::WaitFor;
use crate::rubric::policy::{Fact, Says, Test, View};
use crate::vocabulary::{Readiness, Rung};

/// What the tables say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) solution: Rung,
    pub(super) readiness: Readiness,
    pub(super) target: Option<Rung>,
    pub(super) waits_for: Option<WaitFor>,
    /// Position of the row of the solution.
    pub(super) solution_row: usize,
    /// Position of the row of the readiness.
    pub(super) readiness_row: usize,
    /// The solution before gates lowered it.
    pub(super) uncapped: Rung,
}

/// How open facts and gates turn out.
pub(super) trait Turn {
    /// The value of that fact.
    fn fact(&mut self, world: &World<'_>, fact: usize, view: View) -> u8;
    /// Whether that set of gates is open.
    fn gate(&mut self, world: &World<'_>, gate: usize) -> bool;
}

/// What the tables say if everything open turns out in this way.
pub(super) fn outcome(world: &World<'_>, turn: &mut impl Turn) -> Outcome {
    let mut at = At {
        world,
        turn,
        follows: None,
        without_waiting: false,
    };
    let row = at.solution_from(0);
    let capped = at.capped(row.rung);
    let (solution, stepped_off) = at.stepped(capped);
    let target = at.target(row.target, solution);
    at.follows = Some(Follows {
        solution,
        target,
        stepped_off,
    });
    let policy = world.policy;
    let readiness_row = policy
        .readiness
        .iter()
        .position(|row| at.holds(&row.when))
        .unwrap_or(policy.readiness.len() - 1);
    let readiness = &policy.readiness[readiness_row];
    Outcome {
        solution,
        readiness: at.raised(readiness.readiness),
        target,
        waits_for: readiness.waits_for.or(target.and(row.waits_for)),
        solution_row: row.row,
        readiness_row,
        uncapped: row.rung,
    }
}

/// What is known once the solution is.
struct Follows {
    solution: Rung,
    target: Option<Rung>,
    stepped_off: bool,
}

/// What a row of the solution comes to.
struct RowSays {
    row: usize,
    rung: Rung,
    target: Option<Rung>,
    waits_for: Option<WaitFor>,
}

struct At<'w, 'a, T> {
    world: &'w World<'a>,
    turn: &'w mut T,
    follows: Option<Follows>,
    /// Asks what it would be if nothing had to be waited for.
    without_waiting: bool,
}

impl<T: Turn> At<'_, '_, T> {
    fn solution_from(&mut self, first: usize) -> RowSays {
        let rows = &self.world.policy.solution;
        let row = (first..rows.len())
            .find(|row| self.holds(&rows[*row].when))
            .unwrap_or(rows.len() - 1);
        let found = &rows[row];
        let simple = |rung| RowSays {
            row,
            rung,
            target: found.target,
            waits_for: found.waits_for,
        };
        match found.says {
            Says::Rung(rung) => simple(rung),
            Says::Measured => simple(self.measured().rung()),
            Says::MeasuredBelow => simple(self.world.below.rung()),
            Says::Meanwhile(rung) => {
                // A checked table does not end with such a row.
                let before = std::mem::replace(&mut self.without_waiting, true);
                let later = self.solution_from((row + 1).min(rows.len() - 1));
                self.without_waiting = before;
                if later.rung <= rung {
                    return later;
                }
                RowSays {
                    row,
                    rung,
                    target: Some(
                        later
                            .target
                            .map_or(later.rung, |target| target.max(later.rung)),
                    ),
                    waits_for: found.waits_for,
                }
            }
        }
    }

    fn measured(&mut self) -> Measured {
        let fact = self
            .world
            .policy
            .facts
            .iter()
            .position(|fact| *fact == Fact::Measured);
        fact.map_or(Measured::Nothing, |fact| {
            Measured::of_value(self.turn.fact(self.world, fact, View::Likely))
        })
    }

    /// Lowered by what forces or caps it; gates stand with the lowest ceiling first.
    fn capped(&mut self, rung: Rung) -> Rung {
        for gate in 0..self.world.gates.len() {
            let Some(ceiling) = self.world.gates[gate].ceiling() else {
                continue;
            };
            if self.without_waiting && self.world.gates[gate].waits() {
                continue;
            }
            let forces = self.world.gates[gate]
                .effects
                .iter()
                .any(|effect| matches!(effect, Effect::ForceSolution(_)));
            if (ceiling < rung || forces) && self.turn.gate(self.world, gate) {
                return ceiling;
            }
        }
        rung
    }

    /// One rung down for each gate that says so, and whether that left the ladder.
    fn stepped(&mut self, rung: Rung) -> (Rung, bool) {
        let mut rung = rung;
        for gate in 0..self.world.gates.len() {
            let set = &self.world.gates[gate];
            let steps = set.effects.contains(&Effect::StepDown);
            if !steps || set.at.is_some_and(|at| at != rung) || !self.turn.gate(self.world, gate) {
                continue;
            }
            match rung.step_down() {
                Some(lower) => rung = lower,
                None => return (rung, true),
            }
        }
        (rung, false)
    }

    /// The target, if it is above the solution and only waiting keeps from it.
    fn target(&mut self, target: Option<Rung>, solution: Rung) -> Option<Rung> {
        let target = target.filter(|target| *target > solution)?;
        for gate in 0..self.world.gates.len() {
            let set = &self.world.gates[gate];
            let lowers = set.ceiling().is_some_and(|ceiling| ceiling < target) && !set.waits();
            if lowers && self.turn.gate(self.world, gate) {
                return None;
            }
        }
        Some(target)
    }

    fn raised(&mut self, readiness: Readiness) -> Readiness {
        let mut readiness = readiness;
        for gate in 0..self.world.gates.len() {
            for effect in &self.world.gates[gate].effects {
                if let Effect::CapReadiness(best) = effect
                    && *best > readiness
                    && self.turn.gate(self.world, gate)
                {
                    readiness = *best;
                }
            }
        }
        readiness
    }

    fn holds(&mut self, test: &Test) -> bool {
        match test {
            Test::Is { fact, view, values } => values >> self.value(*fact, *view) & 1 == 1,
            Test::All(parts) => parts.iter().all(|part| self.holds(part)),
            Test::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Test::Not(part) => !self.holds(part),
        }
    }

    fn value(&mut self, fact: usize, view: View) -> u8 {
        match &self.world.policy.facts[fact] {
            Fact::Gate(kind) => {
                let gates = &self.world.gates;
                let without_waiting = self.without_waiting;
                let open = (0..gates.len()).any(|gate| {
                    gates[gate].is(*kind)
                        && !(without_waiting && gates[gate].waits())
                        && self.turn.gate(self.world, gate)
                });
                u8::from(open)
            }
            Fact::Ceiling => place(self.capped(Rung::FoundationModel)),
            Fact::Rung => self.follows.as_ref().map_or(0, |it| place(it.solution)),
            Fact::Aim => self.follows.as_ref().map_or(0, |it| {
                place(
                    it.target
                        .map_or(it.solution, |target| target.max(it.solution)),
                )
            }),
            Fact::Target => self
                .follows
                .as_ref()
                .and_then(|it| it.target)
                .map_or(0, |target| place(target) + 1),
            Fact::SteppedOff => u8::from(self.follows.as_ref().is_some_and(|it| it.stepped_off)),
            Fact::Reading { .. }
            | Fact::Answer { .. }
            | Fact::Unanswered(_)
            | Fact::Measured
            | Fact::Settled
            | Fact::Pays
            | Fact::HasAnswers
            | Fact::HasEvidence => self.turn.fact(self.world, fact, view),
        }
    }
}

/// Every open reading in between, at its worst or at its best, and gates as they stand.
pub(super) struct Fixed {
    /// Replaces the view of the rows, if given.
    pub(super) all: Option<View>,
    /// One fact seen so, whatever the others are.
    pub(super) one: Option<(usize, View)>,
    /// One possible set of gates that is open.
    pub(super) opened: Option<usize>,
}

impl Fixed {
    /// As things look.
    pub(super) const fn likely() -> Self {
        Self {
            all: None,
            one: None,
            opened: None,
        }
    }
}

impl Turn for Fixed {
    fn fact(&mut self, world: &World<'_>, fact: usize, view: View) -> u8 {
        let view = match self.one {
            Some((one, view)) if one == fact => view,
            Some(_) | None => self.all.unwrap_or(view),
        };
        world.facts[fact].seen(view)
    }

    fn gate(&mut self, world: &World<'_>, gate: usize) -> bool {
        match world.gates[gate].standing {
            Standing::Open | Standing::Likely => true,
            Standing::Possible => self.opened == Some(gate),
        }
    }
}
