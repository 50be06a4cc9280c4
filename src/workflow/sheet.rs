//! A sheet of open questions for people without a terminal: Markdown out, answers in.

use std::path::Path;

use super::ask;
use super::forms::{TypedWords, answer_forms};
use crate::assessment::{Answers, parse_answer};
use crate::case::{CaseFolder, read_text, write_atomically};
use crate::problem::Problem;
use crate::rubric::{Question, Rubric};
use crate::text::clean;

/// Largest sheet read, in bytes.
const MOST_BYTES: u64 = 1 << 20;
/// What a line begins with that names a question.
const QUESTION: &str = "## ";
/// What a line begins with after which an answer stands.
const ANSWER: &str = "Answer:";

/// How typed answers are called on a sheet.
const TYPED: TypedWords = TypedWords {
    number: "a number",
    text: "a text",
    rule: ("a rule", "over the columns, such as income > 50000"),
    whys: (
        "a chain of whys",
        "lines, each the reason for the one before",
    ),
};

/// Writes the open questions of a case into a new Markdown file, atomically,
/// and says how many they are.
///
/// Codes: `sheet-exists` (what somebody wrote is never overwritten),
/// `unknown-form` for another ending than `.md`, `not-writable`.
pub fn write_sheet(folder: &CaseFolder, file: &Path) -> Result<usize, Problem> {
    let place = file.display().to_string();
    if file.extension().is_none_or(|ending| ending != "md") {
        return Err(Problem::new(
            "unknown-form",
            format!("expected a file that ends in .md, found {place}"),
            "a sheet is Markdown: name it like questions.md",
        )
        .in_file(place));
    }
    if file.exists() {
        return Err(Problem::new(
            "sheet-exists",
            format!("expected a new file, found {place}"),
            "name another file, or move that one away; somebody may have answered in it",
        )
        .in_file(place));
    }
    let assessment = ask::assessment(folder);
    let open: Vec<&Question> = assessment
        .visible
        .iter()
        .filter(|id| assessment.unanswered.contains(id) || assessment.unknown.contains(id))
        .filter_map(|id| folder.rubric.question(id))
        .collect();
    write_atomically(file, sheet(&folder.case.title, &open).as_bytes())?;
    Ok(open.len())
}

/// Reads the answers of a sheet; what is left empty is no answer.
///
/// Codes: `unknown-question`, `duplicate-id`, `no-answer-line`, and those of
/// [`parse_answer`], each at its line.
pub fn answers_from_sheet(file: &Path, rubric: &Rubric) -> Result<Answers, Problem> {
    let text = read_text(file, MOST_BYTES)?;
    answers(&text, rubric).map_err(|problem| problem.in_file(file.display().to_string()))
}

fn sheet(title: &str, questions: &[&Question]) -> String {
    let mut text = format!(
        "# Questions about {}\n\n\
         Write after each \"{ANSWER}\": one of the words listed, a number, or a text.\n\
         \"unknown\" is an answer too; leave empty what somebody else should say.\n\
         Do not change the lines that begin with \"{QUESTION}\".\n",
        plain(title)
    );
    for question in questions {
        text.push_str(&format!("\n{QUESTION}{}\n\n", question.id));
        let who: Vec<&str> = question.who.iter().map(|who| who.id()).collect();
        text.push_str(&format!("> {}\n>\n", plain(&question.ask)));
        text.push_str(&format!("> {}\n>\n", plain(&question.help)));
        text.push_str(&format!("> Who can answer: {}\n\n", who.join(", ")));
        for (word, says) in answer_forms(question, TYPED) {
            text.push_str(&format!("- {word}: {}\n", plain(&says)));
        }
        text.push_str(&format!("\n{ANSWER}\n"));
    }
    text
}

/// Text on one line that Markdown shows as it is.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for character in clean(text).chars() {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~'
        ) {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}

/// A question on a sheet, and what stands after its "Answer:" line by line.
struct Section<'a> {
    id: &'a str,
    line: usize,
    answer: Option<Vec<(usize, &'a str)>>,
}

fn answers(text: &str, rubric: &Rubric) -> Result<Answers, Problem> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        if let Some(id) = line.strip_prefix(QUESTION) {
            sections.push(Section {
                id: id.trim(),
                line: number,
                answer: None,
            });
            continue;
        }
        let Some(section) = sections.last_mut() else {
            continue;
        };
        match (&mut section.answer, line.strip_prefix(ANSWER)) {
            (Some(lines), _) => lines.push((number, line)),
            (answer @ None, Some(rest)) => *answer = Some(vec![(number, rest)]),
            (None, None) => {}
        }
    }
    let mut found = Answers::default();
    let mut seen = std::collections::BTreeSet::new();
    for section in &sections {
        if !seen.insert(section.id) {
            return Err(Problem::new(
                "duplicate-id",
                format!(
                    "expected each question once, found \"{}\" again",
                    section.id
                ),
                "remove one of the two",
            )
            .at(section.line, QUESTION.len() + 1));
        }
        read(section, rubric, &mut found)?;
    }
    Ok(found)
}

fn read(section: &Section<'_>, rubric: &Rubric, found: &mut Answers) -> Result<(), Problem> {
    let Some(lines) = &section.answer else {
        return Err(Problem::new(
            "no-answer-line",
            format!(
                "expected a line \"{ANSWER}\" below {}, found none",
                section.id
            ),
            format!("add a line that begins with \"{ANSWER}\"; it may be left empty"),
        )
        .at(section.line, 1));
    };
    let said: Vec<&str> = lines.iter().map(|(_, line)| line.trim()).collect();
    let first = lines.iter().find(|(_, line)| !line.trim().is_empty());
    // An unknown question is told even if nothing is answered.
    let (line, text) = match first {
        Some((line, _)) => (*line, said.join("\n")),
        None => (section.line, "unknown".to_owned()),
    };
    let answer = parse_answer(rubric, section.id, &text).map_err(|problem| {
        if problem.code == "unknown-question" {
            problem.at(section.line, QUESTION.len() + 1)
        } else {
            problem.at(line, 1)
        }
    })?;
    if first.is_some() {
        found.set(section.id, answer);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{Answer, write_answer};
    use crate::rubric::{BASE, QuestionKind, built_in_rubric};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        #[test]
        fn what_is_written_on_a_sheet_is_what_is_read(
            title in any::<String>(),
            picks in proptest::collection::vec(0..9_usize, 200),
            words in "[a-z<>|=]{1,9}( [a-z<>|=]{1,9}){0,4}",
        ) {
            let rubric = built_in_rubric(BASE).unwrap();
            let questions: Vec<&Question> = rubric.questions().map(|(_, it)| it).collect();
            let blank = sheet(&title, &questions);
            prop_assert_eq!(answers(&blank, &rubric).unwrap(), Answers::default());
            let mut parts = blank.split("\nAnswer:\n");
            let mut filled = parts.next().unwrap().to_owned();
            let mut given = Answers::default();
            for ((question, pick), rest) in questions.iter().zip(picks).zip(parts) {
                let answer = match &question.kind {
                    _ if pick == 0 => None,
                    _ if pick == 1 => Some(Answer::Unknown),
                    QuestionKind::Choice(choices) => {
                        Some(Answer::Choice(choices[pick % choices.len()].key.clone()))
                    }
                    QuestionKind::Number { minimum, .. } => Some(Answer::Number(*minimum)),
                    QuestionKind::Text { .. } => Some(Answer::Text(words.clone())),
                    QuestionKind::Rule => Some(Answer::Rule(words.clone())),
                    QuestionKind::Whys { .. } => Some(Answer::Whys(vec!["a b".to_owned(), "c".to_owned()])),
                };
                let text = answer.as_ref().map(write_answer).unwrap_or_default();
                filled.push_str(&format!("\nAnswer: {text}\n{rest}"));
                if let Some(answer) = answer {
                    given.set(&question.id, answer);
                }
            }
            prop_assert_eq!(answers(&filled, &rubric).unwrap(), given);
        }
    }

    #[test]
    fn a_fault_on_a_sheet_is_found_at_its_line() {
        let rubric = built_in_rubric(BASE).unwrap();
        let check = |text: &str, code: &str, line: usize, remedy: &str| {
            let problem = answers(text, &rubric).unwrap_err();
            assert_eq!(
                (problem.code, problem.line),
                (code, Some(line)),
                "{problem}"
            );
            assert!(problem.remedy.contains(remedy), "{}", problem.remedy);
        };
        check(
            "# A\n## fit-known-rul\nAnswer:\n",
            "unknown-question",
            2,
            "fit-known-rule",
        );
        check(
            "## fit-known-rule\nAnswer:\n\nfull\n",
            "unknown-option",
            4,
            "fully",
        );
        check("## fit-known-rule\nfully\n", "no-answer-line", 1, "Answer:");
        check(
            "## fit-known-rule\nAnswer:\n## fit-known-rule\nAnswer: no\n",
            "duplicate-id",
            3,
            "remove",
        );
    }

    #[test]
    fn nothing_that_a_title_says_moves_the_cursor_or_makes_a_question() {
        let text = sheet("a\n## b\nAnswer: <b>\u{1b}[2J", &[]);
        assert!(
            text.starts_with("# Questions about a ## b Answer: \\<b\\>\u{fffd}\\[2J\n"),
            "{text}"
        );
        assert!(!text.contains("\n## b"));
    }
}
