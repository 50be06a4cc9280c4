//! The reasons, by how much each of them moved the verdict.
//!
//! Each answer is taken away in turn, and then the benchmark and the figures:
//! what the verdict would look like without it is how much it moved it.

use super::change::{Looks, looks, with_answers};
use super::corners::Decided;
use super::inputs::Inputs;
use super::measured;
use super::model::Finding;
use super::tables::Outcome;
use super::words::{ask, figure, label};
use crate::assessment::{Answer, GateState};
use crate::contest::{Evidence, Tier};
use crate::digits;
use crate::rubric::policy::SolutionRow;
use crate::text::clean;
use crate::value::Worth;
use crate::vocabulary::{Confidence, Rung};

/// Reasons that are told.
const MOST: usize = 10;
/// Said where the benchmark is firmer than the verdict.
const STILL_OPEN: &str =
    "That much is measured; what is not answered yet could still lead to something else.";
/// A reason that moves less than this is none.
const LEAST: f64 = 0.02;

/// Every reason worth telling, strongest first.
pub(super) fn findings(
    inputs: &Inputs<'_>,
    decided: &Decided,
    worth: Option<&Worth>,
) -> Vec<Finding> {
    let outcome = &decided.likely;
    let now = Looks::of(outcome);
    let mut findings = rows(inputs, decided);
    findings.extend(answers(inputs, now));
    if let Some(evidence) = inputs.evidence {
        findings.extend(contest(inputs, evidence, now, outcome));
    }
    if let Some(worth) = worth {
        findings.push(value(inputs, worth, now));
    }
    findings.retain(|finding| finding.weight >= LEAST);
    findings.sort_by(|left, right| right.weight.total_cmp(&left.weight));
    findings.truncate(MOST);
    findings
}

/// The rows of the policy that decided, in its words.
///
/// A row that looks as if it held, while that is open, is told as a guess; and
/// not at all where nothing is known that it could be guessed from.
fn rows(inputs: &Inputs<'_>, decided: &Decided) -> Vec<Finding> {
    let outcome = &decided.likely;
    let solution = &inputs.policy.solution[outcome.solution_row];
    let readiness = &inputs.policy.readiness[outcome.readiness_row];
    let mut rows = Vec::new();
    // A lowered solution is explained by the gate that lowered it.
    let is_known = inputs.has_answers() || inputs.evidence.is_some();
    if outcome.solution == outcome.uncapped && is_known {
        rows.push(finding(
            &solution_told(solution, inputs.evidence, decided.solution),
            format!("policy:{}", solution.id),
            0.9,
        ));
    }
    rows.push(finding(
        &told(&readiness.because, decided.readiness),
        format!("policy:{}", readiness.id),
        0.6,
    ));
    rows
}

/// The reason of the solution. Where the benchmark decides, what it shows is
/// kept apart from what answers could still change.
fn solution_told(row: &SolutionRow, evidence: Option<&Evidence>, confidence: Confidence) -> String {
    let measured = evidence.map(|evidence| evidence.recommendation.confidence);
    let because = &row.because;
    match (&row.while_open, measured, confidence) {
        (Some(while_open), Some(Confidence::Open), _) => while_open.clone(),
        (Some(_), Some(Confidence::Settled), Confidence::Open | Confidence::Leaning) => {
            format!("{because} {STILL_OPEN}")
        }
        (Some(_), Some(Confidence::Leaning), Confidence::Open) => {
            format!("As it looks: {because} {STILL_OPEN}")
        }
        (_, _, _) => told(because, confidence),
    }
}

/// A reason, no firmer than what it explains.
fn told(because: &str, confidence: Confidence) -> String {
    match confidence {
        Confidence::Settled => because.to_owned(),
        Confidence::Leaning => format!("As it looks: {because}"),
        Confidence::Open => format!("A first guess, still open: {because}"),
    }
}

fn answers(inputs: &Inputs<'_>, now: Looks) -> Vec<Finding> {
    let Some(assessment) = inputs.assessment else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for (_, question) in assessment.rubric.questions() {
        let Some(Answer::Choice(key)) = assessment.counted_answer(&question.id) else {
            continue;
        };
        let without = assessment.with(&question.id, Answer::Unknown);
        let (then, moved) = with_answers(inputs, &without);
        let reasons: Vec<&str> = assessment
            .gates
            .iter()
            .filter(|gate| gate.question == question.id && gate.state == GateState::Fired)
            .map(|gate| gate.because.as_str())
            .collect();
        let is_gate = !reasons.is_empty();
        let weight = weight(now, then, moved).max(if is_gate { 0.3 } else { 0.0 });
        let text = match reasons.first() {
            Some(because) => clean(because),
            None => format!(
                "{} {}.",
                ask(question),
                label(&assessment.rubric, &question.id, key).trim_end_matches('.')
            ),
        };
        findings.push(finding(&text, format!("question:{}", question.id), weight));
    }
    findings
}

fn contest(
    inputs: &Inputs<'_>,
    evidence: &Evidence,
    now: Looks,
    outcome: &Outcome,
) -> Vec<Finding> {
    let without = looks(&Inputs {
        evidence: None,
        ..*inputs
    });
    let mut findings = vec![finding(
        &evidence.recommendation.says,
        "contest".to_owned(),
        weight(now, without, 1.0).max(0.8),
    )];
    findings.extend(left_on_the_table(inputs, evidence, outcome));
    let share = evidence
        .panels
        .shares
        .iter()
        .find(|share| share.tier == Tier::Heuristic && now.solution <= Rung::Heuristic);
    if let Some(share) = share {
        findings.push(finding(
            &format!(
                "The best rule already takes {:.0} % of what could be gained over guessing ({:.0} to {:.0} %).",
                100.0 * share.share,
                100.0 * share.low,
                100.0 * share.high
            ),
            "contest:gain-share".to_owned(),
            0.4,
        ));
    }
    findings
}

/// What a stronger model would add that is not taken.
fn left_on_the_table(
    inputs: &Inputs<'_>,
    evidence: &Evidence,
    outcome: &Outcome,
) -> Option<Finding> {
    use crate::rubric::policy::Says;
    if inputs.policy.solution[outcome.solution_row].says != Says::MeasuredBelow {
        return None;
    }
    let below = measured::entry_of(evidence, outcome.solution)?;
    let probe = measured::best_of(evidence, Tier::Headroom)?;
    let gap = (probe.mean? - below.mean?).abs();
    Some(finding(
        &format!(
            "A stronger model would add {} in {}; that is left on the table until it is shown that \
             the step pays and can be carried.",
            figure(gap),
            evidence.metric.name.label()
        ),
        "contest:left-on-the-table".to_owned(),
        0.7,
    ))
}

fn value(inputs: &Inputs<'_>, worth: &Worth, now: Looks) -> Finding {
    let without = looks(&Inputs {
        economics: None,
        ..*inputs
    });
    let unit = worth
        .currency
        .as_ref()
        .map(|currency| format!(" {}", clean(currency)))
        .unwrap_or_default();
    finding(
        &format!(
            "It brings about {}{unit} a year and {} times its cost ({} to {}).",
            figure(worth.gain_per_year.likely),
            figure(worth.benefit_cost.likely),
            figure(worth.benefit_cost.low),
            figure(worth.benefit_cost.high)
        ),
        "value".to_owned(),
        weight(now, without, 0.0).max(0.4),
    )
}

/// A change of the solution counts most, then one of the readiness, then a move of a reading.
fn weight(now: Looks, then: Looks, moved: f64) -> f64 {
    let solution = if now.solution == then.solution {
        0.0
    } else {
        0.5
    };
    let readiness = if now.readiness == then.readiness {
        0.0
    } else {
        0.3
    };
    solution + readiness + 0.2 * moved.clamp(0.0, 1.0)
}

fn finding(text: &str, source: String, weight: f64) -> Finding {
    Finding {
        text: text.to_owned(),
        source,
        weight: digits::round(weight.clamp(0.0, 1.0)),
    }
}
