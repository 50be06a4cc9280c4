//! One column of numbers, scaled or as a line: "about 1.2 times last year's".

use crate::contest::evidence::Tier;
use crate::contest::panels::RuleLine;
use crate::contest::predictions::Truth;
use crate::contest::rule::{Binary, Expression};
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training,
};
use crate::contest::tables::features::{FeatureValues, Features, Part};
use crate::contest::tables::kernel::Outcome;
use crate::contest::tables::naive::median;
use crate::contest::tables::tell;
use crate::vocabulary::Rung;

/// How one column of numbers becomes the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proportion {
    /// A multiple of it.
    Ratio,
    /// A line on it.
    Line,
}

struct Fit {
    feature: usize,
    intercept: f64,
    slope: f64,
    /// What is said where the column is missing.
    otherwise: f64,
    known: usize,
    missing: usize,
    kind: Proportion,
}

impl Contender for Proportion {
    fn id(&self) -> &'static str {
        match self {
            Self::Ratio => "ratio",
            Self::Line => "line",
        }
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String> {
        match target {
            Truth::Classes { .. } => Some("needs numbers; the target is a class".into()),
            Truth::Numbers(_) if numbers(features).next().is_none() => {
                Some("there is no column of numbers".into())
            }
            Truth::Numbers(_) => None,
        }
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let Truth::Numbers(target) = training.target else {
            return Err(FitError::Failed("needs numbers".into()));
        };
        let mut best: Option<(f64, Fit)> = None;
        for (feature, values) in numbers(training.features) {
            if training.control.is_cancelled() {
                return Err(FitError::Cancelled);
            }
            let (x, y): (Vec<f64>, Vec<f64>) = training
                .rows
                .iter()
                .zip(target)
                .map(|(row, y)| (values[*row as usize], *y))
                .filter(|(x, _)| !x.is_nan())
                .unzip();
            let Some((intercept, slope)) = self.coefficients(&x, &y, outcome.absolute) else {
                continue;
            };
            let otherwise = if outcome.absolute {
                median(&mut target.to_vec())
            } else {
                outcome.prior[0]
            };
            let fit = Fit {
                feature,
                intercept,
                slope,
                otherwise,
                known: x.len(),
                missing: target.len() - x.len(),
                kind: *self,
            };
            let error: f64 = training
                .rows
                .iter()
                .zip(target)
                .map(|(row, y)| {
                    let off = fit.answer(values[*row as usize]) - y;
                    if outcome.absolute {
                        off.abs()
                    } else {
                        off * off
                    }
                })
                .sum();
            let better = best
                .as_ref()
                .is_none_or(|(least, _)| error < least * (1.0 - 1e-12));
            if error.is_finite() && better {
                best = Some((error, fit));
            }
        }
        match best {
            Some((_, fit)) => Ok(Box::new(fit)),
            None => Err(FitError::Failed(
                "no column of numbers varies in the training rows".into(),
            )),
        }
    }
}

impl Proportion {
    /// Intercept and slope, if the column allows them.
    ///
    /// Squared errors: least squares. Absolute errors: the ratio is the median
    /// of y ÷ x, and the line keeps the slope of least squares and takes the
    /// median of what is left as its intercept.
    fn coefficients(self, x: &[f64], y: &[f64], absolute: bool) -> Option<(f64, f64)> {
        let rows = x.len() as f64;
        if x.len() < 2 {
            return None;
        }
        let found = match self {
            Self::Ratio if absolute => {
                let mut ratios: Vec<f64> = x
                    .iter()
                    .zip(y)
                    .filter(|(x, _)| **x != 0.0)
                    .map(|(x, y)| y / x)
                    .collect();
                if ratios.is_empty() {
                    return None;
                }
                (0.0, median(&mut ratios))
            }
            Self::Ratio => {
                let squares: f64 = x.iter().map(|x| x * x).sum();
                let products: f64 = x.iter().zip(y).map(|(x, y)| x * y).sum();
                (0.0, products / squares)
            }
            Self::Line => {
                let mean_x = x.iter().map(|x| x / rows).sum::<f64>();
                let mean_y = y.iter().map(|y| y / rows).sum::<f64>();
                let (mut squares, mut products) = (0.0, 0.0);
                for (x, y) in x.iter().zip(y) {
                    squares += (x - mean_x) * (x - mean_x);
                    products += (x - mean_x) * (y - mean_y);
                }
                let slope = products / squares;
                let intercept = if absolute {
                    let mut rest: Vec<f64> = x.iter().zip(y).map(|(x, y)| y - slope * x).collect();
                    median(&mut rest)
                } else {
                    mean_y - slope * mean_x
                };
                (intercept, slope)
            }
        };
        (found.0.is_finite() && found.1.is_finite()).then_some(found)
    }
}

impl Fit {
    fn answer(&self, x: f64) -> f64 {
        if x.is_nan() {
            self.otherwise
        } else {
            self.intercept + self.slope * x
        }
    }
}

impl Fitted for Fit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        match features.columns[self.feature].values.as_ref() {
            FeatureValues::Number(values) => rows
                .iter()
                .map(|row| self.answer(values[*row as usize]))
                .collect(),
            FeatureValues::Category { .. } | FeatureValues::Text { .. } => {
                vec![self.otherwise; rows.len()]
            }
        }
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let feature = &names.features.columns[self.feature];
        let name = feature.name();
        let formula = match self.kind {
            Proportion::Ratio => format!("{} × {name}", tell::number(self.slope)),
            Proportion::Line => format!(
                "{} {} {} × {name}",
                tell::number(self.intercept),
                if self.slope < 0.0 { "−" } else { "+" },
                tell::number(self.slope.abs())
            ),
        };
        let mut lines = vec![RuleLine {
            when: format!("{name} is known"),
            answer: formula.clone(),
            rows: self.known,
            right: None,
        }];
        let otherwise = tell::number(self.otherwise);
        if self.missing > 0 {
            lines.push(RuleLine {
                when: "otherwise".to_owned(),
                answer: otherwise.clone(),
                rows: self.missing,
                right: None,
            });
        }
        let says = if self.missing > 0 {
            format!(
                "{} is about {formula}; {otherwise} where it is missing",
                names.target
            )
        } else {
            format!("{} is about {formula}", names.target)
        };
        Description {
            says,
            lines,
            expression: self.expression(feature.part, &feature.column),
        }
    }
}

impl Fit {
    fn expression(&self, part: Part, column: &str) -> Option<Expression> {
        if part != Part::Whole {
            return None;
        }
        let column = || Expression::Column(column.to_owned());
        let scaled = Expression::Number(self.slope).joined(Binary::Times, column());
        let value = match self.kind {
            Proportion::Ratio => scaled,
            Proportion::Line => Expression::Number(self.intercept).joined(Binary::Plus, scaled),
        };
        Some(Expression::Case {
            branches: vec![(
                Expression::IsNull(Box::new(column())),
                Expression::Number(self.otherwise),
            )],
            otherwise: Box::new(value),
        })
    }
}

/// Columns of numbers as they stand in the table, and lengths of texts.
fn numbers(features: &Features) -> impl Iterator<Item = (usize, &Vec<f64>)> {
    features
        .columns
        .iter()
        .enumerate()
        .filter(|(_, feature)| matches!(feature.part, Part::Whole | Part::Length))
        .filter_map(|(position, feature)| match feature.values.as_ref() {
            FeatureValues::Number(values) => Some((position, values)),
            FeatureValues::Category { .. } | FeatureValues::Text { .. } => None,
        })
}
