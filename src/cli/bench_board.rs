//! The leaderboard of a benchmark: every contender with its interval, and who is to be taken.

use super::bars::Scale;
use super::page::Page;
use crate::contest::{ContenderResult, Evidence, OWNER_RULE, Place, Status, Task};
use crate::report::numbers::Decimals;
use crate::text::{capitalised, clean, shorten, width};

/// Width of the column of tiers on the board.
const TIERS: usize = 21;
/// Narrower pages have no room for tiers beside the intervals.
const NARROW: usize = 72;

/// Every contender with its interval, all on one scale, better to the right.
pub(super) fn board(page: &mut Page, evidence: &Evidence) {
    let decimals = Decimals::for_margin(evidence.margin.value);
    page.heading(&format!(
        "{} on the same {}, {} is better, 95 % intervals",
        capitalised(evidence.metric.name.label()),
        if evidence.task == Task::Forecasting {
            "origins"
        } else {
            "folds"
        },
        if evidence.metric.higher_is_better {
            "higher"
        } else {
            "lower"
        },
    ));
    if page.style().plain {
        plain_board(page, evidence, decimals);
    } else {
        drawn_board(page, evidence, decimals);
    }
    for contender in &evidence.contenders {
        let reason = match contender.status {
            Status::Ok => match evidence.recommendation.words_for(&contender.id) {
                Some(words) if evidence.recommendation.meanwhile.is_some() => {
                    format!("{}, {words}: {}", contender.id, contender.says)
                }
                Some(_) => format!("{}: {}", contender.id, contender.says),
                None => continue,
            },
            // Told together below.
            Status::Skipped => continue,
            Status::Failed => format!("{} failed: {}", contender.id, contender.says),
        };
        page.hanging("  ", &reason);
    }
    let own = evidence
        .contenders
        .iter()
        .find(|contender| contender.id == OWNER_RULE && contender.status == Status::Skipped);
    if let Some(own) = own {
        page.hanging("  ▲ ", &format!("Your rule takes no part: {}", own.says));
    }
    let skipped: Vec<&str> = evidence
        .contenders
        .iter()
        .filter(|contender| contender.status == Status::Skipped && contender.id != OWNER_RULE)
        .map(|contender| contender.id.as_str())
        .collect();
    if !skipped.is_empty() {
        page.hanging(
            "  ",
            &format!(
                "Do not apply to these data (--json says why): {}",
                skipped.join(", ")
            ),
        );
    }
}

fn drawn_board(page: &mut Page, evidence: &Evidence, decimals: Decimals) {
    let ran = || {
        evidence
            .contenders
            .iter()
            .filter_map(|contender| Some((contender, interval(evidence, contender)?)))
    };
    let ids = ran()
        .map(|(contender, _)| width(&clean(&contender.id)))
        .max()
        .unwrap_or(0)
        .min(24);
    let numbers = ran()
        .map(|(_, (_, mean, _))| width(&decimals.show(mean)))
        .max()
        .unwrap_or(0);
    // where there is no room beside the intervals, tiers stand above them
    let is_narrow = page.style().width < NARROW;
    let tiers = if is_narrow { 0 } else { TIERS };
    let taken = 2 + tiers + ids + 2 + numbers + 4;
    let room = page.style().width.saturating_sub(taken).clamp(6, 48);
    let values = ran().flat_map(|(_, (low, mean, high))| [low, mean, high]);
    let Some(scale) = Scale::over(values, evidence.metric.higher_is_better, room) else {
        page.paragraph("Nobody came through.");
        return;
    };
    let (worst, best) = scale.ends();
    let (worst, best) = (decimals.show(worst), decimals.show(best));
    let gap = room.saturating_sub(width(&worst) + width(&best)).max(1);
    page.line(&format!(
        "{}{worst}{}{best}",
        " ".repeat(2 + tiers + ids + 2),
        " ".repeat(gap)
    ));
    let mut last = None;
    for (contender, (low, mean, high)) in ran() {
        let tier = if last == Some(contender.tier) {
            ""
        } else {
            contender.tier.label()
        };
        last = Some(contender.tier);
        if is_narrow && !tier.is_empty() {
            page.line(tier);
        }
        let mark = match evidence.recommendation.place(&contender.id) {
            Place::Taken => " ←",
            Place::BestGuess => " ?",
            Place::PassedOver => "",
        };
        let id = shorten(&clean(&contender.id), ids);
        page.line(&format!(
            "  {}{id}{}  {} {}{mark}",
            if is_narrow {
                String::new()
            } else {
                pad(tier, TIERS)
            },
            " ".repeat(ids - width(&id)),
            scale.interval(low, mean, high),
            pad_left(&decimals.show(mean), numbers),
        ));
    }
}

fn plain_board(page: &mut Page, evidence: &Evidence, decimals: Decimals) {
    for contender in &evidence.contenders {
        let Some((low, mean, high)) = interval(evidence, contender) else {
            continue;
        };
        let mark = evidence
            .recommendation
            .words_for(&contender.id)
            .map_or_else(String::new, |words| format!(", {words}"));
        page.paragraph(&format!(
            "{}, {}: {}, interval {}{mark}",
            contender.tier.label(),
            contender.id,
            decimals.show(mean),
            decimals.interval(Some(low), Some(high)),
        ));
    }
}

/// The interval of a contender that came through.
fn interval(evidence: &Evidence, contender: &ContenderResult) -> Option<(f64, f64, f64)> {
    let mean = contender.mean.filter(|_| contender.status == Status::Ok)?;
    let metric = evidence.metric.name;
    Some((
        metric.held(contender.low.unwrap_or(mean)),
        mean,
        metric.held(contender.high.unwrap_or(mean)),
    ))
}

fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

fn pad_left(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}
