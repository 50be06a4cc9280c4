//! The rubrics at hand, and those of one's own.

use std::path::Path;
use std::sync::Arc;

use super::begin::find_rubric;
pub use crate::case::example_schema;
use crate::case::read_rubric;
use crate::problem::Problem;
pub use crate::rubric::{Difference, DifferenceKind, differences, schema};
use crate::rubric::{Rubric, built_in};

/// Every built-in rubric.
pub fn list() -> Result<Vec<Arc<Rubric>>, Problem> {
    built_in()
}

/// A built-in rubric by its id, or one's own by its file.
pub fn find(name: &str) -> Result<Arc<Rubric>, Problem> {
    find_rubric(name).map(|(rubric, _)| rubric)
}

/// Reads a rubric from a file; every fault in it is a located problem.
pub fn check(path: &Path) -> Result<Arc<Rubric>, Problem> {
    read_rubric(path)
}
