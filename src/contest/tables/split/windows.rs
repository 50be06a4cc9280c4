//! Splits by time: earlier rows train, later rows test, and a moment is never on both sides.

use super::{Fold, Keys};

/// The share of rows before the first test window.
const HEAD_START: f64 = 1.0 / 3.0;

/// Test windows one after the other, each with all rows before it (less a gap
/// of so many distinct moments) for training: an expanding window. Fewer
/// windows come back where moments are too few.
pub(super) fn windows(keys: &Keys<'_>, count: usize, gap: usize) -> Vec<Fold> {
    let Some(time) = keys.time else {
        return Vec::new();
    };
    let all: Vec<u32> = (0..keys.rows as u32).collect();
    let (order, starts) = by_moment(&all, time);
    let head = HEAD_START * order.len() as f64;
    let bounds: Vec<usize> = (0..=count)
        .map(|window| {
            let wanted = head + (order.len() as f64 - head) * window as f64 / count as f64;
            // the first moment that begins at or after the wanted place
            let place = starts.partition_point(|start| (*start as f64) < wanted - 0.5);
            starts.get(place).copied().unwrap_or(order.len())
        })
        .collect();
    bounds
        .windows(2)
        .filter(|bounds| bounds[0] < bounds[1])
        .map(|bounds| {
            let moment = starts.partition_point(|start| *start < bounds[0]);
            let end = starts[moment.saturating_sub(gap)];
            Fold {
                train: ascending(&order[..end]),
                tests: vec![ascending(&order[bounds[0]..bounds[1]])],
            }
        })
        .collect()
}

/// The latest third of the rows as test, the earlier ones as training; none
/// where that leaves one side empty.
pub(super) fn latest_third(rows: &[u32], keys: &Keys<'_>) -> Option<Fold> {
    let (order, starts) = by_moment(rows, keys.time?);
    let wanted = order.len() - order.len() / 3;
    let place = starts.partition_point(|start| *start < wanted);
    let cut = match starts.get(place) {
        Some(cut) => *cut,
        None => *starts.last()?,
    };
    (cut > 0 && cut < order.len()).then(|| Fold {
        train: ascending(&order[..cut]),
        tests: vec![ascending(&order[cut..])],
    })
}

/// Rows in order of time, and the positions in that order at which a new moment begins.
fn by_moment(rows: &[u32], time: &[i64]) -> (Vec<u32>, Vec<usize>) {
    let mut order = rows.to_vec();
    order.sort_by_key(|row| time[*row as usize]);
    let starts = (0..order.len())
        .filter(|place| {
            *place == 0 || time[order[*place] as usize] != time[order[*place - 1] as usize]
        })
        .collect();
    (order, starts)
}

fn ascending(rows: &[u32]) -> Vec<u32> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows
}
