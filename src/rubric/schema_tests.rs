//! The schema says what the parser reads, no more and no less where a schema can say it.

use serde_json::Value;

use super::document_tests::keys_of_the_grammar;
use super::schema::schema;
use super::{Rubric, built_in_ids, built_in_source, yaml};

/// Whether a value fits a schema; a keyword that this does not know is a failure of the test.
fn fits(whole: &Value, schema: &Value, value: &Value) -> bool {
    let number = |limit: &Value| limit.as_f64().unwrap();
    let size = |limit: &Value| usize::try_from(limit.as_u64().unwrap()).unwrap();
    let known = |key: &str| {
        schema["properties"]
            .as_object()
            .is_some_and(|known| known.contains_key(key))
    };
    schema
        .as_object()
        .unwrap()
        .iter()
        .all(|(keyword, limit)| match keyword.as_str() {
            "$schema" | "$defs" | "description" | "title" => true,
            "$ref" => {
                let path = limit.as_str().unwrap().trim_start_matches('#');
                fits(whole, whole.pointer(path).unwrap(), value)
            }
            "type" => match limit.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "number" => value.is_number(),
                "integer" => value.is_i64() || value.is_u64(),
                other => panic!("type {other}"),
            },
            "enum" => limit.as_array().unwrap().contains(value),
            "oneOf" => {
                let forms = limit.as_array().unwrap();
                forms.iter().filter(|form| fits(whole, form, value)).count() == 1
            }
            "required" => value.as_object().is_none_or(|value| {
                let keys = limit.as_array().unwrap();
                keys.iter()
                    .all(|key| value.contains_key(key.as_str().unwrap()))
            }),
            "properties" => value.as_object().is_none_or(|value| {
                let schemas = limit.as_object().unwrap();
                schemas.iter().all(|(key, schema)| {
                    value
                        .get(key)
                        .is_none_or(|value| fits(whole, schema, value))
                })
            }),
            "additionalProperties" => value.as_object().is_none_or(|value| {
                let mut others = value.iter().filter(|(key, _)| !known(key));
                match limit {
                    Value::Bool(allowed) => *allowed || others.next().is_none(),
                    schema => others.all(|(_, value)| fits(whole, schema, value)),
                }
            }),
            "items" => value
                .as_array()
                .is_none_or(|items| items.iter().all(|item| fits(whole, limit, item))),
            "minItems" => value
                .as_array()
                .is_none_or(|items| items.len() >= size(limit)),
            "minProperties" => value
                .as_object()
                .is_none_or(|value| value.len() >= size(limit)),
            "maxProperties" => value
                .as_object()
                .is_none_or(|value| value.len() <= size(limit)),
            "minLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() >= size(limit)),
            "maxLength" => value
                .as_str()
                .is_none_or(|text| text.chars().count() <= size(limit)),
            "minimum" => value.as_f64().is_none_or(|value| value >= number(limit)),
            "maximum" => value.as_f64().is_none_or(|value| value <= number(limit)),
            "pattern" => value.as_str().is_none_or(|text| {
                assert_eq!(limit, "^[a-z0-9]+(-[a-z0-9]+)*$");
                text.split('-').all(|word| {
                    !word.is_empty()
                        && word
                            .chars()
                            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
                })
            }),
            other => panic!("no test knows the keyword {other}"),
        })
}

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
