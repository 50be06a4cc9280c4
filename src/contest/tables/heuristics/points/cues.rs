//! Which cues earn points.

use super::logistic;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{FitError, Training};
use crate::contest::tables::features::BinMeaning;
use crate::contest::tables::kernel::histogram::without;
use crate::contest::tables::kernel::{BinSet, Division, Histogram, Outcome, divide};
use crate::contest::tables::tell::Condition;

/// Cues of a score.
const MOST_CUES: usize = 5;

/// Divisions considered, the clearest first.
const MOST_CANDIDATES: usize = 16;

/// Training rows on either side of a cue.
const FEWEST_ROWS: f64 = 6.0;

/// Rows for which the same cues hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pattern {
    /// One bit per cue.
    pub(super) bits: usize,
    pub(super) rows: f64,
    /// Rows of class 1.
    pub(super) positive: f64,
}

impl Pattern {
    /// Whether the cue holds.
    pub(super) fn holds(&self, cue: usize) -> bool {
        self.bits >> cue & 1 == 1
    }
}

struct Candidate {
    condition: Condition,
    gain: f64,
    /// Nats that it takes to name it.
    price: f64,
}

/// Cues in the order in which they were added, and the rows by pattern of cues.
///
/// # Errors
/// [`FitError::Cancelled`].
pub(super) fn choose(
    training: &Training<'_>,
    outcome: &Outcome<'_>,
) -> Result<(Vec<Condition>, Vec<Pattern>), FitError> {
    let Truth::Classes { values, .. } = outcome.truth else {
        return Err(FitError::Failed("needs two classes".into()));
    };
    let candidates = candidates(training, outcome)?;
    let holds: Vec<Vec<u8>> = candidates
        .iter()
        .map(|candidate| {
            let bins = &training.features.columns[candidate.condition.feature]
                .bins
                .of_row;
            let holding: [u8; 256] =
                std::array::from_fn(|bin| u8::from(candidate.condition.bins.contains(bin as u8)));
            training
                .rows
                .iter()
                .map(|row| holding[usize::from(bins[*row as usize])])
                .collect()
        })
        .collect();
    // of each row: pattern of cues so far × 2 + class
    let mut state: Vec<u8> = values.iter().map(|class| u8::from(*class == 1)).collect();
    let mut chosen: Vec<usize> = Vec::new();
    let mut patterns = patterns(&state, 0);
    while chosen.len() < MOST_CUES {
        if training.control.is_cancelled() {
            return Err(FitError::Cancelled);
        }
        let expected = logistic::expected(&patterns, chosen.len());
        let mut best: Option<(f64, usize)> = None;
        for (candidate, holds) in holds.iter().enumerate() {
            if chosen.contains(&candidate) {
                continue;
            }
            let gain = gain(&state, holds, &expected) - candidates[candidate].price;
            if gain > best.map_or(0.0, |(most, _)| most) + 1e-9 {
                best = Some((gain, candidate));
            }
        }
        let Some((_, candidate)) = best else {
            break;
        };
        for (state, holds) in state.iter_mut().zip(&holds[candidate]) {
            // the new cue's bit is the highest of the pattern
            *state += holds << (chosen.len() + 1);
        }
        chosen.push(candidate);
        patterns = self::patterns(&state, chosen.len());
    }
    let conditions = chosen
        .iter()
        .map(|candidate| candidates[*candidate].condition)
        .collect();
    Ok((conditions, patterns))
}

/// The best divisions of each column and of its two sides, oriented towards class 1.
fn candidates(training: &Training<'_>, outcome: &Outcome<'_>) -> Result<Vec<Candidate>, FitError> {
    let everyone: Vec<u32> = (0..training.rows.len() as u32).collect();
    let columns = libm::log(training.features.columns.len().max(1) as f64);
    let mut found: Vec<Candidate> = Vec::new();
    for (feature, column) in training.features.columns.iter().enumerate() {
        if training.control.is_cancelled() {
            return Err(FitError::Cancelled);
        }
        let meaning = &column.bins.meaning;
        if *meaning == BinMeaning::Whole {
            continue;
        }
        let counts = Histogram::count(&column.bins, training.rows, &everyone, outcome);
        let Some(first) = divide(&counts, meaning, outcome, &outcome.total, FEWEST_ROWS) else {
            continue;
        };
        let mut offer = |bins: BinSet, division: &Division, tally: &[f64]| {
            let rest = without(&outcome.total, tally);
            let share = |tally: &[f64]| tally[1] / (tally[0] + tally[1]).max(1.0);
            let bins = if share(tally) >= share(&rest) {
                bins
            } else {
                bins.complement(column.bins.count)
            };
            found.push(Candidate {
                condition: Condition { feature, bins },
                gain: outcome.impurity(&outcome.total)
                    - outcome.impurity(tally)
                    - outcome.impurity(&rest),
                price: division.choices + columns,
            });
        };
        offer(first.left, &first, &first.tally);
        let sides = [
            (first.left, first.tally.clone()),
            (
                first.left.complement(column.bins.count),
                without(&outcome.total, &first.tally),
            ),
        ];
        if let BinMeaning::Edges(_) = meaning {
            for (side, total) in sides {
                let mut part = counts.clone();
                for bin in (0..part.bins()).filter(|bin| !side.contains(*bin as u8)) {
                    part.cells[bin * part.width..(bin + 1) * part.width].fill(0.0);
                }
                if let Some(division) = divide(&part, meaning, outcome, &total, FEWEST_ROWS) {
                    let tally = counts.sum(division.left.iter().filter(|bin| *bin < counts.bins()));
                    offer(division.left, &division, &tally);
                }
            }
        }
    }
    found.sort_by(|left, right| right.gain.total_cmp(&left.gain));
    found.truncate(MOST_CANDIDATES);
    Ok(found)
}

fn patterns(state: &[u8], cues: usize) -> Vec<Pattern> {
    let mut counts = vec![0.0; 2 << cues];
    for state in state {
        counts[usize::from(*state)] += 1.0;
    }
    counts
        .chunks_exact(2)
        .enumerate()
        .map(|(bits, count)| Pattern {
            bits,
            rows: count[0] + count[1],
            positive: count[1],
        })
        .filter(|pattern| pattern.rows > 0.0)
        .collect()
}

/// Nats that a cue would save, by the score test: the square of what it leaves
/// unexplained over twice its variance. `expected` is the probability of class
/// 1 by pattern.
fn gain(state: &[u8], holds: &[u8], expected: &[f64]) -> f64 {
    let mut counts = [[0_u32; 64]; 2];
    for (state, holds) in state.iter().zip(holds) {
        counts[usize::from(*holds & 1)][usize::from(*state & 63)] += 1;
    }
    let mut gain = 0.0;
    for counts in counts {
        let (mut unexplained, mut variance) = (0.0, 0.0);
        for (pattern, probability) in expected.iter().enumerate() {
            let negative = f64::from(counts[pattern * 2]);
            let positive = f64::from(counts[pattern * 2 + 1]);
            let rows = negative + positive;
            unexplained += positive - rows * probability;
            variance += rows * probability * (1.0 - probability);
        }
        if variance > 0.0 {
            gain += unexplained * unexplained / (2.0 * variance);
        }
    }
    gain
}
