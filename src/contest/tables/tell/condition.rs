//! One condition: a feature is in a set of its bins.

use super::quoted;
use crate::contest::rule::{Binary, Expression};
use crate::contest::tables::features::{
    BinMeaning, Feature, FeatureValues, Features, MISSING_BIN, Part,
};
use crate::contest::tables::kernel::BinSet;

/// Levels named in a phrase before the rest are counted.
const MOST_NAMED: usize = 4;

/// A feature is in a set of its bins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Position of the feature.
    pub feature: usize,
    /// The bins that it may be in.
    pub bins: BinSet,
}

impl Condition {
    /// Whether it holds for every value and for missing ones, if there are any.
    pub fn always(&self, features: &Features) -> bool {
        let feature = &features.columns[self.feature];
        let known = (1..feature.bins.count).all(|bin| self.bins.contains(bin as u8));
        known && (self.bins.contains(MISSING_BIN) || !has_missing(feature))
    }

    /// Whether it holds for a row.
    pub fn holds(&self, features: &Features, row: u32) -> bool {
        let bins = &features.columns[self.feature].bins;
        self.bins.contains(bins.of_row[row as usize])
    }

    /// In words, such as "tenure is under 6 or missing".
    pub fn phrase(&self, features: &Features) -> String {
        let feature = &features.columns[self.feature];
        let missing = self.holds_missing(feature);
        let known = Known::of(&self.bins, feature);
        let name = feature.name();
        match (known, missing) {
            (Known::All, true) => format!("{name} is anything"),
            (Known::All, false) => format!("{name} is known"),
            (Known::None, true) => format!("{name} is missing"),
            (Known::None, false) => format!("{name} is nothing"),
            (Known::Runs(runs), _) => {
                let whole = whole_numbers(feature);
                let texts: Vec<String> = runs
                    .iter()
                    .map(|(low, high)| run_phrase(*low, *high, feature.part, whole))
                    .collect();
                phrase_of(&name, "is", &texts, missing)
            }
            (Known::Levels { named, inverted }, _) => {
                let verb = if inverted { "is not" } else { "is" };
                let texts = level_phrases(feature, &named);
                if inverted && (missing || !has_missing(feature)) {
                    // a missing value is not one of them either
                    phrase_of(&name, verb, &texts, false)
                } else if inverted {
                    format!("{} but known", phrase_of(&name, verb, &texts, false))
                } else {
                    phrase_of(&name, verb, &texts, missing)
                }
            }
        }
    }

    /// As an expression over the columns of the table, true in exactly those of
    /// its rows in which it holds; none where the bins say nothing.
    pub fn expression(&self, features: &Features) -> Option<Expression> {
        let feature = &features.columns[self.feature];
        let column = || Box::new(Expression::Column(feature.column.clone()));
        let value = value(feature);
        let is_missing = || Expression::IsNull(column());
        let missing = self.holds_missing(feature);
        let known = match Known::of(&self.bins, feature) {
            Known::All if missing => return Some(Expression::Boolean(true)),
            Known::All => return Some(Expression::Not(Box::new(is_missing()))),
            Known::None if missing => return Some(is_missing()),
            Known::None => return Some(Expression::Boolean(false)),
            Known::Runs(runs) => {
                let whole = whole_numbers(feature);
                let tests = runs
                    .iter()
                    .map(|(low, high)| run_expression(&value, *low, *high, feature.part, whole));
                join(Binary::Or, tests)?
            }
            Known::Levels {
                named,
                inverted: true,
            } => match self.all_levels(feature) {
                // what nobody has seen yet is none of them
                Some(levels) => level_expression(value, feature, &levels, false),
                None => level_expression(value, feature, &named, true),
            },
            Known::Levels { named, .. } => level_expression(value, feature, &named, false),
        };
        if missing {
            join(Binary::Or, [known, is_missing()].into_iter())
        } else {
            Some(known)
        }
    }
}

impl Condition {
    /// The codes of the levels that pass; none where all rarer ones pass as well.
    fn all_levels(&self, feature: &Feature) -> Option<Vec<u32>> {
        match &feature.bins.meaning {
            BinMeaning::Levels { levels, other } => {
                let has_other = *other && self.bins.contains((feature.bins.count - 1) as u8);
                let codes = levels.iter().enumerate();
                (!has_other).then(|| {
                    codes
                        .filter(|(position, _)| self.bins.contains((position + 1) as u8))
                        .map(|(_, code)| *code)
                        .collect()
                })
            }
            BinMeaning::Edges(_) | BinMeaning::Whole => None,
        }
    }

    /// Whether missing values pass and there are any: nobody wants to read "or
    /// missing" of a column that is always filled.
    fn holds_missing(&self, feature: &Feature) -> bool {
        self.bins.contains(MISSING_BIN) && has_missing(feature)
    }
}

/// Whether a value of the feature is missing in some row of the table.
fn has_missing(feature: &Feature) -> bool {
    feature.bins.of_row.contains(&MISSING_BIN)
}

/// The feature over the columns of the table; of a date the moment itself.
pub fn value(feature: &Feature) -> Expression {
    let column = Expression::Column(feature.column.clone());
    match feature.part {
        Part::Whole | Part::Day => column,
        Part::Month => Expression::Month(Box::new(column)),
        Part::Weekday => Expression::Weekday(Box::new(column)),
        Part::Hour => Expression::Hour(Box::new(column)),
        Part::Length => Expression::Length(Box::new(column)),
    }
}

/// Joins tests by one operator; none if there are none.
pub(super) fn join(
    operator: Binary,
    tests: impl Iterator<Item = Expression>,
) -> Option<Expression> {
    tests.reduce(|left, right| left.joined(operator, right))
}

/// What a set of bins says of values that are not missing.
enum Known {
    All,
    None,
    /// Stretches of numbers: over the first bound, at most the second.
    Runs(Vec<(Option<f64>, Option<f64>)>),
    /// Codes of levels; all others where `inverted`.
    Levels {
        named: Vec<u32>,
        inverted: bool,
    },
}

impl Known {
    fn of(bins: &BinSet, feature: &Feature) -> Self {
        let count = feature.bins.count;
        let inside: Vec<usize> = (1..count).filter(|bin| bins.contains(*bin as u8)).collect();
        if inside.is_empty() {
            return Self::None;
        }
        if inside.len() + 1 == count {
            return Self::All;
        }
        match &feature.bins.meaning {
            BinMeaning::Whole => Self::All,
            BinMeaning::Edges(edges) => Self::Runs(runs(&inside, edges)),
            BinMeaning::Levels { levels, other } => {
                let has_other = *other && bins.contains((count - 1) as u8);
                // the rarer levels can only be told as "none of the others"
                let inverted = has_other || (!*other && inside.len() * 2 > levels.len());
                let named = levels
                    .iter()
                    .enumerate()
                    .filter(|(position, _)| bins.contains((position + 1) as u8) != inverted)
                    .map(|(_, code)| *code)
                    .collect();
                Self::Levels { named, inverted }
            }
        }
    }
}

fn runs(inside: &[usize], edges: &[f64]) -> Vec<(Option<f64>, Option<f64>)> {
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for bin in inside {
        match stretches.last_mut() {
            Some((_, high)) if *high + 1 == *bin => *high = *bin,
            Some(_) | None => stretches.push((*bin, *bin)),
        }
    }
    stretches
        .into_iter()
        .map(|(low, high)| {
            let below = low.checked_sub(2).and_then(|edge| edges.get(edge).copied());
            (below, edges.get(high - 1).copied())
        })
        .collect()
}

/// Whether the column holds whole numbers (or whole days) only, so that "under 6" says more
/// plainly what "at most 5.5" means.
fn whole_numbers(feature: &Feature) -> bool {
    match feature.values.as_ref() {
        FeatureValues::Number(values) => values
            .iter()
            .all(|value| value.is_nan() || (value.fract() == 0.0 && value.abs() < 1e15)),
        FeatureValues::Category { .. } | FeatureValues::Text { .. } => false,
    }
}

fn run_phrase(low: Option<f64>, high: Option<f64>, part: Part, whole: bool) -> String {
    let first = |edge: f64| edge.floor() + 1.0;
    let show = |value: f64| match part {
        Part::Day => day(value),
        Part::Whole | Part::Month | Part::Weekday | Part::Hour | Part::Length => value.to_string(),
    };
    let is_day = part == Part::Day;
    match (low, high, whole) {
        (Some(low), Some(high), true) if first(low) == high.floor() => show(high.floor()),
        (Some(low), Some(high), true) => format!("{} to {}", show(first(low)), show(high.floor())),
        (Some(low), None, true) if is_day => format!("from {} on", show(first(low))),
        (Some(low), None, true) => format!("at least {}", show(first(low))),
        (None, Some(high), true) if is_day => format!("before {}", show(first(high))),
        (None, Some(high), true) => format!("under {}", show(first(high))),
        (Some(low), Some(high), false) if is_day => {
            format!("after {} and up to {}", show(low), show(high))
        }
        (Some(low), Some(high), false) => format!("over {} and at most {}", show(low), show(high)),
        (Some(low), None, false) if is_day => format!("after {}", show(low)),
        (Some(low), None, false) => format!("over {}", show(low)),
        (None, Some(high), false) if is_day => format!("up to {}", show(high)),
        (None, Some(high), false) => format!("at most {}", show(high)),
        (None, None, _) => "known".to_owned(),
    }
}

fn run_expression(
    value: &Expression,
    low: Option<f64>,
    high: Option<f64>,
    part: Part,
    whole: bool,
) -> Expression {
    let literal = |edge: f64| match part {
        Part::Day if whole => Expression::Moment((edge.floor() as i64 + 1) * 86_400),
        Part::Day => Expression::Moment(libm::floor(edge * 86_400.0) as i64),
        Part::Whole | Part::Month | Part::Weekday | Part::Hour | Part::Length if whole => {
            Expression::Number(edge.floor() + 1.0)
        }
        Part::Whole | Part::Month | Part::Weekday | Part::Hour | Part::Length => {
            Expression::Number(edge)
        }
    };
    let test = |operator: Binary, edge: f64| value.clone().joined(operator, literal(edge));
    let over = low.map(|edge| {
        test(
            if whole {
                Binary::GreaterOrEqual
            } else {
                Binary::Greater
            },
            edge,
        )
    });
    let up_to = high.map(|edge| {
        test(
            if whole {
                Binary::Less
            } else {
                Binary::LessOrEqual
            },
            edge,
        )
    });
    join(Binary::And, over.into_iter().chain(up_to)).unwrap_or(Expression::Boolean(true))
}

/// The day of an edge, and the time where the edge is within a day.
fn day(days: f64) -> String {
    let seconds = libm::floor(days * 86_400.0) as i64;
    let span = jiff::SignedDuration::from_secs(seconds);
    match jiff::civil::date(1970, 1, 1)
        .to_datetime(jiff::civil::Time::midnight())
        .checked_add(span)
    {
        Ok(moment) if moment.time() == jiff::civil::Time::midnight() => moment.date().to_string(),
        Ok(moment) => moment.to_string().replace('T', " "),
        Err(_) => format!("day {days}"),
    }
}

fn level_phrases(feature: &Feature, named: &[u32]) -> Vec<String> {
    let shown = if named.len() > MOST_NAMED + 1 {
        MOST_NAMED
    } else {
        named.len()
    };
    let mut texts: Vec<String> = named
        .iter()
        .take(shown)
        .map(|code| quoted(level(feature, *code)))
        .collect();
    if shown < named.len() {
        texts.push(format!("one of {} more", named.len() - shown));
    }
    texts
}

fn level_expression(
    value: Expression,
    feature: &Feature,
    named: &[u32],
    inverted: bool,
) -> Expression {
    let text = |code: &u32| Expression::Text(level(feature, *code).to_owned());
    match (named, inverted) {
        ([only], true) => value.joined(Binary::NotEqual, text(only)),
        ([only], false) => value.joined(Binary::Equal, text(only)),
        ([], true) => Expression::Not(Box::new(Expression::IsNull(Box::new(value)))),
        ([], false) => Expression::Boolean(false),
        (_, inverted) => {
            let list = Expression::In {
                value: Box::new(value),
                list: named.iter().map(text).collect(),
            };
            if inverted {
                Expression::Not(Box::new(list))
            } else {
                list
            }
        }
    }
}

/// The text of a level (untrusted).
fn level(feature: &Feature, code: u32) -> &str {
    match feature.values.as_ref() {
        FeatureValues::Category { levels, .. } => {
            levels.get(code as usize).map_or("", String::as_str)
        }
        FeatureValues::Number(_) | FeatureValues::Text { .. } => "",
    }
}

fn phrase_of(name: &str, verb: &str, texts: &[String], missing: bool) -> String {
    let mut texts = texts.to_vec();
    if missing {
        texts.push("missing".to_owned());
    }
    format!("{name} {verb} {}", texts.join(" or "))
}
