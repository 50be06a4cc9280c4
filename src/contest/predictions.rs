//! What was true and what was predicted, in the forms that metrics read.

/// What was true, row by row.
#[derive(Clone, Copy, Debug)]
pub enum Truth<'a> {
    /// Class indices below `classes`.
    Classes {
        /// Number of classes.
        classes: usize,
        /// One class per row.
        values: &'a [u32],
    },
    /// Numbers.
    Numbers(&'a [f64]),
}

/// What was predicted, row by row.
#[derive(Clone, Debug, PartialEq)]
pub enum Predictions {
    /// For classes: probabilities and the decision made from them.
    Classes(ClassPredictions),
    /// For numbers.
    Numbers(Vec<f64>),
}

/// Probabilities and decisions for classes.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassPredictions {
    /// Number of classes.
    pub classes: usize,
    /// Row-major, rows × classes; each row sums to 1.
    pub probabilities: Vec<f64>,
    /// The class decided for, by a threshold that was chosen on training rows.
    pub decisions: Vec<u32>,
}
