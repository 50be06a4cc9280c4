//! What may be answered to a question, in the words of whoever asks.

use crate::rubric::{Question, QuestionKind};

/// How answers that are typed are called: a word that stands for one, and
/// where it needs more, what is said of it.
#[derive(Clone, Copy, Debug)]
pub struct TypedWords {
    /// A number.
    pub number: &'static str,
    /// A text.
    pub text: &'static str,
    /// A rule, and what it is.
    pub rule: (&'static str, &'static str),
    /// A chain of whys, and what its at most so many steps are.
    pub whys: (&'static str, &'static str),
}

/// Every form that an answer may have, with what it says: the key of each
/// option or a word for what is typed, `unknown`, and `na` where that can be.
pub fn answer_forms(question: &Question, words: TypedWords) -> Vec<(String, String)> {
    let typed = |word: &str, says: String| vec![(word.to_owned(), says)];
    let mut forms: Vec<(String, String)> = match &question.kind {
        QuestionKind::Choice(choices) => choices
            .iter()
            .map(|choice| (choice.key.clone(), choice.label.clone()))
            .collect(),
        QuestionKind::Number {
            unit,
            minimum,
            maximum,
            ..
        } => typed(words.number, format!("{unit}, from {minimum} to {maximum}")),
        QuestionKind::Text { max_characters } => {
            typed(words.text, format!("up to {max_characters} characters"))
        }
        QuestionKind::Rule => typed(words.rule.0, words.rule.1.to_owned()),
        QuestionKind::Whys { max_steps } => {
            typed(words.whys.0, format!("up to {max_steps} {}", words.whys.1))
        }
    };
    forms.push(("unknown".to_owned(), "don't know".to_owned()));
    if let Some(when) = &question.not_applicable {
        forms.push(("na".to_owned(), format!("not applicable: {when}")));
    }
    forms
}
