//! What is believed of the true difference between two contenders.

use super::student_tail;

/// The posterior of a true difference, positive when the richer contender is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Posterior {
    /// All the probability at one value: the contenders differ by it on every fold.
    Point(f64),
    /// A Student t around the observed mean.
    Student {
        /// The observed mean difference.
        location: f64,
        /// How widely the t is spread.
        spread: Spread,
    },
}

/// Scale and degrees of freedom of a Student t.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Scale, positive.
    pub scale: f64,
    /// Degrees of freedom, positive.
    pub degrees: f64,
}

/// A posterior split at a margin: all that the decision rule knows of a comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairPosterior {
    /// Probability that the richer is better by more than the margin.
    pub p_better: f64,
    /// Probability that they differ by no more than the margin.
    pub p_same: f64,
    /// Probability that the richer is worse by more than the margin.
    pub p_worse: f64,
    /// Mean improvement of the richer over the simpler.
    pub difference: f64,
    /// The margin used.
    pub margin: f64,
    /// The spread of the difference, when it is a Student t: from it follows
    /// how many rows would settle what is open.
    pub spread: Option<Spread>,
}

impl Posterior {
    /// The mean of the posterior.
    pub const fn location(&self) -> f64 {
        match self {
            Self::Point(location) | Self::Student { location, .. } => *location,
        }
    }

    /// P(difference > value).
    pub fn above(&self, value: f64) -> f64 {
        match self {
            Self::Point(location) => f64::from(u8::from(*location > value)),
            Self::Student { location, spread } => {
                student_tail((value - location) / spread.scale, spread.degrees)
            }
        }
    }

    /// The three probabilities over a margin, which is zero or more.
    pub fn over(&self, margin: f64) -> PairPosterior {
        let (p_better, p_worse) = match self {
            Self::Point(location) => (
                f64::from(u8::from(*location > margin)),
                f64::from(u8::from(*location < -margin)),
            ),
            Self::Student { location, spread } => (
                student_tail((margin - location) / spread.scale, spread.degrees),
                student_tail((margin + location) / spread.scale, spread.degrees),
            ),
        };
        PairPosterior {
            p_better,
            p_same: (1.0 - p_better - p_worse).max(0.0),
            p_worse,
            difference: self.location(),
            margin,
            spread: match self {
                Self::Point(_) => None,
                Self::Student { spread, .. } => Some(*spread),
            },
        }
    }
}
