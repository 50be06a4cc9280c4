//! The headroom probe: what would more machine learning buy?
//!
//! Two strong defaults on the shared bins, a boosted sum of trees and a
//! forest. Neither is meant to be used; they say how much a small model leaves
//! on the table.

use super::contender::{Contender, Description, FitError, Fitted, Names, Training, Unseen};
use super::ensemble::{Boosted, Coding, Forest, LeftOut, MOST_ROWS_OF_A_TREE, Rows, Target, Worth};
use super::features::{BinMeaning, FeatureValues, Features};
use super::kernel::chance::{shuffle, source};
use super::models::{softmax, spread};
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::vocabulary::Rung;

/// The most training rows that are learned from; of more, a random part.
pub const MOST_ROWS: usize = 100_000;

/// Rows that are predicted at a time.
const CHUNK: usize = 4096;

/// The headroom probes, the cheaper first.
pub fn contenders() -> Vec<Box<dyn Contender>> {
    vec![Box::new(Probe::Forest), Box::new(Probe::Boosting)]
}

/// Which ensemble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Probe {
    Boosting,
    Forest,
}

impl Contender for Probe {
    fn id(&self) -> &'static str {
        match self {
            Self::Boosting => "boosting",
            Self::Forest => "forest",
        }
    }

    fn tier(&self) -> Tier {
        Tier::Headroom
    }

    fn rung(&self) -> Rung {
        Rung::StrongerModel
    }

    fn inapplicable(&self, features: &Features, _target: &Truth<'_>) -> Option<String> {
        features
            .columns
            .iter()
            .all(|column| {
                column.bins.meaning == BinMeaning::Whole
                    && !matches!(column.values.as_ref(), FeatureValues::Text { .. })
            })
            .then(|| "no column is left to predict from".to_owned())
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let sample = Sample::of(training)?;
        let coding = Coding::learn(
            training.features,
            &sample.rows,
            most_bins(sample.rows.len()),
        );
        let target = sample.target();
        let (ensemble, left_out) = match self {
            Self::Boosting => {
                let rows = Rows {
                    features: training.features,
                    of_table: &sample.rows,
                    target,
                    binary: sample.is_binary(),
                };
                let (boosted, left_out) =
                    Boosted::grow(&coding, rows, training.seed, training.control)?;
                (Ensemble::Boosted(boosted), left_out)
            }
            Self::Forest => {
                let bytes = coding.encode(training.features, &sample.rows);
                let (forest, left_out) = Forest::grow(
                    &coding,
                    &bytes,
                    target,
                    sample.meaning != Meaning::Number,
                    training.seed,
                    training.control,
                )?;
                (Ensemble::Forest(forest), Some(left_out))
            }
        };
        let mut fit = ProbeFit {
            coding,
            ensemble,
            present: sample.present,
            meaning: sample.meaning,
            learned_from: sample.rows.len(),
            of: training.rows.len(),
            unseen: None,
        };
        fit.unseen = left_out.map(|left_out| fit.of_left_out(left_out, &sample.positions));
        Ok(Box::new(fit))
    }
}

/// Few rows don't fill many bins, and reading fewer is faster.
fn most_bins(rows: usize) -> usize {
    match rows {
        0..2_000 => 32,
        2_000..50_000 => 128,
        _ => 254,
    }
}

/// What the answers of the trees mean.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Meaning {
    /// A number, standardised; see [`Scale`].
    Number,
    /// Classes, so many in all.
    Classes(usize),
}

/// The rows that a probe learns from, with their target.
struct Sample {
    rows: Vec<u32>,
    /// Where these are among the training rows.
    positions: Vec<u32>,
    /// Standardised numbers, or 1 for the second of two classes.
    numbers: Vec<f64>,
    /// Positions in `present`, for more than two classes.
    classes: Vec<u32>,
    present: Present,
    meaning: Meaning,
}

/// How answers of the trees become predictions.
#[derive(Clone, Debug)]
enum Present {
    /// number = centre + answer × unit.
    Scale { centre: f64, unit: f64 },
    /// The classes that occurred, ascending.
    Classes(Vec<u32>),
}

impl Sample {
    fn of(training: &Training<'_>) -> Result<Self, FitError> {
        let positions = capped(training.rows.len(), training.seed);
        let rows = positions
            .iter()
            .map(|position| training.rows[*position as usize])
            .collect();
        match training.target {
            Truth::Numbers(values) => {
                let values: Vec<f64> = positions
                    .iter()
                    .map(|position| values[*position as usize])
                    .collect();
                let largest = values.iter().map(|value| value.abs()).fold(0.0, f64::max);
                if values.is_empty() || !values.iter().all(|value| value.is_finite()) {
                    return Err(FitError::Failed(
                        "the target is not known in every row".to_owned(),
                    ));
                }
                let count = values.len() as f64;
                let large = if largest > 0.0 { largest } else { 1.0 };
                let mean = values.iter().map(|value| value / large).sum::<f64>() / count;
                let squares: f64 = values
                    .iter()
                    .map(|value| (value / large - mean).powi(2))
                    .sum();
                let deviation = (squares / count).sqrt();
                let deviation = if deviation > 1e-15 { deviation } else { 1.0 };
                Ok(Self {
                    rows,
                    positions,
                    numbers: values
                        .iter()
                        .map(|value| (value / large - mean) / deviation)
                        .collect(),
                    classes: Vec::new(),
                    present: Present::Scale {
                        centre: mean * large,
                        unit: deviation * large,
                    },
                    meaning: Meaning::Number,
                })
            }
            Truth::Classes { classes, values } => {
                let values: Vec<u32> = positions
                    .iter()
                    .map(|position| values[*position as usize])
                    .collect();
                let mut present = values.clone();
                present.sort_unstable();
                present.dedup();
                if present.len() < 2 {
                    return Err(FitError::Failed(
                        "the training rows have one class".to_owned(),
                    ));
                }
                let among: Vec<u32> = values
                    .iter()
                    .map(|class| present.binary_search(class).unwrap_or(0) as u32)
                    .collect();
                let numbers = if present.len() == 2 {
                    among.iter().copied().map(f64::from).collect()
                } else {
                    Vec::new()
                };
                Ok(Self {
                    rows,
                    positions,
                    numbers,
                    classes: among,
                    present: Present::Classes(present),
                    meaning: Meaning::Classes(classes),
                })
            }
        }
    }

    fn is_binary(&self) -> bool {
        matches!(&self.present, Present::Classes(present) if present.len() == 2)
    }

    fn target(&self) -> Target<'_> {
        match &self.present {
            Present::Classes(present) if present.len() > 2 => Target::Classes {
                classes: present.len(),
                values: &self.classes,
            },
            Present::Classes(_) | Present::Scale { .. } => Target::Numbers(&self.numbers),
        }
    }
}

/// All positions, or a random part of them, ascending.
fn capped(rows: usize, seed: u64) -> Vec<u32> {
    let mut positions: Vec<u32> = (0..rows as u32).collect();
    if rows > MOST_ROWS {
        shuffle(&mut positions, &mut source(seed, 2));
        positions.truncate(MOST_ROWS);
        positions.sort_unstable();
    }
    positions
}

enum Ensemble {
    Boosted(Boosted),
    Forest(Forest),
}

struct ProbeFit {
    coding: Coding,
    ensemble: Ensemble,
    present: Present,
    meaning: Meaning,
    learned_from: usize,
    of: usize,
    unseen: Option<Unseen>,
}

impl Fitted for ProbeFit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let mut predictions = Vec::new();
        let mut answers = Vec::new();
        for chunk in rows.chunks(CHUNK) {
            let bytes = self.coding.encode(features, chunk);
            match &self.ensemble {
                Ensemble::Boosted(boosted) => boosted.answer(&bytes, &mut answers),
                Ensemble::Forest(forest) => forest.answer(&bytes, &mut answers),
            }
            for row in answers.chunks_exact_mut(self.outputs()) {
                self.push(row, &mut predictions);
            }
        }
        predictions
    }

    fn unseen(&mut self) -> Option<Unseen> {
        self.unseen.take()
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let (gains, what) = match &self.ensemble {
            Ensemble::Boosted(boosted) => (&boosted.gains, "A boosted sum of trees"),
            Ensemble::Forest(forest) => (&forest.gains, "A forest of 100 trees"),
        };
        let worth = Worth::of(gains, &self.coding, names.features);
        let mut says = worth.says(what);
        if self.learned_from < self.of {
            says = format!(
                "{says} It learned from {} of {} rows.",
                self.learned_from, self.of
            );
        } else if matches!(self.ensemble, Ensemble::Forest(_)) && self.of > MOST_ROWS_OF_A_TREE {
            says = format!("{says} Each tree draws {MOST_ROWS_OF_A_TREE} rows.");
        }
        Description {
            says,
            lines: worth.lines(self.learned_from),
            expression: None,
        }
    }
}

impl ProbeFit {
    /// Answers of the ensemble for one row.
    fn outputs(&self) -> usize {
        match &self.present {
            Present::Scale { .. } => 1,
            Present::Classes(present) if present.len() == 2 => 1,
            Present::Classes(present) => present.len(),
        }
    }

    /// What the answers for rows left out mean; `positions` says where the rows
    /// of the sample are among the training rows.
    fn of_left_out(&self, left_out: LeftOut, positions: &[u32]) -> Unseen {
        let mut answers = left_out.answers;
        let mut predictions = Vec::new();
        for answers in answers.chunks_exact_mut(self.outputs()) {
            self.push(answers, &mut predictions);
        }
        Unseen {
            positions: left_out
                .rows
                .iter()
                .map(|row| positions[*row as usize])
                .collect(),
            predictions,
        }
    }

    /// Appends what the answers of the trees mean.
    fn push(&self, answers: &mut [f64], predictions: &mut Vec<f64>) {
        match (&self.present, self.meaning) {
            (Present::Classes(present), Meaning::Classes(classes)) => {
                let two;
                let shares: &[f64] = match &self.ensemble {
                    Ensemble::Boosted(_) if present.len() == 2 => {
                        let share = 1.0 / (1.0 + libm::exp(-answers[0]));
                        two = [1.0 - share, share];
                        &two
                    }
                    Ensemble::Boosted(_) => {
                        softmax(answers);
                        answers
                    }
                    Ensemble::Forest(_) if present.len() == 2 => {
                        two = [1.0 - answers[0], answers[0]];
                        &two
                    }
                    Ensemble::Forest(_) => answers,
                };
                spread(shares, present, classes, predictions);
            }
            (Present::Scale { centre, unit }, _) => {
                let number = centre + answers[0] * unit;
                predictions.push(if number.is_finite() { number } else { *centre });
            }
            (Present::Classes(_), Meaning::Number) => {}
        }
    }
}
