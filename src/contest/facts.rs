//! What sample data say about themselves, beside any contender: what people's answers are held against.

use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};

use super::tables::hash::mix;
use crate::data::{ColumnRole, MISSING_DATE, Role, Table, Values};
use crate::digits;

/// Counts and shares of the sample data.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SampleFacts {
    /// Rows of the rarest class, where classes are predicted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rarest_class_rows: Option<usize>,
    /// Share of rows with the positive value of a target of two, in 0..=1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub positive_share: Option<f64>,
    /// Rows that are the same as another in every feature, where classes are predicted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twins: Option<usize>,
    /// Of these, rows whose class is not that of most of their twins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twins_that_differ: Option<usize>,
    /// The latest day in the column that says when, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
}

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// The class of each row with the number of classes, and the positive one of two.
type Classes<'a> = (usize, &'a [u32], Option<u32>);

/// The facts of a table whose columns play these roles.
pub(super) fn facts(
    table: &Table,
    roles: &[ColumnRole],
    classes: Option<Classes<'_>>,
) -> SampleFacts {
    let latest = latest(table, roles);
    let Some((count, values, positive)) = classes else {
        return SampleFacts {
            latest,
            ..SampleFacts::default()
        };
    };
    let mut sizes = vec![0_usize; count];
    for class in values {
        sizes[*class as usize] += 1;
    }
    let share =
        |class: u32| digits::round(sizes[class as usize] as f64 / values.len().max(1) as f64);
    let (twins, differ) = twins(table, roles, values);
    SampleFacts {
        rarest_class_rows: sizes.iter().copied().filter(|size| *size > 0).min(),
        positive_share: positive.map(share),
        twins: Some(twins),
        twins_that_differ: Some(differ),
        latest,
    }
}

/// Rows that are the same in every feature, and those of them in the minority.
fn twins(table: &Table, roles: &[ColumnRole], classes: &[u32]) -> (usize, usize) {
    let features: Vec<&Values> = table
        .columns
        .iter()
        .zip(roles)
        .filter(|(_, role)| role.role == Role::Feature)
        .map(|(column, _)| &column.values)
        .collect();
    let mut rows: Vec<(u64, u32)> = classes
        .iter()
        .enumerate()
        .map(|(row, class)| {
            let whole = features
                .iter()
                .fold(0, |state, values| mix(&[state, word(values, row)]));
            (whole, *class)
        })
        .collect();
    rows.sort_unstable();
    let (mut twins, mut differ) = (0, 0);
    for same in rows.chunk_by(|left, right| left.0 == right.0) {
        if same.len() > 1 {
            let most = same
                .chunk_by(|left, right| left.1 == right.1)
                .map(<[_]>::len);
            twins += same.len();
            differ += same.len() - most.max().unwrap_or(0);
        }
    }
    (twins, differ)
}

/// A value as a word; equal values are equal words.
fn word(values: &Values, row: usize) -> u64 {
    match values {
        Values::Number(values) if values[row] == 0.0 => 0,
        Values::Number(values) => values[row].to_bits(),
        Values::Category { codes, .. } => u64::from(codes[row]),
        Values::Date(values) => values[row].cast_unsigned(),
    }
}

/// The latest day of the first column that says when.
fn latest(table: &Table, roles: &[ColumnRole]) -> Option<String> {
    let (column, _) = table
        .columns
        .iter()
        .zip(roles)
        .find(|(_, role)| role.role == Role::Time)?;
    let Values::Date(moments) = &column.values else {
        return None;
    };
    let latest = moments.iter().filter(|it| **it != MISSING_DATE).max()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    let day = epoch.checked_add(latest.div_euclid(SECONDS_A_DAY).days());
    day.ok().map(|day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::Request;
    use crate::data::read_csv;

    #[test]
    fn counts_are_those_of_the_table() {
        let mut text = "day,a,b,late\n".to_owned();
        // 40 rows of 20 kinds, each twice; of every fifth kind one of the two is late.
        for row in 0..40 {
            let kind = row / 2;
            let late = if kind % 5 == 0 && row % 2 == 0 {
                "yes"
            } else {
                "no"
            };
            text.push_str(&format!("2026-03-{:02},{kind},x,{late}\n", 1 + row % 28));
        }
        let table = read_csv(text.as_bytes(), "t.csv").unwrap();
        let request = Request {
            time: Some("day".to_owned()),
            positive: Some("yes".to_owned()),
            ..Request::for_target("late")
        };
        let evidence = crate::contest::control::unattended(|control| {
            crate::contest::run(&table, &request, control)
        })
        .unwrap();
        let expected = SampleFacts {
            rarest_class_rows: Some(4),
            positive_share: Some(0.1),
            twins: Some(40),
            twins_that_differ: Some(4),
            latest: Some("2026-03-28".to_owned()),
        };
        assert_eq!(evidence.panels.facts, Some(expected));
    }
}
