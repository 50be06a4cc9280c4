//! A score in points: at most five cues with whole numbers from −3 to 3, added up.
//!
//! Cues are added as long as they pay for themselves; the weights of a logistic
//! regression on the cues are then rounded to points (select, regress, round:
//! Jung, Concannon, Shroff, Goel & Goldstein 2020), and the points are given
//! probabilities by one more logistic curve.

mod cues;
mod logistic;

use super::{needs_two_classes, no_usable_column};
use crate::contest::evidence::Tier;
use crate::contest::panels::RuleLine;
use crate::contest::predictions::Truth;
use crate::contest::rule::{Binary, Expression};
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training,
};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::Outcome;
use crate::contest::tables::tell::{self, Condition};
use crate::vocabulary::Rung;
use cues::Pattern;

/// The largest number of points of a cue, either way.
const MOST_POINTS: i32 = 3;

/// A score in points.
pub(super) struct Points;

struct Fit {
    cues: Vec<Cue>,
    /// The probability of class 1 by score: `curve.0 + curve.1 × score` in log-odds.
    curve: (f64, f64),
    /// Training rows by score in rising order: score, rows, rows of class 1.
    seen: Vec<(i32, f64, f64)>,
}

struct Cue {
    condition: Condition,
    points: i32,
    /// Training rows for which it holds.
    rows: f64,
}

impl Contender for Points {
    fn id(&self) -> &'static str {
        "points-score"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String> {
        needs_two_classes(target).or_else(|| no_usable_column(features))
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        if outcome.classes() != Some(2) {
            return Err(FitError::Failed("needs two classes".into()));
        }
        let (conditions, patterns) = cues::choose(training, &outcome)?;
        let points = rounded(&patterns, conditions.len());
        let seen = by_score(&patterns, &points);
        let curve = logistic::curve(&seen);
        let cues = conditions
            .into_iter()
            .zip(&points)
            .enumerate()
            .filter(|(_, (_, points))| **points != 0)
            .map(|(position, (condition, points))| Cue {
                condition,
                points: *points,
                rows: patterns
                    .iter()
                    .filter(|pattern| pattern.holds(position))
                    .map(|pattern| pattern.rows)
                    .sum(),
            })
            .collect();
        Ok(Box::new(Fit { cues, curve, seen }))
    }
}

/// Points of each cue: the regression's weights at the scale from 1 to
/// [`MOST_POINTS`] whose rounding fits the training rows best, the smaller of equals.
fn rounded(patterns: &[Pattern], cues: usize) -> Vec<i32> {
    let weights = logistic::weights(patterns, cues);
    let largest = weights
        .iter()
        .fold(0.0_f64, |most, weight| most.max(weight.abs()));
    let mut best: Option<(f64, Vec<i32>)> = None;
    for scale in 1..=MOST_POINTS {
        let points: Vec<i32> = weights
            .iter()
            .map(|weight| {
                (weight / largest.max(f64::MIN_POSITIVE) * f64::from(scale)).round() as i32
            })
            .collect();
        let seen = by_score(patterns, &points);
        let surprise = logistic::surprise(&seen, logistic::curve(&seen));
        if best
            .as_ref()
            .is_none_or(|(least, _)| surprise < least - 1e-9)
        {
            best = Some((surprise, points));
        }
    }
    best.map_or_else(Vec::new, |(_, points)| points)
}

/// Rows and positives by score, scores rising.
fn by_score(patterns: &[Pattern], points: &[i32]) -> Vec<(i32, f64, f64)> {
    let mut seen: Vec<(i32, f64, f64)> = patterns
        .iter()
        .map(|pattern| {
            let score = points
                .iter()
                .enumerate()
                .filter(|(cue, _)| pattern.holds(*cue))
                .map(|(_, points)| points)
                .sum();
            (score, pattern.rows, pattern.positive)
        })
        .collect();
    seen.sort_by_key(|(score, _, _)| *score);
    seen.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        if same {
            kept.1 += next.1;
            kept.2 += next.2;
        }
        same
    });
    seen
}

impl Fit {
    fn probabilities(&self, score: i32) -> [f64; 2] {
        let positive = logistic::sigmoid(self.curve.0 + self.curve.1 * f64::from(score));
        [1.0 - positive, positive]
    }

    /// The score from which on the decision is another one, and the decisions
    /// below it and from it on. Probabilities rise or fall with the score, so
    /// there is at most one such score.
    fn turn(&self, names: &Names<'_>) -> (u32, Option<(i32, u32)>) {
        let lowest: i32 = self.cues.iter().map(|cue| cue.points.min(0)).sum();
        let highest: i32 = self.cues.iter().map(|cue| cue.points.max(0)).sum();
        let decided = |score| tell::decision(&self.probabilities(score), names).unwrap_or(0);
        let below = decided(lowest);
        let turn = (lowest..=highest)
            .map(|score| (score, decided(score)))
            .find(|(_, class)| *class != below);
        (below, turn)
    }
}

impl Fitted for Fit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let lowest: i32 = self.cues.iter().map(|cue| cue.points.min(0)).sum();
        let highest: i32 = self.cues.iter().map(|cue| cue.points.max(0)).sum();
        let table: Vec<[f64; 2]> = (lowest..=highest)
            .map(|score| self.probabilities(score))
            .collect();
        let mut predicted = Vec::with_capacity(rows.len() * 2);
        for row in rows {
            let score: i32 = self
                .cues
                .iter()
                .filter(|cue| cue.condition.holds(features, *row))
                .map(|cue| cue.points)
                .sum();
            predicted.extend(table[(score - lowest) as usize]);
        }
        predicted
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let (below, turn) = self.turn(names);
        let name = |class: u32| {
            names
                .classes
                .get(class as usize)
                .cloned()
                .unwrap_or_default()
        };
        let signed = |points: i32| {
            let sign = if points < 0 { "−" } else { "+" };
            let unit = if points.abs() == 1 { "point" } else { "points" };
            format!("{sign}{} {unit}", points.abs())
        };
        let phrase = |cue: &Cue| cue.condition.phrase(names.features);
        let mut lines: Vec<RuleLine> = self
            .cues
            .iter()
            .map(|cue| RuleLine {
                when: phrase(cue),
                answer: signed(cue.points),
                rows: cue.rows as usize,
                right: None,
            })
            .collect();
        let outcome = |from: Option<i32>, to: Option<i32>, class: u32| {
            let (rows, positive) = self
                .seen
                .iter()
                .filter(|(score, _, _)| {
                    from.is_none_or(|from| *score >= from) && to.is_none_or(|to| *score < to)
                })
                .fold((0.0, 0.0), |sum, seen| (sum.0 + seen.1, sum.1 + seen.2));
            let right = if class == 1 {
                positive
            } else {
                rows - positive
            };
            (rows, (rows > 0.0).then(|| right / rows))
        };
        let mut push = |when: String, class: u32, (rows, right): (f64, Option<f64>)| {
            lines.push(RuleLine {
                when,
                answer: name(class),
                rows: rows as usize,
                right,
            });
        };
        let cues: Vec<String> = self
            .cues
            .iter()
            .map(|cue| format!("{} if {}", signed(cue.points), phrase(cue)))
            .collect();
        match turn {
            None => {
                push("always".to_owned(), below, outcome(None, None, below));
                Description {
                    says: format!("Always: {}", name(below)),
                    lines,
                    expression: Some(Expression::Text(name(below))),
                }
            }
            Some((score, class)) => {
                let found = outcome(Some(score), None, class);
                let right = found
                    .1
                    .map_or_else(String::new, |right| format!(", {}", tell::percent(right)));
                let says = format!(
                    "{}; {} from {score} on (n={}{right}), otherwise {}",
                    cues.join(", "),
                    name(class),
                    found.0,
                    name(below)
                );
                push(format!("{score} points or more"), class, found);
                push(
                    "otherwise".to_owned(),
                    below,
                    outcome(None, Some(score), below),
                );
                let expression = self.sum(names.features).map(|sum| Expression::Case {
                    branches: vec![(
                        sum.joined(Binary::GreaterOrEqual, Expression::Number(f64::from(score))),
                        Expression::Text(name(class)),
                    )],
                    otherwise: Box::new(Expression::Text(name(below))),
                });
                Description {
                    says,
                    lines,
                    expression,
                }
            }
        }
    }
}

impl Fit {
    /// The score as an expression.
    fn sum(&self, features: &Features) -> Option<Expression> {
        let terms: Option<Vec<Expression>> = self
            .cues
            .iter()
            .map(|cue| {
                Some(Expression::Case {
                    branches: vec![(
                        cue.condition.expression(features)?,
                        Expression::Number(f64::from(cue.points)),
                    )],
                    otherwise: Box::new(Expression::Number(0.0)),
                })
            })
            .collect();
        terms?
            .into_iter()
            .reduce(|left, right| left.joined(Binary::Plus, right))
    }
}
