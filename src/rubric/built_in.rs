//! The rubrics that are part of mlfit.

use std::sync::{Arc, OnceLock};

use super::model::Rubric;
use crate::problem::{Problem, nearest};

/// The rubric that every case starts with.
pub const BASE: &str = "ml-fitness";

/// Id, file name and text of every built-in rubric; the base first, then its packs.
const FILES: [(&str, &str, &str); 7] = [
    (
        BASE,
        "rubrics/ml-fitness.yaml",
        include_str!("../../rubrics/ml-fitness.yaml"),
    ),
    (
        "forecasting",
        "rubrics/forecasting.yaml",
        include_str!("../../rubrics/forecasting.yaml"),
    ),
    (
        "ranking",
        "rubrics/ranking.yaml",
        include_str!("../../rubrics/ranking.yaml"),
    ),
    (
        "documents",
        "rubrics/documents.yaml",
        include_str!("../../rubrics/documents.yaml"),
    ),
    (
        "anomaly",
        "rubrics/anomaly.yaml",
        include_str!("../../rubrics/anomaly.yaml"),
    ),
    (
        "people",
        "rubrics/people.yaml",
        include_str!("../../rubrics/people.yaml"),
    ),
    (
        "operations",
        "rubrics/operations.yaml",
        include_str!("../../rubrics/operations.yaml"),
    ),
];

/// Every built-in rubric, the base first; a pack stands on its base (`ml-fitness+forecasting`).
pub fn built_in() -> Result<Vec<Arc<Rubric>>, Problem> {
    FILES.iter().map(|(id, ..)| built_in_rubric(id)).collect()
}

/// Ids of the built-in rubric and its packs, the base first.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(id, ..)| *id)
}

/// The text of a built-in rubric or pack, with its file name in the repository.
pub fn built_in_source(id: &str) -> Option<(&'static str, &'static str)> {
    FILES
        .iter()
        .find(|(known, ..)| *known == id)
        .map(|(_, file, text)| (*file, *text))
}

/// A built-in rubric by its id: `ml-fitness`, a pack (`forecasting`, which
/// brings its base), or several joined (`ml-fitness+forecasting+people`).
pub fn built_in_rubric(id: &str) -> Result<Arc<Rubric>, Problem> {
    let base = base()?;
    if id == BASE {
        return Ok(base);
    }
    let mut rubric = (*base).clone();
    for part in id.split('+').filter(|part| *part != BASE) {
        let (file, text) = built_in_source(part).ok_or_else(|| unknown(part))?;
        rubric = rubric.extended_by(text, file)?;
    }
    Ok(Arc::new(rubric))
}

/// The base is read once.
fn base() -> Result<Arc<Rubric>, Problem> {
    static PARSED: OnceLock<Result<Arc<Rubric>, Problem>> = OnceLock::new();
    PARSED
        .get_or_init(|| {
            let (_, file, text) = FILES[0];
            Rubric::parse(text, file).map(Arc::new)
        })
        .clone()
}

fn unknown(id: &str) -> Problem {
    Problem::new(
        "unknown-rubric",
        format!("expected a built-in rubric, found \"{id}\""),
        match nearest(id, built_in_ids()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!(
                "the built-in ones are {}",
                built_in_ids().collect::<Vec<_>>().join(", ")
            ),
        },
    )
}
