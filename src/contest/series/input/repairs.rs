//! What was repaired in the rows of all series together, and how it is said.

use crate::contest::series::frequency::Frequency;
use crate::data::Warning;

/// Counts over all series.
#[derive(Default)]
pub(super) struct Repairs {
    pub(super) duplicates: usize,
    pub(super) moved_clocks: usize,
    pub(super) gaps: usize,
    pub(super) of: usize,
    pub(super) series_with_gaps: usize,
    pub(super) future: usize,
    pub(super) emptied: usize,
    /// Series with too many gaps, and the row of the first gap in the first of them.
    pub(super) holed: usize,
    pub(super) first_hole: Option<usize>,
}

impl Repairs {
    /// Says all of it.
    pub(super) fn warn(&self, frequency: Frequency, warnings: &mut Vec<Warning>) {
        if self.duplicates > 0 {
            let clock = if self.moved_clocks > 0 {
                format!(
                    "; {} of them look like the hour that comes twice when clocks go back",
                    self.moved_clocks
                )
            } else {
                String::new()
            };
            warnings.push(warning(
                "repeated-moments",
                format!(
                    "{} rows have a moment that was there already; their mean was taken{clock}",
                    self.duplicates
                ),
                "check whether they are corrections, parts of a sum, or a series of their own",
            ));
        }
        if self.gaps > 0 {
            warnings.push(warning(
                "gaps",
                format!(
                    "{} of {} {}s have no value{}; in what a forecast learns from, a gap lies on \
                     the line between its neighbours (the last value, while the next is not yet \
                     known), and no forecast is judged there",
                    self.gaps,
                    self.of,
                    frequency.word(),
                    if self.series_with_gaps > 1 {
                        format!(" (in {} series)", self.series_with_gaps)
                    } else {
                        String::new()
                    },
                ),
                "fill them in if the true values can be had; zero, if nothing happened",
            ));
        }
        if self.future > 0 {
            warnings.push(warning(
                "rows-without-target",
                format!(
                    "{} rows after the last value have no target; they were taken for the future",
                    self.future
                ),
                "nothing, if that is what they are",
            ));
        }
        if self.holed > 0 {
            warnings.push(warning(
                "too-many-gaps",
                format!(
                    "{} series have no value for more than a third of their {}s and were left out",
                    self.holed,
                    frequency.word()
                ),
                "fill in their missing values (zero, if nothing happened), or begin where they \
                 are complete",
            ));
        }
        if self.emptied > 0 {
            warnings.push(warning(
                "empty-series",
                format!(
                    "{} series have no value at all and were left out",
                    self.emptied
                ),
                "remove them",
            ));
        }
    }
}

/// A warning about the time column or the series as a whole.
pub(in crate::contest::series) fn warning(code: &str, detail: String, remedy: &str) -> Warning {
    Warning {
        code: code.to_owned(),
        column: None,
        detail,
        remedy: remedy.to_owned(),
    }
}
