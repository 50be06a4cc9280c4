use proptest::prelude::*;
use serde_json::Value;

use super::parse::MOST_CHARACTERS;
use super::*;
use crate::data::{Column, Kind, MISSING_CODE, MISSING_DATE, Table, Values};
use crate::problem::Problem;

const SQLITE: &str = include_str!("../../../tests/fixtures/rules/expected.json");

fn column(name: &str, kind: Kind, values: Values) -> Column {
    Column {
        name: name.to_owned(),
        kind,
        why: String::new(),
        values,
    }
}

fn texts<'a>(values: impl IntoIterator<Item = Option<&'a str>>) -> Values {
    let mut levels: Vec<String> = Vec::new();
    let mut codes = Vec::new();
    for value in values {
        codes.push(match value {
            None => MISSING_CODE,
            Some(text) => match levels.iter().position(|level| level == text) {
                Some(code) => code as u32,
                None => {
                    levels.push(text.to_owned());
                    levels.len() as u32 - 1
                }
            },
        });
    }
    Values::Category { codes, levels }
}

/// The table of the fixture.
fn table(fixture: &Value) -> Table {
    let rows = fixture["rows"].as_array().unwrap();
    let cells = |position: usize| rows.iter().map(move |row| &row[position]);
    let number = |position: usize| {
        Values::Number(
            cells(position)
                .map(|cell| cell.as_f64().unwrap_or(f64::NAN))
                .collect(),
        )
    };
    let text = |position: usize| texts(cells(position).map(Value::as_str));
    let moments = cells(4)
        .map(|cell| cell.as_str().map_or(MISSING_DATE, read_moment))
        .collect();
    Table {
        rows: rows.len(),
        columns: vec![
            column("amount", Kind::Number, number(0)),
            column("units", Kind::Number, number(1)),
            column("region", Kind::Category, text(2)),
            column("note", Kind::Text, text(3)),
            column("since", Kind::Date, Values::Date(moments)),
        ],
        ..Table::default()
    }
}

fn read_moment(text: &str) -> i64 {
    let moment: jiff::civil::DateTime = text.parse().unwrap();
    let epoch = jiff::civil::datetime(1970, 1, 1, 0, 0, 0, 0);
    moment.duration_since(epoch).as_secs()
}

/// A row's value as the fixture writes it.
fn shown(values: &RuleValues, row: usize) -> Value {
    match values {
        RuleValues::Booleans(values) => values[row].map_or(Value::Null, Value::Bool),
        RuleValues::Numbers(values) => Value::from(values[row]),
        RuleValues::Texts { .. } => values.text(row).map_or(Value::Null, Value::from),
        RuleValues::Moments(values) => Value::from(values[row]),
    }
}

#[test]
fn rules_give_what_sqlite_gives() {
    let fixture: Value = serde_json::from_str(SQLITE).unwrap();
    let table = table(&fixture);
    for case in fixture["cases"].as_array().unwrap() {
        let rule = case["rule"].as_str().unwrap();
        let parsed = parse(rule, "rule").unwrap();
        let (bound, _) = bind(&parsed, &table).unwrap();
        assert_eq!(sql(&bound, Dialect::Sqlite), case["sqlite"], "{rule}");
        let values = evaluate(&parsed, &table).unwrap();
        let expected = case["values"].as_array().unwrap();
        assert_eq!(expected.len(), table.rows);
        for (row, expected) in expected.iter().enumerate() {
            assert_eq!(shown(&values, row), *expected, "{rule}, row {row}");
        }
        let again = parse(&sql(&parsed, Dialect::Generic), "rule").unwrap();
        assert_eq!(again, parsed, "{rule}");
    }
}

fn refused(rule: &str) -> Problem {
    parse(rule, "case.yaml").unwrap_err()
}

#[test]
fn branches_and_long_sums_are_printed_on_lines_of_their_own() {
    let rule = parse(
        "case when 2 * a + 3 * (b - 1) - case when c = 'x' then 1 else 0 end \
         + case when c = 'y' then 1 when c = 'z' then 2 end > 4 and a > 0 then 'yes' when d is null then null else 'no' end",
        "rule",
    )
    .unwrap();
    assert_eq!(
        sql_in_lines(&rule, Dialect::Generic, 1),
        "CASE
        WHEN 2 * \"a\"
                + 3 * (\"b\" - 1)
                - CASE WHEN \"c\" = 'x' THEN 1 ELSE 0 END
                + CASE
                    WHEN \"c\" = 'y' THEN 1
                    WHEN \"c\" = 'z' THEN 2
                END > 4
            AND \"a\" > 0 THEN 'yes'
        WHEN \"d\" IS NULL THEN NULL
        ELSE 'no'
    END"
    );
}

#[test]
fn what_is_no_rule_is_refused_with_its_place() {
    for (rule, line, column, says) in [
        ("income >", 1, 9, "something more"),
        ("a = 1; drop table x", 1, 6, "one expression"),
        ("a = 1\nand b ~ 'x'", 2, 5, "operator"),
        ("a = 1 and\n  sqrt(b) > 2", 2, 3, "sqrt"),
        ("a in (select 1)", 1, 1, "not something"),
        ("a like 'x%'", 1, 1, "one word"),
        ("a = 'open", 1, 5, "nterminated"),
        ("d > date '2024-02-30'", 1, 10, "2024-02-30"),
        ("extract(week from d) = 2", 1, 19, "WEEK"),
    ] {
        let problem = refused(rule);
        assert!(problem.message.contains(says), "{rule}: {problem:?}");
        assert_eq!(
            (problem.file.as_deref(), problem.line, problem.column),
            (Some("case.yaml"), Some(line), Some(column)),
            "{rule}: {problem:?}"
        );
    }
    assert_eq!(refused("  ").code, "bad-rule");
}

#[test]
fn long_and_deep_rules_are_refused_and_wide_ones_are_not() {
    assert_eq!(
        refused(&"a".repeat(MOST_CHARACTERS + 1)).code,
        "rule-too-long"
    );
    for rule in [
        format!("{}1{}", "(".repeat(5000), ")".repeat(5000)),
        format!("1{}", " + 1".repeat(20_000)),
        "not ".repeat(5000),
        "- ".repeat(5000),
        "case when ".repeat(5000),
        "case when ".repeat(45),
        "date(".repeat(45),
        "extract(month from ".repeat(45),
        "((".repeat(22),
        format!("x{}", " collate y".repeat(5000)),
        format!("x{}", " in (1) is null".repeat(3000)),
    ] {
        let problem = refused(&rule);
        assert!(!problem.message.is_empty());
    }
    let list: Vec<String> = (0..9000).map(|number| format!("'{number}'")).collect();
    let wide = format!("x in ({})", list.join(", "));
    assert!(matches!(parse(&wide, "r"), Ok(Expression::In { list, .. }) if list.len() == 9000));
    let chain = vec!["(x >= 1 and x < 2)"; 128].join(" or ");
    let parsed = parse(&chain, "r").unwrap();
    assert_eq!(parse(&sql(&parsed, Dialect::Generic), "r").unwrap(), parsed);
}

fn people() -> Table {
    Table {
        rows: 3,
        columns: vec![
            column(
                "Income",
                Kind::Number,
                Values::Number(vec![1.0, f64::NAN, 3.0]),
            ),
            column(
                "region",
                Kind::Category,
                texts([Some("N"), Some("S"), None]),
            ),
            column("smoker", Kind::Boolean, texts([Some("1"), Some("0"), None])),
            column(
                "day",
                Kind::Date,
                Values::Date(vec![0, 86_400, MISSING_DATE]),
            ),
        ],
        ..Table::default()
    }
}

#[test]
fn a_rule_is_checked_against_the_columns() {
    let table = people();
    for (rule, kind) in [
        ("income > 2", RuleType::Boolean),
        ("income / 2", RuleType::Number),
        ("region", RuleType::Text),
        ("smoker", RuleType::Boolean),
        ("smoker = 1 and day < '1970-01-02'", RuleType::Boolean),
        ("smoker = true", RuleType::Boolean),
        ("case when smoker then day end", RuleType::Moment),
    ] {
        let parsed = parse(rule, "r").unwrap();
        assert_eq!(check(&parsed, &table), Ok(kind), "{rule}");
    }
    for (rule, code, says, remedy) in [
        ("incme > 2", "unknown-column", "incme", "Income"),
        (
            "income > 'x'",
            "rule-types",
            "\"Income\" is a number, but 'x' is a text",
            "",
        ),
        (
            "region = 1",
            "rule-types",
            "\"region\" is a text, but 1 is a number",
            "",
        ),
        ("region > 'A'", "rule-order", "\"region\" is a text", ""),
        (
            "region and income > 2",
            "rule-types",
            "and needs a condition",
            "",
        ),
        ("-region = 1", "rule-types", "\"region\" is a text", ""),
        (
            "case when smoker then 1 else 'x' end",
            "rule-types",
            "one kind",
            "",
        ),
        ("day + 1 > 2", "rule-types", "\"day\" is a moment", ""),
        (
            "extract(month from income) = 1",
            "rule-types",
            "needs a moment",
            "",
        ),
        ("null", "rule-without-answer", "NULL", ""),
    ] {
        let problem = check(&parse(rule, "r").unwrap(), &table).unwrap_err();
        assert_eq!(problem.code, code, "{rule}");
        assert!(problem.message.contains(says), "{rule}: {problem:?}");
        assert!(problem.remedy.contains(remedy), "{rule}: {problem:?}");
    }
}

#[test]
fn columns_of_yes_and_no_are_conditions() {
    let table = people();
    for rule in ["smoker", "smoker = 1", "smoker = true", "smoker in (1)"] {
        let values = evaluate(&parse(rule, "r").unwrap(), &table);
        let expected = RuleValues::Booleans(vec![Some(true), Some(false), None]);
        assert_eq!(values, Ok(expected), "{rule}");
    }
}

#[test]
fn names_and_texts_cannot_leave_their_quotation_marks() {
    let hostile = "x\"; drop table y; --\n'\0";
    let rule = Expression::Binary {
        left: Box::new(Expression::Column(hostile.to_owned())),
        operator: Binary::Equal,
        right: Box::new(Expression::Text(hostile.to_owned())),
    };
    for dialect in Dialect::ALL {
        assert_eq!(
            sql(&rule, dialect),
            "\"x\"\"; drop table y; --\n'\u{fffd}\" = 'x\"; drop table y; --\n''\u{fffd}'"
        );
    }
}

#[test]
fn databases_get_sql_that_means_the_same() {
    let rule = parse(
        "case when a / 2 > 0.1 then 'x' when b = true then 'y' end",
        "r",
    )
    .unwrap();
    assert_eq!(
        sql(&rule, Dialect::Postgres),
        "CASE WHEN CAST(\"a\" AS DOUBLE PRECISION) / NULLIF(CAST(2.0 AS DOUBLE PRECISION), 0) > \
         CAST(0.1 AS DOUBLE PRECISION) THEN 'x' WHEN \"b\" = TRUE THEN 'y' END"
    );
    let rule = parse(
        "extract(hour from t) + 1 < 5 and t <= timestamp '2024-01-31 08:30:00'",
        "r",
    );
    assert_eq!(
        sql(&rule.unwrap(), Dialect::DuckDb),
        "EXTRACT(HOUR FROM CAST(\"t\" AS TIMESTAMP)) + CAST(1.0 AS DOUBLE PRECISION) < 5 AND \
         \"t\" <= TIMESTAMP '2024-01-31 08:30:00'"
    );
}

/// Any expression, sensible or not.
fn any_expression() -> impl Strategy<Value = Expression> {
    let number = prop_oneof![
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
        (-1000i32..1000).prop_map(f64::from),
    ];
    let leaf = prop_oneof![
        any::<String>().prop_filter_map("a name", |name| {
            (!name.is_empty() && !name.contains('\0')).then_some(Expression::Column(name))
        }),
        number.prop_map(Expression::Number),
        any::<String>()
            .prop_filter("no NUL", |text| !text.contains('\0'))
            .prop_map(Expression::Text),
        any::<bool>().prop_map(Expression::Boolean),
        (-62_135_596_800i64..253_402_300_799).prop_map(Expression::Moment),
        Just(Expression::Null),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            boxed().prop_map(Expression::Not),
            boxed().prop_map(Expression::Negative),
            (boxed(), any_operator(), boxed()).prop_map(|(left, operator, right)| {
                Expression::Binary {
                    left,
                    operator,
                    right,
                }
            }),
            boxed().prop_map(Expression::IsNull),
            (boxed(), prop::collection::vec(inner.clone(), 1..4))
                .prop_map(|(value, list)| Expression::In { value, list }),
            (
                prop::collection::vec((inner.clone(), inner.clone()), 1..3),
                boxed()
            )
                .prop_map(|(branches, otherwise)| Expression::Case {
                    branches,
                    otherwise,
                }),
            boxed().prop_map(Expression::Year),
            boxed().prop_map(Expression::Month),
            boxed().prop_map(Expression::Weekday),
            boxed().prop_map(Expression::Hour),
            boxed().prop_map(Expression::Epoch),
            boxed().prop_map(Expression::Length),
            prop::collection::vec(inner.clone(), 2..4).prop_map(Expression::Coalesce),
            (boxed(), "[a-z0-9äж]{1,8}").prop_map(|(inner, word)| Expression::HasWord(inner, word)),
        ]
    })
}

fn any_operator() -> impl Strategy<Value = Binary> {
    prop::sample::select(vec![
        Binary::And,
        Binary::Or,
        Binary::Equal,
        Binary::NotEqual,
        Binary::Less,
        Binary::LessOrEqual,
        Binary::Greater,
        Binary::GreaterOrEqual,
        Binary::Plus,
        Binary::Minus,
        Binary::Times,
        Binary::Divide,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_printed_is_read_back(expression in any_expression()) {
        let text = sql(&expression, Dialect::Generic);
        prop_assert_eq!(parse(&text, "rule"), Ok(expression.clone()), "{}", text);
        let text = sql_in_lines(&expression, Dialect::Generic, 1);
        prop_assert_eq!(parse(&text, "rule"), Ok(expression), "{}", text);
    }

    #[test]
    fn no_text_and_no_rule_makes_anything_panic(
        text in "[a-c0-9'\"()<>=+*/%| -]{0,60}",
        expression in any_expression(),
    ) {
        let _ = parse(&text, "rule").map(|rule| evaluate(&rule, &people()));
        let _ = evaluate(&expression, &people());
        for dialect in Dialect::ALL {
            prop_assert!(!sql(&expression, dialect).is_empty());
        }
    }
}
