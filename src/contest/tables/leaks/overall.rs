//! A model that is almost never wrong where no readable rule is.

use crate::contest::evidence::Tier;
use crate::contest::metric;
use crate::contest::task::MetricName;
use crate::data::Warning;

/// The largest share of the naive tier's error that is still suspicious.
const LEFT: f64 = 0.01;

/// `tiers` are tiers with their mean of the metric.
pub(in crate::contest::tables) fn too_good_overall(
    tiers: &[(Tier, f64)],
    metric: MetricName,
) -> Option<Warning> {
    let error = |mean: f64| {
        if metric.higher_is_better() {
            metric::range(metric).1 - mean
        } else {
            mean
        }
    };
    let of = |wanted: Tier| {
        tiers
            .iter()
            .find(|(tier, _)| *tier == wanted)
            .map(|(_, mean)| error(*mean))
    };
    let naive = of(Tier::Naive).filter(|error| error.is_finite() && *error > 0.0)?;
    let best = [Tier::MinimumViableModel, Tier::Headroom]
        .into_iter()
        .filter_map(of)
        .fold(f64::INFINITY, f64::min);
    let rule = of(Tier::Heuristic).unwrap_or(naive);
    if best > LEFT * naive || rule <= 3.0 * LEFT * naive {
        return None;
    }
    Some(Warning {
        code: "too-good-overall".to_owned(),
        column: None,
        detail: format!(
            "a model takes away {:.1} % of the naive error, and no readable rule comes near",
            100.0 * (1.0 - best / naive)
        ),
        remedy: "models that are almost never wrong mostly know something that is not known in \
                 time: go through the columns and ask when each value is written"
            .to_owned(),
    })
}
