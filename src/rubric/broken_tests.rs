//! Broken rubrics, each refused with its place and what to do next.

use super::*;

/// A rubric that reads, to be broken in one place at a time.
const SOUND: &str = include_str!("../../tests/fixtures/rubrics/sound.yaml");

#[test]
fn the_sound_rubric_reads() {
    let rubric = Rubric::parse(SOUND, "sound.yaml").unwrap();
    assert_eq!(rubric.questions().count(), 2);
    assert_eq!(rubric.hash.len(), 64);
    assert_eq!(
        rubric.question("second").unwrap().when,
        Some(Condition::Named("worse".to_owned()))
    );
}

/// The number of [`SOUND`].
const NUMBER: &str = "\
kind:
          number:
            unit: rows
            from: 0
            to: 1000
            bands:
              - {below: 10, score: 0}
              - {below: 100, score: 0.5}
              - {score: 1}";

/// What is replaced, by what, and the code, line and column that must come of it.
type Broken = (&'static str, &'static str, &'static str, usize, usize);

/// More than forty kinds of broken rubric.
#[rustfmt::skip]
const BROKEN: &[Broken] = &[
    ("title: A sound rubric", "titel: A", "unknown-field", 3, 1),
    ("title: A sound rubric\n", "", "missing-field", 1, 1),
    ("version: 1", "version: one", "wrong-type", 2, 10),
    ("version: 1", "version: 0", "bad-version", 2, 10),
    ("title: A sound rubric", "title: \"A", "yaml-syntax", 7, 17),
    ("title: A sound rubric", "title: ''", "bad-text", 3, 8),
    ("rubric: sound", "rubric: So Sound", "bad-id", 1, 9),
    ("- id: second", "- id: not", "bad-id", 30, 13),
    ("- id: second", "- id: first", "duplicate-id", 30, 13),
    ("sources: [ABC]", "sources: [ABC, XYZ]", "unknown-source", 37, 24),
    ("sources: [ABC]", "sources: []", "bad-list", 37, 18),
    ("who: owner", "who: boss", "unknown-word", 20, 14),
    ("weight: 3", "weight: 4", "bad-weight", 19, 17),
    ("weight: 3", "weight: -1", "bad-weight", 19, 17),
    ("weight: 3", "weight: heavy", "wrong-type", 19, 17),
    ("score: 0\n            gates", "score: 1.5\n            gates", "score-out-of-range", 26, 20),
    ("score: 0\n            gates", "gates", "missing-field", 24, 11),
    ("\"yes\": {says: Yes it is, score: 1}", "", "too-few-or-many-options", 24, 11),
    ("\"yes\": {says", "\"no\": {says", "duplicate-key", 24, 11),
    ("\"yes\": {says", "unknown: {says", "bad-id", 23, 11),
    ("cap: {solution: query}", "cap: {solution: querry}", "unknown-word", 28, 33),
    ("cap: {solution: query}", "cap: {readiness: wait-for-data}", "cap-to-wait", 28, 34),
    ("cap: {solution: query}", "step_down: false", "gate-without-effect", 28, 17),
    ("bad: {first: \"no\"}", "bad: {frist: \"no\"}", "unknown-question", 7, 9),
    ("bad: {first: \"no\"}", "bad: {first: never}", "unknown-option", 7, 16),
    ("bad: {first: \"no\"}", "bad: {second: \"no\"}", "not-a-choice", 7, 9),
    ("bad: {first: \"no\"}", "bad: {first: []}", "empty-condition", 7, 16),
    ("bad: {first: \"no\"}", "bad: {any: []}", "empty-condition", 7, 9),
    ("bad: {first: \"no\"}", "bad: {not: worse}", "condition-cycle", 8, 11),
    ("when: worse", "when: wors", "unknown-condition", 38, 15),
    ("weight: 3", "weight: 3\n        when: bad", "condition-looks-ahead", 20, 15),
    ("because: It is not.", "because: It is not.\n                when: bad", "condition-looks-ahead", 30, 23),
    ("when: worse", "options: {a: {says: A, score: 1}, b: {says: B, score: 0}}", "two-kinds", 40, 11),
    ("{below: 100, score", "{below: 5, score", "bands-not-rising", 46, 25),
    ("{below: 100, score", "{score", "bands-not-rising", 46, 17),
    ("{below: 100, score", "{below: 2000, score", "bands-not-rising", 46, 25),
    ("- {score: 1}", "- {below: 500, score: 1}", "bands-end-early", 47, 25),
    ("to: 1000", "to: -1", "bad-range", 43, 17),
    (NUMBER, "kind: rule", "never-scored", 35, 17),
    (NUMBER, "", "no-kind", 30, 13),
    (NUMBER, "kind: {whys: {max_steps: 0}}", "never-scored", 35, 17),
    (NUMBER, "kind: {whys: {max_stops: 5}}", "unknown-field", 39, 23),
    (NUMBER, "kind: guess", "unknown-word", 39, 15),
    ("rubric: sound", "rubric: sound\nextends: ml-fitnes", "unknown-rubric", 2, 10),
];

#[test]
fn every_fault_is_refused_at_its_place() {
    let mut wrong = Vec::new();
    for (what, by, code, line, column) in BROKEN {
        assert_eq!(SOUND.matches(what).count(), 1, "{what} must stand once");
        let text = SOUND.replace(what, by);
        let problem = Rubric::parse(&text, "broken.yaml").expect_err(by);
        let found = (problem.code, problem.line, problem.column);
        if found != (*code, Some(*line), Some(*column))
            || problem.file.as_deref() != Some("broken.yaml")
            || problem.remedy.is_empty()
        {
            wrong.push(format!("{by}: {problem:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_file_too_large_or_too_deep_is_refused() {
    let large = format!("{SOUND}# {}", "x".repeat(yaml::MOST_BYTES));
    assert_eq!(
        Rubric::parse(&large, "x").unwrap_err().code,
        "file-too-large"
    );
    let deep = SOUND.replace(
        "when: worse",
        &format!("when: {}{}", "[".repeat(200), "]".repeat(200)),
    );
    assert_eq!(Rubric::parse(&deep, "x").unwrap_err().code, "yaml-limits");
    let names: Vec<String> = (1..40)
        .map(|n| format!("  c{n}: [c{}, c{}]\n", n - 1, n - 1))
        .collect();
    let names = names.concat();
    let multiplying = SOUND.replace("  bad:", &format!("  c0: {{first: \"no\"}}\n{names}  bad:"));
    assert_eq!(
        Rubric::parse(&multiplying, "x").unwrap_err().code,
        "condition-too-big"
    );
    let bomb = format!(
        "rubric: &a [x, x, x, x, x, x, x, x]\nb: &b [{}]\nc: [{}]\n",
        "*a, ".repeat(5_000),
        "*b, ".repeat(5_000)
    );
    assert!(Rubric::parse(&bomb, "x").is_err());
}

#[test]
fn any_text_is_read_or_refused_without_a_panic() {
    for cut in 0..SOUND.len() {
        if SOUND.is_char_boundary(cut) {
            let _ = Rubric::parse(&SOUND[..cut], "cut.yaml");
            let _ = Rubric::parse(&SOUND[cut..], "cut.yaml");
        }
    }
}
