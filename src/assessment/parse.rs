//! Answers as people type them: on the command line, in a file of answers, on a sheet.
//!
//! | kind | text |
//! |---|---|
//! | any | `unknown` (don't know), `na` (not applicable, where allowed) |
//! | choice | the key of an option |
//! | number | a number, `.` before decimals, `_` between thousands allowed |
//! | text, rule | the text itself |
//! | whys | the steps, separated by `=>` or line breaks |

use super::answer::Answer;
use crate::problem::{Problem, nearest};
use crate::rubric::{Question, QuestionKind, Rubric};

/// The word for *don't know*.
const UNKNOWN: &str = "unknown";
/// The word for *not applicable*.
const NOT_APPLICABLE: &str = "na";
/// What separates the steps of a chain of whys.
const BECAUSE: &str = "=>";
/// Most characters in one step of a chain of whys.
const LONGEST_STEP: usize = 500;
/// Most characters in a rule.
const LONGEST_RULE: usize = 2_000;

/// Reads an answer to a question.
///
/// Codes of the problems: `unknown-question`, `unknown-option`,
/// `not-applicable-not-allowed`, `not-a-number`, `number-out-of-range`,
/// `answer-empty`, `answer-too-long`, `too-many-whys`.
pub fn parse_answer(rubric: &Rubric, question: &str, text: &str) -> Result<Answer, Problem> {
    let question = find_question(rubric, question)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::new(
            "answer-empty",
            format!("{}: expected an answer, found nothing", question.id),
            forms(question),
        ));
    }
    if text == UNKNOWN {
        return Ok(Answer::Unknown);
    }
    // An option may be called `na` itself.
    let is_option = question.choice(text).is_some();
    if text == NOT_APPLICABLE && !is_option {
        return if question.not_applicable.is_some() {
            Ok(Answer::NotApplicable)
        } else {
            Err(Problem::new(
                "not-applicable-not-allowed",
                format!("{}: this question always applies", question.id),
                forms(question),
            ))
        };
    }
    match &question.kind {
        QuestionKind::Choice(choices) => choices
            .iter()
            .find(|choice| choice.key == text)
            .map(|choice| Answer::Choice(choice.key.clone()))
            .ok_or_else(|| unknown_option(question, text)),
        QuestionKind::Number {
            minimum, maximum, ..
        } => parse_number(question, text, *minimum, *maximum),
        QuestionKind::Text { max_characters } => {
            check_length(question, text, *max_characters)?;
            Ok(Answer::Text(text.to_owned()))
        }
        QuestionKind::Rule => {
            check_length(question, text, LONGEST_RULE)?;
            Ok(Answer::Rule(text.to_owned()))
        }
        QuestionKind::Whys { max_steps } => parse_whys(question, text, *max_steps),
    }
}

/// The text that [`parse_answer`] reads back as this answer.
pub fn write_answer(answer: &Answer) -> String {
    match answer {
        Answer::Choice(text) | Answer::Text(text) | Answer::Rule(text) => text.clone(),
        Answer::Number(number) => number.to_string(),
        Answer::Whys(steps) => steps.join(&format!(" {BECAUSE} ")),
        Answer::Unknown => UNKNOWN.to_owned(),
        Answer::NotApplicable => NOT_APPLICABLE.to_owned(),
    }
}

/// An answer in the words of its question, which may be asked no more: options
/// by their label, else what [`write_answer`] writes.
pub fn answer_in_words(question: Option<&Question>, answer: &Answer) -> String {
    match answer {
        Answer::Choice(key) => question
            .and_then(|question| question.choice(key))
            .map_or_else(|| key.clone(), |choice| choice.label.clone()),
        Answer::Unknown => "don't know".to_owned(),
        Answer::NotApplicable => "not applicable".to_owned(),
        Answer::Number(_) | Answer::Text(_) | Answer::Rule(_) | Answer::Whys(_) => {
            write_answer(answer)
        }
    }
}

/// The question of that id, or a problem that suggests one.
pub fn find_question<'a>(rubric: &'a Rubric, id: &str) -> Result<&'a Question, Problem> {
    rubric.question(id).ok_or_else(|| {
        let known = rubric.questions().map(|(_, question)| question.id.as_str());
        let remedy = match nearest(id, known) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!(
                "`mlfit rubric show {}` lists every question with its options",
                rubric.id
            ),
        };
        Problem::new(
            "unknown-question",
            format!("expected a question of {}, found \"{id}\"", rubric.id),
            remedy,
        )
    })
}

fn unknown_option(question: &Question, text: &str) -> Problem {
    let known = question
        .choices()
        .iter()
        .map(|choice| choice.key.as_str())
        .chain([UNKNOWN])
        .chain(question.not_applicable.as_ref().map(|_| NOT_APPLICABLE));
    let suggestion = nearest(text, known)
        .map(|near| format!("did you mean \"{near}\"? "))
        .unwrap_or_default();
    Problem::new(
        "unknown-option",
        format!("{}: expected an option, found \"{text}\"", question.id),
        format!("{suggestion}{}", forms(question)),
    )
}

/// What may be answered, in a sentence.
fn forms(question: &Question) -> String {
    let mut allowed: Vec<String> = match &question.kind {
        QuestionKind::Choice(choices) => choices.iter().map(|choice| choice.key.clone()).collect(),
        QuestionKind::Number {
            unit,
            minimum,
            maximum,
            ..
        } => vec![format!("a number of {unit} from {minimum} to {maximum}")],
        QuestionKind::Text { max_characters } => {
            vec![format!("a text of up to {max_characters} characters")]
        }
        QuestionKind::Rule => vec!["a rule such as income > 50000 and region = 'N'".to_owned()],
        QuestionKind::Whys { max_steps } => vec![format!(
            "up to {max_steps} answers to \"why?\", separated by \"{BECAUSE}\""
        )],
    };
    allowed.push(UNKNOWN.to_owned());
    if question.not_applicable.is_some() {
        allowed.push(NOT_APPLICABLE.to_owned());
    }
    format!("answer one of: {}", allowed.join(", "))
}

fn parse_number(
    question: &Question,
    text: &str,
    minimum: f64,
    maximum: f64,
) -> Result<Answer, Problem> {
    let number: f64 = text
        .replace('_', "")
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| {
            Problem::new(
                "not-a-number",
                format!("{}: expected a number, found \"{text}\"", question.id),
                forms(question),
            )
        })?;
    if number < minimum || number > maximum {
        return Err(Problem::new(
            "number-out-of-range",
            format!(
                "{}: expected a number from {minimum} to {maximum}, found {number}",
                question.id
            ),
            forms(question),
        ));
    }
    Ok(Answer::Number(number))
}

fn parse_whys(question: &Question, text: &str, max_steps: usize) -> Result<Answer, Problem> {
    let steps: Vec<String> = text
        .lines()
        .flat_map(|line| line.split(BECAUSE))
        .map(|step| step.trim().to_owned())
        .filter(|step| !step.is_empty())
        .collect();
    if steps.is_empty() {
        return Err(Problem::new(
            "answer-empty",
            format!("{}: expected a chain of whys, found no step", question.id),
            forms(question),
        ));
    }
    if steps.len() > max_steps {
        return Err(Problem::new(
            "too-many-whys",
            format!(
                "{}: expected at most {max_steps} steps, found {}",
                question.id,
                steps.len()
            ),
            "keep the costliest branch, and note the others beside it",
        ));
    }
    for step in &steps {
        check_length(question, step, LONGEST_STEP)?;
    }
    Ok(Answer::Whys(steps))
}

fn check_length(question: &Question, text: &str, most: usize) -> Result<(), Problem> {
    let length = text.chars().count();
    if length > most {
        return Err(Problem::new(
            "answer-too-long",
            format!(
                "{}: expected at most {most} characters, found {length}",
                question.id
            ),
            "say it shorter, and link the rest",
        ));
    }
    Ok(())
}
