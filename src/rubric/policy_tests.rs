//! The policy that is part of mlfit is sound, and broken ones are refused with their place.

use super::*;

#[test]
fn every_row_of_the_built_in_policy_can_decide() {
    let (file, text) = built_in_policy_source();
    let parsed = Policy::parse(text, file).unwrap();
    assert_eq!(parsed, *built_in_policy().unwrap());
    assert_eq!(parsed.hash.len(), 64);
}

/// Replaces once in the built-in policy and expects a problem of that code that
/// points to that text, says what was expected and found, and what to do.
fn check_broken(from: &str, to: &str, code: &str, at: &str, told: [&str; 2]) {
    let (_, text) = built_in_policy_source();
    assert_eq!(text.matches(from).count(), 1, "{from} must stand once");
    let broken = text.replacen(from, to, 1);
    let problem = Policy::parse(&broken, "policy.yaml").unwrap_err();
    assert_eq!(problem.code, code, "{problem:?}");
    assert_eq!(problem.file.as_deref(), Some("policy.yaml"));
    let line = problem.line.unwrap();
    let found = broken.lines().nth(line - 1).unwrap();
    let pointed: String = found.chars().skip(problem.column.unwrap() - 1).collect();
    assert!(pointed.starts_with(at), "line {line}: {found}\n{problem:?}");
    assert!(problem.message.starts_with("expected "), "{problem:?}");
    assert!(problem.message.contains(told[0]), "{problem:?}");
    assert!(problem.remedy.contains(told[1]), "{problem:?}");
}

/// What is replaced, by what, the code, the text that is pointed to, and a part
/// of what is said and of the remedy.
type Broken = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    [&'static str; 2],
);

const BROKEN: &[Broken] = &[
    (
        "fit-volume: handful",
        "fit-volumes: handful",
        "unknown-question",
        "fit-volumes",
        [
            "a question of ml-fitness, found \"fit-volumes\"",
            "did you mean \"fit-volume\"?",
        ],
    ),
    (
        "fit-volume: handful",
        "fit-volume: hand",
        "unknown-option",
        "hand",
        ["an option of fit-volume, found \"hand\"", "handful"],
    ),
    (
        "reading: {generative: {at_least: 0.5}}",
        "reading: {gen: {at_least: 0.5}}",
        "unknown-dimension",
        "gen:",
        [
            "a dimension of the rubric, found \"gen\"",
            "the dimensions are",
        ],
    ),
    (
        "reading: {generative: {at_least: 0.5}}",
        "reading: {generative: {at_least: 5}}",
        "bad-cut-off",
        "5",
        ["above 0 and up to 1, found 5", "between 0 and 1"],
    ),
    (
        "reading: {generative: {at_least: 0.5}}",
        "reading: {generative: {}}",
        "empty-condition",
        "{}}",
        ["at least one part", "leave `when` out"],
    ),
    (
        "gate: stop",
        "gate: halt",
        "unknown-word",
        "halt",
        ["one of stop, review, clarify", "one of these words"],
    ),
    (
        "measured: foundation-model",
        "measured: model",
        "unknown-word",
        "model",
        ["one of nothing, no-signal", "one of these words"],
    ),
    (
        "- step-pays",
        "- step-pay",
        "unknown-condition",
        "step-pay",
        [
            "stands before this, found \"step-pay\"",
            "did you mean \"step-pays\"?",
        ],
    ),
    (
        "- id: go\n",
        "- id: stop\n",
        "duplicate-id",
        "stop",
        [
            "each row once, found \"stop\" again",
            "rename one of the two",
        ],
    ),
    (
        "- id: go\n",
        "- id: go\n    when: {gate: pilot}\n",
        "not-total",
        "- id: stop",
        ["a last row that always holds", "a row without `when`"],
    ),
    (
        "doubt: 0.4",
        "doubt: 4",
        "bad-cut-off",
        "4",
        ["from 0 to 1, found 4", "between 0 and 1"],
    ),
    (
        "gate_odds: 0.25",
        "gate_odds: 0",
        "bad-cut-off",
        "0",
        ["over 0 and up to 1, found 0", "now and then"],
    ),
    (
        "unlikely: 0.06",
        "unlikely: 6",
        "bad-cut-off",
        "6",
        ["from 0 to 1, found 6", "between 0 and 1"],
    ),
    (
        "unfinished_look: 3",
        "unfinished_look: 0",
        "bad-limit",
        "0",
        ["1 to 60 months, found 0", "wrong one day"],
    ),
    (
        "when: {ceiling: query}",
        "when: {rung: {at_least: query}}",
        "wrong-table",
        "rung:",
        [
            "known before the solution, found \"rung\"",
            "only rows of the readiness",
        ],
    ),
    (
        "when: {ceiling: query}",
        "when: {ceiling: process-fix}",
        "unreachable-row",
        "look-it-up",
        ["leave nothing for it", "move it up"],
    ),
    (
        "    meanwhile: process-fix\n",
        "",
        "bad-row",
        "wait-for-data-by-hand",
        [
            "`solution` or `meanwhile` in a row, found neither",
            "say what follows",
        ],
    ),
    (
        "measured_replaces: [fit-expected-gain,",
        "measured_replaces: [fit-expected-gains,",
        "unknown-question",
        "fit-expected-gains",
        [
            "found \"fit-expected-gains\"",
            "did you mean \"fit-expected-gain\"?",
        ],
    ),
    (
        "policy: mlfit",
        "policies: mlfit",
        "unknown-field",
        "policies",
        ["found \"policies\"", "did you mean \"policy\"?"],
    ),
];

#[test]
fn broken_policies_are_refused_with_their_place() {
    for (from, to, code, at, told) in BROKEN {
        check_broken(from, to, code, at, *told);
    }
}
