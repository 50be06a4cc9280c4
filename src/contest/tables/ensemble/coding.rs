//! Rows as bytes: the shared bins of the features, merged for the training set at hand.

use crate::contest::tables::features::{BinMeaning, FeatureValues, Features, MISSING_BIN};

/// The most words of one text that get a column.
const MOST_WORDS: usize = 100;

/// A word has to occur in this many training rows.
const FEWEST_ROWS: usize = 5;

/// Where a byte column comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::contest::tables) enum Source {
    /// The bins of the feature in that position.
    Bins {
        /// Position of the feature.
        feature: usize,
        /// Whether its bins have no order.
        nominal: bool,
    },
    /// 2 where the text holds the word of that code, else 1.
    Word {
        /// Position of the feature.
        feature: usize,
        /// Code of the word.
        word: u32,
    },
}

impl Source {
    /// Position of the feature.
    pub(in crate::contest::tables) fn feature(self) -> usize {
        match self {
            Self::Bins { feature, .. } | Self::Word { feature, .. } => feature,
        }
    }

    /// Whether the bins have no order.
    pub(in crate::contest::tables) fn is_nominal(self) -> bool {
        match self {
            Self::Bins { nominal, .. } => nominal,
            Self::Word { .. } => false,
        }
    }
}

/// One byte column, learned from training rows.
#[derive(Clone, Debug)]
pub(in crate::contest::tables) struct Column {
    /// Where it comes from.
    pub(in crate::contest::tables) source: Source,
    /// The byte of each of the feature's bins; 0 is missing or unseen in training.
    pub(in crate::contest::tables) byte_of_bin: Vec<u8>,
    /// Bytes are below this.
    pub(in crate::contest::tables) count: usize,
}

/// How rows become bytes, learned from training rows (their features only).
#[derive(Clone, Debug)]
pub(in crate::contest::tables) struct Coding {
    /// The columns.
    pub(in crate::contest::tables) columns: Vec<Column>,
}

/// Rows as bytes, column by column.
#[derive(Clone, Debug)]
pub(in crate::contest::tables) struct Bytes {
    /// Rows.
    pub(in crate::contest::tables) rows: usize,
    /// One byte per row in each column.
    pub(in crate::contest::tables) columns: Vec<Vec<u8>>,
}

impl Coding {
    /// Columns that vary in the training rows, ordered ones in at most about
    /// `most_bins` bins of similar numbers of rows.
    pub(in crate::contest::tables) fn learn(
        features: &Features,
        rows: &[u32],
        most_bins: usize,
    ) -> Self {
        let mut columns = Vec::new();
        for (feature, column) in features.columns.iter().enumerate() {
            match (column.values.as_ref(), &column.bins.meaning) {
                (
                    FeatureValues::Text {
                        codes,
                        texts,
                        words,
                    },
                    _,
                ) => {
                    let mut counts = vec![0_usize; words.len()];
                    for row in rows {
                        for word in texts
                            .get(codes[*row as usize] as usize)
                            .into_iter()
                            .flatten()
                        {
                            counts[*word as usize] += 1;
                        }
                    }
                    let mut frequent: Vec<usize> = (0..words.len())
                        .filter(|word| counts[*word] >= FEWEST_ROWS && counts[*word] < rows.len())
                        .collect();
                    frequent.sort_by_key(|word| std::cmp::Reverse(counts[*word]));
                    frequent.truncate(MOST_WORDS);
                    frequent.sort_unstable();
                    columns.extend(frequent.into_iter().map(|word| Column {
                        source: Source::Word {
                            feature,
                            word: word as u32,
                        },
                        byte_of_bin: vec![0, 1, 2],
                        count: 3,
                    }));
                }
                (_, BinMeaning::Whole) => {}
                (_, BinMeaning::Edges(_)) => {
                    columns.extend(
                        merged(&column.bins.of_row, column.bins.count, rows, most_bins).map(
                            |(byte_of_bin, count)| Column {
                                source: Source::Bins {
                                    feature,
                                    nominal: false,
                                },
                                byte_of_bin,
                                count,
                            },
                        ),
                    );
                }
                (_, BinMeaning::Levels { .. }) => {
                    columns.extend(seen(&column.bins.of_row, column.bins.count, rows).map(
                        |(byte_of_bin, count)| Column {
                            source: Source::Bins {
                                feature,
                                nominal: true,
                            },
                            byte_of_bin,
                            count,
                        },
                    ));
                }
            }
        }
        Self { columns }
    }

    /// These rows as bytes.
    pub(in crate::contest::tables) fn encode(&self, features: &Features, rows: &[u32]) -> Bytes {
        let columns = self
            .columns
            .iter()
            .map(|column| {
                let Some(feature) = features.columns.get(column.source.feature()) else {
                    return vec![0; rows.len()];
                };
                match column.source {
                    Source::Bins { .. } => {
                        let mut table = [0; 256];
                        for (entry, byte) in table.iter_mut().zip(&column.byte_of_bin) {
                            *entry = *byte;
                        }
                        let bins = &feature.bins.of_row;
                        rows.iter()
                            .map(|row| table[bins[*row as usize] as usize])
                            .collect()
                    }
                    Source::Word { word, .. } => match feature.values.as_ref() {
                        FeatureValues::Text { codes, texts, .. } => rows
                            .iter()
                            .map(|row| {
                                let held = texts
                                    .get(codes[*row as usize] as usize)
                                    .is_some_and(|words| words.binary_search(&word).is_ok());
                                1 + u8::from(held)
                            })
                            .collect(),
                        FeatureValues::Number(_) | FeatureValues::Category { .. } => {
                            vec![0; rows.len()]
                        }
                    },
                }
            })
            .collect();
        Bytes {
            rows: rows.len(),
            columns,
        }
    }
}

fn counts(bins: &[u8], count: usize, rows: &[u32]) -> Vec<usize> {
    let mut counts = vec![0; count.max(1)];
    for row in rows {
        counts[bins[*row as usize] as usize] += 1;
    }
    counts
}

/// Neighbouring bins merged into about `most` with similar numbers of rows;
/// bins without rows join the next that has some. None if all rows are alike.
fn merged(bins: &[u8], count: usize, rows: &[u32], most: usize) -> Option<(Vec<u8>, usize)> {
    let counts = counts(bins, count, rows);
    let missing = counts[MISSING_BIN as usize];
    let known = rows.len() - missing;
    let occupied = counts[1..].iter().filter(|count| **count > 0).count();
    let enough = if occupied <= most {
        1
    } else {
        known.div_ceil(most)
    };
    let mut byte_of_bin = vec![0; counts.len()];
    let mut byte = 1;
    let mut held = 0;
    let mut left = known;
    for bin in 1..counts.len() {
        byte_of_bin[bin] = byte as u8;
        held += counts[bin];
        left -= counts[bin];
        if held >= enough && left > 0 {
            byte += 1;
            held = 0;
        }
    }
    let values = byte + usize::from(missing > 0 && known > 0) - usize::from(known == 0);
    (values > 1).then_some((byte_of_bin, byte + 1))
}

/// Bins that occur, renumbered; all others are as good as missing.
fn seen(bins: &[u8], count: usize, rows: &[u32]) -> Option<(Vec<u8>, usize)> {
    let counts = counts(bins, count, rows);
    let mut byte_of_bin = vec![0; counts.len()];
    let mut byte = 0;
    for bin in 1..counts.len() {
        if counts[bin] > 0 {
            byte += 1;
            byte_of_bin[bin] = byte as u8;
        }
    }
    let values = byte + usize::from(counts[MISSING_BIN as usize] > 0);
    (values > 1).then_some((byte_of_bin, byte + 1))
}
