//! The most similar past cases, found by smartcore.
//!
//! The one file that knows its neighbour search. Similar means near in the
//! standardised design; every mark in which two cases differ counts 1.

use smartcore::algorithm::neighbour::linear_search::LinearKNNSearch;
use smartcore::metrics::distance::Distances;
use smartcore::metrics::distance::euclidian::Euclidian;

use super::design::{Design, Encoding};
use super::linear::CHUNK;
use super::no_features;
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training,
};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::chance::{shuffle, source};
use crate::vocabulary::Rung;

/// Cases that are asked: the odd number nearest to the root of those remembered, at most this.
const MOST_NEIGHBOURS: usize = 15;

/// The most cases that are remembered; of more, a random part.
const MOST_REMEMBERED: usize = 1_000;

/// The most rows of a table where every case is compared with those remembered.
const MOST_ROWS: usize = 5_000;

/// What happened in the most similar past cases.
pub(super) struct SimilarCases;

impl Contender for SimilarCases {
    fn id(&self) -> &'static str {
        "similar-cases"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, _: &Truth<'_>) -> Option<String> {
        no_features(features).or_else(|| {
            (features.rows > MOST_ROWS).then(|| {
                format!("comparing every case with past ones takes too long above {MOST_ROWS} rows")
            })
        })
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let count = training.rows.len();
        let mut positions: Vec<u32> = (0..count as u32).collect();
        if count > MOST_REMEMBERED {
            shuffle(&mut positions, &mut source(training.seed, 3));
            positions.truncate(MOST_REMEMBERED);
            positions.sort_unstable();
        }
        let rows: Vec<u32> = positions
            .iter()
            .map(|position| training.rows[*position as usize])
            .collect();
        if rows.is_empty() {
            return Err(FitError::Failed("there are no training rows".to_owned()));
        }
        let outcomes = match training.target {
            Truth::Classes { classes, values } => {
                let mut prior = vec![0.0; classes];
                for class in values {
                    prior[*class as usize] += 1.0 / count as f64;
                }
                Outcomes::Classes {
                    of_case: positions.iter().map(|row| values[*row as usize]).collect(),
                    prior,
                }
            }
            Truth::Numbers(values) => {
                Outcomes::Numbers(positions.iter().map(|row| values[*row as usize]).collect())
            }
        };
        let encoding = Encoding::learn(training.features, training.rows, training.target);
        let design = encoding.encode(training.features, &rows);
        let cases = (0..design.rows()).map(|row| point(&design, row)).collect();
        let search = LinearKNNSearch::new(cases, Distances::euclidian())
            .map_err(|error| FitError::Failed(error.to_string()))?;
        let root = (rows.len() as f64).sqrt() as usize;
        Ok(Box::new(Remembered {
            encoding,
            search,
            neighbours: (root / 2 * 2 + 1).min(MOST_NEIGHBOURS).min(rows.len()),
            outcomes,
            cases: rows.len(),
            of: count,
        }))
    }
}

/// How the remembered cases ended.
enum Outcomes {
    Classes { of_case: Vec<u32>, prior: Vec<f64> },
    Numbers(Vec<f64>),
}

struct Remembered {
    encoding: Encoding,
    search: LinearKNNSearch<Vec<f64>, Euclidian<f64>>,
    neighbours: usize,
    outcomes: Outcomes,
    cases: usize,
    of: usize,
}

impl Fitted for Remembered {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let mut predictions = Vec::new();
        for chunk in rows.chunks(CHUNK) {
            let design = self.encoding.encode(features, chunk);
            for row in 0..design.rows() {
                let found: Vec<usize> = self
                    .search
                    .find(&point(&design, row), self.neighbours)
                    .map(|found| found.into_iter().map(|(case, ..)| case).collect())
                    .unwrap_or_default();
                self.answer(&found, &mut predictions);
            }
        }
        predictions
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let among = if self.cases < self.of {
            format!(" among {} of {} past ones", self.cases, self.of)
        } else {
            String::new()
        };
        Description {
            says: format!(
                "{} as in the {} most similar cases{among}.",
                names.target, self.neighbours
            ),
            ..Description::default()
        }
    }
}

impl Remembered {
    /// Shares of the classes with one case of the prior beside them, or the mean.
    fn answer(&self, cases: &[usize], predictions: &mut Vec<f64>) {
        let count = cases.len() as f64;
        match &self.outcomes {
            Outcomes::Classes { of_case, prior } => {
                let from = predictions.len();
                predictions.extend(prior.iter().map(|share| share / (count + 1.0)));
                for case in cases {
                    predictions[from + of_case[*case] as usize] += 1.0 / (count + 1.0);
                }
            }
            Outcomes::Numbers(values) => {
                let sum = |of: &mut dyn Iterator<Item = f64>, count: f64| -> f64 {
                    of.map(|value| value / count).sum()
                };
                predictions.push(if cases.is_empty() {
                    sum(&mut values.iter().copied(), values.len() as f64)
                } else {
                    sum(&mut cases.iter().map(|case| values[*case]), count)
                });
            }
        }
    }
}

/// A row as a point.
fn point(design: &Design, row: usize) -> Vec<f64> {
    let (numbers, marks) = design.row(row);
    let mut point = numbers.to_vec();
    point.resize(design.columns(), 0.0);
    for mark in marks {
        point[*mark as usize] = std::f64::consts::FRAC_1_SQRT_2;
    }
    point
}
