//! The contest on series: is the last value good enough?
//!
//! [`run`] reads one or many series from a table ([`input`](self), on a
//! [`frequency`](self) inferred from the moments), plans rolling origins, lets
//! every contender forecast from every origin, and judges tiers over origins
//! (one series) or over series (many). A contender is given a `Past`, which
//! holds nothing after its moment: looking ahead cannot be written.
//!
//! # Departures from the design
//! One series is judged by the test of Diebold & Mariano with the correction of
//! Harvey, Leybourne & Newbold, read as a posterior. Two things are changed in
//! it (`judging`), both towards doubt and both only where forecast windows overlap:
//!
//! - **Degrees of freedom** are those of the windows that do not overlap, less
//!   one, instead of the origins less one, and the scale is never smaller than
//!   that of as many independent origins. The test's long-run variance is
//!   estimated from autocovariances up to the horizon; with 60 origins a year
//!   ahead these rest on five separate years, and Student's t with 59 degrees of
//!   freedom promises a certainty that five years do not have.
//! - **A prior towards no difference**, worth up to twenty windows (none
//!   without overlap, as the share of each window that is new falls from one to
//!   nothing). A random walk that happened to climb lets any trend win in all of
//!   its few windows at once, which no variance estimated *within* that walk can
//!   show: without the prior, 31 % (6 ahead) and 44 % (12 ahead) of simulated
//!   walks got more than their last value, with it 11 % and 12 %, where 15 % is
//!   the most that is allowed. The price is that real differences of one short
//!   series are more often left open.
//!
//! `docs/SERIES-HONESTY.md` has the rates and how the weight was chosen,
//! `examples/series_honesty.rs` measures them anew. Many series are not
//! concerned: series are independent, and their mean is judged without either.

#![expect(
    clippy::cast_possible_wrap,
    reason = "positions and periods of series are far below 2^31"
)]

mod calendar;
mod conclude;
mod contender;
mod evaluate;
mod figures;
mod frequency;
mod input;
mod judging;
mod measure;
mod methods;
mod past;
mod plan;
mod season;
mod simplex;
mod tiers;

use self::contender::{Contender, Facts, INTERMITTENT, Method, Needs};
use self::evaluate::Arena;
use self::input::{Input, Series, warning};
use self::measure::Scale;
use self::past::{Ahead, Filled, Past};
use self::plan::Plan;
use super::control::Control;
use super::evidence::{Evidence, SplitKind, Tier};
use super::metric::{self, TargetFacts};
use super::request::Request;
use super::task::{MetricName, Task};
use crate::data::{ColumnRole, Table, Warning};
use crate::problem::Problem;
use crate::text::clean;

/// Holds the contest on series; `roles` has one entry a column of `table`.
///
/// # Errors
/// Input that cannot be read as series, is too short or constant, a metric or
/// margin that does not fit, each with place and remedy; and that the user
/// stopped the work.
pub fn run(
    table: &Table,
    roles: &[ColumnRole],
    request: &Request,
    control: &Control<'_>,
) -> Result<Evidence, Problem> {
    control.check()?;
    if let Some(kind) = request
        .split
        .filter(|kind| *kind != SplitKind::RollingOrigin)
    {
        return Err(Problem::new(
            "split-does-not-fit",
            format!(
                "forecasts are judged from successive origins, and a {} split was asked for",
                kind.id()
            ),
            "leave the kind of split out, or the horizon",
        ));
    }
    let mut choice = metric::choose(Task::Forecasting, request, &TargetFacts::Series)?;
    let mut input = input::read(table, roles, request)?;
    let period = usual_period(&input);
    let horizon = horizon(&input, request, period)?;
    leave_out_constant(&mut input, table)?;
    let plan = Plan::new(&input.series, horizon, period)
        .map_err(|problem| problem.in_file(&table.source))?;
    leave_out_short(&mut input, &plan);
    let scales = scales(&mut input, &plan, period, table)?;
    let regressors = known_in_advance(&mut input);
    let facts = facts(&input);
    if facts.intermittent && request.metric.is_none() {
        choice.choice.name = MetricName::Rmsse;
        "at least 30 % of the values are zero, where absolute errors would reward forecasting \
         nothing; squared errors aim at the mean demand"
            .clone_into(&mut choice.choice.why);
        choice.beside.retain(|metric| *metric != MetricName::Rmsse);
        choice.beside.insert(0, MetricName::Mase);
    }
    let (contenders, skipped) = line_up(request, facts);
    let tracks = Arena {
        series: &input.series,
        frequency: input.frequency,
        regressors: &regressors,
        contenders: &contenders,
        plan: &plan,
    }
    .evaluate(scales, control)?;
    conclude::conclude(&conclude::Finished {
        table,
        roles,
        request,
        input: &input,
        plan: &plan,
        regressors: &regressors,
        contenders: &contenders,
        skipped: &skipped,
        tracks: &tracks,
        choice: &choice,
    })
}

/// The season that the calendar suggests first and that the shortest series could show.
fn usual_period(input: &Input) -> Option<usize> {
    let longest = input
        .series
        .iter()
        .map(|series| series.values.len())
        .max()?;
    input
        .frequency
        .periods()
        .into_iter()
        .find(|period| 2 * period < longest)
}

fn horizon(input: &Input, request: &Request, period: Option<usize>) -> Result<usize, Problem> {
    match request.horizon {
        Some(0) => Err(Problem::new(
            "bad-horizon",
            "a forecast looks at least one step ahead, found 0",
            "give the number of steps ahead (--horizon)",
        )),
        Some(horizon) => Ok(horizon),
        None => {
            let longest = input.series.iter().map(|series| series.values.len()).max();
            let room = longest.unwrap_or(0) / 10;
            Ok(period.unwrap_or(6).min(room).max(1))
        }
    }
}

/// Series whose values all agree need no contest.
fn leave_out_constant(input: &mut Input, table: &Table) -> Result<(), Problem> {
    let before = input.series.len();
    let constant = |series: &Series| {
        let first = series.values.first().copied().unwrap_or(0.0);
        series
            .values
            .iter()
            .all(|value| value.is_nan() || *value == first)
    };
    let long_enough = input.series.iter().any(|series| series.values.len() > 1);
    if long_enough && input.series.iter().all(constant) {
        return Err(Problem::new(
            "constant-series",
            format!(
                "expected a target that changes, found {} in every row{}",
                input.series[0].values[0],
                if before > 1 { " of a series" } else { "" }
            ),
            "no forecast is needed: the last value is always right",
        )
        .in_file(&table.source));
    }
    if long_enough {
        input.series.retain(|series| !constant(series));
    }
    let left_out = before - input.series.len();
    if left_out > 0 {
        input.warnings.push(warning(
            "constant-series",
            format!("{left_out} of {before} series never change and were left out"),
            "nothing: their last value is always right",
        ));
    }
    Ok(())
}

fn leave_out_short(input: &mut Input, plan: &Plan) {
    let before = input.series.len();
    input
        .series
        .retain(|series| series.values.len() >= plan.needed);
    let left_out = before - input.series.len();
    if left_out > 0 {
        input.warnings.push(warning(
            "short-series",
            format!(
                "{left_out} of {before} series have fewer than the {} points needed and were left out",
                plan.needed
            ),
            "nothing, if they are few; else forecast fewer steps ahead",
        ));
    }
}

/// The divisors of each series; one without is left out, or refused if it is the only one.
fn scales(
    input: &mut Input,
    plan: &Plan,
    period: Option<usize>,
    table: &Table,
) -> Result<Vec<Scale>, Problem> {
    let first = plan.compared_origins().start;
    let found: Vec<Option<Scale>> = input
        .series
        .iter()
        .map(|series| {
            let training = series.values.len() - plan.back[first];
            Scale::of(&series.values[..training], period)
        })
        .collect();
    let without = found.iter().filter(|scale| scale.is_none()).count();
    if without == found.len() {
        return Err(Problem::new(
            "constant-series",
            "the part of the series from which forecasts learn never changes, so that errors \
             cannot be measured against it (the divisor of MASE would be zero)",
            "come back when the series has changed for a while",
        )
        .in_file(&table.source));
    }
    if without > 0 {
        input.warnings.push(warning(
            "zero-divisor",
            format!(
                "{without} of {} series do not change before the first origin, so that their \
                 errors cannot be scaled; they were left out",
                found.len()
            ),
            "nothing, if they are few",
        ));
        let mut keep = found.iter().map(Option::is_some);
        input.series.retain(|_| keep.next().unwrap_or(false));
    }
    Ok(found.into_iter().flatten().collect())
}

/// Feature columns that are filled in for rows after the last value of the
/// target, in every series: only these are seen to be known in advance.
fn known_in_advance(input: &mut Input) -> Vec<usize> {
    let is_known = |column: usize| {
        input.series.iter().all(|series| {
            let values = &series.beside[column];
            values.len() > series.values.len() && values.iter().all(|value| value.is_finite())
        })
    };
    let (known, unknown): (Vec<usize>, Vec<usize>) =
        (input.externals..input.beside.len()).partition(|column| is_known(*column));
    let names = |columns: &[usize]| {
        let names: Vec<String> = columns
            .iter()
            .map(|column| format!("“{}”", clean(&input.beside[*column])))
            .collect();
        names.join(", ")
    };
    let mut warnings: Vec<Warning> = Vec::new();
    if !known.is_empty() {
        warnings.push(warning(
            "columns-known-in-advance",
            format!(
                "{} are filled in after the last value of the target, so the regression uses them \
                 as known in advance",
                names(&known)
            ),
            "set aside a column that is not known when the forecast is made (--ignore)",
        ));
    }
    if !unknown.is_empty() {
        warnings.push(warning(
            "columns-not-used",
            format!(
                "{} were not used: nothing shows that they are known when a forecast is made",
                names(&unknown)
            ),
            "if they are, add rows for the future with these columns filled in and the target empty",
        ));
    }
    input.warnings.extend(warnings);
    known
}

fn facts(input: &Input) -> Facts {
    let (mut period, mut season) = (false, false);
    let (mut zeros, mut known, mut below) = (0_usize, 0_usize, false);
    for series in &input.series {
        let filled = Filled::new(&series.values);
        let past = Past::new(filled.all(), Ahead::new(series, input.frequency, &[]));
        period |= past.period.is_some();
        season |= past.season.is_some();
        for value in series.values.iter().filter(|value| !value.is_nan()) {
            known += 1;
            zeros += usize::from(*value == 0.0);
            below |= *value < 0.0;
        }
    }
    Facts {
        period,
        season,
        intermittent: !below && zeros as f64 >= INTERMITTENT * known as f64,
    }
}

/// Contenders that take part, and those that do not with the reason.
fn line_up(request: &Request, facts: Facts) -> (Vec<Contender>, Vec<(Contender, String)>) {
    let mut takes_part = Vec::new();
    let mut skipped = Vec::new();
    for contender in contender::all() {
        match contender.inapplicable(facts) {
            None => takes_part.push(contender),
            Some(reason) => skipped.push((contender, reason)),
        }
    }
    for (position, external) in request.external.iter().enumerate() {
        takes_part.push(Contender {
            id: format!("external:{}", external.column),
            tier: Tier::External,
            rung: external.rung,
            method: Method::External(position),
            needs: Needs::Nothing,
            says: |_| "Forecasts that came with the data.".to_owned(),
        });
    }
    (takes_part, skipped)
}

#[cfg(test)]
mod agreement_tests;
#[cfg(test)]
mod beside_tests;
#[cfg(test)]
mod tests;
