//! What tests of this room share: tables from the shipped data, and one training at a time.

use std::path::Path;

use super::encode;
use super::features::Features;
use super::{Contender, Fitted, Names, Training};
use crate::contest::control::unattended;
use crate::contest::metric::Scoring;
use crate::contest::metric::threshold::{Threshold, TrainingRows};
use crate::contest::predictions::Truth;
use crate::data::{Column, ColumnRole, Kind, MISSING_CODE, Role, Table, Values};

/// A table, encoded, with its target.
pub(super) struct Sample {
    pub(super) table: Table,
    pub(super) features: Features,
    pub(super) target: Target,
    pub(super) name: String,
}

/// A whole target column.
pub(super) enum Target {
    Classes {
        names: Vec<String>,
        values: Vec<u32>,
    },
    Numbers(Vec<f64>),
}

impl Target {
    pub(super) fn of_rows(&self, rows: &[u32]) -> Self {
        match self {
            Self::Classes { names, values } => Self::Classes {
                names: names.clone(),
                values: rows.iter().map(|row| values[*row as usize]).collect(),
            },
            Self::Numbers(values) => {
                Self::Numbers(rows.iter().map(|row| values[*row as usize]).collect())
            }
        }
    }

    pub(super) fn truth(&self) -> Truth<'_> {
        match self {
            Self::Classes { names, values } => Truth::Classes {
                classes: names.len(),
                values,
            },
            Self::Numbers(values) => Truth::Numbers(values),
        }
    }

    pub(super) fn classes(&self) -> &[String] {
        match self {
            Self::Classes { names, .. } => names,
            Self::Numbers(_) => &[],
        }
    }
}

impl Sample {
    /// A shipped data set; columns named in `aside` are no features.
    pub(super) fn shipped(file: &str, target: &str, aside: &[&str]) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("datasets")
            .join(file);
        Self::of(read(&path), target, aside)
    }

    pub(super) fn of(table: Table, target: &str, aside: &[&str]) -> Self {
        let roles: Vec<ColumnRole> = table
            .columns
            .iter()
            .map(|column| ColumnRole {
                role: match column.name.as_str() {
                    name if name == target => Role::Target,
                    name if aside.contains(&name) => Role::Ignored,
                    _ => Role::Feature,
                },
                why: String::new(),
            })
            .collect();
        let target_values = match &table.column(target).unwrap().values {
            Values::Number(values) => Target::Numbers(values.clone()),
            Values::Category { codes, levels } => Target::Classes {
                names: levels.clone(),
                values: codes.clone(),
            },
            Values::Date(_) => panic!("no date is predicted"),
        };
        Self {
            features: encode::features(&table, &roles),
            target: target_values,
            name: target.to_owned(),
            table,
        }
    }

    pub(super) fn rows(&self) -> Vec<u32> {
        (0..self.table.rows as u32).collect()
    }

    /// Fits on the rows.
    pub(super) fn fit(
        &self,
        contender: &dyn Contender,
        rows: &[u32],
        scoring: &Scoring,
    ) -> Box<dyn Fitted> {
        let target = self.target.of_rows(rows);
        unattended(|control| {
            contender.fit(&Training {
                features: &self.features,
                rows,
                target: target.truth(),
                scoring,
                seed: 1,
                settled: None,
                shared: None,
                control,
            })
        })
        .unwrap()
    }

    /// The threshold that the contest would choose on these rows; none for numbers.
    pub(super) fn threshold(
        &self,
        fitted: &dyn Fitted,
        rows: &[u32],
        scoring: &Scoring,
    ) -> Option<Threshold> {
        let target = self.target.of_rows(rows);
        let Truth::Classes { classes, values } = target.truth() else {
            return None;
        };
        let probabilities = fitted.predict(&self.features, rows);
        let rows = TrainingRows {
            classes,
            truth: values,
            probabilities: &probabilities,
        };
        Some(Threshold::choose(scoring, &rows))
    }

    pub(super) fn names<'a>(&'a self, threshold: Option<&'a Threshold>) -> Names<'a> {
        Names {
            features: &self.features,
            target: &self.name,
            classes: self.target.classes(),
            positive: Some(1),
            threshold,
        }
    }

    /// Decisions (or numbers) for every row, each made by a fit on the other
    /// folds: the row at position p of a fixed shuffle is in fold p mod `folds`.
    pub(super) fn held_out(
        &self,
        contender: &dyn Contender,
        scoring: &Scoring,
        folds: u32,
    ) -> Vec<f64> {
        let total = self.table.rows as u32;
        // multiplying by a prime that does not divide the number of rows shuffles them
        let fold_of = |row: u32| (u64::from(row) * 7919 % u64::from(total)) as u32 % folds;
        let mut answers = vec![f64::NAN; total as usize];
        for fold in 0..folds {
            let (test, train): (Vec<u32>, Vec<u32>) =
                (0..total).partition(|row| fold_of(*row) == fold);
            let fitted = self.fit(contender, &train, scoring);
            let threshold = self.threshold(fitted.as_ref(), &train, scoring);
            let predicted = fitted.predict(&self.features, &test);
            let decided: Vec<f64> = match threshold {
                Some(threshold) => threshold
                    .decide(&predicted)
                    .into_iter()
                    .map(f64::from)
                    .collect(),
                None => predicted,
            };
            for (row, answer) in test.iter().zip(decided) {
                answers[*row as usize] = answer;
            }
        }
        answers
    }

    /// Balanced accuracy of decisions.
    pub(super) fn balanced_accuracy(&self, decided: &[f64]) -> f64 {
        let Target::Classes { names, values } = &self.target else {
            panic!("numbers have no accuracy")
        };
        let mut right = vec![0.0; names.len()];
        let mut all = vec![0.0; names.len()];
        for (truth, decided) in values.iter().zip(decided) {
            all[*truth as usize] += 1.0;
            right[*truth as usize] += f64::from(u8::from(f64::from(*truth) == *decided));
        }
        right
            .iter()
            .zip(&all)
            .map(|(right, all)| right / all)
            .sum::<f64>()
            / names.len() as f64
    }

    /// Root mean squared error of predictions.
    pub(super) fn rmse(&self, predicted: &[f64]) -> f64 {
        let Target::Numbers(values) = &self.target else {
            panic!("classes have no error")
        };
        let sum: f64 = values
            .iter()
            .zip(predicted)
            .map(|(y, p)| (y - p) * (y - p))
            .sum();
        (sum / values.len() as f64).sqrt()
    }
}

/// A column by hand.
pub(super) fn column(name: &str, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        kind: match &values {
            Values::Number(_) => Kind::Number,
            Values::Category { .. } => Kind::Category,
            Values::Date(_) => Kind::Date,
        },
        why: String::new(),
        values,
    }
}

/// Texts as a column of categories; empty ones are missing.
pub(super) fn categories(texts: &[&str]) -> Values {
    let mut levels: Vec<String> = Vec::new();
    let codes = texts
        .iter()
        .map(|text| {
            if text.is_empty() {
                return MISSING_CODE;
            }
            let known = levels.iter().position(|level| level == text);
            known.unwrap_or_else(|| {
                levels.push((*text).to_owned());
                levels.len() - 1
            }) as u32
        })
        .collect();
    Values::Category { codes, levels }
}

/// Columns of numbers and categories, nothing else: enough for the shipped data.
fn read(path: &Path) -> Table {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names: Vec<String> = reader
        .headers()
        .unwrap()
        .iter()
        .map(str::to_owned)
        .collect();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let columns = names
        .iter()
        .enumerate()
        .map(|(position, name)| {
            let texts: Vec<&str> = records.iter().map(|record| &record[position]).collect();
            let numbers: Option<Vec<f64>> = texts
                .iter()
                .map(|text| {
                    if text.is_empty() {
                        Some(f64::NAN)
                    } else {
                        text.parse().ok()
                    }
                })
                .collect();
            column(
                name,
                numbers.map_or_else(|| categories(&texts), Values::Number),
            )
        })
        .collect();
    Table {
        columns,
        rows: records.len(),
        ..Table::default()
    }
}
