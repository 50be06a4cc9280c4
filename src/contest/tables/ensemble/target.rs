//! What is to be told, and what rows of it sum up to.

/// What is to be told, by row.
#[derive(Clone, Copy, Debug)]
pub(in crate::contest::tables) enum Target<'a> {
    /// A number.
    Numbers(&'a [f64]),
    /// One of `classes` classes.
    Classes {
        /// Number of classes.
        classes: usize,
        /// One a row, below `classes`.
        values: &'a [u32],
    },
}

/// What the rows of a node sum up to.
pub(super) enum Total {
    /// Weight, weighted sum and weighted sum of squares.
    Numbers([f64; 3]),
    /// Weight by class.
    Classes(Vec<f64>),
}

impl Total {
    /// What perfect splits would gain.
    pub(super) fn spread(&self) -> f64 {
        match self {
            Self::Numbers([weight, sum, squares]) => squares - sum * sum / weight,
            Self::Classes(counts) => {
                let weight: f64 = counts.iter().sum();
                weight - counts.iter().map(|count| count * count).sum::<f64>() / weight
            }
        }
    }

    /// Whether leaves of so many rows can be made of it, and would differ.
    pub(super) fn can_be_split(&self, rows: f64) -> bool {
        let (weight, scale) = match self {
            Self::Numbers([weight, _, squares]) => (*weight, *squares),
            Self::Classes(counts) => {
                let weight = counts.iter().sum();
                (weight, weight)
            }
        };
        weight >= 2.0 * rows && self.spread() > 1e-12 * scale
    }

    /// Appends what a leaf answers: the mean, or one share a class.
    pub(super) fn answer(&self, values: &mut Vec<f64>) {
        match self {
            Self::Numbers([weight, sum, _]) => values.push(sum / weight.max(f64::MIN_POSITIVE)),
            Self::Classes(counts) => {
                let weight: f64 = counts.iter().sum::<f64>().max(f64::MIN_POSITIVE);
                values.extend(counts.iter().map(|count| count / weight));
            }
        }
    }
}
