//! Trees on binned columns: histograms of bytes instead of sorted numbers.

pub(super) mod chance;
