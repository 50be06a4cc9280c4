//! How good it is, before it is in use and after.

use super::{Person, Place, Setting, light, needed};
use crate::verdict::model::ServingPattern;
use crate::vocabulary::Rung;

pub(super) fn metric(at: &Setting<'_>) -> Option<Place> {
    let (what, why, done) = match at.rung {
        Rung::ProcessFix => (
            "The number that should move, and how it stood over the last period.",
            "Without it nobody can tell whether the fix has helped.",
            "Number, unit and date stand in the case, and a day is set to take it again.",
        ),
        Rung::Query => (
            "The number that should move, how it stands, and the decision that the answer is for.",
            "A report that changes no decision costs its upkeep and brings nothing.",
            "Number, unit, date and decision stand in the case.",
        ),
        Rung::Heuristic => (
            "The metric of the decision and the score of today's way on past cases; the benchmark \
             file is a start.",
            "The rule replaces today's way, so today's way is the bar.",
            "Both scores stand side by side, from the same cases.",
        ),
        Rung::MinimumViableModel => (
            "The metric of the decision and the score of the best rule on the same past cases.",
            "The rule stays as the bar: a model that no longer beats it is switched off.",
            "Both scores stand in the case, with the margin that was fixed before.",
        ),
        Rung::StrongerModel => (
            "The metric of the decision and the score of the minimum viable model, which stays as \
             the bar.",
            "The step pays only by what it adds to the small model.",
            "Both scores and the margin stand in the case, and each release takes them again.",
        ),
        Rung::FoundationModel => (
            "A measure of the task itself: solved or not, facts right, cost, time, complaints; two \
             people rate the same answers.",
            "Overlap of words with a reference says little about whether a task is solved.",
            "Two people rated the same sample apart from each other, and agree or know why not.",
        ),
    };
    needed(Person::ProductOwner, what, why, done)
}

pub(super) fn tests(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query => needed(
            Person::DataEngineer,
            "The query on a few rows whose answer was worked out by hand.",
            "Tables change under a query without telling anybody.",
            "A row that stands twice and a column that is missing each turn the test red.",
        ),
        Rung::Heuristic => needed(
            Person::Engineer,
            "The rule on fixed cases, edges and missing values included.",
            "A rule is asked about cases that nobody had in mind when it was written.",
            "Every branch of the rule answers at least one of the cases.",
        ),
        Rung::MinimumViableModel => needed(
            Person::Engineer,
            format!(
                "Tests of the data, of the training, and that a feature means the same in training \
                 and in use{}.",
                parity(at.serving)
            ),
            "A model does not fail on wrong inputs: it answers, and the answer looks right.",
            "A column that is missing, shifted or in another unit turns a test red.",
        ),
        Rung::StrongerModel => needed(
            Person::Engineer,
            format!(
                "All four sections of the ML Test Score: data, model, infrastructure, \
                 monitoring{}.",
                parity(at.serving)
            ),
            match at.option("infra-test-score") {
                Some("zero" | "up-to-1") => {
                    "The weakest section counts, and by the answers it is where serious holes are \
                     possible."
                }
                Some(_) => {
                    "The weakest section counts; it is in hand by the answers, and stays so."
                }
                None => "The weakest section counts, and nobody has scored it yet.",
            },
            "All 28 tests are filled in, and no section is at or under 1.",
        ),
        Rung::FoundationModel => needed(
            Person::Engineer,
            "The whole evaluation set before each release, and the score that a release must reach.",
            "A changed prompt or model breaks answers that were right, and not where one looks.",
            "A prompt that was made worse on purpose did not get through.",
        ),
    }
}

/// Where answers are computed in another place than where it was trained.
fn parity(serving: ServingPattern) -> &'static str {
    match serving {
        ServingPattern::Online | ServingPattern::Streaming => {
            "; the same row goes through training and through the live path and gets the same answer"
        }
        ServingPattern::None | ServingPattern::Batch | ServingPattern::Precomputed => "",
    }
}

pub(super) fn monitoring(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query => light(
            Person::DataEngineer,
            "Notice when it fails, runs empty or is not read any more.",
            "An empty report is taken for good news.",
            "It was emptied once on purpose, and somebody noticed.",
        ),
        Rung::Heuristic => light(
            Person::Engineer,
            "Count how often each branch of the rule answers.",
            "A branch that answers never, or always, is the first sign that the world has moved.",
            "The counts of last week stand beside those of the week of release.",
        ),
        Rung::MinimumViableModel | Rung::StrongerModel => needed(
            Person::Operations,
            format!(
                "An alert that reaches a person when {}, and the cost a month.",
                trouble(at.serving)
            ),
            "A model that nobody looks at is trusted for too long.",
            "The alert was set off on purpose, and a person answered it.",
        ),
        Rung::FoundationModel => needed(
            Person::Operations,
            format!(
                "An alert that reaches a person when {}, and the cost of a finished task, retries \
                 and checks included.",
                trouble(at.serving)
            ),
            "The vendor's speed, limits and prices change without a release of one's own.",
            "The alert was set off on purpose, and a person answered it.",
        ),
    }
}

/// What goes wrong first, by how it is served.
fn trouble(serving: ServingPattern) -> &'static str {
    match serving {
        ServingPattern::None | ServingPattern::Batch => {
            "the job fails, is late or writes fewer rows than usual"
        }
        ServingPattern::Precomputed => {
            "the table is older than it may be, or more lookups than usual find nothing"
        }
        ServingPattern::Online => {
            "answers are slow, fail, or come from the fallback more often than usual"
        }
        ServingPattern::Streaming => "events queue up, come late or are dropped",
    }
}

pub(super) fn drift(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix | Rung::Query => None,
        Rung::Heuristic => light(
            Person::DomainExpert,
            "The rule against fresh outcomes, every quarter.",
            "Rules age too, slower than models.",
            "The score of the last quarter stands beside that of the release.",
        ),
        Rung::MinimumViableModel | Rung::StrongerModel => needed(
            Person::DataScientist,
            "Inputs, answers and outcomes held against those at training, with a limit for each.",
            match at.option("infra-truth-observable") {
                Some("never") => {
                    "By the answers the truth never comes back by itself: have people judge a \
                     sample, or the model's decay stays unseen."
                }
                Some("partial") => {
                    "By the answers the truth comes late or one-sided, so inputs and answers have \
                     to warn first."
                }
                Some(_) | None => "A model is as good as the past is like the present.",
            },
            "A shift was put in on purpose, and the limit was passed.",
        ),
        Rung::FoundationModel => needed(
            Person::DomainExpert,
            "The evaluation set on a schedule, and samples of what goes out, read by people.",
            "Neither the questions that come nor the vendor's model stay what they were.",
            "The scores of the last months stand in one table, with the samples that were read.",
        ),
    }
}
