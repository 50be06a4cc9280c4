//! The case that is open: the truth about its answers, and what is known beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::draft::{Draft, Part};
use super::event::{JobId, ReadTable};
use super::state::Questions;
use crate::assessment::{Answer, Assessment, GivenAnswer, write_answer};
use crate::case::CaseFolder;
use crate::contest::Evidence;
use crate::data::{ColumnRole, Role};
use crate::problem::Problem;
use crate::verdict::{Remaining, Verdict};
use crate::workflow;

pub use super::item::{FramingLine, Item};

/// Steps of undo kept.
const MOST_STEPS_BACK: usize = 200;

/// A case that is open.
#[derive(Clone, Debug)]
pub struct Session {
    /// The case. What stands here is the truth; the disk follows.
    pub folder: CaseFolder,
    /// What its answers mean.
    pub assessment: Assessment,
    /// Its benchmark.
    pub evidence: Option<Arc<Evidence>>,
    /// Its data, once they were read.
    pub table: Option<ReadTable>,
    /// The part that every column of the table plays, once it was found out.
    pub roles: Vec<ColumnRole>,
    /// The awaited parts.
    pub assigning: Option<JobId>,
    /// The verdict as it would be now.
    pub verdict: Option<Verdict>,
    /// Why there is none.
    pub undecided: Option<Problem>,
    /// The awaited verdict.
    pub deciding: Option<JobId>,
    /// Something was answered since the awaited or last verdict was asked for.
    pub stale: bool,
    /// What the last answer changed.
    pub changed: Option<String>,
    /// What is asked of the data was changed here since they were measured.
    pub asks_otherwise: bool,
    /// It is a finished example that somebody is led through.
    pub is_guided: bool,
    /// Why the last contest failed.
    pub unmeasured: Option<Problem>,
    /// The version that waits to be saved.
    pub saving: Option<u64>,
    /// The first version of this session.
    first: Option<u64>,
    /// Why the last version was not saved.
    pub unsaved: Option<Problem>,
    /// What this session changed and what is not yet known to be on the disk,
    /// with the version that will bring it there; none, if it waits for one.
    changes: BTreeMap<Part, Option<u64>>,
    /// Answers as they stood before, latest last.
    pub steps_back: Vec<StepBack>,
}

/// One answer, or line of the framing sheet, as it stood before.
#[derive(Clone, Debug, PartialEq)]
pub enum StepBack {
    /// An answer.
    Answer(String, Option<GivenAnswer>),
    /// A line of the framing sheet.
    Framing(FramingLine, Option<String>),
}

impl Session {
    /// A case that was just opened.
    pub fn new(folder: CaseFolder, evidence: Option<Arc<Evidence>>) -> Self {
        Self {
            assessment: workflow::assessment(&folder),
            folder,
            evidence,
            table: None,
            roles: Vec::new(),
            assigning: None,
            verdict: None,
            undecided: None,
            deciding: None,
            stale: false,
            changed: None,
            asks_otherwise: false,
            is_guided: false,
            unmeasured: None,
            saving: None,
            first: None,
            unsaved: None,
            changes: BTreeMap::new(),
            steps_back: Vec::new(),
        }
    }

    /// Everything that is asked now, in order. The framing sheet opens the first section.
    pub fn items(&self) -> Vec<Item<'_>> {
        let visible: BTreeSet<&str> = self.assessment.visible.iter().map(String::as_str).collect();
        let questions = self
            .folder
            .rubric
            .questions()
            .map(|(_, question)| question)
            .filter(|question| visible.contains(question.id.as_str()))
            .map(Item::Question);
        let framing = FramingLine::ALL.into_iter().map(Item::Framing);
        framing.chain(questions).collect()
    }

    /// What is worth asking next and was not passed over: the framing sheet,
    /// which says what is spoken about, then questions in the order in which
    /// their answers could change the verdict, then the others for the record.
    pub fn next_by_use(&self, passed: &[String]) -> Option<String> {
        let remaining = self.verdict.as_ref().map(|verdict| &verdict.remaining);
        self.next_of(remaining, passed)
    }

    /// The same where it is known elsewhere what remains.
    pub fn next_of(&self, remaining: Option<&Remaining>, passed: &[String]) -> Option<String> {
        let items = self.items();
        let is_left =
            |item: &&Item<'_>| !self.is_answered(item) && !passed.iter().any(|id| id == item.id());
        let left: Vec<&Item<'_>> = items.iter().filter(is_left).collect();
        let framing = left
            .iter()
            .find(|item| matches!(item, Item::Framing(_)))
            .map(|item| item.id());
        let matter = remaining.and_then(|remaining| {
            let mut matter = remaining.matter.iter().map(String::as_str);
            matter.find(|id| left.iter().any(|item| item.id() == *id))
        });
        let record = left.first().map(|item| item.id());
        framing.or(matter).or(record).map(str::to_owned)
    }

    /// What is asked under that id.
    pub fn item(&self, id: &str) -> Option<Item<'_>> {
        FramingLine::ALL
            .into_iter()
            .find(|line| line.id() == id)
            .map(Item::Framing)
            .or_else(|| self.folder.rubric.question(id).map(Item::Question))
    }

    /// The section of an item: the position of its dimension.
    pub fn section(&self, id: &str) -> usize {
        self.folder
            .rubric
            .dimensions
            .iter()
            .position(|dimension| dimension.questions.iter().any(|question| question.id == id))
            .unwrap_or(0)
    }

    /// A line of the framing sheet.
    pub fn framing(&self, line: FramingLine) -> Option<&str> {
        line.of(&self.folder.case.framing).as_deref()
    }

    /// Whether an item has an answer, *don't know* included.
    pub fn is_answered(&self, item: &Item<'_>) -> bool {
        match item {
            Item::Framing(line) => self.framing(*line).is_some(),
            Item::Question(question) => !self.assessment.unanswered.contains(&question.id),
        }
    }

    /// The text of an answer that is typed, as it stands.
    pub fn standing(&self, id: &str) -> String {
        let answer = self.folder.case.answers.get(id);
        match (self.item(id), answer) {
            (Some(Item::Framing(line)), _) => self.framing(line).unwrap_or_default().to_owned(),
            (Some(item), Some(answer)) if item.is_typed() => match answer {
                Answer::Unknown | Answer::NotApplicable => String::new(),
                other => write_answer(other),
            },
            (Some(Item::Question(_)) | None, _) => String::new(),
        }
    }

    /// Whether what is typed differs from the answer that stands.
    pub fn is_draft(&self, questions: &Questions) -> bool {
        questions.field.text().trim() != self.standing(&questions.at).trim()
    }

    /// Replaces a line of the framing sheet.
    pub fn set_framing(&mut self, line: FramingLine, text: Option<String>) {
        *line.of_mut(&mut self.folder.case.framing) = text;
        self.changes.insert(Part::Framing(line), None);
    }

    /// Replaces an answer with everything beside it, or takes it away.
    pub fn set_given(&mut self, question: &str, given: Option<GivenAnswer>) {
        let answers = &mut self.folder.case.answers;
        match given {
            Some(given) => {
                answers.0.insert(question.to_owned(), given);
            }
            None => {
                answers.0.remove(question);
            }
        }
        self.changes.insert(Part::Answer(question.to_owned()), None);
        self.folder.adopt_rubric();
        self.assessment = self
            .assessment
            .with_answers(self.folder.case.answers.clone());
    }

    /// Notes that the data, or what is asked of them, were changed here.
    pub fn changed_data(&mut self) {
        self.changes.insert(Part::Data, None);
    }

    /// Whether what was measured answers a question that is no longer asked.
    pub fn is_outdated(&self) -> bool {
        let (Some(evidence), Some(data)) = (&self.evidence, &self.folder.case.data) else {
            return false;
        };
        let request = &data.request;
        let played = |name: &String| {
            let column = evidence.columns.iter().find(|column| column.name == *name);
            column.map(|column| column.role)
        };
        let differs = |name: &String, role| played(name).is_some_and(|played| played != role);
        self.asks_otherwise
            || evidence.target != request.target
            || request
                .ignore
                .iter()
                .any(|name| differs(name, Role::Ignored))
            || request.time.iter().any(|name| differs(name, Role::Time))
            || request.group.iter().any(|name| differs(name, Role::Group))
    }

    /// The case as that version is to be written.
    pub fn draft(&mut self, version: u64) -> Draft {
        self.saving = Some(version);
        self.first.get_or_insert(version);
        for waiting in self.changes.values_mut() {
            waiting.get_or_insert(version);
        }
        Draft {
            folder: self.folder.clone(),
            own: self.changes.keys().cloned().collect(),
        }
    }

    /// Whether that version was made in this session, and it or a later one is awaited.
    pub fn awaits(&self, version: u64) -> bool {
        self.first.is_some_and(|first| first <= version)
            && self.saving.is_some_and(|awaited| awaited >= version)
    }

    /// That version stands on the disk; what was changed later does not yet.
    pub fn written(&mut self, version: u64) {
        self.changes
            .retain(|_, waiting| waiting.is_none_or(|brought| brought > version));
    }

    /// Whether something is not known to be on the disk.
    pub fn is_ahead(&self) -> bool {
        !self.changes.is_empty()
    }

    /// Takes over what somebody else wrote, this session's own changes on top.
    pub fn rebase(&mut self, standing: CaseFolder) {
        let own = Draft {
            folder: self.folder.clone(),
            own: self.changes.keys().cloned().collect(),
        };
        self.folder = own.onto(standing);
        self.assessment = workflow::assessment(&self.folder);
    }

    /// How an item stands now, to be restored by undo.
    pub fn snapshot(&self, id: &str) -> Option<StepBack> {
        Some(match self.item(id)? {
            Item::Framing(line) => StepBack::Framing(line, self.framing(line).map(str::to_owned)),
            Item::Question(question) => StepBack::Answer(
                question.id.clone(),
                self.folder.case.answers.0.get(&question.id).cloned(),
            ),
        })
    }

    /// Remembers how an item stood.
    pub fn remember(&mut self, step: StepBack) {
        if self.steps_back.len() == MOST_STEPS_BACK {
            self.steps_back.remove(0);
        }
        self.steps_back.push(step);
    }

    /// Lines of the framing sheet that are filled in.
    pub fn framed(&self) -> usize {
        FramingLine::ALL
            .into_iter()
            .filter(|line| self.framing(*line).is_some())
            .count()
    }
}
