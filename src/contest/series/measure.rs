//! Losses of forecasts, relative to a series' own past.

use crate::contest::task::MetricName;

/// How wrong a forecast was, over the steps whose value is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Loss {
    /// Mean absolute error.
    pub(super) absolute: f64,
    /// Mean squared error.
    pub(super) squared: f64,
    /// Mean of 200·|e| ÷ (|y| + |forecast|), 0 where both are zero.
    pub(super) symmetric: f64,
}

impl Loss {
    /// `None` where no value of the window is known.
    pub(super) fn of(actual: &[f64], forecast: &[f64]) -> Option<Self> {
        let (mut absolute, mut squared, mut symmetric, mut known) = (0.0, 0.0, 0.0, 0.0);
        for (value, guess) in actual.iter().zip(forecast) {
            if value.is_nan() {
                continue;
            }
            let error = (value - guess).abs();
            known += 1.0;
            absolute += error;
            squared += error * error;
            if error > 0.0 {
                symmetric += 200.0 * error / (value.abs() + guess.abs());
            }
        }
        (known > 0.0).then(|| Self {
            absolute: absolute / known,
            squared: squared / known,
            symmetric: symmetric / known,
        })
    }
}

/// What losses of one series are divided by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scale {
    /// Mean absolute error of the (seasonal) naive forecast within the training part.
    pub(super) absolute: f64,
    /// Root of the mean squared step from one value of the training part to the next.
    pub(super) step: f64,
    /// Naive2's mean sMAPE and mean MASE, for OWA.
    pub(super) naive_2: (f64, f64),
}

impl Scale {
    /// The divisors from a training part; gaps are passed over. `None` where
    /// they would be zero.
    ///
    /// That of MASE (Hyndman & Koehler 2006) is the mean absolute step from one
    /// season to the next. That of RMSSE is always the step from one value to
    /// the next, counted from the first value that is not zero (*The M5
    /// Competition: Competitors' Guide*, 2020; before it nothing was on sale).
    /// All origins of a series share them, so that their losses have one unit.
    pub(super) fn of(training: &[f64], period: Option<usize>) -> Option<Self> {
        let lag = period.filter(|m| training.len() > 2 * m).unwrap_or(1);
        let absolute = mean_of_steps(training, lag, f64::abs)?;
        let begin = training.iter().position(|value| *value != 0.0)?;
        let squared = mean_of_steps(&training[begin..], 1, |step| step * step)
            .or_else(|| mean_of_steps(training, 1, |step| step * step))?;
        Some(Self {
            absolute,
            step: squared.sqrt(),
            naive_2: (f64::NAN, f64::NAN),
        })
    }

    /// The loss under a metric.
    pub(super) fn value(&self, metric: MetricName, loss: &Loss) -> f64 {
        let scaled = loss.absolute / self.absolute;
        match metric {
            MetricName::Mae => loss.absolute,
            MetricName::Pinball => 0.5 * loss.absolute,
            MetricName::Rmse => loss.squared.sqrt(),
            MetricName::Smape => loss.symmetric,
            MetricName::Rmsse => loss.squared.sqrt() / self.step,
            MetricName::Owa => 0.5 * (loss.symmetric / self.naive_2.0 + scaled / self.naive_2.1),
            MetricName::Mase
            | MetricName::Accuracy
            | MetricName::BalancedAccuracy
            | MetricName::LogLoss
            | MetricName::Brier
            | MetricName::RocAuc
            | MetricName::AveragePrecision
            | MetricName::F1
            | MetricName::Mcc
            | MetricName::PrecisionAtK
            | MetricName::ExpectedCost
            | MetricName::RSquared => scaled,
        }
    }
}

/// The mean of `weigh`ed steps between values `lag` apart; `None` where it would be zero.
fn mean_of_steps(values: &[f64], lag: usize, weigh: fn(f64) -> f64) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for (later, earlier) in values.iter().skip(lag).zip(values) {
        let step = later - earlier;
        if !step.is_nan() {
            sum += weigh(step);
            count += 1.0;
        }
    }
    (sum > 0.0).then(|| sum / count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn losses_are_those_of_the_definitions() {
        let loss = Loss::of(&[2.0, f64::NAN, 4.0], &[1.0, 9.0, 4.0]).unwrap();
        assert_eq!((loss.absolute, loss.squared), (0.5, 0.5));
        assert!((loss.symmetric - 200.0 / 3.0 / 2.0).abs() < 1e-12);
        assert_eq!(Loss::of(&[f64::NAN], &[1.0]), None);
        let scale = Scale::of(&[1.0, 3.0, 2.0, 6.0], None).unwrap();
        assert!((scale.absolute - 7.0 / 3.0).abs() < 1e-12);
        assert!((scale.value(MetricName::Mase, &loss) - 1.5 / 7.0).abs() < 1e-12);
        assert_eq!(Scale::of(&[5.0; 9], None), None);
        assert_eq!(Scale::of(&[1.0, 2.0, 1.0, 2.0, 1.0], Some(2)), None);
    }

    #[derive(serde::Deserialize)]
    struct Case {
        name: String,
        period: usize,
        training: Vec<f64>,
        actual: Vec<f64>,
        forecast: Vec<f64>,
        mase: f64,
        rmsse: f64,
        smape: f64,
    }

    /// `tests/fixtures/series/measures.py` says what utilsforecast makes of these.
    #[test]
    fn scaled_errors_are_those_of_utilsforecast() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/fixtures/series/measures.json"
        );
        let text = std::fs::read_to_string(path).unwrap();
        let cases: Vec<Case> = serde_json::from_str(&text).unwrap();
        for case in &cases {
            let period = (case.period > 1).then_some(case.period);
            let scale = Scale::of(&case.training, period).unwrap();
            let loss = Loss::of(&case.actual, &case.forecast).unwrap();
            for (metric, expected) in [
                (MetricName::Mase, case.mase),
                (MetricName::Rmsse, case.rmsse),
                (MetricName::Smape, case.smape),
            ] {
                let own = scale.value(metric, &loss);
                assert!(
                    (own - expected).abs() <= 1e-9 * expected.abs(),
                    "{metric:?} of {}: {own}, theirs {expected}",
                    case.name
                );
            }
        }
        assert!(cases.len() >= 4);
    }

    #[test]
    fn a_season_that_repeats_has_no_seasonal_divisor_but_steps() {
        // the steps are 1 and 1 after two leading zeros
        let scale = Scale::of(&[0.0, 0.0, 1.0, 2.0, 1.0], None).unwrap();
        assert_eq!((scale.absolute, scale.step), (0.75, 1.0));
        let late = Scale::of(&[0.0, 0.0, 0.0, 6.0], None).unwrap();
        assert!((late.step - 12.0_f64.sqrt()).abs() < 1e-12);
    }
}
