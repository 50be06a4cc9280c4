//! What reports draw of forecasts: the last origins, and the error by step ahead.

use super::contender::Contender;
use super::evaluate::{SHOWN, Tracks};
use super::frequency::Frequency;
use super::input::Series;
use super::past::Filled;
use super::plan::Plan;
use crate::contest::panels::{ForecastLine, ForecastPanel, HorizonErrors};
use crate::contest::task::MetricName;
use crate::digits;

/// Origins whose forecasts are drawn, and the most values drawn before them.
const ORIGINS: usize = 2;
const BEFORE: usize = 48;

/// Forecasts of these contenders from the last origins that do not overlap.
pub(super) fn forecasts(
    series: &[Series],
    frequency: Frequency,
    contenders: &[Contender],
    plan: &Plan,
    tracks: &Tracks,
    drawn: &[usize],
) -> Vec<ForecastPanel> {
    let origins: Vec<usize> = plan
        .compared_origins()
        .rev()
        .step_by(plan.overlap())
        .take(ORIGINS)
        .collect();
    let Some(earliest) = origins.last().copied() else {
        return Vec::new();
    };
    series
        .iter()
        .zip(&tracks.of)
        .take(SHOWN)
        .map(|(series, tracks)| {
            let length = series.values.len();
            let filled = Filled::new(&series.values);
            let first = (length - plan.back[earliest])
                .saturating_sub(BEFORE.max(2 * plan.horizon).min(200));
            let lines = drawn
                .iter()
                .flat_map(|contender| origins.iter().rev().map(move |origin| (contender, origin)))
                .filter_map(|(contender, origin)| {
                    let values = tracks[*contender].forecasts.get(*origin)?;
                    (!values.is_empty()).then(|| ForecastLine {
                        contender: contenders[*contender].id.clone(),
                        start: length - plan.back[*origin] - first,
                        values: values.iter().copied().map(digits::round).collect(),
                    })
                })
                .collect();
            ForecastPanel {
                series: series.name.clone(),
                times: (first..length)
                    .map(|step| frequency.label(frequency.moment(series.start, step as i64)))
                    .collect(),
                actual: filled.all()[first..]
                    .iter()
                    .copied()
                    .map(digits::round)
                    .collect(),
                lines,
            }
        })
        .collect()
}

/// Mean error by step ahead, in the metric's unit where it has one a step, else as MASE.
pub(super) fn by_step(
    contenders: &[Contender],
    tracks: &Tracks,
    metric: MetricName,
    drawn: &[usize],
) -> Vec<HorizonErrors> {
    let squared = matches!(metric, MetricName::Rmse | MetricName::Rmsse);
    let raw = matches!(
        metric,
        MetricName::Rmse | MetricName::Mae | MetricName::Pinball
    );
    drawn
        .iter()
        .map(|contender| {
            let steps = tracks
                .of
                .first()
                .map_or(0, |first| first[*contender].steps.len());
            let errors = (0..steps)
                .map(|step| {
                    let (mut sum, mut count) = (0.0, 0.0);
                    for (tracks, scale) in tracks.of.iter().zip(&tracks.scales) {
                        let (absolute, squares, known) = tracks[*contender].steps[step];
                        if known > 0.0 {
                            let error = match (squared, raw) {
                                (true, true) => (squares / known).sqrt(),
                                (true, false) => (squares / known).sqrt() / scale.step,
                                (false, true) => absolute / known,
                                (false, false) => absolute / known / scale.absolute,
                            };
                            sum += error;
                            count += 1.0;
                        }
                    }
                    let half = if metric == MetricName::Pinball {
                        0.5
                    } else {
                        1.0
                    };
                    digits::round(if count > 0.0 { half * sum / count } else { 0.0 })
                })
                .collect();
            HorizonErrors {
                contender: contenders[*contender].id.clone(),
                errors,
            }
        })
        .collect()
}
