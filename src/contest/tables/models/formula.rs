//! A weighted sum as a formula: the expression that decides as the model does.
//!
//! Numbers stand as distances from their mean, so that no digits are lost where
//! a mean is large, with the median in place of a missing one; marks are cases.
//! Beyond 10⁹ standard deviations, where a model cuts numbers off, and where a
//! sum exceeds 64 bits, the two differ.

use super::design::{Encoding, Meaning, Standard, Term};
use super::linear::{Weights, probabilities};
use crate::contest::metric::Threshold;
use crate::contest::rule::{Binary, Expression};
use crate::contest::tables::contender::Names;
use crate::contest::tables::features::{FeatureValues, Part};
use crate::contest::tables::tell;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// The most terms of all sums for many classes together. What can be read back
/// is fewer: an expression that cannot is left out when it is written.
const MOST_TERMS: usize = 2_000;

/// Products of two dense columns, each standardised anew, between the dense columns and the marks.
pub(super) type Pairs = [(usize, usize, Standard)];

/// The expression of a model with these weights; none where one is no number
/// that SQL holds, or where there would be too many terms.
pub(super) fn expression(
    encoding: &Encoding,
    pairs: &Pairs,
    weights: &Weights,
    names: &Names<'_>,
) -> Option<Expression> {
    let formula = Formula {
        encoding,
        pairs,
        names,
    };
    match weights {
        Weights::Numbers { weights, .. } => {
            let sum = formula.sum(weights)?;
            let constant = finite(sum.constant)?;
            sum.terms_after(Some(Expression::Number(constant)))
        }
        Weights::Classes {
            classes,
            present,
            blocks,
        } => match (present.as_slice(), blocks.as_slice()) {
            ([first, second], [block]) => formula.of_two(*classes, [*first, *second], block),
            _ => formula.of_many(present, blocks),
        },
    }
}

struct Formula<'a> {
    encoding: &'a Encoding,
    pairs: &'a Pairs,
    names: &'a Names<'a>,
}

/// A constant, and what is added to it, times a coefficient.
struct Sum {
    constant: f64,
    terms: Vec<(f64, Expression)>,
}

impl Formula<'_> {
    /// Probabilities rise with the score, so the decision turns at one score at most.
    fn of_two(&self, classes: usize, present: [u32; 2], block: &[f64]) -> Option<Expression> {
        let is_second = |score: f64| {
            let row = probabilities(&[score], &present, classes);
            tell::decision(&row, self.names) == Some(present[1])
        };
        let [first, second] = [self.class(present[0])?, self.class(present[1])?];
        let decides_for_either = |score: f64| {
            let row = probabilities(&[score], &present, classes);
            tell::decision(&row, self.names).is_some_and(|class| present.contains(&class))
        };
        if ![-800.0, 0.0, 800.0].into_iter().all(decides_for_either) {
            return None;
        }
        // the exponential of either is 0 or beyond 64 bits
        let (mut low, mut high) = (-800.0, 800.0);
        if is_second(low) {
            return Some(second);
        }
        if !is_second(high) {
            return Some(first);
        }
        loop {
            let middle = low + (high - low) / 2.0;
            if middle <= low || middle >= high {
                break;
            }
            if is_second(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        let sum = self.sum(block)?;
        let least = finite(high - sum.constant)?;
        let Some(terms) = sum.terms_after(None) else {
            return Some(if least <= 0.0 { second } else { first });
        };
        let reaches = terms.joined(Binary::GreaterOrEqual, Expression::Number(least));
        Some(Expression::Case {
            branches: vec![(reaches, second)],
            otherwise: Box::new(first),
        })
    }

    /// A class is decided for where it is above all that come after it; those
    /// before it are then out of the question.
    fn of_many(&self, present: &[u32], blocks: &[Vec<f64>]) -> Option<Expression> {
        let weight = |class: u32| match self.names.threshold {
            Some(Threshold::Weighted { weights }) => weights.get(class as usize).copied(),
            Some(Threshold::Cut { .. }) | None => Some(1.0),
        };
        let mut able = Vec::with_capacity(present.len());
        for (class, block) in present.iter().zip(blocks) {
            // a class without weight is decided for where nothing else is likely
            let weight = weight(*class).filter(|weight| *weight > 0.0)?;
            able.push((self.class(*class)?, libm::log(weight), block));
        }
        let differences = able.len() * able.len().saturating_sub(1) / 2;
        if differences * (self.encoding.columns() + self.pairs.len()) > MOST_TERMS {
            return None;
        }
        let mut branches = Vec::new();
        for (position, (answer, bonus, block)) in able.iter().enumerate() {
            let mut all: Option<Expression> = None;
            for (_, other_bonus, other) in &able[position + 1..] {
                let difference: Vec<f64> = block.iter().zip(*other).map(|(a, b)| a - b).collect();
                let sum = self.sum(&difference)?;
                let least = Expression::Number(finite(other_bonus - bonus - sum.constant)?);
                let terms = sum.terms_after(None).unwrap_or(Expression::Number(0.0));
                let reaches = terms.joined(Binary::GreaterOrEqual, least);
                all = Some(match all {
                    Some(before) => before.joined(Binary::And, reaches),
                    None => reaches,
                });
            }
            if let Some(all) = all {
                branches.push((all, answer.clone()));
            }
        }
        let (last, ..) = able.pop()?;
        Some(Expression::Case {
            branches,
            otherwise: Box::new(last),
        })
    }

    fn class(&self, class: u32) -> Option<Expression> {
        let name = self.names.classes.get(class as usize)?;
        Some(Expression::Text(name.clone()))
    }

    /// A block of weights, the last of which is the constant.
    fn sum(&self, block: &[f64]) -> Option<Sum> {
        let (constant, weights) = block.split_last()?;
        let mut sum = Sum {
            constant: *constant,
            terms: Vec::new(),
        };
        let terms = self.encoding.terms();
        let (numbers, marks) = terms.split_at(self.encoding.dense());
        let (of_numbers, rest) = weights.split_at_checked(numbers.len())?;
        let (of_pairs, of_marks) = rest.split_at_checked(self.pairs.len())?;
        for (term, weight) in numbers.iter().zip(of_numbers) {
            if *weight != 0.0 {
                let (number, deviation) = self.number(term)?;
                sum.add(weight / deviation, number)?;
            }
        }
        for ((first, second, standard), weight) in self.pairs.iter().zip(of_pairs) {
            if *weight != 0.0 {
                let (first, first_deviation) = self.number(numbers.get(*first)?)?;
                let (second, second_deviation) = self.number(numbers.get(*second)?)?;
                let weight = weight / standard.deviation;
                sum.constant -= weight * standard.mean;
                let product = first.joined(Binary::Times, second);
                sum.add(weight / first_deviation / second_deviation, product)?;
            }
        }
        let mut from = 0;
        while let Some(term) = marks.get(from) {
            let group = marks[from..]
                .iter()
                .take_while(|other| other.feature == term.feature && !is_word(other))
                .count()
                .max(1);
            if let Some(case) =
                self.case(&marks[from..from + group], &of_marks[from..from + group])?
            {
                sum.terms.push((1.0, case));
            }
            from += group;
        }
        Some(sum)
    }

    /// A number's distance from its mean, and the standard deviation that it is told in.
    fn number(&self, term: &Term) -> Option<(Expression, f64)> {
        let Meaning::Value(standard) = term.meaning else {
            return None;
        };
        let feature = self.names.features.columns.get(term.feature)?;
        let (value, unit) = match feature.part {
            Part::Day => {
                let column = Expression::Column(feature.column.clone());
                (Expression::Epoch(Box::new(column)), DAY)
            }
            Part::Whole | Part::Month | Part::Weekday | Part::Hour | Part::Length => {
                (tell::value(feature), 1.0)
            }
        };
        let fill = Expression::Number(finite(standard.fill * unit)?);
        let known = Expression::Coalesce(vec![value, fill]);
        let mean = finite(standard.mean * unit)?;
        let distance = known.joined(Binary::Minus, Expression::Number(mean));
        Some((distance, finite(standard.deviation * unit)?))
    }

    /// What the marks of one feature add: a case; nothing if they all add nothing.
    fn case(&self, terms: &[Term], weights: &[f64]) -> Option<Option<Expression>> {
        let feature = self.names.features.columns.get(terms.first()?.feature)?;
        let column = || Box::new(Expression::Column(feature.column.clone()));
        let value = tell::value(feature);
        let (mut missing, mut other) = (0.0, 0.0);
        let mut branches = Vec::new();
        for (term, weight) in terms.iter().zip(weights) {
            let condition = match (term.meaning, feature.values.as_ref()) {
                (Meaning::Missing, _) => {
                    missing = *weight;
                    continue;
                }
                (Meaning::Other, _) => {
                    other = *weight;
                    continue;
                }
                (Meaning::Calendar(number), _) => value
                    .clone()
                    .joined(Binary::Equal, Expression::Number(f64::from(number))),
                (Meaning::Level(code), FeatureValues::Category { levels, .. }) => {
                    let level = Expression::Text(levels.get(code as usize)?.clone());
                    value.clone().joined(Binary::Equal, level)
                }
                (Meaning::Word(code), FeatureValues::Text { words, .. }) => {
                    Expression::HasWord(column(), words.get(code as usize)?.clone())
                }
                (Meaning::Value(_) | Meaning::Level(_) | Meaning::Word(_), _) => return None,
            };
            branches.push((condition, Expression::Number(finite(*weight)?)));
        }
        if missing != other {
            let is_missing = Expression::IsNull(column());
            branches.push((is_missing, Expression::Number(finite(missing)?)));
        }
        let adds = other != 0.0
            || branches
                .iter()
                .any(|(_, answer)| *answer != Expression::Number(0.0));
        let otherwise = Box::new(Expression::Number(finite(other)?));
        Some(adds.then_some(Expression::Case {
            branches,
            otherwise,
        }))
    }
}

impl Sum {
    /// Adds so many times a value.
    fn add(&mut self, coefficient: f64, value: Expression) -> Option<()> {
        finite(coefficient).filter(|coefficient| *coefficient != 0.0)?;
        self.terms.push((coefficient, value));
        Some(())
    }

    /// What comes first and the terms after it; nothing if there are neither.
    fn terms_after(self, first: Option<Expression>) -> Option<Expression> {
        self.terms
            .into_iter()
            .fold(first, |before, (coefficient, value)| {
                Some(match before {
                    None => times(coefficient, value),
                    Some(before) if coefficient < 0.0 => {
                        before.joined(Binary::Minus, times(-coefficient, value))
                    }
                    Some(before) => before.joined(Binary::Plus, times(coefficient, value)),
                })
            })
    }
}

/// A coefficient times a number, or a case as it is. Of a product it becomes
/// the first factor, so that no parentheses are needed.
fn times(coefficient: f64, value: Expression) -> Expression {
    match value {
        case @ Expression::Case { .. } => case,
        Expression::Binary {
            left,
            operator: Binary::Times,
            right,
        } => times(coefficient, *left).joined(Binary::Times, *right),
        value => Expression::Number(coefficient).joined(Binary::Times, value),
    }
}

fn is_word(term: &Term) -> bool {
    matches!(term.meaning, Meaning::Word(_))
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}
