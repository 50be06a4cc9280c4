//! Dealing rows or whole entities to folds, each class evenly.

use super::Keys;
use crate::contest::tables::hash::{mix, shuffled};

/// A fold for each row: the rows of each class, shuffled, are dealt to the folds in turn.
pub(super) fn deal_rows(rows: &[u32], keys: &Keys<'_>, folds: usize, seed: u64) -> Vec<u32> {
    let order = shuffled(rows, seed);
    let mut fold_of_position = vec![0; rows.len()];
    let place = |row: u32| rows.partition_point(|other| *other < row);
    match keys.classes {
        Some((classes, class_of)) => {
            let mut by_class: Vec<Vec<u32>> = vec![Vec::new(); classes];
            for row in order {
                by_class[class_of[row as usize] as usize].push(row);
            }
            // the deal goes on from class to class, so that folds differ by one row at most
            for (turn, row) in by_class.into_iter().flatten().enumerate() {
                fold_of_position[place(row)] = (turn % folds) as u32;
            }
        }
        None => {
            for (turn, row) in order.into_iter().enumerate() {
                fold_of_position[place(row)] = (turn % folds) as u32;
            }
        }
    }
    fold_of_position
}

/// A fold for each row, the same for all rows of an entity: entities, the
/// largest first and shuffled among equals, go where they least crowd their classes.
pub(super) fn deal_groups(rows: &[u32], keys: &Keys<'_>, folds: usize, seed: u64) -> Vec<u32> {
    let Some(group_of) = keys.group else {
        return deal_rows(rows, keys, folds, seed);
    };
    let groups = group_of.iter().max().map_or(0, |most| *most as usize + 1);
    let classes = keys.classes.map_or(1, |(classes, _)| classes);
    let class_of = |row: u32| keys.classes.map_or(0, |(_, of)| of[row as usize] as usize);
    let mut counts = vec![0.0; groups * classes];
    let mut totals = vec![0.0; classes];
    let mut size = vec![0usize; groups];
    for row in rows {
        let group = group_of[*row as usize] as usize;
        counts[group * classes + class_of(*row)] += 1.0;
        totals[class_of(*row)] += 1.0;
        size[group] += 1;
    }
    let mut order: Vec<usize> = (0..groups).filter(|group| size[*group] > 0).collect();
    order.sort_by_key(|group| (usize::MAX - size[*group], mix(&[seed, *group as u64])));
    let mut load = vec![0.0; folds * classes];
    let mut fold_of_group = vec![0u32; groups];
    for group in order {
        let own = &counts[group * classes..(group + 1) * classes];
        // growth of the sum over classes of (load ÷ total)²
        let crowding = |fold: usize| -> f64 {
            own.iter()
                .zip(&load[fold * classes..(fold + 1) * classes])
                .zip(&totals)
                .filter(|((own, _), _)| **own > 0.0)
                .map(|((own, load), total)| own * (2.0 * load + own) / (total * total))
                .sum()
        };
        let fold = (0..folds)
            .min_by(|left, right| crowding(*left).total_cmp(&crowding(*right)))
            .unwrap_or(0);
        fold_of_group[group] = fold as u32;
        for (class, own) in own.iter().enumerate() {
            load[fold * classes + class] += own;
        }
    }
    rows.iter()
        .map(|row| fold_of_group[group_of[*row as usize] as usize])
        .collect()
}
