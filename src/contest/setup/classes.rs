//! Classes of a target: their names in an order that no row order changes, and the positive one.

use crate::contest::request::Request;
use crate::data::{MISSING_CODE, Values};
use crate::problem::{Problem, nearest};

/// Words for the positive one of two values, compared in lowercase.
const POSITIVE_WORDS: [&str; 6] = ["yes", "true", "1", "y", "t", "positive"];

/// Names of classes and the class of each row.
pub(super) struct Classes {
    pub(super) names: Vec<String>,
    pub(super) values: Vec<u32>,
}

/// Every distinct value as a class: numbers in rising order, names in the order of their letters.
pub(super) fn classes(values: &Values) -> Classes {
    match values {
        Values::Number(values) => distinct(values, f64::total_cmp, |value| format!("{value}")),
        Values::Date(values) => distinct(values, Ord::cmp, |value| format!("{value}")),
        Values::Category { codes, levels } => {
            let mut used: Vec<u32> = codes
                .iter()
                .copied()
                .filter(|code| *code != MISSING_CODE)
                .collect();
            used.sort_unstable();
            used.dedup();
            used.sort_by(|left, right| levels[*left as usize].cmp(&levels[*right as usize]));
            let mut class_of = vec![0u32; levels.len()];
            for (class, code) in used.iter().enumerate() {
                class_of[*code as usize] = class as u32;
            }
            Classes {
                names: used
                    .iter()
                    .map(|code| levels[*code as usize].clone())
                    .collect(),
                values: codes
                    .iter()
                    .map(|code| class_of.get(*code as usize).copied().unwrap_or(0))
                    .collect(),
            }
        }
    }
}

fn distinct<T: Copy>(
    values: &[T],
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
    name: impl Fn(&T) -> String,
) -> Classes {
    let mut used = values.to_vec();
    used.sort_unstable_by(&order);
    used.dedup_by(|left, right| order(left, right).is_eq());
    Classes {
        names: used.iter().map(name).collect(),
        values: values
            .iter()
            .map(|value| used.partition_point(|other| order(other, value).is_lt()) as u32)
            .collect(),
    }
}

/// The positive one of two classes and the reason: the one named, else a word
/// that says yes, else the rarer.
pub(super) fn positive(
    request: &Request,
    names: &[String],
    values: &[u32],
) -> Result<(u32, String), Problem> {
    if let Some(named) = &request.positive {
        let as_number = named.trim().parse::<f64>().ok();
        let is_it = |name: &String| {
            name == named
                || as_number.is_some_and(|number| name.parse::<f64>().is_ok_and(|n| n == number))
        };
        let found = names.iter().position(is_it).or_else(|| {
            names
                .iter()
                .position(|name| name.to_lowercase() == named.to_lowercase())
        });
        return match found {
            Some(class) => Ok((
                class as u32,
                format!(
                    "\u{201c}{}\u{201d} was named as the positive value",
                    names[class]
                ),
            )),
            None => Err(unknown(named, names)),
        };
    }
    let by_word = names
        .iter()
        .position(|name| POSITIVE_WORDS.contains(&name.to_lowercase().as_str()));
    if let Some(class) = by_word {
        return Ok((
            class as u32,
            format!(
                "\u{201c}{}\u{201d} reads as the positive value",
                names[class]
            ),
        ));
    }
    let ones = values.iter().filter(|class| **class == 1).count();
    let class = u32::from(2 * ones <= values.len());
    Ok((
        class,
        format!(
            "\u{201c}{}\u{201d} is taken for the positive value, as the rarer of the two",
            names[class as usize]
        ),
    ))
}

fn unknown(named: &str, names: &[String]) -> Problem {
    let remedy = match nearest(named, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \u{201c}{near}\u{201d}?"),
        None => format!("name one of: {}", names.join(", ")),
    };
    Problem::new(
        "unknown-positive",
        format!("the target never is \u{201c}{named}\u{201d}"),
        remedy,
    )
}
