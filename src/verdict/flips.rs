//! The smallest changes that would change the verdict.
//!
//! One change is tried for every option of every question, for the margin and
//! for the volume; a set of changes is minimal if no part of it changes the
//! verdict. Pairs and threes are tried exactly among the [`MOST_MOVERS`]
//! answers that move a reading most without changing the verdict alone, one
//! for each question: enough to be exact wherever up to three such answers
//! would do, and the same work on every machine.

use super::change::{Looks, OtherAnswer, looks, with_answers};
use super::inputs::Inputs;
use super::measured;
use super::model::Flip;
use super::words::{count, figure, label};
use crate::contest::{Evidence, Tier};
use crate::text::clean;
use crate::value::Estimate;

/// Answers that are combined.
const MOST_MOVERS: usize = 7;
/// Flips that are told.
const MOST_FLIPS: usize = 5;

/// The smallest sets of changes, those of one change first.
pub fn flips(inputs: &Inputs<'_>) -> Vec<Flip> {
    of(inputs, looks(inputs), &super::change::other_answers(inputs))
}

/// The same with what single answers do already known.
pub(super) fn of(inputs: &Inputs<'_>, now: Looks, others: &[OtherAnswer]) -> Vec<Flip> {
    let mut found: Vec<Candidate> = Vec::new();
    found.extend(margin(inputs, now));
    found.extend(volume(inputs, now));
    for other in others.iter().filter(|other| other.looks != now) {
        found.push(Candidate {
            changes: vec![words(inputs, other)],
            looks: other.looks,
            moved: other.moved,
            is_open: other.is_open,
        });
    }
    if let Some(assessment) = inputs.assessment {
        found.extend(combined(inputs, assessment, now, others));
    }
    chosen(found, now)
}

struct Candidate {
    changes: Vec<String>,
    looks: Looks,
    moved: f64,
    is_open: bool,
}

/// Small sets first, changes of the solution before those of the readiness,
/// small moves before large ones; each new verdict is told once, in its smallest set.
fn chosen(mut found: Vec<Candidate>, now: Looks) -> Vec<Flip> {
    found.sort_by(|left, right| {
        let key = |it: &Candidate| (it.changes.len(), it.looks.solution == now.solution);
        key(left)
            .cmp(&key(right))
            .then(right.is_open.cmp(&left.is_open))
            .then(left.moved.total_cmp(&right.moved))
    });
    let mut flips: Vec<Flip> = Vec::new();
    for candidate in found {
        let is_told = flips.iter().any(|flip| {
            flip.solution == candidate.looks.solution && flip.readiness == candidate.looks.readiness
        });
        if !is_told && flips.len() < MOST_FLIPS {
            flips.push(Flip {
                changes: candidate.changes,
                solution: candidate.looks.solution,
                readiness: candidate.looks.readiness,
            });
        }
    }
    flips
}

/// Two and three answers that only together change the verdict.
fn combined(
    inputs: &Inputs<'_>,
    assessment: &crate::assessment::Assessment,
    now: Looks,
    others: &[OtherAnswer],
) -> Vec<Candidate> {
    let mut movers: Vec<&OtherAnswer> = Vec::new();
    for other in others
        .iter()
        .filter(|other| other.looks == now && other.moved > 0.0)
    {
        match movers
            .iter_mut()
            .find(|known| known.question == other.question)
        {
            Some(known) if known.moved < other.moved => *known = other,
            Some(_) => {}
            None => movers.push(other),
        }
    }
    movers.sort_by(|left, right| right.moved.total_cmp(&left.moved));
    movers.truncate(MOST_MOVERS);
    let mut found = Vec::new();
    let mut flipped: Vec<[usize; 2]> = Vec::new();
    let mut try_set = |set: &[usize]| {
        let mut answers = assessment.answers.clone();
        for &mover in set {
            answers.set(&movers[mover].question, movers[mover].answer());
        }
        let (looks, moved) = with_answers(inputs, &assessment.with_answers(answers));
        if looks == now {
            return false;
        }
        found.push(Candidate {
            changes: set
                .iter()
                .map(|&mover| words(inputs, movers[mover]))
                .collect(),
            looks,
            moved,
            is_open: set.iter().all(|&mover| movers[mover].is_open),
        });
        true
    };
    for first in 0..movers.len() {
        for second in first + 1..movers.len() {
            if try_set(&[first, second]) {
                flipped.push([first, second]);
            }
        }
    }
    for first in 0..movers.len() {
        for second in first + 1..movers.len() {
            for third in second + 1..movers.len() {
                let pairs = [[first, second], [first, third], [second, third]];
                if !pairs.iter().any(|pair| flipped.contains(pair)) {
                    try_set(&[first, second, third]);
                }
            }
        }
    }
    found
}

fn words(inputs: &Inputs<'_>, other: &OtherAnswer) -> String {
    let Some(assessment) = inputs.assessment else {
        return other.option.clone();
    };
    let rubric = &assessment.rubric;
    let ask = rubric
        .question(&other.question)
        .map_or_else(|| other.question.clone(), |question| clean(&question.ask));
    let answer = label(rubric, &other.question, &other.option);
    match inputs.option(&other.question) {
        Some(now) => format!(
            "“{ask}” were answered “{answer}” (now “{}”)",
            label(rubric, &other.question, now)
        ),
        None => format!("“{ask}” is answered “{answer}” (still open)"),
    }
}

/// The margin at which another tier would be recommended.
///
/// The rule recommends the lowest rung over which no richer one is probably
/// (more than even) better by the margin; the posterior is symmetric, so this
/// turns exactly where the margin passes the difference.
fn margin(inputs: &Inputs<'_>, now: Looks) -> Option<Candidate> {
    let evidence = inputs.evidence?;
    let chosen = evidence.recommendation.tier;
    let margin = evidence.margin.value;
    let (difference, tier) = Tier::ALL
        .into_iter()
        .filter(|tier| *tier > chosen && *tier != Tier::External)
        .filter_map(|tier| Some((difference(evidence, chosen, tier)?, tier)))
        .fold(None, |best: Option<(f64, Tier)>, next| match best {
            Some(best) if best.0 >= next.0 => Some(best),
            Some(_) | None => Some(next),
        })?;
    if difference <= 0.0 {
        return None;
    }
    let other = with_recommendation(evidence, tier)?;
    let looks = looks(&Inputs {
        evidence: Some(&other),
        ..*inputs
    });
    (looks != now).then(|| Candidate {
        changes: vec![format!(
            "the margin were below {} (now {}), the smallest gain in {} worth paying for",
            figure(difference),
            figure(margin),
            evidence.metric.name.label()
        )],
        looks,
        moved: 0.0,
        is_open: false,
    })
}

fn difference(evidence: &Evidence, simpler: Tier, richer: Tier) -> Option<f64> {
    let pair = evidence
        .comparisons
        .iter()
        .find(|pair| pair.simpler == simpler.id() && pair.richer == richer.id())?;
    Some(pair.difference)
}

/// The same benchmark as if that tier had been recommended.
fn with_recommendation(evidence: &Evidence, tier: Tier) -> Option<Evidence> {
    let entry = measured::best_of(evidence, tier)?;
    let mut other = evidence.clone();
    other.recommendation.tier = tier;
    other.recommendation.contender.clone_from(&entry.id);
    other.recommendation.rung = entry.rung;
    other.recommendation.meanwhile = None;
    other.recommendation.acceptable = vec![tier];
    Some(other)
}

/// The volume at which it would no longer pay, or begin to.
fn volume(inputs: &Inputs<'_>, now: Looks) -> Option<Candidate> {
    let economics = inputs.economics?;
    let cases = economics.cases_per_year?.likely;
    let ratio =
        |wanted: crate::vocabulary::Rung| crate::value::worth(economics, inputs.evidence, wanted);
    let worth = ratio(now.solution).or_else(|| {
        crate::vocabulary::Rung::ALL
            .into_iter()
            .rev()
            .find_map(ratio)
    })?;
    let even = worth.break_even_cases?;
    let (side, then) = if worth.benefit_cost.likely >= 1.0 {
        ("fewer", even * 0.99)
    } else {
        ("more", even * 1.01)
    };
    let mut other = economics.clone();
    other.cases_per_year = Some(Estimate {
        low: then,
        likely: then,
        high: then,
    });
    let looks = looks(&Inputs {
        economics: Some(&other),
        ..*inputs
    });
    (looks != now).then(|| Candidate {
        changes: vec![format!(
            "there were {side} than {} cases per year (now {})",
            count(even.ceil().max(0.0) as u64),
            count(cases.round().max(0.0) as u64)
        )],
        looks,
        moved: 0.0,
        is_open: false,
    })
}
