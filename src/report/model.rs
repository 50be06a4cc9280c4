//! The report as plain data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::assessment::{Answer, Assessment, Framing, GivenAnswer, answer_in_words};
use crate::contest::Evidence;
use crate::contest::metric;
use crate::rubric::{Question, QuestionKind, Who};
use crate::value::Economics;
use crate::verdict::{Hashes, Verdict};
use crate::vocabulary::{Confidence, Readiness, Rung};

/// The name and version of the JSON form.
pub const SCHEMA: &str = "mlfit.report/1";

/// Values held by fewer rows than this are not printed, unless [`Subject::smallest_group`] says otherwise.
pub const SMALLEST_GROUP: usize = metric::SMALLEST_GROUP;

/// Everything that is known about a case when its report is written.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The case's title (untrusted text).
    pub title: &'a str,
    /// Who owns the decision (untrusted text).
    pub owner: Option<&'a str>,
    /// The framing sheet.
    pub framing: &'a Framing,
    /// The answers with their meaning, if questions were asked.
    pub assessment: Option<&'a Assessment>,
    /// The benchmark, if there was one.
    pub evidence: Option<&'a Evidence>,
    /// The owner's figures, if they were given.
    pub economics: Option<&'a Economics>,
    /// The verdict.
    pub verdict: &'a Verdict,
    /// Earlier verdicts, oldest first.
    pub history: &'a [HistoryLine],
    /// How to come to the same verdict again.
    pub reproduce: &'a Reproduce,
    /// Values held by fewer rows are not printed; usually [`SMALLEST_GROUP`].
    pub smallest_group: usize,
}

/// A report, ready for every renderer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// The case's title (untrusted text).
    pub title: String,
    /// Who owns the decision (untrusted text).
    pub owner: Option<String>,
    /// The lines of the framing sheet that were filled in: what it asks, what was written (untrusted).
    pub framing: Vec<FramingLine>,
    /// The verdict.
    pub verdict: Verdict,
    /// The benchmark without what may not be printed.
    pub evidence: Option<Evidence>,
    /// What was left out of it.
    pub withheld: Withheld,
    /// The owner's figures.
    pub economics: Option<Economics>,
    /// The rubric's title, if questions were asked.
    pub rubric: Option<String>,
    /// Every dimension with the questions that were asked.
    pub dimensions: Vec<DimensionLines>,
    /// Earlier verdicts, oldest first.
    pub history: Vec<HistoryLine>,
    /// How to come to the same verdict again.
    pub reproduce: Reproduce,
}

/// One line of the framing sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FramingLine {
    /// What the sheet asks.
    pub asks: String,
    /// What was written (untrusted text).
    pub text: String,
}

/// One dimension with its score and its questions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DimensionLines {
    /// The dimension's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Score at worst, in 0..=1.
    pub low: f64,
    /// Score at best, in 0..=1.
    pub high: f64,
    /// The questions that were asked, in the rubric's order.
    pub answers: Vec<AnswerLine>,
}

/// One question with its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswerLine {
    /// The question's id.
    pub question: String,
    /// The question in words.
    pub ask: String,
    /// Whether and how it was answered.
    pub state: AnswerState,
    /// The answer in words; empty where there is none (untrusted where people wrote it).
    pub answer: String,
    /// The evidence that would settle it.
    pub settled_by: String,
    /// Who can answer it.
    pub who: Vec<Who>,
    /// A remark (untrusted text).
    pub note: Option<String>,
    /// Where the evidence is (untrusted text).
    pub link: Option<String>,
    /// Who answered (untrusted text).
    pub by: Option<String>,
    /// The day of the answer.
    pub at: Option<String>,
}

/// Whether and how a question was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerState {
    /// With an answer.
    Answered,
    /// With *don't know*.
    Unknown,
    /// With *not applicable*.
    NotApplicable,
    /// By several people who do not agree; the answer tells who said what.
    Disputed,
    /// Not yet.
    Unanswered,
}

/// An earlier verdict of the same case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryLine {
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// The solution then.
    pub solution: Rung,
    /// How firmly it stood.
    pub solution_confidence: Confidence,
    /// The readiness then.
    pub readiness: Readiness,
    /// How firmly it stood.
    pub readiness_confidence: Confidence,
    /// What had changed since the verdict before, in words (untrusted where it quotes input).
    pub changed: Option<String>,
}

/// How to come to the same verdict again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reproduce {
    /// The exact commands, in order (they quote file and column names: untrusted).
    pub commands: Vec<String>,
    /// The version of mlfit.
    pub version: String,
    /// Hashes of every input.
    pub hashes: Hashes,
    /// Seed of every random choice, if a benchmark was run.
    pub seed: Option<u64>,
}

/// What was left out because too few rows hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Values held by fewer rows than this are not printed.
    pub smallest_group: usize,
    /// Lines of rules left out.
    pub rule_lines: usize,
    /// Bins of the calibration left out.
    pub calibration_bins: usize,
    /// Groups of a protected attribute left out.
    pub groups: usize,
}

impl Report {
    /// Gathers a report. What may not be printed is left out here, so that no
    /// renderer can show it.
    pub fn of(subject: &Subject<'_>) -> Self {
        let (evidence, withheld) = withhold(subject.evidence, subject.smallest_group);
        Self {
            schema: SCHEMA.to_owned(),
            title: subject.title.to_owned(),
            owner: subject.owner.map(str::to_owned),
            framing: framing_lines(subject.framing),
            verdict: subject.verdict.clone(),
            evidence,
            withheld,
            economics: subject.economics.cloned(),
            rubric: subject
                .assessment
                .map(|assessment| assessment.rubric.title.clone()),
            dimensions: subject.assessment.map(dimension_lines).unwrap_or_default(),
            history: subject.history.to_vec(),
            reproduce: subject.reproduce.clone(),
        }
    }

    /// A question in words, by its id.
    pub fn ask(&self, question: &str) -> Option<&str> {
        self.lines()
            .find(|line| line.question == question)
            .map(|line| line.ask.as_str())
    }

    /// Every question that was asked.
    pub fn lines(&self) -> impl Iterator<Item = &AnswerLine> {
        self.dimensions
            .iter()
            .flat_map(|dimension| &dimension.answers)
    }
}

fn framing_lines(framing: &Framing) -> Vec<FramingLine> {
    [
        ("One row is", &framing.row),
        ("The label is", &framing.label),
        ("The decision is made", &framing.decided),
        ("The outcome is known", &framing.outcome),
        ("What is predicted is for", &framing.period),
    ]
    .into_iter()
    .filter_map(|(asks, text)| {
        text.as_ref().map(|text| FramingLine {
            asks: asks.to_owned(),
            text: text.clone(),
        })
    })
    .collect()
}

fn withhold(evidence: Option<&Evidence>, smallest_group: usize) -> (Option<Evidence>, Withheld) {
    let mut withheld = Withheld {
        smallest_group,
        rule_lines: 0,
        calibration_bins: 0,
        groups: 0,
    };
    let Some(mut evidence) = evidence.cloned() else {
        return (None, withheld);
    };
    for rule in &mut evidence.panels.rules {
        let before = rule.lines.len();
        rule.lines.retain(|line| line.rows >= smallest_group);
        withheld.rule_lines += before - rule.lines.len();
        if rule.lines.len() < before {
            // the text of the whole rule says what these lines said
            rule.expression = None;
        }
    }
    if let Some(calibration) = &mut evidence.panels.calibration {
        let before = calibration.bins.len();
        calibration.bins.retain(|bin| bin.rows >= smallest_group);
        withheld.calibration_bins = before - calibration.bins.len();
    }
    for errors in &mut evidence.panels.groups {
        let before = errors.groups.len();
        errors
            .groups
            .retain(|group| group.error.rows >= smallest_group);
        withheld.groups += before - errors.groups.len();
    }
    (Some(evidence), withheld)
}

fn dimension_lines(assessment: &Assessment) -> Vec<DimensionLines> {
    let questions: BTreeMap<&str, &Question> = assessment
        .rubric
        .questions()
        .map(|(_, question)| (question.id.as_str(), question))
        .collect();
    assessment
        .rubric
        .dimensions
        .iter()
        .filter_map(|dimension| {
            let score = assessment
                .dimensions
                .iter()
                .find(|score| score.id == dimension.id)?;
            let answers = dimension
                .questions
                .iter()
                .filter(|question| assessment.visible.contains(&question.id))
                // What is never scored and was left out changes nothing: no gap to report.
                .filter(|question| {
                    question.weight > 0 || assessment.answers.get(&question.id).is_some()
                })
                .filter_map(|question| questions.get(question.id.as_str()))
                .map(|question| {
                    let given = assessment.answers.0.get(&question.id);
                    answer_line(question, given, assessment.is_disputed(&question.id))
                })
                .collect::<Vec<_>>();
            (!answers.is_empty()).then(|| DimensionLines {
                id: dimension.id.clone(),
                title: dimension.title.clone(),
                low: score.low,
                high: score.high,
                answers,
            })
        })
        .collect()
}

fn answer_line(question: &Question, given: Option<&GivenAnswer>, is_disputed: bool) -> AnswerLine {
    let answer = given.map(|given| &given.answer);
    let told = match given {
        Some(given) if !given.others.is_empty() => several(question, given),
        Some(given) => in_words(question, &given.answer),
        None => String::new(),
    };
    AnswerLine {
        question: question.id.clone(),
        ask: question.ask.clone(),
        state: if is_disputed {
            AnswerState::Disputed
        } else {
            state(answer)
        },
        answer: told,
        settled_by: question.settled_by.clone(),
        who: question.who.clone(),
        note: given.and_then(|given| given.note.clone()),
        link: given.and_then(|given| given.link.clone()),
        by: given
            .filter(|given| given.others.is_empty())
            .and_then(|given| given.by.clone()),
        at: given.and_then(|given| given.at.clone()),
    }
}

/// What each of several people answered.
fn several(question: &Question, given: &GivenAnswer) -> String {
    let said: Vec<String> = given
        .voices()
        .map(|voice| {
            let role = voice.role.map_or("all", Who::id);
            let name = voice.by.as_ref().map(|by| format!(" ({by})"));
            let answer = in_words(question, &voice.answer);
            format!("{role}{}: {answer}", name.unwrap_or_default())
        })
        .collect();
    said.join("; ")
}

fn state(answer: Option<&Answer>) -> AnswerState {
    match answer {
        None => AnswerState::Unanswered,
        Some(Answer::Unknown) => AnswerState::Unknown,
        Some(Answer::NotApplicable) => AnswerState::NotApplicable,
        Some(
            Answer::Choice(_)
            | Answer::Number(_)
            | Answer::Text(_)
            | Answer::Rule(_)
            | Answer::Whys(_),
        ) => AnswerState::Answered,
    }
}

fn in_words(question: &Question, answer: &Answer) -> String {
    match answer {
        Answer::Number(number) => match &question.kind {
            QuestionKind::Number { unit, .. } => format!("{number} {unit}"),
            QuestionKind::Choice(_)
            | QuestionKind::Text { .. }
            | QuestionKind::Rule
            | QuestionKind::Whys { .. } => number.to_string(),
        },
        Answer::Whys(steps) => steps.join(" ← "),
        Answer::Choice(_)
        | Answer::Text(_)
        | Answer::Rule(_)
        | Answer::Unknown
        | Answer::NotApplicable => answer_in_words(Some(question), answer),
    }
}
