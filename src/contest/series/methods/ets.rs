//! Automatic exponential smoothing: every form is fitted, the corrected
//! information criterion of Akaike chooses (Hyndman & Khandakar 2008).
//!
//! Along one series the form is chosen anew when the past has grown by a
//! tenth; in between only the weights follow, from where they stood.

use super::smoothing::{Form, SETTINGS, Season, Settings};
use crate::contest::series::contender::Session;
use crate::contest::series::past::Past;
use crate::contest::series::season::Indices;
use crate::contest::series::simplex::minimise;

/// Older values than these do not matter to smoothing and are not read.
const MOST_VALUES: usize = 600;

/// The longest season that is smoothed; a longer one is taken out first, as
/// its many indices cannot be followed one by one.
const LONGEST_SEASON: usize = 24;

/// The past grows by this factor before the form is chosen again.
const CHOOSE_AGAIN: f64 = 1.1;

/// Evaluations of the likelihood when a form is fitted and when weights follow.
const SEARCH: usize = 260;
const FOLLOW: usize = 90;

/// A session of automatic exponential smoothing.
pub(in crate::contest::series) fn automatic() -> Box<dyn Session> {
    Box::new(Automatic { chosen: None })
}

/// A session of a damped trend on values without season.
pub(in crate::contest::series) fn damped() -> Box<dyn Session> {
    Box::new(Damped { settings: None })
}

/// In a sentence.
pub(in crate::contest::series) fn says_automatic(past: &Past<'_>) -> String {
    let prepared = Prepared::new(past, past.season);
    match prepared.choose() {
        Some(chosen) => {
            let form = chosen.form;
            let growth = match (form.trend, form.damped) {
                (false, _) => "",
                (true, false) => ", growth",
                (true, true) => ", fading growth",
            };
            let season = match form.season {
                Season::None if prepared.taken_out.is_some() => ", a season taken out before",
                Season::None => "",
                Season::Added => ", a season that is added",
                Season::Times => ", a season that multiplies",
            };
            format!(
                "Exponential smoothing of the form {}: a level (weight {:.2}){growth}{season}.",
                form.name(),
                chosen.settings[0],
            )
        }
        None => "Repeats the last value, as the past is too short or constant.".to_owned(),
    }
}

/// In a sentence.
pub(in crate::contest::series) fn says_damped(past: &Past<'_>) -> String {
    let season = past.season.map_or_else(String::new, |period| {
        format!(", after a season of {period} points was taken out")
    });
    format!("A smoothed level with growth that fades{season}.")
}

/// A fitted form.
#[derive(Clone, Copy, Debug)]
struct Chosen {
    form: Form,
    settings: Settings,
    at_length: usize,
    period: Option<usize>,
}

struct Automatic {
    chosen: Option<Chosen>,
}

impl Session for Automatic {
    fn forecast(&mut self, past: &Past<'_>, horizon: usize) -> Option<Vec<f64>> {
        let prepared = Prepared::new(past, past.season);
        let length = past.values().len();
        let stale = self.chosen.is_none_or(|chosen| {
            length as f64 >= CHOOSE_AGAIN * chosen.at_length as f64 || chosen.period != past.season
        });
        self.chosen = if stale {
            prepared.choose().map(|chosen| Chosen {
                at_length: length,
                period: past.season,
                ..chosen
            })
        } else {
            self.chosen.map(|chosen| prepared.follow(chosen))
        };
        Some(prepared.forecast(self.chosen, past, horizon))
    }
}

struct Damped {
    settings: Option<(Settings, usize)>,
}

impl Session for Damped {
    fn forecast(&mut self, past: &Past<'_>, horizon: usize) -> Option<Vec<f64>> {
        let prepared = Prepared::without_season(past);
        let form = Form {
            relative_errors: false,
            trend: true,
            damped: true,
            season: Season::None,
        };
        let length = past.values().len();
        let fitted = match self.settings {
            Some((settings, at)) if (length as f64) < CHOOSE_AGAIN * at as f64 => {
                prepared.search(form, Some(settings), FOLLOW)
            }
            _ => {
                let found = prepared.search(form, None, SEARCH);
                self.settings = found.map(|(chosen, _)| (chosen.settings, length));
                found
            }
        };
        Some(prepared.forecast(fitted.map(|(chosen, _)| chosen), past, horizon))
    }
}

/// The values that smoothing reads, with what is needed to start it.
struct Prepared<'a> {
    values: std::borrow::Cow<'a, [f64]>,
    /// Position of the first of them in the past.
    offset: usize,
    /// A season that was taken out of `values` and has to be put back.
    taken_out: Option<Indices>,
    /// A season for the forms: its first indices when added and when multiplied.
    added: Option<(Vec<f64>, Vec<f64>)>,
    times: Option<(Vec<f64>, Vec<f64>)>,
}

impl<'a> Prepared<'a> {
    fn new(past: &Past<'a>, season: Option<usize>) -> Self {
        match season {
            Some(period) if period > LONGEST_SEASON => Self::without_season(past),
            Some(period) => {
                let mut prepared = Self::plain(past);
                let values = &prepared.values;
                let part = |multiplicative: bool| {
                    let indices = Indices::of_kind(values, period, multiplicative)?;
                    let first: Vec<f64> = (0..period).map(|phase| indices.at(phase)).collect();
                    let usable = !multiplicative || first.iter().all(|index| *index >= 0.01);
                    usable.then(|| (indices.remove(values), first))
                };
                let positive = values.iter().all(|value| *value > 0.0);
                (prepared.added, prepared.times) =
                    (part(false), positive.then(|| part(true)).flatten());
                prepared
            }
            // the season may be there without the test seeing it
            None => match past.period {
                Some(period)
                    if period <= LONGEST_SEASON
                        && past.values().len() >= 3 * period
                        && past.frequency().periods().contains(&period) =>
                {
                    Self::new(past, Some(period))
                }
                _ => Self::plain(past),
            },
        }
    }

    fn plain(past: &Past<'a>) -> Self {
        let values = past.values();
        let offset = values.len().saturating_sub(MOST_VALUES);
        Self {
            values: values[offset..].into(),
            offset,
            taken_out: None,
            added: None,
            times: None,
        }
    }

    fn without_season(past: &Past<'a>) -> Self {
        let mut prepared = Self::plain(past);
        prepared.taken_out = past
            .season
            .and_then(|period| Indices::classical(past.values(), period));
        if let Some(indices) = &prepared.taken_out {
            let flat = indices.remove(past.values());
            prepared.values = flat[prepared.offset..].to_vec().into();
        }
        prepared
    }

    /// Fits every form and keeps the best by the criterion.
    fn choose(&self) -> Option<Chosen> {
        let values = &self.values;
        let positive = values.iter().all(|value| *value > 0.0);
        let mut best: Option<(Chosen, f64)> = None;
        for form in Form::all(positive, self.added.is_some()) {
            if form.season == Season::Times && self.times.is_none() {
                continue;
            }
            let Some((chosen, loss)) = self.search(form, None, SEARCH) else {
                continue;
            };
            let Some(criterion) = self.criterion(form, loss) else {
                continue;
            };
            if best.is_none_or(|(_, least)| criterion < least) {
                best = Some((chosen, criterion));
            }
        }
        best.map(|(chosen, _)| chosen)
    }

    /// The corrected information criterion; `None` where there are too few values for it.
    fn criterion(&self, form: Form, loss: f64) -> Option<f64> {
        let n = self.values.len() as f64;
        let period = self.added.as_ref().map_or(0, |(_, first)| first.len());
        let k = form.parameters(period);
        let left = n - k - 1.0;
        (left > 0.0).then(|| loss + 2.0 * k + 2.0 * k * (k + 1.0) / left)
    }

    fn follow(&self, chosen: Chosen) -> Chosen {
        self.search(chosen.form, Some(chosen.settings), FOLLOW)
            .map_or(chosen, |(found, _)| Chosen {
                at_length: chosen.at_length,
                period: chosen.period,
                ..found
            })
    }

    fn season(&self, form: Form) -> Option<(&[f64], &[f64])> {
        match form.season {
            Season::None => Some((&self.values, &[])),
            Season::Added => self
                .added
                .as_ref()
                .map(|(flat, first)| (&flat[..], &first[..])),
            Season::Times => self
                .times
                .as_ref()
                .map(|(flat, first)| (&flat[..], &first[..])),
        }
    }

    fn search(&self, form: Form, from: Option<Settings>, most: usize) -> Option<(Chosen, f64)> {
        let values = &self.values;
        let first = *values.first()?;
        let free = form.parameters(0) as usize;
        if values.len() < free + 2 || values.iter().all(|value| *value == first) {
            return None;
        }
        let (flat, indices) = self.season(form)?;
        let start = form.start(flat, indices);
        let mut scratch = Vec::with_capacity(indices.len());
        let mut steps = start.steps;
        let settings = match from {
            Some(settings) => {
                for step in &mut steps {
                    *step *= 0.25;
                }
                settings
            }
            None => start.settings,
        };
        let (settings, loss) =
            minimise::<SETTINGS>(settings, steps, Form::bounds(), most, |point| {
                form.run(values, point, &start.season, &mut scratch).0
            });
        loss.is_finite().then_some((
            Chosen {
                form,
                settings,
                at_length: 0,
                period: None,
            },
            loss,
        ))
    }

    fn forecast(&self, chosen: Option<Chosen>, past: &Past<'_>, horizon: usize) -> Vec<f64> {
        let mut forecast = match chosen {
            Some(chosen) => {
                let first = self.season(chosen.form).map_or(&[][..], |(_, first)| first);
                let states = chosen.form.states(&self.values, &chosen.settings, first);
                chosen.form.forecast(&states, chosen.settings[3], horizon)
            }
            None => vec![self.values.last().copied().unwrap_or(0.0); horizon],
        };
        if let Some(indices) = &self.taken_out {
            indices.restore(&mut forecast, past.values().len());
        }
        if forecast.iter().all(|value| value.is_finite()) {
            forecast
        } else {
            vec![past.last(); horizon]
        }
    }
}

#[cfg(test)]
pub(in crate::contest::series) mod forms {
    use super::*;

    /// The form that is chosen for a past.
    pub(in crate::contest::series) fn chosen(past: &Past<'_>) -> &'static str {
        let chosen = Prepared::new(past, past.season).choose();
        chosen.map_or("none", |chosen| chosen.form.name())
    }

    /// The criterion and the forecast of the form of that name, fitted by itself.
    pub(in crate::contest::series) fn of(
        past: &Past<'_>,
        name: &str,
        horizon: usize,
    ) -> Option<(f64, Vec<f64>)> {
        let prepared = Prepared::new(past, past.season);
        let form = Form::all(true, true)
            .into_iter()
            .find(|form| form.name() == name)?;
        let (chosen, loss) = prepared.search(form, None, SEARCH)?;
        Some((
            prepared.criterion(form, loss)?,
            prepared.forecast(Some(chosen), past, horizon),
        ))
    }
}
