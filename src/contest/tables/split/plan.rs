//! Choosing the split: what the data allow, with the reason.

use super::{FEWEST_OF_A_CLASS, FEWEST_ROWS, FOLDS, Fold, Keys, SplitPlan, is_usable, windows};
use crate::contest::evidence::SplitKind;
use crate::contest::recommend::thousands;
use crate::data::Warning;
use crate::problem::Problem;

/// Above so many rows one part is set aside once instead of ten in turn.
const VERY_LARGE: usize = 200_000;

/// The most test rows of a holdout.
const HOLDOUT_ROWS: usize = 100_000;

/// What the user asked of the split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The kind, where it was given.
    pub kind: Option<SplitKind>,
    /// Folds of a repeat, where they were given.
    pub folds: Option<usize>,
    /// Distinct moments between training and test.
    pub gap: usize,
}

/// Chooses the split: by time where rows have a time (the future is what will
/// be predicted), by entity where entities repeat, one holdout where rows are
/// very many, else shuffled folds, each class evenly.
///
/// # Errors
/// Too few rows, or too few of a class; a kind asked for that the data have no column for.
pub fn plan(keys: &Keys<'_>, names: &[String], asked: Asked) -> Result<SplitPlan, Problem> {
    enough(keys, names)?;
    let most = match asked.folds {
        Some(folds) if folds < 2 || folds > keys.rows => {
            return Err(Problem::new(
                "bad-folds",
                format!("folds must be from 2 to the number of rows, found {folds}"),
                "leave the number of folds out, or ask for about ten",
            ));
        }
        Some(folds) => folds,
        None => FOLDS,
    };
    let repeats = entities(keys);
    let mut found = match asked.kind {
        Some(SplitKind::TimeOrdered) if keys.time.is_none() => {
            return Err(lacking("time-ordered", "time", "--time COLUMN"));
        }
        Some(SplitKind::Grouped) if keys.group.is_none() => {
            return Err(lacking("grouped", "entity", "--group COLUMN"));
        }
        Some(SplitKind::RollingOrigin) => {
            return Err(Problem::new(
                "split-does-not-fit",
                "a rolling origin is for forecasting a series",
                "give a horizon to forecast, or choose k-fold, grouped, time-ordered or holdout",
            ));
        }
        Some(SplitKind::TimeOrdered) => time_ordered(keys, most, asked.gap),
        Some(SplitKind::Grouped) => grouped(keys, most, repeats)?,
        Some(SplitKind::KFold) => k_fold(keys, names, most, "shuffled folds were asked for"),
        Some(SplitKind::Holdout) => holdout(keys, "a holdout was asked for"),
        None => {
            if keys.time.is_some() {
                time_ordered(keys, most, asked.gap)
            } else if repeats.is_some_and(|entities| entities < keys.rows) {
                grouped(keys, most, repeats)?
            } else if keys.rows > VERY_LARGE {
                holdout(keys, "with so many rows one test part tells enough")
            } else {
                let why = if keys.group.is_some() {
                    "no entity has a second row, and rows have no time"
                } else {
                    "neither a time nor an entity is named"
                };
                k_fold(keys, names, most, why)
            }
        }
    };
    if asked.kind.is_some() {
        found.why.push_str(" (chosen by the user)");
    }
    Ok(found)
}

/// Number of entities, where there is a column of them.
fn entities(keys: &Keys<'_>) -> Option<usize> {
    let mut codes = keys.group?.to_vec();
    codes.sort_unstable();
    codes.dedup();
    Some(codes.len())
}

fn enough(keys: &Keys<'_>, names: &[String]) -> Result<(), Problem> {
    if keys.rows < FEWEST_ROWS {
        return Err(Problem::new(
            "too-few-rows",
            format!(
                "a contest needs at least {FEWEST_ROWS} rows with a target, found {}",
                keys.rows
            ),
            "collect more rows; until then decide by the questionnaire",
        ));
    }
    let Some(counts) = class_counts(keys) else {
        return Ok(());
    };
    for (class, count) in counts.iter().enumerate() {
        if *count < FEWEST_OF_A_CLASS {
            let name = names.get(class).map_or("?", String::as_str);
            return Err(Problem::new(
                "too-few-of-a-class",
                format!(
                    "every class needs at least {FEWEST_OF_A_CLASS} rows, \u{201c}{name}\u{201d} \
                     has {count}"
                ),
                "collect more rows of that class, or merge it with another, or leave its rows out",
            ));
        }
    }
    Ok(())
}

fn class_counts(keys: &Keys<'_>) -> Option<Vec<usize>> {
    let (classes, class_of) = keys.classes?;
    let mut counts = vec![0; classes];
    for class in class_of {
        counts[*class as usize] += 1;
    }
    Some(counts)
}

fn lacking(kind: &str, what: &str, flag: &str) -> Problem {
    Problem::new(
        "split-does-not-fit",
        format!("a {kind} split needs a column of {what}, and none is named"),
        format!("name it with {flag}, or leave the kind of split to mlfit"),
    )
}

fn k_fold(keys: &Keys<'_>, names: &[String], most: usize, because: &str) -> SplitPlan {
    let rarest = class_counts(keys)
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .min_by_key(|(_, count)| *count);
    let (folds, fewer) = match rarest {
        Some((class, count)) if count < most => (
            count.max(2),
            format!(
                "; only {count}, as the rarest class \u{201c}{}\u{201d} has {count} rows",
                names.get(class).map_or("?", String::as_str)
            ),
        ),
        Some(_) | None => (most.min(keys.rows), String::new()),
    };
    let stratified = if keys.classes.is_some() {
        ", each class spread evenly"
    } else {
        ""
    };
    SplitPlan {
        kind: SplitKind::KFold,
        folds,
        rho: 1.0 / folds as f64,
        why: format!(
            "{because}: {folds} shuffled folds{stratified}, so that every row is tested{fewer}"
        ),
        gap: 0,
        warnings: Vec::new(),
    }
}

fn grouped(keys: &Keys<'_>, most: usize, entities: Option<usize>) -> Result<SplitPlan, Problem> {
    let entities = entities.unwrap_or(0);
    let kind = SplitKind::Grouped;
    let candidate = |folds: usize| SplitPlan {
        kind,
        folds,
        rho: 1.0 / folds as f64,
        why: String::new(),
        gap: 0,
        warnings: Vec::new(),
    };
    let most = most.min(entities);
    // the folds of the first repeats stand for those of all
    let usable = |folds: usize| {
        let plan = candidate(folds);
        (0..3).all(|repeat| {
            plan.folds(keys, 0, repeat)
                .iter()
                .all(|fold| is_usable(fold, keys))
        })
    };
    let folds = (2..=most)
        .rev()
        .find(|folds| usable(*folds))
        .ok_or_else(|| {
            Problem::new(
                "too-few-groups",
                format!("with {entities} entities no grouped split has every class on both sides"),
                "collect rows of more entities, or leave the group out",
            )
        })?;
    let fewer = if folds < FOLDS && folds < most {
        "; fewer folds, so that each holds every class"
    } else {
        ""
    };
    Ok(SplitPlan {
        why: format!(
            "{} entities have several rows each, and new ones will be predicted: an entity is \
             never in two of the {folds} folds{fewer}",
            thousands(entities as u64)
        ),
        ..candidate(folds)
    })
}

fn time_ordered(keys: &Keys<'_>, most: usize, gap: usize) -> SplitPlan {
    let usable = |folds: &[Fold], wanted: usize| {
        folds.len() == wanted
            && folds
                .iter()
                .all(|fold| fold.train.len() >= 10 && is_usable(fold, keys))
    };
    for count in (2..=most).rev() {
        let folds = windows::windows(keys, count, gap);
        if !usable(&folds, count) {
            continue;
        }
        let share = |fold: &Fold| {
            let test = fold.tests.iter().map(Vec::len).sum::<usize>() as f64;
            test / (test + fold.train.len() as f64)
        };
        let rho = folds.iter().map(share).sum::<f64>() / count as f64;
        let few = if count < FOLDS {
            "; so few windows lean at most and settle nothing"
        } else {
            ""
        };
        let gap_says = if gap > 0 {
            format!(", {gap} moments left out between them")
        } else {
            String::new()
        };
        return SplitPlan {
            kind: SplitKind::TimeOrdered,
            folds: count,
            rho,
            why: format!(
                "rows have a time and the future is predicted: {count} windows, each tested on \
                 what was learned before it{gap_says}{few}"
            ),
            gap,
            warnings: Vec::new(),
        };
    }
    let mut plan = k_fold(
        keys,
        &[],
        most.min(FOLDS),
        "no split by time has every class on both sides",
    );
    plan.warnings.push(Warning {
        code: "no-split-by-time".to_owned(),
        column: None,
        detail: "the rows have a time, but no earlier and later part that both hold every class"
            .to_owned(),
        remedy: "scores may be too good, since the past was predicted from the future as well; \
                 collect rows over a longer period"
            .to_owned(),
    });
    plan
}

fn holdout(keys: &Keys<'_>, because: &str) -> SplitPlan {
    let test = (keys.rows / 5).clamp(1, HOLDOUT_ROWS);
    // one in so many rows is tested
    let one_in = keys.rows.div_ceil(test).max(2);
    SplitPlan {
        kind: SplitKind::Holdout,
        folds: FOLDS,
        rho: 1.0 / one_in as f64,
        why: format!(
            "{because}: one row in {one_in} is set aside, shuffled, and scored in {FOLDS} parts"
        ),
        gap: 0,
        warnings: Vec::new(),
    }
}
