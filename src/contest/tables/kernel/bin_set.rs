//! A set of the bins of one column.

/// Bins by number, 0 to 255.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct BinSet([u64; 4]);

impl BinSet {
    /// Bins of the range.
    pub fn of(bins: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::default();
        for bin in bins {
            set.insert(bin);
        }
        set
    }

    /// Bins from 0 to below `count`.
    pub fn below(count: usize) -> Self {
        Self(std::array::from_fn(|word| {
            match count.saturating_sub(word << 6) {
                full if full >= 64 => u64::MAX,
                some => (1 << some) - 1,
            }
        }))
    }

    /// Takes a bin out.
    pub fn remove(&mut self, bin: usize) {
        if let Some(word) = self.0.get_mut(bin >> 6) {
            *word &= !(1 << (bin & 63));
        }
    }

    /// Adds a bin; numbers above 255 are no bins.
    pub fn insert(&mut self, bin: usize) {
        if let Some(word) = self.0.get_mut(bin >> 6) {
            *word |= 1 << (bin & 63);
        }
    }

    /// Whether the bin is in the set.
    pub fn contains(&self, bin: u8) -> bool {
        let bin = usize::from(bin);
        self.0[bin >> 6] >> (bin & 63) & 1 == 1
    }

    /// Number of bins.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// The bins below `count` that are not in the set.
    #[must_use]
    pub fn complement(&self, count: usize) -> Self {
        Self::of((0..count.min(256)).filter(|bin| !self.contains(*bin as u8)))
    }

    /// The bins that are in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    /// The bins that are in one of both sets.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    /// Calls `of` with each bin, in rising order.
    pub fn each(&self, mut of: impl FnMut(u8)) {
        for (word, bits) in self.0.iter().enumerate() {
            let mut bits = *bits;
            while bits != 0 {
                of((word << 6) as u8 | bits.trailing_zeros() as u8);
                bits &= bits - 1;
            }
        }
    }

    /// The bins in rising order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(word, bits)| {
            let mut bits = *bits;
            std::iter::from_fn(move || {
                let bin = (bits != 0).then(|| word << 6 | bits.trailing_zeros() as usize);
                bits &= bits.wrapping_sub(1);
                bin
            })
        })
    }
}
