//! The policy that is part of mlfit is sound, and broken ones are refused with their place.

use super::*;

#[test]
fn every_row_of_the_built_in_policy_can_decide() {
    let (file, text) = built_in_policy_source();
    let parsed = Policy::parse(text, file).unwrap();
    assert_eq!(parsed, *built_in_policy().unwrap());
    assert_eq!(parsed.hash.len(), 64);
}

/// Replaces once in the built-in policy and expects a problem of that code at that text.
fn check_broken(from: &str, to: &str, code: &str, at: &str) {
    let (_, text) = built_in_policy_source();
    assert_eq!(text.matches(from).count(), 1, "{from} must stand once");
    let broken = text.replacen(from, to, 1);
    let problem = Policy::parse(&broken, "policy.yaml").unwrap_err();
    assert_eq!(problem.code, code, "{problem:?}");
    assert_eq!(problem.file.as_deref(), Some("policy.yaml"));
    let line = problem.line.unwrap();
    let found = broken.lines().nth(line - 1).unwrap();
    assert!(found.contains(at), "line {line}: {found}\n{problem:?}");
    assert!(!problem.remedy.is_empty());
}

#[test]
fn broken_policies_are_refused_with_their_place() {
    for (from, to, code, at) in [
        (
            "fit-volume: handful",
            "fit-volumes: handful",
            "unknown-question",
            "fit-volumes",
        ),
        (
            "fit-volume: handful",
            "fit-volume: hand",
            "unknown-option",
            "hand",
        ),
        (
            "reading: {generative: {at_least: 0.5}}",
            "reading: {gen: {at_least: 0.5}}",
            "unknown-dimension",
            "gen:",
        ),
        (
            "reading: {generative: {at_least: 0.5}}",
            "reading: {generative: {at_least: 5}}",
            "bad-cut-off",
            "at_least: 5",
        ),
        (
            "reading: {generative: {at_least: 0.5}}",
            "reading: {generative: {}}",
            "empty-condition",
            "generative",
        ),
        ("gate: stop", "gate: halt", "unknown-word", "halt"),
        (
            "measured: foundation-model",
            "measured: model",
            "unknown-word",
            "measured: model",
        ),
        ("- step-pays", "- step-pay", "unknown-condition", "step-pay"),
        ("- id: go\n", "- id: stop\n", "duplicate-id", "id: stop"),
        (
            "- id: go\n",
            "- id: go\n    when: {gate: pilot}\n",
            "not-total",
            "- id: stop",
        ),
        ("doubt: 0.4", "doubt: 4", "bad-cut-off", "doubt: 4"),
        (
            "unfinished_look: 3",
            "unfinished_look: 0",
            "bad-limit",
            "unfinished_look",
        ),
        (
            "when: {ceiling: query}",
            "when: {rung: {at_least: query}}",
            "wrong-table",
            "rung:",
        ),
        (
            "when: {ceiling: query}",
            "when: {ceiling: process-fix}",
            "unreachable-row",
            "look-it-up",
        ),
        (
            "    meanwhile: process-fix\n",
            "",
            "bad-row",
            "wait-for-data-by-hand",
        ),
        (
            "measured_replaces: [fit-expected-gain,",
            "measured_replaces: [fit-expected-gains,",
            "unknown-question",
            "gains",
        ),
        (
            "policy: mlfit",
            "policies: mlfit",
            "unknown-field",
            "policies",
        ),
    ] {
        check_broken(from, to, code, at);
    }
}
