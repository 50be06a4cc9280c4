//! What is different between two rubrics, in words.

use super::model::{Condition, Dimension, Effect, Gate, Question, QuestionKind, Rubric, WaitFor};

/// What is different in one question. All texts are those of the rubrics (untrusted).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The question's id.
    pub question: String,
    /// What became of it.
    pub kind: DifferenceKind,
    /// The question as it is asked now; as it was asked, if it is gone.
    pub ask: String,
    /// Every part that changed, in a phrase each; none, if the question came or went.
    pub says: Vec<String>,
}

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// It is new.
    Added,
    /// It is gone; answers to it have no meaning any more.
    Removed,
    /// It is asked, answered, scored or gated in another way.
    Changed,
}

impl DifferenceKind {
    /// The kebab-case identifier, which is also its label.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// Every question that is not the same in both: those of the new rubric in
/// their order, then those that are gone.
///
/// Conditions with a name are compared by what they say, so that a new meaning
/// of a name shows at every question that uses it.
pub fn differences(old: &Rubric, new: &Rubric) -> Vec<Difference> {
    let mut found = Vec::new();
    for (dimension, question) in new.questions() {
        let before = old.questions().find(|(_, before)| before.id == question.id);
        let (kind, says) = match before {
            None => (DifferenceKind::Added, Vec::new()),
            Some((section, before)) => (
                DifferenceKind::Changed,
                compare(
                    &parts(old, section, before),
                    &parts(new, dimension, question),
                ),
            ),
        };
        if kind == DifferenceKind::Added || !says.is_empty() {
            found.push(Difference {
                question: question.id.clone(),
                kind,
                ask: question.ask.clone(),
                says,
            });
        }
    }
    let gone = old
        .questions()
        .filter(|(_, question)| new.question(&question.id).is_none());
    found.extend(gone.map(|(_, question)| Difference {
        question: question.id.clone(),
        kind: DifferenceKind::Removed,
        ask: question.ask.clone(),
        says: Vec::new(),
    }));
    found
}

/// One part of a question: what it is called, and what it says.
type Part = (String, String);

fn compare(before: &[Part], now: &[Part]) -> Vec<String> {
    let find = |parts: &[Part], name: &str| {
        let part = parts.iter().find(|(known, _)| known == name);
        part.map(|(_, text)| text.clone())
    };
    let mut says = Vec::new();
    for (name, text) in now {
        match find(before, name) {
            None => says.push(format!("{name} is new: {text}")),
            Some(old) if old != *text => says.push(format!("{name} was {old}, is now {text}")),
            Some(_) => {}
        }
    }
    for (name, text) in before {
        if find(now, name).is_none() {
            says.push(format!("{name} is gone: {text}"));
        }
    }
    says
}

/// Everything that a question says, part by part.
fn parts(rubric: &Rubric, dimension: &Dimension, question: &Question) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |name: &str, text: String| parts.push((name.to_owned(), text));
    add("the question", quoted(&question.ask));
    add("its help", quoted(&question.help));
    add("the reason to ask", quoted(&question.why));
    add("what settles it", quoted(&question.settled_by));
    add("its dimension", dimension.id.clone());
    add("its weight", question.weight.to_string());
    let who: Vec<&str> = question.who.iter().map(|who| who.id()).collect();
    add("who can answer", who.join(", "));
    add("its sources", question.sources.join(", "));
    if let Some(when) = &question.not_applicable {
        add("not applicable", quoted(when));
    }
    if let Some(when) = &question.when {
        add("the condition", condition(rubric, when));
    }
    if question.triage {
        add("its place", "among the first questions".to_owned());
    }
    match &question.kind {
        QuestionKind::Choice(choices) => {
            for choice in choices {
                let key = &choice.key;
                add(&format!("the option {key}"), quoted(&choice.label));
                if question.is_scored() {
                    add(&format!("the score of {key}"), choice.score.to_string());
                }
                for (name, text) in gates(rubric, key, &choice.gates) {
                    add(&name, text);
                }
            }
        }
        QuestionKind::Number {
            unit,
            minimum,
            maximum,
            bands,
        } => {
            add("its number", format!("{unit}, {minimum} to {maximum}"));
            for band in bands {
                let key = band.below.map_or("the last band".to_owned(), |below| {
                    format!("the band below {below}")
                });
                add(&format!("the score of {key}"), band.score.to_string());
                for (name, text) in gates(rubric, &key, &band.gates) {
                    add(&name, text);
                }
            }
        }
        QuestionKind::Text { max_characters } => {
            add("its text", format!("up to {max_characters} characters"));
        }
        QuestionKind::Rule => add("its answer", "a rule".to_owned()),
        QuestionKind::Whys { max_steps } => add("its whys", format!("up to {max_steps} steps")),
    }
    parts
}

/// Gates are told apart by what they do, so that a new reason shows as one.
fn gates(rubric: &Rubric, key: &str, gates: &[Gate]) -> Vec<Part> {
    gates
        .iter()
        .map(|gate| {
            let when = gate.when.as_ref().map_or(String::new(), |when| {
                format!(", when {}", condition(rubric, when))
            });
            (
                format!("the gate of {key} to {}", effect(&gate.effect)),
                format!("{}{when}", quoted(&gate.because)),
            )
        })
        .collect()
}

fn effect(effect: &Effect) -> String {
    match effect {
        Effect::ForceSolution(rung) => format!("force the solution {rung}"),
        Effect::CapSolution(rung) => format!("cap the solution at {rung}"),
        Effect::ForceReadiness(readiness, None) => format!("force the readiness {readiness}"),
        Effect::ForceReadiness(_, Some(WaitFor::Data)) => "wait for data".to_owned(),
        Effect::ForceReadiness(_, Some(WaitFor::Infrastructure)) => {
            "wait for infrastructure".to_owned()
        }
        Effect::CapReadiness(readiness) => format!("cap the readiness at {readiness}"),
        Effect::StepDown => "step down".to_owned(),
        Effect::Require(what) => format!("require {what}"),
    }
}

/// A condition in words. Names are followed; a checked rubric has no circle of them.
fn condition(rubric: &Rubric, this: &Condition) -> String {
    let list = |parts: &[Condition], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| condition(rubric, part)).collect();
        match parts.as_slice() {
            [one] => one.clone(),
            many => format!("({})", many.join(word)),
        }
    };
    match this {
        Condition::Answer { question, is } => format!("{question} = {}", is.join(" or ")),
        Condition::All(parts) => list(parts, " and "),
        Condition::Any(parts) => list(parts, " or "),
        Condition::Not(part) => format!("not {}", condition(rubric, part)),
        Condition::CanReach(rung) => format!("{rung} can be reached"),
        Condition::Named(name) => match rubric.conditions.get(name) {
            Some(named) => condition(rubric, named),
            None => name.clone(),
        },
    }
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rubric::{BASE, built_in, built_in_rubric, built_in_source};

    /// The base with a text replaced.
    fn edited(from: &str, to: &str) -> Rubric {
        let (file, text) = built_in_source(BASE).unwrap();
        assert!(text.contains(from), "{from}");
        Rubric::parse(&text.replacen(from, to, 1), file).unwrap()
    }

    #[test]
    fn a_rubric_is_not_different_from_itself() {
        for rubric in built_in().unwrap() {
            assert_eq!(differences(&rubric, &rubric), []);
        }
    }

    #[test]
    fn a_pack_adds_its_questions_and_without_it_they_are_gone() {
        let base = built_in_rubric(BASE).unwrap();
        let with = built_in_rubric("people").unwrap();
        let there = differences(&base, &with);
        let back = differences(&with, &base);
        let count = |found: &[Difference], kind| found.iter().filter(|it| it.kind == kind).count();
        let added = with.questions().count() - base.questions().count();
        assert_eq!(count(&there, DifferenceKind::Added), added);
        assert_eq!(count(&back, DifferenceKind::Removed), added);
        assert_eq!(count(&there, DifferenceKind::Removed), 0);
    }

    #[test]
    fn every_part_of_a_question_is_compared() {
        let base = built_in_rubric(BASE).unwrap();
        let check = |from: &str, to: &str, expected: &str| {
            let changed = edited(from, to);
            let found = differences(&base, &changed);
            let says: Vec<String> = found.iter().flat_map(|it| it.says.clone()).collect();
            assert!(
                says.iter().any(|phrase| phrase.contains(expected)),
                "no \"{expected}\" in {says:?}"
            );
            assert!(differences(&changed, &base).len() == found.len());
        };
        check(
            "says: Yes, in every case",
            "says: Always",
            "the option fully was “Yes, in every case”, is now “Always”",
        );
        check("weight: 3", "weight: 1", "its weight was 3, is now 1");
        check("triage: true", "triage: false", "its place is gone");
        check("score: 0\n", "score: 0.25\n", "was 0, is now 0.25");
        check(
            "who: owner",
            "who: legal",
            "who can answer was owner, is now legal",
        );
        check(
            "cap: {solution: query}",
            "cap: {solution: heuristic}",
            "to cap the solution at heuristic is new",
        );
    }
}
