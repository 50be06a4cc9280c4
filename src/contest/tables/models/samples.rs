//! Features by hand and from shipped files, for tests.

use std::sync::Arc;

use crate::contest::tables::features::{
    BinMeaning, Bins, Feature, FeatureValues, Features, MISSING_BIN, MOST_BINS, Part,
};
use crate::data::MISSING_CODE;

/// Features of these columns.
pub(in crate::contest::tables) fn features(columns: Vec<(&str, FeatureValues)>) -> Features {
    let rows = columns.first().map_or(0, |(_, values)| length(values));
    let columns = columns
        .into_iter()
        .map(|(name, values)| feature(name, values))
        .collect();
    Features {
        rows,
        columns,
        group: None,
        time: None,
    }
}

fn length(values: &FeatureValues) -> usize {
    match values {
        FeatureValues::Number(numbers) => numbers.len(),
        FeatureValues::Category { codes, .. } | FeatureValues::Text { codes, .. } => codes.len(),
    }
}

fn feature(name: &str, values: FeatureValues) -> Feature {
    let bins = match &values {
        FeatureValues::Number(numbers) => number_bins(numbers),
        FeatureValues::Category { codes, levels } => Bins {
            of_row: Arc::new(
                codes
                    .iter()
                    .map(|code| {
                        if *code == MISSING_CODE {
                            MISSING_BIN
                        } else {
                            (*code as usize).min(MOST_BINS - 1) as u8 + 1
                        }
                    })
                    .collect(),
            ),
            count: levels.len().min(MOST_BINS) + 1,
            meaning: BinMeaning::Levels {
                levels: (0..levels.len().min(MOST_BINS) as u32).collect(),
                other: levels.len() > MOST_BINS,
            },
        },
        FeatureValues::Text { codes, .. } => Bins {
            of_row: Arc::new(vec![1; codes.len()]),
            count: 2,
            meaning: BinMeaning::Whole,
        },
    };
    Feature {
        column: name.to_owned(),
        part: Part::Whole,
        values: Arc::new(values),
        bins,
    }
}

fn number_bins(numbers: &[f64]) -> Bins {
    let mut sorted: Vec<f64> = numbers.iter().copied().filter(|x| !x.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let mut distinct = sorted.clone();
    distinct.dedup();
    let mut edges: Vec<f64> = if distinct.len() <= MOST_BINS {
        distinct
            .windows(2)
            .map(|pair| pair[0] / 2.0 + pair[1] / 2.0)
            .collect()
    } else {
        (1..MOST_BINS)
            .map(|k| sorted[k * sorted.len() / MOST_BINS])
            .collect()
    };
    edges.dedup();
    Bins {
        of_row: Arc::new(
            numbers
                .iter()
                .map(|x| {
                    if x.is_nan() {
                        MISSING_BIN
                    } else {
                        edges.partition_point(|edge| edge < x) as u8 + 1
                    }
                })
                .collect(),
        ),
        count: edges.len() + 2,
        meaning: BinMeaning::Edges(edges),
    }
}

/// A shipped file: features of all columns but the last, and the last as text.
pub(in crate::contest::tables) fn shipped(name: &str, rows: usize) -> (Features, Vec<String>) {
    let path = format!("{}/datasets/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let records: Vec<csv::StringRecord> = reader.records().take(rows).map(Result::unwrap).collect();
    let text = |column: usize| records.iter().map(move |record| record[column].to_owned());
    let columns = (0..header.len() - 1)
        .map(|column| (&header[column], values(&text(column).collect::<Vec<_>>())))
        .collect();
    (features(columns), text(header.len() - 1).collect())
}

fn values(texts: &[String]) -> FeatureValues {
    let numbers: Result<Vec<f64>, _> = texts.iter().map(|text| text.parse()).collect();
    if let Ok(numbers) = numbers {
        FeatureValues::Number(numbers)
    } else {
        let (codes, levels) = codes(texts);
        FeatureValues::Category { codes, levels }
    }
}

/// Codes by first appearance, and the texts they stand for.
pub(in crate::contest::tables) fn codes(texts: &[String]) -> (Vec<u32>, Vec<String>) {
    let mut levels: Vec<String> = Vec::new();
    let codes = texts
        .iter()
        .map(|text| {
            let found = levels.iter().position(|level| level == text);
            found.unwrap_or_else(|| {
                levels.push(text.clone());
                levels.len() - 1
            }) as u32
        })
        .collect();
    (codes, levels)
}
