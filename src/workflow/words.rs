//! Words that both faces use.

use crate::text::clean;
use crate::verdict::Verdict;

/// A word as a shell takes it literally: quoted where it holds anything special.
pub fn shell_word(word: &str) -> String {
    let word = clean(word);
    let is_plain = |character: char| {
        character.is_alphanumeric()
            || matches!(
                character,
                '-' | '_' | '.' | '/' | ':' | '+' | '=' | '@' | ','
            )
    };
    if !word.is_empty() && word.chars().all(is_plain) {
        word
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// What the words of a verdict and of a benchmark mean, in a sentence each.
pub fn meanings(evidence: Option<&crate::contest::Evidence>) -> Vec<(&'static str, &'static str)> {
    crate::report::meanings(evidence)
}

/// What had changed from one verdict to the next, in words.
pub(super) fn what_changed(before: Option<&Verdict>, after: &Verdict) -> String {
    let Some(before) = before else {
        let parts = list(&[
            ("answers", after.used.answers),
            ("a benchmark", after.used.evidence),
            ("costs", after.used.economics),
        ]);
        return if parts.is_empty() {
            "first verdict, from nothing".to_owned()
        } else {
            format!("first verdict, from {parts}")
        };
    };
    let parts = list(&[
        ("answers", before.hashes.answers != after.hashes.answers),
        ("data", before.hashes.data != after.hashes.data),
        (
            "the benchmark",
            before.hashes.data == after.hashes.data
                && before.hashes.evidence != after.hashes.evidence,
        ),
        ("costs", before.hashes.economics != after.hashes.economics),
        ("the rubric", before.hashes.rubrics != after.hashes.rubrics),
        ("the policy", before.hashes.policy != after.hashes.policy),
        ("mlfit's version", before.version != after.version),
    ]);
    if parts.is_empty() {
        "nothing; looked at again".to_owned()
    } else {
        parts
    }
}

/// The names that hold, as in "a, b and c".
fn list(names: &[(&str, bool)]) -> String {
    let names: Vec<&str> = names
        .iter()
        .filter(|(_, holds)| *holds)
        .map(|(name, _)| *name)
        .collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((only, _)) => (*only).to_owned(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_only_where_a_shell_needs_it() {
        for (word, expected) in [
            ("data/a.csv", "data/a.csv"),
            ("two words", "'two words'"),
            ("it's", "'it'\\''s'"),
            ("", "''"),
            ("$(rm)", "'$(rm)'"),
        ] {
            assert_eq!(shell_word(word), expected);
        }
    }

    #[test]
    fn lists_read_like_a_sentence() {
        assert_eq!(list(&[("a", true), ("b", true), ("c", true)]), "a, b and c");
        assert_eq!(list(&[("a", false), ("b", true)]), "b");
    }
}
