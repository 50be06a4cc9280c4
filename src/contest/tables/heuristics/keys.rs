//! Which one or two columns to look the past up by.
//!
//! Columns become coarse keys: numbers in at most eight levels of about equal
//! size, categories with their rarest levels together. Every key and every
//! pair of keys is judged by what its cells, shrunk to the prior, say of each
//! training row when that row is left out, which has a closed form. A pair has
//! to be worth the nats that it takes to name it among all pairs.

use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{FitError, Training};
use crate::contest::tables::features::{BinMeaning, Bins, Features};
use crate::contest::tables::kernel::{BinSet, Outcome};

/// Levels of a key of numbers, the missing one not counted.
const NUMBER_LEVELS: usize = 8;

/// Levels of a key of categories in a pair, the missing one not counted.
const PAIR_LEVELS: usize = 50;

/// Rows of the prior beside each cell while keys are compared.
const STRENGTH: f64 = 2.0;

/// Strengths tried once the keys are chosen.
const STRENGTHS: [f64; 4] = [0.5, 2.0, 8.0, 32.0];

/// Row visits that the search for a pair may cost.
const MOST_VISITS: usize = 30_000_000;

/// Rows that the search for a pair reads at most.
const MOST_ROWS: usize = 30_000;

/// A column in coarse levels.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// Position of the feature.
    pub(super) feature: usize,
    /// The level of each bin.
    pub(super) level_of_bin: Vec<u8>,
    /// Number of levels.
    pub(super) levels: usize,
}

/// The keys chosen, one or two, and how strongly cells are shrunk.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) keys: Vec<Key>,
    pub(super) strength: f64,
}

impl Key {
    fn of(feature: usize, bins: &Bins, rows: &[u32], most: usize) -> Self {
        let level_of_bin: Vec<u8> = match bins.meaning {
            BinMeaning::Edges(_) => even_levels(bins, rows),
            BinMeaning::Levels { .. } | BinMeaning::Whole => {
                (0..bins.count).map(|bin| bin.min(most) as u8).collect()
            }
        };
        Self {
            feature,
            levels: level_of_bin
                .iter()
                .max()
                .map_or(1, |last| usize::from(*last) + 1),
            level_of_bin,
        }
    }

    /// The level of a row.
    pub(super) fn level(&self, features: &Features, row: u32) -> usize {
        let bin = features.columns[self.feature].bins.of_row[row as usize];
        self.level_of_bin
            .get(usize::from(bin))
            .map_or(0, |level| usize::from(*level))
    }

    /// The bins of a level.
    pub(super) fn bins(&self, level: usize) -> BinSet {
        let inside = |bin: &usize| usize::from(self.level_of_bin[*bin]) == level;
        BinSet::of((0..self.level_of_bin.len()).filter(inside))
    }

    fn of_rows(&self, features: &Features, rows: &[u32]) -> Vec<u8> {
        let bins = &features.columns[self.feature].bins.of_row;
        rows.iter()
            .map(|row| self.level_of_bin[usize::from(bins[*row as usize])])
            .collect()
    }
}

/// Bins joined to at most [`NUMBER_LEVELS`] levels of about equally many rows.
fn even_levels(bins: &Bins, rows: &[u32]) -> Vec<u8> {
    if bins.count <= NUMBER_LEVELS + 1 {
        return (0..bins.count as u8).collect();
    }
    let mut counts = vec![0_usize; bins.count];
    for row in rows {
        counts[usize::from(bins.of_row[*row as usize])] += 1;
    }
    let known: usize = counts.iter().skip(1).sum();
    let mut below = 0;
    let mut levels = vec![0];
    for count in counts.iter().skip(1) {
        // a bin belongs where its middle row lies
        let middle = (2 * below + count) * NUMBER_LEVELS / (2 * known.max(1));
        levels.push(1 + middle.min(NUMBER_LEVELS - 1) as u8);
        below += count;
    }
    levels
}

/// Chooses one key or two on the training rows.
///
/// # Errors
/// [`FitError::Cancelled`]; [`FitError::Failed`] where no column can be a key.
pub(super) fn choose(training: &Training<'_>, outcome: &Outcome<'_>) -> Result<Choice, FitError> {
    let (features, rows) = (training.features, training.rows);
    let usable: Vec<usize> = (0..features.columns.len())
        .filter(|feature| features.columns[*feature].bins.meaning != BinMeaning::Whole)
        .collect();
    let mut logs = Logarithms::new(outcome, STRENGTH);
    let everyone: Vec<u32> = (0..rows.len() as u32).collect();
    let price = libm::log(usable.len().max(1) as f64);
    let mut singles: Vec<(f64, Key)> = Vec::new();
    for feature in usable {
        stop(training)?;
        let key = Key::of(feature, &features.columns[feature].bins, rows, usize::MAX);
        let levels = key.of_rows(features, rows);
        let mut cells = Vec::new();
        tally(&mut cells, key.levels, &everyone, outcome, |index| {
            usize::from(levels[index])
        });
        singles.push((logs.surprise(&cells, outcome) + price, key));
    }
    let best_single = singles
        .iter()
        .min_by(|left, right| left.0.total_cmp(&right.0))
        .cloned();
    let Some((alone, single)) = best_single else {
        return Err(FitError::Failed("there is no column to look up by".into()));
    };
    let pair = choose_pair(training, outcome, &singles, &mut logs)?;
    let single = vec![single];
    let keys = match pair {
        Some(pair) => {
            let cells = cells_of(&pair, features, rows, outcome);
            let pairs = singles.len() * (singles.len() - 1) / 2;
            let together = logs.surprise(&cells, outcome) + libm::log(pairs as f64);
            if together < alone { pair } else { single }
        }
        None => single,
    };
    let cells = cells_of(&keys, features, rows, outcome);
    let mut best = (f64::INFINITY, STRENGTH);
    for strength in STRENGTHS {
        let surprise = Logarithms::new(outcome, strength).surprise(&cells, outcome);
        if surprise < best.0 {
            best = (surprise, strength);
        }
    }
    Ok(Choice {
        keys,
        strength: best.1,
    })
}

/// The pair of keys whose cells are least surprised, if there are two columns.
fn choose_pair(
    training: &Training<'_>,
    outcome: &Outcome<'_>,
    singles: &[(f64, Key)],
    logs: &mut Logarithms,
) -> Result<Option<Vec<Key>>, FitError> {
    let (features, rows) = (training.features, training.rows);
    let step = rows.len().div_ceil(MOST_ROWS).max(1);
    let positions: Vec<u32> = (0..rows.len() as u32).step_by(step).collect();
    let sampled: Vec<u32> = positions
        .iter()
        .map(|position| rows[*position as usize])
        .collect();
    // the columns that are best alone, where not all pairs can be tried
    let mut order: Vec<usize> = (0..singles.len()).collect();
    order.sort_by(|left, right| singles[*left].0.total_cmp(&singles[*right].0));
    let affordable = libm::sqrt(2.0 * MOST_VISITS as f64 / positions.len() as f64) as usize;
    order.truncate(affordable.max(2));
    order.sort_unstable();
    let keys: Vec<Key> = order
        .iter()
        .map(|position| {
            let feature = singles[*position].1.feature;
            Key::of(feature, &features.columns[feature].bins, rows, PAIR_LEVELS)
        })
        .collect();
    let levels: Vec<Vec<u8>> = keys
        .iter()
        .map(|key| key.of_rows(features, &sampled))
        .collect();
    let mut best: Option<(f64, [usize; 2])> = None;
    let (mut counts, mut cells) = (Vec::new(), Vec::new());
    // of each row of each key: level × classes + class
    let with_classes: Vec<Vec<u32>> = match outcome.truth {
        Truth::Classes { classes, values } => levels
            .iter()
            .map(|levels| {
                let rows = levels.iter().zip(&positions);
                rows.map(|(level, position)| {
                    u32::from(*level) * classes as u32 + values[*position as usize]
                })
                .collect()
            })
            .collect(),
        Truth::Numbers(_) => Vec::new(),
    };
    for first in 0..keys.len() {
        stop(training)?;
        for second in first + 1..keys.len() {
            let width = keys[second].levels;
            let (above, below) = (&levels[first], &levels[second]);
            let count = keys[first].levels * width;
            let surprise = if let Some(of_cell) = outcome.classes() {
                counts.clear();
                counts.resize(count * of_cell, 0_u32);
                let width = width * of_cell;
                for (above, below) in above.iter().zip(&with_classes[second]) {
                    counts[usize::from(*above) * width + *below as usize] += 1;
                }
                logs.of_classes(&counts, of_cell, outcome)
            } else {
                tally(&mut cells, count, &positions, outcome, |index| {
                    usize::from(above[index]) * width + usize::from(below[index])
                });
                logs.surprise(&cells, outcome)
            };
            if best.is_none_or(|(least, _)| surprise < least - 1e-9) {
                best = Some((surprise, [first, second]));
            }
        }
    }
    Ok(best.map(|(_, [first, second])| vec![keys[first].clone(), keys[second].clone()]))
}

fn stop(training: &Training<'_>) -> Result<(), FitError> {
    if training.control.is_cancelled() {
        return Err(FitError::Cancelled);
    }
    Ok(())
}

/// The tallies of all cells of the keys: first key's level × levels of the second + its level.
pub(super) fn cells_of(
    keys: &[Key],
    features: &Features,
    rows: &[u32],
    outcome: &Outcome<'_>,
) -> Vec<f64> {
    let levels: Vec<Vec<u8>> = keys.iter().map(|key| key.of_rows(features, rows)).collect();
    let levels: Vec<&[u8]> = levels.iter().map(Vec::as_slice).collect();
    let everyone: Vec<u32> = (0..rows.len() as u32).collect();
    let count = keys.iter().map(|key| key.levels).product();
    let mut cells = Vec::new();
    match levels.as_slice() {
        [first, second] => {
            let width = keys[1].levels;
            tally(&mut cells, count, &everyone, outcome, |index| {
                usize::from(first[index]) * width + usize::from(second[index])
            });
        }
        [first] => tally(&mut cells, count, &everyone, outcome, |index| {
            usize::from(first[index])
        }),
        _ => {}
    }
    cells
}

/// Puts the tallies of so many cells into `tallies`.
fn tally(
    tallies: &mut Vec<f64>,
    cells: usize,
    positions: &[u32],
    outcome: &Outcome<'_>,
    cell_of: impl Fn(usize) -> usize,
) {
    let width = outcome.width();
    tallies.clear();
    tallies.resize(cells * width, 0.0);
    match outcome.truth {
        Truth::Classes { values, .. } => {
            for (index, position) in positions.iter().enumerate() {
                tallies[cell_of(index) * width + values[*position as usize] as usize] += 1.0;
            }
        }
        Truth::Numbers(values) => {
            let mean = outcome.prior[0];
            for (index, position) in positions.iter().enumerate() {
                let value = values[*position as usize] - mean;
                let cell = &mut tallies[cell_of(index) * 3..cell_of(index) * 3 + 3];
                cell[0] += 1.0;
                cell[1] += value;
                cell[2] += value * value;
            }
        }
    }
}

/// Logarithms of shrunk counts, each computed once.
struct Logarithms {
    strength: f64,
    /// `ln(count − 1 + strength × prior)` by class and count.
    by_class: Vec<Vec<f64>>,
    /// `ln(rows − 1 + strength)` by rows.
    of_rows: Vec<f64>,
}

impl Logarithms {
    fn new(outcome: &Outcome<'_>, strength: f64) -> Self {
        let classes = outcome.classes().is_some();
        let rows = outcome.len() + 1;
        let by_class = outcome
            .total
            .iter()
            .map(|count| {
                if classes {
                    vec![f64::NAN; *count as usize + 1]
                } else {
                    Vec::new()
                }
            })
            .collect();
        Self {
            strength,
            by_class,
            of_rows: if classes {
                vec![f64::NAN; rows]
            } else {
                Vec::new()
            },
        }
    }

    /// [`Logarithms::surprise`] of counts by cell and class.
    fn of_classes(&mut self, counts: &[u32], classes: usize, outcome: &Outcome<'_>) -> f64 {
        if classes == 2 {
            let cells = counts.as_chunks::<2>().0.iter();
            return cells.map(|cell| self.of_cell(cell, outcome)).sum();
        }
        let cells = counts.chunks_exact(classes.max(1));
        cells.map(|cell| self.of_cell(cell, outcome)).sum()
    }

    #[inline]
    fn of_cell(&mut self, counts: &[u32], outcome: &Outcome<'_>) -> f64 {
        let rows: u32 = counts.iter().sum();
        if rows == 0 {
            return 0.0;
        }
        let whole = remembered(&mut self.of_rows, rows, self.strength);
        let mut sum = 0.0;
        for (class, count) in counts.iter().enumerate() {
            if *count > 0 {
                let prior = self.strength * outcome.prior[class];
                let own = remembered(&mut self.by_class[class], *count, prior);
                sum += f64::from(*count) * (whole - own);
            }
        }
        sum
    }

    /// Surprise of the training rows in nats when each is predicted by its cell without it.
    ///
    /// Classes: `Σ n_k ln((n − 1 + m) / (n_k − 1 + m p_k))`. Numbers: n/2 · ln of
    /// the mean squared error, where the error of a row left out is
    /// (n + m) / (n − 1 + m) times the error with it (m rows of the prior, n in the cell).
    fn surprise(&mut self, tallies: &[f64], outcome: &Outcome<'_>) -> f64 {
        let strength = self.strength;
        match outcome.truth {
            Truth::Classes { classes, .. } => {
                let counts: Vec<u32> = tallies.iter().map(|count| *count as u32).collect();
                self.of_classes(&counts, classes, outcome)
            }
            Truth::Numbers(_) => {
                let (mut all, mut squares) = (0.0, 0.0);
                for tally in tallies.chunks_exact(3).filter(|tally| tally[0] > 0.0) {
                    let [rows, sum, square] = [tally[0], tally[1], tally[2]];
                    let answer = sum / (rows + strength);
                    let error = (square - 2.0 * answer * sum + rows * answer * answer).max(0.0);
                    let apart = (rows + strength) / (rows - 1.0 + strength);
                    squares += apart * apart * error;
                    all += rows;
                }
                let floor = f64::MIN_POSITIVE.max(outcome.total[2] * 1e-18);
                all / 2.0 * libm::log((squares / f64::max(all, 1.0)).max(floor))
            }
        }
    }
}

fn remembered(known: &mut [f64], count: u32, beside: f64) -> f64 {
    let value = || libm::log(f64::from(count) - 1.0 + beside);
    match known.get_mut(count as usize) {
        Some(known) => {
            if known.is_nan() {
                *known = value();
            }
            *known
        }
        None => value(),
    }
}
