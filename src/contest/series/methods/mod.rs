//! Ways to forecast: each a function of the past, none of which can see further.

pub(super) mod ets;
pub(super) mod intermittent;
pub(super) mod lags;
pub(super) mod lookup;
pub(super) mod smoothing;
pub(super) mod theta;
pub(super) mod trees;
pub(super) mod trend;
