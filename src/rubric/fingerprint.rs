//! How a question is put, in a few letters: what an answer was given to.

use super::check::hash_of;
use super::model::{Question, QuestionKind};

/// Hexadecimal letters of a fingerprint: enough to notice a change.
const LETTERS: usize = 8;

impl Question {
    /// A fingerprint of what people read before they answer: the question and
    /// the forms of its answer in words and in their order. Scores, gates and
    /// conditions say what an answer means, not what was asked, and stay out.
    pub fn fingerprint(&self) -> String {
        let mut parts = vec![self.ask.clone()];
        match &self.kind {
            QuestionKind::Choice(choices) => {
                for choice in choices {
                    parts.extend([choice.key.clone(), choice.label.clone()]);
                }
            }
            QuestionKind::Number {
                unit,
                minimum,
                maximum,
                ..
            } => parts.extend([unit.clone(), minimum.to_string(), maximum.to_string()]),
            QuestionKind::Text { .. } => parts.push("text".to_owned()),
            QuestionKind::Rule => parts.push("rule".to_owned()),
            QuestionKind::Whys { .. } => parts.push("whys".to_owned()),
        }
        parts.extend(self.not_applicable.clone());
        let mut letters = hash_of(&parts.join("\n"));
        letters.truncate(LETTERS);
        letters
    }
}

#[cfg(test)]
mod tests {
    use crate::rubric::{BASE, Rubric, built_in_source};

    #[test]
    fn what_is_read_before_an_answer_changes_the_fingerprint_and_nothing_else_does() {
        let (file, text) = built_in_source(BASE).unwrap();
        let of = |text: &str| {
            let rubric = Rubric::parse(text, file).unwrap();
            rubric.question("fit-known-rule").unwrap().fingerprint()
        };
        let standing = of(text);
        for (from, to, changes) in [
            (
                "ask: Does a rule, formula",
                "ask: Does any rule, formula",
                true,
            ),
            ("says: Yes, in every case", "says: Always", true),
            (
                "says: Yes, with a few exceptions",
                "says: Nearly always",
                true,
            ),
            ("score: 0.25", "score: 0.3", false),
            ("help: Tax bands, price lists", "help: Price lists", false),
            (
                "A rule that is right in every case needs",
                "Such a rule needs",
                false,
            ),
        ] {
            assert!(text.contains(from), "{from}");
            let now = of(&text.replacen(from, to, 1));
            assert_eq!(now != standing, changes, "{to}");
        }
    }
}
