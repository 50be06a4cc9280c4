//! Random choices, the same on every machine for the same seed.
//!
//! Written out here because libraries may change how they draw from one
//! version to the next.

use rand::Rng;
use rand_pcg::Pcg64;

/// A source of random numbers for one purpose (`stream`) under a seed.
pub(in crate::contest::tables) fn source(seed: u64, stream: u64) -> Pcg64 {
    Pcg64::new(u128::from(seed), u128::from(stream))
}

/// A number below `limit` (above 0), by multiplication of 32 random bits.
pub(in crate::contest::tables) fn below(source: &mut Pcg64, limit: u32) -> u32 {
    ((u64::from(source.next_u32()) * u64::from(limit)) >> 32) as u32
}

/// Shuffles in place (Fisher & Yates, in Durstenfeld's form).
pub(in crate::contest::tables) fn shuffle<T>(items: &mut [T], source: &mut Pcg64) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(source, last as u32 + 1) as usize);
    }
}

/// The positions of each class, shuffled.
fn shuffled_by_class(truth: &[u32], classes: usize, seed: u64) -> Vec<Vec<u32>> {
    let mut source = source(seed, 1);
    let mut by_class: Vec<Vec<u32>> = vec![Vec::new(); classes];
    for (row, class) in truth.iter().enumerate() {
        by_class[*class as usize].push(row as u32);
    }
    for rows in &mut by_class {
        shuffle(rows, &mut source);
    }
    by_class
}

/// Positions of `truth` in two parts, each ascending: the second holds that
/// share of every class, rounded, and never all of one.
pub(in crate::contest::tables) fn stratified_part(
    truth: &[u32],
    classes: usize,
    share: f64,
    seed: u64,
) -> (Vec<u32>, Vec<u32>) {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    for rows in shuffled_by_class(truth, classes, seed) {
        let count = (rows.len() as f64 * share).round() as usize;
        let count = count.min(rows.len().saturating_sub(1));
        second.extend_from_slice(&rows[..count]);
        first.extend_from_slice(&rows[count..]);
    }
    first.sort_unstable();
    second.sort_unstable();
    (first, second)
}

/// Positions of `truth` in so many parts of about the same size, each ascending
/// and with about its share of every class.
pub(in crate::contest::tables) fn stratified_parts(
    truth: &[u32],
    classes: usize,
    parts: usize,
    seed: u64,
) -> Vec<Vec<u32>> {
    let mut dealt = vec![Vec::new(); parts.max(1)];
    let mut next = 0;
    for row in shuffled_by_class(truth, classes, seed).concat() {
        dealt[next].push(row);
        next = (next + 1) % parts.max(1);
    }
    for part in &mut dealt {
        part.sort_unstable();
    }
    dealt
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffling_gives_the_same_order_everywhere() {
        let mut items: Vec<u32> = (0..10).collect();
        shuffle(&mut items, &mut source(7, 0));
        assert_eq!(items, [4, 3, 9, 6, 2, 1, 0, 8, 5, 7]);
    }

    #[test]
    fn stratified_parts_take_their_share_of_each_class() {
        let truth: Vec<u32> = (0..100).map(|row| u32::from(row % 10 == 0)).collect();
        let parts = stratified_parts(&truth, 2, 5, 3);
        for part in &parts {
            let rare = part.iter().filter(|row| truth[**row as usize] == 1).count();
            assert_eq!((part.len(), rare), (20, 2));
            assert!(part.is_sorted());
        }
        let mut all: Vec<u32> = parts.concat();
        all.sort_unstable();
        assert_eq!(all, (0..100).collect::<Vec<u32>>());
    }

    #[test]
    fn a_stratified_part_takes_its_share_of_each_class() {
        let truth: Vec<u32> = (0..100).map(|row| u32::from(row % 10 == 0)).collect();
        let (first, second) = stratified_part(&truth, 2, 0.2, 3);
        let rare = |rows: &[u32]| rows.iter().filter(|row| truth[**row as usize] == 1).count();
        assert_eq!((first.len(), second.len()), (80, 20));
        assert_eq!((rare(&first), rare(&second)), (8, 2));
    }
}
