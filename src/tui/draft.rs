//! What this session changed in a case, so that nothing of it is lost when
//! somebody else wrote the same case meanwhile.

use std::collections::BTreeSet;

use super::session::FramingLine;
use crate::case::CaseFolder;
use crate::problem::Problem;
use crate::workflow;

/// How often a save begins again when the case is written elsewhere at the same moment.
const MOST_TRIES: usize = 3;

/// One part of a case that a session can change.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The answer to a question with everything beside it.
    Answer(String),
    /// A line of the framing sheet.
    Framing(FramingLine),
    /// The data and what is asked of them.
    Data,
}

/// A version of a case that is to be written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The case.
    pub folder: CaseFolder,
    /// What of it is this session's own and not yet known to be on the disk.
    pub own: BTreeSet<Part>,
}

impl Draft {
    /// Writes the case. If somebody else wrote it since it was read here, their
    /// version is read, this session's own parts are put into it, and that is
    /// written and returned.
    pub fn save(&self) -> Result<Option<Box<CaseFolder>>, Problem> {
        let mut outcome = self.folder.save();
        for _ in 0..MOST_TRIES {
            match outcome {
                Ok(()) => return Ok(None),
                Err(problem) if problem.code == "case-changed" => {}
                Err(problem) => return Err(problem),
            }
            let merged = self.onto(workflow::open_case(&self.folder.path)?);
            outcome = merged.save();
            if outcome.is_ok() {
                return Ok(Some(Box::new(merged)));
            }
        }
        outcome.map(|()| None)
    }

    /// A case as it stands elsewhere, with this session's own parts put into it.
    pub fn onto(&self, mut standing: CaseFolder) -> CaseFolder {
        let own = &self.folder.case;
        for part in &self.own {
            match part {
                Part::Answer(question) => {
                    let answers = &mut standing.case.answers.0;
                    match own.answers.0.get(question) {
                        Some(given) => {
                            answers.insert(question.clone(), given.clone());
                        }
                        None => {
                            answers.remove(question);
                        }
                    }
                }
                Part::Framing(line) => {
                    line.of_mut(&mut standing.case.framing)
                        .clone_from(line.of(&own.framing));
                }
                Part::Data => standing.case.data.clone_from(&own.data),
            }
        }
        standing.adopt_rubric();
        standing
    }
}
