//! The verdict from answers, from a benchmark, and from both.
