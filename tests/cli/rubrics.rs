//! Rubrics and what is written for them: examples, comparisons, schemas.

use std::fs;

use super::mlfit;

/// An example of somebody's own: with these answers and this solution.
fn example(id: &str, answers: &str, solution: &str) -> String {
    format!(
        "id: {id}\nrequirement: something\nbecause: It is so.\nanswers:\n{answers}\
         expect:\n  solution: {solution}\n  readiness: stop\n"
    )
}

#[test]
fn the_shipped_examples_get_their_verdicts() {
    let place = tempfile::tempdir().unwrap();
    let run = mlfit(place.path(), &["rubric", "test"]);
    let text = run.text();
    assert!(
        text.starts_with("ok   ai-in-the-app: "),
        "in the order of their names: {text}"
    );
    assert!(text.ends_with(" examples get their verdicts.\n"), "{text}");
    let value = mlfit(place.path(), &["rubric", "test", "--json"]).json();
    assert_eq!(value["schema"], "mlfit.rubric-test/1");
    assert_eq!(value["holds"], true);
    let examples = value["examples"].as_array().unwrap();
    assert!(examples.len() >= 26);
    for example in examples {
        assert_eq!(example["ok"], true);
        for part in ["solution", "readiness", "target", "waits_for"] {
            assert_eq!(example["expected"][part], example["came"][part]);
        }
    }
}

#[test]
fn an_example_that_gets_another_verdict_is_told_with_both_and_the_reason() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    fs::create_dir(here.join("cases")).unwrap();
    let prohibited = "  risk-prohibited: \"yes\"\n";
    fs::write(
        here.join("cases/b.yaml"),
        example("right", prohibited, "process-fix"),
    )
    .unwrap();
    fs::write(
        here.join("cases/a.yaml"),
        example("\"wrong\\e[2J\"", prohibited, "query"),
    )
    .unwrap();
    fs::write(here.join("cases/notes.txt"), "no example").unwrap();
    let run = mlfit(here, &["rubric", "test", "cases"]);
    assert_eq!((run.status, run.stderr.as_str()), (1, ""));
    let text = &run.stdout;
    assert!(
        text.contains(
            "not  wrong\u{fffd}[2J (cases/a.yaml): expected query · stop, because: It is"
        ),
        "{text}"
    );
    assert!(text.contains("     came process fix · stop\n"), "{text}");
    assert!(
        text.contains("     by fix-the-cause and stop of the policy: "),
        "{text}"
    );
    assert!(
        text.contains("ok   right: process fix · stop. It is so.\n"),
        "{text}"
    );
    assert!(
        text.ends_with("1 of 2 examples do not get their verdicts.\n"),
        "{text}"
    );
    let run = mlfit(here, &["rubric", "test", "cases/a.yaml", "--json"]);
    assert_eq!(run.status, 1);
    let value: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(value["holds"], false);
    assert_eq!(value["examples"][0]["came"]["solution"], "process-fix");
    assert_eq!(value["examples"][0]["file"], "cases/a.yaml");
}

#[test]
fn an_example_that_cannot_be_read_is_refused_at_its_place() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    let file = here.join("a.yaml");
    let check = |text: &str, error: &str, at: &str, help: &str| {
        fs::write(&file, text).unwrap();
        let run = mlfit(here, &["rubric", "test", "a.yaml"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        for part in [error, at, help] {
            assert!(run.stderr.contains(part), "no {part} in {}", run.stderr);
        }
    };
    check(
        &example("a", "  risk-prohibted: \"no\"\n", "query"),
        "found \"risk-prohibted\"",
        "a.yaml:5:3",
        "risk-prohibited",
    );
    check(
        &example("a", "  risk-prohibited: \"no\"\n", "qery"),
        "found \"qery\"",
        "a.yaml:7:13",
        "query",
    );
    fs::create_dir(here.join("empty")).unwrap();
    let run = mlfit(here, &["rubric", "test", "empty"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("found none"), "{}", run.stderr);
    let run = mlfit(here, &["rubric", "test", "missing.yaml"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("at missing.yaml"), "{}", run.stderr);
}

#[test]
fn two_rubrics_are_compared_in_words() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path();
    let base = fs::read_to_string(format!(
        "{}/rubrics/ml-fitness.yaml",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap();
    fs::write(here.join("old.yaml"), &base).unwrap();
    fs::write(
        here.join("new.yaml"),
        base.replacen("says: Yes, in every case", "says: Always", 1),
    )
    .unwrap();
    let run = mlfit(here, &["rubric", "diff", "old.yaml", "new.yaml"]);
    let text = run.text();
    for part in [
        "0 added, 0 removed, 1 changed. The version is the same",
        "(fit-known-rule)",
        "    the option fully was “Yes, in every case”, is now “Always”\n",
    ] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    let run = mlfit(here, &["rubric", "diff", "old.yaml", "ml-fitness"]);
    assert!(
        run.text().contains("the same, to the letter"),
        "{}",
        run.stdout
    );
    let value = mlfit(here, &["rubric", "diff", "ml-fitness", "people", "--json"]).json();
    assert_eq!(value["schema"], "mlfit.rubric-diff/1");
    let questions = value["questions"].as_array().unwrap();
    for change in ["added", "changed"] {
        assert!(
            questions
                .iter()
                .any(|question| question["change"] == change),
            "the pack brings questions, and gates on those of the base"
        );
    }
    assert_ne!(value["old"]["hash"], value["new"]["hash"]);
    let run = mlfit(here, &["rubric", "diff", "ml-fitnes", "people"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("\"ml-fitness\""), "{}", run.stderr);
}

#[test]
fn the_schema_is_json_of_the_draft_that_it_names() {
    let place = tempfile::tempdir().unwrap();
    let value = mlfit(place.path(), &["rubric", "schema"]).json();
    assert_eq!(
        value["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(value["additionalProperties"], false);
}
