//! The few figures of a benchmark that an example carries, and the evidence that they stand for.
//!
//! An example says how well the best of each tier scored and whether that is
//! settled; what it recommends follows by the rule of every contest: the
//! lowest rung that no higher rung beats by more than the margin.

use serde::Deserialize;
use serde_yaml::Spanned;

use crate::contest::evidence::SCHEMA;
use crate::contest::margin::MarginRule;
use crate::contest::{
    Comparison, ContenderResult, Evidence, MarginChoice, Meanwhile, MetricChoice, MetricName,
    Outcome, Panels, Recommendation, SplitKind, SplitSummary, Status, Task, Tier,
};
use crate::digits::TIE;
use crate::problem::Problem;
use crate::rubric::yaml::at;
use crate::vocabulary::{Confidence, Rung};

/// The probability that stands for a difference that is shown; the other tiers share the rest.
const SHOWN: f64 = 0.99;

/// What an example says was measured.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMeasured {
    #[serde(default = "binary")]
    task: Task,
    /// Whether the benchmark is settled.
    #[serde(default = "yes")]
    settled: bool,
    margin: Option<Spanned<f64>>,
    scores: Spanned<RawScores>,
    /// Predictions that came with the data, and what kind of solution made them.
    external: Option<RawExternal>,
}

/// The score of the best of each tier that took part.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawScores {
    naive: Option<Spanned<f64>>,
    heuristic: Option<Spanned<f64>>,
    minimum_viable_model: Option<Spanned<f64>>,
    headroom: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExternal {
    rung: Spanned<Rung>,
    score: Spanned<f64>,
}

fn binary() -> Task {
    Task::Binary
}

fn yes() -> bool {
    true
}

/// What an example's scores are in, by its task.
const fn metric_of(task: Task) -> MetricName {
    match task {
        Task::Binary | Task::Multiclass => MetricName::BalancedAccuracy,
        Task::Regression => MetricName::Rmse,
        Task::Forecasting => MetricName::Mase,
    }
}

/// The evidence that these figures stand for.
///
/// Codes: `bad-score`, `bad-margin`, `too-few-scores`, `bad-external`.
pub(super) fn evidence(raw: &Spanned<RawMeasured>) -> Result<Evidence, Problem> {
    let metric = metric_of(raw.value.task);
    let seats = seats(&raw.value, metric)?;
    if seats.len() < 2 {
        return Err(at(
            Problem::new(
                "too-few-scores",
                format!(
                    "expected the scores of at least two tiers, found {}",
                    seats.len()
                ),
                "nothing is compared with one alone: add `naive: …`",
            ),
            raw.value.scores.referenced,
        ));
    }
    let field = Field {
        is_rate: metric.higher_is_better(),
        margin: MarginRule::new(metric, given_margin(&raw.value)?)?,
        is_settled: raw.value.settled,
        seats,
    };
    let comparisons = field.comparisons();
    let recommendation = field.recommendation(&comparisons);
    Ok(Evidence {
        schema: SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        task: raw.value.task,
        task_why: "the example says so".to_owned(),
        target: String::new(),
        positive: None,
        seed: 0,
        data_hash: String::new(),
        metric: MetricChoice {
            name: metric,
            higher_is_better: field.is_rate,
            why: "the scores of an example are in it".to_owned(),
        },
        margin: MarginChoice {
            value: field.margin_over(&field.seats[0]),
            why: "the example says so, or the default".to_owned(),
        },
        split: SplitSummary {
            kind: SplitKind::KFold,
            folds: 0,
            repeats: 0,
            why: "an example has scores and no rows".to_owned(),
        },
        rows: 0,
        columns: Vec::new(),
        contenders: field.seats.iter().map(Seat::line).collect(),
        comparisons,
        recommendation,
        warnings: Vec::new(),
        panels: Panels::default(),
    })
}

/// The margin that the example gives, if it gives one.
fn given_margin(raw: &RawMeasured) -> Result<Option<f64>, Problem> {
    match &raw.margin {
        None => Ok(None),
        Some(margin) if margin.value > 0.0 && margin.value.is_finite() => Ok(Some(margin.value)),
        Some(margin) => Err(at(
            Problem::new(
                "bad-margin",
                format!("expected a number above 0, found {}", margin.value),
                "the margin is the smallest improvement worth paying for, in the unit of the scores",
            ),
            margin.referenced,
        )),
    }
}

/// Everybody who took part, the lowest rung first; at least two.
struct Field {
    seats: Vec<Seat>,
    is_rate: bool,
    margin: MarginRule,
    is_settled: bool,
}

impl Field {
    fn margin_over(&self, simpler: &Seat) -> f64 {
        let naive = self.seats.iter().find(|seat| seat.tier == Tier::Naive);
        let naive = naive.map(|seat| seat.score);
        self.margin.between(simpler.score, naive)
    }

    /// Every pair, the simpler first.
    fn comparisons(&self) -> Vec<Comparison> {
        let mut comparisons = Vec::new();
        for (position, simpler) in self.seats.iter().enumerate() {
            for richer in &self.seats[position + 1..] {
                let gain = richer.score - simpler.score;
                let gain = if self.is_rate { gain } else { -gain };
                let margin = self.margin_over(simpler);
                comparisons.push(comparison(simpler, richer, gain, margin, self.is_settled));
            }
        }
        comparisons
    }

    fn recommendation(&self, comparisons: &[Comparison]) -> Recommendation {
        let is_beaten = |seat: &Seat| {
            comparisons
                .iter()
                .any(|it| it.simpler == seat.tier.id() && it.p_better > 0.5)
        };
        // The last is beaten by nothing.
        let chosen = self.seats.iter().find(|seat| !is_beaten(seat));
        let chosen = chosen.unwrap_or(&self.seats[0]);
        let (confidence, probability, acceptable) = if self.is_settled {
            (Confidence::Settled, SHOWN, vec![chosen.tier])
        } else {
            let all = self.seats.iter().map(|seat| seat.tier).collect();
            (Confidence::Open, 0.5, all)
        };
        let simplest = &self.seats[0];
        let meanwhile = !self.is_settled && simplest.tier != chosen.tier;
        Recommendation {
            tier: chosen.tier,
            contender: chosen.id(),
            rung: chosen.rung,
            meanwhile: meanwhile.then(|| Meanwhile {
                tier: simplest.tier,
                contender: simplest.id(),
                rung: simplest.rung,
            }),
            confidence,
            acceptable,
            probability,
            rows_needed: None,
            says: format!(
                "By the scores of the example, {} is enough.",
                chosen.tier.label()
            ),
        }
    }
}

/// One tier with its score.
struct Seat {
    tier: Tier,
    rung: Rung,
    score: f64,
}

impl Seat {
    fn id(&self) -> String {
        format!("example-{}", self.tier.id())
    }

    fn line(&self) -> ContenderResult {
        ContenderResult {
            id: self.id(),
            tier: self.tier,
            rung: self.rung,
            status: Status::Ok,
            mean: Some(self.score),
            low: None,
            high: None,
            fold_scores: Vec::new(),
            says: "a score of the example".to_owned(),
        }
    }
}

/// Who took part, the lowest rung first.
fn seats(raw: &RawMeasured, metric: MetricName) -> Result<Vec<Seat>, Problem> {
    let scores = &raw.scores.value;
    let tiers = [
        (Tier::Naive, Rung::Query, &scores.naive),
        (Tier::Heuristic, Rung::Heuristic, &scores.heuristic),
        (
            Tier::MinimumViableModel,
            Rung::MinimumViableModel,
            &scores.minimum_viable_model,
        ),
        (Tier::Headroom, Rung::StrongerModel, &scores.headroom),
    ];
    let mut seats = Vec::new();
    for (tier, rung, score) in tiers {
        if let Some(score) = score {
            let score = checked(score, metric)?;
            seats.push(Seat { tier, rung, score });
        }
    }
    if let Some(external) = &raw.external {
        if external.rung.value < Rung::Heuristic {
            return Err(at(
                Problem::new(
                    "bad-external",
                    format!(
                        "expected heuristic or a model, found {}",
                        external.rung.value
                    ),
                    "predictions that came with the data were made by a rule or a model",
                ),
                external.rung.referenced,
            ));
        }
        seats.push(Seat {
            tier: Tier::External,
            rung: external.rung.value,
            score: checked(&external.score, metric)?,
        });
    }
    seats.sort_by_key(|seat| seat.rung);
    Ok(seats)
}

fn checked(score: &Spanned<f64>, metric: MetricName) -> Result<f64, Problem> {
    let is_rate = metric.higher_is_better();
    let range = if is_rate { "0 to 1" } else { "0 up" };
    let most = if is_rate { 1.0 } else { f64::MAX };
    if (0.0..=most).contains(&score.value) {
        return Ok(score.value);
    }
    Err(at(
        Problem::new(
            "bad-score",
            format!("expected a score from {range}, found {}", score.value),
            format!("the scores of this task are in {}", metric.id()),
        ),
        score.referenced,
    ))
}

fn comparison(
    simpler: &Seat,
    richer: &Seat,
    gain: f64,
    margin: f64,
    is_settled: bool,
) -> Comparison {
    // Ties go to the simpler.
    let is_better = gain > margin + TIE;
    let shown = if is_settled { SHOWN } else { 0.6 };
    let p_better = if is_better { shown } else { 1.0 - shown };
    Comparison {
        simpler: simpler.tier.id().to_owned(),
        richer: richer.tier.id().to_owned(),
        difference: gain,
        margin,
        p_better,
        p_same: 1.0 - p_better,
        p_worse: 0.0,
        outcome: match (is_settled, is_better) {
            (false, _) => Outcome::Inconclusive,
            (true, true) => Outcome::Better,
            (true, false) => Outcome::NotBetterByTheMargin,
        },
    }
}
