//! The schema says what the parser reads, no more and no less where a schema can say it.

use serde_json::Value;

use super::document_tests::keys_of_the_grammar;
use super::schema::schema;
use super::schema_fits::fits;
use super::{Rubric, built_in_ids, built_in_source, yaml};

fn fits_as_rubric(text: &str) -> bool {
    let schema = schema();
    let value: Value = yaml::read(text, "a.yaml").unwrap();
    fits(&schema, &schema, &value)
}

#[test]
fn every_built_in_rubric_fits() {
    for id in built_in_ids() {
        let (file, text) = built_in_source(id).unwrap();
        assert!(fits_as_rubric(text), "{file}");
    }
}

/// Every key that stands under `properties` anywhere.
fn keys(schema: &Value, found: &mut Vec<String>) {
    match schema {
        Value::Object(entries) => {
            if let Some(Value::Object(properties)) = entries.get("properties") {
                found.extend(properties.keys().cloned());
            }
            entries.values().for_each(|value| keys(value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn the_keys_are_those_that_the_parser_reads() {
    let mut read = keys_of_the_grammar();
    read.extend(["number", "text", "whys", "all", "any", "not", "can_reach"]);
    let mut said = Vec::new();
    keys(&schema(), &mut said);
    read.sort_unstable();
    read.dedup();
    said.sort();
    said.dedup();
    assert_eq!(said, read);
}

/// A rubric in which one thing can be spoiled.
const SOUND: &str = "rubric: a\nversion: 1\ntitle: A\nsources: {S: s}\ndimensions:\n\
    \x20 - id: d\n    title: D\n    asks: Why?\n    questions:\n\
    \x20     - {id: q, weight: 1, who: owner, ask: Q, help: H, why: W, settled_by: B, sources: S,\n\
    \x20        options: {a: {says: A, score: 1}, b: {says: B, score: 0, gates: [\n\
    \x20          {cap: {solution: query}, because: B}]}}}\n";

#[test]
fn what_the_parser_refuses_by_its_form_does_not_fit() {
    assert!(Rubric::parse(SOUND, "a.yaml").is_ok());
    assert!(fits_as_rubric(SOUND));
    for (from, to) in [
        ("rubric: a", "rubric: A b"),
        ("version: 1", "version: 0"),
        ("title: A\n", ""),
        ("sources: {S: s}", "sorces: {S: s}"),
        ("weight: 1", "weight: 4"),
        ("who: owner", "who: nobody"),
        ("help: H, ", ""),
        ("score: 1", "score: 1.5"),
        ("says: A, ", "says: '', "),
        ("solution: query", "solution: qery"),
        ("solution: query", "readiness: wait"),
        ("because: B", "why: B"),
    ] {
        assert!(SOUND.contains(from), "{from}");
        let spoiled = SOUND.replacen(from, to, 1);
        assert!(Rubric::parse(&spoiled, "a.yaml").is_err(), "{to}");
        assert!(!fits_as_rubric(&spoiled), "{to}");
    }
}
