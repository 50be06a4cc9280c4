use super::*;
use crate::contest::predictions::Truth;
use crate::contest::tables::models::samples::features;

fn number(values: &[f64]) -> FeatureValues {
    FeatureValues::Number(values.to_vec())
}

fn category(codes: &[u32], levels: usize) -> FeatureValues {
    FeatureValues::Category {
        codes: codes.to_vec(),
        levels: (0..levels).map(|level| format!("level {level}")).collect(),
    }
}

fn rows_of(design: &Design) -> Vec<(Vec<f64>, Vec<u32>)> {
    (0..design.rows())
        .map(|row| {
            let (numbers, marks) = design.row(row);
            (numbers.to_vec(), marks.to_vec())
        })
        .collect()
}

#[test]
fn only_training_rows_are_learned_from() {
    let features = features(vec![("x", number(&[0.0, 2.0, f64::NAN, 100.0]))]);
    let encoding = Encoding::learn(&features, &[0, 1], Truth::Numbers(&[0.0, 1.0]));
    let design = encoding.encode(&features, &[0, 1, 2, 3]);
    // Mean 1, deviation 1; the missing number is the median, 1.
    let numbers: Vec<f64> = rows_of(&design).iter().map(|(row, _)| row[0]).collect();
    assert_eq!(numbers, [-1.0, 1.0, 0.0, 99.0]);
}

#[test]
fn constant_copied_and_empty_columns_are_left_out() {
    let features = features(vec![
        ("x", number(&[1.0, 2.0, 3.0])),
        ("same", number(&[1.0, 2.0, 3.0])),
        ("constant", number(&[4.0, 4.0, 4.0])),
        ("empty", number(&[f64::NAN; 3])),
        ("one level", category(&[0, 0, 0], 1)),
    ]);
    let encoding = Encoding::learn(&features, &[0, 1, 2], Truth::Numbers(&[0.0; 3]));
    assert_eq!(encoding.columns(), 1);
    assert_eq!(encoding.terms()[0].name(&features), "x");
}

#[test]
fn rare_levels_share_a_column_and_unseen_ones_join_them() {
    let mut codes = vec![0; 30];
    codes.extend([1; 30]);
    codes.extend([2, 2, 3, 3, 4, 4]);
    codes.push(MISSING_CODE);
    codes.push(5);
    let features = features(vec![("c", category(&codes, 6))]);
    let train: Vec<u32> = (0..66).collect();
    let target = vec![0.0; 66];
    let encoding = Encoding::learn(&features, &train, Truth::Numbers(&target));
    let names: Vec<String> = encoding
        .terms()
        .iter()
        .map(|term| term.name(&features))
        .collect();
    assert_eq!(names, ["c = level 0", "c = level 1", "a rare c"]);
    let design = encoding.encode(&features, &[0, 30, 60, 66, 67]);
    let marks: Vec<Vec<u32>> = rows_of(&design)
        .into_iter()
        .map(|(_, marks)| marks)
        .collect();
    assert_eq!(marks, [vec![0], vec![1], vec![2], vec![], vec![2]]);
}

#[test]
fn a_design_has_no_more_columns_than_it_may() {
    let columns: Vec<Vec<f64>> = (0..MOST_COLUMNS + 50)
        .map(|column| {
            (0..12)
                .map(|row| f64::from((row * (column as u32 + 3)) % 31))
                .collect()
        })
        .collect();
    let names: Vec<String> = (0..columns.len())
        .map(|column| format!("x{column}"))
        .collect();
    let features = features(
        names
            .iter()
            .zip(&columns)
            .map(|(name, column)| (name.as_str(), number(column)))
            .collect(),
    );
    let rows: Vec<u32> = (0..12).collect();
    let target: Vec<f64> = rows.iter().copied().map(f64::from).collect();
    let encoding = Encoding::learn(&features, &rows, Truth::Numbers(&target));
    assert!(encoding.columns() <= MOST_COLUMNS);
}

#[test]
fn parts_join_to_the_whole() {
    let features = features(vec![
        ("x", number(&[0.0, 2.0, 5.0, f64::NAN, 9.0])),
        ("c", category(&[0, 1, 2, 1, 0], 3)),
    ]);
    let rows: Vec<u32> = (0..5).collect();
    let encoding = Encoding::learn(&features, &rows, Truth::Numbers(&[0.0; 5]));
    let whole = encoding.encode(&features, &rows);
    let parts = rows.chunks(2).map(|rows| encoding.encode(&features, rows));
    let joined = Design::joined(parts, rows.len());
    assert_eq!(rows_of(&joined), rows_of(&whole));
    assert_eq!(
        (joined.dense(), joined.columns()),
        (whole.dense(), whole.columns())
    );
}
