//! From a table's feature columns to [`Features`].
//!
//! Numbers and categories stay what they are. A date becomes its day and, where
//! they vary, month, weekday and hour; a text becomes its words and its length.
//! Nothing here reads the target.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::binning::bin;
use super::features::{Feature, FeatureValues, Features, Part};
pub(super) use crate::contest::rule::words_of;
use crate::data::{Column, ColumnRole, Kind, MISSING_CODE, MISSING_DATE, Role, Table, Values};

/// The most words kept of a text column.
const MOST_WORDS: usize = 2_000;

/// A word that stands in fewer distinct texts is dropped.
const FEWEST_TEXTS: u32 = 2;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// The columns with the role of a feature, encoded and binned over all rows;
/// the group column as entity codes and the time column as seconds.
///
/// `roles` has one entry per column of the table. Columns are worked on in
/// parallel and come in the table's order.
pub fn features(table: &Table, roles: &[ColumnRole]) -> Features {
    let of_role = |role: Role| {
        table
            .columns
            .iter()
            .zip(roles)
            .filter(move |(_, given)| given.role == role)
            .map(|(column, _)| column)
    };
    let columns: Vec<&Column> = of_role(Role::Feature).collect();
    let columns: Vec<Vec<Feature>> = columns.into_par_iter().map(encode).collect();
    Features {
        rows: table.rows,
        columns: columns.into_iter().flatten().collect(),
        group: of_role(Role::Group)
            .next()
            .map(|column| Arc::new(entities(&column.values))),
        time: of_role(Role::Time)
            .next()
            .and_then(|column| moments(&column.values))
            .map(Arc::new),
    }
}

impl Features {
    /// The same values with edges and levels read from `rows` alone, for splits
    /// in which later rows must stay unknown. Values are shared, not copied.
    #[must_use]
    pub fn rebinned(&self, rows: &[u32]) -> Self {
        let columns = self
            .columns
            .par_iter()
            .map(|feature| Feature {
                column: feature.column.clone(),
                part: feature.part,
                values: Arc::clone(&feature.values),
                bins: bin(&feature.values, Some(rows)),
            })
            .collect();
        Self {
            rows: self.rows,
            columns,
            group: self.group.clone(),
            time: self.time.clone(),
        }
    }
}

fn encode(column: &Column) -> Vec<Feature> {
    let feature = |part: Part, values: FeatureValues| Feature {
        column: column.name.clone(),
        part,
        bins: bin(&values, None),
        values: Arc::new(values),
    };
    match &column.values {
        Values::Number(values) => {
            vec![feature(Part::Whole, FeatureValues::Number(values.clone()))]
        }
        Values::Category { codes, levels } if column.kind == Kind::Text => {
            let mut found = vec![feature(Part::Whole, words(codes, levels))];
            let lengths: Vec<f64> = levels
                .iter()
                .map(|text| text.chars().count() as f64)
                .collect();
            let length = codes
                .iter()
                .map(|code| lengths.get(*code as usize).copied().unwrap_or(f64::NAN))
                .collect();
            found.extend(varying(length).map(|length| feature(Part::Length, length)));
            found
        }
        Values::Category { codes, levels } => {
            let (codes, levels) = (codes.clone(), levels.clone());
            vec![feature(
                Part::Whole,
                FeatureValues::Category { codes, levels },
            )]
        }
        Values::Date(moments) => {
            let read = |read: &dyn Fn(i64) -> f64| -> Vec<f64> {
                moments
                    .iter()
                    .map(|moment| {
                        if *moment == MISSING_DATE {
                            f64::NAN
                        } else {
                            read(*moment)
                        }
                    })
                    .collect()
            };
            let days = read(&|moment| moment as f64 / DAY as f64);
            let mut found = vec![feature(Part::Day, FeatureValues::Number(days))];
            for (part, values) in [
                (
                    Part::Month,
                    read(&|moment| f64::from(month(moment.div_euclid(DAY)))),
                ),
                (
                    Part::Weekday,
                    read(&|moment| weekday(moment.div_euclid(DAY)) as f64),
                ),
                (
                    Part::Hour,
                    read(&|moment| (moment.rem_euclid(DAY) / 3600) as f64),
                ),
            ] {
                found.extend(varying(values).map(|values| feature(part, values)));
            }
            found
        }
    }
}

/// The numbers as a feature, unless all that are there are the same.
fn varying(values: Vec<f64>) -> Option<FeatureValues> {
    let mut present = values.iter().filter(|value| !value.is_nan());
    let first = present.next()?;
    let varies = present.any(|value| value != first);
    varies.then_some(FeatureValues::Number(values))
}

/// Day of the week, 1 (Monday) to 7; 1970-01-01 was a Thursday.
fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

/// Month of the day, 1 to 12 (Hinnant 2013, "chrono-compatible low-level date
/// algorithms", `civil_from_days`).
fn month(day: i64) -> u8 {
    let of_era = day.saturating_add(719_468).rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    (if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    }) as u8
}

/// Texts as their words: those in at least [`FEWEST_TEXTS`] distinct texts,
/// at most [`MOST_WORDS`] of them, the most frequent kept, in alphabetical order.
fn words(codes: &[u32], levels: &[String]) -> FeatureValues {
    let mut frequency: HashMap<String, u32> = HashMap::new();
    for text in levels {
        let distinct: HashSet<String> = words_of(text).collect();
        for word in distinct {
            *frequency.entry(word).or_default() += 1;
        }
    }
    let mut kept: Vec<(String, u32)> = frequency
        .into_iter()
        .filter(|(_, texts)| *texts >= FEWEST_TEXTS)
        .collect();
    kept.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    kept.truncate(MOST_WORDS);
    let mut words: Vec<String> = kept.into_iter().map(|(word, _)| word).collect();
    words.sort();
    let code_of: HashMap<&str, u32> = words
        .iter()
        .enumerate()
        .map(|(code, word)| (word.as_str(), code as u32))
        .collect();
    let texts = levels
        .iter()
        .map(|text| {
            let mut found: Vec<u32> = words_of(text)
                .filter_map(|word| code_of.get(word.as_str()).copied())
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        })
        .collect();
    FeatureValues::Text {
        codes: codes.to_vec(),
        texts,
        words,
    }
}

/// One code per entity; a row without one is an entity of its own.
fn entities(values: &Values) -> Vec<u32> {
    let mut next = 0_u32;
    let mut known: BTreeMap<u64, u32> = BTreeMap::new();
    let mut code = |key: Option<u64>| {
        let mut fresh = || {
            next += 1;
            next - 1
        };
        match key {
            Some(key) => *known.entry(key).or_insert_with(fresh),
            None => fresh(),
        }
    };
    match values {
        Values::Number(values) => values
            .iter()
            // adding zero turns −0 into 0
            .map(|value| code((!value.is_nan()).then(|| (value + 0.0).to_bits())))
            .collect(),
        Values::Category { codes, .. } => codes
            .iter()
            .map(|value| code((*value != MISSING_CODE).then_some(u64::from(*value))))
            .collect(),
        Values::Date(values) => values
            .iter()
            .map(|value| code((*value != MISSING_DATE).then_some(*value as u64)))
            .collect(),
    }
}

/// Seconds of a column of dates. A column of numbers, such as years, counts in
/// its own unit, which keeps the order; names say no moment.
fn moments(values: &Values) -> Option<Vec<i64>> {
    match values {
        Values::Date(moments) => Some(moments.clone()),
        Values::Number(values) => Some(
            values
                .iter()
                .map(|value| {
                    if value.is_nan() {
                        MISSING_DATE
                    } else {
                        value.floor() as i64
                    }
                })
                .collect(),
        ),
        Values::Category { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::{categories, column};
    use super::*;

    fn encoded(columns: Vec<(Column, Role)>) -> Features {
        let rows = columns[0].0.len();
        let (columns, roles): (Vec<Column>, Vec<Role>) = columns.into_iter().unzip();
        let roles: Vec<ColumnRole> = roles
            .into_iter()
            .map(|role| ColumnRole {
                role,
                why: String::new(),
            })
            .collect();
        features(
            &Table {
                columns,
                rows,
                ..Table::default()
            },
            &roles,
        )
    }

    fn names(features: &Features) -> Vec<String> {
        features.columns.iter().map(Feature::name).collect()
    }

    #[test]
    fn only_features_are_features() {
        let number = || Values::Number(vec![1.0, 2.0, 3.0]);
        let found = encoded(vec![
            (column("age", number()), Role::Feature),
            (column("outcome", number()), Role::Target),
            (column("sex", categories(&["f", "m", "f"])), Role::Protected),
            (column("id", number()), Role::Id),
            (column("today", number()), Role::Incumbent),
            (column("secret", number()), Role::Ignored),
        ]);
        assert_eq!(names(&found), ["age"]);
        assert!(found.group.is_none() && found.time.is_none());
    }

    #[test]
    fn a_date_has_parts_that_vary() {
        // 2024-02-29 12:00 (a Thursday), 2024-03-01 12:00, and a gap
        let noon = 1_709_208_000;
        let dates = Values::Date(vec![noon, noon + DAY, MISSING_DATE]);
        let found = encoded(vec![(column("signed", dates), Role::Feature)]);
        assert_eq!(
            names(&found),
            ["signed", "month of signed", "weekday of signed"]
        );
        let values = |position: usize| match found.columns[position].values.as_ref() {
            FeatureValues::Number(values) => values.clone(),
            FeatureValues::Category { .. } | FeatureValues::Text { .. } => Vec::new(),
        };
        assert_eq!(values(0)[..2], [19_782.5, 19_783.5]);
        assert_eq!(values(1)[..2], [2.0, 3.0]);
        assert_eq!(values(2)[..2], [4.0, 5.0]);
        assert!(values(2)[2].is_nan());
    }

    #[test]
    fn months_agree_with_a_calendar() {
        let first = jiff::civil::date(1600, 1, 1);
        let epoch = jiff::civil::date(1970, 1, 1);
        for step in (0..400_000).step_by(97) {
            let day = first.checked_add(jiff::Span::new().days(step)).unwrap();
            let number = i64::from((day - epoch).get_days());
            assert_eq!(month(number), day.month() as u8, "{day}");
            assert_eq!(
                weekday(number),
                i64::from(day.weekday().to_monday_one_offset()),
                "{day}"
            );
        }
    }

    #[test]
    fn a_text_is_its_recurring_words_and_its_length() {
        let mut notes = column(
            "notes",
            categories(&["Late, LATE refund!", "refund late", "", "x"]),
        );
        notes.kind = Kind::Text;
        let found = encoded(vec![(notes, Role::Feature)]);
        assert_eq!(names(&found), ["notes", "length of notes"]);
        let FeatureValues::Text { texts, words, .. } = found.columns[0].values.as_ref() else {
            panic!("a text stays a text");
        };
        assert_eq!(words[..], ["late", "refund"]);
        assert_eq!(texts[..], [vec![0, 1], vec![0, 1], vec![]]);
    }

    #[test]
    fn entities_are_numbered_and_rows_without_one_stand_alone() {
        let found = encoded(vec![
            (
                column("who", categories(&["a", "", "b", "a", ""])),
                Role::Group,
            ),
            (
                column("when", Values::Date(vec![5, 4, 3, 2, 1])),
                Role::Time,
            ),
        ]);
        assert_eq!(*found.group.unwrap(), [0, 1, 2, 0, 3]);
        assert_eq!(*found.time.unwrap(), [5, 4, 3, 2, 1]);
        let years = Values::Number(vec![2020.0, f64::NAN]);
        let found = encoded(vec![(column("year", years), Role::Time)]);
        assert_eq!(*found.time.unwrap(), [2020, MISSING_DATE]);
    }

    #[test]
    fn rebinning_shares_values_and_reads_the_given_rows_alone() {
        let ages = Values::Number(vec![1.0, 2.0, 3.0, 100.0]);
        let found = encoded(vec![(column("age", ages), Role::Feature)]);
        let early = found.rebinned(&[0, 1]);
        assert!(Arc::ptr_eq(
            &found.columns[0].values,
            &early.columns[0].values
        ));
        assert_eq!(*early.columns[0].bins.of_row, [1, 2, 2, 2]);
    }
}
