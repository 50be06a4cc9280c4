//! The grammar of an example case as a JSON Schema, for editors.
//!
//! It says what [`super::example`] reads. Which questions and options there
//! are depends on the rubric; `mlfit rubric test` looks at those.

use serde_json::{Value, json};

use crate::contest::Task;
use crate::rubric::WaitFor;
use crate::vocabulary::{Readiness, Rung};

/// JSON Schema, draft 2020-12, of an example case.
pub fn example_schema() -> Value {
    let text = json!({ "type": "string" });
    let rung = json!({ "enum": Rung::ALL.map(Rung::id) });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An example case of a rubric of mlfit",
        "type": "object",
        "properties": {
            "id": { "type": "string", "minLength": 1 },
            "requirement": text,
            "because": text,
            "rubric": text,
            "like": text,
            "answers": {
                "type": "object",
                "description": "Question to answer, as in the file of `mlfit assess --answers`",
                "additionalProperties": {},
            },
            "measured": measured(),
            "opens": { "type": "array", "items": text },
            "expect": {
                "type": "object",
                "properties": {
                    "solution": rung,
                    "readiness": { "enum": Readiness::ALL },
                    "target": rung,
                    "waits_for": { "enum": WaitFor::ALL },
                },
                "required": ["solution", "readiness"],
                "additionalProperties": false,
            },
        },
        "required": ["id", "requirement", "because", "expect"],
        "additionalProperties": false,
    })
}

fn measured() -> Value {
    let score = json!({ "type": "number", "minimum": 0 });
    json!({
        "type": "object",
        "description": "The few figures of a benchmark that the example needs",
        "properties": {
            "task": { "enum": Task::ALL.map(Task::id) },
            "settled": { "type": "boolean" },
            "margin": { "type": "number", "minimum": 0 },
            "scores": {
                "type": "object",
                "properties": {
                    "naive": score,
                    "heuristic": score,
                    "minimum-viable-model": score,
                    "headroom": score,
                },
                "required": [],
                "additionalProperties": false,
            },
            "external": {
                "type": "object",
                "properties": {
                    "rung": { "enum": Rung::ALL.map(Rung::id) },
                    "score": score,
                },
                "required": ["rung", "score"],
                "additionalProperties": false,
            },
        },
        "required": ["scores"],
        "additionalProperties": false,
    })
}
