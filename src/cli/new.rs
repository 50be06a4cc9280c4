//! `mlfit new`.

use super::arguments::New;
use super::output::Outcome;
use crate::problem::Problem;
use crate::text::clean;
use crate::workflow::{self, NewCase, shell_word};

pub(super) fn run(given: &New, json: bool) -> Result<Outcome, Problem> {
    let folder = workflow::new_case(
        &given.case,
        &NewCase {
            title: &given.title,
            owner: given.owner.as_deref(),
            rubric: given.rubric.as_deref(),
            created: &workflow::today(),
        },
    )?;
    let path = folder.path.display().to_string();
    if json {
        return Outcome::json(&serde_json::json!({
            "case": path,
            "title": folder.case.title,
            "rubric": folder.case.rubric.id,
            "created": folder.case.created,
        }));
    }
    let case = shell_word(&path);
    Ok(Outcome::text(format!(
        "{} made, with the rubric {}.\n\nNext:\n  mlfit assess {case} --next\n  mlfit bench FILE.csv --target COLUMN --case {case}\n",
        clean(&path),
        clean(&folder.case.rubric.id),
    )))
}
