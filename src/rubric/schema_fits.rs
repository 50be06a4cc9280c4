//! Whether a value fits a schema, as far as mlfit's own schemas go.

use serde_json::Value;

/// Whether a value fits a schema; a keyword that this does not know is a failure of the test.
pub(crate) fn fits(whole: &Value, schema: &Value, value: &Value) -> bool {
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
