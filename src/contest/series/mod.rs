//! The contest on series: is the last value good enough?
