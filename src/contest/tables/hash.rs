//! Chance that is a function of a seed and of what it is for: same input, same number, anywhere.

/// A number that looks random, from a seed and what the number is for
/// (`SplitMix64`'s finaliser over each word in turn; Steele, Lea & Flood 2014).
pub fn mix(words: &[u64]) -> u64 {
    let mut state = 0x9e37_79b9_7f4a_7c15;
    for word in words {
        state = finalise(state ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
    }
    finalise(state)
}

const fn finalise(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// The rows in an order that depends on seed and position alone.
pub fn shuffled(rows: &[u32], seed: u64) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = rows
        .iter()
        .map(|row| (mix(&[seed, u64::from(*row)]), *row))
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shuffling_keeps_every_row_and_follows_the_seed() {
        let rows: Vec<u32> = (0..1000).collect();
        let one = shuffled(&rows, 1);
        let mut sorted = one.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, rows);
        assert_eq!(one, shuffled(&rows, 1));
        assert_ne!(one, shuffled(&rows, 2));
        // about half of the first half comes from the first half
        let kept = one[..500].iter().filter(|row| **row < 500).count();
        assert!((200..300).contains(&kept), "{kept}");
    }
}
