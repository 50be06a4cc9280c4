use super::*;
use crate::contest::control::unattended;
use crate::contest::rule::{RuleValues, evaluate};
use crate::contest::{Meanwhile, Request, run};
use crate::data::{Table, read_csv};
use crate::vocabulary::Rung;

const CHURN: &[u8] = include_bytes!("../../../datasets/generated-churn.csv");

/// The first rows of the shipped table, and what a contest on them finds.
fn churn(rule: Option<&str>) -> (Table, Evidence) {
    let lines: Vec<&[u8]> = CHURN
        .split_inclusive(|byte| *byte == b'\n')
        .take(401)
        .collect();
    let table = read_csv(&lines.concat(), "churn.csv").unwrap();
    let request = Request {
        repeats: Some(1),
        rule: rule.map(ToOwned::to_owned),
        ..Request::for_target("churned")
    };
    let evidence = unattended(|control| run(&table, &request, control)).unwrap();
    (table, evidence)
}

/// How many rows take each branch of a case, the last one for none of them.
fn rows_by_branch(branches: &[(Expression, Expression)], table: &Table) -> Vec<usize> {
    let which = Expression::Case {
        branches: branches
            .iter()
            .enumerate()
            .map(|(position, (test, _))| (test.clone(), Expression::Number(position as f64)))
            .collect(),
        otherwise: Box::new(Expression::Number(branches.len() as f64)),
    };
    let RuleValues::Numbers(values) = evaluate(&which, table).unwrap() else {
        panic!("branches are counted by numbers");
    };
    let mut rows = vec![0; branches.len() + 1];
    for value in values {
        rows[value as usize] += 1;
    }
    rows
}

#[test]
fn rules_in_evidence_decide_as_their_contenders_do() {
    let (table, evidence) = churn(Some("contract = 'monthly' and tenure_months < 12"));
    let owner = evidence
        .panels
        .rules
        .iter()
        .find(|rule| rule.contender == "owner-rule");
    assert!(owner.is_some());
    let mut compared = 0;
    for rule in &evidence.panels.rules {
        let Some(text) = &rule.expression else {
            continue;
        };
        let Expression::Case { branches, .. } = parse(text, "evidence").unwrap() else {
            continue;
        };
        if branches.len() + 1 != rule.lines.len() {
            continue;
        }
        let told: Vec<usize> = rule.lines.iter().map(|line| line.rows).collect();
        assert_eq!(
            rows_by_branch(&branches, &table),
            told,
            "{}",
            rule.contender
        );
        compared += 1;
    }
    assert!(
        compared >= 3,
        "{compared} rules have a line for each branch"
    );
}

#[test]
fn a_query_says_what_it_is_and_nothing_breaks_out_of_it() {
    let (_, mut evidence) = churn(None);
    let rules = &mut evidence.panels.rules;
    rules.retain(|rule| rule.contender == "one-rule");
    evidence.recommendation.contender = "one-rule".to_owned();
    evidence.recommendation.meanwhile = None;
    let query = rule_sql(&evidence, "one-rule", Dialect::Postgres, "shop.customers").unwrap();
    assert!(is_written(&evidence, "one-rule"));
    assert!(query.contains("recommends this rule"), "{query}");
    assert!(query.contains(&evidence.data_hash), "{query}");
    assert!(
        query.ends_with("AS \"predicted_churned\"\nFROM \"shop\".\"customers\";\n"),
        "{query}"
    );

    evidence.recommendation.contender = "logistic\n; drop table x".to_owned();
    evidence.target = "a\"\n; b".to_owned();
    let query = rule_sql(&evidence, "one-rule", Dialect::Sqlite, "c\"d").unwrap();
    assert!(
        query.contains("-- NOT what the benchmark recommends"),
        "{query}"
    );
    let comments = query
        .lines()
        .take_while(|line| line.starts_with("-- "))
        .count();
    let rest: Vec<&str> = query.lines().skip(comments).collect();
    assert_eq!(rest[..2], ["SELECT *,", "    CASE"], "{query}");
    assert!(rest[2].starts_with("        WHEN "), "{query}");
    assert!(
        query.ends_with("AS \"predicted_a\"\"\n; b\"\nFROM \"c\"\"d\";\n"),
        "{query}"
    );

    evidence.panels.rules.clear();
    let problem = rule_sql(&evidence, "one-rule", Dialect::Generic, "t").unwrap_err();
    assert_eq!(problem.code, "no-rule");
}

#[test]
fn what_is_taken_meanwhile_says_that_it_is_not_settled() {
    let (_, mut evidence) = churn(None);
    evidence.recommendation.contender = "logistic-regression".to_owned();
    evidence.recommendation.meanwhile = Some(Meanwhile {
        tier: Tier::Heuristic,
        contender: "one-rule".to_owned(),
        rung: Rung::Heuristic,
    });
    for (contender, told) in [
        (
            "one-rule",
            "To take until the benchmark is settled; its best guess so far is logistic-regression",
        ),
        (
            "logistic-regression",
            "The benchmark's best guess so far; until it is settled take one-rule",
        ),
        (
            "prior",
            "NOT what the benchmark recommends, which is one-rule",
        ),
    ] {
        let query = rule_sql(&evidence, contender, Dialect::Postgres, "t").unwrap();
        assert!(query.contains(told), "{query}");
    }
}

#[test]
fn classes_that_are_numbers_are_answered_as_numbers() {
    let text = String::from_utf8_lossy(CHURN)
        .lines()
        .take(401)
        .map(|line| line.replace(",yes", ",1").replace(",no", ",0") + "\n")
        .collect::<String>();
    let table = read_csv(text.as_bytes(), "churn.csv").unwrap();
    let request = Request {
        repeats: Some(1),
        ..Request::for_target("churned")
    };
    let mut evidence = unattended(|control| run(&table, &request, control)).unwrap();
    let query = rule_sql(&evidence, "one-rule", Dialect::Postgres, "t").unwrap();
    assert!(
        query.contains("THEN 1\n") && query.contains("ELSE 0\n"),
        "{query}"
    );

    evidence.panels.rules.push(RuleTable {
        contender: "another".to_owned(),
        expression: Some("'unknown'".to_owned()),
        ..evidence.panels.rules[0].clone()
    });
    let query = rule_sql(&evidence, "one-rule", Dialect::Postgres, "t").unwrap();
    assert!(query.contains("THEN '1'\n"), "{query}");
}

#[test]
fn branches_that_few_rows_stand_behind_are_left_out() {
    let (_, mut evidence) = churn(None);
    let rules = &mut evidence.panels.rules;
    rules.retain(|rule| rule.contender == "one-rule");
    let rule = &mut rules[0];
    rule.expression =
        Some("case when a = 'rare' then 'x' when a = 'usual' then 'y' end".to_owned());
    rule.lines.resize(3, rule.lines[0].clone());
    for (line, rows) in rule.lines.iter_mut().zip([4, 5, 100]) {
        line.rows = rows;
    }
    let query = rule_sql(&evidence, "one-rule", Dialect::Generic, "t").unwrap();
    assert!(!query.contains("rare"), "{query}");
    assert!(
        query.contains("'usual'") && query.contains("Left out: 1"),
        "{query}"
    );
}
