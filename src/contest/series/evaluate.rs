//! Every contender forecasts every series from every origin.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::contender::{Contender, LAST_VALUE, Method, NAIVE_2};
use super::frequency::Frequency;
use super::input::Series;
use super::measure::{Loss, Scale};
use super::past::{Ahead, Filled, Past};
use super::plan::Plan;
use crate::contest::control::{Control, Progress, Standing};
use crate::contest::task::MetricName;
use crate::problem::Problem;

/// Series whose forecasts are kept for figures.
pub(super) const SHOWN: usize = 3;

/// Series that are evaluated between two reports of progress.
const CHUNK: usize = 64;

/// What one contender did on one series.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    /// One loss an origin; none where nothing is known of the window.
    pub(super) losses: Vec<Option<Loss>>,
    /// Sum of absolute and of squared errors and number of errors by step
    /// ahead, over the origins that are compared.
    pub(super) steps: Vec<(f64, f64, f64)>,
    /// The forecasts, for series that are shown.
    pub(super) forecasts: Vec<Vec<f64>>,
    /// Whether it had no forecast at some origin.
    pub(super) failed: bool,
}

/// Everything that is evaluated together.
#[derive(Clone, Copy)]
pub(super) struct Arena<'a> {
    /// The series, all long enough for the plan.
    pub(super) series: &'a [Series],
    pub(super) frequency: Frequency,
    /// Columns known in advance.
    pub(super) regressors: &'a [usize],
    pub(super) contenders: &'a [Contender],
    pub(super) plan: &'a Plan,
}

/// All tracks.
#[derive(Clone, Debug)]
pub(super) struct Tracks {
    /// One a series.
    pub(super) scales: Vec<Scale>,
    /// By series, then by contender.
    pub(super) of: Vec<Vec<Track>>,
}

impl Arena<'_> {
    /// Forecasts everything. `scales` has one entry a series.
    ///
    /// # Errors
    /// The user stopped the work.
    pub(super) fn evaluate(
        &self,
        mut scales: Vec<Scale>,
        control: &Control<'_>,
    ) -> Result<Tracks, Problem> {
        let total = self.series.len() * self.contenders.len();
        let done = AtomicUsize::new(0);
        let board = Mutex::new(Board::new(self.contenders));
        let mut of = Vec::with_capacity(self.series.len());
        for chunk in (0..self.series.len()).step_by(CHUNK) {
            let end = (chunk + CHUNK).min(self.series.len());
            let tracks: Vec<Vec<Track>> = (chunk..end)
                .into_par_iter()
                .map(|index| {
                    self.one(index, control, &|contender, track| {
                        let finished = done.fetch_add(1, Ordering::Relaxed) + 1;
                        if self.series.len() < CHUNK || contender + 1 == self.contenders.len() {
                            control.report(Progress::Step {
                                done: finished,
                                total,
                                label: format!("forecasting: {}", self.contenders[contender].id),
                            });
                        }
                        if let Ok(mut board) = board.lock() {
                            board.add(contender, track, &scales[index], self.plan);
                            if self.series.len() < CHUNK {
                                control.report(Progress::Standings(board.standings()));
                            }
                        }
                    })
                })
                .collect::<Result<_, Problem>>()?;
            of.extend(tracks);
            if let Ok(board) = board.lock() {
                control.report(Progress::Standings(board.standings()));
            }
        }
        self.add_naive_2(&mut scales, &of);
        Ok(Tracks { scales, of })
    }

    /// One series.
    fn one(
        &self,
        index: usize,
        control: &Control<'_>,
        finished: &(dyn Fn(usize, &Track) + Sync),
    ) -> Result<Vec<Track>, Problem> {
        let series = &self.series[index];
        let filled = Filled::new(&series.values);
        let known: Vec<_> = self
            .plan
            .back
            .iter()
            .map(|back| filled.until(series.values.len() - back))
            .collect();
        let ahead = Ahead::new(series, self.frequency, self.regressors);
        let pasts: Vec<Past<'_>> = known
            .iter()
            .map(|values| Past::new(values, ahead))
            .collect();
        let forecasts: Vec<Option<Vec<Option<Vec<f64>>>>> = self
            .contenders
            .par_iter()
            .enumerate()
            .map(|(position, contender)| {
                let made = forecasts(contender, &pasts, self.plan.horizon, control)?;
                if let Some(made) = &made {
                    finished(position, &self.track(index, made));
                }
                Ok(made)
            })
            .collect::<Result<_, Problem>>()?;
        Ok(self
            .contenders
            .iter()
            .zip(&forecasts)
            .enumerate()
            .map(
                |(position, (contender, made))| match (made, contender.method) {
                    (Some(made), _) => self.track(index, made),
                    (None, Method::Median(ids)) => {
                        let parts: Vec<&Vec<Option<Vec<f64>>>> = ids
                            .iter()
                            .filter_map(|id| {
                                let part =
                                    self.contenders.iter().position(|other| other.id == *id)?;
                                forecasts[part].as_ref()
                            })
                            .collect();
                        let track = self.track(index, &medians(&parts, pasts.len()));
                        finished(position, &track);
                        track
                    }
                    (None, Method::Plain(_) | Method::Learning(_) | Method::External(_)) => {
                        Track::default()
                    }
                },
            )
            .collect())
    }

    fn track(&self, index: usize, made: &[Option<Vec<f64>>]) -> Track {
        let values = &self.series[index].values;
        let horizon = self.plan.horizon;
        let mut track = Track {
            steps: vec![(0.0, 0.0, 0.0); horizon],
            ..Track::default()
        };
        let compared = self.plan.compared_origins();
        for (origin, (back, forecast)) in self.plan.back.iter().zip(made).enumerate() {
            let start = values.len() - back;
            let actual = &values[start..start + horizon];
            let Some(forecast) = forecast else {
                track.failed |= actual.iter().any(|value| !value.is_nan());
                track.losses.push(None);
                if index < SHOWN {
                    track.forecasts.push(Vec::new());
                }
                continue;
            };
            track.losses.push(Loss::of(actual, forecast));
            if compared.contains(&origin) {
                for (step, (value, guess)) in
                    track.steps.iter_mut().zip(actual.iter().zip(forecast))
                {
                    if !value.is_nan() {
                        let error = (value - guess).abs();
                        *step = (step.0 + error, step.1 + error * error, step.2 + 1.0);
                    }
                }
            }
            if index < SHOWN {
                track.forecasts.push(forecast.clone());
            }
        }
        track
    }

    /// Naive2's mean losses over the compared origins; the last value's where it was not tried.
    fn add_naive_2(&self, scales: &mut [Scale], tracks: &[Vec<Track>]) {
        let reference = [NAIVE_2, LAST_VALUE].into_iter().find_map(|id| {
            self.contenders
                .iter()
                .position(|contender| contender.id == id)
        });
        let Some(reference) = reference else { return };
        for (scale, tracks) in scales.iter_mut().zip(tracks) {
            let losses: Vec<&Loss> = tracks[reference].losses[self.plan.compared_origins()]
                .iter()
                .flatten()
                .collect();
            let n = losses.len() as f64;
            let symmetric: f64 = losses.iter().map(|loss| loss.symmetric).sum();
            let scaled: f64 = losses.iter().map(|loss| loss.absolute).sum();
            scale.naive_2 = (symmetric / n, scaled / n / scale.absolute);
        }
    }
}

/// The forecasts of one contender at every origin; `None` for one that is made of others.
fn forecasts(
    contender: &Contender,
    pasts: &[Past<'_>],
    horizon: usize,
    control: &Control<'_>,
) -> Result<Option<Vec<Option<Vec<f64>>>>, Problem> {
    let mut made = Vec::with_capacity(pasts.len());
    let mut session = match contender.method {
        Method::Learning(start) => Some(start()),
        Method::Plain(_) | Method::External(_) => None,
        Method::Median(_) => return Ok(None),
    };
    for past in pasts {
        control.check()?;
        let forecast = match (contender.method, &mut session) {
            (Method::Plain(forecast), _) => Some(forecast(past, horizon)),
            (_, Some(session)) => session.forecast(past, horizon),
            (Method::External(column), None) => (0..horizon)
                .map(|step| past.external(column, past.values().len() + step))
                .collect(),
            (Method::Learning(_) | Method::Median(_), None) => None,
        };
        made.push(forecast.filter(|values| values.iter().all(|value| value.is_finite())));
    }
    Ok(Some(made))
}

/// Step by step the median of forecasts, where all of them are there.
fn medians(parts: &[&Vec<Option<Vec<f64>>>], origins: usize) -> Vec<Option<Vec<f64>>> {
    (0..origins)
        .map(|origin| {
            let forecasts: Vec<&Vec<f64>> = parts
                .iter()
                .map(|part| part[origin].as_ref())
                .collect::<Option<_>>()?;
            let horizon = forecasts.first()?.len();
            Some(
                (0..horizon)
                    .map(|step| {
                        let mut values: Vec<f64> =
                            forecasts.iter().map(|forecast| forecast[step]).collect();
                        super::methods::lookup::median(&mut values)
                    })
                    .collect(),
            )
        })
        .collect()
}

/// The leaderboard while the work runs, by MASE.
struct Board {
    lines: Vec<(Standing, f64)>,
}

impl Board {
    fn new(contenders: &[Contender]) -> Self {
        Self {
            lines: contenders
                .iter()
                .map(|contender| {
                    let standing = Standing {
                        id: contender.id.clone(),
                        tier: contender.tier,
                        mean: 0.0,
                        folds: 0,
                    };
                    (standing, 0.0)
                })
                .collect(),
        }
    }

    fn add(&mut self, contender: usize, track: &Track, scale: &Scale, plan: &Plan) {
        let (standing, sum) = &mut self.lines[contender];
        for loss in track.losses[plan.compared_origins()].iter().flatten() {
            *sum += scale.value(MetricName::Mase, loss);
            standing.folds += 1;
        }
        standing.mean = *sum / standing.folds.max(1) as f64;
    }

    fn standings(&self) -> Vec<Standing> {
        self.lines
            .iter()
            .filter(|(standing, _)| standing.folds > 0)
            .map(|(standing, _)| standing.clone())
            .collect()
    }
}
