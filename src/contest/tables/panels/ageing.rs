//! Ageing: how a rule and a model fare on windows further and further after their training.
//!
//! Only where rows have a time. The same late windows are predicted by what was
//! learned just before them, one window earlier, two, and so on: the windows
//! stay the same, so that nothing but age makes the difference.

use crate::contest::evidence::{SplitKind, Tier};
use crate::contest::panels::{Ageing, AgeingLine};
use crate::contest::tables::assemble::{Materials, mean};
use crate::contest::tables::evaluate::Watch;
use crate::contest::tables::split::Fold;
use crate::contest::tables::trial::Lesson;
use crate::digits;
use crate::problem::Problem;

/// The fewest windows from which ageing is read.
const FEWEST_WINDOWS: usize = 6;

/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// The panel, where rows have a time and windows are enough.
pub(super) fn ageing(materials: &Materials<'_>) -> Result<Option<Ageing>, Problem> {
    let (arena, held) = (materials.arena, materials.held);
    if arena.plan.kind != SplitKind::TimeOrdered || arena.plan.folds < FEWEST_WINDOWS {
        return Ok(None);
    }
    let folds = arena.plan.folds(&arena.keys(), arena.seed, 0);
    let oldest = folds.len() / 2;
    let windows: Vec<Vec<u32>> = folds.iter().flat_map(|fold| fold.tests.clone()).collect();
    // the training part of window i meets the late windows at ages up to `oldest`
    let met = |trained: usize| oldest.max(trained)..(trained + oldest + 1).min(windows.len());
    let lessons: Vec<Lesson> = folds
        .iter()
        .enumerate()
        .map(|(index, fold)| {
            let later = Fold {
                train: fold.train.clone(),
                tests: met(index).map(|window| windows[window].clone()).collect(),
            };
            arena.lesson(later, 0, index)
        })
        .collect();
    let winners: Vec<(Tier, usize)> = held
        .winners
        .iter()
        .copied()
        .filter(|(tier, _)| *tier != Tier::Naive)
        .collect();
    let who: Vec<usize> = winners.iter().map(|(_, entry)| *entry).collect();
    let watch = Watch::new("ageing", lessons.len() * who.len(), arena.entries.len());
    let metric = &materials.metrics[..1.min(materials.metrics.len())];
    let attempts = arena.attempts(&lessons, &who, metric, false, &watch)?;
    let mut lines = Vec::new();
    for (place, (tier, entry)) in winners.iter().enumerate() {
        let mut by_age: Vec<Vec<f64>> = vec![Vec::new(); oldest + 1];
        for (trained, fold) in attempts.iter().enumerate() {
            let Some(Ok(trial)) = fold.get(place) else {
                continue;
            };
            for (window, part) in met(trained).zip(&trial.tests) {
                by_age[window - trained].extend(part.first().copied().flatten());
            }
        }
        if by_age.iter().any(Vec::is_empty) {
            continue;
        }
        lines.push(AgeingLine {
            tier: *tier,
            contender: arena.entries[*entry].contender.id().to_owned(),
            scores: by_age
                .iter()
                .map(|scores| digits::round(mean(scores)))
                .collect(),
        });
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let says = sentence(materials, &lines, window_days(materials, &windows));
    Ok(Some(Ageing { lines, says }))
}

/// Mean days from the first row of a window to the first of the next.
fn window_days(materials: &Materials<'_>, windows: &[Vec<u32>]) -> f64 {
    let Some(time) = &materials.arena.features.time else {
        return 0.0;
    };
    let first = |rows: &Vec<u32>| rows.iter().map(|row| time[*row as usize]).min();
    let (Some(start), Some(end)) = (
        windows.first().and_then(first),
        windows.last().and_then(first),
    ) else {
        return 0.0;
    };
    (end - start) as f64 / DAY / (windows.len().max(2) - 1) as f64
}

/// For each line the age at which it has lost a margin.
fn sentence(materials: &Materials<'_>, lines: &[AgeingLine], days: f64) -> String {
    let higher = materials.choice.choice.name.higher_is_better();
    let naive = materials
        .held
        .field
        .entrants
        .first()
        .map(|naive| mean(&naive.scores));
    let parts: Vec<String> = lines
        .iter()
        .map(|line| {
            let fresh = line.scores.first().copied().unwrap_or(0.0);
            let margin = materials.margin.between(fresh, naive);
            let lost = |score: f64| if higher { fresh - score } else { score - fresh };
            let worn = line.scores.iter().position(|score| lost(*score) >= margin);
            let who = line.tier.label();
            let reach = line.scores.len().saturating_sub(1);
            match worn {
                Some(windows) => format!(
                    "the {who} loses more than the margin {} after its training, so refit it \
                     sooner than that",
                    span(windows, days)
                ),
                None => format!(
                    "the {who} loses less than the margin within {}",
                    span(reach, days)
                ),
            }
        })
        .collect();
    let mut text = parts.join("; ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    format!("{text}.")
}

fn span(windows: usize, days: f64) -> String {
    let length = windows as f64 * days;
    if length >= 2.0 {
        format!("about {} days", length.round())
    } else if windows == 1 {
        "one test window".to_owned()
    } else {
        format!("{windows} test windows")
    }
}
