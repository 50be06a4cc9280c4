//! What a vendor's or any other generative model needs besides.
//!
//! Weights, price, behaviour and end of life are somebody else's, so that what
//! protects against it has to be one's own: judged cases, a pin, a ceiling on
//! cost, a way out, and a decision about which data may leave.

use super::{Person, Place, Setting, needed};
use crate::verdict::model::ServingPattern;
use crate::vocabulary::Rung;

/// The same as [`needed`], for this rung only.
fn only(at: &Setting<'_>, who: Person, what: &str, why: &str, done: &str) -> Option<Place> {
    (at.rung == Rung::FoundationModel)
        .then(|| needed(who, what, why, done))
        .flatten()
}

pub(super) fn evaluation_set(at: &Setting<'_>) -> Option<Place> {
    let why = match at.option("genai-eval-set") {
        Some("none") => "There are no judged cases yet; until there are, it stays a pilot.",
        Some("examples") => {
            "So few cases are judged that a better prompt cannot be told from a lucky one."
        }
        Some("representative") => {
            "The set is there; it stays true only if failures in use join it."
        }
        Some(_) | None => {
            "It alone tells a better prompt or model from a worse one; public leaderboards do not."
        }
    };
    only(
        at,
        Person::DomainExpert,
        "100 own cases and more with judged answers, hard ones, refusals and attacks among them; \
         never part of a prompt, refreshed from failures in use.",
        why,
        "The set is in version control, two people agree on its judgements, and one command gives \
         its score.",
    )
}

pub(super) fn data_leaving(at: &Setting<'_>) -> Option<Place> {
    let (what, why, done) = match at.option("genai-data-leaves") {
        Some("no") => (
            "A model hosted in the house, and no way out for an input, logs and monitoring included.",
            "By the answers no input may go to a vendor.",
            "A marked input was sent through, and was found nowhere outside.",
        ),
        Some("masked") => (
            "Masking before the call, with tests, and a contract that covers what gets through.",
            "By the answers only masked inputs may go to a vendor.",
            "A text full of names and numbers went through, and left without them.",
        ),
        Some(_) => (
            "The contract: region, how long inputs are kept, no training on them, who else \
             processes them; and a list of what is sent.",
            "By the answers inputs may go to a vendor; the house still answers for what happens to \
             them (GDPR, Art. 28 and 44).",
            "Contract and list are signed, dated, and looked at again when the vendor changes its \
             terms.",
        ),
        None => (
            "A decision on which inputs may leave the house: all by contract, masked ones, or none.",
            "It decides between a vendor and one's own hosting, and nobody has answered it yet.",
            "Whoever answers for the data has written the decision down.",
        ),
    };
    only(at, Person::PrivacyAndLegal, what, why, done)
}

pub(super) fn version_pin(at: &Setting<'_>) -> Option<Place> {
    let why = match at.option("genai-version-exit") {
        Some("none") => {
            "Nothing is pinned yet, so answers can change overnight without a change of one's own."
        }
        Some(_) => "The pin holds until the vendor withdraws it, and then only the set tells.",
        None => "A name without a date is another model next month.",
    };
    only(
        at,
        Person::Engineer,
        "A dated model id, the version of the prompt and the parameters, changed together and one \
         at a time; outputs are kept.",
        why,
        "The set was run on the pin twice with the same score, and runs on every change of it.",
    )
}

pub(super) fn safety(at: &Setting<'_>) -> Option<Place> {
    let tools = match at.option("genai-simplest-form") {
        Some("agent") => {
            ", least privilege for each tool, a limit on steps and money, a person before what \
             cannot be undone"
        }
        Some(_) => "",
        None => ", least privilege for tools where there are any",
    };
    let why = match at.option("genai-public-answer") {
        Some("unchecked-liable" | "grounded") => {
            "Outsiders see its answers, and whoever runs it answers for them."
        }
        Some("human-checked") => "People check what goes out, but not what gets in.",
        Some("internal") => {
            "A text from outside can give it orders even where only colleagues ask."
        }
        Some(_) | None => "Whatever it reads can give it orders.",
    };
    only(
        at,
        Person::Engineer,
        &format!("Inputs filtered, outputs escaped, logs without personal data{tools}."),
        why,
        "The attacks of the evaluation set got nowhere, and run on every release.",
    )
}

pub(super) fn cost_per_task(at: &Setting<'_>) -> Option<Place> {
    let why = match at.option("genai-task-cost") {
        Some("above-value") => "By the answers a task costs more than it is worth.",
        Some("near") => "By the answers a task costs nearly what it is worth, so prices decide.",
        Some(_) => "By the answers a task is worth more than it costs; prices and prompts grow.",
        None => "Tokens are the small part; retries and people who check are the large one.",
    };
    only(
        at,
        Person::ProductOwner,
        "(Tokens × price + retries + retrieval + review minutes × wage) ÷ finished tasks, and a \
         ceiling at which it stops.",
        why,
        "200 tasks were metered, and the ceiling was reached once on purpose.",
    )
}

pub(super) fn sovereignty(at: &Setting<'_>) -> Option<Place> {
    let why = match (
        at.option("genai-version-exit"),
        at.option("genai-data-leaves"),
    ) {
        (_, Some("no")) => {
            "Hosted in the house it does not go down with a vendor, but its weights and licence \
             age all the same."
        }
        (Some("pinned-and-exit"), _) => "A second model passes the set today; keep it so.",
        (Some(_), _) => {
            "There is no way out yet, and weights, price and end of life are the vendor's."
        }
        (None, _) => "Weights, price, behaviour and end of life are the vendor's.",
    };
    let outage = match at.serving {
        ServingPattern::Online | ServingPattern::Streaming => "what is shown while it is down",
        ServingPattern::None | ServingPattern::Batch | ServingPattern::Precomputed => {
            "how long work may wait while it is down"
        }
    };
    only(
        at,
        Person::ProductOwner,
        &format!(
            "Outage and exit, written down: the dependency by name, its notice period, {outage}, a \
             second model that passes the set, and the way to host one oneself."
        ),
        why,
        "The evaluation set was run on the second model this quarter, and one day of work went \
         through it.",
    )
}
