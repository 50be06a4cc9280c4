//! Errors by group: does a contender fail one group more often than another?

use crate::contest::intervals::wilson;
use crate::contest::panels::{GroupError, GroupErrors, Rate};
use crate::digits;

/// Groups of fewer rows are left out: their rates say nothing, and they could
/// name a person.
pub const SMALLEST_GROUP: usize = 5;

/// Decisions of one contender on test rows, each row once.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// Id of the contender.
    pub contender: &'a str,
    /// The true class of each row.
    pub truth: &'a [u32],
    /// The class decided for.
    pub decisions: &'a [u32],
    /// The positive class, where there are two.
    pub positive: Option<u32>,
}

/// A column that splits the rows into groups.
#[derive(Clone, Copy, Debug)]
pub struct Grouping<'a> {
    /// Name of the column.
    pub column: &'a str,
    /// Names of the groups (untrusted).
    pub names: &'a [String],
    /// The group of each row, an index into `names`; any other index is no group.
    pub of_row: &'a [u32],
}

/// Error rates of one contender by group, with Wilson's 95 % intervals; for two
/// classes also false alarms among the negatives and misses among the
/// positives, since a fair total can hide an unfair exchange of the two.
/// Groups of fewer than [`SMALLEST_GROUP`] rows are left out.
pub fn errors_by_group(decided: &Decided<'_>, grouping: &Grouping<'_>) -> GroupErrors {
    let mut tallies = vec![Tally::default(); grouping.names.len()];
    let rows = decided.truth.iter().zip(decided.decisions);
    for ((truth, decision), group) in rows.zip(grouping.of_row) {
        if let Some(tally) = tallies.get_mut(*group as usize) {
            tally.add(*truth, *decision, decided.positive);
        }
    }
    let groups: Vec<GroupError> = grouping
        .names
        .iter()
        .zip(&tallies)
        .filter(|(_, tally)| tally.rows >= SMALLEST_GROUP)
        .map(|(name, tally)| GroupError {
            group: name.clone(),
            error: rate(tally.errors, tally.rows),
            false_alarms: decided
                .positive
                .map(|_| rate(tally.false_alarms, tally.negatives)),
            misses: decided
                .positive
                .map(|_| rate(tally.misses, tally.rows - tally.negatives)),
        })
        .collect();
    GroupErrors {
        contender: decided.contender.to_owned(),
        column: grouping.column.to_owned(),
        says: sentence(&groups),
        groups,
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    rows: usize,
    errors: usize,
    negatives: usize,
    false_alarms: usize,
    misses: usize,
}

impl Tally {
    fn add(&mut self, truth: u32, decision: u32, positive: Option<u32>) {
        let wrong = usize::from(truth != decision);
        self.rows += 1;
        self.errors += wrong;
        match positive {
            Some(positive) if truth == positive => self.misses += wrong,
            Some(_) => {
                self.negatives += 1;
                self.false_alarms += wrong;
            }
            None => {}
        }
    }
}

fn rate(errors: usize, rows: usize) -> Rate {
    let (low, high) = wilson(errors, rows);
    Rate {
        share: digits::round_finite(errors as f64 / rows as f64),
        low: digits::round(low),
        high: digits::round(high),
        rows,
    }
}

/// The kinds of error that are compared between groups.
#[derive(Clone, Copy)]
enum Kind {
    Error,
    FalseAlarm,
    Miss,
}

impl Kind {
    const fn rate(self, group: &GroupError) -> Option<&Rate> {
        match self {
            Self::Error => Some(&group.error),
            Self::FalseAlarm => group.false_alarms.as_ref(),
            Self::Miss => group.misses.as_ref(),
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Error => "is wrong",
            Self::FalseAlarm => "raises false alarms",
            Self::Miss => "misses cases",
        }
    }
}

/// What the rates say: groups are called different only where their intervals
/// do not meet, which is stricter than a test at 5 % and so allows for looking
/// at several groups and rates.
fn sentence(groups: &[GroupError]) -> String {
    for kind in [Kind::Error, Kind::FalseAlarm, Kind::Miss] {
        let rates: Vec<(&str, &Rate)> = groups
            .iter()
            .filter_map(|group| Some((group.group.as_str(), kind.rate(group)?)))
            .filter(|(_, rate)| rate.rows > 0)
            .collect();
        let worst = rates
            .iter()
            .max_by(|left, right| left.1.low.total_cmp(&right.1.low));
        let best = rates
            .iter()
            .min_by(|left, right| left.1.high.total_cmp(&right.1.high));
        if let (Some((worst, more)), Some((best, less))) = (worst, best)
            && more.low > less.high
        {
            return format!(
                "It {} more often for \u{201c}{worst}\u{201d} ({} to {} %) than for \
                 \u{201c}{best}\u{201d} ({} to {} %); that is more than chance.",
                kind.label(),
                percent(more.low),
                percent(more.high),
                percent(less.low),
                percent(less.high),
            );
        }
    }
    "No group is served worse than another beyond what chance would explain.".to_owned()
}

fn percent(share: f64) -> String {
    format!("{:.0}", 100.0 * share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn false_alarms_and_misses_are_counted_by_group() {
        let names = named(&["a", "b", "tiny"]);
        let decided = Decided {
            contender: "model",
            truth: &[1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1],
            decisions: &[1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0],
            positive: Some(1),
        };
        let grouping = Grouping {
            column: "region",
            names: &names,
            of_row: &[0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2],
        };
        let found = errors_by_group(&decided, &grouping);
        assert_eq!(found.groups.len(), 2);
        let first = &found.groups[0];
        assert_eq!(
            (first.error.rows, first.error.share),
            (6, Some(0.333_333_333))
        );
        assert_eq!(
            first.misses.as_ref().map(|rate| rate.share),
            Some(Some(0.333_333_333))
        );
        assert_eq!(first.false_alarms.as_ref().map(|rate| rate.rows), Some(3));
        assert_eq!(found.groups[1].error.share, Some(0.0));
        assert!(found.says.contains("chance would explain"));
    }

    #[test]
    fn a_clear_difference_is_said_and_an_exchange_of_errors_is_found() {
        // both groups are wrong in a quarter of the rows; one is missed, the other alarmed
        let names = named(&["a", "b"]);
        let mut truth = Vec::new();
        let mut decisions = Vec::new();
        let mut of_row = Vec::new();
        for group in 0..2_u32 {
            for row in 0..400_u32 {
                let class = row % 2;
                let wrong = row / 2 % 2 == 0 && class == group;
                truth.push(class);
                decisions.push(if wrong { 1 - class } else { class });
                of_row.push(group);
            }
        }
        let decided = Decided {
            contender: "model",
            truth: &truth,
            decisions: &decisions,
            positive: Some(1),
        };
        let grouping = Grouping {
            column: "region",
            names: &names,
            of_row: &of_row,
        };
        let found = errors_by_group(&decided, &grouping);
        assert!(found.says.contains("raises false alarms"), "{}", found.says);
        assert_eq!(found.groups[0].error.share, found.groups[1].error.share);
    }

    #[test]
    fn more_than_two_classes_have_errors_only() {
        let names = named(&["a"]);
        let found = errors_by_group(
            &Decided {
                contender: "model",
                truth: &[0, 1, 2, 0, 1],
                decisions: &[0, 1, 1, 0, 1],
                positive: None,
            },
            &Grouping {
                column: "region",
                names: &names,
                of_row: &[0; 5],
            },
        );
        assert_eq!(found.groups[0].error.share, Some(0.2));
        assert!(found.groups[0].misses.is_none());
    }
}
