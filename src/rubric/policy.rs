//! The policy: which readings, gates and measurements make which verdict.
//!
//! A policy is two tables, one for the solution and one for the readiness, in
//! which the first row that holds decides. Every condition is a formula over
//! [`Fact`]s, each of which takes one of a few values (a reading is cut at the
//! cut-offs that the policy names). Whatever is open can therefore be turned
//! every way exactly, and whether each row can be reached is decided at load.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::model::WaitFor;
use crate::problem::Problem;
use crate::vocabulary::{Readiness, Rung};

/// Two checked tables with their cut-offs.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    /// Kebab-case id.
    pub id: String,
    /// Version of the content.
    pub version: u32,
    /// Lowercase hexadecimal SHA-256 of the file's bytes.
    pub hash: String,
    /// Where between worst and best an open reading is read, in 0..=1.
    pub doubt: f64,
    /// A reading wider than this leaves the verdict open.
    pub too_wide: f64,
    /// How often an open answer turns out to be one that opens a gate, beside
    /// one that opens none; over 0 and up to 1.
    pub gate_odds: f64,
    /// An open answer whose chance to change the verdict is less than this is
    /// unlikely to change it.
    pub unlikely: f64,
    /// Questions whose answers and gates a measurement replaces.
    pub measured_replaces: Vec<String>,
    /// Questions whose gates figures of cost and gain replace.
    pub reckoned_replaces: Vec<String>,
    /// Everything that the conditions read.
    pub facts: Vec<Fact>,
    /// The table of the solution; the last row always holds.
    pub solution: Vec<SolutionRow>,
    /// The table of the readiness; the last row always holds.
    pub readiness: Vec<ReadinessRow>,
    /// Months until a fresh look is due, by rung.
    pub fresh_look: BTreeMap<Rung, u32>,
    /// The same for a verdict that is not to go on yet.
    pub unfinished_look: u32,
}

/// One row of the table of the solution.
#[derive(Clone, Debug, PartialEq)]
pub struct SolutionRow {
    /// Kebab-case id.
    pub id: String,
    /// When it holds.
    pub when: Test,
    /// What it says.
    pub says: Says,
    /// What the case is heading for, where the row names it.
    pub target: Option<Rung>,
    /// What the target waits for.
    pub waits_for: Option<WaitFor>,
    /// A benchmark could still say otherwise, so that it never stands firmly.
    pub until_measured: bool,
    /// The reason for people.
    pub because: String,
    /// The reason as long as the benchmark that the row reads is open.
    pub while_open: Option<String>,
}

/// What a row of the solution says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// This rung.
    Rung(Rung),
    /// The rung that the benchmark recommends.
    Measured,
    /// The rung that the benchmark would recommend without its richest tier.
    MeasuredBelow,
    /// At most this rung for now; what later rows say is the target.
    Meanwhile(Rung),
}

/// One row of the table of the readiness.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadinessRow {
    /// Kebab-case id.
    pub id: String,
    /// When it holds.
    pub when: Test,
    /// What it says.
    pub readiness: Readiness,
    /// What a wait waits for.
    pub waits_for: Option<WaitFor>,
    /// The reason for people.
    pub because: String,
}

/// Something that conditions read. Its values are numbered from 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A gate of that kind is open: 0 no, 1 yes.
    Gate(GateKind),
    /// The highest rung that open gates leave, by its place on the ladder.
    Ceiling,
    /// The score of a dimension: the number of cut-offs that it reaches.
    Reading {
        /// Id of the dimension.
        dimension: String,
        /// In rising order.
        cuts: Vec<f64>,
    },
    /// The answer to a question: 0 none of these options, else its place plus one.
    Answer {
        /// Id of the question.
        question: String,
        /// The options that conditions name.
        options: Vec<String>,
    },
    /// The question has no answer: 0 it has, 1 it has none.
    Unanswered(String),
    /// What the benchmark recommends: 0 nothing, 1 no signal, else the place of the rung plus two.
    Measured,
    /// The benchmark's recommendation is settled: 0 no, 1 yes.
    Settled,
    /// The step to the measured rung pays: 0 no or not known, 1 yes.
    Pays,
    /// There are answers.
    HasAnswers,
    /// There is a benchmark.
    HasEvidence,
    /// The solution, by its place on the ladder. Readiness only.
    Rung,
    /// The higher of solution and target. Readiness only.
    Aim,
    /// The target: 0 none, else the place of its rung plus one. Readiness only.
    Target,
    /// A step down left the ladder at its bottom. Readiness only.
    SteppedOff,
}

impl Fact {
    /// How many values it can take.
    pub fn values(&self) -> u8 {
        let ladder = Rung::ALL.len() as u8;
        match self {
            Self::Gate(_)
            | Self::Unanswered(_)
            | Self::Settled
            | Self::Pays
            | Self::HasAnswers
            | Self::HasEvidence
            | Self::SteppedOff => 2,
            Self::Ceiling | Self::Rung | Self::Aim => ladder,
            Self::Target => ladder + 1,
            Self::Measured => ladder + 2,
            Self::Reading { cuts, .. } => cuts.len() as u8 + 1,
            Self::Answer { options, .. } => options.len() as u8 + 1,
        }
    }

    /// Whether it is only known once the solution is.
    pub fn follows_solution(&self) -> bool {
        match self {
            Self::Rung | Self::Aim | Self::Target | Self::SteppedOff => true,
            Self::Gate(_)
            | Self::Ceiling
            | Self::Reading { .. }
            | Self::Answer { .. }
            | Self::Unanswered(_)
            | Self::Measured
            | Self::Settled
            | Self::Pays
            | Self::HasAnswers
            | Self::HasEvidence => false,
        }
    }
}

/// Kinds of gate that speak about readiness.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateKind {
    /// Forces stop.
    Stop,
    /// Forces review.
    Review,
    /// Forces clarify.
    Clarify,
    /// Forces a wait for data.
    Data,
    /// Forces a wait for infrastructure.
    Infrastructure,
    /// Caps at pilot.
    Pilot,
}

/// A formula over facts.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The fact has one of these values.
    Is {
        /// Position in [`Policy::facts`].
        fact: usize,
        /// Which end of an open reading is read.
        view: View,
        /// Bit n stands for value n.
        values: u32,
    },
    /// All hold.
    All(Vec<Test>),
    /// At least one holds.
    Any(Vec<Test>),
    /// It does not hold.
    Not(Box<Test>),
}

impl Test {
    /// Whether it holds, given the value of each fact; nothing is asked that does not matter.
    pub fn holds(&self, value: &mut impl FnMut(usize, View) -> u8) -> bool {
        match self {
            Self::Is { fact, view, values } => values >> value(*fact, *view) & 1 == 1,
            Self::All(parts) => parts.iter().all(|part| part.holds(value)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(value)),
            Self::Not(part) => !part.holds(value),
        }
    }
}

/// Which end of an open reading a condition reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// In between, nearer to the worst: see [`Policy::doubt`].
    Likely,
    /// The worst.
    Worst,
    /// The best.
    Best,
}

/// File name of the policy in the repository.
const FILE: &str = "rubrics/policy.yaml";

/// The policy that is part of mlfit; read once.
pub fn built_in_policy() -> Result<Arc<Policy>, Problem> {
    static PARSED: OnceLock<Result<Arc<Policy>, Problem>> = OnceLock::new();
    PARSED
        .get_or_init(|| Policy::read(built_in_policy_source().1, FILE).map(Arc::new))
        .clone()
}

/// File name and text of the policy that is part of mlfit.
pub fn built_in_policy_source() -> (&'static str, &'static str) {
    (FILE, include_str!("../../rubrics/policy.yaml"))
}
