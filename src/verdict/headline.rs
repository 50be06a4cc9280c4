//! The verdict in one imperative sentence.

use super::measured::{self, Measured};
use super::model::Verdict;
use super::words::thing;
use crate::contest::Evidence;
use crate::rubric::{Rubric, WaitFor};
use crate::text::clean;
use crate::vocabulary::{Confidence, Readiness, Rung};

/// What to do, no firmer than it stands.
pub(super) fn headline(
    verdict: &Verdict,
    rubric: Option<&Rubric>,
    evidence: Option<&Evidence>,
) -> String {
    if is_unmeasured(verdict) {
        return "Nothing could be compared on these data: bring columns that are known when the \
                decision is made, or answer the questions."
            .to_owned();
    }
    if is_open(verdict) {
        return match evidence {
            Some(evidence) if !verdict.used.answers => format!(
                "{}; before anything is built, {}.",
                by_the_data(evidence),
                first_steps(verdict, rubric)
            ),
            Some(_) | None => open(verdict, rubric),
        };
    }
    let sentence = match verdict.readiness {
        Readiness::Go => go(verdict),
        Readiness::Pilot => pilot(verdict),
        Readiness::Wait => wait(verdict),
        Readiness::Clarify => clarify(verdict),
        Readiness::Review => format!(
            "Have it reviewed before anything is built: what would serve is {}.",
            thing(verdict.solution)
        ),
        Readiness::Stop => "Don't build this.".to_owned(),
    };
    let firm = verdict.solution_confidence == Confidence::Settled
        && verdict.readiness_confidence == Confidence::Settled;
    if firm
        || verdict.readiness == Readiness::Stop
            && verdict.readiness_confidence == Confidence::Settled
    {
        sentence
    } else {
        format!("Probably: {}", lowered(&sentence))
    }
}

/// There is nothing but a benchmark, and nothing came to be compared in it.
fn is_unmeasured(verdict: &Verdict) -> bool {
    let used = verdict.used;
    used.evidence
        && !used.answers
        && verdict
            .policy_rows
            .iter()
            .any(|row| row == "not-shaped-for-learning")
}

/// Nothing firm can be said when the solution is open, or the readiness is and nothing grave is known.
fn is_open(verdict: &Verdict) -> bool {
    let is_firm_no = verdict.readiness >= Readiness::Review
        && verdict.readiness_confidence == Confidence::Settled;
    verdict.solution_confidence == Confidence::Open && !is_firm_no
}

fn open(verdict: &Verdict, rubric: Option<&Rubric>) -> String {
    let first = first_steps(verdict, rubric);
    let solutions = &verdict.could_be.solutions;
    let between = match (solutions.first(), solutions.last()) {
        (Some(low), Some(high)) if low != high => {
            format!(
                "whether {} is enough or it takes {}",
                thing(*low),
                thing(*high)
            )
        }
        (Some(_) | None, _) => "what is needed".to_owned(),
    };
    format!("It is still open {between}: {first}.")
}

/// What a benchmark says where nobody has answered anything: answers could
/// still lead anywhere, so what they leave open says nothing.
fn by_the_data(evidence: &Evidence) -> String {
    let recommended = measured::recommended(evidence);
    if evidence.recommendation.confidence == Confidence::Open {
        let possible = measured::possible(evidence);
        let ends = (possible.first(), possible.last());
        return match ends {
            (Some(Measured::Nothing), _) => "Nothing could be compared on these data".to_owned(),
            (Some(Measured::NoSignal), _) => {
                "The data leave open whether anything beats guessing".to_owned()
            }
            (Some(low), Some(high)) if low != high => format!(
                "The data leave open whether {} is enough or it takes {}",
                thing(low.rung()),
                thing(high.rung())
            ),
            (Some(_) | None, _) => {
                format!("The data lean to {}", thing(recommended.rung()))
            }
        };
    }
    let said = match recommended {
        Measured::NoSignal => "nothing beats guessing".to_owned(),
        Measured::Rung(rung @ (Rung::StrongerModel | Rung::FoundationModel)) => {
            format!("it takes {}", thing(rung))
        }
        Measured::Rung(_) | Measured::Nothing => {
            format!("{} is enough", thing(recommended.rung()))
        }
    };
    match evidence.recommendation.confidence {
        Confidence::Settled => format!("By the data, {said}"),
        Confidence::Leaning | Confidence::Open => format!("As the data look, {said}"),
    }
}

fn first_steps(verdict: &Verdict, rubric: Option<&Rubric>) -> String {
    let words: Vec<String> = verdict
        .next
        .iter()
        .take(2)
        .map(
            |next| match (verdict.measurement(&next.question), next.question.as_str()) {
                (Some(what), _) => what.to_owned(),
                (None, id) => {
                    let is_disputed = verdict.disagreements.iter().any(|it| it.question == id);
                    let what = if is_disputed { "agree on" } else { "answer" };
                    rubric.and_then(|rubric| rubric.question(id)).map_or_else(
                        || format!("{what} {id}"),
                        |question| format!("{what} “{}”", clean(&question.ask)),
                    )
                }
            },
        )
        .collect();
    if words.is_empty() {
        "collect more data".to_owned()
    } else {
        words.join(", then ")
    }
}

fn go(verdict: &Verdict) -> String {
    match verdict.solution {
        Rung::ProcessFix => "Don't build anything: put the process right.".to_owned(),
        Rung::Query => "Don't build a model: ship a query or a lookup table.".to_owned(),
        Rung::Heuristic => match verdict.target {
            Some(target) => format!(
                "Don't build a model yet: ship a rule now, and come back for {} when {}.",
                thing(target),
                condition(verdict.waits_for)
            ),
            None if is_no_signal(verdict) => {
                "Don't build a model: keep today's way, these data hold no signal.".to_owned()
            }
            None => "Don't build a model: ship a rule that people can read.".to_owned(),
        },
        Rung::MinimumViableModel | Rung::StrongerModel | Rung::FoundationModel => {
            format!("Build {}.", thing(verdict.solution))
        }
    }
}

fn pilot(verdict: &Verdict) -> String {
    match verdict.solution {
        Rung::ProcessFix => {
            "Don't build anything: try a fix of the process, small and measured.".to_owned()
        }
        Rung::Query => "Don't build a model: try a query or a lookup table as a pilot.".to_owned(),
        Rung::Heuristic if is_no_signal(verdict) => {
            "Don't build a model: keep today's way, these data hold no signal.".to_owned()
        }
        Rung::Heuristic => match verdict.target {
            Some(target) => format!(
                "Don't build {} yet: try a rule as a pilot and collect what is missing.",
                thing(target)
            ),
            None => "Don't build a model: try a rule that people can read as a pilot.".to_owned(),
        },
        Rung::MinimumViableModel => {
            "Try a minimum viable model, the smallest that works, as a pilot with today's way beside it.".to_owned()
        }
        Rung::StrongerModel => {
            "Try a stronger model as a pilot, with a minimum viable model beside it as the bar.".to_owned()
        }
        Rung::FoundationModel => {
            "Try a generative model as a pilot, with people checking.".to_owned()
        }
    }
}

fn wait(verdict: &Verdict) -> String {
    let target = verdict.target.unwrap_or(verdict.solution);
    let first = match verdict.waits_for {
        Some(WaitFor::Infrastructure) => "put in place what would carry it first",
        Some(WaitFor::Data) | None => "collect the data first",
    };
    format!("Don't build {} yet: {first}.", thing(target))
}

fn clarify(verdict: &Verdict) -> String {
    if verdict.used.answers {
        "Don't build anything yet: make clear what should get better and who acts on the answer."
            .to_owned()
    } else if is_no_signal(verdict) {
        "Don't build a model on these data: nothing beats guessing; say first what it is for."
            .to_owned()
    } else if verdict
        .policy_rows
        .iter()
        .any(|row| row == "left-on-the-table")
    {
        format!(
            "Begin with {}, although a stronger model measures better; answer the questions before \
             anything is built.",
            thing(verdict.solution)
        )
    } else {
        format!(
            "By the data, {} is enough; answer the questions before anything is built.",
            thing(verdict.solution)
        )
    }
}

fn condition(waits_for: Option<WaitFor>) -> &'static str {
    match waits_for {
        Some(WaitFor::Infrastructure) => "somebody and something can carry it",
        Some(WaitFor::Data) | None => "the data are there",
    }
}

fn is_no_signal(verdict: &Verdict) -> bool {
    verdict
        .policy_rows
        .iter()
        .any(|row| row.starts_with("no-signal"))
}

fn lowered(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters
        .next()
        .map(|first| first.to_lowercase().chain(characters).collect())
        .unwrap_or_default()
}
