//! Changes, kept in hand: who changed what, and what is in use.

use super::{Person, Place, Setting, light, needed};
use crate::vocabulary::Rung;

pub(super) fn version_control(at: &Setting<'_>) -> Option<Place> {
    let (who, what, why, done) = match at.rung {
        Rung::ProcessFix => return None,
        Rung::Query => (
            Person::DataEngineer,
            "The query in version control, read by a second person before it is used.",
            "A join that counts rows twice looks right for years.",
            "What runs is what stands in version control, and each change names who read it.",
        ),
        Rung::Heuristic => (
            Person::Engineer,
            "The rule as a file in version control, read by a second person who knows the trade.",
            "Exceptions creep into a rule one by one, unless each is seen.",
            "What runs is what stands in version control, and each change names who read it.",
        ),
        Rung::MinimumViableModel => (
            Person::DataScientist,
            "Training code, configuration and the list of columns in version control, reviewed.",
            "A score that nobody can produce again proves nothing.",
            "A colleague got the same score from the repository alone.",
        ),
        Rung::StrongerModel => (
            Person::DataScientist,
            "Training code, configuration, the list of columns and the cut of the training data, \
             versioned and reviewed.",
            "With many parts that move, only a version of all of them together can be compared.",
            "A colleague got the same score from the repository alone, on the same cut of the data.",
        ),
        Rung::FoundationModel => (
            Person::Engineer,
            "Prompts in version control with model id and parameters, reviewed, one change at a \
             time.",
            "Prompts are code: one word changes answers that nobody looked at.",
            "The prompt in use has a version, and the log says why each version came.",
        ),
    };
    needed(who, what, why, done)
}

pub(super) fn ci_cd(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix => None,
        Rung::Query | Rung::Heuristic => light(
            Person::Engineer,
            "The tests run on every change.",
            "Tests that are run by hand are run until the first hurry.",
            "A change with a red test cannot be released.",
        ),
        Rung::MinimumViableModel | Rung::StrongerModel => needed(
            Person::Engineer,
            "The tests run on every change, and a release is one command, as is the way back.",
            "A model is released again with every training, so releasing has to be dull.",
            "Somebody who did not build it released it, and took it back.",
        ),
        Rung::FoundationModel => needed(
            Person::Engineer,
            "The evaluation set runs on every change of prompt, model or parameters, and a release \
             is one command.",
            "Prompts are changed by more people, and more often, than code.",
            "A change below the score that a release must reach cannot be released.",
        ),
    }
}

pub(super) fn tracking(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix | Rung::Query => None,
        Rung::Heuristic => light(
            Person::DataScientist,
            "The benchmark file in the case folder.",
            "It says what the rule was compared with; more is not needed for a rule.",
            "The file of the rule in use lies in the case folder.",
        ),
        Rung::MinimumViableModel => light(
            Person::DataScientist,
            "The benchmark file, and a line for each run that mattered.",
            "Next year somebody will ask why not the other one.",
            "The run of the model in use can be named, with data, parameters and score.",
        ),
        Rung::StrongerModel => needed(
            Person::DataScientist,
            "Every run with its data, parameters and scores.",
            "Of many tries the best looks better than it is; only the count of tries shows it.",
            "The run of the model in use can be named, and so can all that it was chosen from.",
        ),
        Rung::FoundationModel => needed(
            Person::DataScientist,
            "Every run of the evaluation set with model id, prompt version, score and cost.",
            "Two prompts can only be compared on the same set and the same model.",
            "For each release the run that let it through can be named.",
        ),
    }
}

pub(super) fn registry(at: &Setting<'_>) -> Option<Place> {
    match at.rung {
        Rung::ProcessFix | Rung::Query | Rung::Heuristic => None,
        Rung::MinimumViableModel => light(
            Person::Engineer,
            "The model as a file with a tag.",
            "One model needs a name, not a system for names.",
            "The tag of the model in use can be told at once.",
        ),
        Rung::StrongerModel => needed(
            Person::Engineer,
            "Every model in use, with the data, code and run that it came from.",
            "Shadow, canary and fallback mean that several models are in use at once.",
            "For an answer of last month the model that gave it can be named.",
        ),
        Rung::FoundationModel => light(
            Person::Engineer,
            "Model id, prompt version and parameters of what is in use, in one place.",
            "There is no model file to keep, only the words for it.",
            "For an answer of last month all three can be named.",
        ),
    }
}
