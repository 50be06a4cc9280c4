//! What is worth a second look in a column, before anybody predicts from it.

use std::collections::BTreeMap;

use super::table::{Column, Kind, MISSING_CODE, Values};
use super::warning::Warning;
use crate::text::clean;

/// A column that misses this share of its values is mostly missing.
const MOSTLY_MISSING: f64 = 0.5;

/// Numbers that stand for "missing" in many systems.
const SENTINELS: [f64; 13] = [
    -1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0, 999_999.0, 8888.0,
    -8888.0,
];

/// The fewest rows that make a mark of a number.
const FEWEST_MARKED: usize = 3;

/// The fewest values of which it can be said that nearly all differ.
const FEWEST_NAMED: usize = 20;

/// Rows that hold a rare name at most.
const RARE_ROWS: usize = 4;

/// The fewest rare names that are worth a word.
const FEWEST_RARE: usize = 10;

/// The traps in a column: `no-values`, `constant-column`, `mostly-missing`,
/// `sentinel-value`, `mixed-spelling`, `nearly-unique`, `rare-levels`.
///
/// They know nothing of what the column is used for: of rare names in a
/// column of entities, say, nothing has to be done.
pub fn profile(column: &Column) -> Vec<Warning> {
    let warn = |code: &str, detail: String, remedy: &str| Warning {
        code: code.to_owned(),
        column: Some(column.name.clone()),
        detail,
        remedy: remedy.to_owned(),
    };
    let rows = column.len();
    let missing = column.missing();
    if missing == rows {
        return vec![warn(
            "no-values",
            "the column has no values".to_owned(),
            "leave the column out",
        )];
    }
    let mut warnings = Vec::new();
    if missing == 0 && is_constant(&column.values) {
        warnings.push(warn(
            "constant-column",
            format!("all {rows} values are the same"),
            "leave the column out",
        ));
    }
    if missing as f64 >= MOSTLY_MISSING * rows as f64 {
        warnings.push(warn(
            "mostly-missing",
            format!("{missing} of {rows} values are missing"),
            "ask why, and whether the value will be there when the decision is made",
        ));
    }
    match &column.values {
        Values::Number(values) => warnings.extend(sentinel(values).map(|(mark, count)| {
            warn(
                "sentinel-value",
                format!("{count} values are {mark}, far from all others"),
                "if it stands for a missing value, leave those cells empty",
            )
        })),
        Values::Category { codes, levels } if column.kind != Kind::Text => {
            let counts = counts(codes, levels.len());
            warnings.extend(same_but_for_spelling(levels, &counts).map(|(one, other)| {
                warn(
                    "mixed-spelling",
                    format!(
                        "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} differ only in case or spaces",
                        clean(one),
                        clean(other)
                    ),
                    "write each name in one way",
                )
            }));
            warnings.extend(
                rarity(&counts, rows - missing)
                    .map(|(code, detail, remedy)| warn(code, detail, remedy)),
            );
        }
        Values::Category { .. } | Values::Date(_) => {}
    }
    warnings
}

fn is_constant(values: &Values) -> bool {
    match values {
        Values::Number(values) => values.iter().all(|value| *value == values[0]),
        Values::Category { codes, .. } => codes.iter().all(|code| *code == codes[0]),
        Values::Date(values) => values.iter().all(|value| *value == values[0]),
    }
}

/// A known mark that is the smallest or largest value, in three rows or more,
/// and farther from the others than those are from one another.
fn sentinel(values: &[f64]) -> Option<(f64, usize)> {
    let present = || values.iter().copied().filter(|value| !value.is_nan());
    let ends = [
        present().fold(f64::INFINITY, f64::min),
        present().fold(f64::NEG_INFINITY, f64::max),
    ];
    ends.into_iter()
        .filter(|end| SENTINELS.contains(end))
        .find_map(|mark| {
            let others = || present().filter(|value| *value != mark);
            let low = others().fold(f64::INFINITY, f64::min);
            let high = others().fold(f64::NEG_INFINITY, f64::max);
            let gap = (low - mark).max(mark - high);
            let count = present().filter(|value| *value == mark).count();
            (count >= FEWEST_MARKED && high > low && gap > high - low).then_some((mark, count))
        })
}

/// Rows of each name.
fn counts(codes: &[u32], levels: usize) -> Vec<usize> {
    let mut counts = vec![0; levels];
    for code in codes.iter().filter(|code| **code != MISSING_CODE) {
        counts[*code as usize] += 1;
    }
    counts
}

/// Two names that are one when case and the number of spaces are left out.
fn same_but_for_spelling<'l>(levels: &'l [String], counts: &[usize]) -> Option<(&'l str, &'l str)> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    levels
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .find_map(|(level, _)| {
            let plain: Vec<&str> = level.split_whitespace().collect();
            Some((
                seen.insert(plain.join(" ").to_lowercase(), level)?,
                &**level,
            ))
        })
}

/// Names that are met too seldom to teach anything.
fn rarity(counts: &[usize], present: usize) -> Option<(&'static str, String, &'static str)> {
    let distinct = counts.iter().filter(|count| **count > 0).count();
    if present >= FEWEST_NAMED && distinct * 2 >= present {
        return Some((
            "nearly-unique",
            format!("{distinct} different names in {present} values"),
            "a name met once teaches nothing: group the names, or leave the column out",
        ));
    }
    let rare = counts
        .iter()
        .filter(|count| (1..=RARE_ROWS).contains(*count))
        .count();
    (rare >= FEWEST_RARE && rare * 2 > distinct).then(|| {
        (
            "rare-levels",
            format!("{rare} of {distinct} names stand in {RARE_ROWS} rows or fewer"),
            "group rare names",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::read_csv;

    fn codes(csv: &str) -> Vec<(String, Option<String>)> {
        read_csv(csv.as_bytes(), "x.csv")
            .unwrap()
            .columns
            .iter()
            .flat_map(profile)
            .map(|warning| (warning.code, warning.column))
            .collect()
    }

    #[test]
    fn each_trap_is_seen_and_a_plain_column_has_none() {
        let mut csv = "empty,gaps,same,age,city,name,plain\n".to_owned();
        for row in 0..40 {
            let gap = if row % 3 == 0 {
                row.to_string()
            } else {
                String::new()
            };
            let age = if row % 9 == 0 {
                -999_i64
            } else {
                20 + row as i64
            };
            let city = ["New York", "new  york", "Oslo"][row % 3];
            csv.push_str(&format!(",{gap},1,{age},{city},n{row},{}\n", row % 7));
        }
        let expected = [
            ("no-values", "empty"),
            ("mostly-missing", "gaps"),
            ("constant-column", "same"),
            ("sentinel-value", "age"),
            ("mixed-spelling", "city"),
            ("nearly-unique", "name"),
        ]
        .map(|(code, column)| (code.to_owned(), Some(column.to_owned())));
        assert_eq!(codes(&csv), expected);
    }

    #[test]
    fn rare_names_are_counted() {
        let mut csv = "name,y\n".to_owned();
        for row in 0..200 {
            let name = if row < 20 {
                row.to_string()
            } else {
                "x".to_owned()
            };
            csv.push_str(&format!("n{name},{row}\n"));
        }
        assert_eq!(
            codes(&csv),
            [("rare-levels".to_owned(), Some("name".to_owned()))]
        );
    }

    #[test]
    fn a_number_among_its_like_is_no_mark() {
        for values in [
            &[97.0, 98.0, 99.0, 99.0, 99.0][..],  // near the others
            &[1.0, 2.0, 3.0, 99.0, 99.0],         // too few
            &[1.0, 1.0, 99.0, 99.0, 99.0],        // one of two values
            &[1.0, 2.0, 99.0, 99.0, 99.0, 400.0], // in the midst
        ] {
            assert_eq!(sentinel(values), None, "{values:?}");
        }
        assert_eq!(sentinel(&[1.0, 2.0, 99.0, 99.0, 99.0]), Some((99.0, 3)));
        assert_eq!(sentinel(&[5.0, -1.0, 5.5, -1.0, -1.0]), Some((-1.0, 3)));
    }

    #[test]
    fn shipped_data_has_no_trap_but_blank_corners_of_pictures() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/datasets");
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "csv") {
                let table = read_csv(&std::fs::read(&path).unwrap(), "t.csv").unwrap();
                let file = path.file_name().unwrap().to_string_lossy().into_owned();
                for warning in table.columns.iter().flat_map(profile) {
                    found.push((file.clone(), warning.code, warning.column.unwrap()));
                }
            }
        }
        found.sort();
        let blank = ["pixel_0_0", "pixel_4_0", "pixel_4_7"].map(|pixel| {
            let words = ["digits.csv", "constant-column", pixel];
            let [file, code, column] = words.map(str::to_owned);
            (file, code, column)
        });
        assert_eq!(found, blank);
    }
}
