//! Intervals drawn in characters, all on one scale.

/// A scale from worse on the left to better on the right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    worst: f64,
    best: f64,
    columns: usize,
}

impl Scale {
    /// The scale that holds all of these values; none if there are none.
    pub(super) fn over(
        values: impl Iterator<Item = f64>,
        higher_is_better: bool,
        columns: usize,
    ) -> Option<Self> {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            low = low.min(value);
            high = high.max(value);
        }
        if low > high {
            return None;
        }
        let (worst, best) = if higher_is_better {
            (low, high)
        } else {
            (high, low)
        };
        Some(Self {
            worst,
            best,
            columns: columns.max(3),
        })
    }

    /// The values at both ends.
    pub(super) fn ends(&self) -> (f64, f64) {
        (self.worst, self.best)
    }

    /// `  ├──●─┤  `, exactly as wide as the scale.
    pub(super) fn interval(&self, low: f64, mean: f64, high: f64) -> String {
        let (from, to) = (self.place(low), self.place(high));
        let (from, to) = (from.min(to), from.max(to));
        let middle = self.place(mean);
        (0..self.columns)
            .map(|column| {
                if column == middle {
                    '●'
                } else if column == from {
                    '├'
                } else if column == to {
                    '┤'
                } else if column > from && column < to {
                    '─'
                } else {
                    ' '
                }
            })
            .collect()
    }

    fn place(&self, value: f64) -> usize {
        let span = self.best - self.worst;
        let share = if span == 0.0 {
            0.5
        } else {
            ((value - self.worst) / span).clamp(0.0, 1.0)
        };
        (share * (self.columns - 1) as f64).round() as usize
    }
}

/// A score interval in 0..=1: `░░▓▓▓▒▒░░░`, sure up to the low end, possible up to the high one.
pub(super) fn score(low: f64, high: f64, columns: usize) -> String {
    let low = (low * columns as f64).round() as usize;
    let high = (high * columns as f64).round() as usize;
    (0..columns)
        .map(|column| match column {
            _ if column < low => '▓',
            _ if column < high => '▒',
            _ => '░',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_is_to_the_right_whatever_the_metric() {
        let scale = Scale::over([0.0, 10.0].into_iter(), true, 11).unwrap();
        assert_eq!(scale.interval(2.0, 4.0, 6.0), "  ├─●─┤    ");
        let scale = Scale::over([0.0, 10.0].into_iter(), false, 11).unwrap();
        assert_eq!(scale.interval(2.0, 4.0, 6.0), "    ├─●─┤  ");
        assert_eq!(scale.interval(10.0, 10.0, 10.0), "●          ");
    }

    #[test]
    fn scores_show_what_is_sure_and_what_is_possible() {
        assert_eq!(score(0.3, 0.6, 10), "▓▓▓▒▒▒░░░░");
        assert_eq!(score(0.0, 1.0, 4), "▒▒▒▒");
    }

    #[test]
    fn nothing_makes_no_scale_and_one_value_stands_in_the_middle() {
        assert!(Scale::over([f64::NAN].into_iter(), true, 9).is_none());
        let scale = Scale::over([1.0].into_iter(), true, 9).unwrap();
        assert_eq!(scale.interval(1.0, 1.0, 1.0), "    ●    ");
    }
}
