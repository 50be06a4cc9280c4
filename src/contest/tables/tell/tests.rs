//! Conditions read well and mean what they say.

use super::super::kernel::BinSet;
use super::super::sample::{Sample, categories, column};
use super::*;
use crate::contest::metric::threshold::Threshold;
use crate::contest::rule::Binary;
use crate::data::{Kind, MISSING_DATE, Table, Values};

fn sample() -> Sample {
    let days = [19_000, 19_001, 19_040].map(|day| day * 86_400);
    let mut notes = column("notes", categories(&["a b", "", "a b c", "d", "a b", "e"]));
    notes.kind = Kind::Text;
    let columns = vec![
        column(
            "tenure",
            Values::Number(vec![1.0, 2.0, 6.0, 7.0, 9.0, f64::NAN]),
        ),
        column(
            "charge",
            Values::Number(vec![1.5, 2.0, 6.25, 7.0, 9.0, 9.5]),
        ),
        column(
            "contract",
            categories(&["monthly", "yearly", "two years", "monthly", "yearly", ""]),
        ),
        column(
            "signed",
            Values::Date(vec![
                days[0],
                days[1],
                days[2],
                days[0],
                days[1],
                MISSING_DATE,
            ]),
        ),
        notes,
        column("left", categories(&["no", "yes", "no", "no", "yes", "no"])),
    ];
    Sample::of(
        Table {
            columns,
            rows: 6,
            ..Table::default()
        },
        "left",
        &[],
    )
}

fn condition(sample: &Sample, name: &str, bins: &[usize]) -> Condition {
    let found = sample
        .features
        .columns
        .iter()
        .position(|feature| feature.name() == name);
    Condition {
        feature: found.unwrap(),
        bins: BinSet::of(bins.iter().copied()),
    }
}

#[test]
fn conditions_read_as_a_person_would_say_them() {
    let sample = sample();
    for (name, bins, expected) in [
        ("tenure", vec![1, 2], "tenure is under 5"),
        ("tenure", vec![0, 1, 2], "tenure is under 5 or missing"),
        ("tenure", vec![3], "tenure is 5 to 6"),
        ("tenure", vec![1, 4, 5], "tenure is under 2 or at least 7"),
        ("tenure", vec![1, 2, 3, 4, 5], "tenure is known"),
        ("tenure", vec![0], "tenure is missing"),
        ("charge", vec![0, 1, 2], "charge is at most 4"),
        ("charge", vec![3, 4], "charge is over 4 and at most 8"),
        ("contract", vec![1], "contract is monthly"),
        ("contract", vec![1, 3], "contract is not yearly but known"),
        ("contract", vec![0, 1, 3], "contract is not yearly"),
        ("contract", vec![3], "contract is “two years”"),
        ("signed", vec![2, 3], "signed is from 2022-01-09 on"),
        ("length of notes", vec![2], "length of notes is 3 to 4"),
    ] {
        assert_eq!(
            condition(&sample, name, &bins).phrase(&sample.features),
            expected
        );
    }
}

#[test]
fn whole_numbers_are_compared_with_whole_numbers() {
    let sample = sample();
    let expected = Expression::Binary {
        left: Box::new(Expression::Column("tenure".into())),
        operator: Binary::Less,
        right: Box::new(Expression::Number(5.0)),
    };
    let found = condition(&sample, "tenure", &[1, 2]).expression(&sample.features);
    assert_eq!(found, Some(expected));
    let expected = Expression::Binary {
        left: Box::new(Expression::Length(Box::new(Expression::Column(
            "notes".into(),
        )))),
        operator: Binary::Less,
        right: Box::new(Expression::Number(3.0)),
    };
    let found = condition(&sample, "length of notes", &[1]).expression(&sample.features);
    assert_eq!(found, Some(expected));
}

#[test]
fn cells_that_decide_alike_are_told_as_one() {
    let sample = sample();
    let cell = |tenure: &[usize], contract: &[usize], value: [f64; 2], tally: [f64; 2]| {
        let conditions = vec![
            condition(&sample, "tenure", tenure),
            condition(&sample, "contract", contract),
        ];
        Cell::new(conditions, value.to_vec(), &tally)
    };
    let cells = [
        cell(&[1, 2], &[1], [0.2, 0.8], [1.0, 3.0]),
        cell(&[0, 3, 4, 5], &[1], [0.9, 0.1], [9.0, 1.0]),
        cell(&[1, 2], &[0, 2, 3], [0.8, 0.2], [4.0, 1.0]),
        cell(&[0, 3, 4, 5], &[0, 2, 3], [0.7, 0.3], [7.0, 3.0]),
    ];
    let threshold = Threshold::Cut {
        positive: 1,
        at: 0.5,
    };
    let told = describe(&cells, None, &sample.names(Some(&threshold)));
    assert_eq!(
        told.says,
        "If tenure is under 5 and contract is monthly: yes (n=4, 75 %); otherwise: no"
    );
    assert_eq!(told.lines.len(), 2);
    assert_eq!((told.lines[1].rows, told.lines[1].right), (25, Some(0.8)));
    // with a lower cut the same cells are another rule
    let threshold = Threshold::Cut {
        positive: 1,
        at: 0.15,
    };
    let told = describe(&cells, None, &sample.names(Some(&threshold)));
    assert_eq!(
        told.says,
        "If tenure is at least 5 or missing and contract is monthly: no (n=10, 90 %); otherwise: yes"
    );
}

#[test]
fn numbers_are_short() {
    for (value, expected) in [
        (0.0, "0"),
        (-117.8123, "-117.8"),
        (0.602_649, "0.6026"),
        (1_234_567.8, "1234568"),
        (70.0, "70"),
        (0.000_012_345, "0.00001234"),
    ] {
        assert_eq!(number(value), expected);
    }
}
