//! What is written on a sheet is what is read from it, whatever people write.

use proptest::prelude::*;

use super::*;
use crate::assessment::Answer;
use crate::case::Case;
use crate::rubric::{BASE, QuestionKind, Rubric, built_in_rubric};

/// A case folder with these answers, which lives as long as the place does.
fn folder(answers: &Answers) -> (tempfile::TempDir, CaseFolder) {
    let place = tempfile::tempdir().unwrap();
    let rubric = built_in_rubric(BASE).unwrap();
    let mut case = Case::new("T", "2026-11-24", &rubric);
    case.answers = answers.clone();
    let folder = CaseFolder::create(&place.path().join("c"), case).unwrap();
    (place, folder)
}

fn every_question(rubric: &Rubric) -> Vec<Asked<'_>> {
    rubric
        .questions()
        .enumerate()
        .map(|(position, (_, question))| Asked {
            question,
            matters: position < 5,
            so_far: vec!["=so far\n## b".to_owned()],
        })
        .collect()
}

fn from_markdown(text: &str, folder: &CaseFolder) -> Result<Answers, Problem> {
    answers(&markdown::read(text, &folder.rubric)?, folder)
}

fn from_spreadsheet(text: &str, folder: &CaseFolder) -> Result<Answers, Problem> {
    answers(&spreadsheet::read(text.as_bytes())?, folder)
}

/// What somebody might answer to each question, and note beside it.
fn filled(rubric: &Rubric, picks: &[usize], words: &str, note: &str) -> Answers {
    let mut given = Answers::default();
    for ((_, question), pick) in rubric.questions().zip(picks) {
        let answer = match &question.kind {
            _ if *pick == 0 => continue,
            _ if *pick == 1 => Answer::Unknown,
            QuestionKind::Choice(choices) => {
                Answer::Choice(choices[pick % choices.len()].key.clone())
            }
            QuestionKind::Number { minimum, .. } => Answer::Number(*minimum),
            QuestionKind::Text { .. } => Answer::Text(words.to_owned()),
            QuestionKind::Rule => Answer::Rule(words.to_owned()),
            QuestionKind::Whys { .. } => Answer::Whys(vec!["a b".to_owned(), "c".to_owned()]),
        };
        given.0.insert(
            question.id.clone(),
            GivenAnswer {
                note: (pick % 2 == 0).then(|| note.to_owned()),
                ..GivenAnswer::plain(answer)
            },
        );
    }
    given
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_on_a_sheet_is_what_is_read(
        title in any::<String>(),
        picks in proptest::collection::vec(0..9_usize, 200),
        words in "[a-z<>|=+@-]{1,9}( [a-z<>|='-]{1,9}){0,4}(\n## [A-Z ]{1,9}x)?",
        note in "[a-z#=>-]{1,9}( [a-z#;,\"]{1,9}){0,4}",
    ) {
        let (_place, folder) = folder(&Answers::default());
        let rubric = &folder.rubric;
        let given = filled(rubric, &picks, &words, &note);
        let asked = every_question(rubric);

        let blank = markdown::write(&title, "5 of 65 could.", &asked);
        prop_assert_eq!(from_markdown(&blank, &folder).unwrap(), Answers::default());
        let mut parts = blank.split("\nAnswer:\n\nNote:\n");
        let mut text = parts.next().unwrap().to_owned();
        for (asked, rest) in asked.iter().zip(parts) {
            let given = given.0.get(&asked.question.id);
            let answer = given.map(|given| write_answer(&given.answer)).unwrap_or_default();
            let note = given.and_then(|given| given.note.clone()).unwrap_or_default();
            text.push_str(&format!("\nAnswer: {answer}\n\nNote: {note}\n{rest}"));
        }
        prop_assert_eq!(&from_markdown(&text, &folder).unwrap(), &given);

        let blank = spreadsheet::write(&asked);
        prop_assert_eq!(from_spreadsheet(&blank, &folder).unwrap(), Answers::default());
        let mut rows = crate::data::read_cells(blank.as_bytes()).unwrap();
        for row in &mut rows[1..] {
            if let Some(given) = given.0.get(&row.cells[0]) {
                row.cells[7] = write_answer(&given.answer);
                row.cells[8] = given.note.clone().unwrap_or_default();
            }
        }
        let text = crate::data::write_cells(rows.iter().map(|row| row.cells.as_slice()));
        prop_assert_eq!(&from_spreadsheet(&text, &folder).unwrap(), &given);
    }

    #[test]
    fn no_text_makes_reading_a_sheet_panic(text in "(?s)[a-z#>,;:\"\n -]{0,200}") {
        let (_place, folder) = folder(&Answers::default());
        let _ = from_markdown(&text, &folder);
        let _ = from_markdown(&format!("## fit-volume\nAnswer:{text}"), &folder);
        let _ = from_spreadsheet(&text, &folder);
        let _ = from_spreadsheet(&format!("question,answer,note\n{text}"), &folder);
    }
}

#[test]
fn a_fault_on_a_sheet_is_found_at_its_place() {
    let (_place, folder) = folder(&Answers::default());
    let expect = |found: Result<Answers, Problem>, code, place: (usize, usize), remedy: &str| {
        let problem = found.unwrap_err();
        let (line, column) = place;
        assert_eq!(
            (problem.code, problem.line, problem.column),
            (code, Some(line), Some(column)),
            "{problem}"
        );
        assert!(problem.remedy.contains(remedy), "{}", problem.remedy);
    };
    for (text, code, place, remedy) in [
        (
            "# A\n## fit-known-rul\nAnswer:\n",
            "unknown-question",
            (2, 4),
            "fit-known-rule",
        ),
        (
            "## fit-known-rule\nAnswer:\n\nfull\n",
            "unknown-option",
            (4, 1),
            "fully",
        ),
        (
            "## fit-known-rule\nfully\n",
            "no-answer-line",
            (1, 1),
            "Answer:",
        ),
        (
            "## fit-known-rule\nAnswer:\n## fit-known-rule\nAnswer: no\n",
            "duplicate-id",
            (3, 4),
            "remove",
        ),
        (
            "## fit-known-rule\nAnswer:\nNote: why?\n",
            "note-without-answer",
            (3, 1),
            "unknown",
        ),
    ] {
        expect(from_markdown(text, &folder), code, place, remedy);
    }
    for (text, code, place, remedy) in [
        (
            "question,answer\nfit-known-rul,\n",
            "unknown-question",
            (2, 1),
            "fit-known-rule",
        ),
        (
            "question,answer\nfit-volume,\"be\nyond\"\n",
            "unknown-option",
            (2, 2),
            "beyond",
        ),
        (
            "note,answer,question\nn,,fit-volume\n",
            "note-without-answer",
            (2, 1),
            "unknown",
        ),
        (
            "question,answers\nfit-volume,beyond\n",
            "no-such-column",
            (1, 1),
            "answers",
        ),
        (
            "question,answer\nfit-volume,\n\nfit-volume,\n",
            "duplicate-id",
            (4, 1),
            "remove",
        ),
        ("", "no-such-column", (1, 1), "first line"),
    ] {
        expect(from_spreadsheet(text, &folder), code, place, remedy);
    }
}

#[test]
fn an_answer_may_hold_what_looks_like_a_heading() {
    let (_place, folder) = folder(&Answers::default());
    let text = "## need-event\nAnswer: First\n## Second part\n## third\nand so on\n\\## fit-volume\n\
                ## need-decision\nAnswer: None\n";
    let found = from_markdown(text, &folder).unwrap();
    let told = "First\n## Second part\n## third\nand so on\n## fit-volume";
    assert_eq!(
        found.get("need-event"),
        Some(&Answer::Text(told.to_owned()))
    );
    assert_eq!(found.0.len(), 2);
}

#[test]
fn a_note_goes_to_the_answer_that_stands_and_what_stands_is_shown() {
    let mut answers = Answers::default();
    answers.0.insert(
        "fit-volume".to_owned(),
        GivenAnswer {
            note: Some("ask *Ben*".to_owned()),
            by: Some("Ada".to_owned()),
            ..GivenAnswer::plain(Answer::Unknown)
        },
    );
    let (place, folder) = folder(&answers);
    for (name, told) in [
        ("q.md", "> So far: unknown (Ada); note: ask \\*Ben\\*\n"),
        ("q.csv", "unknown (Ada); note: ask *Ben*"),
    ] {
        let file = place.path().join(name);
        write_sheet(&folder, &file, None).unwrap();
        let text = read_text(&file, MOST_BYTES).unwrap();
        assert!(text.contains(told), "{text}");
    }
    let found = from_markdown("## fit-volume\nAnswer:\nNote: he is away\n", &folder).unwrap();
    let given = &found.0["fit-volume"];
    assert_eq!(given.answer, Answer::Unknown);
    assert_eq!(given.note.as_deref(), Some("he is away"));
}

#[test]
fn a_sheet_for_a_role_asks_what_that_role_can_answer() {
    let (place, folder) = folder(&Answers::default());
    let count = |name: &str, role| write_sheet(&folder, &place.path().join(name), role).unwrap();
    let all = count("all.csv", None);
    let legal = count("legal.csv", Some(Who::Legal));
    assert!(0 < legal && legal < all);
    let text = read_text(&place.path().join("legal.csv"), MOST_BYTES).unwrap();
    assert!(text.contains("\nrisk-prohibited,") && !text.contains("\nfit-volume,"));
}

#[test]
fn nothing_that_a_title_says_moves_the_cursor_or_makes_a_question() {
    let text = markdown::write("a\n## b\nAnswer: <b>\u{1b}[2J", "", &[]);
    assert!(
        text.starts_with("# Questions about a ## b Answer: &lt;b>\u{fffd}\\[2J\n"),
        "{text}"
    );
    assert!(!text.contains("\n## b"));
}

#[test]
fn what_could_change_the_verdict_stands_first_and_the_rest_for_the_record() {
    let mut answers = Answers::default();
    answers.set("fit-task-kind", Answer::Choice("describe".to_owned()));
    let (place, folder) = folder(&answers);
    let remaining = settle::remaining(&folder).unwrap();
    assert!(!remaining.matter.is_empty() && !remaining.for_the_record.is_empty());
    let all = remaining.open();
    for (file, record) in [("q.md", "# For the record"), ("q.csv", "for the record")] {
        let file = place.path().join(file);
        assert_eq!(write_sheet(&folder, &file, None).unwrap(), all);
        let text = std::fs::read_to_string(&file).unwrap();
        let at = |id: &str| {
            let place = text.find(&format!("## {id}\n"));
            place.or_else(|| text.find(&format!("\n{id},"))).unwrap()
        };
        let from = text.find(record).unwrap();
        let last = &remaining.matter[remaining.matter.len() - 1];
        assert!(
            at(&remaining.matter[0]) <= at(last) && at(last) < from,
            "{text}"
        );
        // In a spreadsheet the words stand in the row itself.
        assert!(at(&remaining.for_the_record[1]) > from, "{text}");
        assert!(answers_from_sheet(&file, &folder).unwrap().0.is_empty());
    }
    let text = std::fs::read_to_string(place.path().join("q.md")).unwrap();
    assert!(text.contains(&remaining.says()), "{text}");
}
