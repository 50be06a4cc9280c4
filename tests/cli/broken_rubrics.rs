//! `mlfit rubric check` on broken rubrics: the place to the column, what was expected, and what to do.

use std::fs;

use super::mlfit;

/// A rubric that is sound, to be broken in one place at a time.
const SOUND: &str = include_str!("../fixtures/rubrics/sound.yaml");

/// A pack on the base, to which what is at fault is added.
const PACK: &str = "rubric: mine\nversion: 1\ntitle: Mine\nextends: ml-fitness\n";

/// A broken file, and what must be said of it.
struct Broken {
    what: &'static str,
    file: Vec<u8>,
    line: usize,
    column: usize,
    /// What was expected, and what was found.
    error: &'static str,
    /// What to do next.
    help: &'static str,
}

/// [`SOUND`] with one text that stands in it once replaced.
fn replaced(from: &str, to: &str) -> Vec<u8> {
    assert_eq!(SOUND.matches(from).count(), 1, "{from} must stand once");
    SOUND.replace(from, to).into_bytes()
}

fn broken(
    what: &'static str,
    file: impl Into<Vec<u8>>,
    place: (usize, usize),
    error: &'static str,
    help: &'static str,
) -> Broken {
    Broken {
        what,
        file: file.into(),
        line: place.0,
        column: place.1,
        error,
        help,
    }
}

/// Faults of YAML itself, and of the file.
fn faults_of_the_file() -> Vec<Broken> {
    let bomb: Vec<String> = (1..9)
        .map(|level| {
            let below = format!("*l{}", level - 1);
            format!("  l{level}: &l{level} [{}]\n", vec![below; 10].join(", "))
        })
        .collect();
    let bomb = bomb.concat();
    let mut not_text = replaced("A book", "A b?k");
    let odd = not_text.iter().position(|byte| *byte == b'?').unwrap();
    not_text[odd] = 0xF6;
    vec![
        broken(
            "an empty file",
            "",
            (1, 1),
            "expected YAML, found nothing but blank lines and comments",
            "check that this is the right file, and that it was saved",
        ),
        broken(
            "only comments",
            "# to be written\n\n",
            (1, 1),
            "expected YAML, found nothing but blank lines and comments",
            "check that this is the right file, and that it was saved",
        ),
        broken(
            "too large",
            format!("{SOUND}# {}", "x".repeat(1 << 20)),
            (1, 1),
            "expected at most 1048576 bytes, found more",
            "check that this is the right file",
        ),
        broken(
            "not UTF-8",
            not_text,
            (5, 11),
            "expected UTF-8 text, found bytes that are none",
            "save the file as UTF-8",
        ),
        broken(
            "a tab that indents",
            replaced("    title: Fit", "\ttitle: Fit"),
            (11, 1),
            "expected spaces before the first word of a line, found a tab",
            "replace the tab by as many spaces as the lines around it have",
        ),
        broken(
            "out of line",
            replaced("        weight: 3", "       weight: 3"),
            (19, 8),
            "expected the field \"weight\" in column 9 like the other fields of its mapping, found it in \
             column 8",
            "line it up with the fields above it",
        ),
        broken(
            "an open quote",
            replaced("title: A sound rubric", "title: \"A sound rubric"),
            (7, 17),
            "expected YAML, found a fault in it: ",
            "check indentation, quotes and brackets around this place",
        ),
        broken(
            "aliases that multiply",
            format!(
                "rubric: a\nversion: 1\ntitle: T\nconditions:\n  l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n{bomb}"
            ),
            (9, 47),
            "expected at most 100000 values, those of aliases counted, found more",
            "write less, and without aliases that multiply",
        ),
        broken(
            "too deep",
            replaced(
                "when: worse",
                &format!("when: {}{}", "[".repeat(200), "]".repeat(200)),
            ),
            (38, 42),
            "expected lists and mappings at most 32 deep, found deeper ones",
            "write it flatter",
        ),
        broken(
            "a list instead of a rubric",
            "- a\n- b\n",
            (1, 1),
            "expected a mapping (`key: value`), found \"- a\"",
            "write it in the expected form",
        ),
    ]
}

/// Fields and words.
fn faults_of_the_grammar() -> Vec<Broken> {
    vec![
        broken(
            "an unknown field",
            replaced("title: A sound rubric", "titel: A sound rubric"),
            (3, 1),
            "expected one of rubric, version, title, extends, sources, conditions, dimensions, gates, \
             found \"titel\"",
            "did you mean \"title\"?",
        ),
        broken(
            "no version",
            replaced("version: 1\n", ""),
            (1, 1),
            "expected a field \"version\" in this mapping, found none",
            "add `version: …`",
        ),
        broken(
            "no help",
            replaced("ask: Second?\n        help: Help.\n", "ask: Second?\n"),
            (30, 9),
            "expected a field \"help\" in this mapping, found none",
            "add `help: …`",
        ),
        broken(
            "a wrong type",
            replaced("version: 1", "version: one"),
            (2, 10),
            "expected a whole number, found \"one\"",
            "write it in the expected form",
        ),
        broken(
            "an option key twice",
            replaced("\"yes\": {says", "\"no\": {says"),
            (24, 11),
            "expected each key once, found \"no\" again",
            "remove one of the two, or rename it",
        ),
        broken(
            "an unknown kind of question",
            replaced("number:", "date:"),
            (40, 11),
            "expected one of number, text, rule, whys, found \"date\"",
            "use one of these words",
        ),
        broken(
            "an unknown effect of a gate",
            replaced("- cap: {solution: query}", "- limit: {solution: query}"),
            (28, 17),
            "expected one of force, cap, step_down, require, because, when, found \"limit\"",
            "leave it out, or correct its name",
        ),
        broken(
            "a gate on no rung",
            replaced("cap: {solution: query}", "cap: {solution: querry}"),
            (28, 33),
            "expected one of process-fix, query, heuristic, minimum-viable-model, stronger-model, \
             foundation-model, found \"querry\"",
            "did you mean \"query\"?",
        ),
        broken(
            "somebody unknown who answers",
            replaced("who: owner", "who: boss"),
            (20, 14),
            "expected one of owner, engineer, legal, found \"boss\"",
            "say who can answer best",
        ),
        broken(
            "an empty text",
            replaced("title: A sound rubric", "title: ''"),
            (3, 8),
            "expected some words, found none",
            "write a plain sentence",
        ),
    ]
}

/// Numbers, references and conditions.
fn faults_of_the_meaning() -> Vec<Broken> {
    vec![
        broken(
            "an id twice",
            replaced("- id: second", "- id: first"),
            (30, 13),
            "expected each question once, found \"first\" again",
            "rename one of the two, or put them together",
        ),
        broken(
            "a dimension without a question",
            format!("{SOUND}  - id: empty\n    title: Empty\n    asks: Anything?\n"),
            (48, 9),
            "expected at least one question in the dimension \"empty\", found none",
            "add `questions:` with one, or leave the dimension out",
        ),
        broken(
            "a score out of range",
            replaced(
                "score: 0\n            gates",
                "score: 1.5\n            gates",
            ),
            (26, 20),
            "expected a score from 0 to 1, found 1.5",
            "1 favours going on, 0 speaks against",
        ),
        broken(
            "a negative weight",
            replaced("weight: 3", "weight: -1"),
            (19, 17),
            "expected a weight from 0 to 3, found -1",
            "3 decisive, 2 important, 1 useful, 0 asked but never scored",
        ),
        broken(
            "bands that do not rise",
            replaced("{below: 100, score", "{below: 5, score"),
            (46, 25),
            "expected a number above 10 and at most 1000, found 5",
            "order the bands by `below`, inside the range of the question",
        ),
        broken(
            "an unknown source",
            replaced("sources: [ABC]", "sources: [ABC, XYZ]"),
            (37, 24),
            "expected a key of `sources`, found \"XYZ\"",
            "add it under `sources` at the top",
        ),
        broken(
            "a condition on an unknown option",
            replaced("bad: {first: \"no\"}", "bad: {first: never}"),
            (7, 16),
            "expected an option of first, found \"never\"",
            "its options are yes, no",
        ),
        broken(
            "a condition on a number",
            replaced("bad: {first: \"no\"}", "bad: {second: \"no\"}"),
            (7, 9),
            "expected a question with options, found \"second\"",
            "only an option can open a condition or a gate; give a number its gates in its bands",
        ),
        broken(
            "a condition without parts",
            replaced("bad: {first: \"no\"}", "bad: {first: []}"),
            (7, 16),
            "expected at least one part of the condition, found none",
            "leave `when` out if it always holds",
        ),
        broken(
            "conditions in a circle",
            replaced("bad: {first: \"no\"}", "bad: {not: worse}"),
            (8, 11),
            "expected conditions that do not name each other in a circle, found bad → worse → bad",
            "write one of them out with questions and options",
        ),
        broken(
            "a gate that does nothing",
            replaced(
                "- cap: {solution: query}\n                because",
                "- because",
            ),
            (28, 17),
            "expected a gate to do something, found only its reason",
            "add `force`, `cap`, `step_down: true` or `require`",
        ),
    ]
}

/// Packs against their base.
fn faults_of_packs() -> Vec<Broken> {
    vec![
        broken(
            "a pack on nothing",
            PACK.replace("ml-fitness", "ml-fitnes"),
            (4, 10),
            "expected a built-in rubric, found \"ml-fitnes\"",
            "did you mean \"ml-fitness\"?",
        ),
        broken(
            "a gate on an unknown option",
            format!(
                "{PACK}gates:\n  - on: {{data-labels: nune}}\n    gate:\n      cap: {{solution: heuristic}}\n      because: B.\n"
            ),
            (6, 23),
            "expected an option of data-labels, found \"nune\"",
            "did you mean \"none\"? its options are none, collectable, proxy, exist",
        ),
        broken(
            "other words for a dimension of the base",
            format!(
                "{PACK}sources: {{A: a}}\ndimensions:\n  - id: fit\n    title: Other\n    questions:\n      - {{id: x, weight: 0, who: owner, ask: Q, help: H, why: W, settled_by: B, sources: A, kind: rule}}\n"
            ),
            (8, 12),
            "expected only more questions for the dimension \"fit\", which stands in the rubric already, \
             found other words for it",
            "leave `title` and `asks` out: a pack only adds",
        ),
        broken(
            "a question of the base again",
            format!(
                "{PACK}sources: {{A: a}}\ndimensions:\n  - id: fit\n    questions:\n      - {{id: fit-known-rule, weight: 0, who: owner, ask: Q, help: H, why: W, settled_by: B, sources: A, kind: rule}}\n"
            ),
            (9, 14),
            "expected a new question, found \"fit-known-rule\", which already stands in the rubric",
            "a pack only adds: give the question another id",
        ),
        broken(
            "another source under a key of the base",
            format!("{PACK}sources:\n  POD: Somebody else\n"),
            (6, 3),
            "expected a new source, found \"POD\", which already stands in the rubric",
            "a pack only adds: give the source another id",
        ),
    ]
}

#[test]
fn each_kind_of_broken_rubric_is_refused_with_line_column_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    fs::write(here.join("sound.yaml"), SOUND).unwrap();
    assert_eq!(
        mlfit(here, &["rubric", "check", "sound.yaml"]).text(),
        "sound.yaml is sound: sound, version 1, 2 questions in 1 dimension.\n"
    );
    let mut all = faults_of_the_file();
    all.extend(faults_of_the_grammar());
    all.extend(faults_of_the_meaning());
    all.extend(faults_of_packs());
    let mut wrong = Vec::new();
    for broken in &all {
        fs::write(here.join("mine.yaml"), &broken.file).unwrap();
        let run = mlfit(here, &["rubric", "check", "mine.yaml"]);
        let begin = format!("error: {}", broken.error);
        let end = format!(
            "\n  at mine.yaml:{}:{}\nhelp: {}\n",
            broken.line, broken.column, broken.help
        );
        let is_right = (run.status, run.stdout.as_str()) == (2, "")
            && run.stderr.starts_with(&begin)
            && run.stderr.ends_with(&end);
        if !is_right {
            wrong.push(format!(
                "{}: wanted {begin}…{end}came {} {}{}",
                broken.what, run.status, run.stdout, run.stderr
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all.len() >= 20);
}
