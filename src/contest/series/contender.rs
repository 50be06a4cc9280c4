//! What takes part in a contest of forecasts, simplest first.

use super::methods::{ets, intermittent, lags, lookup, theta, trees, trend};
use super::past::Past;
use crate::contest::evidence::Tier;
use crate::vocabulary::Rung;

/// The id of the contender that repeats the last value.
pub(super) const LAST_VALUE: &str = "last-value";

/// The id of Naive2, which OWA is relative to.
pub(super) const NAIVE_2: &str = "naive-2";

/// A share of zeros from which demand counts as intermittent.
pub(super) const INTERMITTENT: f64 = 0.3;

/// A contender before it has seen anything.
#[derive(Clone, Debug)]
pub(super) struct Contender {
    /// Stable kebab-case id.
    pub(super) id: String,
    /// Its competition.
    pub(super) tier: Tier,
    /// What kind of solution it would be.
    pub(super) rung: Rung,
    /// How it forecasts.
    pub(super) method: Method,
    /// What it needs to be worth trying.
    pub(super) needs: Needs,
    /// What it does, in a sentence, given all that is known.
    pub(super) says: fn(&Past<'_>) -> String,
}

/// How a contender forecasts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Method {
    /// The same way at every origin.
    Plain(fn(&Past<'_>, usize) -> Vec<f64>),
    /// With settings carried from one origin to the next, later one.
    Learning(fn() -> Box<dyn Session>),
    /// The forecasts of a column that came along, by its position in the request.
    External(usize),
    /// The median, step by step, of the contenders with these ids.
    Median(&'static [&'static str]),
}

/// A method that walks along one series, origin by origin in order of time.
pub(super) trait Session: Send {
    /// Forecasts the next values; `None` where it cannot.
    fn forecast(&mut self, past: &Past<'_>, horizon: usize) -> Option<Vec<f64>>;
}

/// What a contender needs to be worth trying.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    /// Nothing.
    Nothing,
    /// A period of the calendar, or a cycle.
    Period,
    /// A season that the test finds.
    Season,
    /// Many zeros and nothing below.
    Intermittent,
}

/// What is known of all series before any forecast is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// Whether any series has a period.
    pub(super) period: bool,
    /// Whether the test finds a season in any series.
    pub(super) season: bool,
    /// Whether demand is intermittent.
    pub(super) intermittent: bool,
}

impl Contender {
    /// Why it is not tried, in a sentence; none if it is.
    pub(super) fn inapplicable(&self, facts: Facts) -> Option<String> {
        let reason = match self.needs {
            Needs::Nothing => return None,
            Needs::Period if facts.period => return None,
            Needs::Season if facts.season => return None,
            Needs::Intermittent if facts.intermittent => return None,
            Needs::Period => "neither the calendar nor the values suggest a period",
            Needs::Season => "no season passes the autocorrelation test",
            Needs::Intermittent => "it is for series with many zeros and nothing below",
        };
        Some(reason.to_owned())
    }
}

/// Every built-in contender in order of tier, then of rung, simplest first.
#[expect(clippy::too_many_lines, reason = "one list, an entry a contender")]
pub(super) fn all() -> Vec<Contender> {
    use Needs::{Intermittent, Nothing, Period, Season};
    use Tier::{Headroom, Heuristic, MinimumViableModel, Naive};
    let plain = |id: &str, tier, rung, needs, forecast, says| Contender {
        id: id.to_owned(),
        tier,
        rung,
        method: Method::Plain(forecast),
        needs,
        says,
    };
    let learning = |id: &str, tier, start, says| Contender {
        id: id.to_owned(),
        tier,
        rung: match tier {
            Heuristic => Rung::Heuristic,
            Headroom => Rung::StrongerModel,
            Naive | MinimumViableModel | Tier::External => Rung::MinimumViableModel,
        },
        method: Method::Learning(start),
        needs: Nothing,
        says,
    };
    vec![
        plain(
            LAST_VALUE,
            Naive,
            Rung::Query,
            Nothing,
            lookup::last_value,
            lookup::says_last_value,
        ),
        plain(
            "mean",
            Naive,
            Rung::Query,
            Nothing,
            lookup::mean,
            lookup::says_mean,
        ),
        plain(
            "zero",
            Heuristic,
            Rung::Query,
            Intermittent,
            lookup::zero,
            lookup::says_zero,
        ),
        plain(
            "seasonal-naive",
            Heuristic,
            Rung::Query,
            Period,
            lookup::seasonal_naive,
            lookup::says_seasonal_naive,
        ),
        plain(
            "phase-mean",
            Heuristic,
            Rung::Query,
            Period,
            lookup::phase_mean,
            lookup::says_phase_mean,
        ),
        plain(
            "moving-median",
            Heuristic,
            Rung::Heuristic,
            Nothing,
            lookup::moving_median,
            lookup::says_moving_median,
        ),
        plain(
            "drift",
            Heuristic,
            Rung::Heuristic,
            Nothing,
            trend::drift,
            trend::says_drift,
        ),
        plain(
            "seasonal-growth",
            Heuristic,
            Rung::Heuristic,
            Period,
            trend::seasonal_growth,
            trend::says_seasonal_growth,
        ),
        plain(
            NAIVE_2,
            Heuristic,
            Rung::Heuristic,
            Season,
            trend::naive_2,
            trend::says_naive_2,
        ),
        plain(
            "theta",
            Heuristic,
            Rung::Heuristic,
            Nothing,
            theta::standard,
            theta::says_standard,
        ),
        plain(
            "optimised-theta",
            Heuristic,
            Rung::Heuristic,
            Nothing,
            theta::optimised,
            theta::says_optimised,
        ),
        plain(
            "croston",
            Heuristic,
            Rung::Heuristic,
            Intermittent,
            intermittent::croston,
            intermittent::says_croston,
        ),
        plain(
            "syntetos-boylan",
            Heuristic,
            Rung::Heuristic,
            Intermittent,
            intermittent::syntetos_boylan,
            intermittent::says_syntetos_boylan,
        ),
        plain(
            "teunter-syntetos-babai",
            Heuristic,
            Rung::Heuristic,
            Intermittent,
            intermittent::teunter_syntetos_babai,
            intermittent::says_teunter_syntetos_babai,
        ),
        learning(
            "exponential-smoothing",
            MinimumViableModel,
            ets::automatic,
            ets::says_automatic,
        ),
        learning(
            "damped-trend",
            MinimumViableModel,
            ets::damped,
            ets::says_damped,
        ),
        learning(
            "linear-on-lags",
            MinimumViableModel,
            lags::session,
            lags::says,
        ),
        Contender {
            id: "combination".to_owned(),
            tier: Headroom,
            rung: Rung::StrongerModel,
            method: Method::Median(&["optimised-theta", "exponential-smoothing", "linear-on-lags"]),
            needs: Nothing,
            says: |_| {
                "The median of optimised Theta, exponential smoothing and the regression on lags."
                    .to_owned()
            },
        },
        learning("boosted-trees", Headroom, trees::session, trees::says),
    ]
}
