//! The part each column plays in a contest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::table::{Column, Kind, MISSING_CODE, MISSING_DATE, Table, Values};
use crate::problem::{Problem, nearest};

/// What a column is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// What is to be predicted.
    Target,
    /// What it may be predicted from.
    Feature,
    /// When the row happened.
    Time,
    /// The entity or series that the row belongs to.
    Group,
    /// Names the row and nothing else.
    Id,
    /// A prediction that came with the data (an external contender).
    Incumbent,
    /// A protected attribute: errors are compared between its values, it is no feature.
    Protected,
    /// Set aside.
    Ignored,
}

impl Role {
    /// The kebab-case identifier, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Target => "target",
            Self::Feature => "feature",
            Self::Time => "time",
            Self::Group => "group",
            Self::Id => "id",
            Self::Incumbent => "incumbent",
            Self::Protected => "protected",
            Self::Ignored => "ignored",
        }
    }
}

/// The role of one column and the reason for it, in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnRole {
    /// What it is used for.
    pub role: Role,
    /// Why, in a sentence (given by the user, or inferred from what).
    pub why: String,
}

/// What the user said about columns, by their names.
#[derive(Clone, Copy, Debug, Default)]
pub struct GivenRoles<'a> {
    /// What is to be predicted.
    pub target: &'a str,
    /// When the row happened.
    pub time: Option<&'a str>,
    /// The entity, or the series.
    pub group: Option<&'a str>,
    /// Columns to set aside.
    pub ignore: &'a [String],
    /// Protected attributes.
    pub protected: &'a [String],
    /// Prediction columns that came with the data.
    pub external: &'a [String],
}

/// Gives every column its role, in the order of the table's columns: what the
/// user said, else what the values say, each with its reason.
///
/// Inferred are ids (a different value in every row and a name or a form that
/// says so), groups (a name that says so and values that repeat), and columns
/// that say nothing; everything else is a feature. A date is a feature too
/// until the user says that it is *when* the row happened.
///
/// # Errors
/// A name that no column has, and a column with two roles.
pub fn assign_roles(table: &Table, given: &GivenRoles<'_>) -> Result<Vec<ColumnRole>, Problem> {
    let said = said(table, given)?;
    let has_group = said.iter().flatten().any(|role| *role == Role::Group);
    let mut roles: Vec<ColumnRole> = table
        .columns
        .iter()
        .zip(&said)
        .map(|(column, said)| match said {
            Some(role) => ColumnRole {
                role: *role,
                why: "as given".to_owned(),
            },
            None => infer(table, column, has_group),
        })
        .collect();
    keep_one_group(table, &mut roles, has_group);
    Ok(roles)
}

/// The roles that were given, each name looked up.
fn said(table: &Table, given: &GivenRoles<'_>) -> Result<Vec<Option<Role>>, Problem> {
    let mut roles: Vec<Option<Role>> = vec![None; table.columns.len()];
    let one = |name: Option<&str>, role| name.map(|name| (name.to_owned(), role));
    let each = |names: &[String], role: Role| -> Vec<(String, Role)> {
        names.iter().map(|name| (name.clone(), role)).collect()
    };
    let named = one(Some(given.target), Role::Target)
        .into_iter()
        .chain(one(given.time, Role::Time))
        .chain(one(given.group, Role::Group))
        .chain(each(given.external, Role::Incumbent))
        .chain(each(given.protected, Role::Protected))
        .chain(each(given.ignore, Role::Ignored));
    for (name, role) in named {
        let position = table
            .position(&name)
            .ok_or_else(|| unknown_column(table, &name, role))?;
        match roles[position] {
            Some(other) if other != role => {
                return Err(Problem::new(
                    "two-roles",
                    format!(
                        "\u{201c}{name}\u{201d} was given as {} and as {}",
                        other.id(),
                        role.id()
                    ),
                    "give each column one role",
                ));
            }
            Some(_) | None => roles[position] = Some(role),
        }
    }
    Ok(roles)
}

fn unknown_column(table: &Table, name: &str, role: Role) -> Problem {
    let names = || table.columns.iter().map(|column| column.name.as_str());
    Problem::new(
        "unknown-column",
        format!(
            "expected the name of a column {}, found \u{201c}{name}\u{201d}",
            asked(role)
        ),
        match nearest(name, names()) {
            Some(near) => format!("did you mean \u{201c}{near}\u{201d}?"),
            None => format!(
                "the columns are: {}",
                names().take(30).collect::<Vec<_>>().join(", ")
            ),
        },
    )
    .in_file(table.source.clone())
}

/// What a named column is asked for, with the option of the command line that names it.
const fn asked(role: Role) -> &'static str {
    match role {
        Role::Target | Role::Feature | Role::Id => "to predict (--target)",
        Role::Time => "that says when (--time)",
        Role::Group => "of the entity or series (--group)",
        Role::Incumbent => "of predictions that came with the data (--external)",
        Role::Protected => "of a protected attribute (--protected)",
        Role::Ignored => "to set aside (--ignore)",
    }
}

fn infer(table: &Table, column: &Column, has_group: bool) -> ColumnRole {
    let facts = Facts::of(column);
    let role = |role, why: &str| ColumnRole {
        role,
        why: why.to_owned(),
    };
    if facts.filled == 0 {
        return role(Role::Ignored, "there is no value in it");
    }
    if facts.distinct == 1 && facts.filled == table.rows {
        return role(Role::Ignored, "it has the same value in every row");
    }
    let named_like_id = named(
        &column.name,
        &[
            "id", "uuid", "guid", "key", "row", "index", "number", "no", "nr",
        ],
    );
    let all_differ =
        facts.distinct == facts.filled && facts.filled == table.rows && table.rows >= 20;
    if all_differ && facts.is_counter {
        return role(Role::Id, "it counts the rows");
    }
    if all_differ && named_like_id && facts.is_code {
        return role(
            Role::Id,
            "its name and a different value in every row say that it names the row",
        );
    }
    if all_differ && column.kind == Kind::Category && facts.has_digits {
        return role(Role::Id, "a different code in every row");
    }
    let named_like_entity =
        named(&column.name, ENTITIES) || (named_like_id && column.name.len() > 2);
    if !has_group
        && named_like_entity
        && facts.is_code
        && facts.filled == table.rows
        && facts.distinct >= 10
        && table.rows >= 2 * facts.distinct
        && facts.most_repeated * 4 <= table.rows
        && facts.fewest >= 2
    {
        return role(
            Role::Group,
            "its name says an entity, and every value stands in several rows: an entity must not \
             be in training and test rows at once",
        );
    }
    if column.kind == Kind::Date {
        return role(
            Role::Feature,
            "a date; give it as the time if rows happen one after the other and the future is predicted",
        );
    }
    role(Role::Feature, "may be known before the target")
}

/// Names of things that come back.
const ENTITIES: &[&str] = &[
    "customer",
    "client",
    "patient",
    "person",
    "user",
    "account",
    "household",
    "traveller",
    "traveler",
    "subject",
    "device",
    "machine",
    "vehicle",
    "store",
    "shop",
    "school",
    "company",
    "employee",
    "member",
    "student",
    "household",
    "entity",
    "group",
    "session",
    "panel",
];

/// Whether the last or first word of a column's name is one of these.
fn named(name: &str, words: &[&str]) -> bool {
    let lower = name.to_lowercase();
    let parts: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .collect();
    let is = |part: Option<&&str>| part.is_some_and(|part| words.contains(part));
    is(parts.last()) || (parts.len() == 1 && is(parts.first()))
}

/// Of several inferred groups the one with the most entities stays; the others are set aside.
fn keep_one_group(table: &Table, roles: &mut [ColumnRole], has_group: bool) {
    if has_group {
        return;
    }
    let groups: Vec<usize> = (0..roles.len())
        .filter(|position| roles[*position].role == Role::Group)
        .collect();
    let finest = groups.iter().copied().max_by_key(|position| {
        (
            Facts::of(&table.columns[*position]).distinct,
            usize::MAX - position,
        )
    });
    for position in groups {
        if Some(position) != finest {
            roles[position] = ColumnRole {
                role: Role::Ignored,
                why: "it names an entity, and another column names a finer one".to_owned(),
            };
        }
    }
}

/// What the values of a column look like.
struct Facts {
    filled: usize,
    distinct: usize,
    /// Rows of the most frequent value, and of the rarest.
    most_repeated: usize,
    fewest: usize,
    /// Whole numbers, each one more than the one before.
    is_counter: bool,
    /// Whole numbers or names: what ids are made of.
    is_code: bool,
    /// Whether every name holds a digit.
    has_digits: bool,
}

impl Facts {
    fn of(column: &Column) -> Self {
        let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
        let mut count = |key: u64| *counts.entry(key).or_insert(0) += 1;
        let (mut is_counter, mut is_code, mut has_digits) = (false, true, false);
        match &column.values {
            Values::Number(values) => {
                let filled = || values.iter().filter(|value| !value.is_nan());
                filled().for_each(|value| count(value.to_bits()));
                is_code = filled().all(|value| value.fract() == 0.0);
                is_counter = is_code && values.windows(2).all(|pair| pair[1] - pair[0] == 1.0);
            }
            Values::Category { codes, levels } => {
                codes
                    .iter()
                    .filter(|code| **code != MISSING_CODE)
                    .for_each(|code| count(u64::from(*code)));
                has_digits = levels
                    .iter()
                    .all(|level| level.chars().any(|c| c.is_ascii_digit()));
            }
            Values::Date(values) => {
                is_code = false;
                values
                    .iter()
                    .filter(|moment| **moment != MISSING_DATE)
                    .for_each(|moment| count(*moment as u64));
            }
        }
        Self {
            filled: counts.values().sum(),
            distinct: counts.len(),
            most_repeated: counts.values().copied().max().unwrap_or(0),
            fewest: counts.values().copied().min().unwrap_or(0),
            is_counter,
            is_code,
            has_digits,
        }
    }
}

#[cfg(test)]
#[path = "roles_tests.rs"]
mod tests;
