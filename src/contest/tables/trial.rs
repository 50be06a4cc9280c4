//! One contender on one fold: learn, choose a threshold within the training rows, be scored.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::contender::{Contender, FitError, Fitted, Training, Unseen};
use super::features::Features;
use super::shared::Shared;
use super::split::Fold;
use crate::contest::control::Control;
use crate::contest::evidence::Tier;
use crate::contest::metric::threshold::TrainingRows;
use crate::contest::metric::{Scoring, Threshold, score};
use crate::contest::predictions::{ClassPredictions, Predictions, Truth};
use crate::contest::target::Target;
use crate::contest::task::MetricName;
use crate::data::MISSING_CODE;
use crate::digits;

/// Below so many training rows everybody is held to every inner split; above it
/// only contenders that cost next to nothing, and others to the first.
const FEW_ROWS: usize = 400;

/// A contender that takes part.
pub struct Entry {
    /// What learns.
    pub contender: Box<dyn Contender>,
    /// Decisions that came with the data and stand as they are, one per row;
    /// [`MISSING_CODE`] where there is none.
    pub verbatim: Option<Arc<Vec<u32>>>,
    /// Whether it is fitted on fewer rows than the others.
    pub capped: bool,
    /// Whether nobody else stands for its tier, so that one inner fold is enough.
    pub alone: bool,
}

impl Entry {
    /// A contender whose decisions follow from its probabilities.
    pub fn learning(contender: Box<dyn Contender>) -> Self {
        Self {
            contender,
            verbatim: None,
            capped: false,
            alone: false,
        }
    }
}

/// Rows with their target.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Positions in the table, ascending.
    pub rows: Vec<u32>,
    /// The target of those rows.
    pub target: Target,
}

/// Everything that one fold shows a contender, and what it is scored on.
pub struct Lesson {
    /// Features, with bin edges that this fold may know.
    pub features: Features,
    /// Training rows.
    pub train: Rows,
    /// Splits of the training rows, for choices made within them.
    pub inner: Vec<Inner>,
    /// What contenders share of the training rows.
    pub shared: Shared,
    /// Test rows, each part scored for itself.
    pub tests: Vec<Rows>,
    /// Seed of the fold.
    pub seed: u64,
    /// Whether any training row may stand for any other, so that what a
    /// contender predicted for rows it left out by chance is as good as an inner split.
    pub exchangeable: bool,
}

/// A split of the training rows.
pub struct Inner {
    /// Rows to learn from.
    pub train: Rows,
    /// Rows held out from them.
    pub test: Rows,
    /// What contenders share of the rows to learn from.
    pub shared: Shared,
}

impl Rows {
    /// Some rows of a table.
    pub fn new(rows: Vec<u32>, target: &Target) -> Self {
        Self {
            target: target.of_rows(&rows),
            rows,
        }
    }
}

impl Lesson {
    /// The lesson of a fold with its inner splits.
    pub fn new(
        features: Features,
        fold: Fold,
        inner: Vec<Fold>,
        target: &Target,
        seed: u64,
        exchangeable: bool,
    ) -> Self {
        let inner = inner
            .into_iter()
            .filter_map(|mut fold| {
                let test = fold.tests.pop()?;
                Some(Inner {
                    train: Rows::new(fold.train, target),
                    test: Rows::new(test, target),
                    shared: Shared::default(),
                })
            })
            .collect();
        Self {
            features,
            train: Rows::new(fold.train, target),
            inner,
            shared: Shared::default(),
            tests: fold
                .tests
                .into_iter()
                .map(|rows| Rows::new(rows, target))
                .collect(),
            seed,
            exchangeable,
        }
    }
}

/// What a contender is asked on one fold.
#[derive(Clone, Copy)]
pub struct Exam<'a> {
    /// The metric in force, by which contenders choose within themselves.
    pub scoring: &'a Scoring,
    /// The metrics scored, the one in force first.
    pub metrics: &'a [MetricName],
    /// Whether predictions for test rows are to be kept.
    pub keep: bool,
    /// Asked whether to stop.
    pub control: &'a Control<'a>,
}

/// What came of it.
pub struct Trial {
    /// Each metric on rows of the training part that were held out from it
    /// once; none where it has no value.
    pub inner: Vec<Option<f64>>,
    /// For each test part each metric.
    pub tests: Vec<Vec<Option<f64>>>,
    /// Predictions under the metric in force for all test rows, part by part,
    /// where they were to be kept.
    pub predictions: Vec<Predictions>,
    /// What has learned, where there was nothing to test it on.
    pub fitted: Option<Box<dyn Fitted>>,
    /// Its threshold under the metric in force.
    pub threshold: Option<Threshold>,
}

/// Teaches and examines one contender.
///
/// # Errors
/// [`FitError`], also where a library gave up in a panic or a prediction is
/// not a number.
pub fn trial(entry: &Entry, lesson: &Lesson, exam: Exam<'_>) -> Result<Trial, FitError> {
    let whole = (&lesson.train, &lesson.shared);
    let (fitted, held_out) = if entry.contender.settles_on_a_part(&lesson.features) {
        let (held_out, settled) = held_out(entry, lesson, exam)?;
        (fit(entry, lesson, whole, settled, exam)?, held_out)
    } else {
        let mut fitted = fit(entry, lesson, whole, None, exam)?;
        let unseen = lesson.exchangeable.then(|| fitted.unseen()).flatten();
        let held_out = match unseen {
            Some(unseen) => Some(of_unseen(entry, &lesson.train, unseen)?),
            None => held_out(entry, lesson, exam)?.0,
        };
        (fitted, held_out)
    };
    let decided = match &held_out {
        Some(held_out) => held_out.clone(),
        // too few rows to hold any out
        None => predicted(entry, &*fitted, &lesson.features, &lesson.train)?,
    };
    let constant = lesson
        .train
        .rows
        .get(..1)
        .filter(|_| entry.contender.tier() == Tier::Naive)
        .map(|row| fitted.predict(&lesson.features, row));
    let thresholds: Vec<Option<Threshold>> = exam
        .metrics
        .iter()
        .map(|metric| {
            let chosen = threshold(&exam.scoring.under(*metric), &decided)?;
            Some(match &constant {
                Some(shares) => chosen.for_constant(*metric, shares, lesson.train.rows.len()),
                None => chosen,
            })
        })
        .collect();
    let inner = match &held_out {
        Some(held_out) => all_scores(entry, held_out, &thresholds, exam),
        None => vec![None; exam.metrics.len()],
    };
    let mut tests = Vec::with_capacity(lesson.tests.len());
    let mut predictions = Vec::with_capacity(lesson.tests.len());
    for part in &lesson.tests {
        let outcome = predicted(entry, &*fitted, &lesson.features, part)?;
        tests.push(all_scores(entry, &outcome, &thresholds, exam));
        if exam.keep {
            let threshold = thresholds.first().and_then(Option::as_ref);
            predictions.push(decide(entry, &outcome, threshold));
        }
    }
    Ok(Trial {
        inner,
        tests,
        predictions,
        fitted: lesson.tests.is_empty().then_some(fitted),
        threshold: thresholds.into_iter().next().flatten(),
    })
}

/// Rows with what was predicted for them.
#[derive(Clone)]
struct Outcome {
    rows: Vec<u32>,
    target: Target,
    values: Vec<f64>,
}

/// What a contender predicted while it learned, for rows that it had left out.
fn of_unseen(entry: &Entry, train: &Rows, unseen: Unseen) -> Result<Outcome, FitError> {
    let rows = Rows {
        rows: unseen
            .positions
            .iter()
            .map(|position| train.rows[*position as usize])
            .collect(),
        target: train.target.of_rows(&unseen.positions),
    };
    outcome(entry, rows, unseen.predictions)
}

/// Predictions for training rows by a fit that has not seen them, over all
/// inner splits; and what was settled on, the middle one of several splits.
fn held_out(
    entry: &Entry,
    lesson: &Lesson,
    exam: Exam<'_>,
) -> Result<(Option<Outcome>, Option<f64>), FitError> {
    let mut all: Option<Outcome> = None;
    let mut settled = Vec::new();
    let tier = entry.contender.tier();
    let cheap = matches!(tier, Tier::Naive | Tier::Heuristic) && !entry.alone;
    let splits = if cheap || lesson.train.rows.len() < FEW_ROWS {
        usize::MAX
    } else {
        1
    };
    for inner in lesson.inner.iter().take(splits) {
        let fitted = fit(entry, lesson, (&inner.train, &inner.shared), None, exam)?;
        settled.extend(fitted.settled());
        let found = predicted(entry, &*fitted, &lesson.features, &inner.test)?;
        match &mut all {
            None => all = Some(found),
            Some(all) => {
                all.rows.extend(found.rows);
                all.values.extend(found.values);
                match (&mut all.target, found.target) {
                    (Target::Classes { values, .. }, Target::Classes { values: more, .. }) => {
                        values.extend(more);
                    }
                    (Target::Numbers(values), Target::Numbers(more)) => values.extend(more),
                    (Target::Classes { .. }, Target::Numbers(_))
                    | (Target::Numbers(_), Target::Classes { .. }) => {}
                }
            }
        }
    }
    settled.sort_by(f64::total_cmp);
    Ok((all, settled.get(settled.len() / 2).copied()))
}

/// A fit on training rows of the lesson, all or a part of them, with what is
/// shared of these; `settled` is what was settled on a part, if it was.
fn fit(
    entry: &Entry,
    lesson: &Lesson,
    (train, shared): (&Rows, &Shared),
    settled: Option<f64>,
    exam: Exam<'_>,
) -> Result<Box<dyn Fitted>, FitError> {
    if exam.control.is_cancelled() {
        return Err(FitError::Cancelled);
    }
    let training = Training {
        features: &lesson.features,
        rows: &train.rows,
        target: train.target.truth(),
        scoring: exam.scoring,
        seed: lesson.seed,
        settled,
        shared: Some(shared),
        control: exam.control,
    };
    catch_unwind(AssertUnwindSafe(|| entry.contender.fit(&training))).unwrap_or_else(|_| gave_up())
}

/// The library behind a contender panicked: a row of the leaderboard, never an abort.
fn gave_up<T>() -> Result<T, FitError> {
    Err(FitError::Failed(
        "its library gave up on these rows".to_owned(),
    ))
}

fn predicted(
    entry: &Entry,
    fitted: &dyn Fitted,
    features: &Features,
    rows: &Rows,
) -> Result<Outcome, FitError> {
    let values = catch_unwind(AssertUnwindSafe(|| fitted.predict(features, &rows.rows)))
        .map_or_else(|_| gave_up(), Ok)?;
    outcome(entry, rows.clone(), values)
}

/// Rows with predictions of the right form for them.
fn outcome(entry: &Entry, rows: Rows, values: Vec<f64>) -> Result<Outcome, FitError> {
    let width = rows.target.classes().map_or(1, |(classes, _)| classes);
    if values.len() != width * rows.rows.len() {
        return Err(FitError::Failed(format!(
            "{} gave {} numbers for {} rows",
            entry.contender.id(),
            values.len(),
            rows.rows.len()
        )));
    }
    if values.iter().any(|value| !value.is_finite()) {
        return Err(FitError::Failed(
            "its predictions are not all finite numbers".to_owned(),
        ));
    }
    Ok(Outcome {
        rows: rows.rows,
        target: rows.target,
        values,
    })
}

fn threshold(scoring: &Scoring, outcome: &Outcome) -> Option<Threshold> {
    let (classes, truth) = outcome.target.classes()?;
    Some(Threshold::choose(
        scoring,
        &TrainingRows {
            classes,
            truth,
            probabilities: &outcome.values,
        },
    ))
}

/// Predictions with decisions: verbatim ones where the contender came with them.
fn decide(entry: &Entry, outcome: &Outcome, threshold: Option<&Threshold>) -> Predictions {
    match (outcome.target.truth(), threshold) {
        (Truth::Classes { classes, .. }, Some(threshold)) => {
            let mut decisions = threshold.decide(&outcome.values);
            if let Some(verbatim) = &entry.verbatim {
                for (decision, row) in decisions.iter_mut().zip(&outcome.rows) {
                    let given = verbatim[*row as usize];
                    if given != MISSING_CODE {
                        *decision = given;
                    }
                }
            }
            Predictions::Classes(ClassPredictions {
                classes,
                probabilities: outcome.values.clone(),
                decisions,
            })
        }
        (Truth::Classes { .. }, None) | (Truth::Numbers(_), _) => {
            Predictions::Numbers(outcome.values.clone())
        }
    }
}

fn all_scores(
    entry: &Entry,
    outcome: &Outcome,
    thresholds: &[Option<Threshold>],
    exam: Exam<'_>,
) -> Vec<Option<f64>> {
    exam.metrics
        .iter()
        .zip(thresholds)
        .map(|(metric, threshold)| {
            let predictions = decide(entry, outcome, threshold.as_ref());
            score(
                &exam.scoring.under(*metric),
                outcome.target.truth(),
                &predictions,
            )
            .ok()
            .map(digits::round)
        })
        .collect()
}
