//! Who takes part in a contest, with which scores, and under which circumstances.

use crate::contest::evidence::Tier;
use crate::contest::margin::MarginRule;
use crate::problem::Problem;
use crate::vocabulary::Rung;

/// A contender with its scores on the folds that all entrants share.
#[derive(Clone, Debug, PartialEq)]
pub struct Entrant {
    /// Its competition.
    pub tier: Tier,
    /// What comparisons call it: the tier's id, or `external:COLUMN`.
    pub key: String,
    /// Id of the contender that represents the tier.
    pub contender: String,
    /// What kind of solution it would be.
    pub rung: Rung,
    /// The metric on each fold, repeat by repeat.
    pub scores: Vec<f64>,
    /// Whether it was fitted on fewer rows than the others.
    pub capped: bool,
}

/// Everything that the rule reads of a contest.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The contenders, in any order; those of equal standing in the order that is to count.
    pub entrants: Vec<Entrant>,
    /// Whether a larger score is better.
    pub higher_is_better: bool,
    /// The margin, fixed before comparing.
    pub margin: MarginRule,
    /// Folds in one repeat (windows, or series where the series is the unit).
    pub folds: usize,
    /// Repeats; every entrant has folds × repeats scores.
    pub repeats: usize,
    /// Test rows ÷ all rows of a fold; 0 where scores are independent.
    pub rho: f64,
    /// Rows that the contest was run on.
    pub rows: usize,
    /// What keeps the split from settling anything.
    pub doubt: Option<Doubt>,
}

/// Why scores of a split settle nothing, however clear they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// There are too few time windows.
    FewWindows,
    /// Rows whose order predicts the target were shuffled: what was tested
    /// lay between what was learned from, as nothing new will.
    ShuffledOrder,
}

/// A contender's place in the contest, without scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Its competition.
    pub tier: Tier,
    /// What comparisons call it.
    pub key: String,
    /// Id of the contender.
    pub contender: String,
    /// What kind of solution it would be.
    pub rung: Rung,
    /// Whether it was fitted on fewer rows than the others.
    pub capped: bool,
}

/// What more data would be more of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Rows of a table.
    Rows,
    /// Series next to those there are.
    Series,
    /// Points of the series there are, by the word for several of them ("months").
    Points(&'static str),
}

/// What limits or explains a recommendation besides the posteriors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances {
    /// What keeps the split from settling anything.
    pub doubt: Option<Doubt>,
    /// Rows (or series, or points) that the contest was run on, where more of
    /// them would shrink every spread with their square root; else how many
    /// are needed cannot be told.
    pub rows: Option<usize>,
    /// What `rows` counts.
    pub unit: Unit,
}

impl Unit {
    /// Several of them in a sentence.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::Series => "series",
            Self::Points(word) => word,
        }
    }

    /// What a contest was held on, in a few words.
    pub(super) const fn material(self) -> &'static str {
        match self {
            Self::Rows => "these columns",
            Self::Series => "these series",
            Self::Points(_) => "this past",
        }
    }

    /// What may help where more of the same does not.
    pub(super) const fn other_help(self) -> &'static str {
        match self {
            Self::Rows => "better columns",
            Self::Series | Self::Points(_) => "columns that are known in advance",
        }
    }

    /// The furthest that is extrapolated, as a multiple of what is at hand. Rows
    /// can be collected and series added; points have to be waited for, and a
    /// series that is waited for too long is another one by then.
    pub(super) const fn reach(self) -> usize {
        match self {
            Self::Rows => 100,
            Self::Series => 10,
            Self::Points(_) => 3,
        }
    }
}

impl Entrant {
    /// Its place, without the scores.
    pub(super) fn seat(&self) -> Seat {
        Seat {
            tier: self.tier,
            key: self.key.clone(),
            contender: self.contender.clone(),
            rung: self.rung,
            capped: self.capped,
        }
    }
}

impl Field {
    /// Whether every entrant has a score on every fold.
    pub(super) fn check(&self) -> Result<(), Problem> {
        let expected = self.folds * self.repeats;
        for entrant in &self.entrants {
            let finite = entrant.scores.iter().all(|score| score.is_finite());
            if entrant.scores.len() != expected || expected == 0 || !finite {
                return Err(Problem::new(
                    "scores-missing",
                    format!(
                        "{} has {} scores for {} folds in {} repeats, or one that is not a number",
                        entrant.contender,
                        entrant.scores.len(),
                        self.folds,
                        self.repeats
                    ),
                    "leave out the contender, or the folds on which a score is missing",
                ));
            }
        }
        Ok(())
    }
}
