//! A case as a value.

use crate::assessment::{Answers, Framing};
use crate::contest::Request;
use crate::rubric::Rubric;
use crate::value::Economics;

/// One use case under decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// What it is called (untrusted text).
    pub title: String,
    /// Who owns the decision (untrusted text).
    pub owner: Option<String>,
    /// The day it was begun, `YYYY-MM-DD`.
    pub created: String,
    /// The rubric that it is asked by.
    pub rubric: RubricReference,
    /// What exactly is decided.
    pub framing: Framing,
    /// What people answered.
    pub answers: Answers,
    /// The data and what is asked of them.
    pub data: Option<DataSource>,
    /// The owner's figures.
    pub economics: Option<Economics>,
}

/// The rubric by which a case was last assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RubricReference {
    /// Its id, such as `ml-fitness` or `ml-fitness+forecasting`.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// Its hash.
    pub hash: String,
    /// The file of a rubric of one's own; relative paths start at the case
    /// folder. None for a built-in one.
    pub file: Option<String>,
}

/// A file of sample data, named by path and hash and never copied.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSource {
    /// The file as the user named it; relative paths start at the case folder.
    pub path: String,
    /// Lowercase hexadecimal SHA-256 of its bytes when it was last read.
    pub hash: Option<String>,
    /// What is asked of it.
    pub request: Request,
}

impl Case {
    /// A case of which nothing is known yet but its title and its rubric.
    pub fn new(title: impl Into<String>, created: impl Into<String>, rubric: &Rubric) -> Self {
        Self {
            title: title.into(),
            owner: None,
            created: created.into(),
            rubric: RubricReference::to(rubric),
            framing: Framing::default(),
            answers: Answers::default(),
            data: None,
            economics: None,
        }
    }
}

impl RubricReference {
    /// A reference to a built-in rubric as it is now.
    pub fn to(rubric: &Rubric) -> Self {
        Self {
            id: rubric.id.clone(),
            version: rubric.version,
            hash: rubric.hash.clone(),
            file: None,
        }
    }
}
