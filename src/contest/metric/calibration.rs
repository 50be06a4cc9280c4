//! Whether stated probabilities come true: reliability bins on test rows.

use crate::contest::intervals::wilson;
use crate::contest::panels::{Calibration, CalibrationBin};
use crate::digits;

/// Most bins drawn.
const BINS: usize = 10;

/// Rows that a bin should hold at least, so that its interval says something.
const ROWS_PER_BIN: usize = 20;

/// The reliability of one contender.
///
/// `stated` are probabilities of the positive class (of the decided class,
/// where there are more than two) on test rows and `happened` whether it came
/// true. Every row should appear once: rows that repeats have tested again are
/// no new evidence, and the intervals would come out too narrow.
///
/// Bins hold equally many rows as far as ties allow, since equal widths leave
/// most bins empty where events are rare (Nguyen & O'Connor 2015).
pub fn calibration(contender: &str, stated: &[f64], happened: &[bool]) -> Calibration {
    let mut rows: Vec<(f64, bool)> = stated
        .iter()
        .copied()
        .zip(happened.iter().copied())
        .filter(|(probability, _)| probability.is_finite())
        .collect();
    rows.sort_unstable_by(|left, right| left.0.total_cmp(&right.0).then(left.1.cmp(&right.1)));
    let bins: Vec<CalibrationBin> = equal_counts(&rows).into_iter().map(bin).collect();
    Calibration {
        contender: contender.to_owned(),
        says: sentence(&bins),
        bins,
    }
}

/// Mean distance between stated and observed over bins, weighed by rows: the
/// expected calibration error of Naeini, Cooper & Hauskrecht (2015). Chance
/// alone keeps it above zero in small bins.
pub fn expected_calibration_error(bins: &[CalibrationBin]) -> f64 {
    weighed(bins, |bin| (bin.stated - bin.observed).abs())
}

/// Runs of sorted rows of about equal length; equal probabilities stay together.
fn equal_counts(rows: &[(f64, bool)]) -> Vec<&[(f64, bool)]> {
    let bins = (rows.len() / ROWS_PER_BIN).clamp(1, BINS);
    let mut parts = Vec::with_capacity(bins);
    let mut start = 0;
    for part in 1..=bins {
        let mut end = (rows.len() * part / bins).max(start);
        while end > 0 && end < rows.len() && rows[end].0 - rows[end - 1].0 <= digits::TIE {
            end += 1;
        }
        if end > start {
            parts.push(&rows[start..end]);
            start = end;
        }
    }
    parts
}

fn bin(rows: &[(f64, bool)]) -> CalibrationBin {
    let count = rows.len() as f64;
    let came_true = rows.iter().filter(|(_, happened)| *happened).count();
    let (low, high) = wilson(came_true, rows.len());
    CalibrationBin {
        stated: digits::round(rows.iter().map(|(probability, _)| probability).sum::<f64>() / count),
        observed: digits::round(came_true as f64 / count),
        low: digits::round(low),
        high: digits::round(high),
        rows: rows.len(),
    }
}

/// The mean over rows of a value of their bin.
fn weighed(bins: &[CalibrationBin], value: impl Fn(&CalibrationBin) -> f64) -> f64 {
    let rows: usize = bins.iter().map(|bin| bin.rows).sum();
    if rows == 0 {
        return 0.0;
    }
    bins.iter()
        .map(|bin| bin.rows as f64 * value(bin))
        .sum::<f64>()
        / rows as f64
}

fn sentence(bins: &[CalibrationBin]) -> String {
    if bins.is_empty() {
        return "There are no stated probabilities to check.".to_owned();
    }
    let missed = bins
        .iter()
        .filter(|bin| bin.stated < bin.low || bin.stated > bin.high)
        .count();
    let points = 100.0 * expected_calibration_error(bins);
    // one bin in twenty misses its 95 % interval by chance
    if missed <= bins.len().div_ceil(20) {
        return format!(
            "Stated probabilities come true as far as these rows can tell (off by {points:.1} \
             points on average)."
        );
    }
    let bias = weighed(bins, |bin| bin.stated - bin.observed);
    let centre = weighed(bins, |bin| bin.stated);
    let stretch = weighed(bins, |bin| {
        (bin.stated - bin.observed) * (bin.stated - centre)
    });
    let how = if 100.0 * bias.abs() >= 0.5 * points {
        if bias > 0.0 { "too high" } else { "too low" }
    } else if stretch > 0.0 {
        "too extreme"
    } else {
        "too cautious"
    };
    format!(
        "Stated probabilities are {how}: off by {points:.1} points on average, beyond chance in \
         {missed} of {} bins. Use them to rank, not as odds, until they are recalibrated.",
        bins.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hundred rows at each of ten probabilities, coming true as `truth` says.
    fn of(truth: impl Fn(f64) -> f64) -> Calibration {
        let mut stated = Vec::new();
        let mut happened = Vec::new();
        for step in 0..10 {
            let probability = 0.05 + 0.1 * f64::from(step);
            for row in 0..100 {
                stated.push(probability);
                happened.push(f64::from(row) < (100.0 * truth(probability)).round());
            }
        }
        calibration("model", &stated, &happened)
    }

    #[test]
    fn probabilities_that_come_true_are_said_to() {
        let found = of(|p| p);
        assert_eq!(found.bins.len(), 10);
        assert!(expected_calibration_error(&found.bins) < 1e-9);
        assert!(found.says.contains("come true"), "{}", found.says);
    }

    #[test]
    fn the_kind_of_fault_is_named() {
        let check = |found: &Calibration, fault: &str| {
            assert!(found.says.contains(fault), "{fault}: {}", found.says);
        };
        check(&of(|p| p * 0.6), "too high");
        check(&of(|p| 1.0 - (1.0 - p) * 0.6), "too low");
        check(&of(|p| 0.5 + 0.5 * (p - 0.5)), "too extreme");
        check(
            &of(|p| (0.5 + 1.6 * (p - 0.5)).clamp(0.0, 1.0)),
            "too cautious",
        );
    }

    #[test]
    fn equal_probabilities_share_a_bin() {
        let found = calibration("naive", &[0.3; 500], &[false; 500]);
        assert_eq!(found.bins.len(), 1);
        assert_eq!(found.bins[0].rows, 500);
    }

    #[test]
    fn every_row_is_in_one_bin() {
        let stated: Vec<f64> = (0..137).map(|row| f64::from(row % 50) / 50.0).collect();
        let happened: Vec<bool> = (0..137).map(|row| row % 3 == 0).collect();
        let found = calibration("model", &stated, &happened);
        assert_eq!(found.bins.iter().map(|bin| bin.rows).sum::<usize>(), 137);
        for pair in found.bins.windows(2) {
            assert!(pair[0].stated < pair[1].stated);
        }
        assert!(calibration("none", &[], &[]).bins.is_empty());
    }
}
