//! What keeps it running: serving, falling back, and what runs by itself.

use super::{Person, Place, Setting, light, needed};
use crate::verdict::model::ServingPattern;
use crate::vocabulary::Rung;

pub(super) fn serving(at: &Setting<'_>) -> Option<Place> {
    let (what, why, done) = match at.serving {
        ServingPattern::None => return None,
        ServingPattern::Batch => (
            "A scheduled job that fills a table of answers, each with the time of its making.",
            "The answer may wait, and a table is the cheapest way to hand it over.",
            "The job was stopped halfway on purpose, and the answers of the day before stood.",
        ),
        ServingPattern::Precomputed => (
            "A job that computes answers ahead, a lookup by key, and a default for keys that are \
             not there.",
            "Answers are wanted at once about what is known before: looking up is cheaper than \
             computing.",
            "An unknown key and an empty table both gave the default.",
        ),
        ServingPattern::Online => (
            "A service that answers a request, and a limit on time after which the fallback answers.",
            "Answers are wanted at once about inputs that come with the request.",
            "Under the load that is expected answers came within the limit, and with the model \
             switched off too.",
        ),
        ServingPattern::Streaming => (
            "Windows over the events, their replay, and the same statistics in training and in use.",
            "Answers depend on what happened moments ago; no cheaper pattern can know it.",
            "The events of a day, replayed, gave the answers that they gave live.",
        ),
    };
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query | Rung::Heuristic => light(Person::Engineer, what, why, done),
        Rung::MinimumViableModel | Rung::StrongerModel | Rung::FoundationModel => {
            needed(Person::Engineer, what, why, done)
        }
    }
}

pub(super) fn rollback(at: &Setting<'_>) -> Option<Place> {
    let today = match at.option("infra-fallback") {
        Some("none") => " By the answers nothing takes over today.",
        Some("manual") => " By the answers people take over today; have them try it once.",
        Some(_) | None => "",
    };
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query => needed(
            Person::DataEngineer,
            "The last good version, one step away.",
            "A wrong number in a report is believed until it is taken back.",
            "It was taken back once on purpose.",
        ),
        Rung::Heuristic => needed(
            Person::Engineer,
            "Today's way takes over when the rule is silent or switched off.",
            format!("A rule has cases for which it says nothing.{today}"),
            "It was switched off for an hour, and work went on.",
        ),
        Rung::MinimumViableModel => needed(
            Person::Engineer,
            format!(
                "The rule takes over when the model is down or unsure{}.",
                when_late(at.serving)
            ),
            format!("The rule that was beaten is the fallback that is there already.{today}"),
            "The model was switched off for an hour, and work went on.",
        ),
        Rung::StrongerModel => needed(
            Person::Engineer,
            format!(
                "Shadow and canary runs before a release, and the minimum viable model to fall \
                 back to{}.",
                when_late(at.serving)
            ),
            format!("What a stronger model does on new cases cannot be read off it.{today}"),
            "A release was stopped in its canary run on purpose, and the small model took over.",
        ),
        Rung::FoundationModel => needed(
            Person::Engineer,
            format!(
                "The last good prompt and model one switch away, and {}.",
                match at.serving {
                    ServingPattern::Online | ServingPattern::Streaming =>
                        "a limit on time that leads to a rule, a page or a person",
                    ServingPattern::None | ServingPattern::Batch | ServingPattern::Precomputed =>
                        "a queue that waits until the vendor is back",
                }
            ),
            format!(
                "The vendor will be down, slow or different on a day not of one's choosing.{today}"
            ),
            "The vendor was switched off for an hour, and work went on.",
        ),
    }
}

/// What happens when an answer does not come in time.
fn when_late(serving: ServingPattern) -> &'static str {
    match serving {
        ServingPattern::Online | ServingPattern::Streaming => ", or late",
        ServingPattern::Precomputed => ", or the table too old",
        ServingPattern::None | ServingPattern::Batch => "",
    }
}

pub(super) fn pipeline(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix | Rung::Query | Rung::Heuristic => None,
        Rung::MinimumViableModel => light(
            Person::DataScientist,
            "One script from data to model that anybody on the team can run.",
            "A small model is trained in minutes; steps and systems for it cost more than they save.",
            "Somebody who did not write it ran it, and got the same model.",
        ),
        Rung::StrongerModel => needed(
            Person::DataEngineer,
            "From data to model in steps that can be run again one by one.",
            "Training takes long enough that a fault in the last step must not cost the first.",
            "A step was broken on purpose and run again without those before it.",
        ),
        Rung::FoundationModel => match at.option("genai-simplest-form") {
            Some("single-prompt" | "workflow") => None,
            Some(_) | None => light(
                Person::DataEngineer,
                "The retrieval index, built again by one script when its sources change.",
                "Answers are as fresh as what is retrieved; without an index there is nothing to \
                 build.",
                "A changed source was found under its new words, and no longer under the old.",
            ),
        },
    }
}

pub(super) fn orchestration(at: &Setting<'_>) -> Option<Place> {
    const DONE: &str = "A run that failed was seen on the same day, without anybody looking.";
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query | Rung::Heuristic => light(
            Person::DataEngineer,
            "A scheduler, if it runs by itself.",
            "One job depends on nothing but the clock.",
            DONE,
        ),
        Rung::MinimumViableModel => light(
            Person::Engineer,
            match at.serving {
                ServingPattern::Online | ServingPattern::Streaming => {
                    "A scheduler for the training; the service runs by itself."
                }
                ServingPattern::None | ServingPattern::Batch | ServingPattern::Precomputed => {
                    "A scheduler for the training and for the job that writes the answers."
                }
            },
            "Two jobs need a clock, not a system of their own.",
            DONE,
        ),
        Rung::StrongerModel => needed(
            Person::DataEngineer,
            "Steps that depend on each other run, retry and report by themselves.",
            "Data, training, checks and release are too many to be started by hand in order.",
            DONE,
        ),
        Rung::FoundationModel => match at.option("genai-simplest-form") {
            Some("single-prompt" | "retrieval") => None,
            Some(_) | None => light(
                Person::Engineer,
                "A record of each step with its input, output and cost, where it works in several \
                 steps.",
                "A wrong answer after five steps has to be traced to one of them.",
                "For one wrong answer the step that went wrong was found.",
            ),
        },
    }
}

pub(super) fn retraining(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix | Rung::Query | Rung::FoundationModel => None,
        Rung::Heuristic => light(
            Person::DomainExpert,
            "A date on which the rule is read again.",
            "A rule is kept by being read.",
            "The date and the reader stand in the case.",
        ),
        Rung::MinimumViableModel => light(
            Person::DataScientist,
            "By hand, when a trigger says so.",
            match at.option("serve-staleness") {
                Some("day" | "hour") => {
                    "By the answers a model of yesterday costs already: measure that before it is \
                     automated."
                }
                Some(_) | None => "Training on a schedule hides why it became necessary.",
            },
            "The triggers stand in the case, and it was trained again once to see how long it takes.",
        ),
        Rung::StrongerModel => needed(
            Person::DataScientist,
            "On a schedule, checked against the model in use before it is released.",
            "It follows its data closely, and so it ages with them.",
            "A model that was trained on spoiled data did not get through.",
        ),
    }
}
