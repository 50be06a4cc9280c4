//! From which moments forecasts are made: rolling origins, counted from the end.
//!
//! One or a few series are judged over their origins: as many as a third of
//! the past leaves room for, at most [`MOST_ORIGINS`], spread evenly. Many
//! series are judged over series, at three origins each. Before the origins
//! that are compared come others, from which each tier first chooses what
//! represents it.

use super::frequency::Frequency;
use super::input::Series;
use crate::problem::Problem;

/// From so many series on, the series is the unit of comparison.
pub(super) const MANY_SERIES: usize = 10;

/// The most origins that are compared, and the most that come before them.
const MOST_ORIGINS: usize = 60;
const MOST_BEFORE: usize = 30;

/// The fewest values to learn from, and the fewest origins on either side.
const FEWEST_VALUES: usize = 8;
const FEWEST_ORIGINS: usize = 3;

/// Origins compared and origins before them, where there are many series, and
/// what remains when series are short.
const PANEL: [(usize, usize); 3] = [(3, 2), (2, 1), (1, 1)];

/// The share of series that a plan has to suit.
const SUITS: f64 = 0.9;

/// Where forecasts are made and which of them are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// Steps ahead.
    pub(super) horizon: usize,
    /// For each origin how many values come after it; oldest origin first.
    pub(super) back: Vec<usize>,
    /// How many of the last origins are compared.
    pub(super) compared: usize,
    /// Steps between origins.
    pub(super) step: usize,
    /// Whether the series is the unit of comparison, else the origin is.
    pub(super) by_series: bool,
    /// Fewest values of a series.
    pub(super) needed: usize,
}

impl Plan {
    /// Origins whose forecast windows overlap that of another: its own and the next ones.
    pub(super) fn overlap(&self) -> usize {
        self.horizon.div_ceil(self.step)
    }

    /// Whether more points, or series, would give more to compare: series
    /// always do, points until as many windows as are ever compared no longer
    /// overlap.
    pub(super) fn gains_by_more(&self) -> bool {
        self.by_series || self.compared < MOST_ORIGINS || self.overlap() > 1
    }

    /// Positions of the compared origins in `back`.
    pub(super) fn compared_origins(&self) -> std::ops::Range<usize> {
        self.back.len() - self.compared..self.back.len()
    }

    /// How many origins have shown all of their window at that origin.
    pub(super) fn seen_at(&self, origin: usize) -> usize {
        (origin + 1).saturating_sub(self.overlap())
    }

    /// The plan that these series allow. `period` is the season that the
    /// calendar suggests.
    ///
    /// # Errors
    /// Series that are too short for the horizon.
    pub(super) fn new(
        series: &[Series],
        horizon: usize,
        period: Option<usize>,
    ) -> Result<Self, Problem> {
        let mut lengths: Vec<usize> = series.iter().map(|series| series.values.len()).collect();
        lengths.sort_unstable();
        let found = if lengths.len() >= MANY_SERIES {
            Self::over_series(&lengths, horizon, period)
        } else {
            Self::over_origins(&lengths, horizon, period)
        };
        found.ok_or_else(|| too_short(&lengths, horizon))
    }

    fn over_series(lengths: &[usize], horizon: usize, period: Option<usize>) -> Option<Self> {
        let learn = [period.map_or(FEWEST_VALUES, |m| 2 * m + 2), FEWEST_VALUES];
        for (compared, before) in PANEL {
            for values in learn {
                let origins = compared + before;
                let needed = values.max(FEWEST_VALUES) + origins * horizon;
                let suited = lengths.iter().filter(|length| **length >= needed).count();
                if suited >= MANY_SERIES && suited as f64 >= SUITS * lengths.len() as f64 {
                    return Some(Self {
                        horizon,
                        back: (1..=origins).rev().map(|index| index * horizon).collect(),
                        compared,
                        step: horizon,
                        by_series: true,
                        needed,
                    });
                }
            }
        }
        None
    }

    fn over_origins(lengths: &[usize], horizon: usize, period: Option<usize>) -> Option<Self> {
        let shortest = *lengths.first()?;
        let learn = [3, 2].map(|times| period.map_or(0, |m| times * m));
        let enough = 10 + horizon + FEWEST_ORIGINS;
        let values = learn
            .into_iter()
            .map(|values| values.max(shortest / 4))
            .find(|values| values + horizon + 2 * enough <= shortest)
            .unwrap_or(FEWEST_VALUES)
            .max(FEWEST_VALUES);
        let room = shortest.checked_sub(horizon + values)? + 1;
        let mut step = (room / (MOST_ORIGINS + MOST_BEFORE)).max(1);
        while step > 1 && period.is_some_and(|period| common_divisor(step, period) > 1) {
            step -= 1;
        }
        let origins = (room - 1) / step + 1;
        let overlap = horizon.div_ceil(step);
        let before = (overlap + FEWEST_ORIGINS - 1).max(MOST_BEFORE.min(origins / 3));
        let compared = origins.checked_sub(before)?.min(MOST_ORIGINS);
        if compared < FEWEST_ORIGINS {
            return None;
        }
        let used = compared + before;
        Some(Self {
            horizon,
            back: (0..used)
                .rev()
                .map(|index| horizon + index * step)
                .collect(),
            compared,
            step,
            by_series: false,
            needed: values + horizon + (used - 1) * step,
        })
    }

    /// Why the origins are as they are, in a sentence or two.
    pub(super) fn why(&self, frequency: Frequency, series: usize) -> String {
        let word = frequency.word();
        let ahead = format!(
            "forecasts of the next {} {word}{}",
            self.horizon,
            if self.horizon == 1 { "" } else { "s" }
        );
        let before = self.back.len() - self.compared;
        if self.by_series {
            format!(
                "{ahead} from the last {} origins of each of {series} series, one horizon apart; \
                 the series is the unit of comparison, and {before} earlier origins of all series \
                 choose what represents a tier",
                self.compared
            )
        } else {
            let of = if series == 1 {
                String::new()
            } else {
                format!(", each the mean over {series} series")
            };
            let each = match self.step {
                1 => format!("one a {word}"),
                step => format!("one every {step} {word}s"),
            };
            format!(
                "{ahead} from {} origins, {each}{of}; everything is fitted anew at each origin, \
                 and {before} earlier origins choose what represents a tier",
                self.compared
            )
        }
    }
}

fn too_short(lengths: &[usize], horizon: usize) -> Problem {
    let needed = FEWEST_VALUES + 2 * horizon + 2 * FEWEST_ORIGINS - 2;
    let found = lengths.last().copied().unwrap_or(0);
    let longest = if lengths.len() == 1 {
        format!("found {found}")
    } else {
        format!(
            "found {} series, too few of them that long (the longest has {found})",
            lengths.len()
        )
    };
    Problem::new(
        "series-too-short",
        format!(
            "judging forecasts {horizon} steps ahead takes a series of at least {needed} points, {longest}"
        ),
        "forecast fewer steps ahead, or come back with more points",
    )
}

fn common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(length: usize) -> Series {
        Series {
            name: None,
            start: 0,
            values: vec![0.0; length],
            beside: Vec::new(),
        }
    }

    #[test]
    fn a_series_has_as_many_origins_as_it_allows() {
        for (length, horizon, period, compared, step) in [
            (144, 12, Some(12), 60, 1),
            (2284, 52, Some(52), 60, 17),
            (100, 1, None, 50, 1),
            (14, 1, None, 3, 1),
        ] {
            let plan = Plan::new(&[series(length)], horizon, period).unwrap();
            assert_eq!((plan.compared, plan.step), (compared, step), "{length}");
            assert!(length - plan.back[0] >= FEWEST_VALUES);
            assert_eq!(*plan.back.last().unwrap(), horizon);
            assert!(plan.seen_at(plan.compared_origins().start) >= FEWEST_ORIGINS);
        }
    }

    #[test]
    fn a_short_series_is_told_what_it_lacks() {
        let problem = Plan::new(&[series(13)], 1, None).unwrap_err();
        assert_eq!(problem.code, "series-too-short");
        assert!(problem.message.contains("at least 14 points, found 13"));
    }

    #[test]
    fn many_series_are_judged_over_series() {
        let many = vec![series(120); 12];
        let plan = Plan::new(&many, 12, Some(12)).unwrap();
        assert_eq!(plan.back, [60, 48, 36, 24, 12]);
        assert_eq!((plan.compared, plan.overlap()), (3, 1));
    }
}
