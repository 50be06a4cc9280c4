//! A table of typed columns, and what a missing value looks like in each.

use serde::{Deserialize, Serialize};

use super::warning::Warning;

/// The code of a missing value in a column of categories.
pub const MISSING_CODE: u32 = u32::MAX;

/// The value of a missing moment in a column of dates.
pub const MISSING_DATE: i64 = i64::MIN;

/// Columns of equal length, as read from one file.
///
/// Made by hand (in tests), fields that don't matter come from
/// `..Table::default()`.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The columns in the order of the file; names are unique.
    pub columns: Vec<Column>,
    /// Number of data rows.
    pub rows: usize,
    /// Lowercase hexadecimal SHA-256 of the file's bytes.
    pub hash: String,
    /// The file as the user named it (`-` for standard input).
    pub source: String,
    /// What was noticed while reading: an old encoding, values that did not fit
    /// the rest of their column.
    pub notes: Vec<Warning>,
    /// Columns of numbers in which a cell says NaN, each by its position with
    /// the first such row. The value is missing, but unlike an empty cell it
    /// is what a failed computation leaves behind.
    pub undefined: Vec<(usize, usize)>,
}

/// One column: its name as it stood in the header, its values, and why they are typed so.
#[derive(Clone, Debug)]
pub struct Column {
    /// The header text as it stood (untrusted: clean before showing).
    pub name: String,
    /// What the values are.
    pub kind: Kind,
    /// Why they were taken for that, in a sentence.
    pub why: String,
    /// The values, one per row.
    pub values: Values,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A measured or counted number.
    Number,
    /// Two values that read as yes and no; stored as categories.
    Boolean,
    /// One of a set of names.
    Category,
    /// A moment or a day.
    Date,
    /// Free text; stored as categories whose levels are the texts.
    Text,
}

impl Kind {
    /// The kebab-case identifier, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Category => "category",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// Values by storage; the length of each vector is the table's number of rows.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers; NaN is missing and nothing else is not finite.
    Number(Vec<f64>),
    /// Codes into `levels`, or [`MISSING_CODE`]. Levels are distinct and in
    /// order of first appearance in the file.
    Category {
        /// One code per row.
        codes: Vec<u32>,
        /// The texts that the codes stand for (untrusted).
        levels: Vec<String>,
    },
    /// Seconds since 1970-01-01T00:00:00 (as written, without time zone), or [`MISSING_DATE`].
    Date(Vec<i64>),
}

impl Table {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The position of the column of that name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

impl Column {
    /// Number of missing values.
    pub fn missing(&self) -> usize {
        (0..self.len())
            .filter(|row| self.values.is_missing(*row))
            .count()
    }

    /// Number of values, missing ones included.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether the column has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Values {
    /// Number of values, missing ones included.
    pub fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Category { codes, .. } => codes.len(),
            Self::Date(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the value in that row is missing.
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Number(values) => values[row].is_nan(),
            Self::Category { codes, .. } => codes[row] == MISSING_CODE,
            Self::Date(values) => values[row] == MISSING_DATE,
        }
    }
}
