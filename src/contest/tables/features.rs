//! What contenders may read of a table: feature columns, raw and binned, and never the target.

use std::sync::Arc;

/// The bin of a missing value.
pub const MISSING_BIN: u8 = 0;

/// The most bins of a column, the missing one not counted.
pub const MOST_BINS: usize = 254;

/// Every feature of a table.
#[derive(Clone, Debug)]
pub struct Features {
    /// Rows of the table.
    pub rows: usize,
    /// The features: the table's feature columns in their order, each date followed by its parts.
    pub columns: Vec<Feature>,
    /// The entity of each row, where there is a group column: codes below `groups`.
    pub group: Option<Arc<Vec<u32>>>,
    /// The moment of each row in seconds, where there is a time column.
    pub time: Option<Arc<Vec<i64>>>,
}

/// One feature.
#[derive(Clone, Debug)]
pub struct Feature {
    /// Header text of the column that it comes from (untrusted).
    pub column: String,
    /// Which part of that column it is.
    pub part: Part,
    /// The values, shared by all copies.
    pub values: Arc<FeatureValues>,
    /// The same values as small numbers.
    pub bins: Bins,
}

/// Which part of its column a feature is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The column itself.
    Whole,
    /// A date as days since 1970-01-01, with the time of day as a fraction.
    Day,
    /// Month of a date, 1 to 12.
    Month,
    /// Day of the week of a date, 1 (Monday) to 7.
    Weekday,
    /// Hour of a moment, 0 to 23.
    Hour,
    /// Length of a text in characters.
    Length,
}

/// Values of one feature, one per row.
#[derive(Clone, Debug)]
pub enum FeatureValues {
    /// Numbers; NaN is missing.
    Number(Vec<f64>),
    /// Codes into `levels`, or [`crate::data::MISSING_CODE`].
    Category {
        /// One code per row.
        codes: Vec<u32>,
        /// What the codes stand for (untrusted).
        levels: Vec<String>,
    },
    /// Free text, as the words of each distinct text.
    Text {
        /// One code per row into `texts`, or [`crate::data::MISSING_CODE`].
        codes: Vec<u32>,
        /// For each distinct text its words as codes into `words`, ascending and distinct.
        texts: Vec<Vec<u32>>,
        /// The words, lowercase (untrusted).
        words: Vec<String>,
    },
}

/// A feature in at most [`MOST_BINS`] bins, [`MISSING_BIN`] apart. Edges never see the target.
#[derive(Clone, Debug)]
pub struct Bins {
    /// One bin per row.
    pub of_row: Arc<Vec<u8>>,
    /// Bins, the missing one included: every value of `of_row` is below it.
    pub count: usize,
    /// What the bins hold.
    pub meaning: BinMeaning,
}

/// What the bins of a feature hold.
#[derive(Clone, Debug, PartialEq)]
pub enum BinMeaning {
    /// Bin k (from 1) holds numbers x with `edges[k-2] < x ≤ edges[k-1]`, the
    /// last everything above the last edge: there is one bin more than edges.
    Edges(Vec<f64>),
    /// Bin k (from 1) holds the level of code `levels[k-1]`; the last bin
    /// everything else where `other` is true.
    Levels {
        /// Codes by bin.
        levels: Vec<u32>,
        /// Whether the last bin holds all rarer levels.
        other: bool,
    },
    /// Not binned (texts): every row is in bin 1.
    Whole,
}

impl Feature {
    /// How the feature is called: the column, and the part where it is not the whole.
    pub fn name(&self) -> String {
        match self.part {
            Part::Whole | Part::Day => self.column.clone(),
            Part::Month => format!("month of {}", self.column),
            Part::Weekday => format!("weekday of {}", self.column),
            Part::Hour => format!("hour of {}", self.column),
            Part::Length => format!("length of {}", self.column),
        }
    }
}
