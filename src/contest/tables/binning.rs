//! Values as at most [`MOST_BINS`] small numbers, so that every rule and tree reads bytes.
//!
//! Bins never see the target. Edges between bins of numbers lie between two
//! adjacent values at the shortest decimal number near their middle: "at most
//! 16.8" reads better than "at most 16.795000000000002" and parts the same rows.

use std::sync::Arc;

use super::features::{BinMeaning, Bins, FeatureValues, MISSING_BIN, MOST_BINS};
use crate::data::MISSING_CODE;

/// More values than this are sampled evenly before quantiles are taken.
const MOST_SORTED: usize = 262_144;

/// Bins of the values, with edges and levels read from all rows or from `rows` alone.
pub(super) fn bin(values: &FeatureValues, rows: Option<&[u32]>) -> Bins {
    match values {
        FeatureValues::Number(values) => bin_numbers(values, rows),
        FeatureValues::Category { codes, levels } => bin_codes(codes, levels.len(), rows),
        FeatureValues::Text { codes, .. } => Bins {
            of_row: Arc::new(vec![1; codes.len()]),
            count: 2,
            meaning: BinMeaning::Whole,
        },
    }
}

fn bin_numbers(values: &[f64], rows: Option<&[u32]>) -> Bins {
    let mut sorted = sample(values, rows);
    sorted.sort_unstable_by(f64::total_cmp);
    let edges = edges(&sorted);
    let of_row = values
        .iter()
        .map(|value| {
            if value.is_nan() {
                MISSING_BIN
            } else {
                1 + edges.partition_point(|edge| edge < value) as u8
            }
        })
        .collect();
    Bins {
        of_row: Arc::new(of_row),
        count: edges.len() + 2,
        meaning: BinMeaning::Edges(edges),
    }
}

/// The values that are not missing, evenly thinned out where there are very many.
fn sample(values: &[f64], rows: Option<&[u32]>) -> Vec<f64> {
    let total = rows.map_or(values.len(), <[u32]>::len);
    let step = total.div_ceil(MOST_SORTED).max(1);
    let kept = |value: &f64| !value.is_nan();
    match rows {
        None => values
            .iter()
            .step_by(step)
            .copied()
            .filter(|value| kept(value))
            .collect(),
        Some(rows) => rows
            .iter()
            .step_by(step)
            .filter_map(|row| values.get(*row as usize).copied())
            .filter(kept)
            .collect(),
    }
}

/// Edges between distinct values: all of them where they are few, else such
/// that the bins hold about equally many rows.
fn edges(sorted: &[f64]) -> Vec<f64> {
    let mut distinct: Vec<(f64, usize)> = Vec::new();
    for value in sorted {
        match distinct.last_mut() {
            // −0 and 0 are one value
            Some((last, count)) if *last == *value => *count += 1,
            Some(_) | None => distinct.push((*value, 1)),
        }
    }
    let mut edges = Vec::new();
    let mut remaining = sorted.len() as f64;
    let mut held = 0.0;
    for (position, pair) in distinct.windows(2).enumerate() {
        let [(value, count), (next, following)] = [pair[0], pair[1]];
        held += count as f64;
        let bins_left = (MOST_BINS - edges.len()) as f64;
        let few = distinct.len() - position <= MOST_BINS - edges.len();
        let full = held + following as f64 / 2.0 >= remaining / bins_left;
        if edges.len() + 1 < MOST_BINS && (few || full) {
            edges.push(between(value, next));
            remaining -= held;
            held = 0.0;
        }
    }
    edges
}

/// The shortest decimal number in the middle half between two numbers, `low` < `high`.
pub(super) fn between(low: f64, high: f64) -> f64 {
    let middle = low / 2.0 + high / 2.0;
    let quarter = (high - low) / 4.0;
    if !quarter.is_finite() || quarter <= 0.0 {
        return if middle < high { middle } else { low };
    }
    // the number of decimals at which steps become as small as the half
    let decimals = -libm::floor(libm::log10(quarter * 2.0)) as i32;
    for decimals in [decimals - 1, decimals, decimals + 1] {
        let rounded = round_to(middle, decimals);
        if (rounded - middle).abs() <= quarter && low < rounded && rounded < high {
            return rounded;
        }
    }
    if low < middle && middle < high {
        middle
    } else {
        low
    }
}

/// The number rounded to that many decimals (to tens, hundreds … where negative).
fn round_to(value: f64, decimals: i32) -> f64 {
    // powers up to 22 are exact in 64 bits, and so is one correctly rounded division
    if decimals.abs() > 22 {
        return f64::NAN;
    }
    let power = (0..decimals.abs()).fold(1.0_f64, |power, _| power * 10.0);
    if decimals >= 0 {
        (value * power).round() / power
    } else {
        (value / power).round() * power
    }
}

fn bin_codes(codes: &[u32], levels: usize, rows: Option<&[u32]>) -> Bins {
    let mut counts = vec![0_u32; levels];
    let mut count = |code: u32| {
        if let Some(count) = counts.get_mut(code as usize) {
            *count += 1;
        }
    };
    match rows {
        None => codes.iter().for_each(|code| count(*code)),
        Some(rows) => rows
            .iter()
            .filter_map(|row| codes.get(*row as usize))
            .for_each(|code| count(*code)),
    }
    let mut seen: Vec<u32> = (0..levels as u32)
        .filter(|code| counts[*code as usize] > 0)
        .collect();
    seen.sort_by_key(|code| (std::cmp::Reverse(counts[*code as usize]), *code));
    let other = seen.len() < levels || seen.len() > MOST_BINS;
    if other {
        seen.truncate(MOST_BINS - 1);
    }
    let last = (seen.len() + usize::from(other)) as u8;
    let mut bin_of = vec![last; levels];
    for (position, code) in seen.iter().enumerate() {
        bin_of[*code as usize] = 1 + position as u8;
    }
    let of_row = codes
        .iter()
        .map(|code| {
            if *code == MISSING_CODE {
                MISSING_BIN
            } else {
                bin_of.get(*code as usize).copied().unwrap_or(MISSING_BIN)
            }
        })
        .collect();
    Bins {
        of_row: Arc::new(of_row),
        count: usize::from(last) + 1,
        meaning: BinMeaning::Levels {
            levels: seen,
            other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn edges_are_short_numbers_between_the_values() {
        for (low, high, expected) in [
            (5.0, 6.0, 5.5),
            (0.0, 10.0, 5.0),
            (16.79, 16.8, 16.795),
            (1.0, 1000.0, 500.0),
            (-6.0, -5.0, -5.5),
            (0.1, 0.4, 0.3),
        ] {
            assert_eq!(between(low, high), expected, "{low} {high}");
        }
        assert_eq!(between(1.0, 1.0_f64.next_up()), 1.0);
    }

    #[test]
    fn few_distinct_numbers_get_a_bin_each() {
        let bins = bin(
            &FeatureValues::Number(vec![3.0, f64::NAN, 1.0, 2.0, 3.0]),
            None,
        );
        assert_eq!(*bins.of_row, [3, 0, 1, 2, 3]);
        assert_eq!(bins.meaning, BinMeaning::Edges(vec![1.5, 2.5]));
        assert_eq!(bins.count, 4);
    }

    #[test]
    fn many_numbers_fill_bins_evenly() {
        let values: Vec<f64> = (0..10_000).map(|row| f64::from(row * 7 % 10_007)).collect();
        let bins = bin(&FeatureValues::Number(values), None);
        assert_eq!(bins.count, MOST_BINS + 1);
        let mut held = vec![0; bins.count];
        bins.of_row
            .iter()
            .for_each(|bin| held[usize::from(*bin)] += 1);
        assert!(
            held[1..].iter().all(|rows| (20..=60).contains(rows)),
            "{held:?}"
        );
    }

    #[test]
    fn levels_come_by_frequency_and_rare_ones_together() {
        let mut codes: Vec<u32> = (0..300).collect();
        codes.extend([7, 7, 9, MISSING_CODE]);
        let levels = (0..300).map(|level| level.to_string()).collect();
        let bins = bin(&FeatureValues::Category { codes, levels }, None);
        let BinMeaning::Levels { levels, other } = &bins.meaning else {
            panic!("categories have levels");
        };
        assert_eq!(levels[..2], [7, 9]);
        assert!(*other && levels.len() == MOST_BINS - 1);
        assert_eq!(bins.of_row[299], 254);
        assert_eq!(bins.of_row[303], MISSING_BIN);
    }

    #[test]
    fn levels_unseen_in_the_given_rows_fall_to_other() {
        let values = FeatureValues::Category {
            codes: vec![0, 1, 2, 1],
            levels: vec!["a".into(), "b".into(), "c".into()],
        };
        let bins = bin(&values, Some(&[1, 3]));
        assert_eq!(*bins.of_row, [2, 1, 2, 1]);
        assert_eq!(bins.count, 3);
    }

    proptest! {
        #[test]
        fn a_bin_holds_what_its_edges_say(values in prop::collection::vec(
            prop_oneof![any::<f64>(), (-20..20_i8).prop_map(f64::from)], 0..600))
        {
            let values: Vec<f64> = values
                .into_iter()
                .map(|value| if value.is_finite() { value } else { f64::NAN })
                .collect();
            let bins = bin(&FeatureValues::Number(values.clone()), None);
            let BinMeaning::Edges(edges) = &bins.meaning else { panic!("numbers have edges") };
            prop_assert!(edges.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(edges.len() < MOST_BINS);
            for (value, bin) in values.iter().zip(bins.of_row.iter()) {
                let bin = usize::from(*bin);
                prop_assert!(bin < bins.count);
                prop_assert_eq!(bin == 0, value.is_nan());
                if bin > 1 { prop_assert!(*value > edges[bin - 2]) }
                if bin >= 1 && bin <= edges.len() { prop_assert!(*value <= edges[bin - 1]) }
            }
        }
    }
}
