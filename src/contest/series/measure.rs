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
    /// Root of its mean squared error.
    pub(super) root: f64,
    /// Naive2's mean sMAPE and mean MASE, for OWA.
    pub(super) naive_2: (f64, f64),
}

impl Scale {
    /// The divisors of MASE and RMSSE (Hyndman & Koehler 2006) from a training
    /// part; gaps are passed over. `None` where they would be zero.
    pub(super) fn of(training: &[f64], period: Option<usize>) -> Option<Self> {
        let lag = period.filter(|m| training.len() > 2 * m).unwrap_or(1);
        let (mut absolute, mut squared, mut count) = (0.0, 0.0, 0.0);
        for (later, earlier) in training.iter().skip(lag).zip(training) {
            let step = later - earlier;
            if !step.is_nan() {
                absolute += step.abs();
                squared += step * step;
                count += 1.0;
            }
        }
        (count > 0.0 && absolute > 0.0).then(|| Self {
            absolute: absolute / count,
            root: (squared / count).sqrt(),
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
            MetricName::Rmsse => loss.squared.sqrt() / self.root,
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
}
