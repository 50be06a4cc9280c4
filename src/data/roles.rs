//! The part each column plays in a contest.

use serde::{Deserialize, Serialize};

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
    /// How much the row counts.
    Weight,
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
            Self::Weight => "weight",
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
