//! A weighted sum with squares and products of the best numbers in it.

use super::design::{Design, Encoding, Standard, strength};
use super::linear::{CHUNK, Learned, Linear, Weights};
use super::{describe, no_features};
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training, Unseen,
};
use crate::contest::tables::features::{Feature, FeatureValues, Features, Part};
use crate::vocabulary::Rung;

/// Numbers whose squares and products are taken: those that go best with the target.
const MOST_NUMBERS: usize = 10;

/// Of more rows than these, products are made of some at a time.
const MANY_ROWS: usize = 50_000;

/// A polynomial of degree 2, under the penalty of ridge or logistic regression.
pub(super) struct Polynomial;

impl Contender for Polynomial {
    fn id(&self) -> &'static str {
        "polynomial"
    }

    fn tier(&self) -> Tier {
        Tier::MinimumViableModel
    }

    fn rung(&self) -> Rung {
        Rung::MinimumViableModel
    }

    fn inapplicable(&self, features: &Features, _: &Truth<'_>) -> Option<String> {
        no_features(features).or_else(|| {
            (!features.columns.iter().any(is_number))
                .then(|| "there is no column of numbers to take squares of".to_owned())
        })
    }

    /// Which numbers are taken squares of is chosen by the target where there
    /// are more, and then no row of the training part has been unseen: a part
    /// has to be held out anyway, and may as well settle the penalty.
    fn settles_on_a_part(&self, features: &Features) -> bool {
        let numbers = features.columns.iter().filter(|column| is_number(column));
        numbers.count() > MOST_NUMBERS
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let encoding = Encoding::learn(training.features, training.rows, training.target);
        let design = encoding.encode(training.features, training.rows);
        let products = Products::learn(&design, training.target);
        let is_chosen = encoding.may_be_chosen() || products.numbers < design.dense();
        let expanded = if design.rows() > MANY_ROWS {
            // both at once would be the most that a contest ever holds
            drop(design);
            let parts = training.rows.chunks(MANY_ROWS).map(|rows| {
                let design = encoding.encode(training.features, rows);
                products.expand(&design)
            });
            Design::joined(parts, training.rows.len())
        } else {
            products.expand(&design)
        };
        let model = match training.target {
            Truth::Numbers(_) => Linear::Ridge,
            Truth::Classes { .. } => Linear::Logistic,
        };
        let Learned {
            weights,
            unseen,
            strength,
        } = Weights::learn(model, &expanded, training)?;
        Ok(Box::new(PolynomialFit {
            unseen: unseen.filter(|_| !is_chosen),
            encoding,
            products,
            weights,
            strength,
        }))
    }
}

/// Whether a feature is a number that is measured, not one made of a date.
fn is_number(feature: &Feature) -> bool {
    matches!(feature.part, Part::Whole | Part::Length)
        && matches!(feature.values.as_ref(), FeatureValues::Number(_))
}

/// Squares and products of dense columns, each standardised anew.
#[derive(Clone, Debug)]
struct Products {
    numbers: usize,
    pairs: Vec<(usize, usize, Standard)>,
}

impl Products {
    /// Of the columns that go best with the target, those products that vary.
    fn learn(design: &Design, target: Truth<'_>) -> Self {
        let column =
            |position: usize| (0..design.rows()).map(move |row| design.row(row).0[position]);
        let mut best: Vec<(f64, usize)> = (0..design.dense())
            .map(|position| (strength(column(position), target), position))
            .collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        best.truncate(MOST_NUMBERS);
        let mut kept: Vec<usize> = best.into_iter().map(|(_, position)| position).collect();
        kept.sort_unstable();
        let columns: Vec<Vec<f64>> = kept.iter().map(|kept| column(*kept).collect()).collect();
        let mut products = Vec::with_capacity(design.rows());
        let mut pairs = Vec::new();
        for (index, first) in kept.iter().enumerate() {
            for (other, second) in kept.iter().enumerate().skip(index) {
                let both = columns[index].iter().zip(&columns[other]);
                products.clear();
                products.extend(both.map(|(a, b)| a * b));
                if let Some(standard) = Standard::learn_finite(&products) {
                    pairs.push((*first, *second, standard));
                }
            }
        }
        Self {
            numbers: kept.len(),
            pairs,
        }
    }

    fn expand(&self, design: &Design) -> Design {
        design.with_numbers(self.pairs.len(), |numbers, added| {
            added.extend(
                self.pairs.iter().map(|(first, second, standard)| {
                    standard.of(numbers[*first] * numbers[*second])
                }),
            );
        })
    }
}

struct PolynomialFit {
    encoding: Encoding,
    products: Products,
    weights: Weights,
    strength: Option<f64>,
    unseen: Option<Unseen>,
}

impl Fitted for PolynomialFit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let mut predictions = Vec::new();
        for chunk in rows.chunks(CHUNK) {
            let design = self.encoding.encode(features, chunk);
            self.weights
                .predict(&self.products.expand(&design), &mut predictions);
        }
        predictions
    }

    fn unseen(&mut self) -> Option<Unseen> {
        self.unseen.take()
    }

    fn settled(&self) -> Option<f64> {
        self.strength
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let says = format!(
            "A weighted sum of {} columns and of {} squares and products of the {} numbers among them that tell most.",
            self.encoding.columns(),
            self.products.pairs.len(),
            self.products.numbers
        );
        let pairs = &self.products.pairs;
        describe::linear(says, &self.encoding, pairs, &self.weights, names)
    }
}
