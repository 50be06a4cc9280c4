use super::*;
use crate::contest::predictions::Truth;
use crate::data::{Kind, MISSING_CODE, Values};

fn numbers(name: &str, values: Vec<f64>) -> Column {
    Column {
        name: name.to_owned(),
        kind: Kind::Number,
        why: String::new(),
        values: Values::Number(values),
    }
}

fn names(name: &str, values: &[&str]) -> Column {
    let mut levels: Vec<String> = Vec::new();
    let codes = values
        .iter()
        .map(|value| {
            if value.is_empty() {
                return MISSING_CODE;
            }
            let known = levels.iter().position(|level| level == value);
            known.unwrap_or_else(|| {
                levels.push((*value).to_owned());
                levels.len() - 1
            }) as u32
        })
        .collect();
    Column {
        name: name.to_owned(),
        kind: Kind::Category,
        why: String::new(),
        values: Values::Category { codes, levels },
    }
}

fn table(column: Column) -> Table {
    Table {
        rows: column.len(),
        columns: vec![column],
        ..Table::default()
    }
}

fn code(column: Column, request: &Request) -> &'static str {
    setup(&table(column), request).unwrap_err().code
}

fn request() -> Request {
    Request::for_target("y")
}

#[test]
fn the_task_follows_the_target() {
    let grades: Vec<f64> = (0..100).map(|row| f64::from(row % 5)).collect();
    let sizes: Vec<f64> = (0..100).map(|row| f64::from(row) * 1.5).collect();
    let cases = [
        (names("y", &["a", "b", "a", "b"]), Task::Binary),
        (numbers("y", vec![0.0, 1.0, 1.0, 0.0]), Task::Binary),
        (names("y", &["a", "b", "c", "a"]), Task::Multiclass),
        (numbers("y", grades), Task::Multiclass),
        (numbers("y", sizes), Task::Regression),
    ];
    for (column, task) in cases {
        let found = setup(&table(column), &request()).map(|setup| setup.task);
        assert_eq!(found.unwrap(), task);
    }
}

#[test]
fn classes_stand_in_an_order_that_rows_do_not_change() {
    let check = |values: &[&str], expected: &[u32]| {
        let table = table(names("y", values));
        let setup = setup(&table, &request()).unwrap();
        assert_eq!(setup.classes, ["x", "z"]);
        assert!(
            matches!(setup.target.truth(), Truth::Classes { values, .. } if values == expected)
        );
    };
    check(&["z", "x", "z"], &[1, 0, 1]);
    check(&["x", "z", "z"], &[0, 1, 1]);
}

#[test]
fn the_positive_class_is_named_or_a_word_or_the_rarer() {
    let positive = |values: &[&str], named: Option<&str>| {
        let request = Request {
            positive: named.map(str::to_owned),
            ..request()
        };
        let table = table(names("y", values));
        let setup = setup(&table, &request).unwrap();
        setup.classes[setup.positive.unwrap() as usize].clone()
    };
    assert_eq!(positive(&["no", "yes", "yes"], None), "yes");
    assert_eq!(positive(&["bad", "good", "good"], None), "bad");
    assert_eq!(positive(&["bad", "good", "good"], Some("good")), "good");
    assert_eq!(positive(&["bad", "good", "good"], Some("Good")), "good");
    assert_eq!(positive(&["1", "0", "0"], Some("1.0")), "1");
}

#[test]
fn rows_without_a_target_are_left_out_with_a_warning() {
    let table = table(names("y", &["a", "", "b", "a"]));
    let setup = setup(&table, &request()).unwrap();
    assert_eq!((setup.table.rows, setup.target.len()), (3, 3));
    assert_eq!(setup.warnings[0].code, "target-missing");
}

#[test]
fn what_nothing_can_be_learned_about_is_refused() {
    let forced = |task| Request {
        task: Some(task),
        ..request()
    };
    let many: Vec<String> = (0..60).map(|row| format!("n{row}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let cases = [
        (names("y", &["a", "a"]), request(), "constant-target"),
        (names("y", &["", ""]), request(), "empty-target"),
        (names("y", &many), request(), "target-names-rows"),
        (
            numbers("y", (0..60).map(f64::from).collect()),
            request(),
            "target-names-rows",
        ),
        (names("z", &["a", "b"]), request(), "unknown-column"),
        (
            names("y", &["a", "b", "c", "a"]),
            forced(Task::Binary),
            "task-does-not-fit",
        ),
        (
            names("y", &["a", "b", "a"]),
            forced(Task::Regression),
            "task-does-not-fit",
        ),
        (
            names("y", &["a", "b"]),
            Request {
                positive: Some("c".to_owned()),
                ..request()
            },
            "unknown-positive",
        ),
        (
            Column {
                values: Values::Date(vec![0, 1, 2]),
                kind: Kind::Date,
                ..numbers("y", Vec::new())
            },
            request(),
            "target-is-a-date",
        ),
    ];
    for (column, request, expected) in cases {
        assert_eq!(code(column, &request), expected);
    }
}

#[test]
fn a_forecast_needs_time_and_horizon() {
    let of = |time: Option<&str>, horizon, task| {
        is_forecast(&Request {
            time: time.map(str::to_owned),
            horizon,
            task,
            ..request()
        })
        .map_err(|problem| problem.code)
    };
    assert_eq!(of(None, None, None), Ok(false));
    assert_eq!(of(Some("t"), None, None), Ok(false));
    assert_eq!(of(Some("t"), Some(3), None), Ok(true));
    assert_eq!(of(Some("t"), Some(3), Some(Task::Binary)), Ok(false));
    assert_eq!(of(None, Some(3), None), Err("time-missing"));
    assert_eq!(
        of(Some("t"), None, Some(Task::Forecasting)),
        Err("horizon-missing")
    );
    assert_eq!(of(Some("t"), Some(0), None), Err("bad-horizon"));
}
