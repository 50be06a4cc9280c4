//! From losses to evidence.

use super::contender::Contender;
use super::evaluate::Tracks;
use super::figures;
use super::input::{Input, warning};
use super::judging::{self, decide, interval, is_few, mean};
use super::past::{Ahead, Filled, Past};
use super::plan::Plan;
use super::tiers::{Procedure, Scored};
use crate::contest::compare::shares_of_gain;
use crate::contest::evidence::{
    ColumnSummary, ContenderResult, Evidence, Recommendation, SCHEMA, SplitKind, SplitSummary,
    Status, Tier,
};
use crate::contest::margin::MarginRule;
use crate::contest::metric::Choice;
use crate::contest::panels::{MetricView, Panels};
use crate::contest::request::Request;
use crate::contest::task::{MetricName, Task};
use crate::data::{ColumnRole, Table, Warning};
use crate::digits;
use crate::problem::Problem;

/// A contest whose forecasts are all made.
pub(super) struct Finished<'a> {
    pub(super) table: &'a Table,
    pub(super) roles: &'a [ColumnRole],
    pub(super) request: &'a Request,
    pub(super) input: &'a Input,
    pub(super) plan: &'a Plan,
    pub(super) regressors: &'a [usize],
    pub(super) contenders: &'a [Contender],
    pub(super) skipped: &'a [(Contender, String)],
    pub(super) tracks: &'a Tracks,
    pub(super) choice: &'a Choice,
}

/// The evidence.
///
/// # Errors
/// No contender with a score at every origin; a margin out of range.
pub(super) fn conclude(finished: &Finished<'_>) -> Result<Evidence, Problem> {
    let metric = finished.choice.choice.name;
    let margin = MarginRule::new(metric, finished.request.margin)?;
    let scored = finished.scored(metric);
    let able = finished.able();
    let procedures = scored.procedures(finished.contenders, &able);
    let judgement = decide(
        &procedures,
        finished.contenders,
        finished.plan,
        &margin,
        finished.size(),
    )?;
    let naive_mean = procedures.first().map_or(0.0, |first| mean(&first.scores));
    let drawn = drawn(&procedures);
    let mut warnings: Vec<Warning> = finished.table.notes.clone();
    warnings.extend(finished.input.warnings.iter().cloned());
    warnings.extend(finished.more_warnings(&procedures));
    Ok(Evidence {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        task: Task::Forecasting,
        task_why: finished.task_why(),
        target: finished.request.target.clone(),
        positive: None,
        seed: finished.request.seed,
        data_hash: finished.table.hash.clone(),
        metric: finished.choice.choice.clone(),
        margin: margin.choice(naive_mean),
        split: SplitSummary {
            kind: SplitKind::RollingOrigin,
            folds: procedures.first().map_or(0, |first| first.scores.len()),
            repeats: 1,
            why: finished
                .plan
                .why(finished.input.frequency, finished.input.series.len()),
        },
        rows: finished.points(),
        columns: finished.columns(),
        contenders: finished.leaderboard(&scored, &procedures, &able),
        comparisons: judgement.comparisons,
        panels: Panels {
            sensitivity: finished.sensitivity(&able, &judgement.recommendation),
            shares: finished.shares(&procedures),
            forecasts: figures::forecasts(
                &finished.input.series,
                finished.input.frequency,
                finished.contenders,
                finished.plan,
                finished.tracks,
                &drawn,
            ),
            horizon: figures::by_step(finished.contenders, finished.tracks, metric, &drawn),
            ..Panels::default()
        },
        recommendation: judgement.recommendation,
        warnings,
    })
}

/// The winners of each procedure, once each.
fn drawn(procedures: &[Procedure]) -> Vec<usize> {
    let mut drawn = Vec::new();
    for procedure in procedures {
        if !drawn.contains(&procedure.winner) {
            drawn.push(procedure.winner);
        }
    }
    drawn
}

impl Finished<'_> {
    fn scored(&self, metric: MetricName) -> Scored<'_> {
        Scored {
            plan: self.plan,
            tracks: self.tracks,
            metric,
        }
    }

    /// Whether each contender has a forecast wherever one was due.
    fn able(&self) -> Vec<bool> {
        (0..self.contenders.len())
            .map(|contender| !self.tracks.of.iter().any(|tracks| tracks[contender].failed))
            .collect()
    }

    /// Values used.
    fn points(&self) -> usize {
        self.input
            .series
            .iter()
            .flat_map(|series| &series.values)
            .filter(|value| !value.is_nan())
            .count()
    }

    fn size(&self) -> judging::Size {
        judging::Size {
            points: self.points(),
            series: self.input.series.len(),
            steps: self.input.frequency.words(),
        }
    }

    fn task_why(&self) -> String {
        let series = match self.input.series.len() {
            1 => "one series".to_owned(),
            several => format!("{several} series"),
        };
        let horizon = if self.request.horizon.is_some() {
            "as asked for"
        } else {
            "by default"
        };
        format!(
            "A column says when each row was measured: {series}, one value a {} ({}), forecast {} ahead {horizon}.",
            self.input.frequency.word(),
            self.input.frequency_why,
            self.plan.horizon,
        )
    }

    fn columns(&self) -> Vec<ColumnSummary> {
        self.table
            .columns
            .iter()
            .zip(self.roles)
            .map(|(column, role)| ColumnSummary {
                name: column.name.clone(),
                role: role.role,
                kind: column.kind,
                missing: column.missing(),
                why: format!("{}; {}", column.why, role.why),
            })
            .collect()
    }

    fn leaderboard(
        &self,
        scored: &Scored<'_>,
        procedures: &[Procedure],
        able: &[bool],
    ) -> Vec<ContenderResult> {
        let series = &self.input.series[0];
        let filled = Filled::new(&series.values);
        let past = Past::new(
            filled.all(),
            Ahead::new(series, self.input.frequency, self.regressors),
        );
        let mut lines: Vec<ContenderResult> = self
            .contenders
            .iter()
            .enumerate()
            .map(|(index, contender)| {
                let line = |status, says| ContenderResult {
                    id: contender.id.clone(),
                    tier: contender.tier,
                    rung: contender.rung,
                    status,
                    mean: None,
                    low: None,
                    high: None,
                    fold_scores: Vec::new(),
                    says,
                };
                if !able[index] {
                    return line(
                        Status::Failed,
                        "It has no forecast for some of the moments that were judged.".to_owned(),
                    );
                }
                let scores = scored.scores_of(index);
                let bounds = interval(&scores, self.plan);
                let metric = self.choice.choice.name;
                let mut says = (contender.says)(&past);
                if self.input.series.len() > 1 {
                    says.push_str(" (As for the first series.)");
                }
                if let Some(note) = picked(procedures, contender.tier, index) {
                    says.push_str(&note);
                }
                ContenderResult {
                    mean: digits::round_finite(mean(&scores)),
                    low: bounds.and_then(|(low, _)| digits::round_finite(metric.held(low))),
                    high: bounds.and_then(|(_, high)| digits::round_finite(metric.held(high))),
                    fold_scores: scores.into_iter().map(digits::round).collect(),
                    ..line(Status::Ok, says)
                }
            })
            .collect();
        lines.extend(
            self.skipped
                .iter()
                .map(|(contender, reason)| ContenderResult {
                    id: contender.id.clone(),
                    tier: contender.tier,
                    rung: contender.rung,
                    status: Status::Skipped,
                    mean: None,
                    low: None,
                    high: None,
                    fold_scores: Vec::new(),
                    says: reason.clone(),
                }),
        );
        lines.sort_by_key(|line| (line.tier, line.rung));
        lines
    }

    /// The recommendation under other metrics, each tier choosing anew by that metric.
    fn sensitivity(&self, able: &[bool], main: &Recommendation) -> Vec<MetricView> {
        let others = self.choice.beside.iter().copied();
        let all = others.chain([MetricName::Owa, MetricName::Mae, MetricName::Rmse]);
        let mut metrics: Vec<MetricName> = Vec::new();
        for metric in all {
            if metric != self.choice.choice.name && !metrics.contains(&metric) {
                metrics.push(metric);
            }
        }
        metrics
            .into_iter()
            .filter_map(|metric| {
                let procedures = self.scored(metric).procedures(self.contenders, able);
                let margin = MarginRule::new(metric, None).ok()?;
                let found = decide(
                    &procedures,
                    self.contenders,
                    self.plan,
                    &margin,
                    self.size(),
                )
                .ok()?
                .recommendation;
                Some(MetricView {
                    metric,
                    tier: found.tier,
                    agrees: found.rung == main.rung,
                    contender: found.contender,
                    rung: found.rung,
                    confidence: found.confidence,
                })
            })
            .collect()
    }

    fn shares(&self, procedures: &[Procedure]) -> Vec<crate::contest::panels::GainShare> {
        let tiers: Vec<(Tier, &[f64])> = procedures
            .iter()
            .filter(|procedure| procedure.tier != Tier::External)
            .map(|procedure| (procedure.tier, &procedure.scores[..]))
            .collect();
        let scores = tiers.first().map_or(0, |(_, scores)| scores.len());
        shares_of_gain(&tiers, false, judging::rho(self.plan, scores))
    }

    fn more_warnings(&self, procedures: &[Procedure]) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if is_few(procedures, self.plan) {
            warnings.push(warning(
                "few-origins",
                format!(
                    "there is room for {} origins only, with windows of {} steps: too few to \
                     settle anything",
                    procedures.first().map_or(0, |first| first.scores.len()),
                    self.plan.horizon
                ),
                "come back with more points, or forecast fewer steps ahead",
            ));
        }
        let naive = procedures
            .iter()
            .find(|procedure| procedure.tier == Tier::Naive);
        if let (true, Some(naive)) = (self.plan.by_series, naive) {
            let wins = (0..naive.scores.len())
                .filter(|series| {
                    procedures
                        .iter()
                        .all(|other| naive.scores[*series] <= other.scores[*series])
                })
                .count();
            warnings.push(warning(
                "naive-wins",
                format!(
                    "in {wins} of {} series ({:.0} %) nothing forecast better than the naive tier",
                    naive.scores.len(),
                    100.0 * wins as f64 / naive.scores.len() as f64
                ),
                "one method for all series is simpler to keep; look at these series apart if they \
                 matter most",
            ));
        }
        warnings
    }
}

/// How often the tier's choice fell on this contender.
fn picked(procedures: &[Procedure], tier: Tier, contender: usize) -> Option<String> {
    let procedure = procedures
        .iter()
        .find(|procedure| procedure.tier == tier && tier != Tier::External)?;
    let times = procedure
        .picks
        .iter()
        .filter(|pick| **pick == contender)
        .count();
    (times > 0 && procedure.picks.len() > 1).then(|| {
        format!(
            " Chosen for its tier at {times} of {} origins.",
            procedure.picks.len()
        )
    })
}
