//! The exact worst and best score of a dimension.
//!
//! A score is a weighted mean over the questions that are asked, and which
//! are asked depends on answers that may be open themselves. The worst case is
//! therefore not the mean of the worst answers. It is found exactly: the
//! completions of the open answers are the paths of a layered graph whose
//! states hold only what later questions still depend on, and the extreme of
//! the ratio Σ w·s ÷ Σ w over all paths comes from Dinkelbach's iteration
//! (Dinkelbach 1967, "On nonlinear fractional programming").

use std::collections::HashMap;

use super::logic::{Formula, Truth};
use super::plan::{Plan, Slice};
use super::reading::Reading;
use crate::digits;
use crate::vocabulary::Rung;

/// Above this many states a rubric is tangled beyond use, and the bounds are
/// taken without the dependencies: still valid, but possibly wider.
const MOST_STATES: usize = 4096;

/// Score at worst and at best, to 9 significant digits; none if in no
/// completion anything of the dimension is scored.
pub(super) fn score(
    plan: &Plan,
    dimension: usize,
    readings: &[Reading],
    visible: &[Truth],
) -> Option<(f64, f64)> {
    let graph = Graph::exact(plan, dimension, readings)
        .unwrap_or_else(|| Graph::relaxed(plan, dimension, readings, visible));
    let low = graph.smallest_mean(|score| score)?;
    let high = -graph.smallest_mean(|score| -score)?;
    Some((digits::round(low), digits::round(high)))
}

/// Whether the bounds of the dimension come from all completions, dependencies included.
#[cfg(test)]
pub(super) fn is_exact(plan: &Plan, dimension: usize, readings: &[Reading]) -> bool {
    Graph::exact(plan, dimension, readings).is_some()
}

/// Every completion as a path: one layer a question.
struct Graph {
    layers: Vec<Layer>,
}

struct Layer {
    states_after: usize,
    edges: Vec<Edge>,
}

#[derive(Clone, Copy)]
struct Edge {
    from: usize,
    to: usize,
    /// 0 where the question does not enter the score.
    weight: f64,
    score: f64,
}

/// The best path so far: its objective under the current mean, and the parts of its own mean.
#[derive(Clone, Copy)]
struct Path {
    objective: f64,
    sum: f64,
    weight: f64,
}

impl Graph {
    /// The graph with all dependencies, or none if it grows beyond [`MOST_STATES`].
    fn exact(plan: &Plan, dimension: usize, readings: &[Reading]) -> Option<Self> {
        let slice = &plan.slices[dimension];
        let mut memory = Memory::default();
        let needs = Needs::of(plan, slice, &mut memory);
        let mut states = vec![State {
            ceiling: Rung::FoundationModel,
            leftovers: needs.slots.iter().map(|slot| slot.formula).collect(),
        }];
        let mut layers = Vec::with_capacity(slice.questions.len());
        for (step, &position) in slice.questions.iter().enumerate() {
            let question = &plan.questions[position];
            let reading = &readings[position];
            let weight = if question.dimension == dimension {
                f64::from(question.weight)
            } else {
                0.0
            };
            let mut next = Register::default();
            let mut edges = Vec::new();
            for (from, state) in states.iter().enumerate() {
                let need = &needs.steps[step];
                if !memory.holds(state.leftovers[need.when], state.ceiling) {
                    let after = state.after(&needs, slice, step, None, &mut memory);
                    push(&mut edges, from, next.id(after), 0.0, 0.0);
                    continue;
                }
                if reading.may_be_not_applicable || reading.outcomes.is_empty() {
                    let after = state.after(&needs, slice, step, None, &mut memory);
                    push(&mut edges, from, next.id(after), 0.0, 0.0);
                }
                for &outcome in &reading.outcomes {
                    let mut ceiling = state.ceiling;
                    for (slot, cap) in &need.caps[outcome] {
                        if memory.holds(state.leftovers[*slot], state.ceiling) {
                            ceiling = ceiling.min(*cap);
                        }
                    }
                    let mut after = state.after(&needs, slice, step, Some(outcome), &mut memory);
                    after.ceiling = slice.clamp(position, ceiling);
                    let score = question.outcomes[outcome].score;
                    push(&mut edges, from, next.id(after), weight, score);
                }
            }
            states = next.states;
            if states.len() > MOST_STATES {
                return None;
            }
            layers.push(Layer {
                states_after: states.len(),
                edges,
            });
        }
        Some(Self { layers })
    }

    /// The graph in which every question is hidden or shown for itself.
    fn relaxed(plan: &Plan, dimension: usize, readings: &[Reading], visible: &[Truth]) -> Self {
        let layers = plan
            .questions
            .iter()
            .enumerate()
            .filter(|(position, question)| {
                question.dimension == dimension
                    && question.weight > 0
                    && visible[*position] != Truth::False
            })
            .map(|(position, question)| {
                let reading = &readings[position];
                let mut edges = Vec::new();
                if visible[position] == Truth::Unknown
                    || reading.may_be_not_applicable
                    || reading.outcomes.is_empty()
                {
                    push(&mut edges, 0, 0, 0.0, 0.0);
                }
                for &outcome in &reading.outcomes {
                    let score = question.outcomes[outcome].score;
                    push(&mut edges, 0, 0, f64::from(question.weight), score);
                }
                Layer {
                    states_after: 1,
                    edges,
                }
            })
            .collect();
        Self { layers }
    }

    /// The smallest weighted mean of the (read) scores over all paths with any weight.
    fn smallest_mean(&self, read: impl Fn(f64) -> f64) -> Option<f64> {
        // Scores lie in −1..=1, so under the mean 2 every path with any weight is negative.
        let mut mean = 2.0;
        let mut smallest = None;
        loop {
            let best = self.smallest_path(&read, mean)?;
            if best.weight == 0.0 || best.objective >= 0.0 {
                return smallest;
            }
            let found = best.sum / best.weight;
            if smallest.is_some_and(|smallest| found >= smallest) {
                return smallest;
            }
            smallest = Some(found);
            mean = found;
        }
    }

    /// The path with the smallest Σ w·(s − mean); among equals the first.
    fn smallest_path(&self, read: &impl Fn(f64) -> f64, mean: f64) -> Option<Path> {
        let mut paths = vec![Some(Path {
            objective: 0.0,
            sum: 0.0,
            weight: 0.0,
        })];
        for layer in &self.layers {
            let mut next: Vec<Option<Path>> = vec![None; layer.states_after];
            for edge in &layer.edges {
                let Some(path) = paths[edge.from] else {
                    continue;
                };
                let score = read(edge.score);
                let longer = Path {
                    objective: path.objective + edge.weight * (score - mean),
                    sum: path.sum + edge.weight * score,
                    weight: path.weight + edge.weight,
                };
                if next[edge.to].is_none_or(|known| longer.objective < known.objective) {
                    next[edge.to] = Some(longer);
                }
            }
            paths = next;
        }
        paths.into_iter().flatten().reduce(|best, path| {
            if path.objective < best.objective {
                path
            } else {
                best
            }
        })
    }
}

/// Adds an edge unless one with the same ends already covers it: between two
/// states only the lowest, the highest and the unscored way can be extreme.
fn push(edges: &mut Vec<Edge>, from: usize, to: usize, weight: f64, score: f64) {
    let first = edges.partition_point(|edge| edge.from < from);
    let mut lower = false;
    let mut higher = false;
    for edge in &edges[first..] {
        if edge.to == to && edge.weight == weight {
            lower |= edge.score <= score;
            higher |= edge.score >= score;
        }
    }
    if !(lower && higher) {
        edges.push(Edge {
            from,
            to,
            weight,
            score,
        });
    }
}

/// What must be remembered between questions: the cap so far, and what is
/// left of every condition that is still to be read.
#[derive(Clone, PartialEq, Eq, Hash)]
struct State {
    ceiling: Rung,
    leftovers: Vec<usize>,
}

impl State {
    fn after(
        &self,
        needs: &Needs,
        slice: &Slice,
        step: usize,
        outcome: Option<usize>,
        memory: &mut Memory,
    ) -> Self {
        let position = slice.questions[step];
        let need = &needs.steps[step];
        let leftovers = self
            .leftovers
            .iter()
            .zip(&needs.slots)
            .map(|(&formula, slot)| {
                if slot.last_read <= step {
                    0
                } else if need.is_read {
                    memory.settle(formula, position, outcome)
                } else {
                    formula
                }
            })
            .collect();
        Self {
            ceiling: slice.clamp(position, self.ceiling),
            leftovers,
        }
    }
}

impl Slice {
    /// The ceiling as far as it can still be read: caps between the same two thresholds are one.
    fn clamp(&self, position: usize, ceiling: Rung) -> Rung {
        if position >= self.caps_matter_before {
            return Rung::FoundationModel;
        }
        if self.thresholds.last().is_some_and(|top| ceiling >= *top) {
            return Rung::FoundationModel;
        }
        self.thresholds
            .iter()
            .rev()
            .find(|threshold| ceiling >= **threshold)
            .copied()
            .unwrap_or(Rung::ProcessFix)
    }
}

/// States by their number, in the order in which they were found.
#[derive(Default)]
struct Register {
    states: Vec<State>,
    numbers: HashMap<State, usize>,
}

impl Register {
    fn id(&mut self, state: State) -> usize {
        if let Some(&number) = self.numbers.get(&state) {
            return number;
        }
        let number = self.states.len();
        self.states.push(state.clone());
        self.numbers.insert(state, number);
        number
    }
}

/// The conditions that a slice reads, and when.
struct Needs {
    slots: Vec<Slot>,
    steps: Vec<Need>,
}

/// One condition, kept until it was read for the last time.
struct Slot {
    formula: usize,
    last_read: usize,
}

/// What one question reads.
struct Need {
    /// Slot of its own condition.
    when: usize,
    /// For each outcome the slots of its caps' conditions, with the caps.
    caps: Vec<Vec<(usize, Rung)>>,
    /// Whether some condition reads this question.
    is_read: bool,
}

impl Needs {
    fn of(plan: &Plan, slice: &Slice, memory: &mut Memory) -> Self {
        let mut slots: Vec<Slot> = Vec::new();
        let mut read = vec![false; plan.questions.len()];
        let mut slot_of = |formula: &Formula, step: usize| {
            formula.each_question(&mut |other| {
                if let Some(read) = read.get_mut(other) {
                    *read = true;
                }
            });
            let formula = memory.intern(formula.clone());
            if let Some(known) = slots.iter().position(|slot| slot.formula == formula) {
                slots[known].last_read = step;
                return known;
            }
            slots.push(Slot {
                formula,
                last_read: step,
            });
            slots.len() - 1
        };
        let mut steps: Vec<Need> = Vec::with_capacity(slice.questions.len());
        for (step, &position) in slice.questions.iter().enumerate() {
            let question = &plan.questions[position];
            let when = slot_of(&question.when, step);
            let caps_matter = position < slice.caps_matter_before;
            let caps = question
                .outcomes
                .iter()
                .map(|outcome| {
                    outcome
                        .gates
                        .iter()
                        .filter(|_| caps_matter)
                        .filter_map(|gate| {
                            let ceiling = gate.ceiling?;
                            Some((slot_of(&gate.when, step), ceiling))
                        })
                        .collect()
                })
                .collect();
            steps.push(Need {
                when,
                caps,
                is_read: false,
            });
        }
        for (need, &position) in steps.iter_mut().zip(&slice.questions) {
            need.is_read = read[position];
        }
        Self { slots, steps }
    }
}

/// Formulas by number, so that states compare fast. Number 0 is *true*.
struct Memory {
    formulas: Vec<Formula>,
    numbers: HashMap<Formula, usize>,
    settled: HashMap<(usize, usize, Option<usize>), usize>,
}

impl Default for Memory {
    fn default() -> Self {
        let mut memory = Self {
            formulas: Vec::new(),
            numbers: HashMap::new(),
            settled: HashMap::new(),
        };
        memory.intern(Formula::Constant(true));
        memory
    }
}

impl Memory {
    fn intern(&mut self, formula: Formula) -> usize {
        if let Some(&number) = self.numbers.get(&formula) {
            return number;
        }
        let number = self.formulas.len();
        self.formulas.push(formula.clone());
        self.numbers.insert(formula, number);
        number
    }

    fn settle(&mut self, formula: usize, question: usize, outcome: Option<usize>) -> usize {
        let key = (formula, question, outcome);
        if let Some(&known) = self.settled.get(&key) {
            return known;
        }
        let leftover = self.formulas[formula].settle(question, outcome);
        let number = self.intern(leftover);
        self.settled.insert(key, number);
        number
    }

    /// Whether a condition holds once all that it looks back to is settled.
    fn holds(&self, formula: usize, ceiling: Rung) -> bool {
        // A question that is not settled here lies ahead, which no checked rubric allows.
        self.formulas[formula].truth(&|_, _| Truth::False, &|rung| Truth::from(rung <= ceiling))
            == Truth::True
    }
}
