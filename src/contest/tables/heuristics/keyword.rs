//! A word in a text decides: up to five words, tried one after another.

use crate::contest::evidence::Tier;
use crate::contest::panels::RuleLine;
use crate::contest::predictions::Truth;
use crate::contest::rule::Expression;
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training,
};
use crate::contest::tables::features::{FeatureValues, Features};
use crate::contest::tables::kernel::Outcome;
use crate::contest::tables::kernel::histogram::without;
use crate::contest::tables::tell;
use crate::vocabulary::Rung;

/// Words of a rule.
const MOST_WORDS: usize = 5;

/// Training rows that a word decides.
const FEWEST_ROWS: f64 = 6.0;

/// Rows of the prior seen beside the rows of a word.
const STRENGTH: f64 = 2.0;

/// A list of words.
pub(super) struct Keyword;

struct Fit {
    words: Vec<Line>,
    otherwise: Vec<f64>,
    /// Tally of the rows that have none of the words.
    rest: Vec<f64>,
}

struct Line {
    feature: usize,
    word: u32,
    answer: Vec<f64>,
    tally: Vec<f64>,
}

impl Contender for Keyword {
    fn id(&self) -> &'static str {
        "keyword-rule"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, _: &Truth<'_>) -> Option<String> {
        let some_words = features.columns.iter().any(|feature| {
            matches!(feature.values.as_ref(), FeatureValues::Text { words, .. } if !words.is_empty())
        });
        (!some_words).then(|| "there is no column of texts with words that recur".to_owned())
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let known: usize = training
            .features
            .columns
            .iter()
            .map(|feature| words(&feature.values))
            .sum();
        let price = libm::log(known.max(1) as f64);
        let variance = outcome.impurity(&outcome.total) / outcome.len() as f64;
        let mut rest = outcome.total.clone();
        let mut remaining: Vec<u32> = (0..training.rows.len() as u32).collect();
        let mut lines = Vec::new();
        while lines.len() < MOST_WORDS {
            let Some((feature, word, tally)) = best_word(training, &remaining, &rest, &outcome)?
            else {
                break;
            };
            let left = without(&rest, &tally);
            let surprise = |tally: &[f64]| outcome.surprise(tally, variance);
            if surprise(&rest) - surprise(&tally) - surprise(&left) <= price {
                break;
            }
            let values = &training.features.columns[feature].values;
            remaining.retain(|position| !has(values, training.rows[*position as usize], word));
            rest = left;
            lines.push(Line {
                feature,
                word,
                answer: outcome.shrunk(&tally, STRENGTH),
                tally,
            });
        }
        Ok(Box::new(Fit {
            words: lines,
            otherwise: outcome.shrunk(&rest, STRENGTH),
            rest,
        }))
    }
}

impl Fitted for Fit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let mut predicted = Vec::with_capacity(rows.len() * self.otherwise.len());
        for row in rows {
            let line = self
                .words
                .iter()
                .find(|line| has(&features.columns[line.feature].values, *row, line.word));
            predicted.extend_from_slice(line.map_or(&self.otherwise, |line| &line.answer));
        }
        predicted
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        let line = |when: String, answer: &[f64], tally: &[f64]| {
            let rows: f64 = if answer.len() > 1 {
                tally.iter().sum()
            } else {
                tally[0]
            };
            let right = tell::decision(answer, names)
                .and_then(|class| tally.get(class as usize))
                .filter(|_| rows > 0.0)
                .map(|right| right / rows);
            RuleLine {
                when,
                answer: tell::answer(answer, names),
                rows: rows as usize,
                right,
            }
        };
        let mut lines = Vec::new();
        let mut branches = Vec::new();
        for told in &self.words {
            let feature = &names.features.columns[told.feature];
            let word = word_of(&feature.values, told.word).to_owned();
            let when = format!("{} contains the word “{word}”", feature.name());
            lines.push(line(when, &told.answer, &told.tally));
            let column = Box::new(Expression::Column(feature.column.clone()));
            branches.push((
                Expression::HasWord(column, word),
                tell::constant(&told.answer, names),
            ));
        }
        let when = if lines.is_empty() {
            "always"
        } else {
            "otherwise"
        };
        lines.push(line(when.to_owned(), &self.otherwise, &self.rest));
        let otherwise = tell::constant(&self.otherwise, names);
        Description {
            says: tell::says(&lines),
            lines,
            expression: Some(if branches.is_empty() {
                otherwise
            } else {
                Expression::Case {
                    branches,
                    otherwise: Box::new(otherwise),
                }
            }),
        }
    }
}

/// The word that lowers impurity most among the remaining rows, with the tally of its rows.
fn best_word(
    training: &Training<'_>,
    remaining: &[u32],
    total: &[f64],
    outcome: &Outcome<'_>,
) -> Result<Option<(usize, u32, Vec<f64>)>, FitError> {
    let whole = outcome.impurity(total);
    let width = outcome.width();
    let mut best: Option<(f64, usize, u32, Vec<f64>)> = None;
    for (feature, column) in training.features.columns.iter().enumerate() {
        if training.control.is_cancelled() {
            return Err(FitError::Cancelled);
        }
        let FeatureValues::Text {
            codes,
            texts,
            words,
        } = column.values.as_ref()
        else {
            continue;
        };
        let mut tallies = vec![0.0; words.len() * width];
        for position in remaining {
            let code = codes[training.rows[*position as usize] as usize];
            for word in texts.get(code as usize).into_iter().flatten() {
                let start = *word as usize * width;
                outcome.add(*position as usize, &mut tallies[start..start + width]);
            }
        }
        for (word, tally) in tallies.chunks_exact(width.max(1)).enumerate() {
            let left = without(total, tally);
            if outcome.rows(tally) < FEWEST_ROWS || outcome.rows(&left) < FEWEST_ROWS {
                continue;
            }
            let gain = whole - outcome.impurity(tally) - outcome.impurity(&left);
            let least = whole * 1e-10;
            if gain > best.as_ref().map_or(0.0, |best| best.0) + least {
                best = Some((gain, feature, word as u32, tally.to_vec()));
            }
        }
    }
    Ok(best.map(|(_, feature, word, tally)| (feature, word, tally)))
}

/// Number of words of a column of texts; 0 of others.
fn words(values: &FeatureValues) -> usize {
    match values {
        FeatureValues::Text { words, .. } => words.len(),
        FeatureValues::Number(_) | FeatureValues::Category { .. } => 0,
    }
}

fn word_of(values: &FeatureValues, word: u32) -> &str {
    match values {
        FeatureValues::Text { words, .. } => words.get(word as usize).map_or("", String::as_str),
        FeatureValues::Number(_) | FeatureValues::Category { .. } => "",
    }
}

/// Whether the row's text has the word.
fn has(values: &FeatureValues, row: u32, word: u32) -> bool {
    match values {
        FeatureValues::Text { codes, texts, .. } => codes
            .get(row as usize)
            .and_then(|code| texts.get(*code as usize))
            .is_some_and(|words| words.binary_search(&word).is_ok()),
        FeatureValues::Number(_) | FeatureValues::Category { .. } => false,
    }
}
