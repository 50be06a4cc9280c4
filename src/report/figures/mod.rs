//! Figures as SVG, drawn by hand: small, readable in light and dark, in grey and on paper.
//!
//! Each figure says in its title and description what it shows, labels its
//! lines where they end instead of in a legend, and tells lines apart by dash
//! as well as by colour.

mod contenders;
mod forecast;
mod learning;
mod lines;
mod readings;
mod reliability;
mod scale;
mod svg;

use super::Report;

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// The file's name, such as `contenders.svg`.
    pub file: String,
    /// What it is.
    pub title: String,
    /// How to read it, in a sentence or two.
    pub caption: String,
    /// The figure itself, a complete SVG document without an XML declaration.
    pub svg: String,
}

/// Every figure that the report's evidence and answers allow, in the order of the report.
pub fn figures(report: &Report) -> Vec<Figure> {
    let mut figures = Vec::new();
    figures.extend(contenders(report));
    figures.extend(learning(report));
    figures.extend(reliability(report));
    figures.extend(forecasts(report));
    figures.extend(horizon(report));
    figures.extend(readings(report));
    figures
}

/// Intervals of all contenders with the margin.
pub(crate) fn contenders(report: &Report) -> Option<Figure> {
    report.evidence.as_ref().and_then(contenders::draw)
}

/// Scores by training rows.
pub(crate) fn learning(report: &Report) -> Option<Figure> {
    report.evidence.as_ref().and_then(learning::draw)
}

/// Stated probabilities against what happened.
pub(crate) fn reliability(report: &Report) -> Option<Figure> {
    let evidence = report.evidence.as_ref()?;
    reliability::draw(evidence.panels.calibration.as_ref()?)
}

/// Forecasts from the last origins beside what came, one figure a series.
pub(crate) fn forecasts(report: &Report) -> Vec<Figure> {
    report
        .evidence
        .iter()
        .flat_map(|evidence| &evidence.panels.forecasts)
        .enumerate()
        .filter_map(|(position, panel)| forecast::draw(position, panel))
        .collect()
}

/// Error by steps ahead.
pub(crate) fn horizon(report: &Report) -> Option<Figure> {
    report.evidence.as_ref().and_then(forecast::draw_horizon)
}

/// Scores of the dimensions.
pub(crate) fn readings(report: &Report) -> Option<Figure> {
    readings::draw(&report.dimensions)
}
