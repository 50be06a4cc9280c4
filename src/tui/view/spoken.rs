//! What screens show, as lines of words: for those who hear them.

use ratatui::text::Line;

use super::parts::{number, thousands};
use super::{decision, panels};
use crate::contest::{Calibration, ForecastPanel};
use crate::tui::state::{Panel, State};
use crate::tui::update::row_taken;

/// A panel of the contest without its figures; nothing for the leaderboard and for what was not measured.
pub(in crate::tui) fn panel_in_words(state: &State, panel: Panel, columns: usize) -> Vec<String> {
    let evidence = state
        .session
        .as_ref()
        .and_then(|session| session.evidence.as_ref());
    let Some(evidence) = evidence else {
        return Vec::new();
    };
    match panel {
        Panel::Board => Vec::new(),
        Panel::Comparisons | Panel::Warnings | Panel::Rule | Panel::Metrics => {
            in_words(&panels::panel(state, panel, row_taken(evidence), columns))
        }
        Panel::Learning => evidence
            .panels
            .learning
            .iter()
            .map(|curve| format!("{}: {}", curve.tier.label(), curve.says))
            .collect(),
        Panel::Calibration => evidence
            .panels
            .calibration
            .iter()
            .flat_map(calibration)
            .collect(),
        Panel::Forecasts => evidence
            .panels
            .forecasts
            .iter()
            .flat_map(forecast)
            .collect(),
    }
}

/// The verdict from its headline to when to look again.
pub(in crate::tui) fn decision_in_words(state: &State, columns: usize) -> Vec<String> {
    in_words(&decision::lines(state, columns))
}

fn in_words(lines: &[Line<'_>]) -> Vec<String> {
    lines
        .iter()
        .map(|line| line.to_string().trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

fn calibration(calibration: &Calibration) -> Vec<String> {
    let bins = calibration.bins.iter().map(|bin| {
        format!(
            "Said {:.0} percent, came true in {:.0} percent of {} rows.",
            100.0 * bin.stated,
            100.0 * bin.observed,
            thousands(bin.rows as f64)
        )
    });
    std::iter::once(calibration.says.clone())
        .chain(bins)
        .collect()
}

/// The last forecast of each contender beside what came.
fn forecast(panel: &ForecastPanel) -> Vec<String> {
    let list = |values: &[f64]| {
        let values: Vec<String> = values.iter().map(|value| number(*value)).collect();
        values.join(", ")
    };
    let mut last: Vec<&crate::contest::ForecastLine> = Vec::new();
    for line in &panel.lines {
        match last
            .iter_mut()
            .find(|known| known.contender == line.contender)
        {
            Some(known) => *known = line,
            None => last.push(line),
        }
    }
    let told = last.into_iter().map(|line| {
        let from = panel.times.get(line.start).map_or("", String::as_str);
        format!(
            "{} from {from}: {}",
            line.contender.replace('-', " "),
            list(&line.values)
        )
    });
    let came = panel
        .lines
        .iter()
        .map(|line| line.start)
        .max()
        .map(|start| {
            format!(
                "What came: {}",
                list(panel.actual.get(start..).unwrap_or_default())
            )
        });
    panel
        .series
        .iter()
        .cloned()
        .chain(told)
        .chain(came)
        .collect()
}
