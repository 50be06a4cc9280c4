//! The grammar of a rubric as a JSON Schema, for editors.
//!
//! It says what [`super::raw`] reads and what `check_values` limits, with the
//! words of the vocabulary itself. References between the parts of a rubric
//! are beyond a schema; `mlfit rubric check` looks at those.

#![expect(
    clippy::needless_pass_by_value,
    reason = "parts of a schema are made where they are put in"
)]

use serde_json::{Map, Value, json};

use super::check_values::{
    LONGEST_ID, LONGEST_TEXT, MOST_CHARACTERS, MOST_OPTIONS, MOST_WEIGHT, MOST_WHYS,
};
use super::model::Who;
use super::raw::RawReadiness;
use crate::vocabulary::Rung;

/// Ids: lowercase words and digits joined by hyphens.
const ID: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

/// JSON Schema, draft 2020-12, of a rubric file or a pack.
pub fn schema() -> Value {
    let mut whole = object(
        &[
            ("rubric", reference("id")),
            ("version", json!({ "type": "integer", "minimum": 1 })),
            ("title", reference("text")),
            (
                "extends",
                described("The rubric that this pack builds on", "string"),
            ),
            ("sources", map_of(reference("text"), 0)),
            ("conditions", map_of(reference("condition"), 0)),
            ("dimensions", list_of(reference("dimension"))),
            ("gates", list_of(reference("added-gate"))),
        ],
        &["rubric", "version", "title"],
    );
    whole["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    whole["title"] = "A rubric of mlfit, or a pack that extends one".into();
    whole["$defs"] = definitions();
    whole
}

fn definitions() -> Value {
    let word = json!({ "type": "string" });
    json!({
        "id": { "type": "string", "pattern": ID, "maxLength": LONGEST_ID },
        "text": { "type": "string", "minLength": 1, "maxLength": LONGEST_TEXT },
        "words": one_of([word.clone(), json!({ "type": "array", "items": word, "minItems": 1 })]),
        "dimension": object(
            &[
                ("id", reference("id")),
                ("title", reference("text")),
                ("asks", reference("text")),
                ("when", reference("condition")),
                (
                    "questions",
                    json!({ "type": "array", "items": reference("question"), "minItems": 1 }),
                ),
            ],
            &["id", "questions"],
        ),
        "question": question(),
        "kind": kind(),
        "band": object(
            &[
                ("below", json!({ "type": "number" })),
                ("score", score()),
                ("gates", list_of(reference("gate"))),
            ],
            &["score"],
        ),
        "option": object(
            &[
                ("says", reference("text")),
                ("score", score()),
                ("gates", list_of(reference("gate"))),
            ],
            &["says"],
        ),
        "gate": object(
            &[
                ("force", reference("limit")),
                ("cap", reference("limit")),
                ("step_down", json!({ "type": "boolean" })),
                ("require", reference("id")),
                ("because", reference("text")),
                ("when", reference("condition")),
            ],
            &["because"],
        ),
        "added-gate": object(
            &[("on", map_of(reference("words"), 1)), ("gate", reference("gate"))],
            &["on", "gate"],
        ),
        "limit": object(
            &[
                ("solution", reference("rung")),
                ("readiness", json!({ "enum": RawReadiness::ALL })),
            ],
            &[],
        ),
        "rung": { "enum": Rung::ALL.map(Rung::id) },
        "condition": condition(),
    })
}

fn question() -> Value {
    let who = json!({ "enum": Who::ALL.map(Who::id) });
    object(
        &[
            ("id", reference("id")),
            (
                "weight",
                json!({ "type": "integer", "minimum": 0, "maximum": MOST_WEIGHT }),
            ),
            (
                "who",
                one_of([
                    who.clone(),
                    json!({ "type": "array", "items": who, "minItems": 1 }),
                ]),
            ),
            ("ask", reference("text")),
            ("help", reference("text")),
            ("why", reference("text")),
            ("settled_by", reference("text")),
            ("sources", reference("words")),
            (
                "options",
                json!({
                    "type": "object",
                    "additionalProperties": reference("option"),
                    "minProperties": 2,
                    "maxProperties": MOST_OPTIONS,
                }),
            ),
            ("kind", reference("kind")),
            ("not_applicable", reference("text")),
            ("when", reference("condition")),
            ("triage", json!({ "type": "boolean" })),
        ],
        &[
            "id",
            "weight",
            "who",
            "ask",
            "help",
            "why",
            "settled_by",
            "sources",
        ],
    )
}

fn kind() -> Value {
    let number = json!({ "type": "number" });
    let count = |most: u32| json!({ "type": "integer", "minimum": 1, "maximum": most });
    one_of([
        json!({ "enum": ["rule"] }),
        object(
            &[(
                "number",
                object(
                    &[
                        ("unit", reference("text")),
                        ("from", number.clone()),
                        ("to", number),
                        ("bands", list_of(reference("band"))),
                    ],
                    &["unit", "from", "to"],
                ),
            )],
            &["number"],
        ),
        object(
            &[(
                "text",
                object(
                    &[("max_characters", count(MOST_CHARACTERS))],
                    &["max_characters"],
                ),
            )],
            &["text"],
        ),
        object(
            &[(
                "whys",
                object(&[("max_steps", count(MOST_WHYS))], &["max_steps"]),
            )],
            &["whys"],
        ),
    ])
}

/// A name, a list, or a mapping whose entries must all hold.
fn condition() -> Value {
    let parts = list_of(reference("condition"));
    one_of([
        json!({ "type": "string" }),
        parts.clone(),
        json!({
            "type": "object",
            "properties": {
                "all": parts.clone(),
                "any": parts,
                "not": reference("condition"),
                "can_reach": reference("rung"),
            },
            "additionalProperties": reference("words"),
            "minProperties": 1,
        }),
    ])
}

fn score() -> Value {
    json!({
        "type": "number",
        "minimum": 0,
        "maximum": 1,
        "description": "1 favours going on, 0 speaks against",
    })
}

/// A mapping with these keys and no others.
fn object(keys: &[(&str, Value)], required: &[&str]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|(key, value)| ((*key).to_owned(), value.clone()))
        .collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn map_of(value: Value, least: usize) -> Value {
    json!({ "type": "object", "additionalProperties": value, "minProperties": least })
}

fn list_of(value: Value) -> Value {
    json!({ "type": "array", "items": value })
}

fn one_of<const N: usize>(forms: [Value; N]) -> Value {
    json!({ "oneOf": forms.to_vec() })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn described(says: &str, kind: &str) -> Value {
    json!({ "type": kind, "description": says })
}
