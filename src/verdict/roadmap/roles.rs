//! Who has to be there.

use super::{Person, Place, Setting, light, needed};
use crate::vocabulary::Rung;

/// How one sees that somebody is there.
const DONE: &str = "A name, and time that is set aside, stand in the case.";

pub(super) fn product_owner(_: &Setting<'_>) -> Option<Place> {
    needed(
        Person::ProductOwner,
        "Somebody who owns goal, threshold and the right to stop.",
        "Without an owner it is kept although it does not pay, or dropped although it does.",
        DONE,
    )
}

pub(super) fn domain_expert(at: &Setting<'_>) -> Option<Place> {
    let expert = Person::DomainExpert;
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query => light(
            expert,
            "Somebody who says what the columns mean.",
            "A name in a table is no meaning.",
            DONE,
        ),
        Rung::Heuristic => needed(
            expert,
            "Somebody who reads and corrects the rule.",
            "A rule is only better than a model if somebody understands it.",
            DONE,
        ),
        Rung::MinimumViableModel | Rung::StrongerModel => needed(
            expert,
            "Somebody who checks labels, columns and mistakes.",
            "Mistakes of a model are found by those who know the cases.",
            DONE,
        ),
        Rung::FoundationModel => needed(
            expert,
            "Somebody who judges outputs.",
            "Right and wrong of open output is a judgement, not a column.",
            DONE,
        ),
    }
}

pub(super) fn data_engineer(at: &Setting<'_>) -> Option<Place> {
    let engineer = Person::DataEngineer;
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query | Rung::Heuristic | Rung::MinimumViableModel | Rung::StrongerModel => needed(
            engineer,
            "Somebody for SQL, joins and the quality of the data.",
            "Most of the work is there, at every rung that reads data.",
            DONE,
        ),
        Rung::FoundationModel => light(
            engineer,
            "Somebody for what is retrieved, and its quality.",
            "It answers from what it is given.",
            DONE,
        ),
    }
}

pub(super) fn data_scientist(at: &Setting<'_>) -> Option<Place> {
    let scientist = Person::DataScientist;
    match at.rung {
        Rung::ProcessFix | Rung::Query => None,
        Rung::Heuristic => light(
            scientist,
            "Somebody who reads the benchmark critically, once.",
            "A second look finds the leak that the first one wanted to be true.",
            DONE,
        ),
        Rung::MinimumViableModel | Rung::StrongerModel => needed(
            scientist,
            "Somebody who owns the protocol and the model.",
            "What was fixed beforehand has to be kept by somebody.",
            DONE,
        ),
        Rung::FoundationModel => light(
            scientist,
            "Somebody who owns the evaluation.",
            "Scores on few cases are mostly chance, and look like progress.",
            DONE,
        ),
    }
}

pub(super) fn engineer(at: &Setting<'_>) -> Option<Place> {
    let engineer = Person::Engineer;
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query => light(
            engineer,
            "Somebody who puts it where it is read.",
            "An answer that has to be looked for is not used.",
            DONE,
        ),
        Rung::Heuristic => light(
            engineer,
            "Somebody who puts the rule where the decision is made.",
            "A rule beside the work is forgotten.",
            DONE,
        ),
        Rung::MinimumViableModel | Rung::StrongerModel | Rung::FoundationModel => needed(
            engineer,
            "Somebody for serving and tests.",
            "A model is a small part of what has to run.",
            DONE,
        ),
    }
}

pub(super) fn operations(at: &Setting<'_>) -> Option<Place> {
    let operations = Person::Operations;
    match at.rung {
        Rung::ProcessFix | Rung::Query | Rung::Heuristic => None,
        Rung::MinimumViableModel => light(
            operations,
            "Somebody whom alerts reach.",
            "An alert without a reader is none.",
            DONE,
        ),
        Rung::StrongerModel | Rung::FoundationModel => needed(
            operations,
            "Monitoring, and somebody on call.",
            "It is relied on when those who built it are asleep.",
            DONE,
        ),
    }
}

pub(super) fn privacy_and_legal(at: &Setting<'_>) -> Option<Place> {
    let legal = Person::PrivacyAndLegal;
    let nobody_concerned =
        at.option("risk-people") == Some("no") && at.option("data-personal") == Some("none");
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query | Rung::Heuristic | Rung::MinimumViableModel if nobody_concerned => None,
        Rung::Query => light(
            legal,
            "Somebody who is asked once.",
            "What is counted may be personal.",
            "The answer is written down.",
        ),
        Rung::Heuristic => light(
            legal,
            "Somebody who is asked once, where people are concerned.",
            "A rule about people decides about people.",
            "The answer is written down.",
        ),
        Rung::MinimumViableModel => needed(
            legal,
            "Somebody who looks at it before the pilot, where people are concerned.",
            "What a model learns from people it may not always use about people.",
            "The answer is written down, with its date.",
        ),
        Rung::StrongerModel => needed(
            legal,
            "Somebody who looks at it before the pilot, and on every change of purpose.",
            "Nobody can read off such a model what it used.",
            "The answer is written down, with its date.",
        ),
        Rung::FoundationModel => needed(
            legal,
            "Somebody who looks at it before the pilot, and on every change of purpose or vendor.",
            "Contract, data and liability change with the vendor.",
            "The answer is written down, with its date.",
        ),
    }
}

pub(super) fn those_affected(at: &Setting<'_>) -> Option<Place> {
    const ASK: &str = "Ask some of those who will work with it or are affected by it.";
    const TRY: &str = "Try it with some of those who will work with it or are affected by it.";
    const WHY: &str = "They know the cases that the data do not show.";
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query | Rung::Heuristic => light(
            Person::ProductOwner,
            ASK,
            WHY,
            "What they said is written down, and what follows from it.",
        ),
        Rung::MinimumViableModel | Rung::StrongerModel | Rung::FoundationModel => needed(
            Person::ProductOwner,
            TRY,
            WHY,
            "They used it on real cases before the pilot, and what they found was put right.",
        ),
    }
}
