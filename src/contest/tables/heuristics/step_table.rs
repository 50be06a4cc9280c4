//! One column in at most eight steps, each with its own number.

use super::no_usable_column;
use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{Contender, FitError, Fitted, Training};
use crate::contest::tables::features::{BinMeaning, Features};
use crate::contest::tables::kernel::{FittedTree, Growth, Outcome, Tree};
use crate::vocabulary::Rung;

/// Three divisions one after another make eight steps at most.
const DIVISIONS: usize = 3;

/// Training rows of a step.
const SMALLEST_STEP: usize = 6;

/// Steps along the column that takes the fewest nats to tell, target included.
pub(super) struct StepTable;

impl Contender for StepTable {
    fn id(&self) -> &'static str {
        "step-table"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Heuristic
    }

    fn inapplicable(&self, features: &Features, target: &Truth<'_>) -> Option<String> {
        match target {
            Truth::Numbers(_) => no_usable_column(features),
            Truth::Classes { .. } => Some("needs numbers; classes have the one rule".into()),
        }
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let (features, rows) = (training.features, training.rows);
        let mut best: Option<(f64, Tree)> = None;
        for (position, feature) in features.columns.iter().enumerate() {
            if feature.bins.meaning == BinMeaning::Whole {
                continue;
            }
            let growth = Growth {
                depth: DIVISIONS,
                smallest_leaf: SMALLEST_STEP,
                only: Some(position),
            };
            let tree = Tree::grow(features, rows, &outcome, growth, training.control)?;
            let tree = tree.pruned(&outcome);
            let length = tree.length(&outcome);
            if best.as_ref().is_none_or(|(least, _)| length < least - 1e-9) {
                best = Some((length, tree));
            }
        }
        let Some((_, tree)) = best else {
            return Err(FitError::Failed("there is no column to go by".into()));
        };
        Ok(Box::new(FittedTree::new(tree, features, rows, &outcome)))
    }
}
