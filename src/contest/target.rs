//! The column to predict, as contenders and metrics read it.

use super::predictions::Truth;

/// What is to be predicted, one value per row, none missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// One of several classes.
    Classes {
        /// Number of classes.
        classes: usize,
        /// The class of each row.
        values: Vec<u32>,
    },
    /// A number.
    Numbers(Vec<f64>),
}

impl Target {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Classes { values, .. } => values.len(),
            Self::Numbers(values) => values.len(),
        }
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same values as metrics read them.
    pub fn truth(&self) -> Truth<'_> {
        match self {
            Self::Classes { classes, values } => Truth::Classes {
                classes: *classes,
                values,
            },
            Self::Numbers(values) => Truth::Numbers(values),
        }
    }

    /// The values of some rows, in their order.
    #[must_use]
    pub fn of_rows(&self, rows: &[u32]) -> Self {
        match self {
            Self::Classes { classes, values } => Self::Classes {
                classes: *classes,
                values: rows.iter().map(|row| values[*row as usize]).collect(),
            },
            Self::Numbers(values) => {
                Self::Numbers(rows.iter().map(|row| values[*row as usize]).collect())
            }
        }
    }

    /// Number of classes and the class of each row, where it is one of classes.
    pub fn classes(&self) -> Option<(usize, &[u32])> {
        match self {
            Self::Classes { classes, values } => Some((*classes, values)),
            Self::Numbers(_) => None,
        }
    }
}
