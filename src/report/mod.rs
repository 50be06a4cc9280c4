//! The report: one [`Report`] value, rendered as Markdown, HTML, JSON and figures.
//!
//! [`Report::of`] gathers what is known about a case ([`Subject`]) into plain
//! data and leaves out what may not be printed. [`chapters`] turn it, once,
//! into a [`document`] of headings, tables and figures; [`markdown`] and
//! [`html`] only write that document down, and escape every text on the way.
//! Nothing here computes statistics or touches a file.

pub mod chapters;
pub mod document;
pub mod figures;
mod glossary;
mod html;
mod markdown;
pub mod model;
pub(crate) mod numbers;
pub(crate) mod words;

pub(crate) use glossary::meanings;

pub use figures::Figure;
pub use model::{
    AnswerLine, AnswerState, DimensionLines, HistoryLine, Report, Reproduce, SMALLEST_GROUP,
    Subject, Withheld,
};

use crate::problem::Problem;

/// The folder, seen from the report, in which its figures lie.
pub const FIGURES: &str = "figures";

/// The report as Markdown (GitHub flavour). Figures are referred to as
/// `figures/NAME.svg`; [`figures`](figures::figures) draws them.
pub fn markdown(report: &Report) -> String {
    markdown::render(&chapters::document(report))
}

/// Text that Markdown shows as it stands, on one line, at the start of a block or inside of one.
pub fn plain_in_markdown(text: &str) -> String {
    markdown::plain(text)
}

/// The report as one HTML page with its figures inside, that loads nothing from anywhere.
pub fn html(report: &Report) -> String {
    html::render(&chapters::document(report))
}

/// The report as JSON, `mlfit.report/1`.
pub fn json(report: &Report) -> Result<String, Problem> {
    serde_json::to_string_pretty(report).map_err(|error| {
        Problem::new(
            "report-json",
            format!("the report cannot be written as JSON: {error}"),
            "this is a fault of mlfit; please report it with the case",
        )
    })
}

#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;
