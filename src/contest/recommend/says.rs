//! The recommendation in words, for whoever owns the decision.

use super::rule::{Caveats, Pairs};
use super::{Confidence, Doubt, PairPosterior, Seat, Tier, Unit};
use crate::contest::power_law::two_digits_up;
use crate::digits::{chance, lower_percent};
use crate::text::capitalised;

/// What there is to tell.
pub(super) struct Story<'a> {
    /// The contenders, simplest first.
    pub(super) ladder: &'a [&'a Seat],
    /// The place recommended.
    pub(super) chosen: usize,
    /// The simplest place that is still possible: what to take while it is open.
    pub(super) simplest: usize,
    /// How firmly.
    pub(super) confidence: Confidence,
    /// The places that are still possible.
    pub(super) acceptable: &'a [usize],
    /// Lower bound on the probability that it is right.
    pub(super) probability: f64,
    /// Every pair of places.
    pub(super) pairs: &'a Pairs,
    /// What keeps it from being settled.
    pub(super) caveats: Caveats,
    /// Rows at hand.
    pub(super) rows: Option<usize>,
    /// Rows that would settle it.
    pub(super) rows_needed: Option<u64>,
    /// What they are.
    pub(super) unit: Unit,
}

/// The recommendation in one or two sentences.
pub(super) fn sentence(story: &Story<'_>) -> String {
    match story.confidence {
        Confidence::Settled => format!("{} {}", finding(story), certainty(story)),
        Confidence::Leaning => format!("{} {}", finding(story), reservation(story)),
        Confidence::Open => open(story),
    }
}

/// What the data say, without how surely.
fn finding(story: &Story<'_>) -> String {
    let seat = story.ladder[story.chosen];
    let is_top = story.chosen + 1 == story.ladder.len();
    if seat.tier == Tier::Naive {
        return format!(
            "Nothing that was tried on {} beats {} by enough to pay for itself: there is no case \
             for a rule or a model here.",
            story.unit.material(),
            name(seat)
        );
    }
    let below = if story.chosen > 0 {
        "what is simpler falls short by more than the margin"
    } else {
        ""
    };
    let above = if is_top {
        ""
    } else {
        "nothing more elaborate is better by more than the margin"
    };
    let because = [below, above]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", and ");
    let lead = if seat.tier == Tier::External {
        format!("What is in place, {}, is good enough", name(seat))
    } else if is_top {
        format!("It takes {}", name(seat))
    } else {
        format!("{} is enough", capitalised(&name(seat)))
    };
    if because.is_empty() {
        format!("{lead}.")
    } else {
        format!("{lead}: {because}.")
    }
}

fn certainty(story: &Story<'_>) -> String {
    format!(
        "The data settle it (probability at least {} %).",
        lower_percent(story.probability)
    )
}

/// Why a leaning recommendation is not settled.
fn reservation(story: &Story<'_>) -> String {
    match story.caveats.doubt {
        Some(Doubt::FewWindows) => {
            return "That is how it looks; there are too few time windows to settle it.".to_owned();
        }
        Some(Doubt::ShuffledOrder) => {
            return "That is how it looks with shuffled rows; as their order predicts the target, \
                    it is not settled until the column of time or of entity is named."
                .to_owned();
        }
        None => {}
    }
    if story.caveats.capped_and_beaten {
        return "That is how it looks; a contender that was fitted on part of the rows might do \
                better on all of them."
            .to_owned();
    }
    let doubt = format!(
        "That is how it looks (probability at least {} %), not yet settled",
        lower_percent(story.probability)
    );
    match more_rows(story) {
        Some(rows) => format!("{doubt}; {rows} would settle it."),
        None => format!("{doubt}."),
    }
}

/// Who leads by how much, that this is not shown, and what to do meanwhile.
fn open(story: &Story<'_>) -> String {
    if story.ladder.len() < 2 {
        return format!(
            "Nothing but {} could be tried on these data, so they say nothing about whether a \
             rule or a model would do better.",
            name(story.ladder[story.chosen])
        );
    }
    let simplest = story.simplest;
    let simpler = name(story.ladder[simplest]);
    let lead = leader(story, simplest).map_or_else(
        || {
            format!(
                "{} does best so far, but that nothing more elaborate is better by more than the \
                 margin is not shown.",
                capitalised(&simpler)
            )
        },
        |(leader, pair)| {
            let (ahead, behind) = (story.ladder[leader], story.ladder[simplest]);
            format!(
                "{} {} ahead of {} by {}, where each tier is represented anew each time; that \
                 this is really more than the margin of {} is not shown (probability {}).",
                capitalised(&tier_name(ahead)),
                if ahead.tier == Tier::External {
                    "is"
                } else {
                    "are"
                },
                tier_name(behind),
                figure(pair.difference),
                figure(pair.margin),
                chance(pair.p_better)
            )
        },
    );
    match more_rows(story) {
        Some(rows) => format!("{lead} So take {simpler} until {rows} settle it."),
        None => format!(
            "{lead} So take {simpler}, or look for {}: more {} of the same kind would hardly settle \
             it.",
            story.unit.other_help(),
            story.unit.word()
        ),
    }
}

/// Who of those still possible is best, and by how much over the simplest; none if that is it.
fn leader<'a>(story: &Story<'a>, simplest: usize) -> Option<(usize, &'a PairPosterior)> {
    story
        .acceptable
        .iter()
        .filter(|place| **place > simplest)
        .filter_map(|place| Some((*place, story.pairs.between(simplest, *place)?)))
        .filter(|(_, pair)| pair.difference > 0.0)
        .fold(
            None,
            |best: Option<(usize, &PairPosterior)>, next| match best {
                Some(best) if best.1.difference >= next.1.difference => Some(best),
                Some(_) | None => Some(next),
            },
        )
}

/// A number to two significant digits, for people.
fn figure(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let magnitude = value.abs().log10().floor() as i32;
    let decimals = usize::try_from((1 - magnitude).clamp(0, 6)).unwrap_or(0);
    format!("{value:.decimals$}")
}

/// How many more rows would settle it.
fn more_rows(story: &Story<'_>) -> Option<String> {
    let needed = story.rows_needed?;
    let more = needed.checked_sub(story.rows? as u64)?;
    Some(format!(
        "about {} more {} ({} in all)",
        thousands(two_digits_up(more)),
        story.unit.word(),
        thousands(needed)
    ))
}

/// What a tier is called in a sentence.
fn tier_name(seat: &Seat) -> String {
    match seat.tier {
        Tier::Naive => "the naive baselines".to_owned(),
        Tier::Heuristic => "the simple rules".to_owned(),
        Tier::MinimumViableModel => "the minimum viable models".to_owned(),
        Tier::Headroom => "the stronger models".to_owned(),
        Tier::External => name(seat),
    }
}

/// What a contender is called in a sentence.
fn name(seat: &Seat) -> String {
    let kind = match seat.tier {
        Tier::Naive => "the naive baseline",
        Tier::Heuristic => "a simple rule",
        Tier::MinimumViableModel => "a minimum viable model",
        Tier::Headroom => "a stronger model",
        Tier::External => {
            let column = seat.key.strip_prefix("external:").unwrap_or(&seat.key);
            return format!("the prediction column \u{201c}{column}\u{201d}");
        }
    };
    format!("{kind} ({})", seat.contender)
}

/// The number with a comma before every three digits.
pub(in crate::contest) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(999), "999");
        assert_eq!(two_digits_up(1_401), 1_500);
        assert_eq!(lower_percent(0.999), 99);
        assert_eq!(lower_percent(0.956), 95);
        assert_eq!(figure(0.012_34), "0.012");
        assert_eq!(figure(152.7), "153");
        assert_eq!(figure(1.57), "1.6");
        assert_eq!(chance(1.0), "over 99 %");
    }
}
