//! A case as a value.

use crate::assessment::{Answers, Framing};
use crate::contest::Request;
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
