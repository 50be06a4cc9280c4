//! The contest once more without the columns that look too good to be true.

use super::assemble::mean;
use super::evaluate::Arena;
use super::features::Features;
use super::hold::{Terms, hold};
use super::run::learners;
use super::trial::Entry;
use crate::contest::evidence::Recommendation;
use crate::contest::margin::MarginRule;
use crate::contest::panels::WithoutSuspects;
use crate::contest::recommend::Doubt;
use crate::digits;
use crate::problem::Problem;
use crate::text::clean;

/// One repeat without the suspects, beside the recommendation with them; none
/// where there are no suspects, or nothing can be tried without them.
///
/// Columns that came along and the owner's rule do not take part: nobody knows
/// which columns they read.
pub(super) fn without_suspects(
    arena: &Arena<'_>,
    suspects: &[String],
    margin: &MarginRule,
    doubt: Option<Doubt>,
    with: &Recommendation,
) -> Result<Option<WithoutSuspects>, Problem> {
    if suspects.is_empty() {
        return Ok(None);
    }
    let features = Features {
        columns: arena
            .features
            .columns
            .iter()
            .filter(|feature| !suspects.contains(&feature.column))
            .cloned()
            .collect(),
        ..arena.features.clone()
    };
    let mut entries: Vec<Entry> = Vec::new();
    learners(
        &features,
        &arena.target.truth(),
        &mut entries,
        &mut Vec::new(),
    );
    let metric = [arena.scoring.metric];
    let held = hold(
        &Arena {
            features: &features,
            entries: &entries,
            ..*arena
        },
        Terms {
            metrics: &metric,
            margin,
            repeats: Some(1),
            doubt,
            label: "without suspect columns",
        },
    )?;
    let found = held.judgement.recommendation;
    let score = held
        .field
        .entrants
        .iter()
        .find(|entrant| entrant.contender == found.contender)
        .map_or(0.0, |entrant| mean(&entrant.scores));
    let agrees = found.rung == with.rung;
    let columns = clean(&suspects.join(", "));
    let says = if agrees {
        format!(
            "Without {columns} the recommendation is the same kind of solution ({}).",
            found.contender
        )
    } else {
        format!(
            "Without {columns} it would be {} ({}): settle first whether they are known in time.",
            found.rung.label(),
            found.contender
        )
    };
    Ok(Some(WithoutSuspects {
        columns: suspects.to_vec(),
        tier: found.tier,
        contender: found.contender,
        rung: found.rung,
        confidence: found.confidence,
        mean: digits::round(score),
        agrees,
        says,
    }))
}
