//! A boosted sum of trees (Friedman 2001), stopped where it no longer gets better.
//!
//! A part of the training rows is held out and says after how many rounds to
//! stop; on few rows each of three parts in turn. Where they cannot be spared,
//! all rows then grow as many rounds again. The answers for rows held out are
//! kept: they are predictions by trees that have not seen these rows.

use rand_pcg::Pcg64;

use super::LeftOut;
use super::coding::{Bytes, Coding};
use super::gradient_cut::Limits;
use super::gradient_tree::Grower;
use super::tree::Tree;
use crate::contest::control::Control;
use crate::contest::tables::contender::FitError;
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::chance::{source, stratified_parts};
use crate::contest::tables::models::{LogLoss, sigmoid, softmax};

use super::target::Target;

/// What each round adds is multiplied by this; by half of it where so many rows
/// are learned from, which bear more rounds.
const SHRINKAGE: f64 = 0.2;
const MANY_TO_LEARN_FROM: usize = 50_000;

/// Rows that a leaf is to have on average before a tree gets all its leaves.
const ROWS_A_LEAF: usize = 40;

/// About the most trees.
const MOST_TREES: usize = 300;

/// The most rounds, and those without a better held-out loss after which to stop.
const MOST_ROUNDS: usize = 200;
const PATIENCE: usize = 10;

/// One of so many parts is held out; where rows are few, each part in turn.
const PARTS: usize = 4;
const PARTS_OF_FEW: usize = 3;
const FEW_TO_HOLD_OUT: usize = 400;

/// The fewest rows of which some can be held out.
const FEWEST_ROWS: usize = 50;

/// Up to this many columns each tree reads all; of more a third, at least these.
const FEW_COLUMNS: usize = 12;

/// Rounds where nothing can be held out.
const ROUNDS_UNSEEN: usize = 30;

/// Up to this many rows, those held out are learned from in the end.
const FEW_ROWS: usize = 10_000;

/// A fall of the held-out loss by less than this share is none.
const LEAST_FALL: f64 = 1e-6;

/// Trees that answer by their sum: rounds × outputs.
#[derive(Clone, Debug)]
pub(in crate::contest::tables) struct Boosted {
    start: Vec<f64>,
    trees: Vec<Tree>,
    /// Gain by byte column.
    pub(in crate::contest::tables) gains: Vec<f64>,
}

/// What the trees learn from.
#[derive(Clone, Copy)]
pub(in crate::contest::tables) struct Rows<'a> {
    /// The features.
    pub(in crate::contest::tables) features: &'a Features,
    /// The training rows.
    pub(in crate::contest::tables) of_table: &'a [u32],
    /// Their target. Numbers are standardised; classes all occur.
    pub(in crate::contest::tables) target: Target<'a>,
    /// Whether numbers 0 and 1 are two classes.
    pub(in crate::contest::tables) binary: bool,
}

/// What a sum of trees means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loss {
    /// A number.
    Squared,
    /// The log odds of 1.
    Logistic,
    /// Scores of this many classes.
    Softmax(usize),
}

impl Boosted {
    /// Grown on these rows; with it its answers for rows while they were held
    /// out, at the best number of rounds, where rows are enough to hold any out.
    pub(in crate::contest::tables) fn grow(
        coding: &Coding,
        rows: Rows<'_>,
        seed: u64,
        control: &Control<'_>,
    ) -> Result<(Self, Option<LeftOut>), FitError> {
        let count = rows.of_table.len();
        if count < FEWEST_ROWS {
            let boosted = Self::grow_rounds(coding, rows, ROUNDS_UNSEEN, seed, control)?;
            return Ok((boosted, None));
        }
        let most_rounds = MOST_ROUNDS.min(MOST_TREES / trees_of_a_round(rows.target));
        let mut left_out = Vec::new();
        let mut rounds = Vec::new();
        let mut first = None;
        for held_out in parts(&rows, seed) {
            let is_inner = |row: &u32| held_out.binary_search(row).is_err();
            let inner: Vec<u32> = (0..count as u32).filter(is_inner).collect();
            let inner = Part::of(coding, &rows, &inner);
            let unseen = Part::of(coding, &rows, &held_out);
            let draws = source(seed, 3);
            let grown = inner.boost(coding, most_rounds, Some(&unseen), draws, control)?;
            let outputs = grown.boosted.start.len();
            left_out.extend(
                held_out
                    .into_iter()
                    .zip(grown.unseen.chunks(outputs).map(<[f64]>::to_vec)),
            );
            rounds.push(grown.rounds);
            first.get_or_insert(grown);
        }
        left_out.sort_by_key(|(row, _)| *row);
        let left_out = LeftOut {
            rows: left_out.iter().map(|(row, _)| *row).collect(),
            answers: left_out
                .into_iter()
                .flat_map(|(_, answers)| answers)
                .collect(),
        };
        if let Some(mut grown) = first
            && count > FEW_ROWS
        {
            let outputs = grown.boosted.start.len();
            grown.boosted.trees.truncate(grown.rounds * outputs);
            return Ok((grown.boosted, Some(left_out)));
        }
        let mean = (rounds.iter().sum::<usize>() as f64 / rounds.len().max(1) as f64).round();
        let boosted = Self::grow_rounds(coding, rows, mean as usize, seed, control)?;
        Ok((boosted, Some(left_out)))
    }

    /// Grown on all of these rows for so many rounds.
    pub(in crate::contest::tables) fn grow_rounds(
        coding: &Coding,
        rows: Rows<'_>,
        rounds: usize,
        seed: u64,
        control: &Control<'_>,
    ) -> Result<Self, FitError> {
        let all: Vec<u32> = (0..rows.of_table.len() as u32).collect();
        let part = Part::of(coding, &rows, &all);
        Ok(part
            .boost(coding, rounds, None, source(seed, 3), control)?
            .boosted)
    }

    /// Rounds that were grown.
    pub(in crate::contest::tables) fn rounds(&self) -> usize {
        self.trees.len() / self.start.len().max(1)
    }

    /// The sums of the trees' answers for each row, one after the other, put
    /// into `answers`: a number, log odds or scores.
    pub(in crate::contest::tables) fn answer(&self, bytes: &Bytes, answers: &mut Vec<f64>) {
        answers.clear();
        let outputs = self.start.len();
        (0..bytes.rows).for_each(|_| answers.extend_from_slice(&self.start));
        for (position, tree) in self.trees.iter().enumerate() {
            let output = position % outputs;
            for (row, sums) in answers.chunks_exact_mut(outputs).enumerate() {
                sums[output] += tree.answer(bytes, row)[0];
            }
        }
    }
}

/// The parts of the rows that are held out in turn.
fn parts(rows: &Rows<'_>, seed: u64) -> Vec<Vec<u32>> {
    let count = rows.of_table.len();
    let (parts, turns) = if count < FEW_TO_HOLD_OUT {
        (PARTS_OF_FEW, PARTS_OF_FEW)
    } else {
        (PARTS, 1)
    };
    let mut parts = match rows.target {
        Target::Classes { classes, values } => stratified_parts(values, classes, parts, seed),
        Target::Numbers(values) if rows.binary => {
            let classes: Vec<u32> = values.iter().map(|value| *value as u32).collect();
            stratified_parts(&classes, 2, parts, seed)
        }
        Target::Numbers(_) => stratified_parts(&vec![0; count], 1, parts, seed),
    };
    parts.truncate(turns);
    parts
}

/// Trees that one round grows.
fn trees_of_a_round(target: Target<'_>) -> usize {
    match target {
        Target::Numbers(_) => 1,
        Target::Classes { classes, .. } => classes.max(1),
    }
}

/// What boosting comes to.
struct Grown {
    boosted: Boosted,
    /// The best number of rounds.
    rounds: usize,
    /// The answers for the rows held out after these rounds.
    unseen: Vec<f64>,
}

/// Some of the rows, as bytes, with their target.
struct Part {
    bytes: Bytes,
    numbers: Vec<f64>,
    classes: Vec<u32>,
    loss: Loss,
}

impl Part {
    fn of(coding: &Coding, rows: &Rows<'_>, positions: &[u32]) -> Self {
        let of_table: Vec<u32> = positions
            .iter()
            .map(|position| rows.of_table[*position as usize])
            .collect();
        let bytes = coding.encode(rows.features, &of_table);
        let (mut numbers, mut classes) = (Vec::new(), Vec::new());
        let loss = match rows.target {
            Target::Numbers(values) => {
                numbers.extend(positions.iter().map(|row| values[*row as usize]));
                if rows.binary {
                    Loss::Logistic
                } else {
                    Loss::Squared
                }
            }
            Target::Classes {
                classes: count,
                values,
            } => {
                classes.extend(positions.iter().map(|row| values[*row as usize]));
                Loss::Softmax(count)
            }
        };
        Self {
            bytes,
            numbers,
            classes,
            loss,
        }
    }

    /// What is answered before the first tree.
    fn start(&self) -> Vec<f64> {
        let rows = self.bytes.rows as f64;
        match self.loss {
            Loss::Squared => vec![self.numbers.iter().sum::<f64>() / rows],
            Loss::Logistic => {
                let share = (self.numbers.iter().sum::<f64>() / rows).clamp(1e-6, 1.0 - 1e-6);
                vec![libm::log(share / (1.0 - share))]
            }
            Loss::Softmax(classes) => {
                let mut counts = vec![0.0; classes];
                for class in &self.classes {
                    counts[*class as usize] += 1.0;
                }
                counts
                    .iter()
                    .map(|count: &f64| libm::log((count / rows).max(1e-6)))
                    .collect()
            }
        }
    }

    fn limits(&self) -> Limits {
        Limits {
            leaves: match self.loss {
                Loss::Squared | Loss::Logistic => (self.bytes.rows / ROWS_A_LEAF).clamp(6, 31),
                Loss::Softmax(_) => (self.bytes.rows / ROWS_A_LEAF).clamp(6, 12),
            },
            depth: 8,
            rows: (self.bytes.rows / 20).clamp(3, 20),
            columns: (self.bytes.columns.len() / 3).max(FEW_COLUMNS),
            penalty: 1.0,
        }
    }

    /// Boosts for at most so many rounds, or until the held-out loss no longer falls.
    fn boost(
        &self,
        coding: &Coding,
        most: usize,
        held_out: Option<&Self>,
        draws: Pcg64,
        control: &Control<'_>,
    ) -> Result<Grown, FitError> {
        let start = self.start();
        let outputs = start.len();
        let shrinkage = if self.bytes.rows < MANY_TO_LEARN_FROM {
            SHRINKAGE
        } else {
            SHRINKAGE / 2.0
        };
        let mut grower = Grower::new(&self.bytes, coding, self.limits(), draws);
        let mut scores: Vec<f64> = start.repeat(self.bytes.rows);
        let mut unseen: Vec<f64> = start.repeat(held_out.map_or(0, |part| part.bytes.rows));
        let mut gradients = vec![[0.0; 2]; self.bytes.rows];
        let mut shares = Vec::new();
        let mut trees = Vec::new();
        let mut best = (held_out.map_or(0.0, |part| part.mean_loss(&unseen)), 0);
        let mut unseen_at_best = unseen.clone();
        for round in 0..most {
            if let Loss::Softmax(_) = self.loss {
                shares.clone_from(&scores);
                for row in shares.chunks_exact_mut(outputs) {
                    softmax(row);
                }
            }
            for output in 0..outputs {
                if control.is_cancelled() {
                    return Err(FitError::Cancelled);
                }
                self.gradients(&scores, &shares, output, &mut gradients);
                let tree = grower.grow(&gradients, shrinkage, |row, answer| {
                    scores[row * outputs + output] += answer;
                });
                if let Some(part) = held_out {
                    for row in 0..part.bytes.rows {
                        unseen[row * outputs + output] += tree.answer(&part.bytes, row)[0];
                    }
                }
                trees.push(tree);
            }
            if let Some(part) = held_out {
                let loss = part.mean_loss(&unseen);
                if loss < best.0 * (1.0 - LEAST_FALL) {
                    best = (loss, round + 1);
                    unseen_at_best.clone_from(&unseen);
                } else if round + 1 >= best.1 + PATIENCE {
                    break;
                }
            }
        }
        let boosted = Boosted {
            start,
            trees,
            gains: grower.gains,
        };
        Ok(Grown {
            boosted,
            rounds: best.1,
            unseen: unseen_at_best,
        })
    }

    /// First and second derivatives of the loss by one output.
    fn gradients(&self, scores: &[f64], shares: &[f64], output: usize, gradients: &mut [[f64; 2]]) {
        match self.loss {
            Loss::Squared => {
                for ((gradient, score), value) in
                    gradients.iter_mut().zip(scores).zip(&self.numbers)
                {
                    *gradient = [score - value, 1.0];
                }
            }
            Loss::Logistic => {
                for ((gradient, score), value) in
                    gradients.iter_mut().zip(scores).zip(&self.numbers)
                {
                    let share = sigmoid(*score);
                    *gradient = [share - value, share * (1.0 - share)];
                }
            }
            Loss::Softmax(classes) => {
                for (row, (gradient, class)) in gradients.iter_mut().zip(&self.classes).enumerate()
                {
                    let share = shares[row * classes + output];
                    let value = f64::from(u8::from(*class as usize == output));
                    *gradient = [share - value, share * (1.0 - share)];
                }
            }
        }
    }

    fn mean_loss(&self, scores: &[f64]) -> f64 {
        let sum: f64 = match self.loss {
            Loss::Squared => scores
                .iter()
                .zip(&self.numbers)
                .map(|(score, value)| (score - value) * (score - value))
                .sum(),
            Loss::Logistic => LogLoss::of(scores, &self.numbers).sum(),
            Loss::Softmax(classes) => scores
                .chunks_exact(classes)
                .zip(&self.classes)
                .map(|(scores, class)| {
                    let mut shares = scores.to_vec();
                    softmax(&mut shares) - scores[*class as usize]
                })
                .sum(),
        };
        sum / self.bytes.rows.max(1) as f64
    }
}
