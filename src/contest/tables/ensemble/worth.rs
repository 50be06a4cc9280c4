//! What each column is worth to an ensemble: its share of what all cuts gain.

use super::Coding;
use crate::contest::panels::RuleLine;
use crate::contest::tables::features::Features;

/// Columns that a sentence names.
const NAMED: usize = 5;

/// Columns by name with their share of the gain, the largest first; none of those without any.
pub(in crate::contest::tables) struct Worth(Vec<(String, f64)>);

impl Worth {
    /// From the gain of each coded column.
    pub(in crate::contest::tables) fn of(
        gains: &[f64],
        coding: &Coding,
        features: &Features,
    ) -> Self {
        let mut by_feature: Vec<(f64, usize)> = (0..features.columns.len())
            .map(|feature| (0.0, feature))
            .collect();
        for (gain, column) in gains.iter().zip(&coding.columns) {
            if let Some(entry) = by_feature.get_mut(column.source.feature()) {
                entry.0 += gain;
            }
        }
        let all: f64 = gains.iter().sum();
        by_feature.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Self(
            by_feature
                .into_iter()
                .filter(|(gain, _)| *gain > 0.0)
                .map(|(gain, feature)| (features.columns[feature].name(), gain / all))
                .collect(),
        )
    }

    /// What the ensemble is, in a sentence.
    pub(in crate::contest::tables) fn says(&self, what: &str) -> String {
        if self.0.is_empty() {
            return format!("{what} that found nothing to split by.");
        }
        let named: Vec<String> = self
            .0
            .iter()
            .take(NAMED)
            .map(|(name, share)| format!("{name} {:.0} %", 100.0 * share))
            .collect();
        format!(
            "{what}; the share of each column in what it gains: {}.",
            named.join(", ")
        )
    }

    /// A line for each column.
    pub(in crate::contest::tables) fn lines(&self, rows: usize) -> Vec<RuleLine> {
        self.0
            .iter()
            .map(|(name, share)| RuleLine {
                when: name.clone(),
                answer: format!("{:.1} % of the gain", 100.0 * share),
                rows,
                right: None,
            })
            .collect()
    }
}
