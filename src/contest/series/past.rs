//! All that a forecaster may know when it forecasts: the past up to one moment.
//!
//! A [`Past`] holds no value of the target after its last one, so that looking
//! ahead is not a mistake that a method could make. What is known of the
//! future (the calendar, external forecasts, columns known in advance) is
//! asked for by the step ahead.

use super::frequency::Frequency;
use super::input::Series;
use super::{calendar, season};

/// The past of a series at a moment.
#[derive(Clone, Debug)]
pub(super) struct Past<'a> {
    /// Every value so far, gaps filled; all finite.
    values: &'a [f64],
    /// The season, where the test of the M4 competition finds one.
    pub(super) season: Option<usize>,
    /// The period that "the same one last time" means: the season, else the
    /// one that the calendar suggests, else a cycle that was found.
    pub(super) period: Option<usize>,
    /// Known in advance.
    ahead: Ahead<'a>,
}

/// What is known of moments to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ahead<'a> {
    series: &'a Series,
    frequency: Frequency,
    regressors: &'a [usize],
}

impl<'a> Ahead<'a> {
    /// What is known beside the target of a series. `regressors` are positions
    /// in [`Series::beside`] of columns that are known in advance.
    pub(super) const fn new(
        series: &'a Series,
        frequency: Frequency,
        regressors: &'a [usize],
    ) -> Self {
        Self {
            series,
            frequency,
            regressors,
        }
    }
}

impl<'a> Past<'a> {
    /// The past whose values are these; the seasons are found from them alone.
    pub(super) fn new(values: &'a [f64], ahead: Ahead<'a>) -> Self {
        let candidates = ahead.frequency.periods();
        let tested = season::tested(values, &candidates);
        let usual = || candidates.iter().copied().find(|m| values.len() >= 2 * m);
        let period = tested.or_else(usual).or_else(|| season::cycle(values));
        Self {
            values,
            season: tested,
            period,
            ahead,
        }
    }

    /// Every value so far, oldest first; never empty, all finite.
    pub(super) fn values(&self) -> &'a [f64] {
        self.values
    }

    /// The last value.
    pub(super) fn last(&self) -> f64 {
        self.values.last().copied().unwrap_or(0.0)
    }

    /// The distance between points.
    pub(super) const fn frequency(&self) -> Frequency {
        self.ahead.frequency
    }

    /// Seconds since 1970 at a position, which may lie ahead.
    pub(super) fn moment(&self, position: usize) -> calendar::Moment {
        self.ahead
            .frequency
            .moment(self.ahead.series.start, position as i64)
    }

    /// The value of an external forecast, by its position in the request, at a position.
    pub(super) fn external(&self, column: usize, position: usize) -> Option<f64> {
        let value = *self.ahead.series.beside.get(column)?.get(position)?;
        value.is_finite().then_some(value)
    }

    /// The columns that are known in advance, each at a position; NaN where it is not known.
    pub(super) fn regressors(&self, position: usize) -> impl Iterator<Item = f64> + '_ {
        self.ahead.regressors.iter().map(move |column| {
            self.ahead.series.beside[*column]
                .get(position)
                .copied()
                .unwrap_or(f64::NAN)
        })
    }
}

/// A series with its gaps filled as far as they are known to be gaps.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    values: Vec<f64>,
    /// For each position the number of gaps that end there.
    open: Vec<usize>,
}

impl Filled {
    /// Interior gaps on the line between their neighbours.
    pub(super) fn new(values: &[f64]) -> Self {
        let mut filled = values.to_vec();
        let mut open = vec![0; values.len()];
        let mut last_known: Option<usize> = None;
        for position in 0..values.len() {
            if values[position].is_nan() {
                open[position] = last_known.map_or(0, |known| position - known);
                continue;
            }
            if let Some(known) = last_known {
                let span = (position - known) as f64;
                let (from, to) = (filled[known], values[position]);
                for (step, value) in filled[known + 1..position].iter_mut().enumerate() {
                    *value = from + (to - from) * (step + 1) as f64 / span;
                }
            }
            last_known = Some(position);
        }
        Self {
            values: filled,
            open,
        }
    }

    /// The first `length` values, as they could be filled at that time: a gap
    /// at the end repeats the value before it, since the next is not yet known.
    pub(super) fn until(&self, length: usize) -> std::borrow::Cow<'_, [f64]> {
        let length = length.min(self.values.len());
        let known = &self.values[..length];
        let open = length.checked_sub(1).map_or(0, |last| self.open[last]);
        if open == 0 || open >= length {
            return std::borrow::Cow::Borrowed(known);
        }
        let mut own = known.to_vec();
        let carried = own[length - 1 - open];
        own[length - open..].fill(carried);
        std::borrow::Cow::Owned(own)
    }

    /// All values.
    pub(super) fn all(&self) -> &[f64] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_filled_by_what_was_known_then() {
        let filled = Filled::new(&[1.0, f64::NAN, f64::NAN, 4.0, 5.0]);
        assert_eq!(filled.all(), [1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(&*filled.until(2), [1.0, 1.0]);
        assert_eq!(&*filled.until(3), [1.0, 1.0, 1.0]);
        assert_eq!(&*filled.until(4), [1.0, 2.0, 3.0, 4.0]);
    }
}
