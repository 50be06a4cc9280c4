//! What was last known of the same entity: for tables in which entities return.

use std::sync::Arc;

use crate::contest::evidence::Tier;
use crate::contest::predictions::Truth;
use crate::contest::tables::contender::{
    Contender, Description, FitError, Fitted, Names, Training,
};
use crate::contest::tables::features::Features;
use crate::contest::tables::kernel::Outcome;
use crate::data::MISSING_DATE;
use crate::vocabulary::Rung;

/// The last value of the entity before the row's moment.
pub(super) struct LastKnown;

struct Fit {
    /// Entity, moment and position among `targets`, ascending.
    past: Vec<(u32, i64, u32)>,
    targets: Targets,
    /// What is said of an entity without a past.
    fallback: Vec<f64>,
}

enum Targets {
    /// The class of each training row, and how often a class came again.
    Classes {
        values: Vec<u32>,
        again: f64,
    },
    Numbers(Vec<f64>),
}

impl Contender for LastKnown {
    fn id(&self) -> &'static str {
        "last-known"
    }

    fn tier(&self) -> Tier {
        Tier::Heuristic
    }

    fn rung(&self) -> Rung {
        Rung::Query
    }

    fn inapplicable(&self, features: &Features, _: &Truth<'_>) -> Option<String> {
        match (&features.group, &features.time) {
            (Some(_), Some(_)) => None,
            (None, _) => Some("there is no column that names the entity of a row".to_owned()),
            (_, None) => Some("there is no column that says when a row happened".to_owned()),
        }
    }

    fn fit(&self, training: &Training<'_>) -> Result<Box<dyn Fitted>, FitError> {
        let outcome = Outcome::read(training)?;
        let Some((group, time)) = columns(training.features) else {
            return Err(FitError::Failed(
                "needs an entity and a moment for each row".into(),
            ));
        };
        let mut past: Vec<(u32, i64, u32)> = training
            .rows
            .iter()
            .enumerate()
            .map(|(position, row)| (group[*row as usize], time[*row as usize], position as u32))
            .filter(|(_, moment, _)| *moment != MISSING_DATE)
            .collect();
        past.sort_unstable();
        let targets = match training.target {
            Truth::Classes { values, .. } => Targets::Classes {
                again: again(&past, values),
                values: values.to_vec(),
            },
            Truth::Numbers(values) => Targets::Numbers(values.to_vec()),
        };
        Ok(Box::new(Fit {
            past,
            targets,
            fallback: outcome.prior.clone(),
        }))
    }
}

/// How often the class was the same as the last time: with one row for and one against.
fn again(past: &[(u32, i64, u32)], values: &[u32]) -> f64 {
    let (mut same, mut all) = (1.0, 2.0);
    for pair in past.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        all += 1.0;
        if values[pair[0].2 as usize] == values[pair[1].2 as usize] {
            same += 1.0;
        }
    }
    same / all
}

type Known = (Arc<Vec<u32>>, Arc<Vec<i64>>);

fn columns(features: &Features) -> Option<Known> {
    Some((features.group.clone()?, features.time.clone()?))
}

impl Fit {
    /// Position of the entity's last training row before the moment.
    fn last(&self, entity: u32, moment: i64) -> Option<usize> {
        if moment == MISSING_DATE {
            return None;
        }
        let end = self
            .past
            .partition_point(|known| (known.0, known.1) < (entity, moment));
        let last = self.past.get(end.checked_sub(1)?)?;
        (last.0 == entity).then_some(last.2 as usize)
    }
}

impl Fitted for Fit {
    fn predict(&self, features: &Features, rows: &[u32]) -> Vec<f64> {
        let known = columns(features);
        let mut predicted = Vec::with_capacity(rows.len() * self.fallback.len());
        for row in rows {
            let row = *row as usize;
            let last = known
                .as_ref()
                .and_then(|(group, time)| self.last(group[row], time[row]));
            match (last, &self.targets) {
                (None, _) => predicted.extend_from_slice(&self.fallback),
                (Some(position), Targets::Numbers(values)) => predicted.push(values[position]),
                (Some(position), Targets::Classes { values, again }) => {
                    let class = values[position] as usize;
                    predicted.extend(self.fallback.iter().enumerate().map(|(other, prior)| {
                        let rest = (1.0 - again) * prior;
                        if other == class { again + rest } else { rest }
                    }));
                }
            }
        }
        predicted
    }

    fn describe(&self, names: &Names<'_>) -> Description {
        Description {
            says: format!(
                "The last {} that was known of the same entity before; otherwise: {}",
                names.target,
                crate::contest::tables::tell::answer(&self.fallback, names)
            ),
            ..Description::default()
        }
    }
}
