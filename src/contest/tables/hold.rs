//! The contest itself: repeats of the folds until they say enough, and the judgement.

use super::contender::Description;
use super::evaluate::{Arena, Attempt, Attempts, Watch};
use super::nested::{TierRun, rule_lines, scores_of, tier_run, winner};
use crate::contest::evidence::Tier;
use crate::contest::margin::MarginRule;
use crate::contest::recommend::{Doubt, Entrant, Field, Judgement, judge};
use crate::contest::task::MetricName;
use crate::problem::Problem;

/// Repeats after which the judgement is looked at.
const LOOKS: [usize; 3] = [1, 3, 10];

/// The doubt below which no more repeats are run.
const SURE: f64 = 0.01;

/// The look after which repeats are given up if, with the means found and all
/// repeats run, the doubt would still be above [`HOPELESS`]: then rows are what
/// is missing. Repeats narrow the spread only by the share that the correlation
/// of folds leaves, and move the means by less each time. Not after the first
/// repeat, whose means still move too much for that.
const HOPELESS_AFTER: usize = 3;
const HOPELESS: f64 = 0.15;

/// Work (rows × features, times what a target of that kind costs) up to which
/// ten and three repeats are run unless a number was forced: a few seconds.
const TEN_REPEATS: usize = 36_000;
const THREE_REPEATS: usize = 120_000;

/// What a contest is to be judged by.
#[derive(Clone, Copy)]
pub struct Terms<'a> {
    /// The metric in force, and those that are looked at beside it in the first repeat.
    pub metrics: &'a [MetricName],
    /// The smallest improvement worth paying for.
    pub margin: &'a MarginRule,
    /// Forced number of repeats.
    pub repeats: Option<usize>,
    /// What keeps the split from settling anything.
    pub doubt: Option<Doubt>,
    /// What progress is called.
    pub label: &'a str,
}

/// A contest that was held.
pub struct Held {
    /// Repeats that were run.
    pub repeats: usize,
    /// Why so many.
    pub repeats_why: String,
    /// Each entry's scores on all folds, or why it has none.
    pub scores: Vec<Result<Vec<f64>, String>>,
    /// Attempts of the first repeat, with the metrics beside and the predictions.
    pub first: Attempts,
    /// Attempts on all rows, without a test.
    pub last: Vec<Attempt>,
    /// What each entry is, once it has learned from all rows.
    pub descriptions: Vec<Option<Description>>,
    /// Every tier as a procedure, over all repeats.
    pub tiers: Vec<TierRun>,
    /// The entry that the inner choice picks for each tier on all rows.
    pub winners: Vec<(Tier, usize)>,
    /// What was judged.
    pub field: Field,
    /// The judgement.
    pub judgement: Judgement,
}

/// Holds a contest: every entry on every fold, again in further repeats as long
/// as these can settle what is open.
///
/// # Errors
/// No entry came through on every fold; the user stopped the work.
pub fn hold(arena: &Arena<'_>, terms: Terms<'_>) -> Result<Held, Problem> {
    if terms.repeats == Some(0) {
        return Err(no_repeats());
    }
    let (looks, why) = looks(arena, terms.repeats);
    let who: Vec<usize> = (0..arena.entries.len()).collect();
    let mut lessons = arena.lessons(0);
    let folds = lessons.len();
    lessons.push(arena.last_lesson());
    let most = looks.iter().copied().max().unwrap_or(1);
    let watch = Watch::new(
        terms.label,
        who.len() * (folds * most + 1),
        arena.entries.len(),
    );
    let mut first = arena.attempts(&lessons, &who, terms.metrics, true, &watch)?;
    drop(lessons);
    let last = first.pop().unwrap_or_default();
    let descriptions: Vec<Option<Description>> =
        last.iter().map(|attempt| arena.describe(attempt)).collect();
    let mut later: Attempts = Vec::new();
    let mut done = 1;
    let mut found = None;
    for look in looks {
        while done < look {
            let metric = &terms.metrics[..1.min(terms.metrics.len())];
            later.extend(arena.attempts(&arena.lessons(done), &who, metric, false, &watch)?);
            done += 1;
        }
        let judged = judged(arena, &first, &later, &last, &descriptions, done, terms)?;
        let enough = terms.repeats.is_none()
            && (judged.judgement.is_settled_at(SURE) || is_hopeless(&judged.field, most)?);
        found = Some(judged);
        if enough {
            break;
        }
    }
    let Some(judged) = found else {
        return Err(no_repeats());
    };
    Ok(Held {
        repeats: done,
        repeats_why: why,
        scores: judged.scores,
        first,
        last,
        descriptions,
        tiers: judged.tiers,
        winners: judged.winners,
        field: judged.field,
        judgement: judged.judgement,
    })
}

/// Whether running all repeats would leave open what is open now.
fn is_hopeless(field: &Field, most: usize) -> Result<bool, Problem> {
    let times = most / HOPELESS_AFTER;
    if field.repeats != HOPELESS_AFTER || times < 2 {
        return Ok(false);
    }
    let mut all = field.clone();
    all.repeats *= times;
    for entrant in &mut all.entrants {
        entrant.scores = entrant.scores.repeat(times);
    }
    Ok(!judge(&all)?.is_settled_at(HOPELESS))
}

fn no_repeats() -> Problem {
    Problem::new(
        "bad-repeats",
        "expected at least one repeat, found 0",
        "leave the number of repeats out, or ask for one or more",
    )
}

/// After which repeats to look, and why no further.
fn looks(arena: &Arena<'_>, forced: Option<usize>) -> (Vec<usize>, String) {
    if !arena.plan.repeats_differ() {
        return (
            vec![1],
            "one pass, as a repeat would be the same".to_owned(),
        );
    }
    if let Some(repeats) = forced {
        return (
            vec![repeats.max(1)],
            "the number of repeats was given".to_owned(),
        );
    }
    // measured: ensembles take a tree a class, and longest for numbers
    let cost = match arena.target.classes() {
        Some((2, _)) => 2,
        Some((classes, _)) => 2 * classes,
        None => 4,
    };
    let work = arena.features.rows * arena.features.columns.len().max(1) * cost;
    let most = if work <= TEN_REPEATS {
        10
    } else if work <= THREE_REPEATS {
        3
    } else {
        1
    };
    let why = if most == 1 {
        "one repeat, as rows are many".to_owned()
    } else {
        format!(
            "looked at after 1, 3 and 10 repeats, {most} at most, and stopped when sure, \
             or when more could not settle it"
        )
    };
    let looks = LOOKS.into_iter().filter(|look| *look <= most).collect();
    (looks, why)
}

struct Judged {
    scores: Vec<Result<Vec<f64>, String>>,
    tiers: Vec<TierRun>,
    winners: Vec<(Tier, usize)>,
    field: Field,
    judgement: Judgement,
}

fn judged(
    arena: &Arena<'_>,
    first: &Attempts,
    later: &Attempts,
    last: &[Attempt],
    descriptions: &[Option<Description>],
    repeats: usize,
    terms: Terms<'_>,
) -> Result<Judged, Problem> {
    let scores = all_scores(arena, first, later, last);
    let mut tiers = Vec::new();
    let mut winners = Vec::new();
    let higher = arena.scoring.metric.higher_is_better();
    for tier in Tier::ALL {
        if tier == Tier::External {
            continue;
        }
        let (Some(mut run), Some(more)) = (
            tier_run(tier, arena.entries, first, 0, higher),
            tier_run_or_nothing(arena, later, tier, higher),
        ) else {
            continue;
        };
        run.picks.extend(more.picks);
        run.scores.extend(more.scores);
        let members = (0..arena.entries.len()).filter(|entry| {
            arena.entries[*entry].contender.tier() == tier && scores[*entry].is_ok()
        });
        let lines = |entry: usize| rule_lines(arena.entries, descriptions, entry);
        if let Some(winner) = winner(last, members, 0, higher, lines) {
            winners.push((tier, winner));
            tiers.push(run);
        }
    }
    let entrants = entrants(arena, &tiers, &winners, &scores);
    let field = Field {
        entrants,
        higher_is_better: higher,
        margin: terms.margin.clone(),
        folds: arena.plan.folds,
        repeats,
        rho: arena.plan.rho,
        rows: arena.features.rows,
        doubt: terms.doubt,
    };
    let judgement = judge(&field)?;
    Ok(Judged {
        scores,
        tiers,
        winners,
        field,
        judgement,
    })
}

/// Later repeats of a tier; an empty run where there are none.
fn tier_run_or_nothing(
    arena: &Arena<'_>,
    later: &Attempts,
    tier: Tier,
    higher: bool,
) -> Option<TierRun> {
    if later.is_empty() {
        return Some(TierRun {
            tier,
            picks: Vec::new(),
            scores: Vec::new(),
        });
    }
    tier_run(tier, arena.entries, later, 0, higher)
}

/// The tiers as procedures, and each column that came along.
pub fn entrants(
    arena: &Arena<'_>,
    tiers: &[TierRun],
    winners: &[(Tier, usize)],
    scores: &[Result<Vec<f64>, String>],
) -> Vec<Entrant> {
    let of_tier = |run: &TierRun| {
        let (_, winner) = winners.iter().find(|(tier, _)| *tier == run.tier)?;
        let contender = &arena.entries[*winner].contender;
        Some(Entrant {
            tier: run.tier,
            key: run.tier.id().to_owned(),
            contender: contender.id().to_owned(),
            rung: contender.rung(),
            scores: run.scores.clone(),
            capped: arena.entries[*winner].capped,
        })
    };
    let of_column = |entry: usize| {
        let contender = &arena.entries[entry].contender;
        if contender.tier() != Tier::External {
            return None;
        }
        Some(Entrant {
            tier: Tier::External,
            key: contender.id().to_owned(),
            contender: contender.id().to_owned(),
            rung: contender.rung(),
            scores: scores[entry].as_ref().ok()?.clone(),
            capped: false,
        })
    };
    tiers
        .iter()
        .filter_map(of_tier)
        .chain((0..arena.entries.len()).filter_map(of_column))
        .collect()
}

/// Each entry's scores on the metric in force, or why it has none.
fn all_scores(
    arena: &Arena<'_>,
    first: &Attempts,
    later: &Attempts,
    last: &[Attempt],
) -> Vec<Result<Vec<f64>, String>> {
    (0..arena.entries.len())
        .map(|entry| {
            let attempts = || first.iter().chain(later).filter_map(|fold| fold.get(entry));
            let failures: Vec<&String> = attempts()
                .chain(last.get(entry))
                .filter_map(|attempt| attempt.as_ref().err())
                .collect();
            if let Some(why) = failures.first() {
                let all = attempts().count() + 1;
                return Err(format!("Failed in {} of {all} fits: {why}", failures.len()));
            }
            let mut scores = scores_of(entry, first, 0);
            if let Some(scores) = &mut scores {
                match scores_of(entry, later, 0) {
                    Some(more) => scores.extend(more),
                    None => return Err(no_value(arena)),
                }
            }
            scores.ok_or_else(|| no_value(arena))
        })
        .collect()
}

fn no_value(arena: &Arena<'_>) -> String {
    format!("{} has no value on some fold", arena.scoring.metric.label())
}
