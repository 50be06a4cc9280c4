//! `docs/RUBRICS.md` is read as its readers would use it: every example, key, limit and code.

use super::*;
use crate::problem::Problem;

const DOCUMENT: &str = include_str!("../../docs/RUBRICS.md");

/// The files whose problems the document explains.
const SOURCES: [&str; 8] = [
    include_str!("built_in.rs"),
    include_str!("check.rs"),
    include_str!("check_conditions.rs"),
    include_str!("check_gates.rs"),
    include_str!("check_questions.rs"),
    include_str!("check_values.rs"),
    include_str!("known.rs"),
    include_str!("yaml.rs"),
];

/// A fenced example: what stands after the fence, and what is in it.
type Block = (&'static str, &'static str);

fn blocks() -> Vec<Block> {
    DOCUMENT
        .split("\n```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'))
        .collect()
}

/// A pack on the base with these top-level keys.
fn pack(keys: &str) -> String {
    format!("rubric: example\nversion: 1\ntitle: example\nextends: {BASE}\n{keys}\n")
}

/// A pack with one question that has these keys, and sound ones for what they leave out.
fn pack_with_question(keys: &str) -> String {
    let sound = [
        ("id", "example-question"),
        ("ask", "What?"),
        ("help", "Help."),
        ("why", "Because."),
        ("settled_by", "looking"),
        ("who", "owner"),
        ("sources", "POD"),
    ];
    let sound = sound.map(|(key, value)| format!("{key}: {value}"));
    let keys = sound.iter().map(String::as_str).chain(keys.lines());
    let question = keys.collect::<Vec<_>>().join("\n        ");
    pack(&format!(
        "dimensions:\n  - id: infrastructure\n    questions:\n      - {question}"
    ))
}

/// A problem as `mlfit rubric check` prints it.
fn in_words(problem: &Problem) -> String {
    let place = problem.place().unwrap_or_default();
    format!(
        "error: {}\n  at {place}\nhelp: {}",
        problem.message, problem.remedy
    )
}

#[test]
fn every_example_is_read() {
    let mut read = 0;
    for (kind, text) in blocks() {
        let text = match kind {
            "yaml rubric" => text.to_owned(),
            "yaml pack" => pack(text),
            "yaml question" => pack_with_question(text),
            "yaml broken" | "yaml example" | "text" | "sh" => continue,
            other => panic!("no test reads a block \"{other}\""),
        };
        if let Err(problem) = Rubric::parse(&text, "example.yaml") {
            panic!("{}\n{text}", in_words(&problem));
        }
        read += 1;
    }
    assert!(read >= 10, "only {read} examples were found");
}

#[test]
fn every_error_shown_is_the_error_that_comes() {
    let blocks = blocks();
    let mut shown = 0;
    for pair in blocks.windows(2) {
        let [("yaml broken", text), (kind, expected)] = pair else {
            continue;
        };
        assert_eq!(*kind, "text");
        let problem = Rubric::parse(text, "mine.yaml").expect_err(text);
        assert_eq!(in_words(&problem), *expected);
        shown += 1;
    }
    assert_eq!(
        shown,
        blocks
            .iter()
            .filter(|(kind, _)| *kind == "yaml broken")
            .count()
    );
    assert!(shown > 0);
}

/// The keys that the parser reads from a rubric, by the fields of its grammar.
pub(super) fn keys_of_the_grammar() -> Vec<&'static str> {
    let kinds = ["Option<", "Spanned<", "Vec<", "Entries<", "bool,"];
    let keys: Vec<&str> = include_str!("raw.rs")
        .lines()
        .filter_map(|line| {
            line.trim()
                .trim_start_matches("pub(super) ")
                .split_once(": ")
        })
        .filter(|(_, kind)| kinds.iter().any(|known| kind.starts_with(known)))
        .map(|(key, _)| key)
        .collect();
    assert!(keys.len() >= 30, "{keys:?}");
    keys
}

#[test]
fn every_key_is_explained() {
    for key in keys_of_the_grammar() {
        assert!(DOCUMENT.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn every_code_is_explained() {
    let mut found = 0;
    for source in SOURCES {
        for call in source.split("Problem::new(").skip(1) {
            let code = call.split('"').nth(1).unwrap();
            assert!(DOCUMENT.contains(&format!("`{code}`")), "{code}");
            found += 1;
        }
    }
    assert!(found >= 40, "only {found} were found");
}

#[test]
fn every_limit_is_explained() {
    let mut found = 0;
    for line in SOURCES.iter().flat_map(|source| source.lines()) {
        let Some((name, value)) = line.split_once(": usize = ") else {
            continue;
        };
        let number = value.trim_end_matches(';').replace('_', ",");
        if name.contains("const ") && number.starts_with(|c: char| c.is_ascii_digit()) {
            let number = if number == "1 << 20" {
                "1 MiB"
            } else {
                &number
            };
            assert!(DOCUMENT.contains(&format!("| {number} |")), "{name}");
            found += 1;
        }
    }
    assert!(found >= 8, "only {found} were found");
}

#[test]
fn every_built_in_rubric_is_named() {
    for id in built_in_ids() {
        assert!(DOCUMENT.contains(&format!("| `{id}` |")), "{id}");
    }
}
