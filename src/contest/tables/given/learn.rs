//! What given predictions mean: how often each label is right, how a score becomes a probability.

use std::sync::Arc;

use super::{FittedGiven, Given, GivenContender};
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Description, Training};
use crate::data::MISSING_CODE;

/// How predictions are read.
pub(super) enum Meaning {
    /// For each label the probability of each class, labels × classes; then what is usual.
    Labels { of_label: Vec<f64>, usual: Vec<f64> },
    /// Stated probabilities are taken as they are.
    Stated { positive: usize, usual: Vec<f64> },
    /// Scores rise through steps: at or above `from` the probability is `probability`.
    Steps {
        positive: usize,
        from: Vec<f64>,
        probability: Vec<f64>,
        usual: Vec<f64>,
    },
    /// Numbers are taken as they are.
    Number { usual: f64 },
}

/// Reads the training rows.
pub(super) fn fit(contender: &GivenContender, training: &Training<'_>) -> FittedGiven {
    let positive = training.scoring.positive.min(1) as usize;
    let meaning = match (training.target, &*contender.given) {
        (Truth::Numbers(values), _) => Meaning::Number {
            usual: values.iter().sum::<f64>() / values.len().max(1) as f64,
        },
        (Truth::Classes { classes, values }, Given::Labels(labels)) => {
            label_meaning(labels, training.rows, values, classes)
        }
        (Truth::Classes { classes, values }, Given::Probabilities(_) | Given::Numbers(_)) => {
            Meaning::Stated {
                positive,
                usual: usual(values, classes),
            }
        }
        (Truth::Classes { classes, values }, Given::Scores(scores)) => {
            steps(scores, training.rows, values, classes, positive)
        }
    };
    FittedGiven {
        given: Arc::clone(&contender.given),
        meaning,
        description: Description {
            says: contender.says.clone(),
            lines: contender.lines.clone(),
            expression: contender.expression.clone(),
        },
    }
}

/// The share of each class, one row of each added so that nothing is impossible.
fn usual(values: &[u32], classes: usize) -> Vec<f64> {
    let mut counts = vec![1.0; classes];
    for class in values {
        counts[*class as usize] += 1.0;
    }
    let total: f64 = counts.iter().sum();
    counts.iter().map(|count| count / total).collect()
}

/// The share of each class among rows of each label, with one row's worth of what is usual.
fn label_meaning(labels: &[u32], rows: &[u32], values: &[u32], classes: usize) -> Meaning {
    let usual = usual(values, classes);
    let mut of_label: Vec<f64> = (0..classes).flat_map(|_| usual.iter().copied()).collect();
    let mut totals = vec![1.0; classes];
    for (row, class) in rows.iter().zip(values) {
        let label = labels[*row as usize];
        if let Some(total) = totals.get_mut(label as usize) {
            *total += 1.0;
            of_label[label as usize * classes + *class as usize] += 1.0;
        }
    }
    for (row, total) in of_label.chunks_exact_mut(classes).zip(&totals) {
        for share in row {
            *share /= total;
        }
    }
    Meaning::Labels { of_label, usual }
}

/// Training rows with scores at or above `from`.
struct Step {
    from: f64,
    hits: f64,
    rows: f64,
}

/// Isotonic regression by pooling adjacent violators (Ayer et al. 1955): the
/// rising steps that fit the training rows best.
fn steps(scores: &[f64], rows: &[u32], values: &[u32], classes: usize, positive: usize) -> Meaning {
    let mut seen: Vec<(f64, f64)> = rows
        .iter()
        .zip(values)
        .map(|(row, class)| {
            let hit = if *class as usize == positive {
                1.0
            } else {
                0.0
            };
            (scores[*row as usize], hit)
        })
        .filter(|(score, _)| score.is_finite())
        .collect();
    seen.sort_unstable_by(|left, right| {
        left.0.total_cmp(&right.0).then(left.1.total_cmp(&right.1))
    });
    let mut pooled: Vec<Step> = Vec::new();
    for tied in seen.chunk_by(|left, right| left.0 == right.0) {
        pooled.push(Step {
            from: tied[0].0,
            hits: tied.iter().map(|(_, hit)| hit).sum(),
            rows: tied.len() as f64,
        });
        while let [.., before, last] = pooled.as_mut_slice() {
            if before.hits * last.rows < last.hits * before.rows {
                break;
            }
            before.hits += last.hits;
            before.rows += last.rows;
            pooled.pop();
        }
    }
    Meaning::Steps {
        positive,
        from: pooled.iter().map(|step| step.from).collect(),
        probability: pooled
            .iter()
            .map(|step| (step.hits + 0.5) / (step.rows + 1.0))
            .collect(),
        usual: usual(values, classes),
    }
}

impl Meaning {
    /// Appends what is predicted for a row.
    pub(super) fn say(&self, given: &Given, row: usize, to: &mut Vec<f64>) {
        match (self, given) {
            (Self::Labels { of_label, usual }, Given::Labels(labels)) => {
                let label = labels[row];
                let classes = usual.len();
                let start = label as usize * classes;
                match of_label.get(start..start + classes) {
                    Some(shares) if label != MISSING_CODE => to.extend(shares),
                    Some(_) | None => to.extend(usual),
                }
            }
            (
                Self::Stated { positive, usual },
                Given::Probabilities(values) | Given::Scores(values) | Given::Numbers(values),
            ) => {
                two(values[row].clamp(0.0, 1.0), *positive, usual, to);
            }
            (
                Self::Steps {
                    positive,
                    from,
                    probability,
                    usual,
                },
                Given::Probabilities(values) | Given::Scores(values) | Given::Numbers(values),
            ) => {
                let score = values[row];
                let found = if score.is_nan() {
                    f64::NAN
                } else {
                    let step = from
                        .partition_point(|from| *from <= score)
                        .saturating_sub(1);
                    probability.get(step).copied().unwrap_or(f64::NAN)
                };
                two(found, *positive, usual, to);
            }
            (
                Self::Number { usual },
                Given::Probabilities(values) | Given::Scores(values) | Given::Numbers(values),
            ) => to.push(if values[row].is_nan() {
                *usual
            } else {
                values[row]
            }),
            (Self::Number { usual }, Given::Labels(_)) => to.push(*usual),
            (Self::Labels { usual, .. }, _)
            | (Self::Stated { usual, .. } | Self::Steps { usual, .. }, Given::Labels(_)) => {
                to.extend(usual);
            }
        }
    }
}

/// Both probabilities from that of the positive class; what is usual where it is missing.
fn two(probability: f64, positive: usize, usual: &[f64], to: &mut Vec<f64>) {
    if probability.is_nan() {
        to.extend(usual);
    } else if positive == 0 {
        to.extend([probability, 1.0 - probability]);
    } else {
        to.extend([1.0 - probability, probability]);
    }
}
