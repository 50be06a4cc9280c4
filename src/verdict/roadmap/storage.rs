//! Where the data live, and what the next stage would buy.
//!
//! Stages follow Armbrust et al., "Lakehouse" (CIDR 2021). Each adds a system
//! to run, so one climbs only when the present stage hurts.

use super::{Person, Place, Setting, light};
use crate::verdict::inputs::Inputs;
use crate::verdict::model::{DataMaturity, NextStage};
use crate::vocabulary::Rung;

/// The question that says where the data live.
const QUESTION: &str = "infra-data-stage";

/// One stage of keeping data.
struct Stage {
    /// The option of the question.
    option: &'static str,
    label: &'static str,
    /// What it is enough for.
    serves: &'static str,
    /// What it buys over the stage below.
    buys: &'static str,
    /// What has to be there, to climb to it.
    what: &'static str,
    /// How one sees that it is there.
    done: &'static str,
    /// When the stage below begins to hurt.
    when: &'static str,
}

const STAGES: [Stage; 5] = [
    Stage {
        option: "files",
        label: "files",
        serves: "looking at them once",
        buys: "",
        what: "",
        done: "",
        when: "",
    },
    Stage {
        option: "database",
        label: "a SQL database",
        serves: "queries, rules and minimum viable models on tables of up to some ten million rows",
        buys: "one place to ask, types and keys that are checked, and history that several people \
               can read at once",
        what: "The files in a SQL database, with keys, types and the day of loading.",
        done: "A count of rows comes from a query, and comes out the same twice.",
        when: "more than one person needs them, or the same question is asked twice",
    },
    Stage {
        option: "object-store",
        label: "an object store",
        serves: "cheap history, raw files and snapshots of training data",
        buys: "cheap history, room for files, images and logs, and training data that can be read \
               again as they were",
        what: "Raw files and dated snapshots of training data in an object store, beside the \
               database.",
        done: "The training data of last quarter were read again, byte for byte.",
        when: "analytics slow the application, files, images or logs do not fit, or history is \
               overwritten",
    },
    Stage {
        option: "lake",
        label: "a data lake",
        serves: "many sources and large training sets",
        buys: "a catalogue in which tables are found, columnar files, and an engine that joins many \
               sources",
        what: "A catalogue with an owner for each table, columnar files, and a batch engine.",
        done: "A newcomer found a table, its meaning and its owner without asking.",
        when: "several teams cannot find, trust or join what is there",
    },
    Stage {
        option: "lakehouse",
        label: "a lakehouse",
        serves: "one copy for reports and machine learning, streams and batch",
        buys: "atomic writes, deletes that privacy asks for, changes of columns, and one copy for \
               reports and training",
        what: "An open table format over the lake: atomic commits, time travel, changes of schema.",
        done: "A report and a training run read the same table as of the same moment.",
        when: "tables are found half-written, deletes or changes of columns hurt, or reports and \
               models read two copies",
    },
];

/// The stage that the answers name, by its place.
fn stage(inputs: &Inputs<'_>) -> Option<usize> {
    let option = inputs.option(QUESTION)?;
    STAGES.iter().position(|stage| stage.option == option)
}

/// Why the present stage is too low for the rung, if it is.
fn shortfall(inputs: &Inputs<'_>, rung: Rung) -> Option<&'static str> {
    let has_open_inputs = inputs.option("fit-input-variety") == Some("open");
    match (STAGES[stage(inputs)?].option, rung) {
        (_, Rung::ProcessFix) => None,
        ("files", _) => Some("Files cannot be asked, joined or kept right by several people."),
        ("database", Rung::MinimumViableModel | Rung::StrongerModel | Rung::FoundationModel)
            if has_open_inputs =>
        {
            Some(
                "By the answers the inputs are texts, images or sound, which do not fit a database.",
            )
        }
        ("database", Rung::StrongerModel) => Some(
            "A stronger model is trained again and again, and a table that is overwritten cannot be \
             trained on twice.",
        ),
        (_, _) => None,
    }
}

/// Where the data live, whether that is enough, and what the next stage would buy.
pub(in crate::verdict) fn data_maturity(inputs: &Inputs<'_>, rung: Rung) -> Option<DataMaturity> {
    if rung == Rung::ProcessFix {
        return None;
    }
    let place = stage(inputs)?;
    let now = &STAGES[place];
    let short = shortfall(inputs, rung);
    let next = STAGES.get(place + 1).map(|next| NextStage {
        stage: next.label.to_owned(),
        buys: next.buys.to_owned(),
        when: next.when.to_owned(),
    });
    Some(DataMaturity {
        stage: now.label.to_owned(),
        serves: now.serves.to_owned(),
        is_enough: short.is_none(),
        next,
    })
}

/// The next stage as an element, only where the present one is too low.
pub(super) fn next_stage(at: &Setting<'_>) -> Option<Place> {
    let why = shortfall(at.inputs, at.rung)?;
    let next = STAGES.get(stage(at.inputs)? + 1)?;
    light(Person::DataEngineer, next.what, why, next.done)
}
