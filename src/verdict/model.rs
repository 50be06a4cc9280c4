//! The verdict as a value, and the JSON contract `mlfit.verdict/1`.
//!
//! Fields are only ever added. The same inputs give the same bytes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::rubric::{WaitFor, Who};
use crate::value::Worth;
use crate::vocabulary::{Confidence, Readiness, Rung};

/// The name and version of this contract.
pub const SCHEMA: &str = "mlfit.verdict/1";

/// The answer to "does this use case need machine learning?".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// [`SCHEMA`].
    pub schema: String,
    /// The version of mlfit that decided.
    pub version: String,
    /// The day of the decision, `YYYY-MM-DD`; an input, never read from a clock here.
    pub as_of: String,
    /// The verdict in one imperative sentence, such as "Don't build a model yet: ship the lookup as a pilot."
    pub headline: String,
    /// The simplest kind of solution that is good enough.
    pub solution: Rung,
    /// How firmly the solution stands.
    pub solution_confidence: Confidence,
    /// Whether work may start now.
    pub readiness: Readiness,
    /// How firmly the readiness stands.
    pub readiness_confidence: Confidence,
    /// What the case is heading for, when something simpler serves while it waits.
    #[serde(default)]
    pub target: Option<Rung>,
    /// What it waits for, when it waits.
    #[serde(default)]
    pub waits_for: Option<WaitFor>,
    /// Every verdict that what is still open could lead to, this one included.
    #[serde(default)]
    pub could_be: CouldBe,
    /// What must hold whatever is built, such as `self-hosted`.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The rows of the policy that decided.
    pub policy_rows: Vec<String>,
    /// What the decision was made from.
    pub used: Used,
    /// Interval score of every dimension, by its id.
    pub scores: BTreeMap<String, Interval>,
    /// Gates fired and possible.
    pub gates: Vec<GateLine>,
    /// The reasons, strongest first.
    pub findings: Vec<Finding>,
    /// Answers that do not fit what was measured.
    #[serde(default)]
    pub contradictions: Vec<Contradiction>,
    /// Questions to which people gave answers that do not agree; the verdict
    /// counts each of these answers as possible.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
    /// What the recommended rung costs and is worth, where costs were given.
    #[serde(default)]
    pub worth: Option<Worth>,
    /// The smallest changes that would change the verdict.
    pub flips: Vec<Flip>,
    /// What to ask or measure next, most useful first.
    pub next: Vec<NextQuestion>,
    /// Open questions by whether their answers could still change the verdict.
    #[serde(default)]
    pub remaining: Remaining,
    /// How to serve it.
    pub serving: Serving,
    /// What has to be put in place for this rung, and no more.
    pub roadmap: Vec<RoadmapItem>,
    /// Where the data live, where that was answered and the rung reads data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data_maturity: Option<DataMaturity>,
    /// When to look again.
    pub triggers: Vec<Trigger>,
    /// What exactly was decided upon.
    pub hashes: Hashes,
}

/// The verdicts that what is still open could lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CouldBe {
    /// Solutions, lowest first.
    pub solutions: Vec<Rung>,
    /// Readiness, mildest first.
    pub readiness: Vec<Readiness>,
}

/// The questions that are asked and open, by what their answers could still do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Remaining {
    /// Those whose answers could change the verdict, in the order in which they are worth asking.
    pub matter: Vec<String>,
    /// All others, in the rubric's order: they are asked for the record.
    pub for_the_record: Vec<String>,
    /// Those of the record whose answers could change the verdict after all,
    /// with a chance below the policy's `unlikely`.
    pub unlikely: Vec<String>,
    /// The chance, by the policy's odds, that the solution is still this one
    /// once everything is answered; none where nobody was asked.
    pub solution_stands: Option<f64>,
    /// Whether this is a first verdict: its solution more likely stays than changes.
    pub first_verdict: bool,
}

/// An answer that does not fit what was measured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contradiction {
    /// The question.
    pub question: String,
    /// What was answered, in words.
    pub answered: String,
    /// What was measured, in words.
    pub measured: String,
    /// What to do about it.
    pub remedy: String,
}

/// A question to which people gave answers that do not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The question.
    pub question: String,
    /// Who says what.
    pub answers: Vec<Claim>,
    /// Whether the verdict depends on who is right, as it looks now.
    pub matters: bool,
    /// What each answer would make of the verdict, in a sentence.
    pub why: String,
}

/// What one of several people answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// For whom they spoke; none for an answer that was given for all.
    pub role: Option<Who>,
    /// Their name, if they gave one.
    pub by: Option<String>,
    /// The answer in words.
    pub answer: String,
}

impl Claim {
    /// Who said it, in words.
    pub fn who(&self) -> String {
        let role = self.role.map_or("answered before", Who::id);
        match &self.by {
            Some(name) => format!("{role} ({name})"),
            None => role.to_owned(),
        }
    }
}

/// What a decision was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// At least one question is answered.
    pub answers: bool,
    /// A benchmark was there.
    pub evidence: bool,
    /// Costs were there.
    pub economics: bool,
}

/// A score at worst and at best, in 0..=1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// At worst.
    pub low: f64,
    /// At best.
    pub high: f64,
}

/// A gate as the verdict shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateLine {
    /// The question whose answer opens it.
    pub question: String,
    /// `fired` or `possible`.
    pub state: String,
    /// What it does, such as `cap solution query`.
    pub effect: String,
    /// Why, in a sentence.
    pub because: String,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The reason in a sentence.
    pub text: String,
    /// Where it comes from: `question:ID`, `contest`, `contest:CODE`, `value` or `policy:ROW`.
    pub source: String,
    /// How much it moved the verdict, in 0..=1.
    pub weight: f64,
}

/// A smallest set of changes that changes the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flip {
    /// The changes, each in words.
    pub changes: Vec<String>,
    /// The solution after them.
    pub solution: Rung,
    /// The readiness after them.
    pub readiness: Readiness,
}

impl Verdict {
    /// What has to be put in place; who has to be there is told by [`Verdict::roles`].
    pub fn placed(&self) -> impl Iterator<Item = &RoadmapItem> {
        self.roadmap.iter().filter(|item| !item.is_role())
    }

    /// Who has to be there.
    pub fn roles(&self) -> impl Iterator<Item = &RoadmapItem> {
        self.roadmap.iter().filter(|item| item.is_role())
    }

    /// What a [`NextQuestion`] asks to do that is no question of the rubric, as
    /// the words of a command; none if it is one.
    pub fn measurement(&self, next: &str) -> Option<&'static str> {
        match next {
            "benchmark" if self.used.evidence => {
                Some("measure again with more data or better columns")
            }
            "benchmark" => Some("run a benchmark on past cases"),
            "economics" => Some("give costs and volumes"),
            _ => None,
        }
    }
}

/// A question or measurement worth asking next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextQuestion {
    /// A question id, or `benchmark` or `economics`.
    pub question: String,
    /// What its answer could change.
    pub why: String,
}

/// How answers reach those who need them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Serving {
    /// The pattern.
    pub pattern: ServingPattern,
    /// Why this one.
    pub why: String,
}

/// Ways to serve, cheapest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ServingPattern {
    /// Nothing is served.
    None,
    /// A scheduled job fills a table.
    Batch,
    /// Computed ahead, looked up when asked.
    Precomputed,
    /// Computed when asked.
    Online,
    /// Computed as events happen.
    Streaming,
}

impl ServingPattern {
    /// The kebab-case identifier, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Batch => "batch",
            Self::Precomputed => "precomputed",
            Self::Online => "online",
            Self::Streaming => "streaming",
        }
    }
}

/// Something to put in place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoadmapItem {
    /// What, such as `monitoring`.
    pub element: String,
    /// How fully.
    pub level: RoadmapLevel,
    /// What has to be there, in a sentence; empty in verdicts of before there was this field.
    #[serde(default)]
    pub what: String,
    /// Why at this rung and this way of serving, in a sentence.
    pub why: String,
    /// Who does it, such as `data engineer`; empty in verdicts of before there was this field.
    #[serde(default)]
    pub who: String,
    /// How one sees that it is done, in a sentence; empty in verdicts of before there was this field.
    #[serde(default)]
    pub done: String,
}

impl RoadmapItem {
    /// Its name in words, such as `data storage`; of a role, whose it is.
    pub fn name(&self) -> String {
        match self.element.as_str() {
            "ci-cd" => "CI/CD".to_owned(),
            element => element.trim_start_matches(ROLE).replace('-', " "),
        }
    }

    /// Whether it says who has to be there, and not what.
    pub fn is_role(&self) -> bool {
        self.element.starts_with(ROLE)
    }
}

/// How the names of roles begin.
const ROLE: &str = "role-";

/// Where the data live, and what the next stage would buy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataMaturity {
    /// The stage, such as `a SQL database`.
    pub stage: String,
    /// What it is enough for.
    pub serves: String,
    /// Whether it is enough for the solution.
    pub is_enough: bool,
    /// The stage above it, if there is one.
    pub next: Option<NextStage>,
}

/// The next stage of keeping data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStage {
    /// The stage, such as `an object store`.
    pub stage: String,
    /// What it buys over the present one.
    pub buys: String,
    /// When it is worth it, as what may follow "when".
    pub when: String,
}

impl DataMaturity {
    /// What it means for the solution, in sentences.
    pub fn says(&self) -> String {
        let now = format!(
            "The data live in {}, which is enough for {}.",
            self.stage, self.serves
        );
        match (&self.next, self.is_enough) {
            (Some(next), true) => format!(
                "{now} That will do here. The next stage, {}, would buy {}; it is worth it when {}.",
                next.stage, next.buys, next.when
            ),
            (Some(next), false) => format!(
                "{now} Here it takes the next stage, {}, which buys {}.",
                next.stage, next.buys
            ),
            (None, _) => format!("{now} There is no stage above it that would buy anything here."),
        }
    }
}

/// How fully something must be in place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoadmapLevel {
    /// A light form will do.
    Light,
    /// It is needed.
    Needed,
}

/// When to look at the verdict again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The day, `YYYY-MM-DD`, for a dated trigger.
    pub date: Option<String>,
    /// What to watch, for a measurable one.
    pub measure: Option<String>,
    /// Why, in a sentence.
    pub why: String,
}

/// SHA-256 hashes of the inputs, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hashes {
    /// The rubrics, by id.
    pub rubrics: BTreeMap<String, String>,
    /// The policy.
    pub policy: String,
    /// The answers.
    pub answers: String,
    /// The data, if a benchmark was there.
    pub data: Option<String>,
    /// The benchmark, if there was one.
    pub evidence: Option<String>,
    /// The economics, if there were any.
    pub economics: Option<String>,
}
