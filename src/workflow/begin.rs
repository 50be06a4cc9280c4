//! Beginning a case, and coming back to one.

use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::case::{Case, CaseFolder, RubricReference, read_rubric};
use crate::problem::Problem;
use crate::rubric::{BASE, Rubric, built_in_rubric};

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// Most characters in a title.
const LONGEST_TITLE: usize = 200;

/// What a new case begins with.
#[derive(Clone, Copy, Debug)]
pub struct NewCase<'a> {
    /// What it is called.
    pub title: &'a str,
    /// Who owns the decision.
    pub owner: Option<&'a str>,
    /// A built-in rubric (`ml-fitness`, `forecasting`, `ml-fitness+forecasting`),
    /// or the file of one's own; the base, if none.
    pub rubric: Option<&'a str>,
    /// The day, `YYYY-MM-DD`.
    pub created: &'a str,
}

/// Today's date in UTC, `YYYY-MM-DD`, the same for a whole team; only the faces ask for it.
pub fn today() -> String {
    let days = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() / SECONDS_PER_DAY);
    // A broken clock must not lead past the year 9999, where the calendar ends.
    let days = i64::try_from(days).unwrap_or(0).min(2_900_000);
    let epoch = jiff::civil::date(1970, 1, 1);
    epoch
        .checked_add(jiff::Span::new().days(days))
        .unwrap_or(epoch)
        .to_string()
}

/// Makes a folder with a new case in it.
///
/// Codes: `empty-title`, `title-too-long`, and those of [`CaseFolder::create`].
pub fn new_case(path: &Path, new: &NewCase<'_>) -> Result<CaseFolder, Problem> {
    check_title(new.title)?;
    let (rubric, file) = find_rubric(new.rubric.unwrap_or(BASE))?;
    let mut case = Case::new(new.title.trim(), new.created, &rubric);
    case.rubric = RubricReference {
        file,
        ..case.rubric
    };
    case.owner = new.owner.map(str::to_owned);
    CaseFolder::create(path, case)
}

/// Opens a case.
pub fn open_case(path: &Path) -> Result<CaseFolder, Problem> {
    CaseFolder::open(path)
}

/// A built-in rubric by its id, or one's own by its file; with the file's full path.
pub(super) fn find_rubric(name: &str) -> Result<(Arc<Rubric>, Option<String>), Problem> {
    let is_file = Path::new(name)
        .extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml");
    if !is_file {
        return Ok((built_in_rubric(name)?, None));
    }
    let path = Path::new(name);
    let rubric = read_rubric(path)?;
    let full = std::path::absolute(path).map_err(|error| {
        Problem::new(
            "not-readable",
            format!("{name} cannot be read: {error}"),
            "check the path",
        )
        .in_file(name)
    })?;
    Ok((rubric, Some(full.display().to_string())))
}

fn check_title(title: &str) -> Result<(), Problem> {
    let length = title.trim().chars().count();
    if length == 0 {
        return Err(Problem::new(
            "empty-title",
            "expected a title, found nothing",
            "give the case a title, such as the decision that it is about",
        ));
    }
    if length > LONGEST_TITLE {
        return Err(Problem::new(
            "title-too-long",
            format!("expected at most {LONGEST_TITLE} characters in the title, found {length}"),
            "say it shorter; the framing sheet has room for the rest",
        ));
    }
    Ok(())
}
